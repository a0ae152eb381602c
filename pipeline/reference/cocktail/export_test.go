package cocktail

import (
	"stapel/config"
	"stapel/pipeline/reference/extract"
)

// Beside lays more marts of a run beside what the reference gives: what goes by this package is tested on its worlds, which only tests outside
// it can import. It says what differs.
var Beside = func(marts string, cfg *config.Config, set extract.Set, want Result) (diff string, err error) {
	return "", nil
}

// What tests outside the package make worlds of, and read and compare.
var (
	PeopleOf  = peopleOf
	Load      = load
	FromMarts = fromMarts
	Compare   = compare
)

// World makes extracts of so many households with plans; covered, every feed covers everybody.
func World(seed uint64, households int, all bool) extract.Set {
	set := randomSet(&draw{seed: seed}, households)
	if all {
		set = covered(set)
		seldom(set)
	}
	return withPlans(&draw{seed: seed + 1000}, set, households)
}

// OwnCocktails are the built-in cocktails and two that are drawn.
func OwnCocktails(seed uint64, builtin *config.Config) string {
	return ownCocktails(&draw{seed: seed}, builtin.Signals.Ingredients, builtin.Cocktails)
}
