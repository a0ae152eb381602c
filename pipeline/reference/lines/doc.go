// Package lines is the reader of the slow references: what the rules make of every line of an inbox, before anybody asks who lives where
// or what it costs. It reads cells by their contract, sends lines to quarantine, puts deliveries in order, finds what was delivered twice
// (rules 45, 61) and what a newer delivery replaces (8, 45, 71), and works out what is covered and P (17, 18, 68). No SQL and no code of
// the pipeline but the contracts; tests compare what rests on it with what a run publishes. No run uses it.
//
// It does what a reader of the rules would do with pen and paper, so no step is clever and few are fast.
package lines

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io/fs"
	"strings"

	"stapel/config"
	"stapel/pipeline/reference/extract"
)

// World is an inbox with everything that the rules make of its lines.
type World struct {
	Config     *config.Config
	Deliveries []*Delivery        // in order of kind and file
	All        []*Line            // of every delivery, in that order
	ByKind     map[string][]*Line // by kind: accepted and not repeated by a newer delivery, from old to new
	Differ     []*Line            // lines that a newer delivery of the same months lacks (rules 61)
	Covers     []Cover
	Gemeenten  []string       // of the run
	Gone       map[string]Day // gemeenten of the run without inhabitants on the last day covered, and that day (rules 68)
	P          Day            // the peildatum
	starts     [4]Day         // first days of T0, T1 and T2, and the first after T0

	key     []byte
	ids     map[string]string // persoon_id by pseudonym, to hash each once
	columns map[string]map[string]int
	months  map[place]bool // covered or not, once it was asked
}

// Read reads an inbox and applies the rules to it; without kinds all that there is a contract for. key is the project key. An error
// says that the inbox cannot be read, or that no month is covered.
func Read(inbox fs.FS, cfg *config.Config, key []byte, kinds ...string) (*World, error) {
	if len(kinds) == 0 {
		kinds = cfg.Kinds()
	}
	set, err := extract.Read(inbox, kinds...)
	if err != nil {
		return nil, err
	}
	return New(set, cfg, key)
}

// New applies the rules to deliveries that were written or read.
func New(set extract.Set, cfg *config.Config, key []byte) (*World, error) {
	w := &World{Config: cfg, ByKind: map[string][]*Line{}, Gone: map[string]Day{}, key: key, ids: map[string]string{},
		columns: map[string]map[string]int{}, months: map[place]bool{}}
	for kind, c := range cfg.Contracts {
		w.columns[kind] = map[string]int{}
		for i := range c.Columns {
			w.columns[kind][c.Columns[i].Name] = i
		}
	}
	w.deliveries(set)
	for _, d := range w.Deliveries {
		for i := range d.Lines {
			w.read(d, i)
		}
	}
	w.cover()
	w.replace()
	if err := w.peil(); err != nil {
		return nil, err
	}
	w.starts = [4]Day{w.P.Month(-11), w.P.Month(-23), w.P.Month(-35), w.P.Month(1)}
	for _, l := range w.All {
		if l.Until = l.To; l.To == Never {
			l.Until = w.Open(l.Kind, l.Gemeente)
		}
	}
	w.overlap()
	return w, nil
}

// Line is one line of one extract and what becomes of it.
type Line struct {
	Kind       string
	Delivery   *Delivery
	Nr         int    // physical line
	Gemeente   string // GM and four digits; "" for kinds without
	From, To   Day    // its own time (rules 17, 45), half-open, without an end to Never; only of a line with a Period
	Period     bool
	Until      Day    // To, but for a line that still runs, where it is cut (rules 18)
	Fate       string // geaccepteerd, quarantaine, dubbel or vervangen
	Use        string // of accepted lines: gebruikt, uitgesloten, herhaald or ouder
	Why        string // of lines that are uitgesloten: the rule
	Incomplete bool   // a day lacks its month or its day of the month
	Impossible bool   // nobody can have been given care in its period (rules 66)

	columns map[string]int
	cells   []string
	content string
}

// Get is the cell of a column in its one spelling: "" for an empty one, and for a column that the kind does not have.
func (l *Line) Get(column string) string {
	i, ok := l.columns[column]
	if !ok {
		return ""
	}
	return l.cells[i]
}

// Day is the day in a cell; ok is false for an empty one.
func (l *Line) Day(column string) (d Day, ok bool) {
	v := l.Get(column)
	if v == "" {
		return 0, false
	}
	return ParseDay(v), true
}

// Place names the line as findings do.
func (l *Line) Place() string { return fmt.Sprintf("%s:%d", l.Delivery.File, l.Nr) }

// Exclude sets the line aside for a rule.
func (l *Line) Exclude(why string) { l.Use, l.Why = "uitgesloten", why }

// OldToNew orders lines by delivery, then line.
func OldToNew(a, b *Line) int {
	return cmp.Or(cmp.Compare(a.Delivery.Newest, b.Delivery.Newest), cmp.Compare(a.Nr, b.Nr))
}

// Used lists the lines of a kind that figures use.
func (w *World) Used(kind string) (out []*Line) {
	for _, l := range w.ByKind[kind] {
		if l.Use == "gebruikt" {
			out = append(out, l)
		}
	}
	return out
}

// Key is the key of rules 1 in a key space, as 16 hex digits.
func (w *World) Key(space, pseudonym string) string {
	mac := hmac.New(sha256.New, w.key)
	mac.Write([]byte(space + "\n" + strings.ToLower(pseudonym)))
	return fmt.Sprintf("%016x", binary.BigEndian.Uint64(mac.Sum(nil)[:8])>>1)
}

// PersonID is the persoon_id of a pseudonym (rules 1).
func (w *World) PersonID(ps string) string {
	id := w.ids[ps]
	if id == "" {
		id = "p-" + w.Key("persoon", ps)
		w.ids[ps] = id
	}
	return id
}
