package draw

import (
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// Estimate is a row of Estimates: an amount with the bounds of its interval, in eurocents; nil is not known.
type Estimate struct {
	Label            string
	Value, Low, High *int64
	Aside            bool // shown beside what decides: a ring
}

// Estimates draws amounts around zero, each as a mark with its interval as a line. A row without an amount stays empty. below and above say what lies on
// either side of zero.
func Estimates(id, title, desc, below, above string, rows []Estimate) Figure {
	p := newPlot()
	low, high := 0.0, 0.0
	for _, r := range rows {
		low, high = reach(low, high, r.Value, r.Low, r.High)
	}
	span := max(high-low, 1000_00)
	p.X.Min, p.X.Max = low-0.06*span, high+0.06*span
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))+0.3
	p.X.Tick.Marker = euroTicks(p.X.Min, p.X.Max)
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(grid(true, false), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		zero(c, x)
		top := y(float64(len(rows)) - 0.45)
		c.FillText(label(p, textSize, Muted, draw.XRight, draw.YBottom), vg.Point{X: x(0) - 6, Y: top}, sideWords(x(0)-c.Min.X, below))
		c.FillText(label(p, textSize, Muted, draw.XLeft, draw.YBottom), vg.Point{X: x(0) + 6, Y: top}, sideWords(c.Max.X-x(0), above))
		for i, r := range rows {
			if r.Low != nil && r.High != nil {
				interval(c, x(float64(*r.Low)), x(float64(*r.High)), y(at[i]))
			}
			if r.Value == nil {
				continue
			}
			mark := draw.GlyphStyle{Color: Rust, Radius: 4, Shape: draw.CircleGlyph{}}
			if r.Aside {
				mark = draw.GlyphStyle{Color: Ink, Radius: 4, Shape: draw.RingGlyph{}}
			}
			c.DrawGlyphNoClip(mark, vg.Point{X: x(float64(*r.Value)), Y: y(at[i])})
		}
	}))
	fig := chart(id, title, desc, fullWidth, float64(52+20*len(rows)), p)
	fig.Legend = []Key{
		{"uitkomst", Mark(func(c *Canvas) { c.Circle(6, 6, 4, Filled(Rust), "") })},
		{"uitkomst ter vergelijking", Mark(func(c *Canvas) { c.Circle(6, 6, 4, Stroked(Ink, 1.2), "") })},
		{"95%-interval", Mark(func(c *Canvas) { c.Path("M1 6H11M1 3V9M11 3V9", Stroked(Navy, 1.5)) })},
	}
	return fig
}

// sideWords are words if there is room for them.
func sideWords(room vg.Length, words string) string {
	if TextWidth(words, textSize)+8 > room.Points() {
		return ""
	}
	return words
}

// interval is a line with an end on both sides.
func interval(c draw.Canvas, from, to, y vg.Length) {
	line := draw.LineStyle{Color: Navy, Width: 1.5}
	c.StrokeLine2(line, from, y, to, y)
	for _, end := range []vg.Length{from, to} {
		c.StrokeLine2(line, end, y-4, end, y+4)
	}
}

// Moment is a month of Moments, counted from what happened: an amount and its band in eurocents.
type Moment struct {
	Month            int
	Value, Low, High *int64
}

// Moments draws amounts by month around something that happened at month 0, with a band. limits, when there are two, is where amounts of after lie when nothing
// is done: dashed.
func Moments(id, title, desc string, moments []Moment, limits []int64) Figure {
	p := newPlot()
	low, high := 0.0, 0.0
	first, last := -1, 1
	for _, m := range moments {
		low, high = reach(low, high, m.Value, m.Low, m.High)
		first, last = min(first, m.Month), max(last, m.Month)
	}
	for i := range limits {
		low, high = reach(low, high, &limits[i])
	}
	span := max(high-low, 1000_00)
	p.X.Min, p.X.Max = float64(first)-0.5, float64(last)+0.5
	p.Y.Min, p.Y.Max = low-0.05*span, high+0.12*span
	var at []float64
	var names []string
	for _, m := range moments {
		if m.Month%3 == 0 {
			at, names = append(at, float64(m.Month)), append(names, strconv.Itoa(m.Month))
		}
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = constantTicks(at, names), euroTicks(p.Y.Min, p.Y.Max)
	p.X.Label.Text = "maanden voor de aanmelding (links van 0) en na de start (rechts)"
	p.Add(grid(false, true), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		c.FillPolygon(Pale, []vg.Point{{X: x(-0.5), Y: c.Min.Y}, {X: x(0.5), Y: c.Min.Y}, {X: x(0.5), Y: c.Max.Y}, {X: x(-0.5), Y: c.Max.Y}})
		c.FillText(label(p, textSize, Muted, draw.XLeft, draw.YTop), vg.Point{X: x(0.6), Y: c.Max.Y - 1}, "na de start")
		c.FillText(label(p, textSize, Muted, draw.XRight, draw.YTop), vg.Point{X: x(-0.6), Y: c.Max.Y - 1}, "voor de aanmelding")
		c.StrokeLine2(draw.LineStyle{Color: Ink, Width: 0.8}, c.Min.X, y(0), c.Max.X, y(0))
		for _, l := range limits {
			c.StrokeLine2(draw.LineStyle{Color: Rust, Width: 1.2, Dashes: []vg.Length{5, 3}}, x(0.5), y(float64(l)), c.Max.X, y(float64(l)))
		}
		for _, m := range moments {
			here := x(float64(m.Month))
			if m.Low != nil && m.High != nil {
				bar := draw.LineStyle{Color: Navy, Width: 1.3}
				c.StrokeLine2(bar, here, y(float64(*m.Low)), here, y(float64(*m.High)))
				for _, end := range []*int64{m.Low, m.High} {
					c.StrokeLine2(bar, here-3, y(float64(*end)), here+3, y(float64(*end)))
				}
			}
			if m.Value != nil {
				c.DrawGlyphNoClip(draw.GlyphStyle{Color: Rust, Radius: 3, Shape: draw.CircleGlyph{}}, vg.Point{X: here, Y: y(float64(*m.Value))})
			}
		}
	}))
	fig := chart(id, title, desc, fullWidth, 280, p)
	fig.Legend = []Key{
		{"verschil met de vergelijkingsgroep", Mark(func(c *Canvas) { c.Circle(6, 6, 4, Filled(Rust), "") })},
		{"band die voor alle maanden samen geldt (95%)", Mark(func(c *Canvas) { c.Path("M6 1V11M3 1H9M3 11H9", Stroked(Navy, 1.5)) })},
	}
	if len(limits) > 0 {
		fig.Legend = append(fig.Legend, Key{"wat de werkwijze vindt waar niets is gedaan", Mark(func(c *Canvas) {
			s := Stroked(Rust, 1.5)
			s.Dash = "4 2"
			c.Path("M0 6H12", s)
		})})
	}
	return fig
}

// Gap is a row of Gaps: how two groups differ, in standard deviations; nil is not known.
type Gap struct {
	Label         string
	Before, After *float64
}

// Gaps draws how far groups lie apart before and after matching, with dashed lines at limit on either side of zero.
func Gaps(id, title, desc string, names [2]string, limit float64, rows []Gap) Figure {
	p := newPlot()
	most := 2 * limit
	for _, r := range rows {
		for _, v := range []*float64{r.Before, r.After} {
			if v != nil {
				most = max(most, math.Abs(*v))
			}
		}
	}
	p.X.Min, p.X.Max = -1.08*most, 1.08*most
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))-0.3
	step := 0.1
	for most/step > 4 {
		step *= 2
	}
	var at []float64
	var ticks []string
	for i := -int(most / step); i <= int(most/step); i++ {
		at, ticks = append(at, float64(i)*step), append(ticks, nl.Number(float64(i)*step, 1))
	}
	p.X.Tick.Marker = constantTicks(at, ticks)
	places := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(grid(true, false), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		zero(c, x)
		for _, l := range []float64{-limit, limit} {
			c.StrokeLine2(draw.LineStyle{Color: Rust, Width: 1, Dashes: []vg.Length{4, 3}}, x(l), c.Min.Y, x(l), c.Max.Y)
		}
		for i, r := range rows {
			if r.Before != nil && r.After != nil {
				c.StrokeLine2(draw.LineStyle{Color: Ash, Width: 1.5}, x(*r.Before), y(places[i]), x(*r.After), y(places[i]))
			}
			if r.Before != nil {
				c.DrawGlyphNoClip(draw.GlyphStyle{Color: Ink, Radius: 4, Shape: draw.RingGlyph{}}, vg.Point{X: x(*r.Before), Y: y(places[i])})
			}
			if r.After != nil {
				c.DrawGlyphNoClip(draw.GlyphStyle{Color: Navy, Radius: 3.5, Shape: draw.BoxGlyph{}}, vg.Point{X: x(*r.After), Y: y(places[i])})
			}
		}
	}))
	fig := chart(id, title, desc, fullWidth, float64(38+19*len(rows)), p)
	fig.Legend = []Key{
		{names[0], Mark(func(c *Canvas) { c.Circle(6, 6, 4, Stroked(Ink, 1.2), "") })},
		{names[1], Mark(func(c *Canvas) { c.Rect(2, 2, 8, 8, Filled(Navy), "") })},
	}
	return fig
}

// Level is a step of Levels: from a day on, a share with its bounds, between 0 and 1.
type Level struct {
	Day         int64
	Share       float64
	Low, High   *float64
	AtRiskBelow bool // too few are followed from here: drawn thin
}

// Levels draws a share that falls in steps over days, with its interval as a band.
func Levels(id, title, desc, xWords string, levels []Level) Figure {
	p := newPlot()
	last := 30.0
	for _, l := range levels {
		last = max(last, float64(l.Day))
	}
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, last*1.02, 0, 1
	var at []float64
	var names []string
	step := 30.0
	for last/step > 12 {
		step *= 2
	}
	for d := 0.0; d <= last; d += step {
		at, names = append(at, d), append(names, nl.Number(d, 0))
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = constantTicks(at, names), percentTicks(0.25)
	p.X.Label.Text = xWords
	p.Add(grid(false, true), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		now, since := Level{Share: 1}, 0.0
		for _, next := range append(levels, Level{Day: int64(last), Share: -1}) {
			to := float64(next.Day)
			if now.Low != nil && now.High != nil && to > since {
				c.FillPolygon(Pale, []vg.Point{{X: x(since), Y: y(*now.Low)}, {X: x(to), Y: y(*now.Low)}, {X: x(to), Y: y(*now.High)}, {X: x(since), Y: y(*now.High)}})
			}
			now, since = next, to
		}
		line := draw.LineStyle{Color: Navy, Width: 2}
		share, since := 1.0, 0.0
		for _, l := range levels {
			if l.AtRiskBelow {
				line.Width = 1
			}
			c.StrokeLine2(line, x(since), y(share), x(float64(l.Day)), y(share))
			c.StrokeLine2(line, x(float64(l.Day)), y(share), x(float64(l.Day)), y(l.Share))
			share, since = l.Share, float64(l.Day)
		}
		c.StrokeLine2(line, x(since), y(share), x(last), y(share))
	}))
	return chart(id, title, desc, fullWidth, 240, p)
}

// Flows draws amounts from rows to columns as a table of bars: below zero, which costs more, in another colour and pattern. A cell that is nil is not known.
func Flows(id, title, desc, corner string, rows, columns []string, amounts [][]*int64) Figure {
	const left, cell, height, head = 170.0, 150.0, 46.0, 40.0
	width, most := left+cell*float64(len(columns)), int64(1)
	for _, row := range amounts {
		for _, v := range row {
			if v != nil {
				most = max(most, abs(*v))
			}
		}
	}
	width = max(width, fullWidth)
	c := &Canvas{}
	c.Text(0, head-14, textSize, Start, Filled(Muted), Fit(corner, textSize, left-10))
	for k, name := range columns {
		c.Text(left+cell*float64(k)+8, head-14, textSize, Start, Filled(Ink), Fit(name, textSize, cell-12))
	}
	for i, name := range rows {
		y := head + height*float64(i)
		c.Line(0, y, width, y, Line, 0.8)
		c.Text(0, y+24, textSize, Start, Filled(Ink), Fit(name, textSize, left-10))
		for k := range columns {
			x, v := left+cell*float64(k)+8, amounts[i][k]
			if v == nil {
				c.Text(x, y+18, textSize, Start, Filled(Muted), "niet te zeggen")
				continue
			}
			c.Text(x, y+18, textSize, Start, Filled(Ink), nl.EuroWhole(*v))
			length := (cell - 20) * float64(abs(*v)) / float64(most)
			if *v < 0 {
				s := Stroked(Rust, 1.2)
				c.Rect(x, y+26, max(length, 1), 9, s, "")
			} else {
				c.Rect(x, y+26, max(length, 1), 9, Filled(Navy), "")
			}
		}
	}
	fig := c.Figure("", id, title, desc, width, head+height*float64(len(rows))+4)
	fig.Legend = []Key{{"minder kosten", Swatch(Navy)}, {"meer kosten", Mark(func(c *Canvas) { c.Rect(1, 1, 10, 10, Stroked(Rust, 1.5), "") })}}
	return fig
}

func abs(v int64) int64 {
	if v < 0 {
		return -v
	}
	return v
}
