package estimate

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// What measures of inequality refuse.
var (
	// ErrNoAmounts is that there is nothing to divide: no amounts, an amount that is no number, or a total that is not above 0.
	ErrNoAmounts = errors.New("no amounts to divide")
	// ErrNegative is an amount below 0 where that has no meaning.
	ErrNegative = errors.New("amounts below 0")
	// ErrNotPositive is an amount of 0 or less where its logarithm or a negative power is needed.
	ErrNotPositive = errors.New("amounts that are not above 0")
	// ErrAversion is an aversion to inequality that is not above 0.
	ErrAversion = errors.New("aversion to inequality not above 0")
	// ErrPart is a part of the units outside (0, 1].
	ErrPart = errors.New("part outside (0, 1]")
)

// GiniOptions say what the coefficient is of. Zero values are the defaults.
type GiniOptions struct {
	NegativeAsZero bool // count amounts below 0 as 0, as the table concentratie does; otherwise they are refused
	SmallSample    bool // n/(n-1) times the coefficient: 1 when one of a few has all; otherwise it is at most (n-1)/n
}

// GiniFit is a Gini coefficient, from 0, all have the same, to 1, one has all.
type GiniFit struct {
	Gini           float64
	N              int
	Zero, Negative int // amounts of 0, and amounts below 0 that count as 0
	Options        GiniOptions
}

// Gini is the coefficient Σ (2i-n-1) x_i / (n Σ x_i), x ascending: half the mean difference of two amounts over their mean, of two drawn with replacement; without
// replacement with SmallSample. Amounts are in any unit. Errors: ErrNoAmounts, ErrNegative; a single amount has no coefficient with SmallSample.
//
// Source: C. Gini, Variabilità e mutabilità, 1912; P.M. Dixon and others, Ecology 68 (1987), for small samples.
func Gini(amounts []float64, opt GiniOptions) (*GiniFit, error) {
	fit := &GiniFit{N: len(amounts), Options: opt}
	x := slices.Clone(amounts)
	for i, v := range x {
		if v < 0 {
			fit.Negative++
			x[i] = 0
		} else if v == 0 {
			fit.Zero++
		}
	}
	if fit.Negative > 0 && !opt.NegativeAsZero {
		return nil, fmt.Errorf("%w: %d of %d", ErrNegative, fit.Negative, fit.N)
	}
	total, err := totalOf(x)
	if err != nil {
		return nil, err
	}
	slices.Sort(x)
	n := float64(fit.N)
	for i, v := range x {
		fit.Gini += (2*float64(i+1) - n - 1) * v
	}
	fit.Gini /= n * total
	if opt.SmallSample {
		if fit.N == 1 {
			return nil, fmt.Errorf("%w: one amount, of which there is no small-sample coefficient", ErrNoAmounts)
		}
		fit.Gini *= n / (n - 1)
	}
	return fit, nil
}

// TopShare is what the units with the highest amounts have together.
type TopShare struct {
	Part   float64 // so large a part of the units, above 0, at most 1
	Units  int     // so many: rounded up
	Lowest float64 // the lowest amount among them
	Share  float64 // of the total; above 1 when the others are below 0 together
}

// TopShares is the share of the total that the highest have: of each part, the first ceil(part n) units. Amounts below 0 count as they are, in the total too, as
// in the table concentratie. Errors: ErrNoAmounts, ErrPart.
func TopShares(amounts, parts []float64) ([]TopShare, error) {
	total, err := totalOf(amounts)
	if err != nil {
		return nil, err
	}
	x := slices.Clone(amounts)
	slices.Sort(x)
	slices.Reverse(x)
	var out []TopShare
	for _, part := range parts {
		if !(part > 0 && part <= 1) {
			return nil, fmt.Errorf("%w: %v", ErrPart, part)
		}
		exact := part * float64(len(x))
		units := int(math.Ceil(exact - 1e-9*exact)) // 7% of 100 is 7, though not in floating point
		out = append(out, TopShare{part, units, x[units-1], floats.Sum(x[:units]) / total})
	}
	return out, nil
}

// TheilT is Theil's first index, the mean of (x/μ) ln(x/μ), μ the mean: from 0 to ln n. An amount of 0 adds nothing. Errors: ErrNoAmounts, ErrNegative.
//
// Source: H. Theil, Economics and Information Theory, 1967, chapter 4.
func TheilT(amounts []float64) (float64, error) {
	if err := atLeastZero(amounts); err != nil {
		return 0, err
	}
	total, err := totalOf(amounts)
	if err != nil {
		return 0, err
	}
	mean, sum := total/float64(len(amounts)), 0.0
	for _, v := range amounts {
		if v > 0 {
			sum += v / mean * math.Log(v/mean)
		}
	}
	return max(0, sum/float64(len(amounts))), nil
}

// TheilL is Theil's second index, the mean logarithmic deviation: the mean of ln(μ/x), from 0 without end. Errors: ErrNoAmounts, ErrNotPositive.
//
// Source: H. Theil, Economics and Information Theory, 1967, chapter 4.
func TheilL(amounts []float64) (float64, error) {
	if err := aboveZero(amounts); err != nil {
		return 0, err
	}
	total, err := totalOf(amounts)
	if err != nil {
		return 0, err
	}
	mean, sum := total/float64(len(amounts)), 0.0
	for _, v := range amounts {
		sum += math.Log(mean / v)
	}
	return max(0, sum/float64(len(amounts))), nil
}

// Atkinson is the part of the total that could be given up for the rest to be worth as much if all had the same: 1 minus the equally distributed
// equivalent over the mean, from 0 to 1. aversion, ε, is above 0: how much a euro counts less for who has more. Up to 1 amounts may be 0; from 1 on
// one amount of 0 would make it 1 whatever the others have. Errors: ErrNoAmounts, ErrAversion, ErrNegative, ErrNotPositive.
//
// Source: A.B. Atkinson, Journal of Economic Theory 2 (1970).
func Atkinson(amounts []float64, aversion float64) (float64, error) {
	if !(aversion > 0) || math.IsInf(aversion, 1) {
		return 0, fmt.Errorf("%w: %v", ErrAversion, aversion)
	}
	check := aboveZero
	if aversion < 1 {
		check = atLeastZero
	}
	if err := check(amounts); err != nil {
		return 0, err
	}
	total, err := totalOf(amounts)
	if err != nil {
		return 0, err
	}
	n := float64(len(amounts))
	logs := make([]float64, len(amounts))
	for i, v := range amounts {
		logs[i] = math.Log(v / (total / n))
	}
	if aversion == 1 {
		return max(0, 1-math.Exp(floats.Sum(logs)/n)), nil
	}
	floats.Scale(1-aversion, logs) // by logarithms: powers of small amounts go beyond what a number holds
	return max(0, 1-math.Exp((floats.LogSumExp(logs)-math.Log(n))/(1-aversion))), nil
}

// totalOf is the sum, above 0.
func totalOf(amounts []float64) (float64, error) {
	total := floats.Sum(amounts)
	switch {
	case len(amounts) == 0:
		return 0, fmt.Errorf("%w: there are none", ErrNoAmounts)
	case math.IsNaN(total) || math.IsInf(total, 0):
		return 0, fmt.Errorf("%w: an amount is no number", ErrNoAmounts)
	case total <= 0:
		return 0, fmt.Errorf("%w: the total of %d is not above 0", ErrNoAmounts, len(amounts))
	}
	return total, nil
}

func atLeastZero(amounts []float64) error {
	n := 0
	for _, v := range amounts {
		if v < 0 {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%w: %d of %d", ErrNegative, n, len(amounts))
	}
	return nil
}

func aboveZero(amounts []float64) error {
	n := 0
	for _, v := range amounts {
		if v <= 0 {
			n++
		}
	}
	if n > 0 {
		return fmt.Errorf("%w: %d of %d", ErrNotPositive, n, len(amounts))
	}
	return nil
}
