package config

import (
	"fmt"
	"strconv"
	"strings"
)

// Selection is selection.yaml: who counts as a candidate household. A rule's name is the reason an analyst reads.
type Selection struct {
	ThresholdEur int64       `yaml:"threshold_eur"` // costly from this many whole euros a year
	Count        int         `yaml:"aantal"`        // households a selection is for, unless it says another number
	Eligibility  Eligibility `yaml:"eligibility"`
}

// Eligibility holds the rules of rules 27 in their order; 0 (or false) switches one off.
type Eligibility struct {
	MinAdults        int  `yaml:"min_adults"`
	MinChildren      int  `yaml:"min_children"` // attached ones count
	MinDomains       int  `yaml:"min_domains"`  // domeinen with net cost above 0
	AtThreshold      bool `yaml:"at_threshold"` // at or above threshold_eur
	MaxZvwPercent    int  `yaml:"max_zvw_percent"`
	NoPlan           bool `yaml:"no_plan"`
	NotInstitutional bool `yaml:"not_institutional"`
}

func parseSelection(f File) (Selection, error) {
	s := Selection{Count: 50} // an own file may leave it out
	root, err := decodeStrict(f.label(), f.Data, &s)
	if err != nil {
		return s, err
	}
	bad := func(msg string, key ...string) error {
		return fmt.Errorf("%s:%d: %s: %s", f.label(), lineOf(root, key...), strings.Join(key, "."), msg)
	}
	e := s.Eligibility
	switch {
	case s.ThresholdEur <= 0:
		return s, bad("want whole euros above 0", "threshold_eur")
	case s.Count <= 0:
		return s, bad("want a whole number above 0", "aantal")
	case e.MinAdults < 0 || e.MinChildren < 0 || e.MinDomains < 0:
		return s, bad("a minimum is 0 or more", "eligibility")
	case e.MaxZvwPercent < 0 || e.MaxZvwPercent > 100:
		return s, bad("want a percentage, 0 to 100", "eligibility", "max_zvw_percent")
	}
	return s, nil
}

// Prices is prices.yaml: what stapel charges for care that no feed gives an amount for (rules 14).
type Prices struct {
	Prices []Price `yaml:"prices"`
	Index  []Index `yaml:"index"`
}

// Price is one unit price. Amounts in euros as text, so that no decimal is lost.
type Price struct {
	Kind     string `yaml:"kind"`
	Unit     string `yaml:"unit"` // traject
	PriceEur string `yaml:"price_eur"`
	Year     int    `yaml:"year"` // price level, base year of the index
	Days     int    `yaml:"days"` // spread over so many days from the start
	Source   string `yaml:"source"`

	// Ct is PriceEur in eurocents.
	Ct int64 `yaml:"-"`
}

// Index is the price index of a year; the base is arbitrary, only ratios count.
type Index struct {
	Year   int    `yaml:"year"`
	Value  int64  `yaml:"value"` // in thousandths
	Source string `yaml:"source"`
}

func parsePrices(f File) (Prices, error) {
	var p Prices
	root, err := decodeStrict(f.label(), f.Data, &p)
	if err != nil {
		return p, err
	}
	seen := map[string]bool{}
	for i := range p.Prices {
		pr := &p.Prices[i]
		bad := func(key, msg string) error {
			return fmt.Errorf("%s:%d: prices.%d.%s: %s", f.label(), lineOf(root, "prices", strconv.Itoa(i), key), i, key, msg)
		}
		euros, cents, _ := strings.Cut(pr.PriceEur, ".")
		if len(cents) > 2 {
			return p, bad("price_eur", "at most two decimals, point as separator")
		}
		ct, err := strconv.ParseInt(euros+(cents + "00")[:2], 10, 64)
		switch {
		case err != nil || ct <= 0:
			return p, bad("price_eur", "want euros above 0, such as \"1500\" or \"1354.33\"")
		case pr.Unit != "traject":
			return p, bad("unit", "the only unit is traject")
		case pr.Days <= 0:
			return p, bad("days", "want the number of days the price is spread over")
		case pr.Year < 1900 || pr.Source == "":
			return p, bad("source", "a price needs its year and its source")
		case seen[pr.Kind]:
			return p, bad("kind", "two prices for one kind")
		}
		pr.Ct, seen[pr.Kind] = ct, true
	}
	years := map[int]bool{}
	for i, ix := range p.Index {
		if ix.Value <= 0 || ix.Source == "" || years[ix.Year] {
			return p, fmt.Errorf("%s:%d: index.%d: wants a year of its own, a value above 0 and a source", f.label(),
				lineOf(root, "index", strconv.Itoa(i)), i)
		}
		years[ix.Year] = true
	}
	return p, nil
}

// Indexed returns the price in eurocents at the price level of year: price x index[year] / index[base], rounded half
// up; the price itself where either year has no index (rules 14, 59).
func (p Prices) Indexed(pr Price, year int) int64 {
	var base, at int64
	for _, ix := range p.Index {
		if ix.Year == pr.Year {
			base = ix.Value
		}
		if ix.Year == year {
			at = ix.Value
		}
	}
	if base == 0 || at == 0 {
		return pr.Ct
	}
	return (2*pr.Ct*at + base) / (2 * base)
}
