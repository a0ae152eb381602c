package functions

import (
	"context"
	"slices"
	"time"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

/*
name: effect
doc: >
  What maatwerk did to cost (methods 7), by every estimator side by side, by origin of the plan and by the clock of its start or report; then by law and by payer. An
  effect is in eurocents a household a year, negative when cost went down. Nothing is left out: what can't be estimated has its row, with the reason.
level: totaal
grain: [schatter, herkomst, klok, uitkomst, domein, betaler]
reads: [effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave, analyseplan]
columns:
  - schatter tekst: estimator
  - herkomst tekst: "of the plan, data or veld, empty text where nobody said; loting; alle for all together, which never decides"
  - klok tekst: gestart, months after the start of plans that started; aangemeld, after the report of all
  - uitkomst tekst: kosten
  - domein tekst: law, or alle
  - betaler tekst: who pays, or alle
  - eenheid tekst: of the amounts
  - n_behandeld aantal: households with maatwerk
  - n_sets aantal: matched sets; 0 where there are none
  - n_vergelijking aantal: households that they are compared with
  - schatting_ct ct?: estimate; empty without one, or when it is no amount
  - se_ct ct?: standard error
  - ci_laag_ct ct?: lower bound of the 95% interval
  - ci_hoog_ct ct?: upper
  - waarde getal?: the estimate where it is a share or a number of months
  - waarde_laag getal?: lower bound of that
  - waarde_hoog getal?: upper
  - p_waarde aandeel?: two-sided; of a law or payer after Holm
  - maanden aantal: months after of the set that has least
  - maanden_meest aantal: of that which has most
  - oordeel tekst: verdict on the figure that decides; empty text for others
  - analyseplan tekst: of a verdict, by which analysis plan it is, frozen before the first start, and what is not as in that plan; empty text for others
  - opmerking tekst: what is assumed, what is counted, and why a value is not there
needs:
  "*": +gedeclareerd maatwerk_plan
figures:
  n_behandeld n_sets n_vergelijking: schatting, huishoudens of sets in de berekening; welke staat in koppeling
  schatting_ct: schatting, verschil met vergelijkbare huishoudens volgens deze schatter (docs/methods.md)
  se_ct ci_laag_ct ci_hoog_ct: schatting, standaardfout of 95%-grens van de schatting
  waarde waarde_laag waarde_hoog: schatting, schatting die geen bedrag is, met haar 95%-grens
  p_waarde: schatting, kans bij toeval, tweezijdig, na Holm
  maanden maanden_meest: schatting, maanden na de start van de set met de minste of de meeste
  oordeel: oordeel, wat de schatting, haar grenzen, de placebotoets en het kleinste aantoonbare effect samen zeggen
*/

type effectRow struct {
	Method     string   `parquet:"schatter"`
	Origin     string   `parquet:"herkomst"`
	Clock      string   `parquet:"klok"`
	Outcome    string   `parquet:"uitkomst"`
	Domain     string   `parquet:"domein"`
	Payer      string   `parquet:"betaler"`
	Unit       string   `parquet:"eenheid"`
	Treated    int64    `parquet:"n_behandeld"`
	Sets       int64    `parquet:"n_sets"`
	Controls   int64    `parquet:"n_vergelijking"`
	Ct         *int64   `parquet:"schatting_ct,optional"`
	SeCt       *int64   `parquet:"se_ct,optional"`
	LowCt      *int64   `parquet:"ci_laag_ct,optional"`
	HighCt     *int64   `parquet:"ci_hoog_ct,optional"`
	Value      *float64 `parquet:"waarde,optional"`
	Low        *float64 `parquet:"waarde_laag,optional"`
	High       *float64 `parquet:"waarde_hoog,optional"`
	P          *float64 `parquet:"p_waarde,optional"`
	Months     int64    `parquet:"maanden"`
	MostMonths int64    `parquet:"maanden_meest"`
	Verdict    string   `parquet:"oordeel"`
	Frozen     string   `parquet:"analyseplan"`
	Remark     string   `parquet:"opmerking"`
}

// effectMartTables are those of a study, with the analysis plans that verdicts are by.
type effectMartTables struct {
	effectTables
	Frozen typed.Table[frozenRow] `table:"analyseplan"`
}

type frozenRow struct {
	ID      string `parquet:"analyseplan"`
	On      int32  `parquet:"vastgelegd,date"`
	Differs string `parquet:"verschil"`
}

func effectMart(ctx context.Context, in effectMartTables) ([]effectRow, error) {
	s, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	frozen, err := in.Frozen.All(ctx)
	if err != nil {
		return nil, err
	}
	rows := s.Analyse().Rows
	for _, clock := range effect.Clocks {
		laws := s.Parts(s.laws(), clock)
		rows = append(append(rows, laws...), byPayer(laws)...)
		whole := []effect.Part{{Domain: effect.All, Payer: effect.All, Series: s.Series}}
		for _, r := range s.Parts(whole, clock) {
			if r.Origin == effect.AllOrigin { // of an origin by itself it is there
				rows = append(rows, r)
			}
		}
	}
	out := make([]effectRow, len(rows))
	for k, r := range rows {
		out[k] = effectRow{Method: r.Method, Origin: r.Origin, Clock: string(r.Clock), Outcome: r.Outcome, Domain: r.Domain, Payer: r.Payer, Unit: r.Unit,
			Treated: int64(r.Treated),
			Sets:    int64(r.Sets), Controls: int64(r.Controls), P: shortNumber(r.P), Months: int64(r.LeastMonths), MostMonths: int64(r.MostMonths), Verdict: string(r.Verdict), Remark: r.Remark}
		if r.Unit == effect.PerYear {
			out[k].Ct, out[k].SeCt, out[k].LowCt, out[k].HighCt = wholeCents(r.Value), wholeCents(r.SE), wholeCents(r.Low), wholeCents(r.High)
		} else {
			out[k].Value, out[k].Low, out[k].High = shortNumber(r.Value), shortNumber(r.Low), shortNumber(r.High)
		}
		if r.Verdict != effect.NoVerdict {
			out[k].Frozen = effect.Beforehand(plansOf(frozen), s.FirstStart(r.Origin))
			out[k].Remark += "; " + out[k].Frozen
		}
	}
	return out, nil
}

// plansOf are frozen plans in the order of their moments, in which the table has them.
func plansOf(rows []frozenRow) (out []effect.Frozen) {
	for _, r := range rows {
		out = append(out, effect.Frozen{ID: r.ID, On: time.Unix(int64(r.On)*86400, 0).UTC(), Differs: r.Differs})
	}
	return out
}

func shortNumber(v *float64) *float64 {
	if v == nil {
		return nil
	}
	short := digits(*v)
	return &short
}

func (s *effectStudy) laws() (out []effect.Part) {
	for k, law := range effectLaws {
		out = append(out, effect.Part{Domain: law[0], Payer: effect.All, Series: s.parts[k]})
	}
	return out
}

func (s *effectStudy) payers() (out []effect.Part) {
	for k, law := range effectLaws {
		out = append(out, effect.Part{Domain: effect.All, Payer: law[1], Series: s.parts[k]})
	}
	return out
}

// byPayer are rows by law as rows by who pays: each law has one payer.
func byPayer(laws []effect.Row) []effect.Row {
	payer := map[string]string{}
	for _, law := range effectLaws {
		payer[law[0]] = law[1]
	}
	out := slices.Clone(laws)
	for k := range out {
		out[k].Domain, out[k].Payer = effect.All, payer[out[k].Domain]
	}
	return out
}
