package functions

import (
	"context"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: pad
doc: >
  The ways into each cocktail (methods 6): the counted ingredients in the order in which they first showed, and how long it took from the
  first until the cocktail was vol, the first time in the 24 months to P. al_vol and onbekend are the households of which the way was not seen,
  so that all rows of a cocktail together are those in which it was vol on some day of these months.
level: totaal
grain: [cocktail_id, pad]
reads: [pad_telling]
columns:
  - cocktail_id tekst: cocktail
  - pad tekst: "ingredients joined by >, those of one day by +; al_vol: vol when the 24 months began; onbekend: the order does not count"
  - huishoudens aantal: households
  - mediaan_dagen getal?: days from the first ingredient until it was vol; empty for al_vol and onbekend
  - p25_dagen getal?: a quarter had fewer
  - p75_dagen getal?: a quarter had more
figures:
  huishoudens: telling, huishoudens met deze weg
  mediaan_dagen p25_dagen p75_dagen: schatting, kwartiel van het aantal dagen tot de cocktail vol was
*/

// pathTables are what pad and pad_stap read.
type pathTables struct {
	Counts typed.Table[pathCount] `table:"pad_telling"`
}

type pathCount struct {
	Cocktail   string `parquet:"cocktail_id"`
	Path       string `parquet:"pad"`
	Step       int64  `parquet:"stap"`
	From       string `parquet:"van_ingredient"`
	To         string `parquet:"naar_ingredient"`
	Days       int64  `parquet:"dagen"`
	Households int64  `parquet:"huishoudens"`
}

type pathRow struct {
	Cocktail   string   `parquet:"cocktail_id"`
	Path       string   `parquet:"pad"`
	Households int64    `parquet:"huishoudens"`
	Median     *float64 `parquet:"mediaan_dagen,optional"`
	P25        *float64 `parquet:"p25_dagen,optional"`
	P75        *float64 `parquet:"p75_dagen,optional"`
}

// pad gives a row per path.
func pad(ctx context.Context, in pathTables) ([]pathRow, error) {
	steps, err := in.steps(ctx)
	if err != nil {
		return nil, err
	}
	var out []pathRow
	for _, s := range steps {
		if s.Step == 0 {
			row := pathRow{Cocktail: s.Cocktail, Path: s.Path, Households: s.Households}
			row.P25, row.Median, row.P75 = quartiles(s.days)
			out = append(out, row)
		}
	}
	return out, nil
}

// pathStep is a step of a path, or with Step 0 the whole of it.
type pathStep struct {
	pathCount
	days []estimate.Tally
}

// steps puts together the days of each step, in the order of the table.
func (in pathTables) steps(ctx context.Context) (out []pathStep, err error) {
	for c, err := range in.Counts.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		last := len(out) - 1
		if last < 0 || out[last].Cocktail != c.Cocktail || out[last].Path != c.Path || out[last].Step != c.Step {
			out = append(out, pathStep{pathCount: c})
			last++
			out[last].Households = 0
		}
		out[last].Households += c.Households
		if c.Days >= 0 {
			out[last].days = append(out[last].days, estimate.Tally{Value: c.Days, Count: c.Households})
		}
	}
	return out, nil
}
