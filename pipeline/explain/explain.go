// Package explain shows one household of a published run over three years. What the run did not publish is computed again from the same
// extracts with the same models, for that household alone, and has to give the figures of the run to the cent.
package explain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/reports/dossier"
	"stapel/reports/mart"
	"stapel/reports/seen"
	"stapel/transforms"
)

// Options say which household of which run to explain, and why somebody looks.
type Options struct {
	Data      string
	Run       string // run id; empty: the latest
	Household string // h- and 16 hex digits
	Why       string // logged before anything is looked up
	Copy      bool   // what is shown is also written to a file: logged as such
	Version   string
	// Load reads the configuration, with single settings overridden as flags do.
	Load func(set map[string]any) (*config.Config, error)
	// engine.Engine opens an engine with the settings of a configuration.
	Engine func(cfg *config.Config) engine.Open
	// Synthetic reports whether a key (its fingerprint) is that of the sample.
	Synthetic func(key string) bool
}

// Household gathers what is known of one household of a published run. What the run did not publish is computed again from the same
// extracts with the same models, and has to give the figures of the run to the cent; otherwise nothing is returned. A
// household that is excluded and one that does not exist give the same error.
func Household(ctx context.Context, opt Options) (_ *dossier.Dossier, err error) {
	why, err := access.Because(opt.Why, "an explanation shows the life of one household")
	if err != nil {
		return nil, err
	}
	if _, err := published.HouseholdKey(opt.Household); err != nil {
		return nil, err
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, false)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	what := "explain"
	if opt.Copy {
		what = "explain --html"
	}
	if err := why.Log(opt.Data, access.Look{What: what, Run: run.ID(), Home: opt.Household}); err != nil {
		return nil, err
	}
	e, done, err := ask(ctx, run, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	e.id = opt.Household
	if err := e.gather(ctx); err != nil {
		return nil, interrupted(ctx, err)
	}
	e.describe(opt)
	return e.d, nil
}

// interrupted is what came of it, or that it was broken off.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
	}
	return err
}

// ask opens a run again, and an engine to ask about its households. done lets go of both.
func ask(ctx context.Context, run *published.Run, opt Options) (_ *explanation, done func() error, err error) {
	again, err := published.Reopen(run, opt.Load)
	if err != nil {
		return nil, nil, err
	}
	work, err := run.Lake.Work("explain-")
	if err != nil {
		return nil, nil, err
	}
	away := func() error { return os.RemoveAll(work) }
	dirs := append(models.Folders(run.Lake, again.Config), run.Folder().Marts(), work)
	engine, err := opt.Engine(again.Config)(ctx, dirs, filepath.Join(work, "spill"))
	if err != nil {
		return nil, nil, errors.Join(err, away())
	}
	return newExplanation(again, engine, work, ""), func() error { return errors.Join(engine.Close(), away()) }, nil
}

// explanation fills a dossier.
type explanation struct {
	replay
	all     []*transforms.Model
	list    []*transforms.Model // that say what is shown, and those that they need; set once what is about everybody is bound and computed
	links   []seen.Link         // of the run: how well kinds link, and how far each can be relied on
	sources seen.Sources
	d       *dossier.Dossier
	id      string
	members []memberRow
	running runningRow
}

func newExplanation(again *published.Reopened, engine engine.Engine, work, id string) *explanation {
	r := replay{Reopened: again, tables: models.Tables{Engine: engine, Work: work, Sorted: true}}
	return &explanation{replay: r, d: &dossier.Dossier{}, id: id}
}

// memberRow is a row of mart huishouden_lid.
type memberRow struct {
	Persoon      string `parquet:"persoon_id,optional"`
	Geboortejaar int64  `parquet:"geboortejaar,optional"`
	Plhh         string `parquet:"plhh,optional"`
	Aangehecht   bool   `parquet:"aangehecht,optional"`
}

var _ = mart.Of[memberRow]("huishouden_lid")

// runningRow is a row of zorg_nu.
type runningRow struct {
	Voorzieningen int64 `parquet:"voorzieningen,optional"`
	Aanbieders    int64 `parquet:"aanbieders,optional"`
}

// explained are the models that say what an explanation shows beside the marts.
var explained = []string{"uitleg_persoon", "uitleg_verblijf", "uitleg_regel", "uitleg_maand", "uitleg_plan", "uitleg_opmerking", "uitleg_dekking",
	"uitleg_bekend", "uitleg_zorg_nu"}

// prepare binds and computes what is about everybody, once for all households that are asked about.
func (e *explanation) prepare(ctx context.Context) (err error) {
	if e.list != nil {
		return nil
	}
	if e.all, err = models.All(e.Config); err != nil {
		return err
	}
	if e.links, err = seen.Links(ctx, e.Folder().MartFS()); err != nil {
		return err
	}
	if e.sources, err = e.Sources(ctx); err != nil {
		return err
	}
	list, err := e.needed()
	if err != nil {
		return err
	}
	if err := e.bind(ctx, e.all, list); err != nil {
		return err
	}
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(list), func(m *transforms.Model) bool { return !forAll(m) })); err != nil {
		return err
	}
	e.list = list
	return nil
}

// forAll reports whether a model looks at lines of everybody.
func forAll(m *transforms.Model) bool { return slices.Contains(wholeLake, m.Name) }

// another is an explanation of another household of the run, with the same engine and what is about everybody, in a folder of its own.
func (e *explanation) another(work, id string) *explanation {
	other := newExplanation(e.Reopened, e.tables.Engine, work, id)
	other.all, other.list, other.links, other.sources = e.all, e.list, e.links, e.sources
	return other
}

// gather finds what there is to show of the household.
func (e *explanation) gather(ctx context.Context) error {
	if err := e.prepare(ctx); err != nil {
		return err
	}
	if err := e.published(ctx); err != nil {
		return err
	}
	if err := e.again(ctx); err != nil {
		return err
	}
	return e.show(ctx)
}

// again computes the models that do not look at one household, from the lines that the persons need.
func (e *explanation) again(ctx context.Context) error {
	if err := e.narrow(ctx, e.list); err != nil {
		return err
	}
	return e.compute(ctx, slices.DeleteFunc(slices.Clone(e.list), func(m *transforms.Model) bool { return forAll(m) || shows(m) }))
}

// show computes and reads what is shown of the household, and compares it with the figures of the run.
func (e *explanation) show(ctx context.Context) error {
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(e.list), func(m *transforms.Model) bool { return !shows(m) })); err != nil {
		return err
	}
	if err := e.computed(ctx); err != nil {
		return err
	}
	return e.verify()
}

func shows(m *transforms.Model) bool { return slices.Contains(explained, m.Name) }

// needed are the models that say what an explanation shows, and those that they need.
func (e *explanation) needed() ([]*transforms.Model, error) {
	asked, _, err := models.Aside(e.Config, e.all)
	if err != nil {
		return nil, err
	}
	return e.Models(append(slices.Clone(e.all), asked...), taken(e.all), explained...)
}

// rows computes a query and reads it. The queries that stand here take rows of a mart as they are; what has to be joined or computed is a
// model.
func rows[T any](ctx context.Context, e *explanation, name, query string, into *[]T) error {
	file := "uitkomst_" + name
	if _, err := e.tables.Engine.Write(ctx, name, query, nil, filepath.Join(e.tables.Work, file+".parquet")); err != nil {
		return err
	}
	return given(ctx, e, file, into)
}

// given reads what a model gave.
func given[T any](ctx context.Context, e *explanation, model string, into *[]T) (err error) {
	*into, err = mart.ReadFile[T](ctx, os.DirFS(e.tables.Work), model)
	return err
}

// published reads the household's rows in the marts.
func (e *explanation) published(ctx context.Context) error {
	names := []string{"bevinding", "cocktail", "cocktail_bewijs", "cocktail_naam", "huishouden", "huishouden_lid", "koppelgraad", "kosten", "plan", "ranglijst",
		"signaal"}
	files, err := e.Marts(names...)
	if err != nil {
		return err
	}
	for _, m := range e.all {
		if slices.Contains(names, m.Name) && m.Published() {
			if err := e.tables.BindMart(ctx, m.Name, m, files[m.Name]); err != nil {
				return err
			}
		}
	}
	key, err := published.HouseholdKey(e.id)
	if err != nil {
		return err
	}
	if err := models.Give(ctx, &e.tables, models.OwnHousehold, []householdKey{{key, e.id}}); err != nil {
		return err
	}
	of := func(table, order string) string {
		return fmt.Sprintf("select m.* from %s m join %s e on e.huishouden_id = m.huishouden_id order by %s", table, models.OwnHousehold, order)
	}
	var households []mart.Huishouden
	var ranks []mart.Ranglijst
	if err := errors.Join(
		rows(ctx, e, "huishouden", of("huishouden", "m.huishouden_id"), &households),
		rows(ctx, e, "ranglijst", of("ranglijst", "rang"), &ranks)); err != nil {
		return err
	}
	if len(households) != 1 || len(ranks) != 1 {
		return exit.Misuse("look in the ranking of the run for the id, or name another run with --run", "there is no such household in this run")
	}
	e.d.Huishouden, e.d.Rang = households[0], ranks[0]
	if e.d.Rangen, err = e.tables.Engine.Count(ctx, "ranglijst", "select count(*) from ranglijst"); err != nil {
		return err
	}
	if err := errors.Join(
		rows(ctx, e, "huishouden_lid", of("huishouden_lid", "persoon_id"), &e.members),
		rows(ctx, e, "kosten", of("kosten", "venster, domein, betaler, grondslag"), &e.d.Kosten),
		rows(ctx, e, "signaal", of("signaal", "ingredient, persoon_id, van, tot"), &e.d.Signalen),
		rows(ctx, e, "cocktail", of("cocktail", "cocktail_id, van"), &e.d.Cocktails),
		rows(ctx, e, "cocktail_bewijs", of("cocktail_bewijs", "cocktail_id, van, volgnr"), &e.d.Bewijs),
		rows(ctx, e, "cocktail_naam", "select * from cocktail_naam order by cocktail_id", &e.d.Namen)); err != nil {
		return err
	}
	e.d.Bronnen = e.sources
	e.d.Koppeling = slices.DeleteFunc(slices.Clone(e.links), func(l seen.Link) bool {
		return !l.Silent() || !l.Over() && l.Gemeente != e.d.Huishouden.Gemeente
	})
	var persons []personKey
	for _, m := range e.members {
		p, err := keyOf(m.Persoon)
		if err != nil {
			return err
		}
		persons = append(persons, p)
	}
	return models.Give(ctx, &e.tables, models.OwnPersons, persons)
}

// keyOf is the key of a person of mart huishouden_lid.
func keyOf(id string) (personKey, error) {
	key, err := strconv.ParseInt(strings.TrimPrefix(id, "p-"), 16, 64)
	if err != nil {
		return personKey{}, errors.New("mart huishouden_lid holds an id that is none")
	}
	return personKey{key}, nil
}

// computed reads what was computed again for this household. Source lines have the name of their file.
func (e *explanation) computed(ctx context.Context) error {
	var running []runningRow
	err := errors.Join(
		given(ctx, e, "uitleg_persoon", &e.d.Personen),
		given(ctx, e, "uitleg_verblijf", &e.d.Verblijven),
		given(ctx, e, "uitleg_regel", &e.d.Regels),
		given(ctx, e, "uitleg_maand", &e.d.Maanden),
		given(ctx, e, "uitleg_plan", &e.d.Plannen),
		given(ctx, e, "uitleg_opmerking", &e.d.Opmerkingen),
		given(ctx, e, "uitleg_dekking", &e.d.Dekking),
		given(ctx, e, "uitleg_bekend", &e.d.Bekend),
		given(ctx, e, "uitleg_zorg_nu", &running))
	if len(running) > 0 {
		e.running = running[0]
	}
	return err
}
