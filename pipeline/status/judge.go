package status

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"stapel/config"
	"stapel/reports/nl"
)

// gaps is from how many gaps between deliveries a rhythm is seen.
const gaps = 3

// expect says when the next delivery is due: after the rhythm that is configured, or as earlier deliveries came, by the median of the days between them. made
// are the days on which notes say that deliveries were made.
func (f *Feed) expect(every config.Every, made []Day) {
	if every != "" {
		f.Rhythm, f.Set = string(every), true
		if f.Made != nil {
			next := Day{every.Next(f.Made.Time)}
			f.Expected = &next
		}
		return
	}
	slices.SortFunc(made, func(a, b Day) int { return a.Compare(b.Time) })
	made = slices.Compact(made)
	if len(made) <= gaps {
		return
	}
	var days []int
	for i := 1; i < len(made); i++ {
		days = append(days, made[i-1].DaysTo(made[i]))
	}
	slices.Sort(days)
	median := days[len(days)/2]
	f.Rhythm = nl.Plain(nl.Count(int64(median), "dag", "dagen"))
	next := Day{made[len(made)-1].AddDate(0, 0, median)}
	f.Expected = &next
}

// judge says how the feed is doing, why, and what to do. instead is what lies there that is no delivery. furthest is the last whole month that a required kind covers for the gemeente; zero when none does.
func (f *Feed) judge(instead string, furthest, today Day, grace int) {
	what := nl.Word("kind", f.Kind)
	who := f.Who()
	switch {
	case f.Deliveries == 0 && (f.Required || f.Set):
		f.Stand, f.Why = Missing, cmp.Or(instead, "er is geen levering")
		if f.Required {
			f.Why += ", en een run heeft deze bron nodig"
		}
		f.Ask = what
		f.Do = fmt.Sprintf("vraag %s om %s (wat erin moet, zegt `stapel contract %s`)", who, what, f.Kind)
	case f.Deliveries == 0:
		f.Stand = Absent
	case f.Expected != nil && f.Expected.DaysTo(today) > grace:
		f.Stand = Late
		f.Why = fmt.Sprintf("verwacht op %s, %s geleden; de laatste is van %s", nl.Date(f.Expected.Time), nl.Count(int64(f.Expected.DaysTo(today)), "dag", "dagen"), nl.Date(f.Made.Time))
		f.Ask = "de volgende levering" + f.since()
		f.Do = "vraag " + who + " om " + f.Ask
	case f.Until != nil && !furthest.IsZero() && f.Until.month().Before(furthest.Time):
		f.Stand = Behind
		f.Why = fmt.Sprintf("dekt tot en met %s, terwijl een andere bron heel %s dekt", nl.Date(f.Until.Time), nl.Month(furthest.Time))
		if f.Required {
			f.Why += "; dat houdt de peildatum tegen"
		}
		f.Ask = "een levering" + f.since()
		f.Do = "vraag " + who + " om " + f.Ask
	case f.Expected == nil && f.Until == nil:
		f.Stand, f.Why = Unknown, "niets zegt welke periode dit dekt of wanneer de volgende komt"
		f.Do = fmt.Sprintf("vraag om een leveringsbrief, of zet feeds.%s.every in stapel.yaml", f.Kind)
	default:
		f.Stand = Fine
	}
	f.Why, f.Do, f.Ask = nl.Plain(f.Why), nl.Plain(f.Do), nl.Plain(f.Ask)
}

// since says from which day a next delivery has to go on.
func (f *Feed) since() string {
	if f.Until == nil {
		return ""
	}
	return " vanaf " + nl.Date(f.Until.AddDate(0, 0, 1))
}

// Who is who delivers it, by name or by what they are.
func (f *Feed) Who() string {
	if f.Supplier != "" {
		return f.Supplier
	}
	if f.Role == "" {
		return "de leverancier"
	}
	return "de leverancier (" + f.Role + ")"
}

// rhythms are the words for a rhythm that is configured.
var rhythms = map[string]string{string(config.EveryDay): "elke dag", string(config.EveryWeek): "elke week", string(config.EveryMonth): "elke maand",
	string(config.EveryQuarter): "elk kwartaal", string(config.EveryYear): "elk jaar"}

// RhythmWord is how often it comes, in words; "" when that is not known.
func (f *Feed) RhythmWord() string {
	if word, ok := rhythms[f.Rhythm]; ok {
		return word
	}
	if f.Rhythm == "" {
		return ""
	}
	return "om de " + f.Rhythm
}

// Ago is how long ago a moment is, in words.
func Ago(now, at time.Time) string {
	switch d := now.Sub(at); {
	case d < time.Minute:
		return "zojuist"
	case d < time.Hour:
		return nl.Plain(nl.Count(int64(d/time.Minute), "minuut", "minuten")) + " geleden"
	case d < 48*time.Hour:
		return nl.Plain(nl.Count(int64(d/time.Hour), "uur", "uur")) + " geleden"
	default:
		return nl.Plain(nl.Count(int64(d/(24*time.Hour)), "dag", "dagen")) + " geleden"
	}
}
