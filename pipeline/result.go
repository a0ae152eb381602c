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
	settings := x.opt.Config.Settings
	return reports.Run{ID: x.manifest.RunID, Peildatum: x.manifest.Peildatum, Versie: x.opt.Version, Synthetisch: x.opt.Synthetic,
		Gemeenten: x.manifest.Gemeenten, Namen: x.opt.Config.Names, Elders: x.opt.Config.Published,
		DrempelCt: x.opt.Config.Selection.ThresholdEur * 100,
		Domeinen:  reports.Domeinen(x.opt.Config),
		Regels:    reports.Regels(x.opt.Config.Selection), Kinds: reports.Kinds(x.opt.Config), Voorzieningen: reports.Voorzieningen(x.opt.Config),
		SelectieAantal: int64(x.opt.Config.Selection.Count), NietGezien: x.world.Unseen(), Basis: basisOf(x.manifest.PeilBasis),
		MaxHuishouden: int64(settings.Limits.MaxHouseholdPersons), IngredientKinds: x.world.IngredientKinds()}
}
