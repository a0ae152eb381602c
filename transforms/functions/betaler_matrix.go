package functions

import (
	"context"

	"stapel/transforms/effect"
)

/*
name: betaler_matrix
doc: >
  Who paid for maatwerk beside whom it saved money (methods 7): what each payer saved in 12 months over all sets, positive is a saving. Expenses of the programme do not say
  who paid; they are of the programme.
level: totaal
grain: [betaler_kosten, betaler_baten]
reads: [effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave]
columns:
  - betaler_kosten tekst: "who paid for maatwerk: programma, or onbekend where no expense was delivered"
  - betaler_baten tekst: whose bills changed
  - bedrag_ct ct?: saved over all sets in 12 months; negative is extra cost; empty without sets
  - ci_laag_ct ct?: lower bound of the interval that holds for all payers together with 95%
  - ci_hoog_ct ct?: upper
  - inbaar vlag?: the payer's bills are certainly lower, for the interval lies above 0; empty without an interval. Whether a budget can then be lowered it does not say
  - opmerking tekst: why something is empty
needs:
  "*": +gedeclareerd maatwerk_plan maatwerk_uitgave
figures:
  bedrag_ct: schatting, bespaard over alle sets in 12 maanden; onder nul is het duurder
  ci_laag_ct ci_hoog_ct: schatting, grens die voor alle betalers samen met 95% geldt
  inbaar: oordeel, of de besparing volgens de planregels inbaar is
*/

type matrixRow struct {
	PaidBy  string `parquet:"betaler_kosten"`
	SavedBy string `parquet:"betaler_baten"`
	Ct      *int64 `parquet:"bedrag_ct,optional"`
	LowCt   *int64 `parquet:"ci_laag_ct,optional"`
	HighCt  *int64 `parquet:"ci_hoog_ct,optional"`
	Certain *bool  `parquet:"inbaar,optional"`
	Remark  string `parquet:"opmerking"`
}

func betalerMatrix(ctx context.Context, in effectTables) (out []matrixRow, err error) {
	s, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	paid := map[string]float64{}
	if s.HasSpent {
		paid["programma"] = 1
	}
	for _, r := range effect.Matrix(s.Parts(s.payers(), effect.Started), paid) {
		row := matrixRow{PaidBy: r.PaidBy, SavedBy: r.SavedBy, Ct: wholeCents(r.Amount), LowCt: wholeCents(r.Low), HighCt: wholeCents(r.High), Remark: r.Remark}
		if row.PaidBy == "" {
			row.PaidBy = "onbekend"
		}
		if r.Low != nil {
			certain := *r.Low > 0
			row.Certain = &certain
		}
		out = append(out, row)
	}
	return out, nil
}
