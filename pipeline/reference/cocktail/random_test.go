package cocktail

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
)

// draw is the randomness of a world: a stream of hashes from a seed that rapid draws. rapid's own numbers lean to the small ones, which
// is right for finding a small example and wrong for a world in which everything should happen.
type draw struct {
	seed, n uint64
}

// whole is a whole number from low to high, all equally likely.
func (r *draw) whole(low, high int) int {
	var in [16]byte
	binary.BigEndian.PutUint64(in[:], r.seed)
	binary.BigEndian.PutUint64(in[8:], r.n)
	r.n++
	sum := sha256.Sum256(in[:])
	return low + int(binary.BigEndian.Uint64(sum[:])%uint64(high-low+1))
}

// chance is true in p of a hundred cases.
func (r *draw) chance(p int) bool { return r.whole(0, 99) < p }

// pick is one of the words.
func (r *draw) pick(words string) string {
	list := strings.Split(words, " ")
	return list[r.whole(0, len(list)-1)]
}

// maybe is one of the words in p of a hundred cases, else nothing.
func (r *draw) maybe(p int, words string) string {
	if r.chance(p) {
		return r.pick(words)
	}
	return ""
}

// date is a day around the 24 months; half of them are edges of months, for that is where things go wrong.
func (r *draw) date(from, to string) string {
	d := day(r.whole(int(lines.ParseDay(from)), int(lines.ParseDay(to))))
	switch r.whole(0, 3) {
	case 0:
		d = max(d.Month(0), lines.ParseDay(from))
	case 1:
		d = min(d.Month(1)-1, lines.ParseDay(to))
	}
	return d.String()
}

const (
	worldFrom = "2023-01-01"
	worldTo   = "2026-03-31"
	worldPeil = "2025-12-31"
	towns     = "0855 0824 0785"
)

// randomWorld is a world under construction.
type randomWorld struct {
	*draw
	lines map[string][]extract.Line
	refs  int
}

// randomSet makes extracts of so many households: everything that the rules of signals and cocktails speak of, with spells that
// overlap, allocations that come back, credits, benefits that disagree, deliveries that replace each other and feeds that cover half.
func randomSet(r *draw, households int) extract.Set {
	w := &randomWorld{draw: r, lines: map[string][]extract.Line{}}
	for n := range households {
		w.household(n)
	}
	var set extract.Set
	for _, kind := range []string{"huishouden", "wmo_toewijzing", "jeugd_toewijzing", "wmo_declaratie", "jeugd_declaratie",
		"participatie_uitkering", "participatie_vordering", "schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie",
		"zvw_verzekerde", "wonen_signaal", "uitsluiting"} {
		w.otherKey(kind)
		set = append(set, w.deliveries(kind, w.lines[kind])...)
	}
	return set
}

// resident is a person of a random world.
type resident struct {
	ps, town string
	adult    bool
}

func (w *randomWorld) add(kind string, l extract.Line) {
	for name, v := range l {
		if v == "" {
			delete(l, name)
		}
	}
	if _, ends := l["einddatum"]; !ends && w.chance(10) && slices.Contains(strings.Fields("huishouden wmo_toewijzing jeugd_toewijzing "+
		"schuldhulp_traject zvw_verzekerde uitsluiting wonen_signaal"), kind) {
		l["einddatum"] = w.pick("9999-12-31 2999-12-31 2099-12-31")
	}
	w.lines[kind] = append(w.lines[kind], l)
}

func (w *randomWorld) household(n int) {
	var all []*resident
	adults, minors := w.whole(0, 2), w.whole(0, 2)
	if adults+minors == 0 {
		adults = 1
	}
	for i := range adults + minors {
		all = append(all, &resident{ps: randomPerson(n, i), adult: i < adults, town: w.pick(towns + " 0855 0855")})
	}
	for i, p := range all {
		w.lives(n, i, p, all)
	}
	for _, p := range all {
		if w.chance(2) {
			w.add("uitsluiting", extract.Line{"persoon_ps": p.ps, "soort": "bezwaar", "begindatum": w.date(worldFrom, worldTo)})
		}
		w.insured(p)
		for range w.whole(0, 5) {
			w.event(p)
		}
	}
	if w.chance(60) {
		w.benefit(n, all)
	}
}

func randomPerson(household, who int) string { return fmt.Sprintf("v1_%024x%08x", household+1, who+1) }

// lives gives a person spells: mostly one in the household, else with moves, gaps, an institution, or the household of before.
func (w *randomWorld) lives(n, i int, p *resident, all []*resident) {
	year := fmt.Sprint(w.whole(1950, 2004))
	if !p.adult {
		year = fmt.Sprint(w.whole(2005, 2025))
	}
	if w.chance(15) {
		year = fmt.Sprint(w.whole(2005, 2008)) // of age within the 24 months
	}
	month := w.maybe(80, "1 2 7 12 0 00")
	parent := func() string {
		if p.adult || w.chance(30) {
			return ""
		}
		if w.chance(20) && n > 0 {
			return randomPerson(n-1, 0)
		}
		return all[w.whole(0, len(all)-1)].ps
	}
	plhh := func() string {
		if p.adult {
			return w.pick("2 3 4 5 6 5 6 7 9")
		}
		return w.pick("1 1 1 9")
	}
	spell := func(house int, town, from, to, kind string) {
		l := extract.Line{"persoon_ps": p.ps, "huishouden_ps": randomPerson(house, 99), "gemeentecode": town, "begindatum": from,
			"einddatum": to, "geboortejaar": year, "geboortemaand": month, "typhh": kind, "plhh": plhh(), "woonoppervlak_m2": w.maybe(30, "0 10 23 24 25 36 47 60 90"),
			"functie_adres": w.maybe(60, "W W W B"), "ouder1_ps": parent(), "ouder2_ps": parent()}
		if w.chance(3) { // the day is not known
			l["begindatum"] = from[:len("2006-01")] + "-00"
		}
		if to != "" && w.chance(5) {
			l["einddatum"] = to[:len("2006-01")] + "-00"
		}
		if to != "" {
			l["reden_einde"] = w.maybe(30, "overleden buitenland onbekend")
		}
		if w.chance(10) {
			l["persoon_ps"] = strings.ToUpper(p.ps[3:])
			l["persoon_ps"] = "v1_" + l["persoon_ps"]
		}
		w.add("huishouden", l)
	}
	begin := w.date("2020-01-01", "2023-12-31")
	if w.chance(15) {
		begin = w.date("2024-01-01", "2025-11-30") // a part of the months without a spell
	}
	kind := w.pick("1 4 5 6 6 6 7")
	switch w.whole(0, 9) {
	case 0: // moved here from elsewhere, with a gap or an overlap
		move := w.date("2024-01-01", "2025-10-31")
		end := ""
		if w.chance(70) {
			end = (lines.ParseDay(move) + day(w.whole(-40, 10))).String()
			if end < begin {
				end = begin
			}
		}
		spell(n+1000, w.pick(towns), begin, end, kind)
		spell(n, p.town, move, "", kind)
	case 1: // gone, or in an institution at P
		move := w.date("2024-01-01", "2025-12-31")
		spell(n, p.town, begin, max(begin, (lines.ParseDay(move)-1).String()), kind)
		if w.chance(60) { // or with others, after a while: 31 days are an edge
			later := (lines.ParseDay(move) + day([]int{0, 0, 10, 31, 32}[w.whole(0, 4)])).String()
			spell(n+w.whole(0, 1)*2000, p.town, min(later, "2025-12-31"), "", w.pick("8 8 1 6"))
		}
	case 2: // the same begin twice, or the household before this one
		spell(n, p.town, begin, "", kind)
		spell(max(0, n-1), p.town, w.pick(begin+" "+w.date("2024-01-01", "2025-12-31")), "", kind)
	default:
		spell(n, p.town, begin, "", kind)
	}
}
