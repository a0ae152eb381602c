package cocktail

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/run"
)

// exampleCocktail takes the example out of the comments of config/cocktails.yaml, as somebody would who follows what is said there.
func exampleCocktail(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../../config/cocktails.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out, on := "add: true\ncocktails:\n", false
	for line := range strings.Lines(string(data)) {
		text, commented := strings.CutPrefix(line, "  # ")
		if on = commented && (on || strings.HasPrefix(text, "- id:")); on {
			out += "  " + text
		}
	}
	return out
}

// TestExampleCocktail: the example of the configuration works as it stands there. Of three couples that part, one of each then gets
// bijstand; the first asks for a house as well (vol), the second does not (dreigend), and the third lives where no housing signals
// are delivered (onbekend).
func TestExampleCocktail(t *testing.T) {
	dir := t.TempDir()
	own := filepath.Join(dir, "eigen")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "cocktails.yaml"), []byte(exampleCocktail(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(config.Options{Dir: own, Set: map[string]any{"run.peildatum": worldPeil, "selection.require_exclusions": false, "reports.effect": false, "engine.threads": 1}})
	if err != nil {
		t.Fatal(err)
	}
	const example = "scheiding_bijstand_woning"
	if n := len(cfg.Cocktails); n != 5 || cfg.Cocktails[4].ID != example {
		t.Fatalf("cocktails %+v", cfg.Cocktails)
	}
	note := func(towns string) *extract.Note {
		return &extract.Note{ID: towns, Supplier: "een", Made: "2026-01-02", Gemeenten: strings.Fields(towns), From: "2020-01-01", To: worldPeil}
	}
	homes := &extract.Delivery{Kind: "huishouden", Name: "h", Note: note(towns)}
	benefits := &extract.Delivery{Kind: "participatie_uitkering", Name: "b", Note: note(towns)}
	housing := &extract.Delivery{Kind: "wonen_signaal", Name: "w", Note: note("0855 0824")}
	for i, town := range strings.Fields("0855 0824 0785") {
		stays, leaves := randomPerson(i, 1), randomPerson(i, 2)
		live := func(ps string, house int, from, to, plhh string) {
			l := extract.Line{"persoon_ps": ps, "huishouden_ps": randomPerson(house, 99), "gemeentecode": town, "begindatum": from,
				"geboortejaar": "1985", "typhh": "3", "plhh": plhh}
			if to != "" {
				l["einddatum"] = to
			}
			homes.Lines = append(homes.Lines, l)
		}
		live(stays, i, "2021-01-01", "2025-09-09", "4")
		live(stays, i, "2025-09-10", "", "2")
		live(leaves, i, "2021-01-01", "2025-09-09", "4")
		live(leaves, i+100, "2025-09-20", "", "2")
		for _, month := range []string{"2025-10", "2025-11", "2025-12"} {
			benefits.Lines = append(benefits.Lines, extract.Line{"persoon_ps": leaves, "gemeentecode": town, "jaarmaand": month,
				"registratienummer": town, "statistiekcode": "01", "betaalbaar_gesteld_eur": "1308,45"})
		}
	}
	housing.Lines = append(housing.Lines, extract.Line{"persoon_ps": randomPerson(0, 2), "gemeentecode": "0855", "soort": "urgentieaanvraag",
		"datum": "2025-11-03"})
	set := extract.Set{homes, benefits, housing}
	marts, err := run.Marts(t.Context(), dir, cfg, set)
	if err != nil {
		t.Fatal(err)
	}
	got, want := fromMarts(t, marts), Compute(peopleOf(t, cfg, set))
	if diff := compare(got, want); diff != "" {
		t.Error(diff)
	}
	people := peopleOf(t, cfg, set)
	of := func(house int) (out []string) {
		for _, e := range got.Episodes {
			if e.Cocktail == example && e.Household == houseOf(people, randomPerson(house, 99)) {
				out = append(out, e.From+" "+e.To+" "+e.Status+" "+e.Missing+" "+e.Order)
			}
		}
		return out
	}
	for house, want := range map[int]string{
		100: "2025-10-01 2025-11-03 dreigend woningvraag scheiding>bijstand|2025-11-03 2026-01-01 vol  scheiding>bijstand>woningvraag",
		101: "2025-10-01 2026-01-01 dreigend woningvraag scheiding>bijstand",
		102: "2025-10-01 2026-01-01 onbekend woningvraag scheiding>bijstand",
		0:   "", // who stays has no bijstand and asks for no house: two are missing
	} {
		if got := strings.Join(of(house), "|"); got != want {
			t.Errorf("household %d: %q, want %q", house, got, want)
		}
	}
}
