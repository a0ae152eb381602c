package main

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/exit"
	"stapel/sample-data/generator"
)

type maturityRow struct {
	Kind   string   `parquet:"kind"`
	Group  string   `parquet:"productgroep"`
	Month  int32    `parquet:"productmaand,date"`
	In     int64    `parquet:"ontvangen_ct"`
	Later  int64    `parquet:"later_ct"`
	Credit int64    `parquet:"credit_ct"`
	Share  *float64 `parquet:"aandeel_binnen,optional"`
	Lower  *float64 `parquet:"ondergrens,optional"`
	Mature bool     `parquet:"rijp"`
	Reason string   `parquet:"reden"`
}

type maturityKindRow struct {
	Kind   string `parquet:"kind"`
	Months int64  `parquet:"t0_maanden_rijp"`
	Until  *int32 `parquet:"rijp_tot,optional,date"`
	Pooled string `parquet:"overig_groepen"`
}

// TestMaturity holds maturity to a generated world of which both is known: what had come in when it is read the day after it
// ends, and what came in afterwards. What the marts say has come in is what a slow reader of the extracts adds up, to the cent; of
// the months that they call mature nearly everything was in; and nothing is mature in the last month.
func TestMaturity(t *testing.T) {
	dirs := map[bool]string{true: t.TempDir(), false: t.TempDir()}
	for late, dir := range dirs {
		opt := generator.Options{Households: 1000, Months: 36, Seed: 11, Late: late, Dir: filepath.Join(dir, "d")}
		if _, err := generator.Generate(t.Context(), opt); err != nil {
			t.Fatal(err)
		}
		dirs[late] = opt.Dir
	}
	key := filepath.Join(t.TempDir(), "sleutel")
	for _, args := range [][]string{{"key", "new", "--key-file", key}, {"run", "--data", dirs[true], "--key-file", key, "--no-progress"}} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), args, &out, &errs); code != exit.Done {
			t.Fatalf("%v: exit %d: %s", args, code, errs.String())
		}
	}
	pooled := map[string][]string{}
	for _, k := range readMart[maturityKindRow](t, dirs[true], "rijpheid_kind") {
		pooled[k.Kind] = strings.Split(k.Pooled, "|")
		if k.Months > 0 && k.Until == nil {
			t.Errorf("%s: %d mature months, and none of them the last", k.Kind, k.Months)
		}
	}
	rows := readMart[maturityRow](t, dirs[true], "rijpheid")
	mature, short, below := 0, 0, 0
	for _, kind := range []string{"jeugd_declaratie", "wmo_declaratie", "zvw_declaratie"} {
		early, all := slowTriangles(t, dirs[true], kind), slowTriangles(t, dirs[false], kind)
		sum := func(cells map[slowCell]slowSum, group, month string) (debit, credit int64) {
			for at, s := range cells {
				if at.month == month && (at.group == group || group == "overig" && slices.Contains(pooled[kind], at.group)) {
					debit, credit = debit+s.debit, credit+s.credit
				}
			}
			return debit, credit
		}
		seen := 0
		for _, r := range rows {
			if r.Kind != kind {
				continue
			}
			seen++
			month := isoDay(r.Month)[:7]
			debit, credit := sum(early, r.Group, month)
			if r.In+r.Later != debit || r.Credit != credit {
				t.Errorf("%s %s %s: debits %d + %d and credits %d, the extracts hold %d and %d", kind, r.Group, month, r.In, r.Later, r.Credit, debit, credit)
			}
			if (r.Reason == "") != r.Mature || r.Mature && (r.Lower == nil || *r.Lower < 0.95) {
				t.Errorf("%s %s %s: mature %v with bound %v and reason %q", kind, r.Group, month, r.Mature, r.Lower, r.Reason)
			}
			if month == "2025-12" && r.Mature {
				t.Errorf("%s %s: the last month is mature the day after it", kind, r.Group)
			}
			final, _ := sum(all, r.Group, month)
			if final == 0 || r.Lower == nil {
				continue
			}
			share := float64(r.In) / float64(final)
			if r.Mature {
				if mature++; share < 0.95 {
					short++
				}
			}
			if share < *r.Lower {
				below++
			}
		}
		if seen < 36 {
			t.Errorf("%s: %d rows", kind, seen)
		}
	}
	// a bound of 95% may be missed one time in twenty
	if mature < 60 || short*20 > mature || below*10 > len(rows) {
		t.Errorf("%d months are mature, of %d less than 95%% was in; %d bounds of %d do not hold", mature, short, below, len(rows))
	}
	t.Logf("%d months mature, %d of them with less than 95%% in; %d bounds do not hold", mature, short, below)
}
