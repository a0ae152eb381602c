package config

import (
	"bufio"
	"math/big"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// TestReferenceIsVektis computes every norm again from the published file, in exact fractions. The file is not part of the
// project; where it is not beside it the test says so.
func TestReferenceIsVektis(t *testing.T) {
	f, err := os.Open("../../shared/data/vektis_zvw_2015_gemeente.csv")
	if err != nil {
		t.Skip("the open file of Vektis is not beside the project: the norms are not computed again")
	}
	defer f.Close()
	cfg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(charmap.ISO8859_1.NewDecoder().Reader(f))
	lines.Buffer(nil, 1<<20)
	lines.Scan()
	header := strings.Split(lines.Text(), ";")
	years, cost := map[string]*big.Rat{}, map[string]*big.Rat{}
	number := func(s string) *big.Rat {
		r, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("a number of the file cannot be read")
		}
		return r
	}
	for lines.Scan() {
		cells := strings.Split(lines.Text(), ";")
		key := strings.TrimSpace(cells[0]) + " " + strings.Join(strings.Fields(cells[1]), " ")
		if years[key] == nil {
			years[key], cost[key] = new(big.Rat), new(big.Rat)
		}
		for i, name := range header {
			switch {
			case name == "AANTAL_VERZEKERDEJAREN":
				years[key].Add(years[key], number(cells[i]))
			case strings.HasPrefix(name, "KOSTEN_") && cells[i] != "":
				cost[key].Add(cost[key], number(cells[i]))
			}
		}
	}
	if len(cfg.Reference.Norms) != 38 {
		t.Fatalf("%d norms", len(cfg.Reference.Norms))
	}
	for _, n := range cfg.Reference.Norms {
		key := map[string]string{"1": "M", "2": "V"}[n.Sex] + " 90+"
		if n.To <= 120 {
			key = map[string]string{"1": "M", "2": "V"}[n.Sex] + " " + strings.TrimLeft(n.Class()[:2], "0") + " t/m " + strings.TrimLeft(n.Class()[3:], "0") + " jaar"
			if n.From == 0 {
				key = strings.Replace(key, "  t/m", " 0 t/m", 1)
			}
		}
		if years[key] == nil {
			t.Errorf("the file has no class %q", key)
			continue
		}
		ct := new(big.Rat).Quo(cost[key], years[key])
		ct.Add(ct.Mul(ct, big.NewRat(100, 1)), big.NewRat(1, 2))
		if want := new(big.Int).Quo(ct.Num(), ct.Denom()).Int64(); want != n.YearCt {
			t.Errorf("%s: norm %d, the file gives %d", key, n.YearCt, want)
		}
	}
}

// TestRaised: 2.342 euro in 2015 is 3.151 euro in 2023, and a cent is rounded half up.
func TestRaised(t *testing.T) {
	r := Reference{Raise: Raise{Numerator: 3151, Denominator: 2342}}
	if r.Raised(234200) != 315100 || r.Raised(0) != 0 {
		t.Errorf("got %d and %d", r.Raised(234200), r.Raised(0))
	}
	if half := (Reference{Raise: Raise{Numerator: 3, Denominator: 2}}); half.Raised(1) != 2 {
		t.Errorf("1,5 is rounded to %d", half.Raised(1))
	}
}
