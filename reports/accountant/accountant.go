// Package accountant makes the report for who has to sign for the figures of a run: what it is about, how it ties to the ledger and from there to
// the ranking, what was left out and why, what was estimated and judged, what was not tested, and how to do it again. It holds totals, no
// households.
package accountant

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/csv"
	"stapel/reports/html"
	"stapel/reports/seen"
	"stapel/reports/xlsx"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// level is that of all files: raw totals.
const level = transforms.LevelTotaal

// The files, in the folder of the accountant; csv/<table>.csv beside them.
const (
	FileName     = "accountant.html"
	WorkbookName = "accountant.xlsx"
)

// Evidence is what a run knows of itself beside its marts. It holds nothing of when or on what machine it ran: a rerun gives the same.
type Evidence struct {
	Config                           *config.Config
	Binary, Key                      string // hash of the program, fingerprint of the key
	Go, Platform                     string
	Files, Lines, Quarantined, Tests int64
	Warnings                         []Check
	Releases                         []Release
}

// Check is a check that found something and did not stop the run.
type Check struct {
	Name, Sentence, Reason string
	Violations, Of         int64
}

// Release is what disclosure control did with a table.
type Release struct {
	Table, Status, Reason              string
	Cells, Primary, Secondary, Rounded int64
	Proven                             bool
}

// Write writes accountant.html, accountant.xlsx and csv/<table>.csv. It reads the marts it knows from marts (<mart>.parquet at the top). An error
// names the mart or the file.
func Write(ctx context.Context, marts fs.FS, run reports.Run, in seen.Seen, ev Evidence, out *reports.Writer) error {
	if err := write(ctx, marts, run, in, ev, out); err != nil {
		return fmt.Errorf("accountantsrapport: %w", err)
	}
	return nil
}

func write(ctx context.Context, marts fs.FS, run reports.Run, in seen.Seen, ev Evidence, out *reports.Writer) error {
	w, err := run.Windows()
	if err != nil {
		return err
	}
	f, err := read(ctx, marts)
	if err != nil {
		return err
	}
	templates, style, err := reports.Templates(embedded, level, "accountant.css")
	if err != nil {
		return err
	}
	p := &page{Title: "rapport voor de accountant", Footer: "Totalen zonder huishoudens, niet na controle op onthulling: voor intern gebruik.", Run: run, W: w, Style: style,
		in: in, ev: ev, f: f}
	p.Sections = p.sections()
	if err := out.Write(FileName, level, func(dst io.Writer) error { return html.Execute(dst, templates, "accountant", p) }); err != nil {
		return err
	}
	var grids []*grid
	for _, s := range p.Sections {
		for _, part := range s.Parts {
			if part.Grid != nil && part.Grid.filed() {
				grids = append(grids, part.Grid)
			}
		}
	}
	for _, g := range grids {
		if err := out.Write("csv/"+g.Name+".csv", level, func(dst io.Writer) error { return csv.Write(ctx, dst, g.table(false)) }); err != nil {
			return err
		}
	}
	tables, err := sheets(grids)
	if err != nil {
		return err
	}
	return out.Write(WorkbookName, level, func(dst io.Writer) error { return xlsx.Write(ctx, dst, p.workbook(grids), tables) })
}

// page is what the template gets.
type page struct {
	Title    string
	Footer   string
	Run      reports.Run
	W        reports.Windows
	Style    template.CSS
	Sections []section

	in seen.Seen
	ev Evidence
	f  *facts
}
