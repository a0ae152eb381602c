package ingest

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// persoonRow is one line of the key table.
type persoonRow struct {
	Key     int64  `parquet:"key"`
	CheckHi int64  `parquet:"check_hi"`
	CheckLo int64  `parquet:"check_lo"`
	Persoon string `parquet:"persoon_ps"`
}

// personSet collects the distinct persons of a file, by key, in bounded memory. It is divided into shards by the first
// bits of the key; a shard that is full is sorted and written to a file next to the output, and these are merged at the end.
type personSet struct {
	dir     string
	shards  [personShards]personShard
	written bool // the output file is there
}

const (
	personShards    = 16
	personShardBits = 4
)

// shardLimit is how many persons a shard holds in memory: a million in all shards, about 150 MB. Smaller in tests.
const shardLimit = 1 << 16

type personShard struct {
	mu      sync.Mutex
	index   int
	limit   int
	entries []personEntry
	text    []byte
	slots   []personSlot // open addressing on the key
	runs    []string
}

// personSlot holds enough of a person to recognise one without a look at the entry, which would be a second wait for memory.
type personSlot struct {
	key, hi int64
	entry   int32 // place in entries, plus one; 0 is free
}

type personEntry struct {
	key, hi, lo int64
	at, n       int32 // of the pseudonym in text
}

func newPersonSet(dir string, limit int) *personSet {
	s := &personSet{dir: dir}
	for i := range s.shards {
		s.shards[i].index, s.shards[i].limit = i, limit
	}
	return s
}

// add notes a person. The pseudonym, in lower case, is copied.
func (s *personSet) add(key, hi, lo int64, ps []byte) error {
	return s.shards[key>>(63-personShardBits)].add(s.dir, key, hi, lo, ps)
}

func (p *personShard) add(dir string, key, hi, lo int64, ps []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if 2*len(p.entries) >= len(p.slots) {
		p.rehash()
	}
	mask := len(p.slots) - 1
	i := int(key) & mask
	for ; p.slots[i].entry != 0; i = (i + 1) & mask {
		if p.slots[i].key == key {
			if p.slots[i].hi != hi {
				return errCollision(key)
			}
			return nil
		}
	}
	p.entries = append(p.entries, personEntry{key, hi, lo, int32(len(p.text)), int32(len(ps))})
	p.text = append(p.text, ps...)
	p.slots[i] = personSlot{key, hi, int32(len(p.entries))}
	if len(p.entries) >= p.limit || len(p.text) > 1<<30 {
		return p.spill(dir)
	}
	return nil
}

// errCollision is what two persons with one key are: about one chance in 57.000 at 18 million persons, and no way to go on.
func errCollision(key int64) error {
	return fmt.Errorf("twee verschillende pseudoniemen geven dezelfde sleutel %s; maak een nieuwe projectsleutel met `stapel key new`", PersoonID(key))
}

func (p *personShard) rehash() {
	p.slots = make([]personSlot, max(64, 2*len(p.slots)))
	mask := len(p.slots) - 1
	for n, e := range p.entries {
		i := int(e.key) & mask
		for p.slots[i].entry != 0 {
			i = (i + 1) & mask
		}
		p.slots[i] = personSlot{e.key, e.hi, int32(n + 1)}
	}
}

func (p *personShard) sort() {
	slices.SortFunc(p.entries, func(a, b personEntry) int { return cmp.Compare(a.key, b.key) })
}

func (p *personShard) ps(e personEntry) []byte { return p.text[e.at : e.at+e.n] }

// spill writes what the shard holds as a sorted run and empties it.
func (p *personShard) spill(dir string) (err error) {
	p.sort()
	name := filepath.Join(dir, fmt.Sprintf("persoon-%02d-%04d.tmp", p.index, len(p.runs)))
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	p.runs = append(p.runs, name)
	w := bufio.NewWriterSize(f, 1<<16)
	var head [28]byte
	for _, e := range p.entries {
		binary.LittleEndian.PutUint64(head[0:], uint64(e.key))
		binary.LittleEndian.PutUint64(head[8:], uint64(e.hi))
		binary.LittleEndian.PutUint64(head[16:], uint64(e.lo))
		binary.LittleEndian.PutUint32(head[24:], uint32(e.n))
		w.Write(head[:])
		w.Write(p.ps(e))
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	p.entries, p.text = p.entries[:0], p.text[:0]
	clear(p.slots)
	return f.Close()
}

// run is a sorted run that is being read back.
type run struct {
	f    *os.File
	r    *bufio.Reader
	row  persoonRow
	ps   []byte
	done bool
}

func (r *run) next() error {
	var head [28]byte
	if _, err := io.ReadFull(r.r, head[:]); err == io.EOF {
		r.done = true
		return nil
	} else if err != nil {
		return err
	}
	r.row.Key = int64(binary.LittleEndian.Uint64(head[0:]))
	r.row.CheckHi = int64(binary.LittleEndian.Uint64(head[8:]))
	r.row.CheckLo = int64(binary.LittleEndian.Uint64(head[16:]))
	r.ps = slices.Grow(r.ps[:0], int(binary.LittleEndian.Uint32(head[24:])))[:binary.LittleEndian.Uint32(head[24:])]
	_, err := io.ReadFull(r.r, r.ps)
	return err
}

// write writes the persons, sorted by key, to persoon.parquet and removes the runs. It returns their number.
func (s *personSet) write(path string) (n int64, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	s.written = true
	w := parquet.NewGenericWriter[persoonRow](f, parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), createdBy,
		parquet.DataPageStatistics(false))
	buf := make([]persoonRow, 0, 1024)
	inGroup := 0
	flush := func() error {
		_, err := w.Write(buf)
		n += int64(len(buf))
		inGroup += len(buf)
		buf = buf[:0]
		if err == nil && inGroup >= groupRows {
			inGroup = 0
			err = w.Flush()
		}
		return err
	}
	for i := range s.shards {
		err := s.shards[i].merge(func(row persoonRow, ps []byte) error {
			row.Persoon = string(ps)
			if buf = append(buf, row); len(buf) == cap(buf) {
				return flush()
			}
			return nil
		})
		if err != nil {
			return n, err
		}
	}
	if err := flush(); err != nil {
		return n, err
	}
	if err := w.Close(); err != nil {
		return n, err
	}
	return n, f.Close()
}

// merge calls emit for every person of the shard in order of key, each once.
func (p *personShard) merge(emit func(row persoonRow, ps []byte) error) (err error) {
	p.sort()
	var runs []*run
	defer func() {
		for _, r := range runs {
			r.f.Close()
		}
	}()
	for _, name := range p.runs {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		r := &run{f: f, r: bufio.NewReaderSize(f, 1<<16)}
		runs = append(runs, r)
		if err := r.next(); err != nil {
			return err
		}
	}
	var last persoonRow
	have, at := false, 0
	for {
		// The number of runs is small (one per 65.536 persons of the shard), so the smallest is simply looked for.
		var from *run
		for _, r := range runs {
			if !r.done && (from == nil || r.row.Key < from.row.Key) {
				from = r
			}
		}
		var row persoonRow
		var ps []byte
		switch {
		case at < len(p.entries) && (from == nil || p.entries[at].key <= from.row.Key):
			e := p.entries[at]
			row, ps = persoonRow{Key: e.key, CheckHi: e.hi, CheckLo: e.lo}, p.ps(e)
			from = nil
		case from != nil:
			row, ps = from.row, bytes.Clone(from.ps)
		default:
			return nil
		}
		if have && row.Key == last.Key {
			if row != last {
				return errCollision(row.Key)
			}
		} else if err := emit(row, ps); err != nil {
			return err
		}
		last, have = row, true
		if from == nil {
			at++
		} else if err := from.next(); err != nil {
			return err
		}
	}
}

// discard removes the runs.
func (s *personSet) discard() {
	for i := range s.shards {
		for _, name := range s.shards[i].runs {
			os.Remove(name)
		}
	}
}
