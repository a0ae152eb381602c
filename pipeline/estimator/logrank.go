package estimator

import "stapel/transforms/estimate"

type logRankColumns struct {
	Time    string `yaml:"tijd"`
	Event   string `yaml:"gebeurtenis"`
	Group   string `yaml:"groep"`
	Stratum string `yaml:"stratum"`
}

type logRankResult struct {
	ChiSquare float64        `json:"chi_kwadraat"`
	DF        int            `json:"vrijheidsgraden"`
	P         float64        `json:"p"`
	Condition float64        `json:"conditiegetal"`
	Strata    int            `json:"strata"`
	Negative  int            `json:"tijd_onder_0"`
	Groups    []logRankGroup `json:"groepen"`
}

type logRankGroup struct {
	Group    string  `json:"groep"`
	N        int     `json:"gevolgd"`
	Events   int     `json:"gebeurtenissen"`
	Expected float64 `json:"verwacht"`
}

var _ = register("log_rank", "whether groups have an event at one rate, in strata where they are named",
	func(c *columns, k logRankColumns, _ *struct{}) (any, error) {
		time, event := c.numbers("tijd", k.Time), c.yesNo("gebeurtenis", k.Event)
		labels, names := c.labels("groep", k.Group, false)
		strata, _ := c.labels("stratum", k.Stratum, true)
		if c.err != nil {
			return nil, c.err
		}
		fit, err := estimate.LogRank(time, event, labels, strata)
		if err != nil {
			return nil, err
		}
		out := logRankResult{fit.ChiSquare, fit.DF, fit.P, fit.Condition, fit.Strata, fit.Negative, nil}
		for _, g := range fit.Groups {
			out.Groups = append(out.Groups, logRankGroup{names[g.Group], g.N, g.Events, g.Expected})
		}
		return out, nil
	})
