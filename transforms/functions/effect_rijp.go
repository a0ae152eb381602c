package functions

import (
	"context"

	"stapel/transforms/typed"
)

/*
name: effect_rijp
doc: >
  Up to which month each kind with declared cost is complete enough for an effect (methods 7): as rijpheid has it, its product groups together. Of a kind that
  effect.yaml calls complete every month that is covered is mature.
grain: [kind]
reads: [uitloop, ontvangst, kalender, effect_kind]
columns:
  - kind tekst: kind of extract
  - meegeteld vlag: its cost counts in effects
  - rijp_tot maand: last month of the windows that is mature, with every month before it since the first that is; one in which nothing came in, or that is
      not covered, is passed over. Empty when no month is
*/

// effectMaturityTables are what effect_rijp reads.
type effectMaturityTables struct {
	Cells    typed.Table[runOffCell] `table:"uitloop"`
	Feeds    typed.Table[feed]       `table:"ontvangst"`
	Calendar typed.Table[month]      `table:"kalender"`
	Kinds    typed.Table[effectKind] `table:"effect_kind"`
}

type effectKind struct {
	Kind   string `parquet:"kind"`
	Counts bool   `parquet:"meegeteld"`
	Whole  bool   `parquet:"volledig"`
}

type effectMaturityRow struct {
	Kind        string `parquet:"kind"`
	Counts      bool   `parquet:"meegeteld"`
	MatureUntil *int32 `parquet:"rijp_tot,optional,date"`
}

// effectRijp gives a row per kind.
func effectRijp(ctx context.Context, in effectMaturityTables) ([]effectMaturityRow, error) {
	found, calendar, err := readRunOff(ctx, runOffTables{Cells: in.Cells, Feeds: in.Feeds, Calendar: in.Calendar})
	if err != nil {
		return nil, err
	}
	until, covered := map[string]*int32{}, map[string]*int32{}
	for _, r := range found {
		until[r.kind], covered[r.kind] = r.matureUntil(calendar), r.coveredUntil(calendar)
	}
	kinds, err := in.Kinds.All(ctx)
	if err != nil {
		return nil, err
	}
	var out []effectMaturityRow
	for _, k := range kinds {
		last := until[k.Kind]
		if k.Whole {
			last = covered[k.Kind]
		}
		out = append(out, effectMaturityRow{k.Kind, k.Counts, last})
	}
	return out, nil
}

// matureUntil is the first day of the last month that is mature, with every month before it since the first one that is; nil when none is.
func (r *runOff) matureUntil(calendar []int32) (last *int32) {
	for m, of := range r.months {
		switch {
		case of.mature:
			last = &calendar[m]
		case last != nil && of.reason != reasonNone && of.reason != reasonCover:
			return last
		}
	}
	return last
}

// coveredUntil is the first day of the last month that is covered, with every month before it since the first one that is; nil when none is.
func (r *runOff) coveredUntil(calendar []int32) (last *int32) {
	for m, covered := range r.covered {
		switch {
		case covered:
			last = &calendar[m]
		case last != nil:
			return last
		}
	}
	return last
}
