package main

import (
	"fmt"
	"strings"

	"stapel/pipeline"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// labelled is a line of the summary.
func (g *globals) labelled(label, format string, args ...any) {
	fmt.Fprintf(g.stdout, "%-10s %s\n", label, nl.Plain(fmt.Sprintf(format, args...)))
}

func same(s string) string { return s }

// printBasis says what held the peildatum, when something did, and which gemeenten are no more.
func (g *globals) printBasis(r *pipeline.Result) {
	b := r.Basis()
	if held := b.Held(same, same); held != "" {
		if b.Without != "" {
			held += "; zonder zou het " + b.Without + " zijn"
		}
		g.labelled("", "tegengehouden door %s", held)
	}
	if short := b.Short(r.Peildatum, same, same); short != "" {
		g.labelled("", "ingesteld; zo ver komt niet: %s", short)
	}
	if len(b.Held(same, same)) == 0 && !b.Set && len(b.Parts) > 0 {
		g.labelled("", "de laatste dag die alle verplichte bronnen in alle gemeenten dekken")
	}
	if len(b.Gone) > 0 {
		g.labelled("", "opgeheven, daarom niet meegeteld voor de peildatum: %s", nl.List(b.Gone))
	}
}

// printUnknown says which kinds say nothing in the run, so that what they would show is unknown, and where that is said.
func (g *globals) printUnknown(r *pipeline.Result) {
	var names []string
	for _, s := range r.Sources.Lacking(r.Report.Kinds) {
		if s.Reach == seen.ReachAbsent {
			names = append(names, s.Kind)
		}
	}
	if len(names) > 0 {
		g.labelled("onbekend", "niet geleverd, dus geen nul: %s", nl.List(names))
	}
	if r.Sources.NobodyExcluded() {
		g.labelled("LET OP", "niemand heeft gezegd wie niet getoond mag worden (uitsluiting): geheime adressen kunnen in de lijst staan")
	}
}

// printSeen says what stands out in the data that came in: feeds that do not link, doubtful money, and money outside the windows.
func (g *globals) printSeen(r *pipeline.Result) {
	g.printLinks(r.Links)
	for i := 0; i < len(r.Findings); {
		code := r.Findings[i].Code
		var parts []string
		for ; i < len(r.Findings) && r.Findings[i].Code == code; i++ {
			if f := r.Findings[i]; f.Money() && f.Lines > 0 {
				text := fmt.Sprintf("%s van %s, %s", nl.Count(f.Lines, "regel", "regels"), f.Kind, nl.Euro(*f.Ct))
				if f.Excluded {
					text += " niet meegeteld"
				}
				parts = append(parts, text)
			}
		}
		if len(parts) > 0 {
			g.labelled("let op", "%s, %s: %s", code, strings.TrimPrefix(nl.Word("bevinding", code), code+": "), strings.Join(parts, "; "))
		}
	}
	for _, o := range r.Outside {
		var parts []string
		if o.Before != 0 {
			parts = append(parts, nl.Euro(o.Before)+" voor de drie jaren van deze run")
		}
		if o.After != 0 {
			parts = append(parts, nl.Euro(o.After)+" na de peildatum")
		}
		g.labelled("vensters", "%s valt buiten de lijst: %s", o.Kind, strings.Join(parts, ", "))
	}
}

// printLinks names the kinds that cover nobody because their persons are not found, or else the kind that links least.
func (g *globals) printLinks(links []seen.Link) {
	var least *seen.Link
	whole := map[string]bool{} // kinds that are silent everywhere
	bad := 0
	for i, l := range links {
		switch {
		case l.Silent() && !whole[l.Kind]:
			bad++
			whole[l.Kind] = l.Over()
			where := l.Kind
			if !l.Over() {
				where += " in " + l.Gemeente
			}
			g.labelled("koppeling", "%s: %s van %s gevonden in huishouden; wat deze bron niet laat zien is onbekend", where, nl.Int(l.Linked),
				nl.Count(l.Persons, "persoon", "personen"))
		case l.Over() && l.Minimum != nil && l.Share != nil && (least == nil || *l.Share < *least.Share):
			least = &links[i]
		}
	}
	switch {
	case bad > 0 || least == nil:
	case least.Linked == least.Persons:
		g.labelled("koppeling", "van elke bron zijn alle personen in huishouden te vinden")
	default:
		g.labelled("koppeling", "het laagst bij %s: %s van %s in huishouden te vinden (%s)", least.Kind, nl.Int(least.Linked),
			nl.Count(least.Persons, "persoon", "personen"), nl.Percent(*least.Share))
	}
}
