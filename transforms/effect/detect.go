package effect

import (
	"math"

	"stapel/transforms/estimate"
)

// estimateDetectable is the detectable effect at a standard error of so many sets: (t.975 + t.80) SE.
func estimateDetectable(se float64, sets int) float64 {
	if sets < 2 {
		return math.Inf(1)
	}
	return estimate.Detectable(se*math.Sqrt(float64(sets)), sets)
}
