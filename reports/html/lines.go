package html

import (
	"fmt"
	"image/color"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Series is a line of Lines: eurocents per label, nil where there is none. Two series follow each other in one colour: what
// is measured, and its reference, dashed.
type Series struct {
	Name      string
	Values    []*int64
	Reference bool
}

// Lines draws amounts over classes that have an order. A line is broken where there is no value. Measured lines have marks,
// references are dashed, so that they differ without colour.
func Lines(id, title, desc string, labels []string, series []Series) (Figure, error) {
	colors := []color.NRGBA{navy, rust, sky, sand}
	p := newPlot()
	low, high := 0.0, 100.0
	for _, s := range series {
		for _, v := range s.Values {
			if v != nil {
				low, high = min(low, float64(*v)), max(high, float64(*v))
			}
		}
	}
	at := make([]float64, len(labels))
	shown := make([]string, len(labels))
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
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for _, t := range p.Y.Tick.Marker.Ticks(p.Y.Min, p.Y.Max) {
			c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.5}, c.Min.X, y(t.Value), c.Max.X, y(t.Value))
		}
		for k, s := range series {
			style := draw.LineStyle{Color: colors[k/2%len(colors)], Width: 2}
			if s.Reference {
				style.Width, style.Dashes = 1.4, []vg.Length{5, 3}
			}
			var run []vg.Point
			for i, v := range s.Values {
				if v == nil {
					c.StrokeLines(style, run)
					run = nil
					continue
				}
				pt := vg.Point{X: x(float64(i)), Y: y(float64(*v))}
				run = append(run, pt)
				if !s.Reference {
					shape := draw.GlyphDrawer(draw.CircleGlyph{})
					if k/2 == 1 {
						shape = draw.BoxGlyph{}
					}
					c.DrawGlyphNoClip(draw.GlyphStyle{Color: style.Color, Radius: 2.6, Shape: shape}, pt)
				}
			}
			c.StrokeLines(style, run)
		}
	}))
	fig, err := svg(id, title, desc, fullWidth, 300, p)
	for k, s := range series {
		dash, mid := "", fmt.Sprintf(`<circle cx="6" cy="6" r="3" fill="%s"/>`, hex(colors[k/2%len(colors)]))
		if k/2 == 1 {
			mid = fmt.Sprintf(`<rect x="3" y="3" width="6" height="6" fill="%s"/>`, hex(colors[k/2%len(colors)]))
		}
		if s.Reference {
			dash, mid = ` stroke-dasharray="4 2"`, ""
		}
		fig.Legend = append(fig.Legend, Key{s.Name, mark(fmt.Sprintf(`<path d="M0 6H12" stroke="%s" stroke-width="2"%s/>`,
			hex(colors[k/2%len(colors)]), dash) + mid)})
	}
	return fig, err
}

// Interval is a row of Intervals: a share with the bounds of its interval, all between 0 and 1.
type Interval struct {
	Label            string
	Low, Share, High float64
}

// Intervals draws per row a share as a dot and its interval as a line, on a scale from 0 to 100%.
func Intervals(id, title, desc string, names [2]string, rows []Interval) (Figure, error) {
	p := newPlot()
	p.X.Min, p.X.Max = 0, 1
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))-0.3
	p.X.Tick.Marker = constantTicks([]float64{0, 0.2, 0.4, 0.6, 0.8, 1}, []string{"0%", "20%", "40%", "60%", "80%", "100%"})
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		gridX(c, p, x)
		for i, r := range rows {
			c.StrokeLine2(draw.LineStyle{Color: navy, Width: 1.5}, x(r.Low), y(at[i]), x(r.High), y(at[i]))
			for _, end := range []float64{r.Low, r.High} {
				c.StrokeLine2(draw.LineStyle{Color: navy, Width: 1.5}, x(end), y(at[i])-4, x(end), y(at[i])+4)
			}
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: rust, Radius: 4, Shape: draw.CircleGlyph{}}, vg.Point{X: x(r.Share), Y: y(at[i])})
		}
	}))
	fig, err := svg(id, title, desc, fullWidth, vg.Length(38+19*len(rows)), p)
	fig.Legend = []Key{
		{names[0], mark(fmt.Sprintf(`<circle cx="6" cy="6" r="4" fill="%s"/>`, hex(rust)))},
		{names[1], mark(fmt.Sprintf(`<path d="M1 6H11M1 3V9M11 3V9" fill="none" stroke="%s" stroke-width="1.5"/>`, hex(navy)))},
	}
	return fig, err
}
