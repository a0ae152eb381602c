package effect

import "stapel/transforms/estimate"

// BalanceRow is a row of mart balans: how a covariate of the treated compares with that of all candidates, and after matching with that of their controls.
type BalanceRow struct {
	Covariate     string
	Before, After *float64 // standardised mean differences, on one scale
	Ratio         *float64 // of variances, after
	Cents         *float64 // difference of means after, of covariates that are money
	Remark        string
}

// imbalance is the standardised difference from which methods 7 flags a covariate.
const imbalance = 0.1

// Balance compares the sets. Treated without a set count before, and not after. detectable is the effect that could just be shown, 0 when unknown: a
// difference in cost of
// more than a tenth of it is flagged, as is a standardised one above 0,1; the figure that decides is adjusted for cost in either case.
func Balance(sets *Sets, stands []Stand, detectable float64) (rows []BalanceRow) {
	var at []int
	var treated []bool
	months := map[Month]bool{}
	weight := map[int]float64{}
	for _, s := range sets.Sets {
		months[s.Plan.Reported], weight[s.Treated] = true, 1
		for _, c := range s.Controls {
			weight[c] = 1 / float64(len(s.Controls))
		}
	}
	followed := map[string]bool{}
	for _, s := range sets.Sets {
		followed[s.Plan.Case] = true
	}
	for _, d := range sets.Dropped {
		if d.Plan.Excluded == "" {
			followed[d.Plan.Case] = true
			months[d.Plan.Reported] = true
		}
	}
	for i := range stands {
		s := &stands[i]
		if own := s.Case != "" && followed[s.Case]; s.Known1 && months[s.Month] && (own || s.Candidate) {
			at, treated = append(at, i), append(treated, own)
		}
	}
	weights := make([]float64, len(at))
	for k, i := range at {
		weights[k] = weight[i]
	}
	for j, name := range Kenmerken {
		column := make([]float64, len(at))
		for k, i := range at {
			column[k] = stands[i].covariate(j, false)
		}
		r := BalanceRow{Covariate: name}
		before, err := estimate.Balance(treated, [][]float64{column}, nil, estimate.BalanceOptions{MomentsOnly: true})
		if err == nil && before.Rows[0].HasSMD {
			r.Before = &before.Rows[0].SMD
		}
		after, err := estimate.Balance(treated, [][]float64{column}, weights, estimate.BalanceOptions{MomentsOnly: true})
		switch {
		case err != nil:
			r.Remark = "geen sets"
		default:
			own := after.Rows[0]
			if own.HasSMD {
				r.After = &own.SMD
				if own.SMD > imbalance || own.SMD < -imbalance {
					r.Remark = "uit balans"
				}
			} else {
				r.Remark = "verschilt niet tussen huishoudens"
			}
			if own.HasRatio {
				r.Ratio = &own.VarianceRatio
			}
			if inEuro(j) {
				r.Cents = &own.Difference
				if detectable > 0 && (own.Difference > detectable/10 || own.Difference < -detectable/10) {
					if r.Remark != "" {
						r.Remark += "; "
					}
					r.Remark += "meer dan een tiende van het kleinste aantoonbare effect: de schatting is voor kosten gecorrigeerd"
				}
			}
		}
		rows = append(rows, r)
	}
	return rows
}
