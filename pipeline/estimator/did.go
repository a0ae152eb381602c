package estimator

import (
	"cmp"

	"stapel/transforms/estimate"
)

type didColumns struct {
	Before     string   `yaml:"voor"`
	After      string   `yaml:"na"`
	Treated    string   `yaml:"behandeld"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
	Cluster    string   `yaml:"cluster"`
	Set        string   `yaml:"set"`
}

type didOptions struct {
	clusterOptions `yaml:",inline"`
	LeastSets      int     `yaml:"minste_sets" json:"minste_sets,omitempty"`
	Confidence     float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type didResult struct {
	estimated
	DF         float64   `json:"vrijheidsgraden"`
	Covariance string    `json:"fout"`
	Treated    didArm    `json:"behandeld"`
	Controls   didArm    `json:"controles"`
	Sets       int       `json:"sets,omitempty"`
	Clusters   []int     `json:"clusters,omitempty"`
	Covariates []valueOf `json:"kenmerken,omitempty"`
	Condition  float64   `json:"conditiegetal"`
}

type didArm struct {
	N      int     `json:"aantal"`
	Before float64 `json:"gemiddelde_voor"`
	After  float64 `json:"gemiddelde_na"`
}

// valueOf is a coefficient without an error of its own.
type valueOf struct {
	Name     string  `json:"naam"`
	Estimate float64 `json:"schatting"`
}

func valuesOf(names []string, values []float64) []valueOf {
	var out []valueOf
	for j, v := range values {
		out = append(out, valueOf{names[j], v})
	}
	return out
}

var _ = register("did", "difference-in-differences: the change of the treated less that of the controls",
	func(c *columns, k didColumns, o *didOptions) (any, error) {
		before, after, treated := c.numbers("voor", k.Before), c.numbers("na", k.After), c.yesNo("behandeld", k.Treated)
		opt := estimate.DIDOptions{X: c.list("kenmerken", k.Covariates), Weights: c.weights(k.Weight), Clusters: c.optional("cluster", k.Cluster),
			Sets: c.optional("set", k.Set)}
		if c.err != nil {
			return nil, c.err
		}
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		byCluster, err := o.use(k.Cluster != "")
		switch {
		case err != nil:
			return nil, err
		case o.LeastSets < 0:
			return nil, misfit("minste_sets", "at least 2")
		case k.Set == "" && o.LeastSets != 0:
			return nil, misfit("minste_sets", "this wants a column for set")
		case k.Set != "":
			o.LeastSets = max(2, cmp.Or(o.LeastSets, 10))
		}
		opt.Cluster, opt.LeastSets, opt.Confidence = byCluster, o.LeastSets, o.Confidence
		fit, err := estimate.DID(before, after, treated, opt)
		if err != nil {
			first := []string{constant, "behandeld"}
			if k.Set != "" {
				first = first[:1]
			}
			return nil, collinear(err, append(first, k.Covariates...))
		}
		return didResult{estimatedBy(fit.Effect, fit.SE, fit.DF, o.Confidence), fit.DF, fit.Covariance, didArm{fit.Treated, fit.TreatedBefore, fit.TreatedAfter},
			didArm{fit.Controls, fit.ControlBefore, fit.ControlAfter}, fit.Sets, fit.Clusters, valuesOf(k.Covariates, fit.Coef), fit.Condition}, nil
	})
