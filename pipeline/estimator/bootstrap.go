package estimator

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
)

type bootstrapColumns struct {
	Value   string `yaml:"waarde"`
	Second  string `yaml:"tweede"`
	Treated string `yaml:"behandeld"`
	Cluster string `yaml:"cluster"`
}

type bootstrapOptions struct {
	Figure     string  `yaml:"maat" json:"maat"`
	Draws      int     `yaml:"trekkingen" json:"trekkingen,omitempty"`
	Seed       string  `yaml:"zaad" json:"zaad"`
	Exact      bool    `yaml:"alle" json:"alle"`
	Null       float64 `yaml:"nul" json:"nul"`
	Least      int     `yaml:"minste_clusters" json:"minste_clusters"`
	Confidence float64 `yaml:"betrouwbaarheid" json:"betrouwbaarheid"`
}

type bootstrapResult struct {
	Estimate    float64   `json:"schatting"`
	SE          float64   `json:"standaardfout"`
	Bias        float64   `json:"vertekening"`
	Percentile  *interval `json:"percentiel"`
	StdErr      *float64  `json:"standaardfout_formule"`
	PercentileT *interval `json:"percentiel_t"`
	P           *float64  `json:"p"`
	Clusters    int       `json:"clusters"`
	Resamples   int       `json:"herhalingen"`
	Failed      int       `json:"zonder_uitkomst"`
}

// sample is what a figure is of.
type sample struct {
	value, second []float64
	treated       []bool
}

// figure is what is made of some rows, and what each row adds to its error to first order; nil for a figure without a formula for it.
type figure func(s sample, rows []int) (value float64, influence []float64, err error)

var figures = map[string]figure{"gemiddelde": meanFigure, "mediaan": medianFigure, "verschil": differenceFigure, "verhouding": ratioFigure,
	"correlatie": correlationFigure}

func meanFigure(s sample, rows []int) (float64, []float64, error) {
	values := pick(s.value, rows)
	mean := stat.Mean(values, nil)
	for i := range values {
		values[i] = (values[i] - mean) / float64(len(rows))
	}
	return mean, values, nil
}

func medianFigure(s sample, rows []int) (float64, []float64, error) {
	values := pick(s.value, rows)
	slices.Sort(values)
	n := len(values)
	return values[(n-1)/2]/2 + values[n/2]/2, nil, nil
}

func differenceFigure(s sample, rows []int) (float64, []float64, error) {
	var sum, n [2]float64
	arm := func(i int) int {
		if s.treated[i] {
			return 1
		}
		return 0
	}
	for _, i := range rows {
		sum[arm(i)] += s.value[i]
		n[arm(i)]++
	}
	if n[0] == 0 || n[1] == 0 {
		return 0, nil, errors.New("an arm without units")
	}
	influence := make([]float64, len(rows))
	for at, i := range rows {
		a := arm(i)
		influence[at] = float64(2*a-1) * (s.value[i] - sum[a]/n[a]) / n[a]
	}
	return sum[1]/n[1] - sum[0]/n[0], influence, nil
}

func ratioFigure(s sample, rows []int) (float64, []float64, error) {
	var above, below float64
	for _, i := range rows {
		above += s.value[i]
		below += s.second[i]
	}
	if below == 0 {
		return 0, nil, errors.New("a ratio to a total of 0")
	}
	influence := make([]float64, len(rows))
	for at, i := range rows {
		influence[at] = (s.value[i] - above/below*s.second[i]) / below
	}
	return above / below, influence, nil
}

func correlationFigure(s sample, rows []int) (float64, []float64, error) {
	return stat.Correlation(pick(s.value, rows), pick(s.second, rows), nil), nil, nil
}

// statistic is the figure with the root of the squared sums of influence by cluster for its error.
func (f figure) statistic(s sample) estimate.Statistic {
	return func(r estimate.Resample) (float64, float64, error) {
		value, influence, err := f(s, r.Rows)
		if err != nil || influence == nil {
			return value, 0, err
		}
		sums := make([]float64, slices.Max(r.Cluster)+1)
		for at, v := range influence {
			sums[r.Cluster[at]] += v
		}
		squares := 0.0
		for _, v := range sums {
			squares += v * v
		}
		return value, math.Sqrt(squares), nil
	}
}

var _ = register("bootstrap", "a figure of a sample, with error and intervals by drawing samples from it, clusters whole",
	func(c *columns, k bootstrapColumns, o *bootstrapOptions) (any, error) {
		if err := cmp.Or(confidenceOf(&o.Confidence), drawsOf(&o.Draws, 999), leastOf(&o.Least)); err != nil {
			return nil, err
		}
		o.Figure = cmp.Or(o.Figure, "gemiddelde")
		f, ok := figures[o.Figure]
		twice := o.Figure == "verhouding" || o.Figure == "correlatie"
		switch {
		case !ok:
			return nil, misfit("maat", "gemiddelde, mediaan, verschil, verhouding or correlatie")
		case k.Second != "" && !twice:
			return nil, misfit("tweede", "this is of verhouding and correlatie")
		case k.Treated != "" && o.Figure != "verschil":
			return nil, misfit("behandeld", "this is of verschil")
		}
		s := sample{value: c.numbers("waarde", k.Value)}
		if twice {
			s.second = c.numbers("tweede", k.Second)
		}
		if o.Figure == "verschil" {
			s.treated = c.yesNo("behandeld", k.Treated)
		}
		cluster := c.optional("cluster", k.Cluster)
		if c.err != nil {
			return nil, c.err
		}
		fit, err := estimate.Bootstrap(len(c.rows), cluster, f.statistic(s), estimate.BootstrapOptions{Draws: o.Draws, Seed: o.Seed, Confidence: o.Confidence,
			Null: o.Null, Least: o.Least, Exact: o.Exact})
		if err != nil {
			return nil, err
		}
		if o.Exact {
			o.Draws = 0
		}
		out := bootstrapResult{Estimate: fit.Estimate, SE: fit.SE, Bias: fit.Bias, Percentile: intervalOf(fit.Percentile.Low, fit.Percentile.High),
			Clusters: fit.Clusters, Resamples: fit.Resamples, Failed: fit.Failed}
		if fit.HasT {
			out.StdErr, out.PercentileT, out.P = &fit.StdErr, intervalOf(fit.PercentileT.Low, fit.PercentileT.High), &fit.P
		}
		return out, nil
	})
