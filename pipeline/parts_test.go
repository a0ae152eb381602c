package pipeline_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stapel/pipeline/cache"
	"stapel/pipeline/lake"
	sampledata "stapel/sample-data"
)

// TestPartsAreWhole: a table of which some parts are made anew, and others are taken from what was kept, is the table that is made at once. Kinds are told apart
// by the digits of their number: of any two there is a run that makes the one and takes the other; STAPEL_INCREMENTEEL makes them all, make test two.
func TestPartsAreWhole(t *testing.T) {
	data := world(t, 5)
	set := map[string]any{"run.peildatum": "2025-12-31", "engine.threads": 1, "selection.require_exclusions": false}
	want, _ := runOn(t, data, set, true, false)
	if want.failed != "" {
		t.Fatal(want.failed)
	}
	dir := (&lake.Lake{Root: data}).Cache()
	open := func() *cache.Store {
		store, err := cache.Open(dir, sampledata.DemoKey[:], 1<<30)
		if err != nil {
			t.Fatal(err)
		}
		return store
	}
	var kinds []string
	for _, apart := range open().ReadBook().Apart {
		for kind := range apart.Parts {
			if !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	slices.Sort(kinds)
	if len(kinds) < 12 {
		t.Fatalf("only %v are parts of tables", kinds)
	}
	rounds := 10
	if os.Getenv("STAPEL_INCREMENTEEL") == "" {
		rounds = 2
	}
	for round := range rounds {
		store := open()
		book := store.ReadBook()
		made := map[string]int{} // parts of each table that are to be made
		for name, apart := range book.Apart {
			// the table stands under another key, and only some of its parts are what they were
			file := filepath.Join(t.TempDir(), name)
			table, ok := store.Take(apart.Key, file, false)
			if !ok {
				t.Fatalf("%s is not kept", name)
			}
			key := cache.Key("elsewhere", apart.Key)
			if err := store.Put(key, file, *table, false); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(dir, apart.Key+".json")); err != nil {
				t.Fatal(err)
			}
			parts := maps.Clone(apart.Parts)
			for kind := range parts {
				if at := slices.Index(kinds, kind); at>>(round/2)&1 == round%2 {
					parts[kind] = "another"
					made[name]++
				}
			}
			book.Apart[name] = cache.Apart{Key: key, Parts: parts}
			if made[name] == len(parts) {
				delete(made, name)
			}
		}
		if err := store.WriteBook(book); err != nil {
			t.Fatal(err)
		}
		got, reuse := runOn(t, data, set, true, false)
		if diff := got.differs(want); diff != "" {
			t.Fatalf("round %d: %s", round, diff)
		}
		for _, m := range reuse.Made {
			if n := made[m.Name]; n > 0 && len(m.Parts) != n {
				t.Errorf("round %d: %s: %v were made, want %d", round, m.Name, m.Parts, n)
			}
			delete(made, m.Name)
		}
		if len(made) > 0 {
			t.Errorf("round %d: not made anew: %v", round, made)
		}
	}
}
