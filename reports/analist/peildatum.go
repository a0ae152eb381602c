package analist

import (
	"fmt"
	"slices"
	"time"

	"stapel/reports"
	"stapel/reports/nl"
)

// Peildatum says in sentences what the peildatum rests on, for the head of the report.
func (p *page) Peildatum() []string {
	b := p.namedBasis()
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
			nl.List(b.Gone), verb, nl.Form(int64(len(b.Gone)), "deze gemeente", "deze gemeenten")))
	}
	return out
}

// namedBasis is what the peildatum rests on, with the names of gemeenten.
func (p *page) namedBasis() reports.Basis {
	b := p.Run.Basis
	b.Parts, b.Gone = slices.Clone(b.Parts), p.names(b.Gone)
	for i := range b.Parts {
		b.Parts[i].Gemeente = p.Gemeente(b.Parts[i].Gemeente)
	}
	return b
}
