package world

import (
	"slices"

	"stapel/config"
)

// effectMonths is how many months to P the effect of maatwerk is looked for in: a set of them is a whole number, like that of the windows.
const effectMonths = 60

type effectParameterRow struct {
	Outcome           string  `parquet:"primaire_uitkomst"`
	Months            int64   `parquet:"maanden"`
	MinMonths         int64   `parquet:"min_maanden"`
	Ratio             int64   `parquet:"verhouding"`
	Caliper           float64 `parquet:"caliper"`
	MinSets           int64   `parquet:"min_sets"`
	MinCohort         int64   `parquet:"min_cohort"`
	ByDomains         bool    `parquet:"eis_domeinen"`
	ByThreshold       bool    `parquet:"eis_drempel"`
	ByZvw             bool    `parquet:"eis_zvw_aandeel"`
	PlaceboDraws      int64   `parquet:"placebo_trekkingen"`
	PlaceboCandidates int64   `parquet:"placebo_max_kandidaten"`
	PlaceboMaxShare   float64 `parquet:"placebo_max_aandeel"`
	PeakMaxShare      float64 `parquet:"piek_max_aandeel"`
	CapPercentile     int64   `parquet:"kap_percentiel"`
	BootstrapDraws    int64   `parquet:"bootstrap_trekkingen"`
	BandDraws         int64   `parquet:"band_trekkingen"`
	Seed              string  `parquet:"zaad"`
	Reduction1        int64   `parquet:"korting_laag_procent"`
	Reduction2        int64   `parquet:"korting_midden_procent"`
	Reduction3        int64   `parquet:"korting_hoog_procent"`
}

// effectMonthRow is a month in which the effect of maatwerk is looked for.
type effectMonthRow struct {
	Maand int32 `parquet:"maand,date"`
	Tot   int32 `parquet:"tot,date"`
	Bit   int64 `parquet:"bit"`
	Nr    int64 `parquet:"volgnr"` // from 1, oldest first
}

// effectCoverRow is what a kind with declared cost covers for a gemeente, for the time that the effect is looked for.
type effectCoverRow struct {
	Kind         string `parquet:"kind"`
	Gemeentecode string `parquet:"gemeentecode"`
	Maanden      int64  `parquet:"maanden"` // as bits of effect_kalender
}

func (w *World) effectParameter() effectParameterRow {
	e := w.Cfg.Effect
	row := effectParameterRow{
		Outcome: e.Primary.Outcome, Months: int64(e.Primary.Months), MinMonths: int64(e.Window.MinMonths),
		Ratio: int64(e.Matching.Ratio), Caliper: e.Matching.Caliper, MinSets: int64(e.Matching.MinSets), MinCohort: int64(e.Matching.MinCohort),
		ByDomains: e.Candidates.MinDomains, ByThreshold: e.Candidates.AtThreshold, ByZvw: e.Candidates.MaxZvwPercent,
		PlaceboDraws: int64(e.Placebo.Draws), PlaceboCandidates: int64(e.Placebo.MaxCandidates), PlaceboMaxShare: e.Placebo.MaxShare,
		PeakMaxShare: e.Peak.MaxShare, CapPercentile: int64(e.Fragility.CapPercentile),
		BootstrapDraws: int64(e.Resampling.BootstrapDraws), BandDraws: int64(e.Resampling.BandDraws), Seed: e.Resampling.Seed,
	}
	if r := e.Expected.ReductionsPercent; len(r) == 3 {
		row.Reduction1, row.Reduction2, row.Reduction3 = int64(r[0]), int64(r[1]), int64(r[2])
	}
	return row
}

// effectCalendar lists the months to P, oldest first.
func (w *World) effectCalendar() []effectMonthRow {
	var out []effectMonthRow
	first := monthStart(w.Peil).AddDate(0, 1-effectMonths, 0)
	for i := range effectMonths {
		m := first.AddDate(0, i, 0)
		out = append(out, effectMonthRow{day(m), day(m.AddDate(0, 1, 0)), 1 << i, int64(i + 1)})
	}
	return out
}

// effectCover says which of those months each kind covers for each gemeente.
func (w *World) effectCover() []effectCoverRow {
	var out []effectCoverRow
	calendar := w.effectCalendar()
	for _, kind := range w.Cfg.Kinds() {
		for _, g := range w.allGemeenten() {
			row := effectCoverRow{Kind: kind, Gemeentecode: g}
			for _, m := range calendar {
				if w.covers(kind, g, m.Maand, m.Tot) {
					row.Maanden |= m.Bit
				}
			}
			out = append(out, row)
		}
	}
	return out
}

// effectKindRow is a kind with declared cost: whether what it says is counted in effects, which is where what it covers is known, or a run
// needs it.
type effectKindRow struct {
	Kind      string `parquet:"kind"`
	Meegeteld bool   `parquet:"meegeteld"`
	Volledig  bool   `parquet:"volledig"` // its months are complete once covered
}

func (w *World) effectKinds() []effectKindRow {
	var out []effectKindRow
	for _, kind := range w.Cfg.CostKinds(config.Gedeclareerd) {
		out = append(out, effectKindRow{kind, w.Cfg.Required(kind) || w.known(kind), slices.Contains(w.Cfg.Effect.Window.CompleteKinds, kind)})
	}
	return out
}
