// Simulate takes worlds of which the effect is known through the whole pipeline (make simulate-pipeline), and writes what came of them to
// docs/effect-pipeline.md. It is no part of the product. Every world is a function of its number, whatever the machine.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"stapel/config"
	"stapel/pipeline/reference/effectworlds"
)

func main() {
	worlds := flag.Int("worlds", 25, "how many")
	at := flag.Int("parallel", 1, "how many at a time; each takes a gigabyte or so")
	kept := flag.String("resume", "", "file of worlds that are done, of the same version: they are not played again, and others are added")
	docs := flag.String("docs", "docs", "folder to write into")
	flag.Parse()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	start := time.Now()
	wrong, err := simulate(ctx, *worlds, *at, *kept, filepath.Join(*docs, "effect-pipeline.md"))
	fmt.Fprintf(os.Stderr, "%.0f seconds\n", time.Since(start).Seconds())
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "simulate-pipeline:", err)
		os.Exit(1)
	case wrong > 0:
		fmt.Fprintf(os.Stderr, "simulate-pipeline: %d identities do not hold; the page says which\n", wrong)
		os.Exit(1)
	}
}

// simulate plays worlds, some at a time, and writes the page after each, of those that are done: a run of an hour that is stopped leaves what it found.
// wrong counts the identities that do not hold.
func simulate(ctx context.Context, worlds, at int, kept, page string) (wrong int, err error) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return 0, err
	}
	done, err := read(kept)
	if err != nil {
		return 0, err
	}
	known := map[effectworlds.World]bool{}
	for _, o := range done {
		known[o.World] = true
		wrong += len(o.Mistakes())
	}
	var mu sync.Mutex
	var first error
	next := make(chan effectworlds.World)
	var wg sync.WaitGroup
	for range max(1, at) {
		wg.Go(func() {
			for w := range next {
				begin := time.Now()
				o, err := play(ctx, w, cfg)
				mu.Lock()
				if err == nil {
					fmt.Fprintf(os.Stderr, "%v: %.0f seconds, %d mistakes\n", w, time.Since(begin).Seconds(), len(o.Mistakes()))
					done = append(done, o)
					slices.SortFunc(done, func(a, b *effectworlds.Outcome) int { return a.Nr - b.Nr })
					wrong += len(o.Mistakes())
					err = errors.Join(write(kept, done), os.WriteFile(page, []byte(report(done)), 0o644))
				}
				if err != nil && first == nil {
					first = fmt.Errorf("%v: %w", w, err)
				}
				mu.Unlock()
			}
		})
	}
	for _, w := range effectworlds.Worlds(worlds) {
		mu.Lock()
		stop := first != nil || ctx.Err() != nil
		mu.Unlock()
		if stop {
			break
		}
		if !known[w] {
			next <- w
		}
	}
	close(next)
	wg.Wait()
	return wrong, errors.Join(first, os.WriteFile(page, []byte(report(done)), 0o644))
}

// read reads the worlds that are done; without a file there are none.
func read(file string) (done []*effectworlds.Outcome, err error) {
	data, err := os.ReadFile(file)
	if file == "" || errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return done, json.Unmarshal(data, &done)
}

func write(file string, done []*effectworlds.Outcome) error {
	if file == "" {
		return nil
	}
	data, err := json.MarshalIndent(done, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o600)
}

func play(ctx context.Context, w effectworlds.World, cfg *config.Config) (*effectworlds.Outcome, error) {
	dir, err := os.MkdirTemp("", "effectworld")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return effectworlds.Play(ctx, w, dir, cfg)
}
