package mus

import (
	"errors"
	"math"
	"math/big"
)

// Direction is which way a line is wrong.
type Direction string

// Directions: over, the book value is larger than it should be; under, smaller. Of a credit it is the size of the credit.
const (
	Over  Direction = "te_hoog"
	Under Direction = "te_laag"
)

// Limit is what was found and what may be in the population, in one direction of one side. Amounts are eurocents; bounds are rounded up.
type Limit struct {
	Direction Direction `json:"richting"`
	Found     int       `json:"regels_fout"`      // lines with an error, top lines included
	FoundCt   int64     `json:"fout_gevonden_ct"` // error in the lines that were looked at
	TopCt     int64     `json:"fout_top_ct"`      // of which in lines that were all taken: known, so without an allowance
	Likely    int64     `json:"meest_waarschijnlijk_ct"`
	Basic     int64     `json:"basisprecisie_ct"`  // J R_0
	Upper     int64     `json:"bovengrens_ct"`     // Stringer bound, with what is in top lines
	Moment    *int64    `json:"momentgrens_ct"`    // moment bound, idem; nil where there is none
	Above     int       `json:"boven_100_procent"` // units with a tainting above 1, for which no bound holds
}

// SideResult is what a sample says of debits or credits.
type SideResult struct {
	Part   Part     `json:"trekking"`
	Limits [2]Limit `json:"grenzen"`              // over, under
	Needed int      `json:"omvang_bij_deze_fout"` // size with which a likely error like this would have been acceptable; 0: none would
}

// ZeroResult is what a count of lines without amount says.
type ZeroResult struct {
	Part  Part    `json:"trekking"`
	Found int     `json:"regels_fout"`
	Share float64 `json:"bovengrens_aandeel"` // of all lines without amount; 0 when all were looked at and right
	Lines int     `json:"bovengrens_regels"`
}

// Verdict is what may be concluded, with the confidence of the plan.
type Verdict string

// Verdicts, from good to bad. Open: the likely error is acceptable and its bound is not, so that neither can be said.
const (
	Acceptable Verdict = "aanvaardbaar"
	Open       Verdict = "niet aangetoond"
	Wrong      Verdict = "niet aanvaardbaar"
)

// Result is the evaluation of a draw.
type Result struct {
	Sides   []SideResult `json:"kanten"`
	Zero    *ZeroResult  `json:"nulregels,omitempty"`
	Verdict Verdict      `json:"oordeel"`
}

// Evaluate says what audited amounts, one for each item of the draw and in its order, say of the population.
func (d *Draw) Evaluate(audited []int64) (*Result, error) {
	if len(audited) != len(d.Items) {
		return nil, errors.New("there is not one audited amount for each selected line")
	}
	r := &Result{Verdict: Acceptable}
	for _, p := range d.Parts[:2] {
		if p.Lines == 0 {
			continue
		}
		side := d.side(p, audited)
		r.Sides = append(r.Sides, side)
		for _, l := range side.Limits {
			r.Verdict = worse(r.Verdict, l.verdict(d.Plan.Tolerable))
		}
	}
	if p := d.Parts[2]; p.Lines > 0 {
		z := ZeroResult{Part: p}
		for i, it := range d.Items {
			if it.Side == Zero && audited[i] != 0 {
				z.Found++
			}
		}
		z.Share = ClopperPearson(d.Plan.Confidence, z.Found, p.Hits)
		if p.Hits == p.Lines {
			z.Share = float64(z.Found) / float64(p.Lines)
		}
		z.Lines = int(math.Floor(z.Share*float64(p.Lines) + 1e-9))
		r.Zero = &z
		if z.Found > 0 { // a line that should have an amount says that money is missing, of which a count says nothing
			r.Verdict = worse(r.Verdict, Open)
		}
	}
	return r, nil
}

func worse(a, b Verdict) Verdict {
	rank := map[Verdict]int{Acceptable: 0, Open: 1, Wrong: 2}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

func (l Limit) verdict(tolerable int64) Verdict {
	switch {
	case l.Likely > tolerable:
		return Wrong
	case l.Upper > tolerable || l.Above > 0:
		return Open
	}
	return Acceptable
}

// side evaluates debits or credits, over and under apart.
func (d *Draw) side(p Part, audited []int64) SideResult {
	out := SideResult{Part: p}
	var worst int64
	for i, dir := range []Direction{Over, Under} {
		out.Limits[i] = d.limit(p, dir, audited)
		worst = max(worst, out.Limits[i].Likely)
	}
	if worst < d.Plan.Tolerable {
		if n, err := Size(d.Plan.Model, d.Plan.Confidence, p.Book, d.Plan.Tolerable, max(worst, d.Plan.Expected)); err == nil {
			out.Needed = n
		}
	}
	return out
}

func (d *Draw) limit(p Part, dir Direction, audited []int64) Limit {
	l := Limit{Direction: dir}
	likely := new(big.Rat)
	var taintings []float64
	for i, it := range d.Items {
		if it.Side != p.Side {
			continue
		}
		wrong := it.Ct - audited[i]
		if it.Side == Credit {
			wrong = -wrong
		}
		if dir == Under {
			wrong = -wrong
		}
		if wrong <= 0 {
			continue
		}
		l.Found++
		l.FoundCt += wrong
		if it.Top {
			l.TopCt += wrong
			continue
		}
		tainting := big.NewRat(wrong, abs(it.Ct))
		if wrong > abs(it.Ct) {
			l.Above += it.Hits
		}
		t, _ := tainting.Float64()
		for range it.Hits {
			taintings = append(taintings, t)
		}
		likely.Add(likely, tainting.Mul(tainting, big.NewRat(p.Interval*int64(it.Hits), 1)))
	}
	l.Likely = round(likely) + l.TopCt
	l.Upper = l.TopCt
	if p.Interval > 0 {
		// what is too high can't be more than there is, unless a line is wrong for more than itself
		most := p.Rest()
		if dir == Under || l.Above > 0 {
			most = math.MaxInt64
		}
		l.Upper += min(up(d.bound(p, taintings)), most)
		l.Basic = up(d.bound(p, nil))
		if share, err := Moment(d.Plan.Confidence, p.Hits, taintings); err == nil {
			ct := up(share*float64(p.Rest())) + l.TopCt
			l.Moment = &ct
		}
	} else {
		l.Moment = &l.TopCt
	}
	return l
}

// Factor is R_j for a side: the reliability factor, or the exact bound of a binomial sample, times its size, where the plan has that distribution. Of the
// hypergeometric it is that of the binomial too, which is not smaller.
func (d *Draw) Factor(p Part, j int) float64 {
	if d.Plan.Model == Poisson {
		return Factor(d.Plan.Confidence, float64(j))
	}
	return float64(p.Hits) * ClopperPearson(d.Plan.Confidence, j, p.Hits)
}

// bound is the Stringer bound of the rest, in cents.
func (d *Draw) bound(p Part, taintings []float64) float64 {
	return float64(p.Interval) * weigh(taintings, func(j int) float64 { return d.Factor(p, j) })
}

// round is the nearest whole number, halves away from 0.
func round(r *big.Rat) int64 {
	twice := new(big.Int).Mul(r.Num(), big.NewInt(2))
	twice.Add(twice, r.Denom())
	return twice.Quo(twice, new(big.Int).Mul(r.Denom(), big.NewInt(2))).Int64()
}

// up rounds a bound up, but for what is floating point in it.
func up(ct float64) int64 { return int64(math.Ceil(ct - 1e-6)) }
