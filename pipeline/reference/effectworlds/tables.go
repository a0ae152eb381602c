package effectworlds

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"stapel/config"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/run"
)

// effectRow is a row of mart effect, amounts in eurocents.
type effectRow struct {
	Method   string `parquet:"schatter"`
	Origin   string `parquet:"herkomst"`
	Clock    string `parquet:"klok"`
	Domain   string `parquet:"domein"`
	Payer    string `parquet:"betaler"`
	Treated  int64  `parquet:"n_behandeld"`
	Sets     int64  `parquet:"n_sets"`
	Controls int64  `parquet:"n_vergelijking"`
	Ct       *int64 `parquet:"schatting_ct,optional"`
	SE       *int64 `parquet:"se_ct,optional"`
	Low      *int64 `parquet:"ci_laag_ct,optional"`
	High     *int64 `parquet:"ci_hoog_ct,optional"`
	Verdict  string `parquet:"oordeel"`
	Remark   string `parquet:"opmerking"`
}

// linkRow is a row of mart koppeling.
type linkRow struct {
	Set     int64   `parquet:"set_id"`
	ID      string  `parquet:"huishouden_id"`
	Treated bool    `parquet:"behandeld"`
	Weight  float64 `parquet:"gewicht"`
	Month   int32   `parquet:"t0,date"`
	Start   *int32  `parquet:"start,optional,date"`
	Until   *int32  `parquet:"tot,optional,date"`
	Origin  string  `parquet:"herkomst"`
	Case    string  `parquet:"casusnummer"`
}

// outcomeRow is a row of mart uitkomst.
type outcomeRow struct {
	Outcome       string   `parquet:"uitkomst"`
	Origin        string   `parquet:"herkomst"`
	Sets          int64    `parquet:"n_sets"`
	TreatedBefore *float64 `parquet:"behandeld_voor,optional"`
	TreatedAfter  *float64 `parquet:"behandeld_na,optional"`
	ControlBefore *float64 `parquet:"vergelijking_voor,optional"`
	ControlAfter  *float64 `parquet:"vergelijking_na,optional"`
	Difference    *float64 `parquet:"verschil,optional"`
}

// matrixRow is a row of mart betaler_matrix.
type matrixRow struct {
	SavedBy string `parquet:"betaler_baten"`
	Ct      *int64 `parquet:"bedrag_ct,optional"`
}

// participant is a row of table effect_deelnemer, of which koppeling is what may be shown: the weights of controls are in no mart.
type participant struct {
	Role      string `parquet:"rol"`
	Set       int64  `parquet:"set_id"`
	Month     int32  `parquet:"maand,date"`
	Household int64  `parquet:"huishouden"`
	Start     *int32 `parquet:"start,optional,date"`
	Until     *int32 `parquet:"tot,optional,date"`
	OwnUntil  *int32 `parquet:"eigen_tot,optional,date"`
	Case      string `parquet:"casusnummer"`
	Origin    string `parquet:"herkomst"`
	Reason    string `parquet:"reden"`
	Drawn     bool   `parquet:"getrokken"`
	Counts    string `parquet:"telt"`
}

func (p *participant) id() string { return fmt.Sprintf("h-%016x", p.Household) }

// planRow is a row of table effect_plan.
type planRow struct {
	Case   string `parquet:"casusnummer"`
	Origin string `parquet:"herkomst"`
	Reason string `parquet:"reden"`
}

// matureRow is a row of table effect_rijp.
type matureRow struct {
	Counts bool   `parquet:"meegeteld"`
	Until  *int32 `parquet:"rijp_tot,optional,date"`
}

// results are what a run made.
type results struct {
	effect       []effectRow
	links        []linkRow
	outcomes     []outcomeRow
	matrix       []matrixRow
	participants []participant
	plans        []planRow
	mature       lines.Day // last month that counts
}

// keptTables are no marts, and are kept while the run computes.
var keptTables = []string{"effect_deelnemer", "effect_plan", "effect_rijp"}

type keeping struct {
	engine.Engine
	dir string
}

// Write keeps a copy of the tables above.
func (e keeping) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	n, err := e.Engine.Write(ctx, name, query, orderBy, file)
	if err != nil || !slices.Contains(keptTables, name) {
		return n, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return n, err
	}
	return n, os.WriteFile(filepath.Join(e.dir, name+".parquet"), data, 0o600)
}

// compute runs the pipeline on the extracts in dir; a line in quarantine, a refused file and a failed check are errors.
func compute(ctx context.Context, dir string, cfg *config.Config) (*results, error) {
	tables := filepath.Join(dir, "tabellen")
	if err := os.MkdirAll(tables, 0o700); err != nil {
		return nil, err
	}
	open := engine.Wrap(duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads), func(e engine.Engine) engine.Engine { return keeping{e, tables} })
	marts, result, err := run.By(ctx, dir, cfg, open)
	if err != nil {
		return nil, err
	}
	if result.Quarantined > 0 || len(result.RefusedBy) > 0 || len(result.Failed) > 0 {
		return nil, fmt.Errorf("%d lines in quarantine, refused %v, failed %v", result.Quarantined, result.RefusedBy, result.Failed)
	}
	out := &results{}
	var mature []matureRow
	for _, read := range []func() error{
		into(marts, "effect", &out.effect), into(marts, "koppeling", &out.links), into(marts, "uitkomst", &out.outcomes), into(marts, "betaler_matrix", &out.matrix),
		into(tables, "effect_deelnemer", &out.participants), into(tables, "effect_plan", &out.plans), into(tables, "effect_rijp", &mature),
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	for _, r := range mature {
		switch {
		case !r.Counts:
		case r.Until == nil:
			return nil, fmt.Errorf("of a kind that counts no month is mature")
		case out.mature == 0 || lines.Day(*r.Until) < out.mature:
			out.mature = lines.Day(*r.Until)
		}
	}
	return out, nil
}

func into[T any](folder, name string, rows *[]T) func() error {
	return func() (err error) {
		if *rows, err = run.Read[T](folder, name); err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
		return err
	}
}

// row is that of an estimator by the clock of the start; law and payer are "alle" for the whole.
func (r *results) row(method, origin, law, payer string) *effectRow {
	for i := range r.effect {
		if e := &r.effect[i]; e.Method == method && e.Origin == origin && e.Clock == "gestart" && e.Domain == law && e.Payer == payer {
			return e
		}
	}
	return &effectRow{Method: method, Origin: origin, Domain: law, Payer: payer}
}
