package selection

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/lake"
)

// TestCurrentSelection: under marts/ a selection lies beside its own draw or beside none, also where making it the current one breaks off.
func TestCurrentSelection(t *testing.T) {
	data := t.TempDir()
	const run = "2025-12-31-0123456789ab"
	l := &lake.Lake{Root: data}
	marts := l.Run(run).Marts()
	if err := os.MkdirAll(marts, 0o700); err != nil {
		t.Fatal(err)
	}
	choose := func(draw, home string) error {
		s := &selecting{opt: Options{Data: data}, lake: l, res: &Result{RunID: run, Draw: draw, Manier: OpRang,
			Chosen: []Chosen{{Household: Household{ID: home}}}}}
		var drawn []Drawn
		if draw != "" {
			drawn = []Drawn{{ID: home, Chosen: true}}
		}
		return s.publish("gekozen", drawn)
	}
	current := func(home, draw string) {
		t.Helper()
		chosen, err := parquet.ReadFile[selectionRow](filepath.Join(marts, selectionFile))
		if err != nil || len(chosen) != 1 || chosen[0].ID != home {
			t.Fatalf("the current selection is %v (%v), want %s", chosen, err, home)
		}
		drawn, err := parquet.ReadFile[drawRow](filepath.Join(marts, drawFile))
		switch {
		case draw == "" && !errors.Is(err, fs.ErrNotExist):
			t.Errorf("beside the selection of %s lies a draw: %v, %v", home, drawn, err)
		case draw != "" && (err != nil || len(drawn) != 1 || drawn[0].Draw != draw || chosen[0].Draw != draw):
			t.Errorf("beside the selection of %s lies draw %v (%v), want %s", home, drawn, err, draw)
		}
	}
	for _, c := range []struct{ draw, home string }{{"", "h1"}, {"loting-001", "h2"}, {"loting-002", "h3"}, {"", "h4"}, {"loting-003", "h5"}} {
		if err := choose(c.draw, c.home); err != nil {
			t.Fatal(err)
		}
		current(c.home, c.draw)
	}

	// what is in the way of the selection breaks it off when the draw of before has gone
	block := func(name string) (free func()) {
		t.Helper()
		file := filepath.Join(marts, name)
		kept, _ := os.ReadFile(file)
		if err := os.RemoveAll(file); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(file, "vol"), 0o700); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := os.RemoveAll(file); err != nil {
				t.Fatal(err)
			}
			if kept != nil {
				if err := os.WriteFile(file, kept, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	free := block(selectionFile)
	err := choose("", "h6")
	free()
	if err == nil {
		t.Fatal("nothing was in the way")
	}
	current("h5", "")
	if err := choose("loting-004", "h7"); err != nil {
		t.Fatal(err)
	}
	current("h7", "loting-004")
	left, err := filepath.Glob(filepath.Join(string(l.Run(run)), "*", "*.deel"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
}
