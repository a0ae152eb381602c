package estimator

import (
	"math"

	"stapel/transforms/estimate"
)

type poissonColumns struct {
	Count    string `yaml:"aantal"`
	Expected string `yaml:"verwacht"`
	Name     string `yaml:"naam"`
}

type poissonOptions struct {
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type poissonRow struct {
	Name     string    `json:"naam,omitempty"`
	Count    int64     `json:"aantal"`
	Interval *interval `json:"interval"`
	Expected *float64  `json:"verwacht,omitempty"`
	AtLeast  *float64  `json:"kans_zoveel_of_meer,omitempty"`
}

var _ = register("poisson", "a count with its exact interval (Garwood), and the chance of so many or more where a number is expected",
	func(c *columns, k poissonColumns, o *poissonOptions) (any, error) {
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		counts, names := c.whole("aantal", k.Count, 0), c.texts("naam", k.Name, true)
		var expected []float64
		if k.Expected != "" {
			expected = c.numbers("verwacht", k.Expected)
		}
		if c.err != nil {
			return nil, c.err
		}
		var out []poissonRow
		for i, n := range counts {
			if n > math.MaxInt32 {
				return nil, misfit("aantal", "at most 2.147.483.647")
			}
			low, high := estimate.Poisson(int(n), o.Confidence)
			row := poissonRow{Name: names[i], Count: n, Interval: intervalOf(low, high)}
			if expected != nil {
				if !(expected[i] > 0) {
					return nil, misfit("verwacht", "above 0")
				}
				chance := estimate.PoissonAtLeast(int(n), expected[i])
				row.Expected, row.AtLeast = &expected[i], &chance
			}
			out = append(out, row)
		}
		return out, nil
	})
