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
// file. All that is wrong with it comes in one refusal.
func readHeader(c *config.Contract, name string, line int64, head []byte, rec record, spans []span) ([]string, error) {
	refuse := func(code, text, remedy string) error {
		return &Refusal{Code: code, Bestand: name, Regel: line, Tekst: text, Remedie: remedy}
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return nil, refuse(RefCodering, "er staat een NUL-byte in het bestand (beschadigd, of UTF-16)", "lever het aan als UTF-8-tekst")
	}
	if c.Encoding != "windows-1252" && !utf8.Valid(head) {
		return nil, refuse(RefCodering, "het bestand is geen UTF-8", "lever het aan als UTF-8")
	}
	const asContract = "gebruik de kolomnamen van het contract; `stapel contract` maakt een leeg voorbeeld"
	if rec.broken || rec.lines > 1 {
		return nil, refuse(RefKopregel, "de aanhalingstekens in de kopregel kloppen niet", asContract)
	}
	var names []string
	known := 0
	for _, s := range spans {
		n := strings.ToLower(string(trim(head[s.a:s.b])))
		names = append(names, n)
		if c.Column(n) != nil {
			known++
		}
	}
	if known == 0 {
		text := "geen enkele kolom van het contract staat in de kopregel"
		if len(names) == 1 {
			text += "; het scheidingsteken is ;"
		}
		return nil, refuse(RefKopregel, text, asContract)
	}
	var problems []string
	add := func(what string, columns []string) {
		if len(columns) > 0 {
			problems = append(problems, what+" "+strings.Join(columns, ", "))
		}
	}
	var missing, double, unknown, refused []string
	for _, col := range c.Columns {
		if col.Required && !slices.Contains(names, col.Name) {
			missing = append(missing, col.Name)
		}
	}
	for i, n := range names {
		shown := showName(n, i)
		switch {
		case slices.Contains(names[:i], n):
			if !slices.Contains(double, shown) {
				double = append(double, shown)
			}
		case config.RefusedColumn(n):
			refused = append(refused, shown)
		case c.Column(n) == nil && !slices.ContainsFunc(c.Ignored, func(i string) bool { return strings.EqualFold(i, n) }):
			unknown = append(unknown, shown)
		}
	}
	add("verplichte kolommen ontbreken:", missing)
	add("kolommen staan er dubbel:", double)
	add("kolommen die niet in het contract staan:", unknown)
	add("kolommen over nationaliteit, herkomst of migratie, die nooit gelezen worden:", refused)
	switch {
	case len(refused) > 0:
		return nil, refuse(RefKolomGeweigerd, strings.Join(problems, "; "), "lever die kolommen niet")
	case len(problems) > 0:
		return nil, refuse(RefKopregel, strings.Join(problems, "; "), asContract)
	}
	return names, nil
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
