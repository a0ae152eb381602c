package estimator

import "stapel/transforms/estimate"

type multipleColumns struct {
	P    string `yaml:"p"`
	Name string `yaml:"naam"`
}

type multipleOptions struct {
	Of int `yaml:"getoetst" json:"getoetst"`
}

type multipleRow struct {
	Name     string  `json:"naam,omitempty"`
	P        float64 `json:"p"`
	Adjusted float64 `json:"aangepast"`
}

// adjusting is an estimator that adjusts p-values for how many were tested.
func adjusting(adjust func(p []float64, of int) []float64) func(*columns, multipleColumns, *multipleOptions) (any, error) {
	return func(c *columns, k multipleColumns, o *multipleOptions) (any, error) {
		p, names := c.numbers("p", k.P), c.texts("naam", k.Name, true)
		if c.err != nil {
			return nil, c.err
		}
		if o.Of == 0 {
			o.Of = len(p)
		}
		if o.Of < len(p) {
			return nil, misfit("getoetst", "at least as many as there are rows")
		}
		for _, v := range p {
			if !(v >= 0 && v <= 1) {
				return nil, misfit("p", "from 0 to 1")
			}
		}
		var out []multipleRow
		for i, q := range adjust(p, o.Of) {
			out = append(out, multipleRow{names[i], p[i], q})
		}
		return out, nil
	}
}

var _ = register("benjamini_hochberg", "q-values: the rate of false discoveries at which a hypothesis is among them", adjusting(estimate.BenjaminiHochberg))

var _ = register("holm", "p-values of a family: the chance of even one false rejection at which a hypothesis is rejected", adjusting(estimate.Holm))
