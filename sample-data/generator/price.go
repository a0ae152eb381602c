package generator

import "math"

// Prices rise by 3,8% a year, on a first of January: the mean cost of an insured person rose from 2.342 euro in 2015 to
// 3.151 in 2023 (Vektis). That tariffs of Wmo and Jeugd and the norms of bijstand follow the same line is an assumption.
var inflation = math.Pow(float64(mean2023)/mean2015, 1.0/8)

// priceYear is the year that tariffs and norms in this package are of; health care is of healthYear.
const (
	priceYear  = 2024
	healthYear = 2023
)

// newPrices is how much dearer a year of the period is than priceYear, from the first year on.
func newPrices(p period) (out []float64) {
	for y := p.from.year(); y <= p.to.year(); y++ {
		out = append(out, math.Pow(inflation, float64(y-priceYear)))
	}
	return out
}

// price is cents of priceYear at the prices of a year of the period.
func (w *world) price(ct, year int) int {
	return int(math.Round(float64(ct) * w.prices[year-w.from.year()]))
}

// Seasons: how much more is delivered in a month than in the mean one. Assumptions: aanbieders have fewer hands in summer,
// jeugdhulp follows school holidays, and hospitals are fuller in winter.
var (
	seasonWmo    = newSeason(1.03, 1.03, 1.03, 1.02, 1.00, 1.02, 0.93, 0.89, 1.03, 1.04, 1.03, 0.95)
	seasonYouth  = newSeason(1.08, 1.03, 1.08, 1.02, 1.00, 1.08, 0.82, 0.68, 1.08, 1.05, 1.10, 0.90)
	seasonHealth = newSeason(1.11, 1.08, 1.07, 1.00, 0.98, 0.99, 0.91, 0.90, 0.98, 1.00, 1.00, 0.98)
)

type season [12]float64

// newSeason makes the mean of the months 1.
func newSeason(months ...float64) (s season) {
	sum := 0.0
	for _, v := range months {
		sum += v
	}
	for i, v := range months {
		s[i] = v * 12 / sum
	}
	return s
}

// day draws one of the days from..from+n-1, likelier in a fuller month.
func (s *season) day(d *dice, from day, n int) day {
	at := from + day(d.uniform()*float64(n))
	for range 3 {
		if d.uniform()*1.2 < s[at.month()-1] {
			break
		}
		at = from + day(d.uniform()*float64(n))
	}
	return at
}
