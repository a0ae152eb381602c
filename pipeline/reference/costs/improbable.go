package costs

import (
	"strings"

	"stapel/pipeline/reference/lines"
)

// improbable finds what can't well be: costs over too long or after the delivery was made (rules 66), outside the life of the
// person (rules 67), and households and persons that are too many for one.
func (w *Reference) improbable(on finder) {
	for kind, list := range w.ByKind {
		if !lines.CostKind(w.Config.Contracts[kind]) {
			continue
		}
		for _, r := range list {
			if w.longOrLate(r) {
				on(r, "periode_onwaarschijnlijk")
			}
			if w.beforeBirth(r) {
				on(r, "voor_geboorte")
			}
			if w.afterDeath(r) {
				on(r, "na_overlijden")
			}
		}
	}
	for _, h := range w.Houses {
		if !h.Away() && !w.Head(h).Institutional() && len(h.Members) > w.Config.Settings.Limits.MaxHouseholdPersons {
			on(h.Members[0].Fact.Line, "huishouden_te_groot")
		}
	}
	for _, list := range group(w.ByKind["huishouden"], columnsOf("persoon_ps")) {
		addresses, first := map[int]map[string]bool{}, map[int]*lines.Line{}
		for _, r := range list {
			begin, _ := r.Day("begindatum")
			year, house := begin.Time().Year(), strings.ToLower(r.Get("huishouden_ps"))
			if r.Get("typhh") == "8" {
				house = "alleen"
			}
			if addresses[year] == nil {
				addresses[year] = map[string]bool{}
			}
			addresses[year][begin.String()+" "+house] = true // the same spell delivered again is one address
			earliest := first[year]
			if earliest != nil {
				before, _ := earliest.Day("begindatum")
				if begin > before || begin == before && lines.OldToNew(r, earliest) > 0 {
					continue
				}
			}
			first[year] = r
		}
		for year, n := range addresses {
			if len(n) > w.Config.Settings.Limits.MaxSpellsAYear {
				on(first[year], "verblijven_te_veel")
			}
		}
	}
	for _, list := range group(w.ByKind["huishouden"], columnsOf("persoon_ps")) {
		years := map[string]bool{}
		for _, r := range list {
			years[r.Get("geboortejaar")] = true
		}
		if len(years) > 1 {
			on(list[len(list)-1], "geboortejaar_verschilt")
		}
	}
}

// longOrLate is whether a cost line is over more days than its contract thinks likely, or ends after the delivery was made.
func (w *Reference) longOrLate(r *lines.Line) bool {
	if !r.Period {
		return false
	}
	longest := w.Config.Contracts[r.Kind].Period.MaxDays
	made, known := r.Delivery.MadeOn()
	return longest > 0 && int(r.To-r.From) > longest || known && r.To-1 > made
}

// beforeBirth is whether a cost line has a day before the birthday of its person.
func (w *Reference) beforeBirth(r *lines.Line) bool {
	p := w.Of(r.Get("persoon_ps"))
	return r.Period && p != nil && p.Fact != nil && r.From < p.Born(0)
}

// afterDeath is whether a cost line has a day more than 31 days after its person died, as the newest spell says.
func (w *Reference) afterDeath(r *lines.Line) bool {
	p := w.Of(r.Get("persoon_ps"))
	if !r.Period || p == nil {
		return false
	}
	last := p.Spells[len(p.Spells)-1].Line
	died, closed := last.Day("einddatum")
	return last.Get("reden_einde") == "overleden" && closed && r.To-1 > died+31
}
