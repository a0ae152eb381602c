package html

import (
	"fmt"
	"html/template"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// domainColors are the colours of the parts of a cost bar, in the order the parts are given.
var domainColors = []color.NRGBA{navy, rust, sky, sand}

// DomainColor is the colour of the i-th domein of the reports as #rrggbb.
func DomainColor(i int) string { return hex(domainColors[i]) }

// Bar is a row of a chart of stacked amounts.
type Bar struct {
	Label string
	Parts []int64 // eurocents, one for each name
}

// StackedBars draws amounts as horizontal bars, first row on top. Credits can make a part negative; it is drawn left of
// zero, so that the lengths still tell the truth.
func StackedBars(id, title, desc string, names []string, bars []Bar) (Figure, error) {
	p := newPlot()
	low, high := 0.0, 0.0
	for _, bar := range bars {
		var neg, pos float64
		for _, ct := range bar.Parts {
			neg, pos = neg+min(0, float64(ct)), pos+max(0, float64(ct))
		}
		low, high = min(low, neg), max(high, pos)
	}
	if high == low {
		high = 100
	}
	p.X.Min, p.X.Max = low, high
	p.Y.Min, p.Y.Max = -0.6, float64(len(bars))-0.4
	p.X.Tick.Marker = euroTicks(low, high)
	at := rowAxis(p, len(bars), func(i int) string { return bars[i].Label })
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		gridX(c, p, x)
		for i, bar := range bars {
			neg, pos := 0.0, 0.0
			for k, ct := range bar.Parts {
				from := pos
				if ct < 0 {
					from = neg
					neg += float64(ct)
				} else {
					pos += float64(ct)
				}
				box(c, domainColors[k%len(domainColors)], x(from), y(at[i]-0.36), x(from+float64(ct)), y(at[i]+0.36))
			}
		}
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.8}, x(0), c.Min.Y, x(0), c.Max.Y)
	}))
	fig, err := svg(id, title, desc, fullWidth, vg.Length(38+18*len(bars)), p)
	fig.Legend = DomainKeys(names)
	return fig, err
}

// DomainKeys is the legend of StackedBars and CostBar.
func DomainKeys(names []string) []Key {
	keys := make([]Key, len(names))
	for i, name := range names {
		keys[i] = Key{Label: name, Mark: swatch(domainColors[i%len(domainColors)])}
	}
	return keys
}

// CostBar is a small stacked bar for a table cell; full is the amount (eurocents) of the full width. A part below zero
// takes no room: the words beside the bar name it.
func CostBar(parts []int64, full int64) template.HTML {
	var b strings.Builder
	b.WriteString(`<svg class="staaf" viewBox="0 0 300 10" preserveAspectRatio="none" aria-hidden="true">`)
	x := 0.0
	for i, ct := range parts {
		if ct <= 0 || full <= 0 {
			continue
		}
		w := 300 * float64(ct) / float64(full)
		fmt.Fprintf(&b, `<rect x="%.1f" width="%.1f" height="10" fill="%s"/>`, x, w, hex(domainColors[i%len(domainColors)]))
		x += w
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// Point is a point of a curve, both as fractions of the whole.
type Point struct{ X, Y float64 }

// Curve draws the concentration curve: households from dearest to cheapest against their share of the cost, with marks at
// the given points.
func Curve(id, title, desc string, points, marks []Point) (Figure, error) {
	p := newPlot()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	for _, pt := range points {
		p.Y.Max = max(p.Y.Max, pt.Y)
	}
	tenths := []float64{0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}
	names := make([]string, len(tenths))
	for i := range tenths {
		names[i] = fmt.Sprintf("%d%%", i*10)
	}
	p.X.Tick.Marker = constantTicks(tenths, names)
	p.Y.Tick.Marker = constantTicks([]float64{0, 0.25, 0.5, 0.75, 1}, []string{"0%", "25%", "50%", "75%", "100%"})
	p.X.Label.Text = "huishoudens, van hoge naar lage kosten"
	p.Y.Label.Text = "aandeel in de kosten"
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.5}, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
		}
		even := draw.LineStyle{Color: muted, Width: 0.8, Dashes: []vg.Length{4, 3}}
		c.StrokeLine2(even, x(0), y(0), x(1), y(1))
		c.FillText(label(p, textSize-1, muted, draw.XLeft, draw.YTop), vg.Point{X: x(0.53), Y: y(0.5)},
			"als alle huishoudens evenveel kostten")
		at := make([]vg.Point, len(points))
		for i, pt := range points {
			at[i] = vg.Point{X: x(pt.X), Y: y(pt.Y)}
		}
		c.StrokeLines(draw.LineStyle{Color: navy, Width: 2}, at)
		for _, m := range marks {
			pt := vg.Point{X: x(m.X), Y: y(m.Y)}
			c.DrawGlyph(draw.GlyphStyle{Color: rust, Radius: 3.5, Shape: draw.CircleGlyph{}}, pt)
			pt.X += 8
			pt.Y -= 4
			c.FillText(label(p, textSize-1, ink, draw.XLeft, draw.YTop), pt,
				fmt.Sprintf("duurste %s: %s", nl.PercentShort(m.X), nl.Percent(m.Y)))
		}
	}))
	return svg(id, title, desc, halfWidth, 260, p)
}

// Group is a row of GroupedBars.
type Group struct {
	Label  string
	Counts []int64 // one for each name
}

// GroupedBars draws counts as bars side by side per row, each with its number.
func GroupedBars(id, title, desc string, names []string, groups []Group) (Figure, error) {
	return groupedBars(id, title, desc, names, groups, nl.Int)
}

// GroupedAmounts is GroupedBars for eurocents; each bar has its whole euros.
func GroupedAmounts(id, title, desc string, names []string, groups []Group) (Figure, error) {
	return groupedBars(id, title, desc, names, groups, nl.EuroWhole)
}

func groupedBars(id, title, desc string, names []string, groups []Group, format func(int64) string) (Figure, error) {
	colors := []color.NRGBA{navy, rust, ash}
	p := newPlot()
	var most int64 = 1
	for _, g := range groups {
		for _, n := range g.Counts {
			most = max(most, n)
		}
	}
	p.X.Min, p.X.Max = 0, float64(most)*1.12
	p.Y.Min, p.Y.Max = -0.5, float64(len(groups))-0.5
	p.HideX()
	at := rowAxis(p, len(groups), func(i int) string { return groups[i].Label })
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		thick := 0.78 / float64(len(names))
		for i, g := range groups {
			for k, n := range g.Counts {
				top := at[i] + 0.39 - float64(k)*thick
				box(c, colors[k%len(colors)], x(0), y(top-thick*0.9), x(float64(n)), y(top))
				c.FillText(label(p, textSize-2, ink, draw.XLeft, draw.YCenter),
					vg.Point{X: x(max(0, float64(n))) + 4, Y: y(top - thick/2)}, format(n))
			}
		}
		c.StrokeLine2(draw.LineStyle{Color: ink, Width: 0.8}, x(0), c.Min.Y, x(0), c.Max.Y)
	}))
	fig, err := svg(id, title, desc, fullWidth, vg.Length(8+len(groups)*(14*len(names)+10)), p)
	for i, name := range names {
		fig.Legend = append(fig.Legend, Key{Label: name, Mark: swatch(colors[i%len(colors)])})
	}
	return fig, err
}

// box fills a rectangle with a hairline of white around it, so that touching parts stay apart in grey.
func box(c draw.Canvas, fill color.Color, x0, y0, x1, y1 vg.Length) {
	if x0 == x1 {
		return
	}
	pts := []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
	c.FillPolygon(fill, pts)
	c.StrokeLines(draw.LineStyle{Color: white, Width: 0.6}, append(pts, pts[0]))
}

// gridX draws a thin line at every tick of the horizontal axis.
func gridX(c draw.Canvas, p *plot.Plot, x func(float64) vg.Length) {
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.5}, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
}

// euroTicks picks round amounts between two amounts in eurocents, about five of them.
func euroTicks(low, high float64) plot.ConstantTicks {
	span := (high - low) / 100 / 5
	if span <= 0 {
		span = 1
	}
	step := math.Pow(10, math.Floor(math.Log10(span)))
	for _, m := range []float64{2, 5, 10} {
		if step*m >= span {
			step *= m
			break
		}
	}
	step = max(1, math.Round(step))
	var ticks plot.ConstantTicks
	for v := math.Ceil(low/100/step) * step; v <= high/100; v += step {
		ticks = append(ticks, plot.Tick{Value: v * 100, Label: nl.EuroWhole(int64(v) * 100)})
	}
	return ticks
}
