package draw

import (
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg/draw"

	"stapel/reports/nl"
)

// MonthBars draws amounts as a bar a month, first month on the left; parts of a month are eurocents, one for each name. What credits make
// negative hangs below zero.
func MonthBars(id, title, desc string, names []string, first time.Time, months [][]int64) Figure {
	p := newPlot()
	low, high := 0.0, 100.0
	for _, parts := range months {
		neg, pos := stack(parts, func(int, float64, float64) {})
		low, high = min(low, neg), max(high, pos)
	}
	p.X.Min, p.X.Max = 0, float64(max(1, len(months)))
	p.Y.Min, p.Y.Max = low, high*1.03
	p.X.LineStyle.Width, p.X.Tick.Length = 0, 0
	var ticks plot.ConstantTicks
	for m := 0; m < len(months); m += 6 {
		ticks = append(ticks, plot.Tick{Value: float64(m) + 0.5, Label: nl.Month(first.AddDate(0, m, 0))})
	}
	p.X.Tick.Marker, p.Y.Tick.Marker = ticks, euroTicks(low, high)
	p.Add(grid(false, true), plotterFunc(func(c draw.Canvas, p *plot.Plot) {
		x, y := p.Transforms(&c)
		for m, parts := range months {
			stack(parts, func(k int, from, to float64) { box(c, Domain(k), x(float64(m)+0.1), y(from), x(float64(m)+0.9), y(to)) })
		}
	}))
	fig := chart(id, title, desc, fullWidth, 230, p)
	fig.Legend = DomainKeys(names)
	return fig
}
