// Package effect is the slow reference of what the effect of maatwerk is estimated from: plans on their clock, the households that may be compared
// on the first day of a month, what the persons who formed them cost in every month, and which months are covered (docs/methods.md 7; rules 17 to 27,
// 46, 48, 63, 75). It goes by the lines, people and costs of its sister packages, day by day and household by household. It shares no code and no SQL with the
// pipeline but the contracts and the configuration, and is written to be read, not to be fast. No run uses it, and lotteries and signals are none of
// its business.
package effect

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// months is how many months to P are looked at.
const months = 60

// World is an inbox as the estimate sees it.
type World struct {
	*costs.Reference
	days  map[lines.Day]*people.People             // households on the days that were asked for
	spent map[string]map[lines.Day]map[string]cent // by person, month and law
	cases []plan
}

type cent = int64

// plan is a maatwerk plan.
type plan struct {
	number, status string
	reported       lines.Day
	month          lines.Day
	started        *lines.Day
	person         string
	house          *people.House
	about          []string // persons: its own, and all of the household
}

// dropped is whether nothing came of it.
func (p *plan) dropped() bool { return p.status == "afgewezen" || p.status == "ingetrokken" }

// New works out the plans.
func New(w *costs.Reference) *World {
	e := &World{Reference: w, days: map[lines.Day]*people.People{}, spent: map[string]map[lines.Day]map[string]cent{}}
	counts := map[string]bool{}
	for _, kind := range w.Config.CostKinds(config.Gedeclareerd) {
		counts[kind] = w.Config.Required(kind) || w.Known(kind)
	}
	w.Daily(func(kind, person, domein, basis string, x lines.Day, ct int64) {
		if basis != string(config.Gedeclareerd) || !counts[kind] {
			return
		}
		if e.spent[person] == nil {
			e.spent[person] = map[lines.Day]map[string]cent{}
		}
		if e.spent[person][x.Month(0)] == nil {
			e.spent[person][x.Month(0)] = map[string]cent{}
		}
		e.spent[person][x.Month(0)][domein] += ct
	})
	for _, r := range w.Used("maatwerk_plan") {
		p := plan{number: r.Get("casusnummer"), status: r.Get("status"), person: w.PersonID(r.Get("persoon_ps"))}
		p.reported, _ = r.Day("datum_aanmelding")
		p.month = p.reported.Month(0)
		if on, ok := r.Day("datum_start"); ok {
			p.started = &on
		}
		p.about = []string{p.person}
		if who := e.on(p.month).Persons[p.person]; who != nil && who.House != nil && p.reported <= w.P {
			p.house = who.House
			for _, m := range p.house.Members {
				if m.ID != p.person {
					p.about = append(p.about, m.ID)
				}
			}
		}
		e.cases = append(e.cases, p)
	}
	slices.SortFunc(e.cases, func(a, b plan) int {
		return cmp.Or(cmp.Compare(a.reported, b.reported), strings.Compare(a.number, b.number))
	})
	return e
}

// on are the people on a day.
func (e *World) on(day lines.Day) *people.People {
	if e.days[day] == nil {
		e.days[day] = people.Then(e.lines(), day)
	}
	return e.days[day]
}

// lines are what it all rests on.
func (e *World) lines() *lines.World { return e.People.World }

// first is the first month that is looked at.
func (e *World) first() lines.Day { return e.P.Month(1 - months) }

// clocks are the months in which a plan was reported by P, and that have the 12 months before them among those looked at.
func (e *World) clocks() (out []lines.Day) {
	for _, p := range e.cases {
		if p.reported <= e.P && p.month >= e.first().Month(12) {
			out = append(out, p.month)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Standing is a household on the first day of a month.
type Standing struct {
	Month, Form                           lines.Day
	House                                 *people.House
	Plan                                  string // "" without one
	Candidate, Children                   bool
	Gemeente                              string
	Persons, Oldest                       int64
	FirstPlan                             *lines.Day
	Before2                               *cent
	Before1, Quarter                      cent
	Wmo, Jeugd, Participatie, Zvw, Months int64
}

// Forms are the sets of persons of which the cost is told, by the first month in which they formed a household.
func (e *World) Forms() (out []Standing) {
	seen := map[string]bool{}
	e.standings(func(s Standing, _ bool) {
		if key := e.form(s.House); !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	})
	return out
}

// Standings are the households that have a plan or could be a control, by month and id.
func (e *World) Standings() (out []Standing) {
	e.standings(func(s Standing, fits bool) {
		if s.House.Away() {
			return
		}
		e.before(&s)
		s.Candidate = fits && s.Months == 12 && e.rules(&s)
		if s.Plan != "" || s.Candidate {
			out = append(out, s)
		}
	})
	return out
}

// standings gives every household that has a plan, shown or not, or that fits, by month and id, each with the first month of its form.
func (e *World) standings(give func(s Standing, fits bool)) {
	forms := map[string]lines.Day{}
	for _, day := range e.clocks() {
		at := e.on(day)
		for _, id := range slices.Sorted(maps.Keys(at.Houses)) {
			h := at.Houses[id]
			s := Standing{Month: day, House: h, Plan: e.planOf(h, day), Gemeente: at.Head(h).Fact.Line.Gemeente, Persons: int64(len(h.Members))}
			fits := e.fits(at, h, &s)
			if s.Plan == "" && (!fits || h.Away()) {
				continue
			}
			key := e.form(h)
			if _, known := forms[key]; !known {
				forms[key] = day
			}
			s.Form = forms[key]
			give(s, fits)
		}
	}
}

// form tells one set of persons of a household from another, attached ones apart.
func (e *World) form(h *people.House) string {
	key := h.ID
	for _, m := range h.Members {
		key += " " + m.ID
		if m.Attached {
			key += "*"
		}
	}
	return key
}

// planOf is the plan of the household that was reported in the month: the first that was not dropped, else the first.
func (e *World) planOf(h *people.House, day lines.Day) string {
	found := ""
	for _, dropped := range []bool{false, true} {
		for _, p := range e.cases {
			if found == "" && p.month == day && p.house != nil && p.house.ID == h.ID && p.dropped() == dropped {
				found = p.number
			}
		}
	}
	return found
}

// fits fills in what the members tell, and says whether it may be a control as far as that goes.
func (e *World) fits(at *people.People, h *people.House, s *Standing) bool {
	rules := e.Config.Selection.Eligibility
	adults := at.Adults(h)
	s.Children = int64(len(h.Members)) > adults
	oldest := h.Members[0].Born(0)
	for _, m := range h.Members {
		oldest = min(oldest, m.Born(0))
		for _, p := range e.cases {
			if p.reported <= e.P && slices.Contains(p.about, m.ID) && (s.FirstPlan == nil || p.month < *s.FirstPlan) {
				month := p.month
				s.FirstPlan = &month
			}
		}
	}
	born, day := oldest.Time(), s.Month.Time()
	s.Oldest = int64(day.Year() - born.Year())
	if day.Month() < born.Month() {
		s.Oldest--
	}
	return adults >= int64(rules.MinAdults) && int64(len(h.Members))-adults >= int64(rules.MinChildren) &&
		!(rules.NotInstitutional && at.Head(h).Fact.Institution()) && (s.FirstPlan == nil || *s.FirstPlan > s.Month)
}

// rules are those of effect.yaml.
func (e *World) rules(s *Standing) bool {
	asked, of := e.Config.Effect.Candidates, e.Config.Selection.Eligibility
	laws := 0
	for _, ct := range []cent{s.Wmo, s.Jeugd, s.Participatie, s.Zvw} {
		if ct > 0 {
			laws++
		}
	}
	return !(asked.MinDomains && laws < of.MinDomains) && !(asked.AtThreshold && s.Before1 < e.Config.Selection.ThresholdEur*100) &&
		!(asked.MaxZvwPercent && of.MaxZvwPercent > 0 && s.Before1 > 0 && s.Zvw*100 > s.Before1*cent(of.MaxZvwPercent))
}

// before adds up what the members cost before the month, whoever paid and wherever they lived.
func (e *World) before(s *Standing) {
	second, covered := cent(0), 0
	for n := 1; n <= 24; n++ {
		m := s.Month.Month(-n)
		if m < e.first() {
			break
		}
		ct := e.Cost(s.House, m)
		switch {
		case n <= 12:
			s.Before1 += ct[""]
			s.Wmo, s.Jeugd, s.Participatie, s.Zvw = s.Wmo+ct["wmo"], s.Jeugd+ct["jeugd"], s.Participatie+ct["participatie"], s.Zvw+ct["zvw"]
			if n <= 3 {
				s.Quarter += ct[""]
			}
			if e.Covered(s.House, m) {
				s.Months++
			}
		default:
			second += ct[""]
			if e.Covered(s.House, m) {
				covered++
			}
		}
	}
	if covered == 12 {
		s.Before2 = &second
	}
}

// Cost is what the members of a household cost in a month by law, and under "" in all.
func (e *World) Cost(h *people.House, month lines.Day) map[string]cent {
	out := map[string]cent{}
	for _, m := range h.Members {
		for law, ct := range e.spent[m.ID][month] {
			out[law] += ct
			out[""] += ct
		}
	}
	return out
}

// Covered is whether every kind that counts covers every member who was born by then, attached ones left out.
func (e *World) Covered(h *people.House, month lines.Day) bool {
	born := false
	for _, m := range h.Members {
		if m.Attached || m.Born(0) >= month.Month(1) {
			continue
		}
		born = true
		for _, kind := range e.Config.CostKinds(config.Gedeclareerd) {
			if (e.Config.Required(kind) || e.Known(kind)) && !e.Reaches(kind, e.Persons[m.ID], month) {
				return false
			}
		}
	}
	return born
}

// Months are those of which the cost of a form is told.
func (e *World) Months(form lines.Day) (out []lines.Day) {
	for m := max(form.Month(-24), e.first()); m <= e.P; m = m.Month(1) {
		out = append(out, m)
	}
	return out
}
