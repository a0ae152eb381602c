package estimate

import (
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"testing"
)

// readCounties reads testdata/mpdta.csv, which is not kept here for its licence: put it there with R's write.csv(did::mpdta, "mpdta.csv", row.names = FALSE).
func readCounties(t *testing.T) StaggeredPanel {
	file, err := os.Open("testdata/mpdta.csv")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("there is no testdata/mpdta.csv")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	value := func(line []string, name string) float64 {
		v, err := strconv.ParseFloat(line[slices.Index(lines[0], name)], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	p := StaggeredPanel{Times: []int{2003, 2004, 2005, 2006, 2007}, Y: make([][]float64, 5), X: make([][]float64, 1)}
	county := map[float64]int{}
	for _, line := range lines[1:] {
		id := value(line, "countyreal")
		if _, ok := county[id]; !ok {
			county[id] = len(p.First)
			first := int(value(line, "first.treat"))
			if first == 0 {
				first = NeverTreated
			}
			p.First, p.X[0] = append(p.First, first), append(p.X[0], value(line, "lpop"))
			for k := range p.Y {
				p.Y[k] = append(p.Y[k], 0)
			}
		}
		p.Y[int(value(line, "year"))-2003][county[id]] = value(line, "lemp")
	}
	return p
}

// TestStaggeredCountiesDoublyRobust: given log population, doubly robust, what F. Rios-Avila prints for Stata's csdid, method(dripw), in its first
// documentation (2021), to all seven digits.
func TestStaggeredCountiesDoublyRobust(t *testing.T) {
	f, err := Staggered(readCounties(t), StaggeredOptions{Draws: -1})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range [][2]float64{{-.0145297, .0221292}, {-.0764219, .0286713}, {-.1404483, .0353782}, {-.1069039, .0328865},
		{-.0004721, .0222234}, {-.0062025, .0184957}, {.0009606, .0194002}, {-.0412939, .0197211},
		{.0267278, .0140657}, {-.0045766, .0157178}, {-.0284475, .0181809}, {-.0287814, .016239}} {
		if c := f.Cells[k]; !roundsTo(c.ATT, want[0], 7) || !roundsTo(c.SE, want[1], 7) {
			t.Errorf("%+v, want %v", c, want)
		}
	}
	simple, err := f.Summary(SummarySimple)
	if err != nil || !roundsTo(simple.Overall.ATT, -.0417518, 7) || !roundsTo(simple.Overall.SE, .0115028, 7) ||
		!roundsTo(simple.Overall.Low, -.0642969, 7) || !roundsTo(simple.Overall.High, -.0192066, 7) {
		t.Errorf("simple: %+v %v", simple, err)
	}
	for kind, parts := range map[StaggeredSummary][][2]float64{
		SummaryCalendar: {{-.0145297, .0221292}, {-.0764219, .0286713}, {-.0461757, .0212107}, {-.0395822, .0129299}},
		SummaryGroup:    {{-.0845759, .0245649}, {-.0201666, .0174696}, {-.0287814, .016239}},
		SummaryDynamic: {{.0267278, .0140657}, {-.0036165, .0129283}, {-.023244, .0144851}, {-.0210604, .0114942}, {-.0530032, .0163465},
			{-.1404483, .0353782}, {-.1069039, .0328865}},
	} {
		s, err := f.Summary(kind)
		if err != nil || len(s.Parts) != len(parts) {
			t.Fatalf("%s: %+v %v", kind, s, err)
		}
		for k, want := range parts {
			if !roundsTo(s.Parts[k].ATT, want[0], 7) || !roundsTo(s.Parts[k].SE, want[1], 7) {
				t.Errorf("%s: %+v, want %v", kind, s.Parts[k], want)
			}
		}
	}
	if w, df, p, err := f.PreTest(); err != nil || df != 5 || !roundsTo(w, 6.84, 2) || !roundsTo(p, 0.2327, 4) {
		t.Errorf("test of trends: %v %d %v %v", w, df, p, err)
	}
}
