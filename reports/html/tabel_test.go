package html

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
	"stapel/reports/draw"
)

// interactive is a page with a table of every kind of column, in an order that no column has.
func interactive(t *testing.T) string {
	type row struct {
		Name, Status string
		Parts        []int64
		Ct           *int64
		Note, Since  string
	}
	ct := func(x int64) *int64 { return &x }
	rows := []row{
		{"h-10", "vol", []int64{100, 0}, ct(1_234_567_00), "5 van 1.032", "02-03-2025"},
		{"h-9", "dreigend", []int64{0, 50}, ct(-20_00), "12 van 30", "15-01-2025"},
		{"Één", "vol", []int64{10, 10}, ct(900_00), "–", "op of vóór 15-01-2025"},
		{"", "onbekend", []int64{1, 2}, nil, "onbekend", "31-12-2024"},
		{"h-2", "dreigend", []int64{3, 4}, ct(0), "0 van 3", ""},
		{"zorg en schulden", "vol", []int64{5, 6}, ct(900_00), "5 van 9", "01-02-2025"},
	}
	for i := range 4 {
		rows = append(rows, row{fmt.Sprintf("m%d", i), "nee", []int64{1, 1}, ct(int64(i+1) * 100), "1 van 9", "01-01-2025"})
	}
	return page(t, `<html lang="nl"><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src '{{scripthash}}'; img-src data:">
<link rel="icon" href="data:,"><title>t</title><style>.tabel{overflow-x:auto}table{white-space:nowrap}</style></head><body><main>
{{$t := (table "" "Proef" "Naam" "Status|kies" "Deel| breed" "Bedrag|bedrag" "Van|r" "Sinds|dagen").Interactive}}{{$t.Begin}}
{{- range .}}{{$t.Row (join (code (dash .Name)) (small "uitleg " .Status)) .Status (staaf .Parts 100) .Ct .Note (dash .Since)}}{{end}}{{$t.End}}
{{$t := (table "" "Kort" "A" "B|kies").Interactive}}{{$t.Begin}}{{$t.Row "x" "1"}}{{$t.Row "y" "2"}}{{$t.End}}
{{$t := table "" "Gewoon" "A" "B"}}{{$t.Begin}}{{$t.Row "x" "1"}}{{$t.End}}
</main><script>{{script}}</script></body></html>`, rows)
}

// columnOf lists the first words of a column, in the order of the rows that show.
const columnOf = `(i => [...document.querySelector("table").tBodies[0].rows].filter(r => !r.hidden).map(r => (r.cells[i].querySelector(".code") || r.cells[i]).innerText))(%d)`

func TestTablesInBrowser(t *testing.T) {
	o := browsertest.Open(t, []byte(interactive(t)))
	column := func(i int) []string { return browsertest.Eval[[]string](t, o, fmt.Sprintf(columnOf, i)) }
	do := func(script string) { o.Run(t, chromedp.Evaluate[chromedp.Void](script)) }
	click := func(i int) {
		do(fmt.Sprintf(`document.querySelectorAll("table")[0].tHead.rows[0].cells[%d].querySelector("button").click()`, i))
	}
	was := column(0)

	t.Run("what is added", func(t *testing.T) {
		for script, want := range map[string]string{
			`document.querySelectorAll("thead")[0].innerText.trim().split(/\s+/).join(" ")`:        "Naam Status Deel Bedrag Van Sinds",
			`[...document.querySelectorAll("thead button")].map(b => b.innerText).join(" ")`:       "Naam Status Bedrag Van Sinds A B",
			`[...document.querySelectorAll("label")].map(l => l.firstChild.data.trim()).join("|")`: "Zoek in deze tabel|Status", // a short table has nothing to search for
			`[...document.querySelectorAll("option")].map(o => o.text).join(" ")`:                  "alles dreigend nee onbekend vol",
			`[...document.querySelectorAll("[aria-sort]")].length + ""`:                            "0",
		} {
			if got := browsertest.Eval[string](t, o, script); got != want {
				t.Errorf("%s: %q, want %q", script, got, want)
			}
		}
	})

	// What is not known is last, up and down; what is equal keeps its place.
	t.Run("sorting", func(t *testing.T) {
		for _, c := range []struct {
			column   int
			up, down string
		}{
			{0, "Één h-2 h-9 h-10 m0 m1 m2 m3 zorg en schulden –", "zorg en schulden m3 m2 m1 m0 h-10 h-9 h-2 Één –"},
			{3, "-20 0 1 2 3 4 900 900 1.234.567 –", "1.234.567 900 900 4 3 2 1 0 -20 –"},
			{4, "0 van 3 1 van 9 1 van 9 1 van 9 1 van 9 5 van 1.032 5 van 9 12 van 30 – onbekend",
				"12 van 30 5 van 1.032 5 van 9 1 van 9 1 van 9 1 van 9 1 van 9 0 van 3 – onbekend"},
			{5, "31-12-2024 01-01-2025 01-01-2025 01-01-2025 01-01-2025 op of vóór 15-01-2025 15-01-2025 01-02-2025 02-03-2025 –",
				"02-03-2025 01-02-2025 15-01-2025 op of vóór 15-01-2025 01-01-2025 01-01-2025 01-01-2025 01-01-2025 31-12-2024 –"},
		} {
			o.Load(t, []byte(interactive(t)))
			click(c.column)
			if got := strings.Join(column(c.column), " "); got != c.up {
				t.Errorf("column %d up: %q, want %q", c.column, got, c.up)
			}
			click(c.column)
			if got := strings.Join(column(c.column), " "); got != c.down {
				t.Errorf("column %d down: %q, want %q", c.column, got, c.down)
			}
			if got := browsertest.Eval[string](t, o, `[...document.querySelectorAll("th")].map(h => h.getAttribute("aria-sort")).filter(x => x).join()`); got != "descending" {
				t.Errorf("aria-sort %q", got)
			}
		}
		click(3)
		if got := browsertest.Eval[string](t, o, `[...document.querySelectorAll("[aria-sort]")].map(h => h.innerText.trim() + " " + h.getAttribute("aria-sort")).join()`); got != "Bedrag ascending" {
			t.Errorf("aria-sort %q", got)
		}
	})

	t.Run("rows keep their bars", func(t *testing.T) {
		const rows = `Object.fromEntries([...document.querySelector("table").tBodies[0].rows].map(r => [r.cells[0].innerText, r.innerHTML]))`
		o.Load(t, []byte(interactive(t)))
		before := browsertest.Eval[map[string]string](t, o, rows)
		click(3)
		after := browsertest.Eval[map[string]string](t, o, rows)
		if len(before) != len(was) || len(after) != len(before) {
			t.Fatalf("%d rows became %d", len(before), len(after))
		}
		for name, text := range before {
			if after[name] != text || !strings.Contains(text, `class="staaf"`) {
				t.Errorf("row %q changed, or has no bar", name)
			}
		}
	})

	t.Run("searching and choosing", func(t *testing.T) {
		o.Load(t, []byte(interactive(t)))
		for _, c := range []struct{ search, choose, want, count string }{
			{"", "", strings.Join(was, " "), ""},
			{"een", "", "Één", "1 van 10 rijen"},
			{"  SCHULDEN   zorg ", "", "zorg en schulden", "1 van 10 rijen"},
			{"h- 2025", "", "h-10 h-9", "2 van 10 rijen"},
			{"bestaat niet", "", "", "0 van 10 rijen"},
			{"", "vol", "h-10 Één zorg en schulden", "3 van 10 rijen"},
			{"h-", "vol", "h-10", "1 van 10 rijen"},
			{"", "", strings.Join(was, " "), ""},
		} {
			do(fmt.Sprintf(`(() => { for (const [at, is] of [["input", %q], ["select", %q]]) {
				const field = document.querySelector(at);
				if (at === "select") field.selectedIndex = Math.max(0, [...field.options].findIndex(o => o.text === is)); else field.value = is;
				field.dispatchEvent(new Event("input", {bubbles: true}));
			} })()`, c.search, c.choose))
			if got := strings.Join(column(0), " "); got != c.want {
				t.Errorf("%q and %q: rows %q, want %q", c.search, c.choose, got, c.want)
			}
			if got := browsertest.Eval[string](t, o, `document.querySelector("[role=status]").textContent`); got != c.count {
				t.Errorf("%q and %q: it says %q, want %q", c.search, c.choose, got, c.count)
			}
		}
	})

	// Tab goes to the field, the choice and the headings; Enter and space sort, letters search.
	t.Run("keys", func(t *testing.T) {
		o.Load(t, []byte(interactive(t)))
		var stops []string
		for range 7 {
			o.Run(t, chromedp.KeyEvent("\t"))
			stops = append(stops, browsertest.Eval[string](t, o, `document.activeElement.tagName + " " + (document.activeElement.labels ? document.activeElement.labels[0] || document.activeElement : document.activeElement).firstChild.data.trim()`))
			switch len(stops) {
			case 1:
				o.Run(t, chromedp.KeyEvent("m"))
			case 3:
				o.Run(t, chromedp.KeyEvent("\r"), chromedp.KeyEvent("\r"))
			case 4:
				o.Run(t, chromedp.KeyEvent(" "), chromedp.KeyEvent(" "))
			}
		}
		want := []string{"INPUT Zoek in deze tabel", "SELECT Status", "BUTTON Naam", "BUTTON Status", "BUTTON Bedrag", "BUTTON Van", "BUTTON Sinds"}
		if !slices.Equal(stops, want) {
			t.Errorf("stops %q, want %q", stops, want)
		}
		if got := strings.Join(column(0), " "); got != "m3 m2 m1 m0" { // by name, and those of one status keep their order
			t.Errorf("rows %q", got)
		}
		if got := browsertest.Eval[string](t, o, `document.querySelector("[aria-sort]").innerText.trim() + " " + document.querySelector("[aria-sort]").getAttribute("aria-sort")`); got != "Status descending" {
			t.Errorf("sorted by %s", got)
		}
	})

	// What scrolls is a stop with a name; what fits is not.
	t.Run("scrolling", func(t *testing.T) {
		o.Load(t, []byte(interactive(t)))
		const areas = `new Promise(done => requestAnimationFrame(() => setTimeout(() => done([...document.querySelectorAll(".tabel")].map(a => a.tabIndex + " " + a.getAttribute("role") + " " + a.getAttribute("aria-label")).join("|")))))`
		for _, c := range []struct {
			width int64
			want  string
		}{{1280, "-1 null null|-1 null null|-1 null null"}, {200, "0 region Proef, tabel|-1 null null|-1 null null"}, {1280, "-1 null null|-1 null null|-1 null null"}} {
			o.Run(t, chromedp.EmulateViewport(c.width, 900))
			if got := browsertest.Await[string](t, o, areas); got != c.want {
				t.Errorf("at %d: %s, want %s", c.width, got, c.want)
			}
		}
	})
	o.Quiet(t)
	browsertest.OnlyOwnScript(t, o, []byte(interactive(t)))
}

// TestFirstWords: a bar has no words of its own, so that a column of bars and amounts is sorted by the words beside them.
func TestFirstWords(t *testing.T) {
	if bar := string(draw.CostBar([]int64{5, 5}, 10)); strings.Contains(bar, "<title") {
		t.Error(bar)
	}
}
