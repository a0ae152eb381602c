package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// MeanRegression is what those who were selected on a first measurement are expected to show on a second without any effect; in the
// unit of the measurements.
type MeanRegression struct {
	Share      float64 // of all who lie beyond the cutoff
	First      float64 // mean of the first measurement of the selected
	Second     float64 // expected mean of the second
	Drift      float64 // what everyone changes
	Regression float64 // what the selected change more than that: regression to the mean
	Change     float64 // Second - First = Drift + Regression
}

// Errors of the three estimators of regression to the mean.
var (
	// ErrRegressionInput: slices that do not fit each other, a number that is none, an option that means nothing.
	ErrRegressionInput = errors.New("regression to the mean: input does not fit")
	// ErrRegressionNobody: nobody lies beyond the cutoff.
	ErrRegressionNobody = errors.New("regression to the mean: nobody is selected")
)

// TwoMeasurements are the moments of two measurements of the same people.
type TwoMeasurements struct {
	MeanFirst, MeanSecond float64
	SDFirst, SDSecond     float64
	Correlation           float64
}

// MeasurementsOf are the sample moments of pairs, SD with one less below the line.
func MeasurementsOf(first, second []float64) (TwoMeasurements, error) {
	if len(first) != len(second) || len(first) < 2 || notFinite(first) >= 0 || notFinite(second) >= 0 {
		return TwoMeasurements{}, fmt.Errorf("%w: %d first and %d second measurements, all to be numbers", ErrRegressionInput, len(first), len(second))
	}
	var m TwoMeasurements
	m.MeanFirst, m.SDFirst = stat.MeanStdDev(first, nil)
	m.MeanSecond, m.SDSecond = stat.MeanStdDev(second, nil)
	if m.SDFirst == 0 || m.SDSecond == 0 {
		return TwoMeasurements{}, fmt.Errorf("%w: a measurement does not vary", ErrRegressionInput)
	}
	m.Correlation = stat.Correlation(first, second, nil)
	return m, nil
}

// RegressionNormal is of those above a cutoff on the first measurement (below: of those under it), when the two are normal together. With
// z = (cutoff - mean) / SD and c = f(z) / (1 - F(z)), the selected lie c SD from the mean at first and correlation c SD at second: with
// equal means and SDs they change by -(1 - correlation) SD c. Costs are not normal; RegressionDirect does not need it.
//
// Source: James, Biometrics 29 (1973); Gardner and Heady, Journal of Chronic Diseases 26 (1973); Davis, American Journal of
// Epidemiology 104 (1976).
func RegressionNormal(m TwoMeasurements, cutoff float64, below bool) (MeanRegression, error) {
	if notFinite([]float64{m.MeanFirst, m.MeanSecond, m.SDFirst, m.SDSecond, m.Correlation, cutoff}) >= 0 ||
		!(m.SDFirst > 0) || !(m.SDSecond > 0) || math.Abs(m.Correlation) > 1 {
		return MeanRegression{}, fmt.Errorf("%w: %+v, cutoff %v", ErrRegressionInput, m, cutoff)
	}
	side := 1.0
	if below {
		side = -1
	}
	z := side * (cutoff - m.MeanFirst) / m.SDFirst
	share := distuv.UnitNormal.Survival(z)
	if share == 0 {
		return MeanRegression{}, fmt.Errorf("%w: the cutoff lies %.0f standard deviations off", ErrRegressionNobody, z)
	}
	away := side * distuv.UnitNormal.Prob(z) / share
	return m.selected(share, away*m.SDFirst, m.Correlation*away*m.SDSecond), nil
}

// selected lie first from the mean at first and second at second.
func (m TwoMeasurements) selected(share, first, second float64) MeanRegression {
	r := MeanRegression{Share: share, First: m.MeanFirst + first, Second: m.MeanSecond + second, Drift: m.MeanSecond - m.MeanFirst, Regression: second - first}
	r.Change = r.Drift + r.Regression
	return r
}

// RegressionDensity is of those above a cutoff (below: under it) without a distribution for what is measured: only the error of a
// measurement is normal, of one variance for all and independent, and nobody changes otherwise. Then the selected change by minus
// the error's variance times the density at the cutoff over the share beyond it, whatever the rest of the distribution is. The
// density is a Gaussian kernel's; bandwidth 0 is 0,9 min(SD, IQR / 1,34) n^(-1/5) (Silverman). What it says next to a heap of equal
// values, such as many zeros, is not to be trusted.
//
// Source: Das and Mulder, Statistica Neerlandica 37 (1983); with a kernel, John and Jawad, North American Journal of Medical Sciences 2 (2010).
func RegressionDensity(first []float64, errorVariance, cutoff, bandwidth float64, below bool) (MeanRegression, error) {
	if len(first) < 2 || notFinite(first) >= 0 || notFinite([]float64{errorVariance, cutoff, bandwidth}) >= 0 || errorVariance < 0 || bandwidth < 0 {
		return MeanRegression{}, fmt.Errorf("%w: %d measurements, error variance %v, cutoff %v, bandwidth %v",
			ErrRegressionInput, len(first), errorVariance, cutoff, bandwidth)
	}
	mean := stat.Mean(first, nil)
	if bandwidth == 0 {
		if bandwidth = Bandwidth(first); bandwidth == 0 {
			return MeanRegression{}, fmt.Errorf("%w: the measurement does not vary", ErrRegressionInput)
		}
	}
	side := 1.0
	if below {
		side = -1
	}
	var density, sum float64
	n := 0
	for _, v := range first {
		density += distuv.UnitNormal.Prob((cutoff-v)/bandwidth) / bandwidth / float64(len(first))
		if side*(v-cutoff) > 0 {
			n++
			sum += v
		}
	}
	if n == 0 {
		return MeanRegression{}, fmt.Errorf("%w: of %d, beyond %v", ErrRegressionNobody, len(first), cutoff)
	}
	m := TwoMeasurements{MeanFirst: mean, MeanSecond: mean}
	share := float64(n) / float64(len(first))
	away := sum/float64(n) - mean
	return m.selected(share, away, away-side*errorVariance*density/share), nil
}

// Bandwidth is 0,9 min(SD, IQR / 1,34) n^(-1/5), of a Gaussian kernel, in the unit of the values; SD alone where the quartiles are equal, and 0 where no
// two values differ. The quartiles are gonum's, with a straight line between values.
//
// Source: B.W. Silverman, Density Estimation for Statistics and Data Analysis, 1986, section 3.4.2, equation 3.31.
func Bandwidth(values []float64) float64 {
	if len(values) < 2 {
		return 0
	}
	sd := stat.StdDev(values, nil)
	sorted := slices.Sorted(slices.Values(values))
	spread := (stat.Quantile(0.75, stat.LinInterp, sorted, nil) - stat.Quantile(0.25, stat.LinInterp, sorted, nil)) / 1.34
	if spread == 0 || spread > sd {
		spread = sd
	}
	return 0.9 * spread * math.Pow(float64(len(values)), -0.2)
}

// DirectOptions are how near an untreated household must be; the zero value is a local line through the 100 nearest, 95%.
type DirectOptions struct {
	Nearest    int       // untreated units for each selected one; 0: 100
	Bands      []float64 // ascending bounds, half-open [a, b): the mean change in the same band instead
	Least      int       // untreated units in a band below which it says nothing; 0: 5
	Confidence float64   // of the interval, two-sided; 0: 0,95
}

// DirectRegression is what untreated units with the same first measurement did, in the unit of the measurements.
type DirectRegression struct {
	Change    float64 // expected of the selected, without effect: mean over those that were compared
	StdErr    float64 // of the untreated units' chance alone
	Low, High float64 // normal interval
	First     float64 // mean first measurement of those that were compared
	Compared  int     // selected units with untreated ones near
	Outside   int     // selected units left out: beyond the untreated ones' range, or in a band of too few
	Untreated int     // untreated units that count for at least one selected one
	Options   DirectOptions
}

// RegressionDirect takes the change of untreated units for what the selected would have done: second minus first as a function of first,
// without a distribution or a model of the error. selected holds the first measurements of those who were selected; first and
// second are of the untreated. By default the function is a line through the untreated units nearest, by tricube weight, so that a
// slope within the neighbourhood does no harm; in a tail it would. Nothing is said beyond their range. The standard error is the root of
// the sum of squared weights times squared residuals, where a weight is what an untreated unit counts for in all.
//
// Source: Cleveland, Journal of the American Statistical Association 74 (1979), for the line; Cochran, Sampling Techniques, 1977, section
// 5A.9, for bands (poststratification).
func RegressionDirect(selected, first, second []float64, opt DirectOptions) (*DirectRegression, error) {
	opt.Nearest, opt.Least, opt.Confidence = cmp.Or(opt.Nearest, 100), cmp.Or(opt.Least, 5), cmp.Or(opt.Confidence, 0.95)
	if len(first) != len(second) || len(selected) == 0 || notFinite(selected) >= 0 || notFinite(first) >= 0 || notFinite(second) >= 0 {
		return nil, fmt.Errorf("%w: %d selected, %d first and %d second measurements, all to be numbers",
			ErrRegressionInput, len(selected), len(first), len(second))
	}
	if opt.Nearest < 3 || opt.Least < 2 || !(opt.Confidence > 0 && opt.Confidence < 1) || len(opt.Bands) == 1 || !slices.IsSorted(opt.Bands) {
		return nil, fmt.Errorf("%w: %d nearest, least %d, confidence %v, bands %v", ErrRegressionInput, opt.Nearest, opt.Least, opt.Confidence, opt.Bands)
	}
	p := newUntreatedPool(first, second)
	near := p.nearby
	if opt.Bands != nil {
		near = p.inBand
	}
	fit := &DirectRegression{Options: opt}
	total := make([]float64, len(first))
	for _, x := range selected {
		from, weights := near(x, opt)
		if weights == nil {
			fit.Outside++
			continue
		}
		fit.Compared++
		fit.First += x
		for k, w := range weights {
			total[from+k] += w
		}
	}
	if fit.Compared == 0 {
		return nil, fmt.Errorf("%w: none of %d selected has untreated units near", ErrNoOverlap, len(selected))
	}
	n := float64(fit.Compared)
	fit.First /= n
	variance := 0.0
	for at, w := range total {
		if w == 0 {
			continue
		}
		fit.Untreated++
		fit.Change += w / n * p.change[at]
		from, weights := near(p.first[at], opt)
		fitted, free := 0.0, 1.0
		for k, v := range weights {
			fitted += v * p.change[from+k]
			if from+k == at {
				free -= v // what a unit does not give away to its own fit
			}
		}
		residual := (p.change[at] - fitted) / math.Sqrt(max(free, roundOff))
		variance += w / n * w / n * residual * residual
	}
	fit.StdErr = math.Sqrt(variance)
	z := distuv.UnitNormal.Quantile((1 + opt.Confidence) / 2)
	fit.Low, fit.High = fit.Change-z*fit.StdErr, fit.Change+z*fit.StdErr
	return fit, nil
}
