package csv

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"stapel/reports/table"
	"stapel/transforms"
)

func write(t *testing.T, tab table.Table) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), &b, tab); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrite(t *testing.T) {
	tab := table.Table{Name: "proef", Level: transforms.LevelRij, Columns: []table.Column{
		{Name: "naam", Kind: table.Text}, {Name: "kosten_t0_ct", Kind: table.Euro}, {Name: "aandeel", Kind: table.Fraction},
		{Name: "dag", Kind: table.Day}, {Name: "vlag", Kind: table.Flag}, {Name: "n", Kind: table.Int},
	}, Each: table.Slice([][]any{
		{"a;b\"c\nd", int64(123456789), 0.125, time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), true, int64(-7)},
		{"=1+1", int64(-5), -0.5, nil, false, nil},
	}, func(r []any) []any { return r })}
	got := write(t, tab)
	if !strings.HasPrefix(got, "\ufeffnaam;kosten_t0_eur;aandeel;dag;vlag;n\r\n") {
		t.Fatalf("header: %q", got)
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(got, "\ufeff")))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"a;b\"c\nd", "1234567,89", "0,125", "2025-12-31", "ja", "-7"},
		{"'=1+1", "-0,05", "-0,5", "", "nee", ""},
	}
	if !reflect.DeepEqual(rows[1:], want) {
		t.Fatalf("got %q", rows[1:])
	}
}

// TestWords: the words for codes stand after all columns; what is unknown is so in both.
func TestWords(t *testing.T) {
	upper := func(s string) string { return "=" + strings.ToUpper(s) }
	tab := table.Table{Name: "proef", Level: transforms.LevelRij, Columns: []table.Column{{Name: "code", Words: upper}, {Name: "n", Kind: table.Int, State: table.ZeroUnknown},
		{Name: "weg", Words: upper, State: table.Unknown}}, Each: table.Slice([][]any{{"a", int64(0), "b"}, {"", int64(2), nil}}, func(r []any) []any { return r })}
	if got, want := write(t, tab), "\ufeffcode;n;weg;code_naam;weg_naam\r\na;onbekend;onbekend;'=A;onbekend\r\n;2;onbekend;'=;onbekend\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestWithheld: what may not be shown is no empty cell; an empty cell of another column stays empty.
func TestWithheld(t *testing.T) {
	tab := table.Table{Name: "proef", Level: transforms.LevelVrij, Columns: []table.Column{{Name: "n", Kind: table.Int, Withheld: true}, {Name: "ct", Kind: table.Int}},
		Each: table.Slice([][]any{{nil, nil}, {int64(0), int64(5)}}, func(r []any) []any { return r })}
	if got, want := write(t, tab), "\ufeffn;ct\r\n"+table.WithheldWord+";\r\n0;5\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestErrors(t *testing.T) {
	columns := []table.Column{{Name: "x", Kind: table.Text}}
	broken := errors.New("kapot")
	err := Write(context.Background(), &bytes.Buffer{}, table.Table{Level: transforms.LevelVrij, Columns: columns,
		Each: func(context.Context, func([]any) error) error { return broken }})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	err = Write(context.Background(), &bytes.Buffer{}, table.Table{Name: "proef", Level: transforms.LevelRij, Columns: columns,
		Each: table.Slice([]int{1}, func(i int) []any { return []any{[]int{i}} })})
	if err == nil || !strings.Contains(err.Error(), "tabel proef, kolom x") {
		t.Fatalf("got %v", err)
	}
	for _, level := range []transforms.Level{"", "rijen"} {
		var b bytes.Buffer
		err := Write(context.Background(), &b, table.Table{Name: "proef", Level: level, Columns: columns, Each: table.Slice(nil, func([]any) []any { return nil })})
		if err == nil || b.Len() > 0 {
			t.Errorf("a table of level %q was written: %v", level, err)
		}
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "gewoon": "gewoon", "1-2": "1-2", "=A1": "'=A1", "+31": "'+31", "-1": "'-1", "@SUM(1)": "'@SUM(1)", "\t=1": "'\t=1",
		"\r=1": "'\r=1", "  =1": "'  =1", "＝1": "'＝1", "a=b": "a=b", "\u00a0@x": "'\u00a0@x",
	} {
		if got := Safe(in); got != want {
			t.Errorf("Safe(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\s\x{feff}\x{200b}\x00]*[=+@-].*`)).Draw(t, "s")
		got := Safe(s)
		if got != s && got != "'"+s {
			t.Fatalf("Safe changed %q into %q", s, got)
		}
		for _, r := range got {
			if !unicode.IsSpace(r) && !unicode.IsControl(r) && !unicode.Is(unicode.Cf, r) {
				if strings.ContainsRune("=+-@", r) {
					t.Fatalf("%q still starts a formula", got)
				}
				break
			}
		}
	})
}

// TestPlain: what Safe did is undone, whatever the text.
func TestPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`'{0,3}[\s]?[=+@-]?.{0,3}`)).Draw(t, "s")
		if got := Plain(Safe(s)); got != s {
			t.Fatalf("%q comes back as %q", s, got)
		}
	})
}

// TestOneWriter: every CSV that people get is written here, where no cell is a formula. Extracts are inputs, in the form of their
// contract: there an apostrophe would be another value, so what makes them up writes them itself.
func TestOneWriter(t *testing.T) {
	inputs := []string{"reports/csv/csv.go", "sample-data/files.go", "sample-data/generator/hostile.go", "pipeline/reference/extract/extract.go",
		"pipeline/register/read.go"}
	// header lines of extracts, from names of columns, a list on a command line, a set of months in a case, a list in a workbook, times in
	// cron's and systemd's notation, and names of figures on a command line
	joins := []string{"config/describe.go", "config/cron/cron.go", "pipeline/ingest/bench/main.go", "pipeline/ingest/lines.go", "pipeline/modeltest/rows.go",
		"pipeline/register/write.go", "pipeline/schedule/calendar.go", "reports/cijfer/cijfer.go", "reports/cijfer/sheet.go", "sample-data/generator/files.go"}
	writes, joined := regexp.MustCompile(`csv\.NewWriter\(`), regexp.MustCompile(`strings\.Join\([^()\n]*, "[;,]"\)`)
	err := filepath.WalkDir("../..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		rel := strings.TrimPrefix(filepath.ToSlash(name), "../../")
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if writes.Match(data) && !slices.Contains(inputs, rel) {
			t.Errorf("%s writes CSV of its own; use this package", rel)
		}
		if joined.Match(data) && !slices.Contains(joins, rel) {
			t.Errorf("%s joins cells by hand; use this package", rel)
		}
		inputs = slices.DeleteFunc(inputs, func(s string) bool { return s == rel && writes.Match(data) })
		joins = slices.DeleteFunc(joins, func(s string) bool { return s == rel && joined.Match(data) })
		return nil
	})
	if err != nil || len(inputs)+len(joins) > 0 {
		t.Errorf("allowed and not found: %v %v, %v", inputs, joins, err)
	}
}
