package costs

import (
	"cmp"
	"slices"

	"stapel/pipeline/reference/lines"
)

// plan is a maatwerk plan as rules 43, 44 and 52 read it.
type plan struct {
	line      *lines.Line
	house     any
	hidden    bool
	approvals int64
	findings  []string
}

func (w *Reference) plans() (out []plan) {
	for _, r := range w.Used("maatwerk_plan") {
		p := plan{line: r}
		if who := w.Of(r.Get("persoon_ps")); who != nil && who.House != nil {
			p.house, p.hidden = who.House.ID, who.House.Away()
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
		p.approvals = int64(len(dates))
		if started && until <= w.P && len(dates) < 2 {
			p.findings = append(p.findings, "akkoord_ontbreekt")
		}
		if r.Get("datum_akkoord") != "" && len(dates) >= 2 && dates[1] > r.Get("datum_akkoord") {
			p.findings = append(p.findings, "akkoord_na_datum")
		}
		if h := r.Get("horizon_mnd"); h != "" && h != "12" && r.Get("dreigend_eur") != "" && r.Get("maatwerk_eur") != "" {
			p.findings = append(p.findings, "horizon_anders")
		}
		out = append(out, p)
	}
	return out
}

// planMart is the mart plan.
func (w *Reference) planMart() Table {
	t := Table{Name: "plan"}
	for _, p := range w.plans() {
		if p.hidden {
			continue
		}
		c := p.line
		r := Row{"casusnummer": c.Get("casusnummer"), "huishouden_id": p.house, "status": c.Get("status"), "datum_aanmelding": filled(c.Get("datum_aanmelding")),
			"datum_akkoord": filled(c.Get("datum_akkoord")), "datum_start": filled(c.Get("datum_start")), "akkoorden": p.approvals,
			"dagen_tot_akkoord": nil, "besparing_verwacht_ct": nil}
		if c.Get("datum_akkoord") != "" {
			r["dagen_tot_akkoord"] = int64(lines.ParseDay(c.Get("datum_akkoord")) - lines.ParseDay(c.Get("datum_aanmelding")))
		}
		for _, name := range []string{"huidig", "dreigend", "maatwerk"} {
			column := w.Config.Contracts["maatwerk_plan"].Column(name + "_eur")
			r[name+"_ct"] = nil
			if ct, ok := lines.Cents(column, c.Get(name+"_eur")); ok {
				r[name+"_ct"] = ct
			}
		}
		if threatens, ok := r["dreigend_ct"].(int64); ok && r["maatwerk_ct"] != nil {
			r["besparing_verwacht_ct"] = threatens - r["maatwerk_ct"].(int64)
		}
		named := ""
		for _, code := range p.findings {
			if code == "horizon_anders" {
				continue // about the amounts, not about the approvals
			}
			if named != "" {
				named += "|"
			}
			named += code
		}
		r["bevindingen"] = named
		t.Rows = append(t.Rows, r)
	}
	slices.SortFunc(t.Rows, func(a, b Row) int { return cmp.Compare(Text(a["casusnummer"]), Text(b["casusnummer"])) })
	return t
}
