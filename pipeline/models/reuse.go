package models

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stapel/pipeline/cache"
	"stapel/pipeline/control"
	"stapel/pipeline/engine"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// Keep is what one computation may use again of earlier ones, and keeps for later ones. A table is kept under a key of all that it was made from: what makes it,
// and the content of what it reads. So a table that is made again and comes out the same makes nobody who reads it start again.
type Keep struct {
	Store *cache.Store
	Fresh bool     // nothing that is kept is used
	Stamp []string // what every table depends on beside what it reads: program, engine, functions

	Reused int    // tables that were not made again
	Again  []Made // tables that were made, each with Why
	Counts int    // numbers that were not counted again
	Asked  int    // of so many

	notes    map[string]*Notes
	old, now cache.Book
	content  map[string]string            // hash of what a name stands for
	slices   map[string]partition         // and of its parts, where that is known
	from     map[string]map[string]string // of a model or view: what it reads, with the hash of that
	single   map[string]bool              // tables of which the column is none of theirs: all rows are one part
	same     map[string]map[string]string // hashes of the parts of a table that were taken over
	views    map[string]bool
}

// Why a table was made again whose reads do not say so.
const (
	WhyNew     = "nieuw"        // it was not made before
	WhyGone    = "niet bewaard" // it was, and is not kept any more
	WhyFull    = "--full"
	WhyProgram = "programma" // another program, engine or set of functions
)

// Open reads what was kept of the last run.
func (k *Keep) Open() {
	k.old = k.Store.ReadBook()
	k.now = cache.EmptyBook()
	k.now.Stamp = cache.Key(k.Stamp...)
	k.views, k.single, k.same = map[string]bool{}, map[string]bool{}, map[string]map[string]string{}
	k.content, k.slices, k.from = map[string]string{}, map[string]partition{}, map[string]map[string]string{}
}

// maxCounts is how many numbers of runs before the last are kept: those of some dozens.
const maxCounts = 20000

// Notes are results of parts of a computation, by a name of one word and keys of all that they follow from beside what every table depends on.
type Notes struct {
	stamp []string
	notes *cache.Notes
}

// Take is the note of a key.
func (n *Notes) Take(key string) ([]byte, bool) { return n.notes.Take(n.key(key)) }

// Put keeps a note.
func (n *Notes) Put(key string, data []byte) { n.notes.Put(n.key(key), data) }

func (n *Notes) key(key string) string {
	return cache.Key(append(slices.Clone(n.stamp), "note", key)...)
}

// Notes are those of a name.
func (k *Keep) Notes(name string) *Notes {
	if k.notes == nil {
		k.notes = map[string]*Notes{}
	}
	if k.notes[name] == nil {
		k.notes[name] = &Notes{k.Stamp, k.Store.Notes(name, k.Fresh)}
	}
	return k.notes[name]
}

// goNotes are those of models in Go.
func (k *Keep) goNotes() typed.Notes {
	if k == nil {
		return nil
	}
	return k.Notes("modellen")
}

// Close keeps what this run counted, and bounds the store.
func (k *Keep) Close() error {
	for _, n := range k.notes {
		n.notes.Save()
	}
	if err := k.Save(); err != nil {
		return err
	}
	return k.Store.Close()
}

// Save keeps what this run counted and what its tables were made from, with what earlier ones did.
func (k *Keep) Save() error {
	if len(k.old.Counts) < maxCounts {
		for key, n := range k.old.Counts {
			if _, ok := k.now.Counts[key]; !ok {
				k.now.Counts[key] = n
			}
		}
	}
	for name, from := range k.old.From { // of what this run did not come to
		if k.now.From[name] == nil {
			k.now.From[name] = from
		}
	}
	for name, apart := range k.old.Apart {
		if _, ok := k.now.Apart[name]; !ok {
			k.now.Apart[name] = apart
		}
	}
	for name, sum := range k.old.Tables {
		if k.now.Tables[name] == "" {
			k.now.Tables[name] = sum
		}
	}
	return k.Store.WriteBook(k.now)
}

// know notes what a name stands for; nothing when nothing is kept.
func (k *Keep) know(name string, parts ...string) {
	if k != nil {
		k.content[name] = cache.Key(parts...)
	}
}

// knowFiles notes that a name stands for the rows of files.
func (k *Keep) knowFiles(name string, files []string, columns []transforms.Column) error {
	if k == nil {
		return nil
	}
	parts := []string{fmt.Sprint(columns)}
	for _, f := range files {
		_, sum, err := control.HashFile(f)
		if err != nil {
			return err
		}
		parts = append(parts, sum)
	}
	k.know(name, parts...)
	return nil
}

// knowView notes that a model's name stands for its SELECT on what it reads.
func (k *Keep) knowView(m *transforms.Model) {
	if k == nil {
		return
	}
	from, ok := k.reads(m)
	if !ok {
		return
	}
	k.from[m.Name], k.now.From[m.Name], k.views[m.Name] = from, from, true
	k.know(m.Name, append([]string{"view", m.Sha256 + m.SQL}, flat(from)...)...)
	if parts := k.partKeys(m, "view", m.Sha256+m.SQL); parts != nil {
		k.slices[m.Name] = partition{m.Parts: parts}
		k.single[m.Name] = !slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Name == m.Parts })
	}
}

// knowUnion notes what all signals together are.
func (k *Keep) knowUnion(list []*transforms.Model) {
	if k == nil {
		return
	}
	var parts []string
	for _, m := range list {
		if m.Layer == transforms.Signals {
			parts = append(parts, m.Name, k.content[m.Name])
		}
	}
	k.know(transforms.SignalUnion, parts...)
}

// reads are the tables that a model names with the hash of what it takes of each; false when that of one is not known.
func (k *Keep) reads(m *transforms.Model) (map[string]string, bool) {
	out, imports := map[string]string{}, m.Imports()
	for _, name := range m.Reads {
		sum, ok := k.content[name]
		if !ok {
			return nil, false
		}
		if in := imports[name]; in.Column != "" && k.slices[name][in.Column] != nil {
			var sums []string
			for _, value := range in.Values {
				sums = append(sums, k.slices[name][in.Column][value]) // no rows: empty
			}
			sum = cache.Key(sums...)
		}
		out[name] = sum
	}
	return out, true
}

// flat is a map as a list, in order.
func flat(m map[string]string) (out []string) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		out = append(out, name, m[name])
	}
	return out
}

// keyOf is the key of a table that a model makes in one way; "" when what it reads is not known.
func (k *Keep) keyOf(m *transforms.Model, query string, orderBy []string, columns []transforms.Column) string {
	if k == nil {
		return ""
	}
	from, ok := k.reads(m)
	if !ok {
		return ""
	}
	k.from[m.Name], k.now.From[m.Name] = from, from
	parts := append(slices.Clone(k.Stamp), "table", m.Name, m.Sha256, query, strings.Join(orderBy, " "), fmt.Sprint(columns))
	return cache.Key(append(parts, flat(from)...)...)
}

// take puts the table of a key into a file when it is kept.
func (k *Keep) take(m *transforms.Model, key, file string, published bool) (*cache.Table, bool) {
	if k == nil || key == "" || k.Fresh {
		return nil, false
	}
	t, ok := k.Store.Take(key, file, !published)
	if ok {
		k.Reused++
		k.hold(m, t)
	}
	return t, ok
}

// hold notes what a table is that was made or taken.
func (k *Keep) hold(m *transforms.Model, t *cache.Table) {
	k.content[m.Name], k.now.Tables[m.Name] = t.Sha256, t.Sha256
	if t.Parts != nil {
		k.slices[m.Name] = partition{t.By: t.Parts}
	}
}

// put keeps a table that was made. What a model made whose reads are not known is not kept, but those who read it know what it is.
func (k *Keep) put(made *Made, key string, writer string, published bool) error {
	if k == nil {
		return nil
	}
	t, err := sumsOf(made, writer, published)
	if err != nil {
		return err
	}
	if t.By, t.Parts, err = k.takeApart(made); err != nil {
		return err
	}
	k.hold(made.Model, t)
	made.Sum = t
	made.Why, made.Same = k.why(made.Name), k.old.Tables[made.Name] == t.Sha256
	k.Again = append(k.Again, *made)
	if key == "" {
		return nil
	}
	return k.Store.Put(key, made.File, *t, !published)
}

// Hashes are those of the file of a mart and of its rows.
func (m *Made) Hashes(e engine.Engine) (*cache.Table, error) {
	if m.Sum != nil {
		return m.Sum, nil
	}
	return sumsOf(m, e.Writer(m.File), true)
}

func sumsOf(m *Made, writer string, rows bool) (t *cache.Table, err error) {
	t = &cache.Table{Name: m.Name, Rows: m.Rows, Writer: writer}
	if t.Bytes, t.Sha256, err = control.HashFile(m.File); err == nil && rows {
		t.Digest, err = control.RowDigest(m.File)
	}
	return t, err
}

// why says which tables are not what they were when a table was last made: those that are no view, or one of the other reasons.
func (k *Keep) why(name string) []string {
	switch {
	case k.Fresh:
		return []string{WhyFull}
	case k.old.From[name] == nil:
		return []string{WhyNew}
	case k.old.Stamp != k.now.Stamp:
		return []string{WhyProgram}
	}
	changed := map[string]bool{}
	k.changed(name, changed, map[string]bool{})
	if len(changed) == 0 {
		return []string{WhyGone}
	}
	return slices.Sorted(maps.Keys(changed))
}

// changed adds what a table or view reads, through views, that is not what it was.
func (k *Keep) changed(name string, out, seen map[string]bool) {
	if seen[name] {
		return
	}
	seen[name] = true
	for read, sum := range k.from[name] {
		switch {
		case k.old.From[name][read] == sum:
		case k.views[read] && k.old.From[read] != nil:
			k.changed(read, out, seen)
		default:
			out[read] = true
		}
	}
}

// An Ask is a number to be counted, with the tables that its query names.
type Ask struct {
	engine.Ask
	Reads []string
}

// Counts are the numbers that queries give, in their order, counted or as they were when all that a query reads was the same; done hears of each.
func (t *Tables) Counts(ctx context.Context, asks []Ask, done func()) ([]int64, error) {
	numbers := make([]int64, len(asks))
	keys := make([]string, len(asks))
	var todo []engine.Ask
	var at []int
	for i, a := range asks {
		if k := t.Keep; k != nil {
			k.Asked++
			if from, ok := k.reads(&transforms.Model{Reads: a.Reads}); ok {
				keys[i] = cache.Key(append(append(slices.Clone(k.Stamp), "count", a.Query), flat(from)...)...)
			}
			if n, ok := k.old.Counts[keys[i]]; ok && keys[i] != "" && !k.Fresh {
				numbers[i], k.now.Counts[keys[i]] = n, n
				k.Counts++
				done()
				continue
			}
		}
		todo, at = append(todo, a.Ask), append(at, i)
	}
	counted, err := t.Engine.Counts(ctx, todo, done)
	if err != nil {
		return nil, err
	}
	for j, n := range counted {
		i := at[j]
		numbers[i] = n
		if keys[i] != "" {
			t.Keep.now.Counts[keys[i]] = n
		}
	}
	return numbers, nil
}
