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
