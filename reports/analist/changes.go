package analist

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"stapel/reports"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/transforms"
)

// ChangesLevel is the level of the page of what changed: it names households.
const ChangesLevel = transforms.LevelRij

// Changes is what changed since the run before.
type Changes struct {
	Before, BeforePeildatum string // run and peildatum (JJJJ-MM-DD) that this run is compared with
	Entered, Left           int64  // households that came to meet every rule, or no longer do
	Both, Same, Gone, Fresh int64  // households in both runs, unchanged of those, only before, only now
	Reasons                 []ReasonCount
	Households              []Changed // those that entered or left, or came into the top of the ranking or went from it
	All                     int       // how many there are of those
}

// ReasonCount is how many households changed for a reason; a household may have more.
type ReasonCount struct {
	Reason string
	N      int64
}

// Changed is a household that entered or left. Ranks and amounts (eurocents) are nil in the run that it is not in.
type Changed struct {
	ID               string
	Entered, Left    bool
	RankA, RankB     *int64
	T0A, T0B         *int64
	Why              []string // codes of nl sort verschil
	Broken, NoLonger []string // rules that it no longer meets, and that it meets now: codes of sort reden
}

// changesPage is what the template gets.
type changesPage struct {
	Changes
	Run           reports.Run
	W             reports.Windows
	Style         template.CSS
	Title, Footer string
}

// WriteChanges writes the page of what changed since the run before, or, without before, that there is none. It is level rij.
func WriteChanges(w io.Writer, run reports.Run, c Changes) error {
	windows, err := run.Windows()
	if err != nil {
		return err
	}
	templates, err := fs.Sub(embedded, "templates")
	if err != nil {
		return err
	}
	p := changesPage{Changes: c, Run: run, W: windows, Style: reports.Style(ChangesLevel), Title: "wat veranderde", Footer: "Gegevens per huishouden: niet doorsturen."}
	if err := html.Execute(w, templates, "veranderd", &p); err != nil {
		return fmt.Errorf("veranderd: %w", err)
	}
	return nil
}

// Reason is what people call a reason.
func (p *changesPage) Reason(code string) string { return nl.Word("verschil", code) }

// Why says in words why a household is on the list.
func (p *changesPage) Why(c Changed) string {
	var parts []string
	for _, code := range c.Why {
		parts = append(parts, nl.Word("verschil", code))
	}
	rules := func(lead string, codes []string) {
		words := make([]string, len(codes))
		for i, code := range codes {
			words[i] = nl.Word("reden", code)
		}
		if len(words) > 0 {
			parts = append(parts, lead+nl.List(words))
		}
	}
	rules("nu ", c.Broken)
	rules("niet meer ", c.NoLonger)
	return strings.Join(parts, "; ")
}

// Move says what the household did.
func (p *changesPage) Move(c Changed) string {
	switch {
	case c.Entered:
		return "erbij"
	case c.Left:
		return "eraf"
	}
	return "andere plaats"
}
