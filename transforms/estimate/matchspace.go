package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// worstCondition is above what a covariance counts as singular.
const worstCondition = 1e12

// place turns the covariates into rows between which the plain squared distance is the Mahalanobis distance: with C = L L' the
// covariance, the rows are inv(L) x, so that no inverse is made. A column is read at a time.
func (s *matchSpace) place() error {
	p := len(s.in.X)
	columns := make([][]float64, p)
	for j, x := range s.in.X {
		columns[j] = x
		if s.opt.Distance == RankMahalanobis {
			columns[j] = averageRanks(x)
		}
	}
	chol, err := choleskyOf(columns, s.opt.Distance == RankMahalanobis)
	if err != nil {
		return err
	}
	s.p, s.condition = p, chol.Cond()
	var lower mat.TriDense
	chol.LTo(&lower)
	rows := func(units []int) []float64 {
		out := make([]float64, len(units)*p)
		for at, i := range units {
			row := out[at*p:][:p]
			for j := range p {
				v := columns[j][i]
				for k := range j {
					v -= lower.At(j, k) * row[k]
				}
				row[j] = v / lower.At(j, j)
			}
		}
		return out
	}
	s.rows, s.own = rows(s.candidates), rows(s.treated)
	return nil
}

// choleskyOf decomposes the covariance of the columns; untied rescales it so that every variance is that of the ranks 1..n without
// ties, n (n+1) / 12.
func choleskyOf(columns [][]float64, untied bool) (*mat.Cholesky, error) {
	p, n := len(columns), float64(len(columns[0]))
	c := mat.NewSymDense(p, nil)
	scale := make([]float64, p)
	for j, a := range columns {
		v := stat.Variance(a, nil)
		if v == 0 {
			return nil, fmt.Errorf("%w: covariate %d is constant", ErrMatchSingular, j)
		}
		scale[j] = 1
		if untied {
			scale[j] = math.Sqrt(n * (n + 1) / 12 / v)
		}
		for k, b := range columns[:j+1] {
			c.SetSym(j, k, stat.Covariance(a, b, nil)*scale[j]*scale[k])
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(c) || chol.Cond() > worstCondition {
		return nil, fmt.Errorf("%w: a covariate of the %d follows from the others", ErrMatchSingular, p)
	}
	return &chol, nil
}

// averageRanks are the ranks of values, from 1, in their order; equal values have the mean of the ranks that they take up.
func averageRanks(values []float64) []float64 {
	order := make([]int32, len(values))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}
