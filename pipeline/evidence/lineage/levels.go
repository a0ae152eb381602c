package lineage

import (
	"maps"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/models"
	"stapel/reports"
	"stapel/transforms"
)

// Levels is the way of a mart from feeds in four levels, for a page: the feeds, the models of staging that read them, the tables that the mart reads, and
// the mart. What lies between staging and the tables that the mart reads is left out: a line there says that one is made of the other by some way.
func Levels(cfg *config.Config, mart string) (reports.Lineage, error) {
	all, err := models.All(cfg)
	if err != nil {
		return reports.Lineage{}, err
	}
	g := graphOf(cfg, all)
	byName := g.byName
	m := byName[mart]
	if m == nil {
		return reports.Lineage{}, unknown(mart, nil)
	}
	kinds, costs := map[string][]string{}, []string{}
	for _, kind := range cfg.Kinds() {
		kinds[models.LakeName(kind)] = []string{kind}
		if cfg.Contracts[kind].Cost != nil {
			costs = append(costs, kind)
		}
	}
	kinds[models.LakeLines], kinds[models.LakeCosts] = cfg.Kinds(), costs
	// under hands over what a table is made of, itself first; it goes no further below what stop says
	under := func(name string, stop func(string) bool) map[string]bool {
		seen, todo := map[string]bool{}, []string{name}
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if seen[at] {
				continue
			}
			seen[at] = true
			if !stop(at) {
				todo = append(todo, g.reads(at)...)
			}
		}
		return seen
	}
	staging := func(name string) bool {
		return byName[name] != nil && byName[name].Layer == transforms.Staging && !strings.HasPrefix(name, "geldig_")
	}
	out := reports.Lineage{Mart: mart}
	from, first, edges := map[string]bool{}, map[string]bool{}, map[[2]string]bool{}
	steps := m.Reads
	for len(steps) == 1 && byName[steps[0]] != nil && !staging(steps[0]) {
		steps = byName[steps[0]].Reads // a table that is handed on as it is tells nothing
	}
	for _, step := range steps {
		if byName[step] == nil && step != transforms.SignalUnion {
			continue // settings and deliveries are on no level
		}
		out.Steps = append(out.Steps, step)
		edges[[2]string{step, mart}] = true
		for name := range under(step, staging) {
			if staging(name) {
				first[name], edges[[2]string{name, step}] = true, true
			}
		}
	}
	for name := range first {
		// what it reads of other models says which lines count, not whose they are
		for lines := range under(name, func(at string) bool { return at != name && !strings.HasPrefix(at, "geldig_") }) {
			for _, kind := range kinds[lines] {
				from[kind], edges[[2]string{kind, name}] = true, true
			}
		}
	}
	for _, kind := range cfg.Kinds() {
		if from[kind] {
			out.Feeds = append(out.Feeds, kind)
		}
	}
	slices.SortStableFunc(out.Feeds, reports.ByKind)
	// beside the first feed that each reads, so that few lines cross
	beside := func(name string) int {
		return slices.IndexFunc(out.Feeds, func(kind string) bool { return edges[[2]string{kind, name}] })
	}
	out.Staging = slices.SortedStableFunc(slices.Values(slices.Sorted(maps.Keys(first))), func(a, b string) int { return beside(a) - beside(b) })
	slices.Sort(out.Steps)
	for e := range edges {
		out.Edges = append(out.Edges, e)
	}
	slices.SortFunc(out.Edges, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	return out, nil
}
