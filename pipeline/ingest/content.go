package ingest

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"
)

// hash is a 63-bit hash of what the line at hand holds in the contract's columns, in the order of the contract and as it is
// stored: so it does not depend on the order of the columns in the file, on spelling, or on whether an optional column is empty
// or not there. A text has its length before it, so that no two lines give the same bytes.
func (w *worker) hash(b *batch) int64 {
	p, buf := w.plan, w.content[:0]
	for out := outFirst; out < outFirst+len(p.contract.Columns); out++ {
		v := b.at(out)
		if v != null {
			switch p.forms[out] {
			case formText:
				text := b.bytes(v)
				buf = append(binary.LittleEndian.AppendUint64(buf, uint64(len(text))), text...)
				continue
			case formCode:
				text := p.tables[out].codes[v].text
				buf = append(binary.LittleEndian.AppendUint64(buf, uint64(len(text))), text...)
				continue
			}
		}
		buf = binary.LittleEndian.AppendUint64(buf, uint64(v))
	}
	w.content = buf
	return int64(xxh3.Hash(buf) >> 1)
}
