package estimate

import (
	"fmt"
	"slices"
)

// StaggeredSummary says how effects by group and period are summed up.
type StaggeredSummary string

// SummarySimple is the mean of all effects after treatment, of each group by its size. SummaryGroup is by group, the mean over its periods; overall by the
// groups' sizes. SummaryDynamic is by time since treatment, before it too, by the groups' sizes; overall the mean from treatment on. SummaryCalendar
// is by period, by the sizes of the groups treated; overall the mean over periods (Callaway and Sant'Anna 2021, section 3 and their table 1).
const (
	SummarySimple   StaggeredSummary = "simple"
	SummaryGroup    StaggeredSummary = "group"
	SummaryDynamic  StaggeredSummary = "dynamic"
	SummaryCalendar StaggeredSummary = "calendar"
)

// StaggeredPart is a part of a summary.
type StaggeredPart struct {
	At int // first treated period of a group, time since treatment, or period
	StaggeredEffect
}

// StaggeredSum is a summary of effects.
type StaggeredSum struct {
	Kind     StaggeredSummary
	Overall  StaggeredEffect // its band is its interval
	Parts    []StaggeredPart // none of SummarySimple
	Critical float64         // of the band of Parts; 0 without
}

// Summary sums the effects up. Groups' sizes are estimates too, and the errors know it. A cell that is needed and could not be estimated is the error of
// the whole: leave its group out of the panel to do without it. ErrInput: no such summary; ErrTooFew: no effect after treatment.
func (f *StaggeredFit) Summary(kind StaggeredSummary) (*StaggeredSum, error) {
	out := &StaggeredSum{Kind: kind}
	var err error
	switch kind {
	case SummarySimple:
		out.Overall, err = f.bySize(f.which(func(c StaggeredCell) bool { return c.Post() }))
	case SummaryGroup:
		err = f.byGroup(out)
	case SummaryDynamic:
		err = f.byPart(out, func(c StaggeredCell) (int, bool) { return c.Time - c.Group, true }, func(at int) bool { return at >= 0 })
	case SummaryCalendar:
		err = f.byPart(out, func(c StaggeredCell) (int, bool) { return c.Time, c.Post() }, func(int) bool { return true })
	default:
		err = fmt.Errorf("%w: summary %q", ErrInput, kind)
	}
	if err != nil {
		return nil, err
	}
	f.infer([]*StaggeredEffect{&out.Overall}, string(kind)+", overall")
	out.Overall.BandLow, out.Overall.BandHigh = out.Overall.Low, out.Overall.High
	var parts []*StaggeredEffect
	for k := range out.Parts {
		parts = append(parts, &out.Parts[k].StaggeredEffect)
	}
	out.Critical = f.infer(parts, string(kind))
	return out, nil
}

// which are the numbers of the cells that hold.
func (f *StaggeredFit) which(holds func(c StaggeredCell) bool) []int {
	var out []int
	for k, c := range f.Cells {
		if holds(c) {
			out = append(out, k)
		}
	}
	return out
}

// bySize is the mean of cells by the sizes of their groups, whose estimation adds to the influence.
func (f *StaggeredFit) bySize(cells []int) (StaggeredEffect, error) {
	var effects []StaggeredEffect
	var groups []int
	for _, k := range cells {
		if err := f.Cells[k].Err; err != nil {
			return StaggeredEffect{}, err
		}
		g, _ := slices.BinarySearch(f.Groups, f.Cells[k].Group)
		effects, groups = append(effects, f.Cells[k].StaggeredEffect), append(groups, g)
	}
	return f.meanBySize(effects, groups)
}

// meanBySize is the mean of effects by the share of the group of each.
func (f *StaggeredFit) meanBySize(effects []StaggeredEffect, groups []int) (StaggeredEffect, error) {
	if len(effects) == 0 {
		return StaggeredEffect{}, fmt.Errorf("%w: no effect after treatment", ErrTooFew)
	}
	weights, all := make([]float64, len(effects)), 0.0
	for _, g := range groups {
		all += f.share[g]
	}
	for k, g := range groups {
		weights[k] = f.share[g] / all
	}
	out := f.mean(effects, weights)
	// a unit of group g adds (its effects - the mean) / all for every effect of g: what it is beside the average unit is the influence of the shares
	own, average := make([]float64, len(f.Groups)), 0.0
	for k, g := range groups {
		own[g] += (effects[k].ATT - out.ATT) / all
	}
	for g, v := range own {
		average += f.share[g] * v
	}
	for u, g := range f.groupOf {
		if g >= 0 {
			out.influence[u] += f.weights[u] * own[g]
		}
		out.influence[u] -= average
	}
	return out, nil
}

// mean is that of effects by fixed weights.
func (f *StaggeredFit) mean(effects []StaggeredEffect, weights []float64) StaggeredEffect {
	out := StaggeredEffect{influence: make([]float64, f.Units)}
	for k, e := range effects {
		out.ATT += weights[k] * e.ATT
		for u, v := range e.influence {
			out.influence[u] += weights[k] * v
		}
	}
	return out
}

// plainMean weighs all alike.
func (f *StaggeredFit) plainMean(effects []StaggeredEffect) (StaggeredEffect, error) {
	if len(effects) == 0 {
		return StaggeredEffect{}, fmt.Errorf("%w: no effect after treatment", ErrTooFew)
	}
	weights := make([]float64, len(effects))
	for k := range weights {
		weights[k] = 1 / float64(len(effects))
	}
	return f.mean(effects, weights), nil
}

// byGroup fills SummaryGroup.
func (f *StaggeredFit) byGroup(out *StaggeredSum) error {
	var effects []StaggeredEffect
	var groups []int
	for g, first := range f.Groups {
		var own []StaggeredEffect
		for _, k := range f.which(func(c StaggeredCell) bool { return c.Group == first && c.Post() }) {
			if err := f.Cells[k].Err; err != nil {
				return err
			}
			own = append(own, f.Cells[k].StaggeredEffect)
		}
		if len(own) == 0 {
			continue
		}
		e, err := f.plainMean(own)
		if err != nil {
			return err
		}
		out.Parts = append(out.Parts, StaggeredPart{At: first, StaggeredEffect: e})
		effects, groups = append(effects, e), append(groups, g)
	}
	var err error
	out.Overall, err = f.meanBySize(effects, groups)
	return err
}

// byPart fills SummaryDynamic and SummaryCalendar: a part for each place of a cell, and overall the mean of those that count.
func (f *StaggeredFit) byPart(out *StaggeredSum, place func(c StaggeredCell) (int, bool), counts func(at int) bool) error {
	var places []int
	for _, c := range f.Cells {
		if at, ok := place(c); ok {
			places = append(places, at)
		}
	}
	slices.Sort(places)
	var overall []StaggeredEffect
	for _, at := range slices.Compact(places) {
		e, err := f.bySize(f.which(func(c StaggeredCell) bool {
			own, ok := place(c)
			return ok && own == at
		}))
		if err != nil {
			return err
		}
		out.Parts = append(out.Parts, StaggeredPart{At: at, StaggeredEffect: e})
		if counts(at) {
			overall = append(overall, e)
		}
	}
	var err error
	out.Overall, err = f.plainMean(overall)
	return err
}
