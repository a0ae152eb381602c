// Package naslag works out the marts about households, costs and the ranking a second time: slowly, directly from the rules
// (docs/methods.md 1 to 4, 7 and 8), day by day and person by person, without SQL and without any code of the pipeline but
// the contracts. Tests compare it with what a run publishes, row by row and column by column. No run uses it.
//
// It does what a reader of the rules would do with pen and paper, so no step is clever and no step is fast.
package naslag

import (
	"fmt"
	"strconv"
	"time"
)

// dag is a day, counted from 1970-01-01.
type dag int

// nooit lies after every day of every extract: the end of what has no end.
const nooit dag = 1 << 30

// eenDag reads a day as JJJJ-MM-DD; what it gets was checked against its contract before.
func eenDag(s string) dag {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(fmt.Sprintf("naslag: a day was expected where there is none: %d characters", len(s)))
	}
	return dag(t.Unix() / 86400)
}

func datum(jaar, maand, d int) dag {
	return dag(time.Date(jaar, time.Month(maand), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d dag) tijd() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the day as JJJJ-MM-DD.
func (d dag) String() string { return d.tijd().Format(time.DateOnly) }

// maand is the first day of the month that is n months after the one of d.
func (d dag) maand(n int) dag {
	t := d.tijd()
	return datum(t.Year(), int(t.Month())+n, 1)
}

// Tabel is what a mart must hold: rows in the order of the mart.
type Tabel struct {
	Naam  string
	Rijen []Rij
}

// Rij is a row by column: int64, float64, string, bool, or nil where the mart is empty. Days are text, JJJJ-MM-DD.
type Rij map[string]any

// Tekst is a value as text, the same for two values exactly when they are the same.
func Tekst(v any) string {
	switch v := v.(type) {
	case nil:
		return "(leeg)"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}
