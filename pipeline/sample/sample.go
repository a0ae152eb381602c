// Package sample draws a monetary-unit sample of the lines behind a figure of a published run, writes the work paper that somebody fills in, and says
// what the filled-in paper means. The arithmetic is that of package mus.
package sample

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/mus"
	"stapel/pipeline/published"
)

// Options say what to draw, and why.
type Options struct {
	Data      string
	Run       string // run id; empty: the latest
	Figure    string // id, or with * for all of a part of the key; empty: Whole
	Why       string // logged before anything is written
	Out       string // folder of the work paper; empty: that of the accountant, in the run
	Tolerable string // euros, or a percentage of the debits
	Expected  string // idem
	Plan      mus.Plan
	// Load reads the configuration, with single settings overridden as flags do.
	Load func(set map[string]any) (*config.Config, error)
	// Engine opens an engine with the settings of a configuration.
	Engine func(cfg *config.Config) engine.Open
}

// Drawn is a sample that was drawn, and where its papers are.
type Drawn struct {
	*Paper
	Workbook string `json:"werkblad"`
	Record   string `json:"vastlegging"`
}

// Take draws a sample, and writes the workbook to fill in with the record of the draw beside it. A paper that is there is never replaced.
func Take(ctx context.Context, opt Options) (*Drawn, error) {
	why, err := access.Because(opt.Why, "a sample shows source lines")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(opt.Plan.Seed) == "" {
		return nil, exit.Misuse("give it with --seed: a text that nobody could choose to suit the outcome, such as dice thrown by the accountant", "there is no seed")
	}
	if bad := config.CheckLine(opt.Plan.Seed, config.MaxReason); bad != "" {
		return nil, exit.Misuse("say it in one line of plain text", "--seed: %s", bad)
	}
	if bad := access.NoBSN(opt.Plan.Seed); bad != "" {
		return nil, exit.Misuse("say it without the number", "--seed: %s", bad)
	}
	for _, of := range [][2]string{{"toelaatbaar", opt.Tolerable}, {"verwacht", opt.Expected}} {
		if _, err := amount(of[0], of[1], 0); err != nil {
			return nil, err
		}
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, false)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	paper, err := draw(ctx, run, opt)
	if ctx.Err() != nil {
		return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
	}
	if err != nil {
		return nil, err
	}
	out := opt.Out
	if out == "" {
		out = filepath.Join(run.Folder().Reports(), "accountant")
	}
	name := "steekproef-" + paper.Draw[:12]
	d := &Drawn{Paper: paper, Workbook: filepath.Join(out, name+".xlsx"), Record: filepath.Join(out, name+recordSuffix)}
	return d, d.write(why, opt.Data, out)
}

// draw finds the lines and takes a sample of them.
func draw(ctx context.Context, run *published.Run, opt Options) (_ *Paper, err error) {
	again, err := published.Reopen(run, opt.Load)
	if err != nil {
		return nil, err
	}
	if opt.Figure == "" {
		opt.Figure = Whole
	}
	f, err := parse(opt.Figure, again.Config)
	if err != nil {
		return nil, err
	}
	work, err := run.Lake.Work("sample-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	lines, scan, err := population(ctx, again, opt, f, work)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, exit.Misuse("look in mart kosten for what there is", "the run has no lines behind this figure")
	}
	var debits int64
	for _, l := range lines {
		debits += max(l.Ct, 0)
	}
	plan := opt.Plan
	if plan.Tolerable, err = amount("toelaatbaar", opt.Tolerable, debits); err != nil {
		return nil, err
	}
	if plan.Expected, err = amount("verwacht", opt.Expected, debits); err != nil {
		return nil, err
	}
	if err := plan.Check(); err != nil {
		return nil, exit.Misuse("look at --zekerheid, --toelaatbaar, --verwacht, --trekking and --verdeling", "no sample can be drawn like this: %s", err.Error())
	}
	d, err := mus.Take(plan, lines)
	if err != nil {
		return nil, exit.Misuse("expect less, or tolerate more", "no sample can be drawn like this: %s", err.Error())
	}
	return newPaper(run, f, d, scan)
}

var amountRE = regexp.MustCompile(`^([0-9]{1,13})(?:[.,]([0-9]{1,2}))?(%?)$`)

// amount reads euros with at most two decimals, or a percentage of a whole, rounded down, as cents.
func amount(flag, text string, whole int64) (int64, error) {
	m := amountRE.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, exit.Misuse("write euros without points between thousands, such as 50000 or 1250,50, or a percentage such as 1%", "--%s is no amount", flag)
	}
	ct, err := strconv.ParseInt(m[1]+(m[2] + "00")[:2], 10, 64)
	if err != nil || m[3] == "" {
		return ct, err
	}
	if ct > 100_00 {
		return 0, exit.Misuse("write a percentage of at most 100%", "--%s is no amount", flag)
	}
	return whole/100_00*ct + whole%100_00*ct/100_00, nil
}

// write puts both papers in place, once it is logged who gets them. A record without its workbook is of a command that was cut off, and is the same again.
func (d *Drawn) write(why access.Reason, data, out string) error {
	record, err := d.record()
	if err != nil {
		return err
	}
	was, err := os.ReadFile(d.Record)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Lstat(d.Workbook); err == nil || was != nil && !bytes.Equal(was, record) {
		return exit.Misuse("evaluate it with --evaluate, or draw with another seed", "the work paper of this draw is there already: %s", filepath.Base(d.Workbook))
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	book, err := d.workbook()
	if err != nil {
		return err
	}
	if err := why.Log(data, access.Look{What: "sample", Run: d.Run, Home: d.home, File: filepath.Base(d.Workbook), Sha256: d.Draw}); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("the folder of the work paper: %w", err)
	}
	inside, err := lake.Inside(data, out)
	if err != nil {
		return err
	}
	put := lake.WriteNew
	if inside {
		put = (&lake.Lake{Root: data}).Put
	}
	if was == nil { // first: a workbook without a record can't be evaluated
		if err := put(d.Record, record); err != nil {
			return err
		}
	}
	return put(d.Workbook, book)
}
