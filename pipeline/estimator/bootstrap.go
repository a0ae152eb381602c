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

// figure is what is made of some rows, and what each row adds to its error to first order; none for a figure without a formula for it.
type figure func(s sample, rows []int) (value float64, influence *deviations, err error)

// deviations are values less what is expected of them, by what they are divided by, and how large either was: what is left of rounding is no deviation.
type deviations struct {
	of      []float64
	largest float64
}

// roundOff is the part of what is subtracted that may be left of it by rounding.
const roundOff = 1e-12

func (d *deviations) add(value, expected, by float64) {
	d.of = append(d.of, (value-expected)/by)
	d.largest = max(d.largest, (math.Abs(value)+math.Abs(expected))/math.Abs(by))
}

// stdErr is the root of the squared sums by cluster.
func (d *deviations) stdErr(cluster []int) float64 {
	sums := make([]float64, slices.Max(cluster)+1)
	for at, v := range d.of {
		sums[cluster[at]] += v
	}
	squares := 0.0
	for _, v := range sums {
		squares += v * v
	}
	if err := math.Sqrt(squares); err > roundOff*d.largest {
		return err
	}
	return 0
}

var figures = map[string]figure{"gemiddelde": meanFigure, "mediaan": medianFigure, "verschil": differenceFigure, "verhouding": ratioFigure,
	"correlatie": correlationFigure}

func meanFigure(s sample, rows []int) (float64, *deviations, error) {
	mean := stat.Mean(pick(s.value, rows), nil)
	var d deviations
	for _, i := range rows {
		d.add(s.value[i], mean, float64(len(rows)))
	}
	return mean, &d, nil
}

func medianFigure(s sample, rows []int) (float64, *deviations, error) {
	values := pick(s.value, rows)
	slices.Sort(values)
	n := len(values)
	return values[(n-1)/2]/2 + values[n/2]/2, nil, nil
}

func differenceFigure(s sample, rows []int) (float64, *deviations, error) {
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
	var d deviations
	for _, i := range rows {
		a := arm(i)
		d.add(s.value[i], sum[a]/n[a], float64(2*a-1)*n[a])
	}
	return sum[1]/n[1] - sum[0]/n[0], &d, nil
}

func ratioFigure(s sample, rows []int) (float64, *deviations, error) {
	var above, below float64
	for _, i := range rows {
		above += s.value[i]
		below += s.second[i]
	}
	if below == 0 {
		return 0, nil, errors.New("a ratio to a total of 0")
	}
	var d deviations
	for _, i := range rows {
		d.add(s.value[i], above/below*s.second[i], below)
	}
	return above / below, &d, nil
}

func correlationFigure(s sample, rows []int) (float64, *deviations, error) {
	x, y := pick(s.value, rows), pick(s.second, rows)
	if slices.Min(x) == slices.Max(x) || slices.Min(y) == slices.Max(y) {
		return 0, nil, errors.New("a value that does not vary")
	}
	return stat.Correlation(x, y, nil), nil, nil
}

// statistic is the figure with its error by formula.
func (f figure) statistic(s sample) estimate.Statistic {
	return func(r estimate.Resample) (float64, float64, error) {
		value, influence, err := f(s, r.Rows)
		if err != nil || influence == nil {
			return value, 0, err
		}
		return value, influence.stdErr(r.Cluster), nil
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
