package lineage

import (
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/models"
	"stapel/reports"
	"stapel/transforms"
)

// Origin is where a mart comes from, as headers say.
type Origin struct {
	Mart *transforms.Model
	// Feeds are the kinds whose lines it is made of, in the order of reports. That a line was replaced is known from lines of any kind: models that say
	// which lines count add no feed.
	Feeds []string
	// Models are all between feeds and mart, it included, in no particular order; all signals when there is one.
	Models []*transforms.Model
	// Columns that its header hands on, and the column that was computed: the last of the way that headers know.
	Columns map[string]Column
}

// Column is a column of a model.
type Column struct{ Table, Name string }

// Origins are those of all marts, in the order in which a run makes them.
func Origins(cfg *config.Config) ([]Origin, error) {
	all, err := models.All(cfg)
	if err != nil {
		return nil, err
	}
	g := graphOf(cfg, all)
	feeds := map[string][]string{models.LakeLines: cfg.Kinds()}
	for _, kind := range cfg.Kinds() {
		feeds[models.LakeName(kind)] = []string{kind}
		if cfg.Contracts[kind].Cost != nil {
			feeds[models.LakeCosts] = append(feeds[models.LakeCosts], kind)
		}
	}
	var out []Origin
	for _, m := range all {
		if !m.Published() {
			continue
		}
		o := Origin{Mart: m, Columns: map[string]Column{}}
		for name := range g.under(m.Name, func(string, string) bool { return true }) {
			if model := g.byName[name]; model != nil {
				o.Models = append(o.Models, model)
			}
		}
		counted := func(at, read string) bool { return !isLines(at) || isLines(read) || feeds[read] != nil }
		for name := range g.under(m.Name, counted) {
			o.Feeds = append(o.Feeds, feeds[name]...)
		}
		slices.Sort(o.Feeds)
		o.Feeds = slices.Compact(o.Feeds)
		slices.SortStableFunc(o.Feeds, reports.ByKind)
		for _, c := range m.Columns {
			if table, column := g.computed(m.Name, c.Name); table != m.Name {
				o.Columns[c.Name] = Column{table, column}
			}
		}
		out = append(out, o)
	}
	return out, nil
}

// isLines is true of a table of the lines that count, of a kind or of all.
func isLines(table string) bool { return strings.HasPrefix(table, "geldig_") }

// under are a table and all that it is made of, by the steps that follow lets go.
func (g *graph) under(name string, follow func(at, read string) bool) map[string]bool {
	seen, todo := map[string]bool{name: true}, []string{name}
	for len(todo) > 0 {
		at := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, read := range g.reads(at) {
			if !seen[read] && follow(at, read) {
				seen[read] = true
				todo = append(todo, read)
			}
		}
	}
	return seen
}

// computed is where a column comes from that headers hand on.
func (g *graph) computed(table, column string) (string, string) {
	for {
		m := g.byName[table]
		if m == nil {
			return table, column
		}
		model, from := m.HandedOn(column)
		if model == "" {
			return table, column
		}
		table, column = model, from
	}
}
