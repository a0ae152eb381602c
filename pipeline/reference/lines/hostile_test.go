package lines

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"testing/fstest"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/sample-data/generator"
)

// TestHostile: of the bad files of the generator that are accepted, as many lines go to quarantine as its truth says.
func TestHostile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if _, err := generator.Generate(t.Context(), generator.Options{Households: 20, Months: 36, Seed: 1, Hostile: true, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	rows, err := generator.ReadTruth(dir, "slecht")
	if err != nil {
		t.Fatal(err)
	}
	want, accepted := map[string]int{}, map[string]bool{}
	for _, r := range rows {
		switch r["uitkomst"] {
		case "geaccepteerd":
			accepted[r["bestand"]] = true
		case "quarantaine":
			n, err := strconv.Atoi(r["aantal"])
			if err != nil {
				t.Fatal(err)
			}
			want[r["bestand"]] += n
		}
	}
	cfg, err := config.Load(config.Options{Set: map[string]any{"run.peildatum": "2025-12-31"}})
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for file, n := range want {
		inbox := fstest.MapFS{}
		for _, name := range []string{file, file + ".levering.yaml"} {
			if data, err := os.ReadFile(filepath.Join(dir, "inbox", name)); err == nil {
				inbox[name] = &fstest.MapFile{Data: data}
			}
		}
		set, err := extract.Read(inbox, cfg.Kinds()...)
		if err != nil || !accepted[file] {
			continue // what is no CSV, or refused, is not for a reference to repair
		}
		compared++
		w, err := New(set, cfg, []byte("a key"))
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, l := range w.All {
			if l.Fate == "quarantaine" {
				got++
			}
		}
		if got != n {
			t.Errorf("%s: %d lines in quarantine, the truth says %d", file, got, n)
		}
	}
	if compared < 25 {
		t.Errorf("only %d of %d files were compared", compared, len(want))
	}
}
