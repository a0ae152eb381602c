package wereld

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// hostile is a bad file of wonen_signaal: refused as a whole, or accepted. lines go to quarantine; they may be the reason
// for refusing it.
type hostile struct {
	name    string
	data    string
	note    string // when it has one
	refused bool
	lines   int
}

const hostileHeader = "persoon_ps;gemeentecode;soort;datum\n"

// good is n good lines of people who are nowhere else, with the header.
func good(n int) string {
	var b strings.Builder
	b.WriteString(hostileHeader)
	for i := range n {
		fmt.Fprintf(&b, "%s;0855;huurachterstand;2025-03-01\n", root{2, 2}.pseudonym('k', i))
	}
	return b.String()
}

func squeeze(text string) (string, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		return "", err
	}
	err := w.Close()
	return b.String(), err
}

func wide(text string, mark string) string {
	b := []byte(mark)
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return string(b)
}

// hostiles are the kinds of bad files that a supplier, or a broken disk, may deliver.
func hostiles() ([]hostile, error) {
	zipped, err := squeeze(good(5000))
	if err != nil {
		return nil, err
	}
	bomb, err := squeeze(hostileHeader + strings.Repeat(" ;;; \n", 4<<20))
	if err != nil {
		return nil, err
	}
	who := root{2, 2}.pseudonym('k', 1)
	bad := who + ";0855;onbekende_soort;2025-01-01\n"
	header := func(to string) string { return strings.Replace(good(3), "soort;datum", to, 1) }
	return []hostile{
		{name: "codering-laat.csv", data: good(20000) + who + ";0855;S\xdaDWEST;2025-01-01\n", refused: true},
		{name: "nul.csv", data: good(3) + "v1_0000\x00;0855;opvang;2025-01-01\n", refused: true},
		{name: "utf16.csv", data: wide(good(3), "\xff\xfe"), refused: true},
		{name: "utf16-zonder.csv", data: wide(good(3), ""), refused: true},
		{name: "lange-regel.csv", data: good(3) + strings.Repeat("x", 3<<20), lines: 1},
		{name: "gz-afgekapt.csv.gz", data: zipped[:len(zipped)/2], refused: true},
		{name: "gz-bom.csv.gz", data: bomb, refused: true},
		{name: "gz-geen.csv.gz", data: good(3), refused: true},
		{name: "dubbele-kop.csv", data: header("soort;soort;datum"), refused: true},
		{name: "kolom-weg.csv", data: header("soort"), refused: true},
		{name: "kolom-vreemd.csv", data: header("soort;datum;bijzonderheden"), refused: true},
		{name: "nationaliteit.csv", data: header("soort;datum;nationaliteit"), refused: true},
		{name: "leeg.csv", refused: true},
		{name: "bsn.csv", data: good(3) + "123456782;0855;opvang;2025-01-01\n", refused: true},
		{name: "bsn-punten.csv", data: good(3) + "1234.56.789;0855;opvang;2025-01-01\n", refused: true},
		{name: "twee-versies.csv", data: good(3) + "v2" + who[2:] + ";0855;opvang;2025-01-01\n", refused: true},
		{name: "te-veel-fout.csv", data: good(30) + strings.Repeat(bad, 11), refused: true, lines: 11},
		{name: "brief-telt-niet.csv", data: good(3), note: "aantal_regels: 4\n", refused: true},
		{name: "brief-kapot.csv", data: good(3), note: "aantal_regels: veel\n", refused: true},
		{name: "half-gekopieerd.csv", data: good(40) + who[:20], lines: 1},
		{name: "aanhaling-open.csv", data: good(40) + "\"" + who + ";0855;opvang;2025-01-01\n" + strings.TrimPrefix(good(50), hostileHeader), lines: 1},
		{name: "code-onbekend.csv", data: good(8) + bad, lines: 1},
		{name: "datum-onmogelijk.csv", data: good(9) + who + ";0855;opvang;2025-02-30\n", lines: 1},
		{name: "cel-leeg.csv", data: good(10) + who + ";;opvang;2025-02-28\n", lines: 1},
		{name: "regeleinden.csv", data: strings.Replace(good(6), "\n", "\r\n", 3)},
		{name: "bom.csv", data: "\xef\xbb\xbf" + good(4)},
		{name: "lege-regels.csv", data: strings.ReplaceAll(good(7), "\n", "\n\n")},
		{name: "-rf.csv", data: good(11)},
		{name: "spatie en 'quote.csv", data: good(12)},
	}, nil
}

// writeHostile adds the bad files to the inbox and the summary.
func writeHostile(inbox string, sum *Summary) error {
	list, err := hostiles()
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	for _, f := range list {
		path := filepath.Join(inbox, kinds[kHousing].name, f.name)
		if err := os.WriteFile(path, []byte(f.data), 0o600); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		if f.note != "" {
			if err := os.WriteFile(path+".levering.yaml", []byte(f.note), 0o600); err != nil {
				return fmt.Errorf("generate: %w", err)
			}
		}
		sum.Files++
		sum.Bytes += int64(len(f.data))
		sum.Quarantined += f.lines
		if f.refused {
			sum.Refused++
		}
	}
	return nil
}
