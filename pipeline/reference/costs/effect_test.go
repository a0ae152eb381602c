package costs_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/effect"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/run"
)

// effectTables are those that are compared: they are no marts, so they are kept while the run computes.
var effectTables = []string{"effect_plan", "effect_stand", "effect_kosten"}

// keeping is an engine that keeps some tables.
type keeping struct {
	engine.Engine
	dir string
}

func (e keeping) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	if slices.Contains(effectTables, name) {
		orderBy = map[string][]string{"effect_plan": {"casusnummer"}, "effect_stand": {"maand", "huishouden"},
			"effect_kosten": {"maand", "huishouden", "kalendermaand"}}[name]
	}
	n, err := e.Engine.Write(ctx, name, query, orderBy, file)
	if err != nil || !slices.Contains(effectTables, name) {
		return n, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return n, err
	}
	return n, os.WriteFile(filepath.Join(e.dir, name+".parquet"), data, 0o600)
}

// kept is a table of those, a line a row.
func kept[T any](t rapid.TB, dir, name string, text func(T) string) (out []string) {
	t.Helper()
	rows, err := parquet.ReadFile[T](filepath.Join(dir, name+".parquet"))
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, text(r))
	}
	return out
}

type planRow struct {
	Number string `parquet:"casusnummer"`
	House  *int64 `parquet:"huishouden,optional"`
	Month  int32  `parquet:"aanmelding,date"`
	Start  *int32 `parquet:"start,optional,date"`
	Status string `parquet:"status"`
	Reason string `parquet:"reden"`
}

type standRow struct {
	Month     int32  `parquet:"maand,date"`
	House     int64  `parquet:"huishouden"`
	Form      int32  `parquet:"vorm,date"`
	Plan      string `parquet:"casusnummer"`
	Candidate bool   `parquet:"kandidaat"`
	Children  bool   `parquet:"kinderen"`
	Gemeente  string `parquet:"gemeentecode"`
	Persons   int64  `parquet:"personen"`
	Oldest    int64  `parquet:"oudste_leeftijd"`
	FirstPlan *int32 `parquet:"eerste_plan,optional,date"`
	Before2   *int64 `parquet:"voor2_ct,optional"`
	Before1   int64  `parquet:"voor1_ct"`
	Quarter   int64  `parquet:"kwartaal_ct"`
	Wmo       int64  `parquet:"wmo_ct"`
	Jeugd     int64  `parquet:"jeugd_ct"`
	Benefits  int64  `parquet:"participatie_ct"`
	Zvw       int64  `parquet:"zvw_ct"`
	Months    int64  `parquet:"voor1_maanden"`
}

type costRow struct {
	Form    int32 `parquet:"maand,date"`
	House   int64 `parquet:"huishouden"`
	Month   int32 `parquet:"kalendermaand,date"`
	Ct      int64 `parquet:"kosten_ct"`
	Wmo     int64 `parquet:"wmo_ct"`
	Jeugd   int64 `parquet:"jeugd_ct"`
	Benefit int64 `parquet:"participatie_ct"`
	Zvw     int64 `parquet:"zvw_ct"`
	Covered bool  `parquet:"gedekt"`
}

func day[T ~int | ~int32](d *T) string {
	if d == nil {
		return "-"
	}
	return lines.Day(*d).String()
}

func house(id string) int64 {
	key, err := strconv.ParseInt(strings.TrimPrefix(id, "h-"), 16, 64)
	if err != nil {
		panic(err)
	}
	return key
}

func amount(ct *int64) string {
	if ct == nil {
		return "-"
	}
	return strconv.FormatInt(*ct, 10)
}

// drawEffect draws a world with more plans, and in which most people can be told to be insured.
func drawEffect(t *rapid.T) *world {
	w := drawWorld(t)
	newest := func(kind string) *file {
		b := &file{kind: kind, name: "effect.csv"}
		w.files[kind] = append(w.files[kind], b)
		w.note(b, 0, w.end.AddDate(0, -70, 0), w.end, w.gemeenten)
		b.note["aangemaakt"] = dayText(w.end.AddDate(0, 6, 0))
		return b
	}
	insured, plans := newest("zvw_verzekerde"), newest("maatwerk_plan")
	for _, m := range w.residents {
		if !w.chance("niet verzekerd", 8) {
			for _, uzovi := range []string{"3311", "7029"} {
				insured.add([]string{"persoon_ps", m.ps, "uzovi", uzovi, "begindatum", dayText(w.end.AddDate(-6, 0, 0)), "einddatum", ""})
			}
		}
	}
	homes := &file{kind: "huishouden", name: "effect.csv"} // without a note: it replaces nothing
	w.files["huishouden"] = append(w.files["huishouden"], homes)
	for i, m := range w.residents {
		if w.stops == "" && i%4 > 0 {
			homes.add([]string{"persoon_ps", m.ps, "huishouden_ps", pseudonym(100_000 + m.home), "gemeentecode", w.gemeenten[0], "begindatum", dayText(w.end.AddDate(0, -61-i%12, 0)),
				"einddatum", "", "geboortejaar", m.year, "geboortemaand", m.month, "geslacht", "1", "typhh", "5", "plhh", "6", "functie_adres", "W"})
		}
	}
	for i := range w.whole("plannen", 3, 8) {
		on := w.end.AddDate(0, 0, 20-(i*137+w.whole("aanmelding dagen terug", 0, 100))%900)
		start := ""
		if !w.chance("niet gestart", 3) {
			start = dayText(on.AddDate(0, 0, w.whole("start na dagen", -20, 300)))
		}
		plans.add([]string{"casusnummer", fmt.Sprintf("E%d", i), "persoon_ps", w.residents[(i*5)%len(w.residents)].ps, "gemeentecode", w.gemeente(),
			"status", w.pick("status", "concept", "akkoord", "uitvoering", "gereed", "afgewezen", "ingetrokken"),
			"datum_aanmelding", dayText(on), "datum_start", start})
	}
	return w
}

// compareEffect runs the pipeline on a world and compares what effects are estimated from. It counts what was there.
func compareEffect(t rapid.TB, w *world, dir string, seen map[string]int) {
	t.Helper()
	cfg := w.config(t)
	cfg.Effect.Candidates.AtThreshold = w.threshold%2 == 0
	cfg.Effect.Candidates.MinDomains, cfg.Effect.Candidates.MaxZvwPercent = w.threshold%3 == 0, w.threshold%5 == 0
	if w.threshold%7 != 0 {
		cfg.Selection.Eligibility.MinChildren = 0
	}
	w.write(t, dir, cfg)
	reference, err := costs.Read(os.DirFS(filepath.Join(dir, "inbox")), cfg, run.Secret)
	if err != nil || reference.Households() == 0 || len(reference.Stops()) > 0 {
		return
	}
	tables := filepath.Join(dir, "effect")
	if err := os.MkdirAll(tables, 0o700); err != nil {
		t.Fatal(err)
	}
	compute := engine.Wrap(duckdb.Opener(0, 2), func(e engine.Engine) engine.Engine { return keeping{e, tables} })
	if _, _, err := run.By(context.Background(), dir, cfg, compute); err != nil {
		t.Fatal(err)
	}
	e := effect.New(reference)
	standings := e.Standings()
	var plans, stands, cents []string
	for _, p := range e.Plans(standings) {
		id := "-"
		if p.House != nil {
			id = strconv.FormatInt(house(p.House.ID), 10)
		}
		plans = append(plans, fmt.Sprintf("%s %s %v %s %s %q", p.Number, id, p.Reported, day(p.Start), p.Status, p.Reason))
		seen["plan "+p.Reason]++
	}
	for _, s := range standings {
		stands = append(stands, fmt.Sprintf("%v %d %v %q %v %v %s %d %d %s %s %d %d %d %d %d %d %d", s.Month, house(s.House.ID), s.Form, s.Plan, s.Candidate,
			s.Children, s.Gemeente, s.Persons, s.Oldest, day(s.FirstPlan), amount(s.Before2), s.Before1, s.Quarter, s.Wmo, s.Jeugd, s.Participatie, s.Zvw, s.Months))
		seen["household"]++
		count := func(what string, yes bool) {
			if yes {
				seen[what]++
			}
		}
		count("candidate", s.Candidate)
		count("candidate with a later plan", s.Candidate && s.FirstPlan != nil)
		count("same persons as before", s.Form < s.Month)
		count("not wholly covered", s.Months < 12)
		count("second year covered", s.Before2 != nil && *s.Before2 != 0)
		count("attached", slices.ContainsFunc(s.House.Members, func(m *people.Person) bool { return m.Attached }))
		count("cost", s.Before1 != 0 && s.Months == 12)
	}
	for _, f := range e.Forms() {
		for _, m := range e.Months(f.Form) {
			ct := e.Cost(f.House, m)
			cents = append(cents, fmt.Sprintf("%v %d %v %d %d %d %d %d %v", f.Form, house(f.House.ID), m, ct[""], ct["wmo"], ct["jeugd"], ct["participatie"], ct["zvw"],
				e.Covered(f.House, m)))
		}
	}
	slices.Sort(cents)
	differ := func(name string, got, want []string) {
		if slices.Equal(got, want) {
			return
		}
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s: row %d of %d and %d: %s\nthe reference: %s", name, i+1, len(got), len(want), got[i], want[i])
			}
		}
		t.Fatalf("%s: %d rows, the reference has %d", name, len(got), len(want))
	}
	differ("effect_plan", kept(t, tables, "effect_plan", func(r planRow) string {
		return fmt.Sprintf("%s %s %v %s %s %q", r.Number, amount(r.House), lines.Day(r.Month), day(r.Start), r.Status, r.Reason)
	}), plans)
	differ("effect_stand", kept(t, tables, "effect_stand", func(r standRow) string {
		return fmt.Sprintf("%v %d %v %q %v %v %s %d %d %s %s %d %d %d %d %d %d %d", lines.Day(r.Month), r.House, lines.Day(r.Form), r.Plan, r.Candidate, r.Children,
			r.Gemeente, r.Persons, r.Oldest, day(r.FirstPlan), amount(r.Before2), r.Before1, r.Quarter, r.Wmo, r.Jeugd, r.Benefits, r.Zvw, r.Months)
	}), stands)
	got := kept(t, tables, "effect_kosten", func(r costRow) string {
		return fmt.Sprintf("%v %d %v %d %d %d %d %d %v", lines.Day(r.Form), r.House, lines.Day(r.Month), r.Ct, r.Wmo, r.Jeugd, r.Benefit, r.Zvw, r.Covered)
	})
	slices.Sort(got)
	differ("effect_kosten", got, cents)
}

// TestEffectDrawn compares what effects are estimated from with its own slow reference, on worlds that are drawn.
func TestEffectDrawn(t *testing.T) {
	if !drawn {
		t.Skip("random worlds are for make worlds and make test-long; TestEffect has some that were drawn")
	}
	rapid.Check(t, func(t *rapid.T) {
		w := drawEffect(t)
		inFolder(t, func(dir string) { compareEffect(t, w, dir, map[string]int{}) })
	})
}

// effectWorlds are numbers of worlds.
var effectWorlds = []int{96, 138, 246, 29}

// TestEffect compares some worlds that were drawn once, and holds that what the rules speak of is in one of them.
func TestEffect(t *testing.T) {
	seen := map[string]int{}
	for _, n := range effectWorlds {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			compareEffect(t, rapid.Custom(drawEffect).Example(n), filepath.Join(t.TempDir(), "d"), seen)
		})
	}
	for _, name := range []string{"plan ", "plan na_peildatum", "plan geen_huishouden", "plan uitgesloten", "plan tweede_plan", "plan voor_meetperiode",
		"plan start_onbekend", "plan niet_gestart", "candidate", "candidate with a later plan", "same persons as before", "not wholly covered",
		"second year covered", "attached", "cost"} {
		if seen[name] == 0 {
			t.Errorf("in no world that is compared: %s", name)
		}
	}
	t.Log(seen)
}
