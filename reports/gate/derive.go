package gate

import "stapel/config"

// Ratio is a share or a mean, from values that are published: dividing what was rounded tells nothing that the two values do not. ok is
// false where one is hidden, or there is nothing to divide by.
type Ratio struct {
	Num, Den int64
	OK       bool
}

// Share is what part of a whole is, of published counts.
func Share(part, whole PublishedCell) Ratio {
	return Ratio{part.N, whole.N, !part.Hidden && !whole.Hidden && whole.N > 0}
}

// Mean is the eurocents a household of a published cell, of its rounded sum and its rounded count.
func Mean(c PublishedCell) Ratio {
	return Ratio{c.Sum, c.N, !c.Hidden && c.N > 0}
}

// Rounded is the ratio times scale, to the nearest whole number: a share in percent is Rounded(100), a mean in eurocents Rounded(1).
func (r Ratio) Rounded(scale int64) int64 {
	if !r.OK {
		return 0
	}
	n, d := r.Num*scale, r.Den
	if n < 0 {
		return -((-2*n + d) / (2 * d))
	}
	return (2*n + d) / (2 * d)
}

// QuantileAllowed reports whether the quantile at num/den of n households may be shown: enough of them have to lie on either side. The least and the
// greatest value never may.
func QuantileAllowed(rules config.Disclosure, n, num, den int64) bool {
	if num <= 0 || num >= den {
		return false
	}
	below := n * num / den
	return below >= rules.Quantiles.EachSide && n-below >= rules.Quantiles.EachSide
}

// EstimateAllowed reports whether an estimate may be shown that was made of arms of so many units, such as households with maatwerk and those beside them:
// every arm needs the least number of a count that is shown, and largest, the share of all that one unit makes up, may be no more than one contribution
// to a sum may be; nil is not known.
func EstimateAllowed(rules config.Disclosure, largest *float64, arms ...int64) bool {
	for _, n := range arms {
		if n < rules.Counts.Minimum {
			return false
		}
	}
	for _, d := range rules.Sums.Dominance {
		if d.N == 1 && largest != nil && 100**largest > float64(d.Percent) {
			return false
		}
	}
	return len(arms) > 0
}

// PartAllowed reports whether a count may be shown beside that of the whole it is a part of: neither it nor the rest is a small group.
func PartAllowed(rules config.Disclosure, part, whole int64) bool {
	rest := whole - part
	return part >= rules.Counts.Minimum && (rest == 0 || rest >= rules.Counts.Minimum)
}

// Nearest rounds to a multiple of base, half away from zero; base 0 or 1 rounds nothing.
func Nearest(value, base int64) int64 {
	if base <= 1 {
		return value
	}
	if value < 0 {
		return -Nearest(-value, base)
	}
	return (value + base/2) / base * base
}
