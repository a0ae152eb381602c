package recount

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/mart"
)

// TestUnreadable: of a table that can't be read every identity that looks at it says so, and none compares with what was read of it.
func TestUnreadable(t *testing.T) {
	folder := lake.Folder(t.TempDir())
	if err := os.MkdirAll(folder.Marts(), 0o700); err != nil {
		t.Fatal(err)
	}
	m := &control.Manifest{}
	add := func(name string, write func(file string) error) {
		t.Helper()
		m.Outputs = append(m.Outputs, control.Output{File: lake.MartName(name)})
		if err := write(filepath.Join(folder.Marts(), name+".parquet")); err != nil {
			t.Fatal(err)
		}
	}
	n := int64(3)
	add("ranglijst", func(file string) error { return parquet.WriteFile(file, []mart.Ranglijst{}) })
	add("controle", func(file string) error {
		return parquet.WriteFile(file, []mart.Controle{{Kind: "wmo_declaratie", Stap: "onbekend", Regels: &n, BedragCt: 500}})
	})
	add("kosten", func(file string) error { return parquet.WriteFile(file, []struct{ Anders int64 }{{1}}) })
	_, wrong, err := All(t.Context(), m, folder, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, w := range wrong {
		for _, f := range w.Files {
			if f == lake.MartName("kosten") {
				said++
				if w.What != "" {
					t.Errorf("%s: %s", w.Name, w.What)
				}
			}
		}
	}
	if said != 2 {
		t.Errorf("%d identities say that mart kosten can't be read, want 2: %v", said, wrong)
	}
}
