package effect_test

import (
	"slices"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

// TestPeak: households that were chosen in a crisis that had just begun are told from those that were chosen by what they cost, and no saving of theirs is shown.
func TestPeak(t *testing.T) {
	for by, origin := range map[world.Selection]string{world.FieldAcute: effect.FromField, world.ByData: effect.FromData} {
		_, s := study(t, world.Options{Treated: 100, Effect: -20_000, Selection: by, Seed: "piek"}, 19)
		r := s.Analyse()
		row := r.Rows[slices.IndexFunc(r.Rows, func(r effect.Row) bool { return r.Method == effect.MethodPeak && r.Origin == origin })]
		if atPeak := *row.Low > 0; atPeak != (by == world.FieldAcute) {
			t.Errorf("%s: a rise of %.0f [%.0f, %.0f]", by, *row.Value, *row.Low, *row.High)
		}
		if shown := r.Verdicts[origin] == effect.Shown; shown != (by == world.ByData) {
			t.Errorf("%s: %q", by, r.Verdicts[origin])
		}
	}
}
