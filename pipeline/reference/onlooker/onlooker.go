// Package onlooker is somebody who has all that runs published (the folder vrij, of one release and of those before it) and works out from it what groups
// that are hidden can be: the independent check of the disclosure gate. It shares no code and no idea with the gate. The gate shows for each secret two
// tables that agree with what is shown; here everything that is public is written down once more as one system of equations over counts of households, and a solver
// is asked how large and how small each hidden group can be. What it is not told it does not know, so that it says too little rather than too much: its
// intervals are at least as wide as those of anybody who knows no more than what is published.
package onlooker

import (
	"math"
	"slices"
)

// Rules are what anybody can read of how is published (config/disclosure.yaml).
type Rules struct {
	Minimum int64 // no smaller group is shown
	RoundTo int64 // shown counts are less than this from the truth
	SumsTo  int64 // eurocents: shown sums are less than this from the truth
	Width   int64 // how far apart the values have to lie that a hidden small group can have
}

// most is more households, and mostCt more eurocents, than there are; solvers want to know an end.
const (
	most   = 1e7
	mostCt = 1e13
)

// Onlooker holds what is known. Quantities have names that the functions of names.go make.
type Onlooker struct {
	rules     Rules
	names     []string
	at        map[string]int
	low, high []float64
	shown     []bool
	euro      []bool // eurocents rather than households
	rows      []row
}

// row says that a sum lies between two values.
type row struct {
	kind      string
	terms     []Term
	low, high float64
}

// Term is a quantity and how many times it counts.
type Term struct {
	Name string
	Coef float64
}

// New is somebody who knows nothing yet.
func New(rules Rules) *Onlooker { return &Onlooker{rules: rules, at: map[string]int{}} }

// quantity is the index of a name, of which nothing is known but that it is not negative.
func (o *Onlooker) quantity(name string) int {
	i, ok := o.at[name]
	if !ok {
		i = len(o.names)
		o.at[name] = i
		o.names, o.low, o.high = append(o.names, name), append(o.low, 0), append(o.high, most)
		o.shown, o.euro = append(o.shown, false), append(o.euro, false)
	}
	return i
}

// Know narrows what a quantity can be.
func (o *Onlooker) Know(name string, low, high float64) {
	i := o.quantity(name)
	o.low[i], o.high[i] = max(o.low[i], low), min(o.high[i], high)
}

// count takes in a count as it is published: a number, or nothing.
func (o *Onlooker) count(name string, n *int64) {
	i := o.quantity(name)
	if n != nil {
		o.shown[i] = true
		o.Know(name, float64(max(o.rules.Minimum, *n-o.rules.RoundTo+1)), float64(*n+o.rules.RoundTo-1))
	}
}

// sum takes in eurocents as they are published.
func (o *Onlooker) sum(name string, ct *int64) {
	i := o.quantity(name)
	if !o.euro[i] {
		o.euro[i], o.high[i] = true, mostCt
	}
	if ct != nil {
		o.shown[i] = true
		o.Know(name, float64(*ct-o.rules.SumsTo+1), float64(*ct+o.rules.SumsTo-1))
	}
}

// relate writes down that a sum of quantities lies between two values.
func (o *Onlooker) relate(kind string, low, high float64, terms ...Term) {
	for _, t := range terms {
		o.quantity(t.Name)
	}
	o.rows = append(o.rows, row{kind, terms, low, high})
}

// whole writes down that the parts are all there is of a whole.
func (o *Onlooker) whole(kind, whole string, parts ...string) {
	o.relate(kind, 0, 0, append(each(parts, 1), Term{whole, -1})...)
}

// within writes down that a part is no larger than what it is a part of.
func (o *Onlooker) within(kind, whole string, part ...Term) {
	o.relate(kind, 0, math.Inf(1), append([]Term{{whole, 1}}, negative(part)...)...)
}

func each(names []string, coef float64) (out []Term) {
	for _, n := range names {
		out = append(out, Term{n, coef})
	}
	return out
}

func negative(terms []Term) []Term {
	out := slices.Clone(terms)
	for i := range out {
		out[i].Coef = -out[i].Coef
	}
	return out
}

// Shown reports whether a quantity is published, and Known whether it is in what is published at all, shown or not.
func (o *Onlooker) Shown(name string) bool {
	i, ok := o.at[name]
	return ok && o.shown[i]
}

// Known reports whether a quantity is in what is published, shown or not.
func (o *Onlooker) Known(name string) bool {
	_, ok := o.at[name]
	return ok
}

// Kinds are the kinds of relation that there are.
func (o *Onlooker) Kinds() (out []string) {
	for _, r := range o.rows {
		if !slices.Contains(out, r.kind) {
			out = append(out, r.kind)
		}
	}
	slices.Sort(out)
	return out
}

// Equations calls f with the terms of each equation of a kind, until it returns false.
func (o *Onlooker) Equations(kind string, f func(terms []Term) bool) {
	for _, r := range o.rows {
		if r.kind == kind && r.low == r.high && !f(r.terms) {
			return
		}
	}
}

// Clone is an onlooker who knows the same and can be told more.
func (o *Onlooker) Clone() *Onlooker {
	out := *o
	out.names, out.low, out.high = slices.Clone(o.names), slices.Clone(o.low), slices.Clone(o.high)
	out.shown, out.euro, out.rows = slices.Clone(o.shown), slices.Clone(o.euro), slices.Clone(o.rows)
	out.at = map[string]int{}
	for i, n := range out.names {
		out.at[n] = i
	}
	return &out
}
