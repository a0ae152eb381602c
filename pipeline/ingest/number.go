package ingest

// maxCents bounds one amount: 10^12 eurocents is ten billion euro. It keeps the sums of a block far from the edge of
// int64; sums over blocks are checked.
const maxCents = 1_000_000_000_000

// parseWhole reads a whole number: an optional minus and at most 18 digits.
func parseWhole(b []byte) (v int64, ok bool) {
	neg := false
	if len(b) > 0 && b[0] == '-' {
		neg, b = true, b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	for _, c := range b {
		d := c - '0'
		if d > 9 {
			return 0, false
		}
		v = v*10 + int64(d)
	}
	if neg {
		v = -v
	}
	return v, true
}

// parseCents reads an amount in whole eurocents.
func parseCents(b []byte) (int64, fault) {
	v, ok := parseWhole(b)
	if !ok {
		return 0, faultBedrag
	}
	if v > maxCents || v < -maxCents {
		return 0, faultBedragGroot
	}
	return v, 0
}

// parseEuros reads an amount in euros as eurocents (rules 5). The last separator followed by one or two digits is the
// decimal one; what stands before it has no separators, or the other sign between groups of exactly three. Several
// equal separators between groups of three are thousands. One separator with three digits after it could be either and
// is never guessed at.
func parseEuros(b []byte) (int64, fault) {
	neg := false
	if len(b) > 0 && b[0] == '-' {
		neg, b = true, b[1:]
	}
	if len(b) == 0 || len(b) > 32 {
		return 0, faultBedrag
	}
	last, seps := -1, 0
	for i, c := range b {
		switch {
		case c == '.' || c == ',':
			last = i
			seps++
		case c-'0' > 9:
			return 0, faultBedrag
		}
	}
	whole, cents := b, int64(0)
	group := byte(0) // the separator allowed in whole
	switch after := len(b) - last - 1; {
	case seps == 0:
	case after == 1:
		cents = int64(b[last+1]-'0') * 10
		whole, group = b[:last], '.'+','-b[last]
	case after == 2:
		cents = int64(b[last+1]-'0')*10 + int64(b[last+2]-'0')
		whole, group = b[:last], '.'+','-b[last]
	case after == 3 && seps == 1 && last >= 1 && last <= 3:
		return 0, faultBedragDubbelzinnig
	case after == 3 && seps > 1:
		group = b[last]
	default:
		return 0, faultBedrag
	}
	euros, ok := groupedWhole(whole, group)
	if !ok {
		return 0, faultBedrag
	}
	if euros > maxCents/100 {
		return 0, faultBedragGroot
	}
	v := euros*100 + cents
	if neg {
		v = -v
	}
	return v, 0
}

// groupedWhole reads digits, either without separators or in groups of exactly three after a first one of one to three.
// Digits beyond 18 are clipped to a number that is too large for any amount.
func groupedWhole(b []byte, group byte) (v int64, ok bool) {
	if len(b) == 0 {
		return 0, false
	}
	run, groups := 0, 0
	for _, c := range b {
		if c == '.' || c == ',' {
			if c != group || run == 0 || run > 3 || groups > 0 && run != 3 {
				return 0, false
			}
			groups++
			run = 0
			continue
		}
		run++
		if v < 1e17 {
			v = v*10 + int64(c-'0')
		}
	}
	return v, groups == 0 || run == 3
}

// parseThousandths reads a decimal number as whole thousandths: an optional minus, at most 15 digits, and optionally a
// comma or point with one to three digits after it. Thousands separators are not accepted.
func parseThousandths(b []byte) (int64, bool) {
	neg := false
	if len(b) > 0 && b[0] == '-' {
		neg, b = true, b[1:]
	}
	whole, frac := b, []byte(nil)
	for i, c := range b {
		if c == '.' || c == ',' {
			whole, frac = b[:i], b[i+1:]
			if len(frac) == 0 || len(frac) > 3 {
				return 0, false
			}
			break
		}
	}
	if len(whole) > 15 || len(whole) > 0 && whole[0] == '-' || len(frac) > 0 && frac[0] == '-' {
		return 0, false
	}
	v, ok := parseWhole(whole)
	if !ok {
		return 0, false
	}
	v *= 1000
	if len(frac) > 0 {
		f, ok := parseWhole(frac)
		if !ok {
			return 0, false
		}
		for i := len(frac); i < 3; i++ {
			f *= 10
		}
		v += f
	}
	if neg {
		v = -v
	}
	return v, true
}
