package estimate

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
)

// WildWeight is a distribution of weights with mean 0 and variance 1, for the multiplier and the wild cluster bootstrap.
type WildWeight string

// The distributions. Rademacher is the default.
const (
	// Rademacher is -1 or 1, each as likely (Liu, Annals of Statistics 16, 1988).
	Rademacher WildWeight = "rademacher"
	// Mammen is -(√5-1)/2 with chance (√5+1)/(2√5), else (√5+1)/2: its third moment is 1 too (Mammen, Annals of Statistics 21, 1993).
	Mammen WildWeight = "mammen"
	// Webb is one of six, ±√1,5, ±1, ±√0,5, each as likely: for fewer than about ten clusters, of which Rademacher weights
	// make too few draws that differ (Webb, Queen's Economics Department working paper 1315, 2013).
	Webb WildWeight = "webb"
)

// Draw is the next weight of a stream.
func (w WildWeight) Draw(s *Stream) float64 {
	switch w {
	case Mammen:
		root := math.Sqrt(5)
		if float64(s.Uint64()>>11)/(1<<53) < (root+1)/(2*root) {
			return -(root - 1) / 2
		}
		return (root + 1) / 2
	case Webb:
		k := s.Below(6)
		v := math.Sqrt([]float64{1.5, 1, 0.5}[k/2])
		if k%2 == 0 {
			return -v
		}
		return v
	default:
		if s.Uint64()>>63 == 0 {
			return -1
		}
		return 1
	}
}

// MultiplierOptions are how to draw; the zero value is Rademacher, 999 draws, 95% and ten clusters at least.
type MultiplierOptions struct {
	Weight     WildWeight
	Draws      int     // 0: 999
	Seed       string  // any text; equal seeds give equal draws
	Confidence float64 // of the band, two-sided; 0: 0,95
	Least      int     // clusters below which nothing is said; 0: 10, and never below 2
	Exact      bool    // all 2^clusters signs instead of draws, of Rademacher only; Draws and Seed do not count
}

// MultiplierFit is what the multiplier bootstrap says about figures that were estimated together, a value per figure in each slice.
type MultiplierFit struct {
	SE        []float64 // standard error, in the figure's unit
	P         []float64 // two-sided, for 0, each figure by itself
	PMax      []float64 // likewise, for all together: the share of draws whose largest |t| is as large as the figure's
	Low, High []float64 // the band that holds all figures at once at the confidence
	Critical  float64   // what the standard errors are multiplied by for it
	T         [][]float64
	Clusters  int
	Draws     int
	Options   MultiplierOptions
}

// MultiplierBootstrap draws the errors of figures anew without estimating again. influence[j][i] is the influence of unit i on figure j:
// estimate[j] minus what it estimates is about the mean over i. Influences are summed within a cluster (nil: every unit is one) and
// each cluster's sum is multiplied by one weight for all figures, so that draws have the figures' covariance. The standard
// error is that of the draws, exactly: the root of the sum of squared cluster sums, by the number of units. T holds the draws over it, a row
// per draw. Influences that were computed under the hypothesis (not centred at the estimate) make P a test of that hypothesis.
//
// Source: van der Vaart and Wellner, Weak Convergence and Empirical Processes, 1996, section 2.9; for the band, Callaway and
// Sant'Anna, Journal of Econometrics 225, 2021, section 4.1; for clusters, Cameron, Gelbach and Miller 2008.
func MultiplierBootstrap(estimate []float64, influence [][]float64, cluster []int, opt MultiplierOptions) (*MultiplierFit, error) {
	opt.Weight, opt.Draws, opt.Confidence = cmp.Or(opt.Weight, Rademacher), cmp.Or(opt.Draws, 999), cmp.Or(opt.Confidence, 0.95)
	opt.Least = max(2, cmp.Or(opt.Least, 10))
	sums, err := clusterSums(estimate, influence, cluster, opt)
	if err != nil {
		return nil, err
	}
	g := len(sums[0])
	fit := &MultiplierFit{Clusters: g, Draws: opt.Draws, Options: opt}
	if opt.Exact {
		if opt.Weight != Rademacher || g > 20 {
			return nil, fmt.Errorf("%w: no enumeration of %q weights of %d clusters", ErrBootstrapInput, opt.Weight, g)
		}
		fit.Draws = 1 << g
	}
	for j := range estimate {
		squares := 0.0
		for _, v := range sums[j] {
			squares += v * v
		}
		if squares == 0 {
			return nil, fmt.Errorf("%w: figure %d has no influence", ErrBootstrapInput, j)
		}
		fit.SE = append(fit.SE, math.Sqrt(squares))
	}
	fit.T = make([][]float64, fit.Draws)
	InParallel(fit.Draws, func(b int) { fit.T[b] = fit.draw(b, sums) })
	fit.summarise(estimate)
	return fit, nil
}

// draw is one row of T.
func (f *MultiplierFit) draw(b int, sums [][]float64) []float64 {
	weights := make([]float64, f.Clusters)
	s := NewStream(f.Options.Seed + ":" + strconv.Itoa(b))
	for k := range weights {
		if f.Options.Exact {
			weights[k] = float64(1 - 2*(b>>k&1))
		} else {
			weights[k] = f.Options.Weight.Draw(s)
		}
	}
	row := make([]float64, len(sums))
	for j, own := range sums {
		for k, v := range own {
			row[j] += weights[k] * v
		}
		row[j] /= f.SE[j]
	}
	return row
}

// summarise makes T into the fit's other figures.
func (f *MultiplierFit) summarise(estimate []float64) {
	largest := make(masses, f.Draws)
	own := make(masses, f.Draws)
	for b, row := range f.T {
		largest[b].weight, own[b].weight = 1, 1
		for _, t := range row {
			largest[b].value = max(largest[b].value, math.Abs(t))
		}
	}
	f.P, f.PMax = make([]float64, len(estimate)), make([]float64, len(estimate))
	for j, v := range estimate {
		for b, row := range f.T {
			own[b].value = row[j]
		}
		f.P[j] = own.beyond(math.Abs(v)/f.SE[j], f.Options.Exact)
		f.PMax[j] = largest.beyond(math.Abs(v)/f.SE[j], f.Options.Exact)
	}
	largest.sort()
	f.Critical = largest.to(1 - f.Options.Confidence)
	for j, v := range estimate {
		f.Low, f.High = append(f.Low, v-f.Critical*f.SE[j]), append(f.High, v+f.Critical*f.SE[j])
	}
}

// clusterSums are the influences by figure and cluster, over the number of units.
func clusterSums(estimate []float64, influence [][]float64, cluster []int, opt MultiplierOptions) ([][]float64, error) {
	bad := func(format string, args ...any) ([][]float64, error) {
		return nil, fmt.Errorf("%w: %s", ErrBootstrapInput, fmt.Sprintf(format, args...))
	}
	switch {
	case opt.Weight != Rademacher && opt.Weight != Mammen && opt.Weight != Webb:
		return bad("weights %q", opt.Weight)
	case opt.Draws < 1 || !(opt.Confidence > 0 && opt.Confidence < 1):
		return bad("%d draws, confidence %v", opt.Draws, opt.Confidence)
	case len(estimate) == 0 || len(estimate) != len(influence):
		return bad("%d figures, %d columns of influence", len(estimate), len(influence))
	}
	n := len(influence[0])
	if cluster != nil && len(cluster) != n {
		return bad("%d labels for %d units", len(cluster), n)
	}
	if j := notFinite(estimate); j >= 0 {
		return bad("figure %d is %v", j, estimate[j])
	}
	members := membersOf(n, cluster)
	if len(members) < opt.Least {
		return nil, fmt.Errorf("%w: fewer than %d clusters: %d", ErrBootstrapClusters, opt.Least, len(members))
	}
	sums := make([][]float64, len(influence))
	for j, column := range influence {
		if len(column) != n {
			return bad("figure %d has %d influences for %d units", j, len(column), n)
		}
		if i := notFinite(column); i >= 0 {
			return bad("influence of unit %d on figure %d is %v", i, j, column[i])
		}
		sums[j] = make([]float64, len(members))
		for k, rows := range members {
			for _, i := range rows {
				sums[j][k] += column[i] / float64(n)
			}
		}
	}
	return sums, nil
}
