// Package html makes the pages of the reports: the charts, as SVG inside the page, and the template functions. A page
// may not fetch anything from anywhere, so charts, styles and marks are all part of it.
package html

import (
	"bytes"
	"fmt"
	stdhtml "html"
	"html/template"
	"image/color"
	"regexp"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Figure is a chart with the words that go with it. The same numbers stand in a table of the page.
type Figure struct {
	ID     string // unique on the page
	Title  string
	Desc   string // what the chart shows, for those who do not see it
	SVG    template.HTML
	Legend []Key
}

// Key explains a colour or a mark of a chart.
type Key struct {
	Label string
	Mark  template.HTML // a small SVG
}

// The colours differ in hue for most kinds of colour blindness and in lightness for grey prints.
var (
	ink   = color.NRGBA{R: 0x25, G: 0x30, B: 0x3b, A: 0xff}
	muted = color.NRGBA{R: 0x5b, G: 0x67, B: 0x73, A: 0xff}
	line  = color.NRGBA{R: 0xd3, G: 0xd9, B: 0xdf, A: 0xff}
	navy  = color.NRGBA{R: 0x14, G: 0x32, B: 0x4f, A: 0xff}
	rust  = color.NRGBA{R: 0xbf, G: 0x5b, B: 0x2c, A: 0xff}
	sky   = color.NRGBA{R: 0x6f, G: 0xae, B: 0xc9, A: 0xff}
	sand  = color.NRGBA{R: 0xee, G: 0xcf, B: 0x7a, A: 0xff}
	ash   = color.NRGBA{R: 0xb9, G: 0xc1, B: 0xc9, A: 0xff}
	white = color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
)

// Widths of charts in SVG units; the page scales a chart to its column, so a narrow one keeps its words readable.
const (
	fullWidth = 720
	halfWidth = 470
)

const textSize = 11

// plotterFunc draws on the data area.
type plotterFunc func(c draw.Canvas, p *plot.Plot)

// Plot implements plot.Plotter.
func (f plotterFunc) Plot(c draw.Canvas, p *plot.Plot) { f(c, p) }

func face(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// newPlot is an empty chart in the style of the reports: thin grey lines, no background of its own.
func newPlot() *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle.Color, axis.LineStyle.Width = line, 0.8
		axis.Tick.LineStyle.Color, axis.Tick.LineStyle.Width = line, 0.8
		axis.Tick.Length = 3
		axis.Tick.Label.Font, axis.Tick.Label.Color = face(textSize-1), ink
		axis.Label.TextStyle.Font, axis.Label.TextStyle.Color = face(textSize-1), muted
	}
	return p
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

var (
	opening   = regexp.MustCompile(`(?s)^.*?<svg[^>]*>`)
	fontStyle = regexp.MustCompile(`font-family:Liberation Sans;font-variant:\w+;font-weight:(normal|bold);font-style:normal`)
	textRE    = regexp.MustCompile(`<text (x="[^"]*" y="[^"]*"[^>]*font-size:)([0-9.]+)(px[^>]*)>([^<]*)</text>`)
)

// fixWidths gives every piece of text the width it was laid out with. A chart is laid out for one font and shown in the
// page's, which may be a sixth wider: a label would then run into its bar.
func fixWidths(body string) string {
	return textRE.ReplaceAllStringFunc(body, func(text string) string {
		m := textRE.FindStringSubmatch(text)
		size, err := strconv.ParseFloat(m[2], 64)
		if err != nil || m[4] == "" {
			return text
		}
		f := face(vg.Length(size))
		laidOut := font.DefaultCache.Lookup(f, f.Size)
		width := laidOut.Width(stdhtml.UnescapeString(m[4]))
		return fmt.Sprintf(`<text textLength="%.1f" lengthAdjust="spacingAndGlyphs" %s%s%s>%s</text>`, width.Points(), m[1], m[2], m[3], m[4])
	})
}

// svg draws the chart and makes it part of a page: the page's own fonts, a size that follows the column, a title and a
// description that are read out.
func svg(id, title, desc string, width, height vg.Length, p *plot.Plot) (Figure, error) {
	canvas := vgsvg.New(width, height)
	p.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return Figure{}, fmt.Errorf("grafiek %s: %w", id, err)
	}
	body := opening.ReplaceAllString(b.String(), "")
	body = fixWidths(fontStyle.ReplaceAllString(body, "font-weight:$1"))
	esc := template.HTMLEscapeString
	head := fmt.Sprintf(`<svg class="grafiek" viewBox="0 0 %.0f %.0f" role="img" aria-labelledby="%s-t %s-d">`+
		`<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, width.Points(), height.Points(), id, id, id, esc(title), id, esc(desc))
	return Figure{ID: id, Title: title, Desc: desc, SVG: template.HTML(head + strings.TrimSpace(body))}, nil
}

// swatch is a legend mark of plain colour.
func swatch(c color.NRGBA) template.HTML {
	return mark(fmt.Sprintf(`<rect width="12" height="12" fill="%s"/>`, hex(c)))
}

func mark(shapes string) template.HTML {
	return template.HTML(`<svg class="sleutel" viewBox="0 0 12 12" aria-hidden="true">` + shapes + `</svg>`)
}

// TextWidth is how wide a text is in SVG units, in the narrowest font of the page (Arial, Liberation Sans). DejaVu Sans, which
// takes its place on some machines, is up to a fifth wider.
func TextWidth(text string, size float64) float64 {
	plot.New() // fills the cache
	f := face(vg.Length(size))
	at := font.DefaultCache.Lookup(f, f.Size)
	return at.Width(text).Points()
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
