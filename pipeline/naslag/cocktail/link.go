package cocktail

import (
	"slices"
	"strings"
)

// link finds the kinds whose persons can't be told: of too few of those in lines of T0 to T2 huishouden has a spell, over all or in a
// gemeente of the run (rules 63). Of fewer than twenty persons only none at all says something.
func (w *world) link() {
	lives := map[string]bool{}
	for _, l := range w.lines["huishouden"] {
		lives[l.ps("persoon_ps")] = true
	}
	begin := on(w.to.time().Year()-3, int(w.to.time().Month()), 1) // of T2
	for kind, list := range w.lines {
		if kind == "huishouden" {
			continue
		}
		least := 90 // of a hundred
		if in(kind, "zvw_declaratie zvw_verzekerde schuldhulp_signaal uitsluiting") {
			least = 50
		}
		groups := map[string]map[string]bool{}
		for _, l := range list {
			if l.from >= w.to || l.to <= begin || l.gemeente != "" && !slices.Contains(w.towns, l.gemeente) {
				continue
			}
			units := []string{"", l.gemeente}
			if l.gemeente == "" { // nothing says whom a file that does not link is about
				units[1] = l.file
			}
			for _, town := range units {
				if groups[town] == nil {
					groups[town] = map[string]bool{}
				}
				groups[town][l.ps("persoon_ps")] = true
			}
		}
		for town, persons := range groups {
			known := 0
			for ps := range persons {
				if lives[ps] {
					known++
				}
			}
			file := strings.Contains(town, "/")
			blind := known == 0 && (!file || len(persons) >= 20) || len(persons) >= 20 && 100*known < least*len(persons)
			if file {
				town = ""
			}
			at := [2]string{kind, town}
			w.blind[at] = w.blind[at] || blind
		}
	}
}
