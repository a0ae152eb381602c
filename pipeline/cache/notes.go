package cache

import (
	"cmp"
	"log/slog"
	"slices"
)

// Notes are small results of parts of a computation, each under a key of all that it follows from: blocks of disclosure control, draws of an estimate. They lie in
// one file, sealed like the tables.
type Notes struct {
	store *Store
	name  string
	fresh bool
	notes map[string]*note
}

// note is one of them, and how many runs ago it was last used.
type note struct {
	Data []byte `json:"wat"`
	Age  int    `json:"runs_geleden"`
}

// The oldest notes go when there are more bytes than maxNotes, and those that no run used for maxAge runs.
const (
	maxNotes = 64 << 20
	maxAge   = 24
)

// Notes reads the notes of a name, one word; those that are not there, or are not whole, are none. With fresh none of earlier runs is used.
func (s *Store) Notes(name string, fresh bool) *Notes {
	n := &Notes{store: s, name: "notities-" + name + recordEnd, fresh: fresh, notes: map[string]*note{}}
	read := map[string]*note{}
	if s.readSealed(n.name, &read) {
		for key, of := range read {
			of.Age++
			n.notes[key] = of
		}
	}
	return n
}

// Take is the note of a key.
func (n *Notes) Take(key string) ([]byte, bool) {
	of := n.notes[key]
	if of == nil || n.fresh && of.Age > 0 {
		return nil, false
	}
	of.Age = 0
	return of.Data, true
}

// Put keeps a note.
func (n *Notes) Put(key string, data []byte) {
	n.notes[key] = &note{Data: data}
}

// Save writes the notes, the oldest left out. A disk without room is no fault: they are not kept.
func (n *Notes) Save() {
	if len(n.notes) == 0 {
		return
	}
	keys := make([]string, 0, len(n.notes))
	for key := range n.notes {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(n.notes[a].Age, n.notes[b].Age), cmp.Compare(a, b)) })
	kept, bytes := map[string]*note{}, 0
	for _, key := range keys {
		of := n.notes[key]
		if bytes += len(of.Data); bytes > min(maxNotes, int(n.store.limit)) || of.Age > maxAge {
			break
		}
		kept[key] = of
	}
	if err := n.store.writeSealed(n.name, kept); err != nil {
		slog.Warn("notes could not be kept for the next run", "name", n.name, "why", err)
	}
}
