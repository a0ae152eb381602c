package cron

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestParse: what is taken, and what it comes to.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"0 6 12 * *":                "0 6 12 * * [0] [6] [12] * *",
		" 0  6 1 jan,Mar\tsun ":     "0 6 1 1,3 0 [0] [6] [1] [1 3] [0]",
		"*/20 8-10 * * mon-fri":     "*/20 8-10 * * 1-5 [0 20 40] [8 9 10] * * [1 2 3 4 5]",
		"5-59/10 0 1,15,1 2-11/3 7": "5-59/10 0 1,15,1 2-11/3 7 [5 15 25 35 45 55] [0] [1 15] [2 5 8 11] [0]",
		"0 0 * * 5-7":               "0 0 * * 5-7 [0] [0] * * [0 5 6]",
		"0 0 */10 * *":              "0 0 */10 * * [0] [0] [1 11 21 31] * *",
		"0 0 31 2 1":                "0 0 31 2 1 [0] [0] [31] [2] [1]", // Mondays are enough
	} {
		e, err := Parse(text)
		got := e.Text
		for _, f := range []Field{e.Minute, e.Hour, e.Day, e.Month, e.Weekday} {
			if f.Any {
				got += " *"
			} else {
				got += " " + fmt.Sprint(f.Values)
			}
		}
		if err != nil || got != want {
			t.Errorf("%q: %s, %v; want %s", text, got, err, want)
		}
	}
	for text, has := range map[string]func(Expr) bool{
		"0 6 l * *":     func(e Expr) bool { return e.LastDay },
		"0 6 15W 3 *":   func(e Expr) bool { return e.NearWorkday == 15 },
		"0 6 * * friL":  func(e Expr) bool { return *e.LastWeekday == 5 },
		"0 6 * * 7L":    func(e Expr) bool { return *e.LastWeekday == 0 },
		"0 6 * * mon#2": func(e Expr) bool { return *e.Nth == [2]int{1, 2} },
		"0 6 * * 7#1":   func(e Expr) bool { return *e.Nth == [2]int{0, 1} },
	} {
		if e, err := Parse(text); err != nil || !has(e) || !e.Day.Any || !e.Weekday.Any {
			t.Errorf("%q: %+v, %v", text, e, err)
		}
	}
}

// TestRefused: what is no expression, or one that crons read differently, with the field and what is wanted.
func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":               "five fields",
		"0 6 * *":        "there are 4",
		"0 0 6 * * *":    "there are 6",
		"@daily":         "five fields",
		"60 6 * * *":     "minute: want values of 0 to 59",
		"0 24 * * *":     "hour: want values of 0 to 23",
		"0 6 0 * *":      "day of the month: want values of 1 to 31",
		"0 6 * 13 *":     "month: want values of 1 to 12",
		"0 6 * mrt *":    "month: want values",
		"0 6 * * 8":      "day of the week: want values of 0 to 7",
		"-1 6 * * *":     "minute: want values",
		"+1 6 * * *":     "minute: want values",
		"1, 6 * * *":     "minute: want values",
		"5/10 6 * * *":   "a step is over * or a range",
		"*/0 6 * * *":    "want a step of 1 to 59",
		"*/x 6 * * *":    "want a step",
		"10-5 6 * * *":   "from low to high",
		"0 6 * * 6-1":    "from low to high",
		"? 6 * * *":      "minute: want values",
		"0 6 * * */2":    "write the days, as 1,3,5",
		"0 6 */10 * 1":   "write the days, as 1,11,21",
		"0 6 30 2 *":     "would never be",
		"0 6 31 4,6,9 *": "would never be",
		"0 6 31W 4 *":    "would never be",
		"0 6 L * 1":      "stand alone",
		"0 6 1 * 5L":     "stand alone",
		"0 6 L,1 * *":    "alone",
		"0 6 32W * *":    "alone",
		"0 6 LW * *":     "alone",
		"0 6 * * 1#5":    "1 to 4",
		"0 6 * * #2":     "1 to 4",
		"0 6 * * L":      "a day and L",
		"0 6 * * 1,5L":   "a day and L",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want it to say %q", text, err, want)
		}
	}
}

// TestAnything: no text makes it fall over, and what it takes it reads the same way again.
func TestAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("0123456789*/,-#LW MONJAN \t?@")), 0, 25, -1).Draw(t, "text")
		e, err := Parse(text)
		if err != nil {
			return
		}
		again, err := Parse(e.Text)
		if err != nil || fmt.Sprint(again.Text, again.Minute, again.Hour, again.Day, again.Month, again.Weekday) != fmt.Sprint(e.Text, e.Minute, e.Hour, e.Day, e.Month, e.Weekday) {
			t.Fatalf("%q: %+v, then %+v, %v", text, e, again, err)
		}
	})
}
