package naslag

import (
	"maps"
	"slices"
)

// uitkering is one benefit of a month: what one number, code and cluster stand for (rules 13, 70).
type uitkering struct {
	w       *Wereld
	sleutel string
	maand   dag
	regels  []*regel            // all of it, from old to new
	telt    map[string][]*regel // by person: the lines that add up
	bedrag  map[string]int64    // by person: what they add up to
	gelijk  bool                // every person has the same amount
	ct      int64               // which is this
}

// uitkeringen works out the benefits, in no order; once.
func (w *Wereld) uitkeringen() []*uitkering {
	if w.alleUitkeringen == nil {
		w.alleUitkeringen = w.maakUitkeringen()
	}
	return w.alleUitkeringen
}

func (w *Wereld) maakUitkeringen() (out []*uitkering) {
	for sleutel, regels := range groepen(w.perSoort["participatie_uitkering"], perUitkering) {
		u := &uitkering{w: w, sleutel: sleutel, regels: regels, telt: map[string][]*regel{}, bedrag: map[string]int64{}, gelijk: true}
		u.maand, _ = regels[0].dag("jaarmaand")
		for i, r := range regels {
			ps := r.cel["persoon_ps"]
			if u.bedrag[ps] += 0; !u.nogEens(i) {
				u.telt[ps] = append(u.telt[ps], r)
				u.bedrag[ps] += w.ct(r)
			}
		}
		u.ct = u.bedrag[regels[0].cel["persoon_ps"]]
		for _, ct := range u.bedrag {
			u.gelijk = u.gelijk && ct == u.ct
		}
		out = append(out, u)
	}
	return out
}

// nogEens is whether a line is the k-th of its delivery that says what it says, and a newer delivery has a k-th as well.
func (u *uitkering) nogEens(i int) bool {
	r := u.regels[i]
	k, in := 0, map[*levering]int{}
	for j, ander := range u.regels {
		if u.w.inhoud(ander) != u.w.inhoud(r) {
			continue
		}
		in[ander.levering]++
		if ander.levering == r.levering && j <= i {
			k++
		}
	}
	for l, n := range in {
		if l.nieuwst > r.levering.nieuwst && n >= k {
			return true
		}
	}
	return false
}

// personen of a benefit, in order of id.
func (u *uitkering) personen() []string {
	out := slices.Collect(maps.Keys(u.bedrag))
	slices.SortFunc(out, func(a, b string) int {
		if u.w.PersoonID(a) < u.w.PersoonID(b) {
			return -1
		}
		return 1
	})
	return out
}

// verdeelRegels says what becomes of the lines: those of the first person are used, the others repeat it; when persons differ none
// is used.
func (u *uitkering) verdeelRegels() {
	eerste := u.personen()[0]
	for _, r := range u.regels {
		switch {
		case !u.gelijk:
			r.gebruik, r.waarom = "uitgesloten", "bedrag_ongelijk"
		case !slices.Contains(u.telt[eerste], r):
			r.gebruik = "herhaald"
		}
	}
}

// boekUitkeringen counts each benefit once and splits it over the persons on it.
func (w *Wereld) boekUitkeringen() {
	for _, u := range w.uitkeringen() {
		if !u.gelijk {
			continue
		}
		bron := map[string]*regel{}
		for ps, regels := range u.telt {
			bron[w.PersoonID(ps)] = regels[0]
		}
		w.split(bron, u.ct, kost{domein: "participatie", betaler: "gemeente_participatie", grondslag: "gedeclareerd",
			van: u.maand, tot: u.maand.maand(1)})
	}
}
