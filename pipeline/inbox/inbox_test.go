package inbox

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config/configtest"

	"pgregory.net/rapid"
)

// TestPairNotes: a note belongs to the extract that it is named after to the letter, else to the only one that differs in case; and every
// note is found with one extract, with several, or with none.
func TestPairNotes(t *testing.T) {
	for _, c := range []struct{ extracts, notes, with, several string }{
		{"a.csv b.csv", "a.csv.levering.yaml", "a.csv=a.csv.levering.yaml", ""},
		{"A.CSV", "a.csv.levering.yaml", "A.CSV=a.csv.levering.yaml", ""},
		{"a.csv", "A.CSV.LEVERING.YAML", "a.csv=A.CSV.LEVERING.YAML", ""},
		{"A.csv a.csv", "a.csv.levering.yaml", "a.csv=a.csv.levering.yaml", ""},
		{"A.csv a.csv", "a.csv.levering.yaml A.csv.Levering.yaml", "a.csv=a.csv.levering.yaml A.csv=A.csv.Levering.yaml", ""},
		{"a.csv", "a.csv.levering.yaml a.csv.Levering.yaml", "a.csv=a.csv.levering.yaml", ""},
		{"a.Csv", "a.csv.levering.yaml A.csv.levering.yaml", "", "a.Csv"},
		{"A.csv a.CSV", "a.csv.levering.yaml", "", "A.csv a.CSV"},
		{"a.csv.gz", "a.csv.levering.yaml", "", ""},
	} {
		with, several := pairNotes(strings.Fields(c.extracts), strings.Fields(c.notes))
		want := map[string]string{}
		for _, p := range strings.Fields(c.with) {
			x, n, _ := strings.Cut(p, "=")
			want[x] = n
		}
		if got := slices.Sorted(maps.Keys(several)); !maps.Equal(with, want) || !slices.Equal(got, strings.Fields(c.several)) {
			t.Errorf("%q with notes %q: %v and several %v, want %s and %s", c.extracts, c.notes, with, several, c.with, c.several)
		}
	}
	name := rapid.SliceOfDistinct(rapid.StringMatching(`[aA][bB]?\.[cC]sv`), rapid.ID[string])
	rapid.Check(t, func(t *rapid.T) {
		extracts := name.Draw(t, "extracts")
		var notes []string
		for _, n := range name.Draw(t, "notes") {
			notes = append(notes, n+rapid.SampledFrom([]string{".levering.yaml", ".Levering.yaml"}).Draw(t, "end"))
		}
		with, several := pairNotes(extracts, notes)
		slices.Reverse(extracts)
		slices.Reverse(notes)
		again, _ := pairNotes(extracts, notes)
		used := map[string]bool{}
		for x, n := range with {
			if !strings.EqualFold(x+".levering.yaml", n) || used[n] || several[x] != nil || again[x] != n {
				t.Fatalf("%s has note %s (in another order %s)", x, n, again[x])
			}
			used[n] = true
		}
		for _, x := range extracts {
			if slices.Contains(notes, x+".levering.yaml") && with[x] != x+".levering.yaml" {
				t.Fatalf("%s has note %q", x, with[x])
			}
		}
	})
}

// TestSafeName: no name writes a control character, or turns the order of the line around.
func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{"a b's.csv": "a b's.csv", "é\U0001f600.csv": "é\U0001f600.csv", "a\nb": `"a\nb"`, "a\x1b[2Jb": `"a\x1b[2Jb"`,
		"a\u0085b": `"a\u0085b"`, "a\u202eb": `"a\u202eb"`, "a\u2028b": `"a\u2028b"`, "a\xffb": `"a\xffb"`} {
		if got := SafeName(name); got != want {
			t.Errorf("%q is shown as %s, want %s", name, got, want)
		}
	}
}

// TestReasons: whatever is not read is said once, with a remedy.
func TestReasons(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "inbox", "wmo_declaratie")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"a.csv.txt": "de naam a.csv", "b.TXT": "de naam b.csv", "c.7z": "pak het uit", "d.ODS": "de naam d.csv", "e.csv~": "niet af", "f.gz": ".csv.gz",
		"g.csv.gpg": "versleuteld", "h.csv.sha256": "leveringsbrief", "i.pdf": "haal het weg", "j": "haal het weg", "k.csv.bz2": "pak het uit",
		"l.tar.gz": "pak het uit", "x.csv.yaml": "de naam x.csv.levering.yaml", "x.levering.yml": "de naam x.csv.levering.yaml",
		"x.csv.levering.yaml.txt": "de naam x.csv.levering.yaml", "x.csv.gz.levering.yaml": "de naam x.csv.levering.yaml",
		"y.levering.yaml": "(y.csv, y.csv.GZ)", "z.csv.levering.json": "zonder extract", ".z.csv.levering.yaml": "punt",
	}
	for _, name := range append(slices.Collect(maps.Keys(want)), "x.csv", "y.csv", "y.csv.GZ", "~$x.csv", "DESKTOP.INI", ".~lock.x.csv#") {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, err := List(filepath.Dir(dir), configtest.Defaults(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Found) != 3 || len(in.junk) != 3 || len(in.Unread) != len(want) {
		t.Errorf("%d are read, %d are junk, %d are not read; want 3, 3 and %d", len(in.Found), len(in.junk), len(in.Unread), len(want))
	}
	for _, u := range in.Unread {
		name := filepath.Base(u.path)
		if u.File != "wmo_declaratie/"+name || !strings.Contains(u.Reason, want[name]) || want[name] == "" {
			t.Errorf("%s; want it to say %q", u, want[name])
		}
	}
}
