package estimate

import (
	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Poisson is the exact (Garwood) interval, two-sided at the confidence given (0,95), of the mean of a Poisson count of which k was seen:
// every mean at which neither so few nor so many are too rare. k is 0 or more.
//
// Source: F. Garwood, Biometrika 28 (1936), by the quantiles of the gamma distribution.
func Poisson(k int, confidence float64) (low, high float64) {
	half := (1 - confidence) / 2
	if k > 0 {
		low = distuv.Gamma{Alpha: float64(k), Beta: 1}.Quantile(half)
	}
	return low, distuv.Gamma{Alpha: float64(k) + 1, Beta: 1}.Quantile(1 - half)
}

// PoissonAtLeast is the chance of k or more where mean is expected, mean above 0.
func PoissonAtLeast(k int, mean float64) float64 {
	if k <= 0 {
		return 1
	}
	return mathext.GammaIncReg(float64(k), mean)
}

// SignTest is the exact two-sided chance, were either side as likely, of a split as uneven as k of n or more. n is 1 or more.
//
// Source: W.J. Dixon and A.M. Mood, Journal of the American Statistical Association 41 (1946).
func SignTest(k, n int) float64 {
	k = min(k, n-k)
	return min(1, 2*mathext.RegIncBeta(float64(n-k), float64(k+1), 0.5))
}
