package functions

import "context"

/*
name: pad_stap
doc: The steps of each way into a cocktail, and how long each took (methods 6).
level: totaal
grain: [cocktail_id, pad, stap]
reads: [pad_telling]
columns:
  - cocktail_id tekst: cocktail
  - pad tekst: the path, as in pad
  - stap aantal: from 1
  - van_ingredient tekst: what the step begins with
  - naar_ingredient tekst: what showed next; vol for the last step
  - huishoudens aantal: households
  - mediaan_dagen getal?: days it took
  - p25_dagen getal?: a quarter had fewer
  - p75_dagen getal?: a quarter had more
figures:
  huishoudens: telling, huishoudens met deze stap
  mediaan_dagen p25_dagen p75_dagen: schatting, kwartiel van het aantal dagen van de stap
*/

type pathStepRow struct {
	Cocktail   string   `parquet:"cocktail_id"`
	Path       string   `parquet:"pad"`
	Step       int64    `parquet:"stap"`
	From       string   `parquet:"van_ingredient"`
	To         string   `parquet:"naar_ingredient"`
	Households int64    `parquet:"huishoudens"`
	Median     *float64 `parquet:"mediaan_dagen,optional"`
	P25        *float64 `parquet:"p25_dagen,optional"`
	P75        *float64 `parquet:"p75_dagen,optional"`
}

// padStap gives a row per step.
func padStap(ctx context.Context, in pathTables) ([]pathStepRow, error) {
	steps, err := in.steps(ctx)
	if err != nil {
		return nil, err
	}
	var out []pathStepRow
	for _, s := range steps {
		if s.Step > 0 {
			row := pathStepRow{Cocktail: s.Cocktail, Path: s.Path, Step: s.Step, From: s.From, To: s.To, Households: s.Households}
			row.P25, row.Median, row.P75 = quartiles(s.days)
			out = append(out, row)
		}
	}
	return out, nil
}
