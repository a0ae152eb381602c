package bundle

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/mus"
	"stapel/pipeline/sample"
	reportcsv "stapel/reports/csv"
)

// samples holds what was drawn to the work papers: every line that was drawn is there once with its source, and no other; their amounts add up to what the
// papers say; and the rows about households are those that the lines belong to.
func (c *checking) samples(context.Context) error {
	var papers []*sample.Paper
	draws := []string{}
	for _, name := range slices.Sorted(maps.Keys(c.entries)) {
		if path.Dir(name) != sampleFolder || path.Ext(name) != ".json" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		p, err := sample.ReadRecord(data)
		if err != nil || p.Run != c.inventory.Run || name != path.Join(sampleFolder, "steekproef-"+p.Draw[:12]+".json") {
			c.say(verify.Changed, name, "geen vastlegging van een steekproef uit deze run, of de trekking erin is veranderd", askAgain)
			continue
		}
		for _, part := range p.Parts {
			if what := addsUp(p, part); what != "" {
				c.say(verify.Identity, name, what, "meld dit")
			}
		}
		papers, draws = append(papers, p), append(draws, p.Draw)
	}
	slices.Sort(draws)
	if !slices.Equal(draws, c.inventory.Draws) {
		c.say(verify.Changed, inventoryFile, "noemt andere steekproeven dan er in de bundel zitten", askAgain)
	}
	slices.SortFunc(papers, func(a, b *sample.Paper) int { return strings.Compare(a.Draw, b.Draw) })
	c.result.Draws = len(papers)
	if len(papers) == 0 {
		for name := range c.entries {
			if strings.HasPrefix(name, sampleFolder+"/") {
				c.say(verify.Extra, name, "hoort bij geen enkele steekproef", askAgain)
			}
		}
		return nil
	}
	return c.drawn(papers)
}

// addsUp says in Dutch what of a part of a population is not what its lines give; "" when all of it is.
func addsUp(p *sample.Paper, part mus.Part) string {
	tops, hits, top := 0, 0, int64(0)
	for _, it := range p.Items {
		switch {
		case it.Side != part.Side:
		case it.Top:
			tops, top = tops+1, top+max(it.BookCt, -it.BookCt)
		default:
			hits += it.Hits
		}
	}
	if tops != part.TopLines || top != part.Top || hits != part.Hits {
		return fmt.Sprintf("de getrokken regels zijn niet die van de opzet: %d regels geheel gecontroleerd en %d treffers, volgens de opzet %d en %d", tops, hits, part.TopLines, part.Hits)
	}
	return ""
}

// drawn holds the tables of lines and households to the papers.
func (c *checking) drawn(papers []*sample.Paper) error {
	bad := func(table, what string) {
		c.say(verify.Identity, path.Join(sampleFolder, table+".csv"), what, askAgain)
	}
	lines, err := c.rows(linesTable)
	if err != nil {
		bad(linesTable, "niet te lezen")
		return nil
	}
	homes := map[source]string{}
	for _, r := range lines {
		row, _ := strconv.ParseInt(r["regel"], 10, 64)
		homes[source{r["kind"], r["bestand"], row}] = r["huishouden_id"]
	}
	want, err := c.expected(papers, homes)
	if err != nil {
		return err
	}
	if got, err := os.ReadFile(filepath.Join(c.dir, sampleFolder, linesTable+".csv")); err != nil || !bytes.Equal(got, want) {
		bad(linesTable, "niet de regels die in de werkbladen staan")
	}
	c.result.Lines = len(homes)
	c.sourceLines(papers, homes, bad)

	type sum struct {
		n  int64
		ct int64
	}
	named, costs := map[string]bool{}, map[costRow]sum{}
	seen := map[string]bool{}
	for _, p := range papers {
		for _, it := range p.Items {
			home := homes[source{it.Kind, it.File, it.Row}]
			if home != unknownHome {
				named[home] = true
			}
			key := costRow{home, it.Window, it.Domain, it.Payer, it.Ground}
			if once := fmt.Sprint(it.Kind, "/", it.File, "/", it.Row, "/", it.Window); !seen[once] {
				seen[once] = true
				s := costs[key]
				costs[key] = sum{s.n + 1, s.ct + it.BookCt}
			}
		}
	}
	c.result.Households = len(named)
	rows, err := c.rows("huishouden")
	if err != nil {
		bad("huishouden", "niet te lezen")
	}
	for _, r := range rows {
		if !named[r["huishouden_id"]] {
			bad("huishouden", "er staat een huishouden in waar geen getrokken regel bij hoort, of een twee keer")
		}
		delete(named, r["huishouden_id"])
	}
	if len(named) > 0 {
		bad("huishouden", fmt.Sprintf("van %d huishoudens van getrokken regels is de rij weg", len(named)))
	}
	if rows, err = c.rows("kosten"); err != nil {
		bad("kosten", "niet te lezen")
	}
	for _, r := range rows {
		key := costRow{r["huishouden_id"], r["venster"], r["domein"], r["betaler"], r["grondslag"]}
		s, there := costs[key]
		n, err := strconv.ParseInt(r["regels"], 10, 64)
		ct, ok := cents(r["bedrag_eur"])
		switch {
		case !there:
			bad("kosten", "er staat een som in waar geen getrokken regel bij hoort, of een twee keer")
		case err != nil || !ok || n < s.n || n == s.n && ct != s.ct:
			bad("kosten", "van een som zijn alle regels getrokken, en ze tellen niet tot die som op")
		}
		delete(costs, key)
	}
	if len(costs) > 0 {
		bad("kosten", fmt.Sprintf("van %d sommen waar getrokken regels bij horen is de rij weg", len(costs)))
	}
	return nil
}

// expected is the table of lines as it has to be, given the households of lines.
func (c *checking) expected(papers []*sample.Paper, homes map[source]string) ([]byte, error) {
	made := &contents{}
	if err := made.table(context.Background(), linesTable, drawnTable(papers, homes)); err != nil {
		return nil, err
	}
	return made.entries[0].Read()
}

// sourceLines holds what the source says of lines to the papers: each line once, no other, and the amount where the line has one of its own.
func (c *checking) sourceLines(papers []*sample.Paper, homes map[source]string, bad func(table, what string)) {
	whole := map[source]int64{}
	for _, p := range papers {
		for _, it := range p.Items {
			whole[source{it.Kind, it.File, it.Row}] = it.WholeCt
		}
	}
	kinds := map[string]bool{}
	for s := range whole {
		kinds[s.kind] = true
	}
	for name := range c.entries {
		if kind := strings.TrimSuffix(path.Base(name), ".csv"); path.Dir(name) == sourceFolder && !kinds[kind] {
			bad("bron/"+kind, "van deze soort is geen regel getrokken")
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		table := "bron/" + kind
		rows, err := c.rows(table)
		if err != nil {
			bad(table, "niet te lezen")
			continue
		}
		own := c.ownAmount(kind)
		for _, r := range rows {
			row, _ := strconv.ParseInt(r["regel"], 10, 64)
			s := source{kind, r["bestand"], row}
			ct, there := whole[s]
			counted, ok := cents(r["geteld_eur"])
			switch {
			case !there:
				bad(table, "er staat een regel in die niet getrokken is, of een twee keer")
			case r["huishouden_id"] != homes[s]:
				bad(table, fmt.Sprintf("regel %d van %s staat bij een ander huishouden dan in %s.csv", row, s.file, linesTable))
			case own && (!ok || counted != ct):
				bad(table, fmt.Sprintf("regel %d van %s heeft een ander bedrag dan het werkblad", row, s.file))
			}
			delete(whole, s)
		}
	}
	if len(whole) > 0 {
		bad(linesTable, fmt.Sprintf("van %d getrokken regels is weg wat er in de bron staat", len(whole)))
	}
}

// ownAmount reports whether each line of a kind has an amount of its own, which its contract says. A benefit is shared, and a traject has a price.
func (c *checking) ownAmount(kind string) bool {
	for _, origin := range []string{"eigen", "ingebouwd"} {
		name := path.Join(configFolder, origin, "feeds", kind+".yaml")
		data, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(name)))
		if err != nil {
			continue
		}
		contract, err := config.ParseContract(name, data)
		return err == nil && contract.Cost != nil && contract.Cost.Per == config.PerRegel
	}
	return false
}

// rows reads a table of the sample.
func (c *checking) rows(name string) ([]map[string]string, error) {
	data, err := os.ReadFile(filepath.Join(c.dir, sampleFolder, filepath.FromSlash(name)+".csv"))
	if err != nil {
		return nil, err
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	in.Comma = ';'
	all, err := in.ReadAll()
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("%s is no table", name)
	}
	var out []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = reportcsv.Plain(cells[i])
		}
		out = append(out, row)
	}
	return out, nil
}

// cents reads an amount as CSV files have it.
func cents(text string) (int64, bool) {
	whole, part, ok := strings.Cut(text, ",")
	if !ok || len(part) != 2 {
		return 0, false
	}
	ct, err := strconv.ParseInt(whole+part, 10, 64)
	return ct, err == nil
}
