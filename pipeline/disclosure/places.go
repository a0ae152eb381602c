package disclosure

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stapel/reports/gate"
	"stapel/reports/vrij"
)

// tally adds households to a cell and to every total that it is part of.
type tally struct {
	up    []func(value string) []string // by dimension: the value, and what it is part of
	cells map[string]*gate.Cell
}

// newTally has every cell: one that is not there would tell that there is nobody in it.
func newTally(dims []gate.Dim) *tally {
	s := &tally{cells: map[string]*gate.Cell{}}
	keys := [][]string{nil}
	for _, d := range dims {
		parents := map[string]string{}
		for _, v := range d.Values {
			parents[v.Name] = v.Parent
		}
		s.up = append(s.up, func(value string) []string {
			list := []string{value}
			for value != everybody {
				value = parents[value]
				list = append(list, value)
			}
			return list
		})
		var longer [][]string
		for _, k := range keys {
			longer = append(longer, append(slices.Clone(k), everybody))
			for _, v := range d.Values {
				longer = append(longer, append(slices.Clone(k), v.Name))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		s.cells[strings.Join(k, "\x00")] = &gate.Cell{Key: k}
	}
	return s
}

// add counts a leaf.
func (s *tally) add(key []string, n, members int64) {
	s.addCell(key, gate.Cell{N: n, Members: digest(members)})
}

// addCell counts a leaf as the gate has it.
func (s *tally) addCell(key []string, leaf gate.Cell) {
	keys := [][]string{nil}
	for i, up := range s.up {
		var longer [][]string
		for _, k := range keys {
			for _, v := range up(key[i]) {
				longer = append(longer, append(slices.Clone(k), v))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		c := s.cells[strings.Join(k, "\x00")]
		c.N += leaf.N
		c.Members += leaf.Members
	}
}

// digest is a digest of members as the gate has it. Tables have sums of keys modulo 2^62, the gate adds up modulo 2^64: moved up by two bits the one is
// the other, so that a total has one digest however it was divided.
func digest(members int64) uint64 { return uint64(members) << 2 }

// list are the cells in the order of their keys.
func (s *tally) list() (out []gate.Cell) {
	for _, id := range slices.Sorted(maps.Keys(s.cells)) {
		out = append(out, *s.cells[id])
	}
	return out
}

// parts are the cells without totals: for a table that shows none.
func (s *tally) parts() []gate.Cell {
	return slices.DeleteFunc(s.list(), func(c gate.Cell) bool { return slices.Contains(c.Key, everybody) })
}

// unseen marks cells with a value that is reckoned with and not shown.
func unseen(cells []gate.Cell, value string) []gate.Cell {
	for i := range cells {
		cells[i].Unseen = cells[i].Unseen || slices.Contains(cells[i].Key, value)
	}
	return cells
}

// smallest is how many times the least group that is shown a wijk has to have households to be shown by itself. In one of fewer hardly
// anything but "nee" could be shown, at the cost of much around it; it is counted with the other small ones of its gemeente.
const smallest = 20

// places are the gemeenten with their wijken, or without; and where the households of a wijk are counted.
func (t *tables) places(wijken bool) (d gate.Dim, at func(v verdictRow) string) {
	d = gate.Dim{Name: area, Exhaustive: true, Place: true}
	seen := map[string]bool{}
	add := func(name, parent string) {
		if !seen[name] {
			seen[name] = true
			d.Values = append(d.Values, gate.Value{Name: name, Parent: parent})
		}
	}
	for _, v := range t.verdicts {
		add(v.Gemeente, everybody)
	}
	if !wijken {
		return d, func(v verdictRow) string { return v.Gemeente }
	}
	at = func(v verdictRow) string {
		if name := place(v.Gemeente, v.Wijk); t.live[name] >= smallest*t.rules.Counts.Minimum {
			return name
		}
		return place(v.Gemeente, vrij.Overig)
	}
	for _, v := range t.verdicts {
		add(at(v), v.Gemeente)
	}
	return d, at
}

// place is a wijk as the gate knows it: codes of wijken are the supplier's, and may be the same in two gemeenten.
func place(gemeente, wijk string) string { return gemeente + "/" + wijk }

// byArea is how households stand to each cocktail on each day: by gemeente, and on P by wijk, unless that can't be.
func (t *tables) byArea() (out []gate.Table) {
	for _, m := range t.moments {
		for _, id := range t.cocktails {
			by := func(name string, wijken bool) gate.Table {
				places, at := t.places(wijken)
				if !m.IsP && t.few {
					places.Values, at = nil, func(verdictRow) string { return everybody }
				}
				dims := []gate.Dim{places, {Name: verdict(id), Values: verdictValues, Exhaustive: true}}
				s := newTally(dims)
				for _, v := range t.verdicts {
					if v.Day == m.Day && v.Cocktail == id {
						s.add([]string{at(v), v.Verdict}, v.Households, v.Members)
					}
				}
				return gate.Table{Name: name, Population: households, Moment: moment(m.Day), Dims: dims, Cells: s.list(), Past: !m.IsP}
			}
			name := tableArea + " " + id
			switch table := by(name, m.IsP); {
			case m.IsP:
				coarse := by(name+" per gemeente", false)
				table.Coarser = &coarse
				out = append(out, table)
			case yearEnd(m.Day):
				out = append(out, table)
			default: // years instead of quarters
				coarse := by(name+" per jaar", false)
				coarse.Unseen, table.Coarser = true, &coarse
				out = append(out, table)
			}
		}
	}
	return out
}

// yearEnd reports whether a day is the last of a year.
func yearEnd(day int32) bool { return vrij.Day(day+1).YearDay() == 1 }

// byType is how households of each type stand on P.
func (t *tables) byType() (out []gate.Table) {
	types := map[string]bool{}
	for _, v := range t.verdicts {
		types[v.Type] = true
	}
	var values []gate.Value
	for _, name := range slices.Sorted(maps.Keys(types)) {
		values = append(values, gate.Value{Name: cmp.Or(name, noType)})
	}
	for _, id := range t.cocktails {
		dims := []gate.Dim{{Name: kind, Values: values, Exhaustive: true}, {Name: verdict(id), Values: verdictValues, Exhaustive: true}}
		s := newTally(dims)
		for _, v := range t.verdicts {
			if v.Day == t.day && v.Cocktail == id {
				s.add([]string{cmp.Or(v.Type, noType), v.Verdict}, v.Households, v.Members)
			}
		}
		out = append(out, gate.Table{Name: tableType + " " + id, Population: households, Moment: t.peil, Dims: dims, Cells: s.list()})
	}
	return out
}

// crossed are households by gemeente, type and how they stand on P: nothing of it is shown, but who publishes gemeenten and types apart gives something of it
// away.
func (t *tables) crossed() (out []gate.Table) {
	for _, byType := range t.byType() {
		id := strings.TrimPrefix(byType.Name, tableType+" ")
		places, at := t.places(false)
		dims := append([]gate.Dim{places}, byType.Dims...)
		s := newTally(dims)
		for _, v := range t.verdicts {
			if v.Day == t.day && v.Cocktail == id {
				s.add([]string{at(v), cmp.Or(v.Type, noType), v.Verdict}, v.Households, v.Members)
			}
		}
		out = append(out, gate.Table{Name: "gekruist " + id, Population: households, Moment: t.peil, Dims: dims, Cells: s.list(), Unseen: true})
	}
	return out
}

// noType stands for a type of household that was not delivered.
const noType = "onbekend"
