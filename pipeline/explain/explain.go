// Package explain shows one household of a published run over three years. What the run did not publish is computed again from the same
// extracts with the same models, for that household alone, and has to give the figures of the run to the cent.
package explain

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

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
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

var householdRE = regexp.MustCompile(`^h-[0-7][0-9a-f]{15}$`)

// Household gathers what is known of one household of a published run. What the run did not publish is computed again from the same
// extracts with the same models, and has to give the figures of the run to the cent; otherwise nothing is returned. A
// household that is excluded and one that does not exist give the same error.
func Household(ctx context.Context, opt Options) (_ *dossier.Dossier, err error) {
	why, err := access.Because(opt.Why, "an explanation shows the life of one household")
	if err != nil {
		return nil, err
	}
	if !householdRE.MatchString(opt.Household) {
		return nil, exit.Misuse("it is h- and 16 hex digits, as in the ranking", "that is no household id")
	}
	l := &lake.Lake{Root: opt.Data}
	run, err := published.Open(l, opt.Run)
	if err != nil {
		return nil, err
	}
	// a run that writes in the lake waits for those who read it, and the other way round
	lock, err := l.LockShared()
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
	again, err := published.Reopen(run, opt.Load)
	if err != nil {
		return nil, err
	}
	work, err := l.Work("explain-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	dirs := append(models.Folders(l, again.Config), run.Folder().Marts(), work)
	engine, err := opt.Engine(again.Config)(ctx, dirs, filepath.Join(work, "spill"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	e := newExplanation(again, engine, work, opt.Household)
	if err := e.gather(ctx); err != nil {
		if ctx.Err() != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
		}
		return nil, err
	}
	e.describe(opt)
	return e.d, nil
}

// explanation fills a dossier.
type explanation struct {
	replay
	all     []*transforms.Model
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

func (e *explanation) gather(ctx context.Context) (err error) {
	if e.all, err = models.All(e.Config); err != nil {
		return err
	}
	if err := e.published(ctx); err != nil {
		return err
	}
	list, err := e.Models(e.all, taken, "kosten_maand", "tijdlijn_voorziening", "tijdlijn_dekking", "ingredient_maand", "zorg_nu", "feit_toen", "stg_plan",
		"regel_gelijk")
	if err != nil {
		return err
	}
	if err := e.bind(ctx, e.all, list); err != nil {
		return err
	}
	forAll := func(m *transforms.Model) bool { return slices.Contains(wholeLake, m.Name) }
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(list), func(m *transforms.Model) bool { return !forAll(m) })); err != nil {
		return err
	}
	if err := e.narrow(ctx, list); err != nil {
		return err
	}
	if err := e.compute(ctx, slices.DeleteFunc(slices.Clone(list), forAll)); err != nil {
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
	if _, err := e.tables.Engine.Write(ctx, name, query, nil, filepath.Join(e.tables.Work, file+".parquet")); err != nil {
		return err
	}
	var err error
	*into, err = mart.ReadFile[T](ctx, os.DirFS(e.tables.Work), file)
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
			if err := e.tables.BindMart(ctx, m, files[m.Name]); err != nil {
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
		return exit.Misuse("look in the ranking of the run for the id, or name another run with --run", "this household is niet in deze run")
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
	links, err := seen.Links(ctx, e.Folder().MartFS())
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
