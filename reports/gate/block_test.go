package gate_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/reports/gate"
)

// shelf keeps what is found, and counts.
type shelf struct {
	found       map[string][]byte
	taken, made int
}

func (s *shelf) Take(key string) ([]byte, bool) {
	data, ok := s.found[key]
	if ok {
		s.taken++
	}
	return data, ok
}

func (s *shelf) Put(key string, found []byte) {
	if s.found == nil {
		s.found = map[string][]byte{}
	}
	s.found[key] = found
	s.made++
}

// said is a result without how long it took.
func said(t tester, r *gate.Result) string {
	for i := range r.Records {
		r.Records[i].Seconds = 0
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestKept: a release that uses what earlier ones found says what one says that finds everything itself, after any change of a table.
func TestKept(t *testing.T) {
	draws(t, "6")
	taken, made := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		in := gate.Input{Rules: drawRules(t), Key: key}
		for k := range 3 { // of other people: a block each
			tb := leafTable(t, "", flat("rij", rapid.IntRange(2, 3).Draw(t, "rows")), flat("kolom", 3))
			tb.Name, tb.Population = fmt.Sprint("tabel ", k), fmt.Sprint("mensen ", k)
			in.Tables = append(in.Tables, tb)
		}
		keep := &shelf{}
		for step := range 3 {
			if step == 2 {
				next := leafTable(t, "", in.Tables[1].Dims...)
				next.Name, next.Population = in.Tables[1].Name, in.Tables[1].Population
				in.Tables = slices.Clone(in.Tables)
				in.Tables[1] = next
			}
			want, err := gate.Release(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			with := in
			with.Options.Keep = keep
			before := *keep
			got, err := gate.Release(t.Context(), with)
			if err != nil {
				t.Fatal(err)
			}
			if a, b := said(t, want), said(t, got); a != b {
				t.Fatalf("step %d: with what was kept\n%s\nwithout\n%s", step, b, a)
			}
			if step == 1 && keep.made != before.made {
				t.Fatalf("nothing changed, and %d blocks were searched", keep.made-before.made)
			}
		}
		taken, made = taken+keep.taken, made+keep.made
	})
	if taken < made {
		t.Errorf("%d blocks found, %d taken over: too few to say anything", made, taken)
	}
}

// TestKeptLies: what is kept is not believed. Whatever it says, nothing is published that is not proven.
func TestKeptLies(t *testing.T) {
	in := gate.Input{Rules: rules(false), Key: key, Tables: countryside(2, 5, 1, 3)}
	honest := &shelf{}
	in.Options.Keep = honest
	want, err := gate.Release(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(honest.found) == 0 {
		t.Fatal("nothing was kept")
	}
	lies := map[string]func(of []byte) []byte{
		"no JSON":           func([]byte) []byte { return []byte("{") },
		"of no goal":        func([]byte) []byte { return []byte(`{"doelen":[]}`) },
		"nothing is hidden": func(of []byte) []byte { return without(t, of, "verborgen") },
		"one more moves": func(of []byte) []byte {
			return []byte(strings.NewReplacer(`"cellen":[`, `"cellen":[0,`, `"verschil":[`, `"verschil":[7,`).Replace(string(of)))
		},
		"no such cell": func(of []byte) []byte {
			return []byte(strings.ReplaceAll(string(of), `"cellen":[`, `"cellen":[9999999,`))
		},
		"they move further": func(of []byte) []byte {
			return []byte(strings.ReplaceAll(string(of), `"verschil":[`, `"verschil":[100`))
		},
		"all was given away before": func(of []byte) []byte {
			return []byte(strings.NewReplacer(`"getuigen":`, `"al_openbaar":[0,1,2],"getuigen":`, `"verschil":[`, `"verschil":[9,`).Replace(string(of)))
		},
		"no such witness": func(of []byte) []byte {
			return []byte(strings.ReplaceAll(string(of), `"doelen":[[`, `"doelen":[[77777`))
		},
		"witnesses are gone": func(of []byte) []byte { return without(t, of, "getuigen") },
	}
	for _, name := range slices.Sorted(maps.Keys(lies)) {
		t.Run(name, func(t *testing.T) {
			liar := &shelf{found: map[string][]byte{}}
			changed := false
			for key, of := range honest.found {
				liar.found[key] = lies[name](of)
				changed = changed || string(liar.found[key]) != string(of)
			}
			if !changed {
				t.Fatal("it is no lie")
			}
			in.Options.Keep = liar
			got, err := gate.Release(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			if said(t, got) != said(t, want) {
				t.Error("another release")
			}
		})
	}
}

func without(t *testing.T, of []byte, field string) []byte {
	t.Helper()
	var m map[string]json.RawMessage
	if err := json.Unmarshal(of, &m); err != nil {
		t.Fatal(err)
	}
	delete(m, field)
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
