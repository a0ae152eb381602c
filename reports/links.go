package reports

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"stapel/reports/mart"
)

// every stands in mart koppelgraad where a row is over all gemeenten or files.
const every = "alle"

// Link is how many persons of a kind are found in huishouden (rules 63), over all gemeenten (alle) or in one.
type Link struct {
	Kind     string   `json:"kind"`
	Gemeente string   `json:"gemeentecode"`
	File     string   `json:"-"` // alle, or a file
	Persons  int64    `json:"personen"`
	Linked   int64    `json:"gekoppeld"`
	Share    *float64 `json:"aandeel,omitempty"`
	Minimum  *float64 `json:"minimum,omitempty"`
	Verdict  string   `json:"oordeel"`
}

// Bad says that too few are found.
func (l Link) Bad() bool { return l.Verdict == "te_laag" || l.Verdict == "geen" }

// Silent says that nothing may be concluded from what the kind does not show, there: a file alone never says so.
func (l Link) Silent() bool { return l.Bad() && l.File == every }

// AllFiles says that the row is over all files of the kind, whatever the gemeente.
func (l Link) AllFiles() bool { return l.File == every }

// Over says that the row is over all gemeenten and files.
func (l Link) Over() bool { return l.Gemeente == every && l.File == every }

// Links are the rows of mart koppelgraad: per kind those over all, then its gemeenten, then its files.
func Links(ctx context.Context, marts fs.FS) ([]Link, error) {
	var out []Link
	err := scan(ctx, marts, "koppelgraad", func(row *mart.Koppelgraad) error {
		out = append(out, Link{row.Kind, row.Gemeente, row.Bestand, row.Personen, row.Gekoppeld, row.Aandeel, row.Minimum, row.Oordeel})
		return nil
	})
	slices.SortFunc(out, func(a, b Link) int {
		return cmp.Or(byKind(a.Kind, b.Kind), -compareBool(a.Over(), b.Over()), -compareBool(a.File == every, b.File == every),
			cmp.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.File, b.File))
	})
	return out, err
}
