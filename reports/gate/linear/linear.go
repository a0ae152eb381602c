// Package linear gives linear programs to those who can solve them: gonum for small ones, CBC of COIN-OR as a process for others.
package linear

import (
	"context"
	"math"
	"strconv"
)

// A Program is a linear program: the least cost over columns from 0 to their limit, under rows that are equal to their right side, or at least it.
type Program struct {
	Cost  []float64 // of each column
	Limit []float64 // of each column; +Inf is none
	Rows  []Row
	Whole bool // columns are whole numbers

	Impossible bool // what the process says that has no solution
}

// A Row is a sum of columns, each times its coefficient.
type Row struct {
	Cols  []int
	Coefs []float64
	Right float64
	Least bool // at least Right; else equal to it
}

// A Solver answers programs. What it answers is to be taken for nothing more than a proposal: whoever asks looks whether it holds.
type Solver interface {
	// Solve gives the values of the columns; nil: no solution, or none found.
	Solve(ctx context.Context, p *Program) []float64
	// Name is what records call it.
	Name() string
}

// text is a program in the free MPS format, which takes CBC half the time to read that the LP format of CPLEX does.
func (p *Program) text() []byte {
	type entry struct {
		row  int
		coef float64
	}
	of := make([][]entry, len(p.Cost)) // by column
	b := []byte("NAME p FREE\nROWS\n N o\n")
	name := func(letter string, k int) {
		b = strconv.AppendInt(append(b, letter...), int64(k+1), 10)
	}
	number := func(f float64) {
		b = strconv.AppendFloat(append(b, ' '), f, 'g', -1, 64)
	}
	for i, r := range p.Rows {
		if r.Least {
			name(" G r", i)
		} else {
			name(" E r", i)
		}
		b = append(b, '\n')
		for k, j := range r.Cols {
			of[j] = append(of[j], entry{i, r.Coefs[k]})
		}
	}
	b = append(b, "COLUMNS\n"...)
	if p.Whole {
		b = append(b, " m 'MARKER' 'INTORG'\n"...)
	}
	for j, c := range p.Cost {
		name(" v", j)
		b = append(b, " o"...)
		number(c)
		for k, e := range of[j] {
			if k%2 == 1 { // two entries a line
				b = append(b, '\n')
				name(" v", j)
			}
			name(" r", e.row)
			number(e.coef)
		}
		b = append(b, '\n')
	}
	if p.Whole {
		b = append(b, " n 'MARKER' 'INTEND'\n"...)
	}
	b = append(b, "RHS\n"...)
	for i, r := range p.Rows {
		if r.Right != 0 {
			name(" a r", i)
			number(r.Right)
			b = append(b, '\n')
		}
	}
	b = append(b, "BOUNDS\n"...)
	for j, l := range p.Limit {
		switch {
		case !math.IsInf(l, 1):
			name(" UP b v", j)
			number(l)
		case p.Whole: // else 1
			name(" PL b v", j)
		default:
			continue
		}
		b = append(b, '\n')
	}
	return append(b, "ENDATA\n"...)
}
