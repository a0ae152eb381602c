package generator

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
)

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }

// hostileFiles are files that are bad, or odd and good, as a whole. Most are of wonen_signaal: what is wrong with the bytes
// of a file is the same for every kind.
func hostileFiles() []hostile {
	zipped := squeeze(good(5000))
	who := nobody(1)
	bad := who + ";0855;onbekende_soort;2025-01-01\n"
	header := func(to string) string { return strings.Replace(good(3), "soort;datum", to, 1) }
	list := []hostile{
		// refused
		{name: "codering-laat.csv", data: good(20000) + who + ";0855;S\xdaDWEST;2025-01-01\n", code: "codering"},
		{name: "nul.csv", data: good(3) + "v1_0000\x00;0855;opvang;2025-01-01\n", code: "codering"},
		{name: "utf16.csv", data: wide(good(3), "\xff\xfe"), code: "codering"},
		{name: "utf16-zonder.csv", data: wide(good(3), ""), code: "codering"},
		{name: "te-lange-regel.csv.gz", data: squeeze(good(3) + endless()), code: "regel_te_lang"},
		{name: "gz-afgekapt.csv.gz", data: zipped[:len(zipped)/2], code: "gzip_beschadigd"},
		{name: "gz-staart.csv.gz", data: zipped + "nog iets", code: "gzip_beschadigd"},
		{name: "gz-geen.csv.gz", data: good(3), code: "gzip_beschadigd"},
		{name: "gz-bom.csv.gz", data: squeeze(wonenHeader + strings.Repeat(" ;;; \n", 4<<20)), code: "uitpakverhouding"},
		{name: "zip.csv", data: "PK\x03\x04\x14\x00\x00\x00", code: "geen_csv"},
		{name: "zip.csv.gz", data: "PK\x03\x04\x14\x00\x00\x00", code: "geen_csv"},
		{name: "webpagina.csv", data: "<!DOCTYPE html>\n<html><body>Sessie verlopen</body></html>\n", code: "geen_csv"},
		{name: "andere-kop-onderweg.csv", data: good(3) + "datum;soort;gemeentecode;persoon_ps\n2025-03-01;opvang;0855;" + who + "\n", code: "kopregel"},
		{name: "kop-onzichtbaar.csv", data: header("soort\u00a0;datum"), code: "kopregel"},
		{name: "kop-zonder-namen.csv", data: strings.ReplaceAll(good(3), "\n", ";;\n"), code: "kopregel"},
		{name: "dubbele-kop.csv", data: header("soort;soort;datum"), code: "kopregel"},
		{name: "kolom-weg.csv", data: header("soort"), code: "kopregel"},
		{name: "kolom-vreemd.csv", data: header("soort;datum;bijzonderheden"), code: "kopregel"},
		{name: "komma.csv", data: strings.ReplaceAll(good(3), ";", ","), code: "kopregel"},
		{name: "nationaliteit.csv", data: header("soort;datum;nationaliteit"), code: "kolom_geweigerd"},
		{name: "leeg.csv", code: "leeg_bestand"},
		{name: "bsn.csv", data: good(3) + "999990019;0855;opvang;2025-01-01\n", code: "bsn_in_sleutelkolom"},
		{name: "bsn-punten.csv", data: good(3) + "9999.90.019;0855;opvang;2025-01-01\n", code: "bsn_in_sleutelkolom"},
		{name: "twee-versies.csv", data: good(3) + "v2" + who[2:] + ";0855;opvang;2025-01-01\n", code: "pseudoniem_versies"},
		{name: "te-veel-fout.csv", data: good(30) + strings.Repeat(bad, 11), code: "te_veel_quarantaine", lines: map[string]int{"code_onbekend": 11}},
		{name: "map.csv", is: aFolder, code: "geen_gewoon_bestand"},
		{name: "koppeling.csv", is: aLink, code: "geen_gewoon_bestand"},
		{name: "doodlopend.csv", is: aDeadLink, code: "geen_gewoon_bestand"},
		{kind: "veldmelding", name: "windows-1252.csv", data: "persoon_ps;gemeentecode;datum;melder;reden\n" + who + ";0855;2025-01-01;wijkteam;caf\xe9\n", code: "codering"},
		{kind: "veldmelding", name: "bsn-in-tekst.csv", data: "persoon_ps;gemeentecode;datum;melder;reden\n" + who +
			";0855;2025-01-01;wijkteam;belde over 999990019 en later weer\n", code: "bsn_in_tekst"},
		{kind: "wmo_toewijzing", name: "bsn-als-nummer.csv", data: bsnNumbers(), code: "bsn_in_kolom"},
	}
	for i := range list {
		list[i].outcome = refused
	}
	list = append(list, []hostile{
		// accepted, some with a line in quarantine
		{name: "lange-regel.csv", data: good(3) + strings.Repeat("x", 3<<20), lines: one("regel_te_lang")},
		{name: "half-gekopieerd.csv", data: good(40) + who[:20], lines: one("te_weinig_velden")},
		{name: "aanhaling-open.csv", data: good(40) + "\"" + who + ";0855;opvang;2025-01-01\n" + strings.TrimPrefix(good(50), wonenHeader),
			lines: one("aanhalingsteken")},
		{name: "te-veel-velden.csv", data: good(4) + who + ";0855;opvang;2025-01-01;nog iets\n", lines: one("te_veel_velden")},
		{name: "te-veel-leeg.csv", data: good(5) + who + ";0855;opvang;2025-01-01;;;\n", lines: one("te_veel_lege_velden")},
		{name: "aaneen.csv", data: good(26) + good(27), lines: one("kopregel_herhaald"), found: one("kopregel_herhaald")},
		{name: "aaneen-zonder-regeleinde.csv", data: strings.TrimSuffix(good(28), "\n") + "\xef\xbb\xbf" + good(29), lines: one("aaneengeplakt")},
		{name: "sep.csv", data: "sep=;\n" + good(30), found: one("sep_regel")},
		{name: "lege-rijen.csv", data: good(31) + strings.Repeat(";;;\n", 20)},
		{name: "alleen-kop.csv", data: wonenHeader},
		{name: "kop-omgewisseld.csv", data: "datum;soort;gemeentecode;persoon_ps\n2025-03-01;opvang;0855;" + who + "\n"},
		{name: "regeleinden.csv", data: strings.Replace(good(6), "\n", "\r\n", 3)},
		{name: "bom.csv", data: "\xef\xbb\xbf" + good(4)},
		{name: "lege-regels.csv", data: strings.ReplaceAll(good(7), "\n", "\n\n")},
		{name: "zonder-laatste.csv", data: strings.TrimSuffix(good(8), "\n")},
		{name: "-rf.csv", data: good(11)},
		{name: "spatie en 'quote.csv", data: good(12)},
		{name: "nieuwe\nregel.csv", data: good(13)},
		{name: "windows\\stijl;x.csv", data: good(14)},
		{name: "emoji-\U0001f600é.csv", data: good(16)},
		{name: "gz.csv.gz", data: squeeze(good(17))},
		{name: "twee-keer-1.csv", data: good(18)},
		{name: "twee-keer-2.csv", data: good(18), outcome: duplicate},
		{name: "twee-keer-3.csv.gz", data: squeeze(good(18)), outcome: duplicate},
		{kind: "veldmelding", name: "formule.csv", data: "persoon_ps;gemeentecode;datum;melder;reden\n" + who +
			";0855;2025-01-01;wijkteam;\"=HYPERLINK(\"\"http://x\"\")\"\n"},
		// not extracts
		{name: "lijst.xlsx", data: "PK\x03\x04", outcome: remarked},
		{name: "weg.csv.levering.yaml", data: "aantal_regels: 1\n", outcome: remarked},
		{kind: "onbekende_soort", name: "x.csv", data: good(2), outcome: remarked},
	}...)
	for i := range list {
		if list[i].kind == "" {
			list[i].kind = wonen
		}
	}
	return list
}

// endless is a line of 40 MB that does not pack so well that it is taken for a bomb.
func endless() string {
	var b strings.Builder
	for i := range 40 << 10 {
		fmt.Fprintf(&b, "%s%08x", strings.Repeat("x", 1016), i*2654435761)
	}
	return b.String()
}

// bsnNumbers is a file whose allocation numbers are BSNs: of a range that is kept for tests.
func bsnNumbers() string {
	var b strings.Builder
	b.WriteString("persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;toewijzing_datum;ingangsdatum\n")
	for n, lines := 999990000, 0; lines < 80; n++ {
		sum := -(n % 10)
		for weight, rest := 2, n/10; weight <= 9; weight, rest = weight+1, rest/10 {
			sum += weight * (rest % 10)
		}
		if sum%11 == 0 {
			fmt.Fprintf(&b, "%s;0855;%d;01;2025-01-01;2025-02-01\n", nobody(lines), n)
			lines++
		}
	}
	return b.String()
}

// hostileNotes are good files with a delivery note that is not.
func hostileNotes() []hostile {
	claims := "persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n" +
		nobody(0) + ";0855;N1;01;2025-01-01;2025-01-31;100;D;" + agbs[3] + "\n" + nobody(0) + ";0855;N2;01;2025-02-01;2025-02-28;40;C;" + agbs[3] + "\n"
	list := []hostile{
		{name: "brief-telt-niet.csv", data: good(3), note: "aantal_regels: 4\n", code: "aantal_regels"},
		{name: "brief-kapot.csv", data: good(19), note: "aantal_regels: veel\n", code: "leveringsbrief"},
		{name: "brief-geen-yaml.csv", data: good(20), note: "aantal_regels: [\n", code: "leveringsbrief"},
		{name: "brief-sleutel.csv", data: good(21), note: "regels: 21\n", code: "leveringsbrief"},
		{name: "brief-map.csv", data: good(22), is: aNoteFolder, code: "leveringsbrief"},
		{name: "brief-hash.csv", data: good(23), note: fmt.Sprintf("sha256: \"%x\"\n", sha256.Sum256([]byte("een ander bestand"))), code: "sha256"},
		{name: "brief-versie.csv", data: good(24), note: "pseudoniem_versie: v2\n", code: "pseudoniem_versie"},
		{name: "brief-gemeente.csv", data: good(25), note: "gemeentecode: \"0363\"\n", code: "te_veel_quarantaine",
			lines: map[string]int{"gemeente_buiten_levering": 25}},
		{kind: "wmo_declaratie", name: "brief-debet.csv", data: claims, note: "totaal_debet_ct: 101\ntotaal_credit_ct: 40\n", code: "totaal_debet_ct"},
		{kind: "wmo_declaratie", name: "brief-credit.csv", data: strings.ReplaceAll(claims, ";N", ";M"), note: "totaal_debet_ct: 100\ntotaal_credit_ct: 0\n",
			code: "totaal_credit_ct"},
	}
	for i := range list {
		list[i].outcome = refused
		if list[i].kind == "" {
			list[i].kind = wonen
		}
	}
	return list
}
