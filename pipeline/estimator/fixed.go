package estimator

import "stapel/transforms/estimate"

type fixedColumns struct {
	Unit       string   `yaml:"eenheid"`
	Period     string   `yaml:"periode"`
	Outcome    string   `yaml:"uitkomst"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
	Cluster    []string `yaml:"cluster"`
}

type fixedOptions struct {
	errorOptions `yaml:",inline"`
	CountNested  bool `yaml:"geneste_tellen" json:"geneste_tellen"`
}

type fixedResult struct {
	N          int `json:"aantal"`
	Units      int `json:"eenheden"`
	Periods    int `json:"perioden"`
	Components int `json:"delen"`
	Absorbed   int `json:"opgenomen"`
	Singletons int `json:"alleen_weggelaten"`
	coefficients
	SSR       float64 `json:"kwadratensom_rest"`
	Sigma     float64 `json:"standaardafwijking_rest"`
	R2        float64 `json:"r_kwadraat_binnen"`
	Condition float64 `json:"conditiegetal"`
}

var _ = register("vaste_effecten", "a linear regression with an effect of every unit and every period",
	func(c *columns, k fixedColumns, o *fixedOptions) (any, error) {
		unit, _ := c.labels("eenheid", k.Unit, false)
		period, _ := c.labels("periode", k.Period, true)
		y, x, weights, clusters := c.numbers("uitkomst", k.Outcome), c.list("kenmerken", k.Covariates), c.weights(k.Weight), c.ways(k.Cluster)
		if c.err != nil {
			return nil, c.err
		}
		byCluster, err := o.use(clusters)
		if err != nil {
			return nil, err
		}
		if o.CountNested && len(clusters) == 0 {
			return nil, misfit("geneste_tellen", "this wants a column for cluster")
		}
		byCluster.CountNested = o.CountNested
		fit, err := estimate.FixedEffects(unit, period, x, y, weights)
		if err != nil {
			return nil, collinear(err, k.Covariates)
		}
		of, err := o.coefficients(fit, byCluster, clusters, k.Covariates, fit.Coef)
		if err != nil {
			return nil, err
		}
		return fixedResult{fit.N, fit.Units, fit.Periods, fit.Components, fit.Absorbed, fit.Singletons, of, fit.SSR, fit.Sigma, fit.R2, fit.Condition}, nil
	})
