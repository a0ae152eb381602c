package naslag

import "strings"

// onwaarschijnlijk finds what can't well be: costs over too long or after the delivery was made (rules 66), outside the life of the
// person (rules 67), and households and persons that are too many for one.
func (w *Wereld) onwaarschijnlijk(bij vinder) {
	for soort, regels := range w.perSoort {
		if !kostsoort(w.cfg.Contracts[soort]) {
			continue
		}
		for _, r := range regels {
			if w.langOfLaat(r) {
				bij(r, "periode_onwaarschijnlijk")
			}
			if w.voorGeboorte(r) {
				bij(r, "voor_geboorte")
			}
			if w.naOverlijden(r) {
				bij(r, "na_overlijden")
			}
		}
	}
	for _, h := range w.huizen {
		if !h.weg() && !w.hoofd(h).instelling() && len(h.leden) > w.cfg.Settings.Limits.MaxHouseholdPersons {
			bij(h.leden[0].feit.regel, "huishouden_te_groot")
		}
	}
	for _, regels := range groepen(w.perSoort["huishouden"], van("persoon_ps")) {
		adressen, eerste := map[int]map[string]bool{}, map[int]*regel{}
		for _, r := range regels {
			begin, _ := r.dag("begindatum")
			jaar, huis := begin.tijd().Year(), strings.ToLower(r.cel["huishouden_ps"])
			if r.cel["typhh"] == "8" {
				huis = "alleen"
			}
			if adressen[jaar] == nil {
				adressen[jaar] = map[string]bool{}
			}
			adressen[jaar][begin.String()+" "+huis] = true // the same spell delivered again is one address
			vroegste := eerste[jaar]
			if vroegste != nil {
				vroeger, _ := vroegste.dag("begindatum")
				if begin > vroeger || begin == vroeger && ouderNieuwer(r, vroegste) > 0 {
					continue
				}
			}
			eerste[jaar] = r
		}
		for jaar, n := range adressen {
			if len(n) > w.cfg.Settings.Limits.MaxSpellsAYear {
				bij(eerste[jaar], "verblijven_te_veel")
			}
		}
	}
	for _, regels := range groepen(w.perSoort["huishouden"], van("persoon_ps")) {
		jaren := map[string]bool{}
		for _, r := range regels {
			jaren[r.cel["geboortejaar"]] = true
		}
		if len(jaren) > 1 {
			bij(regels[len(regels)-1], "geboortejaar_verschilt")
		}
	}
}

// langOfLaat is whether a cost line is over more days than its contract thinks likely, or ends after the delivery was made.
func (w *Wereld) langOfLaat(r *regel) bool {
	van, tot, ok := w.periode(r)
	if !ok {
		return false
	}
	langst := w.cfg.Contracts[r.soort].Period.MaxDays
	gemaakt, bekend := r.levering.nieuwsteBrief().dag()
	return langst > 0 && int(tot-van) > langst || bekend && tot-1 > gemaakt
}

// voorGeboorte is whether a cost line has a day before the birthday of its person.
func (w *Wereld) voorGeboorte(r *regel) bool {
	p := w.personen[w.PersoonID(r.cel["persoon_ps"])]
	van, _, ok := w.periode(r)
	return ok && p != nil && p.feit != nil && van < p.geboren(0)
}

// naOverlijden is whether a cost line has a day more than 31 days after its person died, as the newest spell says.
func (w *Wereld) naOverlijden(r *regel) bool {
	p := w.personen[w.PersoonID(r.cel["persoon_ps"])]
	_, tot, ok := w.periode(r)
	if !ok || p == nil {
		return false
	}
	laatste := p.verblijven[len(p.verblijven)-1].regel
	dood, dicht := laatste.dag("einddatum")
	return laatste.cel["reden_einde"] == "overleden" && dicht && tot-1 > dood+31
}
