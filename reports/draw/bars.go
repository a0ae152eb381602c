package draw

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// Bar is a row of a chart of stacked amounts.
type Bar struct {
	Label string
	Parts []int64 // eurocents, one for each name
}

// StackedBars draws amounts as horizontal bars, first row on top. Credits can make a part negative; it is drawn left of
// zero, so that the lengths still tell the truth.
func StackedBars(id, title, desc string, names []string, bars []Bar) Figure {
	p := newPlot()
	low, high := 0.0, 0.0
	for _, bar := range bars {
		neg, pos := stack(bar.Parts, func(int, float64, float64) {})
		low, high = min(low, neg), max(high, pos)
	}
	if high == low {
		high = 100
	}
	p.X.Min, p.X.Max = low, high
	p.Y.Min, p.Y.Max = -0.6, float64(len(bars))-0.4
	p.X.Tick.Marker = euroTicks(low, high)
	at := rowAxis(p, len(bars), func(i int) string { return bars[i].Label })
	p.Add(grid(true, false), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for i, bar := range bars {
			stack(bar.Parts, func(k int, from, to float64) { box(c, Domain(k), x(from), y(at[i]-0.36), x(to), y(at[i]+0.36)) })
		}
		zero(c, x)
	}))
	fig := chart(id, title, desc, fullWidth, float64(38+18*len(bars)), p)
	fig.Legend = DomainKeys(names)
	return fig
}

// stack puts the parts of an amount after each other, those below zero on the other side of it, and says how far both sides reach.
func stack(parts []int64, part func(k int, from, to float64)) (neg, pos float64) {
	for k, ct := range parts {
		end := &pos
		if ct < 0 {
			end = &neg
		}
		part(k, *end, *end+float64(ct))
		*end += float64(ct)
	}
	return neg, pos
}

// DomainKeys is the legend of StackedBars and CostBar.
func DomainKeys(names []string) []Key { return swatches(names, Domains) }

func swatches(names []string, colors []Color) []Key {
	keys := make([]Key, len(names))
	for i, name := range names {
		keys[i] = Key{Label: name, Mark: Swatch(colors[i%len(colors)])}
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
		fmt.Fprintf(&b, `<rect x="%.1f" width="%.1f" height="10" fill="%s"/>`, x, w, Domain(i))
		x += w
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// Group is a row of GroupedBars.
type Group struct {
	Label  string
	Counts []int64 // one for each name
	Hidden []bool  // those of Counts that may not be shown: a dash in place of a bar; nil: none
}

// narrowest is the room for bars beside the longest labels, in SVG units.
const narrowest = 320

// GroupedBars draws counts as bars side by side per row, each with its number.
func GroupedBars(id, title, desc string, names []string, groups []Group) Figure {
	return groupedBars(id, title, desc, names, groups, nl.Int)
}

// GroupedAmounts is GroupedBars for eurocents; each bar has its whole euros.
func GroupedAmounts(id, title, desc string, names []string, groups []Group) Figure {
	return groupedBars(id, title, desc, names, groups, nl.EuroWhole)
}

func groupedBars(id, title, desc string, names []string, groups []Group, format func(int64) string) Figure {
	colors := []Color{Navy, Rust, Ash}
	p := newPlot()
	var most int64 = 1
	widest := 0.0
	for _, g := range groups {
		for _, n := range g.Counts {
			most, widest = max(most, n), max(widest, TextWidth(format(n), textSize))
		}
	}
	p.X.Min, p.X.Max = 0, float64(most)*(1+(widest+8)/narrowest)
	p.Y.Min, p.Y.Max = -0.5, float64(len(groups))-0.5
	p.HideX()
	at := rowAxis(p, len(groups), func(i int) string { return groups[i].Label })
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		thick := 0.78 / float64(len(names))
		for i, g := range groups {
			for k, n := range g.Counts {
				words := format(n)
				if k < len(g.Hidden) && g.Hidden[k] {
					n, words = 0, "–"
				}
				top := at[i] + 0.39 - float64(k)*thick
				box(c, colors[k%len(colors)], x(0), y(top-thick*0.9), x(float64(n)), y(top))
				c.FillText(label(p, textSize, Ink, draw.XLeft, draw.YCenter),
					vg.Point{X: x(max(0, float64(n))) + 4, Y: y(top - thick/2)}, words)
			}
		}
		zero(c, x)
	}))
	fig := chart(id, title, desc, fullWidth, float64(8+len(groups)*(14*len(names)+10)), p)
	fig.Legend = swatches(names, colors)
	return fig
}

// zero draws where bars begin.
func zero(c draw.Canvas, x func(float64) vg.Length) {
	c.StrokeLine2(draw.LineStyle{Color: Ink, Width: 0.8}, x(0), c.Min.Y, x(0), c.Max.Y)
}

// box fills a rectangle with a hairline of white around it, so that touching parts stay apart in grey.
func box(c draw.Canvas, fill Color, x0, y0, x1, y1 vg.Length) {
	if x0 == x1 {
		return
	}
	pts := []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
	c.FillPolygon(fill, pts)
	c.StrokeLines(draw.LineStyle{Color: White, Width: 0.6}, append(pts, pts[0]))
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
