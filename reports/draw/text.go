package draw

import (
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// wider is how much wider than measured a text may turn out: DejaVu Sans, which takes the place of Arial on some machines, is up to a fifth
// wider.
const wider = 1.2

func face(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// TextWidth is how wide a text may be in SVG units, in the widest font of the page.
func TextWidth(text string, size float64) float64 {
	plot.New() // fills the cache
	f := face(vg.Length(size))
	at := font.DefaultCache.Lookup(f, f.Size)
	return at.Width(text).Points() * wider
}

// Fit shortens words to a width; a letter is left of them.
func Fit(words string, size, width float64) string {
	if TextWidth(words, size) <= width {
		return words
	}
	r := []rune(words)
	for len(r) > 1 && TextWidth(string(r)+"…", size) > width {
		r = r[:len(r)-1]
	}
	return strings.TrimRight(string(r), " ,(") + "…"
}
