package functions

import (
	"slices"
	"strings"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
	"stapel/transforms/typed"
)

// programme is a world as tables, with what the SQL in between would give of them.
type programme struct {
	plans    []effectPlanRow
	stands   []effectStandRow
	maturity []effectMaturityRow
	settings effectSettings
	costs    map[clockKey]*effect.Series
}

func programmeOf(w *world.World) programme {
	p := programme{costs: map[clockKey]*effect.Series{}, maturity: []effectMaturityRow{{Kind: "zvw_declaratie", Counts: true,
		MatureUntil: new(effectDay(w.Mature))}, {Kind: "pgb", MatureUntil: nil}},
		settings: effectSettings{MinMonths: 6, Ratio: 3, Caliper: 0.2, MinSets: 10, MinCohort: 10, PlaceboDraws: 19, PlaceboCandidates: 20_000,
			PlaceboMaxShare: 0.25, PeakMaxShare: 0.25, CapPercentile: 99,
			BootstrapDraws: 99, BandDraws: 99, Seed: "effect", Reduction2: 25, Reduction3: 40}}
	for _, plan := range w.Plans {
		p.plans = append(p.plans, effectPlanRow{Case: plan.Case, Household: &plan.Household, Origin: plan.Origin, Reported: effectDay(plan.Reported),
			Started: effectDayOrNone(plan.Started)})
	}
	p.plans = append(p.plans, effectPlanRow{Case: "x", Origin: effect.FromData, Reported: effectDay(world.Start + 30), Reason: "geen_huishouden"})
	for k, s := range w.Stands {
		row := effectStandRow{Month: effectDay(s.Month), Formed: effectDay(s.Month), Household: s.Household, Case: s.Case, Candidate: s.Candidate,
			Children: s.Children, Region: string(rune('a' + s.Region)),
			Persons: int64(s.Persons), Oldest: int64(s.Oldest), Ingredients: int64(s.Ingredients), OwnPlan: effectDayOrNone(s.OwnPlan), Before2: &s.Before2, Before1: s.Before1, Quarter: s.Quarter,
			Wmo: s.Domains[0], Jeugd: s.Domains[1], Part: s.Domains[2], Zvw: s.Domains[3], Months: 12}
		p.stands = append(p.stands, row)
		p.costs[clockKey{row.Month, row.Household}] = w.Series[k]
	}
	return p
}

// compared are the stands as balans reads them.
func (p programme) compared() (out []balanceStand) {
	for _, r := range p.stands {
		out = append(out, balanceStand{Month: r.Month, Household: r.Household, Case: r.Case, Candidate: r.Candidate, Persons: r.Persons, Oldest: r.Oldest,
			Ingredients: r.Ingredients, Before2: r.Before2, Before1: r.Before1, Quarter: r.Quarter, Wmo: r.Wmo, Jeugd: r.Jeugd, Part: r.Part, Zvw: r.Zvw, Months: r.Months})
	}
	return out
}

func (p programme) participants(t *testing.T) []participantRow {
	t.Helper()
	rows, err := deelnemer(t.Context(), participantTables{typed.TableOf(p.plans...), typed.TableOf(p.stands...), typed.TableOf(p.maturity...),
		typed.TableOf(p.settings)})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// tables has cost all Zvw, and an expense of 1.000 euros for the plan of the first set and of 2.000 for none.
func (p programme) tables(rows []participantRow) effectTables {
	var costs []effectCostRow
	seen := map[clockKey]bool{}
	var cases []expectedRow
	spent := []spentRow{{"", 2_000_00}}
	for _, r := range rows {
		if r.Role == roleTreated {
			cases = append(cases, expectedRow{r.Case, new(int64(10_000_00)), 12})
			if r.Set == 1 {
				spent = append(spent, spentRow{r.Case, 1_000_00})
			}
		}
		key := clockKey{r.Month, r.Household}
		if r.Formed == nil || seen[key] {
			continue
		}
		seen[key] = true
		for m, v := range p.costs[key].Value {
			costs = append(costs, effectCostRow{Month: r.Month, Household: r.Household, Calendar: effectDay(p.costs[key].From + effect.Month(m)), Ct: int64(v),
				Zvw: int64(v), Covered: true})
		}
	}
	return effectTables{typed.TableOf(rows...), typed.TableOf(costs...), typed.TableOf(p.plans...), typed.TableOf(p.maturity...),
		typed.TableOf(p.settings), typed.TableOf(cases...), typed.TableOf(spent...)}
}

// TestEffect: through the tables comes what package effect gives at once, to the cent, but for what is drawn in another order; laws and payers add up, and
// every row says
// something.
func TestEffect(t *testing.T) {
	w := world.New(world.Options{Treated: 30, Selection: world.ByData, Seed: "tabellen"}, 1)
	for k := range w.Series { // whole cents, as in tables
		for m, v := range w.Series[k].Value {
			w.Series[k].Value[m] = float64(int64(v))
		}
	}
	p := programmeOf(w)
	rows := p.participants(t)
	in := p.tables(rows)
	got, err := effectMart(t.Context(), effectMartTables{in, typed.TableOf[frozenRow]()})
	if err != nil {
		t.Fatal(err)
	}
	set := p.settings.settings()
	study, err := w.Study(set)
	if err != nil {
		t.Fatal(err)
	}
	want := study.Analyse()
	find := func(method, domain, payer string) effectRow {
		at := slices.IndexFunc(got, func(r effectRow) bool {
			return r.Method == method && r.Origin == effect.FromData && r.Clock == string(effect.Started) && r.Domain == domain && r.Payer == payer
		})
		if at < 0 {
			t.Fatalf("no row %s %s %s", method, domain, payer)
		}
		return got[at]
	}
	for _, method := range []string{effect.MethodBeforeAfter, effect.MethodToMean, effect.MethodMatched, effect.MethodChanges, effect.MethodStaggered,
		effect.MethodPlaceboTime, effect.MethodLeaveOut,
		effect.MethodCapped, effect.MethodUncovered, effect.MethodDetectable} {
		of := want.Rows[slices.IndexFunc(want.Rows, func(r effect.Row) bool {
			return r.Method == method && r.Origin == effect.FromData && r.Clock == effect.Started
		})]
		row := find(method, effect.All, effect.All)
		if row.Ct == nil || of.Value == nil || max(*row.Ct-*wholeCents(of.Value), *wholeCents(of.Value)-*row.Ct) > 1 || row.Sets != int64(of.Sets) {
			t.Errorf("%s: %+v, want %+v", method, row, of)
		}
	}
	if zvw := find(effect.MethodMatched, "zvw", effect.All); *zvw.Ct != *find(effect.MethodMatched, effect.All,
		effect.All).Ct || *find(effect.MethodMatched, effect.All, "zorgverzekeraar").Ct != *zvw.Ct {
		t.Errorf("all cost is zvw: %+v", zvw)
	}
	if wmo := find(effect.MethodMatched, "wmo", effect.All); *wmo.Ct != 0 || wmo.LowCt != nil || wmo.Remark == "" {
		t.Errorf("nothing is wmo: %+v", wmo)
	}
	started := len(w.Plans)
	head := want.Headlines[effect.FromData]
	net := head.Estimate + 1_000_00/float64(head.N) + 2_000_00/float64(started)
	if row := find(effect.MethodNet, effect.All, effect.All); *row.Ct != *wholeCents(&net) {
		t.Errorf("net %d, want %.0f", *row.Ct, net)
	}
	keys := map[[6]string]bool{}
	for _, r := range got {
		key := [6]string{r.Method, r.Origin, r.Clock, r.Outcome, r.Domain, r.Payer}
		if keys[key] {
			t.Errorf("%v is there twice", key)
		}
		keys[key] = true
		if r.Ct == nil && r.Value == nil && r.Remark == "" && r.LowCt == nil {
			t.Errorf("%v says nothing", key)
		}
	}
	months, err := effectMaand(t.Context(), in)
	if err != nil || len(months) != 25*3*5 {
		t.Errorf("%d months: %v", len(months), err)
	}
	matrix, err := betalerMatrix(t.Context(), in)
	if err != nil || len(matrix) != 4 || matrix[3].PaidBy != "programma" || matrix[3].SavedBy != "zorgverzekeraar" {
		t.Fatalf("%+v: %v", matrix, err)
	}
	balance, err := balans(t.Context(), balanceTables{in, typed.TableOf(p.compared()...)})
	if err != nil || len(balance) != len(effect.Kenmerken) || balance[0].Before == nil || balance[0].After == nil || *balance[0].After >= *balance[0].Before {
		t.Errorf("%+v: %v", balance, err)
	}
}

// TestEffectWithoutPlans: no plans, no stands and nothing mature: every row says why.
func TestEffectWithoutPlans(t *testing.T) {
	p := programme{settings: effectSettings{MinMonths: 6, Ratio: 3, Caliper: 0.2, MinSets: 10, MinCohort: 10, PlaceboDraws: 99, BootstrapDraws: 99, Seed: "leeg"}}
	rows := p.participants(t)
	if len(rows) != 0 {
		t.Fatalf("%d participants", len(rows))
	}
	in := p.tables(rows)
	got, err := effectMart(t.Context(), effectMartTables{in, typed.TableOf[frozenRow]()})
	if err != nil || len(got) == 0 {
		t.Fatalf("%d rows: %v", len(got), err)
	}
	for _, r := range got {
		if r.Ct != nil || r.Remark == "" {
			t.Errorf("%+v", r)
		}
	}
	if _, err := effectMaand(t.Context(), in); err != nil {
		t.Error(err)
	}
	if _, err := betalerMatrix(t.Context(), in); err != nil {
		t.Error(err)
	}
	if _, err := balans(t.Context(), balanceTables{in, typed.TableOf(p.compared()...)}); err != nil {
		t.Error(err)
	}
}

// TestEffectMature: one kind that counts and is never mature leaves nothing; one that does not count does not.
func TestEffectMature(t *testing.T) {
	early, late := effectDay(24000), effectDay(24010)
	for name, c := range map[string]struct {
		rows []effectMaturityRow
		want effect.Month
	}{
		"the earliest":     {[]effectMaturityRow{{"a", true, &late}, {"b", true, &early}}, 24000},
		"one never mature": {[]effectMaturityRow{{"a", true, &late}, {"b", true, nil}}, 0},
		"one left out":     {[]effectMaturityRow{{"a", true, &late}, {"b", false, nil}}, 24010},
		"nothing":          {nil, 0},
	} {
		if got := effectMature(c.rows); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestEffectImmature: a kind that counts and is never mature is named where no plan has a set because of it.
func TestEffectImmature(t *testing.T) {
	p := programmeOf(world.New(world.Options{Treated: 12, Selection: world.ByData, Seed: "onrijp"}, 1))
	p.maturity[1].Counts = true
	rows, err := effectMart(t.Context(), effectMartTables{p.tables(p.participants(t)), typed.TableOf[frozenRow]()})
	if err != nil {
		t.Fatal(err)
	}
	r := rows[slices.IndexFunc(rows, func(r effectRow) bool { return r.Method == effect.MethodMatched && r.Origin == effect.FromData })]
	if r.Ct != nil || !strings.Contains(r.Remark, "pgb") || !strings.Contains(r.Remark, "12: te weinig complete maanden") || !strings.Contains(r.Remark,
		"1: geen huishouden") {
		t.Errorf("%+v", r)
	}
}

// TestEffectBeforehand: rows with a verdict say by which analysis plan it is, in a column and in the remark; others do not, and figures are the same with a plan and without.
func TestEffectBeforehand(t *testing.T) {
	p := programmeOf(world.New(world.Options{Treated: 12, Selection: world.ByData, Seed: "vooraf"}, 1))
	in := p.tables(p.participants(t))
	bare, err := effectMart(t.Context(), effectMartTables{in, typed.TableOf[frozenRow]()})
	if err != nil {
		t.Fatal(err)
	}
	plan := frozenRow{strings.Repeat("ab", 32), effectDay(world.Start), "effect.placebo.draws was 19, is 20"}
	with, err := effectMart(t.Context(), effectMartTables{in, typed.TableOf(plan)})
	if err != nil || len(with) != len(bare) {
		t.Fatalf("%d rows, without a plan %d: %v", len(with), len(bare), err)
	}
	verdicts := 0
	for k, r := range with {
		if r.Verdict == "" {
			if r.Frozen != "" || r.Remark != bare[k].Remark {
				t.Errorf("%+v", r)
			}
			continue
		}
		verdicts++
		if !strings.Contains(r.Frozen, "abababababab") || !strings.Contains(r.Frozen, plan.Differs) || !strings.HasSuffix(r.Remark, "; "+r.Frozen) {
			t.Errorf("with a plan: %q in %q", r.Frozen, r.Remark)
		}
		if bare[k].Frozen != "geen analyseplan vooraf vastgelegd" || !strings.HasSuffix(bare[k].Remark, "; "+bare[k].Frozen) || bare[k].Verdict != r.Verdict {
			t.Errorf("without: %+v", bare[k])
		}
	}
	if verdicts < 2 {
		t.Errorf("%d verdicts", verdicts)
	}
}

// TestSteps: what a household counts for goes to text and back.
func TestSteps(t *testing.T) {
	steps := []effect.Step{{Month: 24100, Weight: 1.25}, {Month: 24101, Weight: 2.123456789}}
	if got, err := stepsOf(stepsText(steps)); err != nil || !slices.Equal(got, steps) {
		t.Errorf("%v: %v", got, err)
	}
	if _, err := stepsOf("24100"); err == nil {
		t.Error("a month without a weight is none")
	}
}
