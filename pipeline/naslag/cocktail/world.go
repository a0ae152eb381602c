package cocktail

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"stapel/pipeline/naslag/extract"
)

// world is everything that is worked out of the extracts.
type world struct {
	opt      Options
	peil     day
	from, to day // the 24 months to P
	cover    map[string][]cover
	months   map[gemeenteMonth]bool
	lines    map[string][]*line            // by kind, without the replaced ones
	of       map[string]map[string][]*line // idem, by kind and person
	gave     map[string]bool               // kinds of which anything was delivered
	zvw      string                        // how the zvw feed covers persons: alle, verzekerde, onbekend
	insurers map[string]bool               // that deliver
	persons  map[string]*person
	houses   []*house
	care     map[*line]bool // allocations that count (rules 11)
	gone     map[[3]string]bool
	begins   map[string]bool // kinds that fill begin_levering often enough (rules 36)
	unequal  map[benefit]bool
	twice    int                          // lines that a newer delivery gives again
	paid     map[benefit]map[string]int64 // by person, what lines of one benefit add up to
	towns    []string                     // of the run
	blind    map[[2]string]bool           // kinds, and kinds with a gemeente, of which too few persons are in huishouden (rules 63)
	credits  map[[3]string]bool           // kind, gemeente with provider, reference

	occupants map[int64][]occupant // by household, made when it is first asked for
}

type gemeenteMonth struct {
	kind, gemeente string
	month          day
}

// cover is a period that a kind covers for a gemeente.
type cover struct {
	gemeente, supplier string
	from, to           day
	order              int
	levering           int64
}

// ownTime says which columns hold a kind's own time; one column alone is one day, a month is its days.
var ownTime = map[string][2]string{
	"huishouden": {"begindatum", "einddatum"}, "wmo_toewijzing": {"ingangsdatum", "einddatum"},
	"jeugd_toewijzing": {"ingangsdatum", "einddatum"}, "wmo_declaratie": {"product_begin", "product_eind"},
	"jeugd_declaratie": {"product_begin", "product_eind"}, "participatie_uitkering": {"jaarmaand"},
	"participatie_vordering": {"ontstaansdatum"}, "schuldhulp_traject": {"startdatum", "einddatum"},
	"schuldhulp_signaal": {"signaaldatum"}, "zvw_declaratie": {"begindatum", "einddatum"},
	"zvw_verzekerde": {"begindatum", "einddatum"}, "wonen_signaal": {"datum"}, "uitsluiting": {"begindatum", "einddatum"},
}

// Kinds are the kinds of extract that signals and cocktails are worked out of.
func Kinds() []string {
	out := slices.Sorted(maps.Keys(ownTime))
	return slices.DeleteFunc(out, func(kind string) bool { return kind == "wmo_declaratie" })
}

func newWorld(opt Options) *world {
	w := &world{opt: opt, peil: parse(opt.Peildatum), cover: map[string][]cover{}, months: map[gemeenteMonth]bool{}, lines: map[string][]*line{},
		of: map[string]map[string][]*line{}, gave: map[string]bool{}, insurers: map[string]bool{}, persons: map[string]*person{},
		care: map[*line]bool{}, gone: map[[3]string]bool{}, begins: map[string]bool{}, unequal: map[benefit]bool{},
		paid: map[benefit]map[string]int64{}, blind: map[[2]string]bool{}, credits: map[[3]string]bool{}}
	w.to = w.peil + 1
	w.towns = slices.Clone(opt.Gemeenten)
	w.from = on(w.to.time().Year()-2, int(w.to.time().Month()), 1)
	w.read()
	w.zvw = w.zvwCoverage()
	w.link()
	w.overlap()
	w.byPerson()
	w.allocations()
	w.benefits()
	for _, l := range w.lines["jeugd_declaratie"] {
		if l.get("debet_credit") == "C" && l.get("vorig_referentie_nummer") != "" {
			w.credits[[3]string{l.kind, l.gemeente + l.get("aanbieder_agb"), l.get("vorig_referentie_nummer")}] = true
		}
	}
	return w
}

// read takes the lines that count: not of a file delivered twice, and not replaced by a newer delivery (rules 8, 45).
func (w *world) read() {
	sorted := slices.Clone(w.opt.Set)
	slices.SortFunc(sorted, oldToNew)
	type same struct {
		kind     string
		levering int64
	}
	newest, noted, first, last := map[same]int{}, map[same]bool{}, map[same]*extract.Delivery{}, map[same]*extract.Note{}
	for _, d := range w.opt.Set { // in order of kind and file, the first of equal files holds the lines
		at := same{d.Kind, d.Levering()}
		if f := first[at]; f == nil || d.Bestand() < f.Bestand() {
			first[at] = d
		}
	}
	for order, d := range sorted {
		at := same{d.Kind, d.Levering()}
		newest[at], noted[at] = order+1, noted[at] || d.Note != nil
		w.gave[d.Kind] = true
		if d.Note == nil {
			continue
		}
		last[at] = d.Note
		if d.Note.From == "" || d.Note.To == "" {
			continue
		}
		for _, g := range d.Note.Gemeenten {
			w.cover[d.Kind] = append(w.cover[d.Kind], cover{gemeente(g), d.Note.Supplier, parse(d.Note.From), parse(d.Note.To) + 1,
				order + 1, d.Levering()})
		}
	}
	for at, d := range first {
		note := last[at]
		if note == nil {
			note = &extract.Note{}
		}
		for i, cells := range d.Lines {
			l := &line{kind: d.Kind, file: d.Bestand(), levering: at.levering, order: newest[at], nr: int64(i + 2), cells: cells,
				supplier: note.Supplier, made: made(note)}
			if g := cells["gemeentecode"]; g != "" {
				l.gemeente = gemeente(g)
			}
			own, known := ownTime[d.Kind]
			if !known {
				continue // shows nothing
			}
			l.from, l.to = l.period(own)
			if l.kind == "huishouden" && len(w.opt.Gemeenten) == 0 && !slices.Contains(w.towns, l.gemeente) {
				w.towns = append(w.towns, l.gemeente)
			}
			if noted[at] && w.replaced(l) {
				continue
			}
			w.lines[d.Kind] = append(w.lines[d.Kind], l)
		}
	}
}

// byPerson divides the lines of each kind over persons.
func (w *world) byPerson() {
	for kind, list := range w.lines {
		slices.SortFunc(list, func(a, b *line) int { return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.nr, b.nr)) })
		w.of[kind] = map[string][]*line{}
		for _, l := range list {
			w.of[kind][l.ps("persoon_ps")] = append(w.of[kind][l.ps("persoon_ps")], l)
		}
	}
}

func (l *line) period(own [2]string) (from, to day) {
	if l.kind == "participatie_uitkering" {
		from = parse(l.get("jaarmaand") + "-01")
		return from, from.next()
	}
	from, _ = l.date(own[0])
	if own[1] == "" {
		if l.kind == "wonen_signaal" { // one with an einddatum is a period
			if end, ok := l.date("einddatum"); ok {
				return from, end + 1
			}
		}
		return from, from + 1
	}
	if end, ok := l.date(own[1]); ok {
		return from, end + 1
	}
	return from, never
}

func gemeente(code string) string { return "GM" + strings.TrimPrefix(code, "GM") }

// open is where a line that still runs is cut (rules 18, 60); a line without a gemeente where the kind covers anything at all.
func (w *world) open(kind, gemeente string) day {
	end := day(0)
	for _, c := range w.cover[kind] {
		if c.gemeente == gemeente || gemeente == "" {
			end = max(end, c.to)
		}
	}
	if end == 0 {
		return w.peil + 1
	}
	return end
}

// covered is covers, worked out once, of a kind whose persons can be told.
func (w *world) covered(kind, gemeente string, month day) bool {
	at := gemeenteMonth{kind, gemeente, month}
	yes, ok := w.months[at]
	if !ok {
		yes = w.covers(kind, gemeente, month) && !w.blind[[2]string{kind, ""}] && !w.blind[[2]string{kind, gemeente}]
		w.months[at] = yes
	}
	return yes
}

// covers: every day of the month is covered for the gemeente (rules 17).
func (w *world) covers(kind, gemeente string, month day) bool {
	for d, end := month, month.next(); d < end; d++ {
		if !slices.ContainsFunc(w.cover[kind], func(c cover) bool { return c.gemeente == gemeente && c.from <= d && d < c.to }) {
			return false
		}
	}
	return true
}

// zvwCoverage is rules 46 and 55, and finds the insurers that deliver.
func (w *world) zvwCoverage() string {
	notes, all := 0, 0
	byList := map[int64]bool{}
	for _, d := range w.opt.Set {
		if d.Kind != "zvw_declaratie" {
			continue
		}
		notes++
		if d.Note == nil {
			continue
		}
		if d.Note.AllInsurers == "ja" {
			all++
		}
		for _, u := range d.Note.Uzovi {
			w.insurers[u], byList[d.Levering()] = true, true
		}
	}
	for _, l := range w.lines["zvw_declaratie"] {
		if u := l.get("uzovi"); u != "" && !byList[l.levering] {
			w.insurers[u] = true
		}
	}
	switch {
	case notes > 0 && all == notes:
		return "alle"
	case w.gave["zvw_verzekerde"]:
		return "verzekerde"
	case all > 0:
		return "alle"
	}
	return "onbekend"
}
