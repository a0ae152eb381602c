package disclosure

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/reports/gate"
	"stapel/reports/vrij"
)

// Files about plans and what maatwerk did. Nothing in them is by gemeente, and no row of a file is a sum of others of it or of any other table: what is hidden
// follows from nothing that is shown. That is why they need the rules of the gate and not its proof.
const (
	tableEffect   = "effect"
	tablePayers   = "effect_betaler"
	tableOutcomes = "uitkomst"
	tablePlans    = "plan_totaal"
	tableMarks    = "tevredenheid"
	tableClaimed  = "claim"
)

// nearestEur is what estimates a household are rounded to, in euros.
const nearestEur = 100

// shown are the estimators that leave; of each the arms that have to be large enough: with maatwerk, and without.
var shown = map[string]bool{"voor_na": false, "gematcht": true, "loting": true, "placebo_ruimte": true, "kleinst_aantoonbaar": true, "verwacht": false, "netto": true}

// Words of the marts.
const (
	methodMatched = "gematcht"
	methodLargest = "kwetsbaar_grootste"
	clockStarted  = "gestart"
	outcomeCost   = "kosten"
	exits         = "vertrek_"
)

type effectRow struct {
	Method   string   `parquet:"schatter"`
	Origin   string   `parquet:"herkomst"`
	Clock    string   `parquet:"klok"`
	Outcome  string   `parquet:"uitkomst"`
	Domain   string   `parquet:"domein"`
	Payer    string   `parquet:"betaler"`
	Treated  int64    `parquet:"n_behandeld"`
	Controls int64    `parquet:"n_vergelijking"`
	Ct       *int64   `parquet:"schatting_ct,optional"`
	LowCt    *int64   `parquet:"ci_laag_ct,optional"`
	HighCt   *int64   `parquet:"ci_hoog_ct,optional"`
	Value    *float64 `parquet:"waarde,optional"`
	Months   int64    `parquet:"maanden"`
	Verdict  string   `parquet:"oordeel"`
	Frozen   string   `parquet:"analyseplan"`
}

type outcomeRow struct {
	Outcome  string   `parquet:"uitkomst"`
	Origin   string   `parquet:"herkomst"`
	Unit     string   `parquet:"eenheid"`
	Sets     int64    `parquet:"n_sets"`
	Controls int64    `parquet:"n_vergelijking"`
	Value    *float64 `parquet:"verschil,optional"`
	Low      *float64 `parquet:"ci_laag,optional"`
	High     *float64 `parquet:"ci_hoog,optional"`
}

type planRow struct {
	Saving *int64 `parquet:"besparing_verwacht_ct,optional"`
}

type planTotalRow struct {
	Measure string   `parquet:"meting"`
	Ct      *int64   `parquet:"waarde_ct,optional"`
	Value   *float64 `parquet:"waarde,optional"`
	Of      int64    `parquet:"noemer"`
	Unit    string   `parquet:"eenheid"`
}

type markRow struct {
	Month    int64    `parquet:"meetmoment_mnd"`
	Asked    int64    `parquet:"gevraagd"`
	Answered int64    `parquet:"beantwoord"`
	Mean     *float64 `parquet:"gemiddelde,optional"`
	Paired   *int64   `parquet:"gepaard_n,optional"`
	Change   *float64 `parquet:"gepaarde_verandering,optional"`
}

type claimTestRow struct {
	ID         string `parquet:"claim_id"`
	Households int64  `parquet:"huishoudens"`
	StatedCt   int64  `parquet:"beweerd_ct"`
	NetCt      *int64 `parquet:"netto_ct,optional"`
	LowCt      *int64 `parquet:"ci_laag_ct,optional"`
	HighCt     *int64 `parquet:"ci_hoog_ct,optional"`
	Verdict    string `parquet:"oordeel"`
}

// maatwerk is what is read of a run about plans and what they did; a mart that it does not have has no rows.
type maatwerk struct {
	effects  []effectRow
	outcomes []outcomeRow
	plans    []planRow
	totals   []planTotalRow
	marks    []markRow
	claims   []claimTestRow
}

func readMaatwerk(ctx context.Context, opt Options) (m maatwerk, err error) {
	for _, do := range []func() error{ifThere(ctx, opt, "effect", &m.effects), ifThere(ctx, opt, "uitkomst", &m.outcomes), ifThere(ctx, opt, "plan", &m.plans),
		ifThere(ctx, opt, "plan_totaal", &m.totals), ifThere(ctx, opt, "tevredenheid", &m.marks), ifThere(ctx, opt, "claim_toets", &m.claims)} {
		if err := do(); err != nil {
			return m, err
		}
	}
	return m, nil
}

// ifThere is take of a mart that a run may not have.
func ifThere[T any](ctx context.Context, opt Options, table string, to *[]T) func() error {
	return func() error {
		if _, err := os.Stat(opt.File(table)); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return take(ctx, opt, table, to)()
	}
}

// free is a publication of what may leave of these marts.
type free struct {
	rules  config.Disclosure
	key    []byte
	out    *vrij.Tables
	cells  map[string]int64 // figures by file
	hidden map[string]int64
}

// publishMaatwerk adds the files about plans and effects, with what was done to them.
func publishMaatwerk(m maatwerk, rules config.Disclosure, key []byte, out *vrij.Tables) {
	f := &free{rules, key, out, map[string]int64{}, map[string]int64{}}
	f.effects(m.effects)
	f.outcomes(m.outcomes)
	f.plans(m.totals, m.plans)
	f.marks(m.marks)
	f.claims(m.claims)
	for _, name := range []string{tableEffect, tablePayers, tableOutcomes, tablePlans, tableMarks, tableClaimed} {
		out.Verslag = append(out.Verslag, vrij.Verslag{Tabel: name, Cellen: f.cells[name], Primair: f.hidden[name], Stand: vrij.StandVrij, Bewezen: true})
	}
}

// cell counts a figure of a file, and one that is there and not shown.
func (f *free) cell(file string, there, allowed bool) bool {
	if there {
		f.cells[file]++
	}
	if there && !allowed {
		f.hidden[file]++
	}
	return there && allowed
}

// amount is an amount that may be shown, rounded.
func (f *free) amount(file string, ct *int64, euros int64, allowed bool) *int64 {
	if !f.cell(file, ct != nil, allowed) {
		return nil
	}
	v := gate.Nearest(*ct, euros*100)
	return &v
}

// number is a figure that may be shown, with so many decimals.
func (f *free) number(file string, x *float64, decimals int, allowed bool) *float64 {
	if !f.cell(file, x != nil, allowed) {
		return nil
	}
	scale := math.Pow10(decimals)
	v := math.Round(*x*scale) / scale
	return &v
}

// count is a count that may be shown, rounded as the gate rounds: the same count of the same file always alike.
func (f *free) count(file, what string, n int64, allowed bool) *int64 {
	if !f.cell(file, true, allowed && n >= f.rules.Counts.Minimum) {
		return nil
	}
	v := gate.Round(f.key, file, digestOf([]string{what}, n), n, f.rules.Counts.RoundTo)
	return &v
}

// effects are those of the clock of the start, whole and by payer. Of plans of all origins together nothing leaves.
func (f *free) effects(rows []effectRow) {
	largest := map[string]*float64{}
	for _, r := range rows {
		if r.Method == methodLargest && r.Clock == clockStarted {
			largest[r.Origin] = r.Value
		}
	}
	for _, r := range rows {
		beside, leaves := shown[r.Method]
		if !leaves || r.Clock != clockStarted || r.Outcome != outcomeCost || r.Domain != vrij.Alle || r.Origin == vrij.Alle {
			continue
		}
		arms := []int64{r.Treated}
		if beside {
			arms = append(arms, r.Controls)
		}
		may := gate.EstimateAllowed(f.rules, largest[r.Origin], arms...)
		if r.Payer != vrij.Alle {
			if r.Method == methodMatched {
				f.out.EffectBetaler = append(f.out.EffectBetaler, vrij.EffectBetaler{Herkomst: r.Origin, Betaler: r.Payer, Ct: f.amount(tablePayers, r.Ct, nearestEur, may),
					LaagCt: f.amount(tablePayers, r.LowCt, nearestEur, may), HoogCt: f.amount(tablePayers, r.HighCt, nearestEur, may)})
			}
			continue
		}
		row := vrij.Effect{Schatter: r.Method, Herkomst: r.Origin, Huishoudens: f.count(tableEffect, r.Origin, r.Treated, may), Ct: f.amount(tableEffect, r.Ct, nearestEur, may),
			LaagCt: f.amount(tableEffect, r.LowCt, nearestEur, may), HoogCt: f.amount(tableEffect, r.HighCt, nearestEur, may), Oordeel: r.Verdict, Analyseplan: r.Frozen}
		if may && r.Months > 0 {
			row.Maanden = &r.Months
		}
		f.out.Effect = append(f.out.Effect, row)
	}
	slices.SortFunc(f.out.Effect, func(a, b vrij.Effect) int {
		return cmp.Or(cmp.Compare(a.Herkomst, b.Herkomst), cmp.Compare(a.Schatter, b.Schatter))
	})
	slices.SortFunc(f.out.EffectBetaler, func(a, b vrij.EffectBetaler) int {
		return cmp.Or(cmp.Compare(a.Herkomst, b.Herkomst), cmp.Compare(a.Betaler, b.Betaler))
	})
}

// outcomes are those beside cost. Who left, by reason, stays inside: of a dozen households a mean tells of one death.
func (f *free) outcomes(rows []outcomeRow) {
	for _, r := range rows {
		if r.Origin == vrij.Alle || strings.HasPrefix(r.Outcome, exits) {
			continue
		}
		may := gate.EstimateAllowed(f.rules, nil, r.Sets, r.Controls)
		f.out.Uitkomst = append(f.out.Uitkomst, vrij.Uitkomst{Uitkomst: r.Outcome, Herkomst: r.Origin, Eenheid: r.Unit, Schatting: f.number(tableOutcomes, r.Value, 2, may),
			Laag: f.number(tableOutcomes, r.Low, 2, may), Hoog: f.number(tableOutcomes, r.High, 2, may)})
	}
	slices.SortFunc(f.out.Uitkomst, func(a, b vrij.Uitkomst) int {
		return cmp.Or(cmp.Compare(a.Uitkomst, b.Uitkomst), cmp.Compare(a.Herkomst, b.Herkomst))
	})
}

// Figures of plan_totaal that leave. Those over plans that were carried out don't: the difference with all plans is of few.
const (
	measurePlans   = "plannen"
	measureStarted = "plannen_gestart"
	measureSaving  = "besparing_alle"
	measureMean    = "gemiddelde_besparing_alle"
	measureMedian  = "mediaan_dagen_tot_akkoord"
	measureSoon    = "akkoord_binnen_twee_maanden"
)

func (f *free) plans(totals []planTotalRow, plans []planRow) {
	all := int64(0)
	for _, t := range totals {
		if t.Measure == measurePlans {
			all = t.Of
		}
	}
	for _, t := range totals {
		row := vrij.PlanTotaal{Meting: t.Measure, Eenheid: t.Unit}
		switch t.Measure {
		case measurePlans, measureStarted:
			n := int64(math.Round(value(t.Value)))
			if c := f.count(tablePlans, t.Measure, n, gate.PartAllowed(f.rules, n, all)); c != nil {
				x := float64(*c)
				row.Waarde, row.Noemer = &x, f.count(tablePlans, measurePlans, all, true)
			}
		case measureSaving, measureMean:
			may := gate.PartAllowed(f.rules, t.Of, all) && savingAllowed(f.rules, plans)
			if row.Noemer = f.count(tablePlans, measureSaving, t.Of, may); t.Measure == measureSaving {
				row.WaardeCt = f.amount(tablePlans, t.Ct, f.rules.Sums.RoundToEur, may)
			} else {
				row.WaardeCt = f.amount(tablePlans, t.Ct, nearestEur, may)
			}
		case measureMedian:
			row.Waarde = f.number(tablePlans, t.Value, 0, gate.QuantileAllowed(f.rules, t.Of, 1, 2))
		case measureSoon:
			soon := int64(math.Round(value(t.Value) * float64(t.Of)))
			row.Waarde = f.number(tablePlans, t.Value, 2, gate.PartAllowed(f.rules, soon, t.Of))
		default:
			continue
		}
		f.out.PlanTotaal = append(f.out.PlanTotaal, row)
	}
	slices.SortFunc(f.out.PlanTotaal, func(a, b vrij.PlanTotaal) int { return cmp.Compare(a.Meting, b.Meting) })
}

// savingAllowed says whether no plan makes up too much of what all of them expect to save.
func savingAllowed(rules config.Disclosure, plans []planRow) bool {
	var sizes []int64
	var whole int64
	for _, p := range plans {
		if p.Saving != nil {
			sizes = append(sizes, max(*p.Saving, -*p.Saving))
			whole += sizes[len(sizes)-1]
		}
	}
	slices.SortFunc(sizes, func(a, b int64) int { return cmp.Compare(b, a) })
	for _, d := range rules.Sums.Dominance {
		top := int64(0)
		for _, v := range sizes[:min(d.N, len(sizes))] {
			top += v
		}
		if 100*top > d.Percent*whole {
			return false
		}
	}
	return len(sizes) >= 2 && 100*(whole-sizes[0]-sizes[1]) >= rules.Sums.PPercent*sizes[0]
}

func value(x *float64) float64 {
	if x == nil {
		return 0
	}
	return *x
}

func (f *free) marks(rows []markRow) {
	least := f.rules.Counts.Minimum
	for _, r := range rows {
		row := vrij.Tevredenheid{Maand: r.Month, Gemiddelde: f.number(tableMarks, r.Mean, 1, r.Answered >= least)}
		row.Gevraagd = f.count(tableMarks, strconv.FormatInt(r.Month, 10)+" gevraagd", r.Asked, true)
		row.Beantwoord = f.count(tableMarks, strconv.FormatInt(r.Month, 10)+" beantwoord", r.Answered, gate.PartAllowed(f.rules, r.Answered, r.Asked))
		row.Verandering = f.number(tableMarks, r.Change, 1, r.Paired != nil && *r.Paired >= least)
		f.out.Tevredenheid = append(f.out.Tevredenheid, row)
	}
	slices.SortFunc(f.out.Tevredenheid, func(a, b vrij.Tevredenheid) int { return cmp.Compare(a.Maand, b.Maand) })
}

// claims are what others said in public. What they said in words does not leave: nobody can judge a text that somebody typed.
func (f *free) claims(rows []claimTestRow) {
	for _, r := range rows {
		may := gate.EstimateAllowed(f.rules, nil, r.Households) && r.LowCt != nil // an interval needs as many sets
		to := f.rules.Sums.RoundToEur
		f.out.Claim = append(f.out.Claim, vrij.Claim{ID: r.ID, BeweerdCt: r.StatedCt, NettoCt: f.amount(tableClaimed, r.NetCt, to, may), LaagCt: f.amount(tableClaimed, r.LowCt, to, may),
			HoogCt: f.amount(tableClaimed, r.HighCt, to, may), Oordeel: r.Verdict})
	}
	slices.SortFunc(f.out.Claim, func(a, b vrij.Claim) int { return cmp.Compare(a.ID, b.ID) })
}
