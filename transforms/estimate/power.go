package estimate

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
)

// Arms is a comparison of two groups that is yet to be made: how large they are, how far the outcome spreads within a group, and how it goes along with
// what it was before.
type Arms struct {
	Treated, Controls int
	SD                float64 // standard deviation of the outcome within a group, in the unit of the outcome
	Rho               float64 // correlation of the outcome with that before, -1 to 1; 0 without one to adjust for
	Covariates        int     // that are adjusted for, each with its product with treated (Lin)
}

// SE is the standard error that the comparison will have: SD sqrt((1-rho²) (1/treated + 1/controls)). Adjusting for the outcome before does with 1-rho² of
// the households (Borm, Fransen and Lemmens, A simple sample size formula for analysis of covariance in randomized clinical trials, Journal of Clinical
// Epidemiology 60, 2007, p. 1234-1238). It is +Inf without households in a group.
func (a Arms) SE() float64 {
	if a.Treated < 1 || a.Controls < 1 {
		return math.Inf(1)
	}
	return a.SD * math.Sqrt((1-a.Rho*a.Rho)*(1/float64(a.Treated)+1/float64(a.Controls)))
}

// DF are the degrees of freedom that are left: households less two means and two coefficients a covariate. It can be below 1, and then nothing can be said.
func (a Arms) DF() float64 { return float64(a.Treated + a.Controls - 2 - 2*a.Covariates) }

// Detectable is the smallest effect that the comparison shows four times out of five in a two-sided test at 5%, in the unit of SD: (t.975 + t.80) SE, as in
// the function Detectable. +Inf where nothing can be said.
func (a Arms) Detectable() float64 { return DetectableSE(a.SE(), a.DF()) }

// Power is the chance that the comparison shows an effect, which is in the unit of SD (Power).
func (a Arms) Power(effect float64) float64 { return Power(effect, a.SE(), a.DF()) }

// DetectableSE is (t.975 + t.80) se with df degrees of freedom: the smallest effect that is shown four times out of five in a two-sided test at 5%, in the
// unit of se (Bloom, Minimum Detectable Effects, 1995). +Inf below one degree of freedom.
func DetectableSE(se, df float64) float64 {
	if df < 1 {
		return math.Inf(1)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}
	return (t.Quantile(0.975) + t.Quantile(0.80)) * se
}

// Power is the chance, 0 to 1, that the 95% interval of an estimate lies wholly on the side of zero where the effect is: 1 - F(t.975; df, |effect|/se), with F the
// noncentral t. It is what power.t.test of R gives without strict; effect and se are in one unit. Without an effect it is half the 5%. 0 where nothing can be said:
// below one degree of freedom, or without a finite se above 0.
func Power(effect, se, df float64) float64 {
	if df < 1 || !(se > 0) || math.IsInf(se, 1) || math.IsNaN(effect) {
		return 0
	}
	critical := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(0.975)
	return 1 - noncentralT(critical, df, math.Abs(effect)/se)
}

// noncentralT is the distribution function at x of (Z + delta) / S, where S² is chi squared with df degrees of freedom over df: the mean of the normal
// distribution function at x S - delta over S, by Gauss-Legendre.
func noncentralT(x, df, delta float64) float64 {
	square := distuv.ChiSquared{K: df}
	density := func(s float64) float64 {
		if s <= 0 {
			return 0
		}
		return math.Exp(math.Log(2*df*s) + square.LogProb(df*s*s))
	}
	spread := 1 / math.Sqrt(2*df) // about the standard deviation of S
	low, high := math.Max(0, 1-12*spread), 1+12*spread
	return quad.Fixed(func(s float64) float64 { return distuv.UnitNormal.CDF(x*s-delta) * density(s) }, low, high, 400, nil, 0)
}

// NeededArms is the smallest number of treated households at which Detectable of the arms that a number gives is at most effect; ok is false, and n 0, when
// that is more than most, or effect is not above 0. Detectable has to fall with the number.
func NeededArms(effect float64, most int, arms func(treated int) Arms) (n int, ok bool) {
	if !(effect > 0) || arms(most).Detectable() > effect {
		return 0, false
	}
	return fewest(0, most, func(n int) bool { return arms(n).Detectable() <= effect }), true
}
