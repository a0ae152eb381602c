package generator

import (
	"fmt"
	"strings"
)

// signs are n good lines of wonen_signaal from a day on, of somebody who has a stay.
func (p *planter) signs(day string, n int) string {
	ps, text := p.person(), ""
	for range n {
		text += fmt.Sprintf("%s;0855;huurachterstand;%s\n", ps, day)
	}
	return text
}

// plantNotes: nobody can deliver what has not been yet, but for allocations (rules 64). The day of aangemaakt is the local one.
func plantNotes(p *planter) {
	claims := func(ref string) string {
		return shortClaims + wmoClaim(p.person(), ref, "", "45", "2025-03-01", "2025-03-31", 700)
	}
	p.refused("jeugd_declaratie", "feil-brief-toekomst.csv", noteOf(municipal, "2025-01-01", "2026-12-31", "2026-02-01"), claims("N1"), "leveringsbrief")
	p.refused("jeugd_declaratie", "feil-brief-plafond.csv", noteOf(municipal, "2025-01-01", "9999-12-31", ""), claims("N2"), "leveringsbrief")
	p.refused("jeugd_declaratie", "feil-brief-dag-later.csv", noteOf(municipal, "2025-01-01", "2025-07-01", "2025-06-30T23:30:00-05:00"), claims("N3"),
		"leveringsbrief") // 1 July in UTC, 30 June where it was made
	evening := p.person()
	p.file("jeugd_declaratie", "feil-brief-avond.csv", noteOf(municipal, "2025-12-01", "2025-12-31", "2025-12-31T00:30:00+01:00"),
		shortClaims+wmoClaim(evening, "N4", "", "45", "2025-12-01", "2025-12-31", 700))
	p.cost(evening, "jeugd", 700, "jeugd_declaratie/feil-brief-avond.csv")
	p.file("wmo_toewijzing", "feil-brief-vooruit.csv", noteOf(municipal, "2026-01-01", "2026-12-31", "2025-12-15"),
		grantHeader+"\n"+p.person()+";0855;990000301;01;2025-12-10;2026-01-05;2026-12-31;\n")
}

// plantDates: a day that means "no end" is no end (rules 65); BRP dates of which the month or day is unknown (case 09).
func plantDates(p *planter) {
	ps := p.person()
	sign := func(from, to string) string { return fmt.Sprintf("%s;0855;opvang;%s;%s\n", ps, from, to) }
	p.file(wonen, "feil-plafond.csv", "", "persoon_ps;gemeentecode;soort;datum;einddatum\n"+
		sign("2025-03-01", "9999-12-31")+sign("2025-03-02", "31-12-2999")+sign("2025-03-03", "20991231")+
		sign("9999-12-31", "")+sign("31-12-2099", "")+sign("1899-12-31", "")+sign("2200-01-01", ""),
		told{what: "quarantaine", code: "plafonddatum", at: []int{5, 6}}, told{what: "quarantaine", code: "datum_buiten_grens", at: []int{7, 8}})
	p.file("schuldhulp_traject", "feil-plafond.csv", "", "traject_id;persoon_ps;gemeentecode;startdatum;einddatum\n"+
		"F1;"+ps+";0855;2025-06-01;9999-12-31\n")
	p.file("wmo_toewijzing", "feil-plafond.csv", "", grantHeader+"\n"+ps+";0855;990000302;01;2025-01-10;2025-01-15;29991231;\n")

	var b, claims strings.Builder
	b.WriteString("persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;geboortemaand;typhh;plhh\n")
	claims.WriteString(shortClaims)
	for i, c := range []struct {
		from, to, year, month string
		lives                 bool
	}{
		{"2020-01-01", "", "1980", "00", true}, {"2020-01-01", "", "1980", "0", true}, {"20190000", "", "1975", "5", true},
		{"2019-05-00", "9999-12-31", "1975", "", true}, {"00-00-2019", "", "1975", "12", true},
		{"2020-01-01", "20240000", "1975", "5", false}, // until the last day of 2024
		{"2020-01-01", "", "0000", "", false}, {"00000000", "", "1975", "5", false},
	} {
		who, house := p.new()
		fmt.Fprintf(&b, "%s;%s;0855;%s;%s;%s;%s;1;2\n", who, house, c.from, c.to, c.year, c.month)
		if c.lives {
			claims.WriteString(wmoClaim(who, fmt.Sprint("BRP", i), "", "01", "2025-03-01", "2025-03-31", 8000))
			p.cost(who, "wmo", 8000, "huishouden/feil-brp.csv")
		}
	}
	p.file("huishouden", "feil-brp.csv", "", b.String(), told{what: "quarantaine", code: "getal_buiten_grens", at: []int{8}},
		told{what: "quarantaine", code: "datum_ongeldig", at: []int{9}}, told{what: "bevinding", code: "datum_onvolledig", n: 1, lines: -1})
	p.file("wmo_declaratie", "feil-brp.csv", "", claims.String())
}

// plantNames: a file is read whatever the case of its name; what is not read is said (case 10).
func plantNames(p *planter) {
	p.file(wonen, "feil-HOOFD.CSV", "", wonenHeader+p.signs("2025-03-01", 2))
	p.file(wonen, "feil-gemengd.Csv.GZ", "", squeeze(wonenHeader+p.signs("2025-03-02", 3)))
	p.file("Wonen_Signaal", "feil-map.csv", "", wonenHeader+p.signs("2025-03-03", 4))
	p.list = append(p.list, hostile{kind: wonen, name: "feil-Brief.CSV", data: wonenHeader + p.signs("2025-03-04", 2), note: "aantal_regels: 3\n",
		noteName: "FEIL-brief.csv.Levering.YAML", outcome: refused, code: "aantal_regels"})
	left := func(kind, name string) {
		p.list = append(p.list, hostile{kind: kind, name: name, data: wonenHeader + p.signs("2025-03-05", 1), outcome: remarked})
	}
	left(wonen, "feil.txt")
	left(wonen, "feil.tsv")
	left(wonen, "feil.csv.bak")
	left(wonen, "feil.csv.gz.part")
	left(wonen, "2025/feil.csv")
	left("wonen_signalen", "feil.csv")
	left("", "feil-los.csv")
	p.list = append(p.list, hostile{kind: wonen, name: "feil-HOOFD.CSV.levering.yml", data: "aantal_regels: 99\n", outcome: remarked})
	for _, name := range []string{"Thumbs.db", "desktop.ini", ".DS_Store", "~$feil.xlsx"} {
		p.list = append(p.list, hostile{kind: wonen, name: name, data: "x\n", outcome: skipped})
	}
}

// plantSpellings: what programs make of a CSV. Each is safe; the message has to say what was seen (case 14).
func plantSpellings(p *planter) {
	good := wonenHeader + p.signs("2025-04-01", 3)
	header := strings.TrimSuffix(wonenHeader, "\n")
	odd := func(name, data, code string) { p.refused(wonen, name, "", data, code) }
	p.file(wonen, "feil-sep.csv", "", "sep=;\n"+good, told{what: "bevinding", code: "sep_regel", n: 1, lines: -1}) // what Excel wants to know
	odd("feil-tab.csv", strings.ReplaceAll(good, ";", "\t"), "kopregel")
	odd("feil-naamloos.csv", strings.ReplaceAll(good, "\n", ";;;\n"), "kopregel")
	odd("feil-kop-onzichtbaar.csv", strings.Replace(good, ";soort", ";\u200bsoort", 1), "kopregel")
	odd("feil-html.csv", "<!DOCTYPE html>\n<html><body>Meld u aan</body></html>\n", "geen_csv")
	odd("feil-xml.csv", "<?xml version=\"1.0\"?>\n<bericht/>\n", "geen_csv")
	odd("feil-zip.csv", "PK\x03\x04\x14\x00\x00\x00"+good, "geen_csv")
	odd("feil-zip.csv.gz", "PK\x03\x04\x14\x00\x00\x00"+good, "geen_csv")
	p.file(wonen, "feil-lege-rijen.csv", "", good+";;;\n;;;\n"+p.signs("2025-04-02", 1))

	lines := func(kind, name, header string, rows []string, about ...told) { // each row is wrong for its own reason
		p.file(kind, name, "", header+"\n"+strings.Join(rows, "\n")+"\n", about...)
	}
	ps := p.person()
	sign := func(cells string) string { return ps + ";0855;" + cells }
	lines(wonen, "feil-datums.csv", header, []string{sign("opvang;2025-04-03"), sign("opvang;2025-04-03 00:00:00"), sign("opvang;03/04/2025"),
		sign("opvang;3.4.2025"), sign("opvang;45750"), sign("opvang;03-04-25"), sign("opvang;3 april 2025"), sign("opvang;2025-00-00")},
		told{what: "quarantaine", code: "datum_ongeldig", at: []int{3, 4, 5, 6, 7, 8, 9}})
	lines(wonen, "feil-kop-herhaald.csv", header, []string{sign("opvang;2025-04-04"), header, sign("opvang;2025-04-05")},
		told{what: "quarantaine", code: "kopregel_herhaald", at: []int{3}}, told{what: "bevinding", code: "kopregel_herhaald", n: 1, lines: -1})
	lines(wonen, "feil-aaneen.csv", header, []string{sign("opvang;2025-04-06") + header, sign("opvang;2025-04-07")},
		told{what: "quarantaine", code: "aaneengeplakt", at: []int{2}})
	lines(wonen, "feil-puntkommas.csv", header, []string{sign("opvang;2025-04-08"), sign("opvang;2025-04-09;;")},
		told{what: "quarantaine", code: "te_veel_lege_velden", at: []int{3}})
	lines(wonen, "feil-onzichtbaar.csv", header, []string{sign("opvang;2025-04-10"), sign("opvang;2025-04-11\u00a0")},
		told{what: "quarantaine", code: "teken_onzichtbaar", at: []int{3}})
	claims := strings.TrimSuffix(shortClaims, "\n")
	claim := func(ref, grant string) string {
		return strings.TrimSuffix(wmoClaim(ps, ref, grant, "01", "2025-04-01", "2025-04-30", 900), "\n")
	}
	lines("wmo_declaratie", "feil-woord.csv", claims, []string{claim("W1", ""), claim("NULL", ""), claim("W2", "NULL"), claim("#N/B", "")},
		told{what: "quarantaine", code: "leeg_als_woord", at: []int{3, 4, 5}})
	p.cost(ps, "wmo", 900, "wmo_declaratie/feil-woord.csv")
	lines("wmo_toewijzing", "feil-tijd.csv", grantHeader+";toewijzing_tijd", []string{ps + ";0855;990000303;01;2025-01-10;2025-01-15;;;25:00"},
		told{what: "quarantaine", code: "tijd_ongeldig", at: []int{2}})
}
