package costs

import (
	"slices"

	"stapel/pipeline/reference/lines"
)

// finder takes what is found on a line.
type finder func(r *lines.Line, code string)

// findings is the mart bevinding, but for the sentences.
func (w *Reference) findings() Table {
	t := Table{Name: "bevinding"}
	found := func(kind, key, code string, n int, ct int64) {
		r := Row{"onderwerp": kind, "sleutel": key, "regel_code": code, "ernst": "let_op", "regels": int64(n), "bedrag_ct": nil}
		if w.Config.Contracts[kind].Money != nil && n > 0 {
			r["bedrag_ct"] = ct
		}
		if n == 0 { // about a file as a whole
			r["regels"] = nil
		}
		if code == "overlap_verschilt" {
			r["ernst"] = "fout"
		}
		t.Rows = append(t.Rows, r)
	}
	on := func(r *lines.Line, code string) {
		ct, _ := w.Counted(r)
		found(r.Kind, r.Place(), code, 1, ct)
	}
	for _, p := range w.Persons {
		for _, v := range p.Spells {
			if v.Cut {
				on(v.Line, "verblijf_ingekort")
			}
		}
	}
	w.improbable(on)
	for _, law := range []string{"wmo", "jeugd"} {
		w.declarations(law, on)
		for _, list := range group(w.ByKind[law+"_toewijzing"], byAllocation) {
			if newest, equal := w.newestAllocation(list); equal {
				on(newest, "toewijzing_gelijk")
			}
		}
	}
	for _, u := range w.benefits() {
		for _, list := range u.counts {
			if u.equal && len(list) > 1 {
				found("participatie_uitkering", list[0].Place(), "uitkering_gedeeld", len(list), u.ct)
			}
		}
	}
	for _, r := range w.Differ {
		on(r, "overlap_verschilt")
	}
	sum := func(list []*lines.Line) (ct int64) {
		for _, r := range list {
			amount, _ := w.Counted(r)
			ct += amount
		}
		return ct
	}
	for l, list := range w.repeated() {
		found(l.Kind, l.File, "regel_gelijk", len(list), sum(list))
	}
	for _, l := range w.Deliveries {
		if list := w.outside(l); len(list) > 0 {
			found(l.Kind, l.File, "buiten_periode", len(list), sum(list))
		}
		if slices.ContainsFunc(w.All, func(r *lines.Line) bool {
			return r.Delivery == l && r.Incomplete && (r.Fate == "geaccepteerd" || r.Fate == "vervangen")
		}) {
			found(l.Kind, l.File, "datum_onvolledig", 0, 0)
		}
		if w.Second(l) {
			found(l.Kind, l.File, "twee_leveranciers", 0, 0)
		}
	}
	for _, b := range w.ByKind["maatwerk_akkoord"] {
		if planned := slices.ContainsFunc(w.ByKind["maatwerk_plan"], func(r *lines.Line) bool { return r.Get("casusnummer") == b.Get("casusnummer") }); !planned &&
			slices.ContainsFunc(w.Deliveries, func(d *lines.Delivery) bool { return d.Kind == "maatwerk_plan" }) {
			on(b, "plan_onbekend")
		}
	}
	for _, p := range w.Plans() {
		if p.House != nil && p.House.Away() {
			continue
		}
		for _, code := range p.Findings {
			found("maatwerk_plan", p.Number, code, 1, 0)
		}
	}
	return t.by("onderwerp", "sleutel", "regel_code")
}

// declarations finds what is wrong between declarations of one law, and between them and their allocations.
func (w *Reference) declarations(law string, on finder) {
	list := w.ByKind[law+"_declaratie"]
	allocated := map[string]*lines.Line{}
	for _, r := range w.Used(law + "_toewijzing") {
		allocated[byAllocation(r)] = r
	}
	debit := map[string]int64{}  // by reference
	asked := map[string]bool{}   // the reference has a debit
	credits := map[string]bool{} // the reference is taken back by some credit
	for _, r := range list {
		if r.Get("debet_credit") == "D" {
			debit[byReference(r)] += w.Ct(r)
			asked[byReference(r)] = true
		} else if r.Get("vorig_referentie_nummer") != "" {
			credits[byPrevious(r)] = true
		}
	}
	seen, takenBack, earlier := map[string]bool{}, map[string]int{}, map[string]bool{}
	for _, r := range list { // from old to new
		if seen[byReference(r)] {
			on(r, "8021")
		}
		seen[byReference(r)] = true
		if r.Get("debet_credit") == "C" {
			debit[byPrevious(r)] += w.Ct(r)
			if !asked[byPrevious(r)] || r.Get("vorig_referentie_nummer") == "" || debit[byPrevious(r)] < 0 {
				on(r, "8017")
			}
			takenBack[byPrevious(r)]++
			if r.Get("vorig_referentie_nummer") != "" && takenBack[byPrevious(r)] > 1 {
				on(r, "9390")
			}
		} else if !credits[byReference(r)] {
			care := columnsOf("gemeentecode", "aanbieder_agb", "persoon_ps", "toewijzing_nummer", "product_categorie", "product_code",
				"product_begin", "product_eind")(r)
			if earlier[care] {
				on(r, "9389")
			}
			earlier[care] = true
		}
		if t := allocated[byAllocation(r)]; t != nil {
			if r.Get("product_begin") < t.Get("ingangsdatum") {
				on(r, "9307")
			}
			if t.Get("einddatum") != "" && r.Get("product_eind") > t.Get("einddatum") {
				on(r, "9308")
			}
		}
		volume, ok1 := r.Whole("geleverd_volume")
		tariff, ok2 := r.Whole("tarief_ct")
		amount, _ := r.Whole("bedrag_ct")
		// the tariff is rounded to half a cent each way: over the volume that is half the volume, and half a cent for the amount
		if off := amount - volume*tariff; ok1 && ok2 && r.Get("eenheid") != "83" &&
			2*max(off, -off) > volume+1 {
			on(r, "9346")
		}
	}
}

// outside lists the lines wholly outside the period that the note names (rules 50); what had ended before it is history
// where the contract says so (rules 74).
func (w *Reference) outside(d *lines.Delivery) (out []*lines.Line) {
	from, last, named := d.Span()
	if d.Duplicate || !named {
		return nil
	}
	for _, r := range w.All {
		if r.Delivery != d || r.Fate != "geaccepteerd" && r.Fate != "vervangen" {
			continue
		}
		if r.Period && (r.From > last || r.To <= from && !w.Config.Contracts[d.Kind].Period.History) {
			out = append(out, r)
		}
	}
	return out
}
