package sampledata

import (
	"maps"
	"slices"
	"testing"

	"stapel/config"
)

// TestSuppliers holds that the set has none of what stops a run, or makes a feed cover nobody (rules 61-71): every kind links
// to huishouden, in all gemeenten and in each; no note covers a day after it was made; no kind has two suppliers; no claim is too
// long, after the day its delivery was made, or outside a life. One drawn claim equals another: it is found, and counts.
func TestSuppliers(t *testing.T) {
	r := readReference(t)
	for _, d := range r.Deliveries {
		c, a := r.Config.Contracts[d.Kind], d.Note
		if a.To > a.Made {
			t.Errorf("%s: covers days after it was made", d.File)
		}
		for _, e := range r.Deliveries {
			b := e.Note
			if d == e || d.Kind != e.Kind || a.From > b.To || b.From > a.To ||
				!slices.ContainsFunc(a.Gemeenten, func(g string) bool { return slices.Contains(b.Gemeenten, g) }) {
				continue
			}
			if c.Suppliers == config.SuppliersOne && a.Supplier != b.Supplier {
				t.Errorf("%s and %s: two suppliers", d.File, e.File)
			}
			if c.Replaces == config.ReplacesNone && c.Period != nil && len(c.Reference) == 0 && d.First != e.First {
				t.Errorf("%s and %s cover the same days", d.File, e.File)
			}
		}
	}
	kinds := map[string]bool{}
	for _, k := range r.Links {
		kinds[k.Kind+" "+k.Gemeente] = kinds[k.Kind+" "+k.Gemeente] || k.File == "alle"
		if share := r.Config.Contracts[k.Kind].LinkShare(); k.Kind != "huishouden" && k.File == "alle" && float64(k.Linked) < share*float64(k.Persons) {
			t.Errorf("%s %s: %d of %d persons have a stay", k.Kind, k.Gemeente, k.Linked, k.Persons)
		}
	}
	if len(kinds) < 30 {
		t.Errorf("only %d feeds have persons", len(kinds))
	}
	if stops := r.Stops(); len(stops) > 0 {
		t.Errorf("a run would publish nothing: %v", stops)
	}
	twice := map[string]any{}
	for _, table := range r.Marts() {
		for _, row := range table.Rows {
			if table.Name != "bevinding" {
				continue
			}
			switch code := row["regel_code"]; code {
			case "periode_onwaarschijnlijk", "voor_geboorte", "na_overlijden", "twee_leveranciers", "overlap_verschilt":
				t.Errorf("%s: %s", row["sleutel"], code)
			case "regel_gelijk":
				twice[row["sleutel"].(string)] = row["bedrag_ct"]
			}
		}
	}
	if want := map[string]any{"zvw_declaratie/synthetisch-zvw_declaratie.csv.gz": int64(30218)}; !maps.Equal(twice, want) {
		t.Errorf("cents in claims that are there twice: %v, want %v", twice, want)
	}
}
