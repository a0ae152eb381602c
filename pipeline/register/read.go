package register

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"stapel/config"
	"stapel/reports/nl"
)

// Most bytes of a workbook, packed and unpacked: it is kept by hand.
const (
	MostBytes    = 32 << 20
	mostUnpacked = 256 << 20
)

// reader reads a workbook. What is wrong is collected, so that somebody who mends it mends all of it.
type reader struct {
	book     *excelize.File
	cfg      *config.Config
	list     []sheet
	date1904 bool
	problems []Problem
}

func (r *reader) wrong(sheet, cell, format string, a ...any) {
	r.problems = append(r.problems, Problem{sheet, cell, fmt.Sprintf(format, a...)})
}

// Read reads a workbook as the extracts that it holds, in the order of the sheets: those of sheets with lines, and of empty ones of a kind that is
// kept. silent are the sheets of the other kinds, of which nothing is known. problems are what has to be mended first; there are no extracts then.
// Cells are taken as they are: whether a code exists or an amount is one is for the reader of extracts to say.
func Read(data []byte, cfg *config.Config) (extracts []Extract, silent []string, problems []Problem, err error) {
	if len(data) > MostBytes {
		return nil, nil, []Problem{{Text: "het bestand is te groot voor een register"}}, nil
	}
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked / 4})
	if err != nil {
		return nil, nil, []Problem{{Text: "dit is geen werkmap (.xlsx) die gelezen kan worden"}}, nil
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	r := &reader{book: book, cfg: cfg, list: ours(cfg)}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.date1904 = *props.Date1904
	}
	d := r.delivery()
	for _, s := range r.list {
		if !slices.Contains(book.GetSheetList(), s.title) {
			r.wrong(s.title, "", "het blad ontbreekt")
			continue
		}
		lines, cents := r.lines(s)
		says := d[kept+s.kind]
		switch {
		case len(lines.rows) > 0 && says == "nee":
			r.wrong(s.title, "", "er staan regels op, terwijl het blad %s zegt dat dit niet wordt bijgehouden", deliverySheet)
		case len(lines.rows) == 0 && says != "ja":
			silent = append(silent, s.title)
			continue
		}
		extracts = append(extracts, Extract{s.kind, s.title, lines.csv(), note(cfg.Contracts[s.kind], d, len(lines.rows), cents), len(lines.rows)})
	}
	if len(r.problems) == 0 && len(extracts) == 0 {
		r.wrong("", "", "er staat geen enkele regel in, en het blad %s zegt van niets dat het wordt bijgehouden", deliverySheet)
	}
	if len(r.problems) > 0 {
		return nil, nil, r.problems, nil
	}
	return extracts, silent, nil, nil
}

var (
	dayRE   = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	labelRE = regexp.MustCompile(`^[a-z0-9]{1,16}$`)
	townRE  = regexp.MustCompile(`^(?:GM)?[0-9]{4}$`)
)

// delivery reads the sheet Levering: by key what was filled in.
func (r *reader) delivery() map[string]string {
	out := map[string]string{}
	if !slices.Contains(r.book.GetSheetList(), deliverySheet) {
		r.wrong(deliverySheet, "", "het blad ontbreekt")
		return out
	}
	rows, err := r.book.GetRows(deliverySheet, excelize.Options{RawCellValue: true})
	if err != nil {
		r.wrong(deliverySheet, "", "het blad is niet te lezen")
		return out
	}
	at := map[string]string{} // where the value of a key stands
	for i, row := range rows {
		if len(row) > 0 && row[0] != "" {
			at[strings.TrimSpace(row[0])] = cell(1, i+1)
		}
	}
	for _, e := range entries(r.list) {
		place := at[e.key]
		if place == "" {
			r.wrong(deliverySheet, "", "de rij %s ontbreekt", e.key)
			continue
		}
		typ := config.TypeTekst
		if isDay(e.key) {
			typ = config.TypeDatum
		} else if e.key == "gemeentecode" {
			typ = config.TypeGemeente
		} else if strings.HasPrefix(e.key, kept) {
			typ = config.TypeVlag
		}
		value := strings.TrimSpace(r.text(deliverySheet, place, config.Column{Name: e.key, Type: typ}))
		says := ""
		switch {
		case value == "" && e.required:
			says = "vul dit in: " + e.about
		case value == "":
		case isDay(e.key) && !dayRE.MatchString(value):
			says = "hier hoort een datum"
		case e.key == "gemeentecode" && len(towns(value)) == 0:
			says = "hier horen gemeentecodes van vier cijfers, met een komma ertussen"
		case e.key == "pseudoniem_versie" && !labelRE.MatchString(strings.ToLower(value)):
			says = "hier hoort een label van letters en cijfers, zoals v1"
		case strings.HasPrefix(e.key, kept) && value != "ja" && value != "nee":
			says = "hier hoort ja of nee"
		}
		if says != "" {
			r.wrong(deliverySheet, place, "%s", says)
			continue
		}
		out[e.key] = value
	}
	return out
}

// towns are the gemeentecodes in a text; none when any is not one.
func towns(text string) (out []string) {
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return c == ',' || c == ';' || c == ' ' || c == '|' }) {
		if !townRE.MatchString(word) {
			return nil
		}
		out = append(out, word)
	}
	return out
}

// table is what a sheet says: a record a row, empty where the row is.
type table struct {
	head []string
	rows [][]string // those with anything in them
	at   []int      // on which row each stands
}

// lines reads the sheet of a kind, and adds up its money where the kind has any, false where a cell of it is no number.
func (r *reader) lines(s sheet) (t table, money *[2]int64) {
	contract := r.cfg.Contracts[s.kind]
	rows, err := r.book.GetRows(s.title, excelize.Options{RawCellValue: true})
	if err != nil || len(rows) == 0 {
		r.wrong(s.title, "", "het blad heeft geen eerste rij met de namen van de kolommen")
		return t, nil
	}
	columns := map[int]config.Column{}
	for i, name := range rows[0] {
		name = strings.TrimSpace(name)
		at := slices.IndexFunc(contract.Columns, func(c config.Column) bool { return c.Name == name })
		switch {
		case at >= 0 && slices.Contains(t.head, name):
			r.wrong(s.title, cell(i, 1), "deze kolom staat er al")
		case at >= 0:
			columns[i] = contract.Columns[at]
			t.head = append(t.head, name)
		case name != "" || slices.ContainsFunc(rows, func(row []string) bool { return len(row) > i && row[i] != "" }):
			r.wrong(s.title, cell(i, 1), "deze kolom hoort hier niet; hij kan gegevens bevatten die niet gedeeld mogen worden")
		}
	}
	for _, c := range contract.Columns {
		if c.Required && !slices.Contains(t.head, c.Name) {
			r.wrong(s.title, "", "de kolom %s ontbreekt", c.Name)
		}
	}
	money = &[2]int64{}
	for n := 1; n < len(rows); n++ {
		record, filled := make([]string, 0, len(t.head)), false
		for i := range rows[0] {
			c, ok := columns[i]
			if !ok {
				continue
			}
			value := r.text(s.title, cell(i, n+1), c)
			filled = filled || value != ""
			record = append(record, value)
			if contract.Money != nil && c.Name == contract.Money.Amount && value != "" {
				ct, ok := cents(value)
				switch {
				case !ok || money == nil:
					money = nil
				case ct < 0:
					money[1] -= ct
				default:
					money[0] += ct
				}
			}
		}
		if filled {
			t.rows, t.at = append(t.rows, record), append(t.at, n+1)
		}
	}
	if contract.Money == nil {
		money = nil
	}
	return t, money
}

// text is a cell as an extract writes it. Numbers and days are kept in a spreadsheet as binary fractions, and get the digits that were meant.
func (r *reader) text(sheet, at string, c config.Column) string {
	raw, err := r.book.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
	if err != nil {
		r.wrong(sheet, at, "deze cel is niet te lezen")
		return ""
	}
	if formula, err := r.book.GetCellFormula(sheet, at); err == nil && formula != "" && raw == "" {
		r.wrong(sheet, at, "de uitkomst van deze formule is niet bewaard; bewaar de werkmap opnieuw in uw rekenprogramma")
	}
	typ, err := r.book.GetCellType(sheet, at)
	if err != nil {
		r.wrong(sheet, at, "deze cel is niet te lezen")
		return ""
	}
	number, parsed := strconv.ParseFloat(raw, 64)
	isNumber := parsed == nil && (typ == excelize.CellTypeUnset || typ == excelize.CellTypeNumber || typ == excelize.CellTypeFormula) && !math.IsInf(number, 0) && !math.IsNaN(number)
	switch {
	case typ == excelize.CellTypeBool:
		return map[bool]string{true: "ja", false: "nee"}[raw == "1" || strings.EqualFold(raw, "true")]
	case !isNumber:
		return strings.Join(strings.FieldsFunc(raw, func(c rune) bool { return c == '\n' || c == '\r' }), " ") // a line of an extract is a row
	}
	switch c.Type {
	case config.TypeDatum:
		if day, err := excelize.ExcelDateToTime(number, r.date1904); err == nil {
			return day.Format(time.DateOnly)
		}
	case config.TypeEur:
		if ct := math.Round(number * 100); math.Abs(number*100-ct) < 1e-6*max(1, math.Abs(number)) && math.Abs(ct) < 1e15 {
			return nl.Cents(int64(ct))
		}
	case config.TypeGemeente:
		if number == math.Trunc(number) && number > 0 && number < 10_000 {
			return fmt.Sprintf("%04d", int64(number)) // a spreadsheet drops the zero in front
		}
	}
	return nl.Decimal(number)
}

// cents reads an amount that text wrote; false when it is none.
func cents(value string) (int64, bool) {
	whole, part, _ := strings.Cut(value, ",")
	if len(part) != 2 {
		return 0, false
	}
	ct, err := strconv.ParseInt(whole+part, 10, 64)
	return ct, err == nil
}

// csv is the sheet as an extract: line n is row n, so that what is said about a line is about the row.
func (t table) csv() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	record := func(fields []string) {
		w.Write(fields) // into memory: it does not fail, and csv keeps the error that it would
		w.Flush()
	}
	record(t.head)
	for i, line := 0, 2; i < len(t.rows); line++ {
		if t.at[i] > line {
			b.WriteByte('\n')
			continue
		}
		record(t.rows[i])
		i++
	}
	return b.Bytes()
}

// note is the delivery note of an extract. Texts are quoted: a supplier may be called ja, or have a colon in the name.
func note(c *config.Contract, d map[string]string, lines int, money *[2]int64) []byte {
	var b strings.Builder
	line := func(key, value string) { fmt.Fprintf(&b, "%s: %s\n", key, value) }
	line("levering_id", strconv.Quote(c.Kind+"-"+d["aangemaakt"]))
	line("gegevensleverancier", strconv.Quote(d["gegevensleverancier"]))
	var codes []string
	for _, code := range towns(d["gemeentecode"]) {
		codes = append(codes, strconv.Quote(code))
	}
	line("gemeentecode", "["+strings.Join(codes, ", ")+"]")
	for _, key := range []string{"periode_van", "periode_tot", "aangemaakt"} {
		line(key, d[key])
	}
	if d["pseudoniem_versie"] != "" {
		line("pseudoniem_versie", strconv.Quote(strings.ToLower(d["pseudoniem_versie"])))
	}
	line("contract_versie", strconv.Quote(c.Version))
	line("aantal_regels", strconv.Itoa(lines))
	if money != nil {
		line("totaal_debet_ct", strconv.FormatInt(money[0], 10))
		line("totaal_credit_ct", strconv.FormatInt(money[1], 10))
	}
	return []byte(b.String())
}
