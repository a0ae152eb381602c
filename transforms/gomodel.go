package transforms

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"stapel/transforms/functions"
	"stapel/transforms/typed"
)

// goFiles are the sources of the models in Go and of all of this program that they call, but for tests. A test holds the list to
// what the compiler takes.
//
//go:embed functions/balans.go functions/betaler_matrix.go functions/claim_toets.go functions/doorlooptijd.go functions/doorlooptijd_maat.go functions/dreiging.go functions/effect.go functions/effect_deelnemer.go
//go:embed functions/effect_lezen.go functions/effect_maand.go functions/effect_rijp.go functions/effect_studie.go
//go:embed functions/functions.go functions/hindernis.go functions/ijking_maat.go functions/overgang.go functions/pad.go
//go:embed functions/pad_stap.go functions/patroon.go functions/patterns.go functions/rijpheid.go functions/rijpheid_kind.go functions/runoff.go
//go:embed functions/runoff_estimate.go functions/uitkomst.go functions/verwachting.go
//go:embed effect/ahead.go effect/analyse.go effect/balance.go effect/claims.go effect/detect.go effect/doc.go effect/form.go effect/frozen.go effect/judge.go effect/lottery.go effect/match.go
//go:embed effect/measure.go effect/months.go effect/naive.go effect/noted.go effect/outcomes.go effect/parts.go effect/payers.go effect/placebo.go effect/pool.go
//go:embed effect/probes.go effect/propensity.go effect/row.go effect/sorted.go effect/staggered.go effect/stand.go effect/stay.go effect/verdict.go effect/window.go
//go:embed estimate/balance.go estimate/bootstrap.go estimate/detect.go estimate/did.go estimate/doc.go estimate/fixed.go estimate/incidence.go
//go:embed estimate/inequality.go estimate/leastsquares.go estimate/lin.go estimate/logit.go estimate/logrank.go estimate/masses.go estimate/match.go
//go:embed estimate/matchspace.go estimate/multiple.go estimate/multiplier.go estimate/ols.go estimate/parallel.go estimate/poisson.go estimate/power.go estimate/proportion.go estimate/quantile.go
//go:embed estimate/randomise.go estimate/rising.go estimate/regressmean.go estimate/regressnear.go estimate/runoff.go estimate/shrink.go estimate/simultaneous.go
//go:embed estimate/staggered.go estimate/staggered_band.go estimate/staggered_cell.go estimate/staggered_sum.go estimate/stream.go estimate/survival.go
//go:embed keyed/keyed.go typed/beside.go typed/column.go typed/model.go typed/read.go typed/write.go
var goFiles embed.FS

var goHeaderRE = regexp.MustCompile(`(?s)\n/\*\n(name: .*?)\*/\n`)

// goModels reads the headers of the models in Go from their sources, and holds their rows to them.
func goModels(sources fs.FS) ([]*Model, error) {
	list, err := functions.Models()
	if err != nil {
		return nil, fmt.Errorf("transforms/functions: %w", err)
	}
	var out []*Model
	for _, f := range list {
		file := "functions/" + f.Name + ".go"
		data, err := fs.ReadFile(sources, file)
		if err != nil {
			return nil, err
		}
		m, err := parseGo("transforms/"+file, Layer(f.Layer), data, f.Func)
		if err != nil {
			return nil, err
		}
		if m.Sha256, err = goSum(sources, file); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// parseGo reads the header of a model that is a Go function: a comment of the same form in the file that holds it.
func parseGo(file string, layer Layer, source []byte, fn *typed.Func) (*Model, error) {
	loc := goHeaderRE.FindSubmatchIndex(source)
	if loc == nil {
		return nil, fmt.Errorf("%s: a model in Go has a header between /* and */ that begins with its name", file)
	}
	m, err := parseHeader(file, ".go", layer, source, loc[2:4])
	if err != nil {
		return nil, err
	}
	if m.View || m.Check != nil {
		return nil, fmt.Errorf("%s: header: a model in Go is a table, no view and no check", file)
	}
	m.Func = fn
	var reads []string
	for _, r := range fn.Reads {
		reads = append(reads, r.Table)
	}
	if slices.Sort(reads); !slices.Equal(reads, slices.Sorted(slices.Values(m.Reads))) {
		return nil, fmt.Errorf("%s: it reads %v in its header, %v in its types", file, m.Reads, reads)
	}
	var want, gives []string
	column := func(name, typ string, empty bool) string {
		if empty && m.Published() {
			typ += " that may be empty"
		}
		return name + " " + typ
	}
	for _, c := range m.Columns {
		want = append(want, column(c.Name, c.Type.SQLType(), c.Empty))
	}
	for _, c := range fn.Gives {
		gives = append(gives, column(c.Name, c.Type, c.Optional))
	}
	if !slices.Equal(gives, want) {
		return nil, fmt.Errorf("%s: its header has the columns %s; its rows have %s", file, strings.Join(want, ", "), strings.Join(gives, ", "))
	}
	return m, nil
}

// ColumnsOf are the columns of row type T, as a header would have them: numbers are aantal, whatever they count.
func ColumnsOf[T any]() ([]Column, error) {
	columns, err := typed.Columns[T]()
	var out []Column
	for _, c := range columns {
		out = append(out, Column{Name: c.Name, Type: rowTypes[c.Type]})
	}
	return out, err
}

var rowTypes = map[string]ColumnType{"BIGINT": Aantal, "DATE": Datum, "DOUBLE": Aandeel, "VARCHAR": Tekst, "BOOLEAN": Vlag}

// goSum is the hash of a model in Go: that of the lines of sha256sum for its own file and then for every file of goFiles in the order of
// their names. What one model calls is not told from what another does, so a change in any of these files changes the hash of all
// of them. The versions of libraries are the program's.
func goSum(sources fs.FS, own string) (string, error) {
	names := []string{own}
	err := fs.WalkDir(sources, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	slices.Sort(names[1:])
	var lines []byte
	for _, name := range names {
		data, err := fs.ReadFile(sources, name)
		if err != nil {
			return "", err
		}
		lines = fmt.Appendf(lines, "%s  transforms/%s\n", hash(data), name)
	}
	return hash(lines), nil
}

// checkRows holds the rows that models in Go read to the headers of those tables, and to the columns of inputs.
func checkRows(models []*Model, inputs []Input) error {
	tables := map[string][]Column{}
	for _, in := range inputs {
		tables[in.Name] = in.Columns
	}
	for _, m := range models {
		if !m.View { // there is no file of it
			tables[m.Name] = m.Columns
		}
	}
	for _, m := range models {
		if m.Func == nil {
			continue
		}
		for _, r := range m.Func.Reads {
			columns := tables[r.Table]
			if columns == nil {
				return fmt.Errorf("%s: %s is no table that a model in Go can read", m.File, r.Table)
			}
			for _, c := range r.Columns {
				at := slices.IndexFunc(columns, func(of Column) bool { return of.Name == c.Name })
				if at < 0 {
					return fmt.Errorf("%s: table %s has no column %s", m.File, r.Table, c.Name)
				}
				if typ := columns[at].Type.SQLType(); typ != c.Type {
					return fmt.Errorf("%s: table %s: column %s is %s, and %s in the row that is read", m.File, r.Table, c.Name, typ, c.Type)
				}
			}
		}
	}
	return nil
}
