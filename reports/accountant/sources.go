package accountant

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/table"
)

// scope says what the run is about.
func (p *page) scope() section {
	s := section{ID: "waarover", Title: "Waarover dit rapport gaat"}
	names := p.W.Names()
	window := func(start time.Time) string { return nl.Date(start) + " t/m " + nl.Date(start.AddDate(1, 0, -1)) }
	fixed := "de laatste dag die alle verplichte bronnen in alle gemeenten dekken"
	if p.Run.Basis.Set {
		fixed = "ingesteld"
	}
	s.facts([2]string{"Run", p.Run.ID}, [2]string{"Peildatum", nl.Date(p.W.Peildatum) + ": " + fixed},
		[2]string{"Drie jaren", fmt.Sprintf("%s: %s; %s: %s; %s: %s", names[0], window(p.W.T0), names[1], window(p.W.T1), names[2], window(p.W.T2))},
		[2]string{"Gemeenten", p.Run.Plaatsen()}, [2]string{"Programma", "stapel " + p.Run.Versie + ", " + p.ev.Go + ", " + p.ev.Platform},
		[2]string{"Programma, sha256", p.ev.Binary}, [2]string{"Instellingen, sha256", p.ev.Config.Sha256}, [2]string{"Sleutel, vingerafdruk", p.ev.Key},
		[2]string{"Gelezen", nl.Count(p.ev.Files, "bestand", "bestanden") + ", " + nl.Count(p.ev.Lines, "regel", "regels") + ", " + nl.Int(p.ev.Quarantined) + " in quarantaine"})
	s.text("De naam van de run volgt uit alles wat erin ging: bestanden, instellingen, sleutel en programma. Gaat daar één byte van anders, dan heet de run anders.")
	s.grid(p.deliveries())
	return s
}

func (p *page) deliveries() *grid {
	g := &grid{Name: "levering", from: "levering/*/regels,quarantaine,bedrag_ct", Title: "Leveringen", Caption: "Leveringen per bron",
		Columns: []table.Column{coded("kind", "Bron", "kind"), counted("bestanden", "Bestanden"), column("periode_van", "Van", table.Day), column("periode_tm", "Tot en met", table.Day),
			counted("regels", "Regels"), counted("quarantaine", "In quarantaine"), summed("bedrag_ct", "Bedrag"), column("leveranciers", "Leveranciers", table.Text)}}
	for _, kind := range p.kindsDelivered() {
		var n, lines, set, ct int64
		var from, to *mart.Date
		money := false
		var who []string
		for _, d := range p.f.Deliveries {
			if d.Kind != kind {
				continue
			}
			n, lines, set, ct, money = n+1, lines+d.Regels, set+d.Quarantaine, ct+mart.Value(d.BedragCt), money || d.BedragCt != nil
			if d.PeriodeVan != nil && (from == nil || *d.PeriodeVan < *from) {
				from = d.PeriodeVan
			}
			if d.PeriodeTot != nil && (to == nil || *d.PeriodeTot > *to) {
				to = d.PeriodeTot
			}
			if d.Leverancier != "" && !slices.Contains(who, d.Leverancier) {
				who = append(who, d.Leverancier)
			}
		}
		row := []any{kind, n, nil, nil, lines, set, nil, strings.Join(who, "; ")}
		if from != nil {
			row[2] = from.Time()
		}
		if to != nil {
			row[3] = to.Time().AddDate(0, 0, -1)
		}
		if money {
			row[6] = ct
		}
		g.add(row...)
	}
	return g.or()
}

func (p *page) kindsDelivered() (kinds []string) {
	for _, d := range p.f.Deliveries {
		if !slices.Contains(kinds, d.Kind) {
			kinds = append(kinds, d.Kind)
		}
	}
	return kinds
}

// sources is what each kind covers, how far it links, and which months are complete.
func (p *page) sources() section {
	s := section{ID: "bronnen", Title: "Dekking, koppeling en late rekeningen"}
	var missing []string
	delivered := p.kindsDelivered()
	for _, kind := range p.Run.Kinds {
		if !slices.Contains(delivered, kind) {
			missing = append(missing, nl.Word("kind", kind))
		}
	}
	if len(missing) > 0 {
		s.text("Niet geleverd, dus onbekend en nooit nul: " + nl.List(missing) + ".")
	}
	if len(p.Run.NietGezien) > 0 {
		s.text("Kosten die niemand levert en die in geen bedrag zitten: " + strings.Join(p.Run.NietGezien, "; ") + ".")
	}
	s.grid(p.coverage(), p.links(), p.maturity())
	return s
}

func (p *page) coverage() *grid {
	g := &grid{Name: "dekking", from: "dekking/*/gedekt", Title: "Dekking", Caption: "Gedekte maanden per bron, van alle gemeenten en de 36 maanden samen",
		Note: "Alleen waar een bron een maand dekt, zegt het ontbreken van een regel iets.",
		Columns: []table.Column{coded("kind", "Bron", "kind"), column("maanden", "Maanden", table.Int), column("gedekt", "Gedekt", table.Int), column("niet_gedekt", "Niet gedekt", table.Int),
			column("onbekend", "Onbekend", table.Int), column("nieuwste_regel", "Nieuwste regel", table.Day)}}
	type sum struct {
		all, yes, no, unknown int64
		newest                *mart.Date
	}
	sums := map[string]*sum{}
	var kinds []string
	for _, d := range p.f.Coverage {
		at := sums[d.Kind]
		if at == nil {
			at = &sum{}
			sums[d.Kind] = at
			kinds = append(kinds, d.Kind)
		}
		at.all++
		switch d.Gedekt {
		case "ja":
			at.yes++
		case "onbekend":
			at.unknown++
		default:
			at.no++
		}
		if d.NieuwsteRegel != nil && (at.newest == nil || *d.NieuwsteRegel > *at.newest) {
			at.newest = d.NieuwsteRegel
		}
	}
	slices.SortFunc(kinds, reports.ByKind)
	for _, kind := range kinds {
		at := sums[kind]
		var newest any
		if at.newest != nil {
			newest = at.newest.Time()
		}
		g.add(kind, at.all, at.yes, at.no, at.unknown, newest)
	}
	return g.or()
}

func (p *page) links() *grid {
	g := &grid{Name: "koppelgraad", ids: "koppelgraad/<kind>/alle/alle/personen,gekoppeld,aandeel,minimum,oordeel", Title: "Koppeling", Caption: "Hoeveel personen van een bron in het bestand van huishoudens zijn gevonden",
		Columns: []table.Column{coded("kind", "Bron", "kind"), column("personen", "Personen", table.Int), column("gekoppeld", "Gevonden", table.Int), column("aandeel", "Aandeel", table.Fraction),
			column("minimum", "Minimum", table.Fraction), coded("oordeel", "Oordeel", "koppelt"), figureID()}}
	for _, l := range p.in.Links {
		if l.Over() {
			g.add(l.Kind, l.Persons, l.Linked, table.Opt(l.Share), table.Opt(l.Minimum), l.Verdict, "koppelgraad/"+l.Kind+"/alle/alle/aandeel")
		}
	}
	return g.or()
}

func (p *page) maturity() *grid {
	g := &grid{Name: "rijpheid", ids: "rijpheid_kind/*/t0_maanden_rijp,t0_maanden,aandeel_binnen,ondergrens", Title: "Late rekeningen", Caption: "Complete maanden van de laatste twaalf, per bron van kosten",
		Note: "Een maand is compleet als met 95% zekerheid ten minste 95% van de rekeningen binnen is. Bedragen zijn niet opgehoogd voor wat nog komt.",
		Columns: []table.Column{coded("kind", "Bron", "kind"), column("t0_maanden_rijp", "Compleet", table.Int), column("t0_maanden", "Van", table.Int), column("aandeel_binnen", "Binnen", table.Fraction),
			column("ondergrens", "Ondergrens", table.Fraction), coded("reden", "Waarom niet verder", "rijpheid"), figureID()}}
	for _, m := range p.f.Maturity {
		g.add(m.Kind, m.Rijp, m.Maanden, table.Opt(m.Aandeel), table.Opt(m.Ondergrens), m.Reden, "rijpheid_kind/"+m.Kind+"/t0_maanden_rijp")
	}
	return g.or()
}

// findings are what was found and not filtered, and the checks that found something.
func (p *page) findings() section {
	s := section{ID: "bevindingen", Title: "Bevindingen en controles"}
	s.text(fmt.Sprintf("De run deed %s. Een controle op fouten die meer vindt dan haar grens, meestal 0, houdt publicatie tegen: dat dit rapport er is, betekent dat geen van die controles dat deed.",
		nl.Count(p.ev.Tests, "controle", "controles")))
	s.grid(p.findingGrid("bevinding", "Bevindingen", "Wat is gevonden en niet is weggelaten: deze regels tellen mee", false))
	g := &grid{Name: "waarschuwing", Title: "Waarschuwingen", Caption: "Controles die iets vonden en publicatie niet tegenhouden",
		Columns: []table.Column{column("controle", "Controle", table.Text), column("zin", "Wat is gevonden", table.Text), column("teller", "Gevonden", table.Int), column("noemer", "Van", table.Int)}}
	g.Columns[0].Width, g.Columns[1].Width = 28, 70
	for _, c := range p.ev.Warnings {
		g.add(c.Name, c.Sentence, c.Violations, c.Of)
	}
	s.grid(g.or())
	return s
}
