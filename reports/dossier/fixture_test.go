package dossier

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/seen"
)

// hash is a number from a label: the fixtures are drawn, and the same every time.
func hash(label string, a ...any) uint64 {
	sum := sha256.Sum256([]byte(fmt.Sprint(append([]any{label}, a...)...)))
	return binary.BigEndian.Uint64(sum[:])
}

func pick(n int, label string, a ...any) int { return int(hash(label, a...) % uint64(n)) }

func dayOf(text string) mart.Date {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return mart.DateOf(t)
}

// testConfig says which kinds are cost of what.
var testConfig = func() *config.Config {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		panic(err)
	}
	return cfg
}()

var testCodes = map[string]string{"02": "begeleiding", "15": "beschermd wonen", "06": "overige ondersteuning individu of huishouden",
	"45": "ambulante jeugdhulp", "43": "verblijf inclusief behandeling", "01": "algemene bijstand", "farmacie": "farmacie",
	"consulten_ggz": "consulten ggz", "medisch_specialistische_zorg": "medisch specialistische zorg", "hulpmiddelen": "hulpmiddelen",
	"paramedische_zorg_fysiotherapie": "paramedische zorg fysiotherapie"}

// family is an invented household of so many persons with so many allocations, and everything else that a picture can hold: gaps in
// coverage, credits, care without an allocation, signals of both strengths, cocktails of every status and a plan with days that
// lie close together.
func family(persons, allocations int) *Dossier {
	d := &Dossier{Run: Run{Run: reports.Run{ID: "2025-12-31-0123456789ab", Peildatum: "2025-12-31", Versie: "test", DrempelCt: 100000_00,
		NietGezien: []string{"persoonsgebonden budgetten (pgb)", "subsidies"}, IngredientKinds: map[string][]string{"schulden": {"schuldhulp_signaal"}},
		Domeinen: reports.Domeinen(testConfig)},
		MinDomeinen: 2, MaxZvw: 80, Ingredienten: []string{"ggz", "woonproblematiek", "kinderen", "niet_passende_begeleiding", "jeugdzorg", "schulden",
			"geen_uitkering"}, Soorten: reports.Kostensoorten(testConfig),
		Code: func(_, _, code string) string { return testCodes[code] }}, Rangen: 312898}
	d.Huishouden = mart.Huishouden{ID: "h-0123456789abcdef", Gemeente: "GM0855", Wijk: "WK085503", Type: "5", Personen: int64(persons),
		Volwassenen: 2, Kinderen: int64(persons - 2), Aangehecht: 1}
	d.Rang = mart.Ranglijst{Rang: 12345, Huishouden: d.Huishouden.ID, Domeinen: 4, Voorzieningen: 12, Aanbieders: 17, JarenBovenDrempel: 2,
		ZvwGedekt: "deels", Cocktails: "cocktail_1|cocktail_3", Veldmelding: true, RedenNiet: "drempel|zvw_aandeel|heeft_plan"}
	share := 0.876
	d.Rang.AandeelZvw = &share
	id := func(i int) string { return fmt.Sprintf("p-%016x", hash("persoon", i)>>1) }
	line := map[string]int64{}
	next := func(kind string) (string, string, int64) {
		line[kind]++
		return kind, kind + "/synthetisch-" + kind + "-2023-2025.csv.gz", 100000 + line[kind]
	}
	for i := range persons {
		p := Persoon{ID: id(i), Geboren: dayOf("1985-03-01") + mart.Date(i*40), Plhh: "6"}
		if i >= 2 {
			p.Geboren, p.Plhh, p.Minderjarig, p.Aangehecht = dayOf("2009-06-01")+mart.Date(i*500), "1", true, i == persons-1
		}
		p.Kind, p.Bestand, p.Regel = next("huishouden")
		d.Personen = append(d.Personen, p)
		v := Verblijf{Persoon: p.ID, Van: max(p.Geboren, dayOf("2019-01-01")), Tot: dayOf("2026-01-01"), Hier: !p.Aangehecht, Typhh: "5", Kind: p.Kind, Bestand: p.Bestand, Regel: p.Regel}
		if p.Aangehecht {
			v.Typhh = "8"
		}
		d.Verblijven = append(d.Verblijven, v)
		alive := allMonths
		for _, kind := range []string{"huishouden", "wmo_toewijzing", "wmo_declaratie", "jeugd_toewijzing", "jeugd_declaratie",
			"participatie_uitkering", "schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie"} {
			known := allMonths
			switch kind {
			case "zvw_declaratie":
				known = int64(hash("verzekerd", i)) & allMonths & (allMonths << pick(20, "vanaf", i))
			case "wmo_declaratie":
				known &^= 0b111111
			}
			d.Dekking = append(d.Dekking, Dekking{p.ID, kind, known & alive, alive})
		}
	}
	cost := func(r Regel, ct int64) {
		r.BedragCt = &ct
		d.Regels = append(d.Regels, r)
		basis := "gedeclareerd"
		if r.Domein == "schuldhulp" {
			basis = "geprijsd"
		}
		at := r.Van.Time()
		month := mart.DateOf(time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC))
		d.Maanden = append(d.Maanden, Maand{month, r.Domein, "betaler", basis, ct, r.Kind, r.Bestand, r.Regel})
		if basis == "gedeclareerd" {
			switch at.Year() {
			case 2025:
				d.Rang.T0Ct += ct
			case 2024:
				d.Rang.T1Ct += ct
			default:
				d.Rang.T2Ct += ct
			}
		}
	}
	months := func(r Regel, kind string, from, n, ct int) {
		for m := from; m < min(Months, from+n); m++ {
			r.Kind, r.Bestand, r.Regel = next(kind)
			first := dayOf("2023-01-01").Time().AddDate(0, m, 0)
			r.Van, r.Tot = mart.DateOf(first), mart.DateOf(first.AddDate(0, 1, 0))
			cost(r, int64(ct))
		}
	}
	for a := range allocations {
		wet, codes := "wmo", []string{"02", "15", "06"}
		if a%2 == 1 {
			wet, codes = "jeugd", []string{"45", "43"}
		}
		from, n := pick(30, "begin", a), 3+pick(30, "duur", a)
		r := Regel{Persoon: id(a % persons), Domein: wet, Soort: "toewijzing", Sleutel: fmt.Sprint(wet, a), Code: codes[a%len(codes)],
			Aanbieder: fmt.Sprintf("%08d", 73000000+a), Open: a%5 == 0}
		r.Kind, r.Bestand, r.Regel = next(wet + "_toewijzing")
		first := dayOf("2023-01-01").Time().AddDate(0, from, 0)
		r.Van, r.Tot = mart.DateOf(first), min(mart.DateOf(first.AddDate(0, n, 0)), dayOf("2026-01-01"))
		d.Regels = append(d.Regels, r)
		r.Soort, r.Open = "declaratie", false
		months(r, wet+"_declaratie", from, n-2, 50000+1000*pick(900, "bedrag", a))
	}
	months(Regel{Persoon: id(0), Domein: "participatie", Soort: "uitkering", Sleutel: "u1", Code: "01"}, "participatie_uitkering", 3, 29, 124303)
	months(Regel{Persoon: id(1), Domein: "jeugd", Soort: "declaratie", Sleutel: "jeugd zonder toewijzing 45", Code: "45"}, "jeugd_declaratie", 8, 2, 30000)
	months(Regel{Persoon: id(0), Domein: "schuldhulp", Soort: "traject", Sleutel: "t1", Open: true}, "schuldhulp_traject", 14, 1, 150000)
	for i := range persons {
		for k, zorg := range []string{"consulten_ggz", "medisch_specialistische_zorg", "farmacie", "hulpmiddelen", "paramedische_zorg_fysiotherapie"} {
			months(Regel{Persoon: id(i), Domein: "zvw", Soort: "zorg", Sleutel: zorg, Code: zorg, Aanbieder: "06000000"}, "zvw_declaratie",
				pick(30, "zorg", i, k), 1+k, 900+200000*(pick(5, "duur", i, k)/4))
		}
	}
	// a line that is taken back, and more credit than there was debit
	months(Regel{Persoon: id(1), Domein: "wmo", Soort: "declaratie", Sleutel: "wmo zonder toewijzing 02", Code: "02"}, "wmo_declaratie", 20, 1, 70000)
	months(Regel{Persoon: id(1), Domein: "wmo", Soort: "declaratie", Sleutel: "wmo zonder toewijzing 02", Code: "02"}, "wmo_declaratie", 20, 1, -70000)
	months(Regel{Persoon: id(1), Domein: "wmo", Soort: "declaratie", Sleutel: "wmo zonder toewijzing 02", Code: "02"}, "wmo_declaratie", 1, 1, -12345)

	for s, in := range []string{"ggz", "ggz", "woonproblematiek", "kinderen", "jeugdzorg", "niet_passende_begeleiding", "ggz"} {
		kind, file, n := next("zvw_declaratie")
		strength := []string{"sterk", "zwak"}[s%2]
		van := dayOf("2023-10-15") + mart.Date(s*75)
		d.Signalen = append(d.Signalen, Signaal{id(s % persons), in, van, van + 180, strength, kind, file, &n})
	}
	d.Signalen = append(d.Signalen, Signaal{"onbekend", "geen_uitkering", dayOf("2024-01-01"), dayOf("2024-09-01"), "zwak", "", "", nil})
	d.Bekend = []Bekend{{"ggz", 0}, {"woonproblematiek", signalMonths}, {"kinderen", signalMonths}, {"niet_passende_begeleiding", signalMonths &^ (1 << 20)},
		{"jeugdzorg", signalMonths}, {"geen_uitkering", signalMonths}}
	for i, name := range []string{"Ggz, woonproblematiek, kinderen en niet passende begeleiding", "Jeugdzorg, woonproblematiek en kinderen",
		"Schulden, woonproblematiek en kinderen", "Ggz, woonproblematiek en geen uitkering (geen bijstand)"} {
		code := fmt.Sprintf("cocktail_%d", i+1)
		d.Namen = append(d.Namen, mart.CocktailNaam{Cocktail: code, Naam: name})
		if i == 3 {
			continue
		}
		mid, last := dayOf("2025-03-04"), dayOf("2026-01-01")
		d.Cocktails = append(d.Cocktails,
			mart.Cocktail{Cocktail: code, Van: dayOf("2024-02-10"), Tot: mid, Status: []string{"dreigend", "onbekend", "vol"}[i], Ontbrekend: []string{"woonproblematiek (zwak aanwezig)", "schulden|woonproblematiek", ""}[i], Volgorde: "kinderen>ggz"},
			mart.Cocktail{Cocktail: code, Van: mid, Tot: last, Status: []string{"vol", "dreigend", "onbekend"}[i], Ontbrekend: []string{"", "woonproblematiek", "schulden"}[i], Actief: true, Volgorde: "kinderen>ggz>woonproblematiek"})
		kind, file, n := next("zvw_declaratie")
		d.Bewijs = append(d.Bewijs, mart.Bewijs{Cocktail: code, Van: mid, Ingredient: "ggz", Sterkte: "sterk", BronKind: kind, BronBestand: file, BronRegel: &n})
	}
	day := func(s string) *mart.Date { x := dayOf(s); return &x }
	ct := int64(6300000)
	plan := Plan{Casus: "C01", Status: "uitvoering", Aanmelding: day("2025-05-12"), Akkoord: day("2025-05-20"), Start: day("2025-06-01"), Akkoorden: 1,
		HuidigCt: &ct, Bevindingen: "akkoord_ontbreekt"}
	plan.Kind, plan.Bestand, plan.Regel = next("maatwerk_plan")
	d.Plannen = []Plan{plan, {Casus: "C02", Status: "afgewezen", Aanmelding: day("2024-02-01"), Kind: plan.Kind, Bestand: plan.Bestand, Regel: 3}}
	d.Opmerkingen = []Opmerking{{Code: "8021", Toelichting: "Dit referentienummer komt vaker voor.", Kind: "wmo_declaratie", Bestand: "wmo_declaratie/a.csv", Regel: 7},
		{Code: "9384", Kind: "wmo_toewijzing", Bestand: "wmo_toewijzing/a.csv", Regel: 9},
		{Code: "overlap_gelijk", Kind: "zvw_declaratie", Bestand: "zvw_declaratie/a.csv", Regel: 4}}
	d.Koppeling = []seen.Link{{Kind: "zvw_declaratie", Gemeente: "alle", File: "alle", Persons: 19, Verdict: "geen"},
		{Kind: "schuldhulp_signaal", Gemeente: "GM0855", File: "alle", Persons: 40, Linked: 3, Verdict: "te_laag"}}
	return d
}
