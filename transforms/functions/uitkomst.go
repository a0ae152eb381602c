package functions

import (
	"context"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

/*
name: uitkomst
doc: >
  What else became of households with maatwerk and of those they are compared with (methods 7), on the same sets and months as cost: less care can be harm, and no saving is
  shown without these. And who left, by reason. What is known before is compared with what is after, for both; difference-in-differences.
level: totaal
grain: [uitkomst, herkomst]
reads: [effect_deelnemer, effect_reeks, effect_plan, effect_rijp, effect_parameter, plan_stand, effect_uitgave, effect_uitkomst, effect_vertrek]
columns:
  - uitkomst tekst: dagen_uithuisgeplaatst, ontruiming, actieve_ingredienten, cocktail_opgelost, in_schuldhulp, bijstand, or vertrek_ and a reason
  - herkomst tekst: of the plan; alle for all together
  - eenheid tekst: of the values
  - n_sets aantal: sets of which it is known
  - n_vergelijking aantal: households that they are compared with
  - behandeld_voor getal?: mean in the year before, of households with maatwerk; empty of what has no before
  - behandeld_na getal?: in the months after
  - vergelijking_voor getal?: the same of those they are compared with
  - vergelijking_na getal?: after
  - verschil getal?: change of the first less that of the second; empty without sets
  - ci_laag getal?: lower bound of the 95% interval; empty with too few sets
  - ci_hoog getal?: upper
  - p_waarde aandeel?: two-sided
  - opmerking tekst: why something is empty, and how many sets do not know it
needs:
  "*": maatwerk_plan
figures:
  n_sets n_vergelijking: schatting, sets of huishoudens in de berekening
  behandeld_voor behandeld_na: schatting, gemiddelde van de huishoudens met maatwerk
  vergelijking_voor vergelijking_na: schatting, gemiddelde van de vergelijkingsgroep
  verschil: schatting, verandering met maatwerk min die van de vergelijkingsgroep
  ci_laag ci_hoog p_waarde: schatting, 95%-grens, of kans bij toeval
*/

type outcomeTables struct {
	effectTables
	Outcomes typed.Table[outcomeMonthRow] `table:"effect_uitkomst"`
	Gone     typed.Table[goneRow]         `table:"effect_vertrek"`
}

type outcomeMonthRow struct {
	Month       int32  `parquet:"maand,date"`
	Household   int64  `parquet:"huishouden"`
	Calendar    int32  `parquet:"kalendermaand,date"`
	Away        *int64 `parquet:"dagen_uithuisgeplaatst,optional"`
	Eviction    *int64 `parquet:"ontruiming,optional"`
	Ingredients *int64 `parquet:"actieve_ingredienten,optional"`
	Cocktail    *int64 `parquet:"cocktail_vol,optional"`
	Debt        *int64 `parquet:"in_schuldhulp,optional"`
	Benefit     *int64 `parquet:"bijstand,optional"`
}

type goneRow struct {
	Month     int32  `parquet:"maand,date"`
	Household int64  `parquet:"huishouden"`
	Reason    string `parquet:"reden"`
	Persons   int64  `parquet:"personen"`
}

type outcomeRow struct {
	Outcome       string   `parquet:"uitkomst"`
	Origin        string   `parquet:"herkomst"`
	Unit          string   `parquet:"eenheid"`
	Sets          int64    `parquet:"n_sets"`
	Controls      int64    `parquet:"n_vergelijking"`
	TreatedBefore *float64 `parquet:"behandeld_voor,optional"`
	TreatedAfter  *float64 `parquet:"behandeld_na,optional"`
	ControlBefore *float64 `parquet:"vergelijking_voor,optional"`
	ControlAfter  *float64 `parquet:"vergelijking_na,optional"`
	Difference    *float64 `parquet:"verschil,optional"`
	Low           *float64 `parquet:"ci_laag,optional"`
	High          *float64 `parquet:"ci_hoog,optional"`
	P             *float64 `parquet:"p_waarde,optional"`
	Remark        string   `parquet:"opmerking"`
}

// goneReasons are those of effect_vertrek.
var goneReasons = []string{"verhuisd", "overleden", "andere_verzekeraar", "onbekend"}

func uitkomst(ctx context.Context, in outcomeTables) (out []outcomeRow, err error) {
	s, err := in.read(ctx)
	if err != nil {
		return nil, err
	}
	var series [6]map[clockKey]*effect.Series
	for k := range series {
		series[k] = map[clockKey]*effect.Series{}
	}
	for row, err := range in.Outcomes.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		key := clockKey{row.Month, row.Household}
		for k, v := range []*int64{row.Away, row.Eviction, row.Ingredients, row.Cocktail, row.Debt, row.Benefit} {
			of := series[k][key]
			if of == nil {
				of = &effect.Series{From: effectMonth(&row.Calendar)}
				series[k][key] = of
			}
			value := 0.0
			if v != nil {
				value = float64(*v)
			}
			of.Value, of.Covered = append(of.Value, value), append(of.Covered, v != nil)
		}
	}
	keyOf := func(place int) clockKey { return clockKey{effectDay(s.Stands[place].Month), s.Stands[place].Household} }
	var outcomes []effect.Outcome
	for k, o := range []effect.Outcome{{Name: "dagen_uithuisgeplaatst", Unit: "dagen per jaar", Scale: windowMonths}, {Name: "ontruiming",
		Unit: "per jaar", Scale: windowMonths},
		{Name: "actieve_ingredienten", Unit: "aantal", Scale: 1}, {Name: "cocktail_opgelost", Unit: "aandeel van wie er een had", Scale: 1, Solved: true},
		{Name: "in_schuldhulp", Unit: "aandeel van de maanden", Scale: 1}, {Name: "bijstand", Unit: "aandeel van de maanden", Scale: 1}} {
		o.Series = func(place int) *effect.Series { return series[k][keyOf(place)] }
		outcomes = append(outcomes, o)
	}
	gone := map[clockKey]map[string]float64{}
	for row, err := range in.Gone.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		key := clockKey{row.Month, row.Household}
		if gone[key] == nil {
			gone[key] = map[string]float64{}
		}
		gone[key][row.Reason] += float64(row.Persons)
	}
	rows := append(s.Outcomes(outcomes), s.Gone(goneReasons, func(place int, reason string) (float64, bool) { return gone[keyOf(place)][reason], true })...)
	for _, r := range rows {
		out = append(out, outcomeRow{r.Outcome, r.Origin, r.Unit, int64(r.Sets), int64(r.Controls), shortNumber(r.TreatedBefore),
			shortNumber(r.TreatedAfter), shortNumber(r.ControlBefore),
			shortNumber(r.ControlAfter), shortNumber(r.Value), shortNumber(r.Low), shortNumber(r.High), shortNumber(r.P), r.Remark})
	}
	return out, nil
}
