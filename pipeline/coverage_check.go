package pipeline

import (
	"errors"
	"fmt"
	"time"

	"stapel/config"
)

// checkCoverage refuses coverage in the configuration that ends after the newest delivery of its kind (rules 64): what nobody has delivered
// yet is not covered. A delivery is as new as the local day on which its note says it was made; when no note of the kind says so, it is as
// new as today. Kinds whose periods may lie ahead, such as allocations, may be covered ahead, as their notes may say. Only a run asks this: one that is opened again was
// right when it was made.
func checkCoverage(cfg *config.Config, all []*delivery, now time.Time) error {
	var errs []error
	for _, kind := range cfg.Kinds() {
		if p := cfg.Contracts[kind].Period; p != nil && p.Future {
			continue
		}
		newest, known := newestDay(all, kind)
		what := "the day on which the newest delivery of this kind was made"
		if !known {
			newest, what = localDay(now), "today, and no delivery note of this kind says when it was made"
		}
		for i, c := range cfg.Settings.Feeds[kind].Coverage {
			if to, err := time.Parse(time.DateOnly, c.To); err == nil && to.After(newest) {
				errs = append(errs, fmt.Errorf("feeds.%s.coverage: entry %d: periode_tot %s lies after %s, %s", kind, i+1, c.To,
					newest.Format(time.DateOnly), what))
			}
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return &Error{Code: Usage, Err: errors.Join(errs...), Remedy: "end the coverage at the last day that was delivered"}
}

// newestDay is the last local day on which a delivery of the kind was made, as far as notes say.
func newestDay(all []*delivery, kind string) (newest time.Time, known bool) {
	for _, d := range all {
		if d.kind != kind || d.status == statusRefused || d.note == nil || d.note.Aangemaakt == nil {
			continue
		}
		if day := localDay(*d.note.Aangemaakt); !known || day.After(newest) {
			newest, known = day, true
		}
	}
	return newest, known
}

// localDay is the day of a time in the zone that it is written in.
func localDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}
