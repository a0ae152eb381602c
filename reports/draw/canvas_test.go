package draw

import (
	"math"
	"math/cmplx"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
	"pgregory.net/rapid"
)

// TestCanvas: shapes say how they are drawn and no more, and words of data are text.
func TestCanvas(t *testing.T) {
	var c Canvas
	c.Rect(1, 2, 3, 4, Filled(Navy), `"a" <b>`)
	c.Circle(1, 2, 0.25, Stroked(Ink, 1.5), "")
	c.Line(0, 0, 10, 5.55, Rust, 0.5)
	s := Filled(White).Edged(Line, 1)
	s.Opacity, s.Dash, s.Bold, s.Untouched = 0.22, "3 2", true, true
	c.Text(1, 1, 9, End, s, "x & <y>")
	c.Text(1, 1, 9, End, s, "")
	f := c.Figure("breed", "id", "Titel <x>", "Uit & leg", 100, 50)
	want := `<svg class="grafiek breed" viewBox="0 0 100 50" style="--breed:100px" role="img" aria-labelledby="id-t id-d"><title id="id-t">Titel &lt;x&gt;</title><desc id="id-d">Uit &amp; leg</desc>` +
		`<rect x="1.0" y="2.0" width="3.0" height="4.0" fill="#14324f"><title>&#34;a&#34; &lt;b&gt;</title></rect>` +
		`<circle cx="1.0" cy="2.0" r="0.2" fill="none" stroke="#25303b" stroke-width="1.5"/>` +
		`<path d="M0.0 0.0L10.0 5.5" fill="none" stroke="#bf5b2c" stroke-width="0.5"/>` +
		`<text x="1.0" y="1.0" font-size="9.0" text-anchor="end" font-weight="bold" pointer-events="none" fill="#ffffff" fill-opacity="0.22" stroke="#d3d9df" stroke-width="1" ` +
		`stroke-dasharray="3 2">x &amp; &lt;y&gt;</text></svg>`
	if string(f.SVG) != want {
		t.Errorf("got\n%s\nwant\n%s", f.SVG, want)
	}
}

// TestPaper: what gonum moves and turns comes where complex numbers say, and back to where it was when it is put back.
func TestPaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := &paper{height: 100, states: []state{{turn: matrix{1, 0, 0, 1, 0, 0}}}}
		type turn struct{ by, to complex128 } // z becomes by z + to
		stack := []turn{{1, 0}}
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			now := &stack[len(stack)-1]
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				x, y := rapid.Float64Range(-50, 50).Draw(t, "x"), rapid.Float64Range(-50, 50).Draw(t, "y")
				p.Translate(vg.Point{X: vg.Length(x), Y: vg.Length(y)})
				now.to += now.by * complex(x, y)
			case 1:
				a := rapid.Float64Range(-math.Pi, math.Pi).Draw(t, "angle")
				p.Rotate(a)
				now.by *= cmplx.Exp(complex(0, a))
			case 2:
				p.Push()
				stack = append(stack, *now)
			case 3:
				if len(stack) > 1 {
					p.Pop()
					stack = stack[:len(stack)-1]
				}
			}
		}
		x, y := rapid.Float64Range(-9, 9).Draw(t, "px"), rapid.Float64Range(-9, 9).Draw(t, "py")
		now := stack[len(stack)-1]
		want := now.by*complex(x, y) + now.to
		gotX, gotY := p.place(vg.Point{X: vg.Length(x), Y: vg.Length(y)})
		if math.Abs(gotX-real(want)) > 1e-6 || math.Abs(gotY-(100-imag(want))) > 1e-6 {
			t.Fatalf("(%f, %f) comes at (%f, %f), want %v", x, y, gotX, gotY, want)
		}
	})
}

// TestChartText: every word of a chart has the width it was laid out with, in the page's own font; only the name of the upright axis is turned.
func TestChartText(t *testing.T) {
	for id, f := range charts(t) {
		texts := strings.Split(string(f.SVG), "<text ")[1:]
		turned := 0
		for _, text := range texts {
			if !strings.Contains(text, ` textLength="`) || strings.Contains(text, "font-family") {
				t.Errorf("%s: %s", id, text)
			}
			if strings.Contains(text, "rotate(-90 ") {
				turned++
			}
		}
		if len(texts) == 0 || turned != map[bool]int{true: 1}[id == "kromme"] {
			t.Errorf("%s: %d texts, %d turned", id, len(texts), turned)
		}
	}
}

// TestFit: words that fit stay as they are, others are cut to the width, or to one letter, and say so.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringMatching(`[a-zA-Z ,é(]{1,40}`).Draw(t, "words")
		width := rapid.Float64Range(20, 300).Draw(t, "width")
		got := Fit(words, 10, width)
		if fits := TextWidth(words, 10) <= width; fits && got != words || !fits && (!strings.HasSuffix(got, "…") || TextWidth(got, 10) > width && len([]rune(got)) > 2) {
			t.Fatalf("%q in %f becomes %q", words, width, got)
		}
	})
}
