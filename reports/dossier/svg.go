package dossier

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Places in a figure, in SVG units: labels, 36 months, two amounts and the source. Columns have room for a font that is a
// fifth wider than Arial.
const (
	figWidth   = 1180.0
	numberX    = 16.0
	labelX     = 26.0
	gridLeft   = 268.0
	monthWidth = 17.0
	gridRight  = gridLeft + Months*monthWidth
	t0Right    = 966.0
	allRight   = 1072.0
	sourceX    = 1082.0
	costsT0    = 1076.0 // beside the costs by month there is no source
	costsAll   = figWidth - 8
	rowHeight  = 18.0
	axisHeight = 30.0

	underHeight  = 13.0 // of a line of small print
	momentHeight = 16.0 // of a moment, and as far apart they are at least
	textSize     = 11.0 // of all words: on the screen a figure is never narrower than figWidth
)

// color is the colour of a domein; what is priced differs from the others in lightness.
func (p *Picture) color(domein string) draw.Color {
	for i, d := range p.domeinen {
		if d.Naam == domein && !d.Geprijsd {
			return draw.Domain(i)
		}
	}
	return draw.Plum
}

// canvas is a figure in the making, with how far down it is.
type canvas struct {
	draw.Canvas
	p *Picture
	y float64
}

func bold(c draw.Color) draw.Style {
	s := draw.Filled(c)
	s.Bold = true
	return s
}

// x is the place of a day.
func (c *canvas) x(d Day) float64 {
	m := c.p.month(mart.Date(d))
	first := mart.DateOf(c.p.monthAt(m))
	days := mart.DateOf(c.p.monthAt(m+1)) - first
	return gridLeft + monthWidth*(float64(m)+float64(mart.Date(d)-first)/float64(days))
}

func monthX(m int) float64 { return gridLeft + monthWidth*float64(m) }

// Columns beside the months.
const (
	columnAll    = "drie jaren"
	columnSource = "bron"
)

// axis names the windows and the months, and draws the grid of so high.
func (c *canvas) axis(height float64, columns ...string) {
	for i := range c.p.Vensters {
		c.Text(monthX(12*i+6), 11, textSize, draw.Middle, bold(draw.Ink), c.p.windowName(i))
	}
	for m := range Months {
		c.Text(monthX(m)+monthWidth/2, 24, textSize, draw.Middle, draw.Filled(draw.Muted), nl.Month(c.p.monthAt(m))[:1])
	}
	for _, name := range columns {
		x, anchor := t0Right, draw.End
		switch name {
		case columnAll:
			x = allRight
		case columnSource:
			x, anchor = sourceX, draw.Start
		}
		c.Text(x, 24, textSize, anchor, draw.Filled(draw.Muted), name)
	}
	for m := 0; m <= Months; m++ {
		color, width := draw.Line, 0.4
		if m%12 == 0 {
			color, width = draw.Ink, 0.9
		}
		c.Line(monthX(m), axisHeight-3, monthX(m), axisHeight+height, color, width)
	}
	c.y = axisHeight
}

// windowName is the year of a window, or its first and last month when it is no calendar year.
func (p *Picture) windowName(i int) string {
	from, to := p.monthAt(12*i), p.monthAt(12*i+11)
	if from.Year() == to.Year() {
		return fmt.Sprint(from.Year())
	}
	return fmt.Sprintf("%s – %s", nl.Month(from), nl.Month(to))
}

// columnT0 heads the column of the cost of the last twelve months.
func (p *Picture) columnT0() string {
	if p.monthAt(24).Year() == p.monthAt(35).Year() {
		return "kosten " + p.windowName(2)
	}
	return "12 maanden"
}

// look is how a bar is drawn, and the colour of its words.
func (p *Picture) look(r *Row, section string, b Bar) (style draw.Style, ink draw.Color) {
	switch section {
	case "Cocktails":
		switch b.Stijl {
		case StyleFull:
			return draw.Filled(draw.Full), draw.White
		case StyleHalf:
			return draw.Filled(draw.Half).Edged(draw.Full, 0.8), draw.Ink
		}
		style = draw.Filled(draw.White).Edged(draw.Muted, 1)
		style.Dash = "3 2"
		return style, draw.Ink
	case "Voorzieningen":
		color := p.color(r.Domein)
		style = draw.Filled(color)
		if b.Stijl != StyleFull {
			style.Opacity = 0.22
			style = style.Edged(color, 0.8)
		}
		return style, draw.Ink
	default:
		if b.Stijl == StyleFull {
			return draw.Filled(map[string]draw.Color{"Personen": draw.Grey, "Signalen": draw.Ink, "Plan": draw.Green}[section]), draw.White
		}
		return draw.Filled(draw.Pale).Edged(draw.Grey, 0.8), draw.Ink
	}
}

// rows draws the rows of a section from where the figure is.
func (c *canvas) rows(section string, rows []Row, source func([]Bron) string) {
	for i := range rows {
		r := &rows[i]
		height := r.height(c)
		if r.Kop {
			c.Rect(0, c.y, gridLeft-6, height, draw.Filled(draw.Panel), "")
			c.Rect(gridRight+4, c.y, figWidth-gridRight-4, height, draw.Filled(draw.Panel), "")
			c.Rect(0, c.y+4, 5, height-8, draw.Filled(c.p.color(r.Domein)), "")
		}
		c.row(section, r, height, source)
		c.y += height
	}
}

// height is that of a row with its second line of words, or with moments that lie close together.
func (r *Row) height(c *canvas) float64 {
	_, levels := r.places(c)
	return rowHeight + max(float64(len(r.underLabel()))*underHeight, float64(levels-1)*momentHeight, 0)
}

// underLabel is the small print under a label, at most two lines.
func (r *Row) underLabel() []string {
	const width = gridLeft - 8 - labelX
	if r.Onder == "" {
		return nil
	}
	lines := []string{""}
	for _, word := range strings.Fields(r.Onder) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len(lines) == 2 || draw.TextWidth(*last+" "+word, textSize) <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	for i := range lines {
		lines[i] = draw.Fit(lines[i], textSize, width)
	}
	return lines
}

// places puts the moments of a row at levels, so that none covers another.
func (r *Row) places(c *canvas) (level []int, levels int) {
	last := map[int]float64{}
	for _, e := range r.Momenten {
		l := 0
		for at, taken := last[l]; taken && c.x(e.Dag)-at < momentHeight; at, taken = last[l] {
			l++
		}
		last[l] = c.x(e.Dag)
		level = append(level, l)
		levels = max(levels, l+1)
	}
	return level, levels
}

func (c *canvas) row(section string, r *Row, height float64, source func([]Bron) string) {
	base := c.y + rowHeight/2 + 4
	weight := draw.Filled(draw.Ink)
	x := labelX
	if r.Kop {
		weight, x = bold(draw.Ink), 10
	}
	if r.Persoon > 0 {
		c.Text(numberX, base, textSize, draw.Middle, bold(draw.Muted), fmt.Sprint(r.Persoon))
	}
	if r.Onder != "" {
		weight = bold(draw.Ink)
	}
	c.Text(x, base, textSize, draw.Start, weight, draw.Fit(r.Label, textSize, gridLeft-8-x))
	for i, words := range r.underLabel() {
		c.Text(x, base+underHeight*float64(i+1), textSize, draw.Start, draw.Filled(draw.Muted), words)
	}
	for m := 0; m < Months; m++ {
		if r.cover[m] != CoverUnknown {
			continue
		}
		first := m
		for m+1 < Months && r.cover[m+1] == CoverUnknown {
			m++
		}
		title := "niet gedekt: onbekend, " + nl.Month(c.p.monthAt(first))
		if m > first {
			title += " t/m " + nl.Month(c.p.monthAt(m))
		}
		c.Hatch(monthX(first), c.y+3, monthX(m+1)-monthX(first), rowHeight-6, r.Label+": "+title)
	}
	for _, b := range r.Balken {
		style, ink := c.p.look(r, section, b)
		x1, x2 := c.x(b.Van), c.x(b.Tot)
		c.Rect(x1, c.y+3, max(2.5, x2-x1), rowHeight-6, style, b.Titel)
		if section != "Signalen" && b.Tekst != "" && draw.TextWidth(b.Tekst, textSize)+0.6*float64(utf8.RuneCountInString(b.Tekst))+6 < x2-x1 && !(section == "Personen" && b.Tekst == "hier") {
			words := draw.Filled(ink)
			words.Untouched = true
			c.Text(x1+4, base-1, textSize, draw.Start, words, b.Tekst)
		}
		if section == "Signalen" && b.begins { // many signals last together: where each begins
			c.Line(x1, c.y+1.5, x1, c.y+rowHeight-1.5, draw.Ink, 1)
		}
	}
	levels, _ := r.places(c)
	for i, e := range r.Momenten {
		y := c.y + rowHeight/2 + float64(levels[i])*momentHeight
		c.Circle(c.x(e.Dag), y, 7.5, draw.Filled(draw.White).Edged(draw.Ink, 1.2), e.Naam+" "+e.Dag.short())
		letter := bold(draw.Ink)
		letter.Untouched = true
		c.Text(c.x(e.Dag), y+4, textSize, draw.Middle, letter, e.Letter)
	}
	switch {
	case r.Kop && r.Status != "":
		c.Text(t0Right, base, textSize, draw.End, draw.Filled(draw.Muted), r.Status)
	case r.T0Ct != nil:
		c.Text(t0Right, base, textSize, draw.End, weight, nl.Amount(*r.T0Ct))
		c.Text(allRight, base, textSize, draw.End, weight, nl.Amount(*r.AllesCt))
	default:
		c.Text(gridRight+10, base, textSize, draw.Start, draw.Filled(draw.Ink), draw.Fit(r.Status, textSize, sourceX-gridRight-16))
	}
	c.Text(sourceX, base, textSize, draw.Start, draw.Filled(draw.Muted), source(r.Bronnen))
}

// figure makes what was drawn part of the page.
func (c *canvas) figure(id, title, desc string) draw.Figure {
	return c.Figure("tijdlijn", id, title, desc, figWidth, c.y+4)
}

// costFigure draws the months as stacked columns by domein, with what each domein cost beside them, and what is priced apart.
func (c *canvas) costFigure() draw.Figure {
	const plot, strip = 132.0, 9.0
	k := &c.p.Kosten
	lowest, highest := k.extremes()
	top, bottom := nice(max(highest, 100)), int64(0)
	if lowest < 0 {
		bottom = nice(-lowest)
	}
	priced := 0.0
	if len(k.Geprijsd) > 0 {
		priced = 46
	}
	c.axis(plot + strip + 22 + priced)
	y := func(ct int64) float64 { return axisHeight + plot*float64(top-ct)/float64(top+bottom) }
	for m := range Months {
		if k.cover[m] == CoverUnknown {
			c.Hatch(monthX(m), axisHeight+plot+2, monthWidth, strip-3, nl.Month(c.p.monthAt(m))+": niet voor iedereen gedekt, het kan meer zijn")
		}
	}
	for _, ct := range slices.Compact([]int64{-bottom, 0, top / 2, top}) {
		c.Line(gridLeft, y(ct), gridRight, y(ct), map[bool]draw.Color{true: draw.Ink, false: draw.Line}[ct == 0], 0.7)
		if ct == 0 || math.Abs(y(ct)-y(0)) > 13 { // words need room
			c.Text(gridLeft-8, y(ct)+4, textSize, draw.End, draw.Filled(draw.Muted), nl.EuroWhole(ct))
		}
	}
	for m := range Months {
		pos, neg := int64(0), int64(0)
		for _, s := range k.Reeksen {
			ct := s.Maand[m]
			if ct == 0 {
				continue
			}
			from := pos
			if ct < 0 {
				from, neg = neg, neg+ct
			} else {
				pos += ct
			}
			y1, y2 := y(max(from, from+ct)), y(min(from, from+ct))
			c.Rect(monthX(m)+1.5, y1, monthWidth-3, max(0.8, y2-y1), draw.Filled(c.p.color(s.Domein)).Edged(draw.White, 0.5),
				fmt.Sprintf("%s, %s: %s", nl.Month(c.p.monthAt(m)), s.Naam, nl.Euro(ct)))
		}
	}
	for i, w := range c.p.Vensters {
		c.Text(monthX(12*i+6), axisHeight+plot+strip+15, textSize, draw.Middle, bold(draw.Ink), nl.Euro(w.KostenCt))
	}
	c.costTable()
	c.y = axisHeight + plot + strip + 22
	for _, s := range k.Geprijsd {
		c.pricedRow(s)
	}
	return c.figure("kosten", "Kosten per maand", "Gedeclareerde kosten per maand, gestapeld per domein; de bedragen staan in de tabel onder de tijdlijn.")
}

// costTable stands beside the columns: the domeinen with their colour.
func (c *canvas) costTable() {
	c.Text(costsT0, 24, textSize, draw.End, draw.Filled(draw.Muted), c.p.columnT0())
	c.Text(costsAll, 24, textSize, draw.End, draw.Filled(draw.Muted), columnAll)
	at := axisHeight + 14.0
	var t0All, allAll int64
	row := func(color *draw.Color, name string, t0, all int64, style draw.Style) {
		if color != nil {
			c.Rect(gridRight+6, at-9, 10, 10, draw.Filled(*color), "")
		}
		c.Text(gridRight+20, at, textSize, draw.Start, style, name)
		c.Text(costsT0, at, textSize, draw.End, style, nl.Amount(t0))
		c.Text(costsAll, at, textSize, draw.End, style, nl.Amount(all))
		at += 19
	}
	for _, s := range slices.Backward(c.p.Kosten.Reeksen) { // as they are stacked
		var t0, all int64
		for m, ct := range s.Maand {
			all += ct
			if m >= Months-12 {
				t0 += ct
			}
		}
		t0All, allAll = t0All+t0, allAll+all
		color := c.p.color(s.Domein)
		row(&color, s.Naam, t0, all, draw.Filled(draw.Ink))
	}
	row(nil, "samen", t0All, allAll, bold(draw.Ink))
}

// pricedRow draws what is priced for a domein, apart from the columns.
func (c *canvas) pricedRow(s Series) {
	const height = 26.0
	var most, t0, all int64
	for m, ct := range s.Maand {
		most, all = max(most, ct), all+ct
		if m >= Months-12 {
			t0 += ct
		}
	}
	c.y += 12
	c.Text(gridLeft-8, c.y+height-4, textSize, draw.End, draw.Filled(draw.Ink), draw.Fit(s.Naam+", geschat: niet in de kosten", textSize, gridLeft-16))
	priced := draw.Filled(draw.Plum).Edged(draw.Plum, 0.8)
	priced.Opacity = 0.35
	for m, ct := range s.Maand {
		if ct > 0 {
			h := height * float64(ct) / float64(most)
			c.Rect(monthX(m)+1.5, c.y+height-h, monthWidth-3, h, priced,
				fmt.Sprintf("%s, %s, geschat met een vaste prijs: %s", nl.Month(c.p.monthAt(m)), s.Naam, nl.Euro(ct)))
		}
	}
	c.Line(gridLeft, c.y+height, gridRight, c.y+height, draw.Ink, 0.7)
	c.Text(costsT0, c.y+height-4, textSize, draw.End, draw.Filled(draw.Ink), nl.Amount(t0))
	c.Text(costsAll, c.y+height-4, textSize, draw.End, draw.Filled(draw.Ink), nl.Amount(all))
	c.y += height + 8
}
