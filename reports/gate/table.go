// Package gate decides what may leave: which cells of the tables of a release are shown, rounded how, and which are hidden so that no small
// group, and no household's amount, can be worked out from what is shown, also not with what was released before. It reads no mart and knows no
// engine: tables of cells go in; what may be published, and a record of why, come out. docs/decisions/0037-gate.md says how and how sure.
package gate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A Table is what one report would publish: cells by dimensions, each with a count of households and perhaps a sum of eurocents.
//
// Cells of whatever tables that speak of the same population, moment and values of what is not a total are one cell: hidden in one table, it is
// hidden in all.
type Table struct {
	Name string
	// Population is of whom the cells speak. Tables that count other things (households, plans) have other populations.
	Population string
	// Moment is the day or quarter that the cells speak of.
	Moment string
	// Fixed are values that all cells share and that are no dimension of this table: gemeente -> GM0855.
	Fixed map[string]string
	Dims  []Dim
	// Quantity is what the sums are of, such as kosten_t0; "" is a table of counts alone.
	Quantity string
	// Cells hold leaves, and totals as far as they are shown. A leaf that is not there has no households, and is a group of none: it is hidden
	// like any other small one.
	Cells []Cell
	// Sets makes it a table of combinations: its cells are households by the exact set of ingredients that they have (Cell.Has), which is not
	// shown; shown is how many households have at least all of a set.
	Sets *Sets
	// Unseen: nothing of it is shown. It says how the cells of other tables hang together: who publishes wijk by cocktail and cocktail by type of
	// household gives away something of wijk by cocktail by type, which this table then is, and which is protected as if it could be seen.
	Unseen bool
	// Past: it speaks of a moment before that of the release. What an earlier release published of that moment stays as it was published, and nothing else
	// is: the households are those of now, and beside figures of those of then new ones would tell who came or went. Not for tables with Sets.
	Past bool
	// Coarser is what is published instead when this table can't be; nil: nothing. One that is Unseen publishes nothing, and that is no refusal.
	Coarser *Table
}

// A Dim is a dimension with all of its values. The value "" is its total.
type Dim struct {
	Name   string
	Values []Value
	// Exhaustive: the children of a value are all there is of it and a household is in one of them, so that their counts add up to its count.
	Exhaustive bool
	// SumsAdd: sums add up, though a household may be in several (domeinen). Exhaustive says so too.
	SumsAdd bool
	// Place: a value says where or when, not what somebody is. Nothing is given away when nearly all of a group live in one place.
	Place bool
}

// A Value is one of a dimension, below Parent; "" is the total.
type Value struct {
	Name, Parent string
	// Plain: nothing is given away when nearly all of a group are it, such as not having what few have.
	Plain bool
}

// A Cell is a group of households.
type Cell struct {
	Key []string // a value per dimension; "" is the total
	Has uint32   // with Sets: exactly these ingredients, bit i is Ingredients[i]
	N   int64    // households
	// Structural: that there are none is known beforehand (a boy of three with a driving licence). Shown as 0.
	Structural bool
	// Unseen: it is not shown, only reckoned with.
	Unseen bool

	Sum int64 // eurocents
	// Abs is the sum of |contribution| a household, Largest and Second are the two largest of these, in eurocents.
	Abs, Largest, Second int64

	// Members is a keyed digest of the set of households: the sum modulo 2^64 of a keyed hash of each, so that the digest of a total is the sum of
	// the digests of its parts. The same set always rounds alike.
	Members uint64
}

// Sets are the sets of ingredients that a table of combinations shows.
type Sets struct {
	Ingredients []string // at most 16
	Min, Max    int      // sizes of set that are shown; 0 is everybody
	Never       []Never
	// Plain are ingredients of which nothing is given away when nearly all of a group have them, such as children in a household.
	Plain []string
}

// Never says what is known beforehand: no household has all of With and none of Without.
type Never struct{ With, Without []string }

// A Relation says that cells of whatever tables add up: the sum of coefficient times cell is 0.
type Relation struct {
	Quantity string // "" relates counts
	Terms    []RelationTerm
}

// RelationTerm is a cell with its coefficient. Values are of the dimensions that are not a total.
type RelationTerm struct {
	Population, Moment string
	Values             map[string]string
	Coef               int64
}

// Have is the value of an ingredient that a household has, and Lack of one that it has not, as other tables name it for the same dimension.
const (
	Have = "ja"
	Lack = "nee"
)

// identity is what makes cells of several tables one: population, moment, and values of what is not a total.
type identity struct {
	population, moment string
	values             map[string]string
}

func (id identity) String() string {
	var b strings.Builder
	b.WriteString(strconv.Quote(id.population) + "@" + strconv.Quote(id.moment))
	for _, dim := range slices.Sorted(maps.Keys(id.values)) {
		if v := id.values[dim]; v != "" {
			b.WriteString(" " + strconv.Quote(dim) + "=" + strconv.Quote(v))
		}
	}
	return b.String()
}

func (t *Table) identity(key []string) identity {
	values := map[string]string{}
	maps.Copy(values, t.Fixed)
	for i, d := range t.Dims {
		if key[i] != "" {
			values[d.Name] = key[i]
		}
	}
	return identity{t.Population, t.Moment, values}
}

// Coarsen is the table without the lowest values of a dimension: wijken to gemeenten, or without the dimension where it has one level only. Totals that
// the table does not have are worked out, as far as they add up.
func Coarsen(t Table, dim string) Table {
	at := slices.IndexFunc(t.Dims, func(d Dim) bool { return d.Name == dim })
	if at < 0 {
		return t
	}
	parent := map[string]bool{}
	for _, v := range t.Dims[at].Values {
		parent[v.Parent] = true
	}
	full, err := complete(&t)
	out := t
	out.Dims = slices.Clone(t.Dims)
	out.Dims[at].Values = slices.DeleteFunc(slices.Clone(t.Dims[at].Values), func(v Value) bool { return !parent[v.Name] })
	out.Coarser = nil
	out.Cells = nil
	if err != nil {
		// Release says the same of the table itself
		out.Cells = slices.DeleteFunc(slices.Clone(t.Cells), func(c Cell) bool { return len(c.Key) != len(t.Dims) || c.Key[at] != "" && !parent[c.Key[at]] })
		return out
	}
	for _, c := range full {
		if c.Key[at] == "" || parent[c.Key[at]] {
			out.Cells = append(out.Cells, c.Cell)
		}
	}
	return out
}

// completed is a cell of a table with every cell that there is: shown by the table, or only there to be reckoned with.
type completed struct {
	Cell
	shown bool
}

func (c *Cell) merge(o Cell) {
	c.N += o.N
	c.Sum += o.Sum
	c.Abs += o.Abs
	c.Members += o.Members
	for _, l := range []int64{o.Largest, o.Second} {
		switch {
		case l > c.Largest:
			c.Largest, c.Second = l, c.Largest
		case l > c.Second:
			c.Second = l
		}
	}
}

// cellKey is a cell's place in its table.
func cellKey(key []string, has uint32) string {
	return strings.Join(key, "\x00") + "\x00" + strconv.FormatUint(uint64(has), 16)
}

// complete checks a table and gives it the cells that it leaves out: a leaf without households, and totals that are not shown.
func complete(t *Table) ([]completed, error) {
	bad := func(format string, a ...any) error {
		return fmt.Errorf("gate: table %q: %s", t.Name, fmt.Sprintf(format, a...))
	}
	children := make([]map[string][]string, len(t.Dims))
	known := make([]map[string]bool, len(t.Dims))
	combos := 1
	for i, d := range t.Dims {
		children[i], known[i] = map[string][]string{}, map[string]bool{"": true}
		if d.Name == "" || t.Fixed[d.Name] != "" || slices.ContainsFunc(t.Dims[:i], func(o Dim) bool { return o.Name == d.Name }) {
			return nil, bad("dimension %q wants a name of its own", d.Name)
		}
		for _, v := range d.Values {
			if v.Name == "" || known[i][v.Name] {
				return nil, bad("dimension %q has a value without a name or twice", d.Name)
			}
			known[i][v.Name] = true
		}
		for _, v := range d.Values {
			if !known[i][v.Parent] {
				return nil, bad("dimension %q has a value below one that it does not have", d.Name)
			}
			children[i][v.Parent] = append(children[i][v.Parent], v.Name)
		}
		for _, v := range d.Values { // a ring has no way up
			for up, steps := v.Name, 0; up != ""; steps++ {
				if steps > len(d.Values) {
					return nil, bad("dimension %q has values below themselves", d.Name)
				}
				up = d.Values[slices.IndexFunc(d.Values, func(o Value) bool { return o.Name == up })].Parent
			}
		}
		combos *= len(d.Values) + 1
		if combos > maxCells {
			return nil, bad("more than %d cells", maxCells)
		}
	}
	atoms := []uint32{0}
	if t.Sets != nil && t.Past {
		return nil, bad("one of combinations can't be of the past")
	}
	if t.Sets != nil {
		if n := len(t.Sets.Ingredients); n < 1 || n > 16 || t.Sets.Min < 0 || t.Sets.Max < t.Sets.Min || t.Sets.Max > n {
			return nil, bad("sets want 1 to 16 ingredients, and sizes of them")
		}
		if combos<<len(t.Sets.Ingredients) > maxCells {
			return nil, bad("more than %d cells", maxCells)
		}
		for i, name := range t.Sets.Ingredients {
			if name == "" || slices.Contains(t.Sets.Ingredients[:i], name) || t.Fixed[name] != "" ||
				slices.ContainsFunc(t.Dims, func(d Dim) bool { return d.Name == name }) {
				return nil, bad("ingredient %q wants a name of its own", name)
			}
		}
		atoms = atoms[:0]
		for m := range uint32(1) << len(t.Sets.Ingredients) {
			atoms = append(atoms, m)
		}
	}
	given := map[string]Cell{}
	for _, c := range t.Cells {
		if len(c.Key) != len(t.Dims) {
			return nil, bad("a cell has %d values, the table %d dimensions", len(c.Key), len(t.Dims))
		}
		for i, v := range c.Key {
			if !known[i][v] {
				return nil, bad("a cell has a value that dimension %q has not", t.Dims[i].Name)
			}
		}
		k := cellKey(c.Key, c.Has)
		_, twice := given[k]
		switch {
		case twice:
			return nil, bad("a cell is there twice")
		case c.Has != 0 && t.Sets == nil || t.Sets != nil && c.Has>>len(t.Sets.Ingredients) != 0:
			return nil, bad("a cell has ingredients that the table has not")
		case c.N < 0 || c.N > maxValue || c.Structural && c.N != 0:
			return nil, bad("a cell has a count that can't be")
		case c.N == 0 && c.Members != 0:
			return nil, bad("a cell without households has a digest of some")
		case c.N == 0 && c.Abs != 0 || max(c.Sum, -c.Sum) > c.Abs || c.Abs < 0 || c.Abs > maxValue || c.Largest < c.Second || c.Second < 0 || c.Largest+c.Second > c.Abs:
			return nil, bad("a cell's sum and its contributions do not fit")
		}
		c.Key = slices.Clone(c.Key)
		given[k] = c
	}
	adds := func(i int) bool { return t.Dims[i].Exhaustive || t.Dims[i].SumsAdd && t.Quantity != "" }
	// all is every cell that there is; a dimension that does not add up has no total unless one was given
	all := map[string]*completed{}
	var order []string
	var walk func(key []string, has uint32) *completed
	walk = func(key []string, has uint32) *completed {
		k := cellKey(key, has)
		if c, ok := all[k]; ok {
			return c
		}
		c, ok := given[k]
		out := &completed{Cell: c, shown: ok && !c.Unseen}
		if !ok {
			out.Cell = Cell{Key: slices.Clone(key), Has: has}
			split := -1
			for i := range key {
				if len(children[i][key[i]]) > 0 {
					if split = i; t.Dims[i].Exhaustive {
						break
					}
				}
			}
			switch {
			case split < 0:
				out.shown = true // a leaf: a group of none
			case !t.Dims[split].Exhaustive:
				out = nil
			default:
				sub := slices.Clone(key)
				for _, child := range children[split][key[split]] {
					sub[split] = child
					part := walk(sub, has)
					if part == nil {
						out = nil
						break
					}
					out.merge(part.Cell)
				}
			}
		}
		all[k] = out
		if out != nil {
			order = append(order, k)
		}
		return out
	}
	var each func(i int, key []string)
	each = func(i int, key []string) {
		if i == len(t.Dims) {
			for _, m := range atoms {
				walk(key, m)
			}
			return
		}
		each(i+1, append(key, ""))
		for _, v := range t.Dims[i].Values {
			each(i+1, append(key, v.Name))
		}
	}
	each(0, make([]string, 0, len(t.Dims)))
	// what was given has to add up: an attacker's sums have to hold of the truth
	out := make([]completed, 0, len(order))
	for _, k := range order {
		c := all[k]
		if c.N > maxValue || c.Abs < 0 || c.Abs > maxValue {
			return nil, bad("a total is too large to be reckoned with")
		}
		for i, v := range c.Key {
			if !adds(i) || len(children[i][v]) == 0 {
				continue
			}
			var sum Cell
			missing := false
			sub := slices.Clone(c.Key)
			for _, child := range children[i][v] {
				sub[i] = child
				part := all[cellKey(sub, c.Has)]
				if missing = missing || part == nil; !missing {
					sum.merge(part.Cell)
				}
			}
			if missing {
				continue
			}
			if t.Dims[i].Exhaustive && (sum.N != c.N || sum.Members != c.Members) || t.Quantity != "" && sum.Sum != c.Sum {
				return nil, bad("cells of dimension %q do not add up to their total", t.Dims[i].Name)
			}
		}
		out = append(out, *c)
	}
	return out, nil
}

const (
	maxCells = 2_000_000
	maxValue = 1 << 52 // whole numbers that a float holds, for solvers reckon in floats
)
