package reports

import "stapel/config"

// Of is a run as far as its configuration says it: what figures need, how things are called and what the selection asks. What the data of
// the run say is for who has read them.
func Of(cfg *config.Config) Run {
	return Run{Namen: cfg.Names, Elders: cfg.Published, DrempelCt: cfg.Selection.ThresholdEur * 100, SelectieAantal: int64(cfg.Selection.Count),
		Domeinen: Domeinen(cfg), Cocktails: cocktails(cfg), Regels: Regels(cfg.Selection), Kinds: Kinds(cfg), Voorzieningen: Voorzieningen(cfg), IngredientKinds: ingredientKinds(cfg),
		MaxHuishouden: int64(cfg.Settings.Limits.MaxHouseholdPersons)}
}

func cocktails(cfg *config.Config) (out []Cocktail) {
	for _, c := range cfg.Cocktails {
		one := Cocktail{ID: c.ID, Naam: c.Name, Voorwaarden: c.Conditions}
		for _, in := range c.Ingredients {
			one.Ingredienten = append(one.Ingredienten, in.Name)
		}
		out = append(out, one)
	}
	return out
}

// ingredientKinds are the kinds that have to cover a household before an ingredient of a cocktail may be called absent, without those that
// have to only where they were delivered.
func ingredientKinds(cfg *config.Config) map[string][]string {
	out := map[string][]string{}
	asked := cfg.Asked()
	for _, in := range cfg.Signals.Ingredients {
		if asked[in.Name] {
			out[in.Name] = append(out[in.Name], in.Coverage...)
		}
	}
	return out
}
