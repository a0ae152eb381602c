package effect

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

// mostFitted is how many candidates a propensity is fitted on, chosen by hash: which of them they are moves only the constant of a logit, by the share that
// was chosen (R. Prentice and
// R. Pyke, Biometrika 66, 1979).
const mostFitted = 50_000

// Scores are the logits of the propensity: one per stand, of a group of plans. It is the chance that a plan of the group is reported in the month.
type Scores struct {
	Logit     []float64
	Fitted    bool    // else all are 0, and there is no window on them
	Reason    string  // why not, in Dutch
	Condition float64 // of the fit
	Treated   int
}

// Propensity fits, over all months together, the chance that a household's plan of this group is reported in a month in which it could be: a hazard in
// discrete time, given what was known on the first day of it (B. Lu, Biometrics 61, 2005, matching with time-dependent covariates). treated says which
// stands are the group's. Of covariates that determine each other the first stays. Without enough treated households, or when a line separates
// them from the rest, there are no scores.
func Propensity(stands []Stand, treated []bool, seed string) (*Scores, error) {
	s := &Scores{Logit: make([]float64, len(stands))}
	var at, rest []int
	for i := range stands {
		switch {
		case !stands[i].Known1:
		case treated[i]:
			at = append(at, i)
		case stands[i].Candidate:
			rest = append(rest, i)
		}
	}
	s.Treated = len(at)
	if len(at) == 0 || len(rest) == 0 {
		return nil, fmt.Errorf("%w: %d treated and %d candidates", ErrNobody, len(at), len(rest))
	}
	candidates := len(rest)
	if len(rest) > mostFitted {
		byHash(stands, rest, seedOf(seed+":neiging"))
		rest = rest[:mostFitted]
		slices.Sort(rest)
	}
	at = append(at, rest...)
	y := make([]bool, len(at))
	for k, i := range at {
		y[k] = treated[i]
	}
	var kept []int // covariates
	var x [][]float64
	for j := range covariates {
		column := make([]float64, len(at))
		for n, i := range at {
			column[n] = stands[i].covariate(j, true)
		}
		if slices.ContainsFunc(column, func(v float64) bool { return v != column[0] }) {
			kept, x = append(kept, j), append(x, column)
		}
	}
	for {
		fit, err := estimate.Logit(x, y, nil)
		var collinear *estimate.CollinearError
		if errors.As(err, &collinear) && collinear.Column > 0 {
			kept, x = slices.Delete(kept, collinear.Column-1, collinear.Column), slices.Delete(x, collinear.Column-1, collinear.Column)
			continue
		}
		if err != nil {
			s.Reason = "de kans op maatwerk is niet te schatten: " + inDutch(err)
			return s, nil
		}
		s.Fitted, s.Condition = true, fit.Condition
		for i := range stands {
			if !stands[i].Known1 {
				continue
			}
			v := fit.Coef[0] - math.Log(float64(candidates)/float64(len(rest)))
			for k, j := range kept {
				v += fit.Coef[k+1] * stands[i].covariate(j, true)
			}
			s.Logit[i] = v
		}
		return s, nil
	}
}

// inDutch says why an estimator refused, for who reads a mart.
func inDutch(err error) string {
	for _, c := range []struct {
		is   error
		says string
	}{
		{estimate.ErrSeparation, "de kenmerken scheiden behandelde huishoudens geheel van de rest"},
		{estimate.ErrNotConverged, "de schatting komt niet tot rust"},
		{estimate.ErrTooFew, "te weinig huishoudens"},
		{estimate.ErrFewClusters, "te weinig sets"},
		{estimate.ErrCollinear, "kenmerken die elkaar bepalen"},
		{estimate.ErrPositivity, "voor een deel is geen vergelijkbaar huishouden"},
		{estimate.ErrNoOverlap, "geen vergelijkbare huishoudens"},
		{estimate.ErrOneArm, "een van de groepen is leeg"},
		{estimate.ErrLeverage, "één set bepaalt de schatting"},
		{estimate.ErrRandomiseStratum, "een loting met te weinig huishoudens"},
		{estimate.ErrRandomiseSpread, "alle uitkomsten zijn gelijk"},
		{estimate.ErrCovariance, "zonder spreiding"},
		{ErrNobody, "geen behandelde of geen vergelijkbare huishoudens"},
	} {
		if errors.Is(err, c.is) {
			return c.says
		}
	}
	return cmp.Or(err.Error(), "onbekend")
}
