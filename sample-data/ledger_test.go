package sampledata

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// TestByYear: the parts of an amount add up to it, and are those that its days get one by one.
func TestByYear(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := day(rapid.IntRange(int(d("2019-12-01")), int(d("2025-12-31"))).Draw(t, "from"))
		to := from + day(rapid.IntRange(1, 900).Draw(t, "days"))
		ct := rapid.IntRange(-5_000_000, 5_000_000).Draw(t, "ct")
		got, want, sum, given := map[int]int{}, map[int]int{}, 0, 0
		byYear(from, to, ct, func(year, part int) { got[year] += part; sum += part })
		for x := from; x < to; x++ {
			due := ct * int(x-from+1) / int(to-from)
			want[x.time().Year()] += due - given
			given = due
		}
		if sum != ct || !maps.Equal(got, want) {
			t.Fatalf("%d over %s..%s: %v, want %v", ct, from, to, got, want)
		}
	})
}

// TestLedgerGaps: the ledger is the lines of the set but in two places, as much as is said; what is explained is the explanation.
func TestLedgerGaps(t *testing.T) {
	s := build()
	for _, c := range []struct {
		feed string
		want int
	}{{"wmo_declaratie", unexplainedGap}, {"jeugd_declaratie", explainedGap}} {
		gap := 0
		for _, r := range s.rows["grootboek_totaal"] {
			if r["feed"] == c.feed && r["reden"] == "" {
				gap += centsOf(r["bedrag_eur"])
			}
		}
		for _, r := range s.rows[c.feed] {
			gap -= grantedCents(r)
		}
		if gap != c.want {
			t.Errorf("%s: ledger and lines differ by %d, want %d", c.feed, gap, c.want)
		}
	}
}
