package dossier

import (
	"cmp"
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// Level is that of the page and of what a terminal shows.
const Level = transforms.LevelRij

// page is what the template shows.
type page struct {
	*Picture
	Style     template.CSS
	Versie    string
	Figuren   []figure
	Tabellen  []listing
	Bestanden []file
}

// figure is a drawing under a heading, or without one when it goes on from the one before.
type figure struct {
	draw.Figure
	Kop    string
	Uitleg []draw.Key
}

// listing is a section as a table: every row with its bars and every line they come from.
type listing struct {
	Naam     string
	Kolommen []string
	Rijen    []listed
}

type listed struct {
	Class string
	Cells []any
}

// file is an extract with its short name.
type file struct{ Naam, Bestand string }

// maxRows is how many rows a drawing may have, so that it fits on a printed page; a longer section goes on in the next.
const maxRows = 30

// Page writes the picture as one page that loads nothing and runs the script of all pages only.
func Page(w io.Writer, p *Picture) error {
	templates, style, err := reports.Templates(embedded, Level, "dossier.css")
	if err != nil {
		return err
	}
	v := page{Picture: p, Style: style, Versie: p.versie}
	files := p.files()
	for i, f := range files {
		v.Bestanden = append(v.Bestanden, file{fmt.Sprintf("b%d", i+1), f.Bestand})
	}
	source := func(lines []Bron) string { return shortSource(files, lines) }
	for i, s := range p.Banen {
		switch s.Naam {
		case "Signalen":
			v.draw(source, s, p.Banen[i+1]) // cocktails lie under their ingredients
		case "Cocktails":
		case "Voorzieningen":
			v.draw(source, s)
			c := &canvas{p: p}
			v.Figuren = append(v.Figuren, figure{Figure: c.costFigure(), Kop: "Kosten per maand, gedeclareerd",
				Uitleg: []draw.Key{{Label: "onder de as: niet voor iedereen gedekt, het kan meer zijn", Mark: hatchMark}}})
		default:
			v.draw(source, s)
		}
		v.Tabellen = append(v.Tabellen, list(s, files))
	}
	return html.Execute(w, templates, "uitleg", v)
}

// list is a section as a table: of voorzieningen with what they cost, of the others with their state or the id of the person.
func list(s Section, files []Bron) listing {
	l := listing{Naam: s.Naam, Kolommen: []string{"Wat", "Persoon", "Perioden", "Stand", "Regels|breek"}}
	switch s.Naam {
	case "Voorzieningen":
		l.Kolommen = slices.Replace(l.Kolommen, 3, 4, "Laatste 12 maanden|centen", "Drie jaren|centen")
	case "Personen":
		l.Kolommen[3] = "Id|dagen"
	}
	dash := func(text string) string { return cmp.Or(text, "–") }
	for _, r := range s.Rijen {
		person, class := "–", ""
		if r.Persoon > 0 {
			person = fmt.Sprint(r.Persoon)
		}
		if r.Kop {
			class = "groep"
		}
		cells := []any{r.Label, person, dash(periods(r)), dash(r.Status), dash(sourceList(files, r.Bronnen))}
		if s.Naam == "Voorzieningen" {
			cells = slices.Replace(cells, 3, 4, any(r.T0Ct), any(r.AllesCt))
		}
		l.Rijen = append(l.Rijen, listed{class, cells})
	}
	return l
}

// files lists the extracts that the rows come from, in order of kind and name.
func (p *Picture) files() []Bron {
	var out []Bron
	for _, s := range p.Banen {
		for _, r := range s.Rijen {
			for _, b := range r.Bronnen {
				out = append(out, Bron{Kind: b.Kind, Bestand: b.Bestand})
			}
		}
	}
	return sources(out)
}

// shortSource names the first line as b<file>:<line> and counts the others.
func shortSource(files, lines []Bron) string {
	if len(lines) == 0 {
		return ""
	}
	b := lines[0]
	out := fmt.Sprintf("b%d:%d", slices.Index(files, Bron{Kind: b.Kind, Bestand: b.Bestand})+1, b.Regel)
	if len(lines) > 1 {
		out += fmt.Sprintf(" +%d", len(lines)-1)
	}
	return out
}

// sourceList names every line, by file.
func sourceList(files, lines []Bron) string {
	var parts []string
	for i, f := range files {
		var numbers []string
		for _, b := range lines {
			if b.Kind == f.Kind && b.Bestand == f.Bestand {
				numbers = append(numbers, fmt.Sprint(b.Regel))
			}
		}
		if len(numbers) > 0 {
			parts = append(parts, fmt.Sprintf("b%d:%s", i+1, strings.Join(numbers, ", ")))
		}
	}
	return strings.Join(parts, "; ")
}

// periods writes the bars of a row in words: bars that touch and look alike are one period.
func periods(r Row) string {
	word := func(b Bar) string {
		if b.Tekst != "" {
			return b.Tekst + " "
		}
		if r.Domein != "" && b.Stijl == StyleHalf && b.Bron.Kind != "participatie_uitkering" {
			return "toegewezen "
		}
		return ""
	}
	bars := slices.Clone(r.Balken)
	slices.SortStableFunc(bars, func(x, y Bar) int {
		if c := cmpText(word(x), word(y)); c != 0 {
			return c
		}
		return int(x.Van - y.Van)
	})
	var out []Bar
	for _, b := range bars {
		if n := len(out); n > 0 && word(out[n-1]) == word(b) && b.Van <= out[n-1].Tot {
			out[n-1].Tot, out[n-1].open = max(out[n-1].Tot, b.Tot), out[n-1].open || b.open
			continue
		}
		out = append(out, b)
	}
	slices.SortStableFunc(out, func(x, y Bar) int { return int(x.Van - y.Van) })
	var parts []string
	for _, b := range out {
		text := word(b) + b.Van.short()
		if b.Tot-1 > b.Van {
			text += " – " + (b.Tot - 1).short()
		}
		parts = append(parts, text)
	}
	for _, e := range r.Momenten {
		parts = append(parts, e.Naam+" "+e.Dag.short())
	}
	return strings.Join(parts, "; ")
}

// draw adds the drawings of sections that share their months, one drawing for every maxRows rows.
func (v *page) draw(source func([]Bron) string, sections ...Section) {
	type piece struct {
		section Section
		rows    []Row
	}
	var drawings [][]piece
	room := 0
	for _, s := range sections {
		for rest := s.Rijen; len(rest) > 0; {
			if room == 0 {
				drawings, room = append(drawings, nil), maxRows
			}
			n := min(room, len(rest))
			last := &drawings[len(drawings)-1]
			*last, room = append(*last, piece{s, slices.Concat(goesOn(s, len(s.Rijen)-len(rest)), rest[:n])}), room-n
			rest = rest[n:]
		}
	}
	for part, pieces := range drawings {
		c := &canvas{p: v.Picture}
		height := 0.0
		for i, p := range pieces {
			if i > 0 {
				height += rowHeight
			}
			for k := range p.rows {
				height += p.rows[k].height(c)
			}
		}
		columns := []string{columnSource}
		if sections[0].Naam == "Voorzieningen" {
			columns = append(columns, c.p.columnT0(), columnAll)
		}
		if from := sections[0].Van; from > 0 {
			c.Rect(gridLeft, axisHeight, monthX(from)-gridLeft, height, draw.Filled(draw.Panel), "")
			c.Text(monthX(from/2), axisHeight+rowHeight/2+4, textSize, draw.Middle, draw.Filled(draw.Muted), fmt.Sprintf("alleen de laatste %d maanden", Months-from))
		}
		c.fullBands(sections, height)
		c.axis(height, columns...)
		var names, descs []string
		var keys []draw.Key
		for i, p := range pieces {
			if i > 0 {
				c.Text(labelX-16, c.y+rowHeight/2+5, textSize, draw.Start, bold(draw.Ink), p.section.Naam)
				c.y += rowHeight
			}
			c.rows(p.section.Naam, p.rows, source)
			names, descs, keys = append(names, p.section.Naam), append(descs, p.section.Naam+", "+p.section.Uitleg), append(keys, v.legend(p.section.Naam)...)
		}
		f := figure{Kop: nl.Capital(strings.ToLower(nl.List(names))), Uitleg: keys}
		id := strings.ToLower(names[0])
		if part > 0 {
			id = fmt.Sprintf("%s-%d", id, part+1)
			f.Kop += ", vervolg"
		}
		f.Figure = c.figure(id, f.Kop, strings.Join(descs, ". ")+". Dezelfde rijen staan als tekst in de tabellen onder de tijdlijn.")
		v.Figuren = append(v.Figuren, f)
	}
}

// goesOn repeats the head of the domein that the i-th row is in the middle of.
func goesOn(s Section, i int) []Row {
	if i == 0 || s.Rijen[i].Kop || s.Rijen[i].Domein == "" {
		return nil
	}
	head := s.Rijen[i]
	for _, r := range slices.Backward(s.Rijen[:i]) {
		if r.Kop {
			head = r
			break
		}
	}
	return []Row{{Label: head.Label + ", vervolg", Kop: true, Domein: head.Domein, Status: " "}}
}

// fullBands shades, behind the ingredients, the time in which a cocktail is vol.
func (c *canvas) fullBands(sections []Section, height float64) {
	var bars []Bar
	for _, s := range sections {
		if s.Naam != "Cocktails" {
			continue
		}
		for _, r := range s.Rijen {
			for _, b := range r.Balken {
				if b.Stijl == StyleFull {
					bars = append(bars, b)
				}
			}
		}
	}
	slices.SortFunc(bars, func(x, y Bar) int { return int(x.Van - y.Van) })
	band := draw.Filled(draw.Full)
	band.Opacity = 0.12
	for i := 0; i < len(bars); i++ {
		van, tot := bars[i].Van, bars[i].Tot
		for i+1 < len(bars) && bars[i+1].Van <= tot {
			i++
			tot = max(tot, bars[i].Tot)
		}
		c.Rect(c.x(van), axisHeight, c.x(tot)-c.x(van), height, band, "")
	}
}

var hatchMark = draw.Mark(func(c *draw.Canvas) {
	c.Path("M0 4L4 0M0 8L8 0M0 12L12 0M4 12L12 4M8 12L12 8", draw.Stroked(draw.Hatch, 1))
})

// legend explains the marks of a section.
func (p *Picture) legend(section string) []draw.Key {
	box := func(style draw.Style) template.HTML {
		return draw.Mark(func(c *draw.Canvas) { c.Rect(0.5, 0.5, 11, 11, style, "") })
	}
	var keys []draw.Key
	r := Row{}
	if len(p.domeinen) > 0 {
		r.Domein = p.domeinen[0].Naam
	}
	add := func(label string, style Style) {
		look, _ := p.look(&r, section, Bar{Stijl: style})
		keys = append(keys, draw.Key{Label: label, Mark: box(look)})
	}
	switch section {
	case "Personen":
		return []draw.Key{{Label: "woont in dit huishouden", Mark: box(draw.Filled(draw.Grey))}, {Label: "woont elders", Mark: box(draw.Filled(draw.Pale).Edged(draw.Grey, 1))}}
	case "Voorzieningen":
		add("gedeclareerd of betaald", StyleFull)
		add("toegewezen, geen declaratie", StyleHalf)
	case "Signalen":
		add("sterk", StyleFull)
		add("zwak", StyleHalf)
		keys = append(keys, draw.Key{Label: "begin van een signaal", Mark: draw.Mark(func(c *draw.Canvas) { c.Path("M6 0V12", draw.Stroked(draw.Ink, 1.5)) })})
	case "Cocktails":
		add("vol", StyleFull)
		add("dreigend: er ontbreekt er één", StyleHalf)
		add("onbekend: niet te zien", StyleUnknown)
		return keys
	case "Plan":
		add("in uitvoering", StyleFull)
		add("voorbereiding", StyleHalf)
		return append(keys, draw.Key{Label: "A aanmelding, K akkoord, S start, G gereed"})
	}
	return append(keys, draw.Key{Label: "niet gedekt: onbekend", Mark: hatchMark})
}

// Punt is a sentence that is a point of a list, without its dash; empty for any other.
func (v page) Punt(s string) string {
	text, point := strings.CutPrefix(s, "- ")
	if !point {
		return ""
	}
	return text
}

// Titel is the name of the household on the page.
func (v page) Titel() string { return "Huishouden " + v.Huishouden }

// Niveau is the level of the page.
func (v page) Niveau() transforms.Level { return Level }

// Peil is the peildatum in words.
func (v page) Peil() string { return nl.Date((v.end - 1).Time()) }
