package estimate

import (
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// infer fills the errors, intervals and bands of effects that are looked at together, and gives the critical value of their band, 0 without draws. The
// name is part of the seed: each table has draws of its own.
func (f *StaggeredFit) infer(effects []*StaggeredEffect, name string) float64 {
	if len(effects) == 0 {
		return 0
	}
	sums := f.clusterSums(effects)
	for k, v := range sums {
		e := effects[k%len(effects)]
		e.SE += v * v
	}
	z := distuv.UnitNormal.Quantile(1 - (1-f.Options.Confidence)/2)
	for _, e := range effects {
		e.SE = math.Sqrt(e.SE)
		e.Low, e.High = e.ATT-z*e.SE, e.ATT+z*e.SE
		e.BandLow, e.BandHigh = e.Low, e.High
	}
	if f.Options.Draws < 0 {
		return 0
	}
	draws := f.draw(sums, len(effects), name)
	quartiles := distuv.UnitNormal.Quantile(0.75) - distuv.UnitNormal.Quantile(0.25)
	for j, e := range effects {
		own := make([]float64, len(draws))
		for b, row := range draws {
			own[b] = row[j]
		}
		slices.Sort(own)
		e.BootSE = (own[orderOf(0.75, len(own))] - own[orderOf(0.25, len(own))]) / quartiles
	}
	largest := make([]float64, len(draws))
	for b, row := range draws {
		for j, e := range effects {
			if e.SE > 0 {
				largest[b] = math.Max(largest[b], math.Abs(row[j])/e.SE)
			}
		}
	}
	slices.Sort(largest)
	// a band that is narrower than the single intervals is chance
	critical := math.Max(z, largest[orderOf(f.Options.Confidence, len(largest))])
	for _, e := range effects {
		e.BandLow, e.BandHigh = e.ATT-critical*e.SE, e.ATT+critical*e.SE
	}
	return critical
}

// orderOf is the place of a quantile in n sorted draws: the first of which so large a share is at or below.
func orderOf(share float64, n int) int { return max(0, int(math.Ceil(share*float64(n)-1e-9))-1) }

// clusterSums are the influences on the effects, summed within clusters, over the number of units; effects of a cluster lie together.
func (f *StaggeredFit) clusterSums(effects []*StaggeredEffect) []float64 {
	rows := f.Units
	if f.cluster != nil {
		rows = f.Clusters
	}
	out := make([]float64, rows*len(effects))
	for j, e := range effects {
		for u, v := range e.influence {
			at := u
			if f.cluster != nil {
				at = f.cluster[u]
			}
			out[at*len(effects)+j] += v / float64(f.Units)
		}
	}
	return out
}

// draw multiplies the sums of every cluster with a weight of mean 0 and variance 1, the same for all effects, and adds them up: an error of each effect in
// each draw. A draw has a stream of its own, so that it does not matter which of the threads makes it.
func (f *StaggeredFit) draw(sums []float64, effects int, name string) [][]float64 {
	out := make([][]float64, f.Options.Draws)
	var wait sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(out))
	for w := range workers {
		wait.Go(func() {
			for b := w; b < len(out); b += workers {
				next := signs
				if f.Options.Mammen {
					next = mammen
				}
				weight := next(NewStream(f.Options.Seed + ":" + name + ":" + strconv.Itoa(b)))
				row := make([]float64, effects)
				for at := 0; at < len(sums); at += effects {
					v := weight()
					for j, s := range sums[at : at+effects] {
						row[j] += v * s
					}
				}
				out[b] = row
			}
		})
	}
	wait.Wait()
	return out
}

// signs are -1 or 1, each as likely: the bits of a stream.
func signs(s *Stream) func() float64 {
	var bits uint64
	left := 0
	return func() float64 {
		if left == 0 {
			bits, left = s.Uint64(), 64
		}
		v := float64(bits&1)*2 - 1
		bits, left = bits>>1, left-1
		return v
	}
}

// mammen are (1-√5)/2 with chance (√5+1)/(2√5), and else (1+√5)/2, so that the third moment is 1 as well.
func mammen(s *Stream) func() float64 {
	root := math.Sqrt(5)
	chance := (root + 1) / (2 * root)
	return func() float64 {
		if float64(s.Uint64()>>11)/(1<<53) < chance {
			return (1 - root) / 2
		}
		return (1 + root) / 2
	}
}
