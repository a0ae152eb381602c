package dossier

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// signalMonths are the months in which signals and cocktails are shown.
const signalMonths = allMonths &^ (int64(1)<<signalFrom - 1)

// signals draws per ingredient what shows it, and where its absence would be known.
func (b *builder) signals() Section {
	s := Section{Naam: "Signalen", Uitleg: "vol: sterk; half: zwak", Van: signalFrom}
	for _, name := range b.ingredients() {
		known := int64(0)
		if !slices.Contains(b.d.Run.Ingredienten, name) {
			known = allMonths // no cocktail asks when it would be known
		}
		for _, k := range b.d.Bekend {
			if k.Ingredient == name {
				known = k.Maanden
			}
		}
		r := Row{Label: nl.Word("ingredient", name), cover: covered(known, allMonths, signalFrom)}
		var lines []Bron
		persons := map[int]bool{}
		for _, g := range b.d.Signalen {
			if g.Ingredient != name {
				continue
			}
			bar := Bar{Stijl: StyleHalf, Tekst: g.Sterkte, Bron: g.bron()}
			if g.Sterkte == "sterk" {
				bar.Stijl = StyleFull
			}
			bar.Titel = fmt.Sprintf("%s, %s: %s, %s (%s)", nl.Word("ingredient", name), g.Sterkte, b.who(g.Persoon),
				span(g.Van, g.Tot, g.Tot > b.p.end), bar.Bron)
			if bar, ok := b.p.bar(g.Van, g.Tot, signalFrom, bar); ok {
				r.Balken = append(r.Balken, bar)
				persons[b.numbers[g.Persoon]] = true
				if bar.Bron.Kind != "" {
					lines = append(lines, bar.Bron)
				}
			}
		}
		slices.SortStableFunc(r.Balken, func(x, y Bar) int {
			return cmp.Or(cmp.Compare(x.Stijl, y.Stijl), cmp.Compare(x.Van, y.Van), cmp.Compare(x.Tot, y.Tot), compareBron(x.Bron, y.Bron))
		})
		r.Bronnen = sources(lines)
		switch {
		case len(r.Balken) > 0:
			r.Status = whose(persons)
		case known&signalMonths == signalMonths:
			r.Status = "geen"
		case known&signalMonths == 0:
			r.Status = "niet te zien"
		default:
			r.Status = "geen, deels niet te zien"
		}
		s.Rijen = append(s.Rijen, r)
	}
	return s
}

func (s Signaal) bron() Bron {
	if s.Kind == "" || s.Regel == nil {
		return Bron{}
	}
	return Bron{s.Kind, s.Bestand, *s.Regel}
}

// ingredients are those that a cocktail asks, and others of which there is a signal.
func (b *builder) ingredients() []string {
	out := slices.Clone(b.d.Run.Ingredienten)
	for _, s := range b.d.Signalen {
		if !slices.Contains(out, s.Ingredient) {
			out = append(out, s.Ingredient)
		}
	}
	return out
}

// whose lists persons by number: van 1 en 3; 0 is the household as a whole.
func whose(persons map[int]bool) string {
	var list []string
	for _, n := range slices.Sorted(maps.Keys(persons)) {
		if n > 0 {
			list = append(list, fmt.Sprint(n))
		}
	}
	if persons[0] {
		list = append(list, "huishouden")
	}
	return "van " + nl.List(list)
}

var cocktailStyles = map[string]Style{"vol": StyleFull, "dreigend": StyleHalf, "onbekend": StyleUnknown}

// cocktails draws the episodes of every cocktail of the run.
func (b *builder) cocktails() Section {
	s := Section{Naam: "Cocktails", Uitleg: "vol: alle ingrediënten; half: dreigend, er ontbreekt er één; onbekend: wat ontbreekt is niet te zien", Van: signalFrom}
	for _, name := range b.d.Namen {
		r := Row{Label: nl.Word("cocktail", name.Cocktail), Onder: name.Naam, Status: "nee"}
		for m := signalFrom; m < Months; m++ {
			r.cover[m] = CoverKnown
		}
		for _, e := range b.d.Cocktails {
			if e.Cocktail != name.Cocktail {
				continue
			}
			text := e.Status
			if missing := missing(e.Ontbrekend); missing != "" {
				text += ": " + missing
			}
			bar := Bar{Stijl: cocktailStyles[e.Status], Tekst: text}
			bar.Titel = fmt.Sprintf("%s: %s, %s; %s", name.Naam, state(e), span(e.Van, e.Tot, e.Actief), "volgorde "+order(e.Volgorde))
			if bar, ok := b.p.bar(e.Van, e.Tot, signalFrom, bar); ok {
				r.Balken = append(r.Balken, bar)
			}
			if e.Actief {
				r.Status = "nu " + e.Status
			} else {
				r.Status = "eerder " + e.Status
			}
		}
		var lines []Bron
		for _, w := range b.d.Bewijs {
			if w.Cocktail == name.Cocktail && w.BronRegel != nil && w.BronKind != "" {
				lines = append(lines, Bron{w.BronKind, w.BronBestand, *w.BronRegel})
			}
		}
		r.Bronnen = sources(lines)
		s.Rijen = append(s.Rijen, r)
	}
	return s
}

func end(tot *mart.Date, otherwise mart.Date) mart.Date {
	if tot == nil {
		return otherwise
	}
	return *tot
}

// missing says in words what an episode lacks.
func missing(list string) string {
	if list == "" {
		return ""
	}
	var words []string
	for _, code := range strings.Split(list, "|") {
		words = append(words, nl.Lacking(code))
	}
	return nl.List(words)
}

// state says in words what an episode is.
func state(e mart.Cocktail) string {
	switch e.Status {
	case "dreigend":
		return "dreigend, ontbreekt: " + missing(e.Ontbrekend)
	case "onbekend":
		return "onbekend, niet te zien: " + missing(e.Ontbrekend)
	}
	return e.Status
}

// order writes the order of ingredients in words.
func order(list string) string {
	var words []string
	for _, code := range strings.Split(list, ">") {
		words = append(words, nl.Word("ingredient", code))
	}
	return strings.Join(words, " > ")
}

// plans draws plans from aanmelding on.
func (b *builder) plans() Section {
	s := Section{Naam: "Plan", Uitleg: "half: voorbereiding; vol: in uitvoering; A aanmelding, K akkoord, S start, G gereed"}
	for _, plan := range b.d.Plannen {
		r := Row{Label: fmt.Sprintf("plan %s", plan.Casus), Status: nl.Word("planstatus", plan.Status), Bronnen: []Bron{{plan.Kind, plan.Bestand, plan.Regel}}}
		for m := range Months {
			r.cover[m] = CoverKnown
		}
		add := func(day *mart.Date, letter, name string) {
			if day != nil && *day >= b.p.begin && *day < b.p.end {
				r.Momenten = append(r.Momenten, Event{Day(*day), letter, name})
			}
		}
		add(plan.Aanmelding, "A", "aanmelding")
		add(plan.Akkoord, "K", "akkoord")
		add(plan.Start, "S", "start")
		add(plan.Gereed, "G", "gereed")
		slices.SortStableFunc(r.Momenten, func(x, y Event) int { return cmp.Compare(x.Dag, y.Dag) })
		interval := func(van, tot *mart.Date, style Style, name string) {
			if van == nil {
				return
			}
			bar := Bar{Stijl: style, Tekst: name, Bron: r.Bronnen[0]}
			bar.Titel = fmt.Sprintf("plan %s: %s, %s (%s)", plan.Casus, name, span(*van, end(tot, b.p.end), tot == nil), bar.Bron)
			if bar, ok := b.p.bar(*van, end(tot, b.p.end), 0, bar); ok {
				r.Balken = append(r.Balken, bar)
			}
		}
		switch plan.Status {
		case "afgewezen", "ingetrokken": // since when is not delivered
			if plan.Aanmelding != nil {
				day := *plan.Aanmelding + 1
				interval(plan.Aanmelding, &day, StyleHalf, nl.Word("planstatus", plan.Status))
			}
		default:
			interval(plan.Aanmelding, plan.Start, StyleHalf, "voorbereiding")
			interval(plan.Start, plan.Gereed, StyleFull, "in uitvoering")
		}
		s.Rijen = append(s.Rijen, r)
	}
	return s
}
