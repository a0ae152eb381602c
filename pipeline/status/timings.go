package status

import (
	"cmp"
	"slices"

	"stapel/pipeline/exit"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
	"stapel/reports/seen"
)

// Timing is how long a model or a stage took in the last run, beside the runs before.
type Timing struct {
	Name    string   `json:"naam"`
	Seconds float64  `json:"seconden"`
	Usual   *float64 `json:"gewoonlijk,omitempty"` // median of the runs before; nil: there are none
	Runs    int      `json:"runs"`                 // so many
	Slower  bool     `json:"trager"`
}

// What is slower than usual: so many times as long, and so many seconds longer; beside at most so many runs.
const (
	slowerTimes   = 2
	slowerSeconds = 1.0
	timedRuns     = 5
)

// timings compares the last run that computed with those before that went as far.
func (r *reading) timings() error {
	var timed []*runlog.End
	until := ""
	for _, run := range slices.Backward(r.runs) {
		if run.End == nil || len(run.End.Models) == 0 || len(timed) > 0 && (run.Until != until || !(schedule.Succeeded(run.End.Exit) || run.End.Exit == exit.Disclosure)) {
			continue
		}
		until = run.Until
		if timed = append(timed, run.End); len(timed) > timedRuns {
			break
		}
	}
	if len(timed) == 0 {
		return nil
	}
	r.out.Models = compare(timed, func(e *runlog.End) []runlog.Duration { return e.Models })
	r.out.Stages = compare(timed, func(e *runlog.End) []runlog.Duration { return e.Stages })
	slices.SortFunc(r.out.Models, func(a, b Timing) int { return cmp.Or(cmp.Compare(b.Seconds, a.Seconds), cmp.Compare(a.Name, b.Name)) })
	return nil
}

// compare lays what took time in the first run beside the others.
func compare(runs []*runlog.End, of func(*runlog.End) []runlog.Duration) []Timing {
	before := map[string][]float64{}
	for _, e := range runs[1:] {
		for _, d := range of(e) {
			before[d.Name] = append(before[d.Name], d.Seconds)
		}
	}
	out := []Timing{}
	for _, d := range of(runs[0]) {
		t := Timing{Name: d.Name, Seconds: d.Seconds, Runs: len(before[d.Name])}
		if m, ok := median(before[d.Name]); ok {
			t.Usual, t.Slower = &m, d.Seconds > slowerTimes*m && d.Seconds > m+slowerSeconds
		}
		out = append(out, t)
	}
	return out
}

// median is the middle of values, or the mean of the two in the middle; false when there are none.
func median(values []float64) (float64, bool) {
	if len(values) == 0 {
		return 0, false
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2, true
}

// Link is how many persons of a kind are found in huishouden, in the last run: over all gemeenten, or in one where too few are.
type Link struct {
	Kind     string   `json:"kind"`
	Gemeente string   `json:"gemeentecode"` // alle, or one
	Share    *float64 `json:"aandeel,omitempty"`
	Minimum  *float64 `json:"minimum,omitempty"`
	Before   *float64 `json:"vorige,omitempty"` // share in the run that was the latest before
	Bad      bool     `json:"te_laag"`
}

// links reads how well feeds link in the last run, and in the one before it.
func (r *reading) links() error {
	if r.out.Latest == nil {
		return nil
	}
	all, err := seen.Links(r.ctx, r.lake.Run(r.out.Latest.Run).MartFS())
	if err != nil {
		return err
	}
	earlier, err := r.lake.Earlier()
	if err != nil {
		return err
	}
	before := map[[2]string]*float64{}
	if len(earlier) > 0 {
		was, err := seen.Links(r.ctx, r.lake.Run(earlier[0]).MartFS())
		if err != nil {
			return err
		}
		for _, l := range was {
			if l.AllFiles() {
				before[[2]string{l.Kind, l.Gemeente}] = l.Share
			}
		}
	}
	for _, l := range all {
		if !l.AllFiles() || !l.Over() && !l.Bad() {
			continue
		}
		r.out.Links = append(r.out.Links, Link{l.Kind, l.Gemeente, l.Share, l.Minimum, before[[2]string{l.Kind, l.Gemeente}], l.Bad()})
	}
	return nil
}
