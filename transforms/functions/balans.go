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
	Stands typed.Table[balanceStand] `table:"effect_stand"`
}

// balanceStand is what of a stand is compared.
type balanceStand struct {
	Month       int32  `parquet:"maand,date"`
	Household   int64  `parquet:"huishouden"`
	Case        string `parquet:"casusnummer"`
	Candidate   bool   `parquet:"kandidaat"`
	Persons     int64  `parquet:"personen"`
	Oldest      int64  `parquet:"oudste_leeftijd"`
	Ingredients int64  `parquet:"ingredienten"`
	Before2     *int64 `parquet:"voor2_ct,optional"`
	Before1     int64  `parquet:"voor1_ct"`
	Quarter     int64  `parquet:"kwartaal_ct"`
	Wmo         int64  `parquet:"wmo_ct"`
	Jeugd       int64  `parquet:"jeugd_ct"`
	Part        int64  `parquet:"participatie_ct"`
	Zvw         int64  `parquet:"zvw_ct"`
	Months      int64  `parquet:"voor1_maanden"`
}

func (r *balanceStand) stand(regions map[string]int) effect.Stand {
	all := effectStandRow{Month: r.Month, Household: r.Household, Case: r.Case, Candidate: r.Candidate, Persons: r.Persons, Oldest: r.Oldest,
		Ingredients: r.Ingredients, Before2: r.Before2, Before1: r.Before1, Quarter: r.Quarter, Wmo: r.Wmo, Jeugd: r.Jeugd, Part: r.Part, Zvw: r.Zvw, Months: r.Months}
	return all.stand(regions)
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
	places := map[clockKey]int{} // of participants
	for _, r := range study.rows {
		places[clockKey{r.Month, r.Household}] = 0
	}
	var stands []effect.Stand
	nowhere := map[string]int{}
	for row, err := range in.Stands.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		key := clockKey{row.Month, row.Household}
		if _, there := places[key]; there {
			places[key] = len(stands)
		}
		stands = append(stands, row.stand(nowhere))
	}
	sets := &effect.Sets{}
	at := map[int64]int{}
	for _, r := range study.rows {
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
	for _, r := range study.rows {
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
