package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// What MaxT refuses.
var (
	// ErrCovariance is that there are no estimates, one that is no number, or a matrix that is not their covariance: of another size, not symmetric, with a
	// variance that is not above 0, or with a combination of estimates whose variance is below 0; or degrees of freedom below 0.
	ErrCovariance = errors.New("no estimates with a covariance")
	// ErrSide is a side that is none of those there are.
	ErrSide = errors.New("no side of a test")
)

// MaxTSide is which estimates count against the hypotheses.
type MaxTSide string

const (
	SideBoth    MaxTSide = "two-sided" // far from 0 either way; the default
	SideLess    MaxTSide = "less"      // below 0
	SideGreater MaxTSide = "greater"   // above 0
)

// MaxTOptions say how the estimates are judged together. Zero values are the defaults.
type MaxTOptions struct {
	Confidence float64  // of all intervals together; 0 is 0,95
	DF         float64  // degrees of freedom of the one variance the standard errors rest on; 0 is a known variance, the normal distribution
	Side       MaxTSide // "" is SideBoth
	Seed       string   // any text: equal input and seed give equal results
	Directions int      // drawn, rounded up to a multiple of 16; 0 is 65.536
	BandsOnly  bool     // no p-values, which take most of the time: P and PStepDown are left out
}

// MaxTTest is one estimate among the others.
type MaxTTest struct {
	Estimate, StdErr, Statistic float64
	Low, High                   float64 // the simultaneous interval; without end on the side that SideLess and SideGreater leave open
	P                           float64 // single-step: the chance of a statistic as large anywhere, were all hypotheses true
	PStepDown                   float64 // at most P: once the larger ones are rejected only the rest counts
}

// MaxTFit is what estimates are together.
type MaxTFit struct {
	Tests       []MaxTTest // in the order of the estimates
	Critical    float64    // an interval is Critical standard errors to either side
	CriticalErr float64    // standard error of Critical, from how far sixteen parts of the draw differ
	Rank        int        // of the correlation: fewer than the estimates when some follow from others, as a total does
	Condition   float64    // of the correlation, among what is not 0
	Options     MaxTOptions
}

// MaxT gives estimates of a joint normal distribution intervals that all hold together at the confidence, and p-values for all hypotheses "is 0" together: by the
// distribution of the largest statistic, so that what estimates have in common is not paid for twice. covariance is that of the estimates, in
// their unit squared; it may be singular. An interval over event times is a uniform band. Errors: ErrCovariance, ErrSide, ErrConfidence.
//
// The largest of statistics t_i is R max u_i, with R, the length of their vector on the scale in which they are independent, apart from their
// direction u: the chance that R exceeds a bound is that of chi-square, or F with DF, and only the direction is drawn, evenly over the sphere, by a
// lattice with shifts from Stream. Time goes with Directions times Rank times estimates: 65.536 give a critical value to about 0,0001 for three
// estimates and 0,001 for ten.
//
// Source: T. Hothorn, F. Bretz and P. Westfall, Biometrical Journal 50 (2008); the steps: P.H. Westfall and S.S. Young, Resampling-Based Multiple Testing, 1993,
// chapter 2; radius and direction: I. Deák, Numerische Mathematik 35 (1980).
func MaxT(estimate []float64, covariance [][]float64, opt MaxTOptions) (*MaxTFit, error) {
	opt.Confidence, opt.Side, opt.Directions = cmp.Or(opt.Confidence, 0.95), cmp.Or(opt.Side, SideBoth), cmp.Or(opt.Directions, 1<<16)
	if !(opt.Confidence > 0 && opt.Confidence < 1) {
		return nil, fmt.Errorf("%w: %v", ErrConfidence, opt.Confidence)
	}
	if !slices.Contains([]MaxTSide{SideBoth, SideLess, SideGreater}, opt.Side) {
		return nil, fmt.Errorf("%w: %q", ErrSide, string(opt.Side))
	}
	if !(opt.DF >= 0) || math.IsInf(opt.DF, 0) {
		return nil, fmt.Errorf("%w: %v degrees of freedom", ErrCovariance, opt.DF)
	}
	k := len(estimate)
	correlation, stdErr, err := correlationOf(covariance, k)
	if err != nil {
		return nil, err
	}
	fit := &MaxTFit{Options: opt}
	root, err := fit.root(correlation)
	if err != nil {
		return nil, err
	}
	statistic := make([]float64, k)
	for i := range estimate {
		if math.IsNaN(estimate[i]) || math.IsInf(estimate[i], 0) {
			return nil, fmt.Errorf("%w: the estimate at place %d is no number", ErrCovariance, i)
		}
		statistic[i] = estimate[i] / stdErr[i]
		switch opt.Side {
		case SideBoth:
			statistic[i] = math.Abs(statistic[i])
		case SideLess:
			statistic[i] = -statistic[i]
		}
	}
	order := risingOrder(statistic)
	largest, rest := fit.draw(root, order, statistic)
	fit.critical(largest, k)
	fit.Tests = make([]MaxTTest, k)
	if opt.BandsOnly {
		for i := range fit.Tests {
			fit.Tests[i] = MaxTTest{Estimate: estimate[i], StdErr: stdErr[i], Statistic: estimate[i] / stdErr[i]}
			fit.Tests[i].interval(fit.Critical, opt.Side)
		}
		return fit, nil
	}
	most := 0.0
	for place, i := range slices.Backward(order) { // the largest first
		most = max(most, min(1, rest[place]))
		fit.Tests[i] = MaxTTest{Estimate: estimate[i], StdErr: stdErr[i], Statistic: estimate[i] / stdErr[i], P: fit.beyond(largest, statistic[i]), PStepDown: most}
		fit.Tests[i].interval(fit.Critical, opt.Side)
	}
	return fit, nil
}

func (t *MaxTTest) interval(critical float64, side MaxTSide) {
	t.Low, t.High = t.Estimate-critical*t.StdErr, t.Estimate+critical*t.StdErr
	switch side {
	case SideLess:
		t.Low = math.Inf(-1)
	case SideGreater:
		t.High = math.Inf(1)
	}
}

// correlationOf is the correlation of k estimates and their standard errors.
func correlationOf(covariance [][]float64, k int) (*mat.SymDense, []float64, error) {
	if k == 0 || len(covariance) != k {
		return nil, nil, fmt.Errorf("%w: %d rows of %d estimates", ErrCovariance, len(covariance), k)
	}
	stdErr := make([]float64, k)
	for i, row := range covariance {
		if len(row) != k {
			return nil, nil, fmt.Errorf("%w: %d columns of %d estimates", ErrCovariance, len(row), k)
		}
		if v := row[i]; !(v > 0) || math.IsInf(v, 0) {
			return nil, nil, fmt.Errorf("%w: the variance at place %d is not above 0", ErrCovariance, i)
		}
		stdErr[i] = math.Sqrt(row[i])
	}
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := range i + 1 {
			a, b := covariance[i][j]/(stdErr[i]*stdErr[j]), covariance[j][i]/(stdErr[i]*stdErr[j])
			if !(math.Abs(a-b) < 1e-8) || math.Abs(a) > 1+1e-8 {
				return nil, nil, fmt.Errorf("%w: at places %d and %d it is not symmetric, or more than the variances allow", ErrCovariance, i, j)
			}
			out.SetSym(i, j, (a+b)/2)
		}
	}
	return out, stdErr, nil
}

// root is a matrix of k rows and Rank columns that times its transpose is the correlation.
func (fit *MaxTFit) root(correlation *mat.SymDense) (*mat.Dense, error) {
	var eigen mat.EigenSym
	if !eigen.Factorize(correlation, true) {
		return nil, fmt.Errorf("%w: it has no decomposition", ErrCovariance)
	}
	values := eigen.Values(nil) // ascending
	most := values[len(values)-1]
	if values[0] < -1e-8*most {
		return nil, fmt.Errorf("%w: some combination of estimates has a variance below 0", ErrCovariance)
	}
	first := 0
	for values[first] < 1e-10*most {
		first++
	}
	fit.Rank, fit.Condition = len(values)-first, most/values[first]
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	root := mat.NewDense(len(values), fit.Rank, nil)
	for i := range values {
		for j := range fit.Rank {
			root.Set(i, j, vectors.At(i, first+j)*math.Sqrt(values[first+j]))
		}
	}
	return root, nil
}

// latticeShifts is how many shifted lattices there are.
const latticeShifts = 16

// draw is, in each direction, the largest of all u; and for each place in the order of the statistics, rising, the chance that one of those up to
// there exceeds the statistic at it.
func (fit *MaxTFit) draw(root *mat.Dense, order []int, statistic []float64) (largest, rest []float64) {
	each := (fit.Options.Directions + latticeShifts - 1) / latticeShifts
	largest, rest = make([]float64, 0, each*latticeShifts), make([]float64, len(order))
	stream, steps := NewStream(fit.Options.Seed), latticeSteps(fit.Rank)
	z, shift := make([]float64, fit.Rank), make([]float64, fit.Rank)
	for range latticeShifts {
		for j := range shift {
			shift[j] = float64(stream.Uint64()>>11) / (1 << 53)
		}
		for n := range each {
			length := 0.0
			for j := range z {
				_, at := math.Modf(float64(n+1)*steps[j] + shift[j])
				z[j] = mathext.NormalQuantile(max(at, 1e-16))
				length += z[j] * z[j]
			}
			length = math.Sqrt(length)
			m := math.Inf(-1)
			for place, i := range order {
				u := floats.Dot(root.RawRowView(i), z) / length
				switch fit.Options.Side {
				case SideBoth:
					u = math.Abs(u)
				case SideLess:
					u = -u
				}
				m = max(m, u)
				if !fit.Options.BandsOnly {
					rest[place] += fit.exceeds(m, statistic[i])
				}
			}
			largest = append(largest, m)
		}
	}
	floats.Scale(1/float64(len(largest)), rest)
	return largest, rest
}

// latticeSteps are the square roots of the first primes: multiples of them lie evenly in every number of dimensions (R.D. Richtmyer, 1951).
func latticeSteps(n int) (steps []float64) {
	for p := 2; len(steps) < n; p++ {
		prime := true
		for d := 2; d*d <= p && prime; d++ {
			prime = p%d > 0
		}
		if prime {
			steps = append(steps, math.Sqrt(float64(p)))
		}
	}
	return steps
}

// exceeds is the chance that R times m exceeds c.
func (fit *MaxTFit) exceeds(m, c float64) float64 {
	switch {
	case c > 0 && m > 0:
		return fit.longer(c / m)
	case c > 0:
		return 0
	case m >= 0:
		return 1
	}
	return 1 - fit.longer(c/m)
}

// beyond is the mean of exceeds over directions.
func (fit *MaxTFit) beyond(largest []float64, c float64) float64 {
	sum := 0.0
	for _, m := range largest {
		sum += fit.exceeds(m, c)
	}
	return min(1, sum/float64(len(largest)))
}

// longer is the chance that R exceeds r: R² is chi-square with Rank degrees of freedom, and with DF it is Rank times F.
func (fit *MaxTFit) longer(r float64) float64 {
	half := float64(fit.Rank) / 2
	if fit.Options.DF == 0 {
		return mathext.GammaIncRegComp(half, r*r/2)
	}
	return mathext.RegIncBeta(fit.Options.DF/2, half, fit.Options.DF/(fit.Options.DF+r*r))
}

// critical finds the value that the largest of k exceeds as rarely as the confidence says: near it by one of the lattices, then by all of them, each step of which
// looks at every direction once.
func (fit *MaxTFit) critical(largest []float64, k int) {
	c := fit.between(largest[:len(largest)/latticeShifts], k, 1e-6)
	at := fit.tail(largest, c)
	for range 20 {
		step := at.halley()
		if !(at.slope < 0) || !(c*(c+step) > 0) { // past 0 the chance is another function
			break
		}
		if c += step; math.Abs(step) < 1e-4 { // what is left is of the third power of a step
			fit.settle(c, at)
			return
		}
		at = fit.tail(largest, c)
	}
	c = fit.between(largest, k, 1e-10)
	fit.settle(c, fit.tail(largest, c))
}

// settle takes a critical value, with what was found at it or beside it.
func (fit *MaxTFit) settle(c float64, at maxTTail) {
	fit.Critical, fit.CriticalErr = c, stat.StdDev(at.parts, nil)/math.Sqrt(latticeShifts)/math.Abs(at.slope)
}

// between finds it between that of one test and Bonferroni's, and a little further, for the ends themselves are met up to the error of the draw.
func (fit *MaxTFit) between(largest []float64, k int, near float64) float64 {
	rare := 1 - fit.Options.Confidence
	each := rare
	if fit.Options.Side == SideBoth {
		each /= 2
	}
	over := func(c float64) float64 { return fit.beyond(largest, c) - rare }
	low, high := fit.quantile(1-each), fit.quantile(1-each/float64(k))
	low, high = low-0.05*math.Abs(low)-0.01, high+0.05*math.Abs(high)+0.01
	fLow, fHigh := over(low), over(high)
	for last := 0; high-low > near*(1+math.Abs(high)); { // false position; an end that stays twice counts half (Illinois)
		c := (low*fHigh - high*fLow) / (fHigh - fLow)
		f := over(c)
		switch {
		case math.Abs(f) < near*1e-3:
			low, high = c, c
		case f > 0:
			low, fLow = c, f
			if last > 0 {
				fHigh /= 2
			}
			last = 1
		default:
			high, fHigh = c, f
			if last < 0 {
				fLow /= 2
			}
			last = -1
		}
	}
	return (low + high) / 2
}

// maxTTail is the chance that the largest exceeds a value, less what is wanted, how it changes with the value, and how that does; the chance by part of the draw too.
type maxTTail struct {
	over, slope, bend float64
	parts             []float64
}

// tail is that of a value.
func (fit *MaxTFit) tail(largest []float64, c float64) maxTTail {
	t := maxTTail{parts: make([]float64, latticeShifts)}
	size := len(largest) / latticeShifts
	p, df := float64(fit.Rank), fit.Options.DF
	constant := math.Ln2 - fit.logConstant()
	var last, chance, density, change float64 // of the direction before: when there is one estimate all are equal
	for n, m := range largest {
		if m != last || n == 0 {
			last, chance, density, change = m, fit.exceeds(m, c), 0, 0
			if r := c / m; r > 0 && !math.IsInf(r, 1) {
				if df == 0 {
					density = math.Exp(constant+(p-1)*math.Log(r)-r*r/2) / math.Abs(m)
					change = density * ((p-1)/r - r) / m
				} else {
					density = math.Exp(constant+(p-1)*math.Log(r)-(p+df)/2*math.Log1p(r*r/df)) / math.Abs(m)
					change = density * ((p-1)/r - (p+df)*r/(df+r*r)) / m
				}
			}
		}
		t.parts[n/size] += chance / float64(size)
		t.slope -= density
		t.bend -= change
	}
	n := float64(len(largest))
	t.over, t.slope, t.bend = stat.Mean(t.parts, nil)-(1-fit.Options.Confidence), t.slope/n, t.bend/n
	return t
}

// logConstant is the logarithm of half of what the density of R is divided by: that of chi, or with DF that of the root of Rank times F.
func (fit *MaxTFit) logConstant() float64 {
	half := float64(fit.Rank) / 2
	gamma, _ := math.Lgamma(half)
	if fit.Options.DF == 0 {
		return gamma + half*math.Ln2
	}
	b, _ := math.Lgamma(fit.Options.DF / 2)
	both, _ := math.Lgamma(fit.Options.DF/2 + half)
	return gamma + b - both + half*math.Log(fit.Options.DF)
}

// halley is how far it is to where over is 0, by its slope and bend (E. Halley, 1694).
func (t maxTTail) halley() float64 {
	return -2 * t.over * t.slope / (2*t.slope*t.slope - t.over*t.bend)
}

func (fit *MaxTFit) quantile(p float64) float64 {
	if fit.Options.DF == 0 {
		return distuv.UnitNormal.Quantile(p)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: fit.Options.DF}.Quantile(p)
}
