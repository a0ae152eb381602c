package costs

import (
	"fmt"
	"maps"
	"slices"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// repeated lists, by delivery, the lines that equal an earlier one of their kind, in whatever delivery, in kinds with money and a
// period where no reference tells lines apart (rules 62). They all count.
func (w *Reference) repeated() map[*lines.Delivery][]*lines.Line {
	out := map[*lines.Delivery][]*lines.Line{}
	for kind, list := range w.ByKind {
		contract := w.Config.Contracts[kind]
		if !lines.CostKind(contract) || len(contract.Reference) > 0 {
			continue
		}
		earlier := map[string]bool{}
		for _, r := range list {
			if earlier[w.Content(r)] {
				out[r.Delivery] = append(out[r.Delivery], r)
			}
			earlier[w.Content(r)] = true
		}
	}
	return out
}

// Stops says what stops publication for rules 61, 62, 63 and 67: the name of the check, and what it finds.
func (w *Reference) Stops() (out []string) {
	for _, r := range w.Differ {
		out = append(out, "overlap_spreekt_tegen: "+r.Place())
	}
	equal, outside, all := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, list := range w.repeated() {
		for _, r := range list {
			equal[r.Kind] += max(w.Ct(r), -w.Ct(r))
		}
	}
	for kind, list := range w.ByKind {
		if !lines.CostKind(w.Config.Contracts[kind]) {
			continue
		}
		for _, r := range list {
			all[kind] += max(w.Ct(r), -w.Ct(r))
			if w.beforeBirth(r) || w.afterDeath(r) {
				outside[kind] += max(w.Ct(r), -w.Ct(r))
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		if float64(equal[kind]) > w.Config.Settings.Limits.MaxIdenticalShare*float64(all[kind]) {
			out = append(out, "regel_vaak_gelijk: "+kind)
		}
		if float64(outside[kind]) > w.Config.Settings.Limits.MaxOutsideLifeShare*float64(all[kind]) {
			out = append(out, "leven_overschreden: "+kind)
		}
	}
	for _, k := range w.Links {
		if k.Verdict == "geen" && k.Persons >= people.Few {
			out = append(out, fmt.Sprintf("koppelt_helemaal_niet: %s %s %s", k.Kind, k.Gemeente, k.File))
		}
	}
	return out
}
