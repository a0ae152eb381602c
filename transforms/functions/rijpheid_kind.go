package functions

import (
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"stapel/transforms"
)

/*
name: rijpheid_kind
doc: >
  Per kind with declared cost how many months of T0 are mature, and up to which, so that a ranking can say how far its
  cost may still grow (methods 4, rules 20). A kind is mature in a month when its product groups are together: what is in
  over what they come to, standard errors added up.
level: totaal
grain: [kind]
reads: [uitloop, ontvangst, kalender]
columns:
  - kind tekst: kind of extract
  - t0_maanden aantal: months of T0
  - t0_maanden_rijp aantal: of which mature
  - rijp_tot maand?: last month of T0 that is mature with every month of T0 before it; empty when the first is not
  - laatste_ontvangst maand?: newest month of which all that came in is seen; empty when nothing says so
  - ontvangen_ct ct: debits of T0 that came in by the end of it
  - later_ct ct: debits of T0 that came in after it, or nobody knows when
  - credit_ct ct: credits of T0, as a number above 0
  - verwacht_ct ct?: what the debits of T0 come to in the end, rounded; empty without estimate for a month or group, like the next three
  - se_ct ct?: its standard error, rounded
  - aandeel_binnen aandeel?: ontvangen_ct over what they come to
  - ondergrens aandeel?: lower 95% bound, one-sided, of aandeel_binnen
  - productgroepen aantal: groups that are estimated apart
  - overig_groepen tekst: groups taken together as overig, joined by |
  - staartfactor getal?: the largest factor, over the groups, for what comes in after the last month of development that was seen; empty without history, or where a group lacks a factor
  - reden tekst: why the first month of T0 that is not mature is not; empty when all are. As in rijpheid
  - reden_groep tekst: the group that this is about, or that has most to come; empty when it is not about one
*/

// windowMonths are the months of T0.
const windowMonths = 12

// rijpheidKind writes a row per kind.
func rijpheidKind(ctx context.Context, in transforms.In) (*transforms.Frame, error) {
	kinds, calendar, err := readRunOff(ctx, in)
	if err != nil {
		return nil, err
	}
	n := len(kinds)
	ints := map[string]*transforms.Vector{}
	for _, name := range []string{"t0_maanden", "t0_maanden_rijp", "ontvangen_ct", "later_ct", "credit_ct", "verwacht_ct", "se_ct", "productgroepen"} {
		ints[name] = &transforms.Vector{Ints: make([]int64, n), Null: make([]bool, n)}
	}
	share := &transforms.Vector{Floats: make([]float64, n), Null: make([]bool, n)}
	lower := &transforms.Vector{Floats: make([]float64, n), Null: make([]bool, n)}
	tail := &transforms.Vector{Floats: make([]float64, n), Null: make([]bool, n)}
	until := &transforms.Vector{Days: make([]int32, n), Null: make([]bool, n)}
	last := &transforms.Vector{Days: make([]int32, n), Null: make([]bool, n)}
	kind, reason, group, rest := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, r := range kinds {
		kind[i] = r.kind
		s := r.window(windowMonths)
		unbroken := true
		until.Null[i] = true
		for m := len(r.months) - windowMonths; m < len(r.months); m++ {
			of := r.months[m]
			if of.mature {
				ints["t0_maanden_rijp"].Ints[i]++
			} else if unbroken {
				unbroken, reason[i], group[i] = false, of.reason, of.group
			}
			if unbroken {
				until.Days[i], until.Null[i] = calendar[m], false
			}
		}
		last.Null[i] = r.last == math.MinInt
		if !last.Null[i] {
			last.Days[i] = monthDay(monthNumber(calendar[0]) + r.last)
		}
		ints["t0_maanden"].Ints[i] = windowMonths
		ints["ontvangen_ct"].Ints[i], ints["later_ct"].Ints[i], ints["credit_ct"].Ints[i] = s.in, s.later, s.credit
		ints["verwacht_ct"].Ints[i], ints["se_ct"].Ints[i] = cents(s.expected, s.estimated), cents(s.err, s.estimated)
		ints["verwacht_ct"].Null[i], ints["se_ct"].Null[i] = !s.estimated, !s.estimated
		share.Floats[i], lower.Floats[i], share.Null[i], lower.Null[i] = s.share, s.lower, !s.estimated, !s.estimated
		ints["productgroepen"].Ints[i] = int64(len(r.groups))
		tail.Null[i] = r.short() || r.rare
		for _, g := range r.groups {
			tail.Floats[i] = max(tail.Floats[i], g.develop.Tail.Factor)
			if g.name == pool {
				rest[i] = strings.Join(g.members, "|")
			}
		}
		tail.Null[i] = tail.Null[i] || len(r.groups) == 0 || math.IsNaN(tail.Floats[i]) // a factor before it is missing
	}
	f := transforms.NewFrame(n).SetTexts("kind", kind).Set("rijp_tot", until).Set("laatste_ontvangst", last).Set("aandeel_binnen", share).
		Set("ondergrens", lower).SetTexts("overig_groepen", rest).Set("staartfactor", tail).SetTexts("reden", reason).SetTexts("reden_groep", group)
	for name, v := range ints {
		if !slices.Contains(v.Null, true) {
			v.Null = nil
		}
		f.Set(name, v)
	}
	return f, nil
}

// monthDay is the first day of a month by its number, in days since 1970-01-01.
func monthDay(month int) int32 {
	return int32(time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
