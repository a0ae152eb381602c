package trace

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"stapel/pipeline/models"
	"stapel/reports/mart"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// compute computes tables with all that they need, from the lake: nothing is taken as the run published it. What was computed before is not
// computed again.
func (t *Tracer) compute(ctx context.Context, names ...string) error {
	list, err := t.again.Models(t.all, func(model string) bool { return t.made[model] }, names...)
	if err != nil {
		return err
	}
	if err := t.bind(ctx, list); err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(m *transforms.Model) bool { return t.made[m.Name] })
	if err := models.CheckReadsWith(ctx, t.tables.Engine, list); err != nil {
		return err
	}
	return t.tables.Compute(ctx, list, func(made models.Made) error {
		t.made[made.Name] = true
		return nil
	})
}

// bind names the lines of the lake and the tables made for models, once. Of those tables each that is read has to be what it was in the run.
func (t *Tracer) bind(ctx context.Context, list []*transforms.Model) error {
	hashes := map[string]string{}
	note := func(name, sha256 string) error {
		hashes[name] = sha256
		return nil
	}
	if !t.bound {
		if err := t.tables.BindInputs(ctx, t.again.World, note); err != nil {
			return err
		}
		if err := t.tables.BindLake(ctx, t.again.World, t.again.Lake, models.LakeName); err != nil {
			return err
		}
		if err := t.tables.BindLines(ctx, t.again.Config, note); err != nil {
			return err
		}
		t.bound, t.inputs = true, hashes
	}
	for _, m := range list {
		for _, name := range m.Reads {
			if sum, is := t.inputs[name]; is {
				if err := t.again.SameTable(name, sum); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// trail is the model that says what lies under the figures of a mart.
func trail(mart string) string { return "spoor_" + mart }

// ownFigure is the row of eigen_cijfer: no key stands in the text of a query, which an error could quote.
type ownFigure struct {
	Key    string `parquet:"sleutel"`
	Column string `parquet:"kolom"`
}

// partRow is a part of a figure as the engine gives it.
type partRow struct {
	Kind   *string `parquet:"kind,optional"`
	File   *string `parquet:"bestand,optional"`
	Line   *int64  `parquet:"regel,optional"`
	Member *string `parquet:"lid,optional"`
	Sum    int64   `parquet:"deel"`
}

// under finds the lines or members of a figure, and holds their sum to it.
func (t *Tracer) under(ctx context.Context, out *Trace, id ID) error {
	name := trail(id.Table)
	if !slices.ContainsFunc(t.all, func(m *transforms.Model) bool { return m.Name == name }) {
		return fmt.Errorf("no model says what lies under mart %s", id.Table)
	}
	out.Model.Trail = name
	if err := t.compute(ctx, name); err != nil {
		return err
	}
	t.asked++
	file := func(what string) string {
		return filepath.Join(t.tables.Work, fmt.Sprintf("%s_%d.parquet", what, t.asked))
	}
	if err := typed.Write(file("cijfer"), []ownFigure{{id.Key, id.Column}}); err != nil {
		return err
	}
	if err := t.tables.Engine.Bind(ctx, models.OwnFigure, []string{file("cijfer")}, models.AsideColumns[models.OwnFigure]); err != nil {
		return err
	}
	query := fmt.Sprintf(`select s.kind, v.bestand, s.regel, s.lid, s.deel
		from %s s
		join %s e on e.sleutel = s.sleutel and e.kolom = s.kolom
		left join levering_stand v on v.kind = s.kind and v.levering = s.levering`, name, models.OwnFigure)
	if _, err := t.tables.Engine.Write(ctx, "spoor_cijfer", query, nil, file("spoor")); err != nil {
		return err
	}
	var sum int64
	sources := map[[2]string]*Source{}
	for row, err := range typed.Read[partRow](ctx, file("spoor")) {
		if err != nil {
			return err
		}
		p := Part{Kind: mart.Value(row.Kind), File: mart.Value(row.File), Line: mart.Value(row.Line), Member: mart.Value(row.Member), Sum: row.Sum}
		sum += p.Sum
		at := [2]string{p.Kind, p.File}
		if sources[at] == nil {
			sources[at] = &Source{Kind: p.Kind, File: p.File}
		}
		sources[at].Parts++
		sources[at].Sum += p.Sum
		if t.opt.Why != "" {
			out.Parts = append(out.Parts, p)
		}
	}
	got, ok := number(out.Value)
	if got != sum { // of an empty figure nothing may lie under it that counts
		return t.again.Differs("what lies under the figure does not add up to it")
	}
	if !ok {
		out.Parts = nil
		return nil
	}
	for _, s := range sources {
		out.Sources = append(out.Sources, *s)
	}
	slices.SortFunc(out.Sources, func(a, b Source) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File)) })
	slices.SortFunc(out.Parts, func(a, b Part) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Member, b.Member), cmp.Compare(a.Sum, b.Sum))
	})
	return nil
}

// number is a whole number; a count may stand in a column of numbers that need not be whole.
func number(v any) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case float64:
		return int64(n), n == float64(int64(n))
	default:
		return 0, false
	}
}
