package generator

// dwelling is who lives at one address at the end of the period, with what they cost and have: what a run calls a household.
type dwelling struct {
	ct         int64 // in the last twelve months, as delivered in the end
	provisions map[string]bool
	wmo        map[*product]bool
}

// dwellings finds them, and who lives where; someone in an institution lives alone, who has left or died nowhere.
func (h *household) dwellings() (of map[int]*dwelling, list []*dwelling) {
	w := h.w
	of = map[int]*dwelling{}
	byUnit := map[int]*dwelling{}
	for _, s := range h.spells {
		if s.from > w.to || s.to < w.to {
			continue
		}
		d := byUnit[s.unit]
		if d == nil || s.kind == '8' {
			d = &dwelling{provisions: map[string]bool{}, wmo: map[*product]bool{}}
			byUnit[s.unit] = d
			list = append(list, d)
		}
		of[s.person] = d
	}
	year, half := w.starts[w.months()-12], w.starts[w.months()-6]
	in := func(person int, f func(d *dwelling)) {
		if d := of[person]; d != nil {
			f(d)
		}
	}
	for _, a := range h.given {
		if a.gone || a.stop < year {
			continue
		}
		in(a.person, func(d *dwelling) {
			if a.of.kind == kWmo {
				d.wmo[a.of] = true
			}
			if a.stop >= half {
				d.provisions[kinds[a.of.kind].name+a.of.category] = true
			}
		})
	}
	for i := range h.claims {
		if c := &h.claims[i]; c.from >= year && !c.alloc.gone {
			in(c.alloc.person, func(d *dwelling) { d.ct += int64(c.amount()) })
		}
	}
	for i := range h.zvw {
		if z := &h.zvw[i]; z.from >= year {
			in(z.person, func(d *dwelling) { d.ct += int64(z.ct) })
		}
	}
	for _, b := range h.benefits {
		if on := w.starts[b.month]; on >= year {
			in(b.person, func(d *dwelling) {
				d.ct += int64(b.ct)
				if on >= half {
					d.provisions[b.code+b.cluster] = true
				}
			})
		}
	}
	for _, t := range h.debts {
		if t.to >= half {
			in(t.persons[0], func(d *dwelling) { d.provisions["schuldhulp"] = true })
		}
	}
	return of, list
}
