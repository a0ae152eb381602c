package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// slowCell is a place in a run-off triangle: month of the care, month received, as JJJJ-MM.
type slowCell struct{ group, month, received string }

// slowSum is what came in there, in eurocents, and the number of parts of debit lines.
type slowSum struct{ debit, credit, lines int64 }

// slowTriangles reads the extracts of declarations and spreads every line over its days, one at a time: the obvious way to a
// run-off triangle. Lines on an allocation that was withdrawn don't count.
func slowTriangles(t *testing.T, data, kind string) map[slowCell]slowSum {
	t.Helper()
	c := map[string]struct{ group, from, to, received, grants string }{
		"wmo_declaratie":   {"product_categorie", "product_begin", "product_eind", "dagtekening", "wmo_toewijzing"},
		"jeugd_declaratie": {"product_categorie", "product_begin", "product_eind", "dagtekening", "jeugd_toewijzing"},
		"zvw_declaratie":   {"zorgsoort", "begindatum", "einddatum", "declaratiedatum", ""},
	}[kind]
	out, gone := map[slowCell]slowSum{}, map[string]bool{}
	if c.grants != "" {
		eachLine(t, data, c.grants, func(cell func(string) string) {
			if cell("reden_wijziging") == "13" {
				gone[cell("gemeentecode")+cell("toewijzing_nummer")] = true
			}
		})
	}
	eachLine(t, data, kind, func(cell func(string) string) {
		if c.grants != "" && gone[cell("gemeentecode")+cell("toewijzing_nummer")] {
			return
		}
		ct := number(t, cell("bedrag_ct"))
		if c.grants != "" && cell("toegekend_ct") != "" {
			ct = number(t, cell("toegekend_ct"))
		}
		from, to := date(t, cell(c.from)), date(t, cell(c.to)).AddDate(0, 0, 1)
		length := int64(to.Sub(from).Hours() / 24)
		parts := map[string]int64{}
		for n := range length {
			parts[from.AddDate(0, 0, int(n)).Format("2006-01")] += ct*(n+1)/length - ct*n/length
		}
		for month, part := range parts {
			at := slowCell{cell(c.group), month, cell(c.received)[:7]}
			s := out[at]
			if cell("debet_credit") == "C" {
				s.credit += part
			} else {
				s.debit, s.lines = s.debit+part, s.lines+1
			}
			out[at] = s
		}
	})
	return out
}

// eachLine calls f for every line of the extracts of a kind, oldest first, with its cells by column.
func eachLine(t *testing.T, data, kind string, f func(cell func(string) string)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(data, "inbox", kind, "*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no files (%v)", kind, err)
	}
	slices.Sort(names)
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(file)
		r.Comma = ';'
		lines, err := r.ReadAll()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		column := map[string]int{}
		for i, c := range lines[0] {
			column[c] = i
		}
		for _, line := range lines[1:] {
			f(func(c string) string { return line[column[c]] })
		}
	}
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
