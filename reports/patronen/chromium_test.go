package patronen

import (
	"math"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
)

// TestPageInBrowser holds the page to what everyone needs, on screens and on paper.
func TestPageInBrowser(t *testing.T) {
	html := []byte(render(t, fixture(t), testRun, everything("schuldhulp_signaal")))
	o := browsertest.Open(t, html)
	o.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	for what, script := range map[string]string{
		"double ids":               `(ids => ids.filter((x, i) => ids.indexOf(x) !== i))([...document.querySelectorAll("[id]")].map(e => e.id))`,
		"dead links":               `[...document.querySelectorAll("a[href^='#']")].filter(a => !document.querySelector(a.hash)).map(a => a.outerHTML)`,
		"tables without a caption": `[...document.querySelectorAll("table")].filter(t => !t.caption || !t.caption.textContent.trim()).map(t => t.innerText.slice(0, 40))`,
		"charts without words":     `[...document.querySelectorAll("svg:not([aria-hidden])")].filter(s => !s.getAttribute("aria-labelledby") || s.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id).textContent)).map(s => s.outerHTML.slice(0, 60))`,
		"skipped heading levels":   `(hs => hs.filter((h, i) => i && h - hs[i - 1] > 1).map(String))([...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1]))`,
		"text outside its chart":   `[...document.querySelectorAll("svg.grafiek text")].filter(x => { const b = x.getBoundingClientRect(), s = x.ownerSVGElement.getBoundingClientRect(); return b.left < s.left - 1 || b.right > s.right + 1 || b.bottom > s.bottom + 1; }).map(x => x.textContent)`,
	} {
		if found := browsertest.Eval[[]string](t, o, script); len(found) > 0 {
			t.Errorf("%s: %q", what, found)
		}
	}
	if n := browsertest.Eval[int](t, o, `document.querySelectorAll("svg.grafiek").length`); n != 7 { // sets, one cocktail's ways, three trends, costs, parties
		t.Errorf("%d charts, want 7", n)
	}
	browsertest.Accessible(t, o)
	o.Run(t, chromedp.EmulateViewport(1280, 900))
	if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
		t.Errorf("at 1280: %v", wide)
	}
	o.Run(t, browsertest.Media("print"), chromedp.EmulateViewport(688, 970))
	if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
		t.Errorf("on A4: %v", wide)
	}
	o.Run(t, browsertest.Media(""), chromedp.ResetViewport())
	const mm = 72 / 25.4
	sheets := browsertest.Sheets(t, o.PDF(t), 16*mm)
	if len(sheets) == 0 || len(sheets) > 8 {
		t.Errorf("%d sheets, want at most 8", len(sheets))
	}
	for i, s := range sheets {
		if math.Abs(s.Width-595) > 1 || math.Abs(s.Height-842) > 1 {
			t.Errorf("sheet %d is %.0f by %.0f points, not A4", i+1, s.Width, s.Height)
		}
		if full := s.Full(15*mm, 16*mm); full < 0.4 && i < len(sheets)-1 || full < 0.1 {
			t.Errorf("sheet %d of %d is filled for %.0f%%", i+1, len(sheets), 100*full)
		}
	}
	o.Quiet(t)
	browsertest.OnlyOwnScript(t, o, html)
}
