package pipeline

import (
	"context"
	"slices"

	"stapel/pipeline/control"
	"stapel/reports"
)

// Seen is what the marts say about the data that came in.
type Seen struct {
	Findings []reports.Finding `json:"bevindingen,omitempty"`
	Links    []reports.Link    `json:"koppeling,omitempty"` // per kind over all its files, and in each gemeente
	Outside  []reports.Outside `json:"buiten_vensters,omitempty"`
}

// summarize fills the result with what the staged marts say about the data that came in.
func (x *execution) summarize(ctx context.Context) (err error) {
	marts := x.staged.MartFS()
	r := x.result
	if r.Findings, err = reports.Findings(ctx, marts); err != nil {
		return err
	}
	if r.Outside, err = reports.OutsideWindows(ctx, marts); err != nil {
		return err
	}
	links, err := reports.Links(ctx, marts)
	r.Links = slices.DeleteFunc(links, func(l reports.Link) bool { return !l.AllFiles() })
	return err
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
	run := reports.Run{ID: x.manifest.RunID, Peildatum: x.manifest.Peildatum, Versie: x.opt.Version, Synthetisch: x.opt.Synthetic,
		Gemeenten: x.manifest.Gemeenten, DrempelCt: x.opt.Config.Selection.ThresholdEur * 100,
		SelectieAantal: int64(x.opt.Config.Selection.Count), NietGezien: x.world.Unseen(), Basis: basisOf(x.manifest.PeilBasis),
		MaxHuishouden: int64(settings.Limits.MaxHouseholdPersons), IngredientKinds: x.world.IngredientKinds()}
	return run
}
