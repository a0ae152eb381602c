package diff

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/pipeline/world"
	"stapel/reports/csv"
	"stapel/reports/mart"
	reporttable "stapel/reports/table"
	"stapel/transforms"
)

// Options name two runs: by id, latest, or vorige (the one that was latest before the latest).
type Options struct {
	Data, A, B string
	Config     *config.Config
	Engine     engine.Open
	N          int64  // how many of the ranking count as its top
	Show       int    // how many of those that entered or left are shown
	Why        string // for seeing which households changed; without it there are counts and sums alone
	List       string // file to write every changed household to (CSV); it needs a reason
}

// Result is what changed from run A to run B.
type Result struct {
	A, B *Snapshot
	*Differences
	Counts
	ByReason map[string]int // how many households changed for each
	Moved    int            // households that came into the top or went from it
	Changed  int            // all that changed
	Shown    []Shown        // the first of those that moved; none without a reason to look
	File     string
}

// Shown is a household that changed, and why.
type Shown struct {
	Change
	Why []string
}

// Counts are the households of two runs: the row of model verschil_telling.
type Counts struct {
	Both    int64 `parquet:"beide,optional"`
	Same    int64 `parquet:"gelijk,optional"`
	OnlyA   int64 `parquet:"alleen_eerst,optional"`
	OnlyB   int64 `parquet:"alleen_nu,optional"`
	Entered int64 `parquet:"in_aanmerking_erbij,optional"` // came among those in aanmerking
	Left    int64 `parquet:"in_aanmerking_eraf,optional"`
}

// Runs says what changed between two published runs of one project, and why. The engine sets their households beside each other; none of them is
// held in memory here but those that are shown.
func Runs(ctx context.Context, opt Options) (_ *Result, err error) {
	look := opt.Why != "" || opt.List != ""
	var reason access.Reason
	if look {
		if reason, err = access.Because(opt.Why, "the households that changed are data of households"); err != nil {
			return nil, err
		}
	}
	l := &lake.Lake{Root: opt.Data}
	var runs [2]*published.Run
	for i, name := range []string{opt.A, opt.B} {
		if runs[i], err = published.Open(l, name); err != nil {
			return nil, err
		}
	}
	if runs[0].Manifest.Key != runs[1].Manifest.Key {
		return nil, exit.Misuse("compare runs of one project key: with another key every household has another id", "these runs have different keys")
	}
	res := &Result{ByReason: map[string]int{}}
	if res.A, err = snapshot(ctx, runs[0]); err != nil {
		return nil, err
	}
	if res.B, err = snapshot(ctx, runs[1]); err != nil {
		return nil, err
	}
	if res.Differences, err = Between(res.A, res.B, opt.Config); err != nil {
		return nil, err
	}
	work, err := l.Work("diff-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := compare(ctx, opt, runs, work); err != nil {
		return nil, err
	}
	if err := res.read(ctx, os.DirFS(work), opt.Show); err != nil {
		return nil, err
	}
	if !look {
		res.Shown = nil
		return res, nil
	}
	seen := access.Look{What: "diff", Run: res.A.ID + " " + res.B.ID}
	if opt.List != "" {
		seen.What = "diff --uit"
	}
	if err := reason.Log(opt.Data, seen); err != nil || opt.List == "" {
		return res, err
	}
	res.File = opt.List
	return res, lake.WriteOut(opt.List, func(w io.Writer) error { return res.write(ctx, w, os.DirFS(work), opt.Config.Domeinen.Declared()) }, "name another")
}

// Names of what the models read and give, as transforms/diff has them.
const (
	modelChanges = "verschil_huishouden"
	modelCounts  = "verschil_telling"
	tableTop     = "verschil_grens"
)

var changes = mart.Table[Change]{Name: modelChanges}

// compared are the columns of the marts that are compared; a run may have been made before there were others.
var compared = map[string][]string{
	"ranglijst": {"huishouden_id", "rang", "kosten_t0_ct", "kosten_wmo_ct", "kosten_jeugd_ct", "kosten_participatie_ct", "kosten_zvw_ct", "in_aanmerking",
		"reden_niet", "in_maatwerk"},
	"huishouden_lid": {"huishouden_id", "persoon_id"},
}

// compare computes the models of transforms/diff in work.
func compare(ctx context.Context, opt Options, runs [2]*published.Run, work string) (err error) {
	all, err := models.All(opt.Config)
	if err != nil {
		return err
	}
	e, err := opt.Engine(ctx, []string{runs[0].Folder().Marts(), runs[1].Folder().Marts(), work}, filepath.Join(work, "spill"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	t := models.Tables{Engine: e, Work: work, Sorted: true}
	var names []string
	for i, side := range []string{"eerst_", "nu_"} {
		for mart, table := range map[string]string{"ranglijst": "ranglijst", "huishouden_lid": "lid"} {
			files, err := runs[i].Marts(mart)
			if err != nil {
				return err
			}
			at := slices.IndexFunc(all, func(m *transforms.Model) bool { return m.Name == mart })
			if err := t.BindMart(ctx, side+table, all[at], files[mart], compared[mart]...); err != nil {
				return err
			}
			names = append(names, side+table)
		}
	}
	top := world.Table(tableTop, []struct {
		Top int64 `parquet:"top"`
	}{{opt.N}})
	file := filepath.Join(work, tableTop+".parquet")
	if err := errors.Join(top.Write(file), e.Bind(ctx, tableTop, []string{file}, top.Columns)); err != nil {
		return err
	}
	list, err := transforms.Aside(transforms.Diff, append(names, tableTop), false)
	if err != nil {
		return err
	}
	if err := models.CheckReadsWith(ctx, e, list); err != nil {
		return err
	}
	return t.Compute(ctx, list, func(models.Made) error { return nil })
}

// read counts the reasons and keeps the households that are shown.
func (r *Result) read(ctx context.Context, work fs.FS, show int) error {
	counts, err := mart.ReadFile[Counts](ctx, work, modelCounts)
	if err != nil {
		return err
	}
	r.Counts = counts[0]
	return mart.Scan(ctx, work, changes, func(c *Change) error {
		why := r.Differences.Reasons(c)
		for _, reason := range why {
			r.ByReason[reason]++
		}
		r.Changed++
		if !c.Entered && !c.Left {
			return nil
		}
		if r.Moved++; len(r.Shown) < show {
			r.Shown = append(r.Shown, Shown{*c, why})
		}
		return nil
	})
}

// snapshot reads what is compared of a run beside its households; its tables have to be those that the run published.
func snapshot(ctx context.Context, r *published.Run) (*Snapshot, error) {
	m := r.Manifest
	s := &Snapshot{ID: m.RunID, Peildatum: m.Peildatum, Config: m.Config, Program: m.Binary, Inputs: map[string]map[string]string{},
		Replaced: map[string]int64{}, Totals: map[string]int64{}}
	for _, in := range m.Inputs {
		if in.Status == inbox.Refused {
			continue
		}
		if s.Inputs[in.Kind] == nil {
			s.Inputs[in.Kind] = map[string]string{}
		}
		s.Inputs[in.Kind][in.Sha256+in.NoteSha256] = in.File
	}
	err := published.Scan(ctx, r, mart.Costs, func(row *mart.Kosten) error {
		if row.Venster == "T0" && row.Grondslag == "gedeclareerd" {
			s.Totals[row.Domein] += row.BedragCt
			if row.Huishouden == "onbekend" {
				s.Unknown += row.BedragCt
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = published.Scan(ctx, r, mart.Control, func(row *mart.Controle) error {
		switch {
		case row.Regels == nil:
		case row.Stap == "vervangen":
			s.Replaced[row.Kind] = *row.Regels
		case row.Kind == "totaal" && row.Stap == "niet_getoond":
			s.Hidden = *row.Regels
		}
		return nil
	})
	return s, err
}

// write writes every changed household.
func (r *Result) write(ctx context.Context, w io.Writer, work fs.FS, domeinen config.Domeinen) error {
	columns := slices.Concat(reporttable.Named(reporttable.Text, "huishouden_id beweging"), reporttable.Named(reporttable.Int, "rang_eerst rang_nu"),
		reporttable.Named(reporttable.Euro, "t0_eerst_ct t0_nu_ct verschil_ct "+domeinen.Columns("verschil_%s_ct")),
		reporttable.Named(reporttable.Flag, "in_aanmerking_eerst in_aanmerking_nu"), reporttable.Named(reporttable.Text, "regels_nu_voldaan regels_nu_niet redenen"))
	each := func(ctx context.Context, row func([]any) error) error {
		return mart.Scan(ctx, work, changes, func(c *Change) error {
			move := ""
			switch {
			case c.Entered:
				move = "erbij"
			case c.Left:
				move = "eraf"
			}
			met, broken := c.Rules()
			cells := []any{c.ID, move, reporttable.Opt(c.RankA), reporttable.Opt(c.RankB), reporttable.Opt(c.T0A), reporttable.Opt(c.T0B), c.Delta}
			for _, ct := range r.Parts(c) {
				cells = append(cells, ct)
			}
			return row(append(cells, reporttable.Opt(c.EligibleA), reporttable.Opt(c.EligibleB), strings.Join(met, "|"), strings.Join(broken, "|"),
				strings.Join(r.Differences.Reasons(c), "|")))
		})
	}
	return csv.Write(ctx, w, reporttable.Table{Name: "verschil", Level: transforms.LevelRij, Columns: columns, Each: each})
}
