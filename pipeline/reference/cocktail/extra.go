package cocktail

import "stapel/pipeline/reference/lines"

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
		from, to := c.line.From, c.line.Until
		if c.Kind == "jeugd_toewijzing" && c.category == "46" || c.Kind == "wmo_toewijzing" && c.category == "17" {
			add("crisis", true, c.from, c.to, c.line)
		}
		if c.Kind == "wmo_toewijzing" && in(c.category, "16 17") {
			add("dakloos", true, c.from, c.to, c.line)
		}
		if c.Get("soort_adres") == "02" {
			add("dakloos", false, from, to, c.line)
		}
		switch status := c.Get("juridische_status"); {
		case in(status, "01 03 05"):
			add("gedwongen_opname", true, from, to, c.line)
		case in(status, "11 12"):
			add("detentie", false, from, to, c.line)
		}
	}
	for _, l := range w.youthLines(p) {
		if l.Get("product_categorie") == "46" {
			add("crisis", true, l.From, l.To, l)
		}
	}
	for _, l := range w.claims(p) {
		if l.Get("wvggz_machtiging") == "ja" {
			add("gedwongen_opname", true, l.From, l.To-1+180, l)
		}
	}
	for _, l := range w.trajects(p) {
		if l.Get("crisisinterventie") == "ja" {
			from, to := l.From, l.Until
			add("crisis", true, from, to, l)
		}
	}
	for _, l := range w.of["schuldhulp_signaal"][p.PS] {
		if l.Get("crisissignaal") == "ja" {
			add("crisis", true, l.From, l.From+event, l)
		}
		if l.Get("signaalpartner_type") == "Huur" {
			add("huurachterstand", true, l.From, l.From+event, l)
		}
	}
}

func (w *world) extraIncome(p *person, add adder) {
	for _, l := range w.of["participatie_uitkering"][p.PS] {
		end, ended := l.Day("einde_uitkering")
		if w.unequal[benefitOf(l)] {
			continue
		}
		if ended && l.Get("reden_beeindiging") == "17" {
			add("scheiding", false, end, end+event, l)
		}
		if ended && l.Get("reden_beeindiging") == "05" {
			add("detentie", true, end, end+event, l)
		}
		if in(l.Get("huisvesting"), "5 6") {
			add("dakloos", true, l.From, l.To, l)
		}
		if l.Get("cluster_bijz_bijstand") == "d" {
			add("dakloos", false, l.From, l.To, l)
		}
	}
	paid := map[day]bool{}
	first := map[benefit]*line{} // payments of a benefit are one fact (rules 70), and the oldest is its source
	for _, l := range w.assistance(p) {
		if f := first[benefitOf(l)]; w.pays(l) && (f == nil || newer(f, l) < 0) {
			first[benefitOf(l)] = l
		}
	}
	for _, l := range first {
		paid[l.From] = true
		add("bijstand", true, l.From, l.To, l)
	}
	for _, l := range w.assistance(p) {
		end, ended := l.Day("einde_uitkering")
		if reason := l.Get("reden_beeindiging"); ended && in(reason, "31 34 35 05 98") && !paid[end.Month(1)] {
			add("verlies_inkomen", in(reason, "31 34 35"), end, end+event, l)
		}
	}
	for _, l := range w.of["participatie_vordering"][p.PS] {
		ground := l.Get("ontstaansgrond")
		if in(ground, "51 52 53 54 55 56 57 58 59 81 82") {
			add("terugvordering", !in(ground, "58 59"), l.From, l.From+event, l)
		}
		if ground == "54" {
			add("adresonderzoek", false, l.From, l.From+event, l)
		}
		if ground == "63" {
			add("scheiding", true, l.From, l.From+event, l)
		}
	}
}

func (w *world) extraHousing(p *person, add adder) {
	for _, s := range p.Spells {
		if s.Line.Get("functie_adres") == "B" {
			add("dakloos", false, s.From, s.To, s.Line)
		}
	}
	for _, l := range w.of["wonen_signaal"][p.PS] {
		to := l.To
		if _, period := l.Day("einddatum"); !period {
			to = l.From + event
		}
		show := func(ingredient string, strong bool) { add(ingredient, strong, l.From, to, l) }
		switch soort := l.Get("soort"); soort {
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

// living are all spells of everybody by household, of persons who began one by P.
func (w *world) living(house string) []occupant {
	if w.occupants == nil {
		w.occupants = map[string][]occupant{}
		for _, p := range w.Persons {
			for i := range p.Spells {
				if s := &p.Spells[i]; p.Fact != nil && s.From < s.To {
					w.occupants[s.House] = append(w.occupants[s.House], occupant{p, s})
				}
			}
		}
	}
	return w.occupants[house]
}

type occupant struct {
	who   *person
	spell *spell
}

func partner(s *spell) bool { return in(s.Line.Get("plhh"), "3 4 5 6") }

// apart: two partners in one household of whom each, within 31 days, lives in another.
func (w *world) apart(p *person, add adder) {
	after := func(q *person, last day) *spell {
		for i := range q.Spells { // in order of their first day
			if s := &q.Spells[i]; s.From < s.To && s.To > last {
				if s.From <= last+31 {
					return s
				}
				return nil
			}
		}
		return nil
	}
	for i := range p.Spells {
		mine := &p.Spells[i]
		if mine.From >= mine.To || !partner(mine) {
			continue
		}
		for _, other := range w.living(mine.House) {
			their := other.spell
			if other.who == p || !partner(their) || their.From >= mine.To || mine.From >= their.To {
				continue
			}
			last := min(mine.To, their.To)
			a, b := after(p, last), after(other.who, last)
			if a == nil || b == nil || a.House == b.House || a.Institution() || b.Institution() {
				continue
			}
			at := max(last, a.From, b.From)
			add("scheiding", true, at, at+event, a.Line)
		}
	}
}

// crowded counts who lives with the person, a day at a time: fewer than 12 square metres each.
func (w *world) crowded(p *person, add adder) {
	for i := range p.Spells {
		s := &p.Spells[i]
		area := s.Line.Get("woonoppervlak_m2")
		if s.From >= s.To || s.Institution() || area == "" || area == "0" {
			continue
		}
		m2, _ := s.Line.Whole("woonoppervlak_m2")
		begin := lines.Never
		for d := s.From; d <= s.To; d++ {
			crowd := int64(0)
			for _, o := range w.living(s.House) {
				if o.spell.From <= d && d < o.spell.To && !o.spell.Institution() {
					crowd++
				}
			}
			full := d < s.To && m2 < 12*crowd
			switch {
			case full && begin == lines.Never:
				begin = d
			case !full && begin != lines.Never:
				add("overbewoning", true, begin, d, s.Line)
				begin = lines.Never
			}
		}
	}
}
