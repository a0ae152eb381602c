package costs

// households is the mart huishouden.
func (w *Reference) households() Table {
	t := Table{Name: "huishouden"}
	for _, h := range w.Houses {
		if h.Away() {
			continue
		}
		head := w.Head(h).Fact.Line
		r := Row{"huishouden_id": h.ID, "peildatum": w.P.String(), "gemeentecode": head.Gemeente, "wijkcode": filled(head.Get("wijkcode")),
			"typhh": head.Get("typhh"), "personen": int64(len(h.Members)), "volwassenen": w.Adults(h),
			"kinderen": int64(len(h.Members)) - w.Adults(h)}
		attached, youngest := int64(0), 0
		for _, p := range h.Members {
			if p.Attached {
				attached++
			}
			youngest = max(youngest, p.Born(0).Year())
		}
		r["aangehechte_kinderen"], r["jongste_geboortejaar"] = attached, int64(youngest)
		t.Rows = append(t.Rows, r)
	}
	return t.by("huishouden_id")
}

// filled is nil for an empty cell.
func filled(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// members is the mart huishouden_lid.
func (w *Reference) members() Table {
	t := Table{Name: "huishouden_lid"}
	for _, h := range w.Houses {
		for _, p := range h.Members {
			if !h.Away() {
				t.Rows = append(t.Rows, Row{"huishouden_id": h.ID, "persoon_id": p.ID, "geboortejaar": int64(p.Born(0).Year()),
					"plhh": p.Fact.Line.Get("plhh"), "aangehecht": p.Attached})
			}
		}
	}
	return t.by("huishouden_id", "persoon_id")
}
