package seen

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Ledger is how far the deliveries are tied to the ledger: per feed, gemeente and year, from mart aansluiting.
type Ledger struct {
	Equal     int        `json:"sluit"`                      // equal to the cent
	Explained int        `json:"verklaard"`                  // a difference that is explained as a whole
	Open      []Gap      `json:"verschil,omitempty"`         // that is not
	Without   []Unproven `json:"zonder_grootboek,omitempty"` // of which the ledger says nothing
}

// Gap is a difference that nobody explains, in eurocents: ledger less extract less what is explained.
type Gap struct {
	Feed     string `json:"feed"`
	Gemeente string `json:"gemeentecode"`
	Jaar     int64  `json:"jaar"`
	Ct       int64  `json:"onverklaard_ct"`
}

// Unproven is a feed with the years of which no total was delivered, or no lines to compare one with.
type Unproven struct {
	Feed  string  `json:"feed"`
	Jaren []int64 `json:"jaren"`
}

// ReadLedger reads mart aansluiting. A run without it has an empty one: nothing was compared.
func ReadLedger(ctx context.Context, marts fs.FS) (l Ledger, err error) {
	rows, err := mart.AllIfThere(ctx, marts, mart.Ledger)
	if err != nil {
		return l, err
	}
	slices.SortFunc(rows, func(a, b mart.Aansluiting) int {
		return cmp.Or(reports.ByKind(a.Feed, b.Feed), cmp.Compare(a.Jaar, b.Jaar), cmp.Compare(a.Gemeente, b.Gemeente))
	})
	for _, r := range rows {
		switch {
		case r.OpenCt == nil:
			last := len(l.Without) - 1
			if last < 0 || l.Without[last].Feed != r.Feed {
				l.Without = append(l.Without, Unproven{Feed: r.Feed})
				last++
			}
			if w := &l.Without[last]; !slices.Contains(w.Jaren, r.Jaar) {
				w.Jaren = append(w.Jaren, r.Jaar)
			}
		case *r.OpenCt != 0:
			l.Open = append(l.Open, Gap{r.Feed, r.Gemeente, r.Jaar, *r.OpenCt})
		case r.Verklaringen > 0:
			l.Explained++
		default:
			l.Equal++
		}
	}
	return l, nil
}

// Compared is how many totals of the ledger stand beside an extract.
func (l Ledger) Compared() int { return l.Equal + l.Explained + len(l.Open) }

// Whole says that everything that was delivered is tied to the ledger, and every difference is explained.
func (l Ledger) Whole() bool { return l.Compared() > 0 && len(l.Open) == 0 && len(l.Without) == 0 }

// Head says in a few words whether the deliveries are complete.
func (l Ledger) Head() string {
	switch {
	case l.Compared() == 0:
		return "Volledigheid niet vastgesteld."
	case l.Whole():
		return "Aangesloten op het grootboek."
	}
	return "Volledigheid deels vastgesteld."
}

// Text is the reason for Head. gemeente is the name of a gemeente.
func (l Ledger) Text(gemeente func(string) string) string {
	if l.Compared() == 0 {
		return "Er zijn geen grootboektotalen geleverd om de leveringen mee te vergelijken. " +
			"De controles in dit rapport gaan van levering tot ranglijst, niet over de boekhouding."
	}
	text := fmt.Sprintf("Van de %s (een bron, een gemeente, een jaar) %s op 0,00", nl.Count(int64(l.Compared()), "vergelijking met het grootboek", "vergelijkingen met het grootboek"),
		nl.Form(int64(l.Equal), "sluit er 1", "sluiten er "+nl.Int(int64(l.Equal))))
	if l.Explained > 0 {
		text += fmt.Sprintf(" en %s een verschil dat is verklaard", nl.Form(int64(l.Explained), "heeft er 1", "hebben er "+nl.Int(int64(l.Explained))))
	}
	text += "."
	var gaps []string
	for _, g := range l.Open {
		place := ""
		if g.Gemeente != Every {
			place = " " + gemeente(g.Gemeente)
		}
		gaps = append(gaps, fmt.Sprintf("%s%s %d (%s)", nl.Word("kind", g.Feed), place, g.Jaar, nl.Euro(g.Ct)))
	}
	if more := len(gaps) - gapsShown; more > 0 {
		gaps = append(gaps[:gapsShown], fmt.Sprintf("nog %d", more))
	}
	if len(gaps) > 0 {
		text += " Niet verklaard: " + nl.List(gaps) + "."
	}
	if without := l.Unproven(); len(without) > 0 {
		text += " Niet met een grootboek vergeleken, dus niet vastgesteld: " + nl.List(without) + "."
	}
	return text
}

// gapsShown is how many differences a sentence names.
const gapsShown = 5

// Unproven are the feeds and years that were not compared, in words.
func (l Ledger) Unproven() (out []string) {
	for _, w := range l.Without {
		var years []string
		for _, y := range w.Jaren {
			years = append(years, fmt.Sprint(y))
		}
		out = append(out, nl.Word("kind", w.Feed)+" over "+nl.List(years))
	}
	return out
}
