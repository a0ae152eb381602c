// Package diff says what changed between two runs, and why: per household from what both published, and from what went into
// them. A reason is worked out, never guessed: a change that nothing accounts for is called so.
package diff

import (
	"slices"
	"strings"

	"stapel/config"
	"stapel/reports/mart"
)

// Snapshot is what is compared of a run beside its households.
type Snapshot struct {
	ID, Peildatum, Config, Program string
	Inputs                         map[string]map[string]string // kind -> SHA-256 of an accepted extract and its note -> file
	Replaced                       map[string]int64             // kind -> lines replaced by newer deliveries
	Totals                         map[string]int64             // domein -> declared cost in T0, eurocents, onbekend included
	Unknown                        int64                        // of which of persons without a household
	Hidden                         int64                        // households with an excluded member, which no table shows
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

// AllReasons are the reasons in the order in which they are given.
var AllReasons = []string{Window, Fresh, Superseded, Composition, Plan, Settings, Program, Unattributed}

// Change is a household that is not the same in both runs: a row of model verschil_huishouden. What is of a run that it is not in is nil.
// Amounts are eurocents in T0.
type Change struct {
	ID           string `parquet:"huishouden_id,optional"`
	RankA        *int64 `parquet:"eerst_rang,optional"`
	RankB        *int64 `parquet:"nu_rang,optional"`
	T0A          *int64 `parquet:"eerst_t0_ct,optional"`
	T0B          *int64 `parquet:"nu_t0_ct,optional"`
	Delta        int64  `parquet:"verschil_ct,optional"`
	Wmo          int64  `parquet:"verschil_wmo_ct,optional"`
	Jeugd        int64  `parquet:"verschil_jeugd_ct,optional"`
	Participatie int64  `parquet:"verschil_participatie_ct,optional"`
	Zvw          int64  `parquet:"verschil_zvw_ct,optional"`
	EligibleA    *bool  `parquet:"eerst_in_aanmerking,optional"`
	EligibleB    *bool  `parquet:"nu_in_aanmerking,optional"`
	WhyA         string `parquet:"eerst_reden_niet,optional"` // names of the rules it did not meet, joined by |
	WhyB         string `parquet:"nu_reden_niet,optional"`
	OtherMembers bool   `parquet:"andere_leden,optional"`
	OtherPlan    bool   `parquet:"ander_plan,optional"`
	Entered      bool   `parquet:"erbij,optional"` // came among those in aanmerking, or in the first N
	Left         bool   `parquet:"eraf,optional"`
}

// inBoth reports whether the household is in both runs.
func (c *Change) inBoth() bool { return c.RankA != nil && c.RankB != nil }

// Kind is a kind of which other extracts went in.
type Kind struct {
	Name         string   `json:"kind"`
	OnlyA, OnlyB []string `json:"-"`
	Gone         int      `json:"alleen_eerste"`
	New          int      `json:"alleen_tweede"`
	Replaced     int64    `json:"meer_vervangen"` // replaced lines of B less those of A
}

// Differences are what differs between two runs beside their households.
type Differences struct {
	Kinds                              []Kind
	OtherConfig, OtherProgram, Windows bool

	fresh, superseded map[string]bool // by domein: other extracts went in, other lines were replaced
	households        bool            // other extracts say who lives with whom
	domeinen          []string        // of declared cost
	parts             func(*Change) []int64
}

// Between compares two runs of one key, but for their households. The configuration says what is cost of which domein.
func Between(a, b *Snapshot, cfg *config.Config) (_ *Differences, err error) {
	d := &Differences{Kinds: kinds(a, b), OtherConfig: a.Config != b.Config, OtherProgram: a.Program != b.Program, Windows: a.Peildatum != b.Peildatum,
		fresh: map[string]bool{}, superseded: map[string]bool{}, domeinen: cfg.Domeinen.Declared().Names()}
	if d.parts, err = mart.Amounts[Change]("verschil_%s_ct", d.domeinen); err != nil {
		return nil, err
	}
	for _, k := range d.Kinds {
		if k.Name == "huishouden" {
			d.households = true
		}
		contract := cfg.Contracts[k.Name]
		if contract == nil {
			continue // a kind that the configuration no longer has
		}
		for _, domein := range contract.Domeinen() {
			d.fresh[domein] = d.fresh[domein] || k.Gone+k.New > 0
			d.superseded[domein] = d.superseded[domein] || k.Replaced != 0
		}
	}
	return d, nil
}

// Parts are the difference of a household by domein of declared cost, in the order of the configuration.
func (d *Differences) Parts(c *Change) []int64 { return d.parts(c) }

// Reasons works out why a household changed.
func (d *Differences) Reasons(c *Change) (out []string) {
	if d.Windows {
		out = append(out, Window)
	}
	isFresh, isSuperseded, sameCost := false, false, true
	for i, ct := range d.Parts(c) {
		if ct != 0 {
			isFresh = isFresh || d.fresh[d.domeinen[i]]
			isSuperseded = isSuperseded || d.superseded[d.domeinen[i]]
			sameCost = false
		}
	}
	if c.OtherMembers && d.households {
		isFresh = true // who lives with whom is itself new
	}
	if isFresh {
		out = append(out, Fresh)
	}
	if isSuperseded {
		out = append(out, Superseded)
	}
	if c.OtherMembers {
		out = append(out, Composition)
	}
	if c.OtherPlan {
		out = append(out, Plan)
	}
	if len(out) > 0 {
		// settings may still be why a rule is met: when cost, members and plan stayed
		if d.OtherConfig && c.inBoth() && sameCost && !c.OtherMembers && !c.OtherPlan {
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
func (c *Change) Rules() (met, broken []string) {
	if !c.inBoth() {
		return nil, nil
	}
	list := func(why string) []string {
		if why == "" {
			return nil
		}
		return strings.Split(why, "|")
	}
	before, after := list(c.WhyA), list(c.WhyB)
	not := func(in []string) func(string) bool { return func(r string) bool { return slices.Contains(in, r) } }
	return slices.DeleteFunc(slices.Clone(before), not(after)), slices.DeleteFunc(slices.Clone(after), not(before))
}
