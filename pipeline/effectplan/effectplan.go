// Package effectplan says before a programme starts what it could show, from the households of a published run that could have been chosen a year ago, and freezes the
// analysis plan that verdicts refer to (methods 7, docs/effect-plan.md). Of households it gives nothing but sums over at least thirty.
package effectplan

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"time"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/exit"
	"stapel/pipeline/published"
	"stapel/pipeline/selection"
	"stapel/transforms/effect"
)

// Options say what is intended.
type Options struct {
	Data, Run   string
	Config      *config.Config
	Households  int    // with maatwerk
	Listed      int    // of a lottery: on its list; 0: twice as many
	Months      int    // after the start; 0: those of the verdict
	ExpectedEur int    // saving a household a year; 0: what plans of the run expect on average
	Overlap     int    // percent of households that find others like them; 0: all
	Start       string // month in which the last household starts, JJJJ-MM; "": the month after the peildatum
	Way         string // how households will be chosen; "": rang, or loting with Draw
	Draw        string // a lottery that was announced
	Freeze      bool
}

// Ways are how households may be chosen.
var Ways = []string{"rang", "verwacht", "loting", "veld"}

// Result is what there is to say. Amounts are eurocents a household a year; nil cannot be said.
type Result struct {
	RunID      string   `json:"run_id"`
	Peildatum  string   `json:"peildatum"`
	Households int      `json:"huishoudens"`
	Listed     int      `json:"op_de_lijst"`
	Months     int      `json:"maanden"`
	Ratio      int      `json:"vergelijking_per_huishouden"`
	Overlap    int      `json:"vindbaar_procent"`
	Candidates int      `json:"in_aanmerking"` // of the run
	Spread     Spread   `json:"spreiding"`
	ExpectedCt *int64   `json:"verwacht_ct"`
	Plans      int      `json:"verwacht_plannen"` // that the mean is of; 0: it was given
	Rows       []Row    `json:"aantallen"`
	Lost       []Loss   `json:"uitval"`
	Needed     Needed   `json:"nodig"`
	Verdict    Earliest `json:"oordeel"`
	Way        string   `json:"manier"`
	ID         string   `json:"analyseplan,omitempty"` // of a plan that was frozen
	File       string   `json:"bestand,omitempty"`
	Why        string   `json:"reden,omitempty"` // Dutch: why no effect can be foreseen
}

// Spread is how much households differ that could have been chosen a year ago.
type Spread struct {
	Households  int      `json:"huishoudens"`
	Dearest     bool     `json:"duurste"` // too few were as dear as the threshold: as many as the list is long, the dearest
	Ct          *int64   `json:"standaardafwijking_ct"`
	Correlation *float64 `json:"samenhang"`
}

// Row is what a number of households could show.
type Row struct {
	Households int      `json:"huishoudens"`
	Listed     int      `json:"op_de_lijst"`
	LotteryCt  *int64   `json:"loting_ct"`
	LotteryP   *float64 `json:"loting_kans"` // of showing the expected saving
	MatchingCt *int64   `json:"vergelijken_ct"`
	MatchingP  *float64 `json:"vergelijken_kans"`
	Enough     bool     `json:"genoeg_kandidaten"` // the run has as many in aanmerking as the list is long
}

// Loss is what is left when a share of the households drops out: finds none like it, or does not take part after being drawn.
type Loss struct {
	Percent    int    `json:"blijft_procent"`
	Sets       int    `json:"sets"`
	MatchingCt *int64 `json:"vergelijken_ct"`
	EachCt     *int64 `json:"loting_per_deelnemer_ct"` // that whoever takes part has to save, for the mean of all who were drawn to be seen
}

// Needed is how many households show the expected saving; 0 when that cannot be said.
type Needed struct {
	Lottery  int `json:"loting"` // with maatwerk; the list is longer
	Matching int `json:"vergelijken"`
}

// Earliest is when there can be a verdict.
type Earliest struct {
	Start string   `json:"laatste_start"`    // JJJJ-MM
	Until string   `json:"laatste_maand"`    // that counts
	Wait  *int     `json:"wachten_maanden"`  // until bills of a month are in, nil when that is not known
	First string   `json:"eerste_peildatum"` // of a run that has them; empty when not known
	Slow  []string `json:"langzaamst"`       // kinds that take longest
	Blind []string `json:"niet_bekend"`      // kinds of which it is not known
}

// numbers are those of the table, beside the one that is asked.
var numbers = []int{10, 20, 40, 60, 100, 150, 200, 300}

// stays are the percentages of the table of losses, beside the one that is given.
var stays = []int{100, 90, 80, 70, 50}

// least is how many plans have to say what they expect for their mean to be used, as in a selection.
const least = 10

// planning is a Plan at work.
type planning struct {
	opt   Options
	run   *published.Run
	start time.Time
	known effect.Prospect
	ok    bool
	res   *Result
}

// Plan works it out, and freezes the plan when that is asked. Nothing of the run changes.
func Plan(ctx context.Context, opt Options) (_ *Result, err error) {
	run, lock, err := published.Hold(opt.Data, opt.Run, opt.Freeze)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	p := &planning{opt: opt, run: run, res: &Result{}}
	if err := p.intend(); err != nil {
		return nil, err
	}
	if err := p.look(ctx); err != nil {
		return nil, err
	}
	p.foresee()
	if err := p.wait(ctx); err != nil {
		return nil, err
	}
	if opt.Freeze {
		return p.res, p.freeze()
	}
	return p.res, nil
}

// intend fills what is intended, and refuses what cannot be.
func (p *planning) intend() error {
	o, r, e := &p.opt, p.res, p.opt.Config.Effect
	if o.Draw != "" {
		n, listed, err := selection.Announced(o.Data, o.Draw)
		if err != nil {
			return err
		}
		if o.Households != 0 && o.Households != n || o.Listed != 0 && o.Listed != listed || o.Way != "" && o.Way != string(selection.OpLoting) {
			return exit.Misuse("leave --households, --draw and --manier out: they are as announced", "lottery %s draws %d of %d", o.Draw, n, listed)
		}
		o.Households, o.Listed, o.Way = n, listed, string(selection.OpLoting)
	}
	if o.Way == "" {
		o.Way = string(selection.OpRang)
	}
	if o.Months == 0 {
		o.Months = e.Primary.Months
	}
	if o.Listed == 0 {
		o.Listed = 2 * o.Households
	}
	if o.Overlap == 0 {
		o.Overlap = 100
	}
	peil, err := time.Parse(time.DateOnly, p.run.Manifest.Peildatum)
	if err != nil {
		return err
	}
	first := time.Date(peil.Year(), peil.Month()+1, 1, 0, 0, 0, 0, time.UTC)
	if p.start = first; o.Start != "" {
		if p.start, err = time.Parse("2006-01", o.Start); err != nil {
			return exit.Misuse("give a month as 2026-03", "--start is no month")
		}
	}
	switch {
	case o.Households < 2:
		return exit.Misuse("give a number from 2", "--households is how many get maatwerk")
	case o.Listed <= o.Households:
		return exit.Misuse("give a number above --households: who is not drawn is what is compared with", "--draw is how many are on the list of a lottery")
	case o.Months < e.Window.MinMonths || o.Months > e.Primary.Months:
		return exit.Misuse("leave it out, or change effect.yaml first", "--months goes from %d to %d (window.min_months and primary.months in effect.yaml)", e.Window.MinMonths, e.Primary.Months)
	case o.ExpectedEur < 0:
		return exit.Misuse("give whole euros a household a year, or leave it out", "--expected is a saving above 0")
	case o.Overlap < 1 || o.Overlap > 100:
		return exit.Misuse("give a percentage, 1 to 100", "--overlap is how many of 100 households find others like them")
	case !slices.Contains(Ways, o.Way):
		return exit.Misuse("use rang, verwacht, loting or veld", "--manier is not known")
	case o.Freeze && o.Months != e.Primary.Months:
		return exit.Misuse("leave --months out, or set primary.months in effect.yaml", "a verdict is over %d months, so a plan over %d would be about nothing", e.Primary.Months, o.Months)
	}
	r.RunID, r.Peildatum, r.Households, r.Listed, r.Months, r.Overlap, r.Ratio, r.Way = p.run.ID(), p.run.Manifest.Peildatum, o.Households, o.Listed, o.Months, o.Overlap, e.Matching.Ratio, o.Way
	return nil
}

// foresee makes the tables.
func (p *planning) foresee() {
	r := p.res
	list := slices.Clone(numbers)
	if !slices.Contains(list, r.Households) {
		list = append(list, r.Households)
		slices.Sort(list)
	}
	for _, n := range list {
		r.Rows = append(r.Rows, p.row(n))
	}
	shares := slices.Clone(stays)
	if !slices.Contains(shares, r.Overlap) {
		shares = append(shares, r.Overlap)
		slices.SortFunc(shares, func(a, b int) int { return b - a })
	}
	for _, percent := range shares {
		loss := Loss{Percent: percent, Sets: r.Households * percent / 100}
		if p.ok {
			loss.MatchingCt = cents(p.known.ByMatching(loss.Sets, r.Ratio, r.Months).Detectable())
			loss.EachCt = cents(p.known.ByLottery(r.Households, r.Listed, r.Months).Detectable() * 100 / float64(percent))
		}
		r.Lost = append(r.Lost, loss)
	}
	if p.ok && r.ExpectedCt != nil {
		saving := float64(*r.ExpectedCt)
		r.Needed.Lottery, _ = p.known.NeededByLottery(saving, p.times(), r.Months)
		sets, _ := p.known.NeededByMatching(saving, r.Ratio, r.Months)
		r.Needed.Matching = (sets*100 + r.Overlap - 1) / r.Overlap // of whom so many find others
	}
}

// times is how many times as many are on the list as are drawn.
func (p *planning) times() float64 { return float64(p.res.Listed) / float64(p.res.Households) }

func (p *planning) row(n int) Row {
	r := p.res
	row := Row{Households: n, Listed: effect.Listed(n, p.times())}
	row.Enough = row.Listed <= r.Candidates
	if !p.ok {
		return row
	}
	lot, sets := p.known.ByLottery(n, row.Listed, r.Months), p.known.ByMatching(n*r.Overlap/100, r.Ratio, r.Months)
	row.LotteryCt, row.MatchingCt = cents(lot.Detectable()), cents(sets.Detectable())
	if sets.Sets < p.opt.Config.Effect.Matching.MinSets { // such a verdict is te weinig sets
		row.MatchingCt = nil
	}
	if r.ExpectedCt != nil {
		row.LotteryP = chance(lot.Power(float64(*r.ExpectedCt)), row.LotteryCt)
		row.MatchingP = chance(sets.Power(float64(*r.ExpectedCt)), row.MatchingCt)
	}
	return row
}

// chance is rounded to thousandths; nil where there is no smallest effect.
func chance(p float64, detectable *int64) *float64 {
	if detectable == nil {
		return nil
	}
	short := math.Round(1000*p) / 1000
	return &short
}

// cents rounds an amount up: less than it is not promised. nil when it is no number.
func cents(x float64) *int64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	ct := int64(math.Ceil(x))
	return &ct
}

// freeze keeps the plan.
func (p *planning) freeze() (err error) {
	r := p.res
	plan, err := analyseplan.Of(p.opt.Config)
	if err != nil {
		return err
	}
	plan.Way, plan.Draw, plan.Households, plan.Listed, plan.Months, plan.ExpectedCt = r.Way, p.opt.Draw, r.Households, r.Listed, r.Months, r.ExpectedCt
	plan.Start, plan.Overlap = r.Verdict.Start, r.Overlap
	basis := analyseplan.Basis{Run: r.RunID, Peildatum: r.Peildatum, Households: r.Spread.Households, SpreadCt: r.Spread.Ct, Correlation: r.Spread.Correlation}
	if at := slices.IndexFunc(r.Rows, func(row Row) bool { return row.Households == r.Households }); at >= 0 {
		basis.LotteryCt, basis.MatchingCt = r.Rows[at].LotteryCt, r.Rows[at].MatchingCt
	}
	id, file, err := analyseplan.Freeze(p.opt.Data, plan, basis, access.Now(), access.Who())
	if err != nil {
		return err
	}
	r.ID, r.File = id, filepath.ToSlash(file)
	return nil
}
