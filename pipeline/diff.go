package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/diff"
	"stapel/pipeline/lake"
	"stapel/reports/csv"
	"stapel/reports/mart"
	reporttable "stapel/reports/table"
	"stapel/transforms"
)

// DiffOptions name two runs: by id, latest, or vorige (the one that was latest before the latest).
type DiffOptions struct {
	Data, A, B string
	N          int64  // how many of the ranking count as its top
	List       string // file to write every changed household to (CSV)
}

// DiffResult is what changed from run A to run B.
type DiffResult struct {
	A, B *diff.Snapshot
	diff.Diff
	File string
}

// Compare says what changed between two published runs of one project, and why.
func Compare(ctx context.Context, opt DiffOptions) (*DiffResult, error) {
	l := &lake.Lake{Root: opt.Data}
	var runs [2]*reopened
	for i, name := range []string{opt.A, opt.B} {
		id, err := resolveRun(l, name)
		if err != nil {
			return nil, err
		}
		if runs[i], err = readRun(l, id); err != nil {
			return nil, err
		}
	}
	if runs[0].manifest.Key != runs[1].manifest.Key {
		return nil, usage("compare runs of one project key: with another key every household has another id", "these runs have different keys")
	}
	res := &DiffResult{}
	var err error
	if res.A, err = snapshot(ctx, runs[0]); err != nil {
		return nil, err
	}
	if res.B, err = snapshot(ctx, runs[1]); err != nil {
		return nil, err
	}
	res.Diff = diff.Compare(res.A, res.B, opt.N)
	if opt.List == "" {
		return res, nil
	}
	entry := access{What: "diff --uit", Run: res.A.ID + " " + res.B.ID, Why: "lijst van veranderde huishoudens"}
	if err := logAccess(opt.Data, entry); err != nil {
		return nil, fmt.Errorf("nothing is written, because it could not be logged: %w", err)
	}
	res.File = opt.List
	return res, writeChanges(ctx, opt.List, res.Changes)
}

// resolveRun turns latest and vorige into ids.
func resolveRun(l *lake.Lake, name string) (string, error) {
	latest, err := l.Latest()
	if err != nil || name == "latest" && latest != "" {
		return latest, err
	}
	if name == "latest" {
		return "", usage("run stapel first, or name the data folder with --data", "there is no published run in this data folder")
	}
	if name != "vorige" {
		if !runRE.MatchString(name) {
			return "", usage("name it as in the report, or latest or vorige", "that is no run id")
		}
		return name, nil
	}
	return runBefore(l, latest)
}

// runBefore is the run that was the latest before the latest one: the log of latest tells, but for runs of before there was one. Of those
// it is the one that was finished last; runs without reports were never the latest.
func runBefore(l *lake.Lake, latest string) (string, error) {
	earlier, err := l.Earlier()
	if err != nil {
		return "", err
	}
	for _, id := range earlier {
		if _, err := readRun(l, id); err == nil {
			return id, nil
		}
	}
	folders, err := filepath.Glob(filepath.Join(filepath.Dir(l.Run("x")), "*", "manifest.json"))
	if err != nil {
		return "", err
	}
	var before, when string
	for _, f := range folders {
		id := filepath.Base(filepath.Dir(f))
		r, err := readRun(l, id)
		if err != nil || id == latest || !r.reported() {
			continue // staging, or not a run
		}
		if end := r.manifest.Execution.Finished; end > when || end == when && id > before {
			before, when = id, end
		}
	}
	if before == "" {
		return "", usage("name two runs by id", "there is no run before the latest")
	}
	return before, nil
}

// reported reports whether the run was published with its reports.
func (r *reopened) reported() bool {
	return slices.ContainsFunc(r.manifest.Outputs, func(o control.Output) bool { return strings.HasPrefix(o.File, reportFolder+"/") })
}

// snapshot reads what is compared of a run; its tables have to be those that the run published.
func snapshot(ctx context.Context, r *reopened) (*diff.Snapshot, error) {
	m := r.manifest
	s := &diff.Snapshot{ID: m.RunID, Peildatum: m.Peildatum, Config: m.Config, Program: m.Binary, Inputs: map[string]map[string]string{},
		Replaced: map[string]int64{}, Homes: map[string]*diff.Home{}, Totals: map[string]int64{}}
	for _, in := range m.Inputs {
		if in.Status == statusRefused {
			continue
		}
		if s.Inputs[in.Kind] == nil {
			s.Inputs[in.Kind] = map[string]string{}
		}
		s.Inputs[in.Kind][in.Sha256+in.NoteSha256] = in.File
	}
	_, err := r.marts("ranglijst", "huishouden_lid", "kosten", "controle")
	if err != nil {
		return nil, err
	}
	folder := r.martFolder()
	err = mart.Scan(ctx, folder, "ranglijst", func(row *mart.Ranglijst) error {
		s.Homes[row.Huishouden] = &diff.Home{Rank: row.Rang, T0: row.T0Ct, Parts: [4]int64{row.WmoCt, row.JeugdCt, row.ParticipatieCt, row.ZvwCt},
			Eligible: row.InAanmerking, Why: row.RedenNiet, InPlan: row.InMaatwerk}
		return nil
	})
	type member struct {
		Home   string `parquet:"huishouden_id,optional"`
		Person string `parquet:"persoon_id,optional"`
	}
	if err != nil {
		return nil, err
	}
	err = mart.Scan(ctx, folder, "huishouden_lid", func(row *member) error {
		if h := s.Homes[row.Home]; h != nil {
			h.Members = append(h.Members, row.Person)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = mart.Scan(ctx, folder, "kosten", func(row *mart.Kosten) error {
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
	err = mart.Scan(ctx, folder, "controle", func(row *mart.Controle) error {
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

// writeChanges writes every changed household, for its owner alone.
func writeChanges(ctx context.Context, name string, changes []diff.Change) error {
	columns := slices.Concat(reporttable.Named(reporttable.Text, "huishouden_id beweging"), reporttable.Named(reporttable.Int, "rang_eerst rang_nu"),
		reporttable.Named(reporttable.Euro, "t0_eerst_ct t0_nu_ct verschil_ct verschil_wmo_ct verschil_jeugdwet_ct verschil_participatiewet_ct verschil_zvw_ct"),
		reporttable.Named(reporttable.Flag, "in_aanmerking_eerst in_aanmerking_nu"), reporttable.Named(reporttable.Text, "regels_nu_voldaan regels_nu_niet redenen"))
	side := func(h *diff.Home) (rank, t0, eligible any) {
		if h == nil {
			return nil, nil, nil
		}
		return h.Rank, h.T0, h.Eligible
	}
	var b bytes.Buffer
	err := csv.Write(ctx, &b, reporttable.Table{Name: "verschil", Level: transforms.LevelRij, Columns: columns, Each: reporttable.Slice(changes, func(c diff.Change) []any {
		move := ""
		switch {
		case c.Entered:
			move = "erbij"
		case c.Left:
			move = "eraf"
		}
		rankA, t0A, yesA := side(c.A)
		rankB, t0B, yesB := side(c.B)
		met, broken := c.Rules()
		return []any{c.ID, move, rankA, rankB, t0A, t0B, c.Delta, c.Parts[0], c.Parts[1], c.Parts[2], c.Parts[3], yesA, yesB,
			strings.Join(met, "|"), strings.Join(broken, "|"), strings.Join(c.Reasons, "|")}
	})})
	if err != nil {
		return err
	}
	return writeNew(name, b.Bytes(), "name another")
}
