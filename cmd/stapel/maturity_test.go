package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stapel/sample-data/wereld"
	"stapel/transforms"
	"stapel/transforms/functies"
)

type maturityRow struct {
	Kind     string   `parquet:"kind"`
	Group    string   `parquet:"productgroep"`
	Month    int32    `parquet:"productmaand,date"`
	Lines    int64    `parquet:"regels"`
	In       int64    `parquet:"ontvangen_ct"`
	Later    int64    `parquet:"later_ct"`
	Credit   int64    `parquet:"credit_ct"`
	Expected *int64   `parquet:"verwacht_ct,optional"`
	Share    *float64 `parquet:"aandeel_binnen,optional"`
	Lower    *float64 `parquet:"ondergrens,optional"`
	Mature   bool     `parquet:"rijp"`
	Reason   string   `parquet:"reden"`
	KindRipe bool     `parquet:"kind_rijp"`
}

// calls is an In of tables made by a test.
type calls map[string]*transforms.Frame

func (c calls) Read(_ context.Context, table string, _ ...string) (*transforms.Frame, error) {
	if c[table] == nil {
		return nil, fmt.Errorf("no table %s", table)
	}
	return c[table], nil
}

func modelInGo(t *testing.T, name string) transforms.Func {
	t.Helper()
	models, err := functies.Models()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		if m.Name == name {
			return m.Func
		}
	}
	t.Fatalf("no model %s", name)
	return nil
}

func TestMaturityLong(t *testing.T) {
	if os.Getenv("STAPEL_LONG") != "1" {
		t.Skip("long; make test-long runs it")
	}
	for _, size := range []int{1000, 16000} {
		for seed := range uint64(2) {
			measureWorld(t, size, 101+seed)
		}
	}
}

func measureWorld(t *testing.T, size int, seed uint64) {
	dirs := map[bool]string{}
	for _, late := range []bool{true, false} {
		dirs[late] = filepath.Join(t.TempDir(), "d")
		if _, err := wereld.Generate(t.Context(), wereld.Options{Households: size, Months: 36, Seed: seed, Late: late, Dir: dirs[late]}); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []string{"jeugd_declaratie", "wmo_declaratie", "zvw_declaratie"} {
		early, all := slowTriangles(t, dirs[true], kind), slowTriangles(t, dirs[false], kind)
		final, finalCredit := map[[2]string]int64{}, map[[2]string]int64{}
		for at, s := range all {
			final[[2]string{at.group, at.month}] += s.debit
			finalCredit[[2]string{at.group, at.month}] += s.credit
		}
		for at := range early {
			if at.month < "2024-01" {
				delete(early, at)
			}
		}
		in := calls{}
		day := func(s string) int32 { return int32(date(t, s).Unix() / 86400) }
		var months []int32
		for m := date(t, "2023-01-01"); m.Year() < 2026; m = m.AddDate(0, 1, 0) {
			months = append(months, int32(m.Unix()/86400))
		}
		in["kalender"] = transforms.NewFrame(36).SetDays("maand", months)
		in["ontvangst"] = transforms.NewFrame(1).SetTexts("kind", []string{kind}).SetDays("eerste", []int32{day("2023-02-10")}).
			SetDays("laatste", []int32{day("2026-01-10")}).SetInts("geleverd", []int64{36}).SetFlags("bekend", []bool{true}).
			SetInts("maanden", []int64{1<<36 - 1<<12})
		f := transforms.NewFrame(len(early))
		var group []string
		var pm, om []int32
		var d, c, l, u []int64
		for at, s := range early {
			group, pm, om = append(group, at.group), append(pm, day(at.month+"-01")), append(om, day(at.received+"-01"))
			d, c, l, u = append(d, s.debit), append(c, s.credit), append(l, s.lines), append(u, 0)
		}
		kinds := slices.Repeat([]string{kind}, len(group))
		f.SetTexts("kind", kinds).SetTexts("productgroep", group).SetDays("productmaand", pm).SetDays("ontvangstmaand", om).SetInts("debet_ct", d).
			SetInts("credit_ct", c).SetInts("debet_regels", l).SetInts("ongedateerd_ct", u)
		in["uitloop"] = f
		g, err := modelInGo(t, "rijpheid")(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		k, err := modelInGo(t, "rijpheid_kind")(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		pooled := strings.Split(k.Texts("overig_groepen")[0], "|")
		type tally struct {
			n, below, missed, covered, est int
			sum, min                       float64
		}
		var tg, tk tally
		tg.min, tk.min = 2, 2
		kindIn, kindFinal, kindNet, finalNet := map[int32]int64{}, map[int32]int64{}, map[int32]int64{}, map[int32]int64{}
		kindRipe := map[int32]bool{}
		add := func(t *tally, ripe bool, share float64) {
			if ripe {
				t.n++
				t.sum += share
				t.min = min(t.min, share)
				if share < 0.95 {
					t.below++
				}
			} else if share >= 0.95 {
				t.missed++
			}
		}
		for i := range g.Rows {
			month := time.Unix(int64(g.Days("productmaand")[i])*86400, 0).UTC().Format("2006-01")
			var end, endC int64
			name := g.Texts("productgroep")[i]
			if name == "overig" {
				for _, p := range pooled {
					end += final[[2]string{p, month}]
					endC += finalCredit[[2]string{p, month}]
				}
			} else {
				end = final[[2]string{name, month}]
				endC = finalCredit[[2]string{name, month}]
			}
			at := g.Days("productmaand")[i]
			in := g.Ints("ontvangen_ct")[i]
			kindIn[at] += in
			kindFinal[at] += end
			kindNet[at] += in - g.Ints("credit_ct")[i]
			finalNet[at] += end - endC
			kindRipe[at] = g.Flags("kind_rijp")[i]
			if at < day("2024-01-01") {
				continue
			}
			share := float64(in) / float64(end)
			add(&tg, g.Flags("rijp")[i], share)
			if !g.Vector("ondergrens").Empty(i) {
				tg.est++
				if share >= g.Floats("ondergrens")[i] {
					tg.covered++
				}
			}
		}
		netMin, netMax := 2.0, 0.0
		for _, at := range months {
			if at < day("2024-01-01") {
				continue
			}
			add(&tk, kindRipe[at], float64(kindIn[at])/float64(kindFinal[at]))
			if kindRipe[at] {
				net := float64(kindNet[at]) / float64(finalNet[at])
				netMin, netMax = min(netMin, net), max(netMax, net)
			}
		}
		t.Logf("%d seed %d %-17s groups %d: ripe %d min %.4f mean %.4f below %d missed %d, bound holds %d of %d | kind ripe %d of 18 min %.4f mean %.4f below %d missed %d net %.4f..%.4f | T0 %d tail %.4f", size, seed, kind,
			k.Ints("productgroepen")[0], tg.n, tg.min, tg.sum/float64(tg.n), tg.below, tg.missed, tg.covered, tg.est, tk.n, tk.min, tk.sum/float64(tk.n), tk.below, tk.missed, netMin, netMax,
			k.Ints("t0_maanden_rijp")[0], k.Floats("staartfactor")[0])
	}
}
