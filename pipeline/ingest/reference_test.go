package ingest

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
)

// drawFile draws a file of the test contract: mostly right cells, some wrong ones, any line ends, quotes where they may be.
func drawFile(t *rapid.T) string {
	cell := func(name string) string {
		draw := func(options ...string) string { return rapid.SampledFrom(options).Draw(t, name) }
		person := func() string { return ps(strconv.Itoa(rapid.IntRange(0, 40).Draw(t, name))) }
		switch name {
		case "persoon_ps", "ouder_ps", "huishouden_ps":
			switch rapid.IntRange(0, 9).Draw(t, "form") {
			case 0:
				return strings.ToUpper(person())
			case 1:
				return draw("", "x", "v1_", " "+person()+" ", person()+"-")
			case 2:
				return person() + strings.Repeat("7", 60)
			}
			return person()
		case "gemeentecode":
			return draw("0855", "0855", "GM0855", "0344", " 0344 ", "855", "GM85", "0o55", "")
		case "typhh":
			return draw("1", "8", "acht", "institutioneel", "", "9", "08")
		case "dc":
			return draw("D", "D", "C", "debet", "", "d")
		case "nummer":
			return draw("1", "123456789", "", "1234567890", "a", "NULL", "-")
		case "uur":
			return draw("", "09:30", "23:59:59", "24:00", "9:30", "12:60", "null", "12:30:1")
		case "referentie", "toelichting":
			return rapid.OneOf(rapid.SampledFrom([]string{"", " ", "R1", " twee woorden ", "é€", "a;b", "q\"q", "\"", "twee\nregels", "drie\r\nregels\rlang", "'", "NULL", "n/a", "-", "R\u00a0", "\u200bR"}),
				rapid.StringMatching(`[a-zé ;"\n]{0,12}`)).Draw(t, name)
		case "aantal":
			return draw("0", "-5", "1000000000", "-6", "1000000001", "1.5", "", "007", "+1", "99999999999999999999")
		case "jaar":
			return draw("1999", "2025", "1899", "99", "", "19 9", "２０２５", "0000", "00", "9999")
		case "cijfer":
			return draw("7", "7,5", "7,25", "1", "10", "0,999", "10.001", "", "7,", ",7", "-7", "7.1234")
		case "bedrag_ct":
			return draw("0", "100", "250", "99999", "-1", "", "1,00", "1000000000000", "1000000000001", "x")
		case "toegekend_eur", "schuld_eur":
			return draw("", "", "0", "1,5", "1.354,33", "1.354", "-2", "1354.33", "1e3", "1.2.3")
		case "begin", "eind":
			return draw("2025-01-01", "2025-12-31", "2024-02-29", "31-01-2025", "20250101", "2025-02-29", "", "x", "9999-12-31", "1700-01-01",
				"2025-00-00", "2024-02-00", "00-00-2025", "20250000", "20240200", "00000000", "2025-00-12", "1899-12-31", "2199-12-31", "2200-01-01", "2099-12-31", "-")
		case "maand":
			return draw("2025-01", "202512", "2025-13", "", "2025-01-01", "1700-01")
		case "crisis":
			return draw("ja", "nee", "", "JA", "J", "1", "0")
		default:
			return draw("geld", "geld|regels", "regel | geld", "", "|", "huis", "geld||regels")
		}
	}
	eol := func() string {
		return rapid.SampledFrom([]string{"\n", "\n", "\n", "\r\n", "\r"}).Draw(t, "eol")
	}
	var b strings.Builder
	if rapid.Bool().Draw(t, "bom") {
		b.WriteString("\xef\xbb\xbf")
	}
	header := slices.Clone(testColumns)
	if rapid.Bool().Draw(t, "shuffled") {
		header = rapid.Permutation(header).Draw(t, "header")
	}
	b.WriteString(strings.Join(header, ";") + eol())
	for range rapid.IntRange(0, 30).Draw(t, "lines") {
		if rapid.IntRange(0, 9).Draw(t, "empty") == 0 {
			b.WriteString(rapid.SampledFrom([]string{"", "", " ", ";", strings.Repeat(";", len(header)-1), "; ;\t;"}).Draw(t, "separators") + eol())
		}
		good := rapid.IntRange(0, 2).Draw(t, "good") > 0
		cells := strings.Split(strings.TrimSuffix(line(), "\n"), ";")
		for i, name := range header {
			v := cells[slices.Index(testColumns, name)]
			if !good || rapid.IntRange(0, 5).Draw(t, "other") == 0 {
				v = cell(name)
			}
			if strings.ContainsAny(v, ";\"\r\n") || rapid.IntRange(0, 9).Draw(t, "quoted") == 0 {
				v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
			}
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(v)
		}
		b.WriteString(eol())
	}
	out := b.String()
	if rapid.Bool().Draw(t, "no last line end") {
		out = strings.TrimRight(out, "\r\n")
	}
	return out
}

// forCSV makes encoding/csv read lone CRs as this package does: outside quotes they end a record.
func forCSV(data string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c == '"' {
			quoted = !quoted
		}
		if c == '\r' && !quoted && (i+1 == len(data) || data[i+1] != '\n') {
			c = '\n'
		}
		b.WriteByte(c)
	}
	return strings.TrimPrefix(b.String(), "\xef\xbb\xbf")
}

// contentOf is what a row of the lake holds in the contract's columns.
func contentOf(c *config.Contract, row map[string]any) (out []any) {
	for _, col := range c.Columns {
		out = append(out, row[col.StoredName()])
	}
	return out
}

// Whatever lines a file has, what comes out is what the reference says.
func TestAgainstReference(t *testing.T) {
	c := parseContract(t, testContract)
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		data := drawFile(rt)
		n++
		sub := filepath.Join(dir, strconv.Itoa(n))
		defer os.RemoveAll(sub)
		x := readIn(t, sub, data, setup{contract: c, blockSize: rapid.IntRange(1, 3000).Draw(rt, "block"), workers: rapid.IntRange(1, 3).Draw(rt, "workers"),
			shardLimit: rapid.SampledFrom([]int{1, 3, shardLimit}).Draw(rt, "shard"), limits: Limits{MaxQuarantineShare: 1}})
		if x.err != nil {
			rt.Fatalf("%v", x.err)
		}
		r := csv.NewReader(strings.NewReader(forCSV(data)))
		r.Comma, r.FieldsPerRecord = ';', -1
		records, err := r.ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		header := records[0]
		var rows []map[string]any
		var flaws []string
		persons := map[int64]string{}
		for _, record := range records[1:] {
			if strings.Trim(strings.Join(record, ""), " \t") == "" {
				continue
			}
			row, bad := slowLine(c, header, record)
			if len(bad) > 0 {
				flaws = append(flaws, bad...)
				continue
			}
			rows = append(rows, row)
			for i, name := range header {
				if v := strings.ToLower(strings.Trim(record[i], " \t")); c.Column(name).Type == config.TypePersoon && v != "" {
					persons[slowKey("persoon", v)] = v
				}
			}
		}
		var got []string
		for _, q := range x.quarantine {
			got = append(got, q.Kolom+":"+q.RegelCode)
		}
		if !slices.Equal(got, flaws) {
			rt.Fatalf("quarantine\n%v\nwant\n%v", got, flaws)
		}
		if len(rows) != len(x.rows) {
			rt.Fatalf("%d rows; want %d", len(x.rows), len(rows))
		}
		contents, hashes := map[string]int64{}, map[int64]string{}
		for i, want := range rows {
			row := x.rows[i]
			hash, content := row["inhoud"].(int64), fmt.Sprintf("%#v", contentOf(c, row))
			if h, seen := contents[content]; seen && h != hash || hash < 0 || hashes[hash] != "" && hashes[hash] != content {
				rt.Fatalf("row %d: inhoud %d of %s", i, hash, content)
			}
			contents[content], hashes[hash] = hash, content
			delete(row, "inhoud")
			delete(row, "levering")
			delete(row, "regel")
			for _, text := range []string{"toelichting", "referentie"} {
				// encoding/csv turns CRLF inside quotes into LF; here a text stays as it was delivered.
				if s, ok := row[text].(string); ok {
					row[text] = strings.ReplaceAll(s, "\r\n", "\n")
				}
			}
			if !maps.Equal(row, want) {
				rt.Fatalf("row %d\n%v\nwant\n%v", i, row, want)
			}
		}
		if len(persons) != len(x.persons) {
			rt.Fatalf("%d persons; want %d", len(x.persons), len(persons))
		}
		for i, p := range x.persons {
			if persons[p.Key] != p.Persoon || i > 0 && x.persons[i-1].Key >= p.Key {
				rt.Fatalf("person %+v", p)
			}
		}
	})
}
