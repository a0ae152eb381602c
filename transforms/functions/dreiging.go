package functions

import (
	"context"

	"stapel/transforms"
	"stapel/transforms/estimate"
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

// dreiging writes a row per near miss.
func dreiging(ctx context.Context, in transforms.In) (*transforms.Frame, error) {
	t, err := in.Read(ctx, "dreiging_telling", "cocktail_id", "ontbrekend", "toen", "vol", "niet_te_zien", "nu")
	if err != nil {
		return nil, err
	}
	n := t.Rows
	followed, empty := make([]int64, n), make([]bool, n)
	share, low, high := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		followed[i] = t.Ints("toen")[i] - t.Ints("niet_te_zien")[i]
		if empty[i] = followed[i] == 0; !empty[i] {
			share[i], low[i], high[i] = estimate.Proportion(int(t.Ints("vol")[i]), int(followed[i]), 0.95)
		}
	}
	return transforms.NewFrame(n).SetTexts("cocktail_id", t.Texts("cocktail_id")).SetTexts("ontbrekend", t.Texts("ontbrekend")).
		SetInts("huishoudens_toen", t.Ints("toen")).SetInts("niet_te_zien", t.Ints("niet_te_zien")).SetInts("gevolgd", followed).
		SetInts("vol", t.Ints("vol")).Set("aandeel", &transforms.Vector{Floats: share, Null: empty}).
		Set("ondergrens", &transforms.Vector{Floats: low, Null: empty}).Set("bovengrens", &transforms.Vector{Floats: high, Null: empty}).
		SetInts("huishoudens_nu", t.Ints("nu")), nil
}
