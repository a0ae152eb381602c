package chain

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
)

// Kind is what is wrong with a log.
type Kind string

// Kinds of fault. Cut and Before are none: they are what stapel knows of itself.
const (
	Changed  Kind = "gewijzigd"  // a line is not what was written
	Removed  Kind = "weg"        // a line is no longer there
	Moved    Kind = "verplaatst" // a line stands elsewhere
	Added    Kind = "erbij"      // a line that stapel did not write
	Short    Kind = "korter"     // lines at the end are gone
	NoLog    Kind = "ontbreekt"  // the log is gone, and the file beside it is there
	NoHead   Kind = "geen_stand" // the file beside the log is gone
	BadHead  Kind = "stand"      // the file beside the log was changed
	Cut      Kind = "afgebroken" // a line was cut off when it was written, and the next one says so
	Before   Kind = "van_eerder" // lines of before logs had chains
	NotAdded Kind = "niet_bij"   // the last line was written, and where the log ends was not
)

// Fault reports whether a kind says that somebody changed the log.
func (k Kind) Fault() bool { return k != Cut && k != Before && k != NotAdded }

// Found is one thing that a log shows.
type Found struct {
	Kind Kind
	Line int // of the file, from 1; 0: of the log as a whole
	Nr   int64
	To   int64 // of lines that are gone: the last number
}

// Check reads a log through. A log that is not there and has no file beside it is fine: nothing was ever logged.
func Check(name string) (found []Found, lines int64, err error) {
	head, headErr := ReadHead(name)
	data, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && errors.Is(headErr, fs.ErrNotExist):
		return nil, 0, nil
	case errors.Is(err, fs.ErrNotExist):
		return []Found{{Kind: NoLog}}, 0, nil
	case err != nil:
		return nil, 0, err
	}
	c := &checker{present: map[int64]int{}, before: map[string]bool{"": true}}
	texts := bytes.SplitAfter(data, []byte("\n"))
	for _, text := range texts {
		if l, ok := parse(text); ok {
			c.present[l.nr]++
		}
	}
	for i, text := range texts {
		if len(text) > 0 {
			c.line(i+1, text)
		}
	}
	c.end(head, headErr, int64(len(data)))
	return c.found, c.last, nil
}

type checker struct {
	found   []Found
	present map[int64]int   // lines by number
	last    int64           // number of the last line in order
	before  map[string]bool // chains that the next line may go on from
	loose   []byte
	looseAt int
	broken  bool // a line before was taken out, so that what the next goes on from is not known
}

func (c *checker) say(kind Kind, line int, nr, to int64) {
	c.found = append(c.found, Found{kind, line, nr, to})
}

// line looks at one line. Each fault is said once: after it the chain goes on from what the line says of itself.
func (c *checker) line(n int, text []byte) {
	l, ok := parse(text)
	if !ok {
		if len(c.loose) == 0 {
			c.looseAt = n
		}
		c.loose = append(c.loose, text...)
		return
	}
	want := c.last + 1
	knownLoose := len(c.loose) > 0 && l.loose == digest(string(c.loose))
	spoilt := len(c.loose) > 0 && !knownLoose // a line here was written over, or put in
	switch {
	case knownLoose && c.last == 0 && l.nr == 1:
		c.say(Before, c.looseAt, 0, 0)
	case knownLoose:
		c.say(Cut, c.looseAt, 0, 0)
	case spoilt && l.nr > want:
		c.say(Changed, c.looseAt, want, 0)
		want = l.nr
		c.broken = true
	case spoilt && c.last == 0 && l.nr == 1 && l.loose != "":
		c.say(Changed, c.looseAt, 0, 0)
	case spoilt:
		c.say(Added, c.looseAt, 0, 0)
	case l.loose != "":
		c.say(Removed, n, 0, 0)
	}
	c.loose = nil
	switch {
	case l.nr != want && c.goesOn(l.as(want))[l.chain]: // its number alone was changed
		c.say(Changed, n, want, 0)
		c.before, c.last = map[string]bool{l.chain: true}, want
		return
	case l.nr < want && c.present[l.nr] > 1:
		c.say(Added, n, l.nr, 0)
		return
	case l.nr < want:
		c.say(Moved, n, l.nr, 0)
		return
	case l.nr > want:
		for nr := want; nr < l.nr; nr++ {
			if c.present[nr] == 0 {
				c.say(Removed, n, nr, l.nr-1)
				break
			}
		}
		c.broken = true
	}
	next := c.goesOn(l.body)
	if !c.broken && !next[l.chain] {
		c.say(Changed, n, l.nr, 0)
	}
	c.broken = false
	next[l.chain] = true // where its chain alone was changed, the next line goes on from what it would have had
	c.before, c.last = next, l.nr
}

// goesOn are the chains that a line of this body can have when it is as it was written.
func (c *checker) goesOn(body []byte) map[string]bool {
	out := map[string]bool{}
	for b := range c.before {
		out[link(b, body)] = true
	}
	return out
}

// end compares where the log ends with the file beside it.
func (c *checker) end(head Head, headErr error, size int64) {
	switch {
	case errors.Is(headErr, fs.ErrNotExist) && c.last == 0 && len(c.present) == 0:
		if len(c.loose) > 0 {
			c.say(Before, c.looseAt, 0, 0)
		}
		return
	case errors.Is(headErr, fs.ErrNotExist):
		c.say(NoHead, 0, 0, 0)
		return
	case headErr != nil:
		c.say(BadHead, 0, 0, 0)
		return
	}
	spoilt := len(c.loose) > 0
	switch {
	case c.last < head.Lines && spoilt:
		c.say(Changed, c.looseAt, c.last+1, 0)
		if c.last+1 < head.Lines {
			c.say(Short, 0, c.last+2, head.Lines)
		}
	case c.last < head.Lines:
		c.say(Short, 0, c.last+1, head.Lines)
	case spoilt:
		c.say(Added, c.looseAt, 0, 0)
	case c.last == head.Lines+1 && !c.faulty() && size > head.Bytes:
		c.say(NotAdded, 0, c.last, 0)
	case c.last > head.Lines:
		c.say(Added, 0, head.Lines+1, c.last)
	case !c.before[head.Chain] && !c.faulty():
		c.say(BadHead, 0, 0, 0)
	}
}

func (c *checker) faulty() bool {
	for _, f := range c.found {
		if f.Kind.Fault() {
			return true
		}
	}
	return false
}
