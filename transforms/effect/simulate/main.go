// Simulate holds the estimators of maatwerk's effect to worlds of which the effect is known (make simulate), and writes what came of it to
// docs/effect-validation.md with pictures in docs/img. It is no part of the product. The same numbers come out on any machine.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"stapel/transforms/estimate"
)

func main() {
	o := options{}
	flag.IntVar(&o.worlds, "worlds", 1000, "worlds a cell for the figure that decides")
	flag.IntVar(&o.rest, "rest", 200, "of these for all other figures, and the verdict")
	flag.IntVar(&o.draws, "draws", 99, "draws of the placebo in each of those")
	flag.StringVar(&o.docs, "docs", "docs", "folder to write into")
	flag.Parse()
	start := time.Now()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "simulate:", err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stderr, "%.0f seconds\n", time.Since(start).Seconds())
}

type options struct {
	worlds, rest, draws int
	docs                string
}

func run(o options) error {
	var cells []*cell
	for _, by := range selections {
		for _, n := range sizes {
			worlds := make([][]one, o.worlds)
			estimate.InParallel(o.worlds, func(k int) { worlds[k] = makeWorld(by, n, k, o) })
			for e, effect := range effects {
				c := &cell{by: by, n: n, effect: effect}
				own := make([]one, o.worlds)
				for k := range worlds {
					own[k] = worlds[k][e]
				}
				if err := c.add(own); err != nil {
					return fmt.Errorf("%s, %d, %.0f: %w", by, n, effect, err)
				}
				cells = append(cells, c)
			}
			fmt.Fprintf(os.Stderr, "%s %d\n", by, n)
		}
	}
	late, err := lateBills(o)
	if err != nil {
		return err
	}
	if err := plots(filepath.Join(o.docs, "img"), cells); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(o.docs, "effect-validation.md"), []byte(report(o, cells, late)), 0o644)
}
