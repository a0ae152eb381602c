package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
)

// Read reads one extract into dir, which is made when it isn't there: the parts deel-000N.parquet with exactly the columns of
// Contract.Stored, persoon.parquet with the persons in them, and quarantaine.parquet. Files have mode 0600 and are not
// synced; the caller does that and renames dir into the lake.
//
// note is the file's delivery note, nil without one. The error is a *Refusal when the file is refused; then the Extract says
// what is known of it, and of the files only quarantaine.parquet stays. Any other error is a failure of the run (I/O,
// a contract that makes no sense, a cancelled context, a count that doesn't add up), and nothing stays.
func Read(ctx context.Context, src Source, note *Note, opt Options, dir string) (*Extract, error) {
	r := &reading{src: src, note: note, opt: opt, dir: dir, limits: opt.Limits.withDefaults(), blockSize: blockSize, shardLimit: shardLimit}
	return r.read(ctx)
}

// reading is one call of Read.
type reading struct {
	src    Source
	note   *Note
	opt    Options
	dir    string
	limits Limits

	blockSize, shardLimit, parts int // constants, but for tests; parts 0: by size

	extract     *Extract
	file        *sourceFile
	preamble    bool  // a line sep=; stood before the header
	headerBytes int64 // from the start of the file to the first block: BOM, empty lines, header
	plan        *plan
	persons     *personSet
	collect     *collector
}

func (r *reading) read(ctx context.Context) (*Extract, error) {
	if r.opt.Contract == nil || r.opt.Key == nil {
		return nil, errors.New("ingest: a contract and a key are needed")
	}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		return nil, err
	}
	c := r.opt.Contract
	r.extract = &Extract{Kind: c.Kind, Bestand: r.src.Name, ContractVersie: c.Version, ContractSha256: c.Sha256,
		Sleutel: r.opt.Key.Fingerprint(), Status: StatusAanvaard, Note: r.note}
	err := r.run(ctx)
	if r.file != nil {
		r.file.Close()
	}
	if err == nil {
		return r.extract, nil
	}
	var refusal *Refusal
	refused := errors.As(err, &refusal)
	r.clean(refused)
	if !refused {
		return nil, err
	}
	refusal.Bestand = r.src.Name
	r.extract.Status, r.extract.Reden = StatusGeweigerd, refusal
	r.extract.Delen, r.extract.Personen = nil, 0
	return r.extract, refusal
}

// clean removes what was written, but for the quarantine file when keep is set.
func (r *reading) clean(keep bool) {
	if r.persons != nil {
		r.persons.discard()
	}
	if r.collect == nil {
		return
	}
	for _, p := range r.collect.parts {
		p.file.Close()
		os.Remove(filepath.Join(r.dir, p.name))
	}
	if r.persons.written {
		os.Remove(filepath.Join(r.dir, PersoonBestand))
	}
	if q := r.collect.quarant; q != nil {
		if keep && q.close() == nil {
			return
		}
		q.file.Close()
		os.Remove(filepath.Join(r.dir, QuarantaineBestand))
	}
}

func (r *reading) run(ctx context.Context) error {
	x := r.extract
	x.Sha256, x.Bytes = r.src.Sha256, r.src.Bytes
	if x.Sha256 == "" {
		var err error
		if x.Sha256, x.Bytes, err = identify(ctx, r.src.Path, r.src.Name, r.limits); err != nil {
			return err
		}
	}
	x.Levering = firstBits(x.Sha256)
	file, err := openSource(r.src.Path, r.src.Name, r.limits)
	if err != nil {
		return err
	}
	r.file = file
	cut := newCutter(file, r.blockSize, r.limits.MaxRecordBytes)
	if err := r.start(cut); err != nil {
		return err
	}
	if err := r.pump(ctx, cut); err != nil {
		return err
	}
	if err := file.unchanged(); err != nil {
		return err
	}
	sum, raw := file.sums()
	x.Sha256Geleverd = raw
	if sum != x.Sha256 || file.n != x.Bytes {
		return ChangedMeanwhile(r.src.Name)
	}
	r.fill()
	if err := r.reconcile(); err != nil {
		return err
	}
	if err := r.verdict(); err != nil {
		return err
	}
	return r.finish()
}

// start reads the header line and opens the output.
func (r *reading) start(cut *cutter) error {
	x, c := r.extract, r.opt.Contract
	hasBOM, err := cut.start()
	if err != nil {
		return err
	}
	if hasBOM && c.Encoding == "windows-1252" {
		return &Refusal{Code: RefCodering, Regel: 1, Tekst: "het contract zegt Windows-1252, maar het bestand begint als UTF-8",
			Remedie: "pas encoding in het contract aan, of lever Windows-1252"}
	}
	line := cut.line
	head, rec, empty, err := cut.header()
	if err != nil {
		return err
	}
	r.headerBytes = cut.off
	x.Leeg = Telling{Records: empty, Regels: empty}
	x.Fysiek = cut.line - line
	if rec.fields == 0 && !rec.broken {
		return &Refusal{Code: RefLeeg, Tekst: "het bestand is leeg: er is geen kopregel", Remedie: "lever een bestand met ten minste de kopregel"}
	}
	x.Kop = Telling{Records: 1, Regels: int64(rec.lines)}
	if r.preamble = cut.sep; r.preamble {
		x.Kop.Records++
		x.Kop.Regels++
	}
	names, err := readHeader(c, r.src.Name, line+empty+x.Kop.Records-1, head, rec, cut.scan.spans, cut.peek)
	if err != nil {
		return err
	}
	if r.plan, err = newPlan(c, names, r.note); err != nil {
		return err
	}
	r.persons = newPersonSet(r.dir, r.shardLimit)
	r.collect = &collector{pending: map[int]*batch{}}
	if r.collect.quarant, err = newQuarantine(r.dir, r.plan, r.src.Name, x.Sha256); err != nil {
		return err
	}
	n := r.parts
	if n == 0 {
		n = parts(x.Bytes)
	}
	for i := range n {
		p, err := newPart(r.dir, i, r.plan, x.Bytes)
		if err != nil {
			return err
		}
		r.collect.parts = append(r.collect.parts, p)
	}
	return nil
}

// maxWorkers is how many workers are started unless Options say otherwise. With more of them the one goroutine that reads
// and hashes the file is what they wait for, and each takes some 20 MB.
const maxWorkers = 8

// pump runs the reader and the workers until the file ends, is refused, or something fails.
func (r *reading) pump(ctx context.Context, cut *cutter) error {
	workers := r.opt.Workers
	if workers <= 0 {
		workers = min(runtime.GOMAXPROCS(0), maxWorkers)
	}
	workers = int(min(int64(workers), r.extract.Bytes/int64(r.blockSize)+1)) // no more than there are blocks
	// Enough that the parts don't run dry while a worker is held up; all of them together bound the memory taken.
	inFlight := workers + 2 + len(r.collect.parts)
	free := make(chan *batch, inFlight)
	for range inFlight {
		free <- new(batch)
	}
	blocks := make(chan *batch, inFlight)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	var done sync.WaitGroup
	guards := make([][]bsnColumn, workers)
	for i := range workers {
		done.Go(func() {
			w := newWorker(r.plan, r.src.Name, r.extract.Levering, r.extract.Bytes, r.opt.Key, r.persons, r.limits.MaxRecordBytes)
			defer func() { guards[i] = w.guards }()
			for b := range blocks {
				if ctx.Err() != nil {
					continue
				}
				if b.refusal == nil {
					w.parse(b)
				}
				if err := r.handOn(b, free); err != nil {
					cancel(err)
				}
			}
		})
	}
	r.feed(ctx, cut, free, blocks)
	close(blocks)
	done.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	if r.collect.refusal != nil {
		r.fill()
		return r.collect.refusal
	}
	for _, g := range guards[1:] {
		for i := range g {
			guards[0][i].merge(&g[i])
		}
	}
	return r.columns(guards[0])
}

// handOn gives a parsed batch to the collector and writes what has become ready.
func (r *reading) handOn(b *batch, free chan<- *batch) error {
	ready, done, err := r.collect.submit(b)
	for _, b := range done {
		free <- b
	}
	if err != nil {
		return err
	}
	for _, p := range ready {
		if err := p.drain(func(b *batch) { free <- b }); err != nil {
			return err
		}
	}
	return nil
}

// feed cuts the file into blocks for the workers. What makes it stop comes as a last batch, so that it waits its turn: a
// refusal that stands earlier in the file goes first.
func (r *reading) feed(ctx context.Context, cut *cutter, free <-chan *batch, blocks chan<- *batch) {
	seen := int64(0)
	for index := 0; ; index++ {
		var b *batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return
		}
		more, err := cut.next(b)
		b.index = index
		if r.opt.Progress != nil && r.file.n > seen {
			r.opt.Progress(r.file.n - seen)
			seen = r.file.n
		}
		if err != nil {
			b.reset()
			b.buf = b.buf[:0]
			if !errors.As(err, &b.refusal) {
				b.readFailed = err
			}
		}
		if more || err != nil {
			blocks <- b
		}
		if !more || r.collect.hasStopped() {
			return
		}
	}
}

// columns applies the statistical rule for BSNs under another name.
func (r *reading) columns(guards []bsnColumn) error {
	for _, f := range r.plan.fields {
		if f.guard < 0 {
			continue
		}
		if n, pass, refuse := guards[f.guard].verdict(); refuse {
			r.fill()
			return &Refusal{Code: RefBSNKolom, Kolom: f.name,
				Tekst:   fmt.Sprintf("van %d verschillende nummers van acht of negen cijfers voldoen er %d aan de elfproef: dit lijken BSN's", n, pass),
				Remedie: "lever deze kolom zonder BSN's, en vernietig dit bestand"}
		}
	}
	return nil
}

// finish closes the output.
func (r *reading) finish() error {
	x := r.extract
	for _, p := range r.collect.parts {
		d, err := p.close()
		if err != nil {
			return err
		}
		x.Delen = append(x.Delen, d)
	}
	n, err := r.persons.write(filepath.Join(r.dir, PersoonBestand))
	if err != nil {
		return err
	}
	x.Personen = n
	r.persons.discard()
	return r.collect.quarant.close()
}
