package ingest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/transforms/typed/typedtest"
)

// Pages and row groups end after so many rows or so much text, wherever the blocks end that the rows came in.
func TestPages(t *testing.T) {
	contract := parseContract(t, smallContract)
	for _, c := range []struct {
		name   string
		lines  int
		text   int // bytes per line
		groups int
	}{
		{"many rows", groupRows + pageRows + 5, 0, 2},
		{"exactly a group", groupRows, 0, 1},
		{"long texts", 40, 300_000, 1},
		{"short texts, a group's worth", pageRows + 10, groupText/pageRows + 1, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString("a;b\n")
			for i := range c.lines {
				b.WriteString(strconv.Itoa(i) + ";")
				if c.text > 0 {
					fmt.Fprintf(&b, "%0*d", c.text, i)
				}
				b.WriteByte('\n')
			}
			dir := t.TempDir()
			one := readIn(t, filepath.Join(dir, "a"), b.String(), setup{contract: contract, parts: 1})
			two := readIn(t, filepath.Join(dir, "b"), b.String(), setup{contract: contract, parts: 1, blockSize: 777_777, workers: 1})
			if one.err != nil || two.err != nil {
				t.Fatal(one.err, two.err)
			}
			if !maps.Equal(hashes(t, one.dir), hashes(t, two.dir)) {
				t.Error("other bytes")
			}
			f, err := os.Open(filepath.Join(one.dir, one.Delen[0].Naam))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			p, err := parquet.OpenFile(f, one.Delen[0].Bytes)
			if err != nil || len(p.RowGroups()) != c.groups {
				t.Errorf("%v, %d row groups; want %d", err, len(p.RowGroups()), c.groups)
			}
			for i, row := range one.rows {
				text, _ := row["b"].(string)
				if row["a"] != strconv.Itoa(i) || row["regel"] != int64(i+2) || len(text) != c.text || c.text > 0 && strings.TrimLeft(text, "0") != strings.TrimLeft(strconv.Itoa(i), "0") {
					t.Fatalf("row %d: %v, %v, %d bytes of text", i, row["a"], row["regel"], len(text))
				}
			}
			if len(one.rows) != c.lines {
				t.Errorf("%d rows", len(one.rows))
			}
		})
	}
}

// TestBounds: an engine leaves out a page or a row group whose bounds say that it does not hold what is asked. Those of every column of every
// file that reading writes are those of its values: numbers, days, flags, codes, texts short and long, pages without a value, and more row
// groups than one.
func TestBounds(t *testing.T) {
	var data strings.Builder
	data.WriteString(testHeader)
	for i := range groupRows + 3*pageRows {
		cells := []string{fmt.Sprintf("persoon_ps=v1_%032x", i/7), fmt.Sprintf("bedrag_ct=%d", i*i%1_000_003), fmt.Sprintf("begin=%d-%02d-15", 2000+i/pageRows, 1+i%12)}
		if i > pageRows && i < 3*pageRows { // other pages have none of these
			cells = append(cells, fmt.Sprintf("aantal=%d", i%9-5), "crisis="+[]string{"ja", "nee"}[i%2], fmt.Sprintf("nummer=%d", i), "hindernis=geld")
		}
		if i%1000 == 0 {
			cells = append(cells, fmt.Sprintf("toelichting=%sé %d", strings.Repeat("lang verhaal ", i/1000%4), i), fmt.Sprintf("referentie=R%d", i), "dc=C")
		}
		if i%20 == 1 {
			cells = append(cells, "bedrag_ct=veel", "maand=nooit")
		}
		data.WriteString(line(cells...))
	}
	x := setup{contract: parseContract(t, testContract), data: data.String(), parts: 1, limits: Limits{MaxQuarantineShare: 1}}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	for name, least := range map[string]int{x.Delen[0].Naam: 200, PersoonBestand: 10, QuarantaineBestand: 10} {
		if pages, without := typedtest.Bounds(t, filepath.Join(x.dir, name)); pages < least || without > 0 {
			t.Errorf("%s: bounds of %d pages, want %d or more; none of %d", name, pages, least, without)
		}
	}
}
