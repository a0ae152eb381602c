package sampledata

import (
	"io/fs"
	"slices"
	"sync"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/cocktail"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// reference is what the slow references make of the committed set. verwacht.yaml is compared with it, and with what was computed by hand,
// so that neither can be wrong alone; in package main the same file is compared with a run.
type reference struct {
	*costs.Reference
	episodes map[string][]Episode // by household
}

// theReference reads the set once for all tests.
var theReference = sync.OnceValues(func() (*reference, error) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return nil, err
	}
	w, err := lines.Read(Inbox(), cfg, DemoKey[:])
	if err != nil {
		return nil, err
	}
	p := people.New(w)
	r := &reference{Reference: costs.New(p), episodes: map[string][]Episode{}}
	for _, e := range cocktail.Compute(p).Episodes {
		r.episodes[e.Household] = append(r.episodes[e.Household], Episode{Cocktail: e.Cocktail, From: e.From, To: e.To, Status: e.Status,
			Active: e.Active, Missing: names(e.Missing, "|"), Order: names(e.Order, ">")})
	}
	return r, nil
})

func readReference(t *testing.T) *reference {
	t.Helper()
	r, err := theReference()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// accepted lists the lines of a kind that count, the older ones too.
func (r *reference) accepted() []*lines.Line {
	return slices.DeleteFunc(slices.Clone(r.All), func(l *lines.Line) bool { return l.Fate != "geaccepteerd" })
}

// extractNames lists the extracts of the committed set, without the notes.
func extractNames(t *testing.T) []string {
	t.Helper()
	plain, err1 := fs.Glob(Inbox(), "*/*.csv")
	packed, err2 := fs.Glob(Inbox(), "*/*.csv.gz")
	if err1 != nil || err2 != nil || len(plain)*len(packed) == 0 {
		t.Fatal("no extracts, or none that are packed", err1, err2)
	}
	return slices.Sorted(slices.Values(append(plain, packed...)))
}
