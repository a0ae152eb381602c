package reports

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// browser finds Chromium. Without it the test fails, because a report nobody opened is not tested; STAPEL_ZONDER_CHROMIUM=1
// is the way to say that this machine has none.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{os.Getenv("STAPEL_CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("STAPEL_ZONDER_CHROMIUM") == "1" {
		t.Skip("no Chromium here, and STAPEL_ZONDER_CHROMIUM=1: the page is not opened")
	}
	t.Fatal("no Chromium found: install it, set STAPEL_CHROMIUM to its path, or set STAPEL_ZONDER_CHROMIUM=1 to skip this test")
	return ""
}

// opened is a page in a browser, with what it asked for and complained about.
type opened struct {
	ctx      context.Context
	mu       sync.Mutex
	requests []string
	problems []string
}

func open(t *testing.T, html []byte) *opened {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1280, 900))
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancelAllocator)
	path := filepath.Join(t.TempDir(), "rapport.html")
	if err := os.WriteFile(path, html, 0o600); err != nil {
		t.Fatal(err)
	}
	o := &opened{}
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithListener(func(event any) {
		o.mu.Lock()
		defer o.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != "file://"+path {
				o.requests = append(o.requests, e.Request.URL)
			}
		case *runtime.EventConsoleAPICalled:
			o.problems = append(o.problems, "console: "+string(e.Type))
		case *runtime.EventExceptionThrown:
			o.problems = append(o.problems, "exception: "+e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			o.problems = append(o.problems, "log: "+e.Entry.Text)
		}
	}))
	t.Cleanup(cancel)
	o.ctx = ctx
	o.run(t, command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), chromedp.Navigate("file://"+path))
	return o
}

// command is an action of the protocol whose result does not matter.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// media makes the page look as on screen or in print.
func media(name string) chromedp.Action[chromedp.Void] {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
}

func (o *opened) run(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(o.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// eval returns what a script finds on the page.
func eval[T any](t *testing.T, o *opened, script string) T {
	t.Helper()
	out, err := chromedp.Run(o.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// containsFolded is strings.Contains with runs of white space taken as one space.
func containsFolded(text, part string) bool {
	fold := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	return strings.Contains(fold(text), fold(part))
}

// quiet fails when the page asked for anything or complained.
func (o *opened) quiet(t *testing.T) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, url := range o.requests {
		if !strings.HasPrefix(url, "data:,") {
			t.Errorf("the page asked for %s", url)
		}
	}
	for _, problem := range o.problems {
		t.Errorf("%s", problem)
	}
}

// tooWide lists what sticks out of the page on the right: elements beyond the window, and scrolling boxes.
const tooWide = `(() => {
  const width = document.documentElement.clientWidth, out = [];
  if (document.documentElement.scrollWidth > width) out.push("page " + document.documentElement.scrollWidth + " > " + width);
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    if (e.closest("svg") && e.tagName !== "svg") continue;
    const r = e.getBoundingClientRect();
    if (r.width > 0 && r.right > width + 1) out.push(e.tagName + "." + (e.getAttribute("class") || "") + " " + Math.round(r.right));
    if (e.classList.contains("tabel") && e.scrollWidth > e.clientWidth) out.push("tabel " + (e.querySelector("caption")||{}).innerText + " " + e.scrollWidth + " > " + e.clientWidth);
  }
  return out.slice(0, 10);
})()`

func TestPageInBrowser(t *testing.T) {
	_, out := render(t, fixture(t, 400), testRun)
	o := open(t, out["rapport.html"].Bytes())

	t.Run("sections", func(t *testing.T) {
		for _, id := range []string{"kerncijfers", "verwachting", "eerlijkheid", "vergelijking", "gegevens", "kosten", "ranglijst", "cocktails", "plannen", "uitgesloten", "begrippen"} {
			height := eval[float64](t, o, fmt.Sprintf(`(e => e && e.checkVisibility() ? e.getBoundingClientRect().height : 0)(document.getElementById(%q))`, id))
			text := eval[string](t, o, fmt.Sprintf(`document.getElementById(%q).innerText`, id))
			if height < 80 || len(text) < 100 {
				t.Errorf("section %s is %.0f high with %d characters", id, height, len(text))
			}
			if strings.Contains(text, "Niet beschikbaar") {
				t.Errorf("section %s says that something is missing", id)
			}
		}
		if n := eval[int](t, o, `document.querySelectorAll("svg.grafiek").length`); n != 7 {
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
			"dead links":               `[...document.querySelectorAll("a")].filter(a => !a.hash || !document.querySelector(a.hash)).map(a => a.outerHTML)`,
			"scripts":                  `[...document.querySelectorAll("script, iframe, object, embed, link:not([href^='data:'])")].map(s => s.outerHTML)`,
		} {
			if found := eval[[]any](t, o, script); len(found) > 0 {
				t.Errorf("%s: %v", what, found)
			}
		}
		o.run(t, chromedp.KeyEvent("\t"))
		if got := eval[string](t, o, `document.activeElement.innerText + (document.activeElement.getBoundingClientRect().left >= 0 ? "" : " (hidden)")`); got != "Naar de inhoud" {
			t.Errorf("the first tab stop is %q", got)
		}
	})

	// Charts are laid out for one font; the page may be shown in a wider one, and no label may run into its bar.
	t.Run("chart text", func(t *testing.T) {
		for what, script := range map[string]string{
			"text wider than its place": `[...document.querySelectorAll("svg.grafiek text")].filter(x => x.getBBox().width > +x.getAttribute("textLength") + 1.5).map(x => x.textContent)`,
			"text outside its chart":    `[...document.querySelectorAll("svg.grafiek text")].filter(x => !x.closest("[transform*=rotate]")).filter(x => { const b = x.getBoundingClientRect(), s = x.ownerSVGElement.getBoundingClientRect(); return b.left < s.left - 1 || b.right > s.right + 1; }).map(x => x.textContent)`,
		} {
			if found := eval[[]any](t, o, script); len(found) > 0 {
				t.Errorf("%s: %v", what, found)
			}
		}
	})

	t.Run("widths", func(t *testing.T) {
		for _, width := range []int64{1280, 1024} {
			o.run(t, chromedp.EmulateViewport(width, 900))
			if wide := eval[[]string](t, o, tooWide); len(wide) > 0 {
				t.Errorf("at %d: %v", width, wide)
			}
		}
		// A4 less the margins of @page: 182 mm at 96 dots an inch.
		o.run(t, media("print"), chromedp.EmulateViewport(688, 970))
		if wide := eval[[]string](t, o, tooWide); len(wide) > 0 {
			t.Errorf("on A4: %v", wide)
		}
		if group := eval[string](t, o, `getComputedStyle(document.querySelector("#ranglijst thead")).display`); group != "table-header-group" {
			t.Errorf("table heads are %s in print, they will not be repeated", group)
		}
		o.run(t, media(""), chromedp.ResetViewport())
	})

	t.Run("pdf", func(t *testing.T) {
		pdf, err := chromedp.Run(o.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
		if err != nil {
			t.Fatal(err)
		}
		boxes := regexp.MustCompile(`/MediaBox \[0 0 (\S+) (\S+)\]`).FindAllSubmatch(pdf, -1)
		if len(boxes) < 8 || len(boxes) > 30 {
			t.Errorf("%d pages", len(boxes))
		}
		for _, box := range boxes {
			if !strings.HasPrefix(string(box[1]), "594.9") || !strings.HasPrefix(string(box[2]), "841.9") {
				t.Fatalf("a page is %s by %s points, not A4", box[1], box[2])
			}
		}
	})
	o.quiet(t)
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
	o := open(t, out["rapport.html"].Bytes())
	var total, at, atCt, eligible int64
	rank, err := mart.All[mart.Ranglijst](context.Background(), marts, "ranglijst")
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
	tiles := eval[[]string](t, o, `[...document.querySelectorAll(".tegel .waarde")].map(e => e.innerText)`)
	want := []string{"400", nl.EuroWhole(total), nl.Int(at), nl.Int(eligible), "", "30"}
	if len(tiles) != len(want) {
		t.Fatalf("tiles %q", tiles)
	}
	for i := range want {
		if want[i] != "" && tiles[i] != want[i] {
			t.Errorf("tile %d is %q, want %q", i, tiles[i], want[i])
		}
	}
	text := eval[string](t, o, `document.body.innerText`)
	for _, want := range []string{"zij nemen " + nl.Percent(float64(atCt)/float64(total)) + " van de kosten",
		"20\u00a0plannen met een kosten-batenanalyse van 30\u00a0plannen", "€\u00a0830.000", "€\u00a0404.000", "€\u00a0426.000",
		"€\u00a021.300", "Verwacht is niet gerealiseerd", "niet met de huidige kosten", "Alle controles sluiten op 0,00", "Volledigheid niet vastgesteld",
		"Synthetische voorbeeldgegevens", "Peildatum 31\u00a0december 2025", "1\u00a0januari 2025 t/m 31\u00a0december 2025"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	rows := eval[[][]string](t, o, `[...document.querySelectorAll("#ranglijst table.rangen tbody tr")].map(r => [...r.cells].map(c => c.innerText))`)
	if len(rows) != pageRanks {
		t.Fatalf("%d rows in the ranking", len(rows))
	}
	for i, cells := range rows {
		r := rank[i]
		if cells[0] != nl.Int(r.Rang) || !strings.HasPrefix(cells[1], r.Huishouden+"\n") || cells[2] != nl.AmountWhole(r.T0Ct) ||
			cells[4] != nl.AmountWhole(r.T1Ct)+"\n"+nl.AmountWhole(r.T2Ct) || strings.HasPrefix(cells[9], "ja") != r.InAanmerking || cells[5] != expected(r.VerwachtCt) {
			t.Errorf("row %d: %q", i+1, cells)
		}
		if r.ZvwCt != 0 && !strings.Contains(cells[3], "Zvw\u00a0"+nl.AmountWhole(r.ZvwCt)) {
			t.Errorf("row %d: zvw in %q", i+1, cells[3])
		}
	}
	o.quiet(t)
}
