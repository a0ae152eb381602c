package cocktail

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/run"
	"stapel/sample-data/generator"
)

// plantedRow is a household of truth/cocktails.csv: a cocktail that the generator put there, active on P.
type plantedRow struct{ house, cocktail, status, missing, order string }

func plantedRows(t *testing.T, dir string, p *people.People) (out []plantedRow) {
	t.Helper()
	rows, err := generator.ReadTruth(dir, "cocktails")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		out = append(out, plantedRow{houseOf(p, r["huishouden_ps"]), r["cocktail_id"], r["status"], r["ontbrekend"], r["volgorde"]})
	}
	return out
}

// clear covers everything: every feed speaks for every gemeente, and the insurer for everybody.
func clear(set extract.Set) extract.Set {
	return changed(set, func(d *extract.Delivery) {
		d.Note.Gemeenten = strings.Fields(towns)
		if d.Kind == "zvw_declaratie" {
			d.Note.AllInsurers = "ja"
		}
	})
}

func changed(set extract.Set, change func(d *extract.Delivery)) (out extract.Set) {
	for _, d := range set {
		c, note := *d, *d.Note
		c.Note = &note
		change(&c)
		out = append(out, &c)
	}
	return out
}

// hiding says which gemeente does not deliver a feed in the blinded set; 0855 delivers everything.
var hiding = map[string]string{"zvw_declaratie": "0824", "schuldhulp_signaal": "0824", "wonen_signaal": "0785", "participatie_uitkering": "0785"}

// blind takes those feeds away: their lines and that they cover.
func blind(set extract.Set, towns map[string][]string) extract.Set {
	return changed(set, func(d *extract.Delivery) {
		town := hiding[d.Kind]
		if town == "" {
			return
		}
		d.Note.Gemeenten = slices.DeleteFunc(slices.Clone(d.Note.Gemeenten), func(g string) bool { return g == town })
		d.Lines = slices.DeleteFunc(slices.Clone(d.Lines), func(l extract.Line) bool {
			if l["gemeentecode"] != "" {
				return l["gemeentecode"] == town
			}
			return slices.Contains(towns[l["persoon_ps"]], town)
		})
	})
}

// daily spreads episodes over the days of the 24 months.
func daily(episodes []Episode, from day) map[[2]string][]string {
	out := map[[2]string][]string{}
	for _, e := range episodes {
		at := [2]string{e.Household, e.Cocktail}
		if out[at] == nil {
			out[at] = make([]string, 731)
		}
		for d := lines.ParseDay(e.From); d < lines.ParseDay(e.To); d++ {
			out[at][d-from] = e.Status + " " + e.Missing
		}
	}
	return out
}

// kinds are what signals and cocktails are worked out of.
var kinds = strings.Fields("huishouden jeugd_declaratie jeugd_toewijzing participatie_uitkering participatie_vordering schuldhulp_signaal " +
	"schuldhulp_traject uitsluiting wmo_toewijzing wonen_signaal zvw_declaratie zvw_verzekerde")

var generatedHouseholds = flag.Int("households", 800, "households of TestGeneratedCocktails, 6000 in make test-long; 100000 take some 10 GB of memory")

// TestGeneratedCocktails: in a generated region the models give what the reference gives. Of the plants all are found. When every
// feed covers everybody nothing is onbekend on P; when feeds are taken away, households they do not touch keep their rows, and of
// those they do touch no vol and no dreigend is untrue: what can't be seen is onbekend or no row.
func TestGeneratedCocktails(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	if _, err := generator.Generate(t.Context(), generator.Options{Households: *generatedHouseholds, Months: 36, Seed: 41, Effect: 6000, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	cfg := load(t, map[string]any{"run.peildatum": worldPeil, "selection.require_exclusions": false, "reports.effect": false}, "")
	set, err := extract.Read(os.DirFS(filepath.Join(dir, "inbox")), kinds...)
	if err != nil {
		t.Fatal(err)
	}
	compute := func(name, dir string, set, all extract.Set) Result { // all: with what signals are not worked out of
		t.Helper()
		marts, err := run.On(t.Context(), dir, cfg)
		if err != nil {
			t.Fatal(err)
		}
		got, want := fromMarts(t, marts), Compute(peopleOf(t, cfg, set))
		if diff := compare(got, want); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if diff := compareThreats(t, marts, want, worldPeil); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if diff, err := Beside(marts, cfg, all, want); err != nil || diff != "" {
			t.Errorf("%s:\n%s %v", name, diff, err)
		}
		return got
	}
	again := func(name string, set extract.Set) Result {
		t.Helper()
		dir := t.TempDir()
		if err := set.Write(dir, cfg); err != nil {
			t.Fatal(err)
		}
		return compute(name, dir, set, set)
	}
	everything, err := extract.Read(os.DirFS(filepath.Join(dir, "inbox")), cfg.Kinds()...)
	if err != nil {
		t.Fatal(err)
	}
	asDelivered := compute("as delivered", dir, set, everything)
	all := clear(set)
	truth := again("all covered", all)
	p := peopleOf(t, cfg, all)
	lived := map[string][]string{} // where a person lived in the 24 months and the year before
	where := map[string][]string{} // idem, all members of a household
	for _, h := range p.Houses {
		for _, who := range h.Members {
			for _, s := range who.Spells {
				if s.To > lines.On(2023, 1, 1) {
					lived[who.PS] = append(lived[who.PS], strings.TrimPrefix(s.Line.Gemeente, "GM"))
				}
			}
			where[h.ID] = append(where[h.ID], lived[who.PS]...)
		}
	}
	blinded := again("feeds taken away", blind(all, lived))

	t.Run("plants", func(t *testing.T) { plants(t, plantedRows(t, dir, p), asDelivered, truth) })
	t.Run("sound", func(t *testing.T) { sound(t, p, where, truth, blinded, cfg) })
}

// plants: every planted cocktail is found as it was planted; with everything covered the hidden ingredient is known to be absent.
func plants(t *testing.T, list []plantedRow, asDelivered, truth Result) {
	at := func(r Result, p plantedRow) (e Episode) {
		for _, e := range r.Episodes {
			if e.Active && e.Household == p.house && e.Cocktail == p.cocktail {
				return e
			}
		}
		return Episode{}
	}
	statuses := map[string]int{}
	for _, p := range list {
		statuses[p.status]++
		e := at(asDelivered, p)
		if e.Status != p.status || strings.TrimSuffix(e.Missing, " (zwak aanwezig)") != p.missing || strings.TrimPrefix(e.Order, "kinderen>") != p.order {
			t.Errorf("planted %+v, found %+v", p, e)
		}
		want := p.status
		if want == "onbekend" {
			want = "dreigend"
		}
		if e = at(truth, p); e.Status != want || strings.TrimSuffix(e.Missing, " (zwak aanwezig)") != p.missing {
			t.Errorf("planted %+v, with everything covered found %+v", p, e)
		}
	}
	t.Logf("planted and found: %v; active: %v", statuses, active(asDelivered))
	if len(statuses) != 3 {
		t.Errorf("planted %v", statuses)
	}
}

// active counts the episodes that contain P.
func active(r Result) map[string]int {
	out := map[string]int{}
	for _, e := range r.Episodes {
		if e.Active {
			out[e.Cocktail+" "+e.Status]++
		}
	}
	return out
}

// sound: see TestGeneratedCocktails.
func sound(t *testing.T, p *people.People, where map[string][]string, truth, blinded Result, cfg *config.Config) {
	for _, e := range truth.Episodes {
		if e.Active && e.Status == "onbekend" {
			t.Errorf("everything is covered, and %+v", e)
		}
	}
	really, seen := daily(truth.Episodes, p.P.Month(-23)), daily(blinded.Episodes, p.P.Month(-23))
	days, touched := map[string]int{}, 0
	for _, h := range p.Houses {
		towns := slices.Clone(where[h.ID])
		slices.Sort(towns)
		towns = slices.Compact(towns)
		if len(towns) != 1 {
			continue // what happened in the other gemeente may work on here, where it can't be seen: rule 39 looks at the month
		}
		touched++
		for _, k := range cfg.Cocktails {
			at := [2]string{h.ID, k.ID}
			if really[at] == nil && seen[at] == nil {
				continue
			}
			for i := range 731 {
				is, shown := "", ""
				if really[at] != nil {
					is = really[at][i]
				}
				if seen[at] != nil {
					shown = seen[at][i]
				}
				status, _, _ := strings.Cut(shown, " ")
				days[status]++
				if towns[0] == "0855" && shown != is {
					t.Fatalf("%v in %v, where nothing is hidden, on %v: shown as %q, is %q", at, towns, p.P.Month(-23)+day(i), shown, is)
				}
				if (status == "vol" || status == "dreigend") && shown != is {
					t.Fatalf("%v in %v on %v: shown as %q, is %q", at, towns, p.P.Month(-23)+day(i), shown, is)
				}
				// of which nothing at all shows has no row (rules 72)
				if shown != "" && status != "onbekend" && strings.HasPrefix(is, "vol") && shown != is {
					t.Fatalf("%v in %v on %v: is %q, shown as %q", at, towns, p.P.Month(-23)+day(i), is, shown)
				}
			}
		}
	}
	t.Logf("%d households in one gemeente; days by status: %v", touched, days)
	if days["vol"] == 0 || days["dreigend"] == 0 || days["onbekend"] == 0 {
		t.Errorf("too little happened: %v", days)
	}
}
