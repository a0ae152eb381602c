// Package diff says what changed between two runs, and why: per household from what both published, and from what went into
// them. A reason is worked out, never guessed: a change that nothing accounts for is called so.
package diff

import (
	"cmp"
	"slices"
	"strings"
)

// Domains are the laws of declared cost, in the order of Parts.
var Domains = []string{"wmo", "jeugd", "participatie", "zvw"}

// domainOf says which domeinen the lines of a kind are cost of.
var domainOf = map[string][]string{"wmo_declaratie": {"wmo"}, "wmo_toewijzing": {"wmo"}, "jeugd_declaratie": {"jeugd"}, "jeugd_toewijzing": {"jeugd"},
	"participatie_uitkering": {"participatie"}, "zvw_declaratie": {"zvw"}, "pgb_uitputting": {"wmo", "jeugd"}}

// Home is a household of a run. Amounts are eurocents in T0.
type Home struct {
	Rank     int64
	T0       int64
	Parts    [4]int64
	Eligible bool
	Why      string // names of the rules it does not meet, joined by |
	InPlan   bool
	Members  []string // persons, in order
}

// Snapshot is what is compared of a run.
type Snapshot struct {
	ID, Peildatum, Config, Program string
	Inputs                         map[string]map[string]string // kind -> SHA-256 of an accepted extract and its note -> file
	Replaced                       map[string]int64             // kind -> lines replaced by newer deliveries
	Homes                          map[string]*Home
	Totals                         map[string]int64 // domein -> declared cost in T0, onbekend included
	Unknown                        int64            // of which of persons without a household
	Hidden                         int64            // households with an excluded member, not in Homes
}

// Reasons for a change, in the order in which they are given.
const (
	Window       = "peildatum"          // the windows moved
	Fresh        = "nieuwe_gegevens"    // extracts of a domein whose cost changed are others
	Superseded   = "vervangen"          // lines were replaced by a newer delivery of that kind
	Composition  = "samenstelling"      // other persons form the household
	Plan         = "maatwerkplan"       // it came into maatwerk, or left it
	Settings     = "configuratie"       // other settings, and nothing about the household itself changed
	Program      = "programma"          // another version of stapel, and nothing else
	Unattributed = "niet_toegeschreven" // nothing above accounts for it
)

// Change is a household that is not the same in both runs; A or B is nil where it is not in that run.
type Change struct {
	ID      string
	A, B    *Home
	Delta   int64    // T0 of B less T0 of A
	Parts   [4]int64 // the same by domein
	Entered bool     // came among those in aanmerking, or in the first N
	Left    bool
	Reasons []string
}

// Kind is a kind of which other extracts went in.
type Kind struct {
	Name         string   `json:"kind"`
	OnlyA, OnlyB []string `json:"-"`
	Gone         int      `json:"alleen_eerste"`
	New          int      `json:"alleen_tweede"`
	Replaced     int64    `json:"meer_vervangen"` // replaced lines of B less those of A
}

// Diff is what changed.
type Diff struct {
	Kinds                              []Kind
	OtherConfig, OtherProgram, Windows bool
	OnlyA, OnlyB, Both, Same           int
	Entered, Left                      int // among those in aanmerking
	Reasons                            map[string]int
	Changes                            []Change // by how much it matters: entered or left first, then by size of Delta, then by id
}

// Compare compares two runs of one key. n is how many of the ranking count as its top.
func Compare(a, b *Snapshot, n int64) Diff {
	d := Diff{OtherConfig: a.Config != b.Config, OtherProgram: a.Program != b.Program, Windows: a.Peildatum != b.Peildatum, Reasons: map[string]int{}}
	d.Kinds = kinds(a, b)
	fresh, superseded := map[string]bool{}, map[string]bool{}
	households := false // extracts that say who lives with whom
	for _, k := range d.Kinds {
		if k.Name == "huishouden" {
			households = true
		}
		for _, domain := range domainOf[k.Name] {
			fresh[domain] = fresh[domain] || k.Gone+k.New > 0
			superseded[domain] = superseded[domain] || k.Replaced != 0
		}
	}
	ids := map[string]bool{}
	for id := range a.Homes {
		ids[id] = true
	}
	for id := range b.Homes {
		ids[id] = true
	}
	for id := range ids {
		x, y := a.Homes[id], b.Homes[id]
		switch {
		case y == nil:
			d.OnlyA++
		case x == nil:
			d.OnlyB++
		default:
			d.Both++
			if same(x, y) {
				d.Same++
				continue
			}
		}
		c := Change{ID: id, A: x, B: y}
		var before, after Home
		if x != nil {
			before = *x
		}
		if y != nil {
			after = *y
		}
		c.Delta = after.T0 - before.T0
		for i := range c.Parts {
			c.Parts[i] = after.Parts[i] - before.Parts[i]
		}
		top := func(h Home) bool { return h.Eligible || h.Rank > 0 && h.Rank <= n }
		c.Entered, c.Left = top(after) && !top(before), top(before) && !top(after)
		if after.Eligible && !before.Eligible {
			d.Entered++
		}
		if before.Eligible && !after.Eligible {
			d.Left++
		}
		c.Reasons = reasons(c, d, fresh, superseded, households)
		for _, r := range c.Reasons {
			d.Reasons[r]++
		}
		d.Changes = append(d.Changes, c)
	}
	slices.SortFunc(d.Changes, func(x, y Change) int {
		moved := func(c Change) int {
			if c.Entered || c.Left {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(moved(x), moved(y)), cmp.Compare(size(y.Delta), size(x.Delta)), cmp.Compare(x.ID, y.ID))
	})
	return d
}

func size(ct int64) int64 { return max(ct, -ct) }

// same is true when nothing about the household itself changed; its rank is also about others.
func same(x, y *Home) bool {
	return x.T0 == y.T0 && x.Parts == y.Parts && x.Eligible == y.Eligible && x.Why == y.Why && x.InPlan == y.InPlan && slices.Equal(x.Members, y.Members)
}

// reasons works out why a household changed.
func reasons(c Change, d Diff, fresh, superseded map[string]bool, households bool) (out []string) {
	members := c.A == nil || c.B == nil || !slices.Equal(c.A.Members, c.B.Members)
	if d.Windows {
		out = append(out, Window)
	}
	isFresh, isSuperseded := false, false
	for i, domain := range Domains {
		if c.Parts[i] != 0 {
			isFresh = isFresh || fresh[domain]
			isSuperseded = isSuperseded || superseded[domain]
		}
	}
	if members && households && !isFresh {
		isFresh = true // who lives with whom is itself new
	}
	if isFresh {
		out = append(out, Fresh)
	}
	if isSuperseded {
		out = append(out, Superseded)
	}
	if members {
		out = append(out, Composition)
	}
	if c.A != nil && c.B != nil && c.A.InPlan != c.B.InPlan {
		out = append(out, Plan)
	}
	if len(out) > 0 {
		// settings may still be why a rule is met: when cost, members and plan stayed
		if d.OtherConfig && c.A != nil && c.B != nil && c.Parts == [4]int64{} && !members && c.A.InPlan == c.B.InPlan {
			out = append(out, Settings)
		}
		return out
	}
	switch {
	case d.OtherConfig:
		return []string{Settings}
	case d.OtherProgram:
		return []string{Program}
	}
	return []string{Unattributed}
}

// kinds lists the kinds of which other extracts went in, by name.
func kinds(a, b *Snapshot) (out []Kind) {
	names := map[string]bool{}
	for _, s := range []*Snapshot{a, b} {
		for kind := range s.Inputs {
			names[kind] = true
		}
	}
	for name := range names {
		k := Kind{Name: name, Replaced: b.Replaced[name] - a.Replaced[name]}
		for sum, file := range a.Inputs[name] {
			if b.Inputs[name][sum] == "" {
				k.OnlyA = append(k.OnlyA, file)
			}
		}
		for sum, file := range b.Inputs[name] {
			if a.Inputs[name][sum] == "" {
				k.OnlyB = append(k.OnlyB, file)
			}
		}
		slices.Sort(k.OnlyA)
		slices.Sort(k.OnlyB)
		if k.Gone, k.New = len(k.OnlyA), len(k.OnlyB); k.Gone+k.New > 0 || k.Replaced != 0 {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(x, y Kind) int { return strings.Compare(x.Name, y.Name) })
	return out
}

// Rules says which rules of eligibility a household meets now and did not, and the other way round.
func (c Change) Rules() (met, broken []string) {
	list := func(h *Home) []string {
		if h == nil || h.Why == "" {
			return nil
		}
		return strings.Split(h.Why, "|")
	}
	before, after := list(c.A), list(c.B)
	for _, r := range before {
		if c.B != nil && !slices.Contains(after, r) {
			met = append(met, r)
		}
	}
	for _, r := range after {
		if c.A != nil && !slices.Contains(before, r) {
			broken = append(broken, r)
		}
	}
	return met, broken
}
