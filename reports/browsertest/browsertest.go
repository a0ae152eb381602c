// Package browsertest opens pages in a real Chromium for tests: what they ask for, what they complain about, and where things stand.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browser finds Chromium. Without it the test fails, because a report nobody opened is not tested; STAPEL_ZONDER_CHROMIUM=1
// is the way to say that this machine has none.
func browser(t testing.TB) string {
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

// Page is a page in a browser, with what it asked for and complained about.
type Page struct {
	ctx      context.Context
	mu       sync.Mutex
	url      string
	requests []string
	problems []string
}

// Open opens a page from a file of its own and closes the browser when the test ends.
func Open(t testing.TB, html []byte) *Page {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(1280, 900))
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancelAllocator)
	o := &Page{}
	ctx, cancel := chromedp.NewContext(allocator, chromedp.WithListener(func(event any) {
		o.mu.Lock()
		defer o.mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if e.Request.URL != o.url {
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
	o.Run(t, command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}))
	o.Load(t, html)
	return o
}

// Load shows another page in the same window. What it asks for and complains about adds to that of the page before.
func (o *Page) Load(t testing.TB, html []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rapport.html")
	if err := os.WriteFile(path, html, 0o600); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	o.url = "file://" + path
	o.mu.Unlock()
	o.Run(t, chromedp.Navigate("file://"+path))
}

// command is an action of the protocol whose result does not matter.
func command[P, R any](c cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	})
}

// Media makes the page look as on screen or in print.
func Media(name string) chromedp.Action[chromedp.Void] {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: name})
}

// Scheme makes the page look as on a light or a dark screen.
func Scheme(name string) chromedp.Action[chromedp.Void] {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

// Scripts lets pages that are loaded from now on run their scripts, or not.
func Scripts(on bool) chromedp.Action[chromedp.Void] {
	return command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

// Run does actions on the page.
func (o *Page) Run(t testing.TB, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(o.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// Eval returns what a script finds on the page.
func Eval[T any](t testing.TB, o *Page, script string) T {
	t.Helper()
	out, err := chromedp.Run(o.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Await returns what a script promises.
func Await[T any](t testing.TB, o *Page, script string) T {
	t.Helper()
	out, err := chromedp.Run(o.ctx, chromedp.Evaluate[T](script, func(p *runtime.EvaluateParams) {
		yes := true
		p.AwaitPromise = &yes
	}))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Quiet fails when the page asked for anything or complained.
func (o *Page) Quiet(t testing.TB) {
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

// PDF prints the page as its style sheet says.
func (o *Page) PDF(t testing.TB) []byte {
	t.Helper()
	pdf, err := chromedp.Run(o.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// TooWide lists what sticks out of the page on the right: elements beyond the window, and scrolling boxes.
const TooWide = `(() => {
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
