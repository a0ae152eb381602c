package estimator

import "stapel/transforms/estimate"

type signColumns struct {
	Count string `yaml:"aantal"`
	Of    string `yaml:"van"`
	Name  string `yaml:"naam"`
}

type signRow struct {
	Name  string  `json:"naam,omitempty"`
	Count int64   `json:"aantal"`
	Of    int64   `json:"van"`
	P     float64 `json:"p"`
}

var _ = register("tekentoets", "the exact two-sided sign test: the chance of so uneven a split",
	func(c *columns, k signColumns, _ *struct{}) (any, error) {
		counts, of, names := c.whole("aantal", k.Count, 0), c.whole("van", k.Of, 1), c.texts("naam", k.Name, true)
		if err := partOf(c, counts, of); err != nil {
			return nil, err
		}
		var out []signRow
		for i := range counts {
			out = append(out, signRow{names[i], counts[i], of[i], estimate.SignTest(int(counts[i]), int(of[i]))})
		}
		return out, nil
	})
