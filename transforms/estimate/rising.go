package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// rising is the order of many places by numbers, one number after another: the last that it is put in order by counts first. It sorts by the bytes of the
// numbers (H. Hollerith's way with cards), without comparing any two, for matching sorts every candidate of a month by every covariate.
type rising struct {
	order, spare []int32
	keys         []uint64
}

// newRising is the order of n places as they lie.
func newRising(n int) *rising {
	r := &rising{make([]int32, n), make([]int32, n), make([]uint64, n)}
	r.start()
	return r
}

// start puts the places back as they lie.
func (r *rising) start() {
	for i := range r.order {
		r.order[i] = int32(i)
	}
}

// by puts the places in the order of their keys; those with equal keys stay as they are.
func (r *rising) by(key func(i int) uint64) {
	differ := uint64(0) // bits that are not the same everywhere
	for i := range r.keys {
		r.keys[i] = key(i)
		differ |= r.keys[i] ^ r.keys[0]
	}
	for shift := 0; shift < 64; shift += 8 {
		if byte(differ>>shift) == 0 {
			continue
		}
		var count [256]int32
		for _, k := range r.keys {
			count[byte(k>>shift)]++
		}
		at := int32(0)
		for v, n := range count {
			count[v] = at
			at += n
		}
		for _, i := range r.order {
			v := byte(r.keys[i] >> shift)
			r.spare[count[v]] = i
			count[v]++
		}
		r.order, r.spare = r.spare, r.order
	}
}

// ofFloat has the order of finite numbers, 0 and -0 equal.
func ofFloat(v float64) uint64 {
	switch bits := math.Float64bits(v); {
	case v == 0:
		return 1 << 63
	case bits>>63 != 0:
		return ^bits
	default:
		return bits | 1<<63
	}
}

// ofInt has the order of whole numbers.
func ofInt(v int64) uint64 { return uint64(v) ^ 1<<63 }

// averageRanks are the ranks of values, from 1, in their order; equal values have the mean of the ranks that they take up.
func (r *rising) averageRanks(values []float64) []float64 {
	r.start()
	r.by(func(i int) uint64 { return ofFloat(values[i]) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(r.order); {
		to := from + 1
		for to < len(r.order) && values[r.order[to]] == values[r.order[from]] {
			to++
		}
		for _, i := range r.order[from:to] {
			ranks[i] = float64(from+to+1) / 2
		}
		from = to
	}
	return ranks
}

// covariances are those of each column with itself and the ones before it, to the last bit those of stat.Covariance: its two passes, of which the first is made
// once for each column, and four sums at a time, for one waits for itself.
func covariances(columns [][]float64) [][]float64 {
	n := float64(len(columns[0]))
	from, left := make([][]float64, len(columns)), make([]float64, len(columns)) // from the mean; what they sum to
	out := make([][]float64, len(columns))
	for j, column := range columns {
		mean := stat.Mean(column, nil)
		from[j] = make([]float64, len(column))
		for i, v := range column {
			from[j][i] = v - mean
			left[j] += v - mean
		}
		out[j] = make([]float64, j+1)
		for k := 0; k <= j; k += 4 {
			var b [4][]float64
			for c := range b {
				b[c] = from[min(k+c, j)][:len(column)]
			}
			var sum [4]float64
			for i, a := range from[j] {
				sum[0] += a * b[0][i]
				sum[1] += a * b[1][i]
				sum[2] += a * b[2][i]
				sum[3] += a * b[3][i]
			}
			for c := k; c <= min(k+3, j); c++ {
				out[j][c] = (sum[c-k] - left[j]*left[c]/n) / (n - 1)
			}
		}
	}
	return out
}
