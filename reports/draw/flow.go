package draw

import (
	"fmt"
	"math"
	"strings"
)

// Lane is a row of Flow: a way from a first step to the end.
type Lane struct {
	Label string  // how many took it
	Note  string  // small print below it
	Share float64 // of the longest bar beside the label, 0 to 1
	Steps []FlowStep
}

// FlowStep is a step of a lane: what showed, each on a line of its own, and how long it took from the step before.
type FlowStep struct {
	Words []string
	Delay string // on the arrow before it; of the first step nothing
	Known bool   // the delay is a figure: the arrow is drawn through
}

// Places in a flow, in SVG units: four steps fit a window of 900 px.
const (
	flowLabel = 128.0
	flowBox   = 122.0
	flowArrow = 70.0
	flowLine  = 13.0
	flowGap   = 14.0
)

// Flow draws ways as rows of boxes with arrows between; the last box of a row is the end, and dark. Every row has its own places: boxes do not
// stand for moments.
func Flow(id, title, desc string, lanes []Lane) Figure {
	steps := 0
	for _, l := range lanes {
		steps = max(steps, len(l.Steps))
	}
	width := max(fullWidth, flowLabel+float64(steps)*flowBox+float64(max(steps-1, 0))*flowArrow+8)
	// What is left over goes to the arrows, so that rows end at the edge.
	arrow := flowArrow
	if steps > 1 {
		arrow = (width - 8 - flowLabel - float64(steps)*flowBox) / float64(steps-1)
	}
	var c Canvas
	y := 4.0
	for _, l := range lanes {
		height := 34.0
		wrapped := make([][]string, len(l.Steps))
		for i, s := range l.Steps {
			wrapped[i] = wrapAll(s.Words, flowBox-8)
			height = max(height, 10+flowLine*float64(len(wrapped[i])))
		}
		middle := y + height/2
		c.Text(0, middle-4, textSize, Start, bold(), l.Label)
		c.Text(0, middle+9, textSize, Start, Filled(Muted), l.Note)
		if l.Share > 0 {
			c.Rect(0, middle+14, max(1, math.Min(1, l.Share)*(flowLabel-20)), 4, Filled(Navy), "")
		}
		x := flowLabel
		for i, s := range l.Steps {
			if i > 0 {
				c.arrow(x, middle, arrow, s)
				x += arrow
			}
			fill, ink := Filled(Panel).Edged(Grey, 1), Filled(Ink)
			if i == len(l.Steps)-1 {
				fill, ink = Filled(Navy), Filled(White)
			}
			c.Rect(x, y, flowBox, height, fill, "")
			at := middle - flowLine*float64(len(wrapped[i]))/2 + flowLine - 3
			for _, line := range wrapped[i] {
				c.Text(x+flowBox/2, at, textSize, Middle, ink, line)
				at += flowLine
			}
			x += flowBox
		}
		y += height + flowGap
	}
	return c.Figure("stroom", id, title, desc, width, y-flowGap+6)
}

// arrow runs from x to the next box, with how long it took above it.
func (c *Canvas) arrow(x, y, length float64, s FlowStep) {
	line := Stroked(Ink, 1.4)
	if !s.Known {
		line.Dash = "3 3"
	}
	c.Path(fmt.Sprintf("M%.1f %.1fH%.1f", x+3, y, x+length-9), line)
	c.Path(fmt.Sprintf("M%.1f %.1fL%.1f %.1fL%.1f %.1fZ", x+length-3, y, x+length-11, y-4, x+length-11, y+4), Filled(Ink))
	c.Text(x+length/2-2, y-6, textSize, Middle, Filled(Ink), s.Delay)
}

func bold() Style {
	s := Filled(Ink)
	s.Bold = true
	return s
}

// wrapAll breaks words into lines of a width, each of a list on a line of its own.
func wrapAll(list []string, width float64) (lines []string) {
	for i, words := range list {
		if i > 0 {
			words = "+ " + words
		}
		last := ""
		for word := range strings.FieldsSeq(strings.ReplaceAll(words, "-", "- ")) {
			glue := " "
			if last == "" || strings.HasSuffix(last, "-") {
				glue = ""
			}
			if last != "" && TextWidth(last+glue+word, textSize) > width {
				lines = append(lines, last)
				last, glue = "", ""
			}
			last += glue + word
		}
		lines = append(lines, Fit(last, textSize, width))
	}
	return lines
}
