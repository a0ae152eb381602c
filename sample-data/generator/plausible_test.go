package generator

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

var update = flag.Bool("update", false, "write the plots and the table of the page on the synthetic data")

const page = "../../docs/sample-data.md"

// figure is a measured figure beside a published one. slack is how far they may lie apart, as a factor.
type figure struct {
	what, source   string
	published, got float64
	format         string
	low, high      float64
}

// near is a figure that may differ by a share of the published one.
func near(what string, published, slack, got float64, format, source string) figure {
	return figure{what, source, published, got, format, published * (1 - slack), published * (1 + slack)}
}

func figures() []figure {
	m := measure()
	sum, ideal, n := 0.0, 0.0, 0.0
	for i := range m.byAge {
		sum += m.byAge[i] * m.insuredYears[i]
		ideal += meanCost[i] * mean2023 / mean2015 * m.insuredYears[i]
		n += m.insuredYears[i]
	}
	list := []figure{
		{"households at 100.000 euro or more", "Twente 0,37 to 0,55%; 1,2% nationally (programme's own estimate)", 0.012, m.costly, "%.2f%%", 0.004, 0.012},
		near("cost of health care of the costliest 1% of the insured", 0.25, 0.15, m.top, "%.1f%%", "Vektis 2016"),
		near("mean cost of health care for this age structure, euro a year", ideal/n, 0.05, sum/n, "%.0f", "Vektis 2015 and 2023"),
		near("insured adults with ggz in a year", 0.065, 0.15, m.ggz, "%.1f%%", "Vektis factsheet ggz 2024: 949.000"),
		near("ggz, euro a patient a year", 5700, 0.1, m.ggzMean, "%.0f", "Vektis factsheet ggz 2024"),
		near("clients of Wmo a thousand inhabitants", 72, 0.15, m.wmo, "%.0f", "CBS 86050NED, 2024"),
		near("of whom help in the house", 31, 0.15, m.help, "%.0f", "CBS 86050NED, 2024"),
		near("of whom guidance and day care", 14, 0.2, m.guidance, "%.0f", "CBS 86050NED, 2024"),
		near("minors with jeugdhulp in half a year", 0.11, 0.15, m.youth, "%.1f%%", "CBS, first half of 2023"),
		{"of whom with residence", "CBS, first half of 2023: 36.000 of 384.000", 0.094, m.residence, "%.1f%%", 0.07, 0.12},
		near("persons with bijstand a thousand adults under 67", 37, 0.2, m.benefit, "%.0f", "CBS, end of 2023: 401.000"),
		near("vroegsignalen a thousand inhabitants a year", 40.5, 0.1, m.arrears, "%.1f", "Divosa, 2022"),
		{"households with two provisions or more in half a year", "VNG, second half of 2023; counts schemes that no feed has", 0.097, m.stacked, "%.1f%%", 0.07, 0.11},
	}
	for i, published := range alkmaar {
		slack := 0.04
		if i > 2 {
			slack = 0.015
		}
		label := []string{"one", "two", "three", "four", "five", "six or more"}[i]
		list = append(list, figure{"Wmo households with provisions: " + label, "CBS 83264NED, Alkmaar 2023", published, m.wmoPerHousehold[i], "%.1f%%",
			published - slack, published + slack})
	}
	return list
}

// Shares of Wmo households with 1, 2, ... 6 or more provisions in 2023 (CBS 83264NED).
var (
	alkmaar    = []float64{0.546, 0.292, 0.102, 0.034, 0.016, 0.010}
	amersfoort = []float64{0.544, 0.268, 0.114, 0.046, 0.019, 0.009}
)

// TestPlausible: the set looks like the published figures, each within the bounds that the page names.
func TestPlausible(t *testing.T) {
	for _, f := range figures() {
		if f.got < f.low || f.got > f.high {
			t.Errorf("%s: %.4g, want %.4g to %.4g", f.what, f.got, f.low, f.high)
		}
	}
	m := measure()
	for i, got := range m.byAge {
		if want := meanCost[i] * mean2023 / mean2015; math.Abs(got/want-1) > 0.15 {
			t.Errorf("cost of health care at %d: %.0f a year, want %.0f within 15%%", 5*i, got, want)
		}
	}
}

// TestPersistence: costs of one person in two years, and of two persons in one household, hang together as is stated.
func TestPersistence(t *testing.T) {
	m := measure()
	one := shareHousehold*shareHousehold + sharePerson*sharePerson + shareIllness*shareIllness*illnessLasts
	two := one - shareIllness*shareIllness*illnessLasts*(1-illnessLasts)
	for _, c := range []struct {
		what      string
		want, got float64
	}{{"one year on", one, m.oneYear}, {"two years on", two, m.twoYears}, {"in a household", shareHousehold * shareHousehold, m.inHousehold}} {
		if math.Abs(c.got-c.want) > 0.05 {
			t.Errorf("correlation %s: %.3f, stated %.3f", c.what, c.got, c.want)
		}
	}
	if total := shareHousehold*shareHousehold + sharePerson*sharePerson + shareIllness*shareIllness + shareYear*shareYear; math.Abs(total-1) > 0.01 {
		t.Errorf("the parts of z have variance %.3f together, want 1", total)
	}
}

// TestPage: the table and the plots of the page are those of this code.
func TestPage(t *testing.T) {
	var b strings.Builder
	b.WriteString("| figure | published | this set | may lie between | source |\n|---|---:|---:|---|---|\n")
	for _, f := range figures() {
		show := func(v float64) string {
			if strings.HasSuffix(f.format, "%%") {
				v *= 100
			}
			return fmt.Sprintf(f.format, v)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s and %s | %s |\n", f.what, show(f.published), show(f.got), show(max(0, f.low)), show(f.high), f.source)
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- measured -->\n", "<!-- /measured -->"
	before, rest, ok1 := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatal("the page has no place for the table")
	}
	hold(t, page, []byte(before+begin+b.String()+end+after))
	for name, p := range map[string]*plot.Plot{"synthetic-age.svg": plotAges(t), "synthetic-wmo.svg": plotWmo(t), "synthetic-tail.svg": plotTail(t),
		"synthetic-households.svg": plotHouseholds(t), "synthetic-provisions.svg": plotProvisions(t)} {
		c := vgsvg.New(16*vg.Centimeter, 9*vg.Centimeter)
		p.Draw(draw.New(c))
		var svg bytes.Buffer
		if _, err := c.WriteTo(&svg); err != nil {
			t.Fatal(err)
		}
		hold(t, filepath.Join("../../docs/img", name), svg.Bytes())
	}
}

// hold compares a file with what it should hold, or writes it.
func hold(t *testing.T, name string, want []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what this code gives; go test ./sample-data/generator -run TestPage -update writes it", filepath.Base(name))
	}
}
