package functions

import (
	"context"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: overgang
doc: >
  What comes before what (methods 6): for two ingredients that have both shown in a household, how often the one showed first and how many days
  before the other. The first signal of each counts, and an order only where both would have been seen, or known to be absent, in each month
  from 12 months before the first to the second. Each pair is there in both directions.
level: totaal
grain: [van_ingredient, naar_ingredient]
reads: [overgang_telling]
columns:
  - van_ingredient tekst: what showed first
  - naar_ingredient tekst: what showed next
  - huishoudens aantal: households in this order
  - mediaan_dagen getal?: days between the two; empty without households
  - p25_dagen getal?: a quarter had fewer
  - p75_dagen getal?: a quarter had more
  - omgekeerd aantal: households in the other order
  - gelijk aantal: in which both showed first on one day, and would have been seen before
  - niet_te_beoordelen aantal: in which both have shown, and the order does not count
  - aandeel aandeel?: huishoudens over huishoudens and omgekeerd; empty without these
  - ondergrens aandeel?: lower 95% bound, Clopper-Pearson
  - bovengrens aandeel?: upper 95% bound
  - p_waarde aandeel?: sign test, two-sided
figures:
  huishoudens: telling, huishoudens waarin het eerste onderdeel voor het tweede kwam
  omgekeerd: telling, huishoudens met de andere volgorde
  gelijk: telling, huishoudens waarin beide op een dag begonnen
  niet_te_beoordelen: telling, huishoudens waarvan de volgorde niet te zien is
  mediaan_dagen p25_dagen p75_dagen: schatting, kwartiel van het aantal dagen ertussen
  aandeel: schatting, huishoudens gedeeld door huishoudens en omgekeerd
  ondergrens bovengrens: schatting, 95%-grens van dat aandeel (Clopper en Pearson)
  p_waarde: schatting, tekentoets, tweezijdig
*/

// orderTables are what overgang reads.
type orderTables struct {
	Counts typed.Table[orderCount] `table:"overgang_telling"`
}

type orderCount struct {
	From       string `parquet:"van_ingredient"`
	To         string `parquet:"naar_ingredient"`
	Days       int64  `parquet:"dagen"`
	Households int64  `parquet:"huishoudens"`
}

type orderRow struct {
	From       string   `parquet:"van_ingredient"`
	To         string   `parquet:"naar_ingredient"`
	Households int64    `parquet:"huishoudens"`
	Median     *float64 `parquet:"mediaan_dagen,optional"`
	P25        *float64 `parquet:"p25_dagen,optional"`
	P75        *float64 `parquet:"p75_dagen,optional"`
	Reverse    int64    `parquet:"omgekeerd"`
	Same       int64    `parquet:"gelijk"`
	Unknown    int64    `parquet:"niet_te_beoordelen"`
	Share      *float64 `parquet:"aandeel,optional"`
	Low        *float64 `parquet:"ondergrens,optional"`
	High       *float64 `parquet:"bovengrens,optional"`
	P          *float64 `parquet:"p_waarde,optional"`
}

// overgang gives a row per pair and direction.
func overgang(ctx context.Context, in orderTables) ([]orderRow, error) {
	pairs := map[[2]string]*orderRow{}
	days := map[[2]string][]estimate.Tally{}
	var order [][2]string
	at := func(from, to string) *orderRow {
		id := [2]string{from, to}
		if pairs[id] == nil {
			pairs[id] = &orderRow{From: from, To: to}
			order = append(order, id)
		}
		return pairs[id]
	}
	for c, err := range in.Counts.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		row, back := at(c.From, c.To), at(c.To, c.From)
		switch {
		case c.Days < 0:
			row.Unknown += c.Households
		case c.Days == 0:
			row.Same += c.Households
		default:
			row.Households += c.Households
			back.Reverse += c.Households
			id := [2]string{c.From, c.To}
			days[id] = append(days[id], estimate.Tally{Value: c.Days, Count: c.Households})
		}
	}
	var out []orderRow
	for _, id := range order {
		row := *pairs[id]
		row.P25, row.Median, row.P75 = quartiles(days[id])
		if n := row.Households + row.Reverse; n > 0 {
			share, low, high := estimate.Proportion(int(row.Households), int(n), 0.95)
			p := estimate.SignTest(int(row.Households), int(n))
			row.Share, row.Low, row.High, row.P = &share, &low, &high, &p
		}
		out = append(out, row)
	}
	return out, nil
}

// quartiles are the first, the median and the third; nil when nothing was counted.
func quartiles(days []estimate.Tally) (p25, median, p75 *float64) {
	at := func(p float64) *float64 {
		q, ok := estimate.Quantile(days, p)
		if !ok {
			return nil
		}
		return &q
	}
	return at(0.25), at(0.5), at(0.75)
}
