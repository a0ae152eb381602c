package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/testrun"
)

// mistake is what goes wrong in one model, and the words of the check that must find it.
type mistake struct {
	model, column, value string // value replaces the column, in SQL
	drop                 string // or rows left out, in SQL
	found                string
}

// tampering is an engine that makes mistakes, one a model.
type tampering struct {
	engine.Engine
	mistakes []mistake
}

func (e tampering) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	for _, m := range e.mistakes {
		switch {
		case name == m.model && m.drop != "":
			query = fmt.Sprintf("select * from (%s) as q where not (%s)", query, m.drop)
		case name == m.model:
			query = fmt.Sprintf("select * replace (%s as %s) from (%s) as q", m.value, m.column, query)
		}
	}
	return e.Engine.Write(ctx, name, query, orderBy, file)
}

// tampered runs the demo with the mistakes and returns the run's result and error.
func tampered(t *testing.T, data string, cfg *config.Config, mistakes ...mistake) (*pipeline.Result, error) {
	t.Helper()
	slog.SetLogLoggerLevel(slog.LevelWarn)
	opt := testrun.Options(data, cfg)
	opt.Engine = engine.Wrap(opt.Engine, func(e engine.Engine) engine.Engine { return tampering{e, mistakes} })
	return pipeline.Run(t.Context(), opt)
}

// one adds a cent to a column in one row: the first by the order given.
func one(column, key string) string {
	return fmt.Sprintf("cast(%[1]s + case when row_number() over (order by %[2]s) = 1 then 1 else 0 end as bigint)", column, key)
}

// TestOneCentOff: a mistake of a cent, a line, a household or a flag in any table between the source lines and the ranking is
// found, nothing is published, and the error names what does not hold. Each run makes one mistake, or a few in marts that nothing else
// reads; the check that must find it is named, so that a check which can't fail is found out.
func TestOneCentOff(t *testing.T) {
	data := t.TempDir()
	if err := layOutSample(data); err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	runs := [][]mistake{
		{
			{model: "concentratie", column: "waarde", value: "case when maat = 'gini' then 1.01 else waarde end", found: "maten van concentratie"},
			{model: "lorenz", drop: "aandeel_huishoudens > 0.99", found: "punten van de concentratiekromme"},
			{model: "stapeling", column: "huishoudens", value: one("huishoudens", "moment, gemeentecode, maat"), found: "naar aantal voorzieningen niet op"},
			{model: "eerlijkheid", column: "huishoudens", value: one("huishoudens", "kenmerk, groep"), found: "tellen de groepen niet op"},
			{model: "cocktail", column: "tot", value: "van", found: "overlappen zichzelf of zijn leeg"},
			{model: "huishouden", column: "kinderen", value: one("kinderen", "huishouden_id"), found: "kloppen de leden niet"},
		},
		{
			{model: "ijking", column: "verwacht_ct", value: one("verwacht_ct", "band"), found: "tellen de groepen niet op"},
			{model: "huishouden", column: "gemeentecode", value: "replace(gemeentecode, 'GM', '')", found: "een sleutel of gemeentecode van een andere vorm"},
			{model: "huishouden_lid", drop: "huishouden_id = (select id_tekst('h', min(huishouden)) from signaal_huishouden where persoon <> -1)", found: "horen niet bij dat huishouden"},
		},
		{{model: "stg_bijstand", column: "persoon_ct", value: one("persoon_ct", "case when drager and not bedrag_ongelijk then 0 else 1 end, levering, regel"), found: "controletotalen sluiten niet"}},
		{{model: "controle_lake", column: "bedrag_ct", value: one("bedrag_ct", "kind desc, stap"), found: "controletotalen sluiten niet"}},
		{{model: "controle_lake", column: "regels", value: one("regels", "kind, stap"), found: "controletotalen sluiten niet"}},
		{{model: "uitgesloten_regel", column: "geteld_ct", value: one("geteld_ct", "kind desc, levering, regel"), found: "controletotalen sluiten niet"}},
		{{model: "kosten_persoon", column: "t0_ct", value: one("t0_ct", "persoon, kind, domein"), found: "tellen de delen niet op"}},
		{{model: "kosten_persoon", column: "bedrag_ct", value: one("bedrag_ct", "persoon, kind, domein"), found: "tellen de delen niet op"}},
		{{model: "kosten_breed", column: "t0_ct", value: one("t0_ct", "case when t0_regels > 0 then 0 else 1 end, huishouden, kind, domein"), found: "niet die van de bronregels"}},
		{{model: "kosten_breed", column: "t2_ct", value: one("t2_ct", "huishouden desc, kind, domein"), found: "controletotalen sluiten niet"}},
		{{model: "kosten_breed", column: "bron_regels", value: one("bron_regels", "huishouden, kind, domein"), found: "controletotalen sluiten niet"}},
		{{model: "kosten", column: "bedrag_ct", value: one("bedrag_ct", "huishouden_id, venster, domein, betaler, grondslag"), found: "niet de som van de kosten"}},
		{{model: "kosten", column: "bedrag_ct", value: one("bedrag_ct", "huishouden_id desc, venster, domein, betaler, grondslag"), found: "niet die van de bronregels"}},
		{{model: "kosten", drop: "huishouden_id = 'onbekend' and venster = 'T1'", found: "niet die van de bronregels"}},
		{{model: "rang", column: "kosten_t0_ct", value: one("kosten_t0_ct", "rang"), found: "controletotalen sluiten niet"}},
		{{model: "rang", column: "kosten_t2_ct", value: one("kosten_t2_ct", "rang desc"), found: "controletotalen sluiten niet"}},
		{{model: "ranglijst", column: "kosten_t1_ct", value: one("kosten_t1_ct", "rang"), found: "is de som van de ranglijst niet die van de kosten"}},
		{{model: "ranglijst", column: "kosten_wmo_ct", value: one("kosten_wmo_ct", "rang"), found: "niet de som van de domeinen"}},
		{{model: "ranglijst", column: "geprijsd_t0_ct", value: one("geprijsd_t0_ct", "rang"), found: "niet de som van de domeinen"}},
		{{model: "ranglijst", drop: "rang = 7", found: "staan niet op volgorde"}},
		{{model: "ranglijst", column: "rang", value: "case when rang = 3 then 4 when rang = 4 then 3 else rang end", found: "staan niet op volgorde"}},
		{{model: "ranglijst", column: "rang", value: "case when rang = 3 then 2 else rang end", found: "sleutels (rang)"}},
		{{model: "ranglijst", column: "huishouden_id", value: "case when rang = 9 then 'h-0000000000000001' else huishouden_id end", found: "worden genoemd en staan niet"}},
		{{model: "ranglijst", column: "in_aanmerking", value: "case when rang = 1 then not in_aanmerking else in_aanmerking end", found: "spreken zichzelf tegen"}},
		{{model: "ranglijst", column: "aandeel_zvw", value: "case when rang = 2 then cast('nan' as double) else aandeel_zvw end", found: "een aandeel dat geen getal is"}},
		{{model: "ranglijst", column: "cum_aandeel", value: "case when rang = 2 then cast('infinity' as double) else cum_aandeel end", found: "een aandeel dat geen getal is"}},
		{{model: "ranglijst", column: "verwacht_volgend_jaar_ct", value: one("verwacht_volgend_jaar_ct", "rang"), found: "een verwachting die in geen cel staat"}},
		{{model: "huishouden", drop: "huishouden_id = (select id_tekst('h', min(huishouden)) from rang)", found: "worden genoemd en staan niet"}},
	}
	seen := map[string]bool{}
	for _, mistakes := range runs {
		known := true
		for _, m := range mistakes {
			known = known && seen[m.found]
			seen[m.found] = true
		}
		if known && os.Getenv("STAPEL_LANG") == "" {
			continue // another mistake that the same check finds: for make test-long
		}
		what := ""
		for _, m := range mistakes {
			what += " " + m.model + "." + m.column + m.drop
		}
		result, err := tampered(t, data, cfg, mistakes...)
		if runs, _ := filepath.Glob(filepath.Join(data, "runs", "2*")); len(runs) > 0 {
			t.Errorf("%s: published", what)
			for _, dir := range runs { // or the next case is compared with it
				os.RemoveAll(dir)
			}
		}
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.ChecksFailed || result.Code != exit.ChecksFailed {
			t.Errorf("%s: %v", what, err)
			continue
		}
		for _, m := range mistakes {
			if !strings.Contains(err.Error(), m.found) {
				t.Errorf("%s: no check says %q: %v", m.model, m.found, err)
			}
		}
		if _, err := os.Stat(filepath.Join(data, "latest")); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: latest is there", what)
		}
	}
	// and without a change the same data pass
	if _, err := tampered(t, data, cfg); err != nil {
		t.Errorf("without a change: %v", err)
	}
}
