package selectie

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"stapel/reports/nl"
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
)

// ReadDecisions reads a filled-in list: CSV with `;`, at least the columns huishouden_id, besluit (ja, nee or empty: not decided
// yet) and reden. Households that were not chosen, repeats, and a decision without a reason are errors; they name line and
// column, never a household.
func ReadDecisions(data []byte, chosen func(id string) bool) (map[string]Decision, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord = ';', -1
	header, err := r.Read()
	if err != nil {
		return nil, errors.New("line 1: it has no header; write the list with --uit and fill it in")
	}
	at := map[string]int{}
	for _, name := range []string{colID, colYesNo, colReason} {
		if at[name] = slices.Index(header, name); at[name] < 0 {
			return nil, fmt.Errorf("line 1: there is no column %s; write the list with --uit and fill it in", name)
		}
	}
	out := map[string]Decision{}
	seen := map[string]bool{}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		line, _ := r.FieldPos(0)
		bad := func(col, format string, a ...any) error {
			return fmt.Errorf("line %d: column %s: %s", line, col, fmt.Sprintf(format, a...))
		}
		if err != nil {
			var p *csv.ParseError
			if errors.As(err, &p) {
				return nil, fmt.Errorf("line %d: %w", p.Line, p.Err)
			}
			return nil, err
		}
		if len(cells) != len(header) {
			return nil, fmt.Errorf("line %d: %d cells under %d columns", line, len(cells), len(header))
		}
		id, yesNo, reason := strings.TrimSpace(cells[at[colID]]), strings.ToLower(strings.TrimSpace(cells[at[colYesNo]])), strings.TrimSpace(cells[at[colReason]])
		switch {
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
		seen[id] = true
		out[id] = Decision{Yes: yesNo == "ja", Reason: reason}
	}
}

// WriteList writes the selection as a list to fill in, in the order of the selection: euros with a decimal comma, byte order mark,
// as a spreadsheet reads it.
func WriteList(chosen []Chosen, decided map[string]Decision) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma = ';'
	rows := [][]string{{"volgnr", colID, "rang", "kosten_t0_eur", "wmo_eur", "jeugdwet_eur", "participatiewet_eur", "zvw_eur", "kosten_t1_eur",
		"verwacht_volgend_jaar_eur", "domeinen", "cocktails", "veldmelding", "gemeentecode", "stratum", colYesNo, colReason}}
	for _, c := range chosen {
		expected, yesNo, reason := "", "", ""
		if c.Expected != nil {
			expected = euros(*c.Expected)
		}
		if d, ok := decided[c.ID]; ok {
			yesNo, reason = map[bool]string{true: "ja", false: "nee"}[d.Yes], d.Reason
		}
		rows = append(rows, []string{strconv.Itoa(c.Nr), c.ID, strconv.FormatInt(c.Rank, 10), euros(c.T0), euros(c.Parts[0]), euros(c.Parts[1]),
			euros(c.Parts[2]), euros(c.Parts[3]), euros(c.T1), expected, strconv.FormatInt(c.Domains, 10), c.Cocktails,
			map[bool]string{true: "ja", false: "nee"}[c.Reported], c.Gemeente, c.Stratum, yesNo, reason})
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// euros is an amount without separators of thousands.
func euros(ct int64) string { return strings.ReplaceAll(nl.Amount(ct), ".", "") }
