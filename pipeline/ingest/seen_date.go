package ingest

import (
	"bytes"
	"strconv"
)

// seenDate says what form a date has that is not one of those that its column takes.
func seenDate(c []byte) fault {
	has := func(s string) bool { return bytes.ContainsAny(c, s) }
	switch {
	case has(":") && c[0]-'0' <= 9:
		return faultDatumTijd
	case has("‐‑–—―−"):
		return faultDatumLangeStreep
	case has("/") && digits(bytes.ReplaceAll(c, []byte{'/'}, nil)):
		return faultDatumStrepen
	case bytes.Count(c, []byte{'.'}) == 2 && digits(bytes.ReplaceAll(c, []byte{'.'}, nil)):
		return faultDatumPunten
	case isSerial(c):
		return faultDatumExcel
	case digits(c):
		return seenDigits(c)
	case bytes.IndexFunc(c, isLetter) >= 0:
		return faultDatumLetters
	}
	return seenDashed(bytes.Split(c, []byte{'-'}))
}

// isSerial reports whether c is a day as a spreadsheet numbers them, for the years 1950 to 2150, with or without a time behind
// the point.
func isSerial(c []byte) bool {
	if k := bytes.IndexAny(c, ".,"); k > 0 && digits(c[k+1:]) {
		c = c[:k]
	}
	if len(c) != 5 || !digits(c) {
		return false
	}
	n, _ := strconv.Atoi(string(c))
	return n >= 18264 && n <= 91312
}

// isLetter leaves out the T and Z of a time, which is looked for first.
func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// seenDigits is seenDate for what has nothing but digits.
func seenDigits(c []byte) fault {
	switch len(c) {
	case 4:
		return faultDatumJaar
	case 6:
		if y := digits4(c); y >= 1900 && y < 2200 {
			return faultDatumMaand
		}
		return faultDatumTweeCijfers
	case 8:
		y, m, d := digits4(c), digits2(c[4:]), digits2(c[6:])
		if _, ok := dayNumber(y, m, d); ok {
			return faultDatumAaneen // its column does not take JJJJMMDD
		}
		if _, ok := dayNumber(digits4(c[4:]), digits2(c[2:]), digits2(c)); ok && digits4(c[4:]) >= 1900 && digits4(c[4:]) < 2200 {
			return faultDatumAaneen
		}
		return seenParts(y, m, d)
	}
	return faultDatum
}

// seenParts says what is wrong with a date by its year, month and day.
func seenParts(y, m, d int) fault {
	switch {
	case y == 0:
		return faultDatumNul
	case m == 0 || m <= 12 && d == 0:
		return faultDatumOnbekend
	case y < minYear && m <= 12 && d <= 31:
		return faultDatumBuiten
	}
	return faultDatumBestaatNiet
}

// seenDashed is seenDate for parts that dashes divide.
func seenDashed(parts [][]byte) fault {
	for _, p := range parts {
		if !digits(p) {
			return faultDatum
		}
	}
	if len(parts) == 2 && (len(parts[0]) == 4 || len(parts[1]) == 4) {
		return faultDatumMaand
	}
	if len(parts) != 3 {
		return faultDatum
	}
	a, b, c := parts[0], parts[1], parts[2]
	switch {
	case len(a) == 4 && len(b) == 2 && len(c) == 2:
		return seenParts(digits4(a), digits2(b), digits2(c))
	case len(a) == 2 && len(b) == 2 && len(c) == 4:
		if _, ok := dayNumber(digits4(c), digits2(b), digits2(a)); ok {
			return faultDatumDagVoorop // its column does not take DD-MM-JJJJ
		}
		return seenParts(digits4(c), digits2(b), digits2(a))
	case (len(a) == 4 && len(c) <= 2 || len(a) <= 2 && len(c) == 4) && len(b) <= 2:
		return faultDatumEenCijfer
	case len(a) <= 2 && len(b) <= 2 && len(c) <= 2:
		return faultDatumTweeCijfers
	}
	return faultDatum
}

// seenMonth says what form a month has that is not one of those that its column takes.
func seenMonth(c []byte) fault {
	if _, ok := parseDate(c, formDDMMJJJJ|formJJJJMMDD); ok || seenDate(c) == faultDatumTijd {
		return faultMaandDag
	}
	return faultMaand
}
