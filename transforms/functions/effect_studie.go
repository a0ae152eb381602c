package functions

import (
	"context"
	"math"
	"slices"

	"stapel/transforms/effect"
	"stapel/transforms/typed"
)

// What the marts about effect share: who takes part, and what they cost month by month, made into a study.

type effectTables struct {
	Participants typed.Table[participantRow]    `table:"effect_deelnemer"`
	Costs        typed.Table[effectCostRow]     `table:"effect_reeks"`
	Plans        typed.Table[effectPlanRow]     `table:"effect_plan"`
	Maturity     typed.Table[effectMaturityRow] `table:"effect_rijp"`
	Parameter    typed.Table[effectSettings]    `table:"effect_parameter"`
	Expected     typed.Table[expectedRow]       `table:"plan_stand"`
	Spent        typed.Table[spentRow]          `table:"effect_uitgave"`
}

type effectCostRow struct {
	Month     int32 `parquet:"maand,date"`
	Household int64 `parquet:"huishouden"`
	Calendar  int32 `parquet:"kalendermaand,date"`
	Ct        int64 `parquet:"kosten_ct"`
	Wmo       int64 `parquet:"wmo_ct"`
	Jeugd     int64 `parquet:"jeugd_ct"`
	Part      int64 `parquet:"participatie_ct"`
	Zvw       int64 `parquet:"zvw_ct"`
	Covered   bool  `parquet:"gedekt"`
}

type expectedRow struct {
	Case    string `parquet:"casusnummer"`
	Saving  *int64 `parquet:"besparing_verwacht_ct,optional"`
	Horizon int64  `parquet:"horizon_mnd"`
}

type spentRow struct {
	Case string `parquet:"casusnummer"`
	Ct   int64  `parquet:"bedrag_ct"`
}

// effectStudy is a study with the cost of its members by law.
type effectStudy struct {
	effect.Study
	rows  []participantRow
	parts [4]func(place int) *effect.Series // of effectLaws
}

// effectLaws are the laws that declare cost, with who pays (kosten).
var effectLaws = [4][2]string{{"wmo", "gemeente_wmo"}, {"jeugd", "gemeente_jeugd"}, {"participatie", "gemeente_participatie"}, {"zvw", "zorgverzekeraar"}}

type clockKey struct {
	month     int32
	household int64
}

// costSeries are those of a household and clock: the whole, and by law.
type costSeries [5]*effect.Series

// read makes the study, once for all models of a run.
func (in effectTables) read(ctx context.Context) (*effectStudy, error) {
	return typed.Shared(ctx, func() (*effectStudy, error) { return in.study(ctx) }, in.Participants, in.Costs, in.Plans, in.Maturity, in.Parameter, in.Expected, in.Spent)
}

func (in effectTables) study(ctx context.Context) (*effectStudy, error) {
	parameter, err := in.Parameter.One(ctx)
	if err != nil {
		return nil, err
	}
	maturity, err := in.Maturity.All(ctx)
	if err != nil {
		return nil, err
	}
	s := &effectStudy{}
	if notes := typed.NotesOf(ctx); notes != nil {
		s.Notes = notes
	}
	s.Set, s.Mature, s.Immature = parameter.settings(), effectMature(maturity), effectImmature(maturity)
	rows, err := in.Participants.All(ctx)
	if err != nil {
		return nil, err
	}
	s.rows = rows
	series, err := readSeries(ctx, in.Costs)
	if err != nil {
		return nil, err
	}
	var of []costSeries // by stand
	s.Scores = map[string]*effect.Scores{effect.FromData: {Fitted: true}, effect.FromField: {Fitted: true}, "": {Fitted: true}}
	place := func(p *participantRow) int {
		s.Stands, of = append(s.Stands, p.stand()), append(of, series[clockKey{p.Month, p.Household}])
		for origin, logit := range map[string]*float64{effect.FromData: p.LogitData, effect.FromField: p.LogitField, "": p.LogitOther} {
			scores := s.Scores[origin]
			if logit == nil {
				scores.Fitted, logit = false, new(float64)
			}
			scores.Logit = append(scores.Logit, *logit)
		}
		return len(s.Stands) - 1
	}
	plans, err := readPlans(ctx, in.Plans)
	if err != nil {
		return nil, err
	}
	byCase := map[string]effect.Plan{}
	for _, p := range plans {
		byCase[p.Case] = p
		if p.Household == 0 { // the others without a set are among the participants
			s.Dropped = append(s.Dropped, effect.Dropped{Plan: p, Reason: p.Excluded})
		}
	}
	if err := s.members(rows, byCase, place); err != nil {
		return nil, err
	}
	s.Series = func(place int) *effect.Series { return of[place][4] }
	for k := range s.parts {
		s.parts[k] = func(place int) *effect.Series { return of[place][k] }
	}
	s.entrants(rows, func(p *participantRow) *effect.Series { return series[clockKey{p.Month, p.Household}][4] })
	return s, in.money(ctx, s)
}

// members are the sets, plans without one, and the pool. rows are in the order of role, set, month and household.
func (s *effectStudy) members(rows []participantRow, plans map[string]effect.Plan, place func(*participantRow) int) error {
	bySet := map[int64]int{}
	for k := range rows {
		if p := &rows[k]; p.Role == roleTreated {
			bySet[p.Set] = len(s.Sets)
			s.Sets = append(s.Sets, effect.Set{ID: int(p.Set), Plan: plans[p.Case], Treated: place(p)})
		}
	}
	for k := range rows {
		switch p := &rows[k]; p.Role {
		case roleControl:
			set := &s.Sets[bySet[p.Set]]
			steps, err := stepsOf(p.Counts)
			if err != nil {
				return err
			}
			until := effect.Month(math.MaxInt32)
			if own := effectMonth(p.OwnUntil); own < effectMonth(p.Until) {
				until = own
			}
			set.Controls, set.Until, set.Stay = append(set.Controls, place(p)), append(set.Until, until), append(set.Stay, steps)
		case roleUnmatched:
			s.Dropped = append(s.Dropped, effect.Dropped{Plan: plans[p.Case], Reason: p.Reason})
		case roleReservoir:
			s.Pool = append(s.Pool, effect.PoolUnit{At: place(p), Weight: p.Weight,
				Plan: effect.Plan{Household: p.Household, Origin: p.Origin, Reported: effectMonth(&p.Month), Started: effectMonth(p.Start)}})
		}
	}
	return nil
}

// readSeries reads cost, which is in the order of clock, household and month.
func readSeries(ctx context.Context, table typed.Table[effectCostRow]) (map[clockKey]costSeries, error) {
	out := map[clockKey]costSeries{}
	var rows []effectCostRow // of one household and clock
	end := func() {
		if len(rows) == 0 {
			return
		}
		var own costSeries
		n := len(rows)
		covered, values := make([]bool, n), make([]float64, len(own)*n)
		for k := range own {
			own[k] = &effect.Series{From: effectMonth(&rows[0].Calendar), Value: values[k*n:][:n:n], Covered: covered}
		}
		for i, row := range rows {
			covered[i] = row.Covered
			for k, ct := range [len(own)]int64{row.Wmo, row.Jeugd, row.Part, row.Zvw, row.Ct} {
				own[k].Value[i] = float64(ct)
			}
		}
		out[clockKey{rows[0].Month, rows[0].Household}] = own
		rows = rows[:0]
	}
	for row, err := range table.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 && (rows[0].Month != row.Month || rows[0].Household != row.Household) {
			end()
		}
		rows = append(rows, row)
	}
	end()
	return out, nil
}

// money adds what plans expect in a year, and what was spent.
func (in effectTables) money(ctx context.Context, s *effectStudy) error {
	expected, err := in.Expected.All(ctx)
	if err != nil {
		return err
	}
	s.Expected = map[string]float64{}
	for _, e := range expected {
		if e.Saving != nil && e.Horizon == windowMonths {
			s.Expected[e.Case] = float64(*e.Saving)
		}
	}
	spent, err := in.Spent.All(ctx)
	if err != nil {
		return err
	}
	s.Spent, s.HasSpent = map[string]float64{}, len(spent) > 0
	inSets := map[string]bool{}
	for _, set := range s.Sets {
		if set.Plan.Started != 0 {
			inSets[set.Plan.Case] = true
		}
	}
	for _, e := range spent {
		if inSets[e.Case] {
			s.Spent[e.Case] += float64(e.Ct)
		} else {
			s.Overhead += float64(e.Ct)
		}
	}
	return nil
}

// entrants are the households on the list of a lottery of which the year before and so many months after the draw are known.
func (s *effectStudy) entrants(rows []participantRow, series func(*participantRow) *effect.Series) {
	strata, unknown, all := map[string]int{}, 0, 0
	served := map[int64]bool{}
	for _, set := range s.Sets {
		served[set.Plan.Household] = set.Plan.Started != 0
	}
	for k := range rows {
		p := &rows[k]
		if p.Role != roleDraw {
			continue
		}
		all++
		draw := effectMonth(&p.Month)
		of := series(p)
		before, known := effect.Rate(of, draw-windowMonths, draw-1)
		after, later := effect.Rate(of, draw+1, min(draw+windowMonths, s.Mature))
		if known < windowMonths || later < s.Set.LeastMonths {
			unknown++
			continue
		}
		name := p.Draw + "|" + p.Stratum
		if _, there := strata[name]; !there {
			strata[name] = len(strata)
		}
		s.Entrants = append(s.Entrants, effect.Entrant{Household: p.Household, Stratum: strata[name], Drawn: p.Drawn, Before: before, After: after,
			Served: served[p.Household]})
	}
	switch {
	case all == 0:
		s.NoDraw = "er is niet geloot"
	case len(s.Entrants) == 0:
		s.NoDraw = "van geen huishouden op de lijst zijn de kosten voor en na de loting bekend"
	}
	slices.SortStableFunc(s.Entrants, func(a, b effect.Entrant) int { return a.Stratum - b.Stratum })
}

// wholeCents rounds an amount, half away from zero; nil stays nil.
func wholeCents(v *float64) *int64 {
	if v == nil {
		return nil
	}
	ct := int64(math.Round(*v))
	return &ct
}
