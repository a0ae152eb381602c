// Package costs is the slow reference of households, costs, the ranking and the control totals: the marts that say so, worked out a
// second time, directly from the rules (docs/methods.md 1 to 4, 7 and 8), day by day and person by person, without SQL and without any
// code of the pipeline but the contracts. It goes by the lines and people of its sister packages. Tests compare it with what a run
// publishes, row by row and column by column. No run uses it.
//
// It does what a reader of the rules would do with pen and paper, so no step is clever and no step is fast.
package costs

import (
	"fmt"
	"io/fs"
	"strconv"

	"stapel/config"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// Reference is an inbox with everything that the rules make of it.
type Reference struct {
	*people.People
	costs       []cost
	houses      map[*people.House]*Spent
	allBenefits []*benefit
	at          map[*people.House]map[string][]*lines.Line // lines that are used, by household and kind
}

// Read reads an inbox and applies the rules to it. key is the project key. An error says that no month is covered, or that the inbox
// cannot be read.
func Read(inbox fs.FS, cfg *config.Config, key []byte) (*Reference, error) {
	w, err := lines.Read(inbox, cfg, key)
	if err != nil {
		return nil, err
	}
	return New(people.New(w)), nil
}

// New works out the costs of people. It says of lines what becomes of them.
func New(p *people.People) *Reference {
	w := &Reference{People: p, houses: map[*people.House]*Spent{}, at: map[*people.House]map[string][]*lines.Line{}}
	w.exclude()
	for kind := range w.ByKind {
		for _, l := range w.Used(kind) {
			if who := w.Of(l.Get("persoon_ps")); who != nil && who.House != nil {
				if w.at[who.House] == nil {
					w.at[who.House] = map[string][]*lines.Line{}
				}
				w.at[who.House][kind] = append(w.at[who.House][kind], l)
			}
		}
	}
	w.compute()
	return w
}

// Table is what a mart must hold: rows in the order of the mart.
type Table struct {
	Name string
	Rows []Row
}

// Row is a row by column: int64, float64, string, bool, or nil where the mart is empty. Days are text, JJJJ-MM-DD.
type Row map[string]any

// Text is a value as text, the same for two values exactly when they are the same.
func Text(v any) string {
	switch v := v.(type) {
	case nil:
		return "(leeg)"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}
