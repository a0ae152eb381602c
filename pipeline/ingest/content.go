package ingest

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"
)

// hash is a 63-bit hash of what the line at hand holds in the contract's columns, in the order of the contract and as it is
// stored: so it does not depend on the order of the columns in the file, on spelling, or on whether an optional column is empty
// or not there. A text has its length before it, so that no two lines give the same bytes; a code is there by its hash.
func (w *worker) hash(b *batch) int64 {
	buf, to := w.content[:0], outFirst+len(w.plan.contract.Columns)
	tables := w.plan.tables
	for i, form := range w.plan.forms[outFirst:to] {
		v := b.at(outFirst + i)
		switch {
		case v == null:
		case form == formText:
			text := b.bytes(v)
			buf = append(binary.LittleEndian.AppendUint64(buf, uint64(len(text))), text...)
			continue
		case form == formCode:
			v = int64(tables[outFirst+i].codes[v].hash)
		}
		buf = binary.LittleEndian.AppendUint64(buf, uint64(v))
	}
	w.content = buf
	return int64(xxh3.Hash(buf) >> 1)
}
