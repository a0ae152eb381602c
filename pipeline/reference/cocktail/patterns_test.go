package cocktail_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/cocktail"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/patterns"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/run"
)

// Rows of the marts, with the fields of the reference's rows.
type (
	patternRow struct {
		Set      string   `parquet:"combinatie"`
		N        int64    `parquet:"n_ingredienten"`
		Asked    bool     `parquet:"basis"`
		Cocktail string   `parquet:"cocktail_id"`
		Shown    int64    `parquet:"huishoudens"`
		Unknown  int64    `parquet:"niet_te_beoordelen"`
		Judged   int64    `parquet:"beoordeeld"`
		Seen     int64    `parquet:"waargenomen"`
		Share    *float64 `parquet:"aandeel,optional"`
		Expected *float64 `parquet:"verwacht_huishoudens,optional"`
		Lift     *float64 `parquet:"lift,optional"`
		Low      *float64 `parquet:"lift_laag,optional"`
		High     *float64 `parquet:"lift_hoog,optional"`
		P        *float64 `parquet:"p_waarde,optional"`
		Q        *float64 `parquet:"q_waarde,optional"`
		Rank     *int64   `parquet:"rang,optional"`
		Ct       int64    `parquet:"kosten_t0_ct"`
		MeanCt   *int64   `parquet:"gemiddeld_ct,optional"`
	}
	orderRow struct {
		From       string   `parquet:"van_ingredient"`
		To         string   `parquet:"naar_ingredient"`
		Households int64    `parquet:"huishoudens"`
		Median     *float64 `parquet:"mediaan_dagen,optional"`
		P25        *float64 `parquet:"p25_dagen,optional"`
		P75        *float64 `parquet:"p75_dagen,optional"`
		Reverse    int64    `parquet:"omgekeerd"`
		Same       int64    `parquet:"gelijk"`
		Unknown    int64    `parquet:"niet_te_beoordelen"`
		Share      *float64 `parquet:"aandeel,optional"`
		Low        *float64 `parquet:"ondergrens,optional"`
		High       *float64 `parquet:"bovengrens,optional"`
		P          *float64 `parquet:"p_waarde,optional"`
	}
	pathRow struct {
		Cocktail   string   `parquet:"cocktail_id"`
		Path       string   `parquet:"pad"`
		Step       int64    `parquet:"stap,optional"`
		From       string   `parquet:"van_ingredient,optional"`
		To         string   `parquet:"naar_ingredient,optional"`
		Households int64    `parquet:"huishoudens"`
		Median     *float64 `parquet:"mediaan_dagen,optional"`
		P25        *float64 `parquet:"p25_dagen,optional"`
		P75        *float64 `parquet:"p75_dagen,optional"`
	}
	counts struct {
		Households int64 `parquet:"huishoudens"`
		Full       int64 `parquet:"vol"`
		Threatened int64 `parquet:"dreigend"`
		Unknown    int64 `parquet:"onbekend"`
		CannotTell int64 `parquet:"niet_te_beoordelen"`
		None       int64 `parquet:"nee"`
	}
	standingRow struct {
		Quarter  int32  `parquet:"kwartaal,date"`
		Cocktail string `parquet:"cocktail_id"`
		Gemeente string `parquet:"gemeentecode,optional"`
		Wijk     string `parquet:"wijkcode,optional"`
		counts
	}
	groupRow struct {
		Cocktail string `parquet:"cocktail_id"`
		Feature  string `parquet:"kenmerk"`
		Group    string `parquet:"groep"`
		counts
		FullCt  int64 `parquet:"kosten_vol_ct"`
		OtherCt int64 `parquet:"kosten_overig_ct"`
	}
	obstacleRow struct {
		Obstacle string   `parquet:"hindernis"`
		Party    string   `parquet:"partij"`
		Plans    int64    `parquet:"plannen"`
		Refusals int64    `parquet:"afwijzingen"`
		Wanted   int64    `parquet:"aanvullen"`
		Median   *float64 `parquet:"mediaan_dagen,optional"`
	}
	claimRow struct {
		Group      string   `parquet:"groep"`
		Households int64    `parquet:"huishoudens"`
		With       int64    `parquet:"met_vordering"`
		Without    int64    `parquet:"zonder_vordering"`
		Unknown    int64    `parquet:"niet_te_beoordelen"`
		Share      *float64 `parquet:"aandeel,optional"`
		Claims     int64    `parquet:"vorderingen"`
		Ct         int64    `parquet:"open_ct"`
	}
)

// The other worlds of this package are compared as well.
func init() {
	cocktail.Beside = func(marts string, cfg *config.Config, set extract.Set, result cocktail.Result) (string, error) {
		return newComparison().beside(marts, cfg, set, result)
	}
}

// comparison is what was compared: how many rows of each mart, and what happened in them.
type comparison struct{ rows, had map[string]int }

func newComparison() *comparison { return &comparison{map[string]int{}, map[string]int{}} }

// beside compares the marts of patterns with the reference.
func (c *comparison) beside(marts string, cfg *config.Config, set extract.Set, result cocktail.Result) (string, error) {
	read := func() (*people.People, error) {
		w, err := lines.New(set, cfg, run.Secret)
		if err != nil {
			return nil, err
		}
		return people.New(w), nil
	}
	p, err := read()
	if err != nil {
		return "", err
	}
	spent, err := read() // costs sets lines aside that signals still come from
	if err != nil {
		return "", err
	}
	reference := costs.New(spent)
	w := patterns.New(p, result, func(h *people.House) int64 { return reference.Sum(spent.Houses[h.ID], 0) })
	c.claims(p)
	c.decisions(p)

	var out []string
	add := func(diff []string, err2 error) {
		out = append(out, diff...)
		err = cmp.Or(err, err2)
	}
	sets := w.Patterns()
	add(c.patterns(marts, sets))
	orders := w.Orders()
	add(compareMart(c, marts, "overgang", orders, func(r orderRow) patterns.Order { return patterns.Order(r) },
		func(r patterns.Order) string { return r.From + ">" + r.To }))
	paths, steps := w.Paths()
	path := func(r pathRow) patterns.Path { return patterns.Path(r) }
	add(compareMart(c, marts, "pad", paths, path, func(r patterns.Path) string { return r.Cocktail + " " + r.Path }))
	add(compareMart(c, marts, "pad_stap", steps, path, func(r patterns.Path) string { return fmt.Sprint(r.Cocktail, " ", r.Path, " ", r.Step) }))
	trend, areas := w.Trend()
	standing := func(r standingRow) patterns.Standing {
		return patterns.Standing{Quarter: lines.Day(r.Quarter).String(), Cocktail: r.Cocktail, Gemeente: r.Gemeente, Wijk: r.Wijk, Counts: patterns.Counts(r.counts)}
	}
	place := func(r patterns.Standing) string {
		return r.Quarter + " " + r.Cocktail + " " + r.Gemeente + " " + r.Wijk
	}
	add(compareMart(c, marts, "trend", trend, standing, place))
	add(compareMart(c, marts, "trend_gebied", areas, standing, place))
	groups := w.Groups()
	add(compareMart(c, marts, "cocktail_groep", groups, func(r groupRow) patterns.Group {
		return patterns.Group{Cocktail: r.Cocktail, Feature: r.Feature, Group: r.Group, Counts: patterns.Counts(r.counts), FullCt: r.FullCt, OtherCt: r.OtherCt}
	}, func(r patterns.Group) string { return r.Cocktail + " " + r.Feature + " " + r.Group }))
	obstacles := w.Obstacles()
	add(compareMart(c, marts, "hindernis", obstacles, func(r obstacleRow) patterns.Obstacle { return patterns.Obstacle(r) },
		func(r patterns.Obstacle) string { return r.Obstacle + " / " + r.Party }))
	claims := w.Claims()
	add(compareMart(c, marts, "fraudefuik", claims, func(r claimRow) patterns.Claim { return patterns.Claim(r) },
		func(r patterns.Claim) string { return r.Group }))
	if err != nil {
		return "", err
	}
	c.happened(sets, orders, paths, steps, trend, areas, groups, obstacles, claims)
	return strings.Join(out, "\n"), nil
}

// compareMart reads a mart and holds its rows to those of the reference, row for row by key.
func compareMart[M, R any](c *comparison, marts, name string, want []R, row func(M) R, key func(R) string) ([]string, error) {
	read, err := run.Read[M](marts, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var got []R
	for _, r := range read {
		got = append(got, row(r))
	}
	c.rows[name] += len(want)
	return differences(name, got, want, key), nil
}

// differences says which rows only one side has, and which are not the same: numbers to a millionth, all else exactly.
func differences[R any](name string, got, want []R, key func(R) string) (out []string) {
	rows, wanted := map[string]R{}, map[string]R{}
	for _, r := range got {
		if _, twice := rows[key(r)]; twice {
			out = append(out, fmt.Sprintf("%s: twice: %s", name, key(r)))
		}
		rows[key(r)] = r
	}
	for _, r := range want {
		if _, twice := wanted[key(r)]; twice {
			out = append(out, fmt.Sprintf("%s: twice in the reference: %s", name, key(r)))
		}
		wanted[key(r)] = r
		if _, there := rows[key(r)]; !there {
			out = append(out, fmt.Sprintf("%s: only the reference: %s: %s", name, key(r), text(r)))
		}
	}
	for at, r := range rows {
		if w, there := wanted[at]; !there {
			out = append(out, fmt.Sprintf("%s: only the models: %s: %s", name, at, text(r)))
		} else if !same(reflect.ValueOf(r), reflect.ValueOf(w)) {
			out = append(out, fmt.Sprintf("%s: %s:\n\tmodels    %s\n\treference %s", name, at, text(r), text(w)))
		}
	}
	slices.Sort(out)
	if n := len(out); n > 12 {
		out = append(out[:12], fmt.Sprintf("%s: and %d more", name, n-12))
	}
	return out
}

// same compares field by field.
func same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Struct:
		for i := range a.NumField() {
			if !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	case reflect.Float64:
		return near(a.Float(), b.Float())
	}
	return a.Equal(b)
}

// near is whether two numbers are the same to a millionth of their size, or are both next to nothing.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Abs(b)+1e-12 }

// text writes out what pointers point at.
func text(r any) string {
	var parts []string
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		f := v.Field(i)
		for f.Kind() == reflect.Pointer && !f.IsNil() {
			f = f.Elem()
		}
		parts = append(parts, fmt.Sprintf("%s %v", v.Type().Field(i).Name, f.Interface()))
	}
	return strings.Join(parts, ", ")
}

// patterns compares patroon. Places are held to the columns that decide them: sets that are alike differ in the last digits of their bounds,
// and the reference comes to its bounds by another way.
func (c *comparison) patterns(marts string, want []patterns.Pattern) ([]string, error) {
	read, err := run.Read[patternRow](marts, "patroon")
	if err != nil {
		return nil, err
	}
	c.rows["patroon"] += len(want)
	var got, bare []patterns.Pattern
	placed, places := map[bool][]patternRow{}, map[bool]int{} // by basis
	for _, r := range read {
		if r.Rank != nil && r.Low != nil && r.Lift != nil {
			placed[r.Asked] = append(placed[r.Asked], r)
		}
		r.Rank = nil
		got = append(got, patterns.Pattern(r))
	}
	for _, r := range want {
		if r.Rank != nil {
			places[r.Asked]++
		}
		r.Rank = nil
		bare = append(bare, r)
	}
	out := differences("patroon", got, bare, func(r patterns.Pattern) string { return r.Set })
	for _, basis := range []bool{true, false} {
		list := placed[basis]
		if len(list) != places[basis] {
			out = append(out, fmt.Sprintf("patroon: %d places, basis %v; the reference has %d", len(list), basis, places[basis]))
		}
		slices.SortFunc(list, func(a, b patternRow) int {
			return cmp.Or(cmp.Compare(short(*b.Low), short(*a.Low)), cmp.Compare(short(*b.Lift), short(*a.Lift)), cmp.Compare(a.Set, b.Set))
		})
		for i, r := range list {
			if *r.Rank != int64(i+1) {
				out = append(out, fmt.Sprintf("patroon: %s has place %d, its columns give it %d", r.Set, *r.Rank, i+1))
			}
		}
	}
	return out[:min(len(out), 20)], nil
}

// note counts what happened.
func (c *comparison) note(what string, happened bool) {
	if happened {
		c.had[what]++
	}
}

// happened counts what is in the rows that were compared.
func (c *comparison) happened(sets []patterns.Pattern, orders []patterns.Order, paths, steps []patterns.Path, trend, areas []patterns.Standing,
	groups []patterns.Group, obstacles []patterns.Obstacle, claims []patterns.Claim) {
	for _, r := range sets {
		c.note(fmt.Sprintf("patroon: a set of %d", r.N), r.Shown > 0)
		c.note("patroon: shown by nobody", r.Shown == 0)
		c.note("patroon: a cocktail, and shown", r.Cocktail != "" && r.Shown > 0)
		c.note("patroon: not all of cocktails", !r.Asked)
		c.note("patroon: households that can't be judged", r.Unknown > 0)
		c.note("patroon: shown where absence is not known", r.Shown > r.Seen)
		c.note("patroon: nobody judged", r.Judged == 0)
		c.note("patroon: judged, and nothing expected", r.Judged > 0 && r.Expected == nil)
		c.note("patroon: expected, and not seen", r.Expected != nil && r.Seen == 0)
		c.note("patroon: more than expected", r.Low != nil && *r.Low > 1)
		c.note("patroon: fewer than expected", r.High != nil && *r.High < 1)
		c.note("patroon: a discovery", r.Q != nil && *r.Q < 0.05)
		c.note("patroon: rare, and no discovery", r.Q != nil && *r.P < 0.05 && *r.Q >= 0.05)
		c.note("patroon: with cost", r.Ct != 0)
	}
	for _, r := range orders {
		c.note("overgang: in this order", r.Households > 0)
		c.note("overgang: several in this order", r.Households > 3)
		c.note("overgang: the other way round", r.Reverse > 0)
		c.note("overgang: both ways", r.Households > 0 && r.Reverse > 0)
		c.note("overgang: on one day", r.Same > 0)
		c.note("overgang: not judged", r.Unknown > 0)
		c.note("overgang: no order counts", r.Share == nil)
	}
	for _, r := range paths {
		c.note("pad: al_vol", r.Path == "al_vol")
		c.note("pad: onbekend", r.Path == "onbekend")
		c.note("pad: one after the other", strings.Contains(r.Path, ">"))
		c.note("pad: on one day", strings.Contains(r.Path, "+"))
		c.note("pad: of more than one", r.Median != nil && r.Households > 1)
	}
	for _, r := range steps {
		c.note("pad_stap: between ingredients", r.To != "vol")
		c.note("pad_stap: to vol", r.To == "vol")
		c.note("pad_stap: waiting for the last", r.To == "vol" && *r.P75 > 0)
	}
	for _, r := range trend {
		c.note("trend: vol", r.Full > 0)
		c.note("trend: dreigend", r.Threatened > 0)
		c.note("trend: onbekend", r.Unknown > 0)
		c.note("trend: niet_te_beoordelen", r.CannotTell > 0)
		c.note("trend: nee", r.None > 0)
	}
	for _, r := range areas {
		c.note("trend_gebied: no neighbourhood", r.Wijk == "")
		c.note("trend_gebied: another gemeente", r.Gemeente != areas[0].Gemeente)
	}
	for _, r := range groups {
		c.note("cocktail_groep: "+r.Feature, r.Full > 0 && r.FullCt != 0 && r.OtherCt != 0)
		c.note("cocktail_groep: no neighbourhood", r.Feature == "wijk" && r.Group == "")
	}
	for _, r := range obstacles {
		all := r.Party == "alle"
		c.note("hindernis: refused by some party", all && r.Refusals > 0)
		c.note("hindernis: more wanted by some party", all && r.Wanted > 0)
		c.note("hindernis: refused by a party", !all && r.Refusals > 0)
		c.note("hindernis: more wanted by a party", !all && r.Wanted > 0)
		c.note("hindernis: nobody named", r.Party == "niet_genoemd")
		c.note("hindernis: an obstacle", r.Obstacle != "alle" && all)
		c.note("hindernis: half approved", all && r.Median != nil)
		c.note("hindernis: fewer than half approved", all && r.Median == nil)
	}
	for _, r := range claims {
		c.note("fraudefuik: with", r.With > 0)
		c.note("fraudefuik: without", r.Without > 0)
		c.note("fraudefuik: not to be told", r.Unknown > 0)
		c.note("fraudefuik: more than one claim", r.Claims > r.With)
		c.note("fraudefuik: without any cocktail", r.Group == "geen")
		c.note("fraudefuik: with a cocktail", r.Group != "geen" && r.Group != "alle" && r.With > 0)
	}
}

// claims counts what became of claims.
func (c *comparison) claims(p *people.People) {
	newest := map[string]*lines.Line{}
	for _, l := range p.ByKind["participatie_vordering"] {
		at := l.Gemeente + " " + l.Get("vordering_nummer")
		c.note("a claim again", newest[at] != nil)
		newest[at] = l
	}
	for _, l := range newest {
		c.note("a claim given up", l.Get("status") == "53")
		c.note("a claim paid off", l.Get("status") == "54")
		c.note("a claim of which nothing is left", l.Get("afgelost_eur") == "100,00")
		c.note("a claim of which a cent is left", l.Get("afgelost_eur") == "99,99")
		c.note("a claim paid off too much", l.Get("afgelost_eur") == "100,01")
		c.note("a claim after P", l.From > p.P)
		c.note("a claim on another ground", slices.Contains([]string{"60", "63", "65"}, l.Get("ontstaansgrond")))
	}
}

// decisions counts what is hard about plans.
func (c *comparison) decisions(p *people.People) {
	words := func(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
	spelt := map[string]string{}
	for _, l := range p.ByKind["maatwerk_plan"] {
		reported, _ := l.Day("datum_aanmelding")
		approved, ok := l.Day("datum_akkoord")
		c.note("a plan reported after P", reported > p.P)
		c.note("a plan approved after P", ok && approved > p.P)
		c.note("a plan approved before it was reported", ok && approved < reported)
		who := p.Of(l.Get("persoon_ps"))
		c.note("a plan of nobody", who == nil)
		c.note("a plan of another gemeente", who != nil && who.House != nil && who.House.Elsewhere)
		c.note("a plan of who is not shown", who != nil && who.House != nil && who.House.Hidden)
		for _, word := range strings.Split(l.Get("hindernis"), "|") {
			c.note("an obstacle in another spelling", spelt[words(word)] != "" && spelt[words(word)] != word)
			spelt[words(word)] = word
		}
	}
	last, owner := map[string]*lines.Line{}, map[string]string{}
	for _, l := range p.ByKind["maatwerk_plan"] {
		owner[l.Get("casusnummer")] = l.Get("eindbaas_ps")
	}
	for _, l := range p.ByKind["maatwerk_akkoord"] {
		c.note("decided by the owner of the plan", l.Get("maatwerker_ps") == owner[l.Get("casusnummer")])
		at := l.Get("casusnummer") + " " + words(l.Get("organisatie"))
		if old := last[at]; old != nil {
			sameDay := old.Get("datum") == l.Get("datum")
			c.note("decided otherwise on the same day", sameDay && old.Get("besluit") != l.Get("besluit"))
			c.note("decided again, later", old.Get("datum") < l.Get("datum"))
			c.note("a party in another spelling", old.Get("organisatie") != l.Get("organisatie"))
			c.note("a party in another spelling on another day", old.Get("organisatie") != l.Get("organisatie") && !sameDay)
		}
		on, _ := l.Day("datum")
		c.note("decided after P", on > p.P)
		last[at] = l
	}
}

// situations have to be in some of the worlds that are compared.
var situations = []string{
	"patroon: a set of 2", "patroon: a set of 3", "patroon: a set of 4", "patroon: a set of 5", "patroon: shown by nobody", "patroon: a cocktail, and shown",
	"patroon: not all of cocktails", "patroon: households that can't be judged", "patroon: shown where absence is not known", "patroon: nobody judged",
	"patroon: judged, and nothing expected", "patroon: expected, and not seen", "patroon: more than expected", "patroon: fewer than expected",
	"patroon: a discovery", "patroon: rare, and no discovery", "patroon: with cost",
	"overgang: in this order", "overgang: several in this order", "overgang: the other way round", "overgang: both ways", "overgang: on one day",
	"overgang: not judged", "overgang: no order counts",
	"pad: al_vol", "pad: onbekend", "pad: one after the other", "pad: on one day", "pad: of more than one",
	"pad_stap: between ingredients", "pad_stap: to vol", "pad_stap: waiting for the last",
	"trend: vol", "trend: dreigend", "trend: onbekend", "trend: niet_te_beoordelen", "trend: nee",
	"trend_gebied: no neighbourhood", "trend_gebied: another gemeente",
	"cocktail_groep: alle", "cocktail_groep: huishoudtype", "cocktail_groep: gemeente", "cocktail_groep: wijk", "cocktail_groep: no neighbourhood",
	"hindernis: refused by some party", "hindernis: more wanted by some party", "hindernis: refused by a party", "hindernis: more wanted by a party",
	"hindernis: nobody named", "hindernis: an obstacle", "hindernis: half approved", "hindernis: fewer than half approved",
	"fraudefuik: with", "fraudefuik: without", "fraudefuik: not to be told", "fraudefuik: more than one claim", "fraudefuik: without any cocktail",
	"fraudefuik: with a cocktail",
	"a claim again", "a claim given up", "a claim paid off", "a claim of which nothing is left", "a claim of which a cent is left", "a claim paid off too much",
	"a claim after P", "a claim on another ground",
	"a plan reported after P", "a plan approved after P", "a plan approved before it was reported", "a plan of nobody", "a plan of another gemeente", "a plan of who is not shown",
	"an obstacle in another spelling", "decided otherwise on the same day", "decided again, later", "a party in another spelling",
	"a party in another spelling on another day", "decided after P", "decided by the owner of the plan",
}

// TestPatterns compares three worlds: one in which every feed covers everybody, so that most orders count and most ways were seen; one idem with
// cocktails of one's own, some gemeenten, and a day that ends no quarter; and one of which feeds cover half. Every situation is in one of them.
func TestPatterns(t *testing.T) {
	c := newComparison()
	for _, world := range []struct {
		name     string
		seed     uint64
		covered  bool
		own      bool
		settings map[string]any
	}{
		{"all covered", 0, true, false, nil},
		{"own cocktails", 1, true, true, map[string]any{"run.peildatum": "2025-11-30", "run.gemeenten": []string{"GM0855", "GM0824"}}},
		{"half covered", 4, false, true, nil},
	} {
		t.Run(world.name, func(t *testing.T) {
			settings := map[string]any{"run.peildatum": "2025-12-31", "selection.require_exclusions": false, "reports.effect": false, "limits.max_identical_share": 1,
				"limits.max_outside_life_share": 1, "limits.max_repeated_share": 1, "engine.threads": 1}
			maps.Copy(settings, world.settings)
			own := ""
			if world.own {
				own = t.TempDir()
				text := cocktail.OwnCocktails(world.seed, cocktail.Load(t, nil, ""))
				if err := os.WriteFile(filepath.Join(own, "cocktails.yaml"), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			cfg, err := config.Load(config.Options{Dir: own, Set: settings})
			if err != nil {
				t.Fatal(err)
			}
			set := cocktail.World(world.seed, 400, world.covered)
			marts, err := run.Marts(t.Context(), t.TempDir(), cfg, set)
			if err != nil {
				t.Fatal(err)
			}
			got, want := cocktail.FromMarts(t, marts), cocktail.Compute(cocktail.PeopleOf(t, cfg, set))
			if diff := cocktail.Compare(got, want); diff != "" {
				t.Error(diff)
			}
			diff, err := c.beside(marts, cfg, set, want)
			if err != nil {
				t.Fatal(err)
			}
			if diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Log(c.rows)
	for _, what := range situations {
		if c.had[what] == 0 {
			t.Errorf("in no world that was compared: %s", what)
		}
	}
}

// short is a number to ten digits: what comes after is the order in which it was worked out.
func short(x float64) float64 {
	var out float64
	fmt.Sscanf(fmt.Sprintf("%.9e", x), "%g", &out)
	return out
}
