// Package analist makes the analyst's report: everything about households, one by one, on one page, in a workbook and as CSV. Its files
// are not to be passed on.
package analist

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"

	"stapel/reports"
	"stapel/reports/csv"
	"stapel/reports/effect"
	"stapel/reports/html"
	"stapel/reports/patronen"
	"stapel/reports/seen"
	"stapel/reports/xlsx"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// level is that of the workbook, which shows households.
const level = transforms.LevelRij

// Write writes the analyst's report: rapport.html, gegevens.html, samenvatting.html, patronen.html, effect.html, effect_huishoudens.html, rapport.xlsx
// and csv/<table>.csv. It reads the marts it knows from marts
// (<mart>.parquet at the top); where one is missing the report says so. in is what these marts say about the data that came in. An
// error names the mart or the file; what was written before it stays.
func Write(ctx context.Context, marts fs.FS, run reports.Run, in seen.Seen, out *reports.Writer) error {
	if err := write(ctx, marts, run, in, out); err != nil {
		return fmt.Errorf("analistenrapport: %w", err)
	}
	return nil
}

func write(ctx context.Context, marts fs.FS, run reports.Run, in seen.Seen, out *reports.Writer) error {
	w, err := run.Windows()
	if err != nil {
		return err
	}
	f, err := collect(ctx, marts, run, in, w)
	if err != nil {
		return err
	}
	view := newPage(run, w, f)
	templates, err := fs.Sub(embedded, "templates")
	if err != nil {
		return err
	}
	for _, d := range documents {
		if err := out.Write(d.File, d.Level, func(dst io.Writer) error { return html.Execute(dst, templates, d.Template, view.As(d)) }); err != nil {
			return err
		}
	}
	if err := patronen.Write(out, run, w, in.Sources, f.Patterns); err != nil {
		return err
	}
	if err := effect.Write(out, run, w, in.Sources, f.Effect); err != nil {
		return err
	}
	sheets, err := sheetTables(marts, run, f)
	if err != nil {
		return err
	}
	err = out.Write("rapport.xlsx", level, func(dst io.Writer) error {
		return xlsx.Write(ctx, dst, workbookInfo(run, w, f, sheets), sheets)
	})
	if err != nil {
		return err
	}
	tables, err := exportTables(marts, run, f)
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := out.Write("csv/"+t.Name+".csv", t.Level, func(dst io.Writer) error { return csv.Write(ctx, dst, t) }); err != nil {
			return err
		}
	}
	return nil
}
