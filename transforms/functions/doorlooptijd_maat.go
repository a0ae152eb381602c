package functions

import (
	"context"

	"stapel/transforms/estimate"
)

/*
name: doorlooptijd_maat
doc: >
  What is said of the time to approval in a few numbers (rules 42): the median, the smallest number of days after which at most half is still
  without, with the interval of Brookmeyer and Crowley, and the share approved within two months, 61 days. Empty where plans were not followed long enough.
grain: [meting]
reads: [hindernis_plan]
columns:
  - meting tekst: mediaan_dagen_tot_akkoord or akkoord_binnen_twee_maanden
  - waarde getal: days, or a share
  - ci_laag getal: lower bound of its 95% interval; empty where it is not reached
  - ci_hoog getal: upper bound
  - noemer aantal: plans that were followed
  - eenheid tekst: dagen or aandeel
*/

type waitMeasure struct {
	Measure string   `parquet:"meting"`
	Value   *float64 `parquet:"waarde,optional"`
	Low     *float64 `parquet:"ci_laag,optional"`
	High    *float64 `parquet:"ci_hoog,optional"`
	Of      int64    `parquet:"noemer"`
	Unit    string   `parquet:"eenheid"`
}

// twoMonths is how many days two months are (rules 42).
const twoMonths = 61

// doorlooptijdMaat gives a row per measure, also when nothing can be said.
func doorlooptijdMaat(ctx context.Context, in waitTables) ([]waitMeasure, error) {
	median := waitMeasure{Measure: "mediaan_dagen_tot_akkoord", Unit: "dagen"}
	within := waitMeasure{Measure: "akkoord_binnen_twee_maanden", Unit: "aandeel"}
	fit, _, err := in.wait(ctx)
	if err != nil {
		return nil, err
	}
	if fit != nil {
		median.Of, within.Of = int64(fit.N), int64(fit.N)
		at, low, high := fit.Median()
		for to, t := range map[**float64]estimate.SurvivalTime{&median.Value: at, &median.Low: low, &median.High: high} {
			if t.Reached {
				*to = &t.Time
			}
		}
		if open, _, i, ok := fit.At(twoMonths); ok {
			share := 1 - open
			within.Value = &share
			if i.Known {
				low, high := 1-i.High, 1-i.Low
				within.Low, within.High = &low, &high
			}
		}
	}
	return []waitMeasure{within, median}, nil
}
