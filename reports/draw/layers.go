package draw

import "fmt"

// Layer is a column of Layers: what stands in it, under a heading.
type Layer struct {
	Head  string
	Boxes []string
}

// Places in layers, in SVG units.
const (
	layerBox  = 146.0
	layerHigh = 17.0
	layerStep = 21.0
	layerTop  = 24.0
)

// Layers draws columns of boxes, from left to right, with a line for each pair of boxes of neighbouring columns of which the right one is made of the left one.
// Each column stands in the middle. The first has thick edges, the last is dark, so that grey paper shows which is which; names are unique in their column.
func Layers(id, title, desc string, layers []Layer, edges [][2]string) Figure {
	most := 0
	for _, l := range layers {
		most = max(most, len(l.Boxes))
	}
	gap := (fullWidth - 4 - float64(len(layers))*layerBox) / float64(max(len(layers)-1, 1))
	at := make([]map[string]float64, len(layers)) // the middle of each box
	for i, l := range layers {
		at[i] = map[string]float64{}
		for j, name := range l.Boxes {
			at[i][name] = layerTop + (float64(most-len(l.Boxes))/2+float64(j))*layerStep + layerHigh/2
		}
	}
	x := func(i int) float64 { return 2 + float64(i)*(layerBox+gap) }
	var c Canvas
	for _, e := range edges {
		for i := range len(layers) - 1 {
			from, ok := at[i][e[0]]
			to, also := at[i+1][e[1]]
			if ok && also {
				a, b := x(i)+layerBox, x(i+1)
				c.Path(fmt.Sprintf("M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f", a, from, a+gap/2, from, b-gap/2, to, b, to), Stroked(Grey, 0.8))
			}
		}
	}
	for i, l := range layers {
		c.Text(x(i), 12, textSize, Start, bold(), l.Head)
		for _, name := range l.Boxes {
			box, ink := Filled(White).Edged(Navy, 0.8), Filled(Ink)
			switch i {
			case 0:
				box = Filled(Panel).Edged(Navy, 1.8)
			case len(layers) - 1:
				box, ink = Filled(Navy), Filled(White)
			}
			c.Rect(x(i), at[i][name]-layerHigh/2, layerBox, layerHigh, box, name)
			c.Text(x(i)+5, at[i][name]+4, textSize, Start, ink, Fit(name, textSize, layerBox-8))
		}
	}
	return c.Figure("", id, title, desc, fullWidth, layerTop+float64(most)*layerStep+4)
}
