package estimate

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
)

// lalondeCSV are the 185 treated of the National Supported Work experiment and the 429 of the Panel Study of Income Dynamics
// (PSID-3) whom MatchIt and others use, from R. Dehejia's public files: treat, age, educ, black, hispan, married, nodegree, re74, re75.
//
//go:embed testdata/lalonde.csv
var lalondeCSV []byte

// lalonde are its columns, treat first.
func lalonde(t testing.TB) (treated []bool, columns [][]float64) {
	records, err := csv.NewReader(bytes.NewReader(lalondeCSV)).ReadAll()
	if err != nil || len(records) != 615 {
		t.Fatal(len(records), err)
	}
	columns = make([][]float64, len(records[0])-1)
	for _, r := range records[1:] {
		treated = append(treated, r[0] == "1")
		for j, field := range r[1:] {
			v, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			columns[j] = append(columns[j], v)
		}
	}
	return treated, columns
}

// welders are 26 controls and 21 welders, then their age, whether African American, whether smoker, of M. Costa, A. Zhitkovich and P.
// Toniolo, Cancer Research 53 (1993), as Rosenbaum gives them (Design of Observational Studies, 2010, table 8.1; R package DOS2, costa).
func welders() (treated []bool, columns [][]float64) {
	age := []float64{48, 63, 44, 40, 50, 52, 56, 47, 38, 34, 42, 36, 41, 41, 31, 56, 51, 36, 44, 35, 34, 39, 45, 42, 30, 35,
		38, 44, 39, 33, 35, 39, 27, 43, 39, 43, 41, 36, 35, 37, 39, 34, 35, 53, 38, 37, 38}
	race, smoker := "ACCCCCCCCCCCCAAAACCCCCCCCCCCCACCCCCACCCCCCCCCCC", "NNYNNNNNNNNYNYYYNYNNYYNNNYNNYYYYNYYNYNNNYNYNYNY"
	columns = [][]float64{age, make([]float64, len(age)), make([]float64, len(age))}
	for i := range age {
		treated = append(treated, i >= 26)
		if race[i] == 'A' {
			columns[1][i] = 1
		}
		if smoker[i] == 'Y' {
			columns[2][i] = 1
		}
	}
	return treated, columns
}

// propensity is what a logistic regression on all columns gives, by Newton's method: enough for data without separation.
func propensity(treated []bool, columns [][]float64) []float64 {
	n, k := len(treated), len(columns)+1
	x := mat.NewDense(n, k, nil)
	for i := range n {
		x.Set(i, 0, 1)
		for j, c := range columns {
			x.Set(i, j+1, (c[i]-stat.Mean(c, nil))/stat.StdDev(c, nil))
		}
	}
	beta, p := mat.NewVecDense(k, nil), make([]float64, n)
	for range 25 {
		var eta, gradient, step mat.VecDense
		eta.MulVec(x, beta)
		weighted, residual := mat.DenseCopyOf(x), mat.NewVecDense(n, nil)
		for i := range n {
			p[i] = 1 / (1 + math.Exp(-eta.AtVec(i)))
			y := 0.0
			if treated[i] {
				y = 1
			}
			residual.SetVec(i, y-p[i])
			for j := range k {
				weighted.Set(i, j, x.At(i, j)*p[i]*(1-p[i]))
			}
		}
		var information mat.Dense
		information.Mul(x.T(), weighted)
		gradient.MulVec(x.T(), residual)
		if err := step.SolveVec(&information, &gradient); err != nil {
			panic(err)
		}
		beta.AddVec(beta, &step)
	}
	return p
}

// printed is a number to so many decimals, as a table has it.
func printed(v float64, decimals int) string { return strconv.FormatFloat(v, 'f', decimals, 64) }

// TestMatchIsRosenbaum: the distances within the caliper, half a standard deviation of the propensity, of 21 welders to the first six
// controls: Rosenbaum 2010, tables 8.5 (Mahalanobis) and 8.6 (rank-based), which are 9.5 and 9.6 of the second edition, as the
// functions mahal, smahal and addcaliper of his R package DOS2 give them; "-" is beyond the caliper.
func TestMatchIsRosenbaum(t *testing.T) {
	treated, x := welders()
	score := propensity(treated, x)
	for _, c := range []struct {
		distance MatchDistance
		want     []string
	}{
		{Mahalanobis, []string{"- - 6.15 0.08 - -", "- - - 0.33 - -", "- - - - - -", "- - 12.29 - - -", "- - - - - -", "- - - - - -", "- - - - - -",
			"- - 0.02 5.09 - -", "- - - - - -", "0.51 - - - 10.20 11.17", "- - 0.18 - - -", "- - 7.06 0.33 - -", "- - 7.57 - - -", "- - 6.58 0.18 - -",
			"- - - - - -", "- - 8.13 - - -", "- - - - - -", "9.41 - - - 0.18 0.02", "- - - - - -", "- - 6.58 0.18 - -", "- - - - - -"}},
		{RankMahalanobis, []string{"- - 5.98 0.33 - -", "- - - 0.47 - -", "- - - - - -", "- - 10.43 - - -", "- - - - - -", "- - - - - -", "- - - - - -",
			"- - 0.04 3.92 - -", "- - - - - -", "0.25 - - - 3.72 4.01", "- - 0.28 - - -", "- - 7.61 0.98 - -", "- - 9.02 - - -", "- - 6.83 0.64 - -",
			"- - - - - -", "- - 10.61 - - -", "- - - - - -", "3.33 - - - 0.05 0.01", "- - - - - -", "- - 6.83 0.64 - -", "- - - - - -"}},
	} {
		m, err := Match(MatchInput{Treated: treated, Logit: score, X: x},
			MatchOptions{Distance: c.distance, Controls: 26, Replace: true, Caliper: 0.5, Spread: SpreadAll})
		if err != nil {
			t.Fatal(err)
		}
		if got := printed(m.Width, 3); got != "0.086" {
			t.Errorf("caliper %s", got)
		}
		got := make(map[int]string)
		for _, set := range m.Sets {
			cells := slices.Repeat([]string{"-"}, 6)
			for k, control := range set.Controls {
				if control < 6 {
					cells[control] = printed(set.Distance[k], 2)
				}
			}
			got[set.Treated-26] = fmt.Sprintf("%s %s %s %s %s %s", cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])
		}
		for w, want := range c.want {
			if got[w] != want {
				t.Errorf("%s: welder %d: %s, want %s", c.distance, w+1, got[w], want)
			}
		}
	}
}

// TestMatchIsMatchIt: 1:1 nearest neighbour on the propensity, without replacement, largest first: the "Matched Data" that MatchIt 4
// prints in its vignette (Ho, Imai, King, Stuart and Greifer, "MatchIt: Getting Started", summary of m.out1): mean of the treated, of
// the controls, their difference by the standard deviation of all treated, ratio of the variances; and the mean difference of the
// propensity, as MatchIt 2 printed it.
func TestMatchIsMatchIt(t *testing.T) {
	treated, x := lalonde(t)
	score := propensity(treated, x)
	m, err := Match(MatchInput{Treated: treated, Logit: score}, MatchOptions{Distance: LogitDistance, Controls: 1, NoCaliper: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Sets) != 185 || m.Candidates != 429 || m.Used != 185 || len(m.Dropped) != 0 {
		t.Fatalf("%d sets, %d candidates, %d used, %d dropped", len(m.Sets), m.Candidates, m.Used, len(m.Dropped))
	}
	var all, ours, theirs []int
	for i, isTreated := range treated {
		if isTreated {
			all = append(all, i)
		}
	}
	for _, set := range m.Sets {
		ours, theirs = append(ours, set.Treated), append(theirs, set.Controls...)
	}
	of := func(column []float64, units []int) (mean, variance float64) {
		var values []float64
		for _, i := range units {
			values = append(values, column[i])
		}
		return stat.MeanVariance(values, nil)
	}
	for _, c := range []struct {
		name   string
		column []float64
		want   string
	}{
		{"distance", score, "0.5774 0.3629 0.9739 0.7566"}, {"age", x[0], "25.8162 25.3027 0.0718 0.4568"},
		{"educ", x[1], "10.3459 10.6054 -0.1290 0.5721"}, {"re74", x[6], "2095.5737 2342.1076 -0.0505 1.3289"},
		{"re75", x[7], "1532.0553 1614.7451 -0.0257 1.4956"},
	} {
		_, spread := of(c.column, all)
		a, va := of(c.column, ours)
		b, vb := of(c.column, theirs)
		got := fmt.Sprintf("%s %s %s %s", printed(a, 4), printed(b, 4), printed((a-b)/math.Sqrt(spread), 4), printed(va/vb, 4))
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		column []float64
		want   string
	}{"black": {x[2], "0.4703"}, "hispan": {x[3], "0.2162"}, "married": {x[4], "0.2108"}, "nodegree": {x[5], "0.6378"}} {
		if b, _ := of(c.column, theirs); printed(b, 4) != c.want {
			t.Errorf("%s: %s, want %s", name, printed(b, 4), c.want)
		}
	}
	if d := stat.Mean(m.Differences(score), nil); printed(d, 4) != "0.2145" { // "Mean Diff" of distance in MatchIt 2
		t.Errorf("mean distance %s", printed(d, 4))
	}
}
