package analist

import (
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/seen"
)

// fixtureFindings are the marts about what stands out: findings with and without money, and kinds that do not link.
func fixtureFindings(t testing.TB, marts fstest.MapFS) {
	t.Helper()
	line := func(kind, file, code string, ct int64) mart.Bevinding {
		return mart.Bevinding{Onderwerp: kind, Sleutel: file, RegelCode: code, Ernst: "let_op", Regels: ref(int64(1)), BedragCt: &ct, Toelichting: "Toelichting."}
	}
	const zvw, wmo = "zvw_declaratie/levering_2025-12.csv.gz", "wmo_declaratie/levering_2025-12.csv.gz"
	same := line("zvw_declaratie", zvw, "regel_gelijk", 302_18)
	same.Regels = ref(int64(12))
	marttest.Write(t, marts, "bevinding", []mart.Bevinding{
		{Onderwerp: "huishouden", Sleutel: "h.csv", RegelCode: "buiten_periode", Ernst: "let_op", Regels: ref(int64(2)), Toelichting: "2 regels liggen buiten de periode."},
		{Onderwerp: "huishouden", Sleutel: "h.csv:5", RegelCode: "verblijf_ingekort", Ernst: "let_op", Regels: ref(int64(1)), Toelichting: "Het verblijf is ingekort."},
		{Onderwerp: "huishouden", Sleutel: "huishouden/levering_2025-12.csv.gz:9", RegelCode: "huishouden_te_groot", Ernst: "let_op", Regels: ref(int64(1)), Toelichting: "Veel personen."},
		line("jeugd_declaratie", "a.csv:77", "8021", 100_00), line("jeugd_declaratie", "a.csv:91", "8021", -30_00),
		{Onderwerp: "maatwerk_plan", Sleutel: "C05", RegelCode: "akkoord_ontbreekt", Ernst: "let_op", Toelichting: "Te weinig akkoorden."},
		line("wmo_declaratie", "a.csv:7", "8021", 5_00),
		line("wmo_declaratie", wmo+":88", "na_overlijden", 4_000_00), line("wmo_declaratie", wmo+":12", "na_overlijden", 1_50),
		{Onderwerp: "wonen_signaal", Sleutel: "wonen_signaal/levering_2025-12.csv.gz", RegelCode: "twee_leveranciers", Ernst: "let_op", Toelichting: "Ook een ander."},
		same,
	})
	share := func(kind, gemeente, file string, n, of int64, least float64, verdict string) seen.Link {
		return seen.Link{Kind: kind, Gemeente: gemeente, File: file, Persons: of, Linked: n, Share: ref(float64(n) / float64(of)),
			Minimum: &least, Verdict: verdict}
	}
	home := share("huishouden", seen.Every, seen.Every, 970, 1000, 0, informational)
	home.Minimum = nil
	marttest.Write(t, marts, "koppelgraad", []seen.Link{
		home,
		share("jeugd_toewijzing", "GM0855", seen.Every, 3, 40, 0.9, "te_laag"), share("jeugd_toewijzing", seen.Every, seen.Every, 363, 400, 0.9, "ja"),
		share("wmo_declaratie", seen.Every, seen.Every, 400, 400, 0.9, "ja"), share("wmo_declaratie", seen.Every, wmo, 400, 400, 0.9, "ja"),
		share("wonen_signaal", seen.Every, seen.Every, 1, 9, 0.9, "niet_beoordeeld"),
		share("zvw_declaratie", seen.Every, seen.Every, 400, 1000, 0.5, "te_laag"), share("zvw_declaratie", seen.Every, zvw, 400, 1000, 0.5, "te_laag"),
	})
}

// fixtureVerdicts count the active episodes, and spread the rest over not to be told and certainly not.
func fixtureVerdicts(n int64, episodes []mart.Cocktail) []mart.CocktailOordeel {
	rows := make([]mart.CocktailOordeel, len(testNames))
	for i, name := range testNames {
		o := mart.CocktailOordeel{Cocktail: name.Cocktail, Huishoudens: n}
		for _, e := range episodes {
			if e.Cocktail != name.Cocktail || !e.Actief {
				continue
			}
			switch e.Status {
			case full:
				o.Vol++
			case threat:
				o.Dreigend++
			case unknown:
				o.Onbekend++
			}
		}
		rest := n - o.Vol - o.Dreigend - o.Onbekend
		o.NietTeBeoordelen, o.Nee = rest/3, rest-rest/3
		rows[i] = o
	}
	return rows
}
