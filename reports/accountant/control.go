package accountant

import (
	"cmp"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/table"
)

// controlSection are the control totals from delivery to ranking.
func (p *page) controlSection() section {
	s := section{ID: "controle", Title: "Controletotalen"}
	s.text("Regels en bedragen zijn op twee manieren geteld: bij het inlezen, en opnieuw uit de tabellen. Elke rij moet op 0 uitkomen. In het werkblad rekenen formules elk verschil na.")
	s.grid(p.received(), p.receivedLines(), p.used())
	if l := p.Run.Herkomst; l.Mart != "" {
		s.head("Van bron naar cijfer")
		s.text("De ranglijst in vier stappen. Elke lijn zegt: het rechter is gemaakt van het linker, soms langs tabellen die hier zijn weggelaten. De hele weg van elke tabel geeft stapel lineage.")
		s.figure(l.Figure())
		g := &grid{Name: "herkomst_ranglijst", Caption: l.Caption(), where: onPage}
		for _, head := range l.Columns() {
			g.Columns = append(g.Columns, column(head, head, table.Text))
		}
		g.Rows = l.Rows()
		s.grid(g.or())
	}
	return s
}

// receivedParts are what becomes of what was delivered.
var receivedParts = []string{"geaccepteerd", "quarantaine", "vervangen", "dubbel", "geweigerd"}

// money says whether a kind has counted amounts.
func (p *page) money(kind string) bool { return p.f.step(kind, "geleverd").BedragCt != 0 }

func (p *page) received() *grid {
	g := &grid{Name: "controle_ontvangen", ids: "controle/*/bedrag_ct", from: "controle/*/bedrag_ct", named: "geleverd_ct",
		Title: "Ontvangen", Caption: "Geleverd = geaccepteerd + quarantaine + vervangen + dubbel + geweigerd, in euro",
		Columns: []table.Column{coded("kind", "Bron", "kind"), summed("geleverd_ct", "Geleverd")}}
	for _, part := range receivedParts {
		g.Columns = append(g.Columns, summed(part+"_ct", nl.Capital(nl.Word("stap", part))))
	}
	g.Columns = append(g.Columns, summed("verschil_ct", "Verschil"), figureID())
	for _, kind := range p.f.Kinds {
		if !p.money(kind) {
			continue
		}
		row, left, cells := []any{kind, p.f.step(kind, "geleverd").BedragCt}, p.f.step(kind, "geleverd").BedragCt, []string{}
		for _, part := range receivedParts {
			ct := p.f.step(kind, part).BedragCt
			row, left, cells = append(row, ct), left-ct, append(cells, g.cell(part+"_ct", 0))
		}
		g.add(append(row, calc(left, "%s-%s", g.cell("geleverd_ct", 0), strings.Join(cells, "-")), "controle/"+kind+"/geleverd/bedrag_ct")...)
	}
	return g.or()
}

func (p *page) receivedLines() *grid {
	g := &grid{Name: "controle_regels", ids: "controle/*/regels", from: "controle/*/regels", named: "geleverd",
		Title: "Regels", Caption: "Geleverd = geaccepteerd + quarantaine + vervangen + dubbel + geweigerd, in regels",
		Columns: []table.Column{coded("kind", "Bron", "kind"), counted("geleverd", "Geleverd")}}
	for _, part := range receivedParts {
		g.Columns = append(g.Columns, counted(part, nl.Capital(nl.Word("stap", part))))
	}
	g.Columns = append(g.Columns, counted("verschil", "Verschil"), figureID())
	for _, kind := range p.f.Kinds {
		all := mart.Value(p.f.step(kind, "geleverd").Regels)
		row, left, cells := []any{kind, all}, all, []string{}
		for _, part := range receivedParts {
			n := mart.Value(p.f.step(kind, part).Regels)
			row, left, cells = append(row, n), left-n, append(cells, g.cell(part, 0))
		}
		g.add(append(row, table.Calc{Value: left, Formula: g.cell("geleverd", 0) + "-" + strings.Join(cells, "-")}, "controle/"+kind+"/geleverd/regels")...)
	}
	return g.or()
}

// identities are the sums after acceptance, each a step and its parts.
var identities = []struct {
	whole string
	parts []string
}{
	{"geaccepteerd", []string{"gebruikt", "uitgesloten", "herhaald", "ouder"}},
	{"gebruikt", []string{"in_vensters", "voor_vensters", "na_vensters"}},
	{"geprijsd", []string{"in_vensters", "voor_vensters", "na_vensters"}},
	{"in_vensters", []string{"huishoudens", "onbekend"}},
	{"huishoudens", []string{"ranglijst", "niet_getoond", "andere_gemeente"}},
}

func (p *page) used() *grid {
	g := &grid{Name: "controle_gebruikt", ids: "controle/*/bedrag_ct", from: "controle/*/bedrag_ct", Title: "Gebruikt", Caption: "Van geaccepteerd tot ranglijst: elk bedrag is de som van zijn delen, in euro",
		Note: "Wat met een vaste prijs is geschat begint bij ‘geschat met een vaste prijs’ en staat niet in de ranglijst opgeteld. Bij ‘samen’ gaat het om gedeclareerde kosten van alle bronnen.",
		Columns: []table.Column{coded("kind", "Bron", "kind"), coded("stap", "Stap", "stap"), column("bedrag_ct", "Bedrag", table.Euro), column("delen", "Delen", table.Text),
			column("deel_1_ct", "Deel 1", table.Euro), column("deel_2_ct", "Deel 2", table.Euro), column("deel_3_ct", "Deel 3", table.Euro), column("deel_4_ct", "Deel 4", table.Euro),
			summed("verschil_ct", "Verschil"), figureID()}}
	g.Columns[3].Width = 44
	for _, kind := range append(slices.Clone(p.f.Kinds), total) {
		for _, is := range identities {
			if !p.splits(kind, is.whole) {
				continue
			}
			whole := p.f.step(kind, is.whole).BedragCt
			left, names, cells := whole, []string{}, []string{}
			row := make([]any, 4, len(g.Columns))
			for i, part := range is.parts {
				ct := p.f.step(kind, part).BedragCt
				row, left = append(row, ct), left-ct
				names, cells = append(names, nl.Word("stap", part)), append(cells, g.cell(g.Columns[4+i].Name, 0))
			}
			for len(row) < 8 {
				row = append(row, nil)
			}
			row[0], row[1], row[2], row[3] = kind, is.whole, whole, nl.Capital(strings.Join(names, " + "))
			g.add(append(row, calc(left, "%s-%s", g.cell("bedrag_ct", 0), strings.Join(cells, "-")), "controle/"+kind+"/"+is.whole+"/bedrag_ct")...)
		}
	}
	return g.or()
}

// splits says whether a step of a kind has amounts that its parts add up to.
func (p *page) splits(kind, whole string) bool {
	switch whole {
	case "gebruikt":
		return p.f.has(kind, "in_vensters") && !p.f.has(kind, "geprijsd")
	case "geaccepteerd":
		return kind != total && p.money(kind)
	case "huishoudens":
		return kind == total
	case "in_vensters":
		return kind != total && p.f.has(kind, whole)
	}
	return p.f.has(kind, whole)
}

// leftOutSection is what was delivered and is in no figure, or not in that of a household.
func (p *page) leftOutSection() section {
	s := section{ID: "weggelaten", Title: "Wat is weggelaten, en waarom"}
	g := &grid{Name: "weggelaten", ids: "controle/*/regels,bedrag_ct", Title: "Weggelaten", Caption: "Regels en bedragen die niet in de ranglijst staan, per bron en reden",
		Note:    "Een streep bij het bedrag: de bron heeft geen geteld bedrag, of de stap is alleen in euro geteld.",
		Columns: []table.Column{coded("kind", "Bron", "kind"), coded("stap", "Stap", "stap"), column("reden", "Waarom", table.Text), column("regels", "Regels", table.Int), summed("bedrag_ct", "Bedrag"), figureID()}}
	g.Columns[2].Width = 60
	for _, kind := range append(slices.Clone(p.f.Kinds), total) {
		for _, step := range []string{"quarantaine", "vervangen", "dubbel", "geweigerd", "uitgesloten", "herhaald", "ouder", "voor_vensters", "na_vensters", "onbekend", "niet_getoond", "andere_gemeente"} {
			c := p.f.step(kind, step)
			if mart.Value(c.Regels) == 0 && c.BedragCt == 0 {
				continue
			}
			var amount any
			if c.BedragCt != 0 || kind == total {
				amount = c.BedragCt
			}
			g.add(kind, step, whyLeftOut[step], table.Opt(c.Regels), amount, "controle/"+kind+"/"+step+"/bedrag_ct")
		}
	}
	s.grid(g.or())
	s.grid(p.quarantineGrid())
	s.grid(p.findingGrid("uitgesloten", "Uitgesloten", "Geaccepteerde regels die een andere regel of een ander bestand onjuist maakt: in geen cijfer", true))
	s.grid(p.overlapGrid())
	return s
}

var whyLeftOut = map[string]string{
	"quarantaine": "de regel voldoet niet aan het contract", "vervangen": "een nieuwere levering kwam ervoor in de plaats", "dubbel": "dezelfde bytes zijn eerder geleverd",
	"geweigerd": "het bestand is als geheel geweigerd", "uitgesloten": "een andere regel of een ander bestand maakt de regel onjuist",
	"herhaald": "een uitkering staat bij elke persoon die erop voorkomt, en telt één keer", "ouder": "een nieuwere regel over hetzelfde geldt",
	"voor_vensters": "van vóór de drie jaren van deze run", "na_vensters": "van na de peildatum", "onbekend": "de persoon hoort op de peildatum bij geen huishouden",
	"niet_getoond": "een lid van het huishouden is uitgesloten van tonen", "andere_gemeente": "het huishouden woont in een gemeente die niet bij deze run hoort",
}

func (p *page) quarantineGrid() *grid {
	g := &grid{Name: "quarantaine", from: "quarantaine/*/regels", Title: "Quarantaine", Caption: "Regels in quarantaine, per bron en regel van het contract",
		Columns: []table.Column{coded("kind", "Bron", "kind"), coded("regel_code", "Wat", "bevinding"), counted("regels", "Regels")}}
	type key struct{ kind, code string }
	sums := map[key]int64{}
	for _, q := range p.f.Quarantine {
		sums[key{q.Kind, q.RegelCode}] += q.Regels
	}
	var keys []key
	for k := range sums {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(reports.ByKind(a.kind, b.kind), strings.Compare(a.code, b.code)) })
	for _, k := range keys {
		g.add(k.kind, k.code, sums[k])
	}
	return g.or()
}

// overlapGrid is what was looked for in every kind in which the same money could be there twice.
func (p *page) overlapGrid() *grid {
	g := &grid{Name: "overlap", ids: "controle/*/regels,bedrag_ct", Title: "Overlap", Caption: "Hetzelfde geld tweemaal: waar naar is gezocht, ook als er niets is gevonden",
		Columns: []table.Column{coded("kind", "Bron", "kind"), coded("stap", "Waarnaar is gezocht", "stap"), column("regels", "Regels", table.Int), column("bedrag_ct", "Bedrag", table.Euro), figureID()}}
	for _, kind := range p.f.Kinds {
		for _, step := range []string{"overlap_gelijk", "overlap_verschilt", "regel_gelijk"} {
			if c := p.f.step(kind, step); p.f.has(kind, step) {
				g.add(kind, step, mart.Value(c.Regels), c.BedragCt, "controle/"+kind+"/"+step+"/bedrag_ct")
			}
		}
	}
	return g.or()
}

// findingGrid are findings, or lines that were left out, added up per code and kind.
func (p *page) findingGrid(name, title, caption string, excluded bool) *grid {
	from := "bevinding/*/regels,bedrag_ct"
	if excluded {
		from = "uitgesloten/*/regel_code,bedrag_ct"
	}
	g := &grid{Name: name, Title: title, Caption: caption, from: from, Columns: []table.Column{coded("regel_code", "Wat", "bevinding"), coded("kind", "Bron", "kind"), column("ernst", "Ernst", table.Text),
		column("regels", "Regels", table.Int), column("bedrag_ct", "Bedrag", table.Euro), column("betekenis", "Wat het betekent", table.Text)}}
	g.Columns[5].Width = 60
	for _, f := range p.in.Findings {
		if f.Excluded != excluded {
			continue
		}
		weight := "let op"
		if f.Severe {
			weight = "fout"
		}
		if excluded {
			weight = "telt niet mee"
		}
		g.add(f.Code, f.Kind, weight, f.Lines, table.Opt(f.Ct), nl.Meaning(f.Code))
	}
	return g.or()
}
