package functions

import (
	"slices"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
	"stapel/transforms/typed"
)

// TestUitkomst: treated households have 30 days a month away before and none after, others ten all the time; of nobody is known whether a benefit was paid;
// two persons
// of each treated household moved.
func TestUitkomst(t *testing.T) {
	w := world.New(world.Options{Treated: 30, Selection: world.FieldAcute, Seed: "uitkomst"}, 1)
	p := programmeOf(w)
	rows := p.participants(t)
	in := p.tables(rows)
	var months []outcomeMonthRow
	var gone []goneRow
	for _, r := range rows {
		if r.Set == 0 {
			continue
		}
		clock := effectMonth(&r.Month)
		if r.Role == roleTreated {
			gone = append(gone, goneRow{r.Month, r.Household, "verhuisd", 2})
		}
		for m := clock - 12; m <= w.Mature; m++ {
			row := outcomeMonthRow{Month: r.Month, Household: r.Household, Calendar: effectDay(m), Away: new(int64(10)), Eviction: new(int64(0)),
				Ingredients: new(int64(2)), Cocktail: new(int64(1)),
				Debt: new(int64(0))}
			if r.Role == roleTreated {
				if row.Away = new(int64(30)); m > effectMonth(r.Start) {
					row.Away, row.Cocktail = new(int64(0)), new(int64(0))
				}
			}
			months = append(months, row)
		}
	}
	got, err := uitkomst(t.Context(), outcomeTables{in, typed.TableOf(months...), typed.TableOf(gone...)})
	if err != nil {
		t.Fatal(err)
	}
	find := func(name string) outcomeRow {
		return got[slices.IndexFunc(got, func(r outcomeRow) bool { return r.Outcome == name && r.Origin == effect.FromField })]
	}
	away := find("dagen_uithuisgeplaatst")
	if away.Sets < 20 || *away.TreatedBefore != 360 || *away.TreatedAfter != 0 || *away.ControlBefore != 120 || *away.Difference > -300 {
		t.Errorf("%+v", away)
	}
	if c := find("cocktail_opgelost"); *c.TreatedAfter != 1 || *c.ControlAfter != 0 || c.Low != nil || c.Remark == "" {
		t.Errorf("%v %v %v %+v", *c.TreatedAfter, *c.ControlAfter, *c.Low, c)
	}
	if b := find("bijstand"); b.Difference != nil || b.Remark == "" {
		t.Errorf("nobody knows, and it says %+v", b)
	}
	if g := find("vertrek_verhuisd"); *g.TreatedAfter != 2 || *g.ControlAfter != 0 {
		t.Errorf("%+v", g)
	}
	if g := find("vertrek_overleden"); *g.Difference != 0 {
		t.Errorf("%+v", g)
	}
}
