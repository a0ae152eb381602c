package selection

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"stapel/config"
	reportcsv "stapel/reports/csv"
	"stapel/reports/table"
	"stapel/transforms"
)

// Decision is what a person decided about a chosen household: the list advises. Yes false is no; both have a reason.
type Decision struct {
	Yes    bool
	Reason string
}

// Columns of the list that a person fills in.
const (
	colID     = "huishouden_id"
	colYesNo  = "besluit"
	colReason = "reden"
	colOf     = "selectie"
)

// Encoding is how a filled-in list is written. A spreadsheet's plain CSV is Windows-1252; which one it is is said, never guessed.
type Encoding string

// Encodings of a filled-in list.
const (
	UTF8        Encoding = "utf-8"
	Windows1252 Encoding = "windows-1252"
)

// ReadDecisions reads a filled-in list: CSV with `;`, at least the columns huishouden_id, besluit (ja, nee or empty: not decided
// yet) and reden. It is held to what the reader of extracts holds a file to, and a reason is one line. Households that were not
// chosen, repeats, a decision without a reason, and a reason that may not be kept (refuse says why) are errors; they name line and
// column, never a household or a text. of is the selection that every line has to name in column selectie; "": none is asked for.
func ReadDecisions(data []byte, enc Encoding, of string, chosen func(id string) bool, refuse func(reason string) string) (map[string]Decision, error) {
	if why := config.NoText(data); why != "" {
		return nil, errors.New(why + "; save it as CSV UTF-8")
	}
	body, marked := bytes.CutPrefix(data, []byte("\ufeff"))
	if marked && enc == Windows1252 {
		return nil, errors.New("line 1: the file begins as UTF-8, and --codering says windows-1252")
	}
	if enc == Windows1252 && utf8.Valid(data) && slices.ContainsFunc(data, func(b byte) bool { return b >= utf8.RuneSelf }) {
		return nil, errors.New("this file is UTF-8; leave out --codering")
	}
	l := &list{in: csv.NewReader(bytes.NewReader(body)), enc: enc}
	l.in.Comma, l.in.FieldsPerRecord = ';', -1
	at, err := l.readHeader(of)
	if err != nil {
		return nil, err
	}
	out := map[string]Decision{}
	seen := map[string]bool{}
	for {
		cells, err := l.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue // separators alone, as spreadsheets leave behind
		}
		if len(cells) != len(l.header) {
			return nil, fmt.Errorf("line %d: %d cells under %d columns", l.line(0), len(cells), len(l.header))
		}
		bad := func(col, why string) error { return fmt.Errorf("line %d: column %s: %s", l.line(at[col]), col, why) }
		for _, col := range []string{colYesNo, colReason} {
			if config.StartsFormula(cells[at[col]]) {
				return nil, bad(col, "it begins as a formula (=, +, - or @); write it as text")
			}
		}
		cell := func(col string) string { return strings.TrimSpace(reportcsv.Plain(cells[at[col]])) }
		id, yesNo, reason := cell(colID), strings.ToLower(cell(colYesNo)), cell(colReason)
		switch {
		case of != "" && cell(colOf) == "":
			return nil, bad(colOf, "it names no selection; a list that --uit wrote together with --vast does")
		case of != "" && cell(colOf) != of:
			return nil, bad(colOf, "this is a list of another selection than the one that is kept, "+of+"; --run names another run")
		case seen[id]:
			return nil, bad(colID, "this household is in the list twice")
		case !chosen(id):
			return nil, bad(colID, "this household is not in the selection")
		case yesNo == "" && reason == "":
			seen[id] = true
			continue
		case yesNo != "ja" && yesNo != "nee":
			return nil, bad(colYesNo, "write ja or nee")
		case reason == "":
			return nil, bad(colReason, "a decision needs its reason")
		}
		if why := config.CheckLine(reason, config.MaxReason); why != "" {
			return nil, bad(colReason, why)
		}
		if why := refuse(reason); why != "" {
			return nil, bad(colReason, why)
		}
		seen[id] = true
		out[id] = Decision{Yes: yesNo == "ja", Reason: reason}
	}
}

// list is a filled-in list that is being read.
type list struct {
	in     *csv.Reader
	enc    Encoding
	header []string // in lower case, without blanks around
}

// readHeader finds the columns that are needed.
func (l *list) readHeader(of string) (at map[string]int, err error) {
	names, err := l.next()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("line 1: it has no header; write the list with --uit and fill it in")
	}
	if err != nil {
		return nil, err
	}
	for i, n := range names {
		n = strings.ToLower(strings.TrimSpace(n))
		if n != "" && slices.Contains(l.header, n) {
			return nil, fmt.Errorf("line 1: column %d has the name of column %d", i+1, slices.Index(l.header, n)+1)
		}
		l.header = append(l.header, n)
	}
	at = map[string]int{}
	needed := []string{colID, colYesNo, colReason}
	if of != "" {
		needed = append(needed, colOf)
	}
	for _, name := range needed {
		if at[name] = slices.Index(l.header, name); at[name] < 0 {
			why := fmt.Sprintf("line 1: there is no column %s; write the list with --uit and fill it in", name)
			if first := l.header[0]; strings.Contains(first, ",") || strings.Contains(first, "\t") || strings.HasPrefix(first, "sep=") {
				why = "line 1: the cells are not separated by ; and nothing else; save it as CSV with semicolons, without a line sep="
			}
			return nil, errors.New(why)
		}
	}
	return at, nil
}

// next reads a line as UTF-8 text without control characters.
func (l *list) next() ([]string, error) {
	cells, err := l.in.Read()
	var p *csv.ParseError
	if errors.As(err, &p) {
		return nil, fmt.Errorf("line %d: %w", p.Line, p.Err)
	}
	if err != nil {
		return nil, err
	}
	for i, s := range cells {
		bad := func(why string) error {
			name := fmt.Sprint(i + 1)
			if i < len(l.header) && slices.Contains([]string{colID, colYesNo, colReason, colOf}, l.header[i]) {
				name = l.header[i]
			}
			return fmt.Errorf("line %d: column %s: %s", l.line(i), name, why)
		}
		if l.enc == Windows1252 {
			if cells[i], err = from1252(s); err != nil {
				return nil, bad(err.Error())
			}
		} else if !utf8.ValidString(s) {
			return nil, bad("not UTF-8; save the list as CSV UTF-8, or say --codering windows-1252 when that is how it was saved")
		}
		if why := config.CheckLine(cells[i], len(s)); why != "" {
			return nil, bad(why)
		}
	}
	return cells, nil
}

// line is the physical line on which a cell of the last line read begins.
func (l *list) line(cell int) int {
	n, _ := l.in.FieldPos(cell)
	return n
}

// from1252 decodes a cell; Windows-1252 leaves five bytes without a meaning.
func from1252(s string) (string, error) {
	var b strings.Builder
	for i := range len(s) {
		r := charmap.Windows1252.DecodeByte(s[i])
		if r == utf8.RuneError || slices.Contains([]byte{0x81, 0x8d, 0x8f, 0x90, 0x9d}, s[i]) {
			return "", errors.New("a byte that Windows-1252 does not have; is the file of another encoding?")
		}
		b.WriteRune(r)
	}
	return b.String(), nil
}

// WriteList writes the selection as a list to fill in, in the order of the selection, in the form of every CSV of the program;
// ReadDecisions reads back what it says. domeinen are those of Parts, of is the selection as every line names it.
func WriteList(ctx context.Context, w io.Writer, domeinen config.Domeinen, of string, chosen []Chosen, decided map[string]Decision) error {
	columns := slices.Concat(table.Named(table.Int, "volgnr"), table.Named(table.Text, colID), table.Named(table.Int, "rang"),
		table.Named(table.Euro, "kosten_t0_ct "+domeinen.Columns("%s_ct")+" kosten_t1_ct verwacht_volgend_jaar_ct"),
		table.Named(table.Int, "domeinen"), table.Named(table.Text, "cocktails"), table.Named(table.Flag, "veldmelding"),
		table.Named(table.Text, "gemeentecode stratum "+colOf+" "+colYesNo+" "+colReason))
	return reportcsv.Write(ctx, w, table.Table{Name: "selectie", Level: transforms.LevelRij, Columns: columns, Each: table.Slice(chosen, func(c Chosen) []any {
		yesNo, reason := "", ""
		if d, ok := decided[c.ID]; ok {
			yesNo, reason = map[bool]string{true: "ja", false: "nee"}[d.Yes], d.Reason
		}
		cells := []any{int64(c.Nr), c.ID, c.Rank, c.T0}
		for _, ct := range c.Parts {
			cells = append(cells, ct)
		}
		return append(cells, c.T1, table.Opt(c.Expected), c.Domains, c.Cocktails, c.Reported, c.Gemeente, c.Stratum, of, yesNo, reason)
	})})
}
