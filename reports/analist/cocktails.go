package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
)

// The three states of an episode.
const (
	full    = "vol"
	threat  = "dreigend"
	unknown = "onbekend"
)

var statusOrder = []string{full, threat, unknown}

// cocktails is what the report shows of marts cocktail and cocktail_bewijs.
type cocktails struct {
	Present    bool
	Verdicts   int   // cocktails with a verdict
	Households int64 // with at least one active vol
	Stats      []cocktailStat
	Missing    []missing           // ingredients missing in the active onbekend episodes
	Sheet      *top[mart.Cocktail] // for the workbook
	Rows       []mart.Cocktail     // of Sheet, in order
	Evidence   map[episodeKey][]mart.Bewijs
}

type episodeKey struct {
	Huishouden, Cocktail string
	Van                  mart.Date
}

func keyOf(c mart.Cocktail) episodeKey { return episodeKey{c.Huishouden, c.Cocktail, c.Van} }

// cocktailStat is a cocktail with its counts of households.
type cocktailStat struct {
	ID, Naam     string
	Ingredienten []string
	Full         tally // active, vol
	Threat       tally // active, dreigend
	Unknown      tally // active, onbekend
	EverFull     int64 // vol at some time in the 24 months
	Verdict      *mart.CocktailOordeel
	shown        map[string]*top[mart.Cocktail]
	Episodes     []mart.Cocktail // those shown on the page
}

// missing is an ingredient that could not be seen.
type missing struct {
	Ingredient string
	N          int64 // active episodes with status onbekend that miss it
}

func (c *cocktails) read(ctx context.Context, marts fs.FS) error {
	if c.Present = mart.Has(marts, "cocktail"); !c.Present {
		return nil
	}
	stats, err := c.names(ctx, marts)
	if err != nil {
		return err
	}
	c.Sheet = &top[mart.Cocktail]{n: sheetRows, order: episodeOrder}
	absent := map[string]int64{}
	var last episodeKey // of the last row that was vol: episodes of a household and cocktail are neighbours
	var lastActive string
	err = mart.Scan(ctx, marts, mart.Episodes, func(row *mart.Cocktail) error {
		st := stats[row.Cocktail]
		if st == nil {
			st = newStat(row.Cocktail, row.Cocktail, nil)
			stats[row.Cocktail] = st
		}
		c.Sheet.add(*row)
		if row.Status == full && (last.Huishouden != row.Huishouden || last.Cocktail != row.Cocktail) {
			st.EverFull++
			last = keyOf(*row)
		}
		if !row.Actief {
			return nil
		}
		if keep := st.shown[row.Status]; keep != nil {
			keep.add(*row)
		}
		switch row.Status {
		case full:
			st.Full.add(row.T0Ct)
			if lastActive != row.Huishouden {
				c.Households++
				lastActive = row.Huishouden
			}
		case threat:
			st.Threat.add(row.T0Ct)
		case unknown:
			st.Unknown.add(row.T0Ct)
			for _, name := range ingredients(row.Ontbrekend) {
				absent[name]++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := c.verdicts(ctx, marts, stats); err != nil {
		return err
	}
	c.finish(stats, absent)
	return c.evidence(ctx, marts)
}

func newStat(id, name string, ingredienten []string) *cocktailStat {
	return &cocktailStat{ID: id, Naam: name, Ingredienten: ingredienten, shown: map[string]*top[mart.Cocktail]{
		full:    {n: pageFull, order: episodeOrder},
		threat:  {n: pageThreat, order: episodeOrder},
		unknown: {n: pageUnknown, order: episodeOrder},
	}}
}

// names starts the statistics with every cocktail of the configuration, so that one without households is shown too.
func (c *cocktails) names(ctx context.Context, marts fs.FS) (map[string]*cocktailStat, error) {
	stats := map[string]*cocktailStat{}
	err := mart.ScanIfThere(ctx, marts, mart.CocktailNames, func(row *mart.CocktailNaam) error {
		stats[row.Cocktail] = newStat(row.Cocktail, cmp.Or(row.Naam, row.Cocktail), ingredients(row.Ingredienten))
		return nil
	})
	return stats, err
}

// verdicts says for every cocktail how all households stand.
func (c *cocktails) verdicts(ctx context.Context, marts fs.FS, stats map[string]*cocktailStat) error {
	return mart.ScanIfThere(ctx, marts, mart.Verdicts, func(row *mart.CocktailOordeel) error {
		if stats[row.Cocktail] == nil {
			stats[row.Cocktail] = newStat(row.Cocktail, row.Cocktail, nil)
		}
		kept := *row
		stats[row.Cocktail].Verdict = &kept
		c.Verdicts++
		return nil
	})
}

func (c *cocktails) finish(stats map[string]*cocktailStat, absent map[string]int64) {
	for _, st := range stats {
		for _, status := range statusOrder {
			st.Episodes = append(st.Episodes, st.shown[status].sorted()...)
		}
		c.Stats = append(c.Stats, *st)
	}
	slices.SortFunc(c.Stats, func(a, b cocktailStat) int { return cmp.Compare(a.ID, b.ID) })
	for name, n := range absent {
		c.Missing = append(c.Missing, missing{name, n})
	}
	slices.SortFunc(c.Missing, func(a, b missing) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Ingredient, b.Ingredient))
	})
	c.Rows = c.Sheet.sorted()
}

// evidence keeps the source lines of the episodes on the page.
func (c *cocktails) evidence(ctx context.Context, marts fs.FS) error {
	c.Evidence = map[episodeKey][]mart.Bewijs{}
	wanted := map[episodeKey]bool{}
	for _, st := range c.Stats {
		for _, row := range st.Episodes {
			wanted[keyOf(row)] = true
		}
	}
	return mart.ScanIfThere(ctx, marts, mart.Evidence, func(b *mart.Bewijs) error {
		if k := (episodeKey{b.Huishouden, b.Cocktail, b.Van}); wanted[k] {
			c.Evidence[k] = append(c.Evidence[k], *b)
		}
		return nil
	})
}

// episodeOrder puts active episodes first, then vol before dreigend before onbekend, then the dearest household.
func episodeOrder(a, b mart.Cocktail) int {
	return cmp.Or(-reports.ByFlag(a.Actief, b.Actief),
		cmp.Compare(slices.Index(statusOrder, a.Status), slices.Index(statusOrder, b.Status)),
		cmp.Compare(b.T0Ct, a.T0Ct), cmp.Compare(a.Huishouden, b.Huishouden), cmp.Compare(a.Cocktail, b.Cocktail),
		cmp.Compare(a.Van, b.Van))
}

// ingredients takes a list of ingredients apart, whatever joins it, and drops the remark `(zwak aanwezig)`.
func ingredients(list string) []string {
	var out []string
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return strings.ContainsRune("+|,;", r) }) {
		name, _, _ = strings.Cut(name, "(")
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
