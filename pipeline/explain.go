package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/gofrs/flock"

	"stapel/config"
	"stapel/pipeline/lake"
	"stapel/reports"
	"stapel/reports/dossier"
	"stapel/reports/mart"
	"stapel/transforms"
)

// ExplainOptions say which household of which run to explain, and why somebody looks.
type ExplainOptions struct {
	Data      string
	Run       string // run id; empty: the latest
	Household string // h- and 16 hex digits
	Why       string // logged before anything is looked up
	Copy      bool   // what is shown is also written to a file: logged as such
	Version   string
	// Load reads the configuration, with single settings overridden as flags do.
	Load func(set map[string]any) (*config.Config, error)
	// Engine opens an engine with the settings of a configuration.
	Engine func(cfg *config.Config) OpenEngine
	// Synthetic reports whether a key (its fingerprint) is that of the sample.
	Synthetic func(key string) bool
}

var householdRE = regexp.MustCompile(`^h-[0-7][0-9a-f]{15}$`)

// Explain gathers what is known of one household of a published run. What the run did not publish is computed again from the same
// extracts with the same models, and has to give the figures of the run to the cent; otherwise nothing is returned. A
// household that is excluded and one that does not exist give the same error.
func Explain(ctx context.Context, opt ExplainOptions) (_ *dossier.Dossier, err error) {
	if strings.TrimSpace(opt.Why) == "" {
		return nil, usage("say it with --reden; it is logged with your name", "an explanation shows the life of one household, so looking at it needs a reason")
	}
	if err := checkReason(opt.Why); err != nil {
		return nil, err
	}
	if !householdRE.MatchString(opt.Household) {
		return nil, usage("it is h- and 16 hex digits, as in the ranking", "that is no household id")
	}
	l := &lake.Lake{Root: opt.Data}
	run, err := readRun(l, opt.Run)
	if err != nil {
		return nil, err
	}
	// a run that writes in the lake waits for those who read it, and the other way round
	lock := flock.New(l.LockFile())
	if got, err := lock.TryRLock(); err != nil {
		return nil, err
	} else if !got {
		return nil, &Error{Code: Locked, Err: errors.New("a run is busy in this data folder"), Remedy: "wait until it is done"}
	}
	defer lock.Unlock()
	what := "explain"
	if opt.Copy {
		what = "explain --html"
	}
	if err := logAccess(opt.Data, access{What: what, Run: run.manifest.RunID, Home: opt.Household, Why: opt.Why}); err != nil {
		return nil, fmt.Errorf("nothing is shown, because it could not be logged: %w", err)
	}
	if err := run.configure(opt.Load); err != nil {
		return nil, err
	}
	if err := run.rebuild(); err != nil {
		return nil, err
	}
	work, err := l.Work("explain-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	engine, err := opt.Engine(run.cfg)(ctx, run.folders(work), filepath.Join(work, "spill"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	e := newExplanation(replay{reopened: run, engine: engine, work: work}, opt.Household)
	if err := e.gather(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, &Error{Code: Interrupted, Err: errors.New("interrupted; nothing is shown")}
		}
		return nil, err
	}
	e.describe(opt)
	return e.d, nil
}

// explanation fills a dossier.
type explanation struct {
	replay
	d       *dossier.Dossier
	id      string
	members []memberRow
	running runningRow
}

func newExplanation(r replay, id string) *explanation {
	return &explanation{replay: r, d: &dossier.Dossier{}, id: id}
}

// memberRow is a row of mart huishouden_lid.
type memberRow struct {
	Persoon      string `parquet:"persoon_id,optional"`
	Geboortejaar int64  `parquet:"geboortejaar,optional"`
	Plhh         string `parquet:"plhh,optional"`
	Aangehecht   bool   `parquet:"aangehecht,optional"`
}

// runningRow is a row of zorg_nu.
type runningRow struct {
	Voorzieningen int64 `parquet:"voorzieningen,optional"`
	Aanbieders    int64 `parquet:"aanbieders,optional"`
}

// explained are the models that say what an explanation shows beside the marts.
var explained = []string{"uitleg_persoon", "uitleg_verblijf", "uitleg_regel", "uitleg_maand", "uitleg_plan", "uitleg_opmerking", "uitleg_dekking",
	"uitleg_bekend", "uitleg_zorg_nu"}

func (e *explanation) gather(ctx context.Context) error {
	if err := e.published(ctx); err != nil {
		return err
	}
	models, err := e.models(explained...)
	if err != nil {
		return err
	}
	if err := e.bind(ctx, models); err != nil {
		return err
	}
	whole := func(m *transforms.Model) bool { return slices.Contains(wholeLake, m.Name) }
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(models), func(m *transforms.Model) bool { return !whole(m) })); err != nil {
		return err
	}
	if err := e.narrow(ctx, models); err != nil {
		return err
	}
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(models), whole)); err != nil {
		return err
	}
	if err := e.computed(ctx); err != nil {
		return err
	}
	return e.verify()
}

// rows computes a query and reads it. The queries that stand here take rows of a mart as they are; what has to be joined or computed is a
// model.
func rows[T any](ctx context.Context, e *explanation, name, query string, into *[]T) error {
	file := "uitkomst_" + name
	if _, err := e.engine.Write(ctx, name, query, nil, filepath.Join(e.work, file+".parquet")); err != nil {
		return err
	}
	return computedRows(ctx, e, file, into)
}

// computedRows reads what a model gave.
func computedRows[T any](ctx context.Context, e *explanation, name string, into *[]T) (err error) {
	*into, err = mart.All[T](ctx, os.DirFS(e.work), name)
	return err
}

// published reads the household's rows in the marts.
func (e *explanation) published(ctx context.Context) error {
	names := []string{"bevinding", "cocktail", "cocktail_bewijs", "cocktail_naam", "huishouden", "huishouden_lid", "koppelgraad", "kosten", "plan", "ranglijst",
		"signaal"}
	files, err := e.marts(names...)
	if err != nil {
		return err
	}
	all, err := Models(e.cfg)
	if err != nil {
		return err
	}
	for _, m := range all {
		if slices.Contains(names, m.Name) && m.Published() {
			_, columns := published(m, m.SQL)
			if err := e.engine.Bind(ctx, m.Name, []string{files[m.Name]}, columns); err != nil {
				return err
			}
		}
	}
	key, err := strconv.ParseInt(strings.TrimPrefix(e.id, "h-"), 16, 64)
	if err != nil {
		return err
	}
	if err := e.give(ctx, table(ownHousehold, []ownHouseholdRow{{key, e.id}})); err != nil {
		return err
	}
	of := func(table, order string) string {
		return fmt.Sprintf("select m.* from %s m join %s e on e.huishouden_id = m.huishouden_id order by %s", table, ownHousehold, order)
	}
	var households []mart.Huishouden
	var ranks []mart.Ranglijst
	if err := errors.Join(
		rows(ctx, e, "huishouden", of("huishouden", "m.huishouden_id"), &households),
		rows(ctx, e, "ranglijst", of("ranglijst", "rang"), &ranks)); err != nil {
		return err
	}
	if len(households) != 1 || len(ranks) != 1 {
		return usage("look in the ranking of the run for the id, or name another run with --run", "this household is niet in deze run")
	}
	e.d.Huishouden, e.d.Rang = households[0], ranks[0]
	if e.d.Rangen, err = e.engine.Count(ctx, "ranglijst", "select count(*) from ranglijst"); err != nil {
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
	links, err := reports.Links(ctx, e.martFolder())
	if err != nil {
		return err
	}
	e.d.Koppeling = slices.DeleteFunc(links, func(l reports.Link) bool {
		return !l.Silent() || !l.Over() && l.Gemeente != e.d.Huishouden.Gemeente
	})
	var persons []ownPersonRow
	for _, m := range e.members {
		key, err := strconv.ParseInt(strings.TrimPrefix(m.Persoon, "p-"), 16, 64)
		if err != nil {
			return errors.New("mart huishouden_lid holds an id that is none")
		}
		persons = append(persons, ownPersonRow{key})
	}
	return e.give(ctx, table(ownPersons, persons))
}

// computed reads what was computed again for this household. Source lines have the name of their file.
func (e *explanation) computed(ctx context.Context) error {
	var running []runningRow
	err := errors.Join(
		computedRows(ctx, e, "uitleg_persoon", &e.d.Personen),
		computedRows(ctx, e, "uitleg_verblijf", &e.d.Verblijven),
		computedRows(ctx, e, "uitleg_regel", &e.d.Regels),
		computedRows(ctx, e, "uitleg_maand", &e.d.Maanden),
		computedRows(ctx, e, "uitleg_plan", &e.d.Plannen),
		computedRows(ctx, e, "uitleg_opmerking", &e.d.Opmerkingen),
		computedRows(ctx, e, "uitleg_dekking", &e.d.Dekking),
		computedRows(ctx, e, "uitleg_bekend", &e.d.Bekend),
		computedRows(ctx, e, "uitleg_zorg_nu", &running))
	if len(running) > 0 {
		e.running = running[0]
	}
	return err
}
