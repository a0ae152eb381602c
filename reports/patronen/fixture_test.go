package patronen

import (
	"context"
	"testing"
	"testing/fstest"
	"time"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/reporttest"
	"stapel/reports/seen"
)

func ref[T any](v T) *T { return &v }

func month(s string) mart.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return mart.DateOf(t)
}

// testRun is a run of the built-in configuration.
var testRun = reporttest.Run()

// cocktailIDs are the cocktails of the fixture: the first three of the configuration.
func cocktailIDs() (ids []string) {
	for _, c := range testRun.Cocktails[:3] {
		ids = append(ids, c.ID)
	}
	return ids
}

// everything says that all kinds were delivered whole, but for those named.
func everything(absent ...string) seen.Sources {
	out := seen.Sources{}
	for _, kind := range testRun.Kinds {
		out[kind] = seen.Source{Kind: kind, Reach: seen.ReachWhole, Months: 12}
	}
	for _, kind := range absent {
		out[kind] = seen.Source{Kind: kind, Reach: seen.ReachAbsent}
	}
	return out
}

// fixture is a folder with the marts of the chapter. Every number is one of a kind where a table shows it.
func fixture(t testing.TB) fstest.MapFS {
	t.Helper()
	marts := fstest.MapFS{}
	ids := cocktailIDs()
	sets := []Set{
		{Combinatie: "jeugdzorg+schulden", N: 2, Basis: true, Huishoudens: 431, Ntb: 17, Beoordeeld: 12_345, Waargenomen: 402, Aandeel: ref(402.0 / 12345), Verwacht: ref(150.3), Lift: ref(2.6755),
			LiftLaag: ref(2.42), LiftHoog: ref(2.95), P: ref(1e-9), Q: ref(2e-8), Rang: ref(int64(3)), KostenCt: 8_765_432_10, GemiddeldCt: ref(int64(20_337_43))},
		{Combinatie: "ggz+schulden", N: 2, Basis: true, Huishoudens: 88, Ntb: 9, Beoordeeld: 11_111, Waargenomen: 77, Aandeel: ref(77.0 / 11111), Verwacht: ref(70.5), Lift: ref(1.0922),
			LiftLaag: ref(0.862), LiftHoog: ref(1.365), P: ref(0.2345), Q: ref(0.3456), Rang: ref(int64(5)), KostenCt: 1_234_567_89, GemiddeldCt: ref(int64(14_029_18))},
		{Combinatie: "huurachterstand+kinderen+schulden+woonproblematiek", N: 4, Huishoudens: 61, Ntb: 3, Beoordeeld: 9_876, Waargenomen: 59, Aandeel: ref(59.0 / 9876), Verwacht: ref(0.04),
			Lift: ref(1475.0), LiftLaag: ref(1122.9), LiftHoog: ref(1902.6), P: ref(0.0), Q: ref(0.0), Rang: ref(int64(1)), KostenCt: 222_333_44, GemiddeldCt: ref(int64(3_644_81))},
		{Combinatie: "detentie+ggz", N: 2, Huishoudens: 13, Ntb: 4_321, Beoordeeld: 0},
		{Combinatie: "kinderen+schulden+woonproblematiek", N: 3, Basis: true, Cocktail: ids[2], Huishoudens: 265, Ntb: 75, Beoordeeld: 12_001, Waargenomen: 244, Aandeel: ref(244.0 / 12001),
			Verwacht: ref(99.75), Lift: ref(2.4461), LiftLaag: ref(2.149), LiftHoog: ref(2.773), P: ref(1e-7), Q: ref(0.004), Rang: ref(int64(4)), KostenCt: 555_666_77, GemiddeldCt: ref(int64(2_096_86))},
	}
	marttest.Write(t, marts, "patroon", sets)
	marttest.Write(t, marts, "overgang", []Order{
		{Van: "schulden", Naar: "woonproblematiek", Huishoudens: 140, Mediaan: ref(119.0), P25: ref(45.0), P75: ref(301.5), Omgekeerd: 185, Gelijk: 6, Ntb: 501, Aandeel: ref(140.0 / 325),
			Ondergrens: ref(0.376), Bovengrens: ref(0.487), P: ref(0.0147)},
		{Van: "woonproblematiek", Naar: "schulden", Huishoudens: 185, Mediaan: ref(98.0), P25: ref(31.0), P75: ref(211.0), Omgekeerd: 140, Gelijk: 6, Ntb: 501, Aandeel: ref(185.0 / 325),
			Ondergrens: ref(0.513), Bovengrens: ref(0.624), P: ref(0.0147)},
		{Van: "ggz", Naar: "detentie", Gelijk: 2, Ntb: 33},
		{Van: "detentie", Naar: "ggz", Gelijk: 2, Ntb: 33},
	})
	marttest.Write(t, marts, "pad", []Path{
		{Cocktail: ids[2], Pad: "onbekend", Huishoudens: 52},
		{Cocktail: ids[2], Pad: "al_vol", Huishoudens: 71},
		{Cocktail: ids[2], Pad: "schulden>woonproblematiek", Huishoudens: 43, Mediaan: ref(163.0), P25: ref(47.0), P75: ref(362.0)},
		{Cocktail: ids[2], Pad: "woonproblematiek>schulden", Huishoudens: 110, Mediaan: ref(96.0), P25: ref(74.0), P75: ref(133.0)},
	})
	marttest.Write(t, marts, "pad_stap", []Step{
		{Cocktail: ids[2], Pad: "woonproblematiek>schulden", Stap: 2, Van: "schulden", Naar: "vol", Huishoudens: 110, Mediaan: ref(1.0), P25: ref(0.0), P75: ref(12.0)},
		{Cocktail: ids[2], Pad: "woonproblematiek>schulden", Stap: 1, Van: "woonproblematiek", Naar: "schulden", Huishoudens: 110, Mediaan: ref(91.0), P25: ref(70.0), P75: ref(128.0)},
		{Cocktail: ids[2], Pad: "schulden>woonproblematiek", Stap: 1, Van: "schulden", Naar: "woonproblematiek", Huishoudens: 43, Mediaan: ref(158.0), P25: ref(40.0), P75: ref(350.0)},
		{Cocktail: ids[2], Pad: "schulden>woonproblematiek", Stap: 2, Van: "woonproblematiek", Naar: "vol", Huishoudens: 43, Mediaan: ref(5.0), P25: ref(2.0), P75: ref(15.0)},
	})
	var trend []Quarter
	var areas []Area
	var groups []Group
	for i, q := range []string{"2025-04-01", "2025-07-01", "2025-10-01"} {
		for k, id := range ids {
			n := int64(100*k + 10*i)
			trend = append(trend, Quarter{month(q), id, Stand{20_000, 210 + n, 410 + n, 611 + n, 812 + n, 20_000 - 2_043 - 4*n}})
			for g, code := range []string{"GM0855", "GM0824"} {
				for w := range 2 {
					m := n + int64(1000*g+5*w)
					areas = append(areas, Area{month(q), id, code, "WK" + code[2:] + "0" + string(rune('1'+w)), Stand{9_000, 1 + m, 2 + m, 3 + m, 4 + m, 8_990 - 4*m}})
				}
			}
		}
	}
	for k, id := range ids {
		n := int64(100 * k)
		stand := func(all, vol int64) Stand { return Stand{all, vol, vol + 1, vol + 2, vol + 3, all - 4*vol - 6} }
		groups = append(groups, Group{id, "wijk", "WK085501", stand(4_000, 31+n), 311_000_00 + 100*n, 4_111_111_11},
			Group{id, "gemeente", "GM0855", stand(14_000, 131+n), 1_311_000_00 + 100*n, 44_111_111_11},
			Group{id, "gemeente", "GM0824", stand(6_000, 91+n), 911_000_00 + 100*n, 24_111_111_11},
			Group{id, "huishoudtype", "6", stand(2_500, 71+n), 711_000_00 + 100*n, 14_111_111_11},
			Group{id, "huishoudtype", "", stand(12, 0), 0, 1_200_00},
			Group{id, "alle", "alle", stand(20_000, 222+n), 7_777_777_77 + 100*n, 88_888_888_88})
	}
	marttest.Write(t, marts, "trend", trend)
	marttest.Write(t, marts, "trend_gebied", areas)
	marttest.Write(t, marts, "cocktail_groep", groups)
	marttest.Write(t, marts, "hindernis", []Obstacle{{"alle", "alle", 95, 33, 7, ref(182.0)}, {"huisvesting", "alle", 47, 21, 4, nil}, {"alle", "woningcorporatie", 58, 26, 5, ref(1.0)},
		{"alle", "niet_genoemd", 12, 2, 1, ref(34.0)}, {"huisvesting", "woningcorporatie", 29, 19, 3, ref(45.5)}})
	marttest.Write(t, marts, "fraudefuik", []Claim{{"alle", 20_000, 641, 18_000, 1_359, ref(641.0 / 18641), 702, 2_914_000_50}, {"geen", 19_000, 501, 17_400, 1_099, ref(501.0 / 17901), 533, 2_400_000_00},
		{ids[2], 265, 72, 180, 13, ref(72.0 / 252), 84, 412_000_00}})
	return marts
}

// render writes the page.
func render(t testing.TB, marts fstest.MapFS, run reports.Run, in seen.Sources) string {
	t.Helper()
	f, err := Read(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	w, err := run.Windows()
	if err != nil {
		t.Fatal(err)
	}
	out := reporttest.Dir{}
	if err := Write(reports.NewWriter(out, reports.Analist), run, w, in, f); err != nil {
		t.Fatal(err)
	}
	return out[FileName].String()
}
