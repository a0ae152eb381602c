package seen

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Reach is how far a kind can be relied on over the last twelve months, from not at all to whole.
type Reach string

// The reaches. Of the first three nothing can be concluded, of the next two only what is there.
const (
	ReachAbsent   Reach = "niet_geleverd" // no file of it was accepted
	ReachUnlinked Reach = "koppelt_niet"  // too few of its persons are found in huishouden (rules 63)
	ReachNone     Reach = "dekt_niets"    // none of the twelve months is covered
	ReachPart     Reach = "dekt_deels"    // some of them are, or not for every gemeente
	ReachUnstated Reach = "onbekend"      // nothing says which months it covers
	ReachWhole    Reach = "geheel"
)

// Silent says that nothing may be concluded from what the kind does not show.
func (r Reach) Silent() bool { return r == ReachAbsent || r == ReachUnlinked || r == ReachNone }

// Source is a kind of extract and how far a run can rely on it.
type Source struct {
	Kind   string `json:"kind"`
	Reach  Reach  `json:"bereik"`
	Months int    `json:"maanden"` // of the last twelve, covered in the gemeente with the fewest
}

// Phrase says it in words that go on after a name or a colon.
func (s Source) Phrase() string {
	switch s.Reach {
	case ReachAbsent:
		return "niet geleverd"
	case ReachUnlinked:
		return "koppelt niet"
	case ReachNone:
		return "dekt geen van de laatste 12 maanden"
	case ReachPart:
		if s.Months == 0 {
			return "dekt de laatste 12 maanden niet voor elke gemeente"
		}
		return fmt.Sprintf("dekt %d van de laatste 12 maanden", s.Months)
	case ReachUnstated:
		return "onbekend welke maanden het dekt"
	}
	return "gedekt"
}

// Sources are the kinds of a run, by name.
type Sources map[string]Source

// Of is a kind. One of which the marts say nothing was not delivered.
func (s Sources) Of(kind string) Source {
	if out, ok := s[kind]; ok {
		return out
	}
	return Source{Kind: kind, Reach: ReachAbsent}
}

// apart are kinds of which other words say what is missing, and those that no figure uses yet.
var apart = []string{"pgb_uitputting", "grootboek_totaal", "maatwerk_plan_regel", "maatwerk_meting", "maatwerk_uitgave", "claim"}

// NobodyExcluded says that nobody said who must not be shown: no file of kind uitsluiting was delivered.
func (s Sources) NobodyExcluded() bool { return s != nil && s.Of("uitsluiting").Reach == ReachAbsent }

// Lacking are those of kinds that say nothing in the run while a figure needs them, in that order; none of a run that does not say what was
// delivered.
func (s Sources) Lacking(kinds []string) (out []Source) {
	if s == nil {
		return nil
	}
	for _, kind := range kinds {
		if at := s.Of(kind); at.Reach.Silent() && !slices.Contains(apart, kind) {
			out = append(out, at)
		}
	}
	return out
}

// ReadSources reads marts levering, dekking and koppelgraad. t0 is the first day of the last twelve months.
func ReadSources(ctx context.Context, marts fs.FS, t0 time.Time) (Sources, error) {
	links, err := Links(ctx, marts)
	if err != nil {
		return nil, err
	}
	return sources(ctx, marts, links, mart.DateOf(t0))
}

// sources reads marts levering and dekking; links are those of mart koppelgraad. t0 is the first day of the last twelve months.
func sources(ctx context.Context, marts fs.FS, links []Link, t0 mart.Date) (Sources, error) {
	delivered := map[string]bool{}
	err := mart.ScanIfThere(ctx, marts, mart.Deliveries, func(d *mart.Levering) error {
		delivered[d.Kind] = delivered[d.Kind] || d.Status != "geweigerd"
		return nil
	})
	if err != nil {
		return nil, err
	}
	type months struct{ covered, unknown, all int }
	cover := map[string]map[string]*months{} // by kind and gemeente
	err = mart.ScanIfThere(ctx, marts, mart.Coverage, func(d *mart.Dekking) error {
		if d.Maand < t0 {
			return nil
		}
		if cover[d.Kind] == nil {
			cover[d.Kind] = map[string]*months{}
		}
		m := cover[d.Kind][d.Gemeente]
		if m == nil {
			m = &months{}
			cover[d.Kind][d.Gemeente] = m
		}
		m.all++
		switch d.Gedekt {
		case "ja", "opgeheven":
			m.covered++
		case "onbekend":
			m.unknown++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(delivered) == 0 {
		return nil, nil
	}
	out := Sources{}
	for kind := range delivered {
		s := Source{Kind: kind, Reach: ReachWhole, Months: 12}
		some, stated := false, false
		for _, m := range cover[kind] {
			s.Months = min(s.Months, m.covered)
			some, stated = some || m.covered > 0, stated || m.unknown < m.all
		}
		unlinked := slices.ContainsFunc(links, func(l Link) bool { return l.Kind == kind && l.Over() && l.Bad() })
		switch {
		case !delivered[kind]:
			s.Reach, s.Months = ReachAbsent, 0
		case unlinked:
			s.Reach, s.Months = ReachUnlinked, 0
		case !stated:
			s.Reach, s.Months = ReachUnstated, 0
		case !some:
			s.Reach = ReachNone
		case s.Months < 12:
			s.Reach = ReachPart
		}
		out[kind] = s
	}
	return out, nil
}

// phrases names sources by what is the matter with them: "niet geleverd: a en b; koppelt niet: c".
func phrases(list []Source) string {
	var order []string
	names := map[string][]string{}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b Source) int { return cmp.Compare(reachOrder[a.Reach], reachOrder[b.Reach]) })
	for _, s := range sorted {
		p := s.Phrase()
		if names[p] == nil {
			order = append(order, p)
		}
		names[p] = append(names[p], nl.Word("kind", s.Kind))
	}
	text := ""
	for i, p := range order {
		if i > 0 {
			text += "; "
		}
		text += p + ": " + nl.List(names[p])
	}
	return text
}

var reachOrder = map[Reach]int{ReachAbsent: 0, ReachUnlinked: 1, ReachNone: 2, ReachPart: 3, ReachUnstated: 4, ReachWhole: 5}
