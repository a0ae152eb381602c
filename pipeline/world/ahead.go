package world

import (
	"errors"
	"fmt"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
)

// CheckAhead refuses coverage in the configuration that ends after the newest delivery of its kind (rules 64): what nobody has
// delivered yet is not covered. A delivery is as new as the local day on which its note says it was made; when no note of the kind says so,
// it is as new as today. Kinds whose periods may lie ahead, such as allocations, may be covered ahead, as their notes may say. Only a run
// asks this: one that is opened again was right when it was made.
func CheckAhead(cfg *config.Config, all []*inbox.Delivery, now time.Time) error {
	var errs []error
	for _, kind := range cfg.Kinds() {
		if p := cfg.Contracts[kind].Period; p != nil && p.Future {
			continue
		}
		newest, known := newestDay(all, kind)
		what := "the day on which the newest delivery of this kind was made"
		if !known {
			newest, what = ingest.DayOf(now), "today, and no delivery note of this kind says when it was made"
		}
		for i, c := range cfg.Settings.Feeds[kind].Coverage {
			if to, err := time.Parse(time.DateOnly, c.To); err == nil && ingest.DayOf(to) > newest {
				errs = append(errs, fmt.Errorf("feeds.%s.coverage: entry %d: periode_tot %s lies after %s, %s", kind, i+1, c.To, newest, what))
			}
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return &exit.Error{Code: exit.Usage, Err: errors.Join(errs...), Remedy: "end the coverage at the last day that was delivered"}
}

// newestDay is the last local day on which a delivery of the kind was made, as far as notes say.
func newestDay(all []*inbox.Delivery, kind string) (newest ingest.Day, known bool) {
	for _, d := range all {
		if d.Kind != kind || d.Status == inbox.Refused {
			continue
		}
		if made, ok := d.Note.Made(); ok && (!known || made > newest) {
			newest, known = made, true
		}
	}
	return newest, known
}
