package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/control"
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
	wholePrefix  = "geheel_" // a kind's lines of everybody
	ownLines     = "eigen_regel"
)

// replay computes models of a reopened run for one household.
type replay struct {
	*reopened
	engine  Engine
	work    string // folder for what is computed
	persons []int64
}

// bind names the tables made for the models, after comparing those that are needed with the run's, and every kind as a whole.
func (p *replay) bind(ctx context.Context, models []*transforms.Model) error {
	inputs := p.world.inputs()
	files, err := writeInputs(p.work, inputs)
	if err != nil {
		return err
	}
	for _, in := range inputs {
		needed := slices.ContainsFunc(models, func(m *transforms.Model) bool { return slices.Contains(m.Reads, in.name) })
		if needed {
			_, sum, err := control.HashFile(files[in.name])
			if err != nil {
				return err
			}
			if err := p.sameTable(in.name, sum); err != nil {
				return err
			}
		}
		if err := p.engine.Bind(ctx, in.name, []string{files[in.name]}, in.columns); err != nil {
			return err
		}
	}
	for _, kind := range p.cfg.Kinds() {
		parts, columns := p.world.parts(p.lake, kind), lakeColumns(p.cfg.Contracts[kind])
		for _, name := range []string{wholePrefix + kind, lakeName(kind)} {
			if err := p.engine.Bind(ctx, name, parts, columns); err != nil {
				return err
			}
		}
	}
	if err := p.sameTable(lakeLines, hashText(lakeLinesQuery(p.cfg))); err != nil {
		return err
	}
	return p.bindPublished(ctx)
}

// bindPublished names what the run published of models about everybody.
func (p *replay) bindPublished(ctx context.Context) error {
	all, err := Models(p.cfg)
	if err != nil {
		return err
	}
	for _, m := range all {
		mart := asPublished[m.Name]
		if mart == "" {
			continue
		}
		files, err := p.marts(mart)
		if err != nil {
			return err
		}
		if err := p.engine.Bind(ctx, m.Name, []string{files[mart]}, m.Columns); err != nil {
			return err
		}
	}
	return p.engine.View(ctx, lakeLines, lakeLinesQuery(p.cfg))
}

// narrow binds every kind to the lines that the household needs; kinds that no model reads are empty.
func (p *replay) narrow(ctx context.Context, models []*transforms.Model) error {
	own := numbers(p.persons)
	// the spells of the persons name their parents, whose spells say where a minor belongs
	around := fmt.Sprintf(`select persoon_ps from %[1]s where persoon_ps in (%[2]s)
		union select ouder1_ps from %[1]s where persoon_ps in (%[2]s) union select ouder2_ps from %[1]s where persoon_ps in (%[2]s)`,
		wholePrefix+kindHousehold, own)
	var lines []string
	for _, kind := range p.cfg.Kinds() {
		contract := p.cfg.Contracts[kind]
		columns := lakeColumns(contract)
		needed := slices.ContainsFunc(models, func(m *transforms.Model) bool { return slices.Contains(m.Reads, lakeName(kind)) })
		if !needed || !slices.ContainsFunc(contract.Columns, func(c config.Column) bool { return c.Name == personColumn }) {
			if err := p.engine.Bind(ctx, lakeName(kind), nil, columns); err != nil {
				return err
			}
			continue
		}
		persons := own
		if kind == kindHousehold {
			persons = around
		}
		where := fmt.Sprintf("k.%s in (%s)", personColumn, persons)
		for _, c := range companions[kind] {
			where += fmt.Sprintf(" or %s in (select %s from %s%s as k where k.%s in (%s))", key(c.columns), key(c.columns), wholePrefix, c.from,
				personColumn, own)
		}
		file := filepath.Join(p.work, lakeName(kind)+".parquet")
		query := fmt.Sprintf("select * from %s%s as k where %s", wholePrefix, kind, where)
		if _, err := p.engine.Write(ctx, lakeName(kind), query, []string{config.ColLevering, config.ColRegel}, file); err != nil {
			return err
		}
		if err := p.engine.Bind(ctx, lakeName(kind), []string{file}, columns); err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("select '%s' as kind, levering, regel from %s where %s in (%s)", kind, lakeName(kind), personColumn, own))
	}
	if err := p.engine.View(ctx, ownLines, strings.Join(lines, " union all ")); err != nil {
		return err
	}
	return p.engine.View(ctx, lakeLines, lakeLinesQuery(p.cfg))
}

// key joins columns into one text; a line without one of them has no key.
func key(columns []string) string {
	var parts []string
	for _, c := range columns {
		parts = append(parts, "k."+c)
	}
	return strings.Join(parts, " || ' ' || ")
}

func numbers(keys []int64) string {
	var out []string
	for _, k := range keys {
		out = append(out, strconv.FormatInt(k, 10))
	}
	return strings.Join(out, ", ")
}

// compute runs models in order, views as views and the rest as small tables, and compares each with its header.
func (p *replay) compute(ctx context.Context, models []*transforms.Model) error {
	if err := checkReads(ctx, p.engine, models); err != nil {
		return err
	}
	for _, m := range models {
		if m.Func != nil {
			return fmt.Errorf("model %s is in Go and can't be computed for one household", m.Name)
		}
		if m.View {
			if err := p.engine.View(ctx, m.Name, m.SQL); err != nil {
				return faultOf(m, err)
			}
		} else {
			file := filepath.Join(p.work, m.Name+".parquet")
			if _, err := p.engine.Write(ctx, m.Name, m.SQL, m.Grain, file); err != nil {
				return faultOf(m, err)
			}
			if err := p.engine.Bind(ctx, m.Name, []string{file}, m.Columns); err != nil {
				return err
			}
		}
		if err := conforms(ctx, p.engine, m, m.Columns); err != nil {
			return faultOf(m, err)
		}
	}
	return nil
}
