package ingest

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
)

// testContract has a column of every type.
const testContract = `
kind: proef
version: "1"
replaces: none
period_column: {column: begin, end: eind}
money: {amount: bedrag_ct, override: toegekend_eur, sign: dc}
ignored: [intern]
columns:
  - {name: persoon_ps, type: persoon, required: true}
  - {name: ouder_ps, type: persoon}
  - {name: huishouden_ps, type: huishouden}
  - {name: gemeentecode, type: gemeente, required: true}
  - {name: typhh, type: code, codes: [{code: "1"}, {code: "8", also: [acht, institutioneel]}]}
  - {name: dc, type: code, required: true, codes: [{code: D, also: [debet]}, {code: C}]}
  - {name: nummer, type: id, pattern: '[0-9]{1,9}'}
  - {name: referentie, type: id}
  - {name: toelichting, type: tekst}
  - {name: aantal, type: geheel, min: -5, max: 1000000000}
  - {name: jaar, type: jaar, min: 1900, unknown: ["00", "9999"]}
  - {name: cijfer, type: decimaal, required: true, empty_ok: true, min: 1000, max: 10000, step: 500}
  - {name: bedrag_ct, type: ct, required: true}
  - {name: toegekend_eur, type: eur}
  - {name: schuld_eur, type: eur}
  - {name: begin, type: datum, required: true, formats: [DD-MM-JJJJ, JJJJMMDD], incomplete: first}
  - {name: eind, type: datum, open_end: true, incomplete: last}
  - {name: maand, type: maand, formats: [JJJJMM]}
  - {name: crisis, type: vlag, codes: [{code: ja, also: [J, '1']}, {code: nee, also: [N]}]}
  - {name: hindernis, type: lijst, codes: [{code: geld}, {code: regels, also: [regel]}]}
  - {name: uur, type: tijd}
derived:
  - {name: alleen_key, from: persoon_ps, domain: alleen, when: {column: typhh, in: ["8"]}}
order:
  - {a: begin, b: eind, regel_code: einde_voor_begin, description: "eind ligt niet voor begin"}
`

func parseContract(tb testing.TB, text string) *config.Contract {
	tb.Helper()
	c, err := config.ParseContract("proef.yaml", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// smallContract has an id and a free text: for tests about the shape of a file.
const smallContract = `
kind: klein
version: "1"
replaces: none
columns:
  - {name: a, type: id, required: true}
  - {name: b, type: tekst}
`

func contractOf(tb testing.TB, kind string) *config.Contract {
	tb.Helper()
	data, err := os.ReadFile("../../config/feeds/" + kind + ".yaml")
	if err != nil {
		tb.Fatal(err)
	}
	c, err := config.ParseContract(kind+".yaml", data)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func testProjectKey(tb testing.TB) *ProjectKey {
	tb.Helper()
	s, err := NewProjectKey([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// ps makes a pseudonym of a name.
func ps(name string) string {
	return "v1_" + strings.Repeat("0", 32) + fmt.Sprintf("%x", name)
}

// setup is one reading in a test; zero fields get what most tests want.
type setup struct {
	contract   *config.Contract
	data       string
	name       string // of the file
	note       *Note
	limits     Limits
	workers    int
	blockSize  int
	shardLimit int
	parts      int
}

// result is what came out, files read back.
type result struct {
	*Extract
	err        error
	dir        string
	rows       []map[string]any // accepted lines, by line number; what is empty is absent
	quarantine []QuarantaineRegel
	persons    []persoonRow
}

// refusal returns why the file was refused; the test fails when it wasn't.
func (r result) refusal(tb testing.TB) *Refusal {
	tb.Helper()
	var refusal *Refusal
	if !errors.As(r.err, &refusal) {
		tb.Fatalf("not refused: %v", r.err)
	}
	if r.Extract == nil || r.Status != StatusGeweigerd || r.Reden != refusal {
		tb.Fatalf("the extract does not say it was refused: %+v", r.Extract)
	}
	return refusal
}

func (s setup) run(tb testing.TB) result {
	tb.Helper()
	if s.name == "" {
		s.name = "x.csv"
	}
	path := filepath.Join(tb.TempDir(), s.name)
	if err := os.WriteFile(path, []byte(s.data), 0o600); err != nil {
		tb.Fatal(err)
	}
	return s.read(tb, path)
}

func (s setup) read(tb testing.TB, path string) result {
	tb.Helper()
	return s.readTo(tb, path, filepath.Join(tb.TempDir(), "out"))
}

func (s setup) readTo(tb testing.TB, path, dir string) result {
	tb.Helper()
	r := &reading{src: Source{Path: path, Name: "proef/" + filepath.Base(path)}, note: s.note, dir: dir, limits: s.limits.withDefaults(),
		blockSize: max(s.blockSize, 0), shardLimit: s.shardLimit, parts: s.parts,
		opt: Options{Contract: s.contract, Key: testProjectKey(tb), Workers: s.workers}}
	if r.blockSize == 0 {
		r.blockSize = blockSize
	}
	if r.shardLimit == 0 {
		r.shardLimit = shardLimit
	}
	x, err := r.read(tb.Context())
	out := result{Extract: x, err: err, dir: dir}
	if _, err := os.Stat(filepath.Join(dir, QuarantaineBestand)); err == nil {
		out.quarantine = readFile[QuarantaineRegel](tb, filepath.Join(dir, QuarantaineBestand))
	}
	if err == nil {
		for _, d := range x.Delen {
			out.rows = append(out.rows, readRows(tb, filepath.Join(dir, d.Naam))...)
		}
		slices.SortStableFunc(out.rows, func(a, b map[string]any) int { return int(a["regel"].(int64) - b["regel"].(int64)) })
		out.persons = readFile[persoonRow](tb, filepath.Join(dir, PersoonBestand))
	}
	return out
}

func readFile[T any](tb testing.TB, path string) []T {
	tb.Helper()
	rows, err := parquet.ReadFile[T](path)
	if err != nil {
		tb.Fatal(err)
	}
	return rows
}

// readRows reads a Parquet file as maps from column to int64, int32 (dates), bool or string.
func readRows(tb testing.TB, path string) (out []map[string]any) {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	r := parquet.NewReader(f)
	defer r.Close()
	columns := r.Schema().Columns()
	rows := make([]parquet.Row, 100)
	for {
		n, err := r.ReadRows(rows)
		for _, row := range rows[:n] {
			m := map[string]any{}
			for _, v := range row {
				name := columns[v.Column()][0]
				switch {
				case v.IsNull():
				case v.Kind() == parquet.Int64:
					m[name] = v.Int64()
				case v.Kind() == parquet.Int32:
					m[name] = v.Int32()
				case v.Kind() == parquet.Boolean:
					m[name] = v.Boolean()
				default:
					m[name] = string(v.ByteArray())
				}
			}
			out = append(out, m)
		}
		if err == io.EOF {
			return out
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}

// line makes a line of the test contract from "column=value" pairs over a line that is right.
func line(pairs ...string) string {
	cells := map[string]string{"persoon_ps": ps("jan"), "gemeentecode": "0855", "dc": "D", "bedrag_ct": "100", "begin": "2025-01-01"}
	for _, p := range pairs {
		k, v, _ := strings.Cut(p, "=")
		cells[k] = v
	}
	out := make([]string, len(testColumns))
	for i, c := range testColumns {
		out[i] = cells[c]
	}
	return strings.Join(out, ";") + "\n"
}

var testColumns = []string{"persoon_ps", "ouder_ps", "huishouden_ps", "gemeentecode", "typhh", "dc", "nummer", "referentie", "toelichting", "aantal",
	"jaar", "cijfer", "bedrag_ct", "toegekend_eur", "schuld_eur", "begin", "eind", "maand", "crisis", "hindernis", "uur"}

var testHeader = strings.Join(testColumns, ";") + "\n"

func gzipped(tb testing.TB, data string) string {
	tb.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(data)); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}
