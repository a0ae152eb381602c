package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat/combin"
)

// Resample is a sample of the clusters of the data, drawn with replacement. Rows are places in the data, Cluster numbers the draw that
// each row is of, from 0: a cluster that was drawn twice is two clusters.
type Resample struct {
	Rows, Cluster []int
}

// Statistic is a figure of a resample and its standard error, in the same unit; 0 for one without. It is called from several
// goroutines at once, may not keep the slices, and must not depend on the order of the rows. An error says why the resample has no figure.
type Statistic func(Resample) (estimate, stdErr float64, err error)

// BootstrapOptions are how to resample; the zero value is 999 draws, 95% and ten clusters at least.
type BootstrapOptions struct {
	Draws      int     // 0: 999
	Seed       string  // any text; equal seeds give equal draws
	Confidence float64 // of the intervals, two-sided; 0: 0,95
	Null       float64 // the value that P tests
	Least      int     // clusters below which nothing is said; 0: 10, and never below 2
	Exact      bool    // every resample instead of draws, each with its chance; Draws and Seed do not count
}

// BootInterval is a two-sided interval, in the unit of the figure.
type BootInterval struct{ Low, High float64 }

// BootstrapFit is what resampling says about a figure.
type BootstrapFit struct {
	Estimate    float64 // of the data as they are
	StdErr      float64 // the statistic's own standard error; 0: it has none
	SE          float64 // standard deviation of the resamples' figures
	Bias        float64 // their mean minus Estimate
	Percentile  BootInterval
	PercentileT BootInterval // studentised; zero where the statistic has no standard error
	P           float64      // two-sided, for Null: the share of |t*| that are as large as |t|; 1 where there is no t
	HasT        bool
	Clusters    int
	Resamples   int // that were computed
	Failed      int // of these without a figure, left out
	Options     BootstrapOptions
}

// Errors of Bootstrap and MultiplierBootstrap.
var (
	// ErrBootstrapInput: slices that do not fit each other, a number that is none, an option that means nothing.
	ErrBootstrapInput = errors.New("bootstrap: input does not fit")
	// ErrBootstrapClusters: too few clusters.
	ErrBootstrapClusters = errors.New("bootstrap: too few clusters")
	// ErrBootstrapFailed: the statistic fails on the data, or on more than one in a hundred resamples.
	ErrBootstrapFailed = errors.New("bootstrap: the statistic fails")
)

// mostFailed is the share of resamples that may be without a figure; mostExact how many resamples are enumerated.
const (
	mostFailed = 0.01
	mostExact  = 2_000_000
)

// Bootstrap resamples whole clusters and computes the figure of each resample. cluster has a label per row of the data; nil, with
// rows given, makes every row one. The percentile interval is of the figures themselves; the studentised one is
// estimate - t* stdErr at both ends, with t* = (figure - estimate) / its own standard error, and holds better where the figure is
// skewed. P has one added above and below the line with draws, so that it is never 0.
//
// Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapters 6, 12.5 and 13; for clusters, Davison and Hinkley,
// Bootstrap Methods and their Application, 1997, section 3.8; Cameron, Gelbach and Miller, Review of Economics and Statistics 90, 2008.
func Bootstrap(rows int, cluster []int, figure Statistic, opt BootstrapOptions) (*BootstrapFit, error) {
	opt.Draws, opt.Confidence, opt.Least = cmp.Or(opt.Draws, 999), cmp.Or(opt.Confidence, 0.95), max(2, cmp.Or(opt.Least, 10))
	if opt.Draws < 1 || !(opt.Confidence > 0 && opt.Confidence < 1) || cluster != nil && len(cluster) != rows || math.IsNaN(opt.Null) {
		return nil, fmt.Errorf("%w: %d draws, confidence %v, %d rows, %d labels", ErrBootstrapInput, opt.Draws, opt.Confidence, rows, len(cluster))
	}
	members := membersOf(rows, cluster)
	g := len(members)
	if g < opt.Least {
		return nil, fmt.Errorf("%w: fewer than %d clusters: %d", ErrBootstrapClusters, opt.Least, g)
	}
	whole := newResample(members, indicesTo(g))
	fit := &BootstrapFit{Clusters: g, Options: opt}
	var err error
	if fit.Estimate, fit.StdErr, err = finiteFigure(figure, whole); err != nil {
		return nil, fmt.Errorf("%w on the data: %w", ErrBootstrapFailed, err)
	}
	fit.HasT = fit.StdErr > 0
	var drawn func(b int) []int
	chance := func(int) float64 { return 1 }
	if fit.Resamples = opt.Draws; opt.Exact {
		if n := binomial(2*g-1, g); n > mostExact {
			return nil, fmt.Errorf("%w: %d clusters have %.3g resamples, at most %d are enumerated", ErrBootstrapInput, g, n, mostExact)
		}
		all := combin.Combinations(2*g-1, g)
		fit.Resamples = len(all)
		// stars and bars: g items chosen of 2g-1 become g draws of g clusters in ascending order
		drawn = func(b int) []int {
			picked := slices.Clone(all[b])
			for k := range picked {
				picked[k] -= k
			}
			return picked
		}
		chance = func(b int) float64 { return multinomialChance(drawn(b)) }
	} else {
		drawn = func(b int) []int {
			s, picked := NewStream(opt.Seed+":"+strconv.Itoa(b)), make([]int, g)
			for k := range picked {
				picked[k] = s.Below(g)
			}
			return picked
		}
	}
	values, t, errs := make([]float64, fit.Resamples), make([]float64, fit.Resamples), make([]error, fit.Resamples)
	InParallel(fit.Resamples, func(b int) {
		v, stdErr, err := finiteFigure(figure, newResample(members, drawn(b)))
		if err == nil && fit.HasT && stdErr == 0 {
			err = errors.New("a standard error of 0")
		}
		if values[b], errs[b] = v, err; err == nil && fit.HasT {
			t[b] = (v - fit.Estimate) / stdErr
		}
	})
	if err := fit.summarise(values, t, errs, chance); err != nil {
		return nil, err
	}
	return fit, nil
}

// summarise makes the figures of the resamples into the fit's.
func (f *BootstrapFit) summarise(values, t []float64, errs []error, chance func(int) float64) error {
	var figures, studentised masses
	var failed, total float64
	var first error
	for b, v := range values {
		w := chance(b)
		total += w
		if errs[b] != nil {
			f.Failed++
			failed += w
			first = cmp.Or(first, errs[b])
			continue
		}
		figures = append(figures, mass{v, w})
		studentised = append(studentised, mass{t[b], w})
	}
	if failed > mostFailed*total || len(figures) == 0 {
		return fmt.Errorf("%w on %d of %d resamples, the first: %w", ErrBootstrapFailed, f.Failed, f.Resamples, first)
	}
	mean, variance := figures.moments(f.Options.Exact)
	f.Bias, f.SE = mean-f.Estimate, math.Sqrt(variance)
	half := (1 - f.Options.Confidence) / 2
	figures.sort()
	f.Percentile = BootInterval{figures.from(half), figures.to(half)}
	f.P = 1
	if f.HasT {
		studentised.sort()
		f.PercentileT = BootInterval{f.Estimate - studentised.to(half)*f.StdErr, f.Estimate - studentised.from(half)*f.StdErr}
		f.P = studentised.beyond(math.Abs(f.Estimate-f.Options.Null)/f.StdErr, f.Options.Exact)
	}
	return nil
}

// membersOf are the rows of each cluster, in the order of the labels.
func membersOf(rows int, cluster []int) [][]int {
	if cluster == nil {
		cluster = indicesTo(rows)
	}
	labels := slices.Compact(slices.Sorted(slices.Values(cluster)))
	members := make([][]int, len(labels))
	for i, label := range cluster {
		at, _ := slices.BinarySearch(labels, label)
		members[at] = append(members[at], i)
	}
	return members
}

func newResample(members [][]int, drawn []int) Resample {
	size := 0
	for _, g := range drawn {
		size += len(members[g])
	}
	r := Resample{Rows: make([]int, 0, size), Cluster: make([]int, 0, size)}
	for k, g := range drawn {
		for _, row := range members[g] {
			r.Rows, r.Cluster = append(r.Rows, row), append(r.Cluster, k)
		}
	}
	return r
}

// finiteFigure refuses what is no number.
func finiteFigure(figure Statistic, r Resample) (float64, float64, error) {
	v, stdErr, err := figure(r)
	if err == nil && (notFinite([]float64{v, stdErr}) >= 0 || stdErr < 0) {
		err = fmt.Errorf("figure %v with standard error %v", v, stdErr)
	}
	return v, stdErr, err
}

func indicesTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// binomial is n over k, as far as a float64 is exact.
func binomial(n, k int) float64 {
	return math.Round(math.Exp(combin.LogGeneralizedBinomial(float64(n), float64(k))))
}

// multinomialChance is the chance of an unordered draw of g clusters out of g, given in ascending order.
func multinomialChance(drawn []int) float64 {
	g := len(drawn)
	logged, _ := math.Lgamma(float64(g + 1))
	logged -= float64(g) * math.Log(float64(g))
	for from := 0; from < g; {
		to := from + 1
		for to < g && drawn[to] == drawn[from] {
			to++
		}
		times, _ := math.Lgamma(float64(to - from + 1))
		logged -= times
		from = to
	}
	return math.Exp(logged)
}
