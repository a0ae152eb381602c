package effect

import (
	"math"
	"slices"

	"stapel/transforms/estimate"
	"stapel/transforms/keyed"
)

// Part is a part of cost: of one law, one payer, or one law at one payer. All is the whole.
type Part struct {
	Domain, Payer string
	Series        func(place int) *Series // covered where the whole is
}

// Joint is what several parts changed together.
type Joint struct {
	Estimate   []float64
	Covariance [][]float64
	DF         float64
	N          int
}

// jointSets estimates parts by the form and the lags of the whole, so that their estimates add up to that of the whole to the last digit, and their covariance:
// HC2 of a sum of two is a quadratic form, so that the covariance of both follows from the variances of each and of their sum.
func jointSets(changes [][]float64, lags [][]float64, form Form) (*Joint, error) {
	n := len(changes)
	j := &Joint{Estimate: make([]float64, n), Covariance: make([][]float64, n), DF: math.Inf(1)}
	variance := make([]float64, n)
	for a := range changes {
		f, err := fitSets(changes[a], lags, form)
		if err != nil {
			return nil, err
		}
		j.Estimate[a], variance[a], j.DF, j.N = f.Estimate, f.SE*f.SE, f.DF, f.N
		j.Covariance[a] = make([]float64, n)
		j.Covariance[a][a] = variance[a]
	}
	for a := range changes {
		for b := range a {
			sum := slices.Clone(changes[a])
			for k, v := range changes[b] {
				sum[k] += v
			}
			f, err := fitSets(sum, lags, form)
			if err != nil {
				return nil, err
			}
			v := (f.SE*f.SE - variance[a] - variance[b]) / 2
			j.Covariance[a][b], j.Covariance[b][a] = v, v
		}
	}
	return j, nil
}

// mixed is the mean of joints by weights that sum to 1; they share no set.
func mixed(list []*Joint, weights []float64) *Joint {
	n := len(list[0].Estimate)
	out := &Joint{Estimate: make([]float64, n), Covariance: make([][]float64, n), DF: math.Inf(1)}
	for a := range out.Covariance {
		out.Covariance[a] = make([]float64, n)
	}
	for k, j := range list {
		out.DF, out.N = min(out.DF, j.DF), out.N+j.N
		for a := range n {
			out.Estimate[a] += weights[k] * j.Estimate[a]
			for b := range n {
				out.Covariance[a][b] += weights[k] * weights[k] * j.Covariance[a][b]
			}
		}
	}
	return out
}

// Parts are rows of the effect by part, of one clock: for each origin by the form that decides there, and over all origins by their numbers of sets. Intervals
// hold all together with 95% (max-t), p-values are Holm's over the parts of an origin; parts of one family are asked at once, such as all laws.
func (s *Study) Parts(parts []Part, clock Clock) (rows []Row) {
	var joints []*Joint
	var sizes []float64
	total := 0.0
	var every []Amounts
	for _, origin := range s.origins() {
		list, without := s.measuring(clock).All(s.of(origin))
		h := headlineOf(list, without, origin)
		every = append(every, list...)
		j, err := s.joint(h, parts, clock)
		rows = append(rows, s.partRows(j, err, h.Reason, parts, clock, origin, list)...)
		if j != nil {
			joints, sizes, total = append(joints, j), append(sizes, float64(j.N)), total+float64(j.N)
		}
	}
	var all *Joint
	reason := "geen sets met bedragen"
	if len(joints) > 0 {
		for k := range sizes {
			sizes[k] /= total
		}
		all = mixed(joints, sizes)
		reason = ""
	}
	return append(rows, s.partRows(all, nil, reason, parts, clock, AllOrigin, every)...)
}

// joint measures each part in the months of the whole, without leaving out a set.
func (s *Study) joint(h Headline, parts []Part, clock Clock) (*Joint, error) {
	if !h.Possible {
		return nil, nil
	}
	changes := make([][]float64, len(parts))
	for p, part := range parts {
		m := s.measuring(clock)
		m.Series = part.Series
		for _, a := range h.Amounts {
			own, reason := m.Measure(a.Set)
			if reason != "" {
				own = Amounts{}
			}
			changes[p] = append(changes[p], own.Change())
		}
	}
	return jointSets(changes, h.lags, h.Form)
}

func (s *Study) partRows(j *Joint, err error, reason string, parts []Part, clock Clock, origin string, list []Amounts) (rows []Row) {
	least, most := monthsOf(list)
	for _, p := range parts {
		rows = append(rows, Row{Method: MethodMatched, Origin: origin, Clock: clock, Outcome: Cost, Domain: p.Domain, Payer: p.Payer, Unit: PerYear,
			Treated: len(list), Sets: len(list),
			Controls: controlsOf(list), LeastMonths: least, MostMonths: most})
	}
	if origin == AllOrigin {
		for k := range rows {
			rows[k].note("herkomsten samen, elk met de eigen aanname, naar aantal sets: geen oordeel")
		}
	}
	if err != nil {
		reason = inDutch(err)
	}
	if j == nil {
		for k := range rows {
			rows[k].note(reason)
		}
		return rows
	}
	var at []int // with spread
	var estimates, p []float64
	for k := range parts {
		v := j.Estimate[k]
		rows[k].Value = &v
		switch {
		case j.N < s.Set.LeastSets:
			rows[k].note("te weinig sets: geen interval")
		case !(j.Covariance[k][k] > 1e-6):
			rows[k].note("zonder spreiding: geen interval")
		default:
			at, estimates = append(at, k), append(estimates, v)
		}
	}
	if len(at) == 0 {
		return rows
	}
	covariance := make([][]float64, len(at))
	for a, k := range at {
		for _, l := range at {
			covariance[a] = append(covariance[a], j.Covariance[k][l])
		}
		f := Fit{Estimate: estimates[a], SE: math.Sqrt(covariance[a][a]), DF: j.DF}
		f.interval()
		p = append(p, f.P)
	}
	bands, err := s.together(estimates, covariance, j.DF, s.Set.Seed+":delen")
	if err != nil {
		for _, k := range at {
			rows[k].note(inDutch(err))
		}
		return rows
	}
	holm := estimate.Holm(p, len(p))
	for a, k := range at {
		b := bands[a]
		rows[k].SE, rows[k].Low, rows[k].High, rows[k].P = &b.SE, &b.Low, &b.High, &holm[a]
		rows[k].note("interval dat voor alle delen samen geldt")
	}
	return rows
}

// band is an interval that holds with others.
type band struct{ SE, Low, High float64 }

// together are the bands of estimates, all of which hold with 95%.
func (s *Study) together(estimates []float64, covariance [][]float64, df float64, seed string) (bands []band, err error) {
	opt := estimate.MaxTOptions{DF: df, Seed: seed, Directions: 1 << 14, BandsOnly: true}
	key := func() *keyed.Hash {
		k := keyed.Of("banden")
		k.Text(seed)
		k.Ints(int64(opt.Directions))
		k.Floats(df)
		k.Floats(estimates...)
		k.Table(covariance)
		return k
	}
	bands = noted(s.Notes, key, func(b *[]band) bool { return len(*b) == len(estimates) }, func() (bands []band, whole bool) {
		fit, failed := estimate.MaxT(estimates, covariance, opt)
		if err = failed; err != nil {
			return nil, false
		}
		for _, t := range fit.Tests {
			bands = append(bands, band{t.StdErr, t.Low, t.High})
		}
		return bands, true
	})
	return bands, err
}
