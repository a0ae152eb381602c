package mus

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

// numbers are the rows of a printed table.
func numbers(t *testing.T, text string) (out [][]float64) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(text)) {
		var row []float64
		for word := range strings.FieldsSeq(line) {
			v, err := strconv.ParseFloat(word, 64)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, v)
		}
		out = append(out, row)
	}
	return out
}

// exact is what fits a percentage into whole numbers.
const exact = 1_000_000

func size(t *testing.T, d Distribution, conf, tolerable, expected float64) int {
	t.Helper()
	n, err := Size(d, conf, exact, int64(math.Round(tolerable*exact)), int64(math.Round(expected*exact)))
	if err != nil {
		t.Fatalf("%s %g %g %g: %v", d, conf, tolerable, expected, err)
	}
	return n
}

// misprint is a cell where a print has something else than the rule that the table states.
type misprint struct{ printed, ours float64 }

// compare holds a cell to what is printed, or to a misprint that is written down.
func compare(t *testing.T, cell string, ours, printed float64, wrong map[string]misprint) {
	t.Helper()
	if m, ok := wrong[cell]; ok {
		if m.printed != printed || m.ours != ours {
			t.Errorf("%s: misprint %+v, but printed %g and ours %g", cell, m, printed, ours)
		}
		return
	}
	if ours != printed {
		t.Errorf("%s: %g, printed %g", cell, ours, printed)
	}
}

// TestTableC1: every sample size of AICPA's table for monetary-unit sampling.
func TestTableC1(t *testing.T) {
	tolerable := []float64{50, 30, 10, 8, 6, 5, 4, 3, 2, 1, 0.5}
	cells := 0
	for _, row := range numbers(t, tableC1) {
		risk, part := row[0]/100, row[1]/100
		n := 0
		for i, tol := range tolerable {
			n = size(t, Poisson, 1-risk, tol/100, part*tol/100)
			compare(t, fmt.Sprintf("%g/%g/%g", row[0], row[1], tol), float64(n), row[2+i], nil)
			cells++
		}
		// the last column is about the whole table row; the print rounds n TM/BV before it multiplies, so it is held to a hundredth
		if sum := float64(n) * 0.005 * part; math.Abs(sum-row[13]) > 0.0151 {
			t.Errorf("%g/%g: taintings %g, printed %g", row[0], row[1], sum, row[13])
		}
	}
	if cells != 38*11 {
		t.Errorf("%d cells", cells)
	}
}

// TestTablesA1A2: attribute sizes, with the binomial. The cells are as the tests of R package jfa 0.7.3 quote them (test-aicpa-appendix-a.R), who say that
// the guide prints 112 where P(X <= 4 | 112, 0.07) is above the risk of 0.10. In two cells jfa has 423 and 1313, because 0.035 * 400 and 0.07 * 1300 are
// a little too large in floating point; the guide has 14 and 91 expected errors there, which are 400 and 1300.
func TestTablesA1A2(t *testing.T) {
	var expected []float64
	for e := 0.0; e <= 4; e += 0.25 {
		expected = append(expected, e)
	}
	expected = append(expected, 5, 6, 7, 8, 9, 10, 12.5, 15, 17.5)
	wrong := map[string]misprint{"0.1/7/3.25": {112, 113}, "0.1/7/3.5": {112, 113}}
	for risk, table := range map[float64]string{0.05: tableA1, 0.1: tableA2} {
		for _, row := range numbers(t, table) {
			for i, printed := range row[1:] {
				n := size(t, Binomial, 1-risk, row[0]/100, expected[i]/100)
				compare(t, fmt.Sprintf("%g/%g/%g", risk, row[0], expected[i]), float64(n), printed, wrong)
			}
		}
	}
}

// TestTablesA3A4: exact upper bounds of a rate, which the guide rounds up to a tenth of a percent.
func TestTablesA3A4(t *testing.T) {
	for risk, table := range map[float64]string{0.05: tableA3, 0.1: tableA4} {
		for _, row := range numbers(t, table) {
			for k, printed := range row[1:] {
				bound := math.Ceil(ClopperPearson(1-risk, k, int(row[0]))*1000) / 10
				compare(t, fmt.Sprintf("%g/%g/%d", risk, row[0], k), bound, printed, nil)
			}
		}
	}
}

// TestFactors: the confidence factors, which the guide rounds up in the second decimal.
func TestFactors(t *testing.T) {
	risks := []float64{5, 10, 15, 20, 25, 30, 35, 37, 50}
	wrong := map[string]misprint{"2/37": {3.35, 3.25}}
	for _, row := range numbers(t, factors) {
		for i, printed := range row[1:] {
			f := Factor(1-risks[i]/100, row[0])
			up := math.Ceil(f*100-1e-9) / 100
			compare(t, fmt.Sprintf("%g/%g", row[0], risks[i]), up, printed, wrong)
		}
	}
}

// TestSizesElsewhere: sizes that others print.
func TestSizesElsewhere(t *testing.T) {
	for _, c := range []struct {
		source              string
		d                   Distribution
		conf                float64
		book, tol, expected int64
		n                   int
	}{
		{"methods 8", Poisson, 0.95, 100_000, 5_000, 0, 60},
		{"methods 8", Binomial, 0.95, 100_000, 5_000, 0, 59},
		{"Touw and Hoogduin (2011), Statistiek voor audit en controlling, p. 17", Poisson, 0.95, 100_000, 1_000, 0, 300},
		{"Touw and Hoogduin, p. 23", Poisson, 0.95, 5_000_000, 100_000, 0, 150},
		{"Touw and Hoogduin, p. 23", Poisson, 0.875, 5_000_000, 100_000, 0, 104},
		{"Touw and Hoogduin, p. 123", Hypergeometric, 0.9, 1200, 60, 0, 45},
		{"Touw and Hoogduin, p. 131", Binomial, 0.95, 12_000_000, 120_000, 0, 299},
		{"AuditSampler (2015), hypergeometric sizes", Hypergeometric, 0.9, 500, 40, 5, 46},
		{"AuditSampler", Hypergeometric, 0.9, 500, 20, 5, 90},
		{"AuditSampler", Hypergeometric, 0.95, 500, 20, 5, 140},
		{"AuditSampler", Hypergeometric, 0.95, 500, 45, 30, 196},
		{"AuditSampler", Hypergeometric, 0.95, 5000, 200, 50, 154},
		{"AuditSampler", Hypergeometric, 0.95, 36000, 1440, 360, 156},
		{"SMASH21 (steekproeven.eu)", Poisson, 0.95, 20000, 1000, 100, 74},
		{"SMASH21", Poisson, 0.95, 20000, 1000, 200, 93},
		{"SMASH21", Poisson, 0.95, 20000, 1000, 600, 357},
		{"SMASH21", Poisson, 0.95, 20000, 5000, 600, 16},
	} {
		n, err := Size(c.d, c.conf, c.book, c.tol, c.expected)
		if err != nil || n != c.n {
			t.Errorf("%s: %d, printed %d (%v)", c.source, n, c.n, err)
		}
	}
	// SRA, Praktijkhandreiking steekproeven: rows of 95, 97.5 and 99%, tolerable 5, 10, ... 50%. The print has 92, 46 and 23 where 1-exp(-92*0.05) is 0.98995.
	wrong := map[string]misprint{"99/5": {92, 93}, "99/10": {46, 47}, "99/20": {23, 24}}
	for _, row := range numbers(t, "95 60 30 20 15 12 10 9 8 7 6\n97.5 74 37 25 19 15 13 11 10 9 8\n99 92 46 31 23 19 16 14 12 11 10") {
		for i, printed := range row[1:] {
			tol := float64(5 * (i + 1))
			compare(t, fmt.Sprintf("%g/%g", row[0], tol), float64(size(t, Poisson, row[0]/100, tol/100, 0)), printed, wrong)
		}
	}
	// hypergeometric bounds: Touw and Hoogduin, p. 125: of 1200 of which 102 were looked at and k found, no more than this many at 90%
	for k, share := range []float64{0.0208, 0.0358, 0.0492, 0.0625} {
		wrong := int64(k)
		for h := (&tail{book: 1200, wrong: wrong}); ; h = (&tail{book: 1200, wrong: wrong}) {
			for range 102 {
				h.grow()
			}
			if h.atMost(int64(k)) <= 0.1 {
				break
			}
			wrong++
		}
		if got := float64(wrong-1) / 1200; math.Abs(got-share) > 0.00006 && math.Abs(float64(wrong)/1200-share) > 0.00006 {
			t.Errorf("hypergeometric bound with %d: %.4f, printed %.4f", k, got, share)
		}
	}
	if f, ok := ExpansionFactor(0.95); !ok || f != 1.6 {
		t.Errorf("expansion factor %g", f)
	}
	// BV 3,460,000, TM 63,460, EM 13,000, 5%: 3 * 3,460,000 / (63,460 - 1.6 * 13,000) = 243.3 with R_0 as printed; the source has the exercise only
	if n, ok := ExpansionSize(0.95, 3_460_000, 63_460, 13_000); !ok || n != 243 {
		t.Errorf("expansion size %d", n)
	}
}

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.10g, want %.10g", what, got, want)
	}
}

// TestStringerPublished: worked examples of the Stringer bound.
func TestStringerPublished(t *testing.T) {
	// Touw and Hoogduin (2011), p. 138, 143 and 144, with binomial bounds, as reproduced by R package jfa 0.7.3 (tests/testthat/test-touwhoogduin.R), which
	// has seven digits; the book has amounts of 13,500,000 from rounded tables, within 16.
	for _, c := range []struct {
		page      int
		taintings []float64
		share     float64
		book      float64
	}{
		{137, nil, 0.02044826, 276050},
		{138, []float64{1, 0.20000072, 0.03999931}, 0.03478656, 469616.5},
		{143, []float64{1, 0.09887}, 0.03333348, 449999.9},
		{144, []float64{0.5, 0.4, 0.19887}, 0.03251936, 439009.3},
	} {
		got := StringerShare(0.95, 145, c.taintings)
		near(t, fmt.Sprint("p. ", c.page), got, c.share, 6e-9)
		near(t, fmt.Sprint("p. ", c.page, ", amount"), got*13_500_000, c.book, 3)
	}
	// exact bounds of 145 with 1, 2 and 3 errors: p. 137
	for k, share := range []float64{0.02044826, 0.03229696, 0.04278054, 0.0526026} {
		near(t, fmt.Sprint("p. 137, ", k), ClopperPearson(0.95, k, 145), share, 6e-9)
	}
	// jfa 0.7.3, test-evaluation.R: 60 units without error, Poisson and binomial
	near(t, "jfa stringer.poisson", Stringer(0.95, 1.0/60, nil), 0.04992887, 6e-9)
	near(t, "jfa stringer.binomial", StringerShare(0.95, 60, nil), 0.04870291, 6e-9)

	// University of Florida, ACG 5637, lecture 12, part 13 (textbook problem 16-P7), 10% risk: interval 42,373, taintings 0.60, 0.30 and 0.10, an error of
	// 10,699 in an item above the interval; 172,988 with factors in one decimal. The same bound with exact factors is 97,568 + ...
	printed := 97_882.0 + 40_678 + 17_797 + 5_932 + 10_699
	near(t, "sum as printed", printed, 172_988, 0)
	rounded := 42_373 * (2.31 + (3.9-2.3)*0.6 + (5.3-3.9)*0.3 + (6.7-5.3)*0.1)
	near(t, "formula with the printed factors", rounded+10_699, 172_988, 1)
	got := Stringer(0.9, 42_373, []float64{0.1, 0.6, -0.2, 0.3}) + 10_699
	near(t, "exact factors", got, 172_988, 1_000)
	near(t, "exact factors, recomputed", got, 42_373*(2.302585093+(3.889720170-2.302585093)*0.6+(5.322320338-3.889720170)*0.3+(6.680783029-5.322320338)*0.1)+10_699, 0.01)
}

// TestMomentPublished: values of the moment bound of jfa 0.7.3 (tests/testthat/test-evaluation.R, f3-v0.1.0-t12), 60 units; and Dworin and Grimlund's
// example data as the R package MUS 0.1.6 has it (man/MUS.moment.bound.Rd), whose result neither prints: it was recomputed from the formula in
// another language.
func TestMomentPublished(t *testing.T) {
	for _, c := range []struct {
		what      string
		n         int
		taintings []float64
		want      float64
	}{
		{"jfa, no error", 60, nil, 0.04916021},
		{"jfa, one of 0.5", 60, []float64{0.5}, 0.03730203},
		{"Dworin and Grimlund's data", 100, []float64{-.16, .04, .18, .47, 0, 0}, 0.0239339311},
	} {
		got, err := Moment(0.95, c.n, c.taintings)
		if err != nil {
			t.Fatal(err)
		}
		near(t, c.what, got, c.want, 6e-9)
	}
	if _, err := Moment(0.95, 2, nil); err == nil {
		t.Error("a moment bound of two units")
	}
}
