package patterns

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// Obstacle is a row of the mart hindernis.
type Obstacle struct {
	Obstacle, Party         string
	Plans, Refusals, Wanted int64
	Median                  *float64
}

// decision is what a party last decided about a plan, and when it first decided.
type decision struct {
	last  string
	first lines.Day
}

// plan is one that was reported by P.
type plan struct {
	obstacles []string
	parties   map[string]decision
	reported  lines.Day
	approval  wait
}

// Obstacles are what stands in the way of plans, and what parties decided about them.
func (w *World) Obstacles() (out []Obstacle) {
	rows, waits, days := map[[2]string]*Obstacle{}, map[string][]wait{}, map[[2]string][]int64{}
	row := func(obstacle, party string) *Obstacle {
		at := [2]string{obstacle, party}
		if rows[at] == nil {
			rows[at] = &Obstacle{Obstacle: obstacle, Party: party}
		}
		return rows[at]
	}
	for _, p := range w.plans() {
		for _, obstacle := range append([]string{"alle"}, p.obstacles...) {
			refused, wanted := false, false
			for party, d := range p.parties {
				r := row(obstacle, party)
				r.Plans++
				switch d.last {
				case "afwijzen":
					r.Refusals++
					refused = true
				case "aanvullen":
					r.Wanted++
					wanted = true
				}
				at := [2]string{obstacle, party}
				days[at] = append(days[at], int64(d.first-p.reported))
			}
			r := row(obstacle, "alle")
			r.Plans++
			switch {
			case refused:
				r.Refusals++
			case wanted:
				r.Wanted++
			}
			waits[obstacle] = append(waits[obstacle], p.approval)
		}
	}
	for at, r := range rows {
		if r.Median = quartile(days[at], 2); r.Party == "alle" {
			r.Median = median(waits[r.Obstacle])
		}
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b Obstacle) int {
		return cmp.Or(cmp.Compare(a.Obstacle, b.Obstacle), cmp.Compare(a.Party, b.Party))
	})
	return out
}

// plans are those reported by P, of each the newest line; not those of households of other gemeenten.
func (w *World) plans() (out []plan) {
	newest := map[string]*lines.Line{}
	for _, l := range w.ByKind["maatwerk_plan"] { // from old to new
		newest[l.Get("casusnummer")] = l
	}
	for _, number := range slices.Sorted(maps.Keys(newest)) {
		l := newest[number]
		reported, _ := l.Day("datum_aanmelding")
		if who := w.Of(l.Get("persoon_ps")); reported > w.P || who != nil && who.House != nil && elsewhere(who.House) {
			continue
		}
		p := plan{parties: w.parties(number), reported: reported, approval: wait{w.P - reported, false}}
		if on, ok := l.Day("datum_akkoord"); ok && on <= w.P {
			p.approval = wait{on - reported, true}
		}
		for _, word := range strings.Split(l.Get("hindernis"), "|") {
			if word = plain(word); word != "" && !slices.Contains(p.obstacles, word) {
				p.obstacles = append(p.obstacles, word)
			}
		}
		out = append(out, p)
	}
	return out
}

// elsewhere is whether a household is not shown only because it lives in another gemeente than those of the run.
func elsewhere(h *people.House) bool { return h.Elsewhere && !h.Hidden }

// plain is a text in lower case, with single blanks.
func plain(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }

// parties are those that decided about a plan by P. Of decisions of a party on its last day the least favourable counts (rules 52).
func (w *World) parties(number string) map[string]decision {
	severity := map[string]int{"akkoord": 0, "aanvullen": 1, "afwijzen": 2}
	lists := map[string][]*lines.Line{}
	for _, l := range w.ByKind["maatwerk_akkoord"] {
		if on, _ := l.Day("datum"); l.Get("casusnummer") == number && on <= w.P {
			party := cmp.Or(plain(l.Get("organisatie")), "niet_genoemd")
			lists[party] = append(lists[party], l)
		}
	}
	out := map[string]decision{}
	for party, list := range lists {
		slices.SortFunc(list, func(a, b *lines.Line) int {
			return cmp.Or(cmp.Compare(a.Get("datum"), b.Get("datum")), severity[a.Get("besluit")]-severity[b.Get("besluit")])
		})
		first, _ := list[0].Day("datum")
		out[party] = decision{list[len(list)-1].Get("besluit"), first}
	}
	return out
}

// Claim is a row of the mart fraudefuik.
type Claim struct {
	Group                              string
	Households, With, Without, Unknown int64
	Share                              *float64
	Claims, Ct                         int64
}

// Claims are the households with something to pay on P, by cocktail that is vol: geen without any, alle together.
func (w *World) Claims() (out []Claim) {
	newest := map[[2]string]*lines.Line{}
	for _, l := range w.ByKind["participatie_vordering"] { // from old to new
		newest[[2]string{l.Gemeente, l.Get("vordering_nummer")}] = l
	}
	claims, open := map[*people.House]int64{}, map[*people.House]int64{}
	for _, l := range newest {
		ct, _ := lines.Cents(w.Config.Contracts[l.Kind].Column("bedrag_eur"), l.Get("bedrag_eur"))
		paid, _ := lines.Cents(w.Config.Contracts[l.Kind].Column("afgelost_eur"), l.Get("afgelost_eur"))
		who := w.Of(l.Get("persoon_ps"))
		if who != nil && who.House != nil && ct > paid && l.From <= w.P && !slices.Contains([]string{"53", "54"}, l.Get("status")) &&
			slices.Contains(strings.Fields("51 52 53 54 55 56 57 58 59 81 82"), l.Get("ontstaansgrond")) {
			claims[who.House]++
			open[who.House] += ct - paid
		}
	}
	groups := map[string]*Claim{}
	for _, h := range w.houses {
		in := []string{"alle"}
		for _, k := range w.Config.Cocktails {
			if h.verdict(k.ID, w.P) == "vol" {
				in = append(in, k.ID)
			}
		}
		if len(in) == 1 {
			in = append(in, "geen")
		}
		for _, name := range in {
			if groups[name] == nil {
				groups[name] = &Claim{Group: name}
			}
			g := groups[name]
			g.Households++
			g.Claims += claims[h.House]
			g.Ct += open[h.House]
			switch {
			case claims[h.House] > 0:
				g.With++
			case w.coveredNow(h, "participatie_vordering"):
				g.Without++
			default:
				g.Unknown++
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		g := groups[name]
		if n := g.With + g.Without; n > 0 {
			share := float64(g.With) / float64(n)
			g.Share = &share
		}
		out = append(out, *g)
	}
	return out
}

// coveredNow is whether the kind covers, in the month of P, every member born by then who is not attached (rules 19).
func (w *World) coveredNow(h *household, kind string) bool {
	anyone := false
	for _, who := range h.Members {
		if who.Attached || who.Born(0) > w.P {
			continue
		}
		anyone = true
		if !w.Covers(kind, who, w.P.Month(0)) {
			return false
		}
	}
	return anyone
}
