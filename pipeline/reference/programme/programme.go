// Package programme is the slow reference of what a maatwerk programme registers: who pays for plans, how long they wait, what people thought of it
// and what was spent (docs/methods.md 7; rules 42, 44, 52 and 75). It goes by the lines and people below it, plan by plan and day by day. It
// shares no code and no SQL with the pipeline but the contracts and the configuration, and is written to be read, not to be fast. No run uses
// it.
package programme

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// World is the plans of an inbox, by case number.
type World struct {
	*people.People
	plans map[string]*plan
}

// plan is the newest line of a case, with the lines under it.
type plan struct {
	line              *lines.Line
	hidden, elsewhere bool
	amounts           map[string]int64 // by scenario, those that are filled in
	lines             []*lines.Line
}

var scenarios = []string{"huidig", "dreigend", "maatwerk"}

// New takes the plans out of the lines.
func New(p *people.People) *World {
	w := &World{p, map[string]*plan{}}
	for _, l := range p.ByKind["maatwerk_plan"] { // from old to new
		w.plans[l.Get("casusnummer")] = &plan{line: l, amounts: map[string]int64{}}
	}
	for _, pl := range w.plans {
		if who := w.Of(pl.line.Get("persoon_ps")); who != nil && who.House != nil {
			pl.hidden, pl.elsewhere = who.House.Away(), who.House.Elsewhere && !who.House.Hidden
		}
		for _, s := range scenarios {
			if ct, ok := w.cents(pl.line, s+"_eur"); ok {
				pl.amounts[s] = ct
			}
		}
	}
	newest := map[string]*lines.Delivery{}
	for _, l := range p.ByKind["maatwerk_plan_regel"] {
		newest[l.Get("casusnummer")] = l.Delivery
	}
	for _, l := range p.ByKind["maatwerk_plan_regel"] {
		if pl := w.plans[l.Get("casusnummer")]; pl != nil && l.Delivery == newest[l.Get("casusnummer")] {
			pl.lines = append(pl.lines, l)
		}
	}
	return w
}

func (w *World) cents(l *lines.Line, column string) (int64, bool) {
	return lines.Cents(w.Config.Contracts[l.Kind].Column(column), l.Get(column))
}

// own are the plans that count in totals, by number.
func (w *World) own() (out []*plan) {
	for _, number := range slices.Sorted(maps.Keys(w.plans)) {
		if !w.plans[number].elsewhere {
			out = append(out, w.plans[number])
		}
	}
	return out
}

// Share is a row of the mart plan_regel.
type Share struct {
	Number, Scenario, Payer string
	Ct, Yes, No, Lines      int64
}

// shares are a plan's amounts by who pays, and what the lines leave of them.
func (w *World) shares(p *plan) (out []Share) {
	for _, s := range scenarios {
		byPayer, total := map[string]*Share{}, int64(0)
		for _, l := range p.lines {
			if l.Get("scenario") != s {
				continue
			}
			payer := l.Get("betaler")
			if byPayer[payer] == nil {
				byPayer[payer] = &Share{Number: p.line.Get("casusnummer"), Scenario: s, Payer: payer}
			}
			ct, _ := w.cents(l, "bedrag_eur")
			of := byPayer[payer]
			of.Ct += ct
			of.Lines++
			total += ct
			switch l.Get("inbaar") {
			case "ja":
				of.Yes += ct
			case "nee":
				of.No += ct
			}
		}
		for _, of := range byPayer {
			out = append(out, *of)
		}
		if amount, ok := p.amounts[s]; ok && amount != total {
			out = append(out, Share{Number: p.line.Get("casusnummer"), Scenario: s, Payer: "niet_verdeeld", Ct: amount - total})
		}
	}
	return out
}

// Shares is the mart plan_regel: plans that are shown.
func (w *World) Shares() (out []Share) {
	for _, p := range w.plans {
		if !p.hidden {
			out = append(out, w.shares(p)...)
		}
	}
	return out
}

// doesNotAddUp is whether lines of an amount come to another.
func (w *World) doesNotAddUp(p *plan) bool {
	for _, s := range w.shares(p) {
		if s.Payer == "niet_verdeeld" && slices.ContainsFunc(p.lines, func(l *lines.Line) bool { return l.Get("scenario") == s.Scenario }) {
			return true
		}
	}
	return false
}

// Payer is a row of the mart plan_betaler.
type Payer struct {
	Group, Payer                                                string
	Now, Threatens, Tailored, Saving, CanBeSpent, Plans, Behind int64
}

// Payers is the mart plan_betaler.
func (w *World) Payers() (out []Payer) {
	for _, group := range []string{"alle", "uitgevoerd"} {
		rows, behind := map[string]*Payer{}, int64(0)
		for _, p := range w.own() {
			_, threatens := p.amounts["dreigend"]
			_, tailored := p.amounts["maatwerk"]
			if status := p.line.Get("status"); !threatens || !tailored || group == "uitgevoerd" && status != "uitvoering" && status != "gereed" {
				continue
			}
			behind++
			seen := map[string]bool{}
			for _, s := range w.shares(p) {
				if _, filled := p.amounts[s.Scenario]; !filled {
					continue
				}
				if rows[s.Payer] == nil {
					rows[s.Payer] = &Payer{Group: group, Payer: s.Payer}
				}
				r := rows[s.Payer]
				switch s.Scenario {
				case "huidig":
					r.Now += s.Ct
				case "dreigend":
					r.Threatens += s.Ct
					r.Saving += s.Ct
					r.CanBeSpent += s.Yes
				case "maatwerk":
					r.Tailored += s.Ct
					r.Saving -= s.Ct
					r.CanBeSpent -= s.Yes
				}
				if !seen[s.Payer] {
					seen[s.Payer] = true
					r.Plans++
				}
			}
		}
		for _, r := range rows {
			r.Behind = behind
			out = append(out, *r)
		}
	}
	return out
}

// Day is a row of the mart doorlooptijd.
type Day struct {
	Days, AtRisk, Approved, Refused, Censored int64
	Open                                      float64
	Low, High                                 *float64
}

// Waits is the mart doorlooptijd: the days are gone through one by one.
func (w *World) Waits() (out []Day) {
	type subject struct {
		days              int64
		approved, refused bool
	}
	var all []subject
	for _, p := range w.own() {
		reported, _ := p.line.Day("datum_aanmelding")
		if reported > w.P {
			continue
		}
		s := subject{int64(w.P - reported), false, p.line.Get("status") == "afgewezen"}
		if on, ok := p.line.Day("datum_akkoord"); ok && on <= w.P {
			s = subject{int64(on - reported), true, false}
		}
		if s.days >= 0 {
			all = append(all, s)
		}
	}
	open, variance := 1.0, 0.0
	for t := int64(0); t < 4000; t++ {
		d := Day{Days: t}
		for _, s := range all {
			switch {
			case s.days < t:
				continue
			case s.days > t:
			case s.approved:
				d.Approved++
			case s.refused:
				d.Refused++
			default:
				d.Censored++
			}
			d.AtRisk++
		}
		if d.Approved+d.Refused+d.Censored == 0 {
			continue
		}
		n, k := float64(d.AtRisk), float64(d.Approved)
		open *= 1 - k/n
		variance += k / (n * (n - k)) // of log open; without end when nobody is left
		if d.Open = open; open < 1e-12 {
			d.Open = 0
		} else if variance > 0 {
			by := 1.959963984540054 * math.Sqrt(variance) / math.Log(open) // below 0, on the scale of log(-log open)
			at := math.Log(-math.Log(open))
			low, high := math.Exp(-math.Exp(at-by)), math.Exp(-math.Exp(at+by))
			d.Low, d.High = &low, &high
		}
		out = append(out, d)
	}
	return out
}

// Mark is a row of the mart tevredenheid.
type Mark struct {
	Moment, Asked, Answered         int64
	Mean                            *float64
	Paired                          *int64
	Change                          *float64
	Plans, PlansAsked, PlansAnswers int64
}

// Marks is the mart tevredenheid.
func (w *World) Marks() (out []Mark) {
	type who struct{ number, role, nr string }
	moments := map[int64]map[who]*lines.Line{0: {}, 6: {}, 12: {}}
	for _, l := range w.ByKind["maatwerk_meting"] { // from old to new
		on, _ := l.Day("datum")
		if p := w.plans[l.Get("casusnummer")]; on > w.P || p != nil && p.elsewhere {
			continue
		}
		moment, _ := l.Whole("meetmoment_mnd")
		if moments[moment] == nil {
			moments[moment] = map[who]*lines.Line{}
		}
		of := who{l.Get("casusnummer"), l.Get("rol"), l.Get("persoon_nr")}
		if old := moments[moment][of]; old != nil {
			if before, _ := old.Day("datum"); before > on {
				continue
			}
		}
		moments[moment][of] = l
	}
	mark := func(l *lines.Line) (float64, bool) {
		if l == nil || l.Get("cijfer") == "" {
			return 0, false
		}
		half, _ := w.cents(l, "cijfer")
		return float64(half) / 100, true
	}
	mean := func(list []float64) *float64 {
		if len(list) == 0 {
			return nil
		}
		sum := 0.0
		for _, x := range list {
			sum += x
		}
		sum /= float64(len(list))
		return &sum
	}
	for _, moment := range slices.Sorted(maps.Keys(moments)) {
		r := Mark{Moment: moment, Asked: int64(len(moments[moment]))}
		var marks, changes []float64
		asked, answered := map[string]bool{}, map[string]bool{}
		for of, l := range moments[moment] {
			asked[of.number] = true
			x, ok := mark(l)
			if !ok {
				continue
			}
			answered[of.number] = true
			marks = append(marks, x)
			if before, ok := mark(moments[0][of]); ok && moment > 0 {
				changes = append(changes, x-before)
			}
		}
		r.Answered, r.Mean, r.Change = int64(len(marks)), mean(marks), mean(changes)
		if moment > 0 {
			n := int64(len(changes))
			r.Paired = &n
		}
		for _, p := range w.own() {
			if start, ok := p.line.Day("datum_start"); ok && start+lines.Day(365*moment/12) <= w.P {
				r.Plans++
				if asked[p.line.Get("casusnummer")] {
					r.PlansAsked++
				}
				if answered[p.line.Get("casusnummer")] {
					r.PlansAnswers++
				}
			}
		}
		out = append(out, r)
	}
	return out
}

// Expense is a row of the mart uitgave.
type Expense struct {
	Year          int64
	What          string
	Ct            int64
	Set, SetSpent *int64
	OnPlans       int64
	N, NSet       int64
	Plans         int64
}

// Expenses is the mart uitgave.
func (w *World) Expenses() (out []Expense) {
	type at struct {
		year int64
		what string
	}
	rows, cases := map[at]*Expense{}, map[at]map[string]bool{}
	for _, l := range w.ByKind["maatwerk_uitgave"] {
		on, _ := l.Day("datum")
		if on > w.P {
			continue
		}
		ct, _ := w.cents(l, "bedrag_eur")
		for _, what := range []string{l.Get("soort"), "alle"} {
			k := at{int64(on.Year()), what}
			if rows[k] == nil {
				rows[k], cases[k] = &Expense{Year: k.year, What: what}, map[string]bool{}
			}
			r := rows[k]
			r.Ct += ct
			r.N++
			if set, ok := w.cents(l, "begroot_eur"); ok {
				r.NSet++
				if r.Set == nil {
					r.Set, r.SetSpent = new(int64), new(int64)
				}
				*r.Set += set
				*r.SetSpent += ct
			}
			if number := l.Get("casusnummer"); number != "" {
				r.OnPlans += ct
				cases[k][number] = true
			}
		}
	}
	for k, r := range rows {
		r.Plans = int64(len(cases[k]))
		out = append(out, *r)
	}
	return out
}

// Finding is a row of the mart bevinding that is about a plan or names none.
type Finding struct{ Subject, Key, Code string }

// Findings are those of this package: lines without a plan, amounts that don't add up and negative times.
func (w *World) Findings() (out []Finding) {
	delivered := slices.ContainsFunc(w.Deliveries, func(d *lines.Delivery) bool { return d.Kind == "maatwerk_plan" })
	for _, kind := range []string{"maatwerk_plan_regel", "maatwerk_meting", "maatwerk_uitgave"} {
		if !delivered {
			break
		}
		newest := map[string]*lines.Delivery{} // of lines under a plan the older ones are gone
		for _, l := range w.ByKind[kind] {
			newest[l.Get("casusnummer")] = l.Delivery
		}
		for _, l := range w.ByKind[kind] {
			number := l.Get("casusnummer")
			if number != "" && w.plans[number] == nil && (kind != "maatwerk_plan_regel" || l.Delivery == newest[number]) {
				out = append(out, Finding{kind, l.Place(), "plan_onbekend"})
			}
		}
	}
	for number, p := range w.plans {
		if p.hidden {
			continue
		}
		reported, _ := p.line.Day("datum_aanmelding")
		if on, ok := p.line.Day("datum_akkoord"); ok && on < reported {
			out = append(out, Finding{"maatwerk_plan", number, "negatieve_doorlooptijd"})
		}
		if w.doesNotAddUp(p) {
			out = append(out, Finding{"maatwerk_plan", number, "regels_tellen_niet_op"})
		}
	}
	slices.SortFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Code, b.Code))
	})
	return out
}
