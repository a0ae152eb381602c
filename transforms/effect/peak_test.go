package effect_test

import (
	"slices"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

// TestPeak: households that people chose in a crisis are told from those that they chose by what they cost for long, and no saving of theirs is shown. Who
// is chosen by data is chosen by what matching sees.
func TestPeak(t *testing.T) {
	for by, origin := range map[world.Selection]string{world.FieldAcute: effect.FromField, world.FieldSeen: effect.FromField, world.ByData: effect.FromData} {
		_, s := study(t, world.Options{Treated: 100, Effect: -20_000, Selection: by, Seed: "piek"}, 19)
		r := s.Analyse()
		row := r.Rows[slices.IndexFunc(r.Rows, func(r effect.Row) bool { return r.Method == effect.MethodPeak && r.Origin == origin })]
		t.Logf("%s: a rise of %.0f [%.0f, %.0f]", by, *row.Value, *row.Low, *row.High)
		if shown := r.Verdicts[origin] == effect.Shown; shown != (by != world.FieldAcute) {
			t.Errorf("%s: %q", by, r.Verdicts[origin])
		}
	}
}
