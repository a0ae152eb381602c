package effect

import (
	"slices"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// Plan is a plan on its clock.
type Plan struct {
	Number, Status string
	House          *people.House // nil without one
	Reported       lines.Day     // first of the month
	Start          *lines.Day    // first of the month, nil while it has not started
	Reason         string        // why it is not followed, "" when it is
}

// Plans are all plans, in order of their number. standings are those of the world.
func (e *World) Plans(standings []Standing) (out []Plan) {
	for i, c := range e.cases {
		p := Plan{Number: c.number, Status: c.status, House: c.house, Reported: c.month}
		if c.started != nil && *c.started <= e.P {
			month := max(c.started.Month(0), c.month)
			p.Start = &month
		}
		second := slices.ContainsFunc(e.cases[:i], func(old plan) bool {
			return old.reported <= e.P && !old.dropped() && slices.ContainsFunc(old.about, func(id string) bool { return slices.Contains(c.about, id) })
		})
		measured := slices.ContainsFunc(standings, func(s Standing) bool {
			return c.house != nil && s.Month == c.month && s.House.ID == c.house.ID && s.Months == 12
		})
		switch {
		case c.reported > e.P:
			p.Reason = "na_peildatum"
		case c.house == nil:
			p.Reason = "geen_huishouden"
		case c.house.Away() && c.month >= e.first().Month(12):
			p.Reason = "uitgesloten"
		case second:
			p.Reason = "tweede_plan"
		case !measured:
			p.Reason = "voor_meetperiode"
		case c.started == nil && (c.status == "uitvoering" || c.status == "gereed"):
			p.Reason = "start_onbekend"
		case p.Start == nil:
			p.Reason = "niet_gestart"
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Plan) int {
		if a.Number < b.Number {
			return -1
		}
		return 1
	})
	return out
}
