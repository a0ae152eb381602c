package ingest

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// maxNoteText is how many characters a text of a note may have.
const maxNoteText = 200

// Check refuses a note whose period can't be, for a kind of extract, at a time (rules 64): days outside the years that are read
// or a day that means no end, and a last day after the one on which the delivery was made, unless the kind is about days to come.
// A note that does not say when it was made may not reach beyond the day of now.
func (n *Note) Check(c *config.Contract, now time.Time) error {
	if n == nil || n.PeriodeVan == nil || n.PeriodeTot == nil {
		return nil
	}
	refuse := func(key, text, remedy string) error {
		return &Refusal{Code: RefBriefOngeldig, Bestand: n.name, Regel: int64(n.lines[key]), Kolom: key, Tekst: text, Remedie: remedy}
	}
	for _, k := range []struct {
		key string
		day Day
	}{{"periode_van", *n.PeriodeVan}, {"periode_tot", *n.PeriodeTot}} {
		for _, ceiling := range c.CeilingDates {
			if k.day.String() == ceiling {
				return refuse(k.key, "dit is een datum die 'geen einde' betekent, geen dag die de levering dekt", "noem de laatste dag die de levering dekt")
			}
		}
		if int64(k.day) < firstCellDay || int64(k.day) > lastCellDay {
			return refuse(k.key, "ligt buiten de jaren 1900 tot en met 2199", "noem de eerste en laatste dag die de levering dekt")
		}
	}
	if c.Period != nil && c.Period.Future {
		return nil
	}
	made, said := n.Made()
	switch {
	case said && *n.PeriodeTot > made:
		return refuse("periode_tot", "ligt na aangemaakt: een levering kan geen dagen dekken die nog moesten komen",
			"noem de laatste dag die de levering dekt, of herstel aangemaakt")
	case !said && *n.PeriodeTot > DayOf(now):
		return refuse("periode_tot", "ligt in de toekomst", "noem de laatste dag die de levering dekt, en wanneer zij is aangemaakt")
	}
	return nil
}

// DayOf is the calendar day of a time, in its own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// noteEncoding says where and how a note is not UTF-8 text; text is empty when it is.
func noteEncoding(data []byte) (line int, text, remedy string) {
	const asUTF8 = "sla de leveringsbrief op als UTF-8"
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) || bytes.IndexByte(data, 0) >= 0 {
		return 1, "de leveringsbrief is UTF-16 of bevat een NUL-byte", asUTF8
	}
	if what, _ := notCSV(data); what != "" {
		return 1, "dit is geen leveringsbrief maar " + what, "lever de leveringsbrief zelf aan"
	}
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return 1 + bytes.Count(data[:i], []byte{'\n'}), "de leveringsbrief is geen UTF-8 (waarschijnlijk Windows-1252)", asUTF8
		}
		i += n
	}
	return 0, "", ""
}

// noteText reads a text that ends up in reports and workbooks: of one line, not too long, without signs that nobody sees, and
// nothing that a spreadsheet takes for a formula.
func noteText(v *yaml.Node, to *string) string {
	if v.Kind != yaml.ScalarNode {
		return "een enkele waarde verwacht"
	}
	text := strings.TrimSpace(v.Value)
	switch i := invisibleIn([]byte(text)); {
	case !utf8.ValidString(text) || strings.ContainsFunc(text, isControl):
		return "er staat een regeleinde, tab of ander stuurteken in"
	case i >= 0:
		return "er staat een onzichtbaar teken in: " + invisibles[i].String()
	case utf8.RuneCountInString(text) > maxNoteText:
		return fmt.Sprintf("is langer dan %d tekens", maxNoteText)
	case text != "" && strings.ContainsRune("=+-@", rune(text[0])):
		return "begint met = + - of @: een spreadsheet maakt er een formule van"
	}
	*to = text
	return ""
}

// isControl reports whether a character is a control character, or one that breaks a line or turns the direction of writing.
func isControl(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
