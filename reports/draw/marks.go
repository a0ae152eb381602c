package draw

import (
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// Dumbbell is a row of Dumbbells: the three amounts of a plan in eurocents; now may be unknown.
type Dumbbell struct {
	Label         string
	Now           *int64
	Without, With int64
}

// Dumbbells draws per plan what happens without maatwerk (triangle) and with it (square), joined by a bar, and the
// present cost (ring). Shapes differ as well as colours.
func Dumbbells(id, title, desc string, names [3]string, rows []Dumbbell) Figure {
	p := newPlot()
	low, high := 0.0, 100.0
	for _, r := range rows {
		low, high = reach(low, high, r.Now, &r.Without, &r.With)
	}
	p.X.Min, p.X.Max = low, high*1.02
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))-0.3
	p.X.Tick.Marker = euroTicks(low, high)
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(grid(true, false))
	for i, r := range rows {
		without, with := []Point{{float64(r.Without), at[i]}}, []Point{{float64(r.With), at[i]}}
		bar := draw.LineStyle{Color: Ash, Width: 3}
		if r.With > r.Without {
			bar = draw.LineStyle{Color: Rust, Width: 1.5, Dashes: []vg.Length{3, 2}}
		}
		p.Add(path(bar, []Point{without[0], with[0]}))
		if r.Now != nil {
			p.Add(glyphs(Ink, 4, draw.RingGlyph{}, []Point{{float64(*r.Now), at[i]}}))
		}
		p.Add(glyphs(Rust, 5, draw.PyramidGlyph{}, without), glyphs(Navy, 4, draw.BoxGlyph{}, with))
	}
	fig := chart(id, title, desc, fullWidth, float64(38+17*len(rows)), p)
	fig.Legend = []Key{
		{names[0], Mark(func(c *Canvas) { c.Circle(6, 6, 4.5, Stroked(Ink, 1.2), "") })},
		{names[1], Mark(func(c *Canvas) { c.Path("M6 1L11 11L1 11Z", Filled(Rust)) })},
		{names[2], Mark(func(c *Canvas) { c.Rect(1.5, 1.5, 9, 9, Filled(Navy), "") })},
	}
	return fig
}

// Interval is a row of Intervals: a share with the bounds of its interval, all between 0 and 1.
type Interval struct {
	Label            string
	Low, Share, High float64
}

// Intervals draws per row a share as a dot and its interval as a line, on a scale from 0 to 100%.
func Intervals(id, title, desc string, names [2]string, rows []Interval) Figure {
	p := newPlot()
	p.X.Min, p.X.Max = 0, 1
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))-0.3
	p.X.Tick.Marker = percentTicks(0.2)
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(grid(true, false), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		line := draw.LineStyle{Color: Navy, Width: 1.5}
		for i, r := range rows {
			c.StrokeLine2(line, x(r.Low), y(at[i]), x(r.High), y(at[i]))
			for _, end := range []float64{r.Low, r.High} {
				c.StrokeLine2(line, x(end), y(at[i])-4, x(end), y(at[i])+4)
			}
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: Rust, Radius: 4, Shape: draw.CircleGlyph{}}, vg.Point{X: x(r.Share), Y: y(at[i])})
		}
	}))
	fig := chart(id, title, desc, fullWidth, float64(38+19*len(rows)), p)
	fig.Legend = []Key{
		{names[0], Mark(func(c *Canvas) { c.Circle(6, 6, 4, Filled(Rust), "") })},
		{names[1], Mark(func(c *Canvas) { c.Path("M1 6H11M1 3V9M11 3V9", Stroked(Navy, 1.5)) })},
	}
	return fig
}

// Cover is what is known about a month: covered, not covered, not known, or of a gemeente that is no more.
type Cover byte

// The values of a month's coverage; the zero value is a month the mart does not mention.
const (
	CoverAbsent Cover = iota
	CoverYes
	CoverNo
	CoverUnknown
	CoverGone
)

// Strip is a row of Strips: a feed and its months.
type Strip struct {
	Label  string
	Months []Cover
}

// Window is a named stretch of the months of Strips, as positions [From, To).
type Window struct {
	Label    string
	From, To int
}

// Strips draws the coverage of feeds month by month. The values differ in shape, for grey prints.
func Strips(id, title, desc string, first time.Time, windows []Window, rows []Strip) Figure {
	p := newPlot()
	n := 0
	for _, r := range rows {
		n = max(n, len(r.Months))
	}
	p.X.Min, p.X.Max = 0, float64(max(n, 1))
	p.Y.Min, p.Y.Max = -0.5, float64(len(rows))+0.5
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.X.LineStyle.Width, p.X.Tick.Length = 0, 0
	step := 3
	if n > 18 {
		step = 6
	}
	var ticks plot.ConstantTicks
	for m := 0; m < n; m += step {
		ticks = append(ticks, plot.Tick{Value: float64(m) + 0.5, Label: nl.Month(first.AddDate(0, m, 0))})
	}
	p.X.Tick.Marker = ticks
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for i, r := range rows {
			for m, cover := range r.Months {
				cell(c, cover, x(float64(m))+0.8, y(at[i]-0.38), x(float64(m+1))-0.8, y(at[i]+0.38))
			}
		}
		top := float64(len(rows)) - 0.5
		for _, w := range windows {
			style := draw.LineStyle{Color: Muted, Width: 0.8}
			c.StrokeLine2(style, x(float64(w.From))+1, y(top)+4, x(float64(w.To))-1, y(top)+4)
			c.StrokeLine2(style, x(float64(w.From)), c.Min.Y, x(float64(w.From)), y(top)+4)
			c.FillText(label(p, textSize, Ink, draw.XCenter, draw.YBottom),
				vg.Point{X: x(float64(w.From+w.To) / 2), Y: y(top) + 6}, w.Label)
		}
	}))
	fig := chart(id, title, desc, fullWidth, float64(48+15*len(rows)), p)
	fig.Legend = []Key{
		{"gedekt", Swatch(Navy)},
		{"niet gedekt", Mark(func(c *Canvas) { c.Path("M.5 .5H11.5V11.5H.5ZM.5 .5L11.5 11.5M11.5 .5L.5 11.5", Stroked(Rust, 1)) })},
		{"onbekend", Mark(func(c *Canvas) {
			c.Rect(0, 0, 12, 12, Filled(Line), "")
			c.Circle(6, 6, 2, Filled(Ink), "")
		})},
	}
	if slices.ContainsFunc(rows, func(r Strip) bool { return slices.Contains(r.Months, CoverGone) }) {
		fig.Legend = append(fig.Legend, Key{"gemeente opgeheven", Mark(func(c *Canvas) { c.Path("M0 6H12", Stroked(Muted, 1.2)) })})
	}
	return fig
}

func cell(c draw.Canvas, cover Cover, x0, y0, x1, y1 vg.Length) {
	corners := []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
	thin := draw.LineStyle{Color: Rust, Width: 0.8}
	switch cover {
	case CoverYes:
		c.FillPolygon(Navy, corners)
	case CoverNo:
		c.StrokeLines(thin, append(corners, corners[0]))
		c.StrokeLine2(thin, x0, y0, x1, y1)
		c.StrokeLine2(thin, x0, y1, x1, y0)
	case CoverGone:
		c.StrokeLine2(draw.LineStyle{Color: Muted, Width: 1.2}, x0, (y0+y1)/2, x1, (y0+y1)/2)
	case CoverUnknown:
		c.FillPolygon(Line, corners)
		c.DrawGlyph(draw.GlyphStyle{Color: Ink, Radius: 1.6, Shape: draw.CircleGlyph{}}, vg.Point{X: (x0 + x1) / 2, Y: (y0 + y1) / 2})
	}
}
