package gate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Register is what earlier releases showed: one line of JSON for each cell, the newest last. It is for the owner only: who reads it learns what was
// published, and which cells were of the same households.
type Register struct{ entries map[string]Entry }

// Entry is a cell as it was shown.
type Entry struct {
	Release string              `json:"uitgave,omitempty"`
	ID      string              `json:"cel"`
	Counted bool                `json:"geteld"`
	N       int64               `json:"n"`
	Base    int64               `json:"basis"`
	Least   int64               `json:"minimum"` // fewer would not have been shown
	Members string              `json:"leden"`   // keyed digest of the households, hexadecimal
	Sums    map[string]EntrySum `json:"sommen,omitempty"`
}

// EntrySum is a sum as it was shown, in eurocents.
type EntrySum struct {
	Value int64 `json:"ct"`
	Base  int64 `json:"basis_ct"`
}

// ReadRegister reads a register; one that is not there is empty.
func ReadRegister(path string) (*Register, error) {
	r := &Register{entries: map[string]Entry{}}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for line := 1; sc.Scan(); line++ {
		dec := json.NewDecoder(bytes.NewReader(sc.Bytes()))
		dec.DisallowUnknownFields()
		var e Entry
		if err := dec.Decode(&e); err != nil || e.ID == "" || e.Base < 0 || len(e.Members) != 16 {
			return nil, fmt.Errorf("%s:%d: no line of a register of releases", filepath.Base(path), line)
		}
		r.add(e)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' || sc.Err() != nil {
		return nil, fmt.Errorf("%s: the last line is not whole", filepath.Base(path))
	}
	return r, nil
}

// add keeps the first value that was shown of a cell: it stays what it was.
func (r *Register) add(e Entry) {
	if had, ok := r.entries[e.ID]; ok {
		for q, s := range e.Sums {
			if _, ok := had.Sums[q]; !ok {
				if had.Sums == nil {
					had.Sums = map[string]EntrySum{}
				}
				had.Sums[q] = s
			}
		}
		e = had
	}
	r.entries[e.ID] = e
}

// Len is how many cells were shown.
func (r *Register) Len() int { return len(r.entries) }

// With is the register after a release.
func (r *Register) With(release string, entries []Entry) *Register {
	out := &Register{entries: map[string]Entry{}}
	for id, e := range r.entries {
		sums := map[string]EntrySum{}
		for q, s := range e.Sums {
			sums[q] = s
		}
		e.Sums = sums
		out.entries[id] = e
	}
	for _, e := range entries {
		e.Release = release
		out.add(e)
	}
	return out
}

// Write writes the register beside its place and puts it there whole, for its owner only.
func (r *Register) Write(path string) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".register-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	ids := make([]string, 0, len(r.entries))
	for id := range r.entries {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	b := bufio.NewWriter(f)
	enc := json.NewEncoder(b)
	for _, id := range ids {
		if err = enc.Encode(r.entries[id]); err != nil {
			break
		}
	}
	err = errors.Join(err, b.Flush(), f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// asBefore is the reason of a table of the past.
const asBefore = "zoals eerder uitgegeven"

// released reports whether something was published of the moment and population of a table.
func (r *Register) released(t *Table) bool {
	if r == nil {
		return false
	}
	of := identity{population: t.Population, moment: t.Moment}.String()
	for id := range r.entries {
		if id == of || strings.HasPrefix(id, of+" ") {
			return true
		}
	}
	return false
}

// again adds tables of the past as they were published: what was not shown then is not shown now.
func (out *Result) again(r *Register, past []*Table) error {
	for _, t := range past {
		cells, err := complete(t)
		if err != nil {
			return err
		}
		p := Published{Name: t.Name, Population: t.Population, Moment: t.Moment, Quantity: t.Quantity, Fixed: t.Fixed, Dims: t.Dims}
		rec := Record{Table: t.Name, Moment: t.Moment, Status: StatusFree, Reason: asBefore, Proven: true}
		for _, c := range cells {
			if !c.shown {
				continue
			}
			pc := PublishedCell{Key: c.Key, Hidden: true}
			if e, ok := r.entries[t.identity(c.Key).String()]; ok && e.Counted {
				sum, ok := e.Sums[t.Quantity]
				if t.Quantity == "" || ok {
					pc.N, pc.Sum, pc.Hidden = e.N, sum.Value, false
				}
			}
			p.Cells = append(p.Cells, pc)
			rec.Cells++
		}
		out.Tables, out.Records = append(out.Tables, p), append(out.Records, rec)
	}
	return nil
}

// remember gives cells what earlier releases showed of them. A cell that is of other households now, or whose sum is no longer what was shown, was
// revised: beside its old value a new one would tell who came or went, so nothing of its tables is published. It reports whether tables were
// refused.
func (w *world) remember(r *Register) (refused bool) {
	if r == nil {
		return false
	}
	revised := map[int]bool{}
	for i, c := range w.cells {
		e, ok := r.entries[c.id]
		if !ok || c.who.values == nil {
			continue
		}
		in := func(v int64, s shownValue) bool { b := s.span(); return v >= b.lo && v <= b.hi }
		same := e.Members == fmt.Sprintf("%016x", c.members) && (!e.Counted || in(c.n, shownValue{e.N, e.Base, e.Least}))
		for q, s := range e.Sums {
			if a, ok := c.sums[q]; ok && !in(a.sum, shownValue{s.Value, s.Base, -far}) {
				same = false
			}
		}
		if !same {
			revised[i] = true
			continue
		}
		c.earlier = &e
	}
	for _, t := range w.tables {
		if t.status != StatusFree {
			continue
		}
		of := slices.ContainsFunc(t.at, func(i int) bool { return revised[i] }) || slices.ContainsFunc(t.shows, func(s shownCell) bool { return revised[s.cell] })
		if of {
			t.status, t.reason, refused = StatusRefused, "herzien: een eerdere uitgave toonde andere cijfers over hetzelfde moment", true
		}
	}
	return refused
}
