package analist

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// threats is what the report shows of near misses: how often like ones became the whole cocktail, and the preventive list.
type threats struct {
	Present bool
	Chances []mart.DreigingKans // surest first, those without an answer last
	First   []mart.Preventief   // those on the page: the mart is in order, and these are the first of it
	N       int64               // rows of the mart
}

func (t *threats) read(ctx context.Context, marts fs.FS) (err error) {
	t.Present = mart.Has(marts, "dreiging_kans") && mart.Has(marts, "preventief")
	if t.Chances, err = mart.AllIfThere(ctx, marts, mart.Chances); err != nil {
		return err
	}
	bound := func(p *float64) float64 {
		if p == nil {
			return -1
		}
		return *p
	}
	slices.SortFunc(t.Chances, func(a, b mart.DreigingKans) int {
		return cmp.Or(cmp.Compare(bound(b.Ondergrens), bound(a.Ondergrens)), cmp.Compare(bound(b.Aandeel), bound(a.Aandeel)),
			cmp.Compare(b.Nu, a.Nu), cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Ontbrekend, b.Ontbrekend))
	})
	return mart.ScanIfThere(ctx, marts, mart.NearMisses, func(row *mart.Preventief) error {
		if t.N++; t.N <= pagePreventive {
			t.First = append(t.First, *row)
		}
		return nil
	})
}

// drawThreats draws the shares of the near misses that are there now.
func (p *page) drawThreats() {
	var rows []draw.Interval
	for _, c := range p.F.Threats.Chances {
		if c.Aandeel != nil && c.Nu > 0 {
			rows = append(rows, draw.Interval{Label: fmt.Sprintf("%s (%s van %s)", p.nearMiss(c), nl.Int(c.Vol), nl.Int(c.Gevolgd)), Low: *c.Ondergrens, Share: *c.Aandeel, High: *c.Bovengrens})
		}
	}
	if len(rows) == 0 {
		return
	}
	p.Figures["dreiging"] = draw.Intervals("fig-dreiging", "Hoe vaak een dreigende cocktail binnen een jaar vol werd",
		"Per cocktail en ontbrekend ingredient een aandeel met zijn 95%-interval. De getallen staan in de tabel hieronder.",
		[2]string{"aandeel dat vol werd", "95%-interval"}, rows)
}

// nearMiss says which ingredients are there and which one is not.
func (p *page) nearMiss(c mart.DreigingKans) string {
	missing := ingredients(c.Ontbrekend)
	var there []string
	for _, st := range p.F.Cocktails.Stats {
		if st.ID != c.Cocktail {
			continue
		}
		for _, name := range st.Ingredienten {
			if !slices.Contains(missing, name) {
				there = append(there, nl.Word("ingredient", name))
			}
		}
	}
	if len(there) == 0 {
		there = []string{p.CocktailNames(c.Cocktail)}
	}
	text := nl.List(there)
	return nl.Capital(text) + "; " + p.Missing(c.Ontbrekend) + " ontbreekt"
}

// Chance is a share with its interval in words; a dash when nobody could be followed.
func (p *page) Chance(share, low, high *float64) string {
	if share == nil || low == nil || high == nil {
		return "–"
	}
	return fmt.Sprintf("%s (%s tot %s)", nl.Percent(*share), nl.Percent(*low), nl.Percent(*high))
}

// OfLike says how many of the households with the same near miss became vol.
func (p *page) OfLike(m mart.Preventief) string {
	if m.Gevolgd == 0 {
		return "–"
	}
	return nl.Int(m.Vol) + " van " + nl.Int(m.Gevolgd)
}

// Remarks are what there is to know of a household on the list.
func (p *page) Remarks(m mart.Preventief) string {
	var out []string
	if m.InMaatwerk {
		out = append(out, "in maatwerk")
	}
	if m.Cocktails != "" {
		out = append(out, "ook vol: "+p.CocktailNames(m.Cocktails))
	}
	return strings.Join(out, "; ")
}
