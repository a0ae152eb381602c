package ingest

// The guard against BSNs (domain notes a.8). A column for pseudonyms may not hold anything of the shape of a BSN, free text
// and ignored columns nothing that passes the elfproef, and of the values of a numeric or id column no more may pass it than
// chance explains.

// elfproef reports whether the digits, left-padded to nine, pass the check of a BSN: 9a+8b+7c+6d+5e+4f+3g+2h-i is a
// multiple of 11.
func elfproef(v uint64) bool {
	sum := -int(v % 10)
	v /= 10
	for weight := 2; weight <= 9; weight++ {
		sum += weight * int(v%10)
		v /= 10
	}
	return sum%11 == 0
}

// bsnShape reports whether b is eight or nine digits once blanks, dots and dashes are dropped, and which number they are.
func bsnShape(b []byte) (v uint64, ok bool) {
	n := 0
	for _, c := range b {
		switch {
		case c-'0' <= 9:
			if n == 9 {
				return 0, false
			}
			v = v*10 + uint64(c-'0')
			n++
		case c == ' ' || c == '.' || c == '-' || c == '\t':
		default:
			return 0, false
		}
	}
	return v, n >= 8
}

// looksLikeDate reports whether b is a day written with separators. A BSN is not written in groups of 4-2-2 or 2-2-4, so
// such a cell is not taken for one, though its eight digits may well pass the elfproef.
func looksLikeDate(b []byte) bool {
	if len(b) != 10 {
		return false
	}
	if b[4] == b[7] && isSeparator(b[4]) {
		_, ok := dayNumber(digits4(b), digits2(b[5:]), digits2(b[8:]))
		return ok
	}
	if b[2] == b[5] && isSeparator(b[2]) {
		_, ok := dayNumber(digits4(b[6:]), digits2(b[3:]), digits2(b))
		return ok
	}
	return false
}

func isSeparator(c byte) bool { return c == ' ' || c == '.' || c == '-' }

// HoldsBSN reports whether text that people write holds a number that can be a BSN, as free text of an extract may not.
func HoldsBSN(text []byte) bool { return bsnInText(text) }

// bsnInText reports whether free text holds a BSN: the whole cell has the shape and passes the elfproef, or a word of
// eight or nine digits does, or nine digits in the groups 3-3-3 or 4-2-3 that people write a BSN in.
func bsnInText(b []byte) bool {
	digits := 0
	for _, c := range b {
		if c-'0' <= 9 {
			digits++
		}
	}
	if digits < 8 {
		return false
	}
	if v, ok := bsnShape(b); ok && elfproef(v) && !looksLikeDate(trim(b)) {
		return true
	}
	for i := 0; i < len(b); {
		if b[i]-'0' > 9 {
			i++
			continue
		}
		j := i
		var v uint64
		for j < len(b) && b[j]-'0' <= 9 {
			if j-i < 9 {
				v = v*10 + uint64(b[j]-'0')
			}
			j++
		}
		switch n := j - i; {
		case n == 8 || n == 9:
			if elfproef(v) {
				return true
			}
		case n == 3:
			if groupedBSN(b[i:], 3, 3) {
				return true
			}
		case n == 4:
			if groupedBSN(b[i:], 4, 2) {
				return true
			}
		}
		i = j
	}
	return false
}

// groupedBSN reports whether b starts with groups of first, second and 3 digits, one and the same separator between them
// and no digit after them, that together pass the elfproef.
func groupedBSN(b []byte, first, second int) bool {
	n := first + second + 5
	if len(b) < n || len(b) > n && b[n]-'0' <= 9 {
		return false
	}
	sep := b[first]
	if !isSeparator(sep) || b[first+1+second] != sep {
		return false
	}
	var v uint64
	for i, c := range b[:n] {
		if i == first || i == first+1+second {
			continue
		}
		if c-'0' > 9 {
			return false
		}
		v = v*10 + uint64(c-'0')
	}
	return elfproef(v)
}

// bsnColumn decides whether a column of numbers or ids holds BSNs: of at least 50 distinct values of the shape more than
// a fifth pass the elfproef, where chance gives one in eleven. Distinct values, because a few care providers, whose AGB codes
// have eight digits too, fill a whole column with codes that happen to pass.
//
// It keeps the values with the smallest hashes, at most sketchSize of them: a sample of the distinct values that does not
// depend on their order, or on which worker saw them.
type bsnColumn struct {
	slots map[uint64]struct{} // mixed values
	max   uint64              // a bound: no mixed value above it belongs to the sample
}

const (
	sketchSize  = 4096
	bsnMinimum  = 50
	bsnShareMax = 5 // refuse above one in five
)

// mix is an invertible scramble (the finaliser of splitmix64), so that a value can be had back from the sample.
func mix(v uint64) uint64 {
	v ^= v >> 30
	v *= 0xbf58476d1ce4e5b9
	v ^= v >> 27
	v *= 0x94d049bb133111eb
	return v ^ v>>31
}

// unmix inverts mix.
func unmix(v uint64) uint64 {
	v ^= v>>31 ^ v>>62
	v *= 0x319642b2d24d8ec3
	v ^= v>>27 ^ v>>54
	v *= 0x96de1b173f119089
	return v ^ v>>30 ^ v>>60
}

func (c *bsnColumn) add(v uint64) { c.addMixed(mix(v)) }

func (c *bsnColumn) addMixed(m uint64) {
	if c.slots == nil {
		c.slots, c.max = make(map[uint64]struct{}), ^uint64(0)
	}
	if m > c.max {
		return
	}
	c.slots[m] = struct{}{}
	if len(c.slots) >= 2*sketchSize {
		c.shrink()
	}
}

// shrink keeps the sketchSize smallest.
func (c *bsnColumn) shrink() {
	if len(c.slots) <= sketchSize {
		return
	}
	sorted := sortedKeys(c.slots)
	for _, m := range sorted[sketchSize:] {
		delete(c.slots, m)
	}
	c.max = sorted[sketchSize-1]
}

func (c *bsnColumn) merge(o *bsnColumn) {
	for m := range o.slots {
		c.addMixed(m)
	}
}

// verdict returns the number of distinct values looked at, how many pass, and whether that is too many.
func (c *bsnColumn) verdict() (n, pass int, refuse bool) {
	c.shrink()
	for m := range c.slots {
		n++
		if elfproef(unmix(m)) {
			pass++
		}
	}
	return n, pass, n >= bsnMinimum && pass*bsnShareMax > n
}
