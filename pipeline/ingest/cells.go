package ingest

import (
	"bytes"
	"slices"

	"stapel/config"
)

// cell reads one cell, which stands at a place in the batch's buf, into what the batch keeps of it. flaw is what is wrong with
// it; with b.refusal set the whole file is refused.
func (w *worker) cell(b *batch, f *field, at int, c []byte, line int64) (v int64, flaw fault) {
	if len(c) > 0 && (c[0] <= ' ' || c[len(c)-1] <= ' ') {
		trimmed := trim(c)
		if f.kind != kindTekst || len(trimmed) == 0 {
			at += cap(c) - cap(trimmed)
			c = trimmed
		}
	}
	if len(c) == 0 || f.unknown != nil && slices.Contains(f.unknown, string(c)) {
		if f.required {
			return illegal, faultLeeg
		}
		return null, 0
	}
	switch f.kind {
	case kindIgnored:
		if bsnInText(c) {
			return w.bsnText(b, f, line)
		}
		return null, 0
	case kindPersoon, kindHuishouden:
		return w.pseudonym(b, f, c, line)
	case kindDatum:
		d, ok := parseDate(c, f.forms)
		if !ok && f.partial != config.IncompleteNo {
			if d, ok = parsePartial(c, f.forms, f.partial == config.IncompleteLast); ok {
				w.partial++
			}
		}
		if !ok {
			return illegal, faultDatum
		}
		return w.day(f, int64(d))
	case kindMaand:
		d, ok := parseMonth(c, f.forms)
		if !ok {
			return illegal, faultMaand
		}
		return w.day(f, int64(d))
	case kindTijd:
		if !parseTime(c) {
			return illegal, faultTijd
		}
		if len(c) == 8 {
			return ref(at, len(c)), 0
		}
		return b.hold(append(bytes.Clone(c), ":00"...)), 0
	case kindGemeente:
		return w.gemeente(c)
	case kindVlag:
		return flag(f, c)
	case kindCode, kindID, kindTekst, kindLijst:
		return w.text(b, f, at, c, line)
	}
	return w.number(f, c)
}

// day takes a day that a cell holds, or the first one of a month: within the years that are read, and not one that means no end
// (rules 65).
func (w *worker) day(f *field, d int64) (int64, fault) {
	ceilings := w.plan.ceilings
	if d >= firstCellDay && d <= lastCellDay && (len(ceilings) == 0 || d < ceilings[0]-30) {
		return d, 0
	}
	for _, c := range ceilings {
		if d == c || f.kind == kindMaand && d <= c && c < nextMonth(d) {
			if f.openEnd {
				return null, 0
			}
			return illegal, faultPlafond
		}
	}
	if d < firstCellDay || d > lastCellDay {
		return illegal, faultDatumBuiten
	}
	return d, 0
}

func (w *worker) bsnText(b *batch, f *field, line int64) (int64, fault) {
	return w.refuseCell(b, f, line, RefBSNTekst, "hier staat een nummer dat een BSN kan zijn (het voldoet aan de elfproef)",
		"lever deze kolom niet, of zonder nummers van acht of negen cijfers")
}

// pseudonym reads the pseudonym of a person or household.
func (w *worker) pseudonym(b *batch, f *field, c []byte, line int64) (int64, fault) {
	cache := w.personKeys
	if f.kind == kindHuishouden {
		cache = w.householdKeys
	}
	e, fresh := cache.find(c)
	if e == nil {
		if _, ok := bsnShape(c); ok {
			return w.refuseCell(b, f, line, RefBSNSleutel, "hier staat een nummer in de vorm van een BSN waar een pseudoniem hoort",
				"laat de leverancier pseudonimiseren voor de levering, en vernietig dit bestand")
		}
		return illegal, faultPseudoniem
	}
	if fresh {
		w.note(b, e, f.kind)
	}
	if f.kind == kindPersoon {
		w.keys = append(w.keys, keyRef{f.out, e})
	}
	return e.key, 0
}

// gemeente reads a gemeentecode: four digits, GM before it or not (rules 54), of the delivery note (rules 50).
func (w *worker) gemeente(c []byte) (int64, fault) {
	if len(c) == 6 && c[0] == 'G' && c[1] == 'M' {
		c = c[2:]
	}
	if len(c) != 4 {
		return illegal, faultGemeente
	}
	g := digits4(c)
	switch {
	case g < 0:
		return illegal, faultGemeente
	case g == 0:
		return illegal, faultGemeenteNul
	}
	if w.plan.gemeenten != nil && !w.plan.gemeenten[g] {
		return illegal, faultGemeenteBuiten
	}
	w.town = g
	return int64(g), 0
}

// flag reads ja or nee, or what a contract lists as other spellings of these.
func flag(f *field, c []byte) (int64, fault) {
	switch {
	case string(c) == "ja":
		return 1, 0
	case string(c) == "nee":
		return 0, 0
	case f.codes == nil:
		return illegal, faultVlag
	}
	if code := f.codes.find(c); code >= 0 {
		switch f.codes.codes[code].text {
		case "ja":
			return 1, 0
		case "nee":
			return 0, 0
		}
	}
	return illegal, faultVlag
}

// number reads numbers and money.
func (w *worker) number(f *field, c []byte) (v int64, flaw fault) {
	ok := true
	switch f.kind {
	case kindGeheel:
		v, ok = parseWhole(c)
		flaw = faultGetal
	case kindDecimaal:
		v, ok = parseThousandths(c)
		flaw = faultGetal
	case kindJaar:
		ok = len(c) == 4
		if ok {
			v = int64(digits4(c))
			ok = v >= 0
		}
		flaw = faultJaar
	case kindCt:
		v, flaw = parseCents(c)
		ok = flaw == 0
	case kindEur:
		v, flaw = parseEuros(c)
		ok = flaw == 0
	}
	if f.guard >= 0 && len(c) >= 8 {
		if n, is := bsnShape(c); is {
			w.guards[f.guard].add(n)
		}
	}
	switch {
	case !ok:
		return illegal, flaw
	case v < f.min:
		return illegal, f.faultMin
	case v > f.max:
		return illegal, faultGrens
	case f.step != 1 && v%f.step != 0:
		return illegal, faultStap
	}
	return v, 0
}

// text reads what is kept as text: codes, ids, lists and free text.
func (w *worker) text(b *batch, f *field, at int, c []byte, line int64) (v int64, flaw fault) {
	v = ref(at, len(c))
	if !w.plan.utf8 && !ascii(c) {
		if v, flaw = w.decode(b, c); flaw != 0 {
			return v, flaw
		}
		c = b.bytes(v)
	}
	switch f.kind {
	case kindCode:
		code := f.codes.find(c)
		if code < 0 {
			return illegal, faultCode
		}
		return code, 0
	case kindID:
		if f.pattern != nil && !f.pattern.match(c) {
			return illegal, faultVorm
		}
		if flaw := idFault(c); flaw != 0 {
			return illegal, flaw
		}
		if len(c) >= 8 {
			if n, is := bsnShape(c); is {
				w.guards[f.guard].add(n)
			}
		}
	case kindTekst:
		if bsnInText(c) {
			return w.bsnText(b, f, line)
		}
	case kindLijst:
		if f.codes != nil {
			return list(b, f.codes, c)
		}
		if bsnInText(c) { // a list without codes is free text
			return w.bsnText(b, f, line)
		}
		if flaw := nullWord(c); flaw != 0 {
			return illegal, flaw
		}
	}
	return v, 0
}

// idFault is what makes an id another one than is meant: a word for nothing, or a sign that nobody sees.
func idFault(c []byte) fault {
	for _, x := range c {
		if x < ' ' || x >= 0x7f {
			return idSigns(c)
		}
	}
	if len(c) > maxNullWord || !mayBeNull[c[0]] {
		return 0
	}
	return nullWord(c)
}

// idSigns is idFault for an id in which there is more than plain characters.
func idSigns(c []byte) fault {
	if i := invisibleIn(c); i >= 0 {
		return faultOnzichtbaar + fault(i)
	}
	if bytes.ContainsFunc(c, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return faultStuurteken
	}
	return 0
}

// list checks the codes of a list and writes each in its own spelling.
func list(b *batch, codes *codeTable, c []byte) (int64, fault) {
	out := make([]byte, 0, len(c))
	for i, item := range bytes.Split(c, []byte{'|'}) {
		item = trim(item)
		if len(item) == 0 {
			return illegal, faultCode
		}
		code := codes.find(item)
		if code < 0 {
			return illegal, faultCode
		}
		if i > 0 {
			out = append(out, '|')
		}
		out = append(out, codes.codes[code].text...)
	}
	return b.hold(out), 0
}

func ascii(c []byte) bool {
	for _, x := range c {
		if x >= 0x80 {
			return false
		}
	}
	return true
}

// decode turns Windows-1252 into UTF-8.
func (w *worker) decode(b *batch, c []byte) (int64, fault) {
	out := make([]byte, 0, 2*len(c))
	for _, x := range c {
		if windows1252[x] == "" {
			return illegal, faultTeken
		}
		out = append(out, windows1252[x]...)
	}
	return b.hold(out), 0
}
