package selection

import (
	"cmp"
	"slices"
)

// A Census is what a selection keeps of the households of a ranking, of which there may be millions: those in aanmerking, and counts of all.
type Census struct {
	Eligible []Household // in the order in which they came
	Overlap  Overlap

	rates map[[2]string]*Rate
}

// Add counts a household.
func (c *Census) Add(h Household) {
	if h.Eligible {
		c.Eligible = append(c.Eligible, h)
	}
	for feature, group := range h.Attributes {
		r := c.rate(feature, group)
		r.All++
		if h.Eligible {
			r.Eligible++
		}
	}
	var t *Tally
	switch {
	case h.Eligible && h.Reported:
		t = &c.Overlap.Both
	case h.Eligible:
		t = &c.Overlap.Rules
	case h.Reported:
		t = &c.Overlap.Field
	default:
		return
	}
	t.N, t.Ct = t.N+1, t.Ct+h.T0
}

func (c *Census) rate(feature, group string) *Rate {
	if c.rates == nil {
		c.rates = map[[2]string]*Rate{}
	}
	key := [2]string{feature, group}
	if c.rates[key] == nil {
		c.rates[key] = &Rate{Feature: feature, Group: group}
	}
	return c.rates[key]
}

// Rate is how a group fares in a selection.
type Rate struct {
	Feature  string `json:"kenmerk"`
	Group    string `json:"groep"`
	All      int    `json:"huishoudens"`
	Eligible int    `json:"in_aanmerking"`
	Chosen   int    `json:"gekozen"`
}

// Rates are the groups of each attribute, by name, with how many of each were chosen.
func (c *Census) Rates(chosen []Chosen) []Rate {
	for _, r := range c.rates {
		r.Chosen = 0
	}
	for _, h := range chosen {
		for feature, group := range h.Attributes {
			c.rate(feature, group).Chosen++
		}
	}
	var out []Rate
	for _, r := range c.rates {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Rate) int { return cmp.Or(cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.Group, b.Group)) })
	return out
}
