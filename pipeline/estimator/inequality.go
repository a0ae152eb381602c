package estimator

import "stapel/transforms/estimate"

type amountColumns struct {
	Amount string `yaml:"bedrag"`
}

type giniOptions struct {
	NegativeAsZero bool `yaml:"negatief_als_nul" json:"negatief_als_nul"`
	SmallSample    bool `yaml:"kleine_steekproef" json:"kleine_steekproef"`
}

type giniResult struct {
	Gini     float64 `json:"gini"`
	N        int     `json:"aantal"`
	Zero     int     `json:"nul"`
	Negative int     `json:"negatief"`
}

var _ = register("gini", "the Gini coefficient of amounts",
	func(c *columns, k amountColumns, o *giniOptions) (any, error) {
		amounts := c.numbers("bedrag", k.Amount)
		if c.err != nil {
			return nil, c.err
		}
		fit, err := estimate.Gini(amounts, estimate.GiniOptions{NegativeAsZero: o.NegativeAsZero, SmallSample: o.SmallSample})
		if err != nil {
			return nil, err
		}
		return giniResult{fit.Gini, fit.N, fit.Zero, fit.Negative}, nil
	})

type topOptions struct {
	Parts []float64 `yaml:"delen" json:"delen"`
}

type topRow struct {
	Part   float64 `json:"deel"`
	Units  int     `json:"aantal"`
	Lowest float64 `json:"laagste"`
	Share  float64 `json:"aandeel"`
}

var _ = register("top_aandeel", "the share of the total that the highest amounts have",
	func(c *columns, k amountColumns, o *topOptions) (any, error) {
		if o.Parts == nil {
			o.Parts = []float64{0.001, 0.01, 0.05, 0.1}
		}
		amounts := c.numbers("bedrag", k.Amount)
		if c.err != nil {
			return nil, c.err
		}
		list, err := estimate.TopShares(amounts, o.Parts)
		if err != nil {
			return nil, err
		}
		var out []topRow
		for _, t := range list {
			out = append(out, topRow(t))
		}
		return out, nil
	})

type theilOptions struct {
	Measure string `yaml:"maat" json:"maat"`
}

type inequalityResult struct {
	Value float64 `json:"waarde"`
	N     int     `json:"aantal"`
}

var _ = register("theil", "Theil's index T, or L, the mean logarithmic deviation",
	func(c *columns, k amountColumns, o *theilOptions) (any, error) {
		amounts := c.numbers("bedrag", k.Amount)
		if c.err != nil {
			return nil, c.err
		}
		measure := estimate.TheilT
		switch o.Measure {
		case "", "t":
			o.Measure = "t"
		case "l":
			measure = estimate.TheilL
		default:
			return nil, misfit("maat", "t or l")
		}
		v, err := measure(amounts)
		if err != nil {
			return nil, err
		}
		return inequalityResult{v, len(amounts)}, nil
	})

type atkinsonOptions struct {
	Aversion float64 `yaml:"afkeer" json:"afkeer"`
}

var _ = register("atkinson", "Atkinson's index: the part of the total that could be given up for an equal division of the rest",
	func(c *columns, k amountColumns, o *atkinsonOptions) (any, error) {
		amounts := c.numbers("bedrag", k.Amount)
		if c.err != nil {
			return nil, c.err
		}
		v, err := estimate.Atkinson(amounts, o.Aversion)
		if err != nil {
			return nil, err
		}
		return inequalityResult{v, len(amounts)}, nil
	})
