package main

import (
	"fmt"
	"testing"

	"stapel/config"
	"stapel/pipeline/exit"
)

type careRow struct {
	Sex     string  `parquet:"geslacht"`
	Class   string  `parquet:"leeftijdsklasse"`
	Persons int64   `parquet:"verzekerden"`
	Days    int64   `parquet:"verzekerde_dagen"`
	Cost    int64   `parquet:"kosten_ct"`
	PerYear int64   `parquet:"kosten_per_jaar_ct"`
	Norm    int64   `parquet:"referentie_ct"`
	Raised  int64   `parquet:"referentie_verhoogd_ct"`
	Ratio   float64 `parquet:"verhouding"`
}

// TestInsuredCost: cost of health care counts on the days that are counted, and on no others; by hand.
func TestInsuredCost(t *testing.T) {
	const (
		man, woman, gone = "v1_00000000000000000000000000000001", "v1_00000000000000000000000000000002", "v1_00000000000000000000000000000003"
		head             = "persoon_ps;prestatie_code;zorgsoort;begindatum;einddatum;bedrag_ct;debet_credit\n"
		note             = "gemeentecode: \"0855\"\nperiode_van: 2023-01-01\nperiode_tot: 2025-12-31\naangemaakt: 2026-01-15\n"
		homes            = "persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;reden_einde;geboortejaar;geboortemaand;geslacht;typhh;plhh\n" +
			man + ";v1_00000000000000000000000000000011;0855;2020-01-01;;;1981;1;1;1;2\n" + // 44 on P
			woman + ";v1_00000000000000000000000000000012;0855;2020-01-01;;;1980;12;2;1;2\n" + // 45 on P
			gone + ";v1_00000000000000000000000000000013;0855;2020-01-01;2025-03-31;overleden;1930;1;2;1;2\n"
		insured = "persoon_ps;uzovi;begindatum;einddatum\n" +
			man + ";9991;2020-01-01;2025-06-30\n" + man + ";9992;2025-07-01;2025-11-30\n" + man + ";9991;2025-12-01;\n" +
			woman + ";9992;2020-01-01;\n" + // an insurer that does not deliver
			gone + ";9991;2020-01-01;2025-03-31\n"
	)
	care := func(ps, from, to string, ct int, dc string) string {
		return fmt.Sprintf("%s;140101;farmacie;%s;%s;%d;%s\n", ps, from, to, ct, dc)
	}
	lines := head +
		care(man, "2024-12-31", "2025-01-01", 101, "D") + // 51 in T0
		care(man, "2025-06-16", "2025-07-15", 3001, "D") + // the first 15 of 30 days: 1500
		care(man, "2025-08-01", "2025-08-01", 700, "C") + // on no insured day
		care(man, "2025-11-30", "2025-12-01", 101, "D") + // the second of two days: 51
		care(man, "2025-05-31", "2025-12-02", 18600, "D") + // 186 days of 100: 31 and 2 of them
		care(woman, "2025-02-01", "2025-02-01", 5000, "D") +
		care(gone, "2025-03-31", "2025-04-01", 2000, "D") // one of two days
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	norm := map[string]int64{}
	for _, n := range cfg.Reference.Norms {
		norm[n.Sex+n.Class()] = n.YearCt
	}
	for name, c := range map[string]struct {
		note  string
		files map[string]string
		want  map[string][3]int64 // persons, days, cents
	}{
		"insured days": {"uzovi: [\"9991\"]\n", map[string]string{"zvw_verzekerde/v.csv": insured},
			map[string][3]int64{"140-44": {1, 181 + 31, 51 + 1500 + 51 + 3300}, "290+": {1, 90, 1000}}},
		"insurers that speak for all": {"alle_verzekeraars: ja\n", nil,
			map[string][3]int64{"140-44": {1, 365, 51 + 3001 - 700 + 101 + 18600}, "245-49": {1, 365, 5000}, "290+": {1, 90, 1000}}},
		"nobody knows": {"", nil, nil},
	} {
		files := map[string]string{"huishouden/meer.csv": homes, "zvw_declaratie/z.csv": lines, "zvw_declaratie/z.csv.levering.yaml": note + c.note}
		for file, text := range c.files {
			files[file] = text
		}
		data, flags := testInbox(t, files)
		if code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...); code != exit.Done {
			t.Fatalf("%s: exit %d: %s", name, code, errs)
		}
		rows := readMart[careRow](t, data, "zvw_referentie")
		for _, r := range rows {
			if r.Sex == "alle" {
				continue
			}
			key := r.Sex + r.Class
			if got := [3]int64{r.Persons, r.Days, r.Cost}; got != c.want[key] {
				t.Errorf("%s: %s: %v, want %v", name, key, got, c.want[key])
			}
			if r.Norm != norm[key]*r.Days/365 || r.Raised != cfg.Reference.Raised(norm[key])*r.Days/365 || r.PerYear != r.Cost*365/r.Days {
				t.Errorf("%s: %s: %+v", name, key, r)
			}
		}
		if want := len(c.want); want > 0 && len(rows) != want+1 || want == 0 && len(rows) != 0 {
			t.Errorf("%s: %d rows: %+v", name, len(rows), rows)
		}
		var sum, all careRow
		for _, r := range rows {
			if r.Sex != "alle" {
				sum.Persons, sum.Days, sum.Cost, sum.Norm, sum.Raised = sum.Persons+r.Persons, sum.Days+r.Days, sum.Cost+r.Cost, sum.Norm+r.Norm, sum.Raised+r.Raised
			} else {
				all = r
			}
		}
		if all.Persons != sum.Persons || all.Days != sum.Days || all.Cost != sum.Cost || all.Norm != sum.Norm || all.Raised != sum.Raised {
			t.Errorf("%s: the row of all is %+v, its classes add up to %+v", name, all, sum)
		}
		if sum.Raised > 0 && all.Ratio != float64(sum.Cost)/float64(sum.Raised) {
			t.Errorf("%s: standardised %v, want %d over %d", name, all.Ratio, sum.Cost, sum.Raised)
		}
	}
}
