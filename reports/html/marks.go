package html

import (
	"fmt"
	"image/color"
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
func Dumbbells(id, title, desc string, names [3]string, rows []Dumbbell) (Figure, error) {
	p := newPlot()
	low, high := 0.0, 100.0
	for _, r := range rows {
		for _, v := range []*int64{r.Now, &r.Without, &r.With} {
			if v != nil {
				low, high = min(low, float64(*v)), max(high, float64(*v))
			}
		}
	}
	p.X.Min, p.X.Max = low, high*1.02
	p.Y.Min, p.Y.Max = -0.7, float64(len(rows))-0.3
	p.X.Tick.Marker = euroTicks(low, high)
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.Add(plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		gridX(c, p, x)
		for i, r := range rows {
			bar := draw.LineStyle{Color: ash, Width: 3}
			if r.With > r.Without {
				bar = draw.LineStyle{Color: rust, Width: 1.5, Dashes: []vg.Length{3, 2}}
			}
			c.StrokeLine2(bar, x(float64(r.Without)), y(at[i]), x(float64(r.With)), y(at[i]))
			if r.Now != nil {
				c.DrawGlyphNoClip(draw.GlyphStyle{Color: ink, Radius: 4, Shape: draw.RingGlyph{}},
					vg.Point{X: x(float64(*r.Now)), Y: y(at[i])})
			}
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: rust, Radius: 5, Shape: draw.PyramidGlyph{}},
				vg.Point{X: x(float64(r.Without)), Y: y(at[i])})
			c.DrawGlyphNoClip(draw.GlyphStyle{Color: navy, Radius: 4, Shape: draw.BoxGlyph{}},
				vg.Point{X: x(float64(r.With)), Y: y(at[i])})
		}
	}))
	fig, err := svg(id, title, desc, fullWidth, vg.Length(38+17*len(rows)), p)
	fig.Legend = []Key{
		{names[0], mark(fmt.Sprintf(`<circle cx="6" cy="6" r="4.5" fill="none" stroke="%s" stroke-width="1.2"/>`, hex(ink)))},
		{names[1], mark(fmt.Sprintf(`<path d="M6 1 L11 11 L1 11 Z" fill="%s"/>`, hex(rust)))},
		{names[2], mark(fmt.Sprintf(`<rect x="1.5" y="1.5" width="9" height="9" fill="%s"/>`, hex(navy)))},
	}
	return fig, err
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
func Strips(id, title, desc string, first time.Time, windows []Window, rows []Strip) (Figure, error) {
	p := newPlot()
	n := 0
	for _, r := range rows {
		n = max(n, len(r.Months))
	}
	p.X.Min, p.X.Max = 0, float64(max(n, 1))
	p.Y.Min, p.Y.Max = -0.5, float64(len(rows))+0.5
	at := rowAxis(p, len(rows), func(i int) string { return rows[i].Label })
	p.X.LineStyle.Width, p.X.Tick.Length = 0, 0
	var ticks plot.ConstantTicks
	for m := 0; m < n; m += 3 {
		ticks = append(ticks, plot.Tick{Value: float64(m) + 0.5, Label: nl.Month(first.AddDate(0, m, 0))})
	}
	if n > 18 {
		ticks = everyOther(ticks)
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
			style := draw.LineStyle{Color: muted, Width: 0.8}
			c.StrokeLine2(style, x(float64(w.From))+1, y(top)+4, x(float64(w.To))-1, y(top)+4)
			c.StrokeLine2(style, x(float64(w.From)), c.Min.Y, x(float64(w.From)), y(top)+4)
			c.FillText(label(p, textSize-1, ink, draw.XCenter, draw.YBottom),
				vg.Point{X: x(float64(w.From+w.To) / 2), Y: y(top) + 6}, w.Label)
		}
	}))
	fig, err := svg(id, title, desc, fullWidth, vg.Length(48+15*len(rows)), p)
	fig.Legend = []Key{
		{"gedekt", swatch(navy)},
		{"niet gedekt", mark(fmt.Sprintf(
			`<path d="M.5 .5H11.5V11.5H.5ZM.5 .5L11.5 11.5M11.5 .5L.5 11.5" fill="none" stroke="%s"/>`, hex(rust)))},
		{"onbekend", mark(fmt.Sprintf(
			`<rect width="12" height="12" fill="%s"/><circle cx="6" cy="6" r="2" fill="%s"/>`, hex(line), hex(ink)))},
	}
	if slices.ContainsFunc(rows, func(r Strip) bool { return slices.Contains(r.Months, CoverGone) }) {
		fig.Legend = append(fig.Legend, Key{"gemeente opgeheven", mark(fmt.Sprintf(`<path d="M0 6H12" stroke="%s" stroke-width="1.2"/>`, hex(muted)))})
	}
	return fig, err
}

func everyOther(ticks plot.ConstantTicks) plot.ConstantTicks {
	var out plot.ConstantTicks
	for i := 0; i < len(ticks); i += 2 {
		out = append(out, ticks[i])
	}
	return out
}

func cell(c draw.Canvas, cover Cover, x0, y0, x1, y1 vg.Length) {
	corners := []vg.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}
	thin := draw.LineStyle{Color: rust, Width: 0.8}
	switch cover {
	case CoverYes:
		c.FillPolygon(navy, corners)
	case CoverNo:
		c.StrokeLines(thin, append(corners, corners[0]))
		c.StrokeLine2(thin, x0, y0, x1, y1)
		c.StrokeLine2(thin, x0, y1, x1, y0)
	case CoverGone:
		c.StrokeLine2(draw.LineStyle{Color: muted, Width: 1.2}, x0, (y0+y1)/2, x1, (y0+y1)/2)
	case CoverUnknown:
		c.FillPolygon(color.Color(line), corners)
		c.DrawGlyph(draw.GlyphStyle{Color: ink, Radius: 1.6, Shape: draw.CircleGlyph{}},
			vg.Point{X: (x0 + x1) / 2, Y: (y0 + y1) / 2})
	}
}
