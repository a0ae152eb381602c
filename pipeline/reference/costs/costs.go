package costs

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// cost is an amount that one person follows, over [from, to).
type cost struct {
	line                 *lines.Line
	person               string
	domein, payer, basis string
	provider             string
	from, to             lines.Day
	ct                   int64
	first                bool     // of the parts of a line that is split
	part                 [3]int64 // per window
	days                 [3]int   // idem
	outside              int64    // outside the windows
	before               int64    // of which before them
}

// compute collects the cost lines (rules 12-15, 49), cuts each by day and gives each to the household of its person.
func (w *Reference) compute() {
	for _, r := range append(w.Used("wmo_declaratie"), w.Used("jeugd_declaratie")...) {
		law := map[string]string{"wmo_declaratie": "wmo", "jeugd_declaratie": "jeugd"}[r.Kind]
		w.book(r, law, "gemeente_"+law, "gedeclareerd", "product_begin", "product_eind")
	}
	for _, r := range w.Used("zvw_declaratie") {
		w.book(r, "zvw", "zorgverzekeraar", "gedeclareerd", "begindatum", "einddatum")
	}
	for _, r := range w.Used("pgb_uitputting") {
		w.book(r, r.Get("wet"), "gemeente_"+r.Get("wet"), "gedeclareerd", "datum", "datum")
	}
	w.bookBenefits()
	w.trajects()
	for i := range w.costs {
		k := &w.costs[i]
		w.cut(k)
		p := w.Persons[k.person]
		if p == nil || p.House == nil {
			continue
		}
		for n := range 3 {
			switch {
			case k.basis == "gedeclareerd":
				w.Spent(p.House).Declared[n][k.domein] += k.part[n]
			case n == 0:
				w.Spent(p.House).Priced[k.domein] += k.part[n]
			}
		}
		if k.days[0] > 0 && k.provider != "" {
			w.Spent(p.House).Providers[k.provider] = true
		}
	}
}

func (w *Reference) book(r *lines.Line, domein, payer, basis, begin, end string) {
	from, _ := r.Day(begin)
	last, _ := r.Day(end)
	w.costs = append(w.costs, cost{line: r, person: w.PersonID(r.Get("persoon_ps")), domein: domein, payer: payer,
		basis: basis, provider: r.Get("aanbieder_agb"), from: from, to: last + 1, ct: w.Ct(r), first: true})
}

// share splits an amount over persons in order of id: what the first k of n get together is rounded towards zero
// (methods 3).
func share(ct int64, ids []string) map[string]int64 {
	ids = slices.Sorted(slices.Values(ids))
	out, given := map[string]int64{}, int64(0)
	for i, id := range ids {
		together := ct * int64(i+1) / int64(len(ids)) // Go rounds towards zero: sign and floor of the amount
		out[id] = together - given
		given = together
	}
	return out
}

// trajects prices each traject once, over days from the startdatum of its newest line (rules 14).
func (w *Reference) trajects() {
	for _, list := range group(w.Used("schuldhulp_traject"), byTraject) {
		start, _ := list[len(list)-1].Day("startdatum")
		byPerson := map[string]*lines.Line{}
		for _, r := range list {
			byPerson[w.PersonID(r.Get("persoon_ps"))] = r
		}
		for _, p := range w.Config.Prices.Prices {
			if p.Kind == "schuldhulp_traject" {
				w.split(byPerson, w.price(p.PriceEur, p.Year, start.Time().Year()), cost{domein: "schuldhulp", payer: "gemeente_schuldhulp",
					basis: "geprijsd", from: start, to: start + lines.Day(p.Days)})
			}
		}
	}
}

// price is a price at the level of a year, rounded half up (rules 14, 59).
func (w *Reference) price(euros string, base, year int) int64 {
	amount, err := strconv.ParseFloat(euros, 64)
	if err != nil {
		panic(err)
	}
	ct := int64(amount*100 + 0.5)
	index := map[int]int64{}
	for _, x := range w.Config.Prices.Index {
		index[x.Year] = x.Value
	}
	if index[year] == 0 || index[base] == 0 {
		return ct
	}
	return (2*ct*index[year] + index[base]) / (2 * index[base])
}

func (w *Reference) split(list map[string]*lines.Line, ct int64, k cost) {
	parts := share(ct, slices.Collect(maps.Keys(list)))
	for i, id := range slices.Sorted(maps.Keys(parts)) {
		k.person, k.line, k.ct, k.first = id, list[id], parts[id], i == 0
		w.costs = append(w.costs, k)
	}
}

// cut divides a line over the windows, day by day.
func (w *Reference) cut(k *cost) {
	k.daily(func(x lines.Day, ct int64) {
		if n := w.Window(x); n >= 0 {
			k.part[n] += ct
			k.days[n]++
			return
		}
		k.outside += ct
		if x < w.P {
			k.before += ct
		}
	})
}

// daily gives what of a line is of each of its days; the first i days of L get the floor of |ct| i / L, with the sign of ct (methods 3).
func (k *cost) daily(give func(x lines.Day, ct int64)) {
	sign, amount := int64(1), k.ct
	if amount < 0 {
		sign, amount = -1, -amount
	}
	given := int64(0)
	for x := k.from; x < k.to; x++ {
		upTo := amount * int64(x-k.from+1) / int64(k.to-k.from)
		give(x, sign*(upTo-given))
		given = upTo
	}
}

// Daily gives what every person cost on every day, line by line: the kind of extract, whom the cost follows, the law, and on what ground.
func (w *Reference) Daily(give func(kind, person, domein, basis string, x lines.Day, ct int64)) {
	for i := range w.costs {
		k := &w.costs[i]
		k.daily(func(x lines.Day, ct int64) { give(k.line.Kind, k.person, k.domein, k.basis, x, ct) })
	}
}

// houseOf is the id of the household that a cost goes to, onbekend without one.
func (w *Reference) houseOf(k cost) (id string, away bool) {
	if p := w.Persons[k.person]; p != nil && p.House != nil {
		return p.House.ID, p.House.Away()
	}
	return "onbekend", false
}

// costsMart is the mart kosten.
func (w *Reference) costsMart() Table {
	type key struct{ house, window, domein, payer, basis string }
	ct, list := map[key]int64{}, map[key]int64{}
	for _, k := range w.costs {
		id, away := w.houseOf(k)
		for n := range 3 {
			if !away && k.days[n] > 0 {
				s := key{id, "T" + strconv.Itoa(n), k.domein, k.payer, k.basis}
				ct[s] += k.part[n]
				list[s]++
			}
		}
	}
	t := Table{Name: "kosten"}
	for s := range list {
		t.Rows = append(t.Rows, Row{"huishouden_id": s.house, "venster": s.window, "domein": s.domein, "betaler": s.payer,
			"grondslag": s.basis, "bedrag_ct": ct[s], "regels": list[s]})
	}
	return t.by("huishouden_id", "venster", "domein", "betaler", "grondslag")
}

// Spent is what a household cost.
type Spent struct {
	Declared  [3]map[string]int64 // by window and domein
	Priced    map[string]int64    // in T0, by domein
	Providers map[string]bool     // with days in T0
}

// Spent is that of a household, of nothing when it cost nothing.
func (w *Reference) Spent(h *people.House) *Spent {
	if w.houses[h] == nil {
		w.houses[h] = &Spent{Priced: map[string]int64{}, Providers: map[string]bool{}, Declared: [3]map[string]int64{{}, {}, {}}}
	}
	return w.houses[h]
}

// Sum is a household's declared cost in a window.
func (w *Reference) Sum(h *people.House, window int) (ct int64) {
	for _, x := range w.Spent(h).Declared[window] {
		ct += x
	}
	return ct
}

// order lists the households shown by cost in T0, the costliest first, then by id.
func (w *Reference) order() (out []*people.House) {
	for _, h := range w.Houses {
		if !h.Away() {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b *people.House) int {
		return cmp.Or(cmp.Compare(w.Sum(b, 0), w.Sum(a, 0)), cmp.Compare(a.ID, b.ID))
	})
	return out
}
