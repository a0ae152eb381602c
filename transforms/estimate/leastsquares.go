package estimate

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// ErrInput is what cannot be a sample: columns of unequal length, a value that is no number, a weight below 0.
var ErrInput = errors.New("not a sample")

// ErrTooFew is fewer units than an estimator needs.
var ErrTooFew = errors.New("too few units")

// ErrCollinear is a covariate that the constant and the covariates before it determine, within a digit or so of what the machine holds.
var ErrCollinear = errors.New("collinear covariates")

// CollinearError names the covariate of an ErrCollinear.
type CollinearError struct {
	Column    int     // place among the coefficients; where there is a constant that is 0, and covariate j has j+1
	Remaining float64 // share of the column's length that the columns before it do not explain
}

func (e *CollinearError) Error() string {
	return fmt.Sprintf("%v: of coefficient %d a share of %.1e remains beside those before it", ErrCollinear, e.Column, e.Remaining)
}

// Unwrap makes it an ErrCollinear.
func (e *CollinearError) Unwrap() error { return ErrCollinear }

// collinearBelow is the share of a column that has to remain: six digits of sixteen are left of a coefficient then.
const collinearBelow = 1e-10

// checkSample is an ErrInput when a column has not n finite values, or weights (nil: all 1) not n of 0 or more.
func checkSample(n int, weights []float64, columns ...[]float64) error {
	for j, c := range columns {
		if len(c) != n {
			return fmt.Errorf("%w: column %d has %d values of %d", ErrInput, j, len(c), n)
		}
		for i, v := range c {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("%w: column %d, unit %d: not a finite number", ErrInput, j, i)
			}
		}
	}
	if weights == nil {
		return nil
	}
	if len(weights) != n {
		return fmt.Errorf("%w: %d weights for %d units", ErrInput, len(weights), n)
	}
	for i, w := range weights {
		if !(w >= 0) || math.IsInf(w, 0) {
			return fmt.Errorf("%w: weight of unit %d is %v", ErrInput, i, w)
		}
	}
	return nil
}

// weightOf is the weight of a unit, 1 without weights.
func weightOf(weights []float64, i int) float64 {
	if weights == nil {
		return 1
	}
	return weights[i]
}

// factored is a matrix as Q R, its columns first scaled to length 1: R is of that, upper triangular. Q is not kept; its rows are solved
// from those of the matrix where they are wanted.
type factored struct {
	rows      *mat.Dense // the matrix, scaled
	scale     []float64  // what a column was divided by
	r         *mat.TriDense
	solution  []float64 // of least squares, of the matrix before it was scaled
	condition float64   // of the scaled matrix: its largest over its smallest singular value
}

// qrBlock is how many rows are turned into R at a time: they stay in the processor's cache, and the whole is never copied.
const qrBlock = 512

// factor takes the matrix over, and solves it for y by least squares. It is a CollinearError when a column is determined by those before
// it, or is 0. R is made by Householder's reflections, of a block of rows below the R so far (Golub and Van Loan, Matrix Computations, 2013,
// 5.2 and 6.5.3).
func factor(rows *mat.Dense, y []float64) (*factored, error) {
	n, k := rows.Dims()
	if n < k {
		return nil, fmt.Errorf("%w: %d for %d coefficients", ErrTooFew, n, k)
	}
	f := &factored{rows: rows, scale: lengths(rows), r: mat.NewTriDense(k, mat.Upper, nil)}
	for j, length := range f.scale {
		if length == 0 {
			return nil, &CollinearError{Column: j}
		}
	}
	// the target goes along as a last column: above the diagonal it becomes Q'y. Columns lie in rows here, so that reflections run along memory
	top := k + 1
	width := top + qrBlock
	block := mat.NewDense(top, width, nil).RawMatrix()
	tau, work := make([]float64, top), make([]float64, 1)
	lapack64.Gelqf(block, tau, work, -1)
	work = make([]float64, int(work[0]))
	for at := 0; at < n; at += qrBlock {
		for j := range top {
			clear(block.Data[j*width+j+1 : (j+1)*width])
		}
		for i := at; i < min(at+qrBlock, n); i++ {
			to := top + i - at
			row := rows.RawRowView(i)
			for j, length := range f.scale {
				row[j] /= length
				block.Data[j*width+to] = row[j]
			}
			block.Data[k*width+to] = y[i]
		}
		lapack64.Gelqf(block, tau, work, len(work))
	}
	f.solution = make([]float64, k)
	for i := range k {
		for j := i; j < k; j++ {
			f.r.SetTri(i, j, block.Data[j*width+i])
		}
		if left := math.Abs(f.r.At(i, i)); left < collinearBelow {
			return nil, &CollinearError{Column: i, Remaining: left}
		}
		f.solution[i] = block.Data[k*width+i]
	}
	blas64.Trsv(blas.NoTrans, f.r.RawTriangular(), blas64.Vector{N: k, Data: f.solution, Inc: 1})
	for j := range k {
		f.solution[j] /= f.scale[j]
	}
	var svd mat.SVD
	if !svd.Factorize(f.r, mat.SVDNone) {
		return nil, fmt.Errorf("%w: singular values not found", ErrCollinear)
	}
	values := svd.Values(nil)
	f.condition = values[0] / values[k-1]
	return f, nil
}

// lengths are those of the columns, found along the rows; a column whose squares leave the range of a number is looked at again.
func lengths(rows *mat.Dense) []float64 {
	n, k := rows.Dims()
	out := make([]float64, k)
	for i := range n {
		for j, v := range rows.RawRowView(i) {
			out[j] += v * v
		}
	}
	raw := rows.RawMatrix()
	for j, square := range out {
		out[j] = math.Sqrt(square)
		if square < 1e-200 || math.IsInf(square, 0) {
			out[j] = blas64.Nrm2(blas64.Vector{N: n, Data: raw.Data[j:], Inc: raw.Stride})
		}
	}
	return out
}

// leverage is the squared length of every row of Q: the diagonal of the hat matrix.
func (f *factored) leverage() []float64 {
	n, k := f.rows.Dims()
	out, q := make([]float64, n), make([]float64, k)
	for i := range out {
		f.rowOfQ(q, i)
		out[i] = min(1, blas64.Dot(blas64.Vector{N: k, Data: q, Inc: 1}, blas64.Vector{N: k, Data: q, Inc: 1}))
	}
	return out
}

// rowOfQ solves row i of Q into q.
func (f *factored) rowOfQ(q []float64, i int) {
	copy(q, f.rows.RawRowView(i))
	f.backTo(q)
}

// backTo solves R' u = v in place.
func (f *factored) backTo(v []float64) {
	blas64.Trsv(blas.Trans, f.r.RawTriangular(), blas64.Vector{N: len(v), Data: v, Inc: 1})
}

// unscaled is R⁻¹ M R⁻ᵀ for a symmetric M, in the scale of the matrix as it came: with M the identity the inverse of its cross products.
// It takes M over.
func (f *factored) unscaled(m *mat.Dense) *mat.SymDense {
	k := len(f.scale)
	raw := m.RawMatrix()
	blas64.Trsm(blas.Left, blas.NoTrans, 1, f.r.RawTriangular(), raw)
	blas64.Trsm(blas.Right, blas.Trans, 1, f.r.RawTriangular(), raw)
	out := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			out.SetSym(i, j, (m.At(i, j)+m.At(j, i))/2/f.scale[i]/f.scale[j])
		}
	}
	return out
}

// inverseCross is the inverse of the cross products of the matrix.
func (f *factored) inverseCross() *mat.SymDense {
	k := len(f.scale)
	one := mat.NewDense(k, k, nil)
	for j := range k {
		one.Set(j, j, 1)
	}
	return f.unscaled(one)
}

// weightedRows is the matrix of the columns, after a constant if there is one, each row times the root of its unit's weight. Units are
// those whose number is in used, in that order.
func weightedRows(columns [][]float64, constant bool, weights []float64, used []int) *mat.Dense {
	first := 0
	if constant {
		first = 1
	}
	m := mat.NewDense(len(used), len(columns)+first, nil)
	for r, i := range used {
		row, root := m.RawRowView(r), math.Sqrt(weightOf(weights, i))
		if constant {
			row[0] = root
		}
		for j, c := range columns {
			row[first+j] = c[i] * root
		}
	}
	return m
}

// weighed are the numbers of the units with a weight above 0.
func weighed(n int, weights []float64) []int {
	var used []int
	for i := range n {
		if weightOf(weights, i) > 0 {
			used = append(used, i)
		}
	}
	return used
}

// linear is the value of the linear predictor for every unit, the constant's coefficient first if there is one.
func linear(columns [][]float64, constant bool, coef []float64, n int) []float64 {
	out := make([]float64, n)
	if constant {
		for i := range out {
			out[i] = coef[0]
		}
		coef = coef[1:]
	}
	for j, c := range columns {
		for i, v := range c {
			out[i] += coef[j] * v
		}
	}
	return out
}

// roots are the square roots of the diagonal: standard errors of a covariance.
func roots(m mat.Symmetric) []float64 {
	out := make([]float64, m.SymmetricDim())
	for j := range out {
		out[j] = math.Sqrt(m.At(j, j))
	}
	return out
}

// numbered gives labels numbers from 0 in increasing order of label, and how many there are.
func numbered(labels []int) (numbers []int, count int) {
	distinct := slices.Clone(labels)
	slices.Sort(distinct)
	distinct = slices.Compact(distinct)
	at := make(map[int]int, len(distinct))
	for nr, l := range distinct {
		at[l] = nr
	}
	numbers = make([]int, len(labels))
	for i, l := range labels {
		numbers[i] = at[l]
	}
	return numbers, len(distinct)
}
