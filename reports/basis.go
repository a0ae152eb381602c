package reports

import (
	"fmt"
	"strings"
	"time"

	"stapel/reports/nl"
)

// Basis says what the peildatum rests on (rules 68).
type Basis struct {
	Set     bool // the configuration says it
	Parts   []BasisPart
	Without string   // JJJJ-MM-DD, what it would be without those that held it; empty when nothing did
	Gone    []string // gemeenten of the run without inhabitants, which take no part
}

// BasisPart is the last whole month that a required kind covers for a gemeente.
type BasisPart struct {
	Kind, Gemeente string
	Until          string // JJJJ-MM; empty: none
	Held           bool   // does not cover the month after the peildatum, while others do
}

// Held names what held the peildatum, per kind the gemeenten with the last month they are covered; empty when nothing did. Name is
// the word for a kind, month that for a month.
func (b Basis) Held(name, month func(string) string) string {
	return b.list(func(p BasisPart) bool { return p.Held }, name, month)
}

// Short names the required kinds that do not reach a peildatum that was set; empty when all do.
func (b Basis) Short(peildatum string, name, month func(string) string) string {
	if !b.Set || len(peildatum) < len("2006-01") {
		return ""
	}
	return b.list(func(p BasisPart) bool { return p.Until < peildatum[:len("2006-01")] }, name, month)
}

// list joins parts of one kind and month: soort in GM0788 en GM0855 (tot en met 2024-12).
func (b Basis) list(want func(BasisPart) bool, name, month func(string) string) string {
	type key struct{ kind, until string }
	var order []key
	places := map[key][]string{}
	for _, p := range b.Parts {
		if k := (key{p.Kind, p.Until}); want(p) {
			if places[k] == nil {
				order = append(order, k)
			}
			places[k] = append(places[k], p.Gemeente)
		}
	}
	texts := make([]string, len(order))
	for i, k := range order {
		until := "geen hele maand"
		if k.until != "" {
			until = "tot en met " + month(k.until)
		}
		texts[i] = fmt.Sprintf("%s in %s (%s)", name(k.kind), nl.List(places[k]), until)
	}
	return strings.Join(texts, "; ")
}

// Peildatum says in sentences what the peildatum rests on, for the head of the report.
func (p *page) Peildatum() []string {
	b := p.Run.Basis
	kind := func(code string) string { return nl.Word("kind", code) }
	month := func(text string) string {
		if t, err := time.Parse("2006-01", text); err == nil {
			return nl.Month(t)
		}
		return text
	}
	var out []string
	switch held := b.Held(kind, month); {
	case b.Set:
		out = append(out, "De peildatum is ingesteld in de configuratie.")
		if short := b.Short(p.Run.Peildatum, kind, month); short != "" {
			out = append(out, "Niet alle verplichte bronnen komen zo ver: "+short+".")
		}
	case held != "":
		text := "Peildatum " + nl.DateShort(p.W.Peildatum) + ", tegengehouden door " + held
		if t, err := time.Parse(time.DateOnly, b.Without); err == nil {
			text += "; zonder zou het " + nl.DateShort(t) + " zijn"
		}
		out = append(out, text+".")
	case len(b.Parts) > 0:
		out = append(out, "De peildatum is de laatste dag die alle verplichte bronnen dekken; geen bron houdt hem tegen.")
	}
	if len(b.Gone) > 0 {
		verb := "doet"
		if len(b.Gone) > 1 {
			verb = "doen"
		}
		out = append(out, fmt.Sprintf("Opgeheven: %s. Op de laatste gedekte dag woont daar niemand meer; daarom %s %s niet mee bij de peildatum.",
			nl.List(b.Gone), verb, number(int64(len(b.Gone)), "deze gemeente", "deze gemeenten")))
	}
	return out
}
