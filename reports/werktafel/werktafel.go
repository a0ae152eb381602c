// Package werktafel makes the report of the werktafel: of what keeps coming back, how it comes about and who could end it, never of one
// household. It is safe to share, for it is made of the folder vrij of a run and of nothing else: it is given no mart, and every figure in
// it is one of that folder or worked out from those shown in it.
package werktafel

import (
	"context"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"stapel/reports"
	"stapel/reports/csv"
	"stapel/reports/html"
	"stapel/reports/vrij"
	"stapel/reports/xlsx"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// level is that of every file of the report.
const level = transforms.LevelVrij

// The files of the report, beside csv/<table>.csv and a sheet per cocktail.
const (
	reportFile   = "werktafel.html"
	workbookFile = "werktafel.xlsx"
)

// sheetFile is the page of one cocktail that can be laid on the table.
func sheetFile(cocktail string) string { return sheets + cocktail + ".html" }

const sheets = "tafelblad-"

// IsSheet reports whether a file is such a page, by its name.
func IsSheet(file string) bool {
	return strings.HasPrefix(file[strings.LastIndexAny(file, `/\`)+1:], sheets)
}

// Write writes the report: werktafel.html, tafelblad-<cocktail>.html, werktafel.xlsx and csv/<table>.csv, from the folder vrij of a run. An error names
// the table or the file; what was written before it stays.
func Write(ctx context.Context, folder fs.FS, run reports.Run, out *reports.Writer) error {
	if err := write(ctx, folder, run, out); err != nil {
		return fmt.Errorf("werktafelrapport: %w", err)
	}
	return nil
}

func write(ctx context.Context, folder fs.FS, run reports.Run, out *reports.Writer) error {
	w, err := run.Windows()
	if err != nil {
		return err
	}
	tables, err := vrij.Read(ctx, folder)
	if err != nil {
		return err
	}
	templates, style, err := reports.Templates(embedded, level, "werktafel.css")
	if err != nil {
		return err
	}
	p := newPage(run, w, tables, style)
	if err := out.Write(reportFile, level, func(dst io.Writer) error { return html.Execute(dst, templates, "werktafel", p) }); err != nil {
		return err
	}
	for _, c := range p.Cocktails() {
		sheet := p.sheet(c)
		if err := out.Write(sheetFile(c.ID), level, func(dst io.Writer) error { return html.Execute(dst, templates, "tafelblad", sheet) }); err != nil {
			return err
		}
	}
	sheets, err := p.workbook()
	if err != nil {
		return err
	}
	about, err := origins(sheets)
	if err != nil {
		return err
	}
	info := p.workbookInfo(sheets)
	if err := out.Write(workbookFile, level, func(dst io.Writer) error { return xlsx.Write(ctx, dst, info, append(sheets, about)) }); err != nil {
		return err
	}
	files, err := p.exports()
	if err != nil {
		return err
	}
	for _, t := range files {
		if err := out.Write("csv/"+t.Name+".csv", t.Level, func(dst io.Writer) error { return csv.Write(ctx, dst, t) }); err != nil {
			return err
		}
	}
	return nil
}
