// Package reports holds what all reports share: what a run is, where the files of a report go and of which level they are, and how
// pages look. A report is a package of its own below it. It reads marts only, adds up nothing that a mart already holds, and has no
// clock, so that a rerun gives the same bytes.
package reports

import (
	"fmt"
	"strings"
	"time"

	"stapel/config"
	"stapel/reports/nl"
	"stapel/transforms"
)

// Run is what a report says about the run it comes from.
type Run struct {
	Herkomst      Lineage  // of the ranking, for the pages that draw it
	ID            string   // run id
	Peildatum     string   // JJJJ-MM-DD, the last day of a month
	Versie        string   // version of stapel
	Synthetisch   bool     // the run used the sample data
	Werktafel     bool     // the report of the werktafel lies beside that of the analyst
	Gemeenten     []string // GM0855, in the order shown
	Namen         config.Names
	Elders        []config.Published // published values of stapeling, to hold those of the run beside
	DrempelCt     int64              // selection threshold in eurocents
	Regels        []Regel            // of the selection, that are on
	Kinds         []string           // that the configuration knows, in the order to show
	Voorzieningen []string           // kinds of which lines are provisions that run
	// SelectieAantal is how many households a selection is for (aantal in selection.yaml).
	SelectieAantal int64
	Domeinen       []Domein // in the order to show
	Cocktails      []Cocktail
	NietGezien     []string // kosten die wij niet zien, each a phrase (rules 16)
	Basis          Basis    // what the peildatum rests on
	// MaxHuishouden is how many persons a household outside an institution probably has at most; 0: not known.
	MaxHuishouden int64

	// IngredientKinds says per ingredient which kinds must cover a household before the ingredient may be called absent
	// (`dekking` in signals.yaml, rules 39). Without it a report names every kind with gaps.
	IngredientKinds map[string][]string
}

// Cocktail is a cocktail of the configuration.
type Cocktail struct {
	ID, Naam     string
	Ingredienten []string // those that count
	Voorwaarden  []string // what has to be there and is never the missing one
}

// Plaatsen are the names of the gemeenten of the run, for a sentence.
func (r Run) Plaatsen() string {
	names := make([]string, len(r.Gemeenten))
	for i, code := range r.Gemeenten {
		names[i] = r.Namen.Gemeente(code)
	}
	return nl.List(names)
}

// Cocktail is what people call a cocktail; one that the configuration does not know goes by its id.
func (r Run) Cocktail(id string) string {
	for _, c := range r.Cocktails {
		if c.ID == id {
			return c.Naam
		}
	}
	return id
}

// Needs are the kinds that words of a mart's header mean in this run (transforms.NeedsOf).
func (r Run) Needs(words []string) transforms.Needs {
	return transforms.NeedsOf(words, func(word string) (kinds []string, ok bool) {
		domein, isDomein := strings.CutPrefix(word, transforms.NeedsDomein)
		switch word {
		case transforms.NeedsVoorzieningen:
			return r.Voorzieningen, true
		case transforms.NeedsIngredienten:
			for _, list := range r.IngredientKinds {
				kinds = append(kinds, list...)
			}
			return kinds, true
		}
		for _, d := range r.Domeinen {
			if isDomein && d.Naam == domein || word == transforms.NeedsGedeclareerd && !d.Geprijsd {
				kinds = append(kinds, d.Kosten...)
			}
		}
		return kinds, isDomein || word == transforms.NeedsGedeclareerd
	})
}

// Windows are the three years of a run (rules 18): T0 is the 12 months ending on the peildatum.
type Windows struct {
	Peildatum  time.Time
	T0, T1, T2 time.Time // first days
}

// Months is the number of months the windows span.
const Months = 36

// Windows works out the windows of the run; the peildatum has to be the last day of a month.
func (r Run) Windows() (Windows, error) {
	p, err := time.Parse(time.DateOnly, r.Peildatum)
	if err != nil {
		return Windows{}, fmt.Errorf("peildatum %q is geen datum in de vorm JJJJ-MM-DD", r.Peildatum)
	}
	if p.AddDate(0, 0, 1).Day() != 1 {
		return Windows{}, fmt.Errorf("peildatum %s is niet de laatste dag van een maand; stel run.peildatum in", r.Peildatum)
	}
	first := time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC)
	return Windows{Peildatum: p, T0: first.AddDate(0, -11, 0), T1: first.AddDate(0, -23, 0), T2: first.AddDate(0, -35, 0)}, nil
}

// Names are what people call the three years, the last one first: calendar years where they are, else how long ago.
func (w Windows) Names() [3]string {
	if w.T0.Month() == time.January {
		return [3]string{w.T0.Format("2006"), w.T1.Format("2006"), w.T2.Format("2006")}
	}
	return [3]string{"de laatste 12 maanden", "het jaar ervoor", "twee jaar ervoor"}
}

// Heads are Names at the head of a column.
func (w Windows) Heads() [3]string {
	names := w.Names()
	names[0] = strings.TrimPrefix(names[0], "de ")
	names[1] = strings.TrimPrefix(names[1], "het ")
	return names
}

// Month is the i-th month of the windows, from 0.
func (w Windows) Month(i int) time.Time { return w.T2.AddDate(0, i, 0) }

// MonthIndex is the place of a day's month in the windows, negative before T2.
func (w Windows) MonthIndex(t time.Time) int {
	return (t.Year()-w.T2.Year())*12 + int(t.Month()) - int(w.T2.Month())
}

// Basis says what the peildatum rests on (rules 68).
type Basis struct {
	Set     bool // the configuration says it
	Parts   []BasisPart
	Without string   // JJJJ-MM-DD, what it would be without those that held it; empty when nothing did
	Gone    []string // gemeenten of the run without inhabitants, which take no part
}

// BasisPart is the last whole month that a required kind covers for a gemeente.
type BasisPart struct {
	Kind, Gemeente string
	Until          string // JJJJ-MM; empty: none
	Held           bool   // does not cover the month after the peildatum, while others do
}

// Held names what held the peildatum, per kind the gemeenten with the last month they are covered; empty when nothing did. Name is
// the word for a kind, month that for a month.
func (b Basis) Held(name, month func(string) string) string {
	return b.list(func(p BasisPart) bool { return p.Held }, name, month)
}

// Short names the required kinds that do not reach a peildatum that was set; empty when all do.
func (b Basis) Short(peildatum string, name, month func(string) string) string {
	if !b.Set || len(peildatum) < len("2006-01") {
		return ""
	}
	return b.list(func(p BasisPart) bool { return p.Until < peildatum[:len("2006-01")] }, name, month)
}

// list joins parts of one kind and month: soort in GM0788 en GM0855 (tot en met 2024-12).
func (b Basis) list(want func(BasisPart) bool, name, month func(string) string) string {
	type key struct{ kind, until string }
	var order []key
	places := map[key][]string{}
	for _, p := range b.Parts {
		if k := (key{p.Kind, p.Until}); want(p) {
			if places[k] == nil {
				order = append(order, k)
			}
			places[k] = append(places[k], p.Gemeente)
		}
	}
	texts := make([]string, len(order))
	for i, k := range order {
		until := "geen hele maand"
		if k.until != "" {
			until = "tot en met " + month(k.until)
		}
		texts[i] = fmt.Sprintf("%s in %s (%s)", name(k.kind), nl.List(places[k]), until)
	}
	return strings.Join(texts, "; ")
}
