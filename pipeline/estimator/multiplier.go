package estimator

import (
	"cmp"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
)

type multiplierColumns struct {
	Values  []string `yaml:"waarden"`
	Cluster string   `yaml:"cluster"`
}

type multiplierOptions struct {
	Weight     string  `yaml:"gewichten" json:"gewichten"`
	UnderNull  bool    `yaml:"onder_nul" json:"onder_nul"`
	Draws      int     `yaml:"trekkingen" json:"trekkingen,omitempty"`
	Seed       string  `yaml:"zaad" json:"zaad"`
	Exact      bool    `yaml:"alle" json:"alle"`
	Least      int     `yaml:"minste_clusters" json:"minste_clusters"`
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type multiplierResult struct {
	Clusters int               `json:"clusters"`
	Draws    int               `json:"vergeleken"`
	Critical float64           `json:"kritieke_waarde"`
	Means    []multiplierValue `json:"gemiddelden"`
}

type multiplierValue struct {
	Name      string    `json:"naam"`
	Estimate  float64   `json:"schatting"`
	StdErr    float64   `json:"standaardfout"`
	Statistic float64   `json:"toetsingsgrootheid"`
	P         float64   `json:"p"`
	PMax      float64   `json:"p_samen"`
	Band      *interval `json:"band"`
}

var _ = register("multiplier", "means of several columns tested together, by drawing the signs of their deviations",
	func(c *columns, k multiplierColumns, o *multiplierOptions) (any, error) {
		if err := cmp.Or(confidenceOf(&o.Confidence), drawsOf(&o.Draws, 999), leastOf(&o.Least)); err != nil {
			return nil, err
		}
		if o.Weight = cmp.Or(o.Weight, string(estimate.Rademacher)); o.Weight != string(estimate.Rademacher) && o.Weight != string(estimate.Mammen) &&
			o.Weight != string(estimate.Webb) {
			return nil, misfit("gewichten", "rademacher, mammen or webb")
		}
		values, cluster := c.list("waarden", k.Values), c.optional("cluster", k.Cluster)
		if len(k.Values) == 0 {
			c.none("waarden")
		}
		if c.err != nil {
			return nil, c.err
		}
		var means []float64
		for _, v := range values {
			mean := stat.Mean(v, nil)
			means = append(means, mean)
			for i := range v {
				if !o.UnderNull {
					v[i] -= mean
				}
			}
		}
		fit, err := estimate.MultiplierBootstrap(means, values, cluster, estimate.MultiplierOptions{Weight: estimate.WildWeight(o.Weight), Draws: o.Draws,
			Seed: o.Seed, Confidence: o.Confidence, Least: o.Least, Exact: o.Exact})
		if err != nil {
			return nil, err
		}
		if o.Exact {
			o.Draws = 0
		}
		out := multiplierResult{fit.Clusters, fit.Draws, fit.Critical, nil}
		for j, m := range means {
			out.Means = append(out.Means, multiplierValue{k.Values[j], m, fit.SE[j], m / fit.SE[j], fit.P[j], fit.PMax[j], intervalOf(fit.Low[j], fit.High[j])})
		}
		return out, nil
	})
