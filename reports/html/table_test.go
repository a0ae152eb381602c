package html

import (
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
)

// page writes a template.
func page(t *testing.T, text string, data any) string {
	t.Helper()
	var b strings.Builder
	if err := Execute(&b, fstest.MapFS{"a.tmpl": {Data: []byte(`{{define "m"}}` + text + `{{end}}`)}}, "m", data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestTable: headings, places and formats of every kind of column; what is empty is a dash, what comes from data is text.
func TestTable(t *testing.T) {
	ct, share, day := int64(-123456), 0.5, mart.Date(20453)
	type row struct {
		Name  string
		N     int
		Ct    *int64
		Share *float64
		Day   *mart.Date
		First mart.Date
	}
	rows := []row{{"a <b> + 'c'", 1234, &ct, &share, &day, day}, {"", 0, nil, nil, nil, day}}
	got := page(t, `{{$t := table "smal" "Euro's & meer" "Wat|breek" "Getal|getal" "Heel|bedrag sterk" "Centen|centen" "Euro|euro" "Deel|procent" "Cijfer|cijfer" "Dag|datum" "Maand|maand" "Vrij" "Al|r"}}`+
		`{{$t.Begin}}{{range .}}{{$t.Row .Name .N .Ct .Ct .Ct .Share .Share .First .Day (join .Name (small "x") (code "<") br) "-"}}{{end}}{{$t.End "noot" (bold "let op")}}`, rows)
	want := `<div class="tabel"><table class="smal"><caption>Euro's &amp; meer</caption>
<thead><tr><th scope="col">Wat</th><th scope="col" class="r">Getal</th><th scope="col" class="r">Heel</th><th scope="col" class="r">Centen</th><th scope="col" class="r">Euro</th>` +
		`<th scope="col" class="r">Deel</th><th scope="col" class="r">Cijfer</th><th scope="col">Dag</th><th scope="col">Maand</th><th scope="col">Vrij</th><th scope="col" class="r">Al</th></tr></thead>
<tbody><tr><th scope="row" class="breek">a &lt;b&gt; &#43; &#39;c&#39;</th><td class="r">1.234</td><td class="r sterk">-1.235</td><td class="r">-1.234,56</td><td class="r">€` + "\u00a0" + `-1.235</td>` +
		`<td class="r">50,0%</td><td class="r">0,5</td><td class="dagen">31-12-2025</td><td>dec` + "\u00a0" + `2025</td><td>a &lt;b&gt; &#43; &#39;c&#39;<small>x</small><span class="code">&lt;</span><br></td><td class="r">-</td></tr>` +
		`<tr><td class="breek"></td><td class="r">0</td><td class="r sterk">–</td><td class="r">–</td><td class="r">–</td><td class="r">–</td><td class="r">–</td>` +
		`<td class="dagen">31-12-2025</td><td>–</td><td><small>x</small><span class="code">&lt;</span><br></td><td class="r">-</td></tr></tbody></table></div>
<p class="toelichting">noot</p>
<p class="toelichting"><strong>let op</strong></p>`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestTableShapes: headings over more columns, cells over more rows and columns, rows of a class, groups, a heading in another column.
func TestTableShapes(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"above": {`{{$t := (table "" "x" "" "A|getal|Samen" "B|getal|Samen" "C").Bare}}{{$t.Begin}}{{$t.RowIn "totaal" "r" 1 2 ""}}{{$t.End}}`,
			`<div class="tabel los"><table><caption>x</caption>
<thead><tr><td rowspan="2"></td><th scope="colgroup" colspan="2" class="m">Samen</th><th scope="col" rowspan="2">C</th></tr>
<tr><th scope="col" class="r">A</th><th scope="col" class="r">B</th></tr></thead>
<tbody><tr class="totaal"><th scope="row">r</th><td class="r">1</td><td class="r">2</td><td></td></tr></tbody></table></div>`},
		"rows": {`{{$t := (table "" "x" "A" "B|getal" "C").Bare}}{{$t.Head}}<tbody>{{$t.Row (first true 2 "a") 1 (first true 2 "c")}}{{$t.Row (first false 2 "") 2 (first false 2 "")}}</tbody>{{$t.Foot}}`,
			`<div class="tabel los"><table><caption>x</caption>
<thead><tr><th scope="col">A</th><th scope="col" class="r">B</th><th scope="col">C</th></tr></thead>
<tbody><tr><th scope="rowgroup" rowspan="2">a</th><td class="r">1</td><td rowspan="2">c</td></tr><tr><td class="r">2</td></tr></tbody></table></div>`},
		"columns": {`{{$t := (table "" "x" "Nr|getal" "A" "B|dagen").Bare}}{{$t.Begin}}{{$t.Row 1 (span 2 "ab")}}{{$t.Group "<g>"}}{{$t.End}}`,
			`<div class="tabel los"><table><caption>x</caption>
<thead><tr><th scope="col" class="r">Nr</th><th scope="col">A</th><th scope="col">B</th></tr></thead>
<tbody><tr><td class="r">1</td><th scope="row" colspan="2">ab</th></tr><tr class="groep"><th scope="rowgroup" colspan="3" class="r">&lt;g&gt;</th></tr></tbody></table></div>`},
		"markup": {`{{$t := (table "" "x" "A" (column "getal" (abbr "B" "b & 'b'"))).Bare}}{{$t.Begin}}{{$t.Row "" nil}}{{$t.End}}`,
			`<div class="tabel los"><table><caption>x</caption>
<thead><tr><th scope="col">A</th><th scope="col" class="r"><abbr title="b &amp; &#39;b&#39;">B</abbr></th></tr></thead>
<tbody><tr><td></td><td class="r">–</td></tr></tbody></table></div>`},
		"made": {`{{$t := (tableof "" .C .K).Bare}}{{$t.Begin}}{{$t.RowOf "" .R}}{{$t.End}}`,
			`<div class="tabel los"><table><caption>&lt;c&gt;</caption>
<thead><tr><th scope="col">&lt;k&gt;</th><th scope="col" class="r">n</th></tr></thead>
<tbody><tr><th scope="row">x</th><td class="r">7</td></tr></tbody></table></div>`},
	} {
		got := page(t, c.text, map[string]any{"C": "<c>", "K": []string{"<k>", "n|getal"}, "R": []any{"x", int64(7)}})
		if got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
	if got := part("x", 3, 9) + "; " + part("x", 9, 9); got != "x, 3 van 9; x" {
		t.Error(got)
	}
}

// TestWithheldCells: in a table that hides, what is empty is a dash that is read out as what it is; a zero is a zero.
func TestWithheldCells(t *testing.T) {
	hidden := `<span class="verborgen"><span aria-hidden="true" title="minder dan 10 of niet te tonen">–</span><span class="lezer">minder dan 10 of niet te tonen</span></span>`
	var none *int64
	got := page(t, `{{$t := ((table "" "x" "A" "B|getal" "C|r").Withheld).Bare}}{{$t.Begin}}{{$t.Row "a" .None nil}}{{$t.Row nil 0 ""}}{{$t.End}}{{hidden}}`, map[string]any{"None": none})
	if want := `<tbody><tr><th scope="row">a</th><td class="r">` + hidden + `</td><td class="r">` + hidden + `</td></tr><tr><th scope="row">` + hidden +
		`</th><td class="r">0</td><td class="r"></td></tr></tbody></table></div>` + hidden; !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant at the end\n%s", got, want)
	}
}

// TestTableRefuses: rows of too few or too many cells, kinds that do not exist, and values that do not belong in their column.
func TestTableRefuses(t *testing.T) {
	for text, want := range map[string]string{
		`{{$t := table "" "x" "A" "B"}}{{$t.Row 1}}`:              "een rij van 1 cellen onder 2 kolommen",
		`{{$t := table "" "x" "A" "B"}}{{$t.Row 1 2 3}}`:          "een rij van 3 cellen onder 2 kolommen",
		`{{$t := table "" "x" "A" "B"}}{{$t.Row (span 3 1)}}`:     "een rij van 1 cellen onder 2 kolommen",
		`{{table "" "x" "A|geld"}}`:                               `er is geen soort kolom "geld"`,
		`{{$t := table "" "x" "A" "B|getal"}}{{$t.Row 1 "twee"}}`: "een waarde van type string past niet",
		`{{$t := table "" "x" "A" "B|procent"}}{{$t.Row 1 50}}`:   "een waarde van type int past niet",
		`{{$t := table "" "x" "A" "B|datum"}}{{$t.Row 1 20453}}`:  "een waarde van type int past niet",
		`{{$t := table "" "x" "A" "B|bedrag"}}{{$t.Row 1 12.5}}`:  "een waarde van type float64 past niet",
	} {
		err := Execute(io.Discard, fstest.MapFS{"a.tmpl": {Data: []byte(`{{define "m"}}` + text + `{{end}}`)}}, "m", nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %q", text, err, want)
		}
	}
}
