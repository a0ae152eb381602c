package diff

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"stapel/pipeline/access"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/csv"
	"stapel/reports/mart"
	reporttable "stapel/reports/table"
	"stapel/transforms"
)

// Options name two runs: by id, latest, or vorige (the one that was latest before the latest).
type Options struct {
	Data, A, B string
	N          int64  // how many of the ranking count as its top
	Why        string // for seeing which households changed; without it there are counts and sums alone
	List       string // file to write every changed household to (CSV); it needs a reason
}

// Result is what changed from run A to run B.
type Result struct {
	A, B *Snapshot
	Diff
	File string
}

// Runs says what changed between two published runs of one project, and why.
func Runs(ctx context.Context, opt Options) (*Result, error) {
	shown := opt.Why != "" || opt.List != ""
	var reason access.Reason
	if shown {
		var err error
		if reason, err = access.Because(opt.Why, "the households that changed are data of households"); err != nil {
			return nil, err
		}
	}
	l := &lake.Lake{Root: opt.Data}
	var runs [2]*published.Run
	for i, name := range []string{opt.A, opt.B} {
		var err error
		if runs[i], err = published.Open(l, name); err != nil {
			return nil, err
		}
	}
	if runs[0].Manifest.Key != runs[1].Manifest.Key {
		return nil, exit.Misuse("compare runs of one project key: with another key every household has another id", "these runs have different keys")
	}
	res := &Result{}
	var err error
	if res.A, err = snapshot(ctx, runs[0]); err != nil {
		return nil, err
	}
	if res.B, err = snapshot(ctx, runs[1]); err != nil {
		return nil, err
	}
	res.Diff = Compare(res.A, res.B, opt.N)
	if !shown {
		res.Changes = nil
		return res, nil
	}
	look := access.Look{What: "diff", Run: res.A.ID + " " + res.B.ID}
	if opt.List != "" {
		look.What = "diff --uit"
	}
	if err := reason.Log(opt.Data, look); err != nil || opt.List == "" {
		return res, err
	}
	res.File = opt.List
	return res, writeChanges(ctx, opt.List, res.Changes)
}

// member is a row of mart huishouden_lid.
type member struct {
	Home   string `parquet:"huishouden_id,optional"`
	Person string `parquet:"persoon_id,optional"`
}

var members = mart.Of[member]("huishouden_lid")

// snapshot reads what is compared of a run; its tables have to be those that the run published.
func snapshot(ctx context.Context, r *published.Run) (*Snapshot, error) {
	m := r.Manifest
	s := &Snapshot{ID: m.RunID, Peildatum: m.Peildatum, Config: m.Config, Program: m.Binary, Inputs: map[string]map[string]string{},
		Replaced: map[string]int64{}, Homes: map[string]*Home{}, Totals: map[string]int64{}}
	for _, in := range m.Inputs {
		if in.Status == inbox.Refused {
			continue
		}
		if s.Inputs[in.Kind] == nil {
			s.Inputs[in.Kind] = map[string]string{}
		}
		s.Inputs[in.Kind][in.Sha256+in.NoteSha256] = in.File
	}
	err := published.Scan(ctx, r, mart.Ranking, func(row *mart.Ranglijst) error {
		s.Homes[row.Huishouden] = &Home{Rank: row.Rang, T0: row.T0Ct, Parts: [4]int64{row.WmoCt, row.JeugdCt, row.ParticipatieCt, row.ZvwCt},
			Eligible: row.InAanmerking, Why: row.RedenNiet, InPlan: row.InMaatwerk}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = published.Scan(ctx, r, members, func(row *member) error {
		if h := s.Homes[row.Home]; h != nil {
			h.Members = append(h.Members, row.Person)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = published.Scan(ctx, r, mart.Costs, func(row *mart.Kosten) error {
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

// writeChanges writes every changed household, for its owner alone.
func writeChanges(ctx context.Context, name string, changes []Change) error {
	columns := slices.Concat(reporttable.Named(reporttable.Text, "huishouden_id beweging"), reporttable.Named(reporttable.Int, "rang_eerst rang_nu"),
		reporttable.Named(reporttable.Euro, "t0_eerst_ct t0_nu_ct verschil_ct verschil_wmo_ct verschil_jeugdwet_ct verschil_participatiewet_ct verschil_zvw_ct"),
		reporttable.Named(reporttable.Flag, "in_aanmerking_eerst in_aanmerking_nu"), reporttable.Named(reporttable.Text, "regels_nu_voldaan regels_nu_niet redenen"))
	side := func(h *Home) (rank, t0, eligible any) {
		if h == nil {
			return nil, nil, nil
		}
		return h.Rank, h.T0, h.Eligible
	}
	var b bytes.Buffer
	err := csv.Write(ctx, &b, reporttable.Table{Name: "verschil", Level: transforms.LevelRij, Columns: columns, Each: reporttable.Slice(changes, func(c Change) []any {
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
	return lake.WriteOut(name, b.Bytes(), "name another")
}
