package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Signals is signals.yaml: what in which feed shows an ingredient of a cocktail (rules 31-39).
type Signals struct {
	// EventDays and PeriodDays are the default nawerking_dagen: how long a row with one date, or a period, keeps
	// showing what it shows; 1 is the last day itself.
	EventDays   int          `yaml:"event_days"`
	PeriodDays  int          `yaml:"period_days"`
	Ingredients []Ingredient `yaml:"ingredients"`
	Rules       []SignalRule `yaml:"rules"`
	// Add, in an own signals.yaml, lays its ingredients and rules beside the built-in ones instead of replacing them.
	Add bool `yaml:"add"`
}

// Ingredient is one part of a cocktail, and the feeds without which its absence cannot be known.
type Ingredient struct {
	Name  string `yaml:"name"`
	Label string `yaml:"label"` // Dutch, for reports
	// Known says when absence is known: gedekt where every kind in Coverage covers the household, altijd, nooit where no feed
	// would show it for everybody, or query: the signal model says so itself (ingredient_maand).
	Known string `yaml:"known"`
	// Coverage are the kinds of the ingredient's dekking; IfDelivered count only where any was delivered.
	Coverage    []string `yaml:"dekking"`
	IfDelivered []string `yaml:"dekking_if_delivered"`
}

// SignalRule says that one of Codes in Column of Kind shows Ingredient. A column may be a pair (a+b), its codes then are
// pairs too.
type SignalRule struct {
	Ingredient string   `yaml:"ingredient"`
	Kind       string   `yaml:"kind"`
	Column     string   `yaml:"column"`
	Codes      []string `yaml:"codes"`
	Strength   Strength `yaml:"strength"`
	EventDays  int      `yaml:"event_days"`  // 0: the default
	PeriodDays int      `yaml:"period_days"` // 0: the default
	Source     string   `yaml:"source"`      // the code list it rests on

	where string // file, line and key, for errors
}

// Where is the rule's file, line and key, for errors.
func (r SignalRule) Where() string { return r.where }

// Strength of a signal: sterk is evidence, zwak a hint.
type Strength string

// The two strengths.
const (
	Sterk Strength = "sterk"
	Zwak  Strength = "zwak"
)

// How absence of an ingredient is known.
const (
	KnownCovered = "gedekt"
	KnownAlways  = "altijd"
	KnownNever   = "nooit"
	KnownQuery   = "query"
)

// parseSignals reads signals.yaml; base are the built-in signals, which an own file that adds is laid beside.
func parseSignals(f File, base Signals) (Signals, error) {
	var s Signals
	root, err := decodeStrict(f.label(), f.Data, &s)
	if err != nil {
		return s, err
	}
	bad := func(msg string, path ...string) error {
		return fmt.Errorf("%s:%d: %s: %s", f.label(), lineOf(root, path...), strings.Join(path, "."), msg)
	}
	known := map[string]bool{}
	if s.Add {
		if s.EventDays != 0 || s.PeriodDays != 0 {
			return s, bad("a file that adds has the built-in defaults; say it per rule", "event_days")
		}
		s.EventDays, s.PeriodDays = base.EventDays, base.PeriodDays
		for _, in := range base.Ingredients {
			known[in.Name] = true
		}
	}
	if s.EventDays < 1 || s.PeriodDays < 1 {
		return s, bad("event_days and period_days are 1 or more", "event_days")
	}
	for i, in := range s.Ingredients {
		at := []string{"ingredients", strconv.Itoa(i)}
		switch {
		case !nameRE.MatchString(in.Name) || known[in.Name]:
			return s, bad("wants a name of its own (lower-case letters, digits, underscores)", append(at, "name")...)
		case in.Label == "":
			return s, bad("missing", append(at, "label")...)
		case !slices.Contains([]string{KnownCovered, KnownAlways, KnownNever, KnownQuery}, in.Known):
			return s, bad("use gedekt, altijd, nooit or query", append(at, "known")...)
		case in.Known == KnownQuery && in.Name != "geen_uitkering":
			return s, bad("query goes with geen_uitkering, the only ingredient with a model that says when it is known", append(at, "known")...)
		case (in.Known == KnownCovered) != (len(in.Coverage) > 0):
			return s, bad("dekking goes with known: gedekt", append(at, "dekking")...)
		}
		known[in.Name] = true
	}
	for i, r := range s.Rules {
		at := []string{"rules", strconv.Itoa(i)}
		s.Rules[i].where = fmt.Sprintf("%s:%d: %s", f.label(), lineOf(root, at...), strings.Join(at, "."))
		switch {
		case !known[r.Ingredient]:
			return s, bad("no such ingredient", append(at, "ingredient")...)
		case r.Strength != Sterk && r.Strength != Zwak:
			return s, bad("use sterk or zwak", append(at, "strength")...)
		case len(r.Codes) == 0:
			return s, bad("missing", append(at, "codes")...)
		case r.Source == "":
			return s, bad("name the code list the rule rests on", append(at, "source")...)
		case r.EventDays < 0 || r.PeriodDays < 0:
			return s, bad("days are 1 or more", at...)
		}
	}
	if s.Add {
		s.Ingredients = append(slices.Clone(base.Ingredients), s.Ingredients...)
		s.Rules = append(slices.Clone(base.Rules), s.Rules...)
	}
	return s, nil
}

// validateSignals checks rules and cocktails against the contracts: a code that its list does not have is a mistake
// that would otherwise never show.
func (c *Config) validateSignals(bad func(string, ...any)) {
	for _, r := range c.Signals.Rules {
		at := r.where
		contract := c.Contracts[r.Kind]
		if contract == nil {
			bad("%s: no contract of kind %q", at, r.Kind)
			continue
		}
		names := strings.Split(r.Column, "+")
		for _, code := range r.Codes {
			parts := strings.Split(code, "+")
			if len(parts) != len(names) {
				bad("%s: code %q has %d parts, column %s has %d", at, code, len(parts), r.Column, len(names))
				continue
			}
			for j, name := range names {
				if name == "prestatie_familie" {
					continue // derived from prestatie_code, no list of its own
				}
				col := contract.Column(name)
				switch {
				case col == nil:
					bad("%s: kind %s has no column %s", at, r.Kind, name)
				case col.Type == TypeVlag && (parts[j] == "ja" || parts[j] == "nee"):
				case col.Type != TypeCode || !col.hasCode(parts[j]):
					bad("%s: %s of %s does not have code %q", at, name, r.Kind, parts[j])
				}
			}
		}
	}
	ingredients := map[string]bool{}
	for _, in := range c.Signals.Ingredients {
		ingredients[in.Name] = true
		for _, kind := range append(slices.Clone(in.Coverage), in.IfDelivered...) {
			if c.Contracts[kind] == nil {
				bad("config/signals.yaml: ingredient %s: dekking: no contract of kind %q", in.Name, kind)
			}
		}
	}
	for _, k := range c.Cocktails {
		for _, in := range k.Ingredients {
			if !ingredients[in.Name] {
				bad("config/cocktails.yaml: %s: no ingredient %q in signals.yaml", k.ID, in.Name)
			}
		}
		for _, name := range k.Conditions {
			if !ingredients[name] {
				bad("config/cocktails.yaml: %s: voorwaarden: no ingredient %q in signals.yaml", k.ID, name)
			}
		}
	}
	if n := len(c.Signals.Ingredients); n > MaxIngredients {
		bad("config/signals.yaml: %d ingredients; at most %d", n, MaxIngredients)
	}
}

// Asked are the names of the ingredients that a cocktail asks, as counted or as voorwaarde.
func (c *Config) Asked() map[string]bool {
	out := map[string]bool{}
	for _, k := range c.Cocktails {
		for _, in := range k.Ingredients {
			out[in.Name] = true
		}
		for _, name := range k.Conditions {
			out[name] = true
		}
	}
	return out
}

// Minimum is the strongest minimum that a cocktail asks of an ingredient; zwak where none does. In patterns an ingredient counts from it up.
func (c *Config) Minimum(ingredient string) Strength {
	for _, k := range c.Cocktails {
		for _, in := range k.Ingredients {
			if in.Name == ingredient && in.Minimum == Sterk {
				return Sterk
			}
		}
	}
	return Zwak
}

// MaxIngredients is how many ingredients there may be, MaxOfCocktail how many a cocktail may ask: each is a bit, or a hexadecimal digit, of
// a whole number.
const (
	MaxIngredients = 62
	MaxOfCocktail  = 15
)

func (col *Column) hasCode(code string) bool {
	return slices.ContainsFunc(col.Codes, func(c Code) bool { return c.Code == code })
}

// Cocktail is one giftige cocktail (rules 40): its ingredients with the least strength that counts, and the conditions
// that must be there and are never "the missing one".
type Cocktail struct {
	ID          string               `yaml:"id"`
	Name        string               `yaml:"name"`
	Ingredients []CocktailIngredient `yaml:"ingredients"`
	Conditions  []string             `yaml:"voorwaarden"`
	Source      string               `yaml:"source"`
}

// CocktailIngredient is an ingredient that counts, from strength Minimum up (default zwak).
type CocktailIngredient struct {
	Name    string   `yaml:"name"`
	Minimum Strength `yaml:"minimum"`
}

// parseCocktails reads cocktails.yaml; base are the built-in ones, which an own file that says add: true is laid beside.
func parseCocktails(f File, base []Cocktail) ([]Cocktail, error) {
	var list struct {
		Add       bool       `yaml:"add"`
		Cocktails []Cocktail `yaml:"cocktails"`
	}
	root, err := decodeStrict(f.label(), f.Data, &list)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	if !list.Add {
		base = nil
	}
	for _, k := range base {
		seen[k.ID] = true
	}
	for i := range list.Cocktails {
		k := &list.Cocktails[i]
		bad := func(key, msg string) error {
			return fmt.Errorf("%s:%d: cocktails.%d.%s: %s", f.label(), lineOf(root, "cocktails", strconv.Itoa(i), key), i, key, msg)
		}
		if !nameRE.MatchString(k.ID) || seen[k.ID] {
			return nil, bad("id", "wants an id of its own (lower-case letters, digits, underscores)")
		}
		seen[k.ID] = true
		if k.Name == "" {
			return nil, bad("name", "missing")
		}
		if len(k.Ingredients) < 2 {
			return nil, bad("ingredients", "a cocktail has two ingredients or more beside its voorwaarden")
		}
		if len(k.Ingredients)+len(k.Conditions) > MaxOfCocktail {
			return nil, bad("ingredients", fmt.Sprintf("a cocktail has at most %d ingredients and voorwaarden", MaxOfCocktail))
		}
		names := slices.Clone(k.Conditions)
		for j := range k.Ingredients {
			in := &k.Ingredients[j]
			if in.Minimum == "" {
				in.Minimum = Zwak
			}
			if in.Minimum != Sterk && in.Minimum != Zwak {
				return nil, bad("ingredients", "minimum is sterk or zwak")
			}
			names = append(names, in.Name)
		}
		slices.Sort(names)
		if len(slices.Compact(slices.Clone(names))) != len(names) {
			return nil, bad("ingredients", "an ingredient is there twice")
		}
	}
	return append(slices.Clone(base), list.Cocktails...), nil
}
