package effectworlds

import (
	"errors"
	"math/big"
)

// precision is that of the second sum, in bits: no step of it loses a cent.
const precision = 320

func number(v float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(v) }

func times(a, b *big.Float) *big.Float { return new(big.Float).SetPrec(precision).Mul(a, b) }

// leastSquares regresses y on a constant and the columns x, by the normal equations. It gives the coefficients, the constant first, and their standard
// errors of kind HC2 (J. MacKinnon and H. White, Journal of Econometrics 29, 1985): residuals squared over one less the leverage.
func leastSquares(y []float64, x [][]float64) (coef, se []float64, err error) {
	k := len(x) + 1
	if len(y) <= k {
		return nil, nil, errors.New("fewer rows than coefficients")
	}
	rows := make([][]*big.Float, len(y))
	for i := range y {
		rows[i] = []*big.Float{number(1)}
		for _, column := range x {
			rows[i] = append(rows[i], number(column[i]))
		}
	}
	cross := func(weight func(i int) *big.Float) [][]*big.Float {
		m := make([][]*big.Float, k)
		for a := range m {
			for b := range k {
				sum := number(0)
				for i, row := range rows {
					sum.Add(sum, times(times(row[a], row[b]), weight(i)))
				}
				m[a] = append(m[a], sum)
			}
		}
		return m
	}
	inverse, err := invert(cross(func(int) *big.Float { return number(1) }))
	if err != nil {
		return nil, nil, err
	}
	beta := make([]*big.Float, k)
	for a := range beta {
		beta[a] = number(0)
		for b := range k {
			sum := number(0)
			for i, row := range rows {
				sum.Add(sum, times(row[b], number(y[i])))
			}
			beta[a].Add(beta[a], times(inverse[a][b], sum))
		}
	}
	weights := make([]*big.Float, len(rows))
	for i, row := range rows {
		rest, leverage := number(y[i]), number(0)
		for a := range k {
			rest.Sub(rest, times(row[a], beta[a]))
			for b := range k {
				leverage.Add(leverage, times(times(row[a], row[b]), inverse[a][b]))
			}
		}
		weights[i] = new(big.Float).SetPrec(precision).Quo(times(rest, rest), new(big.Float).SetPrec(precision).Sub(number(1), leverage))
	}
	meat := cross(func(i int) *big.Float { return weights[i] })
	for a := range k {
		variance := number(0)
		for b := range k {
			for c := range k {
				variance.Add(variance, times(times(inverse[a][b], meat[b][c]), inverse[c][a]))
			}
		}
		v, _ := beta[a].Float64()
		s, _ := variance.Sqrt(variance).Float64()
		coef, se = append(coef, v), append(se, s)
	}
	return coef, se, nil
}

// invert inverts a matrix by Gauss and Jordan, with the largest pivot.
func invert(m [][]*big.Float) ([][]*big.Float, error) {
	n := len(m)
	for a := range m {
		for b := range n {
			m[a] = append(m[a], number(map[bool]float64{true: 1}[a == b]))
		}
	}
	for p := range n {
		best := p
		for a := p; a < n; a++ {
			if new(big.Float).Abs(m[a][p]).Cmp(new(big.Float).Abs(m[best][p])) > 0 {
				best = a
			}
		}
		if m[p], m[best] = m[best], m[p]; m[p][p].Sign() == 0 {
			return nil, errors.New("a column follows from the others")
		}
		pivot := new(big.Float).SetPrec(precision).Set(m[p][p])
		for b := range m[p] {
			m[p][b].Quo(m[p][b], pivot)
		}
		for a := range m {
			if a == p {
				continue
			}
			factor := new(big.Float).SetPrec(precision).Set(m[a][p])
			for b := range m[a] {
				m[a][b].Sub(m[a][b], times(factor, m[p][b]))
			}
		}
	}
	for a := range m {
		m[a] = m[a][n:]
	}
	return m, nil
}
