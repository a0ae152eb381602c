// Package generator makes synthetic extracts of any size: the households of a made-up region over a number of months, as its
// suppliers would have delivered them.
//
// Everything a household does is a function of the seed and its number. So households are made in blocks, on all
// processors, and written in the order of their numbers: the bytes depend on the options only, and memory does not grow
// with the number of households. What is planted (cocktails, maatwerk with a known effect) is written apart, as the truth
// that a run can be held against.
//
// The committed demonstration set has some fifty households made by hand; the others are a Snapshot of such a region.
package generator

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Options of a set. The period ends on 31 December 2025.
type Options struct {
	Households int       // 1 to 9.999.999
	Months     int       // 12 to 120
	Seed       uint64    // another seed is another region
	Dir        string    // gets inbox/, truth/ and README.txt; must be empty or not exist
	Effect     int       // of maatwerk, in euros a household a year; positive is a saving, negative is harm
	Late       bool      // leave out what would come in after the period: bills and corrections
	Hostile    bool      // add files that must be refused or go to quarantine, and what suppliers really send
	Programme  Programme // of a set size; without one, households come in one by one
	Faults     []string  // see FaultNames: of what suppliers really send these, also those that stop publication
	Workers    int       // 0: one a processor; the bytes are the same
	Progress   func(done int)
}

// Summary says what was written.
type Summary struct {
	Files       int     `json:"bestanden"`
	Lines       int64   `json:"regels"` // without headers, and without the bad files
	Bytes       int64   `json:"bytes"`
	Refused     int     `json:"te_weigeren,omitempty"`    // bad files that must be refused
	Quarantined int     `json:"in_quarantaine,omitempty"` // bad lines found, those of a file refused for them included
	Seconds     float64 `json:"seconden"`
}

// blockSize is how many households are made at a time; with some 10 kB each, a block is about 20 MB.
const blockSize = 2048

// world is what all households share.
type world struct {
	period
	opt     Options
	windows []window // of rhythm byYear
	toDate  []window // of rhythm toDate
	prices  []float64
	known   day               // of a snapshot: the day it is made; else 0
	chosen  map[int]enrolment // of a Programme, by number of the household
}

// window is a period that a delivery covers.
type window struct{ from, to day }

func newWorld(opt Options) *world {
	w := &world{period: newPeriod(opt.Months, ymd(2025, 12, 31)), opt: opt}
	w.prices = newPrices(w.period)
	for m := 0; m < opt.Months; m += 12 {
		win := window{w.starts[m], w.starts[min(m+12, opt.Months)] - 1}
		w.windows = append(w.windows, win)
		w.toDate = append(w.toDate, window{w.from, win.to})
	}
	return w
}

// Check says what is wrong with the options, a folder that is not empty included.
func (opt Options) Check() error {
	if err := opt.checkSize(); err != nil {
		return err
	}
	if opt.Dir == "" {
		return fmt.Errorf("out: name the folder to write to")
	}
	if entries, err := os.ReadDir(opt.Dir); err == nil && len(entries) > 0 {
		return fmt.Errorf("out: the folder %s is not empty: name another one", filepath.Base(opt.Dir))
	}
	return nil
}

func (opt Options) checkSize() error {
	switch {
	case opt.Households < 1 || opt.Households > 9_999_999:
		return fmt.Errorf("households: give 1 to 9999999, not %d (allocation numbers have nine digits)", opt.Households)
	case opt.Months < 12 || opt.Months > 120:
		return fmt.Errorf("months: give 12 to 120, not %d", opt.Months)
	case opt.Effect < -1_000_000 || opt.Effect > 1_000_000:
		return fmt.Errorf("effect: give at most 1000000 euros a year either way")
	}
	if err := opt.Programme.check(opt.Months, opt.Effect); err != nil {
		return err
	}
	return opt.checkFaults()
}

// Generate writes a set below opt.Dir. An error or a cancelled context leaves what was written so far.
func Generate(ctx context.Context, opt Options) (*Summary, error) {
	if err := opt.Check(); err != nil {
		return nil, err
	}
	begin := time.Now()
	w := newWorld(opt)
	if err := w.choose(ctx); err != nil {
		return nil, err
	}
	out, err := w.create()
	if err != nil {
		return nil, err
	}
	if err := w.blocks(ctx, out); err != nil {
		out.abandon()
		return nil, err
	}
	sum, err := out.finish()
	if err != nil {
		return nil, err
	}
	if opt.Hostile || len(opt.Faults) > 0 {
		if err := out.writeHostile(sum); err != nil {
			return nil, err
		}
	}
	if len(out.rekeyed) > 0 {
		if err := writeLinks(opt.Dir, out.rekeyed); err != nil {
			return nil, err
		}
	}
	sum.Seconds = time.Since(begin).Seconds()
	return sum, nil
}

// result is a finished block, or why there is none.
type result struct {
	out *output
	err error
}

// blocks makes the blocks on all processors and writes them in order. No more blocks exist at a time than there are
// workers and two to spare.
func (w *world) blocks(ctx context.Context, out *files) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := w.opt.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	free := make(chan *output, workers+2)
	for range workers + 2 {
		free <- out.newOutput()
	}
	type job struct {
		first int
		out   *output
		done  chan result
	}
	jobs, order := make(chan job), make(chan job, workers+2)
	go func() {
		defer close(order)
		defer close(jobs)
		for first := 0; first < w.opt.Households; first += blockSize {
			select {
			case <-ctx.Done():
				return
			case o := <-free:
				j := job{first, o, make(chan result, 1)}
				order <- j // has room: one for every output
				select {
				case jobs <- j:
				case <-ctx.Done():
					j.done <- result{err: ctx.Err()}
					return
				}
			}
		}
	}()
	for range workers {
		go func() {
			for j := range jobs {
				j.out.reset()
				for n := j.first; n < min(j.first+blockSize, w.opt.Households); n++ {
					w.household(n).write(j.out)
				}
				j.done <- result{out: j.out}
			}
		}()
	}
	for j := range order {
		r := <-j.done
		if r.err != nil {
			return r.err
		}
		if err := out.take(r.out); err != nil {
			return err
		}
		if w.opt.Progress != nil {
			w.opt.Progress(min(j.first+blockSize, w.opt.Households))
		}
		free <- r.out
	}
	return ctx.Err()
}

// household makes the n-th household with all that happens to it.
func (w *world) household(n int) *household {
	h := &household{w: w, number: n, root: newRoot(w.opt.Seed, n), joined: never, cost: make([]int64, w.months()+1)}
	h.plant = h.planted()
	h.compose()
	h.live()
	h.insure()
	h.care()
	if h.plant.on {
		h.sow()
	} else {
		h.mental()
		h.supports()
		h.youth()
		h.income()
		h.keeping()
		h.troubles()
	}
	h.allocate()
	if w.known == 0 {
		h.enrol()
	}
	return h
}
