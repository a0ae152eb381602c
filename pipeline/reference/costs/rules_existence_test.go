package costs_test

import (
	"fmt"
	"strings"
)

// times is a line so many times, each with its own number for %d.
func times(n int, line string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(fmt.Sprintf(line, i+1) + "\n")
	}
	return b.String()
}

// existenceRules are about dates, lives and numbers that can't well be.
var existenceRules = []trial{
	{"65: a day that means no end is none, and quarantines elsewhere", `
		huishouden persoon=a huis=h einddatum=9999-12-31
		huishouden persoon=b huis=h einddatum=31-12-2099
		huishouden persoon=c huis=h begindatum=2999-12-31
		huishouden persoon=d huis=h einddatum=2200-01-01
		huishouden persoon=e huis=h begindatum=1899-12-31
		huishouden persoon=f huis=h begindatum=1900-01-01 einddatum=2199-12-31
		huishouden persoon=g huis=h einddatum=9999-00-00
		huishouden persoon=i huis=h begindatum=9999-00-00
		schuldhulp_traject persoon=a einddatum=99991231`, `
		huishouden bij=a personen=4 volwassenen=4
		huishouden_lid persoon=b
		huishouden_lid persoon=f
		huishouden_lid persoon=g
		ranglijst bij=a voorzieningen=1`},
	{"65: a month or day that is not known is the first of a begin, the last of an end, and no month of birth", `
		huishouden persoon=a huis=h begindatum=2025-12-00 geboortejaar=2007 geboortemaand=00
		huishouden persoon=b huis=h begindatum=20250000 einddatum=2025-00-00 geboortejaar=2008 geboortemaand=0
		huishouden persoon=c huis=h einddatum=00-11-2025
		huishouden persoon=d huis=h begindatum=0000-00-00`, `
		huishouden bij=a personen=2 volwassenen=1 kinderen=1
		huishouden_lid persoon=b
		!huishouden_lid persoon=c
		!huishouden_lid persoon=d`},
	{"66: over more days than likely, or to after the delivery, is found and counts", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a product_begin=2025-01-01 product_eind=2025-03-03
		wmo_declaratie persoon=a product_begin=2025-01-01 product_eind=2025-03-04 toegekend_ct=500
		jeugd_declaratie persoon=a product_begin=2026-01-01 product_eind=2026-01-10
		jeugd_declaratie persoon=a product_begin=2025-12-31 product_eind=2026-01-11 debet_credit=C vorig_referentie_nummer=R@x4
		zvw_declaratie persoon=a begindatum=2024-01-01 einddatum=2025-02-03
		zvw_declaratie persoon=a begindatum=2024-01-01 einddatum=2025-02-04
		participatie_uitkering persoon=a jaarmaand=2026-01
		pgb_uitputting persoon=a datum=2026-01-11`, `
		!bevinding #2 regel_code=periode_onwaarschijnlijk
		bevinding #3 regel_code=periode_onwaarschijnlijk regels=1 bedrag_ct=500
		!bevinding #4 regel_code=periode_onwaarschijnlijk
		bevinding #5 regel_code=periode_onwaarschijnlijk bedrag_ct=-1000
		!bevinding #6 regel_code=periode_onwaarschijnlijk
		bevinding #7 regel_code=periode_onwaarschijnlijk
		bevinding #8 regel_code=periode_onwaarschijnlijk
		bevinding #9 regel_code=periode_onwaarschijnlijk
		ranglijst bij=a kosten_wmo_ct=1500`},
	{"66: costs of before 1990, or that end more than a year after the delivery, are not believed", `
		huishouden persoon=a huis=h
		wmo_declaratie persoon=a product_begin=1989-12-31 product_eind=2025-12-31
		wmo_declaratie persoon=a product_begin=1990-01-01 product_eind=1990-01-31
		wmo_declaratie persoon=a product_begin=2025-12-31 product_eind=2027-01-10
		wmo_declaratie persoon=a product_begin=2025-12-31 product_eind=2027-01-11 levering=zonder
		wmo_declaratie persoon=a product_begin=2025-12-31 product_eind=2027-01-11
		wmo_toewijzing persoon=a toewijzing_datum=1989-01-01 ingangsdatum=1989-01-01 einddatum=2028-12-31`, `
		controle kind=wmo_declaratie stap=quarantaine regels=2 bedrag_ct=2000
		bevinding #4 regel_code=periode_onwaarschijnlijk
		ranglijst bij=a voorzieningen=1`},
	{"67: before birth and after death is found and counts", `
		huishouden persoon=a huis=h
		huishouden persoon=kind huis=h geboortejaar=2025 geboortemaand=6 begindatum=2025-06-20
		huishouden persoon=dood huis=dood begindatum=2015-01-01 einddatum=2024-12-15 reden_einde=overleden
		huishouden persoon=weer huis=weer begindatum=2015-01-01 einddatum=2024-12-15 reden_einde=overleden
		huishouden persoon=weer huis=weer begindatum=2025-01-01
		jeugd_declaratie persoon=kind product_begin=2025-05-31 product_eind=2025-06-01
		jeugd_declaratie persoon=kind product_begin=2025-06-01 product_eind=2025-06-10
		wmo_declaratie persoon=dood product_begin=2025-01-01 product_eind=2025-01-15
		wmo_declaratie persoon=dood product_begin=2025-01-01 product_eind=2025-01-16 toegekend_ct=7
		wmo_declaratie persoon=weer
		participatie_uitkering persoon=dood jaarmaand=2025-01
		zvw_declaratie persoon=onbekend`, `
		bevinding #6 regel_code=voor_geboorte regels=1 bedrag_ct=1000
		!bevinding #7 regel_code=voor_geboorte
		!bevinding #8 regel_code=na_overlijden
		bevinding #9 regel_code=na_overlijden bedrag_ct=7
		!bevinding #10 regel_code=na_overlijden
		bevinding #11 regel_code=na_overlijden bedrag_ct=1000
		ranglijst bij=a kosten_jeugd_ct=2000`},
	{"73: the share of zvw is a rule only where there is a total", `
		huishouden persoon=a huis=a
		huishouden persoon=b huis=b
		huishouden persoon=c huis=c
		zvw_declaratie persoon=a
		pgb_uitputting persoon=a uitgenut_ct=-1000
		zvw_declaratie persoon=b
		pgb_uitputting persoon=b uitgenut_ct=-2000
		zvw_declaratie persoon=c`, `
		ranglijst bij=a reden_niet=kinderen|domeinen|drempel
		ranglijst bij=b reden_niet=kinderen|domeinen|drempel
		ranglijst bij=c reden_niet=kinderen|domeinen|drempel|zvw_aandeel`},
	{"improbable: more persons than likely in one household", "huishouden persoon=a huis=h\n" + times(20, "huishouden persoon=p%d huis=h") +
		times(20, "huishouden persoon=q%d huis=twintig") + times(21, "huishouden persoon=r%d huis=tehuis typhh=8 plhh=10"), `
		huishouden bij=a personen=21
		bevinding onderwerp=huishouden regel_code=huishouden_te_groot regels=1 bedrag_ct=(leeg)`},
	{"improbable: more addresses than likely in one year", times(12, "huishouden persoon=a huis=h%d begindatum=2024-%02[1]d-01") +
		"huishouden persoon=a huis=h begindatum=2024-12-31\n" + times(12, "huishouden persoon=b huis=h%d begindatum=2024-%02[1]d-01"), `
		bevinding #1 regel_code=verblijven_te_veel regels=1
		!bevinding #14 regel_code=verblijven_te_veel`},
}
