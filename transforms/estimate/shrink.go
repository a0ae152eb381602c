package estimate

// Moments are the size, mean and sum of squared deviations from the mean of a group of values.
type Moments struct {
	N    int64
	Mean float64 // in the unit of a value
	SS   float64 // in its square
}

// MomentsOf is of a group of values, zero for none. It takes two passes over them, so that large means do not swallow small deviations.
func MomentsOf(values []float64) Moments {
	m := Moments{N: int64(len(values))}
	if m.N == 0 {
		return m
	}
	for _, v := range values {
		m.Mean += v
	}
	m.Mean /= float64(m.N)
	for _, v := range values {
		m.SS += (v - m.Mean) * (v - m.Mean)
	}
	return m
}

// PooledVariance is the variance within groups, over all of them, in the square of a value's unit: the sum of their squared deviations
// by its degrees of freedom, the mean square within groups of the analysis of variance (Searle, as Shrink); 0 when no group has two
// values.
func PooledVariance(groups []Moments) float64 {
	var n, filled int64
	ss := 0.0
	for _, g := range groups {
		if g.N > 0 {
			n, filled, ss = n+g.N, filled+1, ss+g.SS
		}
	}
	if n == filled {
		return 0
	}
	return ss / float64(n-filled)
}

// Shrink draws the means of the groups of one parent towards the parent's value, by how far they differ more than chance
// would make them: the estimate of a group is w mean + (1-w) parent, with w = t / (t + s/n). parent is a value, within is s, the
// variance of a value within its group (PooledVariance). There is a weight, from 0 to 1, and a value per group, in their order.
//
// t, the variance between groups, is the analysis-of-variance estimator for groups of unequal size, not below 0 (Searle,
// Casella and McCulloch, Variance Components, 1992, chapter 3; the estimate is the credibility premium of Bühlmann and Straub,
// 1970). Where groups do not differ more than chance w is 0, and so it is for an only group, which is its parent; an empty group
// gets the parent's value. Applied level by level it is the hierarchical model of Jewell (1975).
func Shrink(groups []Moments, parent, within float64) (weights, values []float64) {
	weights, values = make([]float64, len(groups)), make([]float64, len(groups))
	var n, squares, sum float64
	filled := 0
	for _, g := range groups {
		if g.N > 0 {
			filled++
			n += float64(g.N)
			squares += float64(g.N) * float64(g.N)
			sum += float64(g.N) * g.Mean
		}
	}
	between := 0.0
	if filled > 1 {
		for _, g := range groups {
			between += float64(g.N) * (g.Mean - sum/n) * (g.Mean - sum/n)
		}
		between = max(0, (between-float64(filled-1)*within)/(n-squares/n))
	}
	for i, g := range groups {
		if g.N > 0 && between > 0 {
			weights[i] = between / (between + within/float64(g.N))
		}
		values[i] = weights[i]*g.Mean + (1-weights[i])*parent
	}
	return weights, values
}
