package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/reference/onlooker"
	"stapel/reports/vrij"
	"stapel/transforms/typed"
)

// looks are the rules that the built-in configuration publishes by: what anybody can read in docs.
var looks = onlooker.Rules{Minimum: 10, RoundTo: 5, SumsTo: 100_000, Width: 10}

// asWhole are the cocktails that a household has when it shows all ingredients: each ingredient counts from the strength that every cocktail asks of it.
var asWhole = map[string]bool{"cocktail_1": true, "cocktail_2": true, "cocktail_3": true, "cocktail_4": true}

// releasedFolder names a folder of data of which the newest run is looked at as well as the demo: that of make demo-region.
const releasedFolder = "STAPEL_RELEASED"

// TestReleased: of the demo, what was published is true, and of no small group that was hidden can an onlooker tell that it is one, or how large. What must never
// be shown is shown after all, one thing of each kind, and seen each time.
func TestReleased(t *testing.T) {
	data, demo := os.Getenv(releasedFolder), false
	if data == "" {
		data, demo = shared(t, demoReleased).data, true
	}
	id, err := os.ReadFile(filepath.Join(data, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(data, "runs", strings.TrimSpace(string(id)))
	tables, err := vrij.Read(context.Background(), os.DirFS(filepath.Join(run, "vrij")))
	if err != nil {
		t.Fatal(err)
	}
	o := onlooker.New(looks)
	if err := o.See(tables, asWhole); err != nil {
		t.Fatal(err)
	}
	truth := truths(t, run, tables)
	if err := o.Agrees(t.Context(), t.TempDir(), truth); err != nil {
		t.Fatalf("what was published is not true: %v", err)
	}
	shown, secrets := 0, map[string]int{}
	var hidden []onlooker.Secret
	for _, name := range slices.Sorted(maps.Keys(truth)) {
		n := truth[name]
		switch {
		case !o.Known(name):
		case o.Shown(name):
			shown++
		case secret(truth, name):
			what, _, _ := strings.Cut(name, "/")
			secrets[what]++
			hidden = append(hidden, onlooker.Secret{Name: name, Truth: n})
		}
	}
	for _, what := range []string{"oordeel", "kosten", "combinatie", "zonder", "overgang", "pad", "bijna", "werd", "plannen", "vordering", "open"} {
		if demo && secrets[what] == 0 {
			t.Errorf("nothing of %q was hidden: too little to say anything of it", what)
		}
	}
	told, err := o.Told(t.Context(), t.TempDir(), hidden)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range told {
		t.Error(s)
	}
	t.Logf("%d figures shown, hidden by kind: %v", shown, secrets)
	if !t.Failed() {
		planted(t, o, truth, hidden)
	}
}

// secret reports whether a quantity that is not shown has to stay unknown: a small group, or what it cost or has to pay.
func secret(truth map[string]int64, name string) bool {
	group := name
	switch part := strings.Split(name, "/"); part[0] {
	case "open":
		group = onlooker.Claim(dayNumber(part[1]), part[2], vrij.Met)
	case "kosten": // of which the households are the verdict
		group = onlooker.Verdict(dayNumber(part[1]), part[2], vrij.Alle, vrij.Alle, part[3])
		if part[3] == vrij.Overig {
			group = onlooker.Rest(dayNumber(part[1]), part[2])
		}
	}
	n, ok := truth[group]
	return ok && n < looks.Minimum
}

func dayNumber(s string) (n int32) {
	fmt.Sscan(s, &n)
	return n
}

// planted tells the onlooker all of an equation but a secret in it, one of each kind: then it has to know.
func planted(t *testing.T, o *onlooker.Onlooker, truth map[string]int64, hidden []onlooker.Secret) {
	t.Helper()
	secrets := map[string]onlooker.Secret{}
	for _, s := range hidden {
		secrets[s.Name] = s
	}
	tried := 0
	for _, kind := range o.Kinds() {
		o.Equations(kind, func(terms []onlooker.Term) bool {
			var told onlooker.Secret
			for _, term := range terms {
				if s, ok := secrets[term.Name]; ok && told.Name == "" {
					told = s
				} else if _, ok := truth[term.Name]; !ok {
					return true // of no use: not all of it is known
				}
			}
			if told.Name == "" {
				return true
			}
			more := o.Clone()
			for _, term := range terms {
				if term.Name != told.Name {
					n := float64(truth[term.Name])
					more.Know(term.Name, n, n)
				}
			}
			found, err := more.Told(t.Context(), t.TempDir(), []onlooker.Secret{told})
			if err != nil {
				t.Error(err)
			} else if len(found) != 1 {
				t.Errorf("%s: all but %s was given away, and the onlooker does not know it", kind, told.Name)
			}
			tried++
			return false
		})
	}
	if tried < 6 {
		t.Errorf("only %d kinds of leaks were planted", tried)
	}
}

// Rows of the marts that hold what is true.
type (
	placeRow struct {
		Quarter    int32  `parquet:"kwartaal,date"`
		Cocktail   string `parquet:"cocktail_id"`
		Gemeente   string `parquet:"gemeentecode"`
		Wijk       string `parquet:"wijkcode"`
		Households int64  `parquet:"huishoudens"`
		Full       int64  `parquet:"vol"`
		Near       int64  `parquet:"dreigend"`
		Unknown    int64  `parquet:"onbekend"`
		CantTell   int64  `parquet:"niet_te_beoordelen"`
		None       int64  `parquet:"nee"`
	}
	groupRow struct {
		Cocktail   string `parquet:"cocktail_id"`
		Feature    string `parquet:"kenmerk"`
		Group      string `parquet:"groep"`
		Households int64  `parquet:"huishoudens"`
		Full       int64  `parquet:"vol"`
		Near       int64  `parquet:"dreigend"`
		Unknown    int64  `parquet:"onbekend"`
		CantTell   int64  `parquet:"niet_te_beoordelen"`
		None       int64  `parquet:"nee"`
		FullCt     int64  `parquet:"kosten_vol_ct"`
		RestCt     int64  `parquet:"kosten_overig_ct"`
	}
	setRow struct {
		Set        string `parquet:"combinatie"`
		Households int64  `parquet:"huishoudens"`
	}
	signalRow struct {
		Household  string `parquet:"huishouden_id"`
		Ingredient string `parquet:"ingredient"`
		From       int32  `parquet:"van,date"`
		Until      int32  `parquet:"tot,date"`
		Strength   string `parquet:"sterkte"`
	}
	orderRow struct {
		From       string `parquet:"van_ingredient"`
		To         string `parquet:"naar_ingredient"`
		Households int64  `parquet:"huishoudens"`
		Same       int64  `parquet:"gelijk"`
		Unsure     int64  `parquet:"niet_te_beoordelen"`
	}
	wayRow struct {
		Cocktail   string `parquet:"cocktail_id"`
		Way        string `parquet:"pad"`
		Households int64  `parquet:"huishoudens"`
	}
	nearRow struct {
		Cocktail string `parquet:"cocktail_id"`
		Lacks    string `parquet:"ontbrekend"`
		Followed int64  `parquet:"gevolgd"`
		Full     int64  `parquet:"vol"`
		Now      int64  `parquet:"huishoudens_nu"`
	}
	plansRow struct {
		Obstacle string `parquet:"hindernis"`
		Party    string `parquet:"partij"`
		Plans    int64  `parquet:"plannen"`
		Refused  int64  `parquet:"afwijzingen"`
	}
	claimRow struct {
		Group   string `parquet:"groep"`
		With    int64  `parquet:"met_vordering"`
		Without int64  `parquet:"zonder_vordering"`
		Unsure  int64  `parquet:"niet_te_beoordelen"`
		OpenCt  int64  `parquet:"open_ct"`
	}
)

func rowsOf[T any](t *testing.T, run, mart string) []T {
	t.Helper()
	rows, err := typed.All[T](t.Context(), filepath.Join(run, "marts", mart+".parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// truths are what the marts of a run say of all that can be published, by the names of the onlooker.
func truths(t *testing.T, run string, tables *vrij.Tables) map[string]int64 {
	t.Helper()
	out := map[string]int64{}
	var day int32
	dayOf, wijken := map[int32]int32{}, map[string]bool{}
	for _, r := range tables.Cocktail {
		if r.Kwartaal != nil {
			dayOf[*r.Kwartaal] = r.Dag
		}
		if r.IsP {
			day = r.Dag
			wijken[r.Gemeente+"/"+r.Wijk] = true
		}
	}
	for _, r := range rowsOf[placeRow](t, run, "trend_gebied") {
		at, wijk := dayOf[r.Quarter], r.Wijk
		if !wijken[r.Gemeente+"/"+r.Wijk] {
			wijk = vrij.Overig
		}
		for state, n := range map[string]int64{vrij.Alle: r.Households, vrij.Vol: r.Full, vrij.Dreigend: r.Near, vrij.Onbekend: r.Unknown, vrij.Ntb: r.CantTell, vrij.Nee: r.None} {
			if state == vrij.Alle && r.Cocktail != "cocktail_1" { // the same for all
				continue
			}
			for _, p := range [][2]string{{r.Gemeente, wijk}, {r.Gemeente, vrij.Alle}, {vrij.Alle, vrij.Alle}} {
				out[onlooker.Verdict(at, r.Cocktail, p[0], p[1], state)] += n
			}
		}
	}
	for _, r := range rowsOf[groupRow](t, run, "cocktail_groep") {
		switch r.Feature {
		case "huishoudtype":
			typ := cmp.Or(r.Group, "onbekend")
			for state, n := range map[string]int64{vrij.Alle: r.Households, vrij.Vol: r.Full, vrij.Dreigend: r.Near, vrij.Onbekend: r.Unknown, vrij.Ntb: r.CantTell, vrij.Nee: r.None} {
				out[onlooker.OfType(day, r.Cocktail, typ, state)] = n
			}
		case "alle":
			out[onlooker.Rest(day, r.Cocktail)] = r.Households - r.Full
			out[onlooker.Cost(day, r.Cocktail, vrij.Vol)], out[onlooker.Cost(day, r.Cocktail, vrij.Overig)] = r.FullCt, r.RestCt
			out[onlooker.Cost(day, r.Cocktail, vrij.Alle)] = r.FullCt + r.RestCt
		}
	}
	sets(t, run, tables, day, out)
	for _, r := range rowsOf[orderRow](t, run, "overgang") {
		out[onlooker.Order(day, r.From, r.To, "")] = r.Households
		out[onlooker.Order(day, r.From, r.To, vrij.Alle)], out[onlooker.Order(day, r.From, r.To, vrij.Ntb)] = r.Same, r.Unsure
	}
	ways := map[string]bool{}
	for _, r := range tables.Pad {
		ways[r.Cocktail+"/"+r.Pad] = true
	}
	for _, r := range rowsOf[wayRow](t, run, "pad") {
		if way := r.Way; ways[r.Cocktail+"/"+way] {
			out[onlooker.Way(day, r.Cocktail, way)] = r.Households
		} else {
			out[onlooker.Way(day, r.Cocktail, vrij.Overig)] += r.Households
		}
	}
	for _, r := range rowsOf[nearRow](t, run, "dreiging_kans") {
		out[onlooker.Near(day, r.Cocktail, r.Lacks)] = r.Now
		out[onlooker.NearBecame(day, r.Cocktail, r.Lacks, vrij.Vol)] = r.Full
		out[onlooker.NearBecame(day, r.Cocktail, r.Lacks, vrij.Overig)] = r.Followed - r.Full
		out[onlooker.NearBecame(day, r.Cocktail, r.Lacks, vrij.Alle)] = r.Followed
	}
	for _, r := range rowsOf[plansRow](t, run, "hindernis") {
		out[onlooker.Plans(day, r.Obstacle, r.Party, vrij.Alle)], out[onlooker.Plans(day, r.Obstacle, r.Party, vrij.Geweigerd)] = r.Plans, r.Refused
		out[onlooker.Plans(day, r.Obstacle, r.Party, vrij.Overig)] = r.Plans - r.Refused
	}
	claims := map[string]claimRow{}
	for _, r := range rowsOf[claimRow](t, run, "fraudefuik") {
		claims[r.Group] = r
	}
	every, none := claims[vrij.Alle], claims[vrij.Geen]
	claims[onlooker.AnyCocktail] = claimRow{With: every.With - none.With, Without: every.Without - none.Without, Unsure: every.Unsure - none.Unsure, OpenCt: every.OpenCt - none.OpenCt}
	for g, r := range claims {
		out[onlooker.Claim(day, g, vrij.Met)], out[onlooker.Claim(day, g, vrij.Zonder)], out[onlooker.Claim(day, g, vrij.Ntb)] = r.With, r.Without, r.Unsure
		out[onlooker.Owed(day, g)] = r.OpenCt
	}
	out[onlooker.Claim(day, vrij.Geen, vrij.Alle)] = none.With + none.Without + none.Unsure
	return out
}

// sets are combinations, and of two ingredients those that show the one without the other.
func sets(t *testing.T, run string, tables *vrij.Tables, day int32, out map[string]int64) {
	t.Helper()
	published := map[string]bool{}
	for _, r := range tables.Combinatie {
		published[r.Combinatie] = true
		if r.NIngredienten > 1 {
			out[onlooker.Set(day, strings.Split(r.Combinatie, "+")...)] = 0 // a set that nobody shows has no row
		}
	}
	for _, r := range rowsOf[setRow](t, run, "patroon") {
		if published[r.Set] {
			out[onlooker.Set(day, strings.Split(r.Set, "+")...)] = r.Households
		}
	}
	with := map[string]map[string]bool{}
	for _, r := range rowsOf[signalRow](t, run, "signaal") {
		if published[r.Ingredient] && r.From <= day && r.Until > day && (r.Ingredient != "geen_uitkering" || r.Strength == "sterk") {
			if with[r.Ingredient] == nil {
				with[r.Ingredient] = map[string]bool{}
			}
			with[r.Ingredient][r.Household] = true
		}
	}
	for a := range with {
		out[onlooker.Set(day, a)] = int64(len(with[a]))
		for b := range with {
			if a != b && published[strings.Join([]string{min(a, b), max(a, b)}, "+")] {
				out[onlooker.Without(day, a, b)] = int64(len(with[a])) - out[onlooker.Set(day, a, b)]
			}
		}
	}
}
