package functions

import (
	"context"
	"math"
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
figures:
  regels ontvangen_ct later_ct credit_ct: schatting, uit de tabel van wat per maand binnenkwam, met vervangen regels erbij en eraf
  ontwikkelfactor verwacht_ct aandeel_binnen: "schatting, chain ladder: wat er nog bij komt, naar wat er eerder bij kwam"
  se_ct ondergrens: schatting, standaardfout of ondergrens (Mack 1993)
  credit_ontwikkelfactor credit_aandeel_binnen: schatting, hetzelfde voor credits
  rijp reden kind_rijp: oordeel, rijp als de ondergrens van het aandeel binnen ten minste 0,95 is
*/

type maturityRow struct {
	Kind         string   `parquet:"kind"`
	Group        string   `parquet:"productgroep"`
	Month        int32    `parquet:"productmaand,date"`
	Lines        int64    `parquet:"regels"`
	ReceivedCt   int64    `parquet:"ontvangen_ct"`
	LaterCt      int64    `parquet:"later_ct"`
	CreditCt     int64    `parquet:"credit_ct"`
	Factor       *float64 `parquet:"ontwikkelfactor,optional"`
	ExpectedCt   *int64   `parquet:"verwacht_ct,optional"`
	SeCt         *int64   `parquet:"se_ct,optional"`
	Share        *float64 `parquet:"aandeel_binnen,optional"`
	Low          *float64 `parquet:"ondergrens,optional"`
	Mature       bool     `parquet:"rijp"`
	Reason       string   `parquet:"reden"`
	CreditFactor *float64 `parquet:"credit_ontwikkelfactor,optional"`
	CreditShare  *float64 `parquet:"credit_aandeel_binnen,optional"`
	KindMature   bool     `parquet:"kind_rijp"`
}

// rijpheid gives a row per kind, product group and month.
func rijpheid(ctx context.Context, in runOffTables) ([]maturityRow, error) {
	kinds, calendar, err := readRunOff(ctx, in)
	if err != nil {
		return nil, err
	}
	var out []maturityRow
	for _, r := range kinds {
		for _, g := range r.groups {
			for m, s := range g.months {
				row := maturityRow{Kind: r.kind, Group: g.name, Month: calendar[m], Lines: s.lines, ReceivedCt: s.in, LaterCt: s.later,
					CreditCt: s.credit, Mature: s.mature, Reason: s.reason, KindMature: s.kindMature}
				if s.estimated {
					row.Factor, row.Share, row.Low = &s.factor, &s.share, &s.lower
					row.ExpectedCt, row.SeCt = cents(s.expected), cents(s.err)
				}
				if f := g.creditFactor[m]; !math.IsNaN(f) {
					inverse := 1 / f
					row.CreditFactor, row.CreditShare = &f, &inverse
				}
				out = append(out, row)
			}
		}
	}
	return out, nil
}

// cents rounds an estimate to eurocents.
func cents(v float64) *int64 {
	ct := int64(math.Round(v))
	return &ct
}
