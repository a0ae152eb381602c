package naslag

import (
	"cmp"
	"slices"
	"strconv"
)

// persoon is someone with at least one spell.
type persoon struct {
	id         string
	verblijven []verblijf // repaired, from old to new
	huis       *huis      // at P, nil without one
	aangehecht bool
	feit       *verblijf // the spell at P, else the newest that began by then; nil when none did
	nu         bool      // feit contains P
}

// verblijf is a spell, half-open.
type verblijf struct {
	regel    *regel
	van, tot dag
	ingekort bool
}

// huis is a household at P.
type huis struct {
	id         string
	leden      []*persoon // in order of id
	verborgen  bool       // a member is excluded (rules 48)
	elders     bool       // of a gemeente that the run is not about (rules 75)
	uitgaven   [3]map[string]int64
	geprijsd   map[string]int64 // in T0, by domein
	aanbieders map[string]bool
}

// weg is whether a household is in no mart but controle.
func (h *huis) weg() bool { return h.verborgen || h.elders }

// woon repairs the spells (rules 21), forms the households at P and attaches minors (rules 22, 23).
func (w *Wereld) woon() {
	for _, r := range w.gebruikt("huishouden") {
		id := w.PersoonID(r.cel["persoon_ps"])
		if w.personen[id] == nil {
			w.personen[id] = &persoon{id: id}
		}
		begin, _ := r.dag("begindatum")
		w.personen[id].verblijven = append(w.personen[id].verblijven, verblijf{regel: r, van: begin, tot: w.eind(r, "einddatum")})
	}
	for _, p := range w.personen {
		slices.SortFunc(p.verblijven, func(a, b verblijf) int { return cmp.Compare(a.van, b.van) })
		for i := range p.verblijven {
			v := &p.verblijven[i]
			if i+1 < len(p.verblijven) && p.verblijven[i+1].van < v.tot {
				v.tot, v.ingekort = p.verblijven[i+1].van, true
			}
			if v.van <= w.P {
				p.feit = v // the newest that began
			}
		}
		p.nu = p.feit != nil && p.feit.tot > w.P
	}
	for _, p := range w.personen {
		thuis := w.eigenHuis(p)
		if naar := w.hecht(p); naar != "" {
			thuis, p.aangehecht = naar, true
		}
		if thuis == "" {
			continue
		}
		if w.huizen[thuis] == nil {
			w.huizen[thuis] = &huis{id: thuis, geprijsd: map[string]int64{}, aanbieders: map[string]bool{},
				uitgaven: [3]map[string]int64{{}, {}, {}}}
		}
		p.huis = w.huizen[thuis]
		p.huis.leden = append(p.huis.leden, p)
	}
	for _, h := range w.huizen {
		slices.SortFunc(h.leden, func(a, b *persoon) int { return cmp.Compare(a.id, b.id) })
		h.elders = len(w.cfg.Settings.Run.Gemeenten) > 0 && !slices.Contains(w.gemeenten, w.hoofd(h).feit.regel.cel["gemeentecode"])
	}
	for _, r := range w.perSoort["uitsluiting"] {
		p := w.personen[w.PersoonID(r.cel["persoon_ps"])]
		begin, _ := r.dag("begindatum")
		laatste, dicht := r.dag("einddatum")
		if p != nil && p.huis != nil && begin <= w.P && (!dicht || laatste >= w.P) {
			p.huis.verborgen = true
		}
	}
}

// eigenHuis is the household of the own spell at P, "" without one; in an institution everyone is alone.
func (w *Wereld) eigenHuis(p *persoon) string {
	switch {
	case !p.nu:
		return ""
	case p.feit.regel.cel["typhh"] == "8":
		return "h-" + w.hash("alleen", p.feit.regel.cel["persoon_ps"])
	}
	return "h-" + w.hash("huishouden", p.feit.regel.cel["huishouden_ps"])
}

func (p *persoon) instelling() bool { return p.nu && p.feit.regel.cel["typhh"] == "8" }

// geboren is the first of the month of birth, of the year without one (rules 22), n years later.
func (p *persoon) geboren(n int) dag {
	jaar, _ := strconv.Atoi(p.feit.regel.cel["geboortejaar"])
	maand, err := strconv.Atoi(p.feit.regel.cel["geboortemaand"])
	if err != nil {
		maand = 1
	}
	return datum(jaar+n, maand, 1)
}

func (w *Wereld) minderjarig(p *persoon) bool { return p.geboren(18) > w.P }

// hecht is the household of a parent that a minor is attached to, "" when the minor stays (rules 23).
func (w *Wereld) hecht(p *persoon) string {
	if !w.cfg.Settings.Household.AttachMinors || p.feit == nil || !w.minderjarig(p) {
		return ""
	}
	if reden := p.feit.regel.cel["reden_einde"]; !p.nu && (reden == "overleden" || reden == "buitenland") {
		return ""
	}
	var ouders []*persoon // with a spell at P, as the newest line that names a parent has them
	for _, v := range p.verblijven {
		een, twee := v.regel.cel["ouder1_ps"], v.regel.cel["ouder2_ps"]
		if v.van > w.P || een == "" && twee == "" {
			continue
		}
		ouders = nil
		for _, ps := range []string{een, twee} {
			if ps == "" {
				continue
			}
			if o := w.personen[w.PersoonID(ps)]; o != nil && o.nu {
				ouders = append(ouders, o)
			}
		}
	}
	if p.nu && !p.instelling() {
		for _, o := range ouders {
			if w.eigenHuis(o) == w.eigenHuis(p) {
				return "" // lives with a parent, of whatever age
			}
		}
	}
	for _, instelling := range []bool{false, true} { // first outside institutions, then anywhere
		for _, o := range ouders {
			if !w.minderjarig(o) && (instelling || !o.instelling()) {
				return w.eigenHuis(o)
			}
		}
	}
	return ""
}

// hoofd is the member whose gemeente, wijk and type are the household's: the first adult who is not attached, else the first
// member (rules 24).
func (w *Wereld) hoofd(h *huis) *persoon {
	for _, p := range h.leden {
		if !w.minderjarig(p) && !p.aangehecht {
			return p
		}
	}
	return h.leden[0]
}

func (w *Wereld) volwassenen(h *huis) (n int64) {
	for _, p := range h.leden {
		if !w.minderjarig(p) {
			n++
		}
	}
	return n
}

// huishouden is the mart of that name.
func (w *Wereld) huishouden() Tabel {
	t := Tabel{Naam: "huishouden"}
	for _, h := range w.huizen {
		if h.weg() {
			continue
		}
		hoofd := w.hoofd(h).feit.regel.cel
		r := Rij{"huishouden_id": h.id, "peildatum": w.P.String(), "gemeentecode": hoofd["gemeentecode"], "wijkcode": gevuld(hoofd["wijkcode"]),
			"typhh": hoofd["typhh"], "personen": int64(len(h.leden)), "volwassenen": w.volwassenen(h),
			"kinderen": int64(len(h.leden)) - w.volwassenen(h)}
		aangehecht, jongste := int64(0), 0
		for _, p := range h.leden {
			if p.aangehecht {
				aangehecht++
			}
			jongste = max(jongste, p.geboren(0).tijd().Year())
		}
		r["aangehechte_kinderen"], r["jongste_geboortejaar"] = aangehecht, int64(jongste)
		t.Rijen = append(t.Rijen, r)
	}
	return t.op("huishouden_id")
}

// gevuld is nil for an empty cell.
func gevuld(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// leden is the mart huishouden_lid.
func (w *Wereld) leden() Tabel {
	t := Tabel{Naam: "huishouden_lid"}
	for _, h := range w.huizen {
		for _, p := range h.leden {
			if !h.weg() {
				t.Rijen = append(t.Rijen, Rij{"huishouden_id": h.id, "persoon_id": p.id, "geboortejaar": int64(p.geboren(0).tijd().Year()),
					"plhh": p.feit.regel.cel["plhh"], "aangehecht": p.aangehecht})
			}
		}
	}
	return t.op("huishouden_id", "persoon_id")
}
