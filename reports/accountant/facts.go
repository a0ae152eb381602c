package accountant

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
)

// estimate and claim are what this report uses of marts effect and claim_toets.
type (
	estimate struct {
		Schatter  string   `parquet:"schatter,optional"`
		Herkomst  string   `parquet:"herkomst,optional"`
		Klok      string   `parquet:"klok,optional"`
		Uitkomst  string   `parquet:"uitkomst,optional"`
		Domein    string   `parquet:"domein,optional"`
		Betaler   string   `parquet:"betaler,optional"`
		Behandeld int64    `parquet:"n_behandeld,optional"`
		Sets      int64    `parquet:"n_sets,optional"`
		Vergelijk int64    `parquet:"n_vergelijking,optional"`
		Ct        *int64   `parquet:"schatting_ct,optional"`
		LaagCt    *int64   `parquet:"ci_laag_ct,optional"`
		HoogCt    *int64   `parquet:"ci_hoog_ct,optional"`
		P         *float64 `parquet:"p_waarde,optional"`
		Maanden   int64    `parquet:"maanden,optional"`
		Oordeel   string   `parquet:"oordeel,optional"`
	}
	claim struct {
		ID         string `parquet:"claim_id,optional"`
		Huishouden int64  `parquet:"huishoudens,optional"`
		BeweerdCt  int64  `parquet:"beweerd_ct,optional"`
		NettoCt    *int64 `parquet:"netto_ct,optional"`
		LaagCt     *int64 `parquet:"ci_laag_ct,optional"`
		HoogCt     *int64 `parquet:"ci_hoog_ct,optional"`
		Oordeel    string `parquet:"oordeel,optional"`
		Reden      string `parquet:"reden,optional"`
	}
)

var (
	estimateRows = mart.Of[estimate]("effect")
	claimRows    = mart.Of[claim]("claim_toets")
)

// facts are the marts of the report, each in the order of the page. A mart that a run does not have has no rows.
type facts struct {
	Ledger       []mart.Aansluiting
	Explanations []mart.Verklaring
	Waterfall    []mart.Waterval
	Control      map[string]map[string]mart.Controle // by kind and step
	Kinds        []string                            // that have control totals, without totaal
	Deliveries   []mart.Levering
	Quarantine   []mart.Quarantaine
	Coverage     []mart.Dekking
	Maturity     []mart.RijpheidKind
	Estimates    []estimate
	Claims       []claim
}

func read(ctx context.Context, marts fs.FS) (*facts, error) {
	f := &facts{Control: map[string]map[string]mart.Controle{}}
	var control []mart.Controle
	for _, step := range []func() error{
		func() error { return all(ctx, marts, mart.Ledger, &f.Ledger) },
		func() error { return all(ctx, marts, mart.Explanations, &f.Explanations) },
		func() error { return all(ctx, marts, mart.Waterfall, &f.Waterfall) },
		func() error { return all(ctx, marts, mart.Control, &control) },
		func() error { return all(ctx, marts, mart.Deliveries, &f.Deliveries) },
		func() error { return all(ctx, marts, mart.Quarantine, &f.Quarantine) },
		func() error { return all(ctx, marts, mart.Coverage, &f.Coverage) },
		func() error { return all(ctx, marts, mart.Maturity, &f.Maturity) },
		func() error { return all(ctx, marts, estimateRows, &f.Estimates) },
		func() error { return all(ctx, marts, claimRows, &f.Claims) },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	for _, c := range control {
		if f.Control[c.Kind] == nil {
			f.Control[c.Kind] = map[string]mart.Controle{}
			if c.Kind != total {
				f.Kinds = append(f.Kinds, c.Kind)
			}
		}
		f.Control[c.Kind][c.Stap] = c
	}
	slices.SortFunc(f.Kinds, reports.ByKind)
	slices.SortFunc(f.Ledger, func(a, b mart.Aansluiting) int {
		return cmp.Or(reports.ByKind(a.Feed, b.Feed), strings.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.Jaar, b.Jaar))
	})
	slices.SortFunc(f.Explanations, func(a, b mart.Verklaring) int {
		return cmp.Or(reports.ByKind(a.Feed, b.Feed), strings.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.Jaar, b.Jaar), strings.Compare(a.Bestand, b.Bestand), cmp.Compare(a.Regel, b.Regel))
	})
	slices.SortFunc(f.Waterfall, func(a, b mart.Waterval) int {
		return cmp.Or(reports.ByKind(a.Kind, b.Kind), cmp.Compare(a.Volgnr, b.Volgnr))
	})
	slices.SortFunc(f.Deliveries, func(a, b mart.Levering) int {
		return cmp.Or(reports.ByKind(a.Kind, b.Kind), strings.Compare(a.Bestand, b.Bestand))
	})
	slices.SortFunc(f.Maturity, func(a, b mart.RijpheidKind) int { return reports.ByKind(a.Kind, b.Kind) })
	slices.SortFunc(f.Claims, func(a, b claim) int { return strings.Compare(a.ID, b.ID) })
	return f, nil
}

// total is all kinds together.
const total = "totaal"

func all[T any](ctx context.Context, marts fs.FS, t mart.Table[T], into *[]T) (err error) {
	*into, err = mart.AllIfThere(ctx, marts, t)
	return err
}

// step is a step of the control totals; one that a kind does not have is none.
func (f *facts) step(kind, name string) mart.Controle { return f.Control[kind][name] }

// has says whether a kind has a step.
func (f *facts) has(kind, name string) bool {
	_, ok := f.Control[kind][name]
	return ok
}
