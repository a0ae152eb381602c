package patterns

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/reference/lines"
)

// Order is a row of the mart overgang.
type Order struct {
	From, To               string
	Households             int64
	Median, P25, P75       *float64
	Reverse, Same, Unknown int64
	Share, Low, High, P    *float64
}

// Orders are pairs of ingredients that both showed in some household, either way round, by which showed first.
func (w *World) Orders() (out []Order) {
	for _, a := range w.names() {
		for _, b := range w.names() {
			row, both, days := Order{From: a, To: b}, false, []int64(nil)
			for _, h := range w.houses {
				at, showedA := w.first(h, a, w.minimum(a))
				next, showedB := w.first(h, b, w.minimum(b))
				if a == b || !showedA || !showedB {
					continue
				}
				both = true
				early, late := min(at, next), max(at, next)
				switch {
				case !w.seen(h, a, early, late) || !w.seen(h, b, early, late):
					row.Unknown++
				case at == next:
					row.Same++
				case at < next:
					row.Households++
					days = append(days, int64(next-at))
				default:
					row.Reverse++
				}
			}
			if !both {
				continue
			}
			row.P25, row.Median, row.P75 = quartile(days, 1), quartile(days, 2), quartile(days, 3)
			if n := row.Households + row.Reverse; n > 0 {
				share, bounds, p := float64(row.Households)/float64(n), clopperPearson(row.Households, n), signTest(row.Households, n)
				row.Share, row.Low, row.High, row.P = &share, &bounds.low, &bounds.high, &p
			}
			out = append(out, row)
		}
	}
	return out
}

// Path is a row of the mart pad, or with a Step above 0 of pad_stap.
type Path struct {
	Cocktail, Path   string
	Step             int64
	From, To         string // of a step
	Households       int64
	Median, P25, P75 *float64
}

// way is how a household came to a cocktail.
type way struct {
	path  string
	steps []step
	days  int64 // from the first ingredient until vol
}

type step struct {
	from, to string
	days     int64
}

// Paths are the ways into each cocktail, and the steps of each.
func (w *World) Paths() (paths, steps []Path) {
	for _, k := range w.Config.Cocktails {
		ways := map[string][]way{}
		for _, h := range w.houses {
			if x, ok := w.way(h, k); ok {
				ways[x.path] = append(ways[x.path], x)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(ways)) {
			list := ways[name]
			row := Path{Cocktail: k.ID, Path: name, Households: int64(len(list))}
			var days []int64
			for _, x := range list {
				if len(x.steps) > 0 {
					days = append(days, x.days)
				}
			}
			row.P25, row.Median, row.P75 = quartile(days, 1), quartile(days, 2), quartile(days, 3)
			paths = append(paths, row)
			for n, first := range list[0].steps { // the same words for all that went this way
				days = nil
				for _, x := range list {
					days = append(days, x.steps[n].days)
				}
				steps = append(steps, Path{k.ID, name, int64(n + 1), first.from, first.to, row.Households,
					quartile(days, 2), quartile(days, 1), quartile(days, 3)})
			}
		}
	}
	return paths, steps
}

// way is that of a household, when it had the cocktail vol in the 24 months.
func (w *World) way(h *household, k config.Cocktail) (way, bool) {
	vol := lines.Never
	for _, s := range h.spans[k.ID] {
		if s.verdict == "vol" {
			vol = min(vol, s.from)
		}
	}
	switch vol {
	case lines.Never:
		return way{}, false
	case w.P.Month(-23):
		return way{path: "al_vol"}, true
	}
	on := map[lines.Day][]string{}
	for _, in := range k.Ingredients {
		d, ok := w.first(h, in.Name, in.Minimum)
		if !ok {
			panic("reference: vol without a signal: " + in.Name)
		}
		on[d] = append(on[d], in.Name)
	}
	days := slices.Sorted(maps.Keys(on))
	for _, in := range k.Ingredients {
		if !w.seen(h, in.Name, days[0], vol) {
			return way{path: "onbekend"}, true
		}
	}
	var names []string // of each day
	for _, d := range days {
		slices.Sort(on[d])
		names = append(names, strings.Join(on[d], "+"))
	}
	out := way{path: strings.Join(names, ">"), days: int64(vol - days[0])}
	for i, d := range days {
		next, to := vol, "vol"
		if i+1 < len(days) {
			next, to = days[i+1], names[i+1]
		}
		out.steps = append(out.steps, step{names[i], to, int64(next - d)})
	}
	return out, true
}

// Counts are households by verdict.
type Counts struct {
	Households, Full, Threatened, Unknown, CannotTell, None int64
}

func (c *Counts) add(verdict string) {
	c.Households++
	*map[string]*int64{"vol": &c.Full, "dreigend": &c.Threatened, "onbekend": &c.Unknown, "niet_te_beoordelen": &c.CannotTell, "nee": &c.None}[verdict]++
}

// Standing is a row of the mart trend, or with a Gemeente of trend_gebied.
type Standing struct {
	Quarter, Cocktail, Gemeente, Wijk string
	Counts
}

// Trend is how the households stood on the last day of each whole quarter of the 24 months, all and by where they live.
func (w *World) Trend() (all, areas []Standing) {
	for first := w.P.Month(-23); first <= w.P; first = first.Month(1) {
		last := first.Month(3) - 1
		if int(first.Time().Month())%3 != 1 || last > w.P {
			continue
		}
		for _, k := range w.Config.Cocktails {
			row := Standing{Quarter: first.String(), Cocktail: k.ID}
			type place struct{ gemeente, wijk string }
			places := map[place]*Standing{}
			for _, h := range w.houses {
				at := place{h.gemeente, h.wijk}
				if places[at] == nil {
					places[at] = &Standing{Quarter: row.Quarter, Cocktail: k.ID, Gemeente: h.gemeente, Wijk: h.wijk}
				}
				verdict := h.verdict(k.ID, last)
				row.add(verdict)
				places[at].add(verdict)
			}
			all = append(all, row)
			for _, p := range places {
				areas = append(areas, *p)
			}
		}
	}
	slices.SortFunc(areas, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Quarter, b.Quarter), cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.Wijk, b.Wijk))
	})
	return all, areas
}

// Group is a row of the mart cocktail_groep.
type Group struct {
	Cocktail, Feature, Group string
	Counts
	FullCt, OtherCt int64
}

// Groups are the households on P by type, gemeente and wijk, and all together.
func (w *World) Groups() (out []Group) {
	for _, k := range w.Config.Cocktails {
		groups := map[[2]string]*Group{}
		for _, h := range w.houses {
			verdict := h.verdict(k.ID, w.P)
			for _, at := range [][2]string{{"alle", "alle"}, {"huishoudtype", h.kind}, {"gemeente", h.gemeente}, {"wijk", h.wijk}} {
				if groups[at] == nil {
					groups[at] = &Group{Cocktail: k.ID, Feature: at[0], Group: at[1]}
				}
				g := groups[at]
				g.add(verdict)
				if verdict == "vol" {
					g.FullCt += h.ct
				} else {
					g.OtherCt += h.ct
				}
			}
		}
		for _, g := range groups {
			out = append(out, *g)
		}
	}
	slices.SortFunc(out, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Feature, b.Feature), cmp.Compare(a.Group, b.Group))
	})
	return out
}
