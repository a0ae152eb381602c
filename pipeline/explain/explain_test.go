package explain

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/pipeline/testrun"
	"stapel/reports/mart"
	sampledata "stapel/sample-data"
)

// openDuck opens an engine for many small questions, which a second thread makes slower.
func openDuck(*config.Config) engine.Open { return duckdb.Opener(0, 1) }

func loadDefaults(set map[string]any) (*config.Config, error) {
	all := map[string]any{configtest.Exclusions: false} // as configtest.Defaults has it
	maps.Copy(all, set)
	return config.Load(config.Options{Set: all})
}

// runSample runs the demonstration set as far as the marts.
func runSample(t *testing.T) (data, id string) {
	t.Helper()
	data = testrun.Sample(t)
	result, err := pipeline.Run(context.Background(), testrun.Options(data, configtest.Defaults(t, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return data, result.RunID
}

// reopen opens a run for many households at once.
func reopen(t *testing.T, data, id string) *explanation {
	t.Helper()
	ctx := context.Background()
	run, err := published.Open(&lake.Lake{Root: data}, id)
	if err != nil {
		t.Fatal(err)
	}
	again, err := published.Reopen(run, loadDefaults)
	if err != nil {
		t.Fatal(err)
	}
	work, err := run.Lake.Work("test-")
	if err != nil {
		t.Fatal(err)
	}
	engine, err := openDuck(again.Config)(ctx, append(models.Folders(run.Lake, again.Config), run.Folder().Marts(), work), filepath.Join(work, "spill"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	e := newExplanation(again, engine, work, "")
	if e.all, err = models.All(again.Config); err != nil {
		t.Fatal(err)
	}
	return e
}

// everybody computes models for everybody at once.
func everybody(t *testing.T, e *explanation, names ...string) {
	t.Helper()
	ctx := context.Background()
	list, err := e.Models(e.all, taken(e.all), names...)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(e.bind(ctx, e.all, list), e.tables.BindLines(ctx, e.Config, func(string, string) error { return nil }), e.compute(ctx, list)); err != nil {
		t.Fatal(err)
	}
}

// member is somebody of a household of the run.
type member struct {
	Huishouden string `parquet:"huishouden_id,optional"`
	Persoon    string `parquet:"persoon_id,optional"`
}

func members(t *testing.T, e *explanation) []member {
	t.Helper()
	files, err := e.Marts("huishouden_lid")
	if err != nil {
		t.Fatal(err)
	}
	all, err := mart.ReadFile[member](context.Background(), os.DirFS(filepath.Dir(files["huishouden_lid"])), "huishouden_lid")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func household(t *testing.T, e *explanation, name string) string {
	t.Helper()
	want, err := sampledata.Verwacht()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ingest.NewProjectKey(sampledata.DemoKey[:])
	if err != nil {
		t.Fatal(err)
	}
	all := members(t, e)
	for _, c := range want.Cases {
		for _, m := range all {
			if c.Name == name && m.Persoon == ingest.PersoonID(key.Key(ingest.DomainPersoon, c.PersonPS)) {
				return m.Huishouden
			}
		}
	}
	return ""
}

// TestExplainSample computes again what the demonstration set gave.
func TestExplainSample(t *testing.T) {
	ctx := context.Background()
	data, id := runSample(t)

	// The months of every household add up to every figure of kosten, over the whole lake at once.
	t.Run("every household to the cent", func(t *testing.T) {
		e := reopen(t, data, id)
		everybody(t, e, "kosten_maand", "tijdlijn_voorziening")
		type part struct {
			Huishouden string `parquet:"huishouden_id,optional"`
			Venster    string `parquet:"venster,optional"`
			Domein     string `parquet:"domein,optional"`
			Betaler    string `parquet:"betaler,optional"`
			Grondslag  string `parquet:"grondslag,optional"`
			Ct         int64  `parquet:"ct,optional"`
			Regels     int64  `parquet:"regels,optional"`
		}
		var months []part
		if err := rows(ctx, e, "som", `select id_tekst('h', huishouden) as huishouden_id,
			case when maand >= t0_van then 'T0' when maand >= t1_van then 'T1' else 'T2' end as venster, domein, betaler, grondslag,
			cast(sum(deel_ct) as bigint) as ct, count(distinct concat(kind, ' ', cast(levering as varchar), ' ', cast(regel as varchar))) as regels
			from kosten_maand cross join parameter group by 1, 2, 3, 4, 5`, &months); err != nil {
			t.Fatal(err)
		}
		sums := map[part]part{}
		for _, m := range months {
			k := m
			k.Ct, k.Regels = 0, 0
			sums[k] = m
		}
		files, err := e.Marts("kosten")
		if err != nil {
			t.Fatal(err)
		}
		kosten, err := mart.All(ctx, os.DirFS(filepath.Dir(files["kosten"])), mart.Costs)
		if err != nil {
			t.Fatal(err)
		}
		homes := map[string]bool{}
		for _, k := range kosten {
			if k.Huishouden == "onbekend" {
				continue // belongs to no household, so to no picture
			}
			homes[k.Huishouden] = true
			at := part{Huishouden: k.Huishouden, Venster: k.Venster, Domein: k.Domein, Betaler: k.Betaler, Grondslag: k.Grondslag}
			if got := sums[at]; got.Ct != k.BedragCt || got.Regels != k.Regels {
				t.Fatalf("%+v: months give %d cents of %d lines, kosten %d of %d", at, got.Ct, got.Regels, k.BedragCt, k.Regels)
			}
		}
		if len(homes) < 1000 {
			t.Fatalf("only %d households with cost", len(homes))
		}
		// and no line with cost is without a voorziening
		n, err := e.tables.Engine.Count(ctx, "los", `select count(*) from kosten_maand k where not exists (
			select 1 from tijdlijn_voorziening v where v.kind = k.kind and v.levering = k.levering and v.regel = k.regel)`)
		if err != nil || n != 0 {
			t.Fatalf("%d parts of lines belong to no voorziening, %v", n, err)
		}
		n, err = e.tables.Engine.Count(ctx, "dubbel", `select count(*) from (select 1 from tijdlijn_voorziening group by kind, levering, regel having count(*) > 1) as d`)
		if err != nil || n != 0 {
			t.Fatalf("%d lines are two voorzieningen, %v", n, err)
		}
	})

	// A household computed from its own few lines gives what the whole lake gave: verify compares it with the run.
	t.Run("from its own lines", func(t *testing.T) {
		e := reopen(t, data, id)
		var ids []string
		// where lines of others, of other files or of other persons decide
		for _, name := range strings.Fields(`bus_gescheiden_a kind_bij_opa schuldhulp_a sophie naad krediet_naad toegekend bus_paar bus_gescheiden_b
			bus_ongelijk bus_bijzonder schuldhulp_b reden_13 verlengd negatief zvw_krediet jeugd_krediet kind_in_instelling kind_zonder_spell
			grootouders overlap instelling_a zelfde_dag verhuisd plan_afgewezen uitsluiting_voorbij c1_onbekend c4_volgorde`) {
			id := household(t, e, name)
			if id == "" {
				t.Fatalf("no household %s", name)
			}
			ids = append(ids, id)
		}
		files, err := e.Marts("ranglijst")
		if err != nil {
			t.Fatal(err)
		}
		ranks, err := mart.All(ctx, os.DirFS(filepath.Dir(files["ranglijst"])), mart.Ranking)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range ranks[:5] { // the costliest drawn ones
			ids = append(ids, r.Huishouden)
		}
		alone := 3
		if os.Getenv("STAPEL_LANG") != "" {
			alone = len(ids)
		}
		for _, id := range ids[:alone] {
			e := reopenFor(t, e, id)
			if err := e.gather(ctx); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		// the others a few at a time, those that have to do with each other apart
		const groups = 3
		for g := range groups {
			var some []string
			for i := alone + g; i < len(ids); i += groups {
				some = append(some, ids[i])
			}
			gatherSome(t, e, some)
		}
	})

	// What the picture says of coverage is what the run said.
	t.Run("coverage", func(t *testing.T) {
		e := reopen(t, data, id)
		everybody(t, e, "tijdlijn_dekking", "huishouden_dekking")
		for what, query := range map[string]string{
			"persons with other months than the run": `select count(*) from persoon_dekking p
				join tijdlijn_dekking t on t.persoon = p.persoon and t.kind = p.kind where t.maanden <> p.maanden or t.levend <> p.levend`,
			"persons that are missing": `select count(*) from persoon_dekking p
				left join tijdlijn_dekking t on t.persoon = p.persoon and t.kind = p.kind where t.persoon is null`,
			"months covered before birth": "select count(*) from tijdlijn_dekking where bitwise_and(maanden, bitwise_not(levend)) <> 0",
			"kinds without rows": `select count(*) from (select kind from dekking_masker group by kind having kind not in (
				select kind from tijdlijn_dekking)) as k`,
		} {
			if n, err := e.tables.Engine.Count(ctx, what, query); err != nil || n != 0 {
				t.Errorf("%d %s, %v", n, what, err)
			}
		}
		if n, err := e.tables.Engine.Count(ctx, "rows", "select count(*) from tijdlijn_dekking where maanden <> 0"); err != nil || n < 10000 {
			t.Errorf("%d rows of coverage, %v", n, err)
		}
	})
	// The engine of an explanation has no way to a person or to what suppliers deliver, whatever a model asks.
	t.Run("reach", func(t *testing.T) {
		e := reopen(t, data, id)
		for _, pattern := range []string{"lake/persoon/*.parquet", "inbox/*/*.csv", "quarantine/*/*.parquet", "runs/" + id + "/journal.jsonl"} {
			files, err := filepath.Glob(filepath.Join(data, pattern))
			if err != nil || len(files) == 0 {
				t.Fatalf("no %s, %v", pattern, err)
			}
			if _, err := e.tables.Engine.Count(ctx, "weg", "select count(*) from '"+files[0]+"'"); err == nil || !strings.Contains(err.Error(), "may not use") {
				t.Errorf("%s: %v", pattern, err)
			}
		}
	})
	t.Run("refuses", func(t *testing.T) { explainRefuses(t, data, id) })
}

// reopenFor makes the explanation of one household with the engine and the run of another, in a folder of its own inside the other's.
func reopenFor(t *testing.T, e *explanation, id string) *explanation {
	t.Helper()
	work, err := os.MkdirTemp(e.tables.Work, "test-")
	if err != nil {
		t.Fatal(err)
	}
	return newExplanation(e.Reopened, e.tables.Engine, work, id)
}

// gatherSome does what Candidates does.
func gatherSome(t *testing.T, e *explanation, ids []string) {
	t.Helper()
	if len(ids) == 0 {
		return
	}
	ctx := context.Background()
	together := reopenFor(t, e, "")
	if err := together.together(ctx, ids); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		work, err := os.MkdirTemp(together.tables.Work, "een-")
		if err != nil {
			t.Fatal(err)
		}
		one := together.another(work, id)
		if err := errors.Join(one.published(ctx), one.show(ctx)); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// explainRefuses changes what a run was made of, and puts it back.
func explainRefuses(t *testing.T, data, id string) {
	ctx := context.Background()
	e := reopen(t, data, id)
	home := household(t, e, "c1_vol")
	ask := func(opt Options) error {
		opt.Data, opt.Run, opt.Engine = data, id, openDuck
		if opt.Household == "" {
			opt.Household = home
		}
		if opt.Why == "" {
			opt.Why = "toets"
		}
		if opt.Load == nil {
			opt.Load = loadDefaults
		}
		_, err := Household(ctx, opt)
		return err
	}
	refused := func(what string, err error, code exit.Code, text string) {
		t.Helper()
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != code || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: %v; want exit %d and %q", what, err, code, text)
		}
		if err != nil && regexp.MustCompile(`[hp]-[0-9a-f]{16}`).MatchString(err.Error()) {
			t.Errorf("%s: the message names a household or a person", what)
		}
	}
	unknown := ask(Options{Household: "h-0000000000000000"})
	refused("unknown", unknown, exit.Usage, "no such household")
	if excluded := ask(Options{Household: excludedHousehold(t, e)}); excluded == nil || excluded.Error() != unknown.Error() {
		t.Errorf("an excluded household gives %v, an unknown one %v", excluded, unknown)
	}
	refused("no id", ask(Options{Household: "h-12"}), exit.Usage, "no household id")
	refused("no reason", ask(Options{Why: " "}), exit.Usage, "needs a reason")
	refused("settings", ask(Options{Load: func(set map[string]any) (*config.Config, error) {
		return config.Load(config.Options{Set: set, Environ: []string{"STAPEL_HOUSEHOLD_ATTACH_MINORS=false"}})
	}}), exit.Usage, "configuration is another")

	part := e.World.Parts(e.Lake, "wmo_declaratie")[0]
	swap(t, part, func(b []byte) []byte { return append(b, 0) }, func() { refused("lake", ask(Options{}), exit.Difference, "lake's copy of wmo_declaratie/") })
	other := e.World.Parts(e.Lake, "wmo_declaratie")[1]
	record := filepath.Join(filepath.Dir(part), "extract.json")
	for from, to := range map[string]string{`"contract_sha256": "`: `"contract_sha256": "0`, `"formaat": `: `"formaat": -`} {
		swap(t, record, func(b []byte) []byte { return []byte(strings.Replace(string(b), from, to, 1)) },
			func() { refused("read again", ask(Options{}), exit.Usage, "read otherwise") })
	}
	// other lines of the right size: the figures don't agree
	size := func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"bytes": `+sizeOf(t, part), `"bytes": `+sizeOf(t, other), 1))
	}
	swap(t, record, size, func() {
		swap(t, part, func([]byte) []byte { return read(t, other) }, func() { refused("other lines", ask(Options{}), exit.Difference, "run ") })
	})
	swap(t, e.Folder().Mart("signaal"), func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		func() { refused("mart", ask(Options{}), exit.Difference, "marts/signaal.parquet was changed") })
	swap(t, e.Folder().Journal(), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"naam":"parameter","sha256":"`, `"naam":"parameter","sha256":"0`, 1))
	},
		func() { refused("table", ask(Options{}), exit.Usage, "table parameter") })
	// a model of the run, a mart's, and one that explain asks of both
	for _, name := range []string{"kosten_bron", "bevinding", "uitleg_maand"} {
		at := slices.IndexFunc(e.Manifest.Models, func(m control.Model) bool { return m.Name == name })
		if at < 0 {
			t.Fatalf("the manifest has no model %s", name)
		}
		swap(t, e.Folder().Manifest(), func(b []byte) []byte {
			return []byte(strings.Replace(string(b), e.Manifest.Models[at].Sha256, "00", 1))
		}, func() { refused("model", ask(Options{}), exit.Usage, "another model "+name) })
	}
	swap(t, e.Folder().Manifest(), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"prelude_sha256": "`, `"prelude_sha256": "0`, 1))
	}, func() { refused("prelude", ask(Options{}), exit.Usage, "call other functions") })
	swap(t, e.Folder().Journal(), func(b []byte) []byte {
		return []byte(strings.Replace(string(b), `"naam":"lake_regel","sha256":"`, `"naam":"lake_regel","sha256":"0`, 1))
	}, func() { refused("view", ask(Options{}), exit.Usage, "table lake_regel") })
	// the note of the duplicate, of which the coverage counts, is in the manifest as well
	notes, err := filepath.Glob(filepath.Join(data, "inbox", "schuldhulp_signaal", "*opnieuw*.yaml"))
	if err != nil || len(notes) != 1 {
		t.Fatal(notes, err)
	}
	swap(t, notes[0], func(b []byte) []byte { return append(b, '\n') }, func() {
		if err := ask(Options{}); err != nil {
			t.Errorf("another note in the inbox: %v", err)
		}
	})

	if err := ask(Options{}); err != nil {
		t.Errorf("after putting all back: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(data, "runs", ".staging", "explain-*")); err != nil || len(left) > 0 {
		t.Errorf("left in staging: %v, %v", left, err)
	}
}

// excludedHousehold is one of which the run shows nothing.
func excludedHousehold(t *testing.T, e *explanation) string {
	t.Helper()
	ctx := context.Background()
	everybody(t, e, "huishouden_stand")
	type row struct {
		ID string `parquet:"id,optional"`
	}
	var out []row
	if err := rows(ctx, e, "uitgesloten", "select id_tekst('h', huishouden) as id from huishouden_stand where not getoond order by id", &out); err != nil || len(out) == 0 {
		t.Fatal(out, err)
	}
	return out[0].ID
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sizeOf(t *testing.T, file string) string {
	t.Helper()
	return strconv.Itoa(len(read(t, file)))
}

// swap changes a file for the time of do.
func swap(t *testing.T, file string, change func([]byte) []byte, do func()) {
	t.Helper()
	was := read(t, file)
	now := change(slices.Clone(was))
	if string(now) == string(was) {
		t.Fatalf("%s was not changed", filepath.Base(file))
	}
	if err := os.WriteFile(file, now, 0o600); err != nil {
		t.Fatal(err)
	}
	do()
	if err := os.WriteFile(file, was, 0o600); err != nil {
		t.Fatal(err)
	}
}
