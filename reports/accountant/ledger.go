package accountant

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/nl"
	"stapel/reports/table"
)

// ledgerSection is the way from the ledger to the ranking.
func (p *page) ledgerSection() section {
	s := section{ID: "grootboek", Title: "Van grootboek tot ranglijst"}
	s.text(p.in.Ledger.Head() + " " + p.in.Ledger.Text(p.Run.Namen.Gemeente))
	if p.in.Ledger.Compared() == 0 {
		s.text("Wat hieronder staat begint daarom bij wat is geleverd. Of dat alles is, kan dit rapport niet zeggen.")
	} else {
		s.text("Het grootboek staat naast de geaccepteerde regels van dezelfde bron, gemeente en kalenderjaar. Een regel die over een jaargrens loopt is per dag verdeeld. " +
			"Een verschil boven nul is: het grootboek noemt meer dan is geleverd.")
	}
	s.figure(p.waterfall())
	s.grid(p.waterfallByKind(), p.waterfallGrid(), p.ledgerGrid(), p.explanationGrid())
	return s
}

// waterfall draws the steps of all kinds together; a step of nothing is in the table alone.
func (p *page) waterfall() draw.Figure {
	var steps []draw.Step
	for _, r := range p.f.Waterfall {
		if stand := r.Soort == stand; r.Kind == total && (stand || r.BedragCt != 0) {
			steps = append(steps, draw.Step{Label: nl.Capital(nl.Word("stap", r.Stap)), Ct: r.BedragCt, Stand: stand})
		}
	}
	if len(steps) == 0 {
		return draw.Figure{}
	}
	first := "wat is geleverd"
	if p.in.Ledger.Compared() > 0 {
		first = "het grootboek"
	}
	return draw.Waterfall("fig-waterval", "Van "+first+" tot de ranglijst, alle bronnen van kosten samen, in euro",
		"Elke dikke balk is een stand die apart is geteld. Daartussen staat wat eraf gaat of erbij komt. De bedragen staan in de tabel hieronder.", steps)
}

// waterfallByKind has a row a step and a column a kind, for the page.
func (p *page) waterfallByKind() *grid {
	g := &grid{Name: "waterval", Caption: "Elke stap van grootboek tot ranglijst, in euro", where: onPage,
		Note:    "Vet is een stand die apart is geteld; elke stand is de vorige met de stappen ertussen, anders wordt er niets gepubliceerd. Een streep: het grootboek noemt deze bron niet. Buiten de vergelijking met het grootboek staat wat in quarantaine, vervangen, dubbel of geweigerd is, en wat bij een uitkering is herhaald.",
		ids:     "waterval/*/bedrag_ct",
		Columns: []table.Column{column("volgnr", "Nr", table.Int), coded("stap", "Stap", "stap")}}
	place, rows, stands := map[string]int{}, map[int64][]any{}, map[any]bool{}
	g.strong = func(row []any) bool { return stands[row[0]] }
	var order []int64
	for _, r := range p.f.Waterfall {
		if _, ok := place[r.Kind]; !ok {
			place[r.Kind] = len(g.Columns)
			g.Columns = append(g.Columns, column(r.Kind, nl.Capital(nl.Word("kind", r.Kind)), table.Euro))
		}
	}
	for _, r := range p.f.Waterfall {
		if rows[r.Volgnr] == nil {
			rows[r.Volgnr] = make([]any, len(g.Columns))
			rows[r.Volgnr][0], rows[r.Volgnr][1] = r.Volgnr, r.Stap
			stands[r.Volgnr] = r.Soort == stand
			order = append(order, r.Volgnr)
		}
		rows[r.Volgnr][place[r.Kind]] = r.BedragCt
	}
	slices.Sort(order)
	for _, nr := range order {
		g.add(rows[nr]...)
	}
	return g.or()
}

// stand marks a row of the waterfall that is counted by itself.
const stand = "stand"

func (p *page) waterfallGrid() *grid {
	g := &grid{Name: "waterval", ids: "waterval/*/bedrag_ct", from: "waterval/*/bedrag_ct", Title: "Waterval", where: inFiles, Caption: "Elke stap van grootboek tot ranglijst, per bron en samen",
		Note: "Een stand is apart geteld; ‘opgeteld’ is de vorige stand met de stappen erna. Het verschil moet 0,00 zijn, anders wordt er niets gepubliceerd.",
		Columns: []table.Column{coded("kind", "Bron", "kind"), column("volgnr", "Nr", table.Int), coded("stap", "Stap", "stap"), coded("soort", "Soort", "soort"),
			column("bedrag_ct", "Bedrag", table.Euro), column("opgeteld_ct", "Opgeteld", table.Euro), column("verschil_ct", "Verschil", table.Euro), figureID()},
		strong: func(row []any) bool { return row[3] == stand }}
	var at int64
	kind := ""
	for _, r := range p.f.Waterfall {
		begins := r.Kind != kind
		if begins {
			kind, at = r.Kind, 0
		}
		bedrag, opgeteld := g.cell("bedrag_ct", 0), g.cell("opgeteld_ct", 1)
		var sum, diff any
		switch {
		case begins: // a first step counts from nothing: the ledger says nothing of this kind
			at = r.BedragCt
			sum = calc(at, "%s", bedrag)
		case r.Soort == stand:
			sum = calc(at, "%s", opgeteld)
			diff = calc(r.BedragCt-at, "%s-%s", bedrag, g.cell("opgeteld_ct", 0))
		default:
			at += r.BedragCt
			sum = calc(at, "%s+%s", opgeteld, bedrag)
		}
		g.add(r.Kind, r.Volgnr, r.Stap, r.Soort, r.BedragCt, sum, diff, fmt.Sprintf("waterval/%s/%d/bedrag_ct", r.Kind, r.Volgnr))
	}
	return g.or()
}

func (p *page) ledgerGrid() *grid {
	g := &grid{Name: "aansluiting", ids: "aansluiting/*/grootboek_ct,extract_ct,verschil_ct,verklaard_ct,onverklaard_ct", Title: "Aansluiting", Caption: "Grootboek en extract per bron, gemeente en jaar",
		Note: "Een streep is niet geleverd, nooit nul. Van een verzekeraar noemt een regel geen gemeente: daar staan de gemeenten samen.",
		Columns: []table.Column{coded("feed", "Bron", "kind"), p.gemeente(), column("jaar", "Jaar", table.Year), summed("grootboek_ct", "Grootboek"), summed("extract_ct", "Extract"),
			summed("verschil_ct", "Verschil"), summed("verklaard_ct", "Verklaard"), summed("onverklaard_ct", "Niet verklaard"), coded("oordeel", "Oordeel", "aansluiting"), figureID()},
		strong: func(row []any) bool { return row[8] == "verschil" }}
	for _, r := range p.f.Ledger {
		var diff, left any
		if r.VerschilCt != nil && r.OpenCt != nil {
			diff = calc(*r.VerschilCt, "%s-%s", g.cell("grootboek_ct", 0), g.cell("extract_ct", 0))
			left = calc(*r.OpenCt, "%s-%s", g.cell("verschil_ct", 0), g.cell("verklaard_ct", 0))
		}
		g.add(r.Feed, r.Gemeente, r.Jaar, table.Opt(r.GrootboekCt), table.Opt(r.ExtractCt), diff, r.VerklaardCt, left, r.Oordeel,
			fmt.Sprintf("aansluiting/%s/%s/%d/verschil_ct", r.Feed, r.Gemeente, r.Jaar))
	}
	return g.or()
}

func (p *page) explanationGrid() *grid {
	g := &grid{Name: "aansluiting_verklaring", ids: "aansluiting_verklaring/*/jaar,bedrag_ct", Title: "Verklaringen", Caption: "Wat een leverancier of financiën als verklaring gaf",
		Note: "stapel heeft niet nagegaan of een verklaring klopt; het telt alleen op wat is gegeven.",
		Columns: []table.Column{coded("feed", "Bron", "kind"), p.gemeente(), column("jaar", "Jaar", table.Year), coded("reden", "Reden", "verklaring"), summed("bedrag_ct", "Bedrag"),
			column("bron", "Waar het staat", table.Text), column("toelichting", "Toelichting", table.Text), column("bestand", "Bestand", table.Text), column("regel", "Regel", table.Int)}}
	for _, r := range p.f.Explanations {
		g.add(r.Feed, r.Gemeente, r.Jaar, r.Reden, r.BedragCt, r.Bron, r.Toelichting, r.Bestand, r.Regel)
	}
	return g.or()
}

// gemeente is a column of gemeenten by name.
func (p *page) gemeente() table.Column {
	return table.Column{Name: "gemeentecode", Title: "Gemeente", Kind: table.Text, Words: func(code string) string {
		if !strings.HasPrefix(code, "GM") {
			return code
		}
		return p.Run.Namen.Gemeente(code)
	}}
}

// or is the grid, nil without rows.
func (g *grid) or() *grid {
	if len(g.Rows) == 0 {
		return nil
	}
	return g
}
