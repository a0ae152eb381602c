package analist

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// doubt is a code with what was found under it, per kind.
type doubt struct {
	Code, Label, Means, Advice string
	Rows                       []seen.Finding
}

// Money are the doubts about amounts.
func (p *page) Money() []doubt { return p.doubts(seen.Finding.Money) }

// Odd are the findings about persons, households and deliveries as a whole that are explained.
func (p *page) Odd() []doubt {
	return p.doubts(func(f seen.Finding) bool { return !f.Money() && !f.Excluded && nl.Meaning(f.Code) != "" })
}

func (p *page) doubts(want func(seen.Finding) bool) []doubt {
	var out []doubt
	for _, f := range p.F.Seen.Findings {
		if !want(f) {
			continue
		}
		if n := len(out); n == 0 || out[n-1].Code != f.Code {
			out = append(out, doubt{f.Code, label(f.Code), nl.Meaning(f.Code), nl.Advice(f.Code), nil})
		}
		last := &out[len(out)-1]
		last.Rows = append(last.Rows, f)
	}
	return out
}

// label is the word for a code without the number in front, which stands beside it.
func label(code string) string {
	return strings.TrimPrefix(nl.Word("bevinding", code), code+": ")
}

// Improbable counts the findings about improbable households and persons.
func (p *page) Improbable() []string {
	var out []string
	for _, c := range []struct{ code, one, more string }{
		{"huishouden_te_groot", "huishouden met onwaarschijnlijk veel personen", "huishoudens met onwaarschijnlijk veel personen"},
		{"verblijven_te_veel", "keer onwaarschijnlijk veel adressen van een persoon in een jaar", "keer onwaarschijnlijk veel adressen van een persoon in een jaar"},
		{"geboortejaar_verschilt", "persoon met twee geboortejaren", "personen met twee geboortejaren"},
	} {
		var n int64
		for _, f := range p.F.Seen.Findings {
			if f.Code == c.code {
				n += f.N
			}
		}
		if n > 0 {
			out = append(out, nl.Count(n, c.one, c.more))
		}
	}
	return out
}

// declarations are the kinds of which the return codes of the standard are about.
var declarations = []string{"wmo_declaratie", "jeugd_declaratie"}

// sought are the codes that are looked for where one of the kinds is delivered; without kinds where any has money.
var sought = []struct {
	code  string
	kinds []string
}{
	{"8021", declarations}, {"9389", declarations}, {"9390", declarations}, {"8017", declarations}, {"9346", declarations},
	{"9307", declarations}, {"9308", declarations}, {"periode_onwaarschijnlijk", nil}, {"voor_geboorte", nil}, {"na_overlijden", nil},
	{"uitkering_gedeeld", []string{"participatie_uitkering"}}, {"bedrag_ongelijk", []string{"participatie_uitkering"}},
}

// NotFound says what was looked for and not found, so that a reader sees that it was looked at.
func (p *page) NotFound() []string {
	found := func(code string) bool {
		return slices.ContainsFunc(p.F.Seen.Findings, func(f seen.Finding) bool { return f.Code == code })
	}
	var out []string
	for _, step := range []string{"overlap_gelijk", "overlap_verschilt", "regel_gelijk"} {
		if kinds := p.sought(step); len(kinds) > 0 && !found(step) {
			out = append(out, fmt.Sprintf("%s (gezocht in %s)", label(step), nl.List(kinds)))
		}
	}
	for _, s := range sought {
		looked := slices.ContainsFunc(p.F.Supply.Deliveries, func(d mart.Levering) bool {
			return d.Status == "geaccepteerd" && (s.kinds == nil && d.BedragCt != nil || slices.Contains(s.kinds, d.Kind))
		})
		if looked && !found(s.code) {
			out = append(out, label(s.code))
		}
	}
	return out
}

// sought names the kinds that have an informational step of control: something was looked for in them.
func (p *page) sought(step string) []string {
	var kinds []string
	for _, chain := range p.F.Supply.Chains {
		if p.F.Supply.at(chain, step) != nil {
			kinds = append(kinds, nl.Word("kind", chain.Kind))
		}
	}
	return kinds
}

// Silent are the links by which a kind covers nobody; that of a gemeente only where the kind as a whole does link.
func (p *page) Silent() []seen.Link {
	var out []seen.Link
	for _, l := range p.F.Supply.Links {
		whole := slices.ContainsFunc(out, func(o seen.Link) bool { return o.Kind == l.Kind && o.Over() })
		if l.Silent() && !whole {
			out = append(out, l)
		}
	}
	return out
}

// LinkRows are the links of the table: every kind as a whole, and what of it falls short.
func (p *page) LinkRows() []seen.Link {
	var out []seen.Link
	for _, l := range p.F.Supply.Links {
		if l.Verdict != informational && (l.Over() || l.Bad()) {
			out = append(out, l)
		}
	}
	return out
}

const informational = "ter_informatie"

// Residents is the link of huishouden itself: persons with an address at the peildatum; nil without one.
func (p *page) Residents() *seen.Link {
	for _, l := range p.F.Supply.Links {
		if l.Verdict == informational {
			return &l
		}
	}
	return nil
}

// Residence says of huishouden itself how many persons have an address at the peildatum.
func (p *page) Residence(l *seen.Link) string {
	text := fmt.Sprintf("In de huishoudens %s in deze drie jaren %s; daarvan %s %s op de peildatum een adres", nl.Form(l.Persons, "staat", "staan"),
		nl.Count(l.Persons, "persoon", "personen"), nl.Form(l.Linked, "heeft", "hebben"), nl.Int(l.Linked))
	if l.Share != nil {
		text += " (" + nl.Percent(*l.Share) + ")"
	}
	return text + "."
}

// LinkPlace is what a row of the link table is about: the kind as a whole, a gemeente or a file.
func (p *page) LinkPlace(l seen.Link) string {
	switch {
	case l.Over():
		return nl.Word("kind", l.Kind)
	case l.File == seen.Every:
		return p.Gemeente(l.Gemeente)
	default:
		return l.File
	}
}

// TooBig says that a household has more persons than is probable.
func (p *page) TooBig(r rankRow) bool {
	return r.H != nil && p.Run.MaxHuishouden > 0 && r.H.Personen > p.Run.MaxHuishouden && r.H.Type != "8"
}
