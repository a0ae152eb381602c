package costs

import (
	"maps"
	"slices"

	"stapel/pipeline/reference/lines"
)

// benefit is one benefit of a month: what one number, code and cluster stand for (rules 13, 70).
type benefit struct {
	w      *Reference
	key    string
	month  lines.Day
	list   []*lines.Line            // all of it, from old to new
	counts map[string][]*lines.Line // by person: the lines that add up
	amount map[string]int64         // by person: what they add up to
	equal  bool                     // every person has the same amount
	ct     int64                    // which is this
}

// benefits works out the benefits, in no order; once.
func (w *Reference) benefits() []*benefit {
	if w.allBenefits == nil {
		w.allBenefits = w.makeBenefits()
	}
	return w.allBenefits
}

func (w *Reference) makeBenefits() (out []*benefit) {
	for key, list := range group(w.ByKind["participatie_uitkering"], byBenefit) {
		u := &benefit{w: w, key: key, list: list, counts: map[string][]*lines.Line{}, amount: map[string]int64{}, equal: true}
		u.month, _ = list[0].Day("jaarmaand")
		for i, r := range list {
			ps := r.Get("persoon_ps")
			if u.amount[ps] += 0; !u.again(i) {
				u.counts[ps] = append(u.counts[ps], r)
				u.amount[ps] += w.Ct(r)
			}
		}
		u.ct = u.amount[list[0].Get("persoon_ps")]
		for _, ct := range u.amount {
			u.equal = u.equal && ct == u.ct
		}
		out = append(out, u)
	}
	return out
}

// again is whether a line is the k-th of its delivery that says what it says, and a newer delivery has a k-th as well.
func (u *benefit) again(i int) bool {
	r := u.list[i]
	k, in := 0, map[*lines.Delivery]int{}
	for j, other := range u.list {
		if u.w.Content(other) != u.w.Content(r) {
			continue
		}
		in[other.Delivery]++
		if other.Delivery == r.Delivery && j <= i {
			k++
		}
	}
	for l, n := range in {
		if l.Newest > r.Delivery.Newest && n >= k {
			return true
		}
	}
	return false
}

// persons of a benefit, in order of id.
func (u *benefit) persons() []string {
	out := slices.Collect(maps.Keys(u.amount))
	slices.SortFunc(out, func(a, b string) int {
		if u.w.PersonID(a) < u.w.PersonID(b) {
			return -1
		}
		return 1
	})
	return out
}

// divide says what becomes of the lines: those of the first person are used, the others repeat it; when persons differ none
// is used.
func (u *benefit) divide() {
	first := u.persons()[0]
	for _, r := range u.list {
		switch {
		case !u.equal:
			r.Exclude("bedrag_ongelijk")
		case !slices.Contains(u.counts[first], r):
			r.Use = "herhaald"
		}
	}
}

// bookBenefits counts each benefit once and splits it over the persons on it.
func (w *Reference) bookBenefits() {
	for _, u := range w.benefits() {
		if !u.equal {
			continue
		}
		source := map[string]*lines.Line{}
		for ps, list := range u.counts {
			source[w.PersonID(ps)] = list[0]
		}
		w.split(source, u.ct, cost{domein: "participatie", payer: "gemeente_participatie", basis: "gedeclareerd",
			from: u.month, to: u.month.Month(1)})
	}
}
