package analist

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
)

// pick is a number in [0, n) that depends on its key only.
func pick(n int, key ...any) int {
	h := fnv.New64a()
	fmt.Fprint(h, key...)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], h.Sum64()*0x9e3779b97f4a7c15)
	return int(binary.BigEndian.Uint64(b[:])>>11) % n
}

func day(s string) mart.Date {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return mart.DateOf(t)
}

func ref[T any](v T) *T { return &v }

// part is what a required kind covers for a gemeente.
func part(kind, gemeente, until string, held bool) reports.BasisPart {
	return reports.BasisPart{Kind: kind, Gemeente: gemeente, Until: until, Held: held}
}

var testRun = reports.Run{
	ID: "20260115T060000-3f9c2a", Peildatum: "2025-12-31", Versie: "0.1.0", Synthetisch: true,
	Gemeenten: []string{"GM0855", "GM0824", "GM0867"}, DrempelCt: 100_000_00, SelectieAantal: 50,
	NietGezien: []string{"pgb (geen pgb_uitputting geleverd)", "vakantietoeslag op uitkeringen", "taakgerichte zorg (lumpsum)", "Wlz",
		"subsidies", "eigen bijdragen"},
	Basis: reports.Basis{Without: "2026-01-31", Gone: []string{"GM0867"}, Parts: []reports.BasisPart{part("huishouden", "GM0855", "2026-01", false),
		part("zvw_declaratie", "GM0824", "2025-12", true), part("zvw_declaratie", "GM0855", "2025-12", true)}},
	MaxHuishouden:   20,
	Domeinen:        testDomeinen(),
	Namen:           testConfig.Names,
	Elders:          append([]config.Published{{Gebied: "0855", Maat: "twee_of_meer", Eenheid: "per_100_huishoudens", Waarde: 8.25, Periode: "2024", Bron: "proef"}}, testConfig.Published...),
	Kinds:           reports.Kinds(testConfig),
	Regels:          reports.Regels(testConfig.Selection),
	Voorzieningen:   reports.Voorzieningen(testConfig),
	IngredientKinds: map[string][]string{"ggz": {"zvw_declaratie"}, "schulden": {"schuldhulp_traject", "schuldhulp_signaal"}},
}

// testPage is a page of which only the run is looked at.
var testPage = &page{Run: testRun}

// testConfig is the built-in configuration.
var testConfig = func() *config.Config {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		panic(err)
	}
	return cfg
}()

// testDomeinen are the built-in domeinen, one with a label of its own.
func testDomeinen() []reports.Domein {
	all := reports.Domeinen(testConfig)
	all[1].Label = "Jeugdwet (regio)"
	return all
}

var testNames = []mart.CocktailNaam{
	{Cocktail: "1", Naam: "ggz, wonen, kinderen en begeleiding die niet past", Ingredienten: "ggz+woonproblematiek+kinderen+niet_passende_begeleiding"},
	{Cocktail: "2", Naam: "jeugdzorg, wonen en kinderen", Ingredienten: "jeugdzorg+woonproblematiek+kinderen"},
	{Cocktail: "3", Naam: "schulden, wonen en kinderen", Ingredienten: "schulden+woonproblematiek+kinderen"},
	{Cocktail: "4", Naam: "ggz, wonen en geen bijstand", Ingredienten: "ggz+woonproblematiek+geen_uitkering"},
}

// nearMiss is a row of mart preventief with what only the tables show.
type nearMiss struct {
	mart.Preventief
	Share *float64 `parquet:"aandeel,optional"`
	Low   *float64 `parquet:"ondergrens,optional"`
}

// fixtureThreats makes the preventive list of the episodes, with invented shares.
func fixtureThreats(t testing.TB, marts fstest.MapFS, episodes []mart.Cocktail) {
	t.Helper()
	chances := map[[2]string]*mart.DreigingKans{}
	var list []nearMiss
	for i, e := range episodes {
		if !e.Actief || e.Status != threat {
			continue
		}
		at := [2]string{e.Cocktail, e.Ontbrekend}
		c := chances[at]
		if c == nil {
			c = &mart.DreigingKans{Cocktail: e.Cocktail, Ontbrekend: e.Ontbrekend, Toen: 40, NietTeZien: 8, Gevolgd: 32, Vol: int64(pick(20, "vol", e.Cocktail))}
			share := float64(c.Vol) / 32
			c.Aandeel, c.Ondergrens, c.Bovengrens = &share, ref(share/2), ref((1+share)/2)
			if e.Cocktail == testNames[0].Cocktail {
				*c = mart.DreigingKans{Cocktail: e.Cocktail, Ontbrekend: e.Ontbrekend}
			}
			chances[at] = c
		}
		c.Nu++
		list = append(list, nearMiss{Share: c.Aandeel, Low: c.Ondergrens, Preventief: mart.Preventief{Huishouden: e.Huishouden, Cocktail: e.Cocktail,
			Van: e.Van, Ontbrekend: e.Ontbrekend, T0Ct: e.T0Ct, InMaatwerk: i%5 == 0, Gevolgd: c.Gevolgd, Vol: c.Vol}})
	}
	low := func(p *float64) float64 {
		if p == nil {
			return -1
		}
		return *p
	}
	slices.SortStableFunc(list, func(a, b nearMiss) int { return cmp.Compare(low(b.Low), low(a.Low)) })
	for i := range list {
		list[i].Volgnr = int64(i + 1)
	}
	var rows []mart.DreigingKans
	for _, c := range chances {
		rows = append(rows, *c)
	}
	slices.SortFunc(rows, func(a, b mart.DreigingKans) int {
		return cmp.Or(cmp.Compare(a.Cocktail, b.Cocktail), cmp.Compare(a.Ontbrekend, b.Ontbrekend))
	})
	marttest.Write(t, marts, "dreiging_kans", rows)
	marttest.Write(t, marts, "preventief", list)
}

// fixture is a folder of marts with n households and the 20 cost-benefit analyses of 30 plans (huidig, dreigend and
// maatwerk add up to 445.000, 830.000 and 404.000 euro; G1 and G2 of the domain notes).
func fixture(t testing.TB, n int) fstest.MapFS {
	t.Helper()
	marts := fstest.MapFS{}
	rank, households := fixtureRanking(n)
	marttest.Write(t, marts, "ranglijst", rank)
	slices.SortFunc(households, func(a, b mart.Huishouden) int { return cmp.Compare(a.ID, b.ID) })
	marttest.Write(t, marts, "huishouden", households)
	marttest.Write(t, marts, "kosten", fixtureCosts(rank))
	marttest.Write(t, marts, "concentratie", fixtureConcentration(rank))
	episodes, evidence := fixtureCocktails(rank)
	marttest.Write(t, marts, "cocktail", episodes)
	marttest.Write(t, marts, "cocktail_bewijs", evidence)
	marttest.Write(t, marts, "cocktail_naam", testNames)
	marttest.Write(t, marts, "cocktail_oordeel", fixtureVerdicts(int64(n), episodes))
	fixtureThreats(t, marts, episodes)
	plans, totals := fixturePlans()
	marttest.Write(t, marts, "plan", plans)
	marttest.Write(t, marts, "plan_totaal", totals)
	fixtureGroups(t, marts, n)
	fixtureSupply(t, marts, rank)
	fixturePatterns(t, marts)
	return marts
}

func fixtureRanking(n int) ([]mart.Ranglijst, []mart.Huishouden) {
	rows := make([]mart.Ranglijst, n)
	households := make([]mart.Huishouden, n)
	for i := range rows {
		r := &rows[i]
		r.Huishouden = fmt.Sprintf("h-%08x%08x", pick(1<<32-1, "a", i), i)
		base := int64(24_000_000_00 / (i*i/40 + 9*i + 120))
		r.JeugdCt = base * int64(20+pick(60, "j", i)) / 100
		r.WmoCt = base * int64(pick(25, "w", i)) / 100
		r.ZvwCt = base*int64(pick(30, "z", i))/100 + int64(pick(9999, "zc", i))
		r.ParticipatieCt = int64(pick(3, "p", i)) * 8_412_37
		if i%37 == 5 {
			r.WmoCt = -r.WmoCt / 10 // a credit that came after its debit
		}
		r.T0Ct = r.JeugdCt + r.WmoCt + r.ZvwCt + r.ParticipatieCt
		r.T1Ct, r.T2Ct = r.T0Ct*int64(40+pick(80, "t1", i))/100, r.T0Ct*int64(20+pick(90, "t2", i))/100
		if i%5 == 0 {
			r.GeprijsdSchuldCt = 1_500_00
			r.GeprijsdT0Ct = 1_500_00
		}
		r.Domeinen, r.Voorzieningen, r.Aanbieders = int64(1+pick(4, "d", i)), int64(pick(9, "v", i)), int64(1+pick(5, "b", i))
		if i%7 != 3 {
			r.VerwachtCt = ref(r.T0Ct * int64(30+pick(60, "vv", i)) / 100)
		}
		r.AandeelZvw = ref(float64(r.ZvwCt) / float64(max(1, r.T0Ct)))
		r.ZvwGedekt = []string{"ja", "deels", "nee", "onbekend"}[pick(4, "zg", i)]
		r.Veldmelding, r.InMaatwerk = pick(9, "veld", i) == 0, pick(23, "mw", i) == 0
		var reasons []string
		if pick(3, "kind", i) == 0 {
			reasons = append(reasons, "kinderen")
		}
		if r.Domeinen < 2 {
			reasons = append(reasons, "domeinen")
		}
		if r.T0Ct < testRun.DrempelCt {
			reasons = append(reasons, "drempel")
		}
		if r.InMaatwerk {
			reasons = append(reasons, "heeft_plan")
		}
		r.RedenNiet, r.InAanmerking = strings.Join(reasons, "|"), len(reasons) == 0
		households[i] = mart.Huishouden{ID: r.Huishouden, Gemeente: testRun.Gemeenten[i%3],
			Wijk: fmt.Sprintf("WK08550%d", i%7), Type: []string{"4", "5", "6"}[i%3], Volwassenen: int64(1 + i%2), Kinderen: int64(1 + i%4),
			Personen: int64(2 + i%2 + i%4), Aangehecht: int64(i % 11 / 10), Jongste: int64(2010 + i%12)}
		if i == 0 {
			households[i].Personen = 31
		}
		if pick(3, "kind", i) == 0 {
			households[i].Kinderen, households[i].Aangehecht, households[i].Type = 0, 0, "2"
		}
		for _, name := range testNames {
			if pick(40, "c", name.Cocktail, i) < 3 {
				r.Cocktails = strings.Trim(r.Cocktails+"|"+name.Cocktail, "|")
			}
		}
	}
	slices.SortFunc(rows, func(a, b mart.Ranglijst) int {
		return cmp.Or(cmp.Compare(b.T0Ct, a.T0Ct), cmp.Compare(a.Huishouden, b.Huishouden))
	})
	var total, sum int64
	for _, r := range rows {
		total += r.T0Ct
	}
	for i := range rows {
		r := &rows[i]
		sum += r.T0Ct
		r.Rang, r.CumAandeel = int64(i+1), ref(float64(sum)/float64(total))
		for _, ct := range []int64{r.T0Ct, r.T1Ct, r.T2Ct} {
			if ct >= testRun.DrempelCt {
				r.JarenBovenDrempel++
			}
		}
	}
	return rows, households
}

func fixtureCosts(rank []mart.Ranglijst) []mart.Kosten {
	var rows []mart.Kosten
	add := func(id, venster, domein, betaler, grondslag string, ct int64) {
		if ct != 0 {
			rows = append(rows, mart.Kosten{Huishouden: id, Venster: venster, Domein: domein, Betaler: betaler, Grondslag: grondslag, BedragCt: ct, Regels: 3})
		}
	}
	for _, r := range rank {
		add(r.Huishouden, "T0", "jeugd", "gemeente_jeugd", "gedeclareerd", r.JeugdCt)
		add(r.Huishouden, "T0", "participatie", "gemeente_participatie", "gedeclareerd", r.ParticipatieCt)
		add(r.Huishouden, "T0", "schuldhulp", "gemeente_schuldhulp", "geprijsd", r.GeprijsdSchuldCt)
		add(r.Huishouden, "T0", "wmo", "gemeente_wmo", "gedeclareerd", r.WmoCt)
		add(r.Huishouden, "T0", "zvw", "zorgverzekeraar", "gedeclareerd", r.ZvwCt)
		add(r.Huishouden, "T1", "jeugd", "gemeente_jeugd", "gedeclareerd", r.T1Ct)
		add(r.Huishouden, "T2", "jeugd", "gemeente_jeugd", "gedeclareerd", r.T2Ct)
	}
	add(unknownHousehold, "T0", "jeugd", "gemeente_jeugd", "gedeclareerd", 123_456_78)
	add(unknownHousehold, "T0", "zvw", "zorgverzekeraar", "gedeclareerd", 4_321_09)
	return rows
}

func fixtureConcentration(rank []mart.Ranglijst) []mart.Concentratie {
	var rows []mart.Concentratie
	n := int64(len(rank))
	for _, x := range []struct {
		maat     string
		promille int64
	}{{"top_0.1", 1}, {"top_1", 10}, {"top_10", 100}, {"top_5", 50}} {
		rows = append(rows, mart.Concentratie{Maat: x.maat, Waarde: rank[ceilDiv(n*x.promille, 1000)-1].CumAandeel})
	}
	return append(rows, mart.Concentratie{Maat: "gini", Waarde: ref(0.6213)})
}

func fixtureCocktails(rank []mart.Ranglijst) ([]mart.Cocktail, []mart.Bewijs) {
	var rows []mart.Cocktail
	var evidence []mart.Bewijs
	sorted := slices.Clone(rank)
	slices.SortFunc(sorted, func(a, b mart.Ranglijst) int { return cmp.Compare(a.Huishouden, b.Huishouden) })
	for i, r := range sorted {
		for _, name := range testNames {
			list := ingredients(name.Ingredienten)
			row := mart.Cocktail{Huishouden: r.Huishouden, Cocktail: name.Cocktail, Van: day("2025-01-01") + mart.Date(pick(300, "van", i, name.Cocktail)),
				Tot: day("2026-01-01"), Actief: true, T0Ct: r.T0Ct, Volgorde: strings.Join(list, ">")}
			switch {
			case slices.Contains(strings.Split(r.Cocktails, "|"), name.Cocktail):
				row.Status = full
				before := row
				before.Van, before.Tot, before.Actief, before.Status, before.Ontbrekend = day("2024-06-01"), row.Van, false, threat, "woonproblematiek"
				rows = append(rows, before)
				if pick(4, "eerder", i) == 0 {
					earlier := row
					earlier.Van, earlier.Tot, earlier.Actief = day("2024-01-05"), day("2024-03-05"), false
					rows = slices.Insert(rows, len(rows)-1, earlier)
				}
			case pick(30, "dr", i, name.Cocktail) < 2:
				row.Status, row.Ontbrekend, row.Volgorde = threat, list[0]+" (zwak aanwezig)", strings.Join(list[1:], ">")
			case pick(30, "on", i, name.Cocktail) < 4:
				row.Status, row.Ontbrekend, row.Volgorde = unknown, list[0], strings.Join(list[1:], ">")
			default:
				continue
			}
			rows = append(rows, row)
			for k, ing := range strings.Split(row.Volgorde, ">") {
				evidence = append(evidence, mart.Bewijs{Huishouden: row.Huishouden, Cocktail: row.Cocktail, Van: row.Van,
					Ingredient: ing, Sterkte: []string{"sterk", "zwak"}[k%2], BronKind: "jeugd_toewijzing",
					BronBestand: "jeugd_toewijzing/2025-12.csv", BronRegel: ref(int64(100 + 7*i + k))})
			}
		}
	}
	return rows, evidence
}

// testDay is the first day of the last month of testRun.
var testDay = time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC)
