package estimator

import "stapel/transforms/estimate"

type shrinkColumns struct {
	Group string `yaml:"groep"`
	Value string `yaml:"waarde"`
}

type shrinkResult struct {
	Parent float64     `json:"geheel"`
	Within float64     `json:"variantie_binnen"`
	Groups []shrinkRow `json:"groepen"`
}

type shrinkRow struct {
	Group  string  `json:"groep"`
	N      int64   `json:"aantal"`
	Mean   float64 `json:"gemiddelde"`
	Weight float64 `json:"gewicht"`
	Value  float64 `json:"waarde"`
}

var _ = register("krimp", "means of groups drawn towards that of all, by how far they differ more than chance would make them",
	func(c *columns, k shrinkColumns, _ *struct{}) (any, error) {
		labels, names := c.labels("groep", k.Group, false)
		values := c.numbers("waarde", k.Value)
		if c.err != nil {
			return nil, c.err
		}
		var moments []estimate.Moments
		for _, places := range group(labels, len(names)) {
			moments = append(moments, estimate.MomentsOf(pick(values, places)))
		}
		out := shrinkResult{Parent: estimate.MomentsOf(values).Mean, Within: estimate.PooledVariance(moments)}
		weights, shrunk := estimate.Shrink(moments, out.Parent, out.Within)
		for i, m := range moments {
			out.Groups = append(out.Groups, shrinkRow{names[i], m.N, m.Mean, weights[i], shrunk[i]})
		}
		return out, nil
	})
