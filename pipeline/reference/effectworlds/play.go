package effectworlds

import (
	"context"
	"fmt"
	"math"
	"path/filepath"

	"stapel/config"
	"stapel/pipeline/reference/lines"
	"stapel/sample-data/generator"
)

// Outcome is what came of a world. Amounts are eurocents a household a year; an effect below 0 is a saving.
type Outcome struct {
	World
	Sets     int     // with amounts, by the clock of the start
	Entrants int     // of a lottery, with known cost
	Estimate *int64  // that decides: of a lottery Lin's, else gematcht
	SE       *int64  // empty, as the bounds are, with too few sets
	Low      *int64  // of the 95% interval
	High     *int64  //
	Naive    *int64  // before and after
	True     float64 // mean effect on the followed households in the months that were measured, from the lines of the same region with and without it
	Planted  float64 // the same from truth/effect.csv, which also holds who joined the household later or left it before
	Verdict  string  // of the figure that decides

	Checks []Check
}

// Check is an identity that holds in every world.
type Check struct {
	Name  string
	Of    int      // how many figures were held to it
	Wrong []string // what was seen where it does not hold
}

// Mistakes are what the checks found.
func (o *Outcome) Mistakes() (out []string) {
	for _, c := range o.Checks {
		for _, w := range c.Wrong {
			out = append(out, c.Name+": "+w)
		}
	}
	return out
}

// Wrong is the error of the estimate in its own standard errors; ok is false without these.
func (o *Outcome) Wrong() (errors float64, ok bool) {
	if o.Estimate == nil || o.SE == nil || *o.SE == 0 {
		return 0, false
	}
	return (float64(*o.Estimate) - o.True) / float64(*o.SE), true
}

// Interval is whether there is one, and whether it holds the truth.
func (o *Outcome) Interval() (holds, there bool) {
	if o.Low == nil || o.High == nil {
		return false, false
	}
	return float64(*o.Low) <= o.True && o.True <= float64(*o.High), true
}

// Flatters is whether the interval lies below the truth: it shows a larger saving than there is.
func (o *Outcome) Flatters() bool { return o.High != nil && float64(*o.High) < o.True }

// Shown is the verdict that maatwerk saves.
const Shown = "aangetoond"

// Play makes a world below dir, runs the pipeline on it once, and holds its marts to the truth and to the slow second sum.
func Play(ctx context.Context, w World, dir string, cfg *config.Config) (*Outcome, error) {
	p, err := begin(ctx, w, dir, cfg)
	if err != nil {
		return nil, err
	}
	return p.out, p.decide()
}

// begin does so as far as the checks.
func begin(ctx context.Context, w World, dir string, cfg *config.Config) (*play, error) {
	with, without := filepath.Join(dir, "met"), filepath.Join(dir, "zonder")
	if _, err := generator.Generate(ctx, w.options(with, w.Effect)); err != nil {
		return nil, err
	}
	if w.Lottery() {
		if err := keepDraw(with); err != nil {
			return nil, err
		}
	}
	r, err := compute(ctx, with, cfg)
	if err != nil {
		return nil, err
	}
	houses := map[string]bool{}
	for i := range r.participants {
		if p := &r.participants[i]; p.Role != "reservoir" {
			houses[p.id()] = true
		}
	}
	p := &play{World: w, results: r, dir: with, out: &Outcome{World: w}}
	if p.ledger, err = open(with, filepath.Join(dir, "klein-met"), cfg, houses); err != nil {
		return nil, err
	}
	p.twin = p.ledger
	if w.Effect != 0 {
		if _, err := generator.Generate(ctx, w.options(without, 0)); err != nil {
			return nil, err
		}
		if p.twin, err = open(without, filepath.Join(dir, "klein-zonder"), cfg, houses); err != nil {
			return nil, err
		}
	}
	if err := p.readTruth(with); err != nil {
		return nil, err
	}
	if err := p.measureSets(); err != nil {
		return nil, err
	}
	return p, p.hold(with)
}

// play is a world at work.
type play struct {
	World
	*results
	ledger, twin *ledger                        // with the effect, and the same region without
	planted      map[string]map[lines.Day]int64 // what came off, by plan and month
	dir          string
	out          *Outcome

	list    []*set // with amounts, of the origin
	amounts []amounts
	without map[string]int // sets of the origin without amounts, by reason
}

// readTruth reads what was planted.
func (p *play) readTruth(dir string) error {
	rows, err := generator.ReadTruth(dir, "effect")
	if err != nil {
		return err
	}
	p.planted = map[string]map[lines.Day]int64{}
	for _, r := range rows {
		var ct int64
		if _, err := fmt.Sscan(r["toegepast_ct"], &ct); err != nil {
			return err
		}
		if p.planted[r["casusnummer"]] == nil {
			p.planted[r["casusnummer"]] = map[lines.Day]int64{}
		}
		p.planted[r["casusnummer"]][lines.ParseDay(r["maand"])] += ct
	}
	return nil
}

// measureSets adds up every set of the origin, and what was planted in it.
func (p *play) measureSets() error {
	all, err := p.sets()
	if err != nil {
		return err
	}
	p.without = map[string]int{}
	for _, s := range all {
		if s.origin != p.origin() {
			return fmt.Errorf("a set is of origin %q, and all plans are of %q", s.origin, p.origin())
		}
		a, reason, err := p.ledger.measure(s, "")
		switch {
		case err != nil:
			return err
		case reason != "":
			p.without[reason]++
		default:
			p.list, p.amounts = append(p.list, s), append(p.amounts, a)
		}
	}
	p.out.Sets = len(p.list)
	return nil
}

// decide fills in the figure that decides and its truth.
func (p *play) decide() error {
	o := p.out
	row := p.row("gematcht", p.origin(), "alle", "alle")
	o.Naive = p.row("voor_na", p.origin(), "alle", "alle").Ct
	if p.Lottery() {
		row = p.row("loting", "loting", "alle", "alle")
	}
	o.Verdict = row.Verdict
	o.Estimate, o.SE, o.Low, o.High = row.Ct, row.SE, row.Low, row.High
	var err error
	if p.Lottery() {
		o.True, o.Planted, err = p.trueOfDrawn()
		return err
	}
	for k, s := range p.list {
		did, planted, err := p.did(s.treated, s.plan, s.month, p.amounts[k].measured)
		if err != nil {
			return err
		}
		o.True += did / float64(len(p.list))
		o.Planted += planted / float64(len(p.list))
	}
	return nil
}

// did is the effect on a household in some months, at a year's rate: on who formed it, and as the truth has it for the plan.
func (p *play) did(id, plan string, on lines.Day, months []lines.Day) (did, planted float64, err error) {
	with, err := p.ledger.house(id, on)
	if err != nil {
		return 0, 0, err
	}
	without, err := p.twin.house(id, on)
	if err != nil {
		return 0, 0, err
	}
	for _, m := range months {
		a, ok1 := p.ledger.at(with, m, "")
		b, ok2 := p.twin.at(without, m, "")
		if !ok1 || !ok2 {
			return 0, 0, fmt.Errorf("%v is known with an effect and not without", m)
		}
		did += float64(a - b)
		planted -= float64(p.planted[plan][m])
	}
	rate := 12 / math.Max(1, float64(len(months)))
	return did * rate, planted * rate, nil
}
