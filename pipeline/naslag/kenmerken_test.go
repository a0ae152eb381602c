package naslag

import (
	"bytes"
	"strings"
)

// Kenmerken counts the situations that a world has, by name: what the random worlds have to contain to be worth running.
func (w *Wereld) Kenmerken() map[string]int {
	n := map[string]int{}
	tel := func(naam string, wel bool) {
		if wel {
			n[naam]++
		}
	}
	for _, p := range w.personen {
		if p.feit == nil {
			continue
		}
		minder := w.minderjarig(p)
		reden := p.feit.regel.cel["reden_einde"]
		tel("attached from an institution", p.aangehecht && p.instelling())
		tel("attached without a spell", p.aangehecht && !p.nu)
		tel("attached from a household without parents", p.aangehecht && p.nu && !p.instelling())
		tel("minor who died or emigrated", minder && !p.nu && (reden == "overleden" || reden == "buitenland"))
		tel("minor alone in an institution", minder && p.instelling() && !p.aangehecht)
		tel("attached to a parent in an institution", p.aangehecht && p.huis.leden != nil && w.hoofd(p.huis).instelling())
		tel("attached by an older line that names the parents", p.aangehecht && p.feit.regel.cel["ouder1_ps"]+p.feit.regel.cel["ouder2_ps"] == "")
		tel("no household", p.huis == nil)
		for i, v := range p.verblijven {
			tel("cut spell", v.ingekort)
			tel("moved within a month", i > 0 && v.van.maand(0) == p.verblijven[i-1].tot.maand(0))
			tel("spell after P", v.van > w.P)
		}
		if minder && p.nu && !p.aangehecht && !p.instelling() {
			for _, q := range p.huis.leden {
				tel("minor with a parent under 18 at home", w.minderjarig(q) && w.PersoonID(p.feit.regel.cel["ouder1_ps"]) == q.id)
			}
		}
	}
	for _, h := range w.huizen {
		tel("excluded household", h.verborgen)
		tel("negative total", h.som(0) < 0)
		tel("total of 0 or no cost", h.som(0) == 0)
		tel("at or above the threshold", h.som(0) >= w.cfg.Selection.ThresholdEur*100)
		tel("in an institution", w.hoofd(h).instelling())
		tel("priced only", h.geprijsd["schuldhulp"] > 0 && h.som(0) == 0)
		if !h.verborgen {
			tel("zvw_gedekt "+w.zvwGedekt(h), true)
			for _, r := range w.redenNiet(h) {
				tel("not because of "+r, true)
			}
			tel("eligible", len(w.redenNiet(h)) == 0)
			tel("provisions", w.voorzieningen(h) > 1)
			tel("field report", w.gemeld(h))
		}
	}
	for _, k := range w.kosten {
		id, _ := w.huisVan(k)
		tel("cost of somebody unknown", id == "onbekend" && k.dagen[0] > 0)
		tel("credit over two windows", k.ct < 0 && k.deel[0] != 0 && k.deel[1] != 0)
		tel("odd cents over two", !k.eerste && k.ct%2 != 0)
		tel("line over a leap day", k.van <= datum(2024, 2, 29) && k.tot > datum(2024, 2, 29))
		tel("partly outside the windows", k.buiten != 0 && k.deel[0]+k.deel[1]+k.deel[2] != 0)
		tel("granted another amount", k.regel.cel["toegekend_ct"] != "" && k.dagen[0] > 0)
		tel("pgb paid back", k.regel.soort == "pgb_uitputting" && k.ct < 0)
		tel("traject of more than one", k.regel.soort == "schuldhulp_traject" && !k.eerste)
	}
	for _, r := range w.regels {
		tel(r.lot, true)
		if r.lot == "geaccepteerd" {
			tel(r.gebruik+r.waarom, true)
		}
	}
	for _, r := range w.bevinding().Rijen {
		tel(r["regel_code"].(string), true)
	}
	for _, p := range w.plannen() {
		tel("plan "+p.regel.cel["status"], true)
	}
	for _, r := range w.dekking().Rijen {
		tel("coverage "+r["gedekt"].(string), true)
	}
	for _, h := range w.huizen {
		tel("andere_gemeente", h.elders && !h.verborgen)
		tel("zvw negative total", h.som(0) <= 0 && h.uitgaven[0]["zvw"] > 0)
	}
	for _, k := range w.koppels {
		tel("koppelgraad "+k.oordeel, true)
		tel("another key, all of a kind", k.oordeel == "geen" && k.personen > 2 && k.gemeente == "alle")
	}
	for _, l := range w.leveringen {
		tel("ceiling date", bytes.Contains(l.inhoud, []byte(";9999-12-31;")))
		tel("last day not known", bytes.Contains(l.inhoud, []byte("-00-00;")))
		tel("month of birth not known", bytes.Contains(l.inhoud, []byte(";00;")))
		tel("a file made at a time of day", l.brief != nil && strings.Contains(l.brief.Aangemaakt, "T00:30"))
	}
	for _, r := range w.regels {
		if r.lot == "quarantaine" && kostsoort(w.cfg.Contracts[r.soort]) {
			_, ok := r.dag(w.cfg.Contracts[r.soort].Period.Column)
			tel("period that can't be", ok && !w.periodeMogelijk(r))
		}
	}
	for _, wet := range []string{"wmo", "jeugd"} {
		for _, regels := range groepen(w.perSoort[wet+"_toewijzing"], perToewijzing) {
			nieuwste, gelijk := w.nieuwsteToewijzing(regels)
			for _, r := range regels {
				tel("time of day decides", !gelijk && r.levering == nieuwste.levering && r.nr > nieuwste.nr &&
					r.cel["toewijzing_datum"] == nieuwste.cel["toewijzing_datum"])
			}
		}
	}
	for _, u := range w.uitkeringen() {
		n := 0
		for _, regels := range u.telt {
			n += len(regels)
		}
		tel("one benefit in two deliveries", u.gelijk && n < len(u.regels))
	}
	tel("identical lines", len(w.zelfde()) > 0)
	tel("publication stops", len(w.Ernstig()) > 0)
	tel("two or more gemeenten", len(w.gemeenten) > 1)
	tel("P before the last day covered", len(w.gemeenten) > 0 && w.P < w.openEind("huishouden", w.gemeenten[0])-1)
	return n
}
