package estimator

import (
	"slices"

	"stapel/transforms/estimate"
)

type quantileColumns struct {
	Value string `yaml:"waarde"`
}

type quantileOptions struct {
	Parts []float64 `yaml:"delen" json:"delen"`
}

type quantileRow struct {
	Part  float64 `json:"deel"`
	Value float64 `json:"waarde"`
}

var _ = register("kwantiel", "values below which parts of what was seen lie (type 7 of Hyndman and Fan), of whole numbers such as eurocents",
	func(c *columns, k quantileColumns, o *quantileOptions) (any, error) {
		if o.Parts == nil {
			o.Parts = []float64{0.25, 0.5, 0.75}
		}
		values := c.whole("waarde", k.Value, -1<<62)
		if c.err != nil {
			return nil, c.err
		}
		slices.Sort(values)
		var tally []estimate.Tally
		for _, v := range values {
			if n := len(tally); n > 0 && tally[n-1].Value == v {
				tally[n-1].Count++
			} else {
				tally = append(tally, estimate.Tally{Value: v, Count: 1})
			}
		}
		var out []quantileRow
		for _, p := range o.Parts {
			if !(p >= 0 && p <= 1) {
				return nil, misfit("delen", "from 0 to 1")
			}
			q, _ := estimate.Quantile(tally, p)
			out = append(out, quantileRow{p, q})
		}
		return out, nil
	})
