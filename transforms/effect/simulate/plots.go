package main

import (
	"image/color"
	"os"
	"path/filepath"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"stapel/transforms/effect/world"
)

var colors = map[world.Selection]color.Color{world.ByLottery: color.RGBA{0, 90, 160, 255}, world.ByData: color.RGBA{0, 130, 90, 255},
	world.FieldAcute: color.RGBA{200, 80, 0, 255}, world.FieldChronic: color.RGBA{130, 40, 130, 255}}

// plots draws coverage, power and bias against the number of households.
func plots(dir string, cells []*cell) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, of := range []struct {
		name, title, unit string
		value             func(c *cell) float64
		keep              func(c *cell) bool
		lines             []float64
	}{
		{"effect-coverage.svg", "Intervals that hold the truth, with an effect", "%", func(c *cell) float64 { return 100 * c.primary.coverage() },
			func(c *cell) bool { return c.effect != 0 }, []float64{93, 97}},
		{"effect-power.svg", "Intervals below 0, with an effect", "%", func(c *cell) float64 { return 100 * c.primary.power() },
			func(c *cell) bool { return c.effect != 0 }, nil},
		{"effect-bias.svg", "Before and after, without an effect: mean", "euros a household a year",
			func(c *cell) float64 { return stat.Mean(c.naive.estimates, nil) },
			func(c *cell) bool { return c.effect == 0 }, []float64{0}},
	} {
		p := plot.New()
		p.Title.Text, p.X.Label.Text, p.Y.Label.Text = of.title, "households treated", of.unit
		p.Legend.Top = true
		p.Add(plotter.NewGrid())
		for _, v := range of.lines {
			line, err := plotter.NewLine(plotter.XYs{{X: 0, Y: v}, {X: 160, Y: v}})
			if err != nil {
				return err
			}
			line.Dashes = []vg.Length{vg.Points(4), vg.Points(3)}
			p.Add(line)
		}
		for _, by := range selections {
			var points plotter.XYs
			for _, c := range cells {
				if c.by == by && of.keep(c) {
					points = append(points, plotter.XY{X: float64(c.n), Y: of.value(c)})
				}
			}
			line, dots, err := plotter.NewLinePoints(points)
			if err != nil {
				return err
			}
			line.Color, dots.Color, dots.Shape = colors[by], colors[by], draw.CircleGlyph{}
			p.Add(line, dots)
			p.Legend.Add(string(by), line, dots)
		}
		if err := p.Save(16*vg.Centimeter, 9*vg.Centimeter, filepath.Join(dir, of.name)); err != nil {
			return err
		}
	}
	return nil
}
