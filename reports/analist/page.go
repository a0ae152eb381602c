package analist

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/transforms"
)

// page is what the templates of the analyst's report get.
type page struct {
	Title     string
	Footer    template.HTML
	Run       reports.Run
	W         reports.Windows
	F         *facts
	Style     template.CSS
	Top       []rankRow
	TopFullCt int64 // cost of the longest bar in the ranking table
	Domains   []draw.Key
	Figures   map[string]draw.Figure
	Coverage  []draw.Figure
	Plans     []mart.Plan
	Names     map[string]string // cocktail id -> name
}

// newPage prepares what pages show. The documents of the report are this page under their own titles.
func newPage(run reports.Run, w reports.Windows, f *facts) *page {
	p := &page{Run: run, W: w, F: f, Style: reports.Style(level), Figures: map[string]draw.Figure{}, Names: map[string]string{},
		Domains: draw.DomainKeys(declaredLabels(run))}
	p.Top = f.Ranking.Rows[:min(len(f.Ranking.Rows), pageRanks)]
	for _, row := range p.Top {
		p.TopFullCt = max(p.TopFullCt, positive(row.Parts))
	}
	for _, st := range f.Cocktails.Stats {
		p.Names[st.ID] = st.Naam
	}
	p.Plans = f.Plans.Rows[:min(len(f.Plans.Rows), pagePlans)]
	for _, draw := range []func(){p.drawMonths, p.drawCurve, p.drawForesight, p.drawReference, p.drawCoverage, p.drawCocktails, p.drawThreats,
		p.drawPlans} {
		draw()
	}
	return p
}

// document is a page of the report: a file, its template and its title.
type document struct {
	File, Template, Title, Footer string
	Level                         transforms.Level
}

// documents are the pages of the report. The summary shows no household, but its numbers have not gone through disclosure control.
var documents = []document{
	{"rapport.html", "rapport", "analistenrapport", "Gegevens per huishouden: niet doorsturen.", transforms.LevelRij},
	{"gegevens.html", "gegevensrapport", "gegevens en controles", "Gegevens per bestand en regel: niet doorsturen.", transforms.LevelRij},
	{"samenvatting.html", "samenvatting", "samenvatting", "Zonder huishoudens; aantallen onder de 10 staan er niet in. Voor intern gebruik, niet voor publicatie.",
		transforms.LevelTotaal},
}

// As is the page as one of its documents.
func (p *page) As(d document) *page {
	out := *p
	out.Title, out.Footer, out.Style = d.Title, template.HTML(template.HTMLEscapeString(d.Footer)), reports.Style(d.Level)
	return &out
}

// DomainLabels are what people call the domeinen.
func (p *page) DomainLabels() (labels []string) {
	for _, d := range p.Run.Domeinen {
		labels = append(labels, d.Label)
	}
	return labels
}

// declaredLabels are what people call the domeinen of rankRow.Parts.
func declaredLabels(run reports.Run) (labels []string) {
	for _, d := range run.Gedeclareerd() {
		labels = append(labels, d.Label)
	}
	return labels
}

func positive(parts []int64) int64 {
	var sum int64
	for _, ct := range parts {
		sum += max(0, ct)
	}
	return sum
}

func (p *page) drawCurve() {
	r := p.F.Ranking
	if len(r.Curve) == 0 {
		return
	}
	p.Figures["concentratie"] = draw.Curve("fig-concentratie", "Hoe geconcentreerd de kosten zijn",
		"Kromme van het aandeel in de kosten tegen het aandeel van de huishoudens, duurste eerst. De aandelen staan in de "+
			"tabel ernaast.",
		r.Curve, r.Marks)
}

// stripsPerFigure keeps a coverage chart within a printed page.
const stripsPerFigure = 40

func (p *page) drawCoverage() {
	win := []draw.Window{{Label: p.Kolom2(), From: 0, To: 12}, {Label: p.Kolom1(), From: 12, To: 24}, {Label: p.Kolom0(), From: 24, To: reports.Months}}
	strips := p.F.Supply.Strips
	for first := 0; first < len(strips); first += stripsPerFigure {
		part := strips[first:min(first+stripsPerFigure, len(strips))]
		rows := make([]draw.Strip, len(part))
		for i, s := range part {
			label := nl.Word("kind", s.Kind)
			if !s.All {
				label += ", " + p.short(s.Gemeenten)
			}
			rows[i] = draw.Strip{Label: label, Months: s.Months}
		}
		p.Coverage = append(p.Coverage, draw.Strips(fmt.Sprintf("fig-dekking-%d", first/stripsPerFigure+1), "Welke maanden elke bron dekt",
			"Per bron een rij van 36 maanden, met per maand gedekt, niet gedekt of onbekend. De aantallen staan in de tabel hieronder.",
			p.W.T2, win, rows))
	}
}

// short names a few gemeenten and counts the rest.
func (p *page) short(gemeenten []string) string {
	if len(gemeenten) > 2 {
		return fmt.Sprintf("%s + %d", p.Gemeente(gemeenten[0]), len(gemeenten)-1)
	}
	return nl.List(p.names(gemeenten))
}

func (p *page) drawCocktails() {
	stats := p.F.Cocktails.Stats
	if len(stats) == 0 {
		return
	}
	groups := make([]draw.Group, len(stats))
	for i, st := range stats {
		groups[i] = draw.Group{Label: st.Naam, Counts: []int64{st.Full.N, st.Threat.N, st.Unknown.N}}
	}
	p.Figures["cocktails"] = draw.GroupedBars("fig-cocktails", "Huishoudens per cocktail op de peildatum",
		"Per cocktail drie balken: vol, dreigend en onbekend. De aantallen staan ook in de tabel hieronder.", statusOrder, groups)
}

func (p *page) drawPlans() {
	costed := p.F.Plans.Costed()
	costed = costed[:min(len(costed), pageDumbbells)]
	if len(costed) == 0 {
		return
	}
	rows := make([]draw.Dumbbell, len(costed))
	for i, plan := range costed {
		rows[i] = draw.Dumbbell{Label: plan.Casus, Now: plan.HuidigCt, Without: *plan.DreigendCt, With: *plan.MaatwerkCt}
	}
	p.Figures["plannen"] = draw.Dumbbells("fig-plannen", "Verwachte kosten per plan: nu, zonder en met maatwerk",
		"Per plan drie bedragen: huidig, dreigend en maatwerk, grootste verwachte besparing bovenaan. De bedragen staan in de "+
			"tabel met plannen.",
		[3]string{"huidig", "dreigend (zonder maatwerk)", "met maatwerk"}, rows)
}

// Window describes a window in words.
func (p *page) Window(start time.Time) string { return windowText(start) }

func windowText(start time.Time) string {
	return nl.Date(start) + " t/m " + nl.Date(start.AddDate(1, 0, -1))
}

// CompletenessHead and CompletenessText are what the first page says about the ledger.
func (p *page) CompletenessHead() string { return p.F.Seen.Ledger.Head() }

// CompletenessText gives the reason for CompletenessHead.
func (p *page) CompletenessText() string { return p.F.Seen.Ledger.Text(p.Run.Namen.Gemeente) }

// Share is a part of a whole as a fraction, nil when there is no whole.
func (p *page) Share(part, whole int64) *float64 {
	if whole <= 0 {
		return nil
	}
	x := float64(part) / float64(whole)
	return &x
}

// Family describes the household of a row: its type and its number of adults and children.
func (p *page) Family(r rankRow) string {
	h := r.H
	if h == nil {
		return ""
	}
	text := nl.Word("typhh", h.Type) + ": " + nl.Count(h.Volwassenen, "volwassene", "volwassenen")
	if h.Kinderen > 0 {
		text += ", " + nl.Count(h.Kinderen, "kind", "kinderen")
	}
	if h.Aangehecht > 0 {
		text += fmt.Sprintf(" (%d elders)", h.Aangehecht)
	}
	return text
}

// costParts are the non-zero parts of a row's cost, for the words under its bar, and what is priced beside them.
type costParts struct {
	Parts  []amount
	Priced int64
}

type amount struct {
	Key draw.Key
	Ct  int64
}

// Amounts are the parts of a row's cost.
func (p *page) Amounts(r rankRow) costParts {
	out := costParts{Priced: r.GeprijsdT0Ct}
	for i, ct := range r.Parts {
		if ct != 0 {
			out.Parts = append(out.Parts, amount{p.Domains[i], ct})
		}
	}
	return out
}

// eligibility says whether a household is in aanmerking, why not, and what else there is to know before it is chosen.
type eligibility struct {
	Yes   bool
	Why   string
	Marks []string
}

// Eligibility says whether a household is in aanmerking.
func (p *page) Eligibility(r rankRow) eligibility {
	out := eligibility{Yes: r.InAanmerking, Why: p.Reasons(r.RedenNiet)}
	if r.Veldmelding {
		out.Marks = append(out.Marks, "veldmelding")
	}
	if r.InMaatwerk {
		out.Marks = append(out.Marks, "in maatwerk")
	}
	if r.ZvwGedekt != "ja" {
		out.Marks = append(out.Marks, nl.Word("zvw_gedekt", r.ZvwGedekt))
	}
	return out
}

// Reasons are the Dutch words for why a household does not qualify.
func (p *page) Reasons(codes string) string { return p.words("reden", codes, "|") }

// Findings are the Dutch words for the findings of a plan.
func (p *page) Findings(codes string) string { return p.words("bevinding", codes, "|") }

// Order is a chain of ingredients with arrows.
func (p *page) Order(chain string) string {
	return strings.ReplaceAll(p.words("ingredient", chain, ">"), ", ", " → ")
}

// Missing are the ingredients an episode lacks.
func (p *page) Missing(list string) string { return missingWords(list) }

func (p *page) words(sort, list, sep string) string {
	if list == "" {
		return ""
	}
	parts := strings.Split(list, sep)
	for i, code := range parts {
		parts[i] = nl.Word(sort, code)
	}
	return strings.Join(parts, ", ")
}

// CocktailNames are the names of a list of cocktail ids.
func (p *page) CocktailNames(ids string) string {
	if ids == "" {
		return ""
	}
	parts := strings.Split(ids, "|")
	for i, id := range parts {
		if name, ok := p.Names[id]; ok {
			parts[i] = name
		}
	}
	return strings.Join(parts, "; ")
}

// Evidence are the source lines of an episode on the page.
func (p *page) Evidence(c mart.Cocktail) []mart.Bewijs { return p.F.Cocktails.Evidence[keyOf(c)] }

// Uncovered names the kinds that would have to cover a household before the ingredient may be called absent, and have
// gaps in the 24 months to the peildatum.
func (p *page) Uncovered(ingredient string) string {
	wanted := p.Run.IngredientKinds[ingredient]
	kinds := p.F.Supply.Gaps(24, wanted)
	names := make([]string, len(kinds))
	for i, kind := range kinds {
		names[i] = nl.Word("kind", kind)
	}
	if len(wanted) == 0 && len(names) > 0 {
		return "een of meer van: " + strings.Join(names, ", ")
	}
	return nl.List(names)
}
