package reports

import (
	"reflect"
	"testing"

	"stapel/config"
)

// TestCocktails: a run has the cocktails of its configuration, what has to be there apart from what counts; another one goes by its id.
func TestCocktails(t *testing.T) {
	cfg := &config.Config{Cocktails: []config.Cocktail{{ID: "a", Name: "Een", Ingredients: []config.CocktailIngredient{{Name: "x"}, {Name: "y"}}, Conditions: []string{"z"}}}}
	run := Of(cfg)
	if want := []Cocktail{{ID: "a", Naam: "Een", Ingredienten: []string{"x", "y"}, Voorwaarden: []string{"z"}}}; !reflect.DeepEqual(run.Cocktails, want) {
		t.Errorf("%+v, want %+v", run.Cocktails, want)
	}
	if run.Cocktail("a") != "Een" || run.Cocktail("b") != "b" {
		t.Errorf("%q, %q", run.Cocktail("a"), run.Cocktail("b"))
	}
}
