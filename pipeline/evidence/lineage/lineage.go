// Package lineage says from which feeds a mart or a column of one comes, and through which models: what their headers say they read and hand on.
// A column that a header hands on goes to that column; of any other the whole of each table that its model reads may be in it.
package lineage

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/reports/draw"
	"stapel/transforms"
)

// Node is a table, or a column of one, with what it is made of.
type Node struct {
	Table  string `json:"tabel"`
	Column string `json:"kolom,omitempty"` // empty: the whole table
	// Sort is mart, model, invoer (a table made of configuration and deliveries), bron (the lines of a kind) or bronnen (of all kinds).
	Sort string `json:"soort"`
	// Precise says that the column is the column below it, by the header; else the whole tables below are what it may be made of.
	Precise bool    `json:"per_kolom,omitempty"`
	Again   bool    `json:"zie_boven,omitempty"` // it stands above, with all that is below it
	From    []*Node `json:"uit,omitempty"`
}

// Of is the lineage of MART or MART.COLUMN.
func Of(cfg *config.Config, name string) (*Node, error) {
	all, err := models.All(cfg)
	if err != nil {
		return nil, err
	}
	g := graphOf(cfg, all)
	table, column, _ := strings.Cut(name, ".")
	m := g.byName[table]
	if m == nil {
		var names []string
		for _, m := range all {
			if m.Published() {
				names = append(names, m.Name)
			}
		}
		return nil, unknown(table, names)
	}
	if column != "" {
		var names []string
		for _, c := range m.Columns {
			names = append(names, c.Name)
		}
		if !slices.Contains(names, column) {
			return nil, unknown(column, names)
		}
	}
	return g.node(table, column), nil
}

func unknown(given string, names []string) error {
	remedy := "there are " + strings.Join(names, ", ")
	if near := config.Nearest(given, names); near != "" {
		remedy = fmt.Sprintf("did you mean %s?", near)
	}
	return exit.Misuse(remedy, "there is no such table or column")
}

type graph struct {
	byName  map[string]*transforms.Model
	signals []string
	kinds   map[string]string // lines of a kind by the name of their table
	seen    map[string]bool
}

func graphOf(cfg *config.Config, all []*transforms.Model) *graph {
	g := &graph{byName: map[string]*transforms.Model{}, seen: map[string]bool{}, kinds: map[string]string{}}
	for _, m := range all {
		g.byName[m.Name] = m
		if m.Layer == transforms.Signals {
			g.signals = append(g.signals, m.Name)
		}
	}
	for _, kind := range cfg.Kinds() {
		g.kinds[models.LakeName(kind)] = kind
	}
	return g
}

// reads are the tables that one is made of, as their headers say; all signals make one table.
func (g *graph) reads(table string) []string {
	switch m := g.byName[table]; {
	case table == transforms.SignalUnion:
		return g.signals
	case m == nil:
		return nil
	default:
		return m.Reads
	}
}

func (g *graph) node(table, column string) *Node {
	n := &Node{Table: table, Column: column}
	m := g.byName[table]
	switch {
	case g.kinds[table] != "":
		n.Table, n.Sort = g.kinds[table], "bron"
		return n
	case table == models.LakeLines || table == models.LakeCosts:
		n.Sort = "bronnen"
		return n
	case table == transforms.SignalUnion:
		n.Sort = "model"
	case m == nil:
		n.Sort = "invoer"
		return n
	case m.Published():
		n.Sort = "mart"
	default:
		n.Sort = "model"
	}
	at := table + "." + column
	if g.seen[at] {
		n.Again = true
		return n
	}
	g.seen[at] = true
	if m != nil {
		if model, from := m.HandedOn(column); model != "" {
			n.Precise, n.From = true, []*Node{g.node(model, from)}
			return n
		}
	}
	for _, r := range g.reads(table) {
		n.From = append(n.From, g.node(r, ""))
	}
	return n
}

// name is a node in words.
func (n *Node) name() string {
	if n.Column != "" {
		return n.Table + "." + n.Column
	}
	return n.Table
}

// key tells a node from all others: a mart may be called as a feed is.
func (n *Node) key() string { return n.Sort + " " + n.name() }

// Tree is the lineage as text: what a table is made of stands below it, further to the right.
func (n *Node) Tree() string {
	var b strings.Builder
	n.tree(&b, "", "")
	return b.String()
}

func (n *Node) tree(b *strings.Builder, first, rest string) {
	note := map[string]string{"bron": " (bron)", "bronnen": " (regels van alle soorten)", "invoer": " (instellingen en leveringen)"}[n.Sort]
	switch {
	case n.Again:
		note = " (zie boven)"
	case n.Column != "" && !n.Precise && len(n.From) > 0:
		note = " (berekend; uit welke kolommen van de tabellen hieronder staat niet in de kop)"
	}
	fmt.Fprintf(b, "%s%s%s\n", first, n.name(), note)
	for i, child := range n.From {
		if i == len(n.From)-1 {
			child.tree(b, rest+"└─ ", rest+"   ")
		} else {
			child.tree(b, rest+"├─ ", rest+"│  ")
		}
	}
}

// Feeds are the kinds of extract that it comes from, in order.
func (n *Node) Feeds() (out []string) {
	if n.Sort == "bron" {
		out = append(out, n.Table)
	}
	for _, child := range n.From {
		out = append(out, child.Feeds()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Places in the picture, in SVG units.
const (
	boxWidth, boxHeight = 176.0, 22.0
	stepX, stepY        = 224.0, 28.0
	letters             = 11.0
)

// Picture draws the lineage from feeds on the left to the figure on the right. Feeds are filled and have a thick edge, so that grey tells them too.
func (n *Node) Picture() draw.Figure {
	depth, order := map[string]int{}, []*Node{}
	n.depths(0, depth, &order)
	deepest := 0
	for _, d := range depth {
		deepest = max(deepest, d)
	}
	rows, at := make([]int, deepest+1), map[string][2]float64{}
	for _, node := range order {
		name := node.key()
		if _, placed := at[name]; placed {
			continue
		}
		d := depth[name]
		if node.Sort == "bron" {
			d = deepest
		}
		at[name] = [2]float64{8 + float64(deepest-d)*stepX, 8 + float64(rows[d])*stepY}
		rows[d]++
	}
	var c draw.Canvas
	drawn := map[string]bool{}
	for _, node := range order {
		for _, child := range node.From {
			edge := child.key() + ">" + node.key()
			if !drawn[edge] {
				drawn[edge] = true
				a, b := at[child.key()], at[node.key()]
				c.Line(a[0]+boxWidth, a[1]+boxHeight/2, b[0], b[1]+boxHeight/2, draw.Muted, 0.7)
			}
		}
	}
	for _, node := range order {
		name := node.name()
		if drawn[node.key()] {
			continue
		}
		drawn[node.key()] = true
		p, edge := at[node.key()], 0.8
		if node.Sort == "bron" || node == n {
			edge = 2
		}
		c.Rect(p[0], p[1], boxWidth, boxHeight, draw.Filled(draw.White).Edged(draw.Navy, edge), name)
		c.Text(p[0]+6, p[1]+15, letters, draw.Start, draw.Filled(draw.Ink), draw.Fit(name, letters, boxWidth-10))
	}
	width, height := 16+float64(deepest)*stepX+boxWidth, 16+float64(slices.Max(rows))*stepY
	desc := fmt.Sprintf("%s komt uit %s, langs %d tabellen. stapel lineage %s geeft hetzelfde als tekst.", n.name(), strings.Join(n.Feeds(), ", "),
		len(at), n.name())
	return c.Figure("herkomst", "herkomst-"+strings.ReplaceAll(n.name(), ".", "-"), "Herkomst van "+n.name(), desc, width, height)
}

// depths finds how many steps each table lies from the figure at most.
func (n *Node) depths(d int, depth map[string]int, order *[]*Node) {
	name := n.key()
	if at, there := depth[name]; !there || d > at {
		depth[name] = d
	}
	*order = append(*order, n)
	for _, child := range n.From {
		child.depths(d+1, depth, order)
	}
}

// SVG is the picture as a file of its own.
func (n *Node) SVG() template.HTML {
	return template.HTML(strings.Replace(string(n.Picture().SVG), "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `, 1)) + "\n"
}
