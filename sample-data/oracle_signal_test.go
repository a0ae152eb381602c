package sampledata

import (
	"cmp"
	"slices"
	"strings"
)

// oracleSignal is an interval that shows an ingredient.
type oracleSignal struct {
	ingredient string
	strong     bool
	from, to   day
}

// signals lists what shows an ingredient in a household (rules 31-38), but for the three rules about allocations that
// follow or pile up on each other: no hand-made household has those.
func (o *oracle) signals(h *oracleHouse) (out []oracleSignal) {
	add := func(ingredient string, strong bool, from, to day) {
		out = append(out, oracleSignal{ingredient, strong, from, min(to, d("2050-01-01"))})
	}
	mine := func(kind string) []*oracleLine { return o.atHome[h.id][kind] }
	in := func(v string, list ...string) bool { return slices.Contains(list, v) }
	cut := func(from, to day) (day, day) {
		if to > d("2090-01-01") {
			to = coverTo + 1
		}
		return from, to
	}
	for _, m := range h.members {
		t := m.born.time()
		if x := ymd(t.Year()+18, int(t.Month()), 1); x > d("2024-01-01") {
			add("kinderen", true, m.born, x)
		}
		for _, s := range m.spells {
			if s.line.row["functie_adres"] == "B" {
				from, to := cut(s.from, s.to)
				add("woonproblematiek", true, from, to)
			}
		}
	}
	for _, l := range mine("zvw_declaratie") {
		code := l.row["prestatie_code"]
		if o.takenBack(l) {
			continue
		}
		if len(code) == 6 && in(code[:2], "CO", "GC", "TC", "TG", "VD", "TV", "OV") || strings.HasSuffix(l.row["zorgsoort"], "_ggz") {
			add("ggz", true, l.day("begindatum"), l.day("einddatum")+180)
		}
	}
	for _, law := range []string{"wmo", "jeugd"} {
		for _, l := range mine(law + "_toewijzing") {
			from, to := carePeriod(l)
			category, reason := l.row["product_categorie"], l.row["reden_beeindiging"]
			event := func() { add("niet_passende_begeleiding", true, l.day("einde_levering"), l.day("einde_levering")+180) }
			if law == "wmo" {
				switch {
				case category == "15":
					add("ggz", false, from, to)
				case in(category, "16", "17"):
					add("woonproblematiek", true, from, to)
				case in(category, "05", "13", "18"):
					add("woonproblematiek", false, from, to)
				}
				if in(reason, "22", "23") || reason == "21" && category == "02" {
					event()
				}
			} else {
				add("jeugdzorg", !in(category, "47", "48"), from, to)
				if in(category, "51", "52", "54") {
					add("ggz", false, from, to)
				}
				if in(reason, "33", "34") || reason == "32" && category == "45" {
					event()
				}
			}
			if l.row["wettelijke_vertegenwoordiging"] == "07" {
				add("schulden", true, from, to)
			}
			if in(l.row["soort_adres"], "02", "04") {
				add("woonproblematiek", l.row["soort_adres"] == "02", from, to)
			}
		}
	}
	for _, l := range mine("jeugd_declaratie") {
		if ct, _ := l.cents(); ct > 0 && l.row["debet_credit"] == "D" && !o.takenBack(l) {
			from, to := l.span()
			add("jeugdzorg", !in(l.row["product_categorie"], "47", "48"), from, to)
		}
	}
	for _, m := range h.members {
		for _, l := range o.benefits[m.ps] {
			from, to := l.span()
			if in(l.row["huisvesting"], "4", "5", "6") {
				add("woonproblematiek", l.row["huisvesting"] != "4", from, to)
			}
			if in(l.row["cluster_bijz_bijstand"], "c", "d") {
				add("woonproblematiek", false, from, to)
			}
		}
	}
	for _, l := range mine("schuldhulp_traject") {
		from, to := l.span()
		if l.row["einddatum"] == "" {
			add("schulden", true, from, coverTo+1)
		} else {
			add("schulden", true, from, to-1+365)
		}
	}
	arrears := mine("schuldhulp_signaal")
	for i, l := range arrears {
		from := l.day("signaaldatum")
		if l.row["opgepakt_op"] != "" {
			add("schulden", true, from, from+180)
		}
		for _, other := range arrears[i+1:] {
			if other.row["persoon_ps"] == l.row["persoon_ps"] && other.row["signaalpartner_type"] != l.row["signaalpartner_type"] {
				if a, b := max(from, other.day("signaaldatum")), min(from, other.day("signaaldatum"))+180; a < b {
					add("schulden", false, a, b)
				}
			}
		}
		if in(l.row["signaalpartner_type"], "Huur", "Hypotheek") {
			add("woonproblematiek", l.row["crisissignaal"] == "ja", from, from+180)
		}
	}
	for _, l := range mine("wonen_signaal") {
		from, to := l.span()
		if l.row["einddatum"] == "" {
			to = from + 180
			if l.row["soort"] == "ontruiming" {
				to = from + 365
			}
		}
		add("woonproblematiek", in(l.row["soort"], "ontruiming", "ontruimingsaanzegging", "woningsluiting", "briefadres", "opvang"), from, to)
	}
	months(d("2023-01-01"), coverTo, func(first, last day) {
		if yes, strong, _ := o.noBenefit(h, first); yes {
			add("geen_uitkering", strong, first, last+1)
		}
	})
	return out
}

// takenBack says whether a credit line undoes this one: by its reference, or in the zvw feed by person, prestatie and
// dates, one for one (rules 34, 35, 59). No hand-made household has the same zvw line twice.
func (o *oracle) takenBack(l *oracleLine) bool {
	return slices.ContainsFunc(o.atHome[o.house(l.row["persoon_ps"])][l.kind], func(c *oracleLine) bool {
		if c.row["debet_credit"] != "C" {
			return false
		}
		same := func(columns ...string) bool {
			return !slices.ContainsFunc(columns, func(name string) bool { return c.row[name] != l.row[name] })
		}
		if l.kind == "zvw_declaratie" {
			return same("persoon_ps", "prestatie_code", "begindatum", "einddatum")
		}
		return c.row["vorig_referentie_nummer"] == l.row["referentie_nummer"] && same("gemeentecode", "aanbieder_agb")
	})
}

// noBenefit is rule 33 for one month; known is false when it cannot be said.
func (o *oracle) noBenefit(h *oracleHouse, first day) (yes, strong, known bool) {
	adults, covered := 0, true
	for _, m := range h.members {
		if !m.adultOn(first) {
			continue
		}
		adults++
		covered = covered && o.covered(m, first, "participatie_uitkering")
		var newest *oracleLine
		for _, l := range o.benefits[m.ps] {
			if !slices.Contains([]string{"01", "02", "03", "14"}, l.row["statistiekcode"]) {
				continue
			}
			if l.row["jaarmaand"] == first.month() {
				return false, false, true
			}
			if l.row["jaarmaand"] < first.month() && (newest == nil || l.row["jaarmaand"] > newest.row["jaarmaand"]) {
				newest = l
			}
		}
		if newest != nil && newest.row["einde_uitkering"] != "" && first-newest.day("einde_uitkering") < 365 &&
			!slices.Contains([]string{"", "03", "04", "07", "11", "13", "32", "33"}, newest.row["reden_beeindiging"]) {
			strong = true
		}
	}
	if adults == 0 {
		return false, false, true
	}
	return covered, strong && covered, covered
}

// covered is rule 19 for one person and month: the kind covers every gemeente the person has a spell day in.
func (o *oracle) covered(m *oraclePerson, first day, kind string) bool {
	last, lived := first.next()-1, false
	for _, s := range m.spells {
		if s.from > last || s.to <= first {
			continue
		}
		lived = true
		found := false
		for _, note := range o.notes[kind] {
			if slices.Contains(note.Gemeenten, s.line.row["gemeentecode"]) && d(note.From) <= first && last <= d(note.To) {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return lived && (kind != "zvw_declaratie" || o.insuredAll(m.ps, first, last+1))
}

var coverageOf = map[string][]string{
	"ggz": {"zvw_declaratie"}, "jeugdzorg": {"jeugd_toewijzing"}, "niet_passende_begeleiding": {"wmo_toewijzing", "jeugd_toewijzing"},
	"schulden":         {"schuldhulp_traject", "schuldhulp_signaal"},
	"woonproblematiek": {"wmo_toewijzing", "participatie_uitkering", "schuldhulp_signaal", "wonen_signaal"},
}

// known says whether absence of an ingredient can be known in a month.
func (o *oracle) known(h *oracleHouse, ingredient string, first day) bool {
	if ingredient == "geen_uitkering" {
		_, _, known := o.noBenefit(h, first)
		return known
	}
	for _, m := range h.members {
		if m.attached || m.born > first {
			continue
		}
		for _, kind := range coverageOf[ingredient] {
			if !o.covered(m, first, kind) {
				return false
			}
		}
	}
	return true
}

// cocktails walks the 24 months to the peildatum day by day (rules 39-41, 58).
func (o *oracle) cocktails(h *oracleHouse) []Episode {
	signals := o.signals(h)
	var out []Episode
	for _, c := range []struct {
		id          string
		ingredients []string
		children    bool
		strong      string // ingredient that must be strong
	}{
		{"cocktail_1", []string{"ggz", "niet_passende_begeleiding", "woonproblematiek"}, true, ""},
		{"cocktail_2", []string{"jeugdzorg", "woonproblematiek"}, true, ""},
		{"cocktail_3", []string{"schulden", "woonproblematiek"}, true, ""},
		{"cocktail_4", []string{"geen_uitkering", "ggz", "woonproblematiek"}, false, "geen_uitkering"},
	} {
		at := func(x day, ingredient string) (present, strong bool) {
			for _, s := range signals {
				if s.ingredient == ingredient && s.from <= x && x < s.to {
					present, strong = true, strong || s.strong
				}
			}
			return present, strong
		}
		var current *Episode
		for x := d("2024-01-01"); x <= d(peil); x++ {
			status, missing, unknown, shown, anyStrong := "", []string{}, 0, 0, false
			for _, name := range c.ingredients {
				present, strong := at(x, name)
				if present { // also below its minimum (rules 72)
					shown++
				}
				switch {
				case present && (strong || name != c.strong):
					anyStrong = anyStrong || strong
				case present:
					missing = append(missing, name+" (zwak aanwezig)")
				default:
					missing = append(missing, name)
					if !o.known(h, name, x.first()) {
						unknown++
					}
				}
			}
			switch {
			case len(missing) == 0:
				status = "vol"
			case len(missing) == 1 && unknown == 0 && (len(c.ingredients) > 2 || anyStrong):
				status = "dreigend"
			case unknown > 0 && unknown == len(missing) && shown > 0:
				status = "onbekend"
			}
			if children, _ := at(x, "kinderen"); c.children && !children {
				status = ""
			}
			if status == "" {
				current = nil
				continue
			}
			if current == nil || current.Status != status || !slices.Equal(current.Missing, missing) {
				out = append(out, Episode{Cocktail: c.id, From: x.String(), Status: status, Missing: missing,
					Order: order(signals, c.ingredients, c.children, c.strong, x)})
				current = &out[len(out)-1]
			}
			current.To = (x + 1).String()
			current.Active = x == d(peil)
		}
	}
	return out
}

// order names the ingredients present on a day by the start of their chain of signals (rules 41, 58).
func order(signals []oracleSignal, ingredients []string, children bool, strong string, x day) []string {
	names := slices.Clone(ingredients)
	if children {
		names = append(names, "kinderen")
	}
	start := map[string]day{}
	for _, name := range names {
		var mine []oracleSignal
		for _, s := range signals {
			if s.ingredient == name && (s.strong || name != strong) {
				mine = append(mine, s)
			}
		}
		begin, found := x, false
		for grown := true; grown; { // walk back as long as a signal touches
			grown = false
			for _, s := range mine {
				if s.from <= x && x < s.to {
					found = true
				}
				if s.from < begin && s.to >= begin {
					begin, grown = s.from, true
				}
			}
		}
		if found {
			start[name] = begin
		}
	}
	var out []string
	for _, name := range names {
		if _, ok := start[name]; ok {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(start[a], start[b]), cmp.Compare(a, b)) })
	return out
}
