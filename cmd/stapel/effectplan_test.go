package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/effectplan"
	marts "stapel/reports/mart"
)

// TestEffectPlanOfDemo holds what the command says of the demo to the ranking, worked out slowly: who could have been chosen a year ago, how their cost
// spreads, and by the formulas written out what that lets a lottery and sets show.
func TestEffectPlanOfDemo(t *testing.T) {
	d := &done{data: shared(t, demoRun).data}
	if err := d.run("effect", "plan", "--households", "40", "--draw", "100", "--expected", "12000", "--json"); err != nil {
		t.Fatal(err)
	}
	var r effectplan.Result
	if err := json.Unmarshal([]byte(d.out), &r); err != nil {
		t.Fatal(err)
	}
	list, err := marts.All(t.Context(), os.DirFS(filepath.Join(d.data, "runs", r.RunID, "marts")), marts.Ranking)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var able []marts.Ranglijst
	candidates := 0
	for _, h := range list {
		if h.InAanmerking {
			candidates++
		}
		other := h.InMaatwerk
		for _, rule := range []string{"volwassenen", "kinderen", "instelling", "heeft_plan"} {
			other = other || strings.Contains(h.RedenNiet, rule)
		}
		if !other {
			able = append(able, h)
		}
	}
	slices.SortFunc(able, func(a, b marts.Ranglijst) int {
		if a.T1Ct != b.T1Ct {
			return int(b.T1Ct - a.T1Ct)
		}
		return strings.Compare(a.Huishouden, b.Huishouden)
	})
	n := 0
	for n < len(able) && able[n].T1Ct >= 100*cfg.Selection.ThresholdEur {
		n++
	}
	if n >= 100 || len(able) <= 100 {
		t.Fatalf("the demo has %d as dear as the threshold of %d: this test is about too few of them", n, len(able))
	}
	able = able[:100]
	mean0, mean1 := 0.0, 0.0
	for _, h := range able {
		mean0, mean1 = mean0+float64(h.T0Ct)/float64(len(able)), mean1+float64(h.T1Ct)/float64(len(able))
	}
	s00, s11, s01 := 0.0, 0.0, 0.0
	for _, h := range able {
		a, b := float64(h.T0Ct)-mean0, float64(h.T1Ct)-mean1
		s00, s11, s01 = s00+a*a, s11+b*b, s01+a*b
	}
	sd, rho := math.Sqrt(s00/99), s01/math.Sqrt(s00*s11)
	if s := r.Spread; s.Households != 100 || !s.Dearest || math.Abs(float64(*s.Ct)-sd) > 1 || math.Abs(*s.Correlation-rho) > 0.00051 || r.Candidates != candidates {
		t.Errorf("%+v, %d candidates; slowly %.0f, %.4f, %d", s, r.Candidates, sd, rho, candidates)
	}
	at := slices.IndexFunc(r.Rows, func(row effectplan.Row) bool { return row.Households == 40 })
	row := r.Rows[at]
	// t.975 + t.80 of a table: with 96 degrees of freedom 1,9850 + 0,8453, with 39 2,0227 + 0,8512
	lot := (1.9850 + 0.8453) * sd * math.Sqrt((1-rho*rho)*(1.0/40+1.0/60))
	sets := (2.0227 + 0.8512) * sd * math.Sqrt((1-rho*rho)*(4.0/3)/40)
	if math.Abs(float64(*row.LotteryCt)/lot-1) > 2e-4 || math.Abs(float64(*row.MatchingCt)/sets-1) > 2e-4 || row.Listed != 100 {
		t.Errorf("%d and %d of %d; slowly %.0f and %.0f", *row.LotteryCt, *row.MatchingCt, row.Listed, lot, sets)
	}
	if *r.ExpectedCt != 12_000_00 || (*row.LotteryP > 0.8) != (lot < 12_000_00) || (*row.MatchingP > 0.8) != (sets < 12_000_00) {
		t.Errorf("chances %v and %v of seeing %d", *row.LotteryP, *row.MatchingP, *r.ExpectedCt)
	}
	if (r.Needed.Lottery <= 40) != (lot <= 12_000_00) || (r.Needed.Matching <= 40) != (sets <= 12_000_00) {
		t.Errorf("needed: %+v", r.Needed)
	}
	for k := 1; k < len(r.Rows); k++ {
		if *r.Rows[k].LotteryCt >= *r.Rows[k-1].LotteryCt {
			t.Errorf("%d households show no less than %d", r.Rows[k].Households, r.Rows[k-1].Households)
		}
	}
}
