package gate

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/reports/gate/linear"
	"stapel/reports/nl"
)

// What becomes of a table.
const (
	StatusFree    = "vrij"
	StatusCoarser = "vergroofd" // a coarser one is published instead
	StatusRefused = "geweigerd"
)

// NotAdding is what a page says beside rounded figures.
const NotAdding = "telt niet op door afronding"

// Input is a release: all tables that leave together, and what the gate needs to know.
type Input struct {
	Rules     config.Disclosure
	Key       []byte // the project's key, or one made of it
	Tables    []Table
	Relations []Relation
	Register  *Register // earlier releases; nil: none
	Options   Options
}

// Options say where and with what the gate works.
type Options struct {
	// Work is a folder for files that go to the solver and come from it, below which the gate makes its own, with mode 0700; "" is the system's.
	Work string
	// Solver is the path of CBC. "" looks for it; NoSolver works without.
	Solver string
	// Keep is what earlier releases found, and keeps what this one finds; nil: nothing.
	Keep Keep
}

// NoSolver is a Solver for doing without one: what only it can prove is not proven.
const NoSolver = "-"

// Result is what may leave, and why.
type Result struct {
	// Tables are what may be published, in the order of the release; a table that is coarser stands in the place of what it replaces. Those of the past that
	// stay as they were published come last.
	Tables []Published
	// Records have one for every table that was to be published and for every coarser one that was tried. They are for the analyst and the accountant:
	// they hold what is hidden.
	Records []Record
	// Entries are the cells that are shown now, for the register of releases.
	Entries []Entry
	// Public are groups that earlier releases give away together, whatever is published now, by their identity.
	Public []string
}

// Refused reports whether a table could not be published, in no form.
func (r *Result) Refused() bool {
	return slices.ContainsFunc(r.Records, func(r Record) bool { return r.Status == StatusRefused })
}

// Published is a table as it may leave.
type Published struct {
	Name, Population, Moment, Quantity string
	Fixed                              map[string]string
	Dims                               []Dim
	Cells                              []PublishedCell
}

// PublishedCell is a cell as it may leave.
type PublishedCell struct {
	Key    []string
	Set    []string // of a table of combinations: households that have at least these
	Hidden bool
	// N and Sum are 0 where the cell is hidden. Rounded says that N is within a base of the truth, and no more.
	N, Sum int64
}

// Record says what the gate did with a table.
type Record struct {
	Table     string         `json:"tabel"`
	Moment    string         `json:"moment"`
	Status    string         `json:"status"`
	Reason    string         `json:"reden,omitempty"`
	Rules     map[string]int `json:"regels"` // cells by rule; a cell can be hidden by several
	Cells     int            `json:"cellen"`
	Primary   int            `json:"primair"`
	Secondary int            `json:"secundair"`
	Public    int            `json:"al_openbaar"`
	Rounded   int            `json:"afgerond"`
	Goals     int            `json:"bewijzen"` // what had to stay unknown, of its cells
	Proven    bool           `json:"bewezen"`
	Seconds   float64        `json:"seconden"`
	Solver    string         `json:"oplosser"`
	// Hidden are the cells that are not shown. For the analyst and the accountant: these are what the gate is there to hide.
	Hidden []HiddenCell `json:"verborgen"`
}

// HiddenCell is a cell that is not shown, with the values that it is proven to be able to have for whoever sees what is published. It can have
// these two; the true bounds may lie further apart. Of a cell that is hidden for others nothing had to be proven, and the two may both be the truth.
type HiddenCell struct {
	Key   []string `json:"sleutel"`
	Set   []string `json:"combinatie,omitempty"`
	Rules []string `json:"regels"`
	N     int64    `json:"n"`
	Lo    int64    `json:"n_laag"`
	Hi    int64    `json:"n_hoog"`
	Sum   int64    `json:"som_ct"`
	SumLo int64    `json:"som_laag_ct"`
	SumHi int64    `json:"som_hoog_ct"`
}

// Release decides what may leave of a release. An error is about what was given; a table that can't be published is no error, but a record that says so.
func Release(ctx context.Context, in Input) (*Result, error) {
	if len(in.Key) < 16 {
		return nil, errors.New("gate: a key of 16 bytes or more is needed, or rounding could be undone")
	}
	if in.Rules.Counts.Minimum < 3 {
		return nil, errors.New("gate: rules without a minimum hide nothing")
	}
	var tables []*tableIn
	var past []*Table
	for i := range in.Tables {
		t := &in.Tables[i]
		if slices.ContainsFunc(tables, func(o *tableIn) bool { return o.Name == t.Name && o.Moment == t.Moment }) {
			return nil, fmt.Errorf("gate: two tables are called %q", t.Name)
		}
		if t.Past && in.Register.released(t) {
			past = append(past, t)
			continue
		}
		tables = append(tables, &tableIn{Table: t, status: StatusFree})
	}
	var process *linear.Process
	switch path := in.Options.Solver; {
	case path == NoSolver:
	case path != "":
		process = linear.At(path, in.Options.Work)
	case linear.Find() != "":
		process = linear.At(linear.Find(), in.Options.Work)
	}
	keep, solver := in.Options.Keep, ""
	if keep != nil && process != nil {
		var err error
		if solver, err = process.Identity(ctx); err != nil {
			keep = nil // one that can't be read may be another tomorrow
		}
	}
	if keep == nil {
		keep = memory{}
	}
	end := time.Now().Add(time.Duration(in.Rules.Secondary.Seconds) * time.Second)
	for {
		w := newWorld(in.Rules, in.Key)
		if err := w.build(tables, in.Relations); err != nil {
			return nil, err
		}
		if w.remember(in.Register) {
			continue // tables were refused, the world is another
		}
		w.round()
		w.price()
		w.judge()
		s := &search{w: w, dense: linear.Dense{Columns: linear.ColumnsAlone}, process: process, solver: solver, keep: keep, used: map[string]bool{}, spent: map[*goal]time.Duration{}}
		if process != nil {
			s.dense.Columns = linear.ColumnsBeside
		}
		// something has to be left for a coarser table
		attempt, cancel := context.WithTimeout(ctx, time.Until(end)*6/10)
		failed := s.protect(attempt)
		late := attempt.Err() != nil
		cancel()
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(failed) > 0 {
			var more bool
			if tables, more = w.giveIn(s, tables, failed, late, time.Now().After(end)); more {
				continue
			}
		}
		r, err := w.result(s, failed)
		if err != nil {
			return nil, err
		}
		return r, r.again(in.Register, past)
	}
}

// giveIn takes back the tables that show what was not proven; where no table does, all that are connected with it, unless earlier releases give it
// away whatever is published now.
func (w *world) giveIn(s *search, tables []*tableIn, failed []*goal, late, over bool) (out []*tableIn, more bool) {
	why := "niet te bewijzen dat kleine groepen verborgen blijven"
	switch {
	case late:
		why = "niet bewezen binnen " + nl.Plain(nl.Count(int64(w.rules.Secondary.Seconds), "seconde", "seconden"))
	case s.process != nil && s.process.Broken() != nil:
		why = "niet bewezen: de oplosser " + s.process.Name() + " viel uit"
	case s.process == nil:
		why = "niet bewezen: geen oplosser; installeer coinor-cbc"
	}
	in := map[int]bool{}
	visited := map[*model]map[int]bool{}
	for _, g := range failed {
		found := false
		take := func(cell int) { // the tables that show a cell
			for _, number := range w.cells[cell].tables {
				in[number], found = true, true
			}
		}
		for _, t := range g.terms {
			take(t.cell)
		}
		if found || g.lost {
			continue
		}
		if visited[g.m] == nil {
			visited[g.m] = map[int]bool{}
		}
		if visited[g.m][g.terms[0].cell] {
			continue // with a goal before
		}
		for _, c := range s.near(g) {
			visited[g.m][c] = true
			take(c)
		}
	}
	for number, t := range tables {
		out = append(out, t)
		if !in[number] {
			continue
		}
		more = true
		t.status, t.reason = StatusRefused, why
		if t.Coarser != nil && !over {
			t.coarser = true
			out = append(out, &tableIn{Table: t.Coarser, status: StatusFree})
		}
	}
	return out, more
}

// result reads what is published, holds it against the goals once more, and writes the records. Lost are goals that no table is in the way of any
// more.
func (w *world) result(s *search, lost []*goal) (*Result, error) {
	r := &Result{}
	for _, g := range lost {
		if g.lost {
			r.Public = append(r.Public, g.what)
		}
	}
	for _, t := range w.tables {
		if t.status != StatusFree || t.Unseen {
			continue
		}
		p := Published{Name: t.Name, Population: t.Population, Moment: t.Moment, Quantity: t.Quantity, Fixed: t.Fixed, Dims: t.Dims}
		for _, sc := range t.shows {
			c := w.cells[sc.cell]
			pc := PublishedCell{Key: sc.key, Set: sc.set, Hidden: c.hidden()}
			if !pc.Hidden {
				pc.N, pc.Sum = c.count.value, c.shown[t.Quantity].value
			}
			p.Cells = append(p.Cells, pc)
		}
		r.Tables = append(r.Tables, p)
	}
	if err := w.verify(r, lost); err != nil {
		return nil, err
	}
	ranges := map[string]map[int]span{}
	for _, m := range w.inOrder() {
		ranges[m.quantity] = w.ranges(m)
	}
	for _, t := range w.tables {
		if !t.Unseen {
			r.Records = append(r.Records, w.record(s, t, ranges))
		}
	}
	for _, c := range w.cells {
		if c.hidden() {
			continue
		}
		e := Entry{ID: c.id, Counted: true, N: c.count.value, Base: c.count.base, Least: c.count.least, Members: fmt.Sprintf("%016x", c.members)}
		for _, q := range c.quantities { // a sum that no table shows is not public
			if e.Sums == nil {
				e.Sums = map[string]EntrySum{}
			}
			e.Sums[q] = EntrySum{c.shown[q].value, c.shown[q].base}
		}
		r.Entries = append(r.Entries, e)
	}
	slices.SortFunc(r.Entries, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return r, nil
}

// verify is the last look, from the side of whoever sees only what is published and what was before: the truth, and both witnesses of every
// goal, have to be tables that this cannot exclude. It knows nothing of how they were found.
func (w *world) verify(r *Result, lost []*goal) error {
	visible := map[string]map[int]span{"": {}}
	next := 0
	for _, t := range w.tables {
		if t.status != StatusFree || t.Unseen {
			continue
		}
		p := r.Tables[next]
		next++
		if t.Quantity != "" && visible[t.Quantity] == nil {
			visible[t.Quantity] = map[int]span{}
		}
		for k, sc := range t.shows {
			c, pc := w.cells[sc.cell], p.Cells[k]
			if pc.Hidden {
				continue
			}
			if c.n < w.rules.Counts.Minimum && !c.structural {
				return fmt.Errorf("gate: table %q would show a group below the minimum", t.Name)
			}
			see := shownValue{pc.N, c.count.base, w.rules.Counts.Minimum}
			if c.structural {
				see.least = 0
			}
			visible[""][sc.cell] = see.span()
			if t.Quantity != "" {
				visible[t.Quantity][sc.cell] = shownValue{pc.Sum, c.shown[t.Quantity].base, -far}.span()
			}
		}
	}
	within := func(m *model, cell int, v int64) bool {
		b := m.open(cell)
		if see, ok := visible[m.quantity][cell]; ok {
			b = b.and(see)
		}
		return v >= b.lo && v <= b.hi
	}
	for _, m := range w.inOrder() {
		for i := range w.cells {
			if m.has(i) && !within(m, i, m.value(i)) {
				return fmt.Errorf("gate: what is shown of a cell is not true of it")
			}
		}
	}
	for _, g := range w.goals {
		if slices.Contains(lost, g) {
			continue
		}
		for _, wit := range []*witness{g.up, g.down} {
			if wit == nil {
				continue
			}
			ok := wit.holds(g.m)
			for k, c := range wit.cells {
				ok = ok && within(g.m, c, g.m.value(c)+wit.moved[k])
			}
			if !ok {
				return fmt.Errorf("gate: a proof does not hold of what would be published")
			}
		}
		if !g.proven() {
			return fmt.Errorf("gate: something would be published that is not proven")
		}
	}
	return nil
}

// ranges are the values that witnesses show a cell to be able to have.
func (w *world) ranges(m *model) map[int]span {
	out := map[int]span{}
	for _, g := range w.goals {
		if g.m != m {
			continue
		}
		for _, wit := range []*witness{g.up, g.down} {
			if wit == nil {
				continue
			}
			for k, c := range wit.cells {
				v := m.value(c)
				s, ok := out[c]
				if !ok {
					s = span{v, v}
				}
				out[c] = span{min(s.lo, v+wit.moved[k]), max(s.hi, v+wit.moved[k])}
			}
		}
	}
	return out
}

func (w *world) record(s *search, t *tableIn, ranges map[string]map[int]span) Record {
	r := Record{Table: t.Name, Moment: t.Moment, Status: t.status, Reason: t.reason, Rules: map[string]int{}, Proven: t.status == StatusFree}
	if t.coarser {
		r.Status = StatusCoarser
	}
	var used []string
	for name := range s.used {
		used = append(used, name)
	}
	slices.Sort(used)
	r.Solver = strings.Join(used, "+")
	counts, sums := ranges[""], ranges[t.Quantity]
	shown := map[int]bool{}
	for _, sc := range t.shows {
		c := w.cells[sc.cell]
		shown[sc.cell] = true
		r.Cells++
		if !c.hidden() {
			if c.count.base > 1 || c.shown[t.Quantity].base > 1 {
				r.Rounded++
			}
			continue
		}
		h := HiddenCell{Key: sc.key, Set: sc.set, N: c.n, Lo: c.n, Hi: c.n, Rules: c.reasons.names()}
		switch {
		case c.reasons != 0:
			r.Primary++
		case t.status == StatusFree:
			r.Secondary++
			h.Rules = append(h.Rules, RuleSecondary)
		default:
			h.Rules = append(h.Rules, RuleRefused)
		}
		if c.earlier != nil {
			r.Public++
			h.Rules = append(h.Rules, RulePublic)
		}
		for _, name := range h.Rules {
			r.Rules[name]++
		}
		if v, ok := counts[sc.cell]; ok {
			h.Lo, h.Hi = v.lo, v.hi
		}
		if a, ok := c.sums[t.Quantity]; ok {
			h.Sum, h.SumLo, h.SumHi = a.sum, a.sum, a.sum
			if v, ok := sums[sc.cell]; ok {
				h.SumLo, h.SumHi = v.lo, v.hi
			}
		}
		r.Hidden = append(r.Hidden, h)
	}
	for _, i := range t.at { // exact sets too
		shown[i] = true
	}
	for _, g := range w.goals {
		if shown[g.terms[0].cell] {
			r.Goals++
			r.Seconds += s.spent[g].Seconds()
		}
	}
	return r
}
