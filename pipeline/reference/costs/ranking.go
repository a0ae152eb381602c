package costs

import (
	"slices"
	"strings"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// ranking is the mart ranglijst, but for the columns cocktails and verwacht_volgend_jaar_ct.
func (w *Reference) ranking() Table {
	t := Table{Name: "ranglijst"}
	order := w.order()
	total, running := int64(0), int64(0)
	for _, h := range order {
		total += w.Sum(h, 0)
	}
	for i, h := range order {
		zvw := w.Spent(h).Declared[0]["zvw"]
		running += w.Sum(h, 0)
		r := Row{"rang": int64(i + 1), "huishouden_id": h.ID,
			"kosten_t0_ct": w.Sum(h, 0), "kosten_t1_ct": w.Sum(h, 1), "kosten_t2_ct": w.Sum(h, 2),
			"kosten_wmo_ct": w.Spent(h).Declared[0]["wmo"], "kosten_jeugd_ct": w.Spent(h).Declared[0]["jeugd"],
			"kosten_participatie_ct": w.Spent(h).Declared[0]["participatie"], "kosten_zvw_ct": zvw,
			"geprijsd_schuldhulp_ct": w.Spent(h).Priced["schuldhulp"], "geprijsd_t0_ct": w.Spent(h).Priced["schuldhulp"],
			"domeinen": w.Domeinen(h), "voorzieningen": w.Provisions(h), "aanbieders": int64(len(w.Spent(h).Providers)),
			"zvw_gedekt": w.ZvwCovered(h), "veldmelding": w.Reported(h), "in_maatwerk": w.InMaatwerk(h)}
		above := int64(0)
		for n := range 3 {
			if w.Sum(h, n) >= w.Config.Selection.ThresholdEur*100 {
				above++
			}
		}
		r["jaren_boven_drempel"] = above
		r["aandeel_zvw"], r["cum_aandeel"] = nil, nil
		if w.Sum(h, 0) > 0 {
			r["aandeel_zvw"] = float64(zvw) / float64(w.Sum(h, 0))
		}
		if total != 0 {
			r["cum_aandeel"] = float64(running) / float64(total)
		}
		reasons := w.WhyNot(h)
		r["reden_niet"], r["in_aanmerking"] = strings.Join(reasons, "|"), len(reasons) == 0
		t.Rows = append(t.Rows, r)
	}
	return t
}

// Domeinen counts those with a net cost above 0 in T0, declared or priced (rules 26).
func (w *Reference) Domeinen(h *people.House) (n int64) {
	for _, d := range []string{"wmo", "jeugd", "participatie", "schuldhulp", "zvw"} {
		if w.Spent(h).Declared[0][d] > 0 || w.Spent(h).Priced[d] > 0 {
			n++
		}
	}
	return n
}

// Provisions counts what runs at P: allocations in their period of care, benefits paid in P's month, open trajects
// (rules 26, 60).
func (w *Reference) Provisions(h *people.House) int64 {
	runs := map[string]bool{}
	for _, law := range []string{"wmo", "jeugd"} {
		for _, r := range w.at[h][law+"_toewijzing"] {
			if from, to := w.care(r); from <= w.P && w.P < to {
				runs[law+byAllocation(r)] = true
			}
		}
	}
	for _, u := range w.benefits() {
		for ps := range u.amount {
			if u.equal && u.month == w.P.Month(0) && u.ct > 0 && w.Lives(h, ps) {
				runs["uitkering"+u.key] = true
			}
		}
	}
	for _, r := range w.at[h]["schuldhulp_traject"] {
		if r.From <= w.P && w.P < r.Until {
			runs["traject"+byTraject(r)] = true
		}
	}
	return int64(len(runs))
}

// care is the period of care of an allocation, half-open (rules 26).
func (w *Reference) care(r *lines.Line) (from, to lines.Day) {
	from, ok := r.Day("begin_levering")
	if !ok {
		from, _ = r.Day("ingangsdatum")
	}
	if last, ok := r.Day("einde_levering"); ok {
		return from, last + 1
	}
	return from, r.Until
}

// ZvwCovered says whether the zvw feed knows the members in T0 (rules 19, 46, 55).
func (w *Reference) ZvwCovered(h *people.House) string {
	if w.Zvw() == "onbekend" {
		return "onbekend"
	}
	covered, months := 0, 0
	for _, p := range h.Members {
		for n := range 12 {
			first := w.P.Month(n - 11)
			if p.Born(0) >= first.Month(1) {
				continue
			}
			months++
			if w.Covers("zvw_declaratie", p, first) {
				covered++
			}
		}
	}
	switch covered {
	case months:
		return "ja"
	case 0:
		return "nee"
	}
	return "deels"
}

// Reported is whether a professional brought a member forward by P (rules 30).
func (w *Reference) Reported(h *people.House) bool {
	return slices.ContainsFunc(w.at[h]["veldmelding"], func(r *lines.Line) bool { return r.From <= w.P })
}

// InMaatwerk is whether a member has a plan, reported by P, that is not afgewezen or ingetrokken (rules 27).
func (w *Reference) InMaatwerk(h *people.House) bool {
	return slices.ContainsFunc(w.at[h]["maatwerk_plan"], func(r *lines.Line) bool {
		on, _ := r.Day("datum_aanmelding")
		return on <= w.P && r.Get("status") != "afgewezen" && r.Get("status") != "ingetrokken"
	})
}

// WhyNot names the rules of eligibility that a household does not meet, in order (rules 27).
func (w *Reference) WhyNot(h *people.House) (out []string) {
	e := w.Config.Selection.Eligibility
	adults := w.Adults(h)
	for _, rule := range []struct {
		name  string
		fails bool
	}{
		{"volwassenen", adults < int64(e.MinAdults)},
		{"kinderen", int64(len(h.Members))-adults < int64(e.MinChildren)},
		{"domeinen", w.Domeinen(h) < int64(e.MinDomains)},
		{"drempel", e.AtThreshold && w.Sum(h, 0) < w.Config.Selection.ThresholdEur*100},
		{"zvw_aandeel", e.MaxZvwPercent > 0 && w.Sum(h, 0) > 0 && w.Spent(h).Declared[0]["zvw"]*100 > w.Sum(h, 0)*int64(e.MaxZvwPercent)},
		{"heeft_plan", e.NoPlan && w.InMaatwerk(h)},
		{"instelling", e.NotInstitutional && w.Head(h).Fact.Line.Get("typhh") == "8"},
	} {
		if rule.fails {
			out = append(out, rule.name)
		}
	}
	return out
}

// concentration is the mart concentratie (rules 29).
func (w *Reference) concentration() Table {
	t := Table{Name: "concentratie"}
	order := w.order()
	n := len(order)
	total, positive, negative := int64(0), int64(0), 0
	for _, h := range order {
		total += w.Sum(h, 0)
		positive += max(w.Sum(h, 0), 0)
		if w.Sum(h, 0) < 0 {
			negative++
		}
	}
	for measure, promille := range map[string]int{"top_0.1": 1, "top_1": 10, "top_5": 50, "top_10": 100} {
		top := 0
		for top*1000 < promille*n {
			top++ // the least whole number at or above promille of n
		}
		ct := int64(0)
		for _, h := range order[:top] {
			ct += w.Sum(h, 0)
		}
		r := Row{"maat": measure, "waarde": nil}
		if total != 0 {
			r["waarde"] = float64(ct) / float64(total)
		}
		t.Rows = append(t.Rows, r)
	}
	gini := int64(0)
	for i, h := range order {
		rising := n - i // place from the cheapest up, from 1
		gini += int64(2*rising-n-1) * max(w.Sum(h, 0), 0)
	}
	r := Row{"maat": "gini", "waarde": nil}
	if positive > 0 {
		r["waarde"] = float64(gini) / (float64(n) * float64(positive))
	}
	t.Rows = append(t.Rows, r, Row{"maat": "negatief", "waarde": float64(negative)})
	return t.by("maat")
}
