package dutch

import (
	"strings"
	"testing"
)

// TestEveryErrorIsSaid: every text of an error with an exit code has a Dutch one with as many values, wherever it is made.
func TestEveryErrorIsSaid(t *testing.T) {
	texts := said(t)
	if len(texts) < 100 {
		t.Fatalf("only %d texts found", len(texts))
	}
	for text, at := range texts {
		if _, ok := Say(verb.ReplaceAllStringFunc(text, func(v string) string {
			if strings.HasSuffix(v, "d") {
				return "7"
			}
			return "x7"
		})); !ok {
			t.Errorf("%s: no Dutch for %q", at, text)
		}
	}
	for english, text := range catalogue {
		if a, b := len(verb.FindAllString(english, -1)), len(verb.FindAllString(text, -1)); a != b {
			t.Errorf("%q has %d values, and its Dutch %d", english, a, b)
		}
	}
}

// TestOnce: no text is in two parts of the catalogue, of which the last would count.
func TestOnce(t *testing.T) {
	in := map[string]int{}
	for i, part := range parts {
		for english := range part {
			if first, twice := in[english]; twice {
				t.Errorf("%q is in parts %d and %d", english, first, i)
			}
			in[english] = i
		}
	}
	if len(in) != len(catalogue) {
		t.Errorf("%d texts in parts, %d in the catalogue", len(in), len(catalogue))
	}
}

// TestSay: values are kept, texts within a text are said too, and nothing is said half.
func TestSay(t *testing.T) {
	for english, want := range map[string]string{
		"run 2025-12-31-0123456789ab: marts/kosten.parquet was changed or removed": "run 2025-12-31-0123456789ab: marts/kosten.parquet is veranderd of weggehaald",
		"--redenen: lijst.csv: line 2: column reden: a decision needs its reason":  "--redenen: lijst.csv: regel 2: kolom reden: een besluit heeft een reden nodig",
		"put back the one the run read, or run stapel again and use the new run":   "zet die terug die de run las, of draai stapel opnieuw en gebruik de nieuwe run",
		"--reden: something that nobody translated to it":                          "",
		"nobody said this": "",
	} {
		if got, ok := Say(english); got != want || ok != (want != "") {
			t.Errorf("%q is %q, want %q", english, got, want)
		}
	}
}
