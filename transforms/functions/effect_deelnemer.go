package functions

import (
	"cmp"
	"context"
	"slices"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

/*
name: effect_deelnemer
doc: >
  Households that the estimates of effect are made from (methods 7): of plans, in a set or without one; those that stand beside them in a set; those on the list of
  a lottery; and the reservoir, never treated and alike, of which placebos are drawn.
grain: [rol, set_id, maand, huishouden]
reads: [effect_plan, effect_stand, effect_rijp, effect_parameter]
columns:
  - rol tekst: behandeld, vergelijking, zonder_set, loting or reservoir
  - set_id aantal: number of the set, from 1 in the order of maand and matching; 0 of households in none
  - maand maand: "t0: month of the report of the plan or of the draw, the clock of all members and theirs in effect_stand"
  - huishouden huishouden: household
  - vorm maand: with huishouden the key of its cost in effect_kosten; empty for a plan of a household that effect_stand does not have
  - start maand: month in which the plan started; of reservoir that of a plan it could have been; empty when it did not
  - tot maand: last month that counts for the set, mature in every feed; empty without one
  - eigen_tot maand: the same for this household, which ends before the month of a plan of its own
  - gewicht getal: 1 when treated, else one over the number of controls; of reservoir what it counts for as it was never treated
  - casusnummer tekst: plan; empty text without one
  - herkomst tekst: of the plan, data, veld or empty text
  - reden tekst: why a plan is in no set; empty text otherwise
  - draw_id tekst: lottery; empty text without one
  - stratum tekst: of the lottery
  - getrokken vlag: drawn; no outside a lottery
  - voor1_ct ct: cost in the 12 months before
  - voor2_ct ct: in the 12 before these; empty where that is not known
  - kwartaal_ct ct: in the last three months
  - wmo_ct ct: of voor1_ct, Wmo
  - jeugd_ct ct: Jeugd
  - participatie_ct ct: Participatie
  - zvw_ct ct: Zvw
  - kinderen vlag: somebody is under 18
  - gebied aantal: number of the gemeente
  - personen aantal: members
  - oudste_leeftijd aantal: whole years
  - ingredienten aantal: that show
  - neiging_data getal: log odds of being reported from data in the month; empty when these can't be told, like the next two
  - neiging_veld getal: from the field
  - neiging_onbekend getal: by nobody knows whom
  - telt tekst: "month:weight joined by |: what a household that is not treated yet counts for from that month on (months since the year 0), 1 before the first"
*/

type participantTables struct {
	Plans     typed.Table[effectPlanRow]     `table:"effect_plan"`
	Stands    typed.Table[effectStandRow]    `table:"effect_stand"`
	Maturity  typed.Table[effectMaturityRow] `table:"effect_rijp"`
	Parameter typed.Table[effectSettings]    `table:"effect_parameter"`
}

type participantRow struct {
	Role        string   `parquet:"rol"`
	Set         int64    `parquet:"set_id"`
	Month       int32    `parquet:"maand,date"`
	Household   int64    `parquet:"huishouden"`
	Formed      *int32   `parquet:"vorm,optional,date"`
	Start       *int32   `parquet:"start,optional,date"`
	Until       *int32   `parquet:"tot,optional,date"`
	OwnUntil    *int32   `parquet:"eigen_tot,optional,date"`
	Weight      float64  `parquet:"gewicht"`
	Case        string   `parquet:"casusnummer"`
	Origin      string   `parquet:"herkomst"`
	Reason      string   `parquet:"reden"`
	Draw        string   `parquet:"draw_id"`
	Stratum     string   `parquet:"stratum"`
	Drawn       bool     `parquet:"getrokken"`
	Before1     int64    `parquet:"voor1_ct"`
	Before2     *int64   `parquet:"voor2_ct,optional"`
	Quarter     int64    `parquet:"kwartaal_ct"`
	Wmo         int64    `parquet:"wmo_ct"`
	Jeugd       int64    `parquet:"jeugd_ct"`
	Part        int64    `parquet:"participatie_ct"`
	Zvw         int64    `parquet:"zvw_ct"`
	Children    bool     `parquet:"kinderen"`
	Region      int64    `parquet:"gebied"`
	Persons     int64    `parquet:"personen"`
	Oldest      int64    `parquet:"oudste_leeftijd"`
	Ingredients int64    `parquet:"ingredienten"`
	LogitData   *float64 `parquet:"neiging_data,optional"`
	LogitField  *float64 `parquet:"neiging_veld,optional"`
	LogitOther  *float64 `parquet:"neiging_onbekend,optional"`
	Counts      string   `parquet:"telt"`
}

// Roles of participants.
const (
	roleTreated   = "behandeld"
	roleControl   = "vergelijking"
	roleUnmatched = "zonder_set"
	roleDraw      = "loting"
	roleReservoir = "reservoir"
)

// deelnemer matches, and says who takes part as what.
func deelnemer(ctx context.Context, in participantTables) ([]participantRow, error) {
	parameter, err := in.Parameter.One(ctx)
	if err != nil {
		return nil, err
	}
	set := parameter.settings()
	plans, err := readPlans(ctx, in.Plans)
	if err != nil {
		return nil, err
	}
	maturity, err := in.Maturity.All(ctx)
	if err != nil {
		return nil, err
	}
	mature := effectMature(maturity)
	var stands []effect.Stand
	var formed []int32
	var draws []participantRow
	err = eachStand(in.Stands.Rows(ctx), func(row effectStandRow, s effect.Stand) {
		stands, formed = append(stands, s), append(formed, row.Formed)
		if row.Draw != "" {
			p := participantRow{Role: roleDraw, Formed: &row.Formed, Weight: 1, Draw: row.Draw, Stratum: row.Stratum, Drawn: row.Drawn != nil && *row.Drawn}
			p.take(&s)
			draws = append(draws, p)
		}
	})
	if err != nil {
		return nil, err
	}
	m, err := effect.Match(plans, stands, mature, set)
	if err != nil {
		return nil, err
	}
	out := draws
	add := func(role string, at int, change func(p *participantRow)) {
		p := participantRow{Role: role, Formed: &formed[at], Weight: 1}
		p.take(&stands[at])
		for origin, to := range map[string]**float64{effect.FromData: &p.LogitData, effect.FromField: &p.LogitField, "": &p.LogitOther} {
			if scores := m.Scores[origin]; scores != nil && scores.Fitted {
				*to = &scores.Logit[at]
			}
		}
		change(&p)
		out = append(out, p)
	}
	for _, s := range m.Sets {
		last := s.Plan.Last(mature, set.LeastMonths)
		member := func(p *participantRow) {
			p.Set, p.Origin, p.Start, p.Until, p.OwnUntil = int64(s.ID), s.Plan.Origin, effectDayOrNone(s.Plan.Started), effectDayOrNone(last), effectDayOrNone(last)
		}
		add(roleTreated, s.Treated, func(p *participantRow) {
			member(p)
			p.Case = s.Plan.Case
		})
		for k, c := range s.Controls {
			add(roleControl, c, func(p *participantRow) {
				member(p)
				p.Weight, p.Counts, p.Case = 1/float64(len(s.Controls)), stepsText(s.Stay[k]), ""
				p.OwnUntil = effectDayOrNone(min(last, s.Until[k]))
			})
		}
	}
	byCase := map[string]int{}
	for i := range stands {
		if stands[i].Case != "" {
			byCase[stands[i].Case] = i
		}
	}
	for _, d := range m.Dropped {
		if d.Plan.Household == 0 {
			continue // effect_plan has it, with the reason
		}
		change := func(p *participantRow) {
			p.Case, p.Origin, p.Reason, p.Start = d.Plan.Case, d.Plan.Origin, d.Reason, effectDayOrNone(d.Plan.Started)
		}
		if at, there := byCase[d.Plan.Case]; there {
			add(roleUnmatched, at, change)
			continue
		}
		p := participantRow{Role: roleUnmatched, Month: effectDay(d.Plan.Reported), Household: d.Plan.Household, Weight: 1}
		change(&p)
		out = append(out, p)
	}
	for _, u := range effect.Pool(m, stands, set) {
		add(roleReservoir, u.At, func(p *participantRow) {
			p.Case, p.Origin, p.Start, p.Weight = "", u.Plan.Origin, effectDayOrNone(u.Plan.Started), u.Weight
		})
	}
	return unique(out), nil
}

// unique leaves out the second of two plans of one household in one month that have no set: the first case stands for both.
func unique(rows []participantRow) []participantRow {
	order := func(a, b participantRow) int {
		return cmp.Or(cmp.Compare(a.Role, b.Role), cmp.Compare(a.Set, b.Set), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Household, b.Household))
	}
	slices.SortFunc(rows, func(a, b participantRow) int {
		return cmp.Or(order(a, b), cmp.Compare(a.Case, b.Case), cmp.Compare(a.Draw, b.Draw))
	})
	return slices.CompactFunc(rows, func(a, b participantRow) bool { return order(a, b) == 0 })
}

// take fills in what a stand says.
func (p *participantRow) take(s *effect.Stand) {
	p.Month, p.Household, p.Case = effectDay(s.Month), s.Household, s.Case
	p.Before1, p.Quarter, p.Wmo, p.Jeugd, p.Part, p.Zvw = s.Before1, s.Quarter, s.Domains[0], s.Domains[1], s.Domains[2], s.Domains[3]
	if s.Known2 {
		v := s.Before2
		p.Before2 = &v
	}
	p.Children, p.Region, p.Persons, p.Oldest, p.Ingredients = s.Children, int64(s.Region), int64(s.Persons), int64(s.Oldest), int64(s.Ingredients)
}

// stand is the way back.
func (p *participantRow) stand() effect.Stand {
	s := effect.Stand{Household: p.Household, Month: effectMonth(&p.Month), Case: p.Case, Candidate: p.Role == roleControl || p.Role == roleReservoir,
		Children: p.Children,
		Region:   int(p.Region), Persons: int(p.Persons), Oldest: int(p.Oldest), Ingredients: int(p.Ingredients), Known1: p.Role != roleUnmatched, Known2: p.Before2 != nil, Before1: p.Before1,
		Quarter: p.Quarter, Domains: [4]int64{p.Wmo, p.Jeugd, p.Part, p.Zvw}}
	if p.Before2 != nil {
		s.Before2 = *p.Before2
	}
	return s
}
