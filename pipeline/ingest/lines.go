package ingest

import (
	"bytes"
	"strings"
)

// What is seen in a line that is not what a line should be. Nothing here is on the way of a line that is right.

// onlySeparators reports whether a line holds nothing but separators and blanks: what a spreadsheet makes of an empty row.
func onlySeparators(line []byte) bool {
	for _, c := range line {
		if c != ';' && c != ' ' && c != '\t' {
			return false
		}
	}
	return true
}

// otherFields puts a line in quarantine that has not as many fields as the header. False when the file is refused.
func (w *worker) otherFields(b *batch, line []byte, at badCell, r record) bool {
	want := len(w.plan.fields)
	f, refuse := w.headerAgain(line)
	switch {
	case refuse:
		w.refuseHeader(b, at.line)
		return false
	case r.fields < want:
		f = faultTeWeinig
	case w.headerInside(line):
		f = faultAaneen
	case trailingEmpty(line) >= r.fields-want:
		f = faultTeVeelLeeg
	case want > 2 && r.fields == 2*want-1:
		f = faultTweeRegels
	default:
		f = faultTeVeel
	}
	w.unread(b, at, f, r.lines)
	return true
}

// trailingEmpty is how many fields at the end of a line are empty.
func trailingEmpty(line []byte) (n int) {
	for i := len(line) - 1; i >= 0; i-- {
		switch line[i] {
		case ';':
			n++
		case ' ', '\t':
		default:
			return n
		}
	}
	return n
}

// headerAgain says of a line that is not right whether it is the header once more; refuse when it is another header: then the
// lines after it have other columns, and reading on would mix them up.
func (w *worker) headerAgain(line []byte) (f fault, refuse bool) {
	first, _, more := bytes.Cut(line, []byte{';'})
	if !more || !w.plan.names[columnName(first)] {
		return 0, false
	}
	names := strings.Split(string(line), ";")
	same := len(names) == len(w.plan.header)
	for i, name := range names {
		name = columnName([]byte(name))
		if !w.plan.names[name] {
			return 0, false
		}
		same = same && name == w.plan.header[i]
	}
	if !same {
		return 0, true
	}
	return faultKopHerhaald, false
}

// headerInside reports whether the header follows the values of a line: a file that was put behind another one without a line
// end.
func (w *worker) headerInside(line []byte) bool {
	h := w.plan.header
	if len(h) < 2 {
		return false
	}
	plain := strings.ToLower(strings.NewReplacer(`"`, "", " ", "").Replace(string(line)))
	at := strings.Index(plain, strings.Join(h, ";"))
	return at > 0
}

func (w *worker) refuseHeader(b *batch, line int64) {
	b.refusal = &Refusal{Code: RefKopregel, Bestand: w.name, Regel: line,
		Tekst:   "hier staat een tweede kopregel, met andere kolommen of een andere volgorde dan de eerste: er zijn bestanden aan elkaar geplakt",
		Remedie: "lever elk bestand apart"}
}

// columnName is a field of a header line as a name: without quotes, blanks and byte order mark, in lower case.
func columnName(field []byte) string {
	field = trim(bytes.TrimPrefix(field, bom))
	if len(field) >= 2 && field[0] == '"' && field[len(field)-1] == '"' {
		field = trim(field[1 : len(field)-1])
	}
	return strings.ToLower(string(field))
}
