package linear

import (
	"context"
	"errors"
	"maps"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// Dense is gonum's simplex, for small programs. Left alone it can go round in circles for ever, and take rows that follow from others for a mistake. So
// every row gets a column of its own that costs more than anything else, which is where it starts; right sides are moved by a hair, so that no two
// bounds meet in one point; and it is stopped when it takes too long.
type Dense struct{ Columns int }

// Programs of more columns go to the process. Gonum factorises a whole matrix in every step, so that beyond some sixty columns starting
// another program is the quicker way; without one it is tried on larger ones.
const (
	ColumnsBeside = 64
	ColumnsAlone  = 140
)

// Name is that of the library.
func (Dense) Name() string { return "gonum" }

// Takes reports whether it is meant for a program of that size.
func (d Dense) Takes(p *Program) bool {
	return len(p.Cost) <= d.Columns && len(p.Rows) <= d.Columns/2 && !p.Whole
}

// Solve adds limits of columns as rows only when a solution breaks them: few do, and each row costs.
func (d Dense) Solve(ctx context.Context, p *Program) []float64 {
	limited := map[int]bool{}
	for range len(p.Cost) + 1 {
		x := d.simplex(ctx, p, limited)
		if x == nil {
			return nil
		}
		broken := false
		for j, v := range x {
			if v > p.Limit[j]+1e-3 && !limited[j] {
				limited[j], broken = true, true
			}
		}
		if !broken {
			return x
		}
	}
	return nil
}

const (
	hair   = 1e-6
	hairs  = 1e-3 // what hairs may come to
	rounds = 20   // columns looked at, by the size of the program
)

// watched is a matrix that stops whoever reads too much of it: gonum looks at a column of it in every step.
type watched struct {
	*mat.Dense
	ctx  context.Context
	left *int
}

// RawMatrix hides that of Dense behind another form, or columns would be read past At.
func (w watched) RawMatrix() {}

// At is called for every element of a column.
func (w watched) At(i, j int) float64 {
	if i == 0 {
		if *w.left--; *w.left < 0 || w.ctx.Err() != nil {
			panic(errSteps)
		}
	}
	return w.Dense.At(i, j)
}

var errSteps = errors.New("linear: simplex took too many steps")

func (Dense) simplex(ctx context.Context, p *Program, limited map[int]bool) (x []float64) {
	defer func() { // gonum panics on matrices that it finds singular on the way too
		if recover() != nil {
			x = nil
		}
	}()
	n := len(p.Cost)
	rows := append([]Row(nil), p.Rows...)
	for _, j := range slices.Sorted(maps.Keys(limited)) {
		rows = append(rows, Row{Cols: []int{j}, Coefs: []float64{-1}, Right: -p.Limit[j], Least: true})
	}
	m := len(rows)
	if m == 0 {
		return make([]float64, n)
	}
	// a column that is in no row is 0, for it costs; gonum refuses it
	place, kept := make([]int, n), 0
	for j := range place {
		place[j] = -1
	}
	for _, r := range rows {
		for _, j := range r.Cols {
			if place[j] < 0 {
				place[j], kept = kept, kept+1
			}
		}
	}
	width := kept
	for _, r := range rows {
		if r.Least {
			width++
		}
	}
	a := mat.NewDense(m, width+m, nil)
	right, cost, start := make([]float64, m), make([]float64, width+m), make([]int, m)
	dear := 1000.0
	for j, c := range p.Cost {
		if place[j] >= 0 {
			cost[place[j]] = c
		}
		dear = max(dear, 1000*c)
	}
	slack := kept
	for i, r := range rows {
		for k, j := range r.Cols {
			a.Set(i, place[j], a.At(i, place[j])+r.Coefs[k])
		}
		if r.Least {
			a.Set(i, slack, -1)
			slack++
		}
		if right[i] = r.Right; r.Right < 0 {
			right[i] = -r.Right
			for j := range width {
				a.Set(i, j, -a.At(i, j))
			}
		}
		right[i] += hair * (1 + float64(i)/float64(m))
		a.Set(i, width+i, 1)
		cost[width+i], start[i] = dear, width+i
	}
	left := rounds * (width + m)
	_, y, err := lp.Simplex(cost, watched{a, ctx, &left}, right, 1e-7, start)
	if err != nil {
		return nil
	}
	for _, v := range y[width:] {
		if v > hairs {
			return nil // no solution without the columns that are not there
		}
	}
	x = make([]float64, n)
	for j, at := range place {
		if at >= 0 {
			x[j] = y[at]
		}
	}
	return x
}
