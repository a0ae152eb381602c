package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/pipeline/testrun"
	"stapel/reports/mart"
)

// effectVerdict is what is read of mart effect.
type effectVerdict struct {
	Verdict string `parquet:"oordeel,optional"`
	Frozen  string `parquet:"analyseplan,optional"`
}

// TestFrozenPlans: a run lists the analysis plans of up to P and its verdicts say by which they are; one of after P is none of the run's, and a run that is opened again has those it had.
func TestFrozenPlans(t *testing.T) {
	data := testrun.Small(t)
	cfg := configtest.Defaults(t, testrun.SmallPeil)
	run := func() (*published.Run, []string) {
		t.Helper()
		r, err := pipeline.Run(t.Context(), testrun.Options(data, cfg))
		if err != nil {
			t.Fatal(err)
		}
		p, err := published.Open(&lake.Lake{Root: data}, r.RunID)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		if err := published.Scan(t.Context(), p, mart.Table[effectVerdict]{Name: "effect"}, func(e *effectVerdict) error {
			if e.Verdict != "" {
				said = append(said, e.Frozen)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return p, slices.Compact(said)
	}
	freeze := func(change func(*analyseplan.Plan), when string) {
		t.Helper()
		plan, err := analyseplan.Of(cfg)
		if err != nil {
			t.Fatal(err)
		}
		change(&plan)
		if _, _, err := analyseplan.Freeze(data, plan, analyseplan.Basis{}, when, "iemand"); err != nil {
			t.Fatal(err)
		}
	}
	freeze(func(*analyseplan.Plan) {}, "2026-01-01T00:00:00Z")
	freeze(func(p *analyseplan.Plan) { p.Households = 60 }, "2025-01-02T00:00:00Z")
	freeze(func(p *analyseplan.Plan) {
		p.Settings = append(slices.Clone(p.Settings), config.Setting{Name: "effect.old", Value: "1"})
	}, "2025-02-03T00:00:00Z")
	with, said := run()
	bare := with.Manifest
	bare.Plans = nil
	if id, err := bare.ID("marts", true); err != nil || id == with.ID() {
		t.Errorf("without its plans the run has id %s (%v), with them %s", id, err, with.ID())
	}
	if len(with.Manifest.Plans) != 2 || len(said) != 1 || !strings.HasPrefix(said[0], "de instellingen zijn veranderd na het analyseplan van 03-02-2025 (") ||
		!strings.HasSuffix(said[0], ": effect.old is er niet meer; het laatste van 2 plannen die vóór de eerste start zijn vastgelegd") {
		t.Errorf("with two plans, and one of after P: %v, %q", with.Manifest.Plans, said)
	}
	freeze(func(p *analyseplan.Plan) { p.Households = 61 }, "2025-03-04T00:00:00Z")
	again, err := published.Reopen(with, func(map[string]any) (*config.Config, error) { return cfg, nil })
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.World.Plans, with.Manifest.Plans) {
		t.Errorf("opened again it has %v, and had %v", again.World.Plans, with.Manifest.Plans)
	}
}
