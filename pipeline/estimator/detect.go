package estimator

import (
	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
)

type detectColumns struct {
	Difference string `yaml:"verschil"`
}

type detectOptions struct {
	Effect float64 `yaml:"effect" json:"effect,omitempty"`
	Most   int     `yaml:"hoogstens" json:"hoogstens,omitempty"`
}

type detectResult struct {
	N          int     `json:"aantal"`
	Mean       float64 `json:"gemiddelde"`
	SD         float64 `json:"standaardafwijking"`
	StdErr     float64 `json:"standaardfout"`
	Detectable float64 `json:"kleinst_aantoonbaar"`
	Needed     *int    `json:"nodig,omitempty"`
}

var _ = register("kleinst_aantoonbaar", "the smallest effect that so many differences show four times out of five, in a two-sided test at 5%",
	func(c *columns, k detectColumns, o *detectOptions) (any, error) {
		differences := c.numbers("verschil", k.Difference)
		if c.err != nil {
			return nil, c.err
		}
		if len(differences) < 2 {
			return nil, misfit("verschil", "at least two rows")
		}
		out := detectResult{N: len(differences)}
		out.Mean, out.SD = stat.MeanStdDev(differences, nil)
		out.StdErr = stat.StdErr(out.SD, float64(out.N))
		out.Detectable = estimate.Detectable(out.SD, out.N)
		if o.Effect != 0 {
			if o.Most == 0 {
				o.Most = 1_000_000
			}
			if o.Effect < 0 || o.Most < 2 {
				return nil, misfit("effect, hoogstens", "above 0, and at least 2")
			}
			if n, ok := estimate.Needed(out.SD, o.Effect, o.Most); ok {
				out.Needed = &n
			}
		}
		return out, nil
	})
