package generator

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var (
	blue = color.RGBA{0x1f, 0x5f, 0xa8, 0xff}
	red  = color.RGBA{0xc0, 0x4a, 0x2b, 0xff}
	grey = color.RGBA{0x9a, 0x9a, 0x9a, 0xff}
)

func lines(t *testing.T, p *plot.Plot, name string, c color.Color, points plotter.XYs) {
	t.Helper()
	l, s, err := plotter.NewLinePoints(points)
	if err != nil {
		t.Fatal(err)
	}
	l.Color, s.Color = c, c
	l.Width = vg.Points(1.5)
	p.Add(l, s)
	p.Legend.Add(name, l, s)
}

func plotAges(t *testing.T) *plot.Plot {
	m, p := measure(), plot.New()
	var want, got plotter.XYs
	for i := range m.byAge {
		want = append(want, plotter.XY{X: float64(5 * i), Y: meanCost[i] * mean2023 / mean2015})
		got = append(got, plotter.XY{X: float64(5 * i), Y: m.byAge[i]})
	}
	p.Title.Text = "Cost of health care by age"
	p.X.Label.Text, p.Y.Label.Text = "age, classes of five years", "euro an insured year"
	p.Legend.Top, p.Legend.Left = true, true
	p.Add(plotter.NewGrid())
	lines(t, p, "Vektis 2015, raised to 2023", grey, want)
	lines(t, p, "this set", blue, got)
	return p
}

func plotWmo(t *testing.T) *plot.Plot {
	m, p := measure(), plot.New()
	p.Title.Text = "Provisions of a Wmo household"
	p.Y.Label.Text = "share of Wmo households, %"
	p.Legend.Top = true
	width := vg.Points(16)
	for i, s := range []struct {
		name string
		v    []float64
		c    color.Color
	}{{"Alkmaar 2023", alkmaar, grey}, {"Amersfoort 2023", amersfoort, red}, {"this set", m.wmoPerHousehold[:], blue}} {
		values := make(plotter.Values, len(s.v))
		for j, v := range s.v {
			values[j] = 100 * v
		}
		bars, err := plotter.NewBarChart(values, width)
		if err != nil {
			t.Fatal(err)
		}
		bars.Color, bars.LineStyle.Width, bars.Offset = s.c, 0, vg.Length(i-1)*width
		p.Add(bars)
		p.Legend.Add(s.name, bars)
	}
	p.NominalX("1", "2", "3", "4", "5", "6+")
	return p
}

func plotTail(t *testing.T) *plot.Plot {
	m, p := measure(), plot.New()
	total := 0.0
	for _, c := range m.perPerson {
		total += c
	}
	var got plotter.XYs
	sum, next := 0.0, 0.001
	for i := range m.perPerson {
		sum += m.perPerson[len(m.perPerson)-1-i]
		if share := float64(i+1) / float64(len(m.perPerson)); share >= next {
			got = append(got, plotter.XY{X: 100 * share, Y: 100 * sum / total})
			next = share * 1.25
		}
	}
	p.Title.Text = "Share of the costliest insured in the cost of health care"
	p.X.Label.Text, p.Y.Label.Text = "costliest share of the insured, % (log scale)", "share of cost, %"
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Min, p.Y.Max = 0, 100
	p.Legend.Top, p.Legend.Left = true, true
	p.Add(plotter.NewGrid())
	lines(t, p, "this set", blue, got)
	points(t, p, "Vektis 2016: 1% and 17%", red, plotter.XYs{{X: 1, Y: 25}, {X: 17, Y: 80}})
	return p
}

func points(t *testing.T, p *plot.Plot, name string, c color.Color, xys plotter.XYs) {
	t.Helper()
	s, err := plotter.NewScatter(xys)
	if err != nil {
		t.Fatal(err)
	}
	s.Color, s.Shape, s.Radius = c, draw.CircleGlyph{}, vg.Points(5)
	p.Add(s)
	p.Legend.Add(name, s)
}

// plotHouseholds shows how many households cost an amount or more.
func plotHouseholds(t *testing.T) *plot.Plot {
	m, p := measure(), plot.New()
	var got plotter.XYs
	for exponent := 3.0; exponent <= 5.5; exponent += 0.05 {
		at := math.Pow(10, exponent)
		i, _ := slices.BinarySearch(m.costs, at)
		got = append(got, plotter.XY{X: at, Y: 100 * float64(len(m.costs)-i) / float64(len(m.costs))})
	}
	p.Title.Text = "Households at an amount or more in 2025"
	p.X.Label.Text, p.Y.Label.Text = "euro a year (log scale)", "share of households, % (log scale)"
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.LogTicks{Prec: -1}
	p.Y.Min, p.Y.Max = 0.03, 100
	p.Legend.Left, p.Legend.XOffs = true, vg.Points(20)
	p.Add(plotter.NewGrid())
	lines(t, p, "this set", blue, got)
	points(t, p, "Twente: 0,37 to 0,55%", red, plotter.XYs{{X: 100000, Y: 0.37}, {X: 100000, Y: 0.43}, {X: 100000, Y: 0.55}})
	points(t, p, "programme's own estimate: 1,2%", grey, plotter.XYs{{X: 100000, Y: 1.2}})
	return p
}

// plotProvisions shows how many provisions a household has in half a year.
func plotProvisions(t *testing.T) *plot.Plot {
	m, p := measure(), plot.New()
	p.Title.Text = "Households with a number of provisions or more in half a year"
	p.Y.Label.Text = "share of households, %"
	p.Legend.Top = true
	values := make(plotter.Values, len(m.provisions)-1)
	for i := range values {
		for _, share := range m.provisions[i+1:] {
			values[i] += 100 * share
		}
	}
	bars, err := plotter.NewBarChart(values, vg.Points(28))
	if err != nil {
		t.Fatal(err)
	}
	bars.Color, bars.LineStyle.Width = blue, 0
	p.Add(bars)
	p.Legend.Add("this set", bars)
	points(t, p, "VNG, second half of 2023: 9,7% with two or more", red, plotter.XYs{{X: 1, Y: 9.7}})
	p.Y.Max = 25
	p.NominalX("1+", "2+", "3+", "4+", "5+", "6+", "7+")
	return p
}
