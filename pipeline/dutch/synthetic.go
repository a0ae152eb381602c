package dutch

// synthetic are texts of synthetic extracts and programmes, a part of the catalogue.
var synthetic = map[string]string{
	// one draw for all of a synthetic programme
	"loting: a draw is of herkomst loting, not of %q":                                                                       "--loting: een loting hoort bij --herkomst loting, niet bij %s",
	"loting: give a month as in 2023-12, 12 months or more after the beginning of the set and two or more before start-van": "--loting: geef een maand als 2023-12, 12 maanden of meer na het begin van de set en twee of meer voor --start-van",

	// synthetic extracts
	"out: name the folder to write to":                                                                           "--out: noem de map om in te schrijven",
	"out: the folder %s is not empty: name another one":                                                          "--out: de map %s is niet leeg: noem een andere",
	"households: give 1 to 9999999, not %d (allocation numbers have nine digits)":                                "--households: geef 1 tot en met 9999999, niet %s (toewijzingsnummers hebben negen cijfers)",
	"months: give 12 to 120, not %d":                                                                             "--months: geef 12 tot en met 120, niet %s",
	"effect: give at most 1000000 euros a year either way":                                                       "--effect: geef hoogstens 1000000 euro per jaar, erbij of eraf",
	"plannen: give a number of plans with the other flags of a programme":                                        "--plannen: noem een aantal plannen bij de andere vlaggen van een programma",
	"plannen: give 1 to 100000, not %d":                                                                          "--plannen: geef 1 tot en met 100000, niet %s",
	"plannen: %d households come into question, and %d plans need two each; give more households or fewer plans": "--plannen: %s huishoudens komen in aanmerking, en %s plannen vragen er elk twee; geef meer huishoudens of minder plannen",
	"herkomst: there is no %q; use %s":                                                                           "--herkomst: er is geen %s; gebruik %s",
	"niet-gestart: give 0 to 100 percent, not %d":                                                                "--niet-gestart: geef 0 tot en met 100 procent, niet %s",
	"effect-domein: give it or effect, not both":                                                                 "--effect-domein: geef dit of --effect, niet allebei",
	"effect-domein: there is no %q; use %s":                                                                      "--effect-domein: er is geen %s; gebruik %s",
	"effect-domein: give at most 1000000 euros a year either way":                                                "--effect-domein: geef hoogstens 1000000 euro per jaar, erbij of eraf",
	"effect-domein: give each domein once, as in jeugd=6000, not %q":                                             "--effect-domein: geef elk domein een keer, als in jeugd=6000, niet %s",
	"start-van, start-tot: give two months as in 2024-06, in order, %d months or more after the beginning of the set and before its end": "--start-van, --start-tot: geef twee maanden als 2024-06, op volgorde, %s maanden of meer na het begin van de set en voor het einde",
	"feilen: there is no %q; use %s, %s":                      "--feilen: er is geen %s; gebruik %s, %s",
	"feilen: %s is there twice":                               "--feilen: %s staat er twee keer",
	"feilen: two of these put %s under another key; name one": "--feilen: twee hiervan zetten %s onder een andere sleutel; noem er een",
}
