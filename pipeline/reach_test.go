package pipeline_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/testrun"
)

// ownSignal is a signal model of a configuration folder that reads from `from`.
func ownSignal(reads, from string) string {
	return fmt.Sprintf(`/*
name: eigen
doc: test
grain: [levering, regel]
reads: [%s]
columns:
  - persoon persoon: test
  - huishouden huishouden: test
  - ingredient tekst: test
  - van datum: test
  - tot datum: test
  - sterkte tekst: test
  - kind tekst: test
  - levering sleutel: test
  - regel aantal: test
*/
select cast(null as bigint) as persoon, cast(null as bigint) as huishouden, 'schulden' as ingredient, date '2025-01-01' as van,
  date '2025-01-02' as tot, 'zwak' as sterkte, 'huishouden' as kind, cast(1 as bigint) as levering, cast(1 as bigint) as regel
%s
`, reads, from)
}

// runOwn runs on testrun.Small with a signal model of its own; wrap may change the engine.
func runOwn(t *testing.T, data, model string, wrap func(engine.Engine) engine.Engine) error {
	t.Helper()
	cfg := configtest.Defaults(t, testrun.SmallPeil)
	cfg.SignalQueries = []config.File{{Name: "signals/eigen.sql", Data: []byte(model)}}
	opt := testrun.Options(data, cfg)
	opt.Engine = engine.Wrap(opt.Engine, wrap)
	_, err := pipeline.Run(t.Context(), opt)
	return err
}

func same(e engine.Engine) engine.Engine { return e }

// believing is an engine that says every SELECT reads nothing, as if the list of tables were not compared; what a name stands for
// is put in the text where the lint can't see it.
type believing struct {
	engine.Engine
	in, out string
}

func (believing) Tables(context.Context, string) ([]string, error) { return nil, nil }

func (e believing) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	return e.Engine.Write(ctx, name, strings.ReplaceAll(query, e.in, e.out), orderBy, file)
}

// understating is an engine that is asked about another text than the lint saw.
type understating struct {
	engine.Engine
	in, out string
}

func (e understating) Tables(ctx context.Context, query string) ([]string, error) {
	return e.Engine.Tables(ctx, strings.ReplaceAll(query, e.in, e.out))
}

// TestOwnSignalReach: an own signal reads the tables its header names and nothing else: the lint says so of a path, the engine's own
// list of tables of whatever the lint can't see, and where neither looked the engine has no way to a person or the inbox.
func TestOwnSignalReach(t *testing.T) {
	data := testrun.Small(t)
	usage := func(err error, want string) {
		t.Helper()
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.Usage || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "parquet") ||
			strings.Contains(err.Error(), "\n") {
			t.Errorf("%v; want a usage error about %q", err, want)
		}
	}
	if err := runOwn(t, data, ownSignal("peil", "from peil where 1 = 0"), same); err != nil {
		t.Fatalf("a model that reads what it says: %v", err)
	}
	persons, err := filepath.Glob(filepath.Join(data, "lake", "persoon", "*.parquet"))
	if err != nil || len(persons) == 0 {
		t.Fatalf("no key table, %v", err)
	}
	inbox, err := filepath.Glob(filepath.Join(data, "inbox", "huishouden", "*.csv"))
	if err != nil || len(inbox) == 0 {
		t.Fatalf("no inbox, %v", err)
	}
	usage(runOwn(t, data, ownSignal("peil", "from peil, '"+persons[0]+"'"), same), "config/signals/eigen.sql: ")
	usage(runOwn(t, data, ownSignal("peil", "from peil join '"+persons[0]+"' on true"), same), "config/signals/eigen.sql: ")
	plain := ownSignal("peil", "from peil where 1 = 0")
	for out, want := range map[string]string{
		"from (select 1 as x) as p, '" + persons[0] + "' where":   "it reads a file, which its header does not name",
		"from lake_huishouden where":                              "it reads lake_huishouden, which",
		"from peil, duckdb_settings() where":                      "it reads function duckdb_settings, which",
		"from peil, read_text('/etc/hostname') where":             "it reads function read_text, which",
		"from peil, glob('*') where":                              "it reads function glob, which",
		"from peil, information_schema.tables where":              "it reads a file, which",
		"from peil; select 1 where":                               "it is not one SELECT",
		"from (with peil as (select 1) select * from rang) where": "it reads rang, which",
	} {
		err := runOwn(t, data, plain, func(e engine.Engine) engine.Engine { return understating{e, "from peil where", out} })
		usage(err, "config/signals/eigen.sql: "+want)
	}
	// a built-in model that reads beside its header is a failure of the program
	err = runOwn(t, data, plain, func(e engine.Engine) engine.Engine {
		return understating{e, "from stg_plan", "from lake_maatwerk_plan"}
	})
	var e *exit.Error
	if !errors.As(err, &e) || e.Code != exit.Failed || !strings.Contains(err.Error(), "transforms/") {
		t.Errorf("a built-in model: %v", err)
	}
	for what, file := range map[string]string{"a person's pseudonym": persons[0], "all of them": filepath.Join(filepath.Dir(persons[0]), "*.parquet"),
		"the inbox": inbox[0], "a way round": filepath.Join(data, "lake", "huishouden", "..", "persoon", filepath.Base(persons[0]))} {
		err := runOwn(t, data, plain, func(e engine.Engine) engine.Engine {
			return believing{e, "from peil where", "from peil, '" + file + "' where"}
		})
		if err == nil || !strings.Contains(err.Error(), "config/signals/eigen.sql: ") || !strings.Contains(err.Error(), "may not use") || strings.Contains(err.Error(), "lake/") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := os.Stat(filepath.Join(data, "latest")); err == nil {
		t.Error("something was published")
	}
}

// TestOwnSignalMistakes: an own signal that the engine can't compute, or that gives other columns than a signal has, is a mistake in the
// configuration: one sentence with the file, what is wrong in words and what to write. What only the checks can see names the file too.
func TestOwnSignalMistakes(t *testing.T) {
	data := testrun.Small(t)
	plain := ownSignal("peil", "from peil")
	for old, c := range map[string]struct{ with, want string }{
		"cast(null as bigint) as huishouden": {"null as huishouden", "column huishouden is INTEGER, want BIGINT: write cast(... as bigint), and cast(null as bigint)"},
		"as ingredient, date '2025-01-01' as van": {"as van, date '2025-01-01' as ingredient",
			"column ingredient is DATE, want VARCHAR: write cast(... as varchar)"},
		"cast(1 as bigint) as regel": {"1 as anders", "it does not give every column of its header: "},
		"date '2025-01-02' as tot":   {"cast(concat('geheim', cast(peildatum as varchar)) as date) as tot", "a value can't be turned into the type"},
		"'zwak' as sterkte":          {"peil.bestaat_niet as sterkte", "the engine can't work with it: "},
	} {
		model := strings.Replace(plain, old, c.with, 1)
		if model == plain {
			t.Fatalf("%s is not in the model", old)
		}
		err := runOwn(t, data, model, same)
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.Usage || !strings.HasPrefix(err.Error(), "config/signals/eigen.sql: "+c.want) ||
			strings.Contains(err.Error(), "Error") || strings.Contains(err.Error(), "geheim") || strings.ContainsAny(err.Error(), "\n[") {
			t.Errorf("%s: %v", c.with, err)
		}
	}
	err := runOwn(t, data, plain, same) // a signal of nobody
	var e *exit.Error
	if !errors.As(err, &e) || e.Code != exit.ChecksFailed || !strings.Contains(err.Error(), "config/signals/eigen.sql geeft er ") {
		t.Errorf("a signal of nobody: %v", err)
	}
	// a built-in model that fails is named once
	err = runOwn(t, data, ownSignal("peil", "from peil where 1 = 0"), func(e engine.Engine) engine.Engine {
		return failing{e, "stg_plan"}
	})
	if !errors.As(err, &e) || e.Code != exit.Failed || !strings.HasPrefix(err.Error(), "model stg_plan: ") || strings.Count(err.Error(), "stg_plan") != 1 {
		t.Errorf("a built-in model: %v", err)
	}
}

// failing is an engine that can't compute one model.
type failing struct {
	engine.Engine
	table string
}

func (e failing) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	if name == e.table {
		query = "select cast('geheim' as date) as x"
	}
	return e.Engine.Write(ctx, name, query, orderBy, file)
}
