package ingest

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadNote(t *testing.T) {
	dir := t.TempDir()
	extract := filepath.Join(dir, "x.csv.gz")
	if n, err := ReadNote(extract); n != nil || err != nil {
		t.Fatalf("without a note: %v, %v", n, err)
	}
	if err := os.WriteFile(extract+NoteSuffix, []byte(`
levering_id: 2025-07
gegevensleverancier: Gemeente Proef
gemeentecode: [0855, GM0344, "0855"]
periode_van: 2025-01-01
periode_tot: 2025-06-30
aangemaakt: 2025-07-02T10:00:00+02:00
contract_versie: 1.0
pseudoniem_versie: V1
aantal_regels: 12
totaal_debet_ct: 0
totaal_credit_ct: 340
sha256: 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08
alle_verzekeraars: ja
uzovi: 0101
`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{extract, extract + NoteSuffix} {
		n, err := ReadNote(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		want := `{"levering_id":"2025-07","gegevensleverancier":"Gemeente Proef","gemeentecode":["GM0344","GM0855"],"periode_van":"2025-01-01",` +
			`"periode_tot":"2025-06-30","aangemaakt":"2025-07-02T10:00:00+02:00","contract_versie":"1.0","pseudoniem_versie":"v1","aantal_regels":12,` +
			`"totaal_debet_ct":0,"totaal_credit_ct":340,"sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",` +
			`"alle_verzekeraars":true,"uzovi":["0101"]}`
		if string(got) != want {
			t.Errorf("%s\nwant\n%s", got, want)
		}
	}
}

func TestNoteForms(t *testing.T) {
	n, err := parseNote("x", []byte("gemeentecode: GM0855\naangemaakt: 2025-07-02\nalle_verzekeraars: nee\nperiode_van:\nuzovi: [\"0101\", 7035]\n"))
	if err != nil || n.Gemeenten[0] != "GM0855" || n.Aangemaakt.String() != "2025-07-02 00:00:00 +0000 UTC" || *n.AlleVerzekeraars || n.PeriodeVan != nil || len(n.Uzovi) != 2 {
		t.Errorf("%+v, %v", n, err)
	}
}

// Mistakes give line and key, all of them at once, and never a value.
func TestNoteMistakes(t *testing.T) {
	for _, c := range []struct {
		text  string
		regel int64
		kolom string
	}{
		{"", 1, ""},
		{"# alleen commentaar\n", 1, ""},
		{"- a\n- b\n", 1, ""},
		{"levering_id: x\nlevering_id: y\n", 2, "levering_id"},
		{"levering_id: x\nGeheim: 1\n", 2, "onbekende sleutel"},
		{"levering_id: [a]\n", 1, "levering_id"},
		{"levering_id: x\n  aantal_regels: 4\n", 2, ""},
		{"gemeentecode: 855\n", 1, "gemeentecode"},
		{"gemeentecode: GM85\n", 1, "gemeentecode"},
		{"gemeentecode: \"0000\"\n", 1, "gemeentecode"},
		{"gemeentecode: [0855, Geheim]\n", 1, "gemeentecode"},
		{"\ngemeentecode: {a: b}\n", 2, "gemeentecode"},
		{"periode_van: 2025-02-30\nperiode_tot: 2025-03-01\n", 1, "periode_van"},
		{"periode_van: 2025-02-01\n", 1, "periode_van"},
		{"periode_tot: 2025-02-01\n", 1, "periode_van"},
		{"periode_van: 2025-02-01\nperiode_tot: 2025-01-01\n", 1, "periode_tot"},
		{"aangemaakt: gisteren\n", 1, "aangemaakt"},
		{"pseudoniem_versie: v_1\n", 1, "pseudoniem_versie"},
		{"aantal_regels: 1,5\n", 1, "aantal_regels"},
		{"aantal_regels: -1\n", 1, "aantal_regels"},
		{"totaal_debet_ct: 12.50\n", 1, "totaal_debet_ct"},
		{"sha256: abc\n", 1, "sha256"},
		{"alle_verzekeraars: true\n", 1, "alle_verzekeraars"},
		{"uzovi: 101\n", 1, "uzovi"},
		{"levering_id: a\n---\nlevering_id: b\n", 1, ""},
	} {
		n, err := parseNote("x.csv.levering.yaml", []byte(c.text))
		r := new(Refusal)
		if n != nil || !errors.As(err, &r) || r.Code != RefBriefOngeldig || r.Regel != c.regel || r.Kolom != c.kolom || strings.Contains(strings.ToLower(err.Error()), "geheim") {
			t.Errorf("%q: %+v", c.text, err)
		}
	}
	_, err := parseNote("x.csv.levering.yaml", []byte("aantal_regels: x\nsha256: y\n"))
	if err == nil || !strings.HasPrefix(err.Error(), "x.csv.levering.yaml:1: aantal_regels: ") || !strings.Contains(err.Error(), "regel 2: sha256: ") {
		t.Error(err)
	}
}

func TestNoteIsNoFile(t *testing.T) {
	extract := filepath.Join(t.TempDir(), "x.csv")
	if err := os.Mkdir(extract+NoteSuffix, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadNote(extract); !strings.HasPrefix(err.Error(), "x.csv"+NoteSuffix+": ") {
		t.Error(err)
	}
}
