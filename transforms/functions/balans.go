package functions

import (
	"context"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

/*
name: balans
doc: >
  How alike households with maatwerk and those they are compared with were before (methods 7): against all candidates of the same months, and after matching. A difference above
  0,1 standard deviations is out of balance, and one in euro above a tenth of the smallest effect that can be shown is said too.
level: totaal
grain: [kenmerk]
reads: [effect_stand, effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave]
columns:
  - kenmerk tekst: what is compared
  - smd_voor getal?: standardised difference of means with all candidates; empty where nobody differs
  - smd_na getal?: after matching, on the same scale; empty without sets
  - variantie_verhouding getal?: variance of the treated over that of their controls; empty where these do not vary
  - verschil_ct ct?: difference of means after matching, of what is money
  - opmerking tekst: uit balans, or why something is empty
needs:
  "*": +gedeclareerd maatwerk_plan
figures:
  smd_voor smd_na: schatting, gestandaardiseerd verschil van gemiddelden voor en na koppelen
  variantie_verhouding: schatting, variantie met maatwerk gedeeld door die van de vergelijking
  verschil_ct: schatting, verschil van gemiddelden na koppelen
*/

type balanceTables struct {
	effectTables
	Stands typed.Table[effectStandRow] `table:"effect_stand"`
}

type balanceRow struct {
	Covariate string   `parquet:"kenmerk"`
	Before    *float64 `parquet:"smd_voor,optional"`
	After     *float64 `parquet:"smd_na,optional"`
	Ratio     *float64 `parquet:"variantie_verhouding,optional"`
	Ct        *int64   `parquet:"verschil_ct,optional"`
	Remark    string   `parquet:"opmerking"`
}

func balans(ctx context.Context, in balanceTables) ([]balanceRow, error) {
	study, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	var stands []effect.Stand
	places := map[clockKey]int{}
	err = eachStand(in.Stands.Rows(ctx), func(row effectStandRow, s effect.Stand) {
		places[clockKey{row.Month, row.Household}] = len(stands)
		stands = append(stands, s)
	})
	if err != nil {
		return nil, err
	}
	rows, err := in.Participants.All(ctx)
	if err != nil {
		return nil, err
	}
	sets := &effect.Sets{}
	at := map[int64]int{}
	for _, r := range rows {
		switch r.Role {
		case roleTreated:
			at[r.Set] = len(sets.Sets)
			sets.Sets = append(sets.Sets, effect.Set{Plan: effect.Plan{Case: r.Case, Reported: effectMonth(&r.Month)}, Treated: places[clockKey{r.Month, r.Household}]})
		case roleUnmatched:
			if r.Formed != nil {
				sets.Dropped = append(sets.Dropped, effect.Dropped{Plan: effect.Plan{Case: r.Case, Reported: effectMonth(&r.Month)}})
			}
		}
	}
	for _, r := range rows {
		if r.Role == roleControl {
			s := &sets.Sets[at[r.Set]]
			s.Controls = append(s.Controls, places[clockKey{r.Month, r.Household}])
		}
	}
	var out []balanceRow
	head := study.Headline(effect.AllOrigin)
	for _, r := range effect.Balance(sets, stands, head.Detectable()) {
		out = append(out, balanceRow{r.Covariate, shortNumber(r.Before), shortNumber(r.After), shortNumber(r.Ratio), wholeCents(r.Cents), r.Remark})
	}
	return out, nil
}
