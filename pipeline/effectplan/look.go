package effectplan

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/published"
	"stapel/reports/mart"
	"stapel/transforms/effect"
)

// Rules of selection.yaml that are judged by cost in T0: of a year ago they are not known, but for the threshold. To ask them of T0 would choose households by the year that is foreseen.
var byCost = []string{"drempel", "domeinen", "zvw_aandeel"}

// fewest is how many households there have to be for a spread.
const fewest = 30

// year is what a household cost in a year in which it could have been chosen, and in the next, eurocents.
type year struct {
	id            string
	before, after int64
}

// look reads the run: who could have been chosen a year ago and what became of their cost, how many there are now, and what plans expect.
func (p *planning) look(ctx context.Context) error {
	r, rules := p.res, p.opt.Config.Selection
	threshold := int64(0)
	if rules.Eligibility.AtThreshold {
		threshold = 100 * rules.ThresholdEur
	}
	var dear, rest []year
	err := published.Scan(ctx, p.run, mart.Ranking, func(h *mart.Ranglijst) error {
		if h.InAanmerking {
			r.Candidates++
		}
		if h.InMaatwerk || !couldBe(h.RedenNiet) {
			return nil
		}
		y := year{h.Huishouden, h.T1Ct, h.T0Ct}
		if y.before >= threshold {
			dear = append(dear, y)
			return nil
		}
		rest = append(rest, y)
		if keep := max(fewest, r.Listed); len(rest) > 2*keep+1000 { // only the dearest can be needed
			slices.SortFunc(rest, dearest)
			rest = rest[:keep]
		}
		return nil
	})
	if err != nil {
		return err
	}
	if most := max(fewest, r.Listed); len(dear) < most && len(rest) > 0 {
		slices.SortFunc(rest, dearest)
		dear = append(dear, rest[:min(len(rest), most-len(dear))]...)
		r.Spread.Dearest = true
	}
	p.spread(dear)
	return p.expect(ctx)
}

// couldBe says whether the rules that a household does not meet, joined by |, are about cost alone.
func couldBe(rules string) bool {
	for _, rule := range strings.Split(rules, "|") {
		if rule != "" && !slices.Contains(byCost, rule) {
			return false
		}
	}
	return true
}

func dearest(a, b year) int {
	return cmp.Or(cmp.Compare(b.before, a.before), strings.Compare(a.id, b.id))
}

// spread is that of the households, in the order of their ids: a sum of numbers depends on their order.
func (p *planning) spread(list []year) {
	slices.SortFunc(list, func(a, b year) int { return strings.Compare(a.id, b.id) })
	var before, after []float64
	for _, y := range list {
		before, after = append(before, float64(y.before)), append(after, float64(y.after))
	}
	p.known, p.ok = effect.ProspectOf(before, after)
	s := &p.res.Spread
	if s.Households = len(list); !p.ok {
		p.res.Why = "er zijn te weinig huishoudens die een jaar geleden in aanmerking hadden kunnen komen, of zij verschillen niet"
		return
	}
	ct, rho := int64(math.Round(p.known.SD)), math.Round(1000*p.known.Rho)/1000
	s.Ct, s.Correlation = &ct, &rho
}

// expect takes the saving that was given, or the mean of at least ten plans of the run that say what they expect.
func (p *planning) expect(ctx context.Context) error {
	r := p.res
	if p.opt.ExpectedEur > 0 {
		ct := 100 * int64(p.opt.ExpectedEur)
		r.ExpectedCt = &ct
		return nil
	}
	sum, n := int64(0), 0
	err := published.Scan(ctx, p.run, mart.Plans, func(plan *mart.Plan) error {
		if plan.BesparingCt != nil {
			sum, n = sum+*plan.BesparingCt, n+1
		}
		return nil
	})
	if err != nil || n < least || sum <= 0 {
		return err
	}
	ct := int64(math.Round(float64(sum) / float64(n)))
	r.ExpectedCt, r.Plans = &ct, n
	return nil
}

// wait finds the first peildatum of which a run can have a verdict: the months after the last start, and as many as the slowest kind of bill takes to be in, by the run's run-off. A kind
// that is complete once it is delivered takes none; one of which it is not known makes the day unknown.
func (p *planning) wait(ctx context.Context) error {
	r := p.res
	peil, err := time.Parse(time.DateOnly, r.Peildatum)
	if err != nil {
		return err
	}
	until := p.start.AddDate(0, r.Months, 0)
	r.Verdict = Earliest{Start: p.start.Format("2006-01"), Until: until.Format("2006-01"), Slow: []string{}, Blind: []string{}}
	longest := 0
	err = published.Scan(ctx, p.run, mart.Maturity, func(k *mart.RijpheidKind) error {
		if slices.Contains(p.opt.Config.Effect.Window.CompleteKinds, k.Kind) {
			return nil
		}
		if k.RijpTot == nil {
			r.Verdict.Blind = append(r.Verdict.Blind, k.Kind)
			return nil
		}
		mature := k.RijpTot.Time()
		months := max(0, 12*(peil.Year()-mature.Year())+int(peil.Month()-mature.Month()))
		switch {
		case months > longest:
			longest, r.Verdict.Slow = months, []string{k.Kind}
		case months == longest && months > 0:
			r.Verdict.Slow = append(r.Verdict.Slow, k.Kind)
		}
		return nil
	})
	if err != nil || len(r.Verdict.Blind) > 0 {
		return err
	}
	r.Verdict.Wait = &longest
	r.Verdict.First = until.AddDate(0, longest+1, -1).Format(time.DateOnly)
	return nil
}
