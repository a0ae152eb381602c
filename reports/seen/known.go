package seen

import (
	"fmt"
	"strings"

	"stapel/reports/table"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/transforms"
)

// State is whether a figure says what it seems to say.
type State int

// The states of a figure. Unknown is never zero: where all that would add to a figure is missing it says nothing, and where part of it is it
// is not the whole.
const (
	Known State = iota
	Partial
	Unknown
)

// Verdict is the state of a figure and the sources that are the reason.
type Verdict struct {
	State   State
	Lacking []Source // in order of kind; none when the figure is known
}

// Judge says whether a figure with these needs is known. Of a run without mart levering, which does not say what was delivered, everything is.
func (s Sources) Judge(n transforms.Needs) Verdict {
	var v Verdict
	if s == nil {
		return v
	}
	silent := func(kinds []string) (list []Source) {
		for _, kind := range kinds {
			if at := s.Of(kind); at.Reach.Silent() {
				list = append(list, at)
			}
		}
		return list
	}
	if v.Lacking = silent(n.All); len(v.Lacking) > 0 {
		v.State = Unknown
		return v
	}
	v.Lacking = silent(n.Some)
	switch {
	case len(n.Some) > 0 && len(v.Lacking) == len(n.Some):
		v.State = Unknown
		return v
	case len(v.Lacking) > 0:
		v.State = Partial
	}
	for _, kinds := range [][]string{n.All, n.Some} {
		for _, kind := range kinds {
			if at := s.Of(kind); !at.Reach.Silent() && at.Reach != ReachWhole {
				v.State, v.Lacking = Partial, append(v.Lacking, at)
			}
		}
	}
	return v
}

// Known says that the figure is what it seems.
func (v Verdict) Known() bool { return v.State == Known }

// Unknown says that the figure says nothing.
func (v Verdict) Unknown() bool { return v.State == Unknown }

// Silent says that something that would add to the figure says nothing at all, so that a zero of it is unknown.
func (v Verdict) Silent() bool {
	for _, s := range v.Lacking {
		if s.Reach.Silent() {
			return true
		}
	}
	return false
}

// Hides says that a value of the figure is not to be shown: nothing is known of it, or it is a zero while something that would add to it is
// silent.
func (v Verdict) Hides(value any) bool { return v.Unknown() || v.Silent() && table.IsZero(value) }

// Why names the sources that are the reason and what is the matter with them; empty when the figure is known.
func (v Verdict) Why() string { return phrases(v.Lacking) }

// Figure says whether a figure, a mart and a column with a point between, is known in a run.
func (s Sources) Figure(run reports.Run, figure string) (Verdict, error) {
	name, column, _ := strings.Cut(figure, ".")
	m, err := mart.Header(name)
	if err != nil {
		return Verdict{}, err
	}
	for _, c := range m.Columns {
		if c.Name == column {
			return s.Judge(run.Needs(c.Needs)), nil
		}
	}
	return Verdict{}, fmt.Errorf("mart %s heeft geen kolom %q", name, column)
}
