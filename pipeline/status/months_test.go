package status

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMonthsCovered: as many as when every day of every month is looked for in every period.
func TestMonthsCovered(t *testing.T) {
	zero := time.Date(2024, 11, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(r *rapid.T) {
		day := func(n int) Day { return Day{zero.AddDate(0, 0, n)} }
		var spans [][2]Day
		for range rapid.IntRange(0, 6).Draw(r, "spans") {
			from := rapid.IntRange(0, 420).Draw(r, "from")
			spans = append(spans, [2]Day{day(from), day(from + rapid.IntRange(0, 120).Draw(r, "days"))})
		}
		slices.SortFunc(spans, func(a, b [2]Day) int { return a[0].Compare(b[0].Time) })
		end := Day{time.Date(2025, time.Month(rapid.IntRange(1, 12).Draw(r, "month"))+1, 0, 0, 0, 0, 0, time.UTC)}
		want := 0
		for i := range 12 {
			month := time.Date(end.Year(), end.Month()-time.Month(i), 1, 0, 0, 0, 0, time.UTC)
			whole := true
			for at := month; at.Month() == month.Month(); at = at.AddDate(0, 0, 1) {
				whole = whole && slices.ContainsFunc(spans, func(s [2]Day) bool { return !at.Before(s[0].Time) && !at.After(s[1].Time) })
			}
			if whole {
				want++
			}
		}
		if got := monthsCovered(spans, end); got != want {
			r.Fatalf("%d months of %v before %v, want %d", got, spans, end, want)
		}
	})
}

// TestLastWholeMonth: a month is whole on its last day.
func TestLastWholeMonth(t *testing.T) {
	for day, want := range map[string]string{"2026-10-31": "2026-10-01", "2026-10-30": "2026-09-01", "2026-02-28": "2026-02-01", "2028-02-28": "2028-01-01", "2026-01-01": "2025-12-01"} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := DayOf(at).month().Format(time.DateOnly); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}
