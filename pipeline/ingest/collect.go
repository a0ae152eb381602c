package ingest

import (
	"math"
	"slices"
	"sync"
)

// collector takes the parsed batches in the order of the file, whoever parsed them when, so that totals, quarantine and the
// first reason to refuse are the same for any number of workers.
type collector struct {
	mu      sync.Mutex
	next    int
	pending map[int]*batch
	stopped bool

	counts
	lines     int64 // physical lines, as the cutter counted them
	labels    []label
	gemeenten []uint16
	refusal   *Refusal
	quarant   *quarantine
	parts     []*part
}

func (c *collector) hasStopped() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stopped
}

// submit takes a batch. It returns the parts that have something to write, and the batches that are done with.
func (c *collector) submit(b *batch) (ready []*part, done []*batch, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending[b.index] = b
	for {
		b, ok := c.pending[c.next]
		if !ok {
			return ready, done, nil
		}
		delete(c.pending, c.next)
		if c.stopped {
			done = append(done, b)
			c.next++
			continue
		}
		if err := c.merge(b); err != nil {
			return ready, append(done, b), err
		}
		if c.refusal != nil {
			c.stopped = true
			done = append(done, b)
			c.next++
			continue
		}
		p := c.parts[c.next%len(c.parts)]
		p.push(b)
		if !slices.Contains(ready, p) {
			ready = append(ready, p)
		}
		c.next++
	}
}

func (c *collector) merge(b *batch) error {
	if b.readFailed != nil {
		return b.readFailed
	}
	if b.refusal != nil {
		c.lines += b.recordLines // the rest of the block was not read
	} else {
		c.lines += b.lines
	}
	if !c.counts.add(&b.counts) {
		c.refusal = &Refusal{Code: RefBedragTeGroot, Tekst: "de bedragen samen zijn te groot om op te tellen", Remedie: "controleer de eenheid van de bedragen (eurocent)"}
		return nil
	}
	for _, l := range b.labels {
		if !slices.Contains(c.labels, l) {
			c.labels = append(c.labels, l)
		}
	}
	for _, g := range b.gemeenten {
		if !slices.Contains(c.gemeenten, g) {
			c.gemeenten = append(c.gemeenten, g)
		}
	}
	c.refusal = b.refusal
	return c.quarant.add(b.bad)
}

// add adds the counts of a block; false when a sum of money doesn't fit.
func (c *counts) add(o *counts) bool {
	c.records += o.records
	c.recordLines += o.recordLines
	c.recordBytes += o.recordBytes
	c.unreadable += o.unreadable
	c.rawUnreadable += o.rawUnreadable
	c.outside += o.outside
	c.partial += o.partial
	if o.periodSeen && (!c.periodSeen || o.first < c.first) {
		c.first, c.periodSeen = o.first, true
	}
	if o.periodEndSeen && (!c.periodEndSeen || o.last > c.last) {
		c.last, c.periodEndSeen = o.last, true
	}
	fits := true
	for _, t := range []struct{ to, from *Telling }{{&c.empty, &o.empty}, {&c.accepted, &o.accepted}, {&c.rejected, &o.rejected}, {&c.delivered, &o.delivered}} {
		t.to.Records += t.from.Records
		t.to.Regels += t.from.Regels
		fits = addTo(&t.to.Cent, t.from.Cent) && fits
	}
	return addTo(&c.debit, o.debit) && addTo(&c.credit, o.credit) && fits
}

// addTo adds v to a sum of money; false, and the sum as it was, when the result is near the edge of int64.
func addTo(sum *int64, v int64) bool {
	if v > 0 && *sum > math.MaxInt64/4-v || v < 0 && *sum < -math.MaxInt64/4-v {
		return false
	}
	*sum += v
	return true
}
