package ingest

import (
	"bytes"
	"strings"
)

// seen looks again at a cell that was found wrong, for what a supplier is helped by: what stands there instead. It returns the
// fault that says so, else the one that was found. It never runs for a cell that is right.
func (w *worker) seen(f *field, c []byte, found fault) fault {
	if found == faultLeeg || found == faultGemeenteBuiten || found == faultTeken {
		return found
	}
	if !w.plan.utf8 && !ascii(c) {
		var text []byte
		for _, x := range c {
			text = append(text, windows1252[x]...)
		}
		c = text
	}
	c = trim(c)
	if i := invisibleIn(c); i >= 0 {
		return faultOnzichtbaar + fault(i)
	}
	if word := nullWord(c); word != 0 && f.kind != kindTekst {
		return word
	}
	switch f.kind {
	case kindDatum:
		if found == faultDatum {
			return seenDate(c)
		}
	case kindMaand:
		if found == faultMaand {
			return seenMonth(c)
		}
	case kindCode, kindLijst:
		return seenCode(f, c, found)
	case kindID:
		return seenID(f, c, found)
	case kindGemeente:
		switch {
		case len(c) < 4 && digits(c), len(c) < 6 && len(c) > 2 && string(c[:2]) == "GM" && digits(c[2:]):
			return faultNulWegGemeente
		case pointZero(c) > 0:
			return faultKommaNulGemeente
		}
	case kindPersoon, kindHuishouden:
		return seenPseudonym(c)
	case kindCt, kindEur, kindGeheel, kindDecimaal, kindJaar:
		return seenNumber(f, c, found)
	}
	return found
}

// digits reports whether c is nothing but digits.
func digits(c []byte) bool {
	for _, x := range c {
		if x-'0' > 9 {
			return false
		}
	}
	return len(c) > 0
}

// pointZero is where the point or comma stands in digits that end in .0, as a program keeps whole numbers in a column with
// empty cells; 0 when c is not of that form.
func pointZero(c []byte) int {
	k := bytes.IndexAny(c, ".,")
	if k < 1 || !digits(c[:k]) || len(bytes.Trim(c[k+1:], "0")) > 0 || k+1 == len(c) {
		return 0
	}
	return k
}

// scientific reports whether c is a number with an exponent, which a spreadsheet makes of a long one.
func scientific(c []byte) bool {
	k := bytes.IndexAny(c, "eE")
	if k < 1 || k+1 == len(c) {
		return false
	}
	exponent := bytes.TrimLeft(c[k+1:], "+-")
	return digits(exponent) && digits(bytes.ReplaceAll(bytes.ReplaceAll(bytes.TrimPrefix(c[:k], []byte("-")), []byte{','}, nil), []byte{'.'}, nil))
}

func seenCode(f *field, c []byte, found fault) fault {
	if f.codes == nil {
		return found
	}
	in := func(s []byte) bool { return len(s) > 0 && f.codes.find(s) >= 0 }
	if k := pointZero(c); k > 0 && (in(c[:k]) || in(append([]byte{'0'}, c[:k]...))) {
		return faultKommaNulCode
	}
	if digits(c) && (in(append([]byte("0"), c...)) || in(append([]byte("00"), c...))) {
		return faultNulWegCode
	}
	for _, code := range f.codes.codes {
		if strings.EqualFold(code.text, string(c)) {
			return faultHoofdletters
		}
	}
	return found
}

func seenID(f *field, c []byte, found fault) fault {
	if found != faultVorm {
		return found
	}
	if pointZero(c) > 0 {
		return faultKommaNul
	}
	if digits(c) {
		for zeros := 1; zeros <= 3; zeros++ {
			if f.pattern.match(append(bytes.Repeat([]byte{'0'}, zeros), c...)) {
				return faultNulWeg
			}
		}
	}
	if scientific(c) {
		return faultWetenschappelijkID
	}
	return found
}

func seenPseudonym(c []byte) fault {
	at := bytes.IndexByte(c, '_')
	if at < 1 || at > maxLabel {
		return faultPseudoniemStreep
	}
	for i, x := range c {
		if !isPseudonymByte[x] && i != at {
			return faultPseudoniemTeken
		}
	}
	if len(c)-at-1 < minPseudonym {
		return faultPseudoniemKort
	}
	return faultPseudoniem
}

func seenNumber(f *field, c []byte, found fault) fault {
	if f.kind == kindJaar {
		switch {
		case found == faultGrens && string(c) == "0000":
			return faultJaarNul
		case found == faultJaar && len(c) == 2 && digits(c):
			return faultJaarTweeCijfers
		case found == faultJaar && pointZero(c) == 4:
			return faultKommaNulJaar
		}
		return found
	}
	if found != faultBedrag && found != faultGetal {
		return found
	}
	money := f.kind == kindCt || f.kind == kindEur
	switch {
	case scientific(c) && money:
		return faultWetenschappelijkBedrag
	case scientific(c):
		return faultWetenschappelijk
	case money && (bytes.Contains(c, []byte("€")) || bytes.Contains(bytes.ToUpper(c), []byte("EUR"))):
		return faultBedragTeken
	case bytes.ContainsAny(c, " ") && digits(bytes.Map(dropNumberSigns, c)):
		if money {
			return faultBedragSpatie
		}
		return faultGetalSpatie
	case bytes.ContainsAny(c, ".,") && digits(bytes.Map(dropNumberSigns, c)):
		switch f.kind {
		case kindCt:
			return faultCentDecimalen
		case kindGeheel:
			return faultGetalDecimalen
		}
	}
	return found
}

// dropNumberSigns drops what stands between the digits of a number.
func dropNumberSigns(r rune) rune {
	if strings.ContainsRune(" .,-+", r) {
		return -1
	}
	return r
}
