package ingest

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// span is a field: buf[a:b], without the quotes around it.
type span struct{ a, b int32 }

// record is one record as found by scanner.next.
type record struct {
	end    int  // where its bytes end, line terminator not included
	next   int  // where the next record starts
	lines  int  // physical lines it takes
	fields int  // fields found; only the first scanner.want of them are in scanner.spans
	broken bool // the quoting is broken: the record is one physical line and its fields are unknown
}

// scanner cuts bytes into records. The reader uses it to find where a block may end, the workers to find the fields; both
// come to the same records because the answer depends on nothing but the bytes from the record's start.
type scanner struct {
	want  int // fields in the header; a record over several lines must have this many. 0: not known yet
	limit int // Limits.MaxRecordBytes
	spans []span
}

// padding is what has to follow the bytes scanned in memory, so that words of eight bytes can be read.
const padding = 8

const (
	lowBits  = 0x7f7f7f7f7f7f7f7f
	sepWord  = ';' * 0x0101010101010101
	ctrlMask = 0xf8f8f8f8f8f8f8f8 // with it, the bytes 8 to 15, LF and CR among them, all look like 8
	ctrlWord = 0x0808080808080808
)

// zeroBytes marks the bytes of w that are zero with their highest bit.
func zeroBytes(w uint64) uint64 { return ^((w&lowBits + lowBits) | w | lowBits) }

// simple finds the record at pos of bytes in which there is no quote before its line end. buf[len(buf):len(buf)+padding] must
// be readable. ok is false when the line end isn't in buf and eof is false.
func (s *scanner) simple(buf []byte, pos int, eof bool) (r record, ok bool) {
	spans := s.spans[:0]
	n, start := 0, pos
	padded := buf[:len(buf)+padding]
	for i := pos; i < len(buf); i += 8 {
		w := binary.LittleEndian.Uint64(padded[i:])
		m := zeroBytes(w^sepWord) | zeroBytes(w&ctrlMask^ctrlWord)
		for m != 0 {
			p := i + bits.TrailingZeros64(m)>>3
			m &= m - 1
			if p >= len(buf) {
				break
			}
			c := buf[p]
			if c != ';' && c != '\n' && c != '\r' {
				continue
			}
			if n < s.want {
				spans = append(spans, span{int32(start), int32(p)})
			}
			n++
			if c == ';' {
				start = p + 1
				continue
			}
			if c == '\r' {
				if p+1 == len(buf) && !eof {
					return r, false
				}
				if p+1 < len(buf) && buf[p+1] == '\n' {
					s.spans = spans
					return record{end: p, next: p + 2, lines: 1, fields: n}, true
				}
			}
			s.spans = spans
			return record{end: p, next: p + 1, lines: 1, fields: n}, true
		}
	}
	if !eof {
		return r, false
	}
	if n < s.want {
		spans = append(spans, span{int32(start), int32(len(buf))})
	}
	s.spans = spans
	return record{end: len(buf), next: len(buf), lines: 1, fields: n + 1}, true
}

// quoted finds the record at pos when there may be quotes in it. Doubled quotes inside a field are not undone yet: see
// unquote. ok is false when eof is false and more bytes are needed to tell.
func (s *scanner) quoted(buf []byte, pos int, eof bool) (r record, ok bool) {
	s.spans = s.spans[:0]
	i := pos
	for n := 1; ; n++ {
		var f span
		if i < len(buf) && buf[i] == '"' {
			j := i + 1
			for {
				k, stop := -1, min(len(buf), pos+s.limit)
				if j < stop {
					k = bytes.IndexByte(buf[j:stop], '"')
				}
				if k < 0 {
					if stop < pos+s.limit && !eof {
						return r, false
					}
					return s.broken(buf, pos, eof)
				}
				j += k
				if j+1 == len(buf) && !eof {
					return r, false
				}
				if j+1 == len(buf) || buf[j+1] != '"' {
					break
				}
				j += 2
			}
			f = span{int32(i + 1), int32(j)}
			i = j + 1
			if i < len(buf) && buf[i] != ';' && buf[i] != '\n' && buf[i] != '\r' {
				return s.broken(buf, pos, eof)
			}
		} else {
			j := i
			for j < len(buf) && buf[j] != ';' && buf[j] != '\n' && buf[j] != '\r' {
				if buf[j] == '"' {
					return s.broken(buf, pos, eof)
				}
				j++
			}
			f = span{int32(i), int32(j)}
			i = j
		}
		if n <= s.want {
			s.spans = append(s.spans, f)
		}
		if i < len(buf) && buf[i] == ';' {
			i++
			continue
		}
		next := i
		switch {
		case i == len(buf):
			if !eof {
				return r, false
			}
		case buf[i] == '\r':
			if i+1 == len(buf) && !eof {
				return r, false
			}
			next = i + 1
			if next < len(buf) && buf[next] == '\n' {
				next++
			}
		default:
			next = i + 1
		}
		lines := 1 + lineEnds(buf[pos:i])
		if lines > 1 && (s.want > 0 && n != s.want || next-pos > s.limit) {
			return s.broken(buf, pos, eof)
		}
		return record{end: i, next: next, lines: lines, fields: n}, true
	}
}

// broken takes the first physical line at pos as a record whose quoting is broken.
func (s *scanner) broken(buf []byte, pos int, eof bool) (r record, ok bool) {
	end, next, ok := lineEnd(buf, pos, eof)
	return record{end: end, next: next, lines: 1, broken: true}, ok
}

// lineEnd finds the end of the physical line at pos and the start of the next one. ok is false when eof is false and the
// line end, all of it, isn't in buf.
func lineEnd(buf []byte, pos int, eof bool) (end, next int, ok bool) {
	// In windows, so that a file with only one of the two kinds of line end is not searched to its end for the other.
	end = len(buf)
	for w := pos; w < end; w += 4096 {
		window := buf[w:min(end, w+4096)]
		if k := bytes.IndexByte(window, '\n'); k >= 0 {
			end, window = w+k, window[:k]
		}
		if k := bytes.IndexByte(window, '\r'); k >= 0 {
			end = w + k
		}
	}
	switch {
	case end == len(buf):
		return end, end, eof
	case buf[end] == '\n':
		return end, end + 1, true
	case end+1 == len(buf):
		return end, end + 1, eof
	case buf[end+1] == '\n':
		return end, end + 2, true
	}
	return end, end + 1, true
}

// lineEnds counts line ends: LF, CRLF, or a CR on its own.
func lineEnds(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	for {
		k := bytes.IndexByte(b, '\r')
		if k < 0 {
			return n
		}
		b = b[k+1:]
		if len(b) == 0 || b[0] != '\n' {
			n++
		}
	}
}

// unquote undoes the doubling of quotes in the fields of a record that quoted found, in place.
func (s *scanner) unquote(buf []byte) {
	for i, f := range s.spans {
		b := buf[f.a:f.b]
		k := bytes.IndexByte(b, '"')
		if k < 0 {
			continue
		}
		w := k
		for ; k < len(b); k++ {
			b[w] = b[k]
			w++
			if b[k] == '"' {
				k++
			}
		}
		s.spans[i].b = f.a + int32(w)
	}
}
