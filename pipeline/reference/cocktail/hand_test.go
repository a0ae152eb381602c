package cocktail

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/run"
)

// TestRulesByHand is a small town, worked out by hand: what shows and what does not of care before birth (67), an allocation
// withdrawn on its own day (69), payments that cancel (70), several suppliers (71), claims delivered twice (61), persons with another
// key (63), and what can be said of every cocktail at P (72).
func TestRulesByHand(t *testing.T) {
	note := func(id, supplier, from, made string) *extract.Note {
		return &extract.Note{ID: id, Supplier: supplier, Made: made, Gemeenten: []string{"0855"}, From: from, To: worldPeil}
	}
	lines := map[string][]extract.Line{}
	add := func(kind string, who int, cells ...string) {
		kind, file, _ := strings.Cut(kind, " ")
		l := extract.Line{"persoon_ps": randomPerson(who/10, who%10)}
		if !strings.HasPrefix(kind, "zvw") {
			l["gemeentecode"] = "0855"
		}
		for _, c := range cells {
			name, v, _ := strings.Cut(c, "=")
			l[name] = v
		}
		lines[kind+" "+file] = append(lines[kind+" "+file], l)
	}
	lives := func(who int, born string) {
		add("huishouden", who, "huishouden_ps="+randomPerson(who/10, 99), "begindatum=2025-01-01", "geboortejaar="+born, "typhh=6", "plhh=5")
	}
	allocation := func(who, number int, cells ...string) {
		add("jeugd_toewijzing", who, append([]string{fmt.Sprintf("toewijzing_nummer=%d", number), "product_categorie=45", "toewijzing_datum=2025-01-01"}, cells...)...)
	}
	paid := func(who int, euros string) {
		add("participatie_uitkering", who, "jaarmaand=2025-12", fmt.Sprintf("registratienummer=%d", who), "statistiekcode=01", "betaalbaar_gesteld_eur="+euros)
	}
	claim := func(file string, who int, sign string) {
		add("zvw_declaratie "+file, who, "prestatie_code=CO0497", "zorgsoort=consulten_ggz", "begindatum=2025-11-03", "einddatum=2025-11-03",
			"bedrag_ct=13589", "debet_credit="+sign)
	}

	// 1: a mother and a child of 2025, of whom care is on record from before
	lives(10, "1990")
	lives(11, "2025")
	lines["huishouden "][1]["geboortemaand"] = "6"
	allocation(11, 1, "ingangsdatum=2025-01-01", "einddatum=2025-05-31")
	allocation(11, 2, "ingangsdatum=2025-05-01", "einddatum=9999-12-31")
	paid(10, "100")
	// 2: withdrawn on the day it was allocated, whichever line comes first
	lives(20, "2010")
	allocation(20, 3, "ingangsdatum=2025-02-01", "reden_wijziging=13")
	allocation(20, 3, "ingangsdatum=2025-02-01")
	allocation(20, 4, "ingangsdatum=2025-02-01")
	allocation(20, 4, "ingangsdatum=2025-02-01", "reden_wijziging=13")
	// 3: two payments that cancel are none
	lives(30, "1980")
	paid(30, "100,00")
	paid(30, "-100,00")
	// 4: the same claim in both deliveries, of which the newer takes it back
	lives(40, "1980")
	claim("a", 40, "D")
	claim("b", 40, "D")
	claim("b", 40, "C")
	// 5: two suppliers tell where people sleep; the second speaks for itself
	lives(50, "1980")
	lives(51, "2015")
	add("wonen_signaal een", 50, "soort=opvang", "datum=2025-12-01", "einddatum=2025-12-31")
	add("wonen_signaal twee", 50, "soort=urgentieaanvraag", "datum=2025-12-15")
	// 6: one benefit in two deliveries, of which the newer one does not say that it covers the month; its source is the older payment
	lives(60, "1980")
	paid(60, "900,00")
	add("participatie_uitkering b", 60, "jaarmaand=2025-12", "registratienummer=60", "statistiekcode=01", "betaalbaar_gesteld_eur=100,00")
	// nobody of the debt signals is known here
	add("schuldhulp_signaal", 99, "signaal_id=1", "signaalpartner_type=Water", "signaaldatum=2025-12-01")

	var set extract.Set
	for _, name := range []string{"huishouden ", "jeugd_toewijzing ", "participatie_uitkering ", "participatie_uitkering b", "schuldhulp_signaal ", "schuldhulp_traject ",
		"wmo_toewijzing ", "wmo_declaratie ", "jeugd_declaratie ", "wonen_signaal een", "wonen_signaal twee", "zvw_declaratie a", "zvw_declaratie b"} {
		kind, file, _ := strings.Cut(name, " ")
		n := note(name, "een", "2023-01-01", "2026-01-10")
		switch file {
		case "b":
			n.Made = "2026-01-11"
		case "twee":
			n.Supplier, n.Made = "twee", "2026-01-11"
		case "":
			file = "x"
		}
		if kind == "participatie_uitkering" && file == "b" {
			n.To = "2023-12-31"
		}
		if kind == "zvw_declaratie" {
			n.AllInsurers = "ja"
		}
		set = append(set, &extract.Delivery{Kind: kind, Name: file, Note: n, Lines: lines[name]})
	}
	cfg, dir := load(t, map[string]any{"run.peildatum": worldPeil, "selection.require_exclusions": false, "reports.effect": false, "engine.threads": 1, "limits.max_outside_life_share": 1}, ""), t.TempDir()
	if err := set.Write(dir, cfg); err != nil {
		t.Fatal(err)
	}
	people := peopleOf(t, cfg, set)
	want := Compute(people)
	shows := func(house int, ingredient string) (out []string) {
		for _, s := range want.Signals {
			if s.Household == houseOf(people, randomPerson(house, 99)) && s.Ingredient == ingredient {
				out = append(out, s.From+" "+s.To+" "+s.Strength)
			}
		}
		slices.Sort(out)
		return out
	}
	for _, c := range []struct {
		house      int
		ingredient string
		want       string
	}{
		{1, "jeugdzorg", "2025-06-01 2026-01-01 sterk"},
		{1, "geen_uitkering", "2025-01-01 2025-12-01 zwak"},
		{2, "jeugdzorg", ""},
		{3, "geen_uitkering", "2025-01-01 2026-01-01 zwak"},
		{3, "bijstand", ""},
		{4, "ggz", ""},
		{5, "woonproblematiek", "2025-12-01 2026-01-01 sterk|2025-12-15 2026-06-13 zwak"},
		{5, "schulden", ""},
		{6, "bijstand", "2025-12-01 2026-01-01 sterk"},
	} {
		if got := strings.Join(shows(c.house, c.ingredient), "|"); got != c.want {
			t.Errorf("household %d, %s: %q, want %q", c.house, c.ingredient, got, c.want)
		}
	}
	// 1 and 5 have a child, 2 is one. Everybody is known to have no ggz and no support that does not fit. Debts are not known of anyone,
	// as schuldhulp_signaal covers nobody, nor that somebody has no problem with housing.
	verdicts := []Verdict{
		{"cocktail_1", 6, 0, 0, 0, 0, 6},
		{"cocktail_2", 6, 0, 1, 1, 1, 3}, // 5 has no youth care; 1 has, and perhaps more; 2 has none, and perhaps housing; the others no child
		{"cocktail_3", 6, 0, 0, 1, 2, 3}, // 5 has housing, and perhaps debts; of 1 and 2 nothing shows
		{"cocktail_4", 6, 0, 0, 0, 0, 6}, // no ggz, and no benefit that stopped
	}
	for i, v := range verdicts {
		if want.Verdicts[i] != v {
			t.Errorf("%+v, want %+v", want.Verdicts[i], v)
		}
	}
	marts, err := run.On(t.Context(), dir, cfg)
	if err != nil {
		t.Fatal(err)
	}
	if diff := compare(fromMarts(t, marts), want); diff != "" {
		t.Error(diff)
	}
}
