package sample

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/config/configtest"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/mart"
)

// TestHolds: lines have to be those of the published figure, to the cent and the line, whatever part of the key is left open.
func TestHolds(t *testing.T) {
	const id, home = "2025-12-31-0123456789ab", "h-0000000000000001"
	l := &lake.Lake{Root: t.TempDir()}
	file := l.Run(id).Mart("kosten")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	rows := []mart.Kosten{
		{Huishouden: home, Venster: "T0", Domein: "wmo", Betaler: "gemeente_wmo", Grondslag: "gedeclareerd", BedragCt: 1000, Regels: 3},
		{Huishouden: home, Venster: "T1", Domein: "wmo", Betaler: "gemeente_wmo", Grondslag: "gedeclareerd", BedragCt: 500, Regels: 2},
		{Huishouden: home, Venster: "T0", Domein: "schuldhulp", Betaler: "gemeente_schuldhulp", Grondslag: "geprijsd", BedragCt: 70, Regels: 1},
		{Huishouden: "h-0000000000000002", Venster: "T0", Domein: "zvw", Betaler: "zorgverzekeraar", Grondslag: "gedeclareerd", BedragCt: 20, Regels: 1},
		{Huishouden: nobody, Venster: "T0", Domein: "zvw", Betaler: "zorgverzekeraar", Grondslag: "gedeclareerd", BedragCt: 5, Regels: 1},
	}
	if err := parquet.WriteFile(file, rows); err != nil {
		t.Fatal(err)
	}
	_, sum, err := control.HashFile(file)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := json.Marshal(control.Manifest{RunID: id, Outputs: []control.Output{{File: lake.MartName("kosten"), Sha256: sum}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(l.Run(id).Manifest(), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
	run, err := published.Open(l, id)
	if err != nil {
		t.Fatal(err)
	}
	for figure, want := range map[string][2]int64{
		Whole: {1025, 5}, "kosten/*/*/*/*/*/bedrag_ct": {1595, 8}, "ranglijst/*/kosten_t0_ct": {1020, 4}, "ranglijst/" + home + "/kosten_t1_ct": {500, 2},
		"ranglijst/" + home + "/kosten_wmo_ct": {1000, 3}, "kosten/onbekend/T0/*/*/*/bedrag_ct": {5, 1}, "kosten/" + home + "/T0/*/*/*/bedrag_ct": {1070, 4},
		"kosten/*/T0/*/zorgverzekeraar/*/bedrag_ct": {25, 2},
	} {
		f, err := parse(figure, configtest.Defaults(t, nil))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.holds(t.Context(), run, want[0], want[1]); err != nil {
			t.Errorf("%s: %v", figure, err)
		}
		for _, off := range [][2]int64{{1, 0}, {0, 1}, {-1, 0}} {
			var e *exit.Error
			if err := f.holds(t.Context(), run, want[0]+off[0], want[1]+off[1]); !errors.As(err, &e) || e.Code != exit.Difference {
				t.Errorf("%s, off by %v: %v", figure, off, err)
			}
		}
	}
}
