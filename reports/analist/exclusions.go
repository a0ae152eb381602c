package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/mart"
)

// exclusions is what the report shows of marts uitgesloten and bevinding.
type exclusions struct {
	HasExcluded, HasFindings bool
	Excluded                 []exclusion
	Findings                 []findingCount
}

// exclusion counts the lines of a kind left out by a rule.
type exclusion struct {
	Kind, Code string
	Files      int64 // files with such lines
	N          int64
}

// findingCount counts findings of one sort. First says where the first of them is: a file, a file and a line, or a case.
// Example is its explanation, which holds no cell values.
type findingCount struct {
	Onderwerp, Code, Ernst, First, Example string
	N                                      int64
}

func (e *exclusions) read(ctx context.Context, marts fs.FS) error {
	e.HasExcluded, e.HasFindings = mart.Has(marts, "uitgesloten"), mart.Has(marts, "bevinding")
	type key struct{ a, b, c string }
	excluded := map[key]*exclusion{}
	var lastKind, lastFile string // the mart is sorted by kind and file, so a file's lines are neighbours
	var codes map[string]bool
	err := mart.ScanIfThere(ctx, marts, mart.Excluded, func(row *mart.Uitgesloten) error {
		k := key{row.Kind, row.RegelCode, ""}
		if excluded[k] == nil {
			excluded[k] = &exclusion{Kind: row.Kind, Code: row.RegelCode}
		}
		if codes == nil || lastKind != row.Kind || lastFile != row.Bestand {
			lastKind, lastFile, codes = row.Kind, row.Bestand, map[string]bool{}
		}
		if !codes[row.RegelCode] {
			codes[row.RegelCode] = true
			excluded[k].Files++
		}
		excluded[k].N++
		return nil
	})
	if err != nil {
		return err
	}
	for _, x := range excluded {
		e.Excluded = append(e.Excluded, *x)
	}
	slices.SortFunc(e.Excluded, func(a, b exclusion) int { return cmp.Or(reports.ByKind(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code)) })

	found := map[key]*findingCount{}
	err = mart.ScanIfThere(ctx, marts, mart.Findings, func(row *mart.Bevinding) error {
		k := key{row.Onderwerp, row.RegelCode, row.Ernst}
		if found[k] == nil {
			found[k] = &findingCount{Onderwerp: row.Onderwerp, Code: row.RegelCode, Ernst: row.Ernst, First: row.Sleutel,
				Example: row.Toelichting}
		}
		found[k].N++
		return nil
	})
	if err != nil {
		return err
	}
	for _, f := range found {
		e.Findings = append(e.Findings, *f)
	}
	slices.SortFunc(e.Findings, func(a, b findingCount) int {
		return cmp.Or(cmp.Compare(a.Onderwerp, b.Onderwerp), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Ernst, b.Ernst))
	})
	return nil
}
