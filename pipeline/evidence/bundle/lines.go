package bundle

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/evidence/archive"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/sample"
	"stapel/reports/csv"
	"stapel/reports/mart"
	"stapel/reports/table"
	"stapel/transforms"
)

// unknownHome is whom a line belongs to whose person is in no household, as mart kosten has it.
const unknownHome = "onbekend"

// source is a line of an extract.
type source struct {
	kind, file string
	row        int64
}

func order(a, b source) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.file, b.file), cmp.Compare(a.row, b.row))
}

// held is what the lake has of a line.
type held struct {
	person int64
	cells  []any // by lineColumns
}

// costRow is a row of mart kosten.
type costRow struct{ home, window, domain, payer, ground string }

// membership is a row of mart huishouden_lid.
type membership struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Persoon    string `parquet:"persoon_id,optional"`
}

var memberships = mart.Of[membership]("huishouden_lid")

// samples takes the work papers, the source lines that they drew, and the households that these belong to; nothing else about households.
func (c *contents) samples(ctx context.Context) error {
	papers, err := c.papers(ctx)
	if err != nil || len(papers) == 0 {
		return err
	}
	want := map[source]bool{}
	for _, p := range papers {
		c.inventory.Draws = append(c.inventory.Draws, p.Draw)
		for _, it := range p.Items {
			want[source{it.Kind, it.File, it.Row}] = true
		}
	}
	lines, err := c.fromLake(ctx, want)
	if err != nil {
		return err
	}
	homes, err := c.homesOf(ctx, lines)
	if err != nil {
		return err
	}
	c.drawnLines = len(lines)
	costs := map[costRow]bool{}
	named := map[string]bool{}
	for _, p := range papers {
		for _, it := range p.Items {
			home := homes[source{it.Kind, it.File, it.Row}]
			costs[costRow{home, it.Window, it.Domain, it.Payer, it.Ground}] = true
			if home != unknownHome {
				named[home] = true
			}
		}
	}
	c.households = len(named)
	if err := c.rowsOf(ctx, "huishouden", len(named), func(cells []any) bool { return named[cells[0].(string)] }); err != nil {
		return err
	}
	if err := c.rowsOf(ctx, "kosten", len(costs), func(cells []any) bool {
		return costs[costRow{cells[0].(string), cells[1].(string), cells[2].(string), cells[3].(string), cells[4].(string)}]
	}); err != nil {
		return err
	}
	if err := c.sources(ctx, lines, homes); err != nil {
		return err
	}
	return c.table(ctx, linesTable, drawnTable(papers, homes))
}

var drawRE = regexp.MustCompile(`^[0-9a-f]{12,64}$`)

const paperRemedy = "name the first twelve digits of a draw, or the .json file that `stapel sample` wrote"

// papers reads the work papers, holds each to the run, and takes record and workbook along.
func (c *contents) papers(ctx context.Context) (out []*sample.Paper, err error) {
	folder := filepath.Join(c.run.Folder().Reports(), "accountant")
	files := []string{}
	for _, s := range c.opt.Samples {
		if drawRE.MatchString(s) {
			s = filepath.Join(folder, "steekproef-"+s[:12]+".json")
		}
		files = append(files, strings.TrimSuffix(strings.TrimSuffix(s, ".xlsx"), ".json")+".json")
	}
	if len(files) == 0 {
		if files, err = filepath.Glob(filepath.Join(folder, "steekproef-*.json")); err != nil {
			return nil, err
		}
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, exit.Misuse(paperRemedy, "there is no record of a sample %s", filepath.Base(file))
		}
		if err != nil {
			return nil, err
		}
		p, err := sample.ReadRecord(data)
		if err != nil {
			return nil, exit.Misuse("use the .json file as it was written, or draw again with the same seed", "the record %s: %s", filepath.Base(file), err.Error())
		}
		if err := p.Of(ctx, c.run, c.cfg); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(out, func(o *sample.Paper) bool { return o.Draw == p.Draw }) {
			return nil, exit.Misuse("name it once", "the sample %s is named twice", p.Draw[:12])
		}
		out = append(out, p)
		name := path.Join(sampleFolder, "steekproef-"+p.Draw[:12])
		c.entries = append(c.entries, archive.Text(name+".json", data))
		if err := c.file(name+".xlsx", strings.TrimSuffix(file, ".json")+".xlsx"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b *sample.Paper) int { return cmp.Compare(a.Draw, b.Draw) })
	return out, nil
}

// lineColumns are the columns of a kind's lake files that go along: not who it is about, no free text, and no flags, which say something of a person and nothing of
// an amount.
func lineColumns(c *config.Contract) []table.Column {
	out := []table.Column{{Name: config.ColRegel, Kind: table.Int}, {Name: config.ColGeteld, Kind: table.Euro}}
	for _, col := range c.Columns {
		k := table.Text
		switch col.Type {
		case config.TypePersoon, config.TypeHuishouden, config.TypeTekst, config.TypeVlag:
			continue
		case config.TypeCt, config.TypeEur:
			k = table.Euro
		case config.TypeJaar:
			k = table.Year
		case config.TypeGeheel:
			k = table.Int
		case config.TypeDecimaal:
			k = table.Number
		case config.TypeDatum, config.TypeMaand:
			k = table.Day
		}
		out = append(out, table.Column{Name: col.StoredName(), Kind: k})
	}
	return out
}

// fromLake finds lines in the lake.
func (c *contents) fromLake(ctx context.Context, want map[source]bool) (map[source]held, error) {
	found := map[source]held{}
	for _, in := range c.run.Manifest.Inputs {
		rows := map[int64]bool{}
		for s := range want {
			if s.kind == in.Kind && s.file == in.File {
				rows[s.row] = true
			}
		}
		contract := c.cfg.Contracts[in.Kind]
		if len(rows) == 0 || contract == nil {
			continue
		}
		parts, err := filepath.Glob(filepath.Join(c.run.Lake.Extract(in.Kind, in.Sha256), "deel-*.parquet"))
		if err != nil {
			return nil, err
		}
		columns := append(lineColumns(contract), table.Column{Name: contract.Person(), Kind: table.Int})
		thousandths := map[int]bool{}
		for i := range columns {
			if columns[i].Kind == table.Number { // the lake has these as whole thousandths
				thousandths[i], columns[i].Kind = true, table.Int
			}
		}
		for _, part := range parts {
			each := mart.Stream(os.DirFS(filepath.Dir(part)), strings.TrimSuffix(filepath.Base(part), ".parquet"), columns, -1)
			err := each(ctx, func(cells []any) error {
				if row, ok := cells[0].(int64); ok && rows[row] {
					person, _ := cells[len(cells)-1].(int64)
					kept := slices.Clone(cells[:len(cells)-1])
					for i := range thousandths {
						if n, ok := kept[i].(int64); ok {
							kept[i] = float64(n) / 1000
						}
					}
					found[source{in.Kind, in.File, row}] = held{person, kept}
				}
				return nil
			})
			if err != nil {
				return nil, fmt.Errorf("lake, %s: %w", in.Kind, err)
			}
		}
	}
	if len(found) != len(want) {
		return nil, c.run.Differs("%d lines of samples are not in the lake", len(want)-len(found))
	}
	return found, nil
}

// homesOf says of which household each line is.
func (c *contents) homesOf(ctx context.Context, lines map[source]held) (map[source]string, error) {
	persons := map[string]string{}
	for _, h := range lines {
		persons[ingest.PersoonID(h.person)] = unknownHome
	}
	if _, err := c.run.Marts("huishouden_lid", "huishouden", "kosten"); err != nil {
		return nil, err
	}
	if err := mart.Scan(ctx, c.run.Folder().MartFS(), memberships, func(m *membership) error {
		if _, ok := persons[m.Persoon]; ok {
			persons[strings.Clone(m.Persoon)] = strings.Clone(m.Huishouden)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	homes := map[source]string{}
	for s, h := range lines {
		homes[s] = persons[ingest.PersoonID(h.person)]
	}
	return homes, nil
}

// rowsOf takes the rows of a mart that lines belong to; there have to be so many.
func (c *contents) rowsOf(ctx context.Context, name string, n int, in func(cells []any) bool) error {
	t, err := mart.TableOf(name)
	if err != nil {
		return err
	}
	var rows [][]any
	if err := mart.Stream(c.run.Folder().MartFS(), name, t.Columns, -1)(ctx, func(cells []any) error {
		if in(cells) {
			rows = append(rows, slices.Clone(cells))
		}
		return nil
	}); err != nil {
		return err
	}
	if len(rows) != n {
		return c.run.Differs("lines of samples belong to %d rows of mart %s, and it has %d of them", n, name, len(rows))
	}
	t.Each = table.Slice(rows, func(r []any) []any { return r })
	return c.table(ctx, name, t)
}

// table takes a table along as CSV.
func (c *contents) table(ctx context.Context, name string, t table.Table) error {
	var b bytes.Buffer
	t.Name, t.Level = name, transforms.LevelRij
	if err := csv.Write(ctx, &b, t); err != nil {
		return err
	}
	c.entries = append(c.entries, archive.Text(path.Join(sampleFolder, name+".csv"), b.Bytes()))
	return nil
}

// sources takes a table along for every kind, with what its lines say.
func (c *contents) sources(ctx context.Context, lines map[source]held, homes map[source]string) error {
	byKind := map[string][]source{}
	for s := range lines {
		byKind[s.kind] = append(byKind[s.kind], s)
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		slices.SortFunc(byKind[kind], order)
		t := table.Table{Columns: append(table.Named(table.Text, "bestand huishouden_id"), lineColumns(c.cfg.Contracts[kind])...)}
		t.Each = table.Slice(byKind[kind], func(s source) []any { return append([]any{s.file, homes[s]}, lines[s].cells...) })
		if err := c.table(ctx, path.Join(path.Base(sourceFolder), kind), t); err != nil {
			return err
		}
	}
	return nil
}

// drawnTable is what was drawn, a row for each line of each draw.
func drawnTable(papers []*sample.Paper, homes map[source]string) table.Table {
	type drawn struct {
		draw string
		sample.Item
	}
	var all []drawn
	for _, p := range papers {
		for _, it := range p.Items {
			all = append(all, drawn{p.Draw, it})
		}
	}
	day := func(s string) any {
		if d, err := time.Parse(time.DateOnly, s); err == nil {
			return d
		}
		return nil
	}
	columns := slices.Concat(table.Named(table.Text, "trekking"), table.Named(table.Int, "nr"), table.Named(table.Text, "kind bestand"), table.Named(table.Int, "regel"),
		table.Named(table.Text, "venster huishouden_id domein betaler grondslag"), table.Named(table.Day, "van tot"), table.Named(table.Euro, "hele_regel_ct boekwaarde_ct"))
	return table.Table{Columns: columns, Each: table.Slice(all, func(d drawn) []any {
		return []any{d.draw[:12], int64(d.Nr), d.Kind, d.File, d.Row, d.Window, homes[source{d.Kind, d.File, d.Row}], d.Domain, d.Payer, d.Ground, day(d.From), day(d.To),
			d.WholeCt, d.BookCt}
	})}
}
