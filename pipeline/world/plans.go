package world

import (
	"slices"
	"time"

	"stapel/pipeline/analyseplan"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// planRow is an analysis plan that was frozen up to P, beside the settings of this run.
type planRow struct {
	ID      string `parquet:"analyseplan"`     // SHA-256
	Frozen  int32  `parquet:"vastgelegd,date"` // UTC
	Differs string `parquet:"verschil"`        // Dutch: what of its settings is not as now; empty text when nothing is
}

// findPlans reads the analysis plans that were frozen up to P, in the order of their moments. One of after P is none of this run's: it is about what comes.
func (w *World) findPlans(l *lake.Lake) error {
	plans, err := analyseplan.Read(l.Root, w.Peil.AddDate(0, 0, 1))
	if err != nil || len(plans) == 0 {
		return err
	}
	now, err := analyseplan.Of(w.Cfg)
	if err != nil {
		return err
	}
	for _, p := range plans {
		w.Plans = append(w.Plans, control.Plan{ID: p.ID, On: p.On.UTC().Format(time.RFC3339), Sha256: p.Sha256})
		w.frozen = append(w.frozen, planRow{p.ID, day(p.On), p.Plan.Differs(now)})
	}
	return nil
}

// OnlyPlans leaves out the analysis plans that are not listed: a run that is worked out once more has those it had.
func (w *World) OnlyPlans(of []control.Plan) {
	w.Plans = slices.DeleteFunc(w.Plans, func(p control.Plan) bool { return !slices.Contains(of, p) })
	w.frozen = slices.DeleteFunc(w.frozen, func(r planRow) bool {
		return !slices.ContainsFunc(w.Plans, func(p control.Plan) bool { return p.ID == r.ID })
	})
}
