package estimator

import "stapel/transforms/estimate"

type survivalColumns struct {
	Time  string `yaml:"tijd"`
	Event string `yaml:"gebeurtenis"`
	Group string `yaml:"groep"`
}

type survivalOptions struct {
	Confidence float64   `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
	Scale      string    `yaml:"schaal" json:"schaal"`
	At         []float64 `yaml:"op" json:"op,omitempty"`
}

type survivalResult struct {
	Group    string          `json:"groep,omitempty"`
	N        int             `json:"gevolgd"`
	Events   int             `json:"gebeurtenissen"`
	Censored int             `json:"gecensureerd"`
	Negative int             `json:"tijd_onder_0"`
	Median   *float64        `json:"mediaan"`
	Interval interval        `json:"interval_mediaan"`
	At       []survivalPoint `json:"op,omitempty"`
	Rows     []survivalPoint `json:"tabel"`
}

type survivalPoint struct {
	Time     float64   `json:"tijd"`
	AtRisk   *int      `json:"onder_risico,omitempty"`
	Events   *int      `json:"gebeurtenissen,omitempty"`
	Censored *int      `json:"gecensureerd,omitempty"`
	Survival *float64  `json:"overleving"` // null: nobody was followed so long
	StdErr   *float64  `json:"standaardfout"`
	Interval *interval `json:"interval"`
}

var _ = register("kaplan_meier", "the share still without an event (product limit), with Greenwood's error, and the median",
	func(c *columns, k survivalColumns, o *survivalOptions) (any, error) {
		time, event := c.numbers("tijd", k.Time), c.yesNo("gebeurtenis", k.Event)
		labels, names := c.labels("groep", k.Group, true)
		if c.err != nil {
			return nil, c.err
		}
		var out []survivalResult
		for g, places := range group(labels, len(names)) {
			fit, err := estimate.KaplanMeier(pick(time, places), pick(event, places), estimate.SurvivalOptions{Confidence: o.Confidence, Scale: estimate.ShareScale(o.Scale)})
			if err != nil {
				return nil, err
			}
			o.Confidence, o.Scale = fit.Options.Confidence, string(fit.Options.Scale)
			at, low, high := fit.Median()
			r := survivalResult{Group: names[g], N: fit.N, Events: fit.Events, Censored: fit.Censored, Negative: fit.Negative, Median: timeOf(at),
				Interval: interval{timeOf(low), timeOf(high)}}
			for _, t := range o.At {
				p := survivalPoint{Time: t}
				if s, err, in, ok := fit.At(t); ok {
					p.Survival, p.StdErr, p.Interval = &s, &err, shareInterval(in)
				}
				r.At = append(r.At, p)
			}
			for _, row := range fit.Rows {
				r.Rows = append(r.Rows, survivalPoint{row.Time, &row.AtRisk, &row.Events, &row.Censored, &row.Survival, &row.StdErr, shareInterval(row.Interval)})
			}
			out = append(out, r)
		}
		return out, nil
	})
