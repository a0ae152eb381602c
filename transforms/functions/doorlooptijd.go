package functions

import (
	"context"
	"errors"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: doorlooptijd
doc: >
  How long maatwerk plans wait for their approval (methods 7, rules 42): the share still without one, day by day, by Kaplan and Meier over the
  plans that were reported by P. A plan that is not approved stays in sight until P, also one that was refused or withdrawn: it can no longer be
  approved, and does not count as if it soon would be. An akkoord before the report is no time, and leaves the plan out (negatieve_doorlooptijd
  of plan_totaal).
level: totaal
grain: [dagen]
reads: [hindernis_plan]
columns:
  - dagen aantal: days from report to approval, or to P
  - at_risk aantal: plans without approval before this day, and in sight until it
  - akkoord aantal: approved on this day
  - afgewezen aantal: refused, and in sight until this day
  - gecensureerd aantal: in sight until this day, neither approved nor refused
  - aandeel_open aandeel: share still without approval after this day
  - ci_laag aandeel?: lower bound of its 95% interval, by log-log with Greenwood's variance; empty where the share is 0 or 1
  - ci_hoog aandeel?: upper bound
needs:
  "*": maatwerk_plan
figures:
  at_risk: telling, plannen die tot deze dag nog geen akkoord hadden
  akkoord: telling, plannen met akkoord op deze dag
  afgewezen: telling, plannen die zijn afgewezen, gevolgd tot deze dag
  gecensureerd: telling, plannen zonder akkoord, gevolgd tot deze dag
  aandeel_open: schatting, aandeel nog zonder akkoord (Kaplan en Meier)
  ci_laag ci_hoog: schatting, 95%-grens (Greenwood, log-log)
*/

// waitTables are what doorlooptijd and doorlooptijd_maat read.
type waitTables struct {
	Plans typed.Table[waitingPlan] `table:"hindernis_plan"`
}

type waitingPlan struct {
	Approved *int64 `parquet:"dagen_tot_akkoord,optional"`
	Followed int64  `parquet:"dagen_gevolgd"`
	Refused  bool   `parquet:"afgewezen"`
}

type waitRow struct {
	Days     int64    `parquet:"dagen"`
	AtRisk   int64    `parquet:"at_risk"`
	Approved int64    `parquet:"akkoord"`
	Refused  int64    `parquet:"afgewezen"`
	Censored int64    `parquet:"gecensureerd"`
	Open     float64  `parquet:"aandeel_open"`
	Low      *float64 `parquet:"ci_laag,optional"`
	High     *float64 `parquet:"ci_hoog,optional"`
}

// doorlooptijd gives a row per day on which a plan was approved or went out of sight.
func doorlooptijd(ctx context.Context, in waitTables) ([]waitRow, error) {
	fit, refused, err := in.wait(ctx)
	if fit == nil || err != nil {
		return nil, err
	}
	var out []waitRow
	for _, r := range fit.Rows {
		no := refused[r.Time]
		row := waitRow{Days: int64(r.Time), AtRisk: int64(r.AtRisk), Approved: int64(r.Events), Refused: no, Censored: int64(r.Censored) - no, Open: r.Survival}
		if i := r.Interval; i.Known {
			row.Low, row.High = &i.Low, &i.High
		}
		out = append(out, row)
	}
	return out, nil
}

// wait is the product-limit estimate of the days to approval, nil when there is no plan with a time of 0 or more, and how many of those
// that went out of sight after so many days were refused.
func (in waitTables) wait(ctx context.Context) (fit *estimate.KaplanMeierFit, refused map[float64]int64, err error) {
	var days []float64
	var approved []bool
	refused = map[float64]int64{}
	for p, err := range in.Plans.Rows(ctx) {
		if err != nil {
			return nil, nil, err
		}
		at := float64(p.Followed)
		if p.Approved != nil {
			at = float64(*p.Approved)
		} else if p.Refused {
			refused[at]++
		}
		days, approved = append(days, at), append(approved, p.Approved != nil)
	}
	fit, err = estimate.KaplanMeier(days, approved, estimate.SurvivalOptions{})
	if errors.Is(err, estimate.ErrNobodyFollowed) {
		return nil, nil, nil
	}
	return fit, refused, err
}
