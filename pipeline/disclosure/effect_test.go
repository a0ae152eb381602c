package disclosure

import (
	"path/filepath"
	"testing"

	"stapel/config/configtest"
	"stapel/reports/vrij"
	"stapel/transforms/typed"
)

func ptr[T any](v T) *T { return &v }

// made is a row about n households with maatwerk and three times as many without.
func made(method, origin, payer string, n int64) effectRow {
	return effectRow{Method: method, Origin: origin, Clock: clockStarted, Outcome: outcomeCost, Domain: vrij.Alle, Payer: payer, Treated: n, Controls: 3 * n, Ct: ptr(int64(-876_543)), LowCt: ptr(int64(-1_308_600)),
		HighCt: ptr(int64(-444_449)), Months: 7, Verdict: map[bool]string{true: "aangetoond"}[method == methodMatched]}
}

// TestMaatwerk: what leaves about plans and effects is of enough units, rounded, and never by what decides nothing.
func TestMaatwerk(t *testing.T) {
	other := made(methodMatched, "data", vrij.Alle, 64)
	other.Clock = "aangemeld"
	m := maatwerk{
		effects: []effectRow{made(methodMatched, "data", vrij.Alle, 64), made(methodMatched, "data", "zorgverzekeraar", 64), made(methodMatched, "veld", vrij.Alle, 9), made(methodMatched, "veld", "zorgverzekeraar", 9),
			made(methodMatched, "alle", vrij.Alle, 73), made("gestaffeld", "data", vrij.Alle, 64), made("voor_na", "data", vrij.Alle, 64), other,
			{Method: methodLargest, Origin: "data", Clock: clockStarted, Value: ptr(0.3)}, {Method: methodLargest, Origin: "", Clock: clockStarted, Value: ptr(0.6)}, made(methodMatched, "", vrij.Alle, 30)},
		outcomes: []outcomeRow{{"ontruiming", "data", "per jaar", 64, 187, ptr(-0.0345), ptr(-0.0791), ptr(0.0101)}, {"ontruiming", "veld", "per jaar", 9, 27, ptr(-0.1), nil, nil}, {"vertrek_overleden", "data", "personen", 64, 187, ptr(0.1), nil, nil}, {"ontruiming", "alle", "per jaar", 73, 214, ptr(-0.1), nil, nil}},
		totals: []planTotalRow{{"plannen", nil, ptr(42.0), 42, "plannen"}, {"plannen_gestart", nil, ptr(38.0), 42, "plannen"}, {"besparing_alle", ptr(int64(42_649_900)), nil, 30, "eurocent"},
			{"besparing_uitgevoerd", ptr(int64(1)), nil, 15, "eurocent"}, {"mediaan_dagen_tot_akkoord", nil, ptr(182.4), 42, "dagen"}, {"akkoord_binnen_twee_maanden", nil, ptr(0.138), 29, "aandeel"}},
		marks:  []markRow{{0, 31, 28, ptr(6.12), nil, nil}, {12, 24, 9, ptr(7.3), ptr(int64(8)), ptr(0.9)}},
		claims: []claimTestRow{{"A", 20, 42_600_000, ptr(int64(12_345_600)), ptr(int64(-100)), ptr(int64(23_456_700)), "niet aangetoond"}, {"B", 9, 1_000, ptr(int64(5)), ptr(int64(1)), ptr(int64(9)), "deels"}},
	}
	for range 30 {
		m.plans = append(m.plans, planRow{ptr(int64(1_421_663))})
	}
	out := &vrij.Tables{}
	rules := configtest.Defaults(t, nil).Disclosure
	publishMaatwerk(m, rules, []byte("key"), out)

	if len(out.Effect) != 4 {
		t.Fatalf("%d estimates: %+v", len(out.Effect), out.Effect)
	}
	for _, e := range out.Effect {
		if hidden := e.Herkomst != "data"; hidden != (e.Ct == nil) || hidden != (e.LaagCt == nil) || hidden != (e.Huishoudens == nil) || hidden != (e.Maanden == nil) {
			t.Errorf("%q %s: %+v", e.Herkomst, e.Schatter, e)
		}
		if e.Ct != nil && (*e.Ct != -880_000 || *e.LaagCt != -1_310_000 || *e.HoogCt != -440_000 || *e.Huishoudens%5 != 0) {
			t.Errorf("not rounded: %d, %d, %d of %d", *e.Ct, *e.LaagCt, *e.HoogCt, *e.Huishoudens)
		}
		if (e.Oordeel == "aangetoond") != (e.Schatter == methodMatched) {
			t.Errorf("%s has verdict %q", e.Schatter, e.Oordeel)
		}
	}
	if p := out.EffectBetaler; len(p) != 2 || p[0].Herkomst != "data" || p[0].Ct == nil || p[1].Ct != nil || p[1].LaagCt != nil {
		t.Errorf("payers: %+v", p)
	}
	if u := out.Uitkomst; len(u) != 2 || *u[0].Schatting != -0.03 || *u[0].Hoog != 0.01 || u[1].Schatting != nil {
		t.Errorf("outcomes: %+v", u)
	}
	plans := map[string]vrij.PlanTotaal{}
	for _, p := range out.PlanTotaal {
		plans[p.Meting] = p
	}
	if _, ok := plans["besparing_uitgevoerd"]; ok {
		t.Error("a sum over part of the plans left")
	}
	if v := plans["plannen"].Waarde; v == nil || *v != 40 && *v != 45 {
		t.Errorf("plans: %v", v)
	}
	if plans["plannen_gestart"].Waarde != nil {
		t.Error("that 4 of 42 did not start can be told")
	}
	if p := plans["besparing_alle"]; p.WaardeCt == nil || *p.WaardeCt != 42_600_000 || p.Noemer == nil {
		t.Errorf("saving: %+v", p)
	}
	if v := plans["mediaan_dagen_tot_akkoord"].Waarde; v == nil || *v != 182 || plans["akkoord_binnen_twee_maanden"].Waarde != nil {
		t.Error("4 of 29 plans were approved soon, and that shows; or the median of 42 does not")
	}
	if k := out.Tevredenheid; *k[0].Gemiddelde != 6.1 || k[0].Beantwoord != nil || k[0].Gevraagd == nil || k[1].Gemiddelde != nil || k[1].Verandering != nil || k[1].Beantwoord != nil {
		t.Errorf("marks: %+v", k)
	}
	if c := out.Claim; *c[0].NettoCt != 12_300_000 || *c[0].LaagCt != 0 || c[0].BeweerdCt != 42_600_000 || c[1].NettoCt != nil || c[1].Oordeel != "deels" {
		t.Errorf("claims: %+v", c)
	}
	if v := out.Of("uitkomst"); v == nil || v.Primair != 1 || v.Cellen != 4 || !v.Bewezen {
		t.Errorf("record: %+v", v)
	}

	for _, sizes := range [][]int64{{100}, {60, 10, 10, 10, 10}, {45, 45, 4, 3, 3}} { // one alone, one of over half, two of over 85%
		m.plans = nil
		for _, s := range sizes {
			m.plans = append(m.plans, planRow{ptr(s)})
		}
		out := &vrij.Tables{}
		publishMaatwerk(m, rules, []byte("key"), out)
		for _, p := range out.PlanTotaal {
			if p.WaardeCt != nil {
				t.Errorf("%v: %+v", sizes, p)
			}
		}
	}
}

// TestMaatwerkAbsent: a run without the marts publishes empty files; one with them has its rows.
func TestMaatwerkAbsent(t *testing.T) {
	dir := t.TempDir()
	opt := Options{File: func(table string) string { return filepath.Join(dir, table+".parquet") }}
	m, err := readMaatwerk(t.Context(), opt)
	if err != nil || len(m.effects)+len(m.totals)+len(m.marks)+len(m.claims)+len(m.outcomes)+len(m.plans) > 0 {
		t.Fatalf("%+v, %v", m, err)
	}
	out := &vrij.Tables{}
	publishMaatwerk(m, configtest.Defaults(t, nil).Disclosure, nil, out)
	if len(out.Verslag) != 6 || len(out.Effect) > 0 {
		t.Errorf("%+v", out)
	}
	if err := typed.Write(opt.File("effect"), []effectRow{made(methodMatched, "data", vrij.Alle, 64)}); err != nil {
		t.Fatal(err)
	}
	if m, err = readMaatwerk(t.Context(), opt); err != nil || len(m.effects) != 1 {
		t.Errorf("%+v, %v", m, err)
	}
}
