package estimate

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// ErrSeparation is an outcome that a line in the covariates tells apart: the likelihood has no greatest value, and a coefficient no estimate.
var ErrSeparation = errors.New("the covariates separate the outcomes")

// ErrNotConverged is an iteration that did not come to rest.
var ErrNotConverged = errors.New("not converged")

// SeparationError says along which line the outcomes of an ErrSeparation come apart.
type SeparationError struct {
	Complete  bool      // every unit lies on its own side; else some lie on the line itself
	Direction []float64 // coefficients of the line, constant first, the largest effect on a unit 1: y is true above 0, false below
	Beyond    int       // units that do not lie on the line
}

func (e *SeparationError) Error() string {
	kind := "in part"
	if e.Complete {
		kind = "completely"
	}
	return fmt.Sprintf("%v %s: %d units off the line %.3g", ErrSeparation, kind, e.Beyond, e.Direction)
}

// Unwrap makes it an ErrSeparation.
func (e *SeparationError) Unwrap() error { return ErrSeparation }

// LogitFit is a fitted logistic regression. Coefficients are log odds, the constant's first.
type LogitFit struct {
	Coef       []float64
	SE         []float64     // roots of the diagonal of Cov
	Cov        *mat.SymDense // inverse of the information at Coef
	LogLik     float64       // weighted
	NullLogLik float64       // of the constant alone
	Fitted     []float64     // probability of true, one a unit; also of units with weight 0
	Linear     []float64     // its logit
	N          int           // units with a weight above 0
	Iterations int
	Condition  float64 // of the weighted matrix at Coef, columns scaled to length 1: largest over smallest singular value
}

const (
	logitIterations = 100
	logitDecrement  = 1e-12 // squared length of a step in standard errors, one step before the last: the last is of the order of its square
	logitSide       = 1e-6  // of the largest effect: what lies nearer than that lies on the line
	logitClear      = 1e-4  // what lies further than that does not; between the two it shows in later steps
	logitPatience   = 25    // steps after which it is not waited for
)

// Logit fits P(y) = 1/(1+exp(-b0-x b)) by maximum likelihood: Newton's steps, each a weighted regression solved by QR, halved where the
// likelihood would fall (McCullagh and Nelder, Generalized Linear Models, 1989, section 2.5). Weights (nil: all 1) count a unit as so many;
// one with weight 0 takes no part.
//
// The estimate exists when no line separates the outcomes, wholly or in part (Albert and Anderson, Biometrika 71, 1984, 1). A step that
// puts every unit on its own side, or on the line, is such a line, and is returned as a SeparationError; one outcome only is the simplest.
// Units within a millionth of the largest effect count as on the line. A CollinearError names a covariate without information of its own;
// ErrInput is a bad column, ErrTooFew fewer units than coefficients.
func Logit(x [][]float64, y []bool, weights []float64) (*LogitFit, error) {
	n := len(y)
	if err := checkSample(n, weights, x...); err != nil {
		return nil, err
	}
	used := weighed(n, weights)
	// a covariate without information of its own is found before the steps, in which a probability near 0 or 1 could look like one
	if _, err := factor(weightedRows(x, true, weights, used), make([]float64, len(used))); err != nil {
		return nil, err
	}
	l := logit{x: x, y: y, weights: weights, used: used}
	coef := make([]float64, 1+len(x))
	eta := make([]float64, n)
	logLik, last := l.logLik(eta), false
	for it := 1; it <= logitIterations; it++ {
		f, err := l.step(eta)
		if err != nil {
			return nil, fmt.Errorf("%w: step %d of the logit: %w", ErrNotConverged, it, err)
		}
		delta := f.solution
		if last {
			fit := &LogitFit{Coef: coef, Cov: f.inverseCross(), LogLik: logLik, NullLogLik: l.null(), Linear: eta, N: len(used), Iterations: it, Condition: f.condition}
			fit.SE = roots(fit.Cov)
			for _, v := range eta {
				fit.Fitted = append(fit.Fitted, logistic(v))
			}
			return fit, nil
		}
		move := linear(x, true, delta, n)
		if last = l.decrement(eta, move) <= logitDecrement; !last {
			if err := l.separation(delta, move, it); err != nil {
				return nil, err
			}
		}
		coef, eta, logLik, err = l.advance(coef, delta, logLik)
		if err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: logit after %d steps", ErrNotConverged, logitIterations)
}

// logit is what the steps of a fit share.
type logit struct {
	x       [][]float64
	y       []bool
	weights []float64
	used    []int
}

func logistic(v float64) float64 {
	if v < 0 {
		e := math.Exp(v)
		return e / (1 + e)
	}
	return 1 / (1 + math.Exp(-v))
}

// side is 1 for true and -1 for false.
func (l logit) side(i int) float64 {
	if l.y[i] {
		return 1
	}
	return -1
}

func (l logit) logLik(eta []float64) float64 {
	sum := 0.0
	for _, i := range l.used {
		v := -l.side(i) * eta[i] // log(1 + e^v), without overflow
		sum -= weightOf(l.weights, i) * (math.Max(v, 0) + math.Log1p(math.Exp(-math.Abs(v))))
	}
	return sum
}

// null is the likelihood of the constant alone, as log of its greatest value.
func (l logit) null() float64 {
	var yes, all float64
	for _, i := range l.used {
		all += weightOf(l.weights, i)
		if l.y[i] {
			yes += weightOf(l.weights, i)
		}
	}
	return yes*math.Log(yes/all) + (all-yes)*math.Log((all-yes)/all)
}

// step is the weighted regression whose solution is Newton's step: rows times the root of the information of their unit, and the residual
// over it.
func (l logit) step(eta []float64) (*factored, error) {
	info, z := make([]float64, len(eta)), make([]float64, len(l.used))
	for r, i := range l.used {
		// y - p is side times the probability of the other side, without cancellation
		p, miss := logistic(eta[i]), logistic(-l.side(i)*eta[i])
		spread := p * logistic(-eta[i])
		info[i] = weightOf(l.weights, i) * spread
		z[r] = math.Sqrt(weightOf(l.weights, i)) * l.side(i) * miss / math.Sqrt(spread)
	}
	return factor(weightedRows(l.x, true, info, l.used), z)
}

// decrement is the squared length of a step in the metric of the information, twice what the likelihood may still gain, with weights below
// 1 on average raised to that.
func (l logit) decrement(eta, move []float64) float64 {
	var sum, all float64
	for _, i := range l.used {
		w := weightOf(l.weights, i)
		all += w
		sum += w * logistic(eta[i]) * logistic(-eta[i]) * move[i] * move[i]
	}
	return sum * math.Max(1, float64(len(l.used))/all)
}

// separation is a SeparationError when along this step, the it-th, no unit goes to the other side, and some go to their own. What the steps leave
// on the line comes ever nearer to it.
func (l logit) separation(delta, move []float64, it int) error {
	largest := 0.0
	for _, i := range l.used {
		largest = math.Max(largest, math.Abs(move[i]))
	}
	beyond := 0
	for _, i := range l.used {
		to := l.side(i) * move[i]
		if to < -logitSide*largest {
			return nil
		}
		if to > logitSide*largest {
			if to < logitClear*largest && it < logitPatience {
				return nil
			}
			beyond++
		}
	}
	e := &SeparationError{Complete: beyond == len(l.used), Beyond: beyond}
	for _, d := range delta {
		e.Direction = append(e.Direction, d/largest)
	}
	return e
}

// advance goes along the step, half as far while the likelihood would fall by more than rounding.
func (l logit) advance(coef, delta []float64, logLik float64) (next, eta []float64, at float64, err error) {
	for half := 1.0; half > 1e-6; half /= 2 {
		next = make([]float64, len(coef))
		for j := range coef {
			next[j] = coef[j] + half*delta[j]
		}
		eta = linear(l.x, true, next, len(l.y))
		if at = l.logLik(eta); at >= logLik-1e-12*(1+math.Abs(logLik)) {
			return next, eta, at, nil
		}
	}
	return nil, nil, 0, fmt.Errorf("%w: no step raises the likelihood of the logit", ErrNotConverged)
}
