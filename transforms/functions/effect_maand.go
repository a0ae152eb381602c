package functions

import (
	"context"

	"stapel/transforms/effect"
)

/*
name: effect_maand
doc: >
  The difference between the change of households with maatwerk and that of those they are compared with, month by month around the plan (methods 7), at a year's rate
  and against the mean of the year before. Before the report it should be 0; months after are those from the start.
level: totaal
grain: [schatter, herkomst, uitkomst, domein, maand]
reads: [effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave]
columns:
  - schatter tekst: "gematcht_verschil: it is not adjusted for cost before"
  - herkomst tekst: of the plan; alle for all together
  - uitkomst tekst: kosten
  - domein tekst: law, or alle
  - maand aantal: -12 to -1 before the report, 0 the mean from report to start, 1 to 12 after the start
  - n_sets aantal: sets of which the month is known
  - schatting_ct ct?: eurocents a household a year; empty without sets
  - ci_laag_ct ct?: lower bound of the band that holds all months together with 95%; empty with too few sets
  - ci_hoog_ct ct?: upper
  - opmerking tekst: why something is empty
needs:
  "*": +gedeclareerd maatwerk_plan
figures:
  n_sets: schatting, sets waarvan de maand bekend is
  schatting_ct: schatting, verschil met de vergelijkingsgroep in deze maand
  ci_laag_ct ci_hoog_ct: schatting, grens van de band die voor alle maanden samen met 95% geldt
*/

type effectMonthRow struct {
	Method  string `parquet:"schatter"`
	Origin  string `parquet:"herkomst"`
	Outcome string `parquet:"uitkomst"`
	Domain  string `parquet:"domein"`
	Month   int64  `parquet:"maand"`
	Sets    int64  `parquet:"n_sets"`
	Ct      *int64 `parquet:"schatting_ct,optional"`
	LowCt   *int64 `parquet:"ci_laag_ct,optional"`
	HighCt  *int64 `parquet:"ci_hoog_ct,optional"`
	Remark  string `parquet:"opmerking"`
}

func effectMaand(ctx context.Context, in effectTables) (out []effectMonthRow, err error) {
	s, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	whole := effect.Part{Domain: effect.All, Payer: effect.All, Series: s.Series}
	for _, part := range append([]effect.Part{whole}, s.laws()...) {
		study := s.Study
		study.Series = part.Series
		for _, origin := range []string{effect.FromData, effect.FromField, effect.AllOrigin} {
			for _, r := range study.Around(origin) {
				out = append(out, effectMonthRow{Method: effect.MethodChanges, Origin: origin, Outcome: effect.Cost, Domain: part.Domain, Month: int64(r.Month),
					Sets: int64(r.Sets),
					Ct:   wholeCents(r.Value), LowCt: wholeCents(r.Low), HighCt: wholeCents(r.High), Remark: r.Remark})
			}
		}
	}
	return out, nil
}
