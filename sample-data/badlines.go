package sampledata

import "fmt"

// badLines are the lines of a file that break its contract, each for the reason beside it; they belong to people who are
// nowhere else in the set. A file has fewer than ten, so that none is refused.
func badLines(name string) []row {
	var out []row
	who := func() string { return pseudonym("persoon", fmt.Sprintf("fout/%s/%d", name, len(out))) }
	add := func(r row, change row) {
		line := row{"persoon_ps": who()}
		for k, v := range r {
			line[k] = v
		}
		for k, v := range change {
			line[k] = v
		}
		out = append(out, line)
	}
	switch name {
	case "synthetisch-huishouden":
		r := row{"huishouden_ps": pseudonym("huishouden", "fout"), "gemeentecode": tilburg, "begindatum": "2019-04-01",
			"geboortejaar": "1980", "geboortemaand": "2", "geslacht": man, "typhh": "1", "plhh": "2", "functie_adres": "W"}
		add(r, row{"typhh": "9"})                   // unknown code
		add(r, row{"begindatum": "2024-02-30"})     // no such day
		add(r, row{"einddatum": "2018-12-31"})      // ends before it begins
		add(r, row{"persoon_ps": "v1_tekort"})      // too short for a pseudonym
		add(r, row{"huishouden_ps": ""})            // required
		add(r, row{"geboortejaar": "negentien"})    // no year
		add(r, row{"ouder1_ps": "v1-" + who()[3:]}) // no underscore after the label
	case "synthetisch-wmo_declaratie-2025":
		r := claim("W9000", "02")
		add(r(1), row{"bedrag_ct": "12,50"})          // euros in a column of cents
		add(r(2), row{"product_eind": "2025-05-31"})  // ends before it begins
		add(r(3), row{"referentie_nummer": ""})       // required
		add(r(4), row{"product_begin": "2025-02-30"}) // no such day
		add(r(5), row{"eenheid": "99"})               // unknown code
	case "synthetisch-jeugd_declaratie":
		r := claim("J9000", "45")
		add(r(1), row{"debet_credit": ""})                                     // required, and the sign of the amount
		add(r(2), row{"product_categorie": "99"})                              // unknown code
		add(r(3), row{"persoon_ps": "v1_0123"})                                // too short
		add(r(4), row{"product_categorie": "99", "dagtekening": "2025-13-01"}) // two mistakes, one line
	case "synthetisch-participatie_uitkering-2025":
		r := row{"gemeentecode": tilburg, "jaarmaand": "2025-03", "registratienummer": "U0009001", "statistiekcode": "01",
			"betaalbaar_gesteld_eur": "1243,03", "leefvorm": "1", "huisvesting": "1", "aanvang_uitkering": "2024-01-01"}
		add(r, row{"betaalbaar_gesteld_eur": "1.354"}) // one thousand or one and a bit
		add(r, row{"jaarmaand": "2025-13"})            // no such month
		add(r, row{"statistiekcode": "99"})            // unknown code
	case "synthetisch-zvw_declaratie":
		r := row{"prestatie_code": "MSZ001", "zorgsoort": "medisch_specialistische_zorg", "begindatum": "2024-06-01",
			"einddatum": "2024-06-30", "bedrag_ct": "25000", "debet_credit": "D", "uzovi": ownUzovi, "aanbieder_agb": agb(10)}
		add(r, row{"einddatum": "2024-05-30"}) // ends before it begins
		add(r, row{"zorgsoort": "onbekend"})   // unknown code
		add(r, row{"bedrag_ct": "250.00"})     // euros in a column of cents
		add(r, row{"uzovi": "99A1"})           // four digits
	case "synthetisch-schuldhulp_traject":
		r := row{"traject_id": "T9001", "gemeentecode": tilburg, "startdatum": "2024-02-01", "totaal_schuld_eur": "20000"}
		add(r, row{"traject_id": ""})          // required
		add(r, row{"einddatum": "2024-01-15"}) // ends before it begins
	case "synthetisch-schuldhulp_signaal-1", "synthetisch-schuldhulp_signaal-2-opnieuw":
		name = "synthetisch-schuldhulp_signaal" // the second file is the first one, byte for byte
		r := row{"signaal_id": "S90001", "gemeentecode": tilburg, "signaalpartner_type": "Energie", "signaaldatum": "2024-06-03",
			"bedrag_eur": "410", "crisissignaal": "nee"}
		add(r, row{"bedrag_eur": "2.500"})        // ambiguous
		add(r, row{"crisissignaal": "misschien"}) // ja or nee
	case "synthetisch-wmo_toewijzing":
		r := grant("02")
		add(r, row{"ingangsdatum": ""})                                        // required
		add(r, row{"gemeentecode": "0809"})                                    // not in the note
		add(r, row{"einde_levering": "2023-12-01", "reden_beeindiging": "19"}) // ends before it begins
	case "synthetisch-jeugd_toewijzing":
		add(grant("45"), row{"product_categorie": "56"}) // unknown code
	case "synthetisch-wonen_signaal":
		add(row{"gemeentecode": tilburg, "soort": "ruzie", "datum": "2025-02-03"}, nil) // unknown code
	case "synthetisch-zvw_verzekerde":
		add(row{"uzovi": ownUzovi, "begindatum": "2023-00-01"}, nil) // no such day
	case "synthetisch-maatwerk_akkoord":
		out = append(out, row{"casusnummer": "C27", "maatwerker_ps": pseudonym("maatwerker", "M01"), "besluit": "misschien",
			"datum": "2025-10-06", "organisatie": "organisatie A"}) // unknown code
	}
	return out
}

// claim makes correct declarations to break.
func claim(prefix, category string) func(n int) row {
	return func(n int) row {
		return row{"gemeentecode": tilburg, "product_categorie": category, "product_begin": "2025-06-01", "product_eind": "2025-06-30",
			"bedrag_ct": "25000", "debet_credit": "D", "toewijzing_nummer": "1900001", "product_code": category + "A01",
			"geleverd_volume": "25000", "eenheid": "83", "toegekend_ct": "25000", "dagtekening": "2025-07-12", "aanbieder_agb": agb(1),
			"referentie_nummer": fmt.Sprint(prefix, n), "declaratie_nummer": "D9-2025-06"}
	}
}

// grant makes a correct allocation to break.
func grant(category string) row {
	return row{"gemeentecode": tilburg, "toewijzing_nummer": "1900001", "product_categorie": category, "product_code": category + "A01",
		"leveringsvorm": "ZIN", "toewijzing_datum": "2023-12-20", "ingangsdatum": "2024-01-01", "einddatum": "2024-12-31",
		"aanbieder_agb": agb(1), "omvang_eenheid": "83", "omvang_frequentie": "6", "begin_levering": "2024-01-01", "soort_adres": "01"}
}
