package functions

import (
	"context"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: dreiging
doc: >
  How often a near miss became the whole cocktail within a year: of the households that had it on the day a year before P, the share
  in which the cocktail was vol on some day since, with its exact 95% interval (methods 5). Who could not be followed all year and was not
  seen vol is left out of it.
grain: [cocktail_id, ontbrekend]
reads: [dreiging_telling]
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing, joined by |
  - huishoudens_toen aantal: households with it on the last day of T1
  - niet_te_zien aantal: of which not seen vol, and onbekend on some day of T0
  - gevolgd aantal: the rest, n
  - vol aantal: of which the cocktail was vol on some day of T0, k
  - aandeel aandeel: vol over gevolgd; empty when nobody was followed
  - ondergrens aandeel: lower 95% bound, Clopper-Pearson; empty idem
  - bovengrens aandeel: upper 95% bound; empty idem
  - huishoudens_nu aantal: households with it at P
*/

// threatTables are what dreiging reads.
type threatTables struct {
	Counts typed.Table[threatCount] `table:"dreiging_telling"`
}

type threatCount struct {
	Cocktail string `parquet:"cocktail_id"`
	Missing  string `parquet:"ontbrekend"`
	Then     int64  `parquet:"toen"`
	Full     int64  `parquet:"vol"`
	Unseen   int64  `parquet:"niet_te_zien"`
	Now      int64  `parquet:"nu"`
}

type threatRow struct {
	Cocktail string   `parquet:"cocktail_id"`
	Missing  string   `parquet:"ontbrekend"`
	Then     int64    `parquet:"huishoudens_toen"`
	Unseen   int64    `parquet:"niet_te_zien"`
	Followed int64    `parquet:"gevolgd"`
	Full     int64    `parquet:"vol"`
	Share    *float64 `parquet:"aandeel,optional"`
	Low      *float64 `parquet:"ondergrens,optional"`
	High     *float64 `parquet:"bovengrens,optional"`
	Now      int64    `parquet:"huishoudens_nu"`
}

// dreiging gives a row per near miss.
func dreiging(ctx context.Context, in threatTables) ([]threatRow, error) {
	var out []threatRow
	for c, err := range in.Counts.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		row := threatRow{Cocktail: c.Cocktail, Missing: c.Missing, Then: c.Then, Unseen: c.Unseen, Followed: c.Then - c.Unseen,
			Full: c.Full, Now: c.Now}
		if row.Followed != 0 {
			share, low, high := estimate.Proportion(int(c.Full), int(row.Followed), 0.95)
			row.Share, row.Low, row.High = &share, &low, &high
		}
		out = append(out, row)
	}
	return out, nil
}
