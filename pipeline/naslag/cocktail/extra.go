package cocktail

// What shows the ingredients that no built-in cocktail asks for, from the table in docs/methods.md and not from signals.yaml.

const event = 180 // days that a row with one date keeps showing

// extra are those of a person.
func (w *world) extra(p *person, add adder) {
	w.extraCare(p, add)
	w.extraIncome(p, add)
	w.extraHousing(p, add)
	w.apart(p, add)
	w.crowded(p, add)
}

func (w *world) extraCare(p *person, add adder) {
	for _, c := range w.cares(p) {
		from, to := w.span(c.line)
		if c.kind == "jeugd_toewijzing" && c.category == "46" || c.kind == "wmo_toewijzing" && c.category == "17" {
			add("crisis", true, c.from, c.to, c.line)
		}
		if c.kind == "wmo_toewijzing" && in(c.category, "16 17") {
			add("dakloos", true, c.from, c.to, c.line)
		}
		if c.get("soort_adres") == "02" {
			add("dakloos", false, from, to, c.line)
		}
		switch status := c.get("juridische_status"); {
		case in(status, "01 03 05"):
			add("gedwongen_opname", true, from, to, c.line)
		case in(status, "11 12"):
			add("detentie", false, from, to, c.line)
		}
	}
	for _, l := range w.youthLines(p) {
		if l.get("product_categorie") == "46" {
			add("crisis", true, l.from, l.to, l)
		}
	}
	for _, l := range w.claims(p) {
		if l.get("wvggz_machtiging") == "ja" {
			add("gedwongen_opname", true, l.from, l.to-1+180, l)
		}
	}
	for _, l := range w.trajects(p) {
		if l.get("crisisinterventie") == "ja" {
			from, to := w.span(l)
			add("crisis", true, from, to, l)
		}
	}
	for _, l := range w.of["schuldhulp_signaal"][p.ps] {
		if l.get("crisissignaal") == "ja" {
			add("crisis", true, l.from, l.from+event, l)
		}
		if l.get("signaalpartner_type") == "Huur" {
			add("huurachterstand", true, l.from, l.from+event, l)
		}
	}
}

func (w *world) extraIncome(p *person, add adder) {
	for _, l := range w.of["participatie_uitkering"][p.ps] {
		end, ended := l.date("einde_uitkering")
		if w.unequal[benefitOf(l)] {
			continue
		}
		if ended && l.get("reden_beeindiging") == "17" {
			add("scheiding", false, end, end+event, l)
		}
		if ended && l.get("reden_beeindiging") == "05" {
			add("detentie", true, end, end+event, l)
		}
		if in(l.get("huisvesting"), "5 6") {
			add("dakloos", true, l.from, l.to, l)
		}
		if l.get("cluster_bijz_bijstand") == "d" {
			add("dakloos", false, l.from, l.to, l)
		}
	}
	paid := map[day]bool{}
	for _, l := range w.assistance(p) {
		if w.pays(l) {
			paid[l.from] = true
			add("bijstand", true, l.from, l.to, l)
		}
	}
	for _, l := range w.assistance(p) {
		end, ended := l.date("einde_uitkering")
		if reason := l.get("reden_beeindiging"); ended && in(reason, "31 34 35 05 98") && !paid[end.next()] {
			add("verlies_inkomen", in(reason, "31 34 35"), end, end+event, l)
		}
	}
	for _, l := range w.of["participatie_vordering"][p.ps] {
		ground := l.get("ontstaansgrond")
		if in(ground, "51 52 53 54 55 56 57 58 59 81 82") {
			add("terugvordering", !in(ground, "58 59"), l.from, l.from+event, l)
		}
		if ground == "54" {
			add("adresonderzoek", false, l.from, l.from+event, l)
		}
		if ground == "63" {
			add("scheiding", true, l.from, l.from+event, l)
		}
	}
}

func (w *world) extraHousing(p *person, add adder) {
	for _, s := range p.spells {
		if s.line.get("functie_adres") == "B" {
			add("dakloos", false, s.from, s.to, s.line)
		}
	}
	for _, l := range w.of["wonen_signaal"][p.ps] {
		to := l.to
		if _, period := l.date("einddatum"); !period {
			to = l.from + event
		}
		show := func(ingredient string, strong bool) { add(ingredient, strong, l.from, to, l) }
		switch soort := l.get("soort"); soort {
		case "huurachterstand":
			show("huurachterstand", true)
		case "ontruimingsaanzegging":
			show("huurachterstand", false)
		case "urgentieaanvraag", "urgentie_afgewezen":
			show("woningvraag", true)
		case "opvang":
			show("woningvraag", false)
			show("dakloos", true)
		case "briefadres":
			show("woningvraag", false)
			show("dakloos", false)
		case "woningsluiting", "overbewoning", "adresonderzoek":
			show(soort, true)
		}
	}
}

// living are all spells of everybody by household, institutions left out.
func (w *world) living(house int64) []occupant {
	if w.occupants == nil {
		w.occupants = map[int64][]occupant{}
		for _, p := range w.persons {
			for i := range p.spells {
				if s := &p.spells[i]; s.from < s.to {
					w.occupants[s.house] = append(w.occupants[s.house], occupant{p, s})
				}
			}
		}
	}
	return w.occupants[house]
}

type occupant struct {
	*person
	*spell
}

func (s *spell) partner() bool     { return in(s.line.get("plhh"), "3 4 5 6") }
func (s *spell) institution() bool { return s.line.get("typhh") == "8" }

// apart: two partners in one household of whom each, within 31 days, lives in another.
func (w *world) apart(p *person, add adder) {
	after := func(q *person, last day) *spell {
		for i := range q.spells { // in order of their first day
			if s := &q.spells[i]; s.from < s.to && s.to > last {
				if s.from <= last+31 {
					return s
				}
				return nil
			}
		}
		return nil
	}
	for i := range p.spells {
		mine := &p.spells[i]
		if mine.from >= mine.to || !mine.partner() {
			continue
		}
		for _, other := range w.living(mine.house) {
			if other.person == p || !other.partner() || other.from >= mine.to || mine.from >= other.to {
				continue
			}
			last := min(mine.to, other.to)
			a, b := after(p, last), after(other.person, last)
			if a == nil || b == nil || a.house == b.house || a.institution() || b.institution() {
				continue
			}
			at := max(last, a.from, b.from)
			add("scheiding", true, at, at+event, a.line)
		}
	}
}

// crowded counts who lives with the person, a day at a time: fewer than 12 square metres each.
func (w *world) crowded(p *person, add adder) {
	for i := range p.spells {
		s := &p.spells[i]
		area := s.line.get("woonoppervlak_m2")
		if s.from >= s.to || s.institution() || area == "" || area == "0" {
			continue
		}
		m2 := s.line.cents("woonoppervlak_m2") // a whole number, whatever it counts
		begin := never
		for d := s.from; d <= s.to; d++ {
			people := int64(0)
			for _, o := range w.living(s.house) {
				if o.from <= d && d < o.to && !o.institution() {
					people++
				}
			}
			full := d < s.to && m2 < 12*people
			switch {
			case full && begin == never:
				begin = d
			case !full && begin != never:
				add("overbewoning", true, begin, d, s.line)
				begin = never
			}
		}
	}
}
