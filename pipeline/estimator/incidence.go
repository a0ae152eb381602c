package estimator

import (
	"slices"

	"stapel/transforms/estimate"
)

type incidenceColumns struct {
	Time  string `yaml:"tijd"`
	Cause string `yaml:"oorzaak"`
	Group string `yaml:"groep"`
}

type incidenceOptions struct {
	Confidence float64   `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
	Scale      string    `yaml:"schaal" json:"schaal"`
	Variance   string    `yaml:"variantie" json:"variantie"`
	Censored   string    `yaml:"gecensureerd" json:"gecensureerd"`
	At         []float64 `yaml:"op" json:"op,omitempty"`
}

type incidenceResult struct {
	Group    string           `json:"groep,omitempty"`
	N        int              `json:"gevolgd"`
	Censored int              `json:"gecensureerd"`
	Negative int              `json:"tijd_onder_0"`
	Causes   []incidenceCause `json:"oorzaken"`
}

type incidenceCause struct {
	Cause  string           `json:"oorzaak"`
	Events int              `json:"gebeurtenissen"`
	At     []incidencePoint `json:"op,omitempty"`
	Rows   []incidencePoint `json:"tabel"` // the times at which this cause had events
}

type incidencePoint struct {
	Time      float64   `json:"tijd"`
	AtRisk    *int      `json:"onder_risico,omitempty"`
	Events    *int      `json:"gebeurtenissen,omitempty"`
	Incidence *float64  `json:"incidentie"` // null: nobody was followed so long
	StdErr    *float64  `json:"standaardfout"`
	Interval  *interval `json:"interval"`
}

var _ = register("cumulatieve_incidentie", "the share that had an event of each cause, where one rules out the others (Aalen-Johansen)",
	func(c *columns, k incidenceColumns, o *incidenceOptions) (any, error) {
		if o.Censored == "" {
			o.Censored = "0"
		}
		time, causes := c.numbers("tijd", k.Time), c.texts("oorzaak", k.Cause, false)
		labels, names := c.labels("groep", k.Group, true)
		if c.err != nil {
			return nil, c.err
		}
		kinds := slices.DeleteFunc(slices.Compact(slices.Sorted(slices.Values(causes))), func(s string) bool { return s == o.Censored })
		cause := make([]int, len(causes))
		for i, text := range causes {
			cause[i] = slices.Index(kinds, text) + 1
		}
		opt := estimate.IncidenceOptions{SurvivalOptions: estimate.SurvivalOptions{Confidence: o.Confidence, Scale: estimate.ShareScale(o.Scale)},
			Variance: estimate.IncidenceVariance(o.Variance)}
		var out []incidenceResult
		for g, places := range group(labels, len(names)) {
			fit, err := estimate.CumulativeIncidence(pick(time, places), pick(cause, places), opt)
			if err != nil {
				return nil, err
			}
			o.Confidence, o.Scale, o.Variance = fit.Options.Confidence, string(fit.Options.Scale), string(fit.Options.Variance)
			r := incidenceResult{Group: names[g], N: fit.N, Censored: fit.Censored, Negative: fit.Negative, Causes: []incidenceCause{}}
			for _, one := range fit.Causes {
				in := incidenceCause{Cause: kinds[one.Cause-1], Events: one.Events}
				for _, t := range o.At {
					p := incidencePoint{Time: t}
					if f, err, i, ok := fit.At(one.Cause, t); ok {
						p.Incidence, p.StdErr, p.Interval = &f, &err, shareInterval(i)
					}
					in.At = append(in.At, p)
				}
				for _, row := range one.Rows {
					if row.Events > 0 {
						in.Rows = append(in.Rows, incidencePoint{row.Time, &row.AtRisk, &row.Events, &row.Incidence, &row.StdErr, shareInterval(row.Interval)})
					}
				}
				r.Causes = append(r.Causes, in)
			}
			out = append(out, r)
		}
		return out, nil
	})
