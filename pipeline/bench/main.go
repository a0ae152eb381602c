// Bench times the detection of cocktails on its own, and then patterns: from signals and coverage to episodes, and to sets, orders, paths and
// trends, for as many households as the Netherlands has, on two threads with 4 GB. A generated region is run as a user would run it, the tables that detection reads are kept, and
// these are laid down as many times as it takes, each time with other household keys. Reading extracts, costs and checks are not in
// it; what a whole run takes is in docs/performance.md. Run it with `make bench-cocktails`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/models"
	"stapel/sample-data/generator"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// from are the tables that detection starts from, to is what it comes to, and patterns is what is made of it. What lies between is timed.
var (
	from     = []string{"signaal_huishouden", "huishouden_stand", "huishouden_dekking", "geen_uitkering_stand", "geen_uitkering_zwak", "kosten_breed"}
	to       = "cocktail_episode"
	patterns = map[string]string{ // with the keys of their rows
		"patroon": "combinatie", "overgang": "van_ingredient, naar_ingredient", "pad": "cocktail_id, pad", "pad_stap": "cocktail_id, pad, stap",
		"trend": "kwartaal, cocktail_id", "trend_gebied": "kwartaal, cocktail_id, gemeentecode, wijkcode", "cocktail_groep": "cocktail_id, kenmerk, groep"}
)

var (
	households = flag.Int("households", 8_400_000, "households to time")
	base       = flag.Int("base", 300_000, "households that are generated and run")
	memory     = flag.Int("memory", 4000, "MB that the engine may take")
	threads    = flag.Int("threads", 2, "threads of the engine")
	dir        = flag.String("dir", "bench/cocktails", "folder; what is made there stays for the next time")
	timed      = flag.Bool("timed", false, "internal: time in this process")
)

func main() {
	flag.Parse()
	slog.SetLogLoggerLevel(slog.LevelWarn)
	run := prepare
	if *timed {
		run = measure
	}
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// prepare makes the tables that are not there yet, and times in a process of its own, so that its peak memory is its own.
func prepare(ctx context.Context) error {
	kept := filepath.Join(*dir, fmt.Sprintf("basis-%d", *base))
	if _, err := os.Stat(kept); err != nil {
		if err := region(ctx, kept); err != nil {
			return err
		}
	}
	large := filepath.Join(*dir, fmt.Sprintf("tabellen-%d", copies()))
	if _, err := os.Stat(large); err != nil {
		if err := multiply(ctx, kept, large); err != nil {
			return err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, append([]string{"-timed"}, os.Args[1:]...)...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// copies is how often the region is laid down.
func copies() int { return (*households + *base - 1) / *base }

// keeping is an engine that keeps the tables detection starts from.
type keeping struct {
	engine.Engine
	dir    string
	inputs []string
}

func (e keeping) keep(name, file string) error {
	src, err := os.Open(file)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(filepath.Join(e.dir, name+".parquet"), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}

func (e keeping) Bind(ctx context.Context, name string, files []string, columns []transforms.Column) error {
	if slices.Contains(e.inputs, name) && len(files) == 1 {
		if err := e.keep(name, files[0]); err != nil {
			return err
		}
	}
	return e.Engine.Bind(ctx, name, files, columns)
}

func (e keeping) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	n, err := e.Engine.Write(ctx, name, query, orderBy, file)
	if err == nil && (slices.Contains(from, name) || name == to || patterns[name] != "") {
		err = e.keep(name, file)
	}
	return n, err
}

// region generates a region, runs on it, and keeps the tables.
func region(ctx context.Context, kept string) error {
	data := filepath.Join(*dir, "regio")
	if err := errors.Join(os.RemoveAll(data), os.MkdirAll(*dir, 0o700)); err != nil {
		return err
	}
	fmt.Printf("%d households are generated and run, for the tables that detection starts from\n", *base)
	if _, err := generator.Generate(ctx, generator.Options{Households: *base, Months: 36, Seed: 7, Dir: data}); err != nil {
		return err
	}
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return err
	}
	_, inputs, err := between(cfg, append(slices.Collect(maps.Keys(patterns)), to), nil)
	if err != nil {
		return err
	}
	half := kept + ".deel"
	if err := errors.Join(os.RemoveAll(half), os.MkdirAll(half, 0o700)); err != nil {
		return err
	}
	if _, err := pipeline.Run(ctx, pipeline.Options{Data: data, Config: cfg, Secret: []byte("bench: a key of nobody, 32 bytes"), Version: "bench",
		Synthetic: true, Until: "marts",
		Engine: engine.Wrap(duckdb.Opener(0, 0), func(e engine.Engine) engine.Engine { return keeping{e, half, inputs} })}); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(data), os.Rename(half, kept))
}

// between are the models that lead to some tables, in order, without those that are there already, and the inputs that they read.
func between(cfg *config.Config, to, there []string) (list []*transforms.Model, inputs []string, err error) {
	all, err := models.All(cfg)
	if err != nil {
		return nil, nil, err
	}
	needed := map[string]bool{}
	for _, name := range to {
		needed[name] = true
	}
	for _, m := range slices.Backward(all) {
		if needed[m.Name] && !slices.Contains(from, m.Name) && !slices.Contains(there, m.Name) {
			for _, r := range m.Reads {
				needed[r] = true
			}
			list = append(list, m)
		}
	}
	slices.Reverse(list)
	for _, name := range models.InputNames(cfg) {
		if needed[name] {
			inputs = append(inputs, name)
		}
	}
	return list, inputs, nil
}

// The queries in this file are about files of the bench, in DuckDB's own words: they lay tables down many times and compare copies. What
// is measured are the models of a run, as a run has them.

// multiply lays the tables down as often as it takes, each time with the household keys one higher.
func multiply(ctx context.Context, kept, large string) error {
	half := large + ".deel"
	if err := errors.Join(os.RemoveAll(half), os.MkdirAll(half, 0o700)); err != nil {
		return err
	}
	fmt.Printf("laid down %d times\n", copies())
	e, err := duckdb.Open(ctx, duckdb.Options{Dirs: []string{*dir}, Spill: filepath.Join(half, "spill"), MemoryMB: 12000})
	if err != nil {
		return err
	}
	defer e.Close()
	for _, name := range from {
		file, err := filepath.Abs(filepath.Join(kept, name+".parquet"))
		if err != nil {
			return err
		}
		var parts []string
		for i := range copies() {
			parts = append(parts, fmt.Sprintf("select * replace (huishouden + %d as huishouden) from read_parquet('%s')", i, strings.ReplaceAll(file, "'", "''")))
		}
		if _, err := e.Write(ctx, name, strings.Join(parts, " union all "), nil, filepath.Join(half, name+".parquet")); err != nil {
			return err
		}
	}
	return os.Rename(half, large)
}

// measure computes the models as a run does and prints what each took.
func measure(ctx context.Context) error {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return err
	}
	detection, _, err := between(cfg, []string{to}, nil)
	if err != nil {
		return err
	}
	there := []string{}
	for _, m := range detection {
		there = append(there, m.Name)
	}
	rest, _, err := between(cfg, slices.Sorted(maps.Keys(patterns)), there)
	if err != nil {
		return err
	}
	_, inputs, err := between(cfg, append(slices.Collect(maps.Keys(patterns)), to), nil)
	if err != nil {
		return err
	}
	work := filepath.Join(*dir, "uitkomst")
	if err := errors.Join(os.RemoveAll(work), os.MkdirAll(work, 0o700)); err != nil {
		return err
	}
	e, err := duckdb.Open(ctx, duckdb.Options{Dirs: []string{*dir}, Spill: filepath.Join(work, "spill"), MemoryMB: *memory, Threads: *threads})
	if err != nil {
		return err
	}
	defer e.Close()
	c := computation{engine: e, work: work, kept: filepath.Join(*dir, fmt.Sprintf("basis-%d", *base)), files: map[string]string{}, sorted: map[string]bool{}}
	for _, m := range slices.Concat(detection, rest) {
		if m.Func != nil {
			for _, r := range m.Reads {
				c.sorted[r] = true
			}
		}
	}
	for _, name := range from {
		if err := c.bind(ctx, name, filepath.Join(*dir, fmt.Sprintf("tabellen-%d", copies())), name); err != nil {
			return err
		}
	}
	for _, name := range inputs {
		if err := c.bind(ctx, name, c.kept, name); err != nil {
			return err
		}
	}
	homes, err := e.Count(ctx, "huishoudens", "select count(*) from huishouden_stand")
	if err != nil {
		return err
	}
	signals, err := e.Count(ctx, "signalen", "select count(*) from signaal_huishouden")
	if err != nil {
		return err
	}
	fmt.Printf("%d households, %d signals, %d threads, %d MB\n", homes, signals, *threads, *memory)
	for _, part := range []struct {
		name string
		list []*transforms.Model
	}{{"cocktails", detection}, {"patterns of them", rest}} {
		start := time.Now()
		for _, m := range part.list {
			if err := c.compute(ctx, m); err != nil {
				return fmt.Errorf("model %s: %w", m.Name, err)
			}
		}
		fmt.Printf("%8.2f s %s\n", time.Since(start).Seconds(), part.name)
	}
	if err := c.verify(ctx); err != nil {
		return err
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	_, peak, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ = strings.Cut(peak, "\n")
	fmt.Printf("peak memory of the process %s\n", strings.TrimSpace(peak))
	return os.RemoveAll(work)
}

// computation is what is computed of the tables that were laid down.
type computation struct {
	engine     *duckdb.Engine
	work, kept string
	files      map[string]string
	sorted     map[string]bool // tables that Go reads
}

// bind gives a file of a folder a name.
func (c *computation) bind(ctx context.Context, name, folder, as string) error {
	file, err := filepath.Abs(filepath.Join(folder, name+".parquet"))
	if err != nil {
		return err
	}
	c.files[as] = file
	return c.engine.View(ctx, as, fmt.Sprintf("select * from read_parquet('%s')", strings.ReplaceAll(file, "'", "''")))
}

// compute computes one model as a run does.
func (c *computation) compute(ctx context.Context, m *transforms.Model) error {
	if m.View {
		return c.engine.View(ctx, m.Name, m.SQL)
	}
	begin := time.Now()
	file := filepath.Join(c.work, m.Name+".parquet")
	if m.Func != nil {
		if err := m.Func.Run(ctx, func(table string) string { return c.files[table] }, file, typed.Beside{}); err != nil {
			return err
		}
	} else {
		var orderBy []string
		if c.sorted[m.Name] {
			orderBy = m.Grain
		}
		if _, err := c.engine.Write(ctx, m.Name, m.SQL, orderBy, file); err != nil {
			return err
		}
	}
	if err := c.bind(ctx, m.Name, c.work, m.Name); err != nil {
		return err
	}
	n, err := c.engine.Count(ctx, m.Name, "select count(*) from "+m.Name)
	fmt.Printf("%8.2f s %11d rows  %s\n", time.Since(begin).Seconds(), n, m.Name)
	return err
}

// verify compares what was computed with the region: every episode, and of patterns as many times the households.
func (c *computation) verify(ctx context.Context) error {
	if err := c.bind(ctx, to, c.kept, "basis"); err != nil {
		return err
	}
	wrong, err := c.engine.Count(ctx, "vergelijking", fmt.Sprintf(`select (select count(*) from %[1]s) - %[2]d * (select count(*) from basis)
		+ (select count(*) from basis b where not exists (select 1 from %[1]s e where e.huishouden = b.huishouden + %[2]d - 1 and
			e.cocktail_id = b.cocktail_id and e.van = b.van and e.tot = b.tot and e.status = b.status and e.ontbrekend = b.ontbrekend and
			e.volgorde = b.volgorde))`, to, copies()))
	if err != nil {
		return err
	}
	if wrong != 0 {
		return fmt.Errorf("%d episodes are not those of the region", wrong)
	}
	for _, name := range slices.Sorted(maps.Keys(patterns)) {
		if err := c.bind(ctx, name, c.kept, "basis_"+name); err != nil {
			return err
		}
		wrong, err := c.engine.Count(ctx, "vergelijking", fmt.Sprintf(`select count(*) from %[1]s full outer join basis_%[1]s b using (%[2]s)
			where %[1]s.huishoudens is distinct from %[3]d * b.huishoudens`, name, patterns[name], copies()))
		if err != nil {
			return err
		}
		if wrong != 0 {
			return fmt.Errorf("%d rows of %s are not those of the region", wrong, name)
		}
	}
	return nil
}
