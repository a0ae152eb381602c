package estimator

import (
	"fmt"

	"stapel/transforms/estimate"
)

type proportionColumns struct {
	Count string `yaml:"aantal"`
	Of    string `yaml:"van"`
	Name  string `yaml:"naam"`
}

type proportionOptions struct {
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type proportionRow struct {
	Name     string    `json:"naam,omitempty"`
	Count    int64     `json:"aantal"`
	Of       int64     `json:"van"`
	Share    float64   `json:"aandeel"`
	Interval *interval `json:"interval"`
}

// partOf holds that a count is at most what it is of.
func partOf(c *columns, counts, of []int64) error {
	for i := range counts {
		if c.err == nil && counts[i] > of[i] {
			return fmt.Errorf("line %d: more than there are", c.lines[i])
		}
	}
	return c.err
}

var _ = register("aandeel", "a share with its exact interval (Clopper-Pearson)",
	func(c *columns, k proportionColumns, o *proportionOptions) (any, error) {
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		counts, of, names := c.whole("aantal", k.Count, 0), c.whole("van", k.Of, 1), c.texts("naam", k.Name, true)
		if err := partOf(c, counts, of); err != nil {
			return nil, err
		}
		var out []proportionRow
		for i := range counts {
			share, low, high := estimate.Proportion(int(counts[i]), int(of[i]), o.Confidence)
			out = append(out, proportionRow{names[i], counts[i], of[i], share, intervalOf(low, high)})
		}
		return out, nil
	})
