package ingest

import (
	"testing"

	"stapel/reports/nl"
)

// TestEveryFaultHasARemedy: the report tells the supplier what to do about every way a line can be wrong.
func TestEveryFaultHasARemedy(t *testing.T) {
	for _, f := range faultTexts[1:] {
		if _, known := nl.Remedy(f.code); !known {
			t.Errorf("reports/nl has no remedy for %s", f.code)
		}
	}
}
