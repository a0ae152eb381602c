package inbox

import (
	"testing"
	"time"

	"stapel/pipeline/ingest"
)

// TestOrder: deliveries are in order of when they were made, their id and their file, those without a note first; of the same bytes the oldest
// is read (rules 8, 45).
func TestOrder(t *testing.T) {
	at := func(name, sha, when, id string) *Delivery {
		d := &Delivery{Kind: "wonen_signaal", Name: name, Sha256: sha, Status: Accepted}
		if when != "" {
			made, err := time.Parse(time.DateOnly, when)
			if err != nil {
				t.Fatal(err)
			}
			d.Note = &ingest.Note{Aangemaakt: &made, LeveringID: id}
		}
		return d
	}
	list := []*Delivery{at("c", "1", "2025-03-01", "b"), at("a", "22", "2025-03-01", "a"), at("b", "333", "2025-01-01", "z"), at("z", "4444", "", ""),
		at("later", "333", "2025-06-01", "y")}
	Order(list)
	for i, want := range []int64{4, 3, 2, 1, 5} {
		if list[i].Order != want {
			t.Errorf("%s has place %d, want %d", list[i].Name, list[i].Order, want)
		}
	}
	for i, want := range []int64{2, 2, 1, 0, 3} {
		if list[i].Moment != want {
			t.Errorf("%s was made at moment %d, want %d", list[i].Name, list[i].Moment, want)
		}
	}
	markDuplicates(list)
	for i, want := range []string{Accepted, Accepted, Accepted, Accepted, Duplicate} {
		if list[i].Status != want {
			t.Errorf("%s is %s, want %s", list[i].Name, list[i].Status, want)
		}
	}
}
