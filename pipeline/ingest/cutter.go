package ingest

import (
	"bytes"
	"errors"
	"io"
)

// blockSize is the number of bytes aimed at per block. Together with the number of parts it decides which lines stand in
// which part, so changing it changes the bytes of large extracts.
const blockSize = 1 << 18

// maxLineFactor times Limits.MaxRecordBytes is the longest line that is held in memory.
const maxLineFactor = 16

// cutter reads an extract and cuts it into blocks of whole records.
type cutter struct {
	src   *sourceFile
	scan  scanner
	size  int    // blockSize, smaller in tests
	carry []byte // read, not yet in a block
	off   int64  // offset of carry in the decompressed bytes
	line  int64  // physical line number of carry, from 1
	eof   bool
	sep   bool // a line sep=; stood before the header
}

func newCutter(src *sourceFile, size, limit int) *cutter {
	return &cutter{src: src, size: size, line: 1, scan: scanner{limit: limit}}
}

var bom = []byte{0xef, 0xbb, 0xbf}

// start reads the beginning of the file. It strips a UTF-8 byte order mark and refuses UTF-16.
func (c *cutter) start() (hasBOM bool, err error) {
	if err := c.more(max(c.size, len(bom))); err != nil {
		return false, err
	}
	if bytes.HasPrefix(c.carry, []byte{0xff, 0xfe}) || bytes.HasPrefix(c.carry, []byte{0xfe, 0xff}) {
		return false, &Refusal{Code: RefCodering, Bestand: c.src.name, Regel: 1, Tekst: "het bestand is UTF-16", Remedie: "lever het aan als UTF-8"}
	}
	if what, remedy := notCSV(bytes.TrimPrefix(c.carry, bom)); what != "" {
		return false, &Refusal{Code: RefGeenCSV, Bestand: c.src.name, Tekst: "dit is geen CSV maar " + what, Remedie: remedy}
	}
	if bytes.HasPrefix(c.carry, bom) {
		c.carry = c.carry[len(bom):]
		c.off = int64(len(bom))
		hasBOM = true
	}
	return hasBOM, nil
}

// more reads n more bytes into carry, fewer at the end of the file.
func (c *cutter) more(n int) error {
	if c.eof {
		return nil
	}
	have := len(c.carry)
	grown := make([]byte, have+n, have+n+padding)
	copy(grown, c.carry)
	k, err := c.src.fill(grown[have:])
	c.carry = grown[:have+k]
	if errors.Is(err, io.EOF) {
		c.eof = true
		return nil
	}
	return err
}

// header takes the first record that is not an empty line. rec.fields is 0 when the file has none; empty counts the empty
// lines before it. The fields are in c.scan.spans and index into head. It sets the number of fields that records must have.
// A line sep=; before it, which tells a spreadsheet what the separator is, is left out; c.sep says that it was there.
func (c *cutter) header() (head []byte, rec record, empty int64, err error) {
	c.scan.want = 1 << 16
	for {
		buf := c.carry
		r, ok := c.scan.quoted(buf, 0, c.eof)
		if len(buf) == 0 && c.eof {
			return nil, record{}, empty, nil
		}
		if !ok || len(buf) == 0 {
			if err := c.extend(); err != nil {
				return nil, record{}, empty, err
			}
			continue
		}
		if !c.sep && isSepLine(buf[:r.end]) {
			c.sep = true
			c.drop(r.next, 1)
			continue
		}
		if onlySeparators(buf[:r.end]) {
			empty++
			c.drop(r.next, 1)
			continue
		}
		if !r.broken {
			c.scan.unquote(buf)
		}
		head = bytes.Clone(buf[:r.end])
		c.drop(r.next, int64(r.lines))
		c.scan.want = r.fields
		return head, r, empty, nil
	}
}

func isSepLine(line []byte) bool {
	line = bytes.ToLower(trim(line))
	return string(line) == "sep=;" || string(line) == `"sep=;"`
}

func (c *cutter) drop(n int, lines int64) {
	c.carry = c.carry[n:]
	c.off += int64(n)
	c.line += lines
}

// peekBytes is how much of a file is looked at to say what is wrong with its header: always as much, so that the message depends
// on nothing but the file.
const peekBytes = 64 << 10

// peek returns what follows, at most peekBytes of it.
func (c *cutter) peek() []byte {
	for len(c.carry) < peekBytes && !c.eof {
		if c.more(peekBytes) != nil {
			return nil // the file is refused anyhow
		}
	}
	return c.carry[:min(len(c.carry), peekBytes)]
}

// extend reads on when carry doesn't hold a whole record; a line that would have to be held in memory for ever refuses
// the file.
func (c *cutter) extend() error {
	if len(c.carry) > maxLineFactor*c.scan.limit {
		return &Refusal{Code: RefRegelTeLang, Bestand: c.src.name, Regel: c.line, Tekst: "een regel zonder einde: veel langer dan een record mag zijn",
			Remedie: "lever een CSV-bestand met een record per regel, of verhoog limits.max_record_bytes"}
	}
	return c.more(max(c.size, len(c.carry)))
}

// next fills b with the next block of whole records; false at the end of the file.
func (c *cutter) next(b *batch) (bool, error) {
	b.reset()
	b.off, b.line = c.off, c.line
	if len(c.carry) < c.size && !c.eof {
		n := c.size - len(c.carry)
		b.grow(c.size)
		b.buf = append(b.buf[:0], c.carry...)
		k, err := c.src.fill(b.buf[len(b.buf) : len(b.buf)+n])
		b.buf = b.buf[:len(b.buf)+k]
		c.carry = c.carry[:0]
		if errors.Is(err, io.EOF) {
			c.eof = true
		} else if err != nil {
			return false, err
		}
	} else {
		b.grow(len(c.carry))
		b.buf = append(b.buf[:0], c.carry...)
		c.carry = c.carry[:0]
	}
	for {
		n := len(b.buf)
		if !c.eof {
			n = c.cut(b.buf)
		}
		if n > 0 || c.eof {
			c.carry = append(c.carry[:0], b.buf[n:]...)
			b.buf = b.buf[:n]
			break
		}
		c.carry = append(c.carry[:0], b.buf...)
		if err := c.extend(); err != nil {
			return false, err
		}
		b.grow(len(c.carry))
		b.buf = append(b.buf[:0], c.carry...)
	}
	if len(b.buf) == 0 {
		return false, nil
	}
	b.lines = int64(lineEnds(b.buf))
	if last := b.buf[len(b.buf)-1]; last != '\n' && last != '\r' {
		b.lines++
	}
	c.off += int64(len(b.buf))
	c.line += b.lines
	return true, nil
}

// cut returns where the last whole record in buf ends; 0 when there is none. More bytes follow buf.
func (c *cutter) cut(buf []byte) int {
	pos := 0
	for pos < len(buf) {
		q := bytes.IndexByte(buf[pos:], '"')
		if q < 0 {
			return pos + lastLineEnd(buf[pos:])
		}
		// The lines before the one with the quote are records of their own. The quote comes along to show that a CR before
		// it is a line end by itself.
		pos += lastLineEnd(buf[pos : pos+q+1])
		r, ok := c.scan.quoted(buf, pos, false)
		if !ok {
			return pos
		}
		pos = r.next
	}
	return pos
}

// lastLineEnd returns where the last line end in b ends; 0 when there is none. A CR that is b's last byte doesn't count:
// an LF may follow.
func lastLineEnd(b []byte) int {
	n := bytes.LastIndexByte(b, '\n') + 1
	if k := bytes.LastIndexByte(b[n:max(n, len(b)-1)], '\r'); k >= 0 {
		n += k + 1
	}
	return n
}
