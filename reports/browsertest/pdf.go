package browsertest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Sheet is a page of a PDF, in points.
type Sheet struct {
	Width, Height float64
	Lowest        float64 // how far down the lowest mark is, what stands in the margin aside
}

// Full is how far a page is filled, from 0 to 1, between margins of so many points.
func (s Sheet) Full(top, bottom float64) float64 {
	return max(0, s.Lowest-top) / (s.Height - top - bottom)
}

var (
	pdfPages    = regexp.MustCompile(`/MediaBox \[0 0 (\S+) (\S+)\](?:\s*/Annots \[[^\]]*\])?\s*/Contents (\d+) 0 R`)
	pdfContents = regexp.MustCompile(`/Length (\d+)>> stream\n`)
)

// Sheets reads the pages of a PDF as Chromium writes it: plain objects, each page one stream that is drawn in order. Marks below the
// margin at the bottom, page numbers for one, do not count.
func Sheets(t testing.TB, pdf []byte, bottom float64) []Sheet {
	t.Helper()
	var sheets []Sheet
	for _, m := range pdfPages.FindAllSubmatch(pdf, -1) {
		at := bytes.Index(pdf, []byte("\n"+string(m[3])+" 0 obj\n"))
		if at < 0 {
			t.Fatalf("the PDF has no object %s", m[3])
		}
		head := pdfContents.FindSubmatchIndex(pdf[at:])
		if head == nil {
			t.Fatalf("object %s of the PDF is no stream", m[3])
		}
		r, err := zlib.NewReader(bytes.NewReader(pdf[at+head[1]:]))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		s := Sheet{Width: number(string(m[1])), Height: number(string(m[2]))}
		s.Lowest = lowest(string(text), s.Height, bottom)
		sheets = append(sheets, s)
	}
	return sheets
}

func number(s string) float64 {
	x, _ := strconv.ParseFloat(s, 64) // what is no number is an operand that does not matter
	return x
}

// lowest follows a page's drawing: transforms, colours, shapes and lines of words.
func lowest(text string, height, bottom float64) float64 {
	type state struct {
		turn  [6]float64
		white bool
	}
	now := state{turn: [6]float64{1, 0, 0, 1, 0, 0}}
	var stack []state
	var operands []string
	var path []float64 // y of its points, from the top
	down := 0.0
	y := func(x, y float64) float64 { return height - (now.turn[1]*x + now.turn[3]*y + now.turn[5]) }
	mark := func(at float64) {
		if at <= height-bottom {
			down = max(down, at)
		}
	}
	for _, token := range strings.Fields(text) {
		arg := func(fromEnd int) float64 {
			if len(operands) < fromEnd {
				return 0
			}
			return number(operands[len(operands)-fromEnd])
		}
		switch token {
		case "q":
			stack = append(stack, now)
		case "Q":
			now, stack = stack[len(stack)-1], stack[:len(stack)-1]
		case "cm":
			m, n := now.turn, [6]float64{arg(6), arg(5), arg(4), arg(3), arg(2), arg(1)}
			now.turn = [6]float64{m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
				m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5]}
		case "rg":
			now.white = arg(1) == 1 && arg(2) == 1 && arg(3) == 1
		case "m", "l":
			path = append(path, y(arg(2), arg(1)))
		case "re":
			path = append(path, y(arg(4), arg(3)), y(arg(4), arg(3)+arg(1)))
		case "f", "f*":
			for _, at := range path {
				if !now.white {
					mark(at)
				}
			}
			path = nil
		case "S":
			for _, at := range path {
				mark(at)
			}
			path = nil
		case "n":
			path = nil
		case "Tm":
			mark(y(arg(2), arg(1)))
		default:
			operands = append(operands, token)
			continue
		}
		operands = operands[:0]
	}
	return down
}
