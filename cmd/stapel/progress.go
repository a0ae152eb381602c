package main

import (
	"os"

	"stapel/pipeline/progress"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// progress shows bars on a terminal; elsewhere, with --json or with --no-progress nobody is told.
func (g *globals) progress() progress.Progress {
	if g.progressWith != nil {
		return g.progressWith
	}
	f, ok := g.stderr.(*os.File)
	if g.json || g.noProgress || !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	return &bars{out: f}
}

type bars struct {
	out *os.File
	bar *progressbar.ProgressBar
}

func (b *bars) Stage(name string, total int64) {
	if total == 0 {
		total = -1
	}
	b.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(b.out), progressbar.OptionSetDescription(name),
		progressbar.OptionSetWidth(30), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
}

func (b *bars) Add(n int64) { _ = b.bar.Add64(n) } // a bar that can't be drawn is no reason to stop a run

func (b *bars) Done() { _ = b.bar.Finish() }
