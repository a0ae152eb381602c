package browsertest

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// seen are the things that everyone has to be able to see, each with a script that lists where it is not so.
var seen = map[string]string{
	"pans sideways": `(() => {
  const width = document.documentElement.clientWidth, out = [];
  if (document.documentElement.scrollWidth > width) out.push("page " + document.documentElement.scrollWidth + " > " + width);
  for (const e of document.querySelectorAll("body *")) {
    if (e.parentElement.closest("svg, .tabel, .schuif")) continue;
    const r = e.getBoundingClientRect();
    if (r.width > 0 && r.right > width + 1) out.push(e.tagName + "." + (e.getAttribute("class") || "") + " " + Math.round(r.right));
  }
  return out.slice(0, 10);
})()`,
	"scrolls out of reach of keys": `[...document.querySelectorAll("body *")].filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX))
  .filter(e => e.tabIndex !== 0 || !e.getAttribute("role") || !e.getAttribute("aria-label")).map(e => e.outerHTML.slice(0, 120))`,
	"a stop that does not scroll": `[...document.querySelectorAll("[role=region]")].filter(e => e.scrollWidth <= e.clientWidth).map(e => e.getAttribute("aria-label"))`,
	"words of a drawing under 11 px": `[...document.querySelectorAll("svg.grafiek text")].map(x => {
  const m = x.getScreenCTM();
  return [Math.hypot(m.a, m.b) * parseFloat(getComputedStyle(x).fontSize), x.textContent];
}).filter(([size]) => size < 10.99).map(([size, words]) => size.toFixed(1) + " " + words).slice(0, 10)`,
	"an id over two lines": `(() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), out = [];
  while (walk.nextNode()) for (const m of walk.currentNode.data.matchAll(/\b[hp]-[0-9a-f]{16}\b/g)) {
    const r = document.createRange();
    r.setStart(walk.currentNode, m.index);
    r.setEnd(walk.currentNode, m.index + m[0].length);
    if (new Set([...r.getClientRects()].map(x => Math.round(x.top))).size > 1) out.push(m[0] + " in " + walk.currentNode.parentElement.outerHTML.slice(0, 80));
  }
  return out.slice(0, 5);
})()`,
}

func (o *Page) lists(t testing.TB, where string, scripts map[string]string) {
	t.Helper()
	for what, script := range scripts {
		if found := Eval[[]string](t, o, script); len(found) > 0 {
			t.Errorf("%s: %s: %q", where, what, found)
		}
	}
}

// Accessible holds the page to what everyone needs, on a wide and a narrow screen, light and dark, with all of it unfolded; and to ids on one
// line on paper.
func Accessible(t *testing.T, o *Page) {
	t.Helper()
	o.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	// no colour depends on the width, and no place on the colours
	for _, screen := range []struct {
		scheme string
		width  int64
		rules  []string
	}{{"light", 390, allRules}, {"dark", 390, nil}, {"light", 1280, placeRules}, {"dark", 1280, colorRules}} {
		where := fmt.Sprintf("%s, %d px", screen.scheme, screen.width)
		o.Run(t, Scheme(screen.scheme), chromedp.EmulateViewport(screen.width, 900))
		o.frame(t)
		o.lists(t, where, seen)
		if screen.rules != nil {
			t.Run("axe, "+where, func(t *testing.T) { axeRun(t, o, screen.rules) })
		}
	}
	// where every table scrolls, whatever the fonts of this machine, no two areas have one name
	o.Run(t, chromedp.EmulateViewport(160, 900))
	o.frame(t)
	t.Run("axe, 160 px", func(t *testing.T) { axeRun(t, o, []string{"landmark-unique"}) })
	o.Run(t, Media("print"), chromedp.EmulateViewport(688, 970))
	o.lists(t, "print", map[string]string{"an id over two lines": seen["an id over two lines"]})
	o.Run(t, Media(""), chromedp.ResetViewport(), chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = false)`))
}

// frame waits until the page has been drawn, and observers of sizes have had their say.
func (o *Page) frame(t testing.TB) {
	t.Helper()
	Await[bool](t, o, `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
}

// OnlyOwnScript holds that the page runs no script but its own, whatever gets into it, and is whole without that.
func OnlyOwnScript(t testing.TB, o *Page, html []byte) {
	t.Helper()
	const text = `document.querySelector("main").innerText.replace(/\s+/g, " ")`
	foreign := bytes.Replace(html, []byte("</main>"), []byte(`<script>window.kwaad = "script"</script><img alt="" src="data:," onerror="window.kwaad = 'onerror'">`+
		`<a id="lokker" href="javascript:void(window.kwaad = 'link')">x</a><script src="data:text/javascript,window.kwaad='src'"></script></main>`), 1)
	other := &Page{ctx: o.ctx}
	other.Load(t, foreign)
	other.Run(t, chromedp.Evaluate[chromedp.Void](`document.getElementById("lokker").click()`))
	other.frame(t)
	if got := Eval[string](t, other, `window.kwaad || ""`); got != "" {
		t.Errorf("the page ran a foreign script: %s", got)
	}
	other.Run(t, Scripts(false))
	other.Load(t, html)
	without := Eval[string](t, other, text)
	if n := Eval[int](t, other, `document.querySelectorAll("button, input, select, [hidden]").length`); n > 0 {
		t.Errorf("without scripts the page has %d buttons and fields that do nothing, or hides things", n)
	}
	other.Run(t, Scripts(true))
	other.Load(t, html)
	other.Run(t, chromedp.Evaluate[chromedp.Void](`document.querySelectorAll(".zoek").forEach(e => e.remove())`))
	if with := Eval[string](t, other, text); with != without {
		t.Error("the page says something else without scripts")
	}
}
