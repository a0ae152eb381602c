package browsertest

import (
	"math"
	"testing"
)

// TestSheets: what a page's drawing says of how far down its lowest mark is. Clips, white boxes and what is in the margin do not count.
func TestSheets(t *testing.T) {
	const page = ".24 0 0 -.24 0 841.92 cm\nq\n3.125 0 0 3.125 0 0 cm\n1 1 1 RG 1 1 1 rg\n0 0 688 1100 re\nf\n0 0 0 rg\nBT\n/F4 10 Tf\n1 0 0 -1 700 1096 Tm\n<0014> Tj\nET\nQ\nq\n0 0 9 3000 re\nW* n\nQ\n"
	for name, c := range map[string]struct {
		drawn string
		want  float64
	}{
		"nothing": {"", 0},
		"words":   {"BT\n/F6 12 Tf\n1 0 0 -1 18 1000 Tm\n<0036> Tj\nET\n", 240},
		"box":     {"0 0 0 rg\n0 500 10 700 re\nf\n", 288},
		"line":    {"q\n2 0 0 2 0 0 cm\n0 0 m\n5 800 l\nS\nQ\n", 384},
		"turned":  {"q\n0 1 -1 0 100 100 cm\nBT\n1 0 0 -1 400 0 Tm\nET\nQ\n", 120},
		"white":   {"1 1 1 rg\n0 0 5 2000 re\nf\n", 0},
	} {
		if got := lowest(page+c.drawn, 841.92, 45); math.Abs(got-c.want) > 0.01 {
			t.Errorf("%s: %.2f, want %.2f", name, got, c.want)
		}
	}
	o := Open(t, []byte(`<style>@page{size:A4;margin:20mm}</style><div style="height:100mm;background:#000;print-color-adjust:exact"></div><p style="break-before:page">een</p>`))
	sheets := Sheets(t, o.PDF(t), 50)
	if len(sheets) != 2 || math.Abs(sheets[0].Width-595) > 1 || sheets[0].Full(56.7, 56.7) < 0.38 || sheets[0].Full(56.7, 56.7) > 0.40 || sheets[1].Full(56.7, 56.7) > 0.06 || sheets[1].Lowest < 60 {
		t.Errorf("sheets %+v", sheets)
	}
}
