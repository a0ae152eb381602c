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
	"stapel/reports/dossier"
	"stapel/reports/mart"
	"stapel/reports/seen"
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

func (e *explanation) gather(ctx context.Context) error {
	if err := e.published(ctx); err != nil {
		return err
	}
	models, err := e.models("kosten_maand", "tijdlijn_voorziening", "tijdlijn_dekking", "ingredient_maand", "zorg_nu", "feit_toen", "stg_plan",
		"regel_gelijk")
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

// rows computes a query and reads it.
func rows[T any](ctx context.Context, e *explanation, name, query string, into *[]T) error {
	file := "uitkomst_" + name
	if _, err := e.engine.Write(ctx, name, query, nil, filepath.Join(e.work, file+".parquet")); err != nil {
		return err
	}
	var err error
	*into, err = mart.All[T](ctx, os.DirFS(e.work), file)
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
	of := func(table, order string) string {
		return fmt.Sprintf("select * from %s where huishouden_id = '%s' order by %s", table, e.id, order)
	}
	var households []mart.Huishouden
	var ranks []mart.Ranglijst
	if err := errors.Join(
		rows(ctx, e, "huishouden", of("huishouden", "huishouden_id"), &households),
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
	links, err := seen.Links(ctx, e.martFolder())
	if err != nil {
		return err
	}
	e.d.Koppeling = slices.DeleteFunc(links, func(l seen.Link) bool {
		return !l.Silent() || !l.Over() && l.Gemeente != e.d.Huishouden.Gemeente
	})
	for _, m := range e.members {
		key, err := strconv.ParseInt(strings.TrimPrefix(m.Persoon, "p-"), 16, 64)
		if err != nil {
			return errors.New("mart huishouden_lid holds an id that is none")
		}
		e.persons = append(e.persons, key)
	}
	return nil
}

// computed reads what was computed again for this household. Source lines get the name of their file.
func (e *explanation) computed(ctx context.Context) error {
	home := strings.TrimPrefix(e.id, "h-")
	key, err := strconv.ParseInt(home, 16, 64)
	if err != nil {
		return err
	}
	query := func(columns, from, order string) string {
		return fmt.Sprintf(`select %s, v.kind as bron_kind, v.bestand as bron_bestand, r.regel as bron_regel from %s
			order by %s`, columns, strings.ReplaceAll(from, "{home}", strconv.FormatInt(key, 10)), order)
	}
	const person, file = "id_tekst('p', r.persoon) as persoon_id", " join levering_stand v on v.levering = r.levering and v.kind = "
	var running []runningRow
	err = errors.Join(
		rows(ctx, e, "persoon", query(person+`, r.geboren, r.minderjarig, r.aangehecht, r.plhh,
			exists (select 1 from feit_toen f join lid k on f.peil = 0 and k.persoon = f.persoon
				where k.huishouden = r.huishouden and (f.ouder1 = r.persoon or f.ouder2 = r.persoon)) as ouder`,
			"lid r"+file+"'huishouden' where r.huishouden = {home}", "r.persoon"), &e.d.Personen),
		rows(ctx, e, "verblijf", query(person+", r.van, r.tot, r.huishouden = l.huishouden as hier, r.typhh, r.functie_adres",
			"stg_huishouden r join lid l on l.persoon = r.persoon and l.huishouden = {home}"+file+"'huishouden' where not r.dubbel and r.van < r.tot",
			"r.persoon, r.van"), &e.d.Verblijven),
		rows(ctx, e, "regel", query(person+", r.domein, r.soort, r.sleutel, r.code, r.aanbieder_agb, r.van, r.tot, r.open, r.bedrag_ct",
			"tijdlijn_voorziening r"+file+"r.kind where r.huishouden = {home}", "r.kind, v.bestand, r.regel"), &e.d.Regels),
		rows(ctx, e, "maand", query("r.maand, r.domein, r.betaler, r.grondslag, r.deel_ct",
			"kosten_maand r"+file+"r.kind where r.huishouden = {home}", "r.kind, v.bestand, r.regel, r.maand"), &e.d.Maanden),
		rows(ctx, e, "plan", query(`m.casusnummer, m.status, m.datum_aanmelding, m.datum_akkoord, m.datum_start, k.datum_gereed, m.akkoorden,
			m.huidig_ct, m.dreigend_ct, m.maatwerk_ct, m.besparing_verwacht_ct, m.bevindingen`,
			"plan m join stg_plan r on r.casusnummer = m.casusnummer and r.nr = 1 join lake_maatwerk_plan k on k.levering = r.levering and k.regel = r.regel"+
				file+"'maatwerk_plan' where m.huishouden_id = '"+e.id+"'", "m.casusnummer"), &e.d.Plannen),
		rows(ctx, e, "opmerking", query("u.regel_code, cast(null as varchar) as toelichting",
			"eigen_regel r join uitgesloten_regel u on u.kind = r.kind and u.levering = r.levering and u.regel = r.regel"+file+"r.kind",
			"bron_bestand, bron_regel, u.regel_code"), &e.d.Opmerkingen),
		rows(ctx, e, "dekking", fmt.Sprintf(`select id_tekst('p', persoon) as persoon_id, kind, maanden, levend from tijdlijn_dekking
			where huishouden = %d order by persoon, kind`, key), &e.d.Dekking),
		rows(ctx, e, "bekend", fmt.Sprintf("select ingredient, maanden from ingredient_maand where huishouden = %d order by ingredient", key), &e.d.Bekend),
		rows(ctx, e, "zorg_nu", fmt.Sprintf("select voorzieningen, aanbieders from zorg_nu where huishouden = %d", key), &running))
	if err != nil {
		return err
	}
	var found []dossier.Opmerking
	if err := rows(ctx, e, "bevinding", query("b.regel_code, b.toelichting",
		"eigen_regel r"+file+"r.kind join bevinding b on b.onderwerp = r.kind and b.sleutel = concat(v.bestand, ':', cast(r.regel as varchar))",
		"bron_bestand, bron_regel, b.regel_code"), &found); err != nil {
		return err
	}
	e.d.Opmerkingen = append(e.d.Opmerkingen, found...)
	// bevinding counts these per file
	if err := rows(ctx, e, "regel_gelijk", query("'regel_gelijk' as regel_code, 'Deze regel is in alle kolommen gelijk aan een eerdere; de regel telt mee.' as toelichting",
		"eigen_regel r join regel_gelijk g on g.kind = r.kind and g.levering = r.levering and g.regel = r.regel"+file+"r.kind",
		"bron_bestand, bron_regel"), &found); err != nil {
		return err
	}
	e.d.Opmerkingen = append(e.d.Opmerkingen, found...)
	if len(running) > 0 {
		e.running = running[0]
	}
	return nil
}
