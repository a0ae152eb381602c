package effect

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"stapel/transforms/estimate"
)

// Form is what is held equal between a household and its controls.
type Form string

// Changes is difference-in-differences: without maatwerk the treated would have changed as their controls did, however they differed before. Lagged is
// adjusted for cost before: without maatwerk those with equal cost before would have had equal cost after. Where treatment follows a peak the first
// takes the fall after it for an effect, where it follows what lasts the second does, so that between them they bracket the effect (J. Angrist and
// J.-S. Pischke, Mostly Harmless Econometrics, 2009, section 5.4; P. Ding and F. Li, Political Analysis 27, 2019).
const (
	Changes Form = "verschil"
	Lagged  Form = "gelijke_kosten"
)

// Fit is an effect, with the interval of a t.
type Fit struct {
	Estimate, SE, Low, High, P float64
	DF                         float64
	N                          int // sets
	Condition                  float64
}

// fitSets estimates by a form, from what sets changed and the differences before; HC2, with sets less coefficients degrees of freedom, which without
// lags is sd / sqrt(S) and S-1. It is estimate.DID on sets; a lag that another determines is left out.
func fitSets(change []float64, lags [][]float64, form Form) (Fit, error) {
	if len(change) < 2 {
		return Fit{}, fmt.Errorf("%w: %d sets", estimate.ErrTooFew, len(change))
	}
	var x [][]float64
	if form == Lagged {
		x = lags
	}
	for {
		ols, err := estimate.OLS(x, change, nil)
		var collinear *estimate.CollinearError
		if errors.As(err, &collinear) && len(x) > 0 {
			x = x[:len(x)-1]
			continue
		}
		if err != nil {
			return Fit{}, err
		}
		cov, err := ols.Covariance(estimate.HC2)
		if err != nil {
			return Fit{}, err
		}
		f := Fit{Estimate: ols.Coef[0], SE: cov.SE[0], DF: cov.DF, N: len(change), Condition: ols.Condition}
		largest := 0.0
		for _, v := range change {
			largest = max(largest, math.Abs(v))
		}
		if f.SE < noSpread*largest {
			f.SE = 0 // equal changes, but for rounding
		}
		f.interval()
		return f, nil
	}
}

// noSpread is a standard error, as a share of the largest change, that is only rounding.
const noSpread = 1e-12

// interval fills Low, High and P from a t; without spread there is no interval, and it is the estimate itself.
func (f *Fit) interval() {
	f.Low, f.High, f.P = f.Estimate, f.Estimate, 1
	if !(f.SE > 0) || !(f.DF > 0) {
		return
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: f.DF}
	half := t.Quantile(0.975) * f.SE
	f.Low, f.High = f.Estimate-half, f.Estimate+half
	f.P = 2 * t.Survival(math.Abs(f.Estimate)/f.SE)
}

// estimateSets is fitSets of amounts.
func estimateSets(list []Amounts, form Form) (Fit, error) {
	return fitSets(changesOf(list), lagsOf(list), form)
}

// Headline is the figure that decides for an origin.
type Headline struct {
	Fit
	Form     Form        // of the figure; of the bracket the one that shows least
	Both     [2]Fit      // Changes, Lagged
	HasBoth  bool        // both could be estimated
	Amounts  []Amounts   // of the sets
	lags     [][]float64 // of these
	Bracket  bool
	Without  map[string]int // sets without amounts
	Reason   string         // why there is no figure
	Possible bool
}

// headlineOf estimates an origin: from data the lagged form alone; from the field, and where the origin is not known, the bracket, of which the
// estimate is the one that shows least and the interval spans both.
func headlineOf(list []Amounts, without map[string]int, origin string) Headline {
	h := Headline{Amounts: list, Without: without, Form: Lagged, Bracket: origin != FromData}
	if len(list) == 0 {
		h.Reason = "geen sets met bedragen"
		return h
	}
	h.lags = lagsOf(list)
	var errs [2]error
	for k, form := range []Form{Changes, Lagged} {
		h.Both[k], errs[k] = estimateSets(list, form)
	}
	if err := errors.Join(errs[0], errs[1]); err != nil {
		h.Reason = inDutch(err)
		return h
	}
	h.HasBoth, h.Possible = true, true
	h.Fit = h.Both[1]
	if h.Bracket {
		if h.Both[0].Estimate > h.Both[1].Estimate {
			h.Fit, h.Form = h.Both[0], Changes
		}
		h.Low, h.High = min(h.Both[0].Low, h.Both[1].Low), max(h.Both[0].High, h.Both[1].High)
		h.P, h.SE = max(h.Both[0].P, h.Both[1].P), max(h.Both[0].SE, h.Both[1].SE)
	}
	return h
}
