package functions

import (
	"context"
	"math"
	"strings"
	"time"
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
figures:
  t0_maanden t0_maanden_rijp productgroepen: schatting, maanden of groepen van rijpheid van deze soort
  ontvangen_ct later_ct credit_ct: schatting, uit de tabel van wat per maand binnenkwam, met vervangen regels erbij en eraf
  verwacht_ct se_ct aandeel_binnen ondergrens staartfactor: schatting, chain ladder over de laatste 12 maanden
*/

// windowMonths are the months of T0.
const windowMonths = 12

type kindMaturityRow struct {
	Kind         string   `parquet:"kind"`
	Months       int64    `parquet:"t0_maanden"`
	MatureMonths int64    `parquet:"t0_maanden_rijp"`
	MatureUntil  *int32   `parquet:"rijp_tot,optional,date"`
	LastReceipt  *int32   `parquet:"laatste_ontvangst,optional,date"`
	ReceivedCt   int64    `parquet:"ontvangen_ct"`
	LaterCt      int64    `parquet:"later_ct"`
	CreditCt     int64    `parquet:"credit_ct"`
	ExpectedCt   *int64   `parquet:"verwacht_ct,optional"`
	SeCt         *int64   `parquet:"se_ct,optional"`
	Share        *float64 `parquet:"aandeel_binnen,optional"`
	Low          *float64 `parquet:"ondergrens,optional"`
	Groups       int64    `parquet:"productgroepen"`
	Rest         string   `parquet:"overig_groepen"`
	Tail         *float64 `parquet:"staartfactor,optional"`
	Reason       string   `parquet:"reden"`
	ReasonGroup  string   `parquet:"reden_groep"`
}

// rijpheidKind gives a row per kind.
func rijpheidKind(ctx context.Context, in runOffTables) ([]kindMaturityRow, error) {
	kinds, calendar, err := readRunOff(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []kindMaturityRow
	for _, r := range kinds {
		s := r.window(windowMonths)
		row := kindMaturityRow{Kind: r.kind, Months: windowMonths, ReceivedCt: s.in, LaterCt: s.later, CreditCt: s.credit,
			Groups: int64(len(r.groups)), Tail: r.tail()}
		unbroken := true
		for m := len(r.months) - windowMonths; m < len(r.months); m++ {
			of := r.months[m]
			if of.mature {
				row.MatureMonths++
			} else if unbroken {
				unbroken, row.Reason, row.ReasonGroup = false, of.reason, of.group
			}
			if unbroken {
				row.MatureUntil = &calendar[m]
			}
		}
		if r.last > math.MinInt {
			last := monthDay(monthNumber(calendar[0]) + r.last)
			row.LastReceipt = &last
		}
		if s.estimated {
			row.Share, row.Low, row.ExpectedCt, row.SeCt = &s.share, &s.lower, cents(s.expected), cents(s.err)
		}
		for _, g := range r.groups {
			if g.name == pool {
				row.Rest = strings.Join(g.members, "|")
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// tail is the largest tail factor of the groups; nil without history, or where a factor before it is missing.
func (r *runOff) tail() *float64 {
	if r.short() || r.rare || len(r.groups) == 0 {
		return nil
	}
	largest := 0.0
	for _, g := range r.groups {
		largest = max(largest, g.develop.Tail.Factor)
	}
	if math.IsNaN(largest) {
		return nil
	}
	return &largest
}

// monthDay is the first day of a month by its number, in days since 1970-01-01.
func monthDay(month int) int32 {
	return int32(time.Date(month/12, time.Month(month%12+1), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
