package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"stapel/pipeline/exit"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/text/encoding/charmap"
)

// decided is what selectie.parquet holds of a decision, read without the engine.
type decided struct {
	ID      string `parquet:"huishouden_id"`
	Reason  string `parquet:"reden"`
	Decided string `parquet:"besluit"`
}

// TestDecisionsReadBack: whatever a list with decisions was saved as, the table that comes of it is UTF-8 and can be read; what
// can't be read for certain is refused, says why, and changes nothing.
func TestDecisionsReadBack(t *testing.T) {
	data := demoCopy(t)
	list := filepath.Join(data, "lijst.csv")
	if code, _, errs := stapel(t, t.Context(), "select", "--n", "2", "--vast", "--uit", list, "--reden", "toets", "--data", data); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	read := func() (rows []decided) {
		t.Helper()
		files, err := filepath.Glob(filepath.Join(data, "runs", "*", "marts", "selectie.parquet"))
		if err != nil || len(files) != 1 {
			t.Fatalf("%v, %v", files, err)
		}
		if rows, err = parquet.ReadFile[decided](files[0]); err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if !utf8.ValidString(r.Reason) || !utf8.ValidString(r.Decided) || !utf8.ValidString(r.ID) {
				t.Fatalf("a row is not UTF-8")
			}
		}
		return rows
	}
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	filled := func(reason string) string {
		t.Helper()
		in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
		in.Comma = ';'
		rows, err := in.ReadAll()
		if err != nil || len(rows) != 3 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		last := len(rows[1]) - 1
		rows[1][last-1], rows[1][last] = "ja", reason
		rows[2][last-1], rows[2][last] = "nee", "al geholpen"
		var lines []string
		for _, r := range rows {
			lines = append(lines, strings.Join(r, ";"))
		}
		return strings.Join(lines, "\r\n") + "\r\n"
	}
	record := func(content string, flags ...string) (exit.Code, string) {
		t.Helper()
		file := filepath.Join(t.TempDir(), "ingevuld.csv")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, errs := stapel(t, t.Context(), append([]string{"select", "--redenen", file, "--data", data}, flags...)...)
		return code, errs
	}
	in1252 := func(s string) string {
		t.Helper()
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for content, want := range map[string]string{
		in1252(filled("geheime coördinatie")):   "line 2: column reden: not UTF-8; save the list as CSV UTF-8, or say --codering windows-1252",
		filled("\"geheim\r\nvervolg\""):         "line 2: column reden: a line end inside it",
		filled("=geheim"):                       "line 2: column reden: it begins as a formula",
		filled("geheim\x00"):                    "line 2: column reden: a NUL byte",
		filled(strings.Repeat("geheim é", 100)): "line 2: column reden: 800 characters; at most 500",
		filled("geheim 111222333"):              "line 2: column reden: a number that can be a BSN",
		filled("geheim 1112.22.333"):            "line 2: column reden: a number that can be a BSN",
		filled("\u202egeheim"):                  "line 2: column reden: a sign that turns the direction of writing (U+202E)",
		filled("geheim\u200b"):                  "line 2: column reden: a sign that nobody sees (U+200B)",
		utf16(filled("geheim"), true):           "the file is UTF-16",
		utf16(filled("geheim"), false):          "the file is UTF-16",
	} {
		code, errs := record(content)
		if code != exit.Usage || !strings.Contains(errs, want) || strings.Contains(errs, "geheim") || strings.Contains(errs, "h-") ||
			strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("exit %d, %q; want %q", code, errs, want)
		}
		for _, r := range read() {
			if r.Decided != "" || r.Reason != "" {
				t.Errorf("a list that was refused was recorded")
			}
		}
	}
	if code, errs := record(strings.Replace(filled("gat"), "gat", "\x81", 1), "--codering", "windows-1252"); code == exit.Done {
		t.Errorf("a byte that Windows-1252 does not have: %s", errs)
	}
	if code, errs := record(filled("geheime coördinatie"), "--codering", "windows-1252"); code != exit.Usage ||
		!strings.Contains(errs, "this file is UTF-8; leave out --codering") {
		t.Errorf("UTF-8 that is said to be Windows-1252: exit %d: %s", code, errs)
	}
	const reason = "gezin 123456781 heeft geen coördinatie, € 5.000 over – z’n idee"
	for name, c := range map[string]struct {
		content string
		flags   []string
	}{
		"utf-8": {filled(reason), nil}, "with a byte order mark": {"\ufeff" + filled(reason), nil},
		"windows-1252": {in1252(filled(reason)), []string{"--codering", "windows-1252"}},
	} {
		if code, errs := record(c.content, c.flags...); code != exit.Done {
			t.Fatalf("%s: exit %d: %s", name, code, errs)
		}
		n := 0
		for _, r := range read() {
			if r.Decided == "ja" && r.Reason == reason || r.Decided == "nee" && r.Reason == "al geholpen" {
				n++
			}
		}
		if n != 2 {
			t.Errorf("%s: %d of 2 decisions are as they were written", name, n)
		}
	}
	if code, errs := record(filled("x"), "--codering", "latin1"); code != exit.Usage || !strings.Contains(errs, "use utf-8 or windows-1252") {
		t.Errorf("another encoding: exit %d: %s", code, errs)
	}
	// a list that was decided is written and read back as it is
	again := filepath.Join(data, "weer.csv")
	if code, _, errs := stapel(t, t.Context(), "select", "--redenen", list, "--uit", again, "--reden", "toets", "--data", data); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	before := read()
	if code, _, errs := stapel(t, t.Context(), "select", "--redenen", again, "--data", data); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if after := read(); len(after) != 2 || after[0] != before[0] || after[1] != before[1] || after[0].Reason == "" {
		t.Errorf("%d rows, not what was recorded", len(after))
	}
}

// TestFlagsAreText: text of flags that a log keeps is one line of UTF-8.
func TestFlagsAreText(t *testing.T) {
	for _, args := range [][]string{
		{"explain", "h-0000000000000000", "--reden", "geheim\nmeer"}, {"explain", "h-0000000000000000", "--reden", "geheim\xeb"},
		{"quarantine", "show", "huishouden/h.csv", "--reden", "geheim\x1b"}, {"explain", "h-0000000000000000", "--reden", "geheim 111222333"}, {"select", "--vast", "--manier", "loting", "--loting", "loting-001", "--seed", "geheim\xeb"},
		{"explain", "h-0000000000000000", "--reden", strings.Repeat("geheim", 100)},
	} {
		code, _, errs := stapel(t, t.Context(), append(args, "--data", t.TempDir())...)
		if code != exit.Usage || strings.Contains(errs, "geheim") || !strings.Contains(errs, args[len(args)-2]+": ") {
			t.Errorf("%q: exit %d: %s", args, code, errs)
		}
	}
}
