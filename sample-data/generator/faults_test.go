package generator

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readTruth reads a file of the truth by column name.
func readTruth(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	rows, err := ReadTruth(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// everyFault are the options of a set with all faults that can be planted together.
func everyFault() Options {
	_, alone := FaultNames()
	alone = slices.DeleteFunc(alone, func(name string) bool { return name == "koppeling" })
	return Options{Households: 300, Months: 12, Seed: 24, Hostile: true, Faults: alone}
}

// TestFaultsAreApart: what suppliers do wrong comes on top of a set, which stays as it is but for the feeds under another key; and
// the same options give the same bytes.
func TestFaultsAreApart(t *testing.T) {
	opt := everyFault()
	plain := small(t, Options{Households: opt.Households, Months: opt.Months, Seed: opt.Seed})
	one := small(t, opt)
	opt.Workers = 4
	two := small(t, opt)
	files := 0
	err := fs.WalkDir(os.DirFS(one), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		a, err1 := os.ReadFile(filepath.Join(one, p))
		b, err2 := os.ReadFile(filepath.Join(two, p))
		if !bytes.Equal(a, b) {
			t.Errorf("%s is not the same the second time", p)
		}
		c, err3 := os.ReadFile(filepath.Join(plain, p))
		if errors.Is(err3, fs.ErrNotExist) {
			err3 = nil
			files++
		} else if !bytes.Equal(a, c) && !strings.Contains(p, "wmo_") && !strings.Contains(p, "jeugd_toewijzing") && p != "README.txt" {
			t.Errorf("%s is changed by the faults", p)
		}
		return errors.Join(err1, err2, err3)
	})
	if err != nil || files < 150 {
		t.Fatalf("%d files more (%v)", files, err)
	}
}

// TestEachFault: each name gives files, or another key, and the truth of it; what is named only is not part of hostile.
func TestEachFault(t *testing.T) {
	with, alone := FaultNames()
	hostile := map[string]bool{}
	for _, r := range readTruth(t, small(t, Options{Households: 50, Months: 12, Seed: 25, Hostile: true}), "slecht") {
		hostile[r["bestand"]] = true
	}
	for _, name := range slices.Concat(with, alone) {
		dir := small(t, Options{Households: 50, Months: 12, Seed: 25, Faults: []string{name}})
		rows := readTruth(t, dir, "slecht")
		if strings.HasPrefix(name, "koppeling") {
			if len(readTruth(t, dir, "koppeling")) == 0 {
				t.Errorf("%s: no truth", name)
			}
			continue
		}
		if len(rows) < 2 {
			t.Errorf("%s: no truth", name)
		}
		for _, r := range rows {
			if r["bestand"] == "*" || r["bestand"] == "huishouden/feilen.csv" {
				continue
			}
			if hostile[r["bestand"]] != slices.Contains(with, name) {
				t.Errorf("%s: %s, part of hostile: %v", name, r["bestand"], hostile[r["bestand"]])
			}
			if _, err := os.Lstat(filepath.Join(dir, "inbox", filepath.FromSlash(r["bestand"]))); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	for _, names := range [][]string{{"overlap", "overlap"}, {"anders"}} {
		if err := (Options{Households: 1, Months: 12, Dir: filepath.Join(t.TempDir(), "d"), Faults: names}).Check(); err == nil {
			t.Errorf("%v may be planted", names)
		}
	}
}

// TestOtherKey: under another key nobody of the feed has a stay, or nobody of its gemeente, or about half; the notes are right, the
// label is the same, and the truth counts the persons.
func TestOtherKey(t *testing.T) {
	for _, c := range []struct {
		fault, kind, gemeente, judged string
		low, high                     float64
	}{
		{"koppeling", "zvw_declaratie", "", "geen", 0, 0}, {"koppeling", "zvw_verzekerde", "", "geen", 0, 0},
		{"koppeling_gemeente", "wmo_declaratie", "0785", "geen", 0, 0}, {"koppeling_gemeente", "wmo_declaratie", "", "te_laag", 0.6, 0.9},
		{"koppeling_deels", "jeugd_toewijzing", "", "te_laag", 0.3, 0.7},
	} {
		dir := small(t, Options{Households: 2000, Months: 24, Seed: 26, Faults: []string{c.fault}})
		lives := map[string]bool{}
		for _, r := range readKind(t, dir, "huishouden") {
			lives[r["persoon_ps"]] = true
		}
		all, found := map[string]bool{}, map[string]bool{}
		for _, r := range readKind(t, dir, c.kind) {
			if ps := r["persoon_ps"]; c.gemeente == "" || r["gemeentecode"] == c.gemeente {
				all[ps] = true
				if lives[ps] {
					found[ps] = true
				}
				if !strings.HasPrefix(ps, "v1_") || len(ps) != pseudonymLength {
					t.Fatalf("%s: a pseudonym of another form", c.fault)
				}
			}
		}
		share := float64(len(found)) / float64(len(all))
		if len(all) < 20 || share < c.low || share > c.high {
			t.Errorf("%s: %d of %d persons of %s %s have a stay", c.fault, len(found), len(all), c.kind, c.gemeente)
		}
		want := fmt.Sprint(len(all), len(found), " ", c.judged)
		if !slices.ContainsFunc(readTruth(t, dir, "koppeling"), func(r map[string]string) bool {
			return r["kind"] == c.kind && (r["gemeentecode"] == c.gemeente || c.gemeente == "" && r["gemeentecode"] == "alle") &&
				r["personen"]+" "+r["gekoppeld"]+" "+r["oordeel"] == want
		}) {
			t.Errorf("%s: the truth of %s %s is not %s", c.fault, c.kind, c.gemeente, want)
		}
		names, err := filepath.Glob(filepath.Join(dir, "inbox", c.kind, "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			data, err1 := os.ReadFile(name)
			note, err2 := os.ReadFile(name + ".levering.yaml")
			if err := errors.Join(err1, err2); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(note), fmt.Sprintf("sha256: \"%x\"", sha256.Sum256(data))) {
				t.Errorf("%s: the note is not of this file", filepath.Base(name))
			}
		}
	}
}
