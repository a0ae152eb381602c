package estimator

import "stapel/transforms/estimate"

type olsColumns struct {
	Outcome    string   `yaml:"uitkomst"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
	Cluster    []string `yaml:"cluster"`
}

type olsOptions struct {
	errorOptions `yaml:",inline"`
}

type olsResult struct {
	N int `json:"aantal"`
	coefficients
	SSR       float64 `json:"kwadratensom_rest"`
	Sigma     float64 `json:"standaardafwijking_rest"`
	R2        float64 `json:"r_kwadraat"`
	Condition float64 `json:"conditiegetal"`
}

var _ = register("ols", "a linear regression, with errors that hold under unequal variances or within clusters",
	func(c *columns, k olsColumns, o *olsOptions) (any, error) {
		y, x, weights, clusters := c.numbers("uitkomst", k.Outcome), c.list("kenmerken", k.Covariates), c.weights(k.Weight), c.ways(k.Cluster)
		if c.err != nil {
			return nil, c.err
		}
		byCluster, err := o.use(clusters)
		if err != nil {
			return nil, err
		}
		names := append([]string{constant}, k.Covariates...)
		fit, err := estimate.OLS(x, y, weights)
		if err != nil {
			return nil, collinear(err, names)
		}
		of, err := o.coefficients(fit, byCluster, clusters, names, fit.Coef)
		if err != nil {
			return nil, err
		}
		return olsResult{fit.N, of, fit.SSR, fit.Sigma, fit.R2, fit.Condition}, nil
	})
