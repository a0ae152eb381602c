package analist

import (
	"fmt"
	"strings"

	"stapel/reports/nl"
	"stapel/reports/table"
)

// fewest is the smallest number of households that the summary shows: below it a reader may know who they are (methods 9).
const fewest = 10

// few is a number of households as the summary shows it.
func few(n int64) string {
	if n > 0 && n < fewest {
		return fmt.Sprintf("< %d", fewest)
	}
	return nl.Int(n)
}

// SummaryTiles are the key figures of the summary.
func (p *page) SummaryTiles() (out []tile, err error) {
	r := p.F.Ranking
	if !r.Present {
		return nil, nil
	}
	add := func(figure string, n int64, text, label string) {
		t, e := p.Tile(figure, n, text, label)
		if out = append(out, t); e != nil {
			err = e
		}
	}
	add("ranglijst.rang", r.N, nl.Int(r.N), "huishoudens")
	add("ranglijst.kosten_t0_ct", r.T0Ct, nl.EuroWhole(r.T0Ct), "gedeclareerd in "+p.Jaar(0))
	add("ranglijst.kosten_t0_ct", r.At.N, few(r.At.N), "op of boven "+nl.EuroWhole(p.Run.DrempelCt))
	add("ranglijst.in_aanmerking", r.Eligible.N, few(r.Eligible.N), "voldoen aan alle regels voor maatwerk")
	if p.F.Cocktails.Present {
		t := p.CocktailTile()
		if t.Value != table.UnknownWord {
			t.Value = few(p.F.Cocktails.Households)
		}
		t.Label = "met een volledige giftige cocktail"
		out = append(out, t)
	}
	if plans := p.F.Plans; plans.HasTotals {
		n := plans.Count("plannen")
		figure := "plan_totaal/plannen/waarde"
		if few(n) != nl.Int(n) {
			figure = "plan_totaal.waarde" // what is shown is not the figure
		}
		add(figure, n, few(n), "maatwerkplannen")
	}
	return out, err
}

// share is an amount with its part of a whole; the class is that of its row.
type share struct {
	Class, Label string
	Ct           int64
	Share        *float64
}

// SummaryCosts are the declared costs by domein, of households and of persons without one.
func (p *page) SummaryCosts() (out []share) {
	total := p.F.Costs.Total("gedeclareerd")
	whole := total.Ct[0] + total.UnknownCt[0]
	for _, d := range p.Run.Gedeclareerd() {
		row := share{Label: d.Label}
		for _, c := range p.F.Costs.Of("gedeclareerd") {
			if c.Domein == d.Naam {
				row.Ct += c.Ct[0] + c.UnknownCt[0]
			}
		}
		row.Share = p.Share(row.Ct, whole)
		out = append(out, row)
	}
	return append(out, share{"totaal", "Samen, ook van wie op de peildatum geen huishouden heeft", whole, p.Share(whole, whole)})
}

// SummaryConcentration says how much of the cost the costliest have; empty where there are too few of them to say it.
func (p *page) SummaryConcentration() string {
	r := p.F.Ranking
	for _, c := range p.Concentration() {
		if part := topShare(c.Maat); c.Waarde != nil && ceilDiv(r.N*int64(part*10), 1000) >= fewest {
			return fmt.Sprintf("De duurste %s%% van de huishoudens heeft %s van deze kosten.", nl.Decimal(part), nl.Percent(*c.Waarde))
		}
	}
	return ""
}

// summaryCocktail is a cocktail with numbers as the summary shows them.
type summaryCocktail struct{ Label, Full, Threat, Open string }

// SummaryCocktails are the cocktails.
func (p *page) SummaryCocktails() (out []summaryCocktail) {
	for _, st := range p.F.Cocktails.Stats {
		row := summaryCocktail{Label: st.Naam, Full: few(st.Full.N), Threat: few(st.Threat.N), Open: "onbekend"}
		if v := st.Verdict; v != nil {
			row.Open = few(v.Onbekend + v.NietTeBeoordelen)
			if v.Vol == 0 && v.Onbekend+v.NietTeBeoordelen > 0 {
				row.Full = table.UnknownWord
			}
		}
		out = append(out, row)
	}
	return out
}

// SummaryRemarks are what a reader of the summary has to know.
func (p *page) SummaryRemarks() (out []string) {
	var missing []string
	for _, l := range p.Lacks() {
		missing = append(missing, nl.Word("kind", l.Kind))
	}
	if len(missing) > 0 {
		out = append(out, "Niet te gebruiken of niet geleverd, en daarom onbekend: "+nl.List(missing)+".")
	}
	if p.Uninsured() {
		out = append(out, "Van niemand is bekend of een verzekeraar die levert hem verzekert: zorgkosten kunnen ontbreken.")
	}
	if len(p.Run.NietGezien) > 0 {
		out = append(out, "Niet in deze bedragen: "+strings.Join(p.Run.NietGezien, "; ")+".")
	}
	for _, m := range p.F.Supply.Maturity {
		if m.Rijp < m.Maanden {
			out = append(out, "Rekeningen komen maanden later binnen; de laatste maanden zijn nog niet compleet.")
			break
		}
	}
	if plans := p.F.Plans; plans.HasTotals {
		if v, err := p.Know("plan_totaal.waarde"); err == nil && !v.Unknown() {
			n := plans.Count("plannen_met_kba")
			if ct := plans.Total("besparing_alle").WaardeCt; ct != nil && n >= fewest {
				out = append(out, fmt.Sprintf("%s maatwerkplannen met een kosten-batenanalyse verwachten samen %s te besparen. Dat is een verwachting vooraf, geen gerealiseerde besparing.",
					nl.Int(n), nl.EuroWhole(*ct)))
			}
		}
	}
	return append(out, p.CompletenessHead()+" "+p.CompletenessText(),
		"Een ranglijst adviseert; een mens kiest, met een reden. Wie het duurst is, heeft meestal geen giftige cocktail, en andersom.")
}
