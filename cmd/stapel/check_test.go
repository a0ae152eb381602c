package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

// TestCheckCountsEqualLines: check says when a file alone holds more equal lines than a run publishes, however these are written; not
// when they are few.
func TestCheckCountsEqualLines(t *testing.T) {
	const head, other = "datum;soort;bedrag_eur\n", "01-02-2025;coaching;10,00\n"
	for name, c := range map[string]struct{ lines, want string }{
		"two of three":  {"01-01-2025;training;100,00\n20250101;training;100\n01-01-2025;training;100.00\n" + other, "let op     2 regels zijn in alle kolommen gelijk"},
		"one":           {"01-01-2025;training;-100,00\n01-01-2025;training;-100,00\n" + other, "let op     1 regel is in alle kolommen gelijk"},
		"of few cents":  {"01-01-2025;training;1,00\n01-01-2025;training;1,00\n01-03-2025;training;4800,00\n", ""},
		"of no cents":   {"01-01-2025;training;0\n01-01-2025;training;0\n", ""},
		"none is equal": {"01-01-2025;training;1,00\n01-01-2025;training;1,01\n", ""},
	} {
		file := filepath.Join(t.TempDir(), "maatwerk_uitgave.csv")
		if err := os.WriteFile(file, []byte(head+c.lines), 0o600); err != nil {
			t.Fatal(err)
		}
		code, out, errs := stapel(t, t.Context(), "check", file)
		out = strings.ReplaceAll(out, "\u00a0", " ")
		if code != exit.Done || strings.Contains(out, "gelijk") != (c.want != "") || !strings.Contains(out, c.want) {
			t.Errorf("%s: exit %d: %s%s", name, code, out, errs)
		}
		if c.want != "" && !strings.Contains(out, "meer dan 2,0% van het bedrag") {
			t.Errorf("%s: %s", name, out)
		}
	}
}
