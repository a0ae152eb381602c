package disclosure

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/reference/onlooker"
	"stapel/reports/gate"
	"stapel/reports/seen"
	"stapel/reports/vrij"
)

var looks = onlooker.Rules{Minimum: 10, RoundTo: 5, SumsTo: 100_000, Width: 10}

// release lays a region out as a run has it and publishes it.
func release(t *testing.T, r *region, register *gate.Register) (*vrij.Tables, *Outcome) {
	t.Helper()
	dir := t.TempDir()
	r.lay(t, dir)
	free := filepath.Join(dir, "vrij")
	if err := os.Mkdir(free, 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := Write(t.Context(), Options{Config: configtest.Defaults(t, nil), Secret: []byte("a secret of the tests, long enough"), File: func(table string) string {
		return filepath.Join(dir, table+".parquet")
	}, Work: dir, Dir: free, Sources: seen.Sources{}, Register: register})
	if err != nil {
		t.Fatal(err)
	}
	tables, err := vrij.Read(t.Context(), os.DirFS(free))
	if err != nil {
		t.Fatal(err)
	}
	return tables, out
}

// look takes in releases, and holds that what each shows is true and tells no small group.
func look(t *testing.T, o *onlooker.Onlooker, tables *vrij.Tables, truth map[string]int64) {
	t.Helper()
	if err := o.See(tables, map[string]bool{"cocktail_a": true, "cocktail_b": true}); err != nil {
		t.Fatal(err)
	}
	if err := o.Agrees(t.Context(), t.TempDir(), truth); err != nil {
		t.Errorf("what was published is not true: %v", err)
	}
	secrets := hidden(o, truth)
	told, err := o.Told(t.Context(), t.TempDir(), secrets)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range told {
		t.Error(s)
	}
	shown := 0
	for name := range truth {
		if o.Shown(name) {
			shown++
		}
	}
	t.Logf("%d shown, %d small ones hidden", shown, len(secrets))
	if shown < 150 || len(secrets) < 60 {
		t.Error("too few to say anything")
	}
}

// TestTwoReleases: of a region of which everything is published that can be, an onlooker tells no small group; nor when a quarter later it is published again,
// with most of its households the same. What was published of an earlier day is published again as it was.
func TestTwoReleases(t *testing.T) {
	first := drawRegion(7, 11_000, [3]int32{20178, 20269, 20361})
	tables, out := release(t, first, nil)
	if len(out.Refused) > 0 || len(tables.CocktailType) == 0 {
		t.Fatalf("refused: %q; %d rows by type", out.Refused, len(tables.CocktailType))
	}
	o := onlooker.New(looks)
	look(t, o, tables, first.truth(tables))

	register := (&gate.Register{}).With("eerste", out.Entries)
	second := first.later(8, 20453)
	again, out := release(t, second, register)
	if len(out.Refused) > 0 {
		t.Fatalf("refused: %q", out.Refused)
	}
	// of P at the time there were wijken, of a day before P there are none
	had := map[string]*int64{}
	for _, r := range tables.Cocktail {
		if r.Wijk == vrij.Alle {
			had[onlooker.Verdict(r.Dag, r.Cocktail, r.Gemeente, r.Wijk, r.Oordeel)] = r.Huishoudens
		}
	}
	same := 0
	truth, before := second.truth(again), first.truth(tables)
	for _, r := range again.Cocktail {
		name := onlooker.Verdict(r.Dag, r.Cocktail, r.Gemeente, r.Wijk, r.Oordeel)
		was, there := had[name]
		switch {
		case r.IsP:
			continue
		case !there:
			t.Errorf("%s was not published before", name)
		case (was == nil) != (r.Huishoudens == nil) || was != nil && *was != *r.Huishoudens:
			t.Errorf("%s is published otherwise than before", name)
		}
		same++
	}
	for name := range truth { // what is shown of earlier days is of the households of then
		if strings.HasPrefix(name, "oordeel/") && !strings.HasPrefix(name, "oordeel/20453/") {
			truth[name] = before[name]
		}
	}
	if same < 50 {
		t.Errorf("only %d figures were published again", same)
	}
	look(t, o, again, truth)
}
