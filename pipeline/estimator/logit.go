package estimator

import (
	"math"

	"stapel/transforms/estimate"
)

type logitColumns struct {
	Outcome    string   `yaml:"uitkomst"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
}

type logitOptions struct {
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type logitResult struct {
	N            int           `json:"aantal"`
	Coefficients []coefficient `json:"coefficienten"`
	LogLik       float64       `json:"log_aannemelijkheid"`
	NullLogLik   float64       `json:"log_aannemelijkheid_constante"`
	Iterations   int           `json:"stappen"`
	Condition    float64       `json:"conditiegetal"`
}

var _ = register("logit", "a logistic regression: how covariates change the log odds",
	func(c *columns, k logitColumns, o *logitOptions) (any, error) {
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		y, x, weights := c.yesNo("uitkomst", k.Outcome), c.list("kenmerken", k.Covariates), c.weights(k.Weight)
		if c.err != nil {
			return nil, c.err
		}
		names := append([]string{constant}, k.Covariates...)
		fit, err := estimate.Logit(x, y, weights)
		if err != nil {
			return nil, collinear(err, names)
		}
		out := logitResult{fit.N, nil, fit.LogLik, fit.NullLogLik, fit.Iterations, fit.Condition}
		for j, v := range fit.Coef {
			out.Coefficients = append(out.Coefficients, coefficient{names[j], estimatedBy(v, fit.SE[j], math.Inf(1), o.Confidence)})
		}
		return out, nil
	})
