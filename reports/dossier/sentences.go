package dossier

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// Sentence is a paragraph below the picture: what it is about, and what is said of it, one sentence a line.
type Sentence struct {
	Kop    string   `json:"kop"`
	Regels []string `json:"regels"`
}

// facts are the figures at the top, those of the run.
func (b *builder) facts() {
	h, r := b.d.Huishouden, b.d.Rang
	years, heads := b.p.w.Names(), b.p.w.Heads()
	home := nl.Count(h.Volwassenen, "volwassene", "volwassenen") + ", " + nl.Count(h.Kinderen, "kind", "kinderen")
	if h.Aangehecht > 0 {
		home += fmt.Sprintf(" (%s elders)", nl.Int(h.Aangehecht))
	}
	where := b.d.Run.Namen.Gemeente(h.Gemeente)
	if h.Wijk != "" {
		where += ", wijk " + b.d.Run.Namen.Wijk(h.Wijk)
	}
	cocktails := strings.ReplaceAll(strings.ReplaceAll(r.Cocktails, "|", ", "), "_", " ")
	if cocktails == "" {
		if cocktails = "geen"; !b.known("ranglijst.cocktails").Known() {
			cocktails = "geen gezien; niet elke bron laat zien of er een is"
		}
	}
	chosen := "ja"
	if !r.InAanmerking {
		chosen = "nee"
	} else if open := b.unjudged(); len(open) > 0 {
		chosen = "ja, voor zover te beoordelen"
	}
	provisions := nl.Count(r.Voorzieningen, "lopende voorziening", "lopende voorzieningen")
	switch v := b.known("ranglijst.voorzieningen"); {
	case v.Hides(r.Voorzieningen):
		provisions = "lopende voorzieningen onbekend"
	case v.Silent():
		provisions = "minstens " + provisions
	}
	b.p.Feiten = []Fact{
		{"huishouden", home + "; " + nl.Word("typhh", h.Type) + "; " + where},
		{"rang", fmt.Sprintf("%s van %s, naar kosten in %s", nl.Int(r.Rang), nl.Int(b.d.Rangen), years[0])},
		{"kosten", fmt.Sprintf("%s %s · %s %s · %s %s", heads[0], nl.Euro(r.T0Ct), heads[1], nl.Euro(r.T1Ct), heads[2], nl.Euro(r.T2Ct))},
	}
	if r.GeprijsdT0Ct != 0 {
		b.p.Feiten = append(b.p.Feiten, Fact{"geschat", fmt.Sprintf("%s %s met een vaste prijs, niet in de kosten", heads[0], nl.Euro(r.GeprijsdT0Ct))})
	}
	b.p.Feiten = append(b.p.Feiten,
		Fact{"nu", fmt.Sprintf("%s, %s in %s, %s met kosten", provisions,
			nl.Count(r.Aanbieders, "aanbieder", "aanbieders"), years[0], nl.Count(r.Domeinen, "domein", "domeinen"))},
		Fact{"cocktails", "vol op de peildatum: " + cocktails},
		Fact{"voldoet", chosen})
}

// sentences say what the picture can't: why, in which order, and what is not seen.
func (b *builder) sentences() {
	b.p.Zinnen = append(b.p.Zinnen, b.selection())
	b.p.Zinnen = append(b.p.Zinnen, b.cocktailSentences()...)
	b.p.Zinnen = append(b.p.Zinnen, b.planSentences()...)
	if s := b.remarks(); len(s.Regels) > 0 {
		b.p.Zinnen = append(b.p.Zinnen, s)
	}
	b.p.Zinnen = append(b.p.Zinnen, b.uncovered(), b.unseen())
}

// selection says why the household is in or out (rules 27).
func (b *builder) selection() Sentence {
	r, run := b.d.Rang, b.d.Run
	s := Sentence{Kop: "Selectie"}
	if r.InAanmerking {
		if open := b.unjudged(); len(open) == 0 {
			s.Regels = append(s.Regels, "Voldoet aan alle regels. Wie wordt benaderd, beslist een mens.")
		} else {
			s.Regels = append(s.Regels, "Voldoet aan de regels die te beoordelen zijn. Wie wordt benaderd, beslist een mens.")
			s.Regels = append(s.Regels, open...)
		}
	} else {
		s.Regels = append(s.Regels, "Voldoet niet aan alle regels:")
		for _, why := range strings.Split(r.RedenNiet, "|") {
			text := nl.Word("reden", why)
			switch why {
			case "drempel":
				text += fmt.Sprintf(": %s in %s, de drempel is %s", nl.Euro(r.T0Ct), b.p.w.Names()[0], nl.Euro(run.DrempelCt))
			case "domeinen":
				text += fmt.Sprintf(": kosten in %s, gevraagd %s", nl.Count(r.Domeinen, "domein", "domeinen"), nl.Int(run.MinDomeinen))
			case "zvw_aandeel":
				if r.AandeelZvw != nil {
					text += fmt.Sprintf(": %s van de kosten, hoogstens %d%%", nl.Percent(*r.AandeelZvw), run.MaxZvw)
				} else {
					text += ": er zijn Zvw-kosten, en samen zijn de kosten niet boven nul"
				}
			}
			s.Regels = append(s.Regels, "- "+text)
		}
	}
	if r.JarenBovenDrempel > 0 {
		s.Regels = append(s.Regels, fmt.Sprintf("%s van de drie jaren op of boven de drempel van %s.", nl.Int(r.JarenBovenDrempel), nl.Euro(run.DrempelCt)))
	}
	if v := b.known("ranglijst.veldmelding"); v.Unknown() {
		s.Regels = append(s.Regels, "Of een professional het heeft gemeld is onbekend ("+v.Why()+").")
	} else if r.Veldmelding {
		s.Regels = append(s.Regels, "Ook door een professional gemeld (veldmelding).")
	}
	return s
}

// known says whether a figure is known in the run; figures are named in this package alone, so a name that is none is a mistake in it.
func (b *builder) known(figure string) seen.Verdict {
	v, err := b.d.Bronnen.Figure(b.d.Run.Run, figure)
	if err != nil {
		panic(err)
	}
	return v
}

// unjudged are the rules that could not be judged, or not wholly, one a line.
func (b *builder) unjudged() (lines []string) {
	for _, rule := range b.d.Run.Regels {
		switch v := b.d.Bronnen.Judge(b.d.Run.Needs(rule.Needs)); {
		case v.Unknown():
			lines = append(lines, fmt.Sprintf("- niet te beoordelen: %s (%s)", rule.Vraagt, v.Why()))
		case v.Silent():
			lines = append(lines, fmt.Sprintf("- niet geheel te beoordelen: %s (%s)", rule.Vraagt, v.Why()))
		}
	}
	return lines
}

// cocktailSentences tell each cocktail that had an episode: when, what was missing, in which order it came to be, and from which lines
// the newest episode follows.
func (b *builder) cocktailSentences() []Sentence {
	var out []Sentence
	var never []string
	for _, name := range b.d.Namen {
		s := Sentence{Kop: nl.Capital(nl.Word("cocktail", name.Cocktail)) + ": " + name.Naam}
		var newest *mart.Cocktail
		for i, e := range b.d.Cocktails {
			if e.Cocktail != name.Cocktail {
				continue
			}
			newest = &b.d.Cocktails[i]
			s.Regels = append(s.Regels, fmt.Sprintf("%s: %s; volgorde %s", span(e.Van, e.Tot, e.Actief), state(e), order(e.Volgorde)))
		}
		if newest == nil {
			never = append(never, nl.Word("cocktail", name.Cocktail))
			continue
		}
		s.Regels = append(s.Regels, b.evidence(newest)...)
		out = append(out, s)
	}
	if len(never) > 0 {
		out = append(out, Sentence{Kop: "Geen episode in de 24 maanden", Regels: []string{nl.Capital(nl.List(never)) +
			": er ontbrak steeds meer dan één ingrediënt, of een voorwaarde, of wat er was is te zwak."}})
	}
	return out
}

// evidence names the lines behind an episode, one sentence an ingredient.
func (b *builder) evidence(e *mart.Cocktail) []string {
	type place struct{ ingredient, sterkte, bestand string }
	var places []place
	lines := map[place][]int64{}
	for _, w := range b.d.Bewijs {
		if w.Cocktail != e.Cocktail || w.Van != e.Van {
			continue
		}
		at := place{w.Ingredient, w.Sterkte, w.BronBestand}
		if lines[at] == nil {
			places = append(places, at)
		}
		line := int64(0)
		if w.BronRegel != nil {
			line = *w.BronRegel
		}
		lines[at] = append(lines[at], line)
	}
	var out []string
	for i, at := range places {
		text := at.sterkte + ", " + at.bestand + " regel " + few(lines[at])
		if at.bestand == "" {
			text = at.sterkte + ", " + Bron{}.String()
		}
		if i > 0 && places[i-1].ingredient == at.ingredient {
			out[len(out)-1] += "; " + text
		} else {
			out = append(out, "- "+nl.Word("ingredient", at.ingredient)+": "+text)
		}
	}
	return out
}

// few names the first line numbers and counts the others.
func few(lines []int64) string {
	const most = 5
	slices.Sort(lines)
	lines = slices.Compact(lines)
	var list []string
	for _, n := range lines[:min(most, len(lines))] {
		list = append(list, nl.Int(n))
	}
	if len(lines) > most {
		return fmt.Sprintf("%s en nog %d", strings.Join(list, ", "), len(lines)-most)
	}
	return nl.List(list)
}

// planSentences tell each plan.
func (b *builder) planSentences() []Sentence {
	var out []Sentence
	if v := b.known("ranglijst.in_maatwerk"); v.Unknown() {
		return []Sentence{{Kop: "Plan", Regels: []string{"Of er een maatwerkplan is, is onbekend (" + v.Why() + ")."}}}
	}
	approvals := func(n int64) string {
		if v := b.known("plan.akkoorden"); v.Unknown() {
			return "akkoorden onbekend (" + v.Why() + ")"
		}
		return nl.Count(n, "akkoord", "akkoorden") + " van andere maatwerkers"
	}
	day := func(name string, d *mart.Date) string {
		if d == nil {
			return name + " –"
		}
		return name + " " + nl.DateShort(d.Time())
	}
	for _, p := range b.d.Plannen {
		s := Sentence{Kop: "Plan " + p.Casus, Regels: []string{fmt.Sprintf("%s; %s; %s", nl.Word("planstatus", p.Status),
			strings.Join([]string{day("aanmelding", p.Aanmelding), day("akkoord", p.Akkoord), day("start", p.Start), day("gereed", p.Gereed)}, ", "),
			approvals(p.Akkoorden))}}
		var amounts []string
		for _, a := range []struct {
			name string
			ct   *int64
		}{{"huidig", p.HuidigCt}, {"dreigend", p.DreigendCt}, {"maatwerk", p.MaatwerkCt}, {"verwachte besparing", p.BesparingCt}} {
			if a.ct != nil {
				amounts = append(amounts, a.name+" "+nl.Euro(*a.ct))
			}
		}
		if len(amounts) > 0 {
			s.Regels = append(s.Regels, "verwacht vooraf, niet gerealiseerd: "+strings.Join(amounts, ", "))
		}
		if p.Bevindingen != "" {
			for _, code := range strings.Split(p.Bevindingen, "|") {
				s.Regels = append(s.Regels, "bevinding: "+nl.Word("bevinding", code))
			}
		}
		out = append(out, s)
	}
	return out
}

// remarks are findings about lines of the household, and lines that count for nothing.
func (b *builder) remarks() Sentence {
	s := Sentence{Kop: "Bevindingen over deze regels"}
	for _, o := range b.d.Opmerkingen {
		at := Bron{o.Kind, o.Bestand, o.Regel}
		if o.Toelichting == "" {
			s.Regels = append(s.Regels, fmt.Sprintf("%s telt niet mee: %s", at, nl.Word("bevinding", o.Code)))
		} else {
			s.Regels = append(s.Regels, fmt.Sprintf("%s: %s", at, o.Toelichting))
		}
	}
	return s
}

// uncovered says per kind in which months it does not cover somebody. Kinds that cover everybody always are not named.
func (b *builder) uncovered() Sentence {
	s := Sentence{Kop: "Niet te zien: onbekend is iets anders dan niets"}
	kinds := []string{"huishouden"}
	for _, d := range b.d.Run.Domeinen {
		kinds = append(kinds, d.Kinds...)
	}
	for _, name := range b.d.Run.Ingredienten {
		for _, kind := range b.d.Run.IngredientKinds[name] {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	for _, kind := range kinds {
		gaps := map[string][]int{} // months in words -> persons
		var order []string
		for i, p := range b.people {
			known, alive := b.cover(p.ID, kind)
			text := b.p.monthWords(alive &^ known)
			if text == "" {
				continue
			}
			if gaps[text] == nil {
				order = append(order, text)
			}
			gaps[text] = append(gaps[text], i+1)
		}
		for _, text := range order {
			s.Regels = append(s.Regels, fmt.Sprintf("- %s: %s, %s", nl.Word("kind", kind), text, numbered(gaps[text], len(b.people))))
		}
	}
	for _, l := range b.d.Koppeling {
		how := "niet"
		if l.Linked > 0 {
			how = "te weinig"
		}
		s.Regels = append(s.Regels, fmt.Sprintf("- %s koppelen %s. %s Wat deze bron niet laat zien is daarom onbekend; wat zij wel laat zien, telt.",
			nl.Word("kind", l.Kind), how, l.Sentence(b.d.Run.Namen.Gemeente)))
	}
	if len(s.Regels) == 0 {
		s.Regels = []string{"De bronnen dekken elke maand van deze drie jaren voor iedereen in het huishouden."}
	}
	return s
}

func numbered(persons []int, of int) string {
	if len(persons) == of {
		return "voor niemand gedekt"
	}
	var list []string
	for _, n := range persons {
		list = append(list, fmt.Sprint(n))
	}
	if len(list) == 1 {
		return "niet gedekt voor persoon " + list[0]
	}
	return "niet gedekt voor personen " + nl.List(list)
}

// monthWords writes a set of months as periods.
func (p *Picture) monthWords(set int64) string {
	var parts []string
	for m := 0; m < Months; m++ {
		if set>>m&1 == 0 {
			continue
		}
		first := m
		for m+1 < Months && set>>(m+1)&1 == 1 {
			m++
		}
		text := nl.Month(p.monthAt(first))
		if m > first {
			text += " t/m " + nl.Month(p.monthAt(m))
		}
		parts = append(parts, text)
	}
	return nl.List(parts)
}

// unseen lists the costs that no feed shows (rules 16).
func (b *builder) unseen() Sentence {
	return Sentence{Kop: "Kosten die wij niet zien", Regels: []string{nl.List(b.d.Run.NietGezien)}}
}
