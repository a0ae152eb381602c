package estimator

import (
	"cmp"

	"stapel/transforms/estimate"
)

type randomiseColumns struct {
	Outcome string `yaml:"uitkomst"`
	Treated string `yaml:"behandeld"`
	Stratum string `yaml:"stratum"`
}

type randomiseOptions struct {
	Statistic  string  `yaml:"maat" json:"maat"`
	Draws      int     `yaml:"trekkingen" json:"trekkingen"`
	Seed       string  `yaml:"zaad" json:"zaad"`
	MostExact  int     `yaml:"hoogstens_alle" json:"hoogstens_alle"`
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type randomiseResult struct {
	Estimate    float64   `json:"schatting"`
	Statistic   *float64  `json:"toetsingsgrootheid"`
	P           float64   `json:"p"`
	Greater     float64   `json:"p_hoger"`
	Less        float64   `json:"p_lager"`
	Interval    *interval `json:"interval"`
	Treated     int       `json:"behandeld"`
	Controls    int       `json:"controles"`
	Strata      int       `json:"strata"`
	Assignments *float64  `json:"toewijzingen"`
	Compared    int       `json:"vergeleken"`
	Exact       bool      `json:"alle"`
}

var statistics = map[string]estimate.RandomiseStatistic{"verschil": estimate.RandomiseDifference, "gestudentiseerd": estimate.RandomiseStudentised}

var _ = register("randomisatie", "a test of no effect on anyone, against the assignments that could have been drawn",
	func(c *columns, k randomiseColumns, o *randomiseOptions) (any, error) {
		if err := cmp.Or(confidenceOf(&o.Confidence), drawsOf(&o.Draws, 9999)); err != nil {
			return nil, err
		}
		o.Statistic = cmp.Or(o.Statistic, "verschil")
		statistic, ok := statistics[o.Statistic]
		if !ok {
			return nil, misfit("maat", "verschil or gestudentiseerd")
		}
		if o.MostExact = cmp.Or(o.MostExact, 200_000); o.MostExact < -1 || o.MostExact > 10*mostDraws {
			return nil, misfit("hoogstens_alle", "from 1 to 10.000.000, or -1: never")
		}
		y, treated, stratum := c.numbers("uitkomst", k.Outcome), c.yesNo("behandeld", k.Treated), c.optional("stratum", k.Stratum)
		if c.err != nil {
			return nil, c.err
		}
		fit, err := estimate.RandomisationInference(y, treated, stratum, estimate.RandomiseOptions{Statistic: statistic, Draws: o.Draws, Seed: o.Seed,
			Confidence: o.Confidence, MostExact: o.MostExact})
		if err != nil {
			return nil, err
		}
		out := randomiseResult{fit.Estimate, known(fit.T), fit.P, fit.Greater, fit.Less, nil, fit.Treated, fit.Control, fit.Strata, known(fit.Assignments),
			fit.Compared, fit.Exact}
		if fit.HasInterval {
			out.Interval = intervalOf(fit.Low, fit.High)
		}
		return out, nil
	})
