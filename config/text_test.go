package config

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

func TestCheckText(t *testing.T) {
	for text, want := range map[string]string{
		"a\nb\xf6": "line 2, character 2: not UTF-8", "a\x00b": "line 1, character 2: a NUL byte", "a\x1b[0m": "line 1, character 2: a control character (U+001B)",
		"a\rb": "line 1, character 2: a line end inside it", "é\u0085": "line 1, character 2: a control character (U+0085)",
		"\xff\xfea\x00": "UTF-16", "\xfe\xff\x00a": "UTF-16", "a\x00b\x00": "UTF-16", "\x00a\x00b": "UTF-16", "PK\x03\x04": "zip",
		"a\u202eb": "line 1, character 2: a sign that turns the direction of writing (U+202E)", "a\n\u2066": "line 2, character 1: a sign that turns",
		"a\u2069": "(U+2069)", "a\u202a": "(U+202A)", "a\u2028b": "line 1, character 2: a line end inside it", "a\u2029b": "a line end inside it",
		"a\u200bb": "line 1, character 2: a sign that nobody sees (U+200B)", "a\u200d": "(U+200D)", "a\u2060": "(U+2060)", "a\ufeff": "(U+FEFF)",
		"a\u00ad": "(U+00AD)", "\ufeff\ufeff": "(U+FEFF)", "\x1f\x8b\x08": "gzip",
	} {
		if err := CheckText([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	for _, text := range []string{"", "a", "\ufeffa: b\r\n\tc\n", "één", "\ufffd"} {
		if err := CheckText([]byte(text)); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestStartsFormula(t *testing.T) {
	for text, want := range map[string]bool{"": false, "a=b": false, "'=a": false, "=a": true, " +1": true, "\ta": true, "\u200b@x": true, "＝1": true, "-": true} {
		if StartsFormula(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

// inUTF16 is text as UTF-16 with a byte order mark, which the YAML library reads.
func inUTF16(text string) string {
	out := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(text)) {
		out += string([]byte{byte(u), byte(u >> 8)})
	}
	return out
}

// TestFilesAreText: every file of the configuration is UTF-8 text of bounded length, and what people are shown is no formula. The
// message names file and line, and not the text.
func TestFilesAreText(t *testing.T) {
	const cocktail = "add: true\ncocktails:\n  - id: x\n    name: %\n    ingredients: [{name: ggz}, {name: schulden}]\n    source: geheim\n"
	named := func(name string) string { return strings.Replace(cocktail, "%", name, 1) }
	const price = "prices:\n  - {kind: schuldhulp_traject, unit: traject, price_eur: \"1\", year: 2011, days: 365, source: \"%\"}\n"
	for _, c := range []struct{ file, text, want string }{
		{"cocktails.yaml", inUTF16(named("geheim")), "config/cocktails.yaml:1: character 1: the file is UTF-16"},
		{"cocktails.yaml", named("geh\xebim"), "config/cocktails.yaml:4: character 14: not UTF-8"},
		{"cocktails.yaml", named("geheim\x07"), "config/cocktails.yaml:4: character 17: a control character (U+0007)"},
		{"cocktails.yaml", named(`"geheim\e[31m"`), "config/cocktails.yaml:4: name: a control character (U+001B)"},
		{"cocktails.yaml", named(`"geheim\nmeer"`), "config/cocktails.yaml:4: name: a line end inside it"},
		{"cocktails.yaml", named(`"=geheim"`), "config/cocktails.yaml:4: name: a spreadsheet would run this"},
		{"cocktails.yaml", named(`" @geheim"`), "config/cocktails.yaml:4: name: a spreadsheet would run this"},
		{"cocktails.yaml", named(strings.Repeat("geheim", 100)), "config/cocktails.yaml:4: name: 600 characters; at most 500"},
		{"cocktails.yaml", strings.Replace(named("x"), "id: x", "id: "+strings.Repeat("geheim", 1000), 1), "config/cocktails.yaml:3: 6000 characters"},
		{"cocktails.yaml", "\"geheim\\e\": 1\n", "config/cocktails.yaml:1: a control character"},
		{"signals.yaml", "add: true\ningredients:\n  - {name: x, label: \"-geheim\", known: nooit}\n", "config/signals.yaml:3: label: a spreadsheet"},
		{"prices.yaml", strings.Replace(price, "%", "+geheim", 1), "config/prices.yaml:2: source: a spreadsheet"},
		{"prices.yaml", strings.Replace(price, "%", `geheim\0`, 1), "config/prices.yaml:2: source: a NUL byte"},
		{"selection.yaml", inUTF16("threshold_eur: 1\n"), "config/selection.yaml:1: character 1: the file is UTF-16"},
		{"referentie_zvw.yaml", "source: \"=geheim\"\n", "config/referentie_zvw.yaml:1: source: a spreadsheet"},
		{"stapel.yaml", "run:\n  peildatum: \"geheim\\a\"\n", "config/stapel.yaml:2: a control character"},
		{"feeds/x.yaml", "kind: x\ndescription: =geheim\n", "config/feeds/x.yaml:2: description: a spreadsheet"},
		{"feeds/persoon.yaml", "kind: persoon\n", "kind: stapel itself has a table of this name"},
		{"signals.yaml", "add: true\n#" + strings.Repeat("geheim\n#", 200_000), "want a plain file of at most 1048576 bytes"},
	} {
		_, err := load(t, map[string]string{c.file: c.text}, Options{})
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s %.60q: %v, want %q", c.file, c.text, err, c.want)
		}
	}
	if _, err := load(t, map[string]string{"cocktails.yaml": "\ufeff" + named("Wél – 'gewoon'")}, Options{}); err != nil {
		t.Errorf("a byte order mark and signs of every day: %v", err)
	}
}

func TestReadFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "geheim")
	if err := os.WriteFile(name, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := ReadFile(name, 5); err != nil || string(data) != "12345" {
		t.Errorf("%q, %v", data, err)
	}
	for _, c := range []struct {
		name string
		most int64
	}{{name, 4}, {name + "x", 5}, {filepath.Dir(name), 5}} {
		if _, err := ReadFile(c.name, c.most); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%v", err)
		}
	}
	if _, err := ReadFile(name+"x", 5); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
