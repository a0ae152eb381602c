package draw

import (
	"fmt"
	"html/template"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Widths of charts in SVG units. The page makes a chart as wide as its column and no narrower than this, so that a word is never smaller
// than textSize on the screen.
const (
	fullWidth = 720
	halfWidth = 470
)

// textSize is that of all words in a chart.
const textSize = 11

// plotterFunc draws on the data area.
type plotterFunc func(c draw.Canvas, p *plot.Plot)

// Plot implements plot.Plotter.
func (f plotterFunc) Plot(c draw.Canvas, p *plot.Plot) { f(c, p) }

// newPlot is an empty chart in the style of the reports: thin grey lines, no background of its own.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle.Color, axis.LineStyle.Width = Line, 0.8
		axis.Tick.LineStyle.Color, axis.Tick.LineStyle.Width = Line, 0.8
		axis.Tick.Length = 3
		axis.Tick.Label.Font, axis.Tick.Label.Color = face(textSize), Ink
		axis.Label.TextStyle.Font, axis.Label.TextStyle.Color = face(textSize), Muted
	}
	return p
}

// grid draws thin lines at the ticks of one axis.
func grid(vertical, horizontal bool) *plotter.Grid {
	g := &plotter.Grid{}
	style := draw.LineStyle{Color: Line, Width: 0.5}
	if vertical {
		g.Vertical = style
	}
	if horizontal {
		g.Horizontal = style
	}
	return g
}

// label is a text style for words inside a chart.
func label(p *plot.Plot, size vg.Length, c color.Color, x draw.XAlignment, y draw.YAlignment) draw.TextStyle {
	return draw.TextStyle{Color: c, Font: face(size), XAlign: x, YAlign: y, Handler: p.TextHandler}
}

// longestLabel is how many characters a label beside a row may have; the full words stand in the table.
const longestLabel = 62

// rowAxis labels n rows, the first on top, without a line or ticks, and says where each is.
func rowAxis(p *plot.Plot, n int, name func(i int) string) (at []float64) {
	labels := make([]string, n)
	for i := range n {
		labels[i] = name(i)
		at = append(at, float64(n-1-i))
	}
	p.Y.Tick.Marker = constantTicks(at, labels)
	p.Y.LineStyle.Width, p.Y.Tick.Length = 0, 0
	return at
}

// constantTicks puts a labelled tick at each position.
func constantTicks(at []float64, labels []string) plot.ConstantTicks {
	ticks := make(plot.ConstantTicks, len(at))
	for i := range at {
		text := []rune(labels[i])
		if len(text) > longestLabel {
			text = append(text[:longestLabel-1], '…')
		}
		ticks[i] = plot.Tick{Value: at[i], Label: string(text)}
	}
	return ticks
}

// chart draws a plot as a figure.
func chart(id, title, desc string, width, height float64, p *plot.Plot) Figure {
	paper := &paper{height: height, states: []state{{turn: matrix{1, 0, 0, 1, 0, 0}}}}
	vg.Initialize(paper)
	p.Draw(draw.NewCanvas(paper, vg.Length(width), vg.Length(height)))
	return paper.Figure("", id, title, desc, width, height)
}

// paper is a Canvas that gonum draws on. There the origin is at the bottom left and y runs up.
type paper struct {
	Canvas
	height float64
	states []state
}

var _ vg.Canvas = (*paper)(nil)

type state struct {
	color color.Color
	width vg.Length
	dash  []vg.Length
	turn  matrix
}

// matrix is a transform: (x, y) becomes (a x + c y + e, b x + d y + f).
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5]}
}

func (p *paper) now() *state { return &p.states[len(p.states)-1] }

// place is where a point comes on the canvas.
func (p *paper) place(at vg.Point) (x, y float64) {
	m, px, py := p.now().turn, at.X.Points(), at.Y.Points()
	return m[0]*px + m[2]*py + m[4], p.height - (m[1]*px + m[3]*py + m[5])
}

func (p *paper) SetLineWidth(w vg.Length)                  { p.now().width = w }
func (p *paper) SetLineDash(dash []vg.Length, _ vg.Length) { p.now().dash = dash }
func (p *paper) SetColor(c color.Color)                    { p.now().color = c }
func (p *paper) Push()                                     { p.states = append(p.states, *p.now()) }
func (p *paper) Pop()                                      { p.states = p.states[:len(p.states)-1] }

func (p *paper) Rotate(rad float64) {
	sin, cos := math.Sincos(rad)
	p.now().turn = p.now().turn.times(matrix{cos, sin, -sin, cos, 0, 0})
}

func (p *paper) Translate(by vg.Point) {
	p.now().turn = p.now().turn.times(matrix{1, 0, 0, 1, by.X.Points(), by.Y.Points()})
}

func (p *paper) Scale(x, y float64) { p.now().turn = p.now().turn.times(matrix{x, 0, 0, y, 0, 0}) }

func (p *paper) Stroke(path vg.Path) {
	now := p.now()
	if now.width <= 0 {
		return
	}
	s := Stroked(toColor(now.color), now.width.Points())
	var dashes []string
	for _, d := range now.dash {
		dashes = append(dashes, fmt.Sprintf("%g", d.Points()))
	}
	s.Dash = strings.Join(dashes, " ")
	p.shape(path, s)
}

func (p *paper) Fill(path vg.Path) { p.shape(path, Filled(toColor(p.now().color))) }

// shape draws a path of straight lines, or a circle: that is all there is in a chart.
func (p *paper) shape(path vg.Path, s Style) {
	if arc := slices.IndexFunc(path, func(c vg.PathComp) bool { return c.Type == vg.ArcComp }); arc >= 0 {
		x, y := p.place(path[arc].Pos)
		p.Circle(x, y, path[arc].Radius.Points(), s, "")
		return
	}
	var d strings.Builder
	for _, c := range path {
		x, y := p.place(c.Pos)
		switch c.Type {
		case vg.MoveComp:
			fmt.Fprintf(&d, "M%.1f %.1f", x, y)
		case vg.LineComp:
			fmt.Fprintf(&d, "L%.1f %.1f", x, y)
		case vg.CloseComp:
			d.WriteString("Z")
		}
	}
	p.Path(d.String(), s)
}

// FillString writes a line with the width it was laid out with. A chart is laid out for one font and shown in the page's, which may be
// wider: a label would then run into its bar.
func (p *paper) FillString(f font.Face, at vg.Point, words string) {
	if words == "" {
		return
	}
	x, y := p.place(at)
	turn := ""
	if m := p.now().turn; m[1] != 0 {
		turn = fmt.Sprintf(` transform="rotate(%.0f %.1f %.1f)"`, -math.Atan2(m[1], m[0])*180/math.Pi, x, y)
	}
	fmt.Fprintf(&p.b, `<text x="%.1f" y="%.1f" font-size="%g" textLength="%.1f" lengthAdjust="spacingAndGlyphs"%s%s>%s</text>`, x, y, f.Font.Size.Points(),
		f.Width(words).Points(), Filled(toColor(p.now().color)), turn, template.HTMLEscapeString(words))
}

// DrawImage implements vg.Canvas; no chart has an image in it.
func (p *paper) DrawImage(vg.Rectangle, image.Image) { panic("a page holds no images") }

func toColor(c color.Color) Color {
	if c == nil {
		return Ink
	}
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return Color{n.R, n.G, n.B}
}
