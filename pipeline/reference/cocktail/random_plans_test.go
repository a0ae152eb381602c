package cocktail

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
)

// withPlans lays beside a world what patterns ask and signals do not: neighbourhoods, what was paid of claims and what became of them, and
// plans with what stands in their way and who decided. It draws from a stream of its own, so that the world is what it was.
func withPlans(r *draw, set extract.Set, households int) extract.Set {
	set = slices.Clone(set)
	for n, old := range set {
		d := *old
		d.Lines = slices.Clone(d.Lines)
		set[n] = &d
		for i, l := range d.Lines {
			l = maps.Clone(l)
			switch d.Kind {
			case "huishouden":
				l["wijkcode"] = r.maybe(80, "WK085501 WK085502 WK082401")
			case "participatie_vordering":
				r.paid(l)
			}
			d.Lines[i] = l
		}
		if d.Kind != "participatie_vordering" {
			continue
		}
		for _, l := range slices.Clone(d.Lines) {
			for range r.whole(0, 1) * r.whole(0, 2) { // the same claim, later
				l = maps.Clone(l)
				r.paid(l)
				if r.chance(10) {
					l["ontstaansgrond"] = r.pick("51 58 60 63")
				}
				d.Lines = append(d.Lines, l)
			}
		}
	}
	plans, decisions := r.plans(households)
	for _, list := range []struct {
		kind  string
		lines []extract.Line
	}{{"maatwerk_plan", plans}, {"maatwerk_akkoord", decisions}} {
		var files []*extract.Delivery
		for i := range 2 {
			files = append(files, &extract.Delivery{Kind: list.kind, Name: fmt.Sprintf("%c", 'a'+i), Note: &extract.Note{ID: fmt.Sprint(list.kind, i),
				Supplier: r.pick("een twee drie"), Made: r.date("2026-04-01", "2026-04-03"), Gemeenten: strings.Fields(towns),
				From: "2021-01-01", To: r.date("2024-12-31", worldTo)}})
		}
		for _, l := range list.lines {
			f := files[r.whole(0, 1)]
			f.Lines = append(f.Lines, l)
		}
		set = append(set, files...)
	}
	return set
}

// paid says what was paid of a claim and how it stands.
func (r *draw) paid(l extract.Line) {
	for name, v := range map[string]string{"afgelost_eur": r.maybe(60, "0 40,00 99,99 100,00 100,01"), "status": r.maybe(60, "51 51 52 53 54 99")} {
		delete(l, name)
		if v != "" {
			l[name] = v
		}
	}
}

// obstacleWords and partyWords are spelt as people spell them.
var (
	obstacleWords = []string{"Wachtlijst", "wachtlijst", " WACHTLIJST ", "geen budget", "Geen  budget", "privacy", "Wet- en regelgeving", "één loket", "Één loket"}
	partyWords    = []string{"Gemeente", "gemeente", "GGD Zuid", "ggd  zuid", "Zorgkantoor", "Woningcorporatie", "", "", "niet_genoemd"}
)

// plans draws plans of some of the households, a few of nobody, and decisions about them: again on the same day, again later, and after P.
func (r *draw) plans(households int) (plans, decisions []extract.Line) {
	for n := range households {
		if !r.chance(30) {
			continue
		}
		number, who := fmt.Sprintf("C%d", n), randomPerson(n, 0)
		if r.chance(5) {
			who = randomPerson(n, 90)
		}
		reported := r.date("2024-03-01", "2026-02-15")
		after := func(low, high int) string { return (lines.ParseDay(reported) + day(r.whole(low, high))).String() }
		for range r.whole(1, 2) {
			var words []string
			for range r.whole(0, 3) {
				words = append(words, obstacleWords[r.whole(0, len(obstacleWords)-1)])
			}
			l := extract.Line{"casusnummer": number, "persoon_ps": who, "gemeentecode": r.pick(towns), "hindernis": strings.Join(words, "|"),
				"status": r.pick("concept sparren akkoord uitvoering gereed afgewezen ingetrokken"), "datum_aanmelding": reported}
			if r.chance(60) {
				l["datum_akkoord"] = after(-10, 250)
			}
			if r.chance(50) { // who owns the plan decides as well, for an organisation
				l["eindbaas_ps"] = randomPerson(5000, r.whole(1, 4))
			}
			if r.chance(20) {
				reported = after(0, 40)
			}
			plans = append(plans, l)
		}
		for range r.whole(0, 2) * r.whole(1, 3) {
			l := extract.Line{"casusnummer": number, "maatwerker_ps": randomPerson(5000, r.whole(1, 4)), "besluit": r.pick("akkoord akkoord aanvullen afwijzen"),
				"datum": after(-5, 200), "organisatie": partyWords[r.whole(0, len(partyWords)-1)]}
			decisions = append(decisions, l)
			if r.chance(30) { // otherwise, on the same day
				again := maps.Clone(l)
				again["besluit"] = r.pick("akkoord aanvullen afwijzen")
				decisions = append(decisions, again)
			}
		}
	}
	return plans, decisions
}

// covered has a file of every kind that signals are worked out of, with all lines there are, which covers everybody.
func covered(set extract.Set) (out extract.Set) {
	for _, kind := range append(slices.Clone(kinds), "wmo_declaratie") {
		d := &extract.Delivery{Kind: kind, Name: "alles", Note: &extract.Note{ID: kind, Supplier: "een", Made: "2026-04-01", Gemeenten: strings.Fields(towns),
			From: "2021-01-01", To: worldTo}}
		if kind == "zvw_declaratie" {
			d.Note.AllInsurers = "ja"
		}
		for _, old := range set {
			if old.Kind == kind {
				d.Lines = append(d.Lines, old.Lines...)
			}
		}
		out = append(out, d)
	}
	return out
}

// seldom adds what is hardly ever drawn, each for a rule that nothing else would miss.
func seldom(set extract.Set) {
	add := func(kind string, l extract.Line) {
		i := slices.IndexFunc(set, func(d *extract.Delivery) bool { return d.Kind == kind })
		l["gemeentecode"] = "0855"
		if kind == "zvw_declaratie" {
			delete(l, "gemeentecode")
		}
		set[i].Lines = append(set[i].Lines, l)
	}
	lives := func(house, who int, year, kind string, spells ...string) string { // first days and last ones
		ps := randomPerson(house, who)
		for len(spells) > 0 {
			l := extract.Line{"persoon_ps": ps, "huishouden_ps": randomPerson(house, 99), "begindatum": spells[0], "geboortejaar": year, "geboortemaand": "6",
				"typhh": kind, "plhh": "2"}
			if spells = spells[1:]; len(spells) > 0 {
				l["einddatum"], spells = spells[0], spells[1:]
			}
			add("huishouden", l)
		}
		return ps
	}
	debts := func(ps, from, crisis string) {
		add("schuldhulp_traject", extract.Line{"traject_id": "s" + ps[20:], "persoon_ps": ps, "startdatum": from, "crisisinterventie": crisis})
	}
	housing := func(ps, soort, on string) {
		add("wonen_signaal", extract.Line{"persoon_ps": ps, "soort": soort, "datum": on})
	}
	benefit := func(ps, from, to string) { // months, the last of which is where it stops
		for m := lines.ParseDay(from); m <= lines.ParseDay(to); m = m.Month(1) {
			l := extract.Line{"persoon_ps": ps, "jaarmaand": m.String()[:7], "registratienummer": "s" + ps[20:], "statistiekcode": "01", "betaalbaar_gesteld_eur": "900,00"}
			if m.Month(1) > lines.ParseDay(to) {
				l["einde_uitkering"], l["reden_beeindiging"] = (m.Month(1) - 1).String(), "98"
			}
			add("participatie_uitkering", l)
		}
	}
	const long = "2021-01-01"
	for n := range 4 { // debts and housing on one day, and the child of the cocktail later
		debts(lives(9000+n, 0, "1990", "6", long), fmt.Sprintf("2025-02-%02d", 1+7*n), "ja")
		lives(9000+n, 1, "2025", "6", "2025-06-10")
	}
	for n := range 80 { // either, but not both: fewer than chance would have it
		if ps := lives(9100+n, 0, "1980", "3", long); n%2 == 0 {
			debts(ps, "2025-03-01", "nee")
		} else {
			housing(ps, "urgentieaanvraag", "2025-11-03")
		}
	}
	for n, size := range []int{5, 5, 6, 6, 7, 7, 8, 8} { // sizes count up to 6
		for i := range size {
			if ps := lives(9200+n, i, "1985", "4", long); i == 0 && n < 5 {
				debts(ps, "2025-03-01", []string{"ja", "nee"}[n%2])
			}
		}
	}
	for n, month := range []string{"2025-01", "2025-02", "2025-06", "2025-09", "2025-10"} { // of one month nothing is known: before, between, or of the last day
		gap := lines.ParseDay(month + "-01")
		ps := lives(9300+n, 0, "1990", "6", long, (gap - 1).String(), gap.Month(1).String())
		lives(9300+n, 1, "2015", "6", long)
		debts(ps, "2025-02-03", "nee")
		housing(ps, "opvang", "2025-09-10")
	}
	for n, to := range []string{"2024-10-01", "2024-11-01", "2024-12-01", "2025-01-01"} { // geen_uitkering is known from the 24 months on
		ps := lives(9400+n, 0, "1980", "1", long)
		benefit(ps, "2022-01-01", to)
		housing(ps, "opvang", "2025-05-06")
	}
	ps := lives(9500, 0, "1980", "1", long) // weakly long before it is strong
	benefit(ps, "2024-07-01", "2025-03-01")
	housing(ps, "opvang", "2025-05-06")
	add("zvw_declaratie", extract.Line{"persoon_ps": ps, "prestatie_code": "CO0497", "zorgsoort": "consulten_ggz", "begindatum": "2025-06-04", "einddatum": "2025-06-04",
		"bedrag_ct": "13589", "debet_credit": "D"})
}
