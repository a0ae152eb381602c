package estimator

import "stapel/transforms/estimate"

type linColumns struct {
	Outcome    string   `yaml:"uitkomst"`
	Treated    string   `yaml:"behandeld"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
	Cluster    string   `yaml:"cluster"`
}

type linOptions struct {
	clusterOptions `yaml:",inline"`
	Confidence     float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type linResult struct {
	estimated
	DF         float64   `json:"vrijheidsgraden"`
	Covariance string    `json:"fout"`
	Difference float64   `json:"verschil"`
	PlainSE    float64   `json:"standaardfout_verschil"`
	Treated    int       `json:"behandeld"`
	Controls   int       `json:"controles"`
	Clusters   []int     `json:"clusters,omitempty"`
	R2         float64   `json:"r_kwadraat"`
	Values     []valueOf `json:"coefficienten"`
	Condition  float64   `json:"conditiegetal"`
}

var _ = register("lin", "the effect of a treatment that was drawn by lot, adjusted for covariates",
	func(c *columns, k linColumns, o *linOptions) (any, error) {
		y, treated, x := c.numbers("uitkomst", k.Outcome), c.yesNo("behandeld", k.Treated), c.list("kenmerken", k.Covariates)
		opt := estimate.LinOptions{Weights: c.weights(k.Weight), Clusters: c.optional("cluster", k.Cluster)}
		if c.err != nil {
			return nil, c.err
		}
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		var err error
		if opt.Cluster, err = o.use(k.Cluster != ""); err != nil {
			return nil, err
		}
		opt.Confidence = o.Confidence
		names := append([]string{constant, "behandeld"}, k.Covariates...)
		for _, name := range k.Covariates {
			names = append(names, name+" x behandeld")
		}
		fit, err := estimate.Lin(y, treated, x, opt)
		if err != nil {
			return nil, collinear(err, names)
		}
		return linResult{estimatedBy(fit.Effect, fit.SE, fit.DF, o.Confidence), fit.DF, fit.Covariance, fit.Difference, fit.PlainSE, fit.Treated, fit.Controls,
			fit.Clusters, fit.R2, valuesOf(names, fit.Coef), fit.Condition}, nil
	})
