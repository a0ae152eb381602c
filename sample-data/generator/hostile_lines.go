package generator

import (
	"fmt"
	"strings"
)

// hostileCells are files of which one line breaks its contract by a cell: one for every rule about cells.
func hostileCells() []hostile {
	who := nobody(2)
	const (
		homes    = "persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh\n"
		signs    = "persoon_ps;gemeentecode;soort;datum;einddatum;bedrag_eur\n"
		benefits = "persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur\n"
		claims   = "persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n"
		debts    = "traject_id;persoon_ps;gemeentecode;startdatum;aantal_schuldeisers;crisisinterventie\n"
		plans    = "casusnummer;persoon_ps;gemeentecode;status;datum_aanmelding;horizon_mnd\n"
		marks    = "casusnummer;meetmoment_mnd;datum;rol;cijfer\n"
		care     = "persoon_ps;prestatie_code;zorgsoort;begindatum;einddatum;bedrag_ct;debet_credit;uzovi\n"
		grants   = "persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;toewijzing_datum;ingangsdatum\n"
	)
	sign := func(cells string) string { return signs + who + ";" + cells + "\n" }
	list := []hostile{
		{kind: wonen, name: "code-onbekend.csv", data: sign("0855;onbekende_soort;2025-01-01;;"), code: "code_onbekend"},
		{kind: wonen, name: "cel-leeg.csv", data: sign("0855;;2025-02-28;;"), code: "leeg_verplicht"},
		{kind: wonen, name: "datum-onmogelijk.csv", data: sign("0855;opvang;2025-02-30;;"), code: "datum_ongeldig"},
		{kind: wonen, name: "woord.csv", data: sign("0855;opvang;2025-02-03;NULL;"), code: "leeg_als_woord"},
		{kind: wonen, name: "onzichtbaar.csv", data: sign("0855;opvang;2025-02-03\u00a0;;"), code: "teken_onzichtbaar"},
		{kind: wonen, name: "datum-buiten.csv", data: sign("0855;opvang;1753-01-01;;"), code: "datum_buiten_grens"},
		{kind: wonen, name: "datum-plafond.csv", data: sign("0855;opvang;9999-12-31;;"), code: "plafonddatum"},
		{kind: wonen, name: "einde-voor-begin.csv", data: sign("0855;opvang;2025-02-03;2025-02-02;"), code: "einde_voor_begin"},
		{kind: wonen, name: "bedrag-geen.csv", data: sign("0855;huurachterstand;2025-02-03;;12,5,0"), code: "bedrag_ongeldig"},
		{kind: wonen, name: "bedrag-dubbelzinnig.csv", data: sign("0855;huurachterstand;2025-02-04;;1.354"), code: "bedrag_dubbelzinnig"},
		{kind: wonen, name: "bedrag-te-groot.csv", data: sign("0855;huurachterstand;2025-02-05;;20000000000,00"), code: "bedrag_te_groot"},
		{kind: wonen, name: "gemeente-vorm.csv", data: sign("85;opvang;2025-02-06;;"), code: "gemeentecode_ongeldig"},
		{kind: wonen, name: "gemeente-buiten.csv", data: sign("0363;opvang;2025-02-07;;"), note: "gemeentecode: [\"0855\", \"0824\"]\n",
			code: "gemeente_buiten_levering"},
		{kind: wonen, name: "pseudoniem-vorm.csv", data: signs + "v1_tekort;0855;opvang;2025-02-08;;\n", code: "pseudoniem_vorm"},
		{kind: "participatie_uitkering", name: "maand.csv", data: benefits + who + ";0855;2025-13;H1;01;1243,03\n", code: "maand_ongeldig"},
		{kind: "participatie_uitkering", name: "bedrag-dubbelzinnig.csv", data: benefits + who + ";0855;2025-03;H2;01;1.354\n", code: "bedrag_dubbelzinnig"},
		{kind: "wmo_declaratie", name: "credit-negatief.csv", data: claims + who + ";0855;H3;01;2025-01-01;2025-01-31;-4000;C;" + agbs[4] + "\n",
			code: "bedrag_negatief"},
		{kind: "wmo_declaratie", name: "euros-in-centen.csv", data: claims + who + ";0855;H4;01;2025-01-01;2025-01-31;12,50;D;" + agbs[4] + "\n",
			code: "bedrag_ongeldig"},
		{kind: "schuldhulp_traject", name: "getal.csv", data: debts + "H5;" + who + ";0855;2025-01-01;veel;nee\n", code: "getal_ongeldig"},
		{kind: "schuldhulp_traject", name: "vlag.csv", data: debts + "H6;" + who + ";0855;2025-01-01;4;misschien\n", code: "vlag_ongeldig"},
		{kind: "maatwerk_plan", name: "horizon.csv", data: plans + "H7;" + who + ";0855;concept;2025-12-01;500\n", code: "getal_buiten_grens"},
		{kind: "maatwerk_meting", name: "cijfer.csv", data: marks + "H7;6;2025-12-01;ouder;7,3\n", code: "getal_stap"},
		{kind: "huishouden", name: "jaar.csv", data: homes + who + ";" + root{2, 2}.pseudonym('h', 2) + ";0855;2020-01-01;80;1;2\n", code: "jaar_ongeldig"},
		{kind: "zvw_declaratie", name: "uzovi.csv", data: care + who + ";HAC001;huisarts_consult;2025-01-01;2025-01-01;4000;D;99A1\n", code: "vorm_ongeldig"},
		{kind: "wmo_toewijzing", name: "tijd.csv", data: strings.TrimSuffix(grants, "\n") + ";toewijzing_tijd\n" + who +
			";0855;990000002;01;2025-01-01;2025-02-01;half tien\n", code: "tijd_ongeldig"},
		{kind: "wmo_declaratie", name: "voor-1990.csv", data: claims + who + ";0855;H8;01;1985-01-01;1985-01-31;100;D;" + agbs[4] + "\n",
			code: "periode_onmogelijk"},
		{kind: "jeugd_toewijzing", name: "categorie.csv", data: grants + who + ";0855;990000001;56;2025-01-01;2025-02-01\n", code: "code_onbekend"},
	}
	for i := range list {
		list[i].lines = one(list[i].code)
		list[i].code = ""
	}
	return list
}

// hostileLines are lines that only other lines make wrong: they stay accepted, as a finding, or as lines that no figure uses.
func hostileLines() []hostile {
	house := func(i int) string { return root{2, 2}.pseudonym('h', 100+i) }
	var homes, claims, plans strings.Builder
	homes.WriteString("persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;typhh;plhh\n")
	live := func(person, house, from, to string) {
		fmt.Fprintf(&homes, "%s;%s;0855;%s;%s;1980;1;2\n", person, house, from, to)
	}
	live(nobody(0), house(0), "2019-01-01", "") // the older address was never closed
	live(nobody(0), house(1), "2024-06-01", "")
	live(nobody(1), house(2), "2021-01-01", "") // two stays from one day
	live(nobody(1), house(3), "2021-01-01", "")
	live(nobody(3), house(4), "2018-01-01", "")
	live(nobody(4), house(5), "2018-01-01", "")
	live(nobody(2), house(7), "2018-01-01", "")
	for i := 6; i < 52; i++ { // the others have a stay too, or the feeds that they are in would not link to huishouden
		live(nobody(i), house(i+2), "2018-01-01", "")
	}

	claims.WriteString("persoon_ps;gemeentecode;referentie_nummer;vorig_referentie_nummer;toewijzing_nummer;product_categorie;product_begin;" +
		"product_eind;geleverd_volume;eenheid;tarief_ct;bedrag_ct;debet_credit;aanbieder_agb\n")
	claim := func(ref, before, allocation, from, to string, volume, tariff, ct int, sign string) {
		fmt.Fprintf(&claims, "%s;0855;%s;%s;%s;01;%s;%s;%d;04;%d;%d;%s;%s\n", nobody(3), ref, before, allocation, from, to, volume, tariff, ct, sign, agbs[5])
	}
	for d := ymd(2020, 1, 1); d < ymd(2026, 1, 1); d++ { // so many that one repeated reference stays below the limit on them
		claim("K"+d.String(), "", "", d.String(), d.String(), 1, 100, 100, "D")
	}
	claim("K2025-12-31", "", "", "2025-11-01", "2025-11-02", 1, 100, 100, "D")  // 8021
	claim("L1", "L0", "", "2025-11-03", "2025-11-04", 1, 100, 100, "C")         // 8017
	claim("L2", "", "", "2025-11-05", "2025-11-06", 2, 100, 150, "D")           // 9346
	claim("L3", "", "", "2025-11-07", "2025-11-08", 1, 100, 100, "D")           //
	claim("L4", "", "", "2025-11-07", "2025-11-08", 1, 100, 100, "D")           // 9389
	claim("L5", "", "", "2025-11-09", "2025-11-10", 2, 100, 200, "D")           //
	claim("L6", "L5", "", "2025-11-09", "2025-11-10", 1, 100, 100, "C")         //
	claim("L7", "L5", "", "2025-11-09", "2025-11-10", 1, 100, 100, "C")         // 9390
	claim("L8", "", "990000101", "2024-12-15", "2025-01-05", 1, 100, 100, "D")  // 9307
	claim("L9", "", "990000101", "2025-06-15", "2025-07-05", 1, 100, 100, "D")  // 9308
	claim("L10", "", "990000102", "2025-03-01", "2025-03-31", 1, 100, 100, "D") // 9384
	grants := "persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;toewijzing_datum;ingangsdatum;einddatum;reden_wijziging\n" +
		nobody(3) + ";0855;990000101;01;2024-12-01;2025-01-01;2025-06-30;\n" +
		nobody(3) + ";0855;990000102;01;2025-02-01;2025-03-01;2025-12-31;\n" +
		nobody(3) + ";0855;990000102;01;2025-03-10;2025-03-01;2025-03-01;13\n"

	benefits := "persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur\n" +
		nobody(3) + ";0855;2025-03;H9;01;1775,75\n" + nobody(4) + ";0855;2025-03;H9;01;1869,21\n"

	plans.WriteString("casusnummer;persoon_ps;gemeentecode;status;datum_aanmelding;datum_akkoord;datum_start;dreigend_eur;maatwerk_eur;horizon_mnd\n")
	fmt.Fprintf(&plans, "H-1;%s;0855;uitvoering;2025-01-06;2025-05-01;2025-06-02;;;\n", nobody(3))      // nobody else approved
	fmt.Fprintf(&plans, "H-2;%s;0855;akkoord;2025-01-06;2025-05-01;;40000,00;25000,00;24\n", nobody(4)) // approved later; two years
	fmt.Fprintf(&plans, "H-3;%s;0855;akkoord;2025-03-03;2025-02-03;;;;\n", nobody(5))                   // approved before it was reported
	amounts := "casusnummer;scenario;voorziening;betaler;bedrag_eur\nH-2;dreigend;verblijf;gemeente_jeugd;30000,00\nH-2;maatwerk;verblijf;gemeente_jeugd;25000,00\n" +
		"H-9;dreigend;verblijf;gemeente_jeugd;1000,00\n"
	approvals := "casusnummer;maatwerker_ps;besluit;datum\nH-2;" + nobody(50) + ";akkoord;2025-04-28\nH-2;" + nobody(51) + ";akkoord;2025-05-20\n"

	outside := "persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n" +
		nobody(4) + ";0855;P1;01;2025-01-01;2025-01-31;100;D;" + agbs[6] + "\n" + nobody(4) + ";0855;P2;01;2025-03-01;2025-03-31;100;D;" + agbs[6] + "\n"

	return []hostile{
		{kind: "huishouden", name: "slecht.csv", data: homes.String(), found: one("verblijf_ingekort"), left: one("verblijf_dubbel")},
		{kind: "huishouden", name: "onvolledig.csv", data: "persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;geboortemaand;typhh;plhh\n" +
			nobody(5) + ";" + house(6) + ";0855;20190000;1980;00;1;2\n", found: one("datum_onvolledig")},
		{kind: "wmo_declaratie", name: "slecht.csv", data: claims.String(), left: one("9384"),
			found: map[string]int{"8017": 1, "8021": 1, "9307": 1, "9308": 1, "9346": 1, "9389": 1, "9390": 1}},
		{kind: "wmo_declaratie", name: "buiten-periode.csv", data: outside, found: one("buiten_periode"),
			note: "levering_id: slecht-buiten-periode\ngemeentecode: [\"0855\"]\nperiode_van: 2025-01-01\nperiode_tot: 2025-01-31\naangemaakt: 2025-04-10\n"},
		{kind: "wmo_toewijzing", name: "slecht.csv", data: grants, left: map[string]int{"9384": 2}},
		{kind: "participatie_uitkering", name: "ongelijk.csv", data: benefits, left: map[string]int{"bedrag_ongelijk": 2}},
		{kind: "maatwerk_plan", name: "slecht.csv", data: plans.String(),
			found: map[string]int{"akkoord_ontbreekt": 1, "akkoord_na_datum": 1, "horizon_anders": 1, "negatieve_doorlooptijd": 1, "regels_tellen_niet_op": 1}},
		{kind: "maatwerk_plan_regel", name: "slecht.csv", data: amounts, found: one("plan_onbekend")},
		{kind: "maatwerk_akkoord", name: "slecht.csv", data: approvals},
	}
}
