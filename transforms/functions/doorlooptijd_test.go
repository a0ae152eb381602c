package functions

import (
	"fmt"
	"strings"
	"testing"

	"stapel/transforms/typed"
)

func waiting(list ...waitingPlan) waitTables { return waitTables{Plans: typed.TableOf(list...)} }

func approvedAfter(days int64) waitingPlan { return waitingPlan{Approved: &days, Followed: days + 100} }

// TestWait: a refused plan and one that waits stay in sight until P, and an akkoord before the report is left out. By hand: of 8, 1 - 1/8; at 30 days
// two of the 7 left, 7/8 x 5/7 = 5/8; the refused one goes out of sight at 30, after those; at 61 one of 4, 5/8 x 3/4 = 15/32, which is at most
// half; at 70 one waits still, and the last is approved at 200: nobody is left.
func TestWait(t *testing.T) {
	in := waiting(approvedAfter(0), approvedAfter(30), approvedAfter(30), waitingPlan{Followed: 30, Refused: true}, approvedAfter(61),
		waitingPlan{Followed: 70}, waitingPlan{Followed: 70, Refused: true}, approvedAfter(200), approvedAfter(-3))
	rows, err := doorlooptijd(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%d: %d %d %d %d %.5f %v", r.Days, r.AtRisk, r.Approved, r.Refused, r.Censored, r.Open, r.Low != nil))
	}
	want := "0: 8 1 0 0 0.87500 true\n30: 7 2 1 0 0.62500 true\n61: 4 1 0 0 0.46875 true\n70: 3 0 1 1 0.46875 true\n200: 1 1 0 0 0.00000 false"
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	measures, err := doorlooptijdMaat(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if m := measures[1]; *m.Value != 61 || m.Of != 8 || m.Unit != "dagen" {
		t.Errorf("the median is %v of %d", *m.Value, m.Of)
	}
	// on day 61 itself the plan of that day is approved within two months
	if m := measures[0]; fmt.Sprintf("%.5f", *m.Value) != "0.53125" || *m.Low >= *m.Value || *m.High <= *m.Value {
		t.Errorf("within two months %v (%v to %v)", *m.Value, *m.Low, *m.High)
	}
}

// TestWaitRefused: as if refused plans were out of sight at once the wait would look shorter. Of four of whom two are refused the median is not
// reached when one is approved.
func TestWaitRefused(t *testing.T) {
	measures, err := doorlooptijdMaat(t.Context(), waiting(approvedAfter(10), waitingPlan{Followed: 400, Refused: true},
		waitingPlan{Followed: 300, Refused: true}, waitingPlan{Followed: 200}))
	if err != nil {
		t.Fatal(err)
	}
	if m := measures[1]; m.Value != nil || m.High != nil || m.Of != 4 {
		t.Errorf("%+v", m)
	}
	if m := measures[0]; *m.Value != 0.25 {
		t.Errorf("within two months %v", *m.Value)
	}
}

// TestWaitOfNobody: without plans, without a plan that was reported before its akkoord, or when nobody was followed for two months, nothing is
// said and nothing fails.
func TestWaitOfNobody(t *testing.T) {
	for name, in := range map[string]waitTables{"no plans": waiting(), "a negative time": waiting(approvedAfter(-1)), "young plans": waiting(waitingPlan{Followed: 60})} {
		rows, err := doorlooptijd(t.Context(), in)
		if err != nil || (len(rows) > 0) != (name == "young plans") {
			t.Errorf("%s: %v, %v", name, rows, err)
		}
		measures, err := doorlooptijdMaat(t.Context(), in)
		if err != nil || len(measures) != 2 {
			t.Fatalf("%s: %v, %v", name, measures, err)
		}
		for _, m := range measures {
			if m.Value != nil || m.Low != nil || m.High != nil {
				t.Errorf("%s: %s is known", name, m.Measure)
			}
		}
	}
}

// BenchmarkWait is the time to approval of a hundred thousand plans, more than any programme has.
func BenchmarkWait(b *testing.B) {
	var plans []waitingPlan
	for n := range int64(100_000) {
		p := waitingPlan{Followed: n * 7919 % 1200, Refused: n%11 == 0}
		if n%3 > 0 {
			days := n * 104729 % 700
			p.Approved = &days
		}
		plans = append(plans, p)
	}
	in := waiting(plans...)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := doorlooptijdMaat(b.Context(), in); err != nil {
			b.Fatal(err)
		}
	}
}
