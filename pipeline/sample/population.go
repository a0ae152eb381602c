package sample

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"stapel/pipeline/models"
	"stapel/pipeline/mus"
	"stapel/pipeline/published"
	"stapel/reports/mart"
	"stapel/transforms"
)

// sourceRow is a row of model steekproef_regel: a line behind the figure.
type sourceRow struct {
	Kind      string    `parquet:"kind,optional"`
	Bestand   string    `parquet:"bestand,optional"`
	Regel     int64     `parquet:"regel,optional"`
	Venster   string    `parquet:"venster,optional"`
	Domein    string    `parquet:"domein,optional"`
	Betaler   string    `parquet:"betaler,optional"`
	Grondslag string    `parquet:"grondslag,optional"`
	Van       mart.Date `parquet:"van,optional"`
	Tot       mart.Date `parquet:"tot,optional"`
	Geheel    int64     `parquet:"geheel_ct,optional"`
	Deel      int64     `parquet:"deel_ct,optional"`
}

func (r *sourceRow) line() mus.Line {
	return mus.Line{Kind: r.Kind, File: r.Bestand, Row: r.Regel, Window: r.Venster, Ct: r.Deel}
}

const (
	linesModel = "steekproef_regel"
	askedTable = "steekproef_vraag"
)

// taken are the models of a run that linesModel reads.
var taken = []string{"kosten_regel", "kosten_bron", "huishouden_stand"}

// scanner goes through the lines behind a figure.
type scanner func(row func(*sourceRow)) error

// population computes the lines behind a figure again, from the lake and with the models of the run, and has them add up to what was published, to
// the cent. scan goes through them once more.
func population(ctx context.Context, again *published.Reopened, opt Options, f *figure, work string) (lines []mus.Line, scan scanner, err error) {
	all, err := models.All(again.Config)
	if err != nil {
		return nil, nil, err
	}
	list, err := again.Models(all, func(string) bool { return false }, taken...)
	if err != nil {
		return nil, nil, err
	}
	e, err := opt.Engine(again.Config)(ctx, append(models.Folders(again.Lake, again.Config), work), filepath.Join(work, "spill"))
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	tables := models.Tables{Engine: e, Work: work}
	if err := errors.Join(tables.BindInputs(ctx, again.World, again.SameTable), tables.BindLake(ctx, again.World, again.Lake, models.LakeName)); err != nil {
		return nil, nil, err
	}
	if err := tables.BindLines(ctx, again.Config, again.SameTable); err != nil {
		return nil, nil, err
	}
	if err := models.Give(ctx, &tables, askedTable, []askedRow{f.asked()}); err != nil {
		return nil, nil, err
	}
	own, err := transforms.Aside(transforms.Sample, append(append([]string{askedTable}, models.InputNames(again.Config)...), taken...), false)
	if err != nil {
		return nil, nil, err
	}
	if err := models.CheckReadsWith(ctx, e, append(list, own...)); err != nil {
		return nil, nil, err
	}
	if err := tables.Compute(ctx, append(list, own...), func(models.Made) error { return nil }); err != nil {
		return nil, nil, err
	}
	scan = func(row func(*sourceRow)) error {
		return mart.Scan(ctx, os.DirFS(work), mart.Table[sourceRow]{Name: linesModel}, func(r *sourceRow) error {
			row(r)
			return nil
		})
	}
	var sum int64
	if err := scan(func(r *sourceRow) {
		lines = append(lines, r.line())
		sum += r.Deel
	}); err != nil {
		return nil, nil, err
	}
	return lines, scan, f.holds(ctx, again.Run, sum, int64(len(lines)))
}

// holds compares lines with what the run published.
func (f *figure) holds(ctx context.Context, run *published.Run, sum, lines int64) error {
	var ct, parts int64
	err := published.Scan(ctx, run, mart.Costs, func(k *mart.Kosten) error {
		if f.of(k) {
			ct, parts = ct+k.BedragCt, parts+k.Regels
		}
		return nil
	})
	if err != nil {
		return err
	}
	if ct != sum || parts != lines {
		return run.Differs("the lake gives %d lines of %d cents behind this figure, the run published %d of %d", lines, sum, parts, ct)
	}
	return nil
}
