package draw

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// Point is a point of a curve, both as fractions of the whole.
type Point struct{ X, Y float64 }

// Curve draws the concentration curve: households from dearest to cheapest against their share of the cost, with marks at
// the given points.
func Curve(id, title, desc string, points, marks []Point) Figure {
	p := newPlot()
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, 1, 0, 1
	for _, pt := range points {
		p.Y.Max = max(p.Y.Max, pt.Y)
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = percentTicks(0.1), percentTicks(0.25)
	p.X.Label.Text = "huishoudens, van hoge naar lage kosten"
	p.Y.Label.Text = "aandeel in de kosten"
	even := path(draw.LineStyle{Color: Muted, Width: 0.8, Dashes: []vg.Length{4, 3}}, []Point{{0, 0}, {1, 1}})
	p.Add(grid(false, true), even, path(draw.LineStyle{Color: Navy, Width: 2}, points),
		glyphs(Rust, 3.5, draw.CircleGlyph{}, marks),
		plotterFunc(func(c draw.Canvas, p *plot.Plot) {
			x, y := p.Transforms(&c)
			c.FillText(label(p, textSize, Muted, draw.XLeft, draw.YTop), vg.Point{X: x(0.53), Y: y(0.5)}, "als alle huishoudens evenveel kostten")
			for _, m := range marks {
				c.FillText(label(p, textSize, Ink, draw.XLeft, draw.YTop), vg.Point{X: x(m.X) + 8, Y: y(m.Y) - 4},
					fmt.Sprintf("duurste %s: %s", nl.PercentShort(m.X), nl.Percent(m.Y)))
			}
		}))
	return chart(id, title, desc, halfWidth, 260, p)
}

// percentTicks are the shares from none to all in steps.
func percentTicks(step float64) (ticks plot.ConstantTicks) {
	for i := 0; float64(i)*step < 1+step/2; i++ {
		ticks = append(ticks, plot.Tick{Value: float64(i) * step, Label: nl.PercentShort(float64(i) * step)})
	}
	return ticks
}

// path is a line through points in data units.
func path(style draw.LineStyle, points []Point) plot.Plotter {
	return plotterFunc(func(c draw.Canvas, p *plot.Plot) { c.StrokeLines(style, places(c, p, points)) })
}

// glyphs are marks at points in data units; one at the edge is drawn whole.
func glyphs(color Color, radius vg.Length, shape draw.GlyphDrawer, points []Point) plot.Plotter {
	return plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		for _, at := range places(c, p, points) {
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: color, Radius: radius, Shape: shape}, at)
		}
	})
}

func places(c draw.Canvas, p *plot.Plot, points []Point) []vg.Point {
	x, y := p.Transforms(&c)
	out := make([]vg.Point, len(points))
	for i, pt := range points {
		out[i] = vg.Point{X: x(pt.X), Y: y(pt.Y)}
	}
	return out
}

// Series is a line of Lines: eurocents per label, nil where there is none. Two series follow each other in one colour: what
// is measured, and its reference, dashed.
type Series struct {
	Name      string
	Values    []*int64
	Reference bool
}

// Lines draws amounts over classes that have an order. A line is broken where there is no value. Measured lines have marks,
// references are dashed, so that they differ without colour.
func Lines(id, title, desc string, labels []string, series []Series) Figure {
	p := newPlot()
	low, high := 0.0, 100.0
	for _, s := range series {
		low, high = reach(low, high, s.Values...)
	}
	at, shown := make([]float64, len(labels)), make([]string, len(labels))
	for i, l := range labels {
		at[i] = float64(i)
		if len(labels) <= 12 || i%2 == 0 {
			shown[i] = l
		}
	}
	p.X.Min, p.X.Max = -0.4, float64(len(labels))-0.6
	p.Y.Min, p.Y.Max = low, high*1.03
	p.X.Tick.Marker, p.Y.Tick.Marker = constantTicks(at, shown), euroTicks(low, high)
	p.X.Label.Text = "leeftijd"
	p.Add(grid(false, true))
	var legend []Key
	for k, s := range series {
		color, shape := Domain(k/2), draw.GlyphDrawer(draw.CircleGlyph{})
		if k/2 == 1 {
			shape = draw.BoxGlyph{}
		}
		style := draw.LineStyle{Color: color, Width: 2}
		if s.Reference {
			style.Width, style.Dashes = 1.4, []vg.Length{5, 3}
		}
		for _, run := range runs(s.Values) {
			p.Add(path(style, run))
			if !s.Reference {
				p.Add(glyphs(color, 2.6, shape, run))
			}
		}
		legend = append(legend, Key{s.Name, Mark(func(c *Canvas) {
			line := Stroked(color, 2)
			if s.Reference {
				line.Dash = "4 2"
			}
			c.Path("M0 6H12", line)
			switch {
			case s.Reference:
			case k/2 == 1:
				c.Rect(3, 3, 6, 6, Filled(color), "")
			default:
				c.Circle(6, 6, 3, Filled(color), "")
			}
		})})
	}
	fig := chart(id, title, desc, fullWidth, 300, p)
	fig.Legend = legend
	return fig
}

// CountLines draws how many there were over moments, in half the width of a page, each with its number: there is no scale, so that nothing
// stands in it but what was given. A line is broken where there is no value; series differ in mark and dash as well as in colour. At most
// three of them, of which only two may come close to each other.
func CountLines(id, title, desc string, moments []string, series []Series) Figure {
	looks := []struct {
		color  Color
		shape  draw.GlyphDrawer
		dashes []vg.Length
		mark   func(c *Canvas)
	}{
		{Navy, draw.CircleGlyph{}, nil, func(c *Canvas) { c.Circle(6, 6, 3.4, Filled(Navy), "") }},
		{Rust, draw.BoxGlyph{}, []vg.Length{6, 3}, func(c *Canvas) { c.Rect(3, 3, 6, 6, Filled(Rust), "") }},
		{Grey, draw.PyramidGlyph{}, []vg.Length{2, 3}, func(c *Canvas) { c.Path("M6 1.5L10.5 10H1.5Z", Filled(Grey)) }},
	}
	p := newPlot()
	high := 10.0
	for _, s := range series {
		_, high = reach(0, high, s.Values...)
	}
	at, shown := make([]float64, len(moments)), make([]string, len(moments))
	step := 1 + (len(moments)-1)/4
	for i, m := range moments {
		at[i] = float64(i)
		if (len(moments)-1-i)%step == 0 {
			shown[i] = m
		}
	}
	p.X.Min, p.X.Max = -0.35, float64(max(len(moments), 1))-0.65
	p.Y.Min, p.Y.Max = -high*0.1, high*1.15 // room for numbers below a line
	p.X.Tick.Marker = constantTicks(at, shown)
	p.X.LineStyle.Width, p.X.Tick.Length = 0, 0
	p.HideY()
	p.Add(path(draw.LineStyle{Color: Line, Width: 0.8}, []Point{{p.X.Min, 0}, {p.X.Max, 0}}))
	var legend []Key
	for k, s := range series {
		look := looks[k%len(looks)]
		for _, run := range runs(s.Values) {
			p.Add(path(draw.LineStyle{Color: look.color, Width: 1.8, Dashes: look.dashes}, run), glyphs(look.color, 3, look.shape, run))
		}
		legend = append(legend, Key{s.Name, Mark(look.mark)})
	}
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for i := range moments {
			var values []int64
			for _, s := range series {
				if v := s.Values[i]; v != nil {
					values = append(values, *v)
				}
			}
			slices.Sort(values)
			values = slices.Compact(values)
			for k, v := range values {
				side, at := draw.YBottom, y(float64(v))+4
				if k+1 < len(values) && y(float64(values[k+1]))-at < textSize+8 { // no room between the lines
					side, at = draw.YTop, y(float64(v))-3
				}
				c.FillText(label(p, textSize, Ink, draw.XCenter, side), vg.Point{X: x(float64(i)), Y: at}, nl.Int(v))
			}
		}
	}))
	fig := chart(id, title, desc, halfWidth, 200, p)
	fig.Legend = legend
	return fig
}

// reach widens a range to hold values.
func reach(low, high float64, values ...*int64) (float64, float64) {
	for _, v := range values {
		if v != nil {
			low, high = min(low, float64(*v)), max(high, float64(*v))
		}
	}
	return low, high
}

// runs are the stretches of values that are there.
func runs(values []*int64) (out [][]Point) {
	before := false
	for i, v := range values {
		if v != nil {
			if !before {
				out = append(out, nil)
			}
			last := &out[len(out)-1]
			*last = append(*last, Point{float64(i), float64(*v)})
		}
		before = v != nil
	}
	return out
}
