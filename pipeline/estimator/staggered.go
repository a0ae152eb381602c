package estimator

import (
	"cmp"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

type staggeredColumns struct {
	Unit       string   `yaml:"eenheid"`
	Period     string   `yaml:"periode"`
	Outcome    string   `yaml:"uitkomst"`
	First      string   `yaml:"eerste"`
	Covariates []string `yaml:"kenmerken"`
	Weight     string   `yaml:"gewicht"`
	Cluster    string   `yaml:"cluster"`
}

type staggeredOptions struct {
	Never         int     `yaml:"nooit" json:"nooit"`
	Control       string  `yaml:"controles" json:"controles"`
	Method        string  `yaml:"methode" json:"methode"`
	Anticipation  int     `yaml:"vooruit" json:"vooruit"`
	Universal     bool    `yaml:"een_basis" json:"een_basis"`
	LeastGroup    int     `yaml:"minste_groep" json:"minste_groep"`
	LeastClusters int     `yaml:"minste_clusters" json:"minste_clusters,omitempty"`
	Draws         int     `yaml:"trekkingen" json:"trekkingen"`
	Weights       string  `yaml:"gewichten" json:"gewichten,omitempty"`
	Seed          string  `yaml:"zaad" json:"zaad,omitempty"`
	Confidence    float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type staggeredResult struct {
	Units     int                         `json:"eenheden"`
	Dropped   int                         `json:"weggelaten"`
	Never     int                         `json:"nooit"`
	Until     int                         `json:"tot_en_met"`
	Clusters  int                         `json:"clusters,omitempty"`
	Groups    []staggeredGroup            `json:"groepen"`
	Critical  *float64                    `json:"kritieke_waarde"`
	Cells     []staggeredCell             `json:"cellen"`
	PreTest   *staggeredTest              `json:"vooraf"` // null: no effect before treatment, or one that can't be estimated
	Summaries map[string]staggeredSummary `json:"samenvattingen"`
}

type staggeredGroup struct {
	First int `json:"eerste"`
	N     int `json:"eenheden"`
}

type staggeredEffect struct {
	Effect   float64   `json:"effect"`
	StdErr   float64   `json:"standaardfout"`
	Interval *interval `json:"interval"`
	BootSE   *float64  `json:"standaardfout_getrokken,omitempty"`
	Band     *interval `json:"band,omitempty"`
}

type staggeredCell struct {
	Group            int     `json:"groep"`
	Time             int     `json:"periode"`
	Base             int     `json:"basis"`
	After            bool    `json:"na"`
	Treated          int     `json:"behandeld"`
	Controls         int     `json:"controles"`
	Trimmed          int     `json:"afgesneden"`
	Reason           string  `json:"niet_geschat,omitempty"`
	*staggeredEffect         // nil where it can't be estimated
	Condition        float64 `json:"conditiegetal,omitempty"`
}

type staggeredTest struct {
	Statistic float64 `json:"chi_kwadraat"`
	DF        int     `json:"vrijheidsgraden"`
	P         float64 `json:"p"`
}

type staggeredSummary struct {
	Reason   string           `json:"niet_geschat,omitempty"`
	Overall  *staggeredEffect `json:"geheel"`
	Critical *float64         `json:"kritieke_waarde,omitempty"`
	Parts    []staggeredPart  `json:"delen,omitempty"`
}

type staggeredPart struct {
	At int `json:"bij"`
	staggeredEffect
}

var (
	controls = map[string]estimate.StaggeredControl{"nooit": estimate.ControlNever, "nog_niet": estimate.ControlNotYet}
	methods  = map[string]estimate.StaggeredMethod{"dubbel_robuust": estimate.DoublyRobust, "regressie": estimate.OutcomeRegression,
		"weging": estimate.InverseProbability}
	summaries = map[string]estimate.StaggeredSummary{"alle": estimate.SummarySimple, "groep": estimate.SummaryGroup, "tijd_sinds": estimate.SummaryDynamic,
		"periode": estimate.SummaryCalendar}
)

// use fills the defaults in that are words, and gives the options of Staggered; the others are those of its fit.
func (o *staggeredOptions) use() (opt estimate.StaggeredOptions, err error) {
	o.Control, o.Method, o.Weights = cmp.Or(o.Control, "nooit"), cmp.Or(o.Method, "dubbel_robuust"), cmp.Or(o.Weights, "rademacher")
	opt = estimate.StaggeredOptions{Anticipation: o.Anticipation, Universal: o.Universal, LeastGroup: o.LeastGroup, LeastClusters: o.LeastClusters,
		Confidence: o.Confidence, Draws: o.Draws, Mammen: o.Weights == "mammen", Seed: o.Seed}
	var ok bool
	if opt.Control, ok = controls[o.Control]; !ok {
		return opt, misfit("controles", "nooit or nog_niet")
	}
	if opt.Method, ok = methods[o.Method]; !ok {
		return opt, misfit("methode", "dubbel_robuust, regressie or weging")
	}
	switch {
	case o.Weights != "rademacher" && o.Weights != "mammen":
		return opt, misfit("gewichten", "rademacher or mammen")
	case o.Draws < -1 || o.Draws > mostDraws:
		return opt, misfit("trekkingen", "from 1 to 1.000.000, or -1: none")
	case o.Anticipation < 0 || o.LeastGroup < 0 || o.LeastClusters < 0:
		return opt, misfit("vooruit, minste_groep, minste_clusters", "0 or more")
	}
	return opt, nil
}

var _ = register("gestaffeld", "effects by group and period where treatment begins at different times (Callaway and Sant'Anna)",
	func(c *columns, k staggeredColumns, o *staggeredOptions) (any, error) {
		if err := confidenceOf(&o.Confidence); err != nil {
			return nil, err
		}
		opt, err := o.use()
		if err != nil {
			return nil, err
		}
		p := c.panel(k, o.Never)
		if c.err != nil {
			return nil, c.err
		}
		fit, err := estimate.Staggered(p, opt)
		if err != nil {
			return nil, err
		}
		used := fit.Options
		o.LeastGroup, o.Draws = used.LeastGroup, used.Draws
		if o.LeastClusters = 0; k.Cluster != "" {
			o.LeastClusters = max(2, used.LeastClusters)
		}
		if o.Draws < 0 {
			o.Weights, o.Seed = "", ""
		}
		return staggeredResultOf(fit, o.Draws > 0)
	})

// panel reads rows of units and periods, in any order: each unit once in each period, with one first period, covariates, weight and cluster.
func (c *columns) panel(k staggeredColumns, never int) (p estimate.StaggeredPanel) {
	unit, names := c.labels("eenheid", k.Unit, false)
	period, y, first := c.whole("periode", k.Period, math.MinInt32), c.numbers("uitkomst", k.Outcome), c.whole("eerste", k.First, math.MinInt32)
	x, weights, clusters := c.list("kenmerken", k.Covariates), c.weights(k.Weight), c.optional("cluster", k.Cluster)
	if c.err != nil {
		return p
	}
	for _, t := range slices.Compact(slices.Sorted(slices.Values(period))) {
		p.Times = append(p.Times, int(t))
	}
	places := make([][]int, len(p.Times)) // row of each unit, by period, from 1
	for t := range places {
		places[t] = make([]int, len(names))
	}
	for i, u := range unit {
		t, _ := slices.BinarySearch(p.Times, int(period[i]))
		if places[t][u] != 0 {
			c.bad(i, k.Unit, "this unit has this period twice")
		}
		places[t][u] = i + 1
	}
	for t := range places {
		p.Y = append(p.Y, make([]float64, len(names)))
		for u, row := range places[t] {
			if row == 0 {
				c.bad(slices.Index(unit, u), k.Unit, "this unit has no row in a period that others have")
				return p
			}
			p.Y[t][u] = y[row-1]
		}
	}
	one := places[0]
	for u := range names {
		f := int(first[one[u]-1])
		if f == never {
			f = estimate.NeverTreated
		}
		p.First = append(p.First, f)
	}
	perUnit(c, k.First, first, unit, one)
	for j, column := range x {
		p.X = append(p.X, perUnit(c, k.Covariates[j], column, unit, one))
	}
	if weights != nil {
		p.Weights = perUnit(c, k.Weight, weights, unit, one)
	}
	if clusters != nil {
		p.Clusters = perUnit(c, k.Cluster, clusters, unit, one)
	}
	return p
}

// perUnit are the values of units, each the same in all its rows; one is a row of each unit, from 1.
func perUnit[T comparable](c *columns, column string, values []T, unit, one []int) []T {
	for i, u := range unit {
		if values[i] != values[one[u]-1] {
			c.bad(i, column, "this differs from another row of the unit")
		}
	}
	out := make([]T, len(one))
	for u, row := range one {
		out[u] = values[row-1]
	}
	return out
}

func staggeredEffectOf(e estimate.StaggeredEffect, drawn, band bool) *staggeredEffect {
	out := &staggeredEffect{Effect: e.ATT, StdErr: e.SE, Interval: intervalOf(e.Low, e.High)}
	if drawn {
		out.BootSE = known(e.BootSE)
	}
	if drawn && band {
		out.Band = intervalOf(e.BandLow, e.BandHigh)
	}
	return out
}

func staggeredResultOf(fit *estimate.StaggeredFit, drawn bool) (*staggeredResult, error) {
	out := &staggeredResult{Units: fit.Units, Dropped: fit.Dropped, Never: fit.Never, Until: fit.Until, Clusters: fit.Clusters,
		Summaries: map[string]staggeredSummary{}}
	critical := func(v float64) *float64 {
		if !drawn || v == 0 {
			return nil
		}
		return known(v)
	}
	out.Critical = critical(fit.Critical)
	for g, first := range fit.Groups {
		out.Groups = append(out.Groups, staggeredGroup{first, fit.Sizes[g]})
	}
	for _, c := range fit.Cells {
		cell := staggeredCell{Group: c.Group, Time: c.Time, Base: c.Base, After: c.Post(), Treated: c.Treated, Controls: c.Controls, Trimmed: c.Trimmed,
			Condition: c.Condition}
		if c.Err != nil {
			cell.Reason, cell.Condition = c.Err.Error(), 0
		} else {
			cell.staggeredEffect = staggeredEffectOf(c.StaggeredEffect, drawn, true)
		}
		out.Cells = append(out.Cells, cell)
	}
	if statistic, df, p, err := fit.PreTest(); err == nil {
		out.PreTest = &staggeredTest{statistic, df, p}
	}
	for name, kind := range summaries {
		s, err := fit.Summary(kind)
		if err != nil {
			out.Summaries[name] = staggeredSummary{Reason: err.Error()}
			continue
		}
		of := staggeredSummary{Overall: staggeredEffectOf(s.Overall, drawn, false), Critical: critical(s.Critical)}
		for _, part := range s.Parts {
			of.Parts = append(of.Parts, staggeredPart{part.At, *staggeredEffectOf(part.StaggeredEffect, drawn, true)})
		}
		out.Summaries[name] = of
	}
	return out, nil
}
