package estimate

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// survivalSamples puts groups, numbered from 1, below each other.
func survivalSamples(lists ...[]followed) (time []float64, event []bool, group []int) {
	for g, list := range lists {
		for _, f := range list {
			time, event, group = append(time, float64(f.Days)), append(event, f.Event), append(group, g+1)
		}
	}
	return time, event, group
}

// TestLogRank: chi-squares that were published.
func TestLogRank(t *testing.T) {
	sixMP, placebo := remission()
	maintained, not := aml()
	all, low, high := signedFollow(bmt[0]), signedFollow(bmt[1]), signedFollow(bmt[2])
	for _, c := range []struct {
		name              string
		lists             [][]followed
		strata            int // by turns, in the order of the units
		chiSquare, digits float64
		events            []int
		expected          []float64 // to two decimals
		p, pDigits        float64
	}{
		{"6-MP: Kalbfleisch and Prentice; R's survdiff of gehan prints 16.8, SAS and Stata 16.79", [][]followed{sixMP, placebo}, 1, 16.79, 2,
			[]int{9, 21}, []float64{19.25, 10.75}, 0.0000417, 7},
		{"AML: R, survival, tests/doaml.Rout.save", [][]followed{maintained, not}, 1, 3.4, 1, []int{7, 11}, []float64{10.69, 7.31}, 0.07, 2},
		{"BMT: SAS/STAT 14.2 User's Guide, LIFETEST, Example 71.2", [][]followed{all, low, high}, 1, 13.8037, 4,
			nil, nil, 0.0010, 4},
		{"BMT, two groups: R, survival, as in the tests of statsmodels, test_survfunc.py", [][]followed{low, high}, 1, 13.44556, 5, nil, nil, 0, 0},
		{"BMT, five strata: as before", [][]followed{low, high}, 5, 11.97799, 5, nil, nil, 0, 0},
		{"BMT, eight strata: as before", [][]followed{low, high}, 8, 12.12631, 5, nil, nil, 0, 0},
	} {
		time, event, group := survivalSamples(c.lists...)
		strata := make([]int, len(time))
		for i := range strata {
			strata[i] = i % c.strata
		}
		fit, err := LogRank(time, event, group, strata)
		if err != nil {
			t.Fatal(c.name, err)
		}
		if !asPrinted(fit.ChiSquare, c.chiSquare, c.digits) || fit.DF != len(c.lists)-1 || fit.Strata != c.strata || fit.Condition == 0 {
			t.Errorf("%s: %+v, want %v", c.name, fit, c.chiSquare)
		}
		for i, want := range c.expected {
			if g := fit.Groups[i]; !asPrinted(g.Expected, want, 2) || g.Events != c.events[i] || g.N != len(c.lists[i]) || g.Group != i+1 {
				t.Errorf("%s: %+v, want %v events, %v expected", c.name, g, c.events[i], want)
			}
		}
		if c.pDigits > 0 && !asPrinted(fit.P, c.p, c.pDigits) {
			t.Errorf("%s: p %v, want %v", c.name, fit.P, c.p)
		}
		if c.strata > 1 {
			continue
		}
		if plain, err := LogRank(time, event, group, nil); err != nil || plain.ChiSquare != fit.ChiSquare {
			t.Errorf("%s: without strata %+v %v", c.name, plain, err)
		}
	}
}

// TestLogRankDummy: a third group that is lost before the first event changes nothing (R, survival, tests/difftest.Rout.save).
func TestLogRankDummy(t *testing.T) {
	maintained, not := aml()
	time, event, group := survivalSamples(maintained, not, follow(nil, []int64{1, 2, 2, 3, 3, 3, 4}))
	fit, err := LogRank(time, event, group, nil)
	if err != nil || !asPrinted(fit.ChiSquare, 3.4, 1) || fit.DF != 1 || fit.Groups[2].Expected != 0 || fit.Groups[2].N != 7 {
		t.Errorf("%+v, %v", fit, err)
	}
}

func TestLogRankRefuses(t *testing.T) {
	yes := []bool{true, true, true, true}
	for _, c := range []struct {
		name          string
		time          []float64
		event         []bool
		group, strata []int
		want          error
	}{
		{"lengths", []float64{1, 2, 3}, yes, []int{1, 1, 2, 2}, nil, ErrFollowUp},
		{"lengths of strata", []float64{1, 2, 3, 4}, yes, []int{1, 1, 2, 2}, []int{1}, ErrFollowUp},
		{"no number", []float64{1, 2, 3, math.NaN()}, yes, []int{1, 1, 2, 2}, nil, ErrFollowUp},
		{"nobody", nil, nil, nil, nil, ErrNobodyFollowed},
		{"one group", []float64{1, 2, 3, 4}, yes, []int{1, 1, 1, 1}, nil, ErrNoComparison},
		{"no event", []float64{1, 2, 3, 4}, make([]bool, 4), []int{1, 1, 2, 2}, nil, ErrNoComparison},
		{"each in a stratum of its own", []float64{1, 2, 3, 4}, yes, []int{1, 1, 2, 2}, []int{1, 1, 2, 2}, ErrNoComparison},
		{"all at once", []float64{1, 1, 1, 1}, yes, []int{1, 1, 2, 2}, nil, ErrNoComparison},
	} {
		if _, err := LogRank(c.time, c.event, c.group, c.strata); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	// two pairs of groups, each in its own strata
	time, event, group := survivalSamples(follow([]int64{1, 3, 5}, nil), follow([]int64{2, 4, 6}, nil), follow([]int64{1, 3, 5}, nil), follow([]int64{2, 4, 6}, nil))
	strata := []int{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}
	if _, err := LogRank(time, event, group, strata); !errors.Is(err, ErrNoComparison) {
		t.Errorf("groups that never meet: %v", err)
	}
}

// TestLogRankSlow: time by time a table of groups by event, its expectation and its covariance, added up; by the pseudo-inverse of the whole covariance.
func TestLogRankSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n, k, s := rapid.IntRange(2, 40).Draw(r, "n"), rapid.IntRange(2, 4).Draw(r, "groups"), rapid.IntRange(1, 3).Draw(r, "strata")
		time, event, group, strata := make([]float64, n), make([]bool, n), make([]int, n), make([]int, n)
		for i := range n {
			time[i], event[i] = float64(rapid.IntRange(-1, 9).Draw(r, "time")), rapid.Bool().Draw(r, "event")
			group[i], strata[i] = rapid.IntRange(0, k-1).Draw(r, "group"), rapid.IntRange(0, s-1).Draw(r, "stratum")
		}
		above, cov := mat.NewVecDense(k, nil), mat.NewDense(k, k, nil)
		for stratum := range s {
			for at := range 10 {
				there, events := make([]float64, k), make([]float64, k)
				all, d := 0.0, 0.0
				for i := range n {
					if strata[i] != stratum || time[i] < float64(at) {
						continue
					}
					there[group[i]]++
					all++
					if time[i] == float64(at) && event[i] {
						events[group[i]]++
						d++
					}
				}
				for a := range k {
					if d == 0 {
						break
					}
					above.SetVec(a, above.AtVec(a)+events[a]-d*there[a]/all)
					for b := range k {
						if all > 1 {
							same := 0.0
							if a == b {
								same = 1
							}
							cov.Set(a, b, cov.At(a, b)+d*(all-d)/(all-1)*there[a]/all*(same-there[b]/all))
						}
					}
				}
			}
		}
		fit, err := LogRank(time, event, group, strata)
		if err != nil {
			return // what is refused has its own test
		}
		var svd mat.SVD
		if !svd.Factorize(cov, mat.SVDThin) {
			r.Fatal("no decomposition")
		}
		var solved mat.Dense
		svd.SolveTo(&solved, above, svd.Rank(1e-9))
		if want := mat.Dot(above, solved.ColView(0)); math.Abs(fit.ChiSquare-want) > 1e-8*(1+want) || svd.Rank(1e-9) != fit.DF {
			r.Fatalf("%+v, want %v with %d", fit, want, svd.Rank(1e-9))
		}
	})
}
