package pipeline_test

import (
	"testing"
	"time"

	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/testrun"
)

// TestClockGoesBack: a run on a machine whose clock went back since the last one is the same run, to the byte: else it would be exit 12.
func TestClockGoesBack(t *testing.T) {
	data, cfg := testrun.Small(t), configtest.Defaults(t, testrun.SmallPeil)
	var ids []string
	for _, day := range []string{"2027-06-01", "2026-01-15"} {
		opt := testrun.Options(data, cfg)
		opt.Now = func() time.Time { at, _ := time.Parse(time.DateOnly, day); return at }
		result, err := pipeline.Run(t.Context(), opt)
		if err != nil {
			t.Fatalf("%s: %v", day, err)
		}
		ids = append(ids, result.RunID)
	}
	if ids[0] != ids[1] {
		t.Errorf("runs %v", ids)
	}
}
