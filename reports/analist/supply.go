package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// supply is what was delivered, what it covers and whether the sums close.
type supply struct {
	Maturity                                              []mart.RijpheidKind // of feeds of costs, in the order of kinds
	HasDeliveries, HasCoverage, HasQuarantine, HasControl bool
	Deliveries                                            []mart.Levering
	ByKind                                                []kindSupply
	Coverage                                              []mart.Dekking
	Strips                                                []strip
	Quarantine                                            []mart.Quarantaine
	Suppliers                                             []supplierBlock
	Control                                               []mart.Controle
	Steps                                                 []string       // the steps that occur, in the order of the chain
	Chains                                                []controlChain // a row a kind
	Differences                                           []mart.Controle
	HasLinks                                              bool
	Links                                                 []seen.Link
	points                                                []point
}

// kindSupply adds up the deliveries of a kind.
type kindSupply struct {
	Kind                              string
	N, Accepted, Refused, Double      int64
	Regels, Geaccepteerd, Quarantaine int64
	BedragCt                          *int64
	Van, Tot                          *mart.Date // widest period of the accepted deliveries, half-open
	Leveranciers                      []string
}

// controlChain is a kind with its control steps in the order of supply.Steps; a nil step does not occur.
type controlChain struct {
	Kind  string
	Steps []*mart.Controle
}

var stepOrder = []string{"geleverd", "geweigerd", "dubbel", "quarantaine", "vervangen", "geaccepteerd", "uitgesloten",
	"herhaald", "ouder", "gebruikt", "geprijsd", "in_vensters", "buiten_vensters", "voor_vensters", "na_vensters", "huishoudens", "onbekend", "niet_getoond", "andere_gemeente",
	"ranglijst", "overlap_gelijk", "overlap_verschilt", "regel_gelijk"}

func (s *supply) read(ctx context.Context, marts fs.FS, links []seen.Link, w reports.Windows) (err error) {
	if s.Maturity, err = mart.AllIfThere(ctx, marts, mart.Maturity); err != nil {
		return err
	}
	slices.SortFunc(s.Maturity, func(a, b mart.RijpheidKind) int { return reports.ByKind(a.Kind, b.Kind) })
	s.HasDeliveries, s.HasCoverage = mart.Has(marts, "levering"), mart.Has(marts, "dekking")
	s.HasQuarantine, s.HasControl = mart.Has(marts, "quarantaine"), mart.Has(marts, "controle")
	if s.Deliveries, err = mart.AllIfThere(ctx, marts, mart.Deliveries); err != nil {
		return err
	}
	if s.Coverage, err = mart.AllIfThere(ctx, marts, mart.Coverage); err != nil {
		return err
	}
	if s.Quarantine, err = mart.AllIfThere(ctx, marts, mart.Quarantine); err != nil {
		return err
	}
	if s.Control, err = mart.AllIfThere(ctx, marts, mart.Control); err != nil {
		return err
	}
	s.HasLinks, s.Links = mart.Has(marts, "koppelgraad"), links
	if s.points, err = findingPoints(ctx, marts, s.Deliveries); err != nil {
		return err
	}
	s.points = append(s.points, linkPoints(s.Links, s.Deliveries)...)
	s.groupDeliveries()
	s.groupSuppliers()
	s.groupCoverage(w)
	s.groupControl()
	return nil
}

func (s *supply) groupDeliveries() {
	at := map[string]*kindSupply{}
	for _, d := range s.Deliveries {
		k := at[d.Kind]
		if k == nil {
			k = &kindSupply{Kind: d.Kind}
			at[d.Kind] = k
		}
		k.N++
		k.Regels += d.Regels
		k.Geaccepteerd += d.Geaccepteerd
		k.Quarantaine += d.Quarantaine
		switch d.Status {
		case "geweigerd":
			k.Refused++
			continue
		case "dubbel":
			k.Double++
			continue
		}
		k.Accepted++
		if d.BedragCt != nil {
			sum := *d.BedragCt
			if k.BedragCt != nil {
				sum += *k.BedragCt
			}
			k.BedragCt = &sum
		}
		if d.PeriodeVan != nil && (k.Van == nil || *d.PeriodeVan < *k.Van) {
			k.Van = d.PeriodeVan
		}
		if d.PeriodeTot != nil && (k.Tot == nil || *d.PeriodeTot > *k.Tot) {
			k.Tot = d.PeriodeTot
		}
		if d.Leverancier != "" && !slices.Contains(k.Leveranciers, d.Leverancier) {
			k.Leveranciers = append(k.Leveranciers, d.Leverancier)
		}
	}
	for _, k := range at {
		slices.Sort(k.Leveranciers)
		s.ByKind = append(s.ByKind, *k)
	}
	slices.SortFunc(s.ByKind, func(a, b kindSupply) int { return reports.ByKind(a.Kind, b.Kind) })
}

// Remarkable are the deliveries that are not used, refused or double, at most pageFiles of them.
func (s supply) Remarkable() []mart.Levering {
	var out []mart.Levering
	for _, d := range s.Deliveries {
		if remarkable(d) && len(out) < pageFiles {
			out = append(out, d)
		}
	}
	return out
}

// RemarkableAll counts all of them.
func (s supply) RemarkableAll() int {
	n := 0
	for _, d := range s.Deliveries {
		if remarkable(d) {
			n++
		}
	}
	return n
}

func remarkable(d mart.Levering) bool { return d.Status != "geaccepteerd" }

func (s *supply) groupControl() {
	chains := map[string]map[string]*mart.Controle{}
	for i := range s.Control {
		c := &s.Control[i]
		if chains[c.Kind] == nil {
			chains[c.Kind] = map[string]*mart.Controle{}
		}
		chains[c.Kind][c.Stap] = c
		if !slices.Contains(s.Steps, c.Stap) {
			s.Steps = append(s.Steps, c.Stap)
		}
		if c.VerschilCt != 0 || c.VerschilRegel != 0 {
			s.Differences = append(s.Differences, *c)
		}
	}
	slices.SortFunc(s.Steps, func(a, b string) int {
		return cmp.Or(cmp.Compare(reports.Rank(stepOrder, a), reports.Rank(stepOrder, b)), strings.Compare(a, b))
	})
	kinds := make([]string, 0, len(chains))
	for kind := range chains {
		kinds = append(kinds, kind)
	}
	slices.SortFunc(kinds, reports.ByKind)
	for _, kind := range kinds {
		row := controlChain{Kind: kind}
		for _, step := range s.Steps {
			row.Steps = append(row.Steps, chains[kind][step])
		}
		s.Chains = append(s.Chains, row)
	}
}

// at is a step of a chain; nil where it does not occur.
func (s supply) at(c controlChain, step string) *mart.Controle {
	if i := slices.Index(s.Steps, step); i >= 0 {
		return c.Steps[i]
	}
	return nil
}

// Period is a half-open period in words, from its first day to its last.
func (p *page) Period(van, tot *mart.Date) string {
	if van == nil {
		return "onbekend"
	}
	last := "–"
	if tot != nil {
		last = nl.DateShort((*tot - 1).Time())
	}
	return nl.DateShort(van.Time()) + " t/m " + last
}
