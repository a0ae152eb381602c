package dossier

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
)

// overlaps lists texts of the drawings that lie over each other, over a bar they do not belong to, or outside the drawing.
const overlaps = `(() => {
  const out = [], hit = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
  for (const svg of document.querySelectorAll("svg.tijdlijn")) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll("text")].map(t => ({t: t.textContent, box: t.getBoundingClientRect(), inside: !!t.closest("g[pointer-events]"), moment: t.hasAttribute("pointer-events")}));
    const bars = [...svg.querySelectorAll("rect")].filter(r => r.querySelector("title")).map(r => ({t: r.textContent, box: r.getBoundingClientRect()}));
    texts.forEach((a, i) => {
      if (a.box.left < frame.left - 0.5 || a.box.right > frame.right + 0.5) out.push("outside: " + a.t);
      for (const b of texts.slice(i + 1)) if (hit(a.box, b.box)) out.push(a.t + " / " + b.t);
      if (a.moment) return;
      for (const b of bars) {
        const over = hit(a.box, b.box);
        if (over && !a.inside) out.push(a.t + " over bar " + b.t.slice(0, 60));
        if (over && a.inside && b.t.includes(a.t) && a.box.right > b.box.right && b.box.left <= a.box.left && b.box.width > 20 && a.box.left - b.box.left < 6) out.push(a.t + " sticks out of its bar");
      }
    });
  }
  return out.slice(0, 12);
})()`

func pageOf(t *testing.T, d *Dossier) []byte {
	t.Helper()
	p, err := Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Page(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPageInBrowser(t *testing.T) {
	for name, d := range map[string]*Dossier{"small": family(3, 0), "large": family(7, 44)} {
		t.Run(name, func(t *testing.T) {
			html := pageOf(t, d)
			if dir := os.Getenv("STAPEL_BEWAAR"); dir != "" {
				if err := os.WriteFile(dir+"/uitleg-"+name+".html", html, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			o := browsertest.Open(t, html)
			if found := browsertest.Eval[[]string](t, o, overlaps); len(found) > 0 {
				t.Errorf("texts overlap: %q", found)
			}
			for what, script := range map[string]string{
				"language":                 `document.documentElement.lang === "nl" ? [] : [document.documentElement.lang]`,
				"double ids":               `(ids => ids.filter((x, i) => ids.indexOf(x) !== i))([...document.querySelectorAll("[id]")].map(e => e.id))`,
				"tables without a caption": `[...document.querySelectorAll("table")].filter(t => !t.caption || !t.caption.innerText.trim()).map(t => t.innerText.slice(0, 40))`,
				"headings without a scope": `[...document.querySelectorAll("th")].filter(h => !h.scope).map(h => h.innerText)`,
				"drawings without words":   `[...document.querySelectorAll("svg:not([aria-hidden])")].filter(s => !s.getAttribute("aria-labelledby") || s.getAttribute("aria-labelledby").split(" ").some(id => !document.getElementById(id).textContent)).map(s => s.outerHTML.slice(0, 60))`,
				"skipped heading levels":   `(hs => hs.filter((h, i) => i && h - hs[i - 1] > 1))([...document.querySelectorAll("h1,h2,h3,h4")].map(h => +h.tagName[1]))`,
				"scripts":                  `[...document.querySelectorAll("script[src], iframe, object, embed, link:not([href^='data:'])")].map(s => s.outerHTML)`,
				"bars without a source":    `[...document.querySelectorAll("svg.tijdlijn:not([aria-labelledby^=kosten]) rect title")].map(t => t.textContent).filter(t => !/ regel |geen regel|niet gedekt|volgorde/.test(t))`,
			} {
				if found := browsertest.Eval[[]any](t, o, script); len(found) > 0 {
					t.Errorf("%s: %v", what, found)
				}
			}
			if policy := browsertest.Eval[string](t, o, `document.querySelector("meta[http-equiv=Content-Security-Policy]").content`); !strings.HasPrefix(policy, "default-src 'none'") {
				t.Errorf("policy %q", policy)
			}
			// a machine without Arial: DejaVu Sans is some 15% wider
			browsertest.Eval[bool](t, o, `(s => { s.textContent = "svg text{letter-spacing:.07em}"; document.head.append(s); return true })(document.createElement("style"))`)
			if found := browsertest.Eval[[]string](t, o, overlaps); len(found) > 0 {
				t.Errorf("in a wider font: %q", found)
			}
			o.Run(t, chromedp.EmulateViewport(1280, 900))
			if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
				t.Errorf("at 1280: %v", wide)
			}
			o.Run(t, chromedp.ResetViewport())
			sheets := browsertest.Sheets(t, o.PDF(t), 13*72/25.4)
			for i, s := range sheets {
				if full := s.Full(10*72/25.4, 13*72/25.4); len(sheets) < 3 || math.Abs(s.Width-842) > 1 || full < 0.4 && i < len(sheets)-1 {
					t.Errorf("sheet %d of %d is %.0f points wide, and filled for %.0f%%", i+1, len(sheets), s.Width, 100*full)
				}
			}
			if name == "large" {
				browsertest.Accessible(t, o)
			}
			o.Quiet(t)
			if name == "small" {
				browsertest.OnlyOwnScript(t, o, html)
			}
		})
	}
}
