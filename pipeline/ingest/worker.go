package ingest

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// worker turns blocks into columns. Each goroutine has one.
type worker struct {
	plan     *plan
	name     string // of the file, for refusals
	levering int64
	persons  *personSet
	scan     scanner

	personKeys, householdKeys *keyCache // nil when the file has no such column
	derivedKeys               []*hasher
	guards                    []bsnColumn

	labels     map[label]bool
	gemeenteIn [10000]bool // seen in accepted lines

	content []byte   // of the line at hand, for its hash
	keys    []keyRef // of the line at hand
	town    int      // gemeentecode of the line at hand; -1

	partial int64 // dates of the line at hand that lack a day or month
}

// keyRef is a pseudonym of a person in the line at hand.
type keyRef struct {
	out   int
	entry *keyEntry
}

// newWorker makes a worker for an extract of so many bytes.
func newWorker(p *plan, name string, levering, bytes int64, s *ProjectKey, persons *personSet, limit int) *worker {
	w := &worker{plan: p, name: name, levering: levering, persons: persons,
		scan: scanner{want: len(p.fields), limit: limit}, labels: map[label]bool{}}
	for _, f := range p.fields {
		if f.kind == kindPersoon && w.personKeys == nil {
			w.personKeys = newKeyCache(s, DomainPersoon, bytes)
		}
		if f.kind == kindHuishouden && w.householdKeys == nil {
			w.householdKeys = newKeyCache(s, DomainHuishouden, bytes)
		}
		if f.guard >= 0 {
			w.guards = append(w.guards, bsnColumn{})
		}
	}
	for i := range p.derived {
		w.derivedKeys = append(w.derivedKeys, newHasher(s, p.derived[i].domain))
	}
	return w
}

// invalid returns where the first byte is that may not be in the file: NUL, or what is not UTF-8 where UTF-8 was declared.
// len(buf) when there is none.
func (w *worker) invalid(buf []byte) int {
	at := bytes.IndexByte(buf, 0)
	if at < 0 {
		at = len(buf)
	}
	if !w.plan.utf8 || utf8.Valid(buf[:at]) {
		return at
	}
	for i := 0; i < at; {
		r, n := utf8.DecodeRune(buf[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return at
}

// parse reads all records of the block. It stops at the first reason to refuse the file, with what came before it counted.
func (w *worker) parse(b *batch) {
	buf := b.buf
	invalid := w.invalid(buf)
	line := b.line
	quote := -1
	useQuoted := false
	for pos := 0; pos < len(buf); {
		if quote < pos {
			if k := bytes.IndexByte(buf[pos:], '"'); k >= 0 {
				quote = pos + k
			} else {
				quote = len(buf)
			}
		}
		var r record
		if !useQuoted {
			r, _ = w.scan.simple(buf, pos, true)
		}
		if useQuoted || quote < r.end {
			// Nearly always every record is quoted, or hardly any: what this one is, the next one is tried as.
			r, _ = w.scan.quoted(buf, pos, true)
			useQuoted = quote < r.end
		}
		if r.next > invalid {
			w.refuseByte(b, line+int64(lineEnds(buf[pos:invalid])), buf[invalid])
			return
		}
		b.records++
		b.recordLines += int64(r.lines)
		b.recordBytes += int64(r.next - pos)
		at := badCell{line: line, off: b.off + int64(pos), length: int32(r.end - pos), col: -1}
		switch {
		case r.end == pos || buf[pos] <= ';' && onlySeparators(buf[pos:r.end]):
			b.empty.Records++
			b.empty.Regels++
		case r.next-pos > w.scan.limit:
			w.unread(b, at, faultTeLang, r.lines)
		case r.broken:
			w.unread(b, at, faultQuote, r.lines)
		case r.fields != len(w.plan.fields):
			if !w.otherFields(b, buf[pos:r.end], at, r) {
				return
			}
		default:
			if useQuoted {
				w.scan.unquote(buf)
			}
			if !w.line(b, buf, at, r.lines) {
				return
			}
		}
		line += int64(r.lines)
		pos = r.next
	}
}

func (w *worker) refuseByte(b *batch, line int64, c byte) {
	b.refusal = &Refusal{Code: RefCodering, Bestand: w.name, Regel: line}
	if c == 0 {
		b.refusal.Tekst, b.refusal.Remedie = "er staat een NUL-byte in het bestand (beschadigd, of UTF-16)", "lever het aan als UTF-8-tekst"
		return
	}
	b.refusal.Tekst = "het bestand is geen UTF-8"
	b.refusal.Remedie = "lever het aan als UTF-8, of zet encoding: windows-1252 in het contract als dat de afspraak is"
}

// unread puts a line in quarantine of which no cell can be read.
func (w *worker) unread(b *batch, at badCell, f fault, lines int) {
	at.fault = f
	b.bad = append(b.bad, at)
	b.rejected.Records++
	b.rejected.Regels += int64(lines)
	b.delivered.Records++
	b.delivered.Regels += int64(lines)
	if w.plan.hasMoney {
		b.unreadable++
		b.rawUnreadable++
	}
}

// line reads the fields that the scanner found, as row b.rows of the batch. False when the file is refused.
func (w *worker) line(b *batch, buf []byte, at badCell, lines int) bool {
	b.columns(w.plan)
	w.keys = w.keys[:0]
	w.town, w.partial = -1, 0
	if w.personKeys != nil {
		w.personKeys.start()
	}
	if w.householdKeys != nil {
		w.householdKeys.start()
	}
	bads := len(b.bad)
	for i := range w.plan.fields {
		f := &w.plan.fields[i]
		s := w.scan.spans[i]
		v, flaw := w.cell(b, f, int(s.a), buf[s.a:s.b], at.line)
		if flaw != 0 {
			if b.refusal != nil {
				return false
			}
			bad := at
			bad.col, bad.fault = int32(f.col), w.seen(f, buf[s.a:s.b], flaw)
			b.bad = append(b.bad, bad)
			v = illegal
		}
		if f.out >= 0 {
			b.cols[f.out][b.rows] = v
		}
	}
	w.rules(b, at)
	if len(b.bad) > bads {
		// The fields are undone of their doubled quotes, which no name has.
		if f, refuse := w.headerAgain(buf[at.off-b.off : at.off-b.off+int64(at.length)]); refuse {
			b.bad = b.bad[:bads]
			w.refuseHeader(b, at.line)
			return false
		} else if f != 0 {
			at.fault = f
			b.bad = append(b.bad[:bads], at)
		}
	}
	b.delivered.Records++
	b.delivered.Regels += int64(lines)
	cents := w.money(b)
	counted := cents
	if cents == null {
		counted = 0
	}
	b.delivered.Cent += counted
	if len(b.bad) > bads {
		b.rejected.Records++
		b.rejected.Regels += int64(lines)
		b.rejected.Cent += counted
		return true
	}
	b.cols[outRegel][b.rows] = at.line
	b.cols[outGeteld][b.rows] = cents
	if err := w.accept(b); err != nil {
		b.readFailed = err
		return false
	}
	b.accepted.Records++
	b.accepted.Regels += int64(lines)
	b.accepted.Cent += counted
	b.partial += w.partial
	return true
}

// at returns the value of the line at hand in a stored column; null when the contract or the file has no such column.
func (b *batch) at(out int) int64 {
	if out < 0 || b.cols[out] == nil {
		return null
	}
	return b.cols[out][b.rows]
}

// rules checks what the columns of one line say about each other.
func (w *worker) rules(b *batch, at badCell) {
	p := w.plan
	for _, o := range p.orders {
		if x, y := b.at(o.a), b.at(o.b); filled(x) && filled(y) && x > y {
			at.col, at.fault = int32(o.col), o.fault
			b.bad = append(b.bad, at)
		}
	}
	if p.periodOrder {
		if x, y := b.at(p.period), b.at(p.periodEnd); filled(x) && filled(y) && x > y {
			at.col, at.fault = int32(p.periodEnd-outFirst), faultPeriode
			b.bad = append(b.bad, at)
		}
	}
	if p.costs {
		w.possible(b, at)
	}
}

// possible checks that the time of a cost line can be: not before 1990, and not more than a year after the delivery was made
// (rules 66).
func (w *worker) possible(b *batch, at badCell) {
	p := w.plan
	first, col := b.at(p.period), p.period
	if !filled(first) {
		return
	}
	last := first
	if p.periodEnd >= 0 {
		if end := b.at(p.periodEnd); filled(end) {
			last, col = max(first, end), p.periodEnd
		}
	}
	if p.periodMonth && last > p.lastDay-31 {
		last = nextMonth(last) - 1
	}
	switch {
	case first < firstCostDay:
		col = p.period
	case last <= p.lastDay:
		return
	}
	at.col, at.fault = int32(col-outFirst), faultPeriodeOnmogelijk
	b.bad = append(b.bad, at)
}

// money counts the amounts of the line (rules 7, 12). It returns the counted cents; null when there is no amount or it can't
// be read.
func (w *worker) money(b *batch) int64 {
	p := w.plan
	if !p.hasMoney {
		return null
	}
	sign := int64(1)
	credit := b.at(p.sign)
	if filled(credit) && p.tables[p.sign].codes[credit].flags&flagCredit != 0 {
		sign = -1
	}
	amount := b.at(p.amount)
	switch {
	case credit == illegal || amount == illegal:
		b.rawUnreadable++
	case amount == null:
	case sign < 0 || amount < 0:
		b.credit += max(amount, -amount)
	default:
		b.debit += amount
	}
	if override := b.at(p.override); override != null {
		amount = override
	}
	switch {
	case credit == illegal || amount == illegal:
		b.unreadable++
		return null
	case amount == null:
		return null
	}
	return sign * amount
}

// accept completes the line at hand and keeps it.
func (w *worker) accept(b *batch) error {
	p, n := w.plan, b.rows
	b.cols[outLevering][n] = w.levering
	b.cols[outVan][n], b.cols[outTot][n] = w.place(b)
	b.cols[outInhoud][n] = w.hash(b)
	for i, d := range p.derived {
		b.cols[d.out][n] = null
		at := slices.IndexFunc(w.keys, func(k keyRef) bool { return k.out == d.from })
		if when := b.at(d.when); at >= 0 && (d.when < 0 || filled(when) && p.tables[d.when].codes[when].flags&d.flag != 0) {
			b.cols[d.out][n], _, _ = w.derivedKeys[i].sum(w.keys[at].entry.text())
		}
	}
	for _, k := range w.keys {
		if e := k.entry; !e.noted {
			if err := w.persons.add(e.key, e.hi, e.lo, e.text()); err != nil {
				return err
			}
			e.noted = true
		}
	}
	if w.town >= 0 && !w.gemeenteIn[w.town] {
		w.gemeenteIn[w.town] = true
		b.gemeenten = append(b.gemeenten, uint16(w.town))
	}
	b.rows++
	return nil
}

// place returns the line's period, half-open, and compares it with that of the delivery note.
func (w *worker) place(b *batch) (van, tot int64) {
	p := w.plan
	van, tot = b.at(p.period), null
	if !filled(van) {
		return null, null
	}
	switch {
	case p.periodMonth:
		tot = nextMonth(van)
	case p.periodEnd < 0:
		tot = van + 1
	default:
		if end := b.at(p.periodEnd); filled(end) {
			tot = end + 1
		} else if p.periodEvent {
			tot = van + 1
		}
	}
	if !b.periodSeen || van < b.first {
		b.first, b.periodSeen = van, true
	}
	if tot != null && (!b.periodEndSeen || tot-1 > b.last) {
		b.last, b.periodEndSeen = tot-1, true
	}
	if p.hasPeriod && (van >= p.noteTo || !p.history && tot != null && tot <= p.noteFrom) {
		b.outside++
		if cents := b.cols[outGeteld][b.rows]; cents != null {
			b.outsideCent += cents
		}
	}
	return van, tot
}

// refuseCell refuses the file because of what a cell holds.
func (w *worker) refuseCell(b *batch, f *field, line int64, code, text, remedy string) (int64, fault) {
	b.refusal = &Refusal{Code: code, Bestand: w.name, Regel: line, Kolom: f.name, Tekst: text, Remedie: remedy}
	return illegal, faultVorm
}

// note remembers the version label of a pseudonym.
func (w *worker) note(b *batch, e *keyEntry, k kind) {
	ps := e.text()
	l := label{k == kindHuishouden, string(ps[:bytes.IndexByte(ps, '_')])}
	if !w.labels[l] && len(w.labels) < maxLabels {
		w.labels[l] = true
		b.labels = append(b.labels, l)
	}
}

// maxLabels bounds how many version labels are remembered; more than one refuses the file anyway.
const maxLabels = 16
