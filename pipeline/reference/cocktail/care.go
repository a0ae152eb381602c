package cocktail

import (
	"cmp"
	"slices"
	"strings"
)

// allocations finds the lines that count: of each allocation the newest, none when that withdraws it (rules 11, 69), and whether a
// kind fills begin_levering for at least half its lines (rules 36).
func (w *world) allocations() {
	for _, kind := range []string{"wmo_toewijzing", "jeugd_toewijzing"} {
		filled, groups := 0, map[[3]string][]*line{}
		for _, l := range w.ByKind[kind] {
			at := [3]string{kind, l.Gemeente, l.Get("toewijzing_nummer")}
			groups[at] = append(groups[at], l)
			if l.Get("begin_levering") != "" {
				filled++
			}
		}
		w.begins[kind] = 2*filled >= len(w.ByKind[kind])
		for at, list := range groups {
			if l := newestAllocation(list); l.Get("reden_wijziging") == "13" {
				w.gone[at] = true
			} else {
				w.care[l] = true
			}
		}
	}
}

// newestAllocation is the line of the last day that is as good as any: by time of day where all lines of that day have one, by when
// its delivery was made, one that withdraws before others, by delivery, and then by what it says.
func newestAllocation(list []*line) *line {
	last := day(0)
	for _, l := range list {
		on, _ := l.Day("toewijzing_datum")
		last = max(last, on)
	}
	var today []*line
	timed := true
	for _, l := range list {
		if on, _ := l.Day("toewijzing_datum"); on == last {
			today = append(today, l)
			timed = timed && l.Get("toewijzing_tijd") != ""
		}
	}
	clock := func(l *line) string {
		t := l.Get("toewijzing_tijd")
		switch {
		case !timed:
			return ""
		case len(t) == len("15:04"):
			return t + ":00"
		}
		return t
	}
	withdraws := func(l *line) int {
		if l.Get("reden_wijziging") == "13" {
			return 1
		}
		return 0
	}
	return slices.MaxFunc(today, func(a, b *line) int {
		c := cmp.Or(cmp.Compare(clock(a), clock(b)), a.Delivery.Made().Compare(b.Delivery.Made()), cmp.Compare(withdraws(a), withdraws(b)), cmp.Compare(a.Delivery.Newest, b.Delivery.Newest))
		for _, column := range strings.Fields("ingangsdatum einddatum begin_levering einde_levering product_categorie aanbieder_agb " +
			"reden_wijziging reden_beeindiging juridische_status wettelijke_vertegenwoordiging soort_adres") {
			c = cmp.Or(c, cmp.Compare(a.Get(column), b.Get(column)))
		}
		return cmp.Or(c, cmp.Compare(a.Nr, b.Nr))
	})
}

// care is a valid allocation with its dates. starts is the period of care (rules 26); ends is the last day of it.
type care struct {
	*line
	from, to       day
	category       string
	agb            string
	end, planned   day
	ended, planful bool
}

func (w *world) cares(p *person) (out []care) {
	for _, kind := range []string{"jeugd_toewijzing", "wmo_toewijzing"} {
		for _, l := range w.of[kind][p.PS] {
			if !w.care[l] {
				continue
			}
			c := care{line: l, from: l.From, category: l.Get("product_categorie"), agb: l.Get("aanbieder_agb")}
			if d, ok := l.Day("begin_levering"); ok {
				c.from = d
			}
			c.end, c.ended = l.Day("einde_levering")
			c.planned, c.planful = l.Day("einddatum")
			switch {
			case c.ended:
				c.to = c.end + 1
			case c.planful:
				c.to = c.planned + 1
			default:
				c.to = l.Until
			}
			out = append(out, c)
		}
	}
	return out
}

// care36 is what allocations show: support that does not fit (rules 36, 53, 56) and, by category and address, the rest.
func (w *world) care36(p *person, add adder) {
	all := w.cares(p)
	const unfit = "niet_passende_begeleiding"
	for _, a := range all {
		w.byCode(a, add)
		reason, wmo := a.Get("reden_beeindiging"), a.Kind == "wmo_toewijzing"
		last, over := a.end, a.ended
		if !over {
			last, over = a.planned, a.planful
		}
		if over && (wmo && (in(reason, "22 23") || reason == "21" && a.category == "02") ||
			!wmo && (in(reason, "33 34") || reason == "32" && a.category == "45")) {
			add(unfit, true, last, last+180, a.line)
		}
		early := a.ended && (!a.planful || a.end < a.planned)
		for _, b := range all {
			gap := b.line.From - a.end
			if early && b.Kind == a.Kind && b.category == a.category && a.category != "" && a.agb != "" && b.agb != "" && b.agb != a.agb && gap >= 0 && gap <= 90 {
				add(unfit, false, a.end, a.end+180, a.line)
			}
		}
		for _, b := range all {
			for _, c := range all {
				if a.agb != "" && a.agb < b.agb && b.agb < c.agb {
					add(unfit, false, max(a.from, b.from, c.from), min(a.to, b.to, c.to), c.line)
				}
			}
		}
		week13 := a.line.From + 91
		begun, started := a.Day("begin_levering")
		if w.begins[a.Kind] && (!started || begun > week13) && (!a.planful || a.planned >= week13) && (!a.ended || a.end >= week13) &&
			week13 <= w.P {
			add(unfit, false, week13, week13+180, a.line)
		}
	}
}

// byCode is what a code on an allocation shows by itself (rules 34, 35, 37, 38). The same digits mean other things per law.
func (w *world) byCode(a care, add adder) {
	if a.Kind == "wmo_toewijzing" {
		switch {
		case a.category == "15":
			add("ggz", false, a.from, a.to, a.line)
		case in(a.category, "16 17"):
			add("woonproblematiek", true, a.from, a.to, a.line)
		case in(a.category, "05 13 18"):
			add("woonproblematiek", false, a.from, a.to, a.line)
		}
	} else {
		w.jeugdzorg(a.line, a.from, a.to, add)
		if in(a.category, "51 52 54") {
			add("ggz", false, a.from, a.to, a.line)
		}
	}
	from, to := a.line.From, a.line.Until
	if a.Get("wettelijke_vertegenwoordiging") == "07" {
		add("schulden", true, from, to, a.line)
	}
	if in(a.Get("soort_adres"), "02 04") {
		add("woonproblematiek", a.Get("soort_adres") == "02", from, to, a.line)
	}
}

// benefit is the key of rule 13.
type benefit struct{ gemeente, month, number, code, cluster string }

func benefitOf(l *line) benefit {
	return benefit{l.Gemeente, l.Get("jaarmaand"), l.Get("registratienummer"), l.Get("statistiekcode"), l.Get("cluster_bijz_bijstand")}
}

// benefits adds up what lines of one benefit give each person; when persons differ nothing of it counts (rules 13, 70). Of what more
// deliveries say the newest is kept.
func (w *world) benefits() {
	gone := map[*line]bool{}
	for _, l := range w.ByKind["participatie_uitkering"] {
		at, ps := benefitOf(l), l.Get("persoon_ps")
		if w.paid[at] == nil {
			w.paid[at] = map[string]int64{}
		}
		if gone[l] = w.again(l); !gone[l] {
			w.paid[at][ps] += w.cents(l, "betaalbaar_gesteld_eur")
		}
	}
	for ps, list := range w.of["participatie_uitkering"] {
		w.of["participatie_uitkering"][ps] = slices.DeleteFunc(list, func(l *line) bool { return gone[l] })
	}
	for at, persons := range w.paid {
		sums := map[int64]bool{}
		for _, ct := range persons {
			sums[ct] = true
		}
		w.unequal[at] = len(sums) > 1
	}
}

// again: of the lines of its delivery that say the same this is the k-th, and a newer delivery has a k-th as well.
func (w *world) again(l *line) bool {
	k, others := 0, map[int]int{} // by delivery, how many lines say the same
	for _, m := range w.of["participatie_uitkering"][l.Get("persoon_ps")] {
		if w.Content(m) != w.Content(l) {
			continue
		}
		others[m.Delivery.Newest]++
		if m.Delivery.Newest == l.Delivery.Newest && m.Nr <= l.Nr {
			k++
		}
	}
	for order, n := range others {
		if order > l.Delivery.Newest && n >= k {
			return true
		}
	}
	return false
}

// pays: the benefit of the line gave the person something, in the end.
func (w *world) pays(l *line) bool { return w.paid[benefitOf(l)][l.Get("persoon_ps")] > 0 }

// assistance are the lines of a person that are bijstand.
func (w *world) assistance(p *person) (out []*line) {
	for _, l := range w.of["participatie_uitkering"][p.PS] {
		if in(l.Get("statistiekcode"), "01 02 03 14") && !w.unequal[benefitOf(l)] {
			out = append(out, l)
		}
	}
	return out
}

// benefitStatus is rule 33 for a month: ja (nobody is paid), nee, or onbekend; and the lines of stopped benefits that make it sterk.
func (w *world) benefitStatus(h *house, month day) (status string, stopped []signal) {
	adults, covered := 0, true
	for _, p := range h.Members {
		if p.Attached || p.Born(18) > month {
			continue
		}
		adults++
		covered = covered && w.Covers("participatie_uitkering", p, month)
		var newest *line
		for _, l := range w.assistance(p) {
			if l.From == month && w.pays(l) {
				return "nee", nil
			}
			if l.From <= month && (newest == nil || l.From > newest.From || l.From == newest.From && newer(l, newest) < 0) {
				newest = l
			}
		}
		if newest == nil {
			continue
		}
		end, ended := newest.Day("einde_uitkering")
		if reason := newest.Get("reden_beeindiging"); ended && end < month && month-end < 365 && reason != "" &&
			!in(reason, "03 04 07 11 13 32 33") {
			stopped = append(stopped, signal{"geen_uitkering", true, p, month, month.Month(1), newest})
		}
	}
	switch {
	case adults == 0:
		return "nee", nil
	case !covered:
		return "onbekend", nil
	}
	return "ja", stopped
}

// noBenefit are the signals of rule 33: sterk a month, zwak whole periods of the household without a source line.
func (w *world) noBenefit(h *house) (out []signal) {
	for month := w.from; month < w.to; month = month.Month(1) {
		status, stopped := w.benefitStatus(h, month)
		if status != "ja" {
			continue
		}
		if len(stopped) > 0 {
			out = append(out, stopped...)
			continue
		}
		i := slices.IndexFunc(out, func(s signal) bool { return !s.strong && s.to == month })
		if i < 0 {
			out = append(out, signal{"geen_uitkering", false, nil, month, month.Month(1), nil})
		} else {
			out[i].to = month.Month(1)
		}
	}
	return out
}
