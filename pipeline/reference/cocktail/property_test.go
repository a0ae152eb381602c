package cocktail

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/pipeline/reference/run"
)

// A world holds many households, so a few worlds are many examples; -rapid.checks and -rapid.seed ask for others.
func init() {
	worlds := "2"
	if os.Getenv("STAPEL_LANG") != "" {
		worlds, *generatedHouseholds = "100", 6000
	}
	debug.SetGCPercent(400) // worlds are small, and collecting them again and again takes longer than all else that is done with them
	flag.Lookup("rapid.checks").Value.Set(worlds)
	flag.Lookup("rapid.seed").Value.Set("20251231")
	flag.Lookup("rapid.shrinktime").Value.Set("5s")
	flag.Lookup("rapid.nofailfile").Value.Set("true")
	slog.SetLogLoggerLevel(slog.LevelWarn)
}

// ownCocktails are the built-in cocktails and two that rapid makes up, of any ingredients there are.
func ownCocktails(r *draw, ingredients []config.Ingredient, builtin []config.Cocktail) string {
	var b strings.Builder
	b.WriteString("cocktails:\n")
	write := func(id string, counted, conditions []string) {
		fmt.Fprintf(&b, "  - {id: %s, name: %s, ingredients: [%s], voorwaarden: [%s]}\n", id, id, strings.Join(counted, ", "), strings.Join(conditions, ", "))
	}
	for _, k := range builtin {
		var counted []string
		for _, in := range k.Ingredients {
			counted = append(counted, fmt.Sprintf("{name: %s, minimum: %s}", in.Name, in.Minimum))
		}
		write(k.ID, counted, k.Conditions)
	}
	var names []string
	for _, in := range ingredients {
		names = append(names, in.Name)
	}
	for i := range names {
		j := r.whole(0, i)
		names[i], names[j] = names[j], names[i]
	}
	for i := range 2 {
		n := r.whole(2, 3)
		var counted []string
		for _, name := range names[:n] {
			counted = append(counted, fmt.Sprintf("{name: %s, minimum: %s}", name, r.pick("zwak sterk")))
		}
		write(fmt.Sprintf("eigen_%d", i), counted, names[n:n+r.whole(0, 1)])
		names = append(names[4:], names[:4]...)
	}
	return b.String()
}

// TestModelsAreTheReference: on random worlds the models give the rows of signaal, cocktail and cocktail_bewijs that the reference
// gives, all columns alike.
func TestModelsAreTheReference(t *testing.T) {
	builtin := load(t, nil, "")
	counts := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		r := &draw{seed: rapid.Uint64().Draw(rt, "seed")}
		households := rapid.SampledFrom([]int{20, 150, 500, 500, 500}).Draw(rt, "households")
		set := withPlans(&draw{seed: r.seed + 1000}, randomSet(r, households), households)
		cocktails := ownCocktails(r, builtin.Signals.Ingredients, builtin.Cocktails)
		dir, err := os.MkdirTemp(t.TempDir(), "world-")
		if err != nil {
			rt.Fatal(err)
		}
		defer os.RemoveAll(dir)
		folder := filepath.Join(dir, "eigen")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			rt.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "cocktails.yaml"), []byte(cocktails), 0o600); err != nil {
			rt.Fatal(err)
		}
		settings := map[string]any{"run.peildatum": worldPeil, "selection.require_exclusions": false, "reports.effect": false, "household.attach_minors": r.chance(70), "limits.max_identical_share": 1,
			"limits.max_outside_life_share": 1, "limits.max_repeated_share": 1, "engine.threads": 1}
		if r.chance(30) {
			settings["run.gemeenten"] = []string{"GM0855", "GM0824"}
		}
		cfg, err := config.Load(config.Options{Dir: folder, Set: settings})
		if err != nil {
			rt.Fatal(err)
		}
		marts, err := run.Marts(t.Context(), dir, cfg, set)
		if err != nil {
			rt.Fatal(err)
		}
		people := peopleOf(t, cfg, set)
		got, want := fromMarts(t, marts), Compute(people)
		if diff := compare(got, want); diff != "" {
			rt.Fatal(diff)
		}
		if diff := compareThreats(rt, marts, want, worldPeil); diff != "" {
			rt.Fatal(diff)
		}
		if diff, err := Beside(marts, cfg, set, want); err != nil || diff != "" {
			rt.Fatal(diff, err)
		}
		for _, g := range Threats(slices.Concat(want.Episodes, want.Hidden), worldPeil) {
			counts["gevolgd"] += int(g.Followed)
			counts["gevolgd vol"] += int(g.Full)
			counts["niet te zien"] += int(g.Unseen)
		}
		for _, s := range want.Signals {
			counts[s.Ingredient+" "+s.Strength]++
		}
		for _, e := range want.Episodes {
			counts[e.Status]++
		}
		counts["households"] += want.Houses
		for _, v := range want.Verdicts {
			counts["not to be told"] += int(v.CannotTell)
			counts["certainly none"] += int(v.None)
		}
		for _, l := range people.All {
			if l.Why == "overlap_gelijk" {
				counts["delivered twice"]++
			}
			if who := people.Of(l.Get("persoon_ps")); l.Kind == "jeugd_toewijzing" && who != nil && who.House != nil && l.From < who.Born(0) {
				counts["before birth"]++
			}
		}
		for _, k := range people.Links {
			if k.Verdict == "te_laag" || k.Verdict == "geen" {
				counts["another key"]++
			}
		}
		for _, h := range people.Houses {
			if h.Elsewhere {
				counts["elsewhere"]++
			}
		}
	})
	t.Log(counts)
	for _, what := range []string{"gevolgd", "gevolgd vol", "niet te zien", "not to be told", "certainly none", "delivered twice", "another key",
		"elsewhere", "before birth"} {
		if counts[what] == 0 {
			t.Errorf("in no world there is one: %s", what)
		}
	}
	for _, in := range builtin.Signals.Ingredients { // an ingredient that no world shows is not tested
		if counts[in.Name+" sterk"] == 0 {
			t.Errorf("nothing shows %s", in.Name)
		}
	}
}
