package werktafel

import (
	"context"
	"io/fs"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/reporttest"
	"stapel/reports/vrij"
)

// testRun is a run of nine gemeenten with the built-in configuration.
var testRun = func() reports.Run {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		panic(err)
	}
	run := reports.Of(cfg)
	run.ID, run.Peildatum, run.Versie, run.Synthetisch = "2025-12-31-3f9c2a", "2025-12-31", "0.1.0", true
	run.Gemeenten = []string{"GM0766", "GM0784", "GM0785", "GM0797", "GM0798", "GM0809", "GM0824", "GM0855", "GM0867"}
	run.NietGezien = []string{"pgb (geen pgb_uitputting geleverd)", "Wlz", "eigen bijdragen"}
	return run
}()

// folder writes tables as the gate does, and opens the folder.
func folder(t testing.TB, tables *vrij.Tables) fs.FS {
	t.Helper()
	dir := t.TempDir()
	if err := vrij.Write(dir, tables); err != nil {
		t.Fatal(err)
	}
	return os.DirFS(dir)
}

// render writes the report and returns its files, without their folder.
func render(t testing.TB, tables *vrij.Tables, run reports.Run) ([]reports.File, reporttest.Dir) {
	t.Helper()
	out := reporttest.Dir{}
	w := reports.NewWriter(out, reports.Werktafel)
	if err := Write(context.Background(), folder(t, tables), run, w); err != nil {
		t.Fatal(err)
	}
	return w.Files(), out
}

// n is a count that is shown, x a figure; none is one that is not.
func n(v int64) *int64     { return &v }
func x(v float64) *float64 { return &v }

var none *int64

// rounded is a count as the gate shows it: to fives, and not below ten.
func rounded(v int64) *int64 {
	if v < 10 {
		return nil
	}
	return n((v + 2) / 5 * 5)
}

func date(s string) int32 {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return int32(t.Unix() / 86400)
}

var quarters = []struct{ first, last string }{{"2024-01-01", "2024-03-31"}, {"2024-04-01", "2024-06-30"}, {"2024-07-01", "2024-09-30"}, {"2024-10-01", "2024-12-31"},
	{"2025-01-01", "2025-03-31"}, {"2025-04-01", "2025-06-30"}, {"2025-07-01", "2025-09-30"}, {"2025-10-01", "2025-12-31"}}

// households of all gemeenten, and how many of a thousand live in each gemeente and its wijken.
const population = 101_500

var places = []struct {
	code   string
	share  int64
	wijken []string
}{
	{"GM0766", 57, []string{"WK076600", "WK076601"}}, {"GM0784", 56, []string{"WK078400", "WK078401"}}, {"GM0785", 52, []string{"WK078500", "WK078501"}},
	{"GM0797", 96, []string{"WK079700", "WK079701", "WK079702"}}, {"GM0798", 33, []string{"WK079800"}}, {"GM0809", 51, []string{"WK080900", "WK080901"}},
	{"GM0824", 69, []string{"WK082400", "WK082401"}}, {"GM0855", 482, []string{"WK085501", "WK085502", "WK085503", "WK085504", "WK085505", "WK085506", ""}},
	{"GM0867", 104, []string{"WK086700", "WK086701"}},
}

// trends are the households with each cocktail at the end of each quarter, of which the last is the peildatum.
var trends = map[string][4][8]int64{
	"cocktail_1": {{95, 100, 95, 105, 110, 115, 120, 120}, {300, 310, 310, 320, 325, 330, 335, 340}, {140, 130, 120, 110, 95, 90, 85, 85}, {2460, 2460, 2460, 2460, 2460, 2460, 2460, 2460}},
	"cocktail_2": {{345, 340, 335, 330, 320, 315, 310, 310}, {860, 870, 880, 880, 890, 890, 900, 905}, {150, 150, 145, 145, 140, 140, 140, 140}, {3200, 3200, 3200, 3200, 3200, 3200, 3200, 3200}},
	"cocktail_3": {{180, 195, 205, 220, 230, 245, 255, 265}, {1010, 1030, 1050, 1070, 1090, 1100, 1120, 1130}, {120, 115, 110, 105, 100, 95, 95, 95}, {2900, 2900, 2900, 2900, 2900, 2900, 2900, 2900}},
	"cocktail_4": {{0, 0, 70, 75, 70, 70, 75, 75}, {380, 385, 390, 390, 400, 400, 405, 410}, {0, 0, 0, 0, 0, 0, 0, 0}, {4100, 4100, 4100, 4100, 4100, 4100, 4100, 4100}},
}

var cocktailIDs = []string{"cocktail_1", "cocktail_2", "cocktail_3", "cocktail_4"}

// rich are tables in which most can be shown.
func rich() *vrij.Tables {
	t := &vrij.Tables{}
	for _, id := range cocktailIDs {
		for q, quarter := range quarters {
			parts := [4]int64{}
			for k := range parts {
				parts[k] = trends[id][k][q]
			}
			add := func(gemeente, wijk string, share, of int64) {
				part := func(v int64) *int64 { return rounded(v * share / of) }
				first := date(quarter.first)
				row := func(oordeel string, count *int64) {
					t.Cocktail = append(t.Cocktail, vrij.Cocktail{Dag: date(quarter.last), IsP: q == len(quarters)-1, Kwartaal: &first, Cocktail: id, Gemeente: gemeente, Wijk: wijk,
						Oordeel: oordeel, Huishoudens: count})
				}
				rest := int64(population)
				for k, oordeel := range []string{vrij.Vol, vrij.Dreigend, vrij.Onbekend, vrij.Ntb} {
					row(oordeel, part(parts[k]))
					rest -= parts[k]
				}
				row(vrij.Nee, part(rest))
				row(vrij.Alle, part(population))
			}
			add(vrij.Alle, vrij.Alle, 1, 1)
			for _, place := range places {
				add(place.code, vrij.Alle, place.share, 1000)
				for i, wijk := range place.wijken {
					add(place.code, wijk, place.share*int64(i+1), 1000*int64(len(place.wijken)*(len(place.wijken)+1)/2))
				}
			}
		}
		for typ, share := range map[string]int64{"1": 390, "2": 180, "3": 140, "4": 60, "5": 110, "6": 95, "7": 20, "8": 5} {
			children := typ == "4" || typ == "5" || typ == "6"
			vol := int64(0)
			if children || id == "cocktail_4" {
				vol = trends[id][0][7] * share / map[bool]int64{true: 265, false: 1000}[id != "cocktail_4"]
			}
			for oordeel, count := range map[string]int64{vrij.Vol: vol, vrij.Dreigend: vol * 3, vrij.Onbekend: vol / 2, vrij.Ntb: 30 * share / 10, vrij.Nee: population*share/1000 - 5*vol,
				vrij.Alle: population * share / 1000} {
				t.CocktailType = append(t.CocktailType, vrij.CocktailType{Cocktail: id, Type: typ, Oordeel: oordeel, Huishoudens: rounded(count)})
			}
		}
	}
	order(t.CocktailType, func(c vrij.CocktailType) string { return c.Cocktail + c.Type + c.Oordeel })
	for i, id := range cocktailIDs {
		vol, mean := trends[id][0][7], int64(3_450_000+i*410_000)
		t.CocktailKosten = append(t.CocktailKosten,
			vrij.CocktailKosten{Cocktail: id, Deel: vrij.Alle, Huishoudens: n(population), KostenCt: n(61_240_100_000), GemiddeldCt: n(603_350)},
			vrij.CocktailKosten{Cocktail: id, Deel: vrij.Overig, Huishoudens: n(population - vol), KostenCt: n(61_240_100_000 - vol*mean), GemiddeldCt: n(561_000 + int64(i)*1_300)},
			vrij.CocktailKosten{Cocktail: id, Deel: vrij.Vol, Huishoudens: n(vol), KostenCt: n(vol * mean / 100_000 * 100_000), GemiddeldCt: n(mean)})
	}
	richPaths(t)
	richPatterns(t)
	for _, name := range vrij.Names() {
		if name != "bron" && name != "verslag" {
			t.Verslag = append(t.Verslag, vrij.Verslag{Tabel: name, Cellen: 412, Primair: 37, Secundair: 21, Stand: vrij.StandVrij, Bewezen: true})
		}
	}
	return t
}

// order sorts rows made in the order of a map.
func order[T any](rows []T, key func(T) string) {
	for i := range rows {
		for k := i; k > 0 && key(rows[k]) < key(rows[k-1]); k-- {
			rows[k], rows[k-1] = rows[k-1], rows[k]
		}
	}
}

func richPaths(t *vrij.Tables) {
	path := func(id, pad string, count *int64, whole *float64, days ...*float64) {
		t.Pad = append(t.Pad, vrij.Pad{Cocktail: id, Pad: pad, Huishoudens: count, Mediaan: whole})
		parts := strings.Split(pad, ">")
		for i, d := range days {
			to := vrij.Vol
			if i+1 < len(parts) {
				to = parts[i+1]
			}
			t.PadStap = append(t.PadStap, vrij.PadStap{Cocktail: id, Pad: pad, Stap: int64(i + 1), Van: parts[i], Naar: to, Mediaan: d})
		}
	}
	path("cocktail_1", "ggz>niet_passende_begeleiding>woonproblematiek", n(25), x(388), x(204), x(151), x(0))
	path("cocktail_1", "ggz>woonproblematiek>niet_passende_begeleiding", n(35), x(412), x(183), x(190), x(14))
	path("cocktail_1", "ggz+niet_passende_begeleiding>woonproblematiek", n(10), x(97), nil, x(0))
	path("cocktail_1", vrij.AlVol, n(20), nil)
	path("cocktail_1", vrij.Onbekend, n(15), nil)
	path("cocktail_1", vrij.Overig, none, nil)
	path("cocktail_2", "jeugdzorg>woonproblematiek", n(125), x(241), x(230), x(0))
	path("cocktail_2", "woonproblematiek>jeugdzorg", n(70), x(166.5), x(160.5), x(0))
	path("cocktail_2", "jeugdzorg+woonproblematiek", none, nil, nil)
	path("cocktail_2", vrij.AlVol, n(65), nil)
	path("cocktail_2", vrij.Onbekend, n(45), nil)
	path("cocktail_3", "schulden>woonproblematiek", n(85), x(131), x(124), x(0))
	path("cocktail_3", "woonproblematiek>schulden", n(110), x(98), x(91), x(5))
	path("cocktail_3", vrij.AlVol, n(30), nil)
	path("cocktail_3", vrij.Onbekend, n(40), nil)
	path("cocktail_4", "ggz>geen_uitkering>woonproblematiek", n(30), x(160), x(92), x(61), x(0))
	path("cocktail_4", "woonproblematiek>ggz>geen_uitkering", n(15), nil, x(310), x(85), nil)
	path("cocktail_4", vrij.AlVol, none, nil)
	path("cocktail_4", vrij.Onbekend, n(15), nil)
	path("cocktail_4", vrij.Overig, n(10), x(205))
}

func richPatterns(t *vrij.Tables) {
	pair := func(a, b string, ab, ba, same, unknown *int64, p25, median, p75 float64, back float64) {
		t.Overgang = append(t.Overgang,
			vrij.Overgang{Van: a, Naar: b, Huishoudens: ab, Omgekeerd: ba, Gelijk: same, NietTeBeoordelen: unknown, P25: x(p25), Mediaan: x(median), P75: x(p75)},
			vrij.Overgang{Van: b, Naar: a, Huishoudens: ba, Omgekeerd: ab, Gelijk: same, NietTeBeoordelen: unknown, Mediaan: x(back)})
	}
	pair("woonproblematiek", "schulden", n(185), n(140), n(20), n(410), 36, 98, 201, 119)
	pair("ggz", "geen_uitkering", n(95), n(30), none, n(150), 41, 88, 132, 190)
	pair("woonproblematiek", "geen_uitkering", n(45), n(60), none, n(90), 20, 74, 150, 66)
	pair("schulden", "geen_uitkering", n(25), n(55), none, n(120), 30, 110, 170, 71)
	pair("jeugdzorg", "woonproblematiek", n(160), n(90), n(10), n(205), 80, 228, 390, 165)
	pair("ggz", "woonproblematiek", n(140), n(115), n(10), n(310), 61, 177, 288, 140)
	pair("ggz", "niet_passende_begeleiding", n(70), none, none, n(95), 90, 196, 350, 60)
	near := func(id, missing string, now, followed, vol *int64, share *float64) {
		t.Bijna = append(t.Bijna, vrij.Bijna{Cocktail: id, Ontbrekend: missing, Huishoudens: now, Gevolgd: followed, Vol: vol, Aandeel: share})
	}
	near("cocktail_1", "ggz", n(90), n(70), none, nil)
	near("cocktail_1", "niet_passende_begeleiding", n(210), n(160), n(15), x(0.09375))
	near("cocktail_1", "woonproblematiek", n(40), n(25), none, nil)
	near("cocktail_2", "jeugdzorg", n(145), n(110), n(15), x(0.1363636))
	near("cocktail_2", "woonproblematiek", n(760), n(545), n(40), x(0.0733945))
	near("cocktail_3", "schulden", n(420), n(310), n(45), x(0.1451613))
	near("cocktail_3", "woonproblematiek", n(710), n(520), n(35), x(0.0673077))
	near("cocktail_4", "geen_uitkering", n(260), n(190), n(10), x(0.0526316))
	near("cocktail_4", "geen_uitkering (zwak aanwezig)", n(95), n(60), none, nil)
	near("cocktail_4", "woonproblematiek", n(55), n(35), none, nil)
	plan := func(what, who string, plans, refused *int64, median *float64) {
		t.Hindernis = append(t.Hindernis, vrij.Hindernis{Hindernis: what, Partij: who, Plannen: plans, Afwijzingen: refused, Mediaan: median})
	}
	plan(vrij.Alle, vrij.Alle, n(95), n(40), x(182))
	plan(vrij.Alle, "woningcorporatie", n(55), n(25), x(63))
	plan(vrij.Alle, "werk en inkomen", n(40), n(10), x(35))
	plan(vrij.Alle, "zorgverzekeraar", n(20), none, x(80))
	plan(vrij.Alle, vrij.NietGenoemd, n(15), none, nil)
	plan("huisvesting", vrij.Alle, n(45), n(20), x(214))
	plan("huisvesting", "woningcorporatie", n(35), n(20), x(70))
	plan("huisvesting", "werk en inkomen", n(10), none, nil)
	plan("inkomen", vrij.Alle, n(30), n(10), x(160))
	plan("inkomen", "werk en inkomen", n(25), n(10), x(38))
	plan("regelgeving", vrij.Alle, n(25), n(15), nil)
	plan("wachtlijst", vrij.Alle, n(15), none, nil)
	claim := func(group string, with, without, unknown, all *int64, ct int64) {
		t.Fraudefuik = append(t.Fraudefuik, vrij.Fraudefuik{Groep: group, Stand: vrij.Met, Huishoudens: with, OpenCt: n(ct)},
			vrij.Fraudefuik{Groep: group, Stand: vrij.Zonder, Huishoudens: without}, vrij.Fraudefuik{Groep: group, Stand: vrij.Ntb, Huishoudens: unknown},
			vrij.Fraudefuik{Groep: group, Stand: vrij.Alle, Huishoudens: all})
	}
	claim("cocktail_1", n(20), n(95), none, n(120), 81_000_00)
	claim("cocktail_2", n(35), n(265), n(10), n(310), 142_000_00)
	claim("cocktail_3", n(70), n(185), n(10), n(265), 412_000_00)
	claim("cocktail_4", n(15), n(55), none, n(75), 97_000_00)
	claim(vrij.Geen, n(530), n(97_400), n(2_830), n(100_760), 2_205_000_00)
	claim(vrij.Alle, n(640), n(98_000), n(2_860), n(101_500), 2_914_000_00)
	set := func(list, id string, count, expected *int64, lift, low, high *float64) {
		t.Combinatie = append(t.Combinatie, vrij.Combinatie{Combinatie: list, NIngredienten: int64(strings.Count(list, "+") + 1), Cocktail: id, Huishoudens: count, Verwacht: expected,
			Lift: lift, LiftLaag: low, LiftHoog: high})
	}
	set("ggz+kinderen+niet_passende_begeleiding+woonproblematiek", "cocktail_1", n(120), n(15), x(8), x(6.6), x(9.6))
	set("jeugdzorg+kinderen+woonproblematiek", "cocktail_2", n(310), n(125), x(2.48), x(2.21), x(2.77))
	set("kinderen+schulden+woonproblematiek", "cocktail_3", n(265), n(90), x(2.94), x(2.6), x(3.32))
	set("geen_uitkering+ggz+woonproblematiek", "cocktail_4", n(75), n(20), x(3.75), x(2.95), x(4.7))
	set("ggz+kinderen+schulden+woonproblematiek", "", n(95), n(15), x(6.33), x(5.12), x(7.74))
	set("ggz+schulden", "", n(540), n(310), x(1.74), x(1.6), x(1.89))
	set("jeugdzorg+schulden", "", n(215), n(80), x(2.69), x(2.34), x(3.07))
	set("geen_uitkering+schulden+woonproblematiek", "", n(60), n(15), x(4), x(3.05), x(5.15))
	set("jeugdzorg+kinderen+niet_passende_begeleiding", "", n(130), n(115), x(1.13), x(0.94), x(1.34))
	set("geen_uitkering+jeugdzorg", "", none, n(20), nil, nil, nil)
	set("niet_passende_begeleiding+schulden", "", n(45), n(60), x(0.75), x(0.55), x(1))
	for _, kind := range testRun.Kinds {
		stand := vrij.BronHeel
		switch kind {
		case "zvw_declaratie", "schuldhulp_signaal":
			stand = vrij.BronDeels
		case "wonen_signaal":
			stand = vrij.NietGeleverd
		case "grootboek_totaal", "claim", "maatwerk_uitgave":
			continue
		}
		t.Bron = append(t.Bron, vrij.Bron{Kind: kind, Stand: stand})
	}
}

// poor are tables in which nearly nothing can be shown: a small gemeente with few feeds.
func poor() *vrij.Tables {
	t := rich()
	hide(t)
	for i := range t.Cocktail {
		c := &t.Cocktail[i]
		whole := c.Gemeente == vrij.Alle && c.Wijk == vrij.Alle
		switch {
		case whole && c.Oordeel == vrij.Alle:
			c.Huishoudens = n(8_455)
		case whole && c.Cocktail == "cocktail_2" && c.Oordeel == vrij.Dreigend:
			c.Huishoudens = n(25)
		case whole && c.Cocktail == "cocktail_2" && c.IsP && c.Oordeel == vrij.Vol:
			c.Huishoudens = n(10)
		}
	}
	t.Pad, t.PadStap, t.Overgang, t.Hindernis, t.Combinatie = nil, nil, nil, nil, nil
	for i := range t.Bron {
		switch t.Bron[i].Kind {
		case "huishouden", "wmo_declaratie", "jeugd_declaratie":
		case "zvw_declaratie":
			t.Bron[i].Stand = vrij.KoppeltNiet
		case "schuldhulp_traject":
			t.Bron[i].Stand = vrij.NietGedekt
		default:
			t.Bron[i].Stand = vrij.NietGeleverd
		}
	}
	for i := range t.Verslag {
		v := &t.Verslag[i]
		v.Primair, v.Secundair = 390, 15
		switch v.Tabel {
		case "pad", "pad_stap", "overgang", "combinatie":
			v.Stand, v.Bewezen, v.Reden = vrij.Geweigerd, false, "niet binnen 300 seconden te bewijzen dat kleine groepen verborgen blijven"
		case "cocktail":
			v.Stand = vrij.Vergroofd
		}
	}
	return t
}

// hide empties every figure that may be empty, the quarter aside.
func hide(t *vrij.Tables) {
	each(t, func(f reflect.Value, name string) {
		if f.Kind() == reflect.Pointer && name != "Kwartaal" {
			f.SetZero()
		}
	})
}

// each calls fn for every field of every row.
func each(t *vrij.Tables, fn func(field reflect.Value, name string)) {
	all := reflect.ValueOf(t).Elem()
	for k := range all.NumField() {
		rows := all.Field(k)
		for i := range rows.Len() {
			for f := range rows.Index(i).NumField() {
				fn(rows.Index(i).Field(f), rows.Index(i).Type().Field(f).Name)
			}
		}
	}
}
