package draw

import (
	"math"

	"stapel/reports/nl"
)

// Step is a row of Waterfall, in eurocents: a stand, or what brings the stand before it to the one after it.
type Step struct {
	Label string
	Ct    int64
	Stand bool
}

// Places in a waterfall, in SVG units.
const (
	fallLabel  = 262.0
	fallAmount = 118.0
	fallRow    = 21.0
	fallBar    = 13.0
	fallLeast  = 1.5 // what is too small to see still shows that it is there
)

// Waterfall draws how one amount becomes another: a bar from zero for every stand, and between them what goes off (hatched) or comes in (an open
// box), so that grey paper shows which is which. The amount stands beside each to the cent.
func Waterfall(id, title, desc string, steps []Step) Figure {
	low, high, at := 0.0, 0.0, 0.0
	for _, s := range steps {
		at = float64(s.Ct) + map[bool]float64{true: 0, false: at}[s.Stand]
		low, high = min(low, at), max(high, at)
	}
	if high == low {
		high = low + 1
	}
	room := fullWidth - fallLabel - fallAmount - 12
	x := func(ct float64) float64 { return fallLabel + room*(ct-low)/(high-low) }
	var c Canvas
	at = 0
	for i, s := range steps {
		y := 4 + float64(i)*fallRow
		words, from, to := Filled(Ink), at, at+float64(s.Ct)
		amount := nl.Amount(s.Ct)
		if s.Stand {
			words, from, to = bold(), 0, float64(s.Ct)
		} else if s.Ct > 0 {
			amount = "+" + amount
		}
		c.Text(0, y+fallBar-2, textSize, Start, words, Fit(s.Label, textSize, fallLabel-8))
		left, wide := x(min(from, to)), max(fallLeast, x(max(from, to))-x(min(from, to)))
		switch {
		case s.Stand:
			c.Rect(left, y, wide, fallBar, Filled(Navy), "")
		case s.Ct < 0:
			c.Hatch(left, y, wide, fallBar, "")
			c.Rect(left, y, wide, fallBar, Stroked(Rust, 1.2), "")
		case s.Ct > 0:
			c.Rect(left, y, wide, fallBar, Filled(White).Edged(Teal, 1.6), "")
		}
		if i < len(steps)-1 { // a thread to the row below
			c.Line(x(to), y+fallBar, x(to), y+fallRow, Grey, 0.6)
		}
		c.Text(fullWidth-2, y+fallBar-2, textSize, End, words, amount)
		at = to
	}
	fig := c.Figure("", id, title, desc, fullWidth, math.Ceil(4+float64(len(steps))*fallRow))
	fig.Legend = []Key{{"stand, apart geteld", Swatch(Navy)}, {"gaat eraf", Mark(func(c *Canvas) { c.Hatch(0.5, 0.5, 11, 11, ""); c.Rect(0.5, 0.5, 11, 11, Stroked(Rust, 1.2), "") })},
		{"komt erbij", Mark(func(c *Canvas) { c.Rect(1, 1, 10, 10, Filled(White).Edged(Teal, 1.6), "") })}}
	return fig
}
