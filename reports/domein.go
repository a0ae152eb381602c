package reports

import (
	"slices"

	"stapel/config"
)

// Domein is a law that cost is counted under.
type Domein struct {
	Naam     string   // as in the marts
	Label    string   // as people read it
	Geprijsd bool     // its cost is priced, which is never added to what is declared
	Kinds    []string // that have to cover a household before it may be said to have none: allocations, then cost
	Kosten   []string // of Kinds, those whose lines are cost
}

// Kinds are the kinds of a configuration, in the order to show.
func Kinds(cfg *config.Config) []string {
	kinds := slices.Clone(cfg.Kinds())
	slices.SortFunc(kinds, ByKind)
	return kinds
}

// Voorzieningen are the kinds of a configuration of which lines are provisions that run: allocations, benefits, trajects, and what a contract
// counts as one.
func Voorzieningen(cfg *config.Config) (kinds []string) {
	for _, kind := range cfg.Kinds() {
		switch c := cfg.Contracts[kind]; {
		case c.Cost == nil && c.Domein != "",
			c.Cost != nil && c.Cost.Per != config.PerRegel,
			c.Cost != nil && c.Cost.Provision != nil && c.Cost.Provision.Counted:
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Kostensoort says what a line of a kind with cost is called: as the contract describes its code in Kolom; Label where there is none.
type Kostensoort struct{ Kolom, Label string }

// Domeinen are the laws of a configuration, in the order to show. A kind that is a supplement is not among those that have to cover.
func Domeinen(cfg *config.Config) (out []Domein) {
	for _, d := range cfg.Domeinen {
		one := Domein{Naam: d.Name, Label: d.Label, Geprijsd: d.Grondslag == config.Geprijsd}
		for _, kind := range cfg.Kinds() {
			switch c := cfg.Contracts[kind]; {
			case !slices.Contains(c.Domeinen(), d.Name):
			case c.Cost == nil:
				one.Kinds = append(one.Kinds, kind)
			case c.Cost.Unseen == "":
				one.Kosten = append(one.Kosten, kind)
			}
		}
		one.Kinds = append(one.Kinds, one.Kosten...)
		out = append(out, one)
	}
	return out
}

// Domein is what people call a domein of the marts; one that the configuration does not know is called by its name.
func (r Run) Domein(naam string) string {
	for _, d := range r.Domeinen {
		if d.Naam == naam {
			return d.Label
		}
	}
	return naam
}

// Gedeclareerd are the domeinen whose cost is declared: the ranking has a column kosten_<naam>_ct for each.
func (r Run) Gedeclareerd() (out []Domein) {
	for _, d := range r.Domeinen {
		if !d.Geprijsd {
			out = append(out, d)
		}
	}
	return out
}

// Kostensoorten are the kinds with cost of a configuration.
func Kostensoorten(cfg *config.Config) map[string]Kostensoort {
	out := map[string]Kostensoort{}
	for _, kind := range cfg.Kinds() {
		if c := cfg.Contracts[kind]; c.Cost != nil {
			of := Kostensoort{Kolom: c.Cost.Productgroep, Label: c.Cost.Label}
			if of.Label == "" {
				of.Label = c.Doc
			}
			out[kind] = of
		}
	}
	return out
}
