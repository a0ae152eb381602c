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

// Every stands in mart koppelgraad where a row is over all gemeenten or files.
const Every = "alle"

// Link is how many persons of a kind are found in huishouden (rules 63), over all gemeenten (alle) or in one.
type Link struct {
	Kind     string   `parquet:"kind,optional" json:"kind"`
	Gemeente string   `parquet:"gemeentecode,optional" json:"gemeentecode"`
	File     string   `parquet:"bestand,optional" json:"-"` // alle, or a file
	Persons  int64    `parquet:"personen,optional" json:"personen"`
	Linked   int64    `parquet:"gekoppeld,optional" json:"gekoppeld"`
	Share    *float64 `parquet:"aandeel,optional" json:"aandeel,omitempty"`
	Minimum  *float64 `parquet:"minimum,optional" json:"minimum,omitempty"`
	Verdict  string   `parquet:"oordeel,optional" json:"oordeel"`
}

var linkRows = mart.Of[Link]("koppelgraad")

// Bad says that too few are found.
func (l Link) Bad() bool { return l.Verdict == "te_laag" || l.Verdict == "geen" }

// Silent says that nothing may be concluded from what the kind does not show, there: a file alone never says so.
func (l Link) Silent() bool { return l.Bad() && l.File == Every }

// AllFiles says that the row is over all files of the kind, whatever the gemeente.
func (l Link) AllFiles() bool { return l.File == Every }

// Over says that the row is over all gemeenten and files.
func (l Link) Over() bool { return l.Gemeente == Every && l.File == Every }

// Links are the rows of mart koppelgraad: per kind those over all, then its gemeenten, then its files.
func Links(ctx context.Context, marts fs.FS) ([]Link, error) {
	out, err := mart.AllIfThere(ctx, marts, linkRows)
	slices.SortFunc(out, func(a, b Link) int {
		return cmp.Or(reports.ByKind(a.Kind, b.Kind), -reports.ByFlag(a.Over(), b.Over()), -reports.ByFlag(a.File == Every, b.File == Every),
			cmp.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.File, b.File))
	})
	return out, err
}

// Sentence says how many persons are found, without naming one; gemeente is the name of a gemeente.
func (l Link) Sentence(gemeente func(string) string) string {
	where := ""
	if l.Gemeente != Every {
		where = " in " + gemeente(l.Gemeente)
	}
	if l.Linked == 0 {
		return fmt.Sprintf("Van de %s%s is niemand in de huishoudens te vinden.", nl.Count(l.Persons, "persoon", "personen"), where)
	}
	text := fmt.Sprintf("Van de %s%s %s in de huishoudens te vinden", nl.Count(l.Persons, "persoon", "personen"), where,
		nl.Form(l.Linked, "is er 1", "zijn er "+nl.Int(l.Linked)))
	if l.Share != nil {
		text += " (" + nl.Percent(*l.Share) + ")"
	}
	if l.Minimum != nil && l.Bad() {
		text += "; het minimum is " + nl.Percent(*l.Minimum)
	}
	return text + "."
}
