package effect_test

import (
	"maps"
	"os"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

// book is notes that count.
type book struct {
	notes map[string][]byte
	puts  int
}

func (b *book) Take(key string) ([]byte, bool) {
	data, ok := b.notes[key]
	return data, ok
}

func (b *book) Put(key string, data []byte) {
	b.notes[key] = data
	b.puts++
}

// told is all that a study says of cost.
func told(s *effect.Study, notes effect.Notes) []any {
	s.Notes = notes
	whole := []effect.Part{{Domain: effect.All, Payer: effect.All, Series: s.Series}, {Domain: "zvw", Payer: effect.All, Series: s.Series}}
	return []any{s.Analyse().Rows, s.Parts(whole, effect.Started), s.Around(effect.FromData), s.Around(effect.AllOrigin)}
}

// change is something that becomes other in a world, with two numbers that say where.
type change struct{ what, where, when int }

// changes draws a world and what becomes of it.
var changes = rapid.Custom(func(t *rapid.T) (c struct {
	treated   int
	selection world.Selection
	seed      string
	list      []change
}) {
	c.treated, c.seed = rapid.IntRange(12, 16).Draw(t, "treated"), rapid.StringMatching("[a-z]{3}").Draw(t, "seed")
	c.selection = rapid.SampledFrom([]world.Selection{world.ByData, world.FieldAcute}).Draw(t, "selection")
	for range rapid.IntRange(1, 3).Draw(t, "n") {
		c.list = append(c.list, change{rapid.IntRange(0, 5).Draw(t, "what"), rapid.IntRange(0, 1<<30).Draw(t, "where"), rapid.IntRange(0, 1<<30).Draw(t, "when")})
	}
	return c
})

func (c change) make(w *world.World, set *effect.Settings) {
	stand := &w.Stands[c.where%len(w.Stands)]
	switch c.what {
	case 0: // a month of cost
		of := w.Series[c.where%len(w.Series)]
		of.Value[c.when%len(of.Value)] += 100_00
	case 1:
		stand.Quarter += 100_00
	case 2:
		stand.Persons++
	case 3:
		set.Seed += "x"
	case 4:
		set.Draws++
	case 5:
		set.Caliper += 0.05
	}
}

// TestNotes: whatever changes, what is told with notes of all that was before is what is told without; the same again computes no part, nor does a change of what no
// part reads; and a note that is broken or of another part is not believed. STAPEL_LANG=1 tries more worlds.
func TestNotes(t *testing.T) {
	worlds := 4
	if os.Getenv("STAPEL_LANG") != "" {
		worlds = 100
	}
	for n := range worlds {
		c := changes.Example(n)
		w := world.New(world.Options{Treated: c.treated, Effect: -10_000, Selection: c.selection, Seed: c.seed}, 1)
		set := effect.Defaults()
		set.Draws, set.BootDraws = 5, 19
		notes := &book{notes: map[string][]byte{}}
		var want []any
		var s *effect.Study
		for k := range len(c.list) + 1 {
			if k > 0 {
				c.list[k-1].make(w, &set)
			}
			var err error
			if s, err = w.Study(set); err != nil {
				t.Fatal(err)
			}
			want = told(s, nil)
			if got := told(s, notes); !reflect.DeepEqual(got, want) {
				t.Fatalf("world %d %+v: notes give other rows", n, c)
			}
			notes.puts = 0
			s.Expected, s.Overhead, s.HasSpent = map[string]float64{s.Sets[0].Plan.Case: 1}, 7, true
			if want = told(s, notes); notes.puts != 0 {
				t.Fatalf("world %d %+v: %d parts were computed again", n, c, notes.puts)
			}
		}
		kept := maps.Clone(notes.notes)
		for _, broken := range []string{"", "{", "{}", "[]", `{"Wanted":5}`} {
			for key := range kept {
				notes.notes[key] = []byte(broken)
			}
			if got := told(s, notes); !reflect.DeepEqual(got, want) {
				t.Fatalf("world %d: a note %q changed a row", n, broken)
			}
		}
	}
}
