package costs

import (
	"cmp"
	"slices"
	"strings"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// Plan is a maatwerk plan as rules 43, 44 and 52 read it. Of the amounts and the days, those that the extract does not say are nil.
type Plan struct {
	Number, Status                   string
	House                            *people.House // nil without one
	Approvals                        int64
	Days                             *int64 // from reported to approved
	Now, Threatens, Tailored, Saving *int64 // cents
	Extra                            *int64 // tailored less now
	Horizon                          int64
	Standing                         string // whether two others agreed
	Findings                         []string

	line *lines.Line
}

// Plans works out the plans, of each the newest line.
func (w *Reference) Plans() (out []Plan) {
	for _, r := range w.Used("maatwerk_plan") {
		p := Plan{line: r, Number: r.Get("casusnummer"), Status: r.Get("status")}
		if who := w.Of(r.Get("persoon_ps")); who != nil {
			p.House = who.House
		}
		for name, to := range map[string]**int64{"huidig": &p.Now, "dreigend": &p.Threatens, "maatwerk": &p.Tailored} {
			if ct, ok := lines.Cents(w.Config.Contracts[r.Kind].Column(name+"_eur"), r.Get(name+"_eur")); ok {
				*to = &ct
			}
		}
		if p.Threatens != nil && p.Tailored != nil {
			saving := *p.Threatens - *p.Tailored
			p.Saving = &saving
		}
		if p.Now != nil && p.Tailored != nil {
			extra := *p.Tailored - *p.Now
			p.Extra = &extra
		}
		if p.Horizon = 12; r.Get("horizon_mnd") != "" {
			p.Horizon, _ = r.Whole("horizon_mnd")
		}
		reported, _ := r.Day("datum_aanmelding")
		if approved, ok := r.Day("datum_akkoord"); ok {
			days := int64(approved - reported)
			p.Days = &days
		}
		until, started := r.Day("datum_start")
		if !started {
			until = w.P
		}
		favour := map[string]int{"afwijzen": 0, "aanvullen": 1, "akkoord": 2}
		last := map[string]*lines.Line{} // of each maatwerker
		for _, b := range w.ByKind["maatwerk_akkoord"] {
			who := b.Get("maatwerker_ps")
			if on, _ := b.Day("datum"); b.Get("casusnummer") != r.Get("casusnummer") || who == r.Get("eindbaas_ps") || on > until {
				continue
			}
			old := last[who]
			if old == nil || b.Get("datum") > old.Get("datum") ||
				b.Get("datum") == old.Get("datum") && favour[b.Get("besluit")] < favour[old.Get("besluit")] {
				last[who] = b
			}
		}
		var dates []string
		for _, b := range last {
			if b.Get("besluit") == "akkoord" {
				dates = append(dates, b.Get("datum"))
			}
		}
		slices.Sort(dates)
		p.Approvals = int64(len(dates))
		switch {
		case !started || until > w.P:
			p.Standing = "niet_gestart"
		case len(dates) >= 2:
			p.Standing = "voldoende"
		case !w.approvalsKnown(r.Gemeente, reported, until):
			p.Standing = "onbekend"
		default:
			p.Standing = "ontbreekt"
			p.Findings = append(p.Findings, "akkoord_ontbreekt")
		}
		if r.Get("datum_akkoord") != "" && len(dates) >= 2 && dates[1] > r.Get("datum_akkoord") {
			p.Findings = append(p.Findings, "akkoord_na_datum")
		}
		if approved, ok := r.Day("datum_akkoord"); ok && approved < reported {
			p.Findings = append(p.Findings, "negatieve_doorlooptijd")
		}
		if p.Horizon != 12 && p.Saving != nil {
			p.Findings = append(p.Findings, "horizon_anders")
		}
		out = append(out, p)
	}
	return out
}

// approvalsKnown is whether approvals between two days were delivered: a file of them is there, and, when notes say what such files cover, every day
// is in one for the gemeente.
func (w *Reference) approvalsKnown(gemeente string, from, until lines.Day) bool {
	delivered, told := false, false
	for _, d := range w.Deliveries {
		delivered = delivered || d.Kind == "maatwerk_akkoord"
	}
	covers := func(x lines.Day) bool {
		return slices.ContainsFunc(w.World.Covers, func(c lines.Cover) bool {
			return c.Kind == "maatwerk_akkoord" && c.Delivery != nil && c.Gemeente == gemeente && c.From <= x && x < c.To
		})
	}
	for _, c := range w.World.Covers {
		told = told || c.Kind == "maatwerk_akkoord" && c.Delivery != nil
	}
	if !told {
		return delivered
	}
	for x := from; x <= max(from, until); x++ {
		if !covers(x) {
			return false
		}
	}
	return true
}

// plans is the mart plan.
func (w *Reference) plans() Table {
	t := Table{Name: "plan"}
	for _, p := range w.Plans() {
		if p.House != nil && p.House.Away() {
			continue
		}
		r := Row{"casusnummer": p.Number, "huishouden_id": nil, "status": p.Status, "akkoorden": p.Approvals, "dagen_tot_akkoord": value(p.Days),
			"huidig_ct": value(p.Now), "dreigend_ct": value(p.Threatens), "maatwerk_ct": value(p.Tailored), "besparing_verwacht_ct": value(p.Saving),
			"meerkosten_ct": value(p.Extra), "horizon_mnd": p.Horizon, "akkoord_stand": p.Standing}
		for _, day := range []string{"datum_aanmelding", "datum_akkoord", "datum_start"} {
			r[day] = filled(p.line.Get(day))
		}
		if p.House != nil {
			r["huishouden_id"] = p.House.ID
		}
		// horizon_anders is about the amounts, not about the approvals
		r["bevindingen"] = strings.Join(slices.DeleteFunc(slices.Clone(p.Findings), func(code string) bool { return code == "horizon_anders" }), "|")
		t.Rows = append(t.Rows, r)
	}
	return t.by("casusnummer")
}

// value is nil for nil.
func value(p *int64) any {
	if p == nil {
		return nil
	}
	return *p
}

// Survival is the Kaplan-Meier estimate of the time to akkoord (rules 42): days on which a plan was approved or is still waited for, and
// the share that is not approved just after them.
func (w *Reference) Survival() (days []int, share []float64) {
	type subject struct {
		days     int
		approved bool
	}
	var all []subject
	for _, p := range w.Plans() {
		reported, _ := p.line.Day("datum_aanmelding")
		at := subject{int(w.P - reported), false}
		if on, ok := p.line.Day("datum_akkoord"); ok && on <= w.P {
			at = subject{int(on - reported), true}
		}
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b subject) int { return cmp.Compare(a.days, b.days) })
	now := 1.0
	for i := 0; i < len(all); {
		t, approved, left := all[i].days, 0, len(all)-i
		for ; i < len(all) && all[i].days == t; i++ {
			if all[i].approved {
				approved++
			}
		}
		now *= 1 - float64(approved)/float64(left)
		days, share = append(days, t), append(share, now)
	}
	return days, share
}
