// Package selection chooses candidate households from the ranking of a published run: by rank, by expected cost, or by lot among
// those in aanmerking. It computes and writes nothing of a run; package pipeline decides where a selection lies.
package selection

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Manier is how households are chosen.
type Manier string

// Ways of choosing (methods 4).
const (
	OpRang     Manier = "rang"     // by cost in T0
	OpVerwacht Manier = "verwacht" // by expected cost of next year
	OpLoting   Manier = "loting"   // by lot
)

// Household is what a selection knows of a household of the ranking. Amounts are eurocents.
type Household struct {
	ID         string
	Rank       int64
	T0, T1     int64
	Parts      []int64 // T0 by domein of declared cost, in the order of the configuration
	Expected   *int64  // of next year; nil when the run could not fit it
	Domains    int64
	Cocktails  string
	Reported   bool // veldmelding
	InPlan     bool
	Eligible   bool
	Type       string // TYPHH
	Gemeente   string
	Kids       bool
	Attributes map[string]string // what a stratum may be made of
}

// Chosen is a household of a selection.
type Chosen struct {
	Household
	Nr      int    // place in the selection, from 1
	Lot     string // hex digest by which the lot fell, empty otherwise
	Stratum string
}

// Drawn is a household of a draw: every household in aanmerking, chosen or not.
type Drawn struct {
	ID, Stratum, Lot string
	Chosen           bool
}

// ByRank chooses the first n in aanmerking by rank.
func ByRank(list []Household, n int) []Chosen {
	return take(list, n, func(a, b Household) int { return cmp.Compare(a.Rank, b.Rank) })
}

// ByExpected chooses the n in aanmerking with the highest expected cost, then by id.
func ByExpected(list []Household, n int) ([]Chosen, error) {
	for _, h := range list {
		if h.Eligible && h.Expected == nil {
			return nil, fmt.Errorf("the run has no expected cost")
		}
	}
	return take(list, n, func(a, b Household) int {
		return cmp.Or(cmp.Compare(*b.Expected, *a.Expected), cmp.Compare(a.ID, b.ID))
	}), nil
}

func take(list []Household, n int, order func(a, b Household) int) []Chosen {
	all := eligible(list)
	slices.SortFunc(all, order)
	var out []Chosen
	for i, h := range all[:min(n, len(all))] {
		out = append(out, Chosen{Household: h, Nr: i + 1})
	}
	return out
}

func eligible(list []Household) []Household {
	return slices.DeleteFunc(slices.Clone(list), func(h Household) bool { return !h.Eligible })
}

// Digest is the SHA-256 of the ids in aanmerking, sorted, one a line. It is written down before anyone knows the seed, so that the
// list cannot be chosen to suit it.
func Digest(list []Household) (digest string, n int) {
	var ids []string
	for _, h := range eligible(list) {
		ids = append(ids, h.ID)
	}
	slices.Sort(ids)
	sum := sha256.Sum256([]byte(strings.Join(ids, "\n") + "\n"))
	return hex.EncodeToString(sum[:]), len(ids)
}

// Lot is the lot of a household: the SHA-256 of `seed + ":" + id` (rules 3).
func Lot(seed, id string) string {
	sum := sha256.Sum256([]byte(seed + ":" + id))
	return hex.EncodeToString(sum[:])
}

// ByLottery chooses n in aanmerking by lot: the smallest lots. With a stratum the n are divided over its groups by their size,
// largest remainder first (ties by name), and the smallest lots of each group are chosen. The draw has every household in
// aanmerking, by id.
func ByLottery(list []Household, n int, seed, stratum string) ([]Chosen, []Drawn) {
	groups := map[string][]Drawn{}
	byID := map[string]Household{}
	all := eligible(list)
	for _, h := range all {
		d := Drawn{ID: h.ID, Stratum: h.Attributes[stratum], Lot: Lot(seed, h.ID)}
		groups[d.Stratum] = append(groups[d.Stratum], d)
		byID[h.ID] = h
	}
	sizes := map[string]int{}
	for name, members := range groups {
		sizes[name] = len(members)
	}
	var draw []Drawn
	for name, k := range divide(min(n, len(all)), sizes) {
		members := groups[name]
		slices.SortFunc(members, func(a, b Drawn) int { return cmp.Or(cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.ID, b.ID)) })
		for i := range members {
			members[i].Chosen = i < k
		}
		draw = append(draw, members...)
	}
	slices.SortFunc(draw, func(a, b Drawn) int { return cmp.Or(cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.ID, b.ID)) })
	var chosen []Chosen
	for _, d := range draw {
		if d.Chosen {
			chosen = append(chosen, Chosen{Household: byID[d.ID], Nr: len(chosen) + 1, Lot: d.Lot, Stratum: d.Stratum})
		}
	}
	slices.SortFunc(draw, func(a, b Drawn) int { return cmp.Compare(a.ID, b.ID) })
	return chosen, draw
}

// divide shares n over groups by their size: the whole part of each share, then one each for the largest remainders.
func divide(n int, sizes map[string]int) map[string]int {
	total := 0
	var names []string
	for name, size := range sizes {
		total += size
		names = append(names, name)
	}
	slices.Sort(names)
	out, left := map[string]int{}, n
	for _, name := range names {
		out[name] = n * sizes[name] / total
		left -= out[name]
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmp.Compare(n*sizes[b]%total, n*sizes[a]%total) })
	for _, name := range names[:left] {
		out[name]++
	}
	return out
}

// Tally counts households and their cost in T0, eurocents.
type Tally struct {
	N  int   `json:"huishoudens"`
	Ct int64 `json:"kosten_t0_ct"`
}

// Overlap sets the rules beside the reports from the field: found by both, by the rules only, by the field only.
type Overlap struct {
	Both  Tally `json:"beide"`
	Rules Tally `json:"alleen_regels"`
	Field Tally `json:"alleen_veld"`
}
