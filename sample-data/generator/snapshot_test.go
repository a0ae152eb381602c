package generator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestSnapshot: a snapshot holds what the monthly deliveries come to: the last state of every line, and no line that came in
// after its day.
func TestSnapshot(t *testing.T) {
	opt := Options{Households: 1200, Months: 36, Seed: 19}
	const known = "2026-02-16"
	tables, err := Snapshot(opt, known)
	if err != nil {
		t.Fatal(err)
	}
	dir := small(t, opt)
	for _, c := range []struct{ kind, key, received string }{
		{"wmo_declaratie", "referentie_nummer", "dagtekening"},
		{"jeugd_declaratie", "referentie_nummer", "dagtekening"},
		{"participatie_uitkering", "persoon_ps jaarmaand registratienummer statistiekcode cluster_bijz_bijstand", ""},
		{"huishouden", "persoon_ps begindatum", ""},
		{"wmo_toewijzing", "toewijzing_nummer toewijzing_datum", ""},
		{"jeugd_toewijzing", "toewijzing_nummer toewijzing_datum", ""},
		{"zvw_verzekerde", "persoon_ps begindatum", ""},
		{"wonen_signaal", "persoon_ps datum soort", ""},
		{"schuldhulp_traject", "persoon_ps traject_id", ""},
	} {
		table := tables[slices.IndexFunc(tables, func(x Table) bool { return x.Kind == c.kind })]
		state := func(row map[string]string) (key, text string) {
			for _, column := range strings.Fields(c.key) {
				key += row[column] + " "
			}
			delete(row, "bestand")
			return key, fmt.Sprint(row)
		}
		want := map[string]string{}
		for _, r := range readKind(t, dir, c.kind) {
			if c.received != "" && r[c.received] > known {
				continue
			}
			key, text := state(r)
			want[key] = text
		}
		got := map[string]string{}
		for _, cells := range table.Rows {
			r := map[string]string{}
			for i, column := range table.Columns {
				r[column] = cells[i]
			}
			key, text := state(r)
			if _, twice := got[key]; twice {
				t.Fatalf("%s: a line is there twice", c.kind)
			}
			got[key] = text
		}
		if !maps.Equal(got, want) || len(got) < 10 {
			t.Errorf("%s: %d lines in the snapshot, %d in the deliveries, or others", c.kind, len(got), len(want))
		}
	}
	if _, err := Snapshot(opt, "2025-12-31"); err == nil {
		t.Error("a snapshot of the last day of the period is made")
	}
}
