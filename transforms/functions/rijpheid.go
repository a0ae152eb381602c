package functions

import (
	"context"
	"math"

	"stapel/transforms"
)

/*
name: rijpheid
doc: >
  How complete each month of the windows is, by kind and product group (methods 4): what came in of its debits, what it
  is expected to come to by the run-off triangle (chain ladder), and the lower bound of the share that is in. A month is
  rijp when that bound is at least 0,95. Small product groups are taken together as overig.
level: totaal
grain: [kind, productgroep, productmaand]
reads: [uitloop, ontvangst, kalender]
columns:
  - kind tekst: kind of extract
  - productgroep tekst: product_categorie, zorgsoort, overig, or alle where the kind has none
  - productmaand maand: month of the care
  - regels aantal: parts of debit lines in the month
  - ontvangen_ct ct: debits that came in by the end of laatste_ontvangst of the kind (rijpheid_kind)
  - later_ct ct: debits that came in after it, or nobody knows when; the estimate does not use them
  - credit_ct ct: credits that came in, as a number above 0
  - ontwikkelfactor getal?: what the debits come to in the end over ontvangen_ct; empty without estimate, like the next four
  - verwacht_ct ct?: what they come to in the end, rounded
  - se_ct ct?: standard error of verwacht_ct (Mack 1993, and the tail's), rounded
  - aandeel_binnen aandeel?: ontvangen_ct over what they come to
  - ondergrens aandeel?: lower 95% bound, one-sided, of aandeel_binnen
  - rijp vlag: ondergrens is at least 0,95
  - reden tekst: why not rijp, empty where it is; dekking_onbekend, niet_gedekt, ontvangst_onbekend, nog_niet_ontvangen,
      te_weinig_leveringen, te_weinig_historie, niets_ontvangen or ondergrens
  - credit_ontwikkelfactor getal?: what the credits come to over what came in of them; empty where nothing did
  - credit_aandeel_binnen aandeel?: its inverse
  - kind_rijp vlag: the month is rijp for all groups of the kind together
*/

// rijpheid writes a row per kind, product group and month.
func rijpheid(ctx context.Context, in transforms.In) (*transforms.Frame, error) {
	kinds, calendar, err := readRunOff(ctx, in)
	if err != nil {
		return nil, err
	}
	var (
		kind, group, reason                      []string
		month                                    []int32
		lines, received, later, credit           []int64
		expected, se                             []int64
		factor, share, lower, cFactor, cShare    []float64
		ripe, kindRipe, noEstimate, noCreditRate []bool
	)
	for _, r := range kinds {
		for _, g := range r.groups {
			for m, s := range g.months {
				kind, group, month = append(kind, r.kind), append(group, g.name), append(month, calendar[m])
				lines, received, later = append(lines, s.lines), append(received, s.in), append(later, s.later)
				credit, reason = append(credit, s.credit), append(reason, s.reason)
				ripe, kindRipe = append(ripe, s.mature), append(kindRipe, s.kindMature)
				noEstimate = append(noEstimate, !s.estimated)
				expected, se = append(expected, cents(s.expected, s.estimated)), append(se, cents(s.err, s.estimated))
				factor, share = append(factor, given0(s.factor, s.estimated)), append(share, s.share)
				lower = append(lower, s.lower)
				f := g.creditFactor[m]
				noCreditRate = append(noCreditRate, math.IsNaN(f))
				cFactor, cShare = append(cFactor, given0(f, !math.IsNaN(f))), append(cShare, given0(1/f, !math.IsNaN(f)))
			}
		}
	}
	ints := func(v []int64) *transforms.Vector { return &transforms.Vector{Ints: v, Null: noEstimate} }
	floats := func(v []float64, null []bool) *transforms.Vector { return &transforms.Vector{Floats: v, Null: null} }
	return transforms.NewFrame(len(kind)).SetTexts("kind", kind).SetTexts("productgroep", group).SetDays("productmaand", month).
		SetInts("regels", lines).SetInts("ontvangen_ct", received).SetInts("later_ct", later).SetInts("credit_ct", credit).
		Set("ontwikkelfactor", floats(factor, noEstimate)).Set("verwacht_ct", ints(expected)).Set("se_ct", ints(se)).
		Set("aandeel_binnen", floats(share, noEstimate)).Set("ondergrens", floats(lower, noEstimate)).SetFlags("rijp", ripe).
		SetTexts("reden", reason).Set("credit_ontwikkelfactor", floats(cFactor, noCreditRate)).
		Set("credit_aandeel_binnen", floats(cShare, noCreditRate)).SetFlags("kind_rijp", kindRipe), nil
}

// cents rounds an estimate; 0 where there is none.
func cents(v float64, there bool) int64 {
	if !there {
		return 0
	}
	return int64(math.Round(v))
}

// given0 is v, or 0 where there is none: an empty value of a table has no meaning, but may not be NaN.
func given0(v float64, there bool) float64 {
	if !there {
		return 0
	}
	return v
}
