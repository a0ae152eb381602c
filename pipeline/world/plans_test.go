package world

import (
	"slices"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/control"
)

// TestPlans: analysis plans of up to P are read with what is not as now; one of after P is none of the run's, and a run that is worked out once more has those it had.
func TestPlans(t *testing.T) {
	l, cfg := noLines(t), configtest.Defaults(t, nil)
	now, err := analyseplan.Of(cfg)
	if err != nil {
		t.Fatal(err)
	}
	older := now
	older.Settings = slices.Clone(now.Settings)
	older.Settings[slices.Index(older.Settings, config.Setting{Name: "effect.matching.ratio", Value: "3"})].Value = "2"
	for p, when := range map[*analyseplan.Plan]string{&older: "2025-03-30T12:00:00Z", &now: "2025-03-31T23:30:00Z", {Households: 1}: "2025-04-01T00:00:00Z"} {
		if _, _, err := analyseplan.Freeze(l.Root, *p, analyseplan.Basis{}, when, "iemand"); err != nil {
			t.Fatal(err)
		}
	}
	march := time.Date(2025, 3, 31, 0, 0, 0, 0, time.UTC)
	w := &World{Peil: march, Cfg: cfg}
	if err := w.findPlans(l); err != nil {
		t.Fatal(err)
	}
	if len(w.frozen) != 2 || len(w.Plans) != 2 || w.frozen[0].Differs != "effect.matching.ratio was 2, is 3" || w.frozen[1].Differs != "" || w.frozen[1].Frozen != day(march) {
		t.Errorf("%+v of %+v", w.frozen, w.Plans)
	}
	w.OnlyPlans(slices.Clone(w.Plans))
	if len(w.frozen) != 2 {
		t.Error("a plan that is listed is left out")
	}
	w.OnlyPlans([]control.Plan{w.Plans[1], {ID: w.Plans[0].ID, Sha256: "another"}})
	if len(w.frozen) != 1 || len(w.Plans) != 1 || w.frozen[0].ID != w.Plans[0].ID || w.frozen[0].Differs != "" {
		t.Errorf("%+v of %+v", w.frozen, w.Plans)
	}
}
