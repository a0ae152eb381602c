package draw

import (
	"fmt"
	"strings"
)

// Color is an opaque colour; it is one of gonum's colours too.
type Color struct{ R, G, B uint8 }

// RGBA implements color.Color.
func (c Color) RGBA() (r, g, b, a uint32) {
	return uint32(c.R) * 0x101, uint32(c.G) * 0x101, uint32(c.B) * 0x101, 0xffff
}

// String is the colour as SVG and CSS write it.
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// The palette of all pages. What carries a value stands out from white by 3 to 1 (WCAG 2, 1.4.11). Colours that stand beside each other
// differ in hue for most kinds of colour blindness and in lightness for grey prints. Ink, Muted, Line, Panel and Navy are those of the style
// sheet.
var (
	Ink   = Color{0x25, 0x30, 0x3b}
	Muted = Color{0x55, 0x61, 0x6d}
	Line  = Color{0xd3, 0xd9, 0xdf}
	Panel = Color{0xf4, 0xf6, 0xf8}
	White = Color{0xff, 0xff, 0xff}

	Navy = Color{0x14, 0x32, 0x4f}
	Rust = Color{0xbf, 0x5b, 0x2c}
	Teal = Color{0x15, 0x5e, 0x5a}
	Gold = Color{0xb9, 0x8d, 0x1e}
	Ash  = Color{0x8b, 0x96, 0xa1}

	Grey  = Color{0x6b, 0x77, 0x83}
	Pale  = Color{0xe3, 0xe8, 0xec}
	Hatch = Color{0x7f, 0x8b, 0x97}
	Full  = Color{0xa8, 0x44, 0x1a}
	Half  = Color{0xf3, 0xd3, 0xbd}
	Green = Color{0x1d, 0x5a, 0x45}
	Plum  = Color{0x8b, 0x6b, 0x9e}
)

// Domains are the colours of the parts of a cost, in the order of the domeinen: Wmo, Jeugdwet, Participatiewet, Zvw.
var Domains = []Color{Navy, Rust, Teal, Gold}

// Domain is the colour of a domein by its place; colours come again after the last.
func Domain(i int) Color { return Domains[i%len(Domains)] }

// dark is what a colour becomes on a dark screen.
var dark = []struct{ Color, Dark Color }{
	{Ink, Color{0xe3, 0xe7, 0xeb}}, {Muted, Color{0xaa, 0xb4, 0xbe}}, {Line, Color{0x45, 0x51, 0x5c}}, {Panel, Color{0x23, 0x2b, 0x33}},
	{White, Color{0x17, 0x1c, 0x21}}, {Navy, Color{0xa9, 0xcb, 0xe8}}, {Rust, Color{0xd9, 0x77, 0x4a}}, {Teal, Color{0x7f, 0xd0, 0xc4}},
	{Gold, Color{0xb5, 0x8f, 0x2a}}, {Ash, Color{0xc3, 0xcc, 0xd4}}, {Grey, Color{0x9a, 0xa6, 0xb1}}, {Pale, Color{0x31, 0x3b, 0x45}},
	{Hatch, Color{0x8b, 0x97, 0xa3}}, {Full, Color{0xe8, 0x90, 0x5f}}, {Half, Color{0x5a, 0x3a, 0x28}}, {Green, Color{0x86, 0xd3, 0xb1}},
	{Plum, Color{0xc3, 0xa3, 0xd6}},
}

// DarkStyle is a style sheet that gives drawings their colours on a dark screen.
func DarkStyle() string {
	var b strings.Builder
	for _, c := range dark {
		fmt.Fprintf(&b, "svg [fill=%q]{fill:%s}svg [stroke=%[1]q]{stroke:%[2]s}\n", c.Color.String(), c.Dark)
	}
	return b.String()
}
