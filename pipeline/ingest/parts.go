package ingest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"stapel/config"
)

// Sizes of what is written. They decide where pages and row groups end, so changing one changes the bytes of the lake.
const (
	pageRows  = 32 << 10  // rows per page, fewer when texts are long
	pageText  = 1 << 20   // bytes of text per page
	groupRows = 256 << 10 // rows per row group, fewer when texts are long
	groupText = 64 << 20  // bytes of text per row group
	dictBytes = 256 << 10 // a dictionary larger than this gives way to plain values

	// pageBuffer is where parquet-go would end a page of its own accord; never reached, because of the limits above. It takes as much for
	// every column before there is a value in it, so a small extract has less: bufferPerByte for each of its bytes, more than a value
	// with its levels takes.
	pageBuffer    = 4 << 20
	pageBufferMin = 64 << 10
	bufferPerByte = 16

	partsFrom  = 32 << 20 // decompressed bytes from which an extract is written in several parts
	partsLarge = 4
)

var createdBy = parquet.CreatedBy("stapel", "1", "")

// parts returns how many Parquet files an extract of that many bytes becomes: several, so that they can be written side by
// side, but never depending on the machine.
func parts(bytes int64) int {
	if bytes < partsFrom {
		return 1
	}
	return partsLarge
}

// lakeSchema is the Parquet schema of a kind: its stored columns in order, all optional but those that are
// filled in every accepted line: definition levels cost a tenth of the time it takes to write them.
func lakeSchema(p *plan) *parquet.Schema {
	stored, keys := p.stored, map[string]bool{config.ColInhoud: true}
	for _, c := range p.contract.Columns {
		keys[c.Name] = c.Type == config.TypePersoon || c.Type == config.TypeHuishouden
	}
	for _, d := range p.contract.Derived {
		keys[d.Name] = true
	}
	fields := make([]reflect.StructField, len(stored))
	for i, c := range stored {
		f := reflect.StructField{Name: fmt.Sprintf("F%d", i)}
		tag := c.Name
		if !p.always[i] {
			tag += ",optional"
		}
		switch c.Type {
		case config.PhysDate:
			f.Type = reflect.TypeFor[int32]()
			tag += ",date,dict"
		case config.PhysBoolean:
			f.Type = reflect.TypeFor[bool]()
		case config.PhysVarchar:
			f.Type = reflect.TypeFor[string]()
			if p.forms[i] != formText { // few different values; a dictionary of the others costs more than it saves
				tag += ",dict"
			}
		default:
			f.Type = reflect.TypeFor[int64]()
			if keys[c.Name] {
				tag += ",uncompressed"
			} else {
				tag += ",delta"
			}
		}
		f.Tag = reflect.StructTag(fmt.Sprintf("parquet:%q", tag))
		fields[i] = f
	}
	return parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
}

// part is one Parquet file of accepted lines. Batches are queued in the order of the extract and written by whichever
// worker finds the part free.
type part struct {
	name   string
	file   *os.File
	w      *parquet.Writer
	cols   []*parquet.ColumnWriter
	plan   *plan
	bytes  []int64 // per column: text in the page at hand
	values []parquet.Value
	nulls  []parquet.Value

	numbers, dates, flags numberValues

	inPage, inGroup int
	groupText       int64
	rows            int64

	mu    sync.Mutex
	queue []*batch
	busy  bool
}

// chunk is how many values are turned into parquet.Value at a time: few enough to stay in the nearest cache.
const chunk = 1024

// newPart makes the n-th part, from 0, of an extract of so many bytes.
func newPart(dir string, n int, plan *plan, bytes int64) (*part, error) {
	p := &part{name: fmt.Sprintf("deel-%04d.parquet", n+1), plan: plan, bytes: make([]int64, len(plan.stored)),
		values: make([]parquet.Value, chunk), nulls: make([]parquet.Value, chunk),
		numbers: newNumberValues(rawInt64), dates: newNumberValues(rawInt32), flags: newNumberValues(rawBool)}
	f, err := os.OpenFile(filepath.Join(dir, p.name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	p.file = f
	// Every column has its bounds: parquet-go's SkipPageBounds writes those of an empty text or of 0 instead, and a reader then skips pages.
	p.w = parquet.NewWriter(f, lakeSchema(plan), createdBy, parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}), parquet.DictionaryMaxBytes(dictBytes),
		parquet.PageBufferSize(int(min(pageBuffer, pageBufferMin+bufferPerByte*bytes))), parquet.DataPageStatistics(false))
	p.cols = p.w.ColumnWriters()
	return p, nil
}

// write adds the rows of a batch. Where pages and row groups end depends on the rows alone, not on the batches they come in.
func (p *part) write(b *batch) error {
	for from := 0; from < b.rows; {
		to := from + min(b.rows-from, pageRows-p.inPage)
		for i, c := range p.cols {
			for k := from; k < to; k += chunk {
				if err := p.column(i, c, b, k, min(to, k+chunk)); err != nil {
					return err
				}
			}
		}
		n := to - from
		from = to
		p.inPage += n
		p.rows += int64(n)
		if p.inPage == pageRows {
			if err := p.endPage(); err != nil {
				return err
			}
		}
	}
	return nil
}

// column adds some rows of a batch to one column, ending its page where the text in it becomes too much.
func (p *part) column(i int, c *parquet.ColumnWriter, b *batch, from, to int) error {
	if b.cols[i] == nil {
		_, err := c.WriteRowValues(p.nulls[:to-from])
		return err
	}
	cells, out := b.cols[i][from:to], p.values[:to-from]
	switch p.plan.forms[i] {
	case formText:
		return p.texts(i, c, b, cells)
	case formCode:
		codes := p.plan.tables[i].codes
		for k, v := range cells {
			if v == null {
				out[k] = parquet.Value{}
			} else {
				out[k] = codes[v].value
			}
		}
	case formGemeente:
		for k, v := range cells {
			if v == null {
				out[k] = parquet.Value{}
			} else {
				out[k] = gemeenteNames[v]
			}
		}
	case formDate:
		out = p.dates.of(cells)
	case formFlag:
		out = p.flags.of(cells)
	default:
		out = p.numbers.of(cells)
	}
	_, err := c.WriteRowValues(out)
	return err
}

// numberValues is a chunk of filled values of one type, in which only the number itself changes: storing whole values would
// cost three times as much, because they hold a pointer.
type numberValues struct {
	values []parquet.Value
	empty  []int // places that were emptied for the cells before
	filled rawValue
}

func newNumberValues(filled rawValue) numberValues {
	n := numberValues{values: make([]parquet.Value, chunk), filled: filled}
	for i, raw := 0, rawValues(n.values); i < chunk; i++ {
		raw[i] = filled
	}
	return n
}

// of turns cells into values; they are good until the next call.
func (n *numberValues) of(cells []int64) []parquet.Value {
	raw := rawValues(n.values)[:len(cells)]
	for _, k := range n.empty {
		rawValues(n.values)[k] = n.filled
	}
	n.empty = n.empty[:0]
	for k, v := range cells {
		if v == null {
			raw[k] = rawValue{}
			n.empty = append(n.empty, k)
		} else {
			raw[k].u64 = uint64(v)
		}
	}
	return n.values[:len(cells)]
}

// texts is column for texts.
func (p *part) texts(i int, c *parquet.ColumnWriter, b *batch, cells []int64) error {
	out, from := p.values[:len(cells)], 0
	raw := rawValues(out)
	for k, v := range cells {
		if v == null {
			out[k] = parquet.Value{}
			continue
		}
		text := b.bytes(v)
		raw[k] = rawBytes.text(text)
		p.bytes[i] += int64(len(text))
		p.groupText += int64(len(text))
		if p.bytes[i] >= pageText {
			if _, err := c.WriteRowValues(out[from : k+1]); err != nil {
				return err
			}
			if err := c.Flush(); err != nil {
				return err
			}
			from, p.bytes[i] = k+1, 0
		}
	}
	if from == len(cells) {
		return nil
	}
	_, err := c.WriteRowValues(out[from:])
	return err
}

func (p *part) endPage() error {
	p.inGroup += p.inPage
	p.inPage = 0
	clear(p.bytes)
	if p.inGroup >= groupRows || p.groupText >= groupText {
		p.inGroup, p.groupText = 0, 0
		return p.w.Flush()
	}
	for _, c := range p.cols {
		if err := c.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// push queues a batch; batches have to be pushed in the order of the extract.
func (p *part) push(b *batch) {
	p.mu.Lock()
	p.queue = append(p.queue, b)
	p.mu.Unlock()
}

// drain writes what is queued, unless another worker is at it; that one then takes what was pushed meanwhile.
func (p *part) drain(done func(*batch)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.busy {
		return nil
	}
	p.busy = true
	defer func() { p.busy = false }()
	for len(p.queue) > 0 {
		b := p.queue[0]
		p.queue = p.queue[1:]
		p.mu.Unlock()
		err := p.write(b)
		done(b)
		p.mu.Lock()
		if err != nil {
			return err
		}
	}
	return nil
}

// close writes the footer and returns what the file has become.
func (p *part) close() (PartFile, error) {
	if err := p.w.Close(); err != nil {
		return PartFile{}, err
	}
	info, err := p.file.Stat()
	if err != nil {
		return PartFile{}, err
	}
	return PartFile{Naam: p.name, Regels: p.rows, Bytes: info.Size()}, p.file.Close()
}
