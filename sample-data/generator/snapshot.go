package generator

import (
	"bytes"
	"fmt"
	"strings"
)

// Table is all lines of a kind.
type Table struct {
	Kind    string
	Columns []string
	Rows    [][]string // cells in the order of Columns
}

// Snapshot makes a set in memory as it is known on a day after the period (JJJJ-MM-DD): of every kind the lines as they
// stand then, each once, in one table. What comes in later is left out, and nobody is in a programme. Opt needs Households,
// Months and Seed; kinds without lines give an empty table.
//
// It is for a set that is committed: the same households take a fraction of the room of the monthly deliveries.
func Snapshot(opt Options, known string) ([]Table, error) {
	if err := opt.checkSize(); err != nil {
		return nil, err
	}
	w := newWorld(opt)
	if w.known = parseDay(known); w.known <= w.to {
		return nil, fmt.Errorf("snapshot: %s is no day after the period", known)
	}
	w.windows = []window{{w.from, w.to}}
	w.toDate = w.windows
	o := &output{files: make([]part, kindCount), ledger: map[entry]int64{}}
	for i := range kinds {
		o.base[i] = i
	}
	for n := range opt.Households {
		w.household(n).write(o)
	}
	var out []Table
	for i, k := range kinds {
		if k.rhythm == truth {
			continue
		}
		t := Table{Kind: k.name, Columns: strings.Split(k.header, ";")}
		for line := range bytes.Lines(o.files[i].data) {
			t.Rows = append(t.Rows, strings.Split(strings.TrimSuffix(string(line), "\n"), ";"))
		}
		out = append(out, t)
	}
	return out, nil
}

// told calls f for every delivery of a kind with rhythm byMonth that tells of month m: the number of its file, and the last
// month it knows of. A snapshot is one delivery that knows all.
func (w *world) told(m int, f func(slot, upTo int)) {
	if w.known != 0 {
		f(0, w.months()-1)
		return
	}
	for slot := m; slot <= m+1 && slot < w.months(); slot++ {
		f(slot, slot)
	}
}

// yearly is the number of the file of a kind with rhythm byYear that month m is in.
func (w *world) yearly(m int) int {
	if w.known != 0 {
		return 0
	}
	return m / 12
}
