package estimator

import "stapel/transforms/estimate"

type maxTColumns struct {
	Estimate   string   `yaml:"schatting"`
	Covariance []string `yaml:"covariantie"`
	Name       string   `yaml:"naam"`
}

type maxTOptions struct {
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
	DF         float64 `yaml:"vrijheidsgraden" json:"vrijheidsgraden"`
	Side       string  `yaml:"kant" json:"kant"`
	Seed       string  `yaml:"zaad" json:"zaad"`
	Directions int     `yaml:"richtingen" json:"richtingen"`
}

type maxTResult struct {
	Critical    float64   `json:"kritieke_waarde"`
	CriticalErr float64   `json:"fout_kritieke_waarde"`
	Rank        int       `json:"rang"`
	Condition   float64   `json:"conditiegetal"`
	Tests       []maxTRow `json:"toetsen"`
}

type maxTRow struct {
	Name      string    `json:"naam,omitempty"`
	Estimate  float64   `json:"schatting"`
	StdErr    float64   `json:"standaardfout"`
	Statistic float64   `json:"t"`
	Interval  *interval `json:"interval"`
	P         float64   `json:"p"`
	PStepDown float64   `json:"p_stapsgewijs"`
}

var sides = map[string]estimate.MaxTSide{"": estimate.SideBoth, "beide": estimate.SideBoth, "lager": estimate.SideLess, "hoger": estimate.SideGreater}

var _ = register("max_t", "simultaneous intervals and p-values of estimates with their covariance",
	func(c *columns, k maxTColumns, o *maxTOptions) (any, error) {
		values, names := c.numbers("schatting", k.Estimate), c.texts("naam", k.Name, true)
		covariance := c.matrix("covariantie", k.Covariance)
		if c.err != nil {
			return nil, c.err
		}
		side, ok := sides[o.Side]
		if !ok {
			return nil, misfit("kant", "beide, lager or hoger")
		}
		if o.Directions < 0 || o.Directions > 1<<24 {
			return nil, misfit("richtingen", "from 1 to 16.777.216")
		}
		fit, err := estimate.MaxT(values, covariance, estimate.MaxTOptions{Confidence: o.Confidence, DF: o.DF, Side: side, Seed: o.Seed, Directions: o.Directions})
		if err != nil {
			return nil, err
		}
		o.Confidence, o.Directions = fit.Options.Confidence, fit.Options.Directions
		if o.Side == "" {
			o.Side = "beide"
		}
		out := maxTResult{fit.Critical, fit.CriticalErr, fit.Rank, fit.Condition, nil}
		for i, t := range fit.Tests {
			out.Tests = append(out.Tests, maxTRow{names[i], t.Estimate, t.StdErr, t.Statistic, intervalOf(t.Low, t.High), t.P, t.PStepDown})
		}
		return out, nil
	})
