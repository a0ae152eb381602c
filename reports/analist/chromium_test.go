package analist

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// containsFolded is strings.Contains with runs of white space taken as one space.
func containsFolded(text, part string) bool {
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return strings.Contains(fold(text), fold(part))
}

func TestPageInBrowser(t *testing.T) {
	_, out := render(t, fixture(t, 400), testRun)
	o := browsertest.Open(t, out["rapport.html"].Bytes())

	t.Run("sections", func(t *testing.T) {
		for _, id := range []string{"watnu", "verwachting", "eerlijkheid", "vergelijking", "kosten", "ranglijst", "cocktails", "plannen", "begrippen"} {
			height := browsertest.Eval[float64](t, o, fmt.Sprintf(`(e => e && e.checkVisibility() ? e.getBoundingClientRect().height : 0)(document.getElementById(%q))`, id))
			text := browsertest.Eval[string](t, o, fmt.Sprintf(`document.getElementById(%q).innerText`, id))
			if height < 80 || len(text) < 100 {
				t.Errorf("section %s is %.0f high with %d characters", id, height, len(text))
			}
			if strings.Contains(text, "Niet beschikbaar") {
				t.Errorf("section %s says that something is missing", id)
			}
		}
		if n := browsertest.Eval[int](t, o, `document.querySelectorAll("svg.grafiek").length`); n != 7 {
			t.Errorf("%d charts, want 7", n)
		}
	})

	t.Run("accessible", func(t *testing.T) {
		for what, script := range map[string]string{
			"language":                 `document.documentElement.lang === "nl" ? [] : [document.documentElement.lang]`,
			"double ids":               `(ids => ids.filter((x, i) => ids.indexOf(x) !== i))([...document.querySelectorAll("[id]")].map(e => e.id))`,
			"tables without a caption": `[...document.querySelectorAll("table")].filter(t => !t.caption || !t.caption.textContent.trim()).map(t => t.innerText.slice(0, 40))`,
			"headings without a scope": `[...document.querySelectorAll("th")].filter(h => !h.scope).map(h => h.innerText)`,
			"charts without words":     `[...document.querySelectorAll("svg:not([aria-hidden])")].filter(s => !s.getAttribute("aria-labelledby") || s.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id).textContent)).map(s => s.outerHTML.slice(0, 60))`,
			"skipped heading levels":   `(hs => hs.filter((h, i) => i && h - hs[i - 1] > 1))([...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1]))`,
			"dead links":               `[...document.querySelectorAll("a")].filter(a => !/^(gegevens|samenvatting|patronen|effect|veranderd|dossiers.h-[0-9a-f]{16})[.]html/.test(a.getAttribute("href"))).filter(a => !a.hash || !document.querySelector(a.hash)).map(a => a.outerHTML)`,
			"scripts":                  `[...document.querySelectorAll("script[src], iframe, object, embed, link:not([href^='data:'])")].map(s => s.outerHTML)`,
		} {
			if found := browsertest.Eval[[]any](t, o, script); len(found) > 0 {
				t.Errorf("%s: %v", what, found)
			}
		}
		o.Run(t, chromedp.KeyEvent("\t"))
		if got := browsertest.Eval[string](t, o, `document.activeElement.innerText + (document.activeElement.getBoundingClientRect().left >= 0 ? "" : " (hidden)")`); got != "Naar de inhoud" {
			t.Errorf("the first tab stop is %q", got)
		}
	})

	// Charts are laid out for one font; the page may be shown in a wider one, and no label may run into its bar.
	t.Run("chart text", func(t *testing.T) {
		for what, script := range map[string]string{
			"text wider than its place": `[...document.querySelectorAll("svg.grafiek text")].filter(x => x.getBBox().width > +x.getAttribute("textLength") + 1.5).map(x => x.textContent)`,
			"text outside its chart":    `[...document.querySelectorAll("svg.grafiek text")].filter(x => !x.closest("[transform*=rotate]")).filter(x => { const b = x.getBoundingClientRect(), s = x.ownerSVGElement.getBoundingClientRect(); return b.left < s.left - 1 || b.right > s.right + 1; }).map(x => x.textContent)`,
		} {
			if found := browsertest.Eval[[]any](t, o, script); len(found) > 0 {
				t.Errorf("%s: %v", what, found)
			}
		}
	})

	t.Run("widths", func(t *testing.T) {
		for _, width := range []int64{1280, 1024} {
			o.Run(t, chromedp.EmulateViewport(width, 900))
			if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
				t.Errorf("at %d: %v", width, wide)
			}
		}
		// A4 less the margins of @page: 182 mm at 96 dots an inch.
		o.Run(t, browsertest.Media("print"), chromedp.EmulateViewport(688, 970))
		if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
			t.Errorf("on A4: %v", wide)
		}
		if group := browsertest.Eval[string](t, o, `getComputedStyle(document.querySelector("#ranglijst thead")).display`); group != "table-header-group" {
			t.Errorf("table heads are %s in print, they will not be repeated", group)
		}
		// a heading that is a box of its own is left out where the head of a table is repeated
		if box := browsertest.Eval[string](t, o, `getComputedStyle(document.querySelector("#ranglijst thead button")).display`); box != "contents" {
			t.Errorf("headings are %s in print", box)
		}
		o.Run(t, browsertest.Media(""), chromedp.ResetViewport())
	})

	t.Run("seen by all", func(t *testing.T) { browsertest.Accessible(t, o) })

	// On paper: at most so many sheets, all A4, none of which is nearly empty.
	most := map[string]int{"rapport.html": 12, "gegevens.html": 12, "samenvatting.html": 1}
	for _, d := range documents {
		t.Run(d.File, func(t *testing.T) {
			if d.File != "rapport.html" {
				o.Load(t, out[d.File].Bytes())
				browsertest.Accessible(t, o)
			}
			const mm = 72 / 25.4
			sheets := browsertest.Sheets(t, o.PDF(t), 16*mm)
			if len(sheets) == 0 || len(sheets) > most[d.File] {
				t.Errorf("%d sheets, want at most %d", len(sheets), most[d.File])
			}
			for i, s := range sheets {
				if math.Abs(s.Width-595) > 1 || math.Abs(s.Height-842) > 1 {
					t.Errorf("sheet %d is %.0f by %.0f points, not A4", i+1, s.Width, s.Height)
				}
				if full := s.Full(15*mm, 16*mm); full < 0.4 && i < len(sheets)-1 || full < 0.1 {
					t.Errorf("sheet %d of %d is filled for %.0f%%", i+1, len(sheets), 100*full)
				}
			}
		})
	}
	o.Quiet(t)
	t.Run("scripts", func(t *testing.T) { browsertest.OnlyOwnScript(t, o, out["rapport.html"].Bytes()) })
}

func expected(ct *int64) string {
	if ct == nil {
		return "–"
	}
	return nl.AmountWhole(*ct)
}

// TestFiguresOnPage compares what a reader sees with the marts.
func TestFiguresOnPage(t *testing.T) {
	marts := fixture(t, 400)
	_, out := render(t, marts, testRun)
	o := browsertest.Open(t, out["rapport.html"].Bytes())
	var total, at, atCt, eligible int64
	rank, err := mart.All(context.Background(), marts, mart.Ranking)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rank {
		total += r.T0Ct
		if r.T0Ct >= testRun.DrempelCt {
			at++
			atCt += r.T0Ct
		}
		if r.InAanmerking {
			eligible++
		}
	}
	tiles := browsertest.Eval[[]string](t, o, `[...document.querySelectorAll(".tegel .waarde")].map(e => e.innerText)`)
	want := []string{"400", nl.EuroWhole(total), nl.Int(at), nl.Int(eligible), "", "30"}
	if len(tiles) != len(want) {
		t.Fatalf("tiles %q", tiles)
	}
	for i := range want {
		if want[i] != "" && tiles[i] != want[i] {
			t.Errorf("tile %d is %q, want %q", i, tiles[i], want[i])
		}
	}
	text := browsertest.Eval[string](t, o, `document.body.innerText`)
	for _, want := range []string{"zij nemen " + nl.Percent(float64(atCt)/float64(total)) + " van de kosten",
		"20 van de 30\u00a0plannen hebben een kosten-batenanalyse", "€\u00a0830.000", "€\u00a0404.000", "€\u00a0426.000",
		"€\u00a021.300", "Verwacht is niet gerealiseerd", "niet met de huidige kosten", "Volledigheid niet vastgesteld",
		"uit Wmo, Jeugdwet (regio), Participatiewet, Zvw en Schuldhulp", "Jeugdwet (regio)\tgemeente (Jeugdwet)",
		"Synthetische voorbeeldgegevens", "Peildatum 31\u00a0december 2025", "1\u00a0januari 2025 t/m 31\u00a0december 2025"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	rows := browsertest.Eval[[][]string](t, o, `[...document.querySelectorAll("#ranglijst table.rangen tbody tr")].map(r => [...r.cells].map(c => c.innerText))`)
	if len(rows) != pageRanks {
		t.Fatalf("%d rows in the ranking", len(rows))
	}
	for i, cells := range rows {
		r := rank[i]
		if cells[0] != nl.Int(r.Rang) || !strings.HasPrefix(cells[1], r.Huishouden+"\n") || cells[2] != nl.AmountWhole(r.T0Ct) ||
			cells[4] != nl.AmountWhole(r.T1Ct)+"\n"+nl.AmountWhole(r.T2Ct) || strings.HasPrefix(cells[8], "ja") != r.InAanmerking || cells[5] != expected(r.VerwachtCt) {
			t.Errorf("row %d: %q", i+1, cells)
		}
		if r.ZvwCt != 0 && !strings.Contains(cells[3], "Zvw\u00a0"+nl.AmountWhole(r.ZvwCt)) {
			t.Errorf("row %d: zvw in %q", i+1, cells[3])
		}
		if r.JeugdCt != 0 && !strings.Contains(cells[3], "Jeugdwet (regio)\u00a0"+nl.AmountWhole(r.JeugdCt)) {
			t.Errorf("row %d: the label of the configuration in %q", i+1, cells[3])
		}
	}
	o.Quiet(t)
}
