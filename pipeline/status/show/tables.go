package show

import (
	"fmt"
	"strings"
	"time"

	"stapel/pipeline/status"
	"stapel/reports/nl"
)

// A grid is a table, for a terminal or a page. An empty cell is nothing, which is never zero.
type grid struct {
	columns []column
	rows    [][]string
}

// column is a column: numbers stand on the right, and days on one line.
type column struct {
	name        string
	right, days bool
}

// columns makes a table without rows; > before a name says that it is of numbers, @ that it is of days.
func columns(names ...string) (g grid) {
	for _, n := range names {
		g.columns = append(g.columns, column{strings.TrimLeft(n, ">@"), strings.HasPrefix(n, ">"), strings.HasPrefix(n, "@")})
	}
	return g
}

func (v View) moment(t time.Time) string { return t.In(v.Zone).Format("02-01-2006 15:04") }

func (v View) runTable() grid {
	g := columns("@begin", "run", "peildatum", ">exit", ">seconden", ">geweigerd", ">quarantaine", "stand")
	for _, r := range v.Runs {
		code, seconds, refused, bad := "", "", "", ""
		if r.Exit != nil {
			code, refused, bad = fmt.Sprint(int(*r.Exit)), nl.Int(int64(r.Refused)), nl.Int(r.Bad)
		}
		if r.Seconds != nil {
			seconds = nl.Number(*r.Seconds, 1)
		}
		g.rows = append(g.rows, []string{v.moment(r.Begin), runName(r), r.Peildatum, code, seconds, refused, bad, word(string(r.Stand))})
	}
	return g
}

// runName is the id of a run; of one that was to go no further than the lake there is none.
func runName(r status.Run) string {
	if r.Run == "" && r.Until == "lake" {
		return "(tot en met lake)"
	}
	return r.Run
}

// word is a word of a status, with blanks.
func word(s string) string { return strings.ReplaceAll(s, "_", " ") }

func day(d *status.Day) string {
	if d == nil {
		return ""
	}
	return nl.DateShort(d.Time)
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return nl.Int(int64(*n))
}

func percent(x *float64) string {
	if x == nil {
		return ""
	}
	return nl.Percent(*x)
}

func (v View) places(f status.Feed) string {
	var names []string
	for _, g := range f.Gemeenten {
		names = append(names, v.Place(g))
	}
	return strings.Join(names, ", ")
}

func months(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%d van 12", *n)
}

func (v View) feedTable() grid {
	g := columns("bron", "gemeenten", "leverancier", "@gemaakt", ">dagen", "@gedekt t/m", "maanden", "@nieuwste regel", "ritme", "@verwacht", "stand")
	for _, f := range v.Feeds {
		if f.Stand == status.Absent {
			continue
		}
		g.rows = append(g.rows, []string{nl.Word("kind", f.Kind), v.places(f), f.Supplier, day(f.Made), number(f.Days), day(f.Until), months(f.Months), day(f.Newest), f.RhythmWord(), day(f.Expected), word(string(f.Stand))})
	}
	return g
}

// feedNotes are what is said below the feeds.
func (v View) feedNotes() (out []string) {
	if names := v.absent(); len(names) > 0 {
		out = append(out, "niet geleverd, en niet nodig voor een run: "+nl.List(names))
	}
	if n := v.rhythmless(); n > 0 {
		out = append(out, fmt.Sprintf("van %s is niet bekend hoe vaak %s komt: te laat is dan niet te zien (feeds.<soort>.every in stapel.yaml)",
			nl.Plain(nl.Count(int64(n), "bron", "bronnen")), nl.Form(int64(n), "die", "elk")))
	}
	return out
}

// rhythmless is how many feeds that are delivered have no rhythm, so that nobody sees when one is late.
func (v View) rhythmless() (n int) {
	for _, f := range v.Feeds {
		if f.Deliveries > 0 && f.Rhythm == "" {
			n++
		}
	}
	return n
}

// absent are the feeds that are not delivered and need not be, by name.
func (v View) absent() (names []string) {
	for _, f := range v.Feeds {
		if f.Stand == status.Absent {
			names = append(names, f.Name(v.Place))
		}
	}
	return names
}

func (v View) linkTable() grid {
	g := columns("bron", "gemeente", ">aandeel", ">minimum", ">vorige run", "oordeel")
	for _, l := range v.Links {
		verdict, where := "genoeg", "alle"
		if l.Bad {
			verdict = "te weinig"
		}
		if l.Gemeente != where {
			where = v.Place(l.Gemeente)
		}
		g.rows = append(g.rows, []string{nl.Word("kind", l.Kind), where, percent(l.Share), percent(l.Minimum), percent(l.Before), verdict})
	}
	return g
}

// timeTable has all stages, and the models that took longest or longer than usual.
func (v View) timeTable() grid {
	g := columns("stap of model", ">seconden", ">gewoonlijk", ">runs", "oordeel")
	row := func(t status.Timing) []string {
		usual, slower := "", ""
		if t.Usual != nil {
			usual = nl.Number(*t.Usual, 2)
		}
		if t.Slower {
			slower = "trager"
		}
		return []string{t.Name, nl.Number(t.Seconds, 2), usual, nl.Int(int64(t.Runs)), slower}
	}
	for _, t := range v.Stages {
		g.rows = append(g.rows, row(t))
	}
	for i, t := range v.Models {
		if i < modelsShown || t.Slower {
			g.rows = append(g.rows, row(t))
		}
	}
	return g
}

func (v View) jobTable() grid {
	g := columns("taak", "stand", "@moest draaien", "@volgende keer", ">laatste exit", "doel")
	for _, j := range v.Jobs {
		code := ""
		if j.Exit != nil {
			code = fmt.Sprint(int(*j.Exit))
		}
		g.rows = append(g.rows, []string{j.Name, word(string(j.Stand)), jobMoment(j.Due), jobMoment(j.Next), code, j.Purpose})
	}
	return g
}

// jobMoment is a moment on the clock of a job.
func jobMoment(t time.Time) string { return t.Format("02-01-2006 15:04 MST") }
