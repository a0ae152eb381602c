package werktafel

import (
	"fmt"
	"strings"

	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/vrij"
)

// question is one that a werktafel asks, with what the figures say to it.
type question struct {
	Ask  string
	Says []string
	Link string // id of the part of the page that says more
}

// Most answers that are named of a list.
const fewAnswers = 3

// Kinds of extract that single answers rest on.
var (
	benefitKinds = []string{"participatie_uitkering"}
	debtKinds    = []string{"schuldhulp_traject", "schuldhulp_signaal"}
	claimKinds   = []string{"participatie_vordering"}
	planKinds    = []string{"maatwerk_plan"}
	partyKinds   = []string{"maatwerk_plan", "maatwerk_akkoord"}
)

// Questions are the ten questions, in the order of the chapters. They come from what werktafels, action research and maatwerk teams have
// said in public that they want to know.
func (p *page) Questions() []question {
	return []question{
		{"Welke cocktails komen steeds terug, en bij hoeveel huishoudens?", p.sayNow(), "nu"},
		{"Worden het er meer of minder?", p.sayTrend(), "verloop"},
		{"Hoe komen mensen erin, en hoeveel tijd zit ertussen?", p.sayPaths(), "wegen"},
		{"Wat was er al te zien voordat de bijstand stopte?", p.sayBefore("geen_uitkering"), "volgorde"},
		{"Wat komt eerst: problemen met wonen of schulden?", p.sayOrder("woonproblematiek", "schulden"), "volgorde"},
		{"Waar zijn wij nog op tijd?", p.sayNear(), "bijna"},
		{"Hoeveel huishoudens hebben een terugvordering of boete, en om hoeveel geld gaat het?", p.sayClaims(), "terugvordering"},
		{"Waarop lopen plannen vast, en wie kan dat wegnemen?", p.sayObstacles(), "hindernissen"},
		{"Hoe lang duurt het voordat een plan akkoord is?", p.sayApproval(), "hindernissen"},
		{"Welke combinatie heeft nog niemand een naam gegeven?", p.saySets(), "combinaties"},
	}
}

// cannot is an answer that there is not.
func (p *page) cannot(kinds []string, tables ...string) []string {
	return []string{"Niet te zeggen: " + p.why(kinds, tables...)}
}

func (p *page) sayNow() (says []string) {
	for _, c := range p.Cocktails() {
		if n := p.all(c.ID, vrij.Vol); n != nil {
			says = append(says, fmt.Sprintf("%s: %s.", c.Naam, households(n)))
		} else if len(p.T.Cocktail) > 0 {
			says = append(says, c.Naam+": "+table.WithheldWord+".")
		}
	}
	if len(says) == 0 {
		return p.cannot(nil, "cocktail")
	}
	return says
}

// noise is how much a count can change by rounding alone: differences up to it are none.
const noise = 10

func (p *page) sayTrend() (says []string) {
	for _, c := range p.Cocktails() {
		from, to := -1, -1
		values := p.trend(c.ID, vrij.Vol)
		for i, v := range values {
			switch {
			case v != nil && from < 0:
				from = i
			case v != nil:
				to = i
			}
		}
		if to < 0 {
			continue
		}
		word := "ongeveer gelijk"
		switch d := *values[to] - *values[from]; {
		case d > noise:
			word = "meer"
		case d < -noise:
			word = "minder"
		}
		says = append(says, fmt.Sprintf("%s: %s, van %s op %s naar %s op %s.", c.Naam, word, nl.Int(*values[from]), nl.DateShort(day(p.days[from])), nl.Int(*values[to]),
			nl.DateShort(day(p.days[to]))))
	}
	if len(says) == 0 {
		if len(p.Gone("cocktail")) > 0 {
			return p.cannot(nil, "cocktail")
		}
		return []string{"Niet te zeggen: van geen enkele cocktail zijn twee kwartalen te tonen."}
	}
	return append(says, "Dit zijn de huishoudens van nu, terug in de tijd gevolgd.")
}

func (p *page) sayPaths() (says []string) {
	for _, c := range p.Cocktails() {
		for _, w := range p.ways(c.ID) {
			if w.real() && w.Huishoudens != nil {
				says = append(says, fmt.Sprintf("%s: het vaakst %s, %s in %s.", c.Naam, w.withDelays(), households(w.Huishoudens), daysText(w.Mediaan)))
				break
			}
		}
	}
	if len(says) == 0 {
		return p.cannot(nil, "pad", "pad_stap")
	}
	return says
}

// withDelays is a path with the days of its steps.
func (w way) withDelays() string {
	var b strings.Builder
	for i, words := range w.parts() {
		if i > 0 {
			b.WriteString(" → ")
		}
		b.WriteString(strings.Join(words, " + "))
		switch d := w.delay(i); {
		case d == nil:
		case *d < 0.5:
			b.WriteString(" (op dezelfde dag)")
		default:
			b.WriteString(" (" + daysText(d) + " later)")
		}
	}
	return b.String()
}

func (p *page) sayBefore(last string) (says []string) {
	for _, o := range p.before(last) {
		if len(says) == fewAnswers {
			break
		}
		says = append(says, fmt.Sprintf("%s: bij %s, %s eerder.", nl.Capital(nl.Word("ingredient", o.Van)), households(o.Huishoudens), daysText(o.Mediaan)))
	}
	if len(says) == 0 {
		return p.cannot(benefitKinds, "overgang")
	}
	return says
}

func (p *page) sayOrder(a, b string) []string {
	ab, ba := p.order(a, b), p.order(b, a)
	if ab == nil || ba == nil || ab.Huishoudens == nil && ba.Huishoudens == nil {
		return p.cannot(debtKinds, "overgang")
	}
	var says []string
	for _, o := range []*vrij.Overgang{ab, ba} {
		says = append(says, fmt.Sprintf("Eerst %s, dan %s: bij %s, met %s ertussen.", nl.Word("ingredient", o.Van), nl.Word("ingredient", o.Naar), households(o.Huishoudens),
			daysText(o.Mediaan)))
	}
	return says
}

func (p *page) sayNear() (says []string) {
	for _, b := range p.near("") {
		if b.Huishoudens == nil || len(says) == fewAnswers {
			break
		}
		text := p.lacks(b) + ": " + households(b.Huishoudens) + " nu"
		if b.Vol != nil && b.Gevolgd != nil {
			text += fmt.Sprintf("; van %s die een jaar eerder zo ver waren, werd de cocktail bij %s vol", nl.Int(*b.Gevolgd), nl.Int(*b.Vol))
		}
		says = append(says, text+".")
	}
	if len(says) == 0 {
		return p.cannot(nil, "bijna")
	}
	return says
}

func (p *page) sayClaims() (says []string) {
	every := p.claims(vrij.Alle)
	if every[vrij.Met].Huishoudens == nil {
		return p.cannot(claimKinds, "fraudefuik")
	}
	text := "Samen " + households(every[vrij.Met].Huishoudens)
	if ct := every[vrij.Met].OpenCt; ct != nil {
		text += "; nog te betalen: " + nl.EuroWhole(*ct)
	}
	says = append(says, text+".")
	for _, c := range p.Cocktails() {
		met := p.claims(c.ID)[vrij.Met]
		if met.Huishoudens == nil {
			continue
		}
		text := c.Naam + ": " + households(met.Huishoudens)
		if met.OpenCt != nil {
			text += ", " + nl.EuroWhole(*met.OpenCt)
		}
		says = append(says, text+".")
	}
	return says
}

func (p *page) sayObstacles() (says []string) {
	for _, h := range p.obstacles(true, false) {
		if h.Plannen == nil || len(says) == fewAnswers {
			break
		}
		text := nl.Capital(nl.Word("hindernis", h.Hindernis)) + ": " + nl.Count(*h.Plannen, "plan", "plannen")
		if who := p.who(h.Hindernis); who != nil {
			text += fmt.Sprintf("; het vaakst zegt %s nee (%s keer)", nl.Word("partij", who.Partij), nl.Int(*who.Afwijzingen))
		}
		says = append(says, text+".")
	}
	for _, h := range p.obstacles(false, true) {
		if h.Afwijzingen != nil && h.Partij != vrij.NietGenoemd {
			says = append(says, fmt.Sprintf("Over alle plannen wijst %s het vaakst af: %s keer.", nl.Word("partij", h.Partij), nl.Int(*h.Afwijzingen)))
			break
		}
	}
	if len(says) == 0 {
		return p.cannot(partyKinds, "hindernis")
	}
	return says
}

func (p *page) sayApproval() []string {
	h := p.every()
	if h == nil || h.Mediaan == nil {
		if h != nil && h.Plannen != nil {
			return []string{fmt.Sprintf("Niet te zeggen: van %s is nog niet de helft akkoord, of het aantal dagen is niet te tonen.", nl.Count(*h.Plannen, "plan", "plannen"))}
		}
		return p.cannot(planKinds, "hindernis")
	}
	text := "De helft is akkoord binnen " + daysText(h.Mediaan) + " na de aanmelding"
	if h.Plannen != nil {
		text += " (" + nl.Count(*h.Plannen, "plan", "plannen") + ")"
	}
	return []string{text + "."}
}

func (p *page) saySets() (says []string) {
	for _, c := range p.often() {
		if len(says) == fewAnswers {
			break
		}
		text := nl.Capital(nl.Together(c.Combinatie)) + ": " + households(c.Huishoudens)
		if c.Lift != nil {
			text += ", " + nl.Number(*c.Lift, 1) + " keer zo vaak als bij toeval"
		}
		if in := p.within(c); in != "" {
			text += " (met daarin: " + in + ")"
		}
		says = append(says, text+".")
	}
	if len(says) == 0 {
		if len(p.sets(false)) > 0 {
			return []string{"Geen: van geen enkele combinatie zonder naam is zeker dat zij vaker voorkomt dan bij toeval, of zij is niet te tonen."}
		}
		return p.cannot(nil, "combinatie")
	}
	return says
}
