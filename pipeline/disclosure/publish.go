package disclosure

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"stapel/reports/gate"
	"stapel/reports/seen"
	"stapel/reports/vrij"
	"stapel/transforms/estimate"
)

// Files of the folder vrij; the names of the tables that go to the gate begin with the file that they are for.
const (
	tableArea      = "cocktail"
	tableType      = "cocktail_type"
	tableCost      = "cocktail_kosten"
	tableSets      = "combinatie"
	tablePairs     = "overgang"
	tableWays      = "pad"
	tableNear      = "bijna"
	tableObstacles = "hindernis"
	tableClaims    = "fraudefuik"
	tableOwed      = "fraudefuik_bedrag"
)

// publish writes what the gate let through.
func (t *tables) publish(opt Options, key []byte, res *gate.Result) error {
	p := publication{t: t, free: &vrij.Tables{Bron: sources(opt)}}
	for i := range res.Tables {
		p.table(&res.Tables[i])
	}
	p.steps()
	p.free.Verslag = report(res.Records)
	if p.free.Of(tableType) == nil {
		p.free.Verslag = append(p.free.Verslag, vrij.Verslag{Tabel: tableType, Stand: vrij.Geweigerd, Reden: "te weinig huishoudens om soorten apart te tonen"})
	}
	if ways := p.free.Of(tableWays); ways != nil { // steps are shown with the way that they are of, and hold no group
		p.free.Verslag = append(p.free.Verslag, vrij.Verslag{Tabel: "pad_stap", Stand: ways.Stand, Reden: ways.Reden, Bewezen: ways.Bewezen})
	}
	publishMaatwerk(t.maatwerk, t.rules, key, p.free)
	p.sort()
	return vrij.Write(opt.Dir, p.free)
}

// reaches are what the folder says of how far a kind can be relied on. Of one of which nobody said what it covers no more than a part is sure.
var reaches = map[seen.Reach]string{seen.ReachAbsent: vrij.NietGeleverd, seen.ReachUnlinked: vrij.KoppeltNiet, seen.ReachNone: vrij.NietGedekt,
	seen.ReachPart: vrij.BronDeels, seen.ReachUnstated: vrij.BronDeels, seen.ReachWhole: vrij.BronHeel}

// sources are the kinds of the configuration.
func sources(opt Options) (out []vrij.Bron) {
	for _, kind := range opt.Config.Kinds() {
		out = append(out, vrij.Bron{Kind: kind, Stand: reaches[opt.Sources.Of(kind).Reach]})
	}
	return out
}

// publication is what is being made of what the gate let through.
type publication struct {
	t     *tables
	free  *vrij.Tables
	shown map[[2]string]bool // paths of which the households are shown
	owed  map[string]*int64  // left to pay, by group
}

// table takes over one table.
func (p *publication) table(g *gate.Published) {
	file, of, _ := strings.Cut(g.Name, " ")
	of, _, _ = strings.Cut(of, " ")
	at := cellsOf(g)
	switch file {
	case tableArea:
		p.area(g, of)
	case tableType:
		for _, c := range g.Cells {
			p.free.CocktailType = append(p.free.CocktailType, vrij.CocktailType{Cocktail: of, Type: total(c.Key[0]), Oordeel: total(c.Key[1]), Huishoudens: count(c)})
		}
	case tableCost:
		for _, c := range g.Cells {
			row := vrij.CocktailKosten{Cocktail: of, Deel: map[string]string{everybody: vrij.Alle, full: vrij.Vol, notFull: vrij.Overig}[c.Key[0]], Huishoudens: count(c)}
			if !c.Hidden {
				row.KostenCt = &c.Sum
				if mean := gate.Mean(c); mean.OK {
					ct := mean.Rounded(1)
					row.GemiddeldCt = &ct
				}
			}
			p.free.CocktailKosten = append(p.free.CocktailKosten, row)
		}
	case tableSets:
		shown := map[string]bool{} // ingredients by themselves
		for _, c := range g.Cells {
			if len(c.Set) == 1 && !c.Hidden {
				shown[c.Set[0]] = true
			}
		}
		for _, c := range g.Cells {
			p.free.Combinatie = append(p.free.Combinatie, p.set(c, shown))
		}
	case tablePairs:
		p.pair(of, at)
	case tableWays:
		for _, c := range g.Cells {
			p.free.Pad = append(p.free.Pad, p.way(of, c))
		}
	case tableNear:
		p.near(g, of, at)
	case tableObstacles:
		p.obstacles(at)
	case tableClaims:
		for _, c := range g.Cells {
			row := vrij.Fraudefuik{Groep: of, Stand: total(c.Key[0]), Huishoudens: count(c)}
			if row.Stand == vrij.Met {
				row.OpenCt = p.owed[of]
			}
			p.free.Fraudefuik = append(p.free.Fraudefuik, row)
		}
	case tableOwed: // comes before the counts of its group
		if c := g.Cells[0]; !c.Hidden {
			if p.owed == nil {
				p.owed = map[string]*int64{}
			}
			p.owed[of] = &c.Sum
		}
	}
}

// cellsOf are the cells of a table by their key.
func cellsOf(g *gate.Published) func(key ...string) gate.PublishedCell {
	cells := map[string]gate.PublishedCell{}
	for _, c := range g.Cells {
		cells[strings.Join(c.Key, "\x00")] = c
	}
	return func(key ...string) gate.PublishedCell {
		c, ok := cells[strings.Join(key, "\x00")]
		if !ok {
			c.Hidden = true
		}
		return c
	}
}

// count is what may be shown of the households of a cell.
func count(c gate.PublishedCell) *int64 {
	if c.Hidden {
		return nil
	}
	return &c.N
}

// total is a value as the files have it.
func total(value string) string { return cmp.Or(value, vrij.Alle) }

// area takes over how households stand in each place on a day.
func (p *publication) area(g *gate.Published, cocktail string) {
	for _, m := range p.t.moments {
		if moment(m.Day) != g.Moment {
			continue
		}
		for _, c := range g.Cells {
			row := vrij.Cocktail{Dag: m.Day, IsP: m.IsP, Kwartaal: m.Quarter, Cocktail: cocktail, Gemeente: total(c.Key[0]), Wijk: vrij.Alle, Oordeel: total(c.Key[1]),
				Huishoudens: count(c)}
			if gemeente, wijk, ok := strings.Cut(c.Key[0], "/"); ok {
				row.Gemeente, row.Wijk = gemeente, wijk
			}
			p.free.Cocktail = append(p.free.Cocktail, row)
		}
	}
}

// set is a combination. What was expected is made of how many show each ingredient by itself: it is there only where all of these are shown, and rounded
// up to a multiple of what counts are rounded to, so that it tells no group, and the lift is no larger than it is.
func (p *publication) set(c gate.PublishedCell, shown map[string]bool) vrij.Combinatie {
	names := slices.Sorted(slices.Values(c.Set))
	row := vrij.Combinatie{Combinatie: strings.Join(names, "+"), NIngredienten: int64(len(names)), Huishoudens: count(c)}
	pattern := p.t.patterns[row.Combinatie]
	row.Cocktail = pattern.Cocktail
	if c.Hidden || pattern.Expected == nil || slices.ContainsFunc(names, func(i string) bool { return !shown[i] }) {
		return row
	}
	base := max(p.t.rules.Counts.RoundTo, 1)
	expected := max(1, int64(math.Ceil(*pattern.Expected/float64(base)))) * base
	low, high := estimate.Poisson(int(c.N), 0.95)
	lift := float64(c.N) / float64(expected)
	low, high = low/float64(expected), high/float64(expected)
	row.Verwacht, row.Lift, row.LiftLaag, row.LiftHoog = &expected, &lift, &low, &high
	return row
}

// pair is an order in both directions.
func (p *publication) pair(of string, at func(...string) gate.PublishedCell) {
	a, b, _ := strings.Cut(of, "+")
	one, other := at(forth), at(back)
	for _, way := range []struct {
		from, to string
		n, back  gate.PublishedCell
	}{{a, b, one, other}, {b, a, other, one}} {
		row := vrij.Overgang{Van: way.from, Naar: way.to, Huishoudens: count(way.n), Omgekeerd: count(way.back), Gelijk: count(at(oneDay)),
			NietTeBeoordelen: count(at(unsure))}
		if o := p.t.orders[[2]string{way.from, way.to}]; !way.n.Hidden {
			row.Mediaan, row.P25, row.P75 = p.quantile(o.Median, o.N, 2, 4), p.quantile(o.P25, o.N, 1, 4), p.quantile(o.P75, o.N, 3, 4)
		}
		p.free.Overgang = append(p.free.Overgang, row)
	}
}

// quantile is one that may be shown: enough households lie on either side of it.
func (p *publication) quantile(q *float64, n, num, den int64) *float64 {
	if q == nil || !gate.QuantileAllowed(p.t.rules, n, num, den) {
		return nil
	}
	whole := math.Round(*q)
	return &whole
}

// way is a path.
func (p *publication) way(cocktail string, c gate.PublishedCell) vrij.Pad {
	row := vrij.Pad{Cocktail: cocktail, Pad: c.Key[0], Huishoudens: count(c)}
	if !c.Hidden {
		if p.shown == nil {
			p.shown = map[[2]string]bool{}
		}
		p.shown[[2]string{cocktail, row.Pad}] = true
		was := p.t.paths[[2]string{cocktail, row.Pad}]
		row.Mediaan = p.quantile(was.Median, was.N, 1, 2)
	}
	return row
}

// steps are those of paths that are shown.
func (p *publication) steps() {
	for _, s := range p.t.steps {
		if p.shown[[2]string{s.Cocktail, s.Path}] {
			p.free.PadStap = append(p.free.PadStap, vrij.PadStap{Cocktail: s.Cocktail, Pad: s.Path, Stap: s.Step, Van: s.From, Naar: s.To,
				Mediaan: p.quantile(s.Median, s.N, 1, 2)})
		}
	}
}

// near takes over near misses: those of now come first, and what became of those of a year ago is added to them.
func (p *publication) near(g *gate.Published, cocktail string, at func(...string) gate.PublishedCell) {
	row := func(lacks string) *vrij.Bijna {
		i := slices.IndexFunc(p.free.Bijna, func(b vrij.Bijna) bool { return b.Cocktail == cocktail && b.Ontbrekend == lacks })
		if i < 0 {
			i = len(p.free.Bijna)
			p.free.Bijna = append(p.free.Bijna, vrij.Bijna{Cocktail: cocktail, Ontbrekend: lacks})
		}
		return &p.free.Bijna[i]
	}
	for _, v := range g.Dims[0].Values {
		if len(g.Dims) == 1 {
			row(v.Name).Huishoudens = count(at(v.Name))
			continue
		}
		whole, unseen, became := at(v.Name, everybody), at(v.Name, notSeen), at(v.Name, becameFull)
		to := row(v.Name)
		to.Vol = count(became)
		if whole.Hidden || unseen.Hidden {
			continue
		}
		followed := gate.PublishedCell{N: whole.N - unseen.N}
		to.Gevolgd = &followed.N
		if share := gate.Share(became, followed); share.OK {
			part := float64(share.Num) / float64(share.Den)
			to.Aandeel = &part
		}
	}
}

// obstacles takes over what stands in the way of plans.
func (p *publication) obstacles(at func(...string) gate.PublishedCell) {
	key := func(s string) string {
		if s == vrij.Alle {
			return everybody
		}
		return s
	}
	for _, o := range p.t.obstacles {
		if p.t.few && o.Obstacle != vrij.Alle && o.Party != vrij.Alle {
			continue
		}
		c := at(key(o.Obstacle), key(o.Party), everybody)
		row := vrij.Hindernis{Hindernis: o.Obstacle, Partij: o.Party, Plannen: count(c), Afwijzingen: count(at(key(o.Obstacle), key(o.Party), refused))}
		if !c.Hidden {
			row.Mediaan = p.quantile(o.Median, o.Plans, 1, 2)
		}
		p.free.Hindernis = append(p.free.Hindernis, row)
	}
}

// fileOf is the file that a table of the gate is for.
func fileOf(table string) string {
	file, _, _ := strings.Cut(table, " ")
	if file == tableOwed {
		file = tableClaims
	}
	return file
}

// report adds up what the gate did for each file.
func report(records []gate.Record) (out []vrij.Verslag) {
	let := map[string]bool{} // files of which something is shown
	for _, r := range records {
		file := fileOf(r.Table)
		i := slices.IndexFunc(out, func(v vrij.Verslag) bool { return v.Tabel == file })
		if i < 0 {
			i = len(out)
			out = append(out, vrij.Verslag{Tabel: file, Stand: vrij.StandVrij, Bewezen: true})
		}
		v := &out[i]
		v.Cellen, v.Primair, v.Secundair = v.Cellen+int64(r.Cells), v.Primair+int64(r.Primary), v.Secundair+int64(r.Secondary)
		if r.Status != gate.StatusFree {
			v.Stand, v.Reden = vrij.Vergroofd, r.Reason
			continue
		}
		let[file], v.Bewezen = true, v.Bewezen && r.Proven
	}
	for i := range out {
		if !let[out[i].Tabel] {
			out[i].Stand, out[i].Bewezen = vrij.Geweigerd, false
		}
	}
	return out
}

// sort puts rows into an order that says nothing.
func (p *publication) sort() {
	f := p.free
	slices.SortFunc(f.Cocktail, func(a, b vrij.Cocktail) int {
		return cmp.Or(cmp.Compare(a.Dag, b.Dag), cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Gemeente, b.Gemeente), cmp.Compare(a.Wijk, b.Wijk),
			cmp.Compare(a.Oordeel, b.Oordeel))
	})
	slices.SortFunc(f.CocktailType, func(a, b vrij.CocktailType) int {
		return cmp.Or(cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Type, b.Type), cmp.Compare(a.Oordeel, b.Oordeel))
	})
	slices.SortFunc(f.Combinatie, func(a, b vrij.Combinatie) int { return cmp.Compare(a.Combinatie, b.Combinatie) })
	slices.SortFunc(f.Overgang, func(a, b vrij.Overgang) int { return cmp.Or(cmp.Compare(a.Van, b.Van), cmp.Compare(a.Naar, b.Naar)) })
	slices.SortFunc(f.Bijna, func(a, b vrij.Bijna) int {
		return cmp.Or(cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Ontbrekend, b.Ontbrekend))
	})
	slices.SortFunc(f.Verslag, func(a, b vrij.Verslag) int { return cmp.Compare(a.Tabel, b.Tabel) })
}
