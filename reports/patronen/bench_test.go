package patronen

import (
	"context"
	"fmt"
	"testing"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/reporttest"
)

// BenchmarkPage reads the marts of a region and writes the page: 20.000 combinations, 5.000 ways, and 300 wijken over 8 quarters.
func BenchmarkPage(b *testing.B) {
	marts := fixture(b)
	var sets []Set
	for i := range 20_000 {
		low := float64(i%977) / 100
		sets = append(sets, Set{Combinatie: fmt.Sprintf("ggz+schulden+x%05d", i), N: 3, Basis: i%2 == 0, Huishoudens: int64(i), Lift: ref(low + 1), LiftLaag: ref(low), LiftHoog: ref(low + 2), Q: ref(0.01)})
	}
	var ways []Path
	var steps []Step
	for i := range 5_000 {
		w := Path{Cocktail: cocktailIDs()[i%3], Pad: fmt.Sprintf("ggz>x%04d", i), Huishoudens: int64(i), Mediaan: ref(9.0)}
		ways = append(ways, w)
		for s := range 3 {
			steps = append(steps, Step{Cocktail: w.Cocktail, Pad: w.Pad, Stap: int64(s + 1), Van: "ggz", Naar: "vol", Huishoudens: w.Huishoudens, Mediaan: ref(3.0)})
		}
	}
	var areas []Area
	for q := range 8 {
		for w := range 300 {
			for _, id := range cocktailIDs() {
				areas = append(areas, Area{Kwartaal: month("2024-01-01") + mart.Date(92*q), Cocktail: id, Gemeente: fmt.Sprintf("GM%04d", w%9), Wijk: fmt.Sprintf("WK%06d", w), Stand: Stand{Vol: int64(w)}})
			}
		}
	}
	marttest.Write(b, marts, "patroon", sets)
	marttest.Write(b, marts, "pad", ways)
	marttest.Write(b, marts, "pad_stap", steps)
	marttest.Write(b, marts, "trend_gebied", areas)
	w, err := testRun.Windows()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		f, err := Read(context.Background(), marts)
		if err != nil {
			b.Fatal(err)
		}
		if err := Write(reports.NewWriter(reporttest.Dir{}, reports.Analist), testRun, w, everything(), f); err != nil {
			b.Fatal(err)
		}
	}
}
