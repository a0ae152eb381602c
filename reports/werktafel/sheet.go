package werktafel

import (
	"fmt"
	"slices"
	"time"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/vrij"
)

// sheet is the page of one cocktail, to lay on the table.
type sheet struct {
	*page
	C reports.Cocktail
}

// Most rows of the small tables of a sheet.
const (
	sheetNear   = 4
	sheetPlaces = 6
)

func (p *page) sheet(c reports.Cocktail) *sheet {
	own := *p
	own.Title = "tafelblad: " + c.Naam
	return &sheet{&own, c}
}

// tile is a key figure; without a value it may not be shown.
type tile struct {
	Value, Label, Note string
	ID                 string // of the figure; of one that is not shown too
}

// Tiles are the key figures of the cocktail.
func (s *sheet) Tiles() []tile {
	number := func(n *int64) string {
		if n == nil {
			return ""
		}
		return nl.Int(*n)
	}
	rate, cost, note := "", "", ""
	if x := perThousand(func(o string) *int64 { return s.all(s.C.ID, o) }); x != nil {
		rate = nl.Number(*x, 1) + " per 1.000 te beoordelen"
	}
	if c := s.cost(s.C.ID, vrij.Vol); c != nil && c.GemiddeldCt != nil {
		cost = nl.EuroWhole(*c.GemiddeldCt)
	}
	if c := s.cost(s.C.ID, vrij.Overig); c != nil && c.GemiddeldCt != nil {
		note = "alle andere: " + nl.EuroWhole(*c.GemiddeldCt)
	}
	return []tile{
		{number(s.all(s.C.ID, vrij.Vol)), "huishoudens hebben hem helemaal", rate, s.figure(vrij.Vol)},
		{number(s.all(s.C.ID, vrij.Dreigend)), "missen één onderdeel", "", s.figure(vrij.Dreigend)},
		{number(s.all(s.C.ID, vrij.Onbekend)), "onbekend: een bron dekt het ontbrekende niet", "", s.figure(vrij.Onbekend)},
		{cost, "kosten per huishouden in 12 maanden", note, s.costFigure()},
	}
}

// figure is the id of how many households of all gemeenten stand so on the peildatum; empty where the folder has no such row.
func (s *sheet) figure(state string) string {
	at := place{s.today, s.C.ID, vrij.Alle, vrij.Alle, state}
	if _, there := s.counts[at]; !there {
		return ""
	}
	return fmt.Sprintf("vrij/cocktail/%s/%s/%s/%s/%s/huishoudens", vrij.Day(at.day).Format(time.DateOnly), at.cocktail, at.gemeente, at.wijk, at.oordeel)
}

// costFigure is the id of what a household with the cocktail costs.
func (s *sheet) costFigure() string {
	if s.cost(s.C.ID, vrij.Vol) == nil {
		return ""
	}
	return "vrij/cocktail_kosten/" + s.C.ID + "/" + vrij.Vol + "/gemiddeld_ct"
}

// Parts are the ingredients of the cocktail, what has to be there last.
func (s *sheet) Parts() (words []string) {
	for _, in := range slices.Concat(s.C.Ingredienten, s.C.Voorwaarden) {
		words = append(words, nl.Word("ingredient", in))
	}
	return words
}

// Trend is the cocktail over the quarters.
func (s *sheet) Trend() draw.Figure {
	f := s.TrendFigure(s.C)
	f.Title = "Verloop per kwartaal"
	return f
}

// Ways are the commonest ways into the cocktail.
func (s *sheet) Ways() draw.Figure {
	f := s.pathFigure(s.C, sheetPaths)
	f.Title = "Zo ontstaat hij het vaakst"
	return f
}

// Near are the near misses of the cocktail.
func (s *sheet) Near() *tableView {
	t := &tableView{Class: "smal", Caption: "Nog op tijd", Figures: "vrij/bijna/*/huishoudens,aandeel", Columns: []string{"Wat nog ontbreekt", "Nu|getal", "Werd binnen een jaar vol|procent"}}
	for _, b := range s.near(s.C.ID) {
		if len(t.Rows) < sheetNear {
			t.Row(nl.Capital(lacking(b.Ontbrekend)), b.Huishoudens, b.Aandeel)
		}
	}
	return t.or()
}

// Places are the gemeenten with most of the cocktail, of those that may be shown.
func (s *sheet) Places() *tableView {
	t := &tableView{Class: "smal", Caption: "Waar", Figures: "vrij/cocktail/*/huishoudens", From: "vrij/cocktail/*/huishoudens", Columns: []string{"Gemeente", "Vol|getal", "Per 1.000|r"}}
	codes := slices.DeleteFunc(slices.Clone(s.codes), func(g string) bool { return s.count(s.C.ID, g, vrij.Alle, vrij.Vol) == nil })
	slices.SortStableFunc(codes, func(a, b string) int {
		return byCount(s.count(s.C.ID, a, vrij.Alle, vrij.Vol), s.count(s.C.ID, b, vrij.Alle, vrij.Vol))
	})
	for _, g := range codes[:min(len(codes), sheetPlaces)] {
		at := func(o string) *int64 { return s.count(s.C.ID, g, vrij.Alle, o) }
		t.Row(s.gemeente(g), at(vrij.Vol), oneDecimal(perThousand(at)))
	}
	return t.or()
}

// Claims says how many with the cocktail have a claim to pay.
func (s *sheet) Claims() string {
	met := s.claims(s.C.ID)[vrij.Met]
	if met.Huishoudens == nil {
		return "Hoeveel van hen een terugvordering of boete hebben: " + table.WithheldWord + "."
	}
	text := nl.Count(*met.Huishoudens, "huishouden heeft", "huishoudens hebben") + " een terugvordering of boete"
	if met.OpenCt != nil {
		text += ", samen " + nl.EuroWhole(*met.OpenCt)
	}
	return text + "."
}

// Lacks are the sources that the cocktail rests on and that cannot be relied on wholly.
func (s *sheet) Lacks() (out []string) {
	var needed []string
	for _, in := range s.C.Ingredienten {
		needed = append(needed, s.Run.IngredientKinds[in]...)
	}
	for _, b := range s.T.Bron {
		if slices.Contains(needed, b.Kind) && b.Stand != vrij.BronHeel {
			out = append(out, nl.Word("kind", b.Kind)+" ("+nl.Word("bronstand", b.Stand)+")")
		}
	}
	return out
}

// Missing are the parts of the sheet that are not there.
func (s *sheet) Missing() []gone {
	return s.Gone("cocktail", "pad", "pad_stap", "bijna", "cocktail_kosten", "fraudefuik")
}
