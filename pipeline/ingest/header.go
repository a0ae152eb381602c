package ingest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"stapel/config"
)

// readHeader checks the header line against the contract and returns the column names, in lower case, in the order of the
// file. All that is wrong with it comes in one refusal. rest gives what follows it in the file.
func readHeader(c *config.Contract, name string, line int64, head []byte, rec record, spans []span, rest func() []byte) ([]string, error) {
	refuse := func(code, text, remedy string) error {
		return &Refusal{Code: code, Bestand: name, Regel: line, Tekst: text, Remedie: remedy}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, refuse(RefCodering, "er staat een NUL-byte in het bestand (beschadigd, of UTF-16)", "lever het aan als UTF-8-tekst")
	}
	if c.Encoding != "windows-1252" && !utf8.Valid(head) {
		return nil, refuse(RefCodering, "het bestand is geen UTF-8", "lever het aan als UTF-8")
	}
	h := &header{contract: c}
	if rec.broken || rec.lines > 1 {
		if text, remedy := h.separator(head); text != "" {
			return nil, refuse(RefKopregel, text, remedy)
		}
		return nil, refuse(RefKopregel, "de aanhalingstekens in de kopregel kloppen niet", asContract)
	}
	for _, s := range spans {
		h.add(head[s.a:s.b])
	}
	if !slices.ContainsFunc(h.names, func(n string) bool { return c.Column(visible(n)) != nil }) {
		text, remedy := h.noColumns(head, rest())
		return nil, refuse(RefKopregel, text, remedy)
	}
	code, text, remedy := h.check(rest)
	if code != "" {
		return nil, refuse(code, text, remedy)
	}
	return h.names, nil
}

const asContract = "gebruik de kolomnamen van het contract; `stapel contract` maakt een leeg voorbeeld"

// header is a header line that is looked at.
type header struct {
	contract *config.Contract
	names    []string
}

func (h *header) add(field []byte) {
	name := string(trim(field))
	if h.contract.Encoding == "windows-1252" {
		name = ""
		for _, x := range trim(field) {
			name += windows1252[x]
		}
	}
	h.names = append(h.names, strings.ToLower(name))
}

// separator says of a first line that its columns are divided by another sign; text is empty when they are not.
func (h *header) separator(head []byte) (text, remedy string) {
	for _, sep := range []struct{ sign, name string }{{",", "komma's"}, {"\t", "tabs"}, {"|", "verticale strepen (|)"}} {
		for _, field := range bytes.Split(head, []byte(sep.sign)) {
			if h.contract.Column(columnName(field)) != nil && bytes.Contains(head, []byte(sep.sign)) {
				return "de kolommen zijn gescheiden met " + sep.name, "gebruik een puntkomma (;) tussen de kolommen"
			}
		}
	}
	return "", ""
}

// noColumns says what a first line is in which no column of the contract stands.
func (h *header) noColumns(head, rest []byte) (text, remedy string) {
	if text, remedy := h.separator(head); text != "" {
		return text, remedy
	}
	if bytes.HasPrefix(bytes.ToLower(trim(head)), []byte("sep=")) {
		return "de eerste regel is sep= met een ander teken dan een puntkomma", "haal die regel weg en gebruik een puntkomma (;) tussen de kolommen"
	}
	for _, n := range h.names {
		if isPseudonym([]byte(n)) {
			return "er is geen kopregel: op de eerste regel staan al gegevens", "zet de kolomnamen op de eerste regel; `stapel contract` maakt een leeg voorbeeld"
		}
	}
	for i, line := range bytes.SplitN(rest, []byte{'\n'}, 11) {
		known := 0
		for _, field := range bytes.Split(bytes.TrimSuffix(line, []byte{'\r'}), []byte{';'}) {
			if h.contract.Column(columnName(field)) != nil {
				known++
			}
		}
		if known > 1 && i == 0 {
			return "boven de kopregel staat 1 andere regel", "haal hem weg: de kolomnamen horen op de eerste regel"
		}
		if known > 1 {
			return fmt.Sprintf("boven de kopregel staan %d andere regels", i+1), "haal ze weg: de kolomnamen horen op de eerste regel"
		}
	}
	return "geen enkele kolom van het contract staat in de kopregel", asContract
}

// check lists all that is wrong with the names; code is empty when nothing is.
func (h *header) check(rest func() []byte) (code, text, remedy string) {
	c := h.contract
	var problems, remedies []string
	add := func(what string, columns []string) {
		if len(columns) > 0 {
			problems = append(problems, what+" "+strings.Join(columns, ", "))
		}
	}
	var missing, double, unknown, refused, nameless []string
	hidden := map[string]bool{} // contract columns whose name has an invisible sign in it
	from := 0
	for i, n := range h.names {
		shown := showName(n, i)
		plain := strings.TrimSpace(visible(n))
		switch {
		case n == "" || plain == "":
			if i == 0 || h.names[i-1] != "" {
				from = i + 1
			}
			if i+1 == len(h.names) || h.names[i+1] != "" {
				nameless = append(nameless, places(from, i+1))
			}
		case slices.Contains(h.names[:i], n):
			if !slices.Contains(double, shown) {
				double = append(double, shown)
			}
		case config.RefusedColumn(n):
			refused = append(refused, shown)
		case c.Column(n) != nil || slices.ContainsFunc(c.Ignored, func(i string) bool { return strings.EqualFold(i, n) }):
		case plain != n && c.Column(plain) != nil:
			hidden[plain] = true
			problems = append(problems, fmt.Sprintf("in de naam van kolom %s staat %s, een teken dat niemand ziet", plain, invisibles[invisibleIn([]byte(n))]))
			remedies = append(remedies, "typ de naam van de kolom opnieuw")
		default:
			unknown = append(unknown, shown)
		}
	}
	for _, col := range c.Columns {
		if col.Required && !slices.Contains(h.names, col.Name) && !hidden[col.Name] {
			missing = append(missing, col.Name)
		}
	}
	add("verplichte kolommen ontbreken:", missing)
	add("kolommen staan er dubbel:", double)
	add("kolommen die niet in het contract staan:", unknown)
	if len(nameless) > 0 {
		text, remedy := h.nameless(nameless, rest())
		problems, remedies = append(problems, text), append(remedies, remedy)
	}
	add("kolommen over nationaliteit, herkomst of migratie, die nooit gelezen worden:", refused)
	if len(missing)+len(double)+len(unknown) > 0 {
		remedies = append(remedies, asContract)
	}
	switch {
	case len(refused) > 0:
		return RefKolomGeweigerd, strings.Join(problems, "; "), "lever die kolommen niet"
	case len(problems) > 0:
		return RefKopregel, strings.Join(problems, "; "), strings.Join(slices.Compact(remedies), "; ")
	}
	return "", "", ""
}

// places names columns from one place to another.
func places(from, to int) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d t/m %d", from, to)
}

// nameless says which columns have no name, and what to do about it: nothing stands in them as a rule, as when a spreadsheet
// saves columns that were emptied.
func (h *header) nameless(which []string, rest []byte) (text, remedy string) {
	text = "kolom " + strings.Join(which, ", ")
	if len(which) == 1 && !strings.Contains(which[0], "t/m") {
		text += " heeft geen naam"
	} else {
		text += " hebben geen naam"
	}
	trailing := 0
	for i := len(h.names) - 1; i >= 0 && strings.TrimSpace(visible(h.names[i])) == ""; i-- {
		trailing++
	}
	seen := 0
	lines := bytes.Split(rest, []byte{'\n'})
	for i, line := range lines {
		if i+1 == len(lines) && i > 0 {
			break // what was read may end in the middle of a line
		}
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if onlySeparators(line) {
			continue
		}
		if trailingEmpty(line) < trailing {
			return text, "geef elke kolom de naam uit het contract, of laat haar weg"
		}
		seen++
	}
	if trailing == 0 || seen == 0 || len(which) > 1 {
		return text, "geef elke kolom de naam uit het contract, of laat haar weg"
	}
	return text + ", en er staat in de regels niets in", "haal de puntkomma's achteraan weg, ook in de kopregel"
}

var plainName = regexp.MustCompile(`^\p{L}[\p{L}_ -]{0,40}[0-9]{0,2}$|^\p{L}[\p{L}_]{0,40}[0-9]?_[\p{L}_]{1,20}[0-9]?$`)

// showName is a column name as a message may show it. What doesn't look like a name (a file without header line has values
// there) is shown as its place.
func showName(name string, i int) string {
	if plainName.MatchString(name) {
		return name
	}
	return fmt.Sprintf("kolom %d (naam niet getoond)", i+1)
}
