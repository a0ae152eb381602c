package sampledata

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// TestPublishedClaims holds the three claims to the figures as printed: Den Haag, 150 families and 2,5 million (Programma Sociaal Domein, Eenvoudig
// maatwerk); Den Haag with CZ, 136 households and 3 million of care in three years (Binnenlands Bestuur, 22 October 2020); Maastricht, 426.000 by
// 20 analyses (tussenevaluatie 50 gezinnen-aanpak, 3 December 2020), which is what the analyses of its plans here add up to.
func TestPublishedClaims(t *testing.T) {
	want := map[string]row{
		"den-haag-150":  {"aantal_huishoudens": "150", "besparing_eur": "2.500.000,00", "soort": "", "betaler": ""},
		"den-haag-136":  {"aantal_huishoudens": "136", "besparing_eur": "3.000.000,00", "soort": "gerealiseerd", "betaler": "zorgverzekeraar"},
		"maastricht-20": {"aantal_huishoudens": "20", "besparing_eur": "426.000,00", "soort": "verwacht", "betaler": ""},
	}
	saving := map[string]int64{}
	for _, p := range readReference(t).Plans() {
		if p.Saving != nil {
			saving[p.Number] = *p.Saving
		}
	}
	extracts(t, func(kind, name string, rows []row, _ deliveryNote) {
		if kind != "claim" {
			return
		}
		for _, r := range rows {
			for column, text := range want[r["claim_id"]] {
				if r[column] != text {
					t.Errorf("%s: %s is %q, want %q", r["claim_id"], column, r[column], text)
				}
			}
			if want[r["claim_id"]] == nil || !strings.Contains(r["omschrijving"], "Bron: ") {
				t.Errorf("%s: no known claim, or without a source", r["claim_id"])
			}
			delete(want, r["claim_id"])
			if cases := r["casusnummers"]; cases != "" {
				sum := int64(0)
				for _, c := range strings.Split(cases, "|") {
					sum += saving[c]
				}
				if len(strings.Split(cases, "|")) != 20 || len(saving) != 20 || sum != 426_000_00 {
					t.Errorf("%s: its plans expect %d ct", r["claim_id"], sum)
				}
			}
		}
	})
	if len(want) > 0 {
		t.Errorf("not in the set: %v", slices.Collect(maps.Keys(want)))
	}
}

// TestEffectHasSets holds what an estimate of the effect needs: ten plans and more of one herkomst, and some of the other, of families on the first
// day of the month of aanmelding, with twelve whole months of cost before it and six after that of the start up to February 2025, the last month in
// which a run finds the insurer's cost mature; and for all but the costliest ten families without a plan that cost between two thirds and one and a
// half times as much in 2023.
func TestEffectHasSets(t *testing.T) {
	r := readReference(t)
	first := func(text string, plus int) string {
		at := d(text).time()
		return ymd(at.Year(), int(at.Month())+plus, 1).String()
	}
	var free []int64 // families without a plan
	for _, h := range r.Houses {
		if int(r.Adults(h)) < len(h.Members) && !r.InMaatwerk(h) {
			free = append(free, r.Sum(h, 2))
		}
	}
	type stay struct{ house, place, from, to string }
	stays, homes := map[string][]stay{}, map[string][]stay{}
	for _, l := range r.Used("huishouden") {
		x := stay{l.Get("huishouden_ps"), l.Get("plhh"), l.Get("begindatum"), l.Get("einddatum")}
		stays[l.Get("persoon_ps")] = append(stays[l.Get("persoon_ps")], x)
		homes[x.house] = append(homes[x.house], x)
	}
	on := func(list []stay, date string) (out []stay) {
		for _, x := range list {
			if x.from <= date && (x.to == "" || date <= x.to) {
				out = append(out, x)
			}
		}
		return out
	}
	sets, alone := map[string]int{}, 0
	for _, l := range r.Used("maatwerk_plan") {
		begin, start := l.Get("datum_aanmelding"), l.Get("datum_start")
		if start == "" || first(start, 6) > "2025-02-01" || first(begin, -12) < coverFrom.String() {
			continue
		}
		kids := 0
		for _, home := range on(stays[l.Get("persoon_ps")], first(begin, 0)) {
			for _, x := range on(homes[home.house], first(begin, 0)) {
				if x.place == "1" {
					kids++
				}
			}
		}
		h := r.Of(l.Get("persoon_ps")).House
		if kids == 0 || h == nil {
			t.Errorf("%s: no family in %s", l.Get("casusnummer"), first(begin, 0))
			continue
		}
		alike := 0
		for _, ct := range free {
			if 3*ct >= 2*r.Sum(h, 2) && 2*ct <= 3*r.Sum(h, 2) {
				alike++
			}
		}
		if alike < 10 {
			alone++
		}
		sets[l.Get("herkomst")]++
	}
	if sets["data"] < 10 || sets["veld"] < 3 || alone > 1 {
		t.Errorf("plans with months enough: %v; %d have fewer than ten families alike", sets, alone)
	}
}
