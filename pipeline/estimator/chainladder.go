package estimator

import (
	"fmt"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

type ladderColumns struct {
	Origin string `yaml:"oorsprong"`
	Age    string `yaml:"ouderdom"`
	Amount string `yaml:"bedrag"`
}

type ladderOptions struct {
	Cumulative bool   `yaml:"cumulatief" json:"cumulatief"`
	Tail       string `yaml:"staart" json:"staart"`
}

type ladderResult struct {
	Factors []ladderFactor `json:"factoren"`
	Tail    ladderTail     `json:"staart"`
	Origins []ladderOrigin `json:"oorsprongen"`
	Total   ladderOrigin   `json:"totaal"`
}

type ladderFactor struct {
	Age    int      `json:"van_ouderdom"`
	Factor *float64 `json:"factor"`
	Sigma2 *float64 `json:"sigma_kwadraat"`
	Base   float64  `json:"grondslag"`
}

type ladderTail struct {
	Factor float64 `json:"factor"`
	StdErr float64 `json:"standaardfout"`
}

type ladderOrigin struct {
	Origin   string   `json:"oorsprong,omitempty"`
	Age      *int     `json:"ouderdom,omitempty"`
	Amount   float64  `json:"stand"`
	Ultimate *float64 `json:"eindstand"`
	Reserve  *float64 `json:"nog_te_komen"`
	StdErr   *float64 `json:"standaardfout"`
}

var _ = register("chain_ladder", "what is still to come of a run-off triangle, with Mack's standard errors",
	func(c *columns, k ladderColumns, o *ladderOptions) (any, error) {
		if o.Tail == "" {
			o.Tail = "geen"
		}
		if o.Tail != "geen" && o.Tail != "halfjaren" {
			return nil, misfit("staart", "geen or halfjaren")
		}
		labels, names := c.labels("oorsprong", k.Origin, false)
		ages, amounts := c.whole("ouderdom", k.Age, 0), c.numbers("bedrag", k.Amount)
		if c.err != nil {
			return nil, c.err
		}
		t, err := triangle(group(labels, len(names)), ages, amounts, o.Cumulative)
		if err != nil {
			return nil, err
		}
		d := estimate.Develop(t)
		if o.Tail == "geen" {
			d.Tail = estimate.Tail{Factor: 1}
		}
		out := ladderResult{Tail: ladderTail{d.Tail.Factor, d.Tail.Err}}
		for i := range d.Factor {
			out.Factors = append(out.Factors, ladderFactor{i, known(d.Factor[i]), known(d.Sigma2[i]), d.Base[i]})
		}
		var origins []estimate.Origin
		var amount, sum float64
		for i, row := range t.Rows {
			one := estimate.Origin{Amount: row[len(row)-1], K: len(row) - 1}
			if one.Amount <= 0 {
				return nil, fmt.Errorf("an origin has come to nothing, or less, by its last age: Mack's error is not defined for it")
			}
			origins = append(origins, one)
			ultimate, _ := d.Ultimate(one)
			amount, sum = amount+one.Amount, sum+ultimate
			out.Origins = append(out.Origins, ladderOrigin{names[i], &one.K, one.Amount, known(ultimate), known(ultimate - one.Amount), known(d.Err(one))})
		}
		out.Total = ladderOrigin{Amount: amount, Ultimate: known(sum), Reserve: known(sum - amount), StdErr: known(d.Err(origins...))}
		return out, nil
	})

// triangle is of the amounts of each origin by age; each has every age from 0 up to its last.
func triangle(origins [][]int, ages []int64, amounts []float64, cumulative bool) (t estimate.Triangle, err error) {
	for _, places := range origins {
		row := slices.Repeat([]float64{math.NaN()}, len(places))
		for _, i := range places {
			if ages[i] >= int64(len(row)) || !math.IsNaN(row[ages[i]]) {
				return t, fmt.Errorf("an origin does not have every age from 0 up to its last, once")
			}
			row[ages[i]] = amounts[i]
		}
		for j := 1; j < len(row) && !cumulative; j++ {
			row[j] += row[j-1]
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}
