package explain

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/transforms"
)

// A household's figures depend on few lines of the lake. To compute them again, every kind is bound to those lines alone, and
// the models of the run do the rest. Which lines: those of its persons, those of others that decide about them (companions),
// and the spells of parents, who decide where a minor belongs.

// A companion is a line that shares a key with a line of the household in kind from: of a benefit all persons are needed to
// split its amount, of an allocation all lines to know the newest.
type companion struct {
	from    string
	columns []string
}

var companions = map[string][]companion{
	"wmo_toewijzing": {{"wmo_toewijzing", []string{"gemeentecode", "toewijzing_nummer"}},
		{"wmo_declaratie", []string{"gemeentecode", "toewijzing_nummer"}}},
	"jeugd_toewijzing": {{"jeugd_toewijzing", []string{"gemeentecode", "toewijzing_nummer"}},
		{"jeugd_declaratie", []string{"gemeentecode", "toewijzing_nummer"}}},
	"participatie_uitkering": {{"participatie_uitkering", []string{"gemeentecode", "registratienummer"}}},
	"schuldhulp_traject":     {{"schuldhulp_traject", []string{"gemeentecode", "traject_id"}}},
	"maatwerk_plan":          {{"maatwerk_plan", []string{"casusnummer"}}},
}

// wholeLake are the models that look at lines of everybody: they are computed before the lake is narrowed.
var wholeLake = []string{"uzovi_levering", "zvw_verzekeraar"}

// asPublished are the models about everybody that a run publishes as it computed them, and the mart that has their rows: they are taken
// from there.
var asPublished = map[string]string{"koppel_oordeel": "koppelgraad"}

const (
	personColumn = "persoon_ps"
	households   = "huishouden"
)

// replay computes models of a reopened run for one household.
type replay struct {
	*published.Reopened
	tables models.Tables
}

// taken reports whether a model is taken as the run published it: the marts, and what has the rows of one.
func taken(all []*transforms.Model) func(model string) bool {
	return func(model string) bool {
		return asPublished[model] != "" || slices.ContainsFunc(all, func(m *transforms.Model) bool { return m.Name == model && m.Published() })
	}
}

// householdKey and personKey are rows of the tables of the household and its persons.
type householdKey struct {
	Key int64  `parquet:"huishouden"`
	ID  string `parquet:"huishouden_id"`
}

type personKey struct {
	Key int64 `parquet:"persoon"`
}

// bind names the tables made for the models, after comparing those that are needed with the run's, every kind as a whole, and what the run
// published of models about everybody.
func (p *replay) bind(ctx context.Context, all, needed []*transforms.Model) error {
	same := func(name, sha256 string) error {
		if slices.ContainsFunc(needed, func(m *transforms.Model) bool { return slices.Contains(m.Reads, name) }) {
			return p.SameTable(name, sha256)
		}
		return nil
	}
	if err := p.tables.BindInputs(ctx, p.World, same); err != nil {
		return err
	}
	for _, name := range []func(kind string) string{whole, models.LakeName} {
		if err := p.tables.BindLake(ctx, p.World, p.Lake, name); err != nil {
			return err
		}
	}
	for _, m := range all {
		mart := asPublished[m.Name]
		if mart == "" {
			continue
		}
		files, err := p.Marts(mart)
		if err != nil {
			return err
		}
		if err := p.tables.Engine.Bind(ctx, m.Name, []string{files[mart]}, m.Columns); err != nil {
			return err
		}
	}
	return p.tables.BindLines(ctx, p.Config, same)
}

// whole is the table of a kind's lines of everybody.
func whole(kind string) string { return "geheel_" + kind }

// narrow binds every kind to the lines that the household needs; kinds that no model reads are empty. These queries are no models: there is
// one for every kind of the configuration, about the columns that its contract has, and all they do is leave lines out.
func (p *replay) narrow(ctx context.Context, list []*transforms.Model) error {
	const own = "select persoon from " + models.OwnPersons
	// the spells of the persons name their parents, whose spells say where a minor belongs
	around := fmt.Sprintf(`select persoon_ps from %[1]s where persoon_ps in (%[2]s)
		union select ouder1_ps from %[1]s where persoon_ps in (%[2]s) union select ouder2_ps from %[1]s where persoon_ps in (%[2]s)`,
		whole(households), own)
	for _, kind := range p.Config.Kinds() {
		contract := p.Config.Contracts[kind]
		columns := models.LakeColumns(contract)
		needed := slices.ContainsFunc(list, func(m *transforms.Model) bool { return models.ReadsKind(m, contract) })
		if !needed || !slices.ContainsFunc(contract.Columns, func(c config.Column) bool { return c.Name == personColumn }) {
			if err := p.tables.Engine.Bind(ctx, models.LakeName(kind), nil, columns); err != nil {
				return err
			}
			continue
		}
		persons := own
		if kind == households {
			persons = around
		}
		where := fmt.Sprintf("k.%s in (%s)", personColumn, persons)
		for _, c := range companions[kind] {
			where += fmt.Sprintf(" or %s in (select %s from %s as k where k.%s in (%s))", key(c.columns), key(c.columns), whole(c.from),
				personColumn, own)
		}
		file := filepath.Join(p.tables.Work, models.LakeName(kind)+".parquet")
		query := fmt.Sprintf("select * from %s as k where %s", whole(kind), where)
		if _, err := p.tables.Engine.Write(ctx, models.LakeName(kind), query, []string{config.ColLevering, config.ColRegel}, file); err != nil {
			return err
		}
		if err := p.tables.Engine.Bind(ctx, models.LakeName(kind), []string{file}, columns); err != nil {
			return err
		}
	}
	return p.tables.BindLines(ctx, p.Config, func(string, string) error { return nil })
}

// key joins columns into one text; a line without one of them has no key.
func key(columns []string) string {
	var parts []string
	for _, c := range columns {
		parts = append(parts, "k."+c)
	}
	return strings.Join(parts, " || ' ' || ")
}

// compute computes models, after holding them to the tables that their headers name.
func (p *replay) compute(ctx context.Context, list []*transforms.Model) error {
	if err := models.CheckReadsWith(ctx, p.tables.Engine, list); err != nil {
		return err
	}
	for _, m := range list {
		if m.Func != nil {
			return fmt.Errorf("model %s is in Go and can't be computed for one household", m.Name)
		}
	}
	return p.tables.Compute(ctx, list, func(models.Made) error { return nil })
}
