package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stapel/pipeline/exit"
	"stapel/pipeline/register"
)

// fillRegister fills in cells of a workbook.
func fillRegister(t *testing.T, file string, cells map[string]map[string]any) {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, list := range cells {
		for at, value := range list {
			if err := f.SetCellValue(sheet, at, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestRegister: a workbook is made, filled in, refused, mended and read into the inbox, where stapel check finds every extract in order.
func TestRegister(t *testing.T) {
	dir := t.TempDir()
	code, out, errs := stapel(t, t.Context(), "contract", "maatwerk", "--xlsx", "--out", dir)
	file := filepath.Join(dir, "maatwerk.xlsx")
	if code != exit.Done || out != file+"\n" {
		t.Fatalf("exit %d: %s%s", code, out, errs)
	}
	if code, _, errs := stapel(t, t.Context(), "contract", "maatwerk", "--xlsx", "--out", dir); code != exit.Usage || !strings.Contains(errs, "maatwerk.xlsx is there already") {
		t.Errorf("again: exit %d: %s", code, errs)
	}
	for _, args := range [][]string{{"--xlsx"}, {"maatwerk_plan", "--xlsx"}} {
		if code, _, errs := stapel(t, t.Context(), append([]string{"contract"}, args...)...); code != exit.Usage || !strings.Contains(errs, "stapel contract maatwerk --xlsx") {
			t.Errorf("%v: exit %d: %s", args, code, errs)
		}
	}
	const someone, boss, other = "v1_da7fa97fcf205de84847d444aa21fb4c", "v1_00000000000000000000000000000001", "v1_00000000000000000000000000000002"
	fillRegister(t, file, map[string]map[string]any{
		"Levering":  {"B2": "Programma Voorbeeld", "B3": "0855", "B4": "2024-01-01", "B5": "2025-12-31", "B6": "2026-01-15", "B7": "v1", "B9": "ja"},
		"Plannen":   {"A2": "C01", "B2": "123456782", "C2": 855, "D2": "uitvoering", "E2": boss, "F2": "2025-05-12", "K2": 20000, "L2": 90000, "M2": 63000},
		"Metingen":  {"A2": "C01", "B2": 0, "C2": "2025-12-01", "D2": "ouder", "E2": 7.5, "A3": "C01", "B3": 6, "C3": "2025-12-02", "D3": "ouder", "E3": 7.3},
		"Akkoorden": {"A2": "C01", "B2": other, "C2": "akkoord", "D2": "2025-11-01"},
	})
	inbox := filepath.Join(dir, "uit")
	read := func(args ...string) (exit.Code, string) {
		code, out, errs := stapel(t, t.Context(), append([]string{"register", file, "--out", inbox}, args...)...)
		if out += errs; strings.Contains(out, "123456782") {
			t.Errorf("it shows what stands in a cell: %s", out)
		}
		return code, strings.ReplaceAll(out, "\u00a0", " ")
	}
	if code, out := read(); code != exit.Refused || !strings.Contains(out, "GEWEIGERD  blad Plannen") || !strings.Contains(out, "BSN") {
		t.Errorf("a BSN: exit %d: %s", code, out)
	}
	if _, err := os.Stat(inbox); err == nil {
		t.Error("of a workbook that is refused something was written")
	}
	fillRegister(t, file, map[string]map[string]any{"Plannen": {"B2": someone}})
	code, out = read("--check")
	if code != exit.Quarantined || !strings.Contains(out, "maatwerk_meting  blad Metingen: bruikbaar, met regels in quarantaine") ||
		!strings.Contains(out, "onbekend   blad Uitgaven is leeg en wordt niet bijgehouden") || strings.Contains(out, "geleverd   ") {
		t.Errorf("a mark of 7,3: exit %d: %s", code, out)
	}
	if _, err := os.Stat(inbox); err == nil {
		t.Error("--check wrote something")
	}
	fillRegister(t, file, map[string]map[string]any{"Metingen": {"E3": 7}})
	code, out = read("--json")
	var said struct {
		Exit      exit.Code `json:"exit"`
		Delivered []string  `json:"geleverd"`
		Silent    []string  `json:"niet_bijgehouden"`
	}
	if err := json.Unmarshal([]byte(out), &said); err != nil || code != exit.Done || said.Exit != exit.Done || len(said.Delivered) != 4 || strings.Join(said.Silent, " ") != "Uitgaven" {
		t.Fatalf("exit %d, %v: %s", code, err, out)
	}
	for _, name := range said.Delivered {
		code, out, errs := stapel(t, t.Context(), "check", name)
		if code != exit.Done || !strings.Contains(out, "klopt met het bestand") {
			t.Errorf("%s: exit %d: %s%s", name, code, out, errs)
		}
	}
	if code, out := read(); code != exit.Usage || !strings.Contains(out, "maatwerk_plan/maatwerk.csv is there already") {
		t.Errorf("again: exit %d: %s", code, out)
	}
	// as if it had been killed before the second extract, and before the extract of the third note
	for _, name := range []string{said.Delivered[1], register.Sidecar(said.Delivered[1]), said.Delivered[2]} {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	if code, out := read(); code != exit.Done {
		t.Errorf("after a delivery that was cut off: exit %d: %s", code, out)
	}
	for _, name := range said.Delivered {
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if err := os.Remove(said.Delivered[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(said.Delivered[1], []byte("iets anders"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := read(); code != exit.Usage || !strings.Contains(out, filepath.Base(said.Delivered[1])+" is there already") {
		t.Errorf("beside something else: exit %d: %s", code, out)
	}
	if _, err := os.Stat(said.Delivered[0]); err == nil {
		t.Error("it wrote beside something else")
	}
}
