package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/diff"
	"stapel/pipeline/lake"
	"stapel/reports"
	"stapel/reports/analist"
)

// changesFile is beside the report of a run: it is about two runs, so that it is no part of what the run gives again.
const changesFile = "veranderd.html"

// changesShown is how many households the page has.
const changesShown = 200

// writeChanges writes beside the report of a run what changed since before, the run that was published until then; "" where there was none.
// That the two cannot be compared is said, and does not undo the run. A page that is in place is whole, and AttachLog has it.
func (g *globals) writeChanges(ctx context.Context, r *pipeline.Result, before string, cfg *config.Config) error {
	l := &lake.Lake{Root: g.data}
	page := l.Run(r.RunID).File(lake.ReportName(path.Join(string(reports.Analist), changesFile)))
	if before == r.RunID { // the same run again: what it changed was said when it was new, unless it was cut off before that
		said, err := l.IsAttached(page)
		if err != nil || said {
			return err
		}
		earlier, err := l.Earlier()
		if err != nil {
			return err
		}
		if before = ""; len(earlier) > 0 {
			before = earlier[0]
		}
	}
	changes, err := g.changes(ctx, r, before, cfg)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		fmt.Fprintf(g.stderr, "let op: wat veranderde sinds run %s is niet te zeggen: %s\n", before, plainly(g.lang, err))
		return nil
	}
	work, err := l.Work("veranderd-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	out := reports.NewWriter(reports.OSDir(work), reports.Analist)
	if err := out.Write(changesFile, analist.ChangesLevel, func(w io.Writer) error { return analist.WriteChanges(w, r.Report, changes) }); err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(work, filepath.FromSlash(out.Files()[0].Name)))
	if err != nil {
		return err
	}
	return l.Replace(page, data)
}

func (g *globals) changes(ctx context.Context, r *pipeline.Result, before string, cfg *config.Config) (c analist.Changes, err error) {
	if before == "" {
		return c, nil
	}
	d, err := diff.Runs(ctx, diff.Options{Data: g.data, A: before, B: r.RunID, Config: cfg, Engine: openEngine(cfg), N: int64(cfg.Selection.Count),
		Show: changesShown, Why: "rapport van run " + r.RunID + ": wat veranderde"})
	if err != nil {
		return c, err
	}
	c = analist.Changes{Before: d.A.ID, BeforePeildatum: d.A.Peildatum, Entered: d.Entered, Left: d.Left, Both: d.Both, Same: d.Same, Gone: d.OnlyA,
		Fresh: d.OnlyB, All: d.Moved}
	for _, reason := range diff.AllReasons {
		if n := d.ByReason[reason]; n > 0 {
			c.Reasons = append(c.Reasons, analist.ReasonCount{Reason: reason, N: int64(n)})
		}
	}
	for _, s := range d.Shown {
		met, broken := s.Rules()
		eligible := func(p *bool) bool { return p != nil && *p }
		c.Households = append(c.Households, analist.Changed{ID: s.ID, Entered: !eligible(s.EligibleA) && eligible(s.EligibleB), Left: eligible(s.EligibleA) && !eligible(s.EligibleB),
			RankA: s.RankA, RankB: s.RankB, T0A: s.T0A, T0B: s.T0B, Why: slices.Clone(s.Why), Broken: broken, NoLonger: met})
	}
	return c, nil
}
