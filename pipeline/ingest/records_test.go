package ingest

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// found is a record as a test sees it.
type found struct {
	at, length int
	line       int64
	broken     bool
	cells      []string
}

// cutAll cuts data into records the way Read does, in blocks of about size bytes. The header says that records have want fields.
func cutAll(tb testing.TB, data string, size, want, limit int) (out []found, lines int64) {
	tb.Helper()
	src := &sourceFile{in: strings.NewReader(data), data: sha256.New(), limits: DefaultLimits()}
	c := newCutter(src, size, limit)
	c.scan.want = want
	s := scanner{want: want, limit: limit}
	line := int64(1)
	for {
		b := new(batch)
		more, err := c.next(b)
		if err != nil {
			tb.Fatal(err)
		}
		if !more {
			break
		}
		if b.line != line {
			tb.Fatalf("block starts at line %d, its records at %d", b.line, line)
		}
		lines += b.lines
		buf := b.buf
		for pos := 0; pos < len(buf); {
			r, _ := s.simple(buf, pos, true)
			if bytes.IndexByte(buf[pos:r.end], '"') >= 0 {
				r, _ = s.quoted(buf, pos, true)
			} else if q, _ := s.quoted(buf, pos, true); q != r {
				tb.Fatalf("%q: %+v, and read as if there were quotes %+v", buf[pos:r.end], r, q)
			}
			f := found{at: int(b.off) + pos, length: r.end - pos, line: line, broken: r.broken}
			if !r.broken && r.end > pos {
				if r.fields > want {
					f.cells = append(f.cells, fmt.Sprint(r.fields, " fields"))
				} else {
					s.unquote(buf)
					for _, x := range s.spans {
						f.cells = append(f.cells, string(buf[x.a:x.b]))
					}
				}
			}
			out = append(out, f)
			line += int64(r.lines)
			pos = r.next
		}
	}
	return out, lines
}

func TestRecords(t *testing.T) {
	const broken = "\x00"
	for _, c := range []struct {
		name, data string
		want       []string // cells joined by |; broken; empty line ""
	}{
		{"LF", "a;b\nc;d\n", []string{"a|b", "c|d"}},
		{"CRLF", "a;b\r\nc;d\r\n", []string{"a|b", "c|d"}},
		{"lone CR", "a;b\rc;d\r", []string{"a|b", "c|d"}},
		{"a mixture", "a;b\rc;d\ne;f\r\n\ng;h", []string{"a|b", "c|d", "e|f", "", "g|h"}},
		{"no last line end", "a;b\nc;d", []string{"a|b", "c|d"}},
		{"empty lines", "\n\r\n\ra;b\n\n", []string{"", "", "", "a|b", ""}},
		{"empty cells", ";\n;x\nx;\n", []string{"|", "|x", "x|"}},
		{"control characters are no line ends", "a\x0b;b\x0c\t\x08\nc;d\n", []string{"a\x0b|b\x0c\t\x08", "c|d"}},
		{"quotes", "\"a\";\"b;c\"\n\"\";\"\"\"\"\n", []string{"a|b;c", "|\""}},
		{"line ends in quotes", "\"a\nb\";\"c\r\nd\re\"\nf;g\n", []string{"a\nb|c\r\nd\re", "f|g"}},
		{"quoted last field without line end", "a;\"b\"", []string{"a|b"}},
		{"doubled quotes", "\"a\"\"b\";\"\"\"c\"\"\"\n", []string{"a\"b|\"c\""}},
		{"too few and too many", "a\na;b;c\nd;e\n", []string{"a", "3 fields", "d|e"}},

		{"a quote in a field", "a;b\"c\nd;e\n", []string{broken, "d|e"}},
		{"blank before a quote", "a; \"b\"\nd;e\n", []string{broken, "d|e"}},
		{"text after a quote", "a;\"b\"c\nd;e\n", []string{broken, "d|e"}},
		{"blank after a quote", "a;\"b\" \nd;e\n", []string{broken, "d|e"}},
		{"unterminated", "a;\"b\nc;d\ne;f\n", []string{broken, "c|d", "e|f"}},
		{"unterminated in the last line", "a;b\nc;\"d", []string{"a|b", broken}},
		{"unterminated, then a quoted line", "a;\"b\nc;\"d\"\ne;f\n", []string{broken, "c|d", "e|f"}},
		{"unterminated, closed by the next opening quote", "a;\"b\nc;\";\"\ne;f\n", []string{broken, "c|;", "e|f"}},
		{"over lines with too few fields", "\"a\nb\"\nc;d\n", []string{broken, broken, "c|d"}},
		{"over lines with too many fields", "a;\"b\nc\";d\ne;f\n", []string{broken, broken, "e|f"}},
		{"broken after a field over lines", "\"a\nb\";c\"\nd;e\n", []string{broken, broken, "d|e"}},
		{"longer than the limit", "a;\"" + strings.Repeat("b\n", 60) + "\"\nc;d\n", append(append([]string{broken}, slices.Repeat([]string{"b"}, 59)...), broken, "c|d")},
	} {
		for size := 1; size < len(c.data)+2; size++ {
			got, lines := cutAll(t, c.data, size, 2, 100)
			var text []string
			for _, f := range got {
				if f.broken {
					text = append(text, broken)
				} else {
					text = append(text, strings.Join(f.cells, "|"))
				}
			}
			if !slices.Equal(text, c.want) {
				t.Errorf("%s, blocks of %d: %q; want %q", c.name, size, text, c.want)
				break
			}
			if want := int64(lineEnds([]byte(c.data))); lines != want && lines != want+1 {
				t.Errorf("%s: %d lines", c.name, lines)
			}
		}
	}
}

// FuzzRecords holds the reader against encoding/csv where that accepts a file, and against itself for any bytes: blocks of any
// size give the same records, these are all of the bytes, and Read ends in an extract that adds up or in a refusal.
func FuzzRecords(f *testing.F) {
	for _, seed := range []string{"", "a;b\n", "\"a\nb\";c\r\nd;e\r", "a;\"b\nc;d\n", "a;b\"\n\"\"\"\";x", "\r\r\n\n", "é;ü\nx;\xff", "1;2;3\n\"\"", "a;\x00\n", "\";\";\"\n\";"} {
		f.Add(seed, 3)
	}
	contract := parseContract(f, "kind: k\nversion: '1'\nreplaces: none\ncolumns: [{name: a, type: tekst}, {name: b, type: tekst}]\n")
	f.Fuzz(func(t *testing.T, data string, size int) {
		if len(data) > 50*maxLineFactor {
			return // a line could be too long to be held
		}
		size = 1 + max(size, -size)%64
		whole, lines := cutAll(t, data, 1<<20, 2, 50)
		parts, lines2 := cutAll(t, data, size, 2, 50)
		if fmt.Sprint(whole) != fmt.Sprint(parts) || lines != lines2 {
			t.Fatalf("blocks of %d: %+v, %d lines\nin one: %+v, %d lines", size, parts, lines2, whole, lines)
		}
		end := 0
		for _, r := range whole {
			if gap := data[end:r.at]; gap != "" && gap != "\n" && gap != "\r" && gap != "\r\n" {
				t.Fatalf("%q is in no record", gap)
			}
			end = r.at + r.length
		}
		if rest := data[end:]; rest != "" && rest != "\n" && rest != "\r" && rest != "\r\n" {
			t.Fatalf("%q is in no record", rest)
		}

		r := csv.NewReader(strings.NewReader(forCSV(data)))
		r.Comma, r.FieldsPerRecord = ';', 2
		records, err := r.ReadAll()
		if err == nil && len(data) <= 50 && !strings.HasPrefix(data, string(bom)) {
			whole = slices.DeleteFunc(whole, func(f found) bool { return f.length == 0 })
			if len(whole) != len(records) {
				t.Fatalf("%d records; encoding/csv has %d", len(whole), len(records))
			}
			for i, record := range records {
				for k, cell := range whole[i].cells {
					if strings.ReplaceAll(cell, "\r\n", "\n") != record[k] {
						t.Fatalf("record %d: %q; encoding/csv has %q", i, whole[i].cells, record)
					}
				}
				if whole[i].broken || len(whole[i].cells) != 2 {
					t.Fatalf("record %d: %+v; encoding/csv has %q", i, whole[i], record)
				}
			}
		}
		if errors.Is(err, csv.ErrQuote) || errors.Is(err, csv.ErrBareQuote) {
			if !strings.Contains(data, "\r") && !slices.ContainsFunc(whole, func(f found) bool { return f.broken }) {
				t.Fatalf("encoding/csv says %v, and nothing is broken in %+v", err, whole)
			}
		}

		x := readIn(t, filepath.Join(t.TempDir(), "f"), "a;b\n"+data, setup{contract: contract, blockSize: size, workers: 2,
			limits: Limits{MaxQuarantineShare: 1, MaxRecordBytes: 50}})
		if refusal := new(Refusal); x.err != nil && !errors.As(x.err, &refusal) {
			t.Fatal(x.err)
		}
		if x.err == nil && int64(len(x.rows)) != x.Aanvaard.Records {
			t.Fatalf("%d rows, %d accepted", len(x.rows), x.Aanvaard.Records)
		}
	})
}
