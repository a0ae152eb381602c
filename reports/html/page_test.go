package html

import (
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func TestExecute(t *testing.T) {
	templates := fstest.MapFS{"a.tmpl": {Data: []byte(`{{define "m"}}{{optprocent .P}} {{optprocent .N}} {{.X}} {{(dict "k" 1).k}} {{cell "b" .X}}{{end}}{{define "b"}}[{{.}}]{{end}}`)}}
	share := 0.1234
	var b strings.Builder
	if err := Execute(&b, templates, "m", map[string]any{"P": &share, "N": (*float64)(nil), "X": "<script>"}); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != "12,3% – &lt;script&gt; 1 [&lt;script&gt;]" {
		t.Error(got)
	}
	if err := Execute(io.Discard, templates, "m", map[string]any{"P": "tekst"}); err == nil {
		t.Error("text is no share; the template should have failed")
	}
	for _, bad := range [][]any{{"a"}, {1, 2}} {
		if _, err := dict(bad...); err == nil {
			t.Errorf("dict(%v) gave no error", bad)
		}
	}
}
