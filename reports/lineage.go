package reports

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/nl"
)

// Lineage is the way of a mart from feeds, level by level: feeds, the models that read them, the tables that the mart reads. Without a mart it is not known.
type Lineage struct {
	Mart                  string
	Feeds, Staging, Steps []string
	Edges                 [][2]string // from left to right, between neighbouring levels
}

// Figure draws it from left to right; without an id there is nothing to draw.
func (l Lineage) Figure() draw.Figure {
	if l.Mart == "" {
		return draw.Figure{}
	}
	desc := fmt.Sprintf("Vier kolommen van links naar rechts: %s, dan %s, dan %s, dan de tabel %s. Wat waaruit is gemaakt staat in de tabel hieronder.",
		nl.Count(int64(len(l.Feeds)), "bron", "bronnen"), nl.Count(int64(len(l.Staging)), "eerste bewerking", "eerste bewerkingen"),
		nl.Count(int64(len(l.Steps)), "tabel waaruit wordt gelezen", "tabellen waaruit wordt gelezen"), l.Mart)
	return draw.Layers("fig-herkomst-"+l.Mart, "Van bron naar cijfer: waar "+l.Mart+" uit komt", desc,
		[]draw.Layer{{Head: "Geleverde bron", Boxes: l.Feeds}, {Head: "Eerste bewerking", Boxes: l.Staging}, {Head: "Gelezen tabel", Boxes: l.Steps}, {Head: "Cijfers", Boxes: []string{l.Mart}}}, l.Edges)
}

// Columns and Rows are the same as a table: of each table that the mart reads, the models before it and the feeds that these read.
func (l Lineage) Columns() []string {
	return []string{"Gelezen tabel", "Eerste bewerking", "Geleverde bron"}
}

// Caption heads that table.
func (l Lineage) Caption() string { return "Van bron naar cijfer: waar " + l.Mart + " uit komt" }

// Rows are its rows.
func (l Lineage) Rows() (out [][]any) {
	for _, step := range l.Steps {
		var staging, feeds []string
		for _, s := range l.Staging {
			if !slices.Contains(l.Edges, [2]string{s, step}) {
				continue
			}
			staging = append(staging, s)
			for _, f := range l.Feeds {
				if slices.Contains(l.Edges, [2]string{f, s}) && !slices.Contains(feeds, f) {
					feeds = append(feeds, f)
				}
			}
		}
		slices.SortFunc(feeds, ByKind)
		all := strings.Join(feeds, ", ")
		if len(feeds) == len(l.Feeds) {
			all = "alle " + nl.Int(int64(len(feeds))) + " hierboven"
		}
		out = append(out, []any{step, strings.Join(staging, ", "), all})
	}
	return out
}
