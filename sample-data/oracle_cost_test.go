package sampledata

import (
	"cmp"
	"slices"
	"strings"
)

// oracleCosts holds cents per household, window and domein. Persons without a household are under "onbekend".
type oracleCosts map[string]*oracleSums

type oracleSums struct {
	declared  [3]map[string]int64 // T0, T1, T2 by domein
	priced    [3]int64            // schuldhulp
	providers map[string]bool
}

func (s *oracleSums) total(window int) (sum int64) {
	for _, ct := range s.declared[window] {
		sum += ct
	}
	return sum
}

// windowOf is 0, 1 or 2 for the year of a day, -1 outside them. Every window of this set is a calendar year.
func windowOf(x day) int {
	if w := 2025 - x.year(); w >= 0 && w <= 2 {
		return w
	}
	return -1
}

// perDay spreads cents over days with cumulative rounding and hands out each day's part, day by day (methods 3).
func perDay(ct int64, from, to day, give func(x day, ct int64)) {
	sign, length, given := int64(1), int64(to-from), int64(0)
	if ct < 0 {
		sign, ct = -1, -ct
	}
	for x := from; x < to; x++ {
		upTo := ct * int64(x-from+1) / length
		give(x, sign*(upTo-given))
		given = upTo
	}
}

// share divides cents over people in the order of their keys (methods 3).
func share(ct int64, people []string) map[string]int64 {
	people = slices.Clone(people)
	slices.SortFunc(people, func(a, b string) int { return cmp.Compare(keyOf(a), keyOf(b)) })
	out, n := map[string]int64{}, int64(len(people))
	for i, ps := range people {
		out[ps] = ct*int64(i+1)/n - ct*int64(i)/n
	}
	return out
}

func (o *oracle) house(ps string) string {
	if h := o.homeOf[ps]; h != nil {
		return h.id
	}
	return "onbekend"
}

// costs adds up every used line.
func (o *oracle) costs() oracleCosts {
	out := oracleCosts{}
	sums := func(ps string) *oracleSums {
		id := o.house(ps)
		if out[id] == nil {
			out[id] = &oracleSums{providers: map[string]bool{}}
			for w := range out[id].declared {
				out[id].declared[w] = map[string]int64{}
			}
		}
		return out[id]
	}
	o.declared(func(ps, domain string, ct int64, from, to day) {
		s := sums(ps)
		perDay(ct, from, to, func(x day, ct int64) {
			if w := windowOf(x); w >= 0 {
				s.declared[w][domain] += ct
			}
		})
	})
	for _, kind := range []string{"wmo_declaratie", "jeugd_declaratie", "zvw_declaratie"} {
		for _, l := range o.of(kind) {
			if from, to := l.span(); from < d("2026-01-01") && to > d("2025-01-01") {
				sums(l.row["persoon_ps"]).providers[l.row["aanbieder_agb"]] = true
			}
		}
	}
	trajects := map[string][]*oracleLine{}
	for _, l := range o.of("schuldhulp_traject") {
		key := l.row["gemeentecode"] + l.row["traject_id"]
		trajects[key] = append(trajects[key], l)
	}
	for _, lines := range trajects {
		var names []string
		for _, l := range lines {
			names = append(names, l.row["persoon_ps"])
		}
		from := lines[0].day("startdatum")
		for ps, part := range share(150000, names) { // 1.500 euro, no index: config/prices.yaml
			s := sums(ps)
			perDay(part, from, from+365, func(x day, ct int64) {
				if w := windowOf(x); w >= 0 {
					s.priced[w] += ct
				}
			})
		}
	}
	return out
}

// declared hands out every declared amount with its person and days.
func (o *oracle) declared(give func(ps, domain string, ct int64, from, to day)) {
	for kind, domain := range map[string]string{"wmo_declaratie": "wmo", "jeugd_declaratie": "jeugd", "zvw_declaratie": "zvw"} {
		for _, l := range o.of(kind) {
			ct, _ := l.cents()
			from, to := l.span()
			give(l.row["persoon_ps"], domain, ct, from, to)
		}
	}
	for key, people := range o.benefitPeople() {
		for ps, part := range share(people.ct, people.names) {
			from := d(strings.Fields(key)[1] + "-01")
			give(ps, "participatie", part, from, from.next())
		}
	}
}

// paidBenefit is one benefit of one month, with the people on it.
type paidBenefit struct {
	ct    int64
	names []string
}

// benefitPeople collects the benefits whose people agree, by key, with what one of them was paid (rules 70).
func (o *oracle) benefitPeople() map[string]*paidBenefit {
	out := map[string]*paidBenefit{}
	for _, l := range o.lines {
		if l.kind != "participatie_uitkering" || l.fate != "geaccepteerd" || l.use == "uitgesloten" {
			continue
		}
		key := benefitKey(l)
		if out[key] == nil {
			out[key] = &paidBenefit{ct: o.paid[key]}
		}
		if !slices.Contains(out[key].names, l.row["persoon_ps"]) {
			out[key].names = append(out[key].names, l.row["persoon_ps"])
		}
	}
	return out
}

// carePeriod is the period of care of an allocation, half-open (rules 26).
func carePeriod(l *oracleLine) (from, to day) {
	from = l.day("ingangsdatum")
	if l.row["begin_levering"] != "" {
		from = l.day("begin_levering")
	}
	switch {
	case l.row["einde_levering"] != "":
		return from, l.day("einde_levering") + 1
	case l.row["einddatum"] != "":
		return from, l.day("einddatum") + 1
	}
	return from, coverTo + 1
}

// provisions counts what runs on the peildatum (rules 26).
func (o *oracle) provisions(h *oracleHouse) int {
	n, P := 0, d(peil)
	for _, kind := range []string{"wmo_toewijzing", "jeugd_toewijzing"} {
		for _, l := range o.atHome[h.id][kind] {
			if from, to := carePeriod(l); from <= P && P < to {
				n++
			}
		}
	}
	paid := map[string]bool{}
	for _, m := range h.members {
		for _, l := range o.benefits[m.ps] {
			if o.paid[benefitKey(l)] > 0 && l.row["jaarmaand"] == "2025-12" {
				paid[benefitKey(l)] = true
			}
		}
	}
	open := map[string]bool{}
	for _, l := range o.atHome[h.id]["schuldhulp_traject"] {
		if from, to := l.span(); from <= P && P < to {
			open[l.row["gemeentecode"]+l.row["traject_id"]] = true
		}
	}
	return n + len(open) + len(paid)
}

// domains counts the domeinen with cost above 0 in T0, declared or priced.
func (s *oracleSums) domains() (n int) {
	for _, ct := range s.declared[0] {
		if ct > 0 {
			n++
		}
	}
	if s.priced[0] > 0 {
		n++
	}
	return n
}

// whyNot lists the rules of eligibility that a household fails, in order (rules 27).
func (o *oracle) whyNot(h *oracleHouse, s *oracleSums) string {
	var out []string
	P := d(peil)
	adults := 0
	for _, m := range h.members {
		if m.adultOn(P) {
			adults++
		}
	}
	planned := false
	for _, l := range o.atHome[h.id]["maatwerk_plan"] {
		if l.row["status"] != "afgewezen" && l.row["status"] != "ingetrokken" {
			planned = true
		}
	}
	for _, rule := range []struct {
		name  string
		fails bool
	}{
		{"volwassenen", adults < 1}, {"kinderen", len(h.members)-adults < 1}, {"domeinen", s.domains() < 2},
		{"drempel", s.total(0) < 10_000_000}, {"zvw_aandeel", s.total(0) > 0 && s.declared[0]["zvw"]*10 > s.total(0)*8}, // rules 73
		{"heeft_plan", planned}, {"instelling", strings.HasPrefix(h.id, "alleen ")},
	} {
		if rule.fails {
			out = append(out, rule.name)
		}
	}
	return strings.Join(out, "|")
}

// zvwCovered says whether the insurer's feed knows the members in T0 (rules 46, 55).
func (o *oracle) zvwCovered(h *oracleHouse) string {
	covered, months12 := 0, 0
	for _, m := range h.members {
		months(d("2025-01-01"), coverTo, func(from, to day) {
			if m.born > from {
				return
			}
			months12++
			if o.insuredAll(m.ps, from, to+1) {
				covered++
			}
		})
	}
	switch covered {
	case months12:
		return "ja"
	case 0:
		return "nee"
	}
	return "deels"
}

func (o *oracle) insuredAll(ps string, from, to day) bool {
	return slices.ContainsFunc(o.insured[ps], func(l *oracleLine) bool {
		a, b := l.span()
		return a <= from && to <= b
	})
}
