package patronen

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/table"
)

// Words that stand in keys of the marts: everything, households without a cocktail, and the two ways into a cocktail that nobody saw.
const (
	every     = "alle"
	none      = "geen"
	alreadyIn = "al_vol"
	unknown   = "onbekend"
	whole     = "vol"
)

// Facts are the marts of the chapter, each in the order in which people want to see it. A mart that the run does not have has no rows.
type Facts struct {
	Sets      []Set
	Orders    []Order
	Paths     []Path
	Steps     []Step
	Quarters  []Quarter
	Areas     []Area
	Groups    []Group
	Obstacles []Obstacle
	Claims    []Claim

	there map[string]bool
}

// Read reads the marts (<mart>.parquet at the top). An error names the mart.
func Read(ctx context.Context, marts fs.FS) (*Facts, error) {
	f := &Facts{there: map[string]bool{}}
	steps := []func() error{
		func() error { return read(ctx, marts, f, setRows, &f.Sets) },
		func() error { return read(ctx, marts, f, orderRows, &f.Orders) },
		func() error { return read(ctx, marts, f, pathRows, &f.Paths) },
		func() error { return read(ctx, marts, f, stepRows, &f.Steps) },
		func() error { return read(ctx, marts, f, quarterRows, &f.Quarters) },
		func() error { return read(ctx, marts, f, areaRows, &f.Areas) },
		func() error { return read(ctx, marts, f, groupRows, &f.Groups) },
		func() error { return read(ctx, marts, f, obstacleRows, &f.Obstacles) },
		func() error { return read(ctx, marts, f, claimRows, &f.Claims) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	f.order()
	return f, nil
}

func read[T any](ctx context.Context, marts fs.FS, f *Facts, t mart.Table[T], into *[]T) (err error) {
	f.there[t.Name] = mart.Has(marts, t.Name)
	*into, err = mart.AllIfThere(ctx, marts, t)
	return err
}

// Has says whether the run has a mart.
func (f *Facts) Has(name string) bool { return f.there[name] }

// order puts the rows in their order: it is total, whatever the order of the marts.
func (f *Facts) order() {
	slices.SortFunc(f.Sets, func(a, b Set) int {
		return cmp.Or(byKnown(a.LiftLaag, b.LiftLaag), byKnown(a.Lift, b.Lift), strings.Compare(a.Combinatie, b.Combinatie))
	})
	f.orderPairs()
	slices.SortFunc(f.Paths, byPath)
	place := map[[2]string]int{}
	for i, p := range f.Paths {
		place[[2]string{p.Cocktail, p.Pad}] = i
	}
	slices.SortFunc(f.Steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(place[[2]string{a.Cocktail, a.Pad}], place[[2]string{b.Cocktail, b.Pad}]), cmp.Compare(a.Stap, b.Stap))
	})
	slices.SortFunc(f.Quarters, func(a, b Quarter) int {
		return cmp.Or(strings.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Kwartaal, b.Kwartaal))
	})
	slices.SortFunc(f.Areas, func(a, b Area) int {
		return cmp.Or(strings.Compare(a.Cocktail, b.Cocktail), strings.Compare(a.Gemeente, b.Gemeente), strings.Compare(a.Wijk, b.Wijk), cmp.Compare(a.Kwartaal, b.Kwartaal))
	})
	features := []string{every, featureType, featureGemeente, featureWijk}
	slices.SortFunc(f.Groups, func(a, b Group) int {
		return cmp.Or(strings.Compare(a.Cocktail, b.Cocktail), cmp.Compare(reports.Rank(features, a.Kenmerk), reports.Rank(features, b.Kenmerk)),
			strings.Compare(a.Kenmerk, b.Kenmerk), strings.Compare(a.Groep, b.Groep))
	})
	slices.SortFunc(f.Obstacles, func(a, b Obstacle) int {
		return cmp.Or(reports.ByFlag(a.Partij != every, b.Partij != every), reports.ByFlag(a.Hindernis != every, b.Hindernis != every),
			cmp.Compare(b.Plannen, a.Plannen), cmp.Compare(b.Afwijzingen, a.Afwijzingen), strings.Compare(a.Hindernis, b.Hindernis), strings.Compare(a.Partij, b.Partij))
	})
	last := []string{none, every}
	slices.SortFunc(f.Claims, func(a, b Claim) int {
		return cmp.Or(cmp.Compare(slices.Index(last, a.Groep), slices.Index(last, b.Groep)), strings.Compare(a.Groep, b.Groep))
	})
}

// orderPairs puts both directions of a pair below each other, the commoner first, and the pairs of which most orders were seen first.
func (f *Facts) orderPairs() {
	pair := func(o Order) string { return min(o.Van, o.Naar) + ">" + max(o.Van, o.Naar) }
	slices.SortFunc(f.Orders, func(a, b Order) int {
		return cmp.Or(cmp.Compare(b.Huishoudens+b.Omgekeerd, a.Huishoudens+a.Omgekeerd), strings.Compare(pair(a), pair(b)), cmp.Compare(b.Huishoudens, a.Huishoudens),
			strings.Compare(a.Van, b.Van))
	})
}

// byPath orders ways by cocktail, the commonest first; those that nobody saw come last.
func byPath(a, b Path) int {
	return cmp.Or(strings.Compare(a.Cocktail, b.Cocktail), reports.ByFlag(!a.Seen(), !b.Seen()), cmp.Compare(b.Huishoudens, a.Huishoudens), strings.Compare(a.Pad, b.Pad))
}

// Seen says whether the order of the way was seen.
func (p Path) Seen() bool { return p.Pad != alreadyIn && p.Pad != unknown }

// byKnown puts the highest first, and what is not known last.
func byKnown(a, b *float64) int {
	switch {
	case a == nil || b == nil:
		return reports.ByFlag(a == nil, b == nil)
	default:
		return cmp.Compare(*b, *a)
	}
}

// Mart is a mart of the chapter as a file shows it.
type Mart struct {
	Name, Title string // of the mart, and of its sheet
	Order       string // of the rows, in words
	Rows        int
	Each        func(columns []table.Column) mart.Each // the rows, with a cell per column of the mart
}

// Marts are the marts of the chapter, those that the run does not have too: these have no rows.
func (f *Facts) Marts() []Mart {
	return []Mart{
		martOf("patroon", "Combinaties", "naar de ondergrens van hoeveel vaker dan verwacht", f.Sets),
		martOf("overgang", "Volgorde", "de paren met de meeste huishoudens eerst, beide kanten onder elkaar", f.Orders),
		martOf("pad", "Wegen", "naar cocktail en aantal huishoudens", f.Paths),
		martOf("pad_stap", "Stappen", "als de wegen", f.Steps),
		martOf("trend", "Verloop", "naar cocktail en kwartaal", f.Quarters),
		martOf("trend_gebied", "Verloop per wijk", "naar cocktail, gemeente, wijk en kwartaal", f.Areas),
		martOf("cocktail_groep", "Cocktail naar groep", "naar cocktail, kenmerk en groep", f.Groups),
		martOf("hindernis", "Hindernissen", "alle partijen samen eerst, dan naar plannen", f.Obstacles),
		martOf("fraudefuik", "Terugvorderingen", "naar cocktail", f.Claims),
	}
}

func martOf[T any](name, title, order string, rows []T) Mart {
	return Mart{name, title, order, len(rows), func(columns []table.Column) mart.Each { return mart.Slice(columns, rows) }}
}
