package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// worstCondition is above what a covariance counts as singular.
const worstCondition = 1e12

// MatchUnits are units of which any can be the treated: what does not depend on who is treated is worked out once, so that placebo draws among the same units
// cost a pass each. The units lie by stratum, logit and id, with their covariates made such that the plain squared distance between two rows is the one asked for.
type MatchUnits struct {
	in        MatchInput
	opt       MatchOptions
	order     []int          // places in the input, by stratum, logit and id
	place     []int          // the other way around: where a unit of the input stands in order
	logit     []float64      // in that order
	strata    map[int][2]int // where a stratum begins and ends in order
	rows      []float64      // p numbers per unit, in that order
	p         int
	condition float64
}

// NewMatchUnits makes units ready. Treated of the input is not read. Errors are ErrMatchInput and ErrMatchSingular.
func NewMatchUnits(in MatchInput, opt MatchOptions) (*MatchUnits, error) {
	opt, err := in.check(opt)
	if err != nil {
		return nil, err
	}
	n := len(in.Logit)
	u := &MatchUnits{in: in, opt: opt, order: make([]int, n), place: make([]int, n), logit: make([]float64, n), strata: map[int][2]int{}, condition: 1}
	r := newRising(n)
	if in.ID != nil {
		r.by(func(i int) uint64 { return ofInt(in.ID[i]) })
		for k, i := range r.order {
			if k > 0 && in.ID[i] == in.ID[r.order[k-1]] {
				return nil, fmt.Errorf("%w: id %d is there twice", ErrMatchInput, in.ID[i])
			}
		}
	}
	r.by(func(i int) uint64 { return ofFloat(in.Logit[i]) })
	r.by(func(i int) uint64 { return ofInt(int64(in.stratum(i))) })
	from := 0
	for at, i32 := range r.order {
		i := int(i32)
		u.order[at], u.place[i], u.logit[at] = i, at, in.Logit[i]
		if at+1 == n || in.stratum(int(r.order[at+1])) != in.stratum(i) {
			u.strata[in.stratum(i)] = [2]int{from, at + 1}
			from = at + 1
		}
	}
	if opt.Distance != LogitDistance {
		err = u.stand(r)
	}
	return u, err
}

// Match is the function of that name among these units, of which treated says who they are, one value per unit. It may be called by several at once.
func (u *MatchUnits) Match(treated []bool) (*Matching, error) {
	s, err := newMatchSpace(u, treated)
	if err != nil {
		return nil, err
	}
	m := &Matching{Treated: len(s.treated), Candidates: len(u.order) - len(s.treated), Width: s.width, Condition: u.condition, Options: u.opt}
	sets := make([]MatchSet, len(s.treated))
	reasons := make([]string, len(s.treated))
	rounds, each := 1, u.opt.Controls
	if u.opt.Rounds {
		rounds, each = u.opt.Controls, 1
	}
	for range rounds {
		for at, i := range s.treated {
			reasons[at] = s.choose(i, each, &sets[at])
		}
	}
	for at, i := range s.treated {
		sets[at].Treated = i
		switch n := len(sets[at].Controls); {
		case n == 0:
			m.Dropped = append(m.Dropped, MatchDrop{i, reasons[at]})
			continue
		case n < u.opt.Controls:
			m.Partial++
		}
		m.Sets = append(m.Sets, sets[at])
	}
	for _, times := range s.used {
		if times > 0 {
			m.Used++
		}
	}
	return m, nil
}

// matchSpace is one matching among units.
type matchSpace struct {
	*MatchUnits
	isTreated []bool
	treated   []int   // places in the input, in the order in which they choose
	before    []int32 // candidates before each place of order, and in the end all
	width     float64
	used      []int32 // times that a unit serves, in the order of units
	found     []neighbour
}

// neighbour is a candidate at a distance.
type neighbour struct {
	at       int
	distance float64
}

func newMatchSpace(u *MatchUnits, treated []bool) (*matchSpace, error) {
	in, n := u.in, len(u.order)
	if len(treated) != n {
		return nil, fmt.Errorf("%w: %d units, %d logits", ErrMatchInput, len(treated), n)
	}
	s := &matchSpace{MatchUnits: u, isTreated: treated, before: make([]int32, n+1), used: make([]int32, n)}
	for i, t := range treated {
		if t {
			s.treated = append(s.treated, i)
		}
	}
	if len(s.treated) == 0 || len(s.treated) == n {
		return nil, fmt.Errorf("%w: %d treated, %d candidates", ErrMatchEmpty, len(s.treated), n-len(s.treated))
	}
	var err error
	if s.width, err = caliperWidth(in.Logit, treated, u.opt); err != nil {
		return nil, err
	}
	slices.SortFunc(s.treated, func(a, b int) int {
		return cmp.Or(cmp.Compare(in.Logit[b], in.Logit[a]), cmp.Compare(in.id(a), in.id(b)))
	})
	for at, i := range u.order {
		s.before[at+1] = s.before[at]
		if !treated[i] {
			s.before[at+1]++
		}
	}
	return s, nil
}

func (in MatchInput) id(i int) int64 {
	if in.ID == nil {
		return int64(i)
	}
	return in.ID[i]
}

func (in MatchInput) stratum(i int) int {
	if in.Stratum == nil {
		return 0
	}
	return in.Stratum[i]
}

// caliperWidth is the half width of the window, in units of the logit.
func caliperWidth(logit []float64, treated []bool, opt MatchOptions) (float64, error) {
	if opt.NoCaliper {
		return math.Inf(1), nil
	}
	if opt.Spread == SpreadAll {
		return opt.Caliper * stat.StdDev(logit, nil), nil
	}
	var inGroup [2][]float64
	for i, t := range treated {
		of := &inGroup[1]
		if t {
			of = &inGroup[0]
		}
		*of = append(*of, logit[i])
	}
	if len(inGroup[0]) < 2 || len(inGroup[1]) < 2 {
		return 0, fmt.Errorf("%w: a caliper within groups of %d and %d units", ErrMatchInput, len(inGroup[0]), len(inGroup[1]))
	}
	return opt.Caliper * math.Sqrt((stat.Variance(inGroup[0], nil)+stat.Variance(inGroup[1], nil))/2), nil
}

// choose adds up to n controls to the set of treated unit i, and says why when there is none.
func (s *matchSpace) choose(i, n int, set *MatchSet) (reason string) {
	span := s.strata[s.in.stratum(i)]
	if s.before[span[0]] == s.before[span[1]] {
		return DroppedStratum
	}
	own := s.in.Logit[i]
	from, to := span[0], span[1]
	if !math.IsInf(s.width, 1) {
		// within is decided by the difference itself, as a reader would, and not by a rounded bound
		stratum := s.logit[span[0]:span[1]]
		from = span[0] + sort.Search(len(stratum), func(k int) bool { return own-stratum[k] <= s.width })
		to = span[0] + sort.Search(len(stratum), func(k int) bool { return stratum[k]-own > s.width })
	}
	if from >= to || s.before[from] == s.before[to] {
		return DroppedCaliper
	}
	s.found = s.found[:0]
	if s.opt.Distance == LogitDistance {
		s.outward(own, from, to, n, set)
	} else {
		s.across(s.rows[s.place[i]*s.p:][:s.p], from, to, n, set)
	}
	for _, f := range s.found {
		s.used[f.at]++
		set.Controls, set.Distance = append(set.Controls, s.order[f.at]), append(set.Distance, f.distance)
	}
	if len(s.found) == 0 {
		return DroppedUsed
	}
	return ""
}

// keep puts a candidate among the n nearest found so far, its distance as a multiple of what still ties.
func (s *matchSpace) keep(candidate int, distance float64, n int) {
	c := neighbour{candidate, math.Round(distance/sameDistance) * sameDistance}
	at, _ := slices.BinarySearchFunc(s.found, c, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(s.in.id(s.order[a.at]), s.in.id(s.order[b.at])))
	})
	if at >= n {
		return
	}
	s.found = slices.Insert(s.found, at, c)
	s.found = s.found[:min(len(s.found), n)]
}

// free is whether a unit is a candidate that may still be chosen for the set.
func (s *matchSpace) free(at int, set *MatchSet) bool {
	switch {
	case s.isTreated[s.order[at]]:
		return false
	case !s.opt.Replace:
		return s.used[at] == 0
	}
	return !s.opt.Rounds || !slices.Contains(set.Controls, s.order[at])
}

// limit is the distance from which on a candidate is not among the n nearest.
func (s *matchSpace) limit(n int) float64 {
	if len(s.found) < n {
		return math.Inf(1)
	}
	return s.found[n-1].distance
}

// across keeps the n nearest of all candidates from from to to, own being the treated unit's row.
func (s *matchSpace) across(own []float64, from, to, n int, set *MatchSet) {
	limit := math.Inf(1)
	for at := from; at < to; at++ {
		if !s.free(at, set) {
			continue
		}
		row := s.rows[at*s.p:][:s.p]
		sum := 0.0
		for j, v := range own {
			d := v - row[j]
			sum += d * d
			if sum > limit+sameDistance {
				break
			}
		}
		if sum <= limit+sameDistance {
			s.keep(at, sum, n)
			limit = s.limit(n)
		}
	}
}

// outward does so by the logit alone: from the treated unit's own to either side, until the n nearest are there.
func (s *matchSpace) outward(own float64, from, to, n int, set *MatchSet) {
	high := from + sort.SearchFloat64s(s.logit[from:to], own)
	low := high - 1
	for low >= from || high < to {
		at := high
		if high >= to || low >= from && own-s.logit[low] <= s.logit[high]-own {
			at = low
			low--
		} else {
			high++
		}
		d := math.Abs(own - s.logit[at])
		if d > s.limit(n)+sameDistance {
			return
		}
		if s.free(at, set) {
			s.keep(at, d, n)
		}
	}
}

// stand turns the covariates into rows between which the plain squared distance is the Mahalanobis distance: with C = L L' the
// covariance, the rows are inv(L) x, so that no inverse is made. A column is read at a time.
func (u *MatchUnits) stand(r *rising) error {
	p := len(u.in.X)
	columns := make([][]float64, p)
	for j, x := range u.in.X {
		columns[j] = x
		if u.opt.Distance == RankMahalanobis {
			columns[j] = r.averageRanks(x)
		}
	}
	chol, err := choleskyOf(columns, u.opt.Distance == RankMahalanobis)
	if err != nil {
		return err
	}
	u.p, u.condition = p, chol.Cond()
	var triangle mat.TriDense
	chol.LTo(&triangle)
	lower := make([][]float64, p)
	for j := range lower {
		for k := range j + 1 {
			lower[j] = append(lower[j], triangle.At(j, k))
		}
	}
	u.rows = make([]float64, len(u.order)*p)
	for at, i := range u.order {
		row := u.rows[at*p:][:p]
		for j, l := range lower {
			v := columns[j][i]
			for k, w := range row[:j] {
				v -= l[k] * w
			}
			row[j] = v / l[j]
		}
	}
	u.in.X = nil // read no more
	return nil
}

// choleskyOf decomposes the covariance of the columns; untied rescales it so that every variance is that of the ranks 1..n without
// ties, n (n+1) / 12.
func choleskyOf(columns [][]float64, untied bool) (*mat.Cholesky, error) {
	p, n := len(columns), float64(len(columns[0]))
	c := mat.NewSymDense(p, nil)
	scale := make([]float64, p)
	between := covariances(columns)
	for j := range columns {
		v := between[j][j]
		if v == 0 {
			return nil, fmt.Errorf("%w: covariate %d is constant", ErrMatchSingular, j)
		}
		scale[j] = 1
		if untied {
			scale[j] = math.Sqrt(n * (n + 1) / 12 / v)
		}
		for k, v := range between[j] {
			c.SetSym(j, k, v*scale[j]*scale[k])
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(c) || chol.Cond() > worstCondition {
		return nil, fmt.Errorf("%w: a covariate of the %d follows from the others", ErrMatchSingular, p)
	}
	return &chol, nil
}
