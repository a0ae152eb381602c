// Package draw makes the drawings of the pages: SVG that is part of a page, with its fonts, one palette, and words for those who do not see
// it. Charts with axes are laid out by gonum/plot and drawn on the same canvas as everything else.
package draw

import (
	"fmt"
	"html/template"
	"strings"
)

// Figure is a drawing with the words that go with it. The same numbers stand in a table of the page.
type Figure struct {
	ID     string // unique on the page
	Title  string
	Desc   string // what it shows, for those who do not see it
	SVG    template.HTML
	Legend []Key
}

// Key explains a colour or a mark of a drawing.
type Key struct {
	Label string
	Mark  template.HTML // a small SVG
}

// Style is how a shape or a text is drawn; what is zero is left out.
type Style struct {
	Fill, Stroke *Color // nil: none
	Opacity      float64
	Width        float64
	Dash         string
	Bold         bool
	Untouched    bool // no tooltip of its own, and not in the way of that of what is below
}

// Filled and Stroked are the usual styles.
func Filled(c Color) Style { return Style{Fill: &c} }

// Stroked is the style of a line.
func Stroked(c Color, width float64) Style { return Style{Stroke: &c, Width: width} }

// Edged adds a line around what is filled.
func (s Style) Edged(c Color, width float64) Style {
	s.Stroke, s.Width = &c, width
	return s
}

// String is the style as attributes.
func (s Style) String() string {
	var b strings.Builder
	add := func(name, format string, a any) { fmt.Fprintf(&b, ` %s="`+format+`"`, name, a) }
	if s.Bold {
		add("font-weight", "%s", "bold")
	}
	if s.Untouched {
		add("pointer-events", "%s", "none")
	}
	switch {
	case s.Fill == nil && s.Stroke != nil:
		add("fill", "%s", "none")
	case s.Fill != nil:
		add("fill", "%s", *s.Fill)
	}
	if s.Opacity > 0 {
		add("fill-opacity", "%g", s.Opacity)
	}
	if s.Stroke != nil {
		add("stroke", "%s", *s.Stroke)
		add("stroke-width", "%g", s.Width)
	}
	if s.Dash != "" {
		add("stroke-dasharray", "%s", s.Dash)
	}
	return b.String()
}

// Canvas is a drawing in the making, in SVG units from the top left. Shapes cover what was drawn before them; a title is what a browser
// shows of a shape that is pointed at, and may be empty.
type Canvas struct{ b strings.Builder }

// Rect draws a rectangle.
func (c *Canvas) Rect(x, y, w, h float64, s Style, title string) {
	fmt.Fprintf(&c.b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f"%s`, x, y, w, h, s)
	c.close("rect", title)
}

// Circle draws a circle around a point.
func (c *Canvas) Circle(x, y, r float64, s Style, title string) {
	fmt.Fprintf(&c.b, `<circle cx="%.1f" cy="%.1f" r="%.1f"%s`, x, y, r, s)
	c.close("circle", title)
}

func (c *Canvas) close(tag, title string) {
	if title == "" {
		c.b.WriteString("/>")
		return
	}
	fmt.Fprintf(&c.b, "><title>%s</title></%s>", template.HTMLEscapeString(title), tag)
}

// Path draws along SVG path data.
func (c *Canvas) Path(d string, s Style) { fmt.Fprintf(&c.b, `<path d="%s"%s/>`, d, s) }

// Line draws a straight line.
func (c *Canvas) Line(x1, y1, x2, y2 float64, color Color, width float64) {
	c.Path(fmt.Sprintf("M%.1f %.1fL%.1f %.1f", x1, y1, x2, y2), Stroked(color, width))
}

// Anchor is which end of a text stands where it is put.
type Anchor string

// The anchors of a text.
const (
	Start  Anchor = "start"
	Middle Anchor = "middle"
	End    Anchor = "end"
)

// Text writes a line of words.
func (c *Canvas) Text(x, y, size float64, anchor Anchor, s Style, words string) {
	if words != "" {
		fmt.Fprintf(&c.b, `<text x="%.1f" y="%.1f" font-size="%.1f" text-anchor="%s"%s>%s</text>`, x, y, size, anchor, s, template.HTMLEscapeString(words))
	}
}

// Hatch fills a rectangle with slanted lines: not covered. Lines, not a pattern, so that the page needs no reference.
func (c *Canvas) Hatch(x, y, w, h float64, title string) {
	c.Rect(x, y, w, h, Filled(White).Edged(Hatch, 0.4), title)
	var d strings.Builder
	const step = 4.0
	for s := step; s < w+h; s += step {
		fmt.Fprintf(&d, "M%.1f %.1fL%.1f %.1f", x+max(0, s-h), y+min(h, s), x+min(w, s), y+max(0, s-w))
	}
	s := Stroked(Hatch, 0.7)
	s.Untouched = true
	c.Path(d.String(), s)
}

// Figure makes what was drawn part of a page: it takes the page's fonts and the width of its column, on the screen at least its own, and has
// a title and a description that are read out. class is beside grafiek.
func (c *Canvas) Figure(class, id, title, desc string, width, height float64) Figure {
	esc := template.HTMLEscapeString
	head := fmt.Sprintf(`<svg class="%s" viewBox="0 0 %.0f %.0f" style="--breed:%.0fpx" role="img" aria-labelledby="%s-t %s-d">`+
		`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, strings.TrimSpace("grafiek "+class), width, height, width, id, id, id, esc(title), id, esc(desc))
	return Figure{ID: id, Title: title, Desc: desc, SVG: template.HTML(head + c.b.String() + "</svg>")}
}

// Mark is a small drawing of 12 by 12 for a legend.
func Mark(draw func(c *Canvas)) template.HTML {
	var c Canvas
	draw(&c)
	return template.HTML(`<svg class="sleutel" viewBox="0 0 12 12" aria-hidden="true">` + c.b.String() + `</svg>`)
}

// Swatch is a mark of plain colour.
func Swatch(color Color) template.HTML {
	return Mark(func(c *Canvas) { c.Rect(0, 0, 12, 12, Filled(color), "") })
}
