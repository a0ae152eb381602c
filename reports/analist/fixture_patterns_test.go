package analist

import (
	"testing"
	"testing/fstest"

	"stapel/reports/marttest"
	"stapel/reports/patronen"
)

// fixturePatterns adds the marts of the chapter on patterns, a row or two of each; what the chapter does with them is tested there.
func fixturePatterns(t testing.TB, marts fstest.MapFS) {
	t.Helper()
	marttest.Write(t, marts, "patroon", []patronen.Set{
		{Combinatie: "ggz+schulden", N: 2, Basis: true, Huishoudens: 7, Ntb: 2, Beoordeeld: 50, Waargenomen: 6, Verwacht: ref(3.5), Lift: ref(1.7), LiftLaag: ref(0.6), LiftHoog: ref(3.7), Rang: ref(int64(2)),
			KostenCt: 123_456_78, GemiddeldCt: ref(int64(17_636_68))},
		{Combinatie: "jeugdzorg+kinderen+woonproblematiek", N: 3, Basis: true, Cocktail: "2", Huishoudens: 9, Ntb: 1, Beoordeeld: 51, Waargenomen: 9, Verwacht: ref(1.5), Lift: ref(6.0), LiftLaag: ref(2.7),
			LiftHoog: ref(11.4), P: ref(0.0001), Q: ref(0.001), Rang: ref(int64(1)), KostenCt: 900_00, GemiddeldCt: ref(int64(100_00))}})
	marttest.Write(t, marts, "overgang", []patronen.Order{{Van: "ggz", Naar: "schulden", Huishoudens: 3, Mediaan: ref(40.0), P25: ref(20.0), P75: ref(60.5)}, {Van: "schulden", Naar: "ggz", Omgekeerd: 3}})
	marttest.Write(t, marts, "pad", []patronen.Path{{Cocktail: "2", Pad: "jeugdzorg>woonproblematiek", Huishoudens: 4, Mediaan: ref(90.0)}})
	marttest.Write(t, marts, "pad_stap", []patronen.Step{{Cocktail: "2", Pad: "jeugdzorg>woonproblematiek", Stap: 1, Van: "jeugdzorg", Naar: "woonproblematiek", Huishoudens: 4, Mediaan: ref(88.0)}})
	stand := patronen.Stand{Huishoudens: 60, Vol: 9, Dreigend: 5, Onbekend: 4, Ntb: 3, Nee: 39}
	marttest.Write(t, marts, "trend", []patronen.Quarter{{Kwartaal: day("2025-07-01"), Cocktail: "2", Stand: stand}, {Kwartaal: day("2025-10-01"), Cocktail: "2", Stand: stand}})
	marttest.Write(t, marts, "trend_gebied", []patronen.Area{{Kwartaal: day("2025-10-01"), Cocktail: "2", Gemeente: "GM0855", Wijk: "WK085501", Stand: stand}})
	marttest.Write(t, marts, "cocktail_groep", []patronen.Group{{Cocktail: "2", Kenmerk: "alle", Groep: "alle", Stand: stand, VolCt: 900_00, OverigCt: 5_100_00},
		{Cocktail: "2", Kenmerk: "huishoudtype", Groep: "6", Stand: stand, VolCt: 900_00, OverigCt: 5_100_00}})
	marttest.Write(t, marts, "hindernis", []patronen.Obstacle{{Hindernis: "alle", Partij: "alle", Plannen: 30, Afwijzingen: 3, Aanvullen: 1, Mediaan: ref(182.0)}})
	marttest.Write(t, marts, "fraudefuik", []patronen.Claim{{Groep: "alle", Huishoudens: 60, Met: 6, Zonder: 50, Ntb: 4, Aandeel: ref(6.0 / 56), Vorderingen: 7, OpenCt: 12_345_67}})
}
