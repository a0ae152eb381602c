package costs

import (
	"slices"

	"stapel/pipeline/reference/lines"
)

// Stacking counts, in households shown, provisions of Wmo, Jeugdwet and Participatiewet that ran on some day of the half year to P.
type Stacking struct {
	Inhabitants           int
	Households, HouseLaws int // with two provisions or more; of two laws or more
	Persons, PersonLaws   int // idem
}

// Stacking is that of the half year to P.
func (w *Reference) Stacking() (out Stacking) {
	first := w.P.Month(-5)
	for _, h := range w.Houses {
		if h.Away() {
			continue
		}
		house, houseLaws := map[string]bool{}, map[string]bool{}
		for _, who := range h.Members {
			own, laws := map[string]bool{}, map[string]bool{}
			runs := func(law, key string) {
				own[law+key], laws[law], house[law+key], houseLaws[law] = true, true, true, true
			}
			for _, law := range []string{"wmo", "jeugd"} {
				for _, r := range w.at[h][law+"_toewijzing"] {
					if from, to := w.care(r); r.Get("persoon_ps") == who.PS && from <= w.P && first < to && from < to {
						runs(law, byAllocation(r))
					}
				}
			}
			for _, u := range w.benefits() {
				if _, on := u.amount[who.PS]; on && u.equal && u.ct > 0 && first <= u.month && u.month <= w.P {
					runs("participatie", columnsOf("gemeentecode", "registratienummer", "statistiekcode", "cluster_bijz_bijstand")(u.list[0]))
				}
			}
			out.Inhabitants++
			if len(own) >= 2 {
				out.Persons++
			}
			if len(laws) >= 2 {
				out.PersonLaws++
			}
		}
		if len(house) >= 2 {
			out.Households++
		}
		if len(houseLaws) >= 2 {
			out.HouseLaws++
		}
	}
	return out
}

// Insured is health care in T0 of the persons of a sex on the days that they were insured with an insurer that delivers.
type Insured struct {
	Persons  int
	Days, Ct int64
}

// InsuredCare is that by sex, of persons in huishouden.
func (w *Reference) InsuredCare() map[string]Insured {
	days := map[string]map[lines.Day]bool{}
	for ps, list := range w.Insured() {
		who := w.Of(ps)
		if who == nil || who.Fact == nil {
			continue
		}
		for x := w.P.Month(-11); x <= w.P; x++ {
			if slices.ContainsFunc(list, func(l *lines.Line) bool { return l.From <= x && x < l.Until }) {
				if days[who.ID] == nil {
					days[who.ID] = map[lines.Day]bool{}
				}
				days[who.ID][x] = true
			}
		}
	}
	cost := map[string]int64{}
	for i := range w.costs {
		if k := &w.costs[i]; k.domein == "zvw" {
			k.daily(func(x lines.Day, ct int64) {
				if days[k.person][x] {
					cost[k.person] += ct
				}
			})
		}
	}
	out := map[string]Insured{}
	for id, d := range days {
		sex := w.Persons[id].Fact.Line.Get("geslacht")
		s := out[sex]
		out[sex] = Insured{s.Persons + 1, s.Days + int64(len(d)), s.Ct + cost[id]}
	}
	return out
}
