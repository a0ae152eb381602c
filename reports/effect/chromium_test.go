package effect

import (
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
)

// TestPageInBrowser holds the pages to what everyone needs, in every world, on screens and on paper.
func TestPageInBrowser(t *testing.T) {
	charts := map[string]int{"effect": 9, "geen": 9, "schade": 9, "te_klein": 9, "weinig": 2} // balance before, time to approval
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			page, households := render(t, fixture(t, name), testRun, everything(worlds[name].absent...))
			for i, html := range []string{page, households} {
				o := browsertest.Open(t, []byte(html))
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
				if n := browsertest.Eval[int](t, o, `document.querySelectorAll("svg.grafiek").length`); i == 0 && n != charts[name] {
					t.Errorf("%d charts, want %d", n, charts[name])
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
				o.Quiet(t)
				browsertest.OnlyOwnScript(t, o, []byte(html))
			}
		})
	}
}
