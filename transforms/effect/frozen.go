package effect

import (
	"fmt"
	"time"
)

// Frozen is an analysis plan that was frozen before P.
type Frozen struct {
	ID      string    // SHA-256 in hex
	On      time.Time // the day
	Differs string    // Dutch: what of its settings is not as in this run; empty when nothing is
}

// shortID is how much of a hash stands in a sentence.
const shortID = 12

// Beforehand says in Dutch by which analysis plan a verdict is: the last that was frozen before the month of the first start, 0 when nothing has started. plans
// are in the order of their dates. The sentence may leave: it does not say when anybody started. A verdict is what it is without one too, and says so.
func Beforehand(plans []Frozen, first Month) string {
	if len(plans) == 0 {
		return "geen analyseplan vooraf vastgelegd"
	}
	before := 0
	for _, p := range plans {
		if first == 0 || MonthOf(p.On.Year(), p.On.Month()) < first {
			before++
		}
	}
	if before == 0 {
		return fmt.Sprintf("geen analyseplan vooraf vastgelegd: het eerste is van %s, niet van vóór de maand van de eerste start", dayOf(plans[0].On))
	}
	p := plans[before-1]
	text := fmt.Sprintf("volgens analyseplan %.*s van %s", shortID, p.ID, dayOf(p.On))
	if p.Differs != "" {
		text = fmt.Sprintf("de instellingen zijn veranderd na het analyseplan van %s (%.*s): %s", dayOf(p.On), shortID, p.ID, p.Differs)
	}
	if before > 1 {
		text += fmt.Sprintf("; het laatste van %d plannen die vóór de eerste start zijn vastgelegd", before)
	}
	return text
}

func dayOf(t time.Time) string { return t.Format("02-01-2006") }

// FirstStart is the month in which the first plan of an origin started, whether it is in a set or not; 0 when none did.
func (s *Study) FirstStart(origin string) (first Month) {
	look := func(p Plan) {
		if p.Started != 0 && (origin == AllOrigin || p.Origin == origin) && (first == 0 || p.Started < first) {
			first = p.Started
		}
	}
	for _, set := range s.Sets {
		look(set.Plan)
	}
	for _, d := range s.Dropped {
		look(d.Plan)
	}
	return first
}
