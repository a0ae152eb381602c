package pipeline

import (
	"context"
	"slices"

	"stapel/pipeline/control"
	"stapel/reports"
	"stapel/reports/seen"
)

// summarize reads what the staged marts say about the data that came in, once for the result and the report. The result has the links of
// a kind over all its files, and in each gemeente.
func (x *execution) summarize(ctx context.Context) (err error) {
	x.result.Report = x.reportRun()
	w, err := x.result.Report.Windows()
	if err != nil {
		return err
	}
	if x.seen, err = seen.Read(ctx, x.staged.MartFS(), w.T0); err != nil {
		return err
	}
	x.result.Seen = x.seen
	x.result.Links = slices.DeleteFunc(slices.Clone(x.seen.Links), func(l seen.Link) bool { return !l.AllFiles() })
	return nil
}

// Basis is what the peildatum rests on, as reports have it.
func (r *Result) Basis() reports.Basis { return basisOf(r.PeilBasis) }

func basisOf(b control.Basis) reports.Basis {
	out := reports.Basis{Set: b.Set, Without: b.Without, Gone: b.Gone}
	for _, p := range b.Parts {
		out.Parts = append(out.Parts, reports.BasisPart(p))
	}
	return out
}

// reportRun is what a report says about this run.
func (x *execution) reportRun() reports.Run {
	run := reports.Of(x.opt.Config)
	run.ID, run.Peildatum, run.Versie, run.Synthetisch = x.manifest.RunID, x.manifest.Peildatum, x.opt.Version, x.opt.Synthetic
	run.Gemeenten, run.Basis, run.NietGezien = x.manifest.Gemeenten, basisOf(x.manifest.PeilBasis), x.world.Unseen()
	run.IngredientKinds, run.Werktafel = x.world.IngredientKinds(), x.opt.Config.Settings.Reports.Werktafel
	return run
}
