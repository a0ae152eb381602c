package costs

import (
	"bytes"
	"strings"

	"stapel/pipeline/reference/lines"
)

// Situations counts the situations that a world has, by name: what the random worlds have to contain to be worth running.
func (w *Reference) Situations() map[string]int {
	n := map[string]int{}
	count := func(name string, yes bool) {
		if yes {
			n[name]++
		}
	}
	for _, p := range w.Persons {
		if p.Fact == nil {
			continue
		}
		minor := w.Minor(p)
		reason := p.Fact.Line.Get("reden_einde")
		count("attached from an institution", p.Attached && p.Institutional())
		count("attached without a spell", p.Attached && !p.Now)
		count("attached from a household without parents", p.Attached && p.Now && !p.Institutional())
		count("minor who died or emigrated", minor && !p.Now && (reason == "overleden" || reason == "buitenland"))
		count("minor alone in an institution", minor && p.Institutional() && !p.Attached)
		count("attached to a parent in an institution", p.Attached && p.House.Members != nil && w.Head(p.House).Institutional())
		count("attached by an older line that names the parents", p.Attached && p.Fact.Line.Get("ouder1_ps")+p.Fact.Line.Get("ouder2_ps") == "")
		count("no household", p.House == nil)
		for i, v := range p.Spells {
			count("cut spell", v.Cut)
			count("moved within a month", i > 0 && v.From.Month(0) == p.Spells[i-1].To.Month(0))
			count("spell after P", v.From > w.P)
		}
		if minor && p.Now && !p.Attached && !p.Institutional() {
			for _, q := range p.House.Members {
				count("minor with a parent under 18 at home", w.Minor(q) && w.PersonID(p.Fact.Line.Get("ouder1_ps")) == q.ID)
			}
		}
	}
	for _, h := range w.Houses {
		count("excluded household", h.Hidden)
		count("negative total", w.Sum(h, 0) < 0)
		count("total of 0 or no cost", w.Sum(h, 0) == 0)
		count("at or above the threshold", w.Sum(h, 0) >= w.Config.Selection.ThresholdEur*100)
		count("in an institution", w.Head(h).Institutional())
		count("priced only", w.Spent(h).Priced["schuldhulp"] > 0 && w.Sum(h, 0) == 0)
		if !h.Hidden {
			count("zvw_gedekt "+w.ZvwCovered(h), true)
			for _, r := range w.WhyNot(h) {
				count("not because of "+r, true)
			}
			count("eligible", len(w.WhyNot(h)) == 0)
			count("provisions", w.Provisions(h) > 1)
			count("field report", w.Reported(h))
		}
	}
	for _, k := range w.costs {
		id, _ := w.houseOf(k)
		count("cost of somebody unknown", id == "onbekend" && k.days[0] > 0)
		count("credit over two windows", k.ct < 0 && k.part[0] != 0 && k.part[1] != 0)
		count("odd cents over two", !k.first && k.ct%2 != 0)
		count("line over a leap day", k.from <= lines.On(2024, 2, 29) && k.to > lines.On(2024, 2, 29))
		count("partly outside the windows", k.outside != 0 && k.part[0]+k.part[1]+k.part[2] != 0)
		count("granted another amount", k.line.Get("toegekend_ct") != "" && k.days[0] > 0)
		count("pgb paid back", k.line.Kind == "pgb_uitputting" && k.ct < 0)
		count("traject of more than one", k.line.Kind == "schuldhulp_traject" && !k.first)
	}
	for _, r := range w.All {
		count(r.Fate, true)
		if r.Fate == "geaccepteerd" {
			count(r.Use+r.Why, true)
		}
	}
	for _, r := range w.findings().Rows {
		count(r["regel_code"].(string), true)
	}
	for _, p := range w.Plans() {
		count("plan "+p.Status, true)
		count("approvals "+p.Standing, true)
	}
	for _, r := range w.coverage().Rows {
		count("coverage "+r["gedekt"].(string), true)
	}
	for _, h := range w.Houses {
		count("andere_gemeente", h.Elsewhere && !h.Hidden)
		count("zvw negative total", w.Sum(h, 0) <= 0 && w.Spent(h).Declared[0]["zvw"] > 0)
	}
	for _, k := range w.Links {
		count("koppelgraad "+k.Verdict, true)
		count("another key, all of a kind", k.Verdict == "geen" && k.Persons > 2 && k.Gemeente == "alle")
	}
	for _, l := range w.Deliveries {
		count("ceiling date", bytes.Contains(l.Data, []byte(";9999-12-31;")))
		count("last day not known", bytes.Contains(l.Data, []byte("-00-00;")))
		count("month of birth not known", bytes.Contains(l.Data, []byte(";00;")))
		count("a file made at a time of day", l.Note != nil && strings.Contains(l.Note.Made, "T00:30"))
	}
	for _, r := range w.All {
		count("period that can't be", r.Fate == "quarantaine" && r.Impossible)
	}
	for _, law := range []string{"wmo", "jeugd"} {
		for _, lines := range group(w.ByKind[law+"_toewijzing"], byAllocation) {
			newest, equal := w.newestAllocation(lines)
			for _, r := range lines {
				count("time of day decides", !equal && r.Delivery == newest.Delivery && r.Nr > newest.Nr &&
					r.Get("toewijzing_datum") == newest.Get("toewijzing_datum"))
			}
		}
	}
	for _, u := range w.benefits() {
		n := 0
		for _, lines := range u.counts {
			n += len(lines)
		}
		count("one benefit in two deliveries", u.equal && n < len(u.list))
	}
	count("identical lines", len(w.repeated()) > 0)
	count("two or more gemeenten", len(w.Gemeenten) > 1)
	count("P before the last day covered", len(w.Gemeenten) > 0 && w.P < w.Open("huishouden", w.Gemeenten[0])-1)
	return n
}
