package draw

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func charts(t testing.TB) map[string]Figure {
	t.Helper()
	out := map[string]Figure{}
	keep := func(f Figure) {
		out[f.ID] = f
	}
	ct := func(v int64) *int64 { return &v }
	keep(StackedBars("balken", "Kosten <per> domein", "Beschrijving & meer", []string{"a", "b"}, []Bar{
		{"1 <script>", []int64{100_00, 300_00}}, {"2", []int64{-50_00, 200_00}}, {"3", []int64{0, 0}}}))
	keep(StackedBars("leeg", "Geen kosten", "", []string{"a"}, []Bar{{"1", []int64{0}}}))
	keep(Curve("kromme", "Kromme", "d", []Point{{0, 0}, {0.1, 0.5}, {0.9, 1.02}, {1, 1}}, []Point{{0.1, 0.5}}))
	keep(GroupedBars("groepen", "Groepen", "d", []string{"vol", "dreigend"}, []Group{{Label: "x", Counts: []int64{0, 0}}, {Label: "y", Counts: []int64{12, 3456}}}))
	keep(GroupedBars("verborgen", "Groepen", "d", []string{"vol", "dreigend"}, []Group{{Label: "x", Counts: []int64{777, 5}, Hidden: []bool{true, false}}}))
	keep(CountLines("verloop", "Verloop", "d", []string{"mrt 2024", "jun 2024", "sep 2024"}, []Series{{Name: "vol", Values: []*int64{ct(40), nil, ct(1250)}},
		{Name: "dreigend", Values: []*int64{ct(40), ct(45), ct(1251)}}, {Name: "onbekend", Values: []*int64{nil, nil, nil}}}))
	keep(Dumbbells("plannen", "Plannen", "d", [3]string{"nu", "zonder", "met"}, []Dumbbell{
		{"C01", ct(20000_00), 90000_00, 63000_00}, {"C08", nil, 18000_00, 20500_00}}))
	keep(Intervals("kansen", "Kansen", "d", [2]string{"aandeel", "interval"}, []Interval{{"a & b", 0, 0, 0.975}, {"c", 0.05, 0.15, 0.33}}))
	keep(GroupedAmounts("bedragen", "Bedragen", "d", []string{"a"}, []Group{{Label: "x", Counts: []int64{123_456_00}}}))
	keep(Lines("lijnen", "Lijnen", "d", []string{"0", "1", "2", "3"}, []Series{{Name: "hier", Values: []*int64{ct(5), nil, ct(700_00), ct(900_00)}},
		{Name: "daar", Values: []*int64{ct(5), ct(7), nil, nil}, Reference: true}, {Name: "nergens", Values: []*int64{nil, nil, nil, nil}}}))
	share := func(v float64) *float64 { return &v }
	keep(Estimates("schattingen", "Schattingen", "d", "minder", "meer", []Estimate{{Label: "a & b", Value: ct(-900_00), Low: ct(-2000_00), High: ct(200_00)}, {Label: "c"},
		{Label: "d", Value: ct(5), Aside: true}}))
	keep(Estimates("geen", "Schattingen", "d", "minder", "meer", []Estimate{{Label: "c"}}))
	keep(Moments("maanden", "Maanden", "d", []Moment{{-3, ct(100_00), ct(-100_00), ct(300_00)}, {0, nil, nil, nil}, {3, ct(-900_00), nil, nil}}, []int64{-200_00, 200_00}))
	keep(Gaps("balans", "Balans", "d", [2]string{"voor", "na"}, 0.1, []Gap{{"x <y>", share(1.7), share(0.02)}, {"z", nil, share(-0.3)}}))
	keep(Levels("duur", "Duur", "d", "dagen", []Level{{10, 0.9, share(0.7), share(0.97), false}, {400, 0.2, nil, nil, true}}))
	keep(Strips("dekking", "Dekking", "d", time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), []Window{{"T0", 0, 4}},
		[]Strip{{"Wmo", []Cover{CoverYes, CoverNo, CoverUnknown, CoverAbsent}}}))
	return out
}

func TestChartsAreSafeXML(t *testing.T) {
	for id, f := range charts(t) {
		d := xml.NewDecoder(strings.NewReader(string(f.SVG)))
		names := map[string]int{}
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", id, err)
			}
			if start, ok := token.(xml.StartElement); ok {
				names[start.Name.Local]++
			}
		}
		if names["svg"] != 1 || names["title"] != 1 || names["desc"] != 1 || names["path"]+names["line"] == 0 || names["script"]+names["image"] > 0 {
			t.Errorf("%s: elements %v", id, names)
		}
		for _, bad := range []string{"http", "<script", "Liberation", "url(", "@import", "NaN", "Inf"} {
			if strings.Contains(string(f.SVG), bad) {
				t.Errorf("%s holds %s", id, bad)
			}
		}
	}
}

// TestWaterfall: every step has its amount, a stand is a bar from zero, what goes off is hatched, what comes in is open; nothing has no box. A step that
// is too small to see is drawn all the same.
func TestWaterfall(t *testing.T) {
	f := Waterfall("w", "Waterval", "d", []Step{{"grootboek & meer", 900_00, true}, {"eraf", -1000_00, false}, {"erbij", 50_00, false}, {"niets", 0, false}, {"een cent", 1, false}, {"over", -49_99, true}})
	svg := string(f.SVG)
	for _, want := range []string{"grootboek &amp; meer", ">900,00<", ">-1.000,00<", ">+50,00<", ">0,00<", ">+0,01<", ">-49,99<", `width="1.5"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in %s", want, svg)
		}
	}
	if bars, off, in := strings.Count(svg, `fill="`+Navy.String()), strings.Count(svg, `stroke="`+Rust.String()), strings.Count(svg, `stroke="`+Teal.String()); bars != 2 || off != 1 || in != 2 {
		t.Errorf("%d stands, %d off, %d in", bars, off, in)
	}
	if empty := Waterfall("w", "Waterval", "d", []Step{{"niets", 0, true}}); strings.Contains(string(empty.SVG), "NaN") {
		t.Error(empty.SVG)
	}
	if len(f.Legend) != 3 {
		t.Errorf("legend %v", f.Legend)
	}
}

// TestHiddenBars: what may not be shown has a dash and no bar; its number is nowhere.
func TestHiddenBars(t *testing.T) {
	svg := string(charts(t)["verborgen"].SVG)
	if strings.Contains(svg, "777") || !strings.Contains(svg, ">–</text>") || !strings.Contains(svg, ">5</text>") || strings.Count(svg, `fill="`+Navy.String()) != 0 {
		t.Error(svg)
	}
}

// TestCountLines: every number stands at its point, once where lines meet, and nothing else does; numbers do not cover each other.
func TestCountLines(t *testing.T) {
	svg := string(charts(t)["verloop"].SVG)
	var words []string
	at := map[string][]float64{} // by place from the left
	for _, m := range regexp.MustCompile(`<text x="([0-9.]+)" y="([0-9.]+)"[^>]*>([^<]*)</text>`).FindAllStringSubmatch(svg, -1) {
		if words = append(words, m[3]); strings.Contains(m[3], " ") {
			continue
		}
		y, err := strconv.ParseFloat(m[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range at[m[1]] {
			if math.Abs(y-other) < textSize {
				t.Errorf("%s covers another number", m[3])
			}
		}
		at[m[1]] = append(at[m[1]], y)
	}
	slices.Sort(words)
	if want := []string{"1.250", "1.251", "40", "45", "jun 2024", "mrt 2024", "sep 2024"}; !slices.Equal(words, want) {
		t.Errorf("%q, want %q", words, want)
	}
}

// TestFlow: a row of boxes per way, with the words of each step, how long it took, and a dotted arrow where that is not known; words break where they
// have to and stay in their box.
func TestFlow(t *testing.T) {
	f := Flow("wegen", "Wegen <x>", "d", []Lane{
		{Label: "45 huishoudens", Note: "samen 90 dagen", Share: 1, Steps: []FlowStep{{Words: []string{"schulden", "niet-passende begeleiding"}}, {Words: []string{"wonen"}, Delay: "90 dagen", Known: true},
			{Words: []string{"vol"}, Delay: "–"}}},
		{Label: "20 huishoudens", Share: 0.5, Steps: []FlowStep{{Words: []string{strings.Repeat("onafgebroken", 4)}}, {Words: []string{"vol"}, Delay: "5 dagen", Known: true}}}})
	svg := string(f.SVG)
	for want, n := range map[string]int{">schulden</text>": 1, ">+ niet-passende</text>": 1, ">begeleiding</text>": 1, ">90 dagen</text>": 1, ">–</text>": 1, `stroke-dasharray="3 3"`: 1,
		">vol</text>": 2, ">20 huishoudens</text>": 1, "…</text>": 1, "Wegen &lt;x&gt;": 1, `fill="` + White.String() + `">vol`: 2} {
		if got := strings.Count(svg, want); got != n {
			t.Errorf("%d times %q, want %d", got, want, n)
		}
	}
	if d := xml.NewDecoder(strings.NewReader(svg)); d.Decode(new(struct{})) != nil {
		t.Error("it is no XML")
	}
	many := make([]FlowStep, 9)
	for i := range many {
		many[i].Words = []string{"stap"}
	}
	if svg := string(Flow("lang", "t", "d", []Lane{{Label: "x", Steps: many}}).SVG); !strings.Contains(svg, `--breed:1794px`) {
		t.Error("a long way does not widen the drawing")
	}
}

func TestLongLabels(t *testing.T) {
	ticks := constantTicks([]float64{0, 1}, []string{"kort", strings.Repeat("é", 90)})
	if ticks[0].Label != "kort" || len([]rune(ticks[1].Label)) != longestLabel || !strings.HasSuffix(ticks[1].Label, "é…") {
		t.Errorf("labels %+v", ticks)
	}
}

func TestChartsAreEqual(t *testing.T) {
	a, b := charts(t), charts(t)
	for id := range a {
		if a[id].SVG != b[id].SVG {
			t.Errorf("%s differs between two renders", id)
		}
	}
}

func TestCostBar(t *testing.T) {
	got := string(CostBar([]int64{-100, 50, 0, 150}, 400))
	if strings.Count(got, "<rect") != 2 || !strings.Contains(got, `x="0.0" width="37.5"`) || !strings.Contains(got, `x="37.5" width="112.5"`) {
		t.Error(got)
	}
	if got := string(CostBar([]int64{5}, 0)); strings.Contains(got, "<rect") {
		t.Error(got)
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Int64Range(-1e12, 1e12), 1, 5).Draw(t, "parts")
		var full int64
		for _, p := range parts {
			full += max(0, p)
		}
		sum := 0.0
		for _, m := range regexp.MustCompile(` width="([0-9.]+)" height`).FindAllStringSubmatch(string(CostBar(parts, full)), -1) {
			w, err := strconv.ParseFloat(m[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			sum += w
		}
		if full > 0 && math.Abs(sum-300) > 0.5 {
			t.Fatalf("parts are %f wide, want 300", sum)
		}
	})
}

func TestEuroTicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e11, 0).Draw(t, "low")
		high := rapid.Float64Range(100_00, 1e13).Draw(t, "high")
		ticks := euroTicks(low, high)
		if len(ticks) < 2 || len(ticks) > 8 {
			t.Fatalf("%d ticks", len(ticks))
		}
		for i, tick := range ticks {
			if tick.Value < low-1 || tick.Value > high+1 || i > 0 && tick.Value <= ticks[i-1].Value {
				t.Fatalf("tick %d at %f", i, tick.Value)
			}
		}
	})
}

// TestColours holds that neighbouring parts of a bar differ in lightness, for grey prints, and that each stands out from the page by 3 to 1
// (contrast as in WCAG 2), by day and in the dark; words stand out by 4.5 to 1, on bars as well.
func TestColours(t *testing.T) {
	inDark := map[Color]Color{}
	for _, c := range dark {
		inDark[c.Color] = c.Dark
	}
	for name, shown := range map[string]func(Color) Color{"light": func(c Color) Color { return c }, "dark": func(c Color) Color {
		if d, ok := inDark[c]; ok {
			return d
		}
		t.Fatalf("%s has no colour in the dark", c)
		return c
	}} {
		apart := func(a, b Color, least float64) {
			t.Helper()
			x, y := luminance(shown(a)), luminance(shown(b))
			if ratio := (max(x, y) + 0.05) / (min(x, y) + 0.05); ratio < least {
				t.Errorf("%s: %s and %s: contrast %.2f, want %.2f", name, a, b, ratio, least)
			}
		}
		for _, set := range [][]Color{Domains, {Navy, Rust, Ash}} {
			for i, c := range set {
				apart(c, White, 3)
				if i > 0 {
					apart(set[i-1], c, 1.4)
				}
			}
		}
		for _, c := range []Color{Grey, Hatch, Full, Green, Plum} {
			apart(c, White, 3)
		}
		for _, words := range [][2]Color{{Ink, White}, {Muted, White}, {Ink, Panel}, {Muted, Panel}, {White, Grey}, {White, Full}, {White, Green}, {Ink, Half}, {Ink, Pale}} {
			apart(words[0], words[1], 4.5)
		}
	}
}

func luminance(c Color) float64 {
	lin := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// TestFlows: every amount stands in words, what is not known says so, and the longest bar is that of the largest amount, whatever its sign.
func TestFlows(t *testing.T) {
	ct := func(v int64) *int64 { return &v }
	f := Flows("stromen", "Stromen", "d", "wie", []string{"gemeente & co"}, []string{"a", "b", "c"}, [][]*int64{{ct(100_000_00), ct(-200_000_00), nil}})
	for _, want := range []string{"€\u00a0100.000<", "€\u00a0-200.000<", ">niet te zeggen<", "gemeente &amp; co", `width="130.0" height="9.0" fill="none"`, `width="65.0" height="9.0" fill="#14324f"`} {
		if !strings.Contains(string(f.SVG), want) {
			t.Errorf("no %q in %s", want, f.SVG)
		}
	}
}
