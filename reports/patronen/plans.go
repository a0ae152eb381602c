package patronen

import (
	"cmp"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// obstacles are the rows of hindernis of one kind: per obstacle over all parties, per party over all plans, or of both; who refuses most first
// where parties are compared.
func (p *page) obstacles(byObstacle, byParty bool) (out []Obstacle) {
	for _, h := range p.Obstacles {
		if (h.Hindernis != every) == byObstacle && (h.Partij != every) == byParty {
			out = append(out, h)
		}
	}
	if byParty {
		slices.SortStableFunc(out, func(a, b Obstacle) int {
			return cmp.Or(strings.Compare(a.Hindernis, b.Hindernis), cmp.Compare(b.Afwijzingen, a.Afwijzingen), cmp.Compare(b.Plannen, a.Plannen))
		})
	}
	return out
}

// decided says whether it is known what was decided about plans.
func (p *page) decided() (seen.Verdict, error) { return p.Know("hindernis.afwijzingen") }

// obstacleColumns are the columns of mart hindernis that tables show.
const obstacleColumns = "plannen,afwijzingen,aanvullen,mediaan_dagen"

// ObstacleTable is what stands in the way of plans.
func (p *page) ObstacleTable() (*tableView, error) {
	v, err := p.decided()
	if err != nil {
		return nil, err
	}
	t := &tableView{Caption: "Wat plannen in de weg staat, alle partijen samen", Figure: "hindernis/<hindernis>/alle", Shows: obstacleColumns, File: "hindernis",
		Columns: []string{"Hindernis", "Plannen|getal", "Afgewezen|getal", "Moest aangevuld|getal", "Dagen tot akkoord (mediaan)|r"}}
	for _, h := range append(p.obstacles(true, false), p.obstacles(false, false)...) {
		row := html.Row{Cells: []any{nl.Capital(nl.Word("hindernis", h.Hindernis)), h.Plannen, known(v, h.Afwijzingen), known(v, h.Aanvullen), days(h.Mediaan)}}
		if h.Hindernis == every {
			row.Class = "totaal"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or(), nil
}

// PartyTable is who decides about plans, who refuses, and how long it takes.
func (p *page) PartyTable() (*tableView, error) {
	return p.parties("Wie over plannen besluit", "hindernis/alle/<partij>", p.obstacles(false, true), false)
}

// BothTable is who decides about plans with each obstacle.
func (p *page) BothTable() (*tableView, error) {
	return p.parties("Wie besluit over plannen met een hindernis", "hindernis/<hindernis>/<partij>", p.obstacles(true, true), true)
}

func (p *page) parties(caption, figure string, list []Obstacle, grouped bool) (*tableView, error) {
	v, err := p.decided()
	if err != nil || v.Unknown() {
		return nil, err
	}
	t := &tableView{Class: "partijen", Caption: caption, Figure: figure, Shows: obstacleColumns, From: "hindernis/*/afwijzingen,plannen", File: "hindernis",
		Columns: []string{"Partij", "Plannen waarover besloten is|getal", "Afgewezen|getal", "Aandeel afgewezen|procent", "Moest aangevuld|getal", "Dagen tot eerste besluit (mediaan)|r"}}
	last := ""
	for _, h := range list {
		if grouped && h.Hindernis != last {
			last = h.Hindernis
			t.Group(nl.Capital(nl.Word("hindernis", h.Hindernis)))
		}
		t.Row(nl.Capital(nl.Word("partij", h.Partij)), h.Plannen, known(v, h.Afwijzingen), share(h.Afwijzingen, h.Plannen), known(v, h.Aanvullen), days(h.Mediaan))
	}
	return t.or(), nil
}

func share(part, whole int64) *float64 {
	if whole <= 0 {
		return nil
	}
	x := float64(part) / float64(whole)
	return &x
}

// PartyFigure draws PartyTable; without an id nothing is known of decisions.
func (p *page) PartyFigure() (draw.Figure, error) {
	v, err := p.decided()
	if err != nil || v.Unknown() {
		return draw.Figure{}, err
	}
	var groups []draw.Group
	for _, h := range p.obstacles(false, true) {
		groups = append(groups, draw.Group{Label: nl.Capital(nl.Word("partij", h.Partij)), Counts: []int64{h.Plannen, h.Afwijzingen}})
	}
	return bars("fig-partijen", "Over hoeveel plannen een partij besloot, en hoeveel zij er afwees",
		"Per partij twee balken: plannen waarover zij besloot, en plannen die zij afwees. De aantallen staan in de tabel hieronder.", []string{"plannen", "afgewezen"}, groups), nil
}

// ClaimTable is how many households with each cocktail have a claim to pay.
func (p *page) ClaimTable() (*tableView, error) {
	v, err := p.Know("fraudefuik.met_vordering")
	if err != nil {
		return nil, err
	}
	t := &tableView{Caption: "Huishoudens met een terugvordering of boete die nog niet is betaald", Figure: "fraudefuik/<groep>",
		Shows: "met_vordering,zonder_vordering,niet_te_beoordelen,huishoudens,aandeel,vorderingen,open_ct", From: "fraudefuik/*/open_ct,met_vordering", File: "fraudefuik", Columns: []string{"Huishoudens",
			"Met|getal", "Zonder|getal", "Niet te beoordelen|getal", "Samen|getal", "Aandeel van wie te beoordelen is|procent", "Vorderingen|getal", "Nog te betalen|bedrag",
			"Gemiddeld per huishouden met|bedrag"}}
	for _, c := range p.Claims {
		row := html.Row{Cells: []any{nl.Capital(claimGroup(p.Run, c.Groep)), known(v, c.Met), known(v, c.Zonder), c.Ntb, c.Huishoudens, c.Aandeel, known(v, c.Vorderingen), known(v, c.OpenCt),
			mean(c.OpenCt, c.Met)}}
		if c.Groep == every {
			row.Class = "totaal"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or(), nil
}
