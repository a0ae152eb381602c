package sampledata

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"stapel/config"
)

// TestSuppliers holds that the set has none of what stops a run, or makes a feed cover nobody (rules 61-71): every kind links
// to huishouden, in all gemeenten and in each; no note covers a day after it was made; no kind has two suppliers; no claim is too
// long, after the day its delivery was made, or outside a life. One drawn claim equals another: it is found, and counts.
func TestSuppliers(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o := readOracle(t)
	for kind, notes := range o.notes {
		c := cfg.Contracts[kind]
		for _, a := range notes {
			if a.To > a.Made {
				t.Errorf("%s: covers days after it was made", a.Levering)
			}
			for _, b := range notes {
				if a == b || a.From > b.To || b.From > a.To || !slices.ContainsFunc(a.Gemeenten, func(g string) bool { return slices.Contains(b.Gemeenten, g) }) {
					continue
				}
				if c.Suppliers == config.SuppliersOne && a.Supplier != b.Supplier {
					t.Errorf("%s and %s: two suppliers", a.Levering, b.Levering)
				}
				if c.Replaces == config.ReplacesNone && c.Period != nil && len(c.Reference) == 0 && a.Sha256 != b.Sha256 {
					t.Errorf("%s and %s cover the same days", a.Levering, b.Levering)
				}
			}
		}
	}
	home := map[string]bool{}
	for _, l := range o.lines {
		if l.kind == "huishouden" && l.fate == "geaccepteerd" {
			home[l.row["persoon_ps"]] = true
		}
	}
	type link struct{ kind, gemeente string }
	all, linked := map[link]map[string]bool{}, map[link]int{}
	seen, twice := map[string]bool{}, map[string]int64{}
	for _, l := range o.lines {
		c := cfg.Contracts[l.kind]
		ps := l.row["persoon_ps"]
		if l.fate != "geaccepteerd" || l.kind == "huishouden" {
			continue
		}
		from, to := day(0), day(0)
		if c.Period != nil {
			from, to = l.span()
		}
		if ps != "" && from < d("2026-01-01") && to > d("2023-01-01") {
			for _, at := range []link{{l.kind, ""}, {l.kind, l.row["gemeentecode"]}} {
				if all[at] == nil {
					all[at] = map[string]bool{}
				}
				if !all[at][ps] && home[ps] {
					linked[at]++
				}
				all[at][ps] = true
			}
		}
		if c.Money == nil || c.Period == nil {
			continue
		}
		if c.Period.MaxDays > 0 && int(to-from) > c.Period.MaxDays || to-1 > d(l.note.Made) {
			t.Errorf("%s line %d: too long, or after the delivery was made", l.file, l.number)
		}
		if who := o.all[ps]; who != nil {
			last := who.spells[len(who.spells)-1]
			if from < who.born || last.line.row["reden_einde"] == "overleden" && to > last.to+31 {
				t.Errorf("%s line %d: outside a life", l.file, l.number)
			}
		}
		if len(c.Reference) == 0 {
			cells := []string{l.kind}
			for _, column := range columns[l.kind] {
				cells = append(cells, l.row[column])
			}
			key := strings.Join(cells, ";")
			if seen[key] {
				ct, _ := l.cents()
				twice[l.file] += ct
			}
			seen[key] = true
		}
	}
	for at, people := range all {
		if share := cfg.Contracts[at.kind].LinkShare(); float64(linked[at]) < share*float64(len(people)) {
			t.Errorf("%s %s: %d of %d persons have a stay", at.kind, at.gemeente, linked[at], len(people))
		}
	}
	if want := map[string]int64{"zvw_declaratie/synthetisch-zvw_declaratie.csv.gz": 30218}; !maps.Equal(twice, want) {
		t.Errorf("cents in claims that are there twice: %v, want %v", twice, want)
	}
	if len(all) < 30 {
		t.Errorf("only %d feeds have persons", len(all))
	}
}
