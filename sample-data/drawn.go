package sampledata

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"stapel/sample-data/generator"
)

// The households that are not made by hand: a region of the generator behind `stapel generate`, as it is known on the day
// the files were made.
const (
	drawnHouseholds = 1440
	drawnSeed       = 39
)

// drawnKinds are the kinds they are in: those of the hand-made households, but for the plans, whose sums are printed ones.
var drawnKinds = []string{"huishouden", "wmo_toewijzing", "jeugd_toewijzing", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering",
	"schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie", "zvw_verzekerde", "wonen_signaal", "veldmelding", "uitsluiting"}

// draw adds the drawn households.
func (s *set) draw() {
	tables, err := generator.Snapshot(generator.Options{Households: drawnHouseholds, Months: 36, Seed: drawnSeed}, made.String())
	if err != nil {
		panic(fmt.Sprint("sample data: ", err)) // the options are constants
	}
	first := map[string]int{}
	for _, t := range tables {
		if !slices.Contains(drawnKinds, t.Kind) {
			continue
		}
		first[t.Kind] = len(s.rows[t.Kind])
		for _, cells := range t.Rows {
			r := row{}
			for i, name := range t.Columns {
				r[name] = cells[i]
			}
			s.add(t.Kind, r)
		}
	}
	s.choose(first)
}

// choose lists parents for the plans: of the drawn households with a child at home on the peildatum, who have lived there
// since before 2024, every fourth one by cost of 2023, the year before the first aanmelding, the costliest first. So three times as many families
// that cost as much have no plan.
func (s *set) choose(first map[string]int) {
	cost := map[string]int{}
	for _, kind := range []string{"wmo_declaratie", "jeugd_declaratie", "zvw_declaratie"} {
		begin := "product_begin"
		if kind == "zvw_declaratie" {
			begin = "begindatum"
		}
		for _, r := range s.rows[kind][first[kind]:] {
			ct, _ := strconv.Atoi(r["bedrag_ct"])
			if r["debet_credit"] == "C" {
				ct = -ct
			}
			if strings.HasPrefix(r[begin], "2023") {
				cost[r["persoon_ps"]] += ct
			}
		}
	}
	type family struct {
		parent *person
		kids   int
		ct     int
	}
	families := map[string]*family{}
	var order []*family
	for _, r := range s.rows["huishouden"][first["huishouden"]:] {
		if r["einddatum"] != "" || r["begindatum"] >= "2024" && r["plhh"] != "1" || r["typhh"] != "5" && r["typhh"] != "6" {
			continue
		}
		f := families[r["huishouden_ps"]]
		if f == nil {
			f = &family{}
			families[r["huishouden_ps"]] = f
			order = append(order, f)
		}
		f.ct += cost[r["persoon_ps"]]
		switch {
		case r["plhh"] == "1" && r["geboortejaar"] > "2008":
			f.kids++
		case r["plhh"] != "1" && f.parent == nil:
			f.parent = &person{s: s, ps: r["persoon_ps"], gemeente: r["gemeentecode"]}
		}
	}
	slices.SortStableFunc(order, func(a, b *family) int { return cmp.Compare(b.ct, a.ct) })
	for i, f := range slices.DeleteFunc(order, func(f *family) bool { return f.kids == 0 || f.parent == nil }) {
		if i%4 == 1 {
			s.chosen = append(s.chosen, f.parent)
		}
	}
}
