package effectworlds

import "stapel/pipeline/reference/lines"

// entrant is a household on the list of a draw, eurocents a year before and after.
type entrant struct {
	id            string
	plan          string
	drawn         bool
	before, after float64
	measured      []lines.Day
}

// entrants are those of which the year before the draw is known and at least six months after it.
func (p *play) entrants() (out []entrant, unknown int, err error) {
	for i := range p.participants {
		r := &p.participants[i]
		if r.Role != "loting" {
			continue
		}
		draw := lines.Day(r.Month)
		h, err := p.ledger.house(r.id(), draw)
		if err != nil {
			return nil, 0, err
		}
		before, known := p.ledger.mean(h, draw.Month(-12), draw.Month(-1), "")
		e := entrant{id: r.id(), plan: r.Case, drawn: r.Drawn, before: 12 * before}
		sum := int64(0)
		for m := draw.Month(1); m <= min(draw.Month(12), p.mature); m = m.Month(1) {
			if ct, ok := p.ledger.at(h, m, ""); ok {
				e.measured = append(e.measured, m)
				sum += ct
			}
		}
		if known < 12 || len(e.measured) < leastMonths {
			unknown++
			continue
		}
		e.after = 12 * float64(sum) / float64(len(e.measured))
		out = append(out, e)
	}
	return out, unknown, nil
}

// lin is the effect of having been drawn by hand: cost after on a constant, drawn, cost before about its mean, and these two times each other (W. Lin, Annals of
// Applied Statistics 7, 2013).
func lin(list []entrant) (figure, error) {
	mean := 0.0
	for _, e := range list {
		mean += e.before / float64(len(list))
	}
	y, x := make([]float64, len(list)), make([][]float64, 3)
	for i, e := range list {
		y[i] = e.after
		drawn := 0.0
		if e.drawn {
			drawn = 1
		}
		for k, v := range []float64{drawn, e.before - mean, drawn * (e.before - mean)} {
			x[k] = append(x[k], v)
		}
	}
	coef, se, err := leastSquares(y, x)
	if err != nil {
		return figure{}, err
	}
	return figure{coef[1], se[1]}, nil
}

// trueOfDrawn is the mean effect on who was drawn.
func (p *play) trueOfDrawn() (did, planted float64, err error) {
	list, _, err := p.entrants()
	if err != nil {
		return 0, 0, err
	}
	p.out.Entrants = len(list)
	n := 0.0
	for _, e := range list {
		if !e.drawn {
			continue
		}
		d, t, err := p.did(e.id, e.plan, lines.ParseDay(drawnIn+"-01"), e.measured)
		if err != nil {
			return 0, 0, err
		}
		did, planted, n = did+d, planted+t, n+1
	}
	return did / max(1, n), planted / max(1, n), nil
}
