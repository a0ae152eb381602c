package ingest

import "math"

// batch is one block on its way: the bytes, then the columns and counts that a worker made of them. Batches are reused.
type batch struct {
	index int
	buf   []byte // whole records; padding more bytes can be read after it
	off   int64  // of buf in the decompressed bytes
	line  int64  // physical line number of buf[0], from 1
	lines int64  // physical lines in buf, counted by the cutter

	rows int       // accepted
	cols [][]int64 // per stored column, see the values below; nil for a column that is empty in every line
	text []byte    // texts that are not in buf as they are
	bad  []badCell

	counts
	labels     []label
	gemeenten  []uint16
	refusal    *Refusal
	readFailed error
}

// What a cell is in a batch: a number, day, key or amount as it is; a flag 0 or 1; a code its place in the code table; a
// gemeentecode its four digits as a number; a text what ref makes of it; and for all of them:
const (
	null    = math.MinInt64     // empty
	illegal = math.MinInt64 + 1 // not what the contract asks; only in a line that goes to quarantine
)

// filled reports whether a cell of a batch has a value.
func filled(v int64) bool { return v > illegal }

// ref is a text of n bytes at a place in the batch: in buf, or behind it in text.
func ref(at, n int) int64 { return int64(at)<<32 | int64(n) }

// bytes returns the text that v refers to.
func (b *batch) bytes(v int64) []byte {
	at, n := int(v>>32), int(uint32(v))
	if at >= len(b.buf) {
		at -= len(b.buf)
		return b.text[at : at+n]
	}
	return b.buf[at : at+n]
}

// hold keeps a copy of s in text and returns its ref.
func (b *batch) hold(s []byte) int64 {
	at := len(b.buf) + len(b.text)
	b.text = append(b.text, s...)
	return ref(at, len(s))
}

// counts are the totals of a block or a file.
type counts struct {
	records, recordLines, recordBytes    int64
	empty, accepted, rejected, delivered Telling
	unreadable, rawUnreadable            int64
	debit, credit                        int64
	outside, partial                     int64
	periodSeen, periodEndSeen            bool
	first, last                          int64 // first day and last day seen
}

// badCell is one reason why a line is in quarantine.
type badCell struct {
	line   int64
	off    int64 // of the record in the decompressed bytes
	length int32 // of the record, without its line end
	col    int32 // place in contract.Columns; -1: the line as a whole
	fault  fault
}

// label is a version label seen in pseudonyms of persons or households.
type label struct {
	huishouden bool
	text       string
}

func (b *batch) reset() {
	b.rows, b.bad, b.labels, b.gemeenten, b.text = 0, b.bad[:0], b.labels[:0], b.gemeenten[:0], b.text[:0]
	b.counts = counts{}
	b.refusal, b.readFailed = nil, nil
	b.lines = 0
}

// grow makes room for n bytes and the padding after them.
func (b *batch) grow(n int) {
	if cap(b.buf) < n+padding {
		b.buf = make([]byte, 0, n+n/8+padding)
	}
}

// columns gives the batch the columns of the plan that can hold something, with room for at least one more row.
func (b *batch) columns(p *plan) {
	if b.cols == nil {
		b.cols = make([][]int64, len(p.stored))
		for i := range p.stored {
			if p.filled[i] {
				b.cols[i] = make([]int64, 1024)
			}
		}
	}
	if b.rows < len(b.cols[0]) {
		return
	}
	for i, c := range b.cols {
		if c != nil {
			b.cols[i] = append(c, make([]int64, len(c))...)
		}
	}
}
