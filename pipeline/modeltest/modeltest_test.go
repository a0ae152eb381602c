package modeltest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stapel/config/configtest"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/modeltest"
)

// folder holds the cases, beside the models.
const folder = "../../transforms/testdata/cases"

// peil is the peildatum of all cases: T0 is 2025, T1 2024, T2 2023.
var peil = time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)

func bench(t *testing.T) *modeltest.Bench {
	t.Helper()
	work := t.TempDir()
	e, err := duckdb.Open(t.Context(), duckdb.Options{Dirs: []string{work}, Spill: filepath.Join(work, "spill"), Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	b, err := modeltest.New(t.Context(), configtest.Defaults(t, nil), e, work, peil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestCases computes every case.
func TestCases(t *testing.T) {
	b := bench(t)
	files, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, name := range files {
		f, err := modeltest.Read(name)
		if err != nil {
			t.Error(err)
			continue
		}
		t.Run(f.Model, func(t *testing.T) {
			for _, c := range f.Cases {
				t.Run(c.Name, func(t *testing.T) {
					if err := b.Run(t.Context(), f, c); err != nil {
						t.Error(err)
					}
				})
			}
		})
	}
}

// TestSaysWhatIsWrong: a case that can't be right says why, and the next one is computed as if it had not been there.
func TestSaysWhatIsWrong(t *testing.T) {
	b := bench(t)
	right := "tables:\n  lid_toen: |\n    peil persoon huishouden aangehecht\n    0 1 10 nee\n    1 2 10 nee\nrows: |\n  persoon huishouden aangehecht geboren\n  1 10 nee -\n"
	for _, c := range []struct{ name, from, to, want string }{
		{"right", "", "", ""},
		{"other value", "1 10 nee -", "1 11 nee -", "it gives\n  persoon huishouden aangehecht geboren\n  1       10         nee        -\nwant\n"},
		{"other flag", "1 10 nee -", "1 10 ja -", "it gives"},
		{"empty is no value", "1 10 nee -", "1 10 nee 2000-01-01", "it gives"},
		{"a row less", "  1 10 nee -\n", "", "it gives"},
		{"a row more", "  1 10 nee -\n", "  1 10 nee -\n  2 10 nee -\n", "it gives"},
		{"unknown table", "lid_toen: |", "lid_ooit: |", "lid does not read lid_ooit"},
		{"another model's table", "lid_toen: |", "feit_toen: |", "lid does not read feit_toen"},
		{"unknown column", "peil persoon huishouden aangehecht", "peil persoon huishouden gehecht", "table lid_toen: it has no column gehecht"},
		{"column twice", "peil persoon huishouden aangehecht", "peil persoon persoon aangehecht", "column persoon is named twice"},
		{"unknown column of the result", "aangehecht geboren", "aangehecht peil", "rows: it has no column peil"},
		{"word for a number", "0 1 10 nee", "0 een 10 nee", `column persoon: "een" is not a whole number`},
		{"word for a flag", "0 1 10 nee", "0 1 10 false", `column aangehecht: "false" is not ja or nee`},
		{"word for a day", "1 10 nee -", "1 10 nee 2025-02-30", `column geboren: "2025-02-30" is not a day`},
		{"too few words", "0 1 10 nee", "0 1 10", "3 words for 4 columns"},
		{"two rows with one key", "1 2 10 nee", "0 1 10 nee", "two rows have persoon 1"},
		{"a month outside the windows", "0 1 10 nee", "{2022-12} 1 10 nee", "2022-12 is not a month of the windows"},
		{"a month outside the longer calendar", "0 1 10 nee", "[2020-12] 1 10 nee", "2020-12 is not a month of the windows"},
		{"a set that ends before it begins", "0 1 10 nee", "{2025-12..2025-01} 1 10 nee", "ends before it begins"},
		{"right again", "", "", ""},
	} {
		text := strings.Replace(right, c.from, c.to, 1)
		if c.from != "" && text == right {
			t.Fatalf("%s changes nothing", c.name)
		}
		text = "cases:\n  - name: rules 23\n    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
		file := filepath.Join(t.TempDir(), "lid.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := modeltest.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		err = b.Run(t.Context(), f, f.Cases[0])
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", c.name, err, c.want)
		}
	}
}

// TestReadRefuses: a file is read as a whole.
func TestReadRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"cases:\n  - name: rules 1\n    rijen: x\n":       "rijen",
		"cases:\n  - name: works\n":                       "says which of the rules",
		"cases:\n  - name: rules 1\n  - name: rules 1\n":  "a name of its own",
		"gevallen:\n  - name: rules 1\n":                  "gevallen",
		"cases:\n  - name: rules 1\n    tables: [a, b]\n": "cannot unmarshal",
	} {
		file := filepath.Join(t.TempDir(), "lid.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := modeltest.Read(file); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "lid.yaml") {
			t.Errorf("%q: %v; want %q", text, err, want)
		}
	}
}
