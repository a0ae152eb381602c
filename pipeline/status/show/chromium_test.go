package show

import (
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports/browsertest"
)

// TestPageInBrowser holds the page to what everyone needs, on screens and on paper.
func TestPageInBrowser(t *testing.T) {
	html := []byte(render(t, fixture()))
	o := browsertest.Open(t, html)
	browsertest.Accessible(t, o)
	o.Run(t, browsertest.Media("print"), chromedp.EmulateViewport(688, 970))
	if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
		t.Errorf("on A4: %v", wide)
	}
	o.Run(t, browsertest.Media(""), chromedp.ResetViewport())
	o.Quiet(t)
	browsertest.OnlyOwnScript(t, o, html)
}
