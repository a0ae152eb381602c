package dossier

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"stapel/reports/html"
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
	t0Right    = 972.0
	allRight   = 1068.0
	sourceX    = 1080.0
	rowHeight  = 18.0
	axisHeight = 30.0
	wide       = 1.2 // how much wider than measured a text may turn out
)

// The colours are those of the reports; those of no domein differ from them in lightness.
const (
	inkColor   = "#25303b"
	mutedColor = "#55616d"
	gridColor  = "#d3d9df"
	panelColor = "#f4f6f8"
	greyColor  = "#6b7783"
	fullColor  = "#a8441a"
	halfColor  = "#f3d3bd"
	debtColor  = "#8b6b9e"
	hatchColor = "#7f8b97"
	planColor  = "#1d5a45"
)

// color is the colour of a domein.
func (p *Picture) color(domein string) string {
	for i, d := range p.domeinen {
		if d.Naam == domein && !d.Geprijsd {
			return html.DomainColor(i)
		}
	}
	return debtColor
}

// canvas is a figure in the making.
type canvas struct {
	strings.Builder
	p *Picture
	y float64
}

func (c *canvas) rect(x, y, w, h float64, style, title string) {
	fmt.Fprintf(c, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" %s`, x, y, w, h, style)
	c.close("rect", title)
}

func (c *canvas) close(tag, title string) {
	if title == "" {
		c.WriteString("/>")
		return
	}
	fmt.Fprintf(c, "><title>%s</title></%s>", template.HTMLEscapeString(title), tag)
}

// text writes a line of words; anchor is start, middle or end.
func (c *canvas) text(x, y, size float64, anchor, style, words string) {
	if words != "" {
		fmt.Fprintf(c, `<text x="%.1f" y="%.1f" font-size="%.1f" text-anchor="%s" %s>%s</text>`, x, y, size, anchor, style, template.HTMLEscapeString(words))
	}
}

func (c *canvas) line(x1, y1, x2, y2 float64, color string, width float64) {
	fmt.Fprintf(c, `<path d="M%.1f %.1fL%.1f %.1f" stroke="%s" stroke-width="%.1f"/>`, x1, y1, x2, y2, color, width)
}

// hatch fills a rectangle with slanted lines: not covered. Lines, not a pattern, so that the page needs no reference.
func (c *canvas) hatch(x, y, w, h float64, title string) {
	c.rect(x, y, w, h, `fill="#fff" stroke="`+hatchColor+`" stroke-width="0.4"`, title)
	var d strings.Builder
	const step = 4.0
	for s := step; s < w+h; s += step {
		x1, y1 := x+max(0, s-h), y+min(h, s)
		x2, y2 := x+min(w, s), y+max(0, s-w)
		fmt.Fprintf(&d, "M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2)
	}
	fmt.Fprintf(c, `<path d="%s" stroke="%s" stroke-width="0.7" fill="none" pointer-events="none"/>`, d.String(), hatchColor)
}

// x is the place of a day.
func (c *canvas) x(d Day) float64 {
	m := c.p.month(mart.Date(d))
	first := mart.DateOf(c.p.monthAt(m))
	days := mart.DateOf(c.p.monthAt(m+1)) - first
	return gridLeft + monthWidth*(float64(m)+float64(mart.Date(d)-first)/float64(days))
}

func monthX(m int) float64 { return gridLeft + monthWidth*float64(m) }

// fit shortens words to a width, with room for a wider font.
func fit(words string, size, width float64) string {
	if html.TextWidth(words, size)*wide <= width {
		return words
	}
	r := []rune(words)
	for len(r) > 1 && html.TextWidth(string(r)+"…", size)*wide > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,(") + "…"
}

// Columns beside the months.
const (
	columnT0     = "kosten T0"
	columnAll    = "drie jaren"
	columnSource = "bron"
)

// axis names the windows and the months, and draws the grid of so high.
func (c *canvas) axis(height float64, columns ...string) {
	for i, w := range c.p.Vensters {
		c.text(monthX(12*i+6), 11, 11, "middle", `font-weight="bold" fill="`+inkColor+`"`, w.Naam+" · "+c.p.windowName(i))
	}
	for m := range Months {
		c.text(monthX(m)+monthWidth/2, 24, 9, "middle", `fill="`+mutedColor+`"`, nl.Month(c.p.monthAt(m))[:1])
	}
	for _, name := range columns {
		x, anchor := t0Right, "end"
		switch name {
		case columnAll:
			x = allRight
		case columnSource:
			x, anchor = sourceX, "start"
		}
		c.text(x, 24, 10, anchor, `fill="`+mutedColor+`"`, name)
	}
	for m := 0; m <= Months; m++ {
		color, width := gridColor, 0.4
		if m%12 == 0 {
			color, width = inkColor, 0.9
		}
		c.line(monthX(m), axisHeight-3, monthX(m), axisHeight+height, color, width)
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

// look is how a bar is filled, and its words.
func (p *Picture) look(r *Row, section string, b Bar) (style, ink string) {
	switch section {
	case "Cocktails":
		return map[Style]string{
				StyleFull:    `fill="` + fullColor + `"`,
				StyleHalf:    `fill="` + halfColor + `" stroke="` + fullColor + `" stroke-width="0.8"`,
				StyleUnknown: `fill="#fff" stroke="` + mutedColor + `" stroke-width="1" stroke-dasharray="3 2"`}[b.Stijl],
			map[Style]string{StyleFull: "#fff", StyleHalf: inkColor, StyleUnknown: inkColor}[b.Stijl]
	case "Voorzieningen":
		color := p.color(r.Domein)
		if b.Stijl == StyleFull {
			if r.Domein == "zvw" { // too pale for a thin bar without an edge
				return `fill="` + color + `" stroke="#a98a34" stroke-width="0.7"`, inkColor
			}
			return `fill="` + color + `"`, inkColor
		}
		return `fill="` + color + `" fill-opacity="0.22" stroke="` + color + `" stroke-width="0.8"`, inkColor
	default:
		if b.Stijl == StyleFull {
			return `fill="` + map[string]string{"Personen": greyColor, "Signalen": inkColor, "Plan": planColor}[section] + `"`, "#fff"
		}
		return `fill="#e3e8ec" stroke="` + greyColor + `" stroke-width="0.8"`, inkColor
	}
}

// rows draws the rows of a section from where the figure is.
func (c *canvas) rows(section string, rows []Row, source func([]Bron) string) {
	for i := range rows {
		r := &rows[i]
		height := r.height(c)
		if r.Kop {
			c.rect(0, c.y, gridLeft-6, height, `fill="`+panelColor+`"`, "")
			c.rect(gridRight+4, c.y, figWidth-gridRight-4, height, `fill="`+panelColor+`"`, "")
			c.rect(0, c.y+4, 5, height-8, `fill="`+c.p.color(r.Domein)+`"`, "")
		}
		c.row(section, r, height, source)
		c.y += height
	}
}

// height is that of a row with its second line of words, or with moments that lie close together.
func (r *Row) height(c *canvas) float64 {
	_, levels := r.places(c)
	return rowHeight + max(float64(len(r.underLabel()))*11, float64(levels-1)*13, 0)
}

// underLabel is the small print under a label, at most two lines.
func (r *Row) underLabel() []string {
	const size, width = 9, gridLeft - 8 - labelX
	if r.Onder == "" {
		return nil
	}
	lines := []string{""}
	for _, word := range strings.Fields(r.Onder) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case len(lines) == 2 || html.TextWidth(*last+" "+word, size)*wide <= width:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	for i := range lines {
		lines[i] = fit(lines[i], size, width)
	}
	return lines
}

// places puts the moments of a row at levels, so that none covers another.
func (r *Row) places(c *canvas) (level []int, levels int) {
	last := map[int]float64{}
	for _, e := range r.Momenten {
		l := 0
		for at, taken := last[l]; taken && c.x(e.Dag)-at < 15; at, taken = last[l] {
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
	weight := ""
	x := labelX
	if r.Kop {
		weight, x = `font-weight="bold" `, 10
	}
	if r.Persoon > 0 {
		c.text(numberX, base, 10, "middle", `font-weight="bold" fill="`+mutedColor+`"`, fmt.Sprint(r.Persoon))
	}
	if r.Onder != "" {
		weight = `font-weight="bold" `
	}
	c.text(x, base, 11, "start", weight+`fill="`+inkColor+`"`, fit(r.Label, 11, gridLeft-8-x))
	for i, words := range r.underLabel() {
		c.text(x, base+12+11*float64(i), 9, "start", `fill="`+mutedColor+`"`, words)
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
		c.hatch(monthX(first), c.y+3, monthX(m+1)-monthX(first), rowHeight-6, r.Label+": "+title)
	}
	for _, b := range r.Balken {
		style, ink := c.p.look(r, section, b)
		x1, x2 := c.x(b.Van), c.x(b.Tot)
		c.rect(x1, c.y+3, max(2.5, x2-x1), rowHeight-6, style, b.Titel)
		if section != "Signalen" && b.Tekst != "" && html.TextWidth(b.Tekst, 9)*wide+6 < x2-x1 && !(section == "Personen" && b.Tekst == "hier") {
			fmt.Fprintf(c, `<g pointer-events="none">`)
			c.text(x1+4, base-1, 9, "start", `fill="`+ink+`"`, b.Tekst)
			c.WriteString("</g>")
		}
		if section == "Signalen" && b.begins { // many signals last together: where each begins
			c.line(x1, c.y+1.5, x1, c.y+rowHeight-1.5, inkColor, 1)
		}
	}
	levels, _ := r.places(c)
	for i, e := range r.Momenten {
		y := c.y + rowHeight/2 + float64(levels[i])*13
		fmt.Fprintf(c, `<circle cx="%.1f" cy="%.1f" r="6.2" fill="#fff" stroke="%s" stroke-width="1.2"`, c.x(e.Dag), y, inkColor)
		c.close("circle", e.Naam+" "+e.Dag.short())
		c.text(c.x(e.Dag), y+3, 8.5, "middle", `font-weight="bold" pointer-events="none" fill="`+inkColor+`"`, e.Letter)
	}
	switch {
	case r.Kop && r.Status != "":
		c.text(t0Right, base, 10, "end", `fill="`+mutedColor+`"`, r.Status)
	case r.T0Ct != nil:
		c.text(t0Right, base, 10, "end", weight+`fill="`+inkColor+`"`, nl.Amount(*r.T0Ct))
		c.text(allRight, base, 10, "end", weight+`fill="`+inkColor+`"`, nl.Amount(*r.AllesCt))
	default:
		c.text(gridRight+10, base, 10, "start", `fill="`+inkColor+`"`, fit(r.Status, 10, sourceX-gridRight-16))
	}
	c.text(sourceX, base, 10, "start", `fill="`+mutedColor+`"`, source(r.Bronnen))
}

// svg wraps what was drawn, with a title and a description that are read out.
func (c *canvas) svg(id, title, desc string) html.Figure {
	esc := template.HTMLEscapeString
	head := fmt.Sprintf(`<svg class="grafiek tijdlijn" viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="%s-t %s-d">`+
		`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, figWidth, c.y+4, id, id, id, esc(title), id, esc(desc))
	return html.Figure{ID: id, Title: title, Desc: desc, SVG: template.HTML(head + c.String() + "</svg>")}
}

// costFigure draws the months as stacked columns by domein, with what each domein cost beside them, and what is priced apart.
func (c *canvas) costFigure() html.Figure {
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
			c.hatch(monthX(m), axisHeight+plot+2, monthWidth, strip-3, nl.Month(c.p.monthAt(m))+": niet voor iedereen gedekt, het kan meer zijn")
		}
	}
	for _, ct := range slices.Compact([]int64{-bottom, 0, top / 2, top}) {
		c.line(gridLeft, y(ct), gridRight, y(ct), map[bool]string{true: inkColor, false: gridColor}[ct == 0], 0.7)
		if ct == 0 || math.Abs(y(ct)-y(0)) > 13 { // words need room
			c.text(gridLeft-8, y(ct)+4, 10, "end", `fill="`+mutedColor+`"`, nl.EuroWhole(ct))
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
			c.rect(monthX(m)+1.5, y1, monthWidth-3, max(0.8, y2-y1), `fill="`+c.p.color(s.Domein)+`" stroke="#fff" stroke-width="0.5"`,
				fmt.Sprintf("%s, %s: %s", nl.Month(c.p.monthAt(m)), s.Naam, nl.Euro(ct)))
		}
	}
	for i, w := range c.p.Vensters {
		c.text(monthX(12*i+6), axisHeight+plot+strip+15, 10.5, "middle", `font-weight="bold" fill="`+inkColor+`"`, w.Naam+" "+nl.Euro(w.KostenCt))
	}
	c.costTable()
	c.y = axisHeight + plot + strip + 22
	for _, s := range k.Geprijsd {
		c.pricedRow(s)
	}
	return c.svg("kosten", "Kosten per maand", "Gedeclareerde kosten per maand, gestapeld per domein; de bedragen staan in de tabel onder de tijdlijn.")
}

// costTable stands beside the columns: the domeinen with their colour.
func (c *canvas) costTable() {
	c.text(t0Right+118, 24, 10, "end", `fill="`+mutedColor+`"`, columnT0)
	c.text(figWidth-8, 24, 10, "end", `fill="`+mutedColor+`"`, columnAll)
	at := axisHeight + 14.0
	var t0All, allAll int64
	row := func(color, name string, t0, all int64, style string) {
		if color != "" {
			c.rect(gridRight+12, at-9, 10, 10, `fill="`+color+`"`, "")
		}
		c.text(gridRight+28, at, 10.5, "start", style+`fill="`+inkColor+`"`, name)
		c.text(t0Right+118, at, 10, "end", style+`fill="`+inkColor+`"`, nl.Amount(t0))
		c.text(figWidth-8, at, 10, "end", style+`fill="`+inkColor+`"`, nl.Amount(all))
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
		row(c.p.color(s.Domein), s.Naam, t0, all, "")
	}
	row("", "samen", t0All, allAll, `font-weight="bold" `)
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
	c.text(gridLeft-8, c.y+height-4, 10, "end", `fill="`+inkColor+`"`, fit(s.Naam+", geprijsd: niet in de kosten", 10, gridLeft-16))
	for m, ct := range s.Maand {
		if ct > 0 {
			h := height * float64(ct) / float64(most)
			c.rect(monthX(m)+1.5, c.y+height-h, monthWidth-3, h, `fill="`+debtColor+`" fill-opacity="0.35" stroke="`+debtColor+`" stroke-width="0.8"`,
				fmt.Sprintf("%s, %s, geprijsd: %s", nl.Month(c.p.monthAt(m)), s.Naam, nl.Euro(ct)))
		}
	}
	c.line(gridLeft, c.y+height, gridRight, c.y+height, inkColor, 0.7)
	c.text(t0Right+118, c.y+height-4, 10, "end", `fill="`+inkColor+`"`, nl.Amount(t0))
	c.text(figWidth-8, c.y+height-4, 10, "end", `fill="`+inkColor+`"`, nl.Amount(all))
	c.y += height + 8
}
