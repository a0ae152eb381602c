package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Disclosure is disclosure.yaml: what may leave, and what has to be hidden with it.
type Disclosure struct {
	Counts    DisclosureCounts    `yaml:"counts"`
	Sums      DisclosureSums      `yaml:"sums"`
	Quantiles DisclosureQuantiles `yaml:"quantiles"`
	Secondary DisclosureSecondary `yaml:"secondary"`
}

// DisclosureCounts are the rules on counts of households.
type DisclosureCounts struct {
	Minimum         int64 `yaml:"minimum"`
	MaxGroupPercent int64 `yaml:"max_group_percent"` // 0: no such rule
	RoundTo         int64 `yaml:"round_to"`          // 0 or 1: as they are
}

// DisclosureSums are the rules on sums of eurocents.
type DisclosureSums struct {
	Dominance    []Dominance `yaml:"dominance"`
	PPercent     int64       `yaml:"p_percent"` // 0: no such rule
	SmallPercent int64       `yaml:"small_percent"`
	RoundToEur   int64       `yaml:"round_to_eur"` // 0: as they are
}

// Dominance says that the N largest contributions may be at most Percent of a sum.
type Dominance struct {
	N       int   `yaml:"n"` // 1 or 2
	Percent int64 `yaml:"percent"`
}

// DisclosureQuantiles are the rules on quantiles.
type DisclosureQuantiles struct {
	EachSide int64 `yaml:"each_side"`
}

// DisclosureSecondary says what hiding costs and how long may be looked for it.
type DisclosureSecondary struct {
	Cost     string `yaml:"cost"`
	Combined int    `yaml:"combined"`
	Seconds  int    `yaml:"seconds"`
}

// What hiding one more cell costs.
const (
	CostHouseholds = "aantal"
	CostCells      = "cellen"
	CostLog        = "log"
)

func parseDisclosure(f File) (Disclosure, error) {
	var d Disclosure
	root, err := decodeStrict(f.label(), f.Data, &d)
	if err != nil {
		return d, err
	}
	bad := func(msg string, key ...string) error {
		return fmt.Errorf("%s:%d: %s: %s", f.label(), lineOf(root, key...), strings.Join(key, "."), msg)
	}
	percent := func(n int64) bool { return n >= 0 && n <= 100 }
	switch {
	case d.Counts.Minimum < 3 || d.Counts.Minimum > 1000:
		// in a group of two each knows what the other is
		return d, bad("want 3 to 1000 households", "counts", "minimum")
	case !percent(d.Counts.MaxGroupPercent):
		return d, bad("want a percentage, 0 to 100", "counts", "max_group_percent")
	case d.Counts.RoundTo < 0 || d.Counts.RoundTo > d.Counts.Minimum:
		return d, bad("want 0 to counts.minimum", "counts", "round_to")
	case !percent(d.Sums.PPercent):
		return d, bad("want a percentage, 0 to 100", "sums", "p_percent")
	case !percent(d.Sums.SmallPercent):
		return d, bad("want a percentage, 0 to 100", "sums", "small_percent")
	case d.Sums.RoundToEur < 0 || d.Sums.RoundToEur > 1_000_000:
		return d, bad("want 0 to 1000000 euros", "sums", "round_to_eur")
	case d.Quantiles.EachSide < 1:
		return d, bad("want 1 or more households", "quantiles", "each_side")
	case !slices.Contains([]string{CostHouseholds, CostCells, CostLog}, d.Secondary.Cost):
		return d, bad("use aantal, cellen or log", "secondary", "cost")
	case d.Secondary.Combined < 2 || d.Secondary.Combined > 10:
		return d, bad("want 2 to 10", "secondary", "combined")
	case d.Secondary.Seconds < 1 || d.Secondary.Seconds > 86400:
		return d, bad("want 1 to 86400 seconds", "secondary", "seconds")
	}
	for i, r := range d.Sums.Dominance {
		at := []string{"sums", "dominance", strconv.Itoa(i)}
		if r.N != 1 && r.N != 2 {
			return d, bad("n is 1 or 2: no more contributions of a sum are known", append(at, "n")...)
		}
		if r.Percent < 1 || r.Percent > 100 {
			return d, bad("want a percentage, 1 to 100", append(at, "percent")...)
		}
	}
	return d, nil
}
