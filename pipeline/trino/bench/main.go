// Command bench times the heaviest models on DuckDB and on a real Trino of one node and of two, over the same generated extracts, and prints a
// table. make bench-trino runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/lake"
	"stapel/pipeline/models"
	"stapel/pipeline/published"
	"stapel/pipeline/trino"
	"stapel/pipeline/trino/trinotest"
	"stapel/sample-data/generator"
	"stapel/transforms"
)

// heavy are the models that take most of a run; those that they need are computed before them.
var heavy = []string{"uitloop", "kosten_persoon", "code", "persoon_dekking", "declaratie_bevinding"}

var (
	households = flag.Int("households", 60_000, "generated households")
	dir        = flag.String("dir", "bench", "folder for what is generated, kept for the next time")
	ways       = flag.String("ways", "duckdb,trino1,trino2", "what to time: duckdb, trino1 (one node), trino2 (a coordinator and two workers)")
	memory     = flag.Int("memory", 6000, "MB for DuckDB, and for the nodes of Trino together")
)

func main() {
	flag.Parse()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := bench(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(ctx context.Context) error {
	data, err := filepath.Abs(filepath.Join(*dir, fmt.Sprintf("trino-%d", *households)))
	if err != nil {
		return err
	}
	run, err := prepare(ctx, data)
	if err != nil {
		return err
	}
	load := func(set map[string]any) (*config.Config, error) { return config.Load(config.Options{Set: set}) }
	again, err := published.Reopen(run, load)
	if err != nil {
		return err
	}
	all, err := models.All(again.Config)
	if err != nil {
		return err
	}
	list := needed(all)
	var timed []timing
	for way := range strings.SplitSeq(*ways, ",") {
		t, err := compute(ctx, way, again, list)
		if err != nil {
			return fmt.Errorf("%s: %w", way, err)
		}
		timed = append(timed, t)
	}
	return report(timed)
}

// prepare generates extracts, and runs on them once: what is timed begins with the lake.
func prepare(ctx context.Context, data string) (*published.Run, error) {
	l := &lake.Lake{Root: data}
	ids, err := l.Runs()
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		if _, err := os.Stat(filepath.Join(data, "inbox")); err != nil {
			if _, err := generator.Generate(ctx, generator.Options{Households: *households, Months: 36, Seed: 7, Dir: data}); err != nil {
				return nil, err
			}
		}
		cfg, err := config.Load(config.Options{})
		if err != nil {
			return nil, err
		}
		start := time.Now()
		result, err := pipeline.Run(ctx, pipeline.Options{Data: data, Config: cfg, Secret: []byte("bench: a key of nobody, 32 bytes"), Version: "bench",
			Synthetic: true, Until: "marts", Engine: duckdb.Opener(*memory, 0)})
		if err != nil {
			return nil, err
		}
		fmt.Printf("%d households, %d lines: generated, read, and run on DuckDB in %.0f s\n", *households, result.Lines, time.Since(start).Seconds())
		ids = []string{result.RunID}
	}
	return published.Open(l, ids[0])
}

// needed are the heavy models and those that they are made of, in order.
func needed(all []*transforms.Model) (list []*transforms.Model) {
	need := map[string]bool{}
	for _, name := range heavy {
		need[name] = true
	}
	for _, m := range slices.Backward(all) {
		if need[m.Name] {
			for _, r := range m.Reads {
				need[r] = true
			}
			list = append(list, m)
		}
	}
	slices.Reverse(list)
	return list
}

// timing is what the models took in one way.
type timing struct {
	way    string
	models map[string]cost
	all    cost
}

// cost is what a model, or all of them, took.
type cost struct {
	rows      int64
	wall      time.Duration
	processor []time.Duration // of this process, or of the nodes of Trino
}

func (c cost) together() (sum time.Duration) {
	for _, p := range c.processor {
		sum += p
	}
	return sum
}

// measuring is an engine that notes what each model takes.
type measuring struct {
	engine.Engine
	processor func() ([]time.Duration, error)
	models    map[string]cost
}

func (m measuring) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	c, err := spent(m.processor, func() (int64, error) { return m.Engine.Write(ctx, name, query, orderBy, file) })
	if err == nil {
		fmt.Printf("  %-24s %12d rows %8.1f s wall %8.1f s processor\n", name, c.rows, c.wall.Seconds(), c.together().Seconds())
		m.models[name] = c
	}
	return c.rows, err
}

// spent is what do takes.
func spent(processor func() ([]time.Duration, error), do func() (int64, error)) (c cost, err error) {
	before, err := processor()
	if err != nil {
		return c, err
	}
	start := time.Now()
	if c.rows, err = do(); err != nil {
		return c, err
	}
	c.wall = time.Since(start)
	after, err := processor()
	if err != nil {
		return c, err
	}
	for i := range after {
		c.processor = append(c.processor, after[i]-before[i])
	}
	return c, nil
}

// own is the processor time of this process.
func own() ([]time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return nil, err
	}
	return []time.Duration{time.Duration(u.Utime.Nano() + u.Stime.Nano())}, nil
}

// compute computes the models in one way.
func compute(ctx context.Context, way string, again *published.Reopened, list []*transforms.Model) (t timing, err error) {
	fmt.Println(way)
	work, err := os.MkdirTemp(*dir, "werk-")
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if work, err = filepath.Abs(work); err != nil {
		return t, err
	}
	open, processor := duckdb.Opener(*memory, 0), own
	if way != "duckdb" {
		workers := map[string]int{"trino1": 0, "trino2": 2}
		n, ok := workers[way]
		if !ok {
			return t, errors.New("want duckdb, trino1 or trino2")
		}
		// on one file system with the lake, so that files are linked
		opt := trinotest.Options{Root: filepath.Join(work, "gedeeld"), Workers: n, MemoryMB: *memory / max(n, 1), Long: true}
		// one query at a time may have most of it; Trino's own 30% was too little for a million households
		opt.Config = []string{"query.max-memory-per-node=65%", fmt.Sprintf("query.max-memory=%dMB", *memory)}
		if err := os.Mkdir(opt.Root, 0o700); err != nil {
			return t, err
		}
		server, err := trinotest.Launch(ctx, opt)
		if err != nil {
			return t, err
		}
		defer server.Stop()
		open, processor = server.Opener(work, trino.Options{}), server.Processor
	}
	e, err := open(ctx, append(models.Folders(again.Lake, again.Config), work), filepath.Join(work, "spill"))
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	t = timing{way: way, models: map[string]cost{}}
	tables := &models.Tables{Engine: measuring{e, processor, t.models}, Work: work}
	t.all, err = spent(processor, func() (int64, error) {
		unseen := func(string, string) error { return nil }
		if err := tables.BindInputs(ctx, again.World, unseen); err != nil {
			return 0, err
		}
		if err := tables.BindLake(ctx, again.World, again.Lake, models.LakeName); err != nil {
			return 0, err
		}
		if err := tables.BindLines(ctx, again.Config, unseen); err != nil {
			return 0, err
		}
		return 0, tables.Compute(ctx, list, func(models.Made) error { return nil })
	})
	return t, err
}

// report prints what each way took of each heavy model, and of all.
func report(timed []timing) error {
	line := func(cells ...string) { fmt.Println("| " + strings.Join(cells, " | ") + " |") }
	head, rule := []string{"model", "rows"}, []string{"---", "---"}
	for _, t := range timed {
		head, rule = append(head, t.way+": processor s / wall s"), append(rule, "---")
	}
	fmt.Printf("\n%d households\n\n", *households)
	line(head...)
	line(rule...)
	for _, name := range append(slices.Clone(heavy), "") {
		cells := []string{name, ""}
		for _, t := range timed {
			c := t.models[name]
			if name == "" {
				cells[0], c = fmt.Sprintf("all %d", len(t.models)), t.all
			} else {
				cells[1] = fmt.Sprint(c.rows)
			}
			by := ""
			if len(c.processor) > 1 {
				var parts []string
				for _, p := range c.processor {
					parts = append(parts, fmt.Sprintf("%.1f", p.Seconds()))
				}
				by = " (" + strings.Join(parts, " + ") + ")"
			}
			cells = append(cells, fmt.Sprintf("%.1f / %.1f%s", c.together().Seconds(), c.wall.Seconds(), by))
		}
		line(cells...)
	}
	return nil
}
