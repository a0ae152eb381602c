package people

import (
	"cmp"
	"slices"
)

// Few: of fewer persons than this a share says nothing, unless it is nothing (rules 63).
const Few = 20

// Link is how many persons of a kind, of one gemeente or file or over all, huishouden knows.
type Link struct {
	Kind, Gemeente, File string // alle: over all
	Persons, Linked      int
	Minimum              float64
	Verdict              string
}

// link counts, over accepted lines with a day in the windows, who has a spell at any time (rules 63).
func (p *People) link() {
	known := map[string]bool{}
	for _, l := range p.World.ByKind["huishouden"] {
		known[l.Get("persoon_ps")] = true
	}
	type group struct{ kind, gemeente, file string }
	in := map[group]map[string]bool{}
	note := func(at group, ps string) {
		if in[at] == nil {
			in[at] = map[string]bool{}
		}
		in[at][ps] = true
	}
	for _, l := range p.All {
		contract := p.Config.Contracts[l.Kind]
		if contract.Person() == "" || l.Fate != "geaccepteerd" || !p.InWindows(l) {
			continue
		}
		ps := l.Get("persoon_ps")
		if l.Gemeente != "" && !slices.Contains(p.Gemeenten, l.Gemeente) {
			continue
		}
		note(group{l.Kind, "alle", "alle"}, ps)
		if l.Kind == "huishouden" {
			continue
		}
		note(group{l.Kind, "alle", l.Delivery.File}, ps)
		if l.Gemeente != "" {
			note(group{l.Kind, l.Gemeente, "alle"}, ps)
		}
	}
	for at, persons := range in {
		k := Link{Kind: at.kind, Gemeente: at.gemeente, File: at.file, Persons: len(persons), Minimum: p.Config.Contracts[at.kind].LinkShare()}
		for ps := range persons {
			who := p.Of(ps)
			if at.kind != "huishouden" && known[ps] || at.kind == "huishouden" && who != nil && who.Now {
				k.Linked++
			}
		}
		k.Verdict = k.judge()
		p.Links = append(p.Links, k)
	}
	slices.SortFunc(p.Links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.File, b.File))
	})
}

func (k Link) judge() string {
	switch {
	case k.Kind == "huishouden":
		return "ter_informatie"
	case k.Persons < Few && (k.Linked > 0 || k.File != "alle"):
		return "niet_beoordeeld"
	case k.Linked == 0:
		return "geen"
	case float64(k.Linked)/float64(k.Persons) < k.Minimum:
		return "te_laag"
	}
	return "ja"
}

// Linked is whether the persons of a kind can be told, over all and in the gemeente: else the kind covers nobody there.
func (p *People) Linked(kind, gemeente string) bool {
	at := [2]string{kind, gemeente}
	linked, asked := p.linked[at]
	if !asked {
		linked = !slices.ContainsFunc(p.Links, func(k Link) bool {
			here := k.File == "alle" && (k.Gemeente == "alle" || k.Gemeente == gemeente)
			// where lines have no gemeente nothing says whom a file that does not link is about
			here = here || k.File != "alle" && p.Config.Contracts[kind].Gemeente() == ""
			return k.Kind == kind && here && (k.Verdict == "te_laag" || k.Verdict == "geen")
		})
		p.linked[at] = linked
	}
	return linked
}
