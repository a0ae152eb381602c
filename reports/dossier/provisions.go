package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// group is what becomes one row, or more when its bars would lie over each other.
type group struct {
	persoon, domein, soort, code, aanbieder, split string
}

// item is a voorziening: the lines with one sleutel of a person.
type item struct {
	group
	van, tot mart.Date
	open     bool
	lines    []Regel
	t0, all  int64
}

// lane is a row in the making.
type lane struct {
	items []*item
	tot   mart.Date
}

// provisions draws what each person gets, per domein.
func (b *builder) provisions() Section {
	s := Section{Naam: "Voorzieningen", Uitleg: "vol: gedeclareerd of betaald; half: toegewezen, geen declaratie in die maand"}
	items := b.items()
	for _, domein := range b.d.Run.Domeinen {
		head := Row{Label: domein.Label, Kop: true, Domein: domein.Naam, cover: covered(b.household(domein.Kinds...), allMonths, 0)}
		var rows []Row
		var t0, all int64
		for _, l := range b.lanes(items, domein.Naam) {
			r := b.provision(domein.Naam, l)
			t0, all = t0+*r.T0Ct, all+*r.AllesCt
			rows = append(rows, r)
		}
		head.T0Ct, head.AllesCt = &t0, &all
		if len(rows) == 0 {
			head.Status = "geen"
		}
		s.Rijen = append(append(s.Rijen, head), rows...)
	}
	return s
}

// items joins the lines of each voorziening, with what they cost.
func (b *builder) items() []*item {
	type at struct {
		group
		sleutel string
	}
	t0, all := b.lineCosts()
	byKey := map[at]*item{}
	var out []*item
	for _, r := range b.d.Regels {
		g := group{persoon: r.Persoon, domein: r.Domein, soort: r.Soort, code: r.Code, aanbieder: r.Aanbieder}
		switch r.Soort {
		case "declaratie", "toewijzing":
			// the allocation says what it is; its declarations follow by sleutel
			g.soort, g.code, g.aanbieder = "toewijzing", "", ""
		case "zorg":
			g.aanbieder = ""
		}
		k := at{g, r.Sleutel}
		it := byKey[k]
		if it == nil {
			it = &item{group: g, van: r.Van, tot: r.Tot}
			byKey[k] = it
			out = append(out, it)
		}
		it.van, it.tot, it.open = min(it.van, r.Van), max(it.tot, r.Tot), it.open || r.Open
		it.lines = append(it.lines, r)
		it.t0, it.all = it.t0+t0[r.bron()], it.all+all[r.bron()]
	}
	for _, it := range out {
		if it.soort == "toewijzing" {
			at := slices.IndexFunc(it.lines, func(r Regel) bool { return r.Soort == "toewijzing" })
			if at < 0 {
				at, it.soort = 0, "declaratie"
			}
			it.code, it.aanbieder = it.lines[at].Code, it.lines[at].Aanbieder
		}
	}
	return out
}

func (r Regel) bron() Bron { return Bron{r.Kind, r.Bestand, r.Regel} }

// lanes puts voorzieningen of a domein that are alike in one row as long as they don't overlap. Care from the health insurer
// is many small things: per person ggz and what is costly have rows, the rest shares one.
func (b *builder) lanes(items []*item, domein string) []*lane {
	groups := map[group][]*item{}
	for _, it := range items {
		if it.domein == domein && it.van < b.p.end && it.tot > b.p.begin {
			groups[it.group] = append(groups[it.group], it)
		}
	}
	if domein == "zvw" {
		groups = b.fewer(groups)
	}
	var keys []group
	first := map[group]mart.Date{}
	for g, list := range groups {
		slices.SortFunc(list, func(x, y *item) int {
			return cmp.Or(cmp.Compare(x.van, y.van), cmp.Compare(x.tot, y.tot), compareBron(x.lines[0].bron(), y.lines[0].bron()))
		})
		first[g] = list[0].van
		keys = append(keys, g)
	}
	slices.SortFunc(keys, func(x, y group) int {
		return cmp.Or(cmp.Compare(b.numbers[x.persoon], b.numbers[y.persoon]), cmp.Compare(x.split, y.split), cmp.Compare(first[x], first[y]),
			cmp.Compare(x.soort, y.soort), cmp.Compare(x.code, y.code), cmp.Compare(x.aanbieder, y.aanbieder))
	})
	var out []*lane
	for _, g := range keys {
		var lanes []*lane
		for _, it := range groups[g] {
			at := slices.IndexFunc(lanes, func(l *lane) bool { return l.tot <= it.van || g.soort == "zorg" })
			if at < 0 {
				lanes = append(lanes, &lane{})
				at = len(lanes) - 1
			}
			lanes[at].items, lanes[at].tot = append(lanes[at].items, it), it.tot
		}
		out = append(out, lanes...)
	}
	return out
}

// ownRowCt is what a kind of care that is no ggz has to cost a person in three years to have a row of its own.
const ownRowCt = 1000_00

func (b *builder) fewer(groups map[group][]*item) map[group][]*item {
	small := map[string][]group{}
	for g, list := range groups {
		cost := int64(0)
		for _, it := range list {
			cost += it.all
		}
		if !strings.Contains(g.code, "ggz") && cost < ownRowCt {
			small[g.persoon] = append(small[g.persoon], g)
		}
	}
	for id, list := range small {
		if len(list) == 1 { // it may as well have its own name
			continue
		}
		rest := group{persoon: id, domein: "zvw", soort: "zorg", split: "rest"}
		for _, g := range list {
			groups[rest] = append(groups[rest], groups[g]...)
			delete(groups, g)
		}
	}
	return groups
}

// provision makes the row of a lane.
func (b *builder) provision(domein string, l *lane) Row {
	g := l.items[0].group
	r := Row{Persoon: b.numbers[g.persoon], Domein: domein, T0Ct: new(int64), AllesCt: new(int64)}
	codes := map[string]bool{}
	var lines []Bron
	for _, it := range l.items {
		*r.T0Ct, *r.AllesCt = *r.T0Ct+it.t0, *r.AllesCt+it.all
		codes[it.code] = true
		for _, line := range it.lines {
			lines = append(lines, line.bron())
		}
		r.Balken = append(r.Balken, b.bars(it)...)
	}
	r.Label = b.what(l.items[0])
	if len(codes) > 1 {
		r.Label = fmt.Sprintf("overige zorg, %d soorten", len(codes))
	}
	known, alive := b.cover(g.persoon, l.items[0].lines[0].Kind)
	r.cover = covered(known, alive, 0)
	// an allocation comes before its declarations: by kind they would be the other way round
	r.Bronnen = sources(lines)
	slices.SortStableFunc(r.Bronnen, func(x, y Bron) int {
		allocation := func(s Bron) int {
			if strings.HasSuffix(s.Kind, "_toewijzing") {
				return 0
			}
			return 1
		}
		return allocation(x) - allocation(y)
	})
	return r
}

// what names a voorziening in the words of the contract.
func (b *builder) what(it *item) string {
	line := it.lines[0]
	var word string
	switch it.soort {
	case "toewijzing", "declaratie":
		word = b.d.Run.Code(line.Kind, "product_categorie", it.code)
	case "uitkering":
		word = b.d.Run.Code(line.Kind, "statistiekcode", it.code)
	case "zorg":
		word = b.d.Run.Code(line.Kind, b.d.Run.Soorten[line.Kind].Kolom, it.code)
	case "traject":
		return "schuldhulptraject"
	case "kosten":
		return b.cost(line.Kind, it.code)
	}
	switch {
	case it.soort == "zorg" && word != "", it.code == "" && word != "":
	case word != "":
		word += " (" + it.code + ")"
	case it.code != "":
		word = "categorie " + it.code
	default:
		word = "categorie niet geleverd"
	}
	if it.soort == "declaratie" {
		word += ", zonder toewijzing"
	}
	return word
}

// cost names a line of a kind that only its contract knows.
func (b *builder) cost(kind, code string) string {
	of := b.d.Run.Soorten[kind]
	switch word := b.d.Run.Code(kind, of.Kolom, code); {
	case word != "":
		return word
	case code != "":
		return of.Label + ", " + code
	default:
		return of.Label
	}
}

// takenBack finds the lines that a credit of the same period and amount takes back whole: care that was not given.
func takenBack(lines []Regel) map[int]bool {
	type what struct {
		van, tot mart.Date
		agb      string
		ct       int64
	}
	credits := map[what]int{}
	for _, l := range lines {
		if l.BedragCt != nil && *l.BedragCt < 0 {
			credits[what{l.Van, l.Tot, l.Aanbieder, -*l.BedragCt}]++
		}
	}
	out := map[int]bool{}
	for i, l := range lines {
		if l.BedragCt != nil && *l.BedragCt > 0 {
			if at := (what{l.Van, l.Tot, l.Aanbieder, *l.BedragCt}); credits[at] > 0 {
				credits[at]--
				out[i] = true
			}
		}
	}
	return out
}

// bars draws the lines of a voorziening: the allocation, and over it what was declared. A credit is no bar; it is in the amount.
func (b *builder) bars(it *item) []Bar {
	var out []Bar
	taken := takenBack(it.lines)
	for i, line := range it.lines {
		if taken[i] {
			continue
		}
		bar := Bar{Stijl: StyleFull, Bron: line.bron(), open: line.Open}
		details := []string{b.what(it), b.who(it.persoon), span(line.Van, line.Tot, line.Open)}
		if line.Aanbieder != "" {
			details = append(details, "aanbieder "+line.Aanbieder)
		}
		switch {
		case line.Soort == "toewijzing":
			bar.Stijl = StyleHalf
			details = append(details, "toegewezen")
		case line.BedragCt != nil && *line.BedragCt < 0:
			continue
		case line.BedragCt != nil && *line.BedragCt == 0 && line.Soort != "traject":
			bar.Stijl = StyleHalf
			details = append(details, "zonder bedrag")
		case line.BedragCt != nil && line.Soort == "traject":
			details = append(details, nl.Euro(*line.BedragCt)+" geschat")
		case line.BedragCt != nil:
			details = append(details, nl.Euro(*line.BedragCt))
		}
		bar.Titel = strings.Join(details, "; ") + " (" + bar.Bron.String() + ")"
		if bar, ok := b.p.bar(line.Van, line.Tot, 0, bar); ok {
			out = append(out, bar)
		}
	}
	slices.SortStableFunc(out, func(x, y Bar) int { return cmp.Or(cmp.Compare(x.Stijl, y.Stijl), cmp.Compare(x.Van, y.Van)) })
	return out
}
