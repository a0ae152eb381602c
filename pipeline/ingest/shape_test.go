package ingest

import (
	"strings"
	"testing"
)

// What a file is that is no CSV with separators ;, and what is wrong with its header: the cause, and what to do.
func TestFileMessages(t *testing.T) {
	good := strings.TrimSuffix(line(), "\n")
	head := strings.TrimSuffix(testHeader, "\n")
	const asCSV = "puntkomma's"
	for _, c := range []struct {
		name, file, data string
		code             string
		regel            int64
		text, remedy     string
	}{
		{"zip", "", "PK\x03\x04....wmo.csv", RefGeenCSV, 0, "een zip-bestand", "pak het uit"},
		{"workbook", "", "PK\x03\x04\x14\x00[Content_Types].xml", RefGeenCSV, 0, "een Excel-bestand", asCSV},
		{"old workbook", "", "\xd0\xcf\x11\xe0\xa1\xb1", RefGeenCSV, 0, "een oud Excel- of Word-bestand", asCSV},
		{"gzip under another name", "", gzipped(t, testHeader), RefGeenCSV, 0, "een gzip-bestand", ".csv.gz"},
		{"web page", "", "\xef\xbb\xbf\n <!DOCTYPE HTML><html>", RefGeenCSV, 0, "een webpagina (HTML)", "opnieuw"},
		{"XML", "", "<?xml version=\"1.0\"?><bericht/>", RefGeenCSV, 0, "een XML-bestand", asCSV},
		{"JSON", "", "{\"leveringen\": []}", RefGeenCSV, 0, "een JSON-bestand", asCSV},
		{"PDF", "", "%PDF-1.7", RefGeenCSV, 0, "een PDF", asCSV},
		{"zip called gz", "x.csv.gz", "PK\x03\x04....", RefGeenCSV, 0, "geen gzip maar een zip-bestand", "pak het uit"},
		{"zip in gz", "x.csv.gz", gzipped(t, "PK\x03\x04...."), RefGeenCSV, 0, "een zip-bestand", "pak het uit"},
		{"CSV called gz", "x.csv.gz", testHeader, RefGzip, 0, "het bestand heet .gz, maar is niet gecomprimeerd", "noem het .csv"},
		{"comma", "", strings.ReplaceAll(testHeader+line(), ";", ","), RefKopregel, 1, "gescheiden met komma's", "gebruik een puntkomma (;)"},
		{"quoted comma", "", `"` + strings.ReplaceAll(head, ";", `","`) + "\"\n", RefKopregel, 1, "gescheiden met komma's", "gebruik een puntkomma (;)"},
		{"tab", "", strings.ReplaceAll(testHeader+line(), ";", "\t"), RefKopregel, 1, "gescheiden met tabs", "gebruik een puntkomma (;)"},
		{"bar", "", strings.ReplaceAll(testHeader+line(), ";", "|"), RefKopregel, 1, "gescheiden met verticale strepen", "gebruik een puntkomma (;)"},
		{"sep of a comma", "", "sep=,\n" + strings.ReplaceAll(testHeader, ";", ","), RefKopregel, 1, "de eerste regel is sep= met een ander teken", "haal die regel weg"},
		{"no header", "", line() + line(), RefKopregel, 1, "er is geen kopregel", "zet de kolomnamen op de eerste regel"},
		{"a title above it", "", "Uitvoer van Suite\n;;\n" + testHeader + line(), RefKopregel, 1, "boven de kopregel staan 2 andere regels", "haal ze weg"},
		{"one line above it", "", "Uitvoer van Suite\n" + testHeader + line(), RefKopregel, 1, "boven de kopregel staat 1 andere regel", "haal hem weg"},
		{"no-break space", "", strings.Replace(testHeader, "bedrag_ct", "bedrag_ct\u00a0", 1), RefKopregel, 1,
			"in de naam van kolom bedrag_ct staat een harde spatie (U+00A0), een teken dat niemand ziet", "typ de naam"},
		{"zero width", "", strings.Replace(testHeader, "dc", "\u200bdc", 1), RefKopregel, 1, "kolom dc staat een spatie zonder breedte (U+200B)", "typ de naam"},
		{"two byte order marks", "", "\ufeff\ufeff" + testHeader, RefKopregel, 1, "kolom persoon_ps staat een byte order mark (U+FEFF)", "typ de naam"},
		{"columns without a name", "", head + ";;;\n" + good + ";;;\n" + good + ";; ;\n", RefKopregel, 1,
			"kolom 22 t/m 24 hebben geen naam, en er staat in de regels niets in", "haal de puntkomma's achteraan weg"},
		{"one", "", head + ";\n" + good + ";\n", RefKopregel, 1, "kolom 22 heeft geen naam, en er staat in de regels niets in", "haal de puntkomma's achteraan weg"},
		{"with something in it", "", head + ";;\n" + good + ";;\n" + good + ";;x\n", RefKopregel, 1, "kolom 22 t/m 23 hebben geen naam", "geef elke kolom de naam"},
		{"in between", "", strings.Replace(testHeader, ";dc;", ";;dc;", 1), RefKopregel, 1, "kolom 6 heeft geen naam", "geef elke kolom de naam"},
		{"another header further on", "", testHeader + line() + "gemeentecode;persoon_ps\n0855;x\n", RefKopregel, 3, "een tweede kopregel, met andere kolommen", "lever elk bestand apart"},
		{"the same columns in another order", "", testHeader + line() + strings.Replace(testHeader, "ouder_ps;huishouden_ps", "huishouden_ps;ouder_ps", 1) + line(),
			RefKopregel, 3, "een andere volgorde", "lever elk bestand apart"},
	} {
		x := setup{contract: parseContract(t, testContract), data: c.data, name: c.file}.run(t)
		r := x.refusal(t)
		if r.Code != c.code || r.Regel != c.regel || !strings.Contains(r.Tekst, c.text) || !strings.Contains(r.Remedie, c.remedy) || strings.Contains(r.Tekst, ps("jan")) {
			t.Errorf("%s: %+v", c.name, r)
		}
	}
}

// A line sep=; is part of the header: it is counted with it, lines keep their number, and it is mentioned.
func TestSepLine(t *testing.T) {
	for _, sep := range []string{"sep=;\r\n", "\"sep=;\"\n", "SEP=; \n", "\ufeffsep=;\n", "\n\nsep=;\n"} {
		x := setup{contract: parseContract(t, testContract), data: sep + testHeader + line() + line("jaar=x")}.run(t)
		blank := int64(strings.Count(sep, "\n") - 1)
		if x.err != nil || x.Kop.Records != 2 || x.Kop.Regels != 2 || x.Aanvaard.Records != 1 || x.Leeg.Records != blank || x.quarantine[0].Regel != blank+4 {
			t.Fatalf("%q: %v, %+v", sep, x.err, x.Extract)
		}
		if len(x.Bevindingen) != 1 || x.Bevindingen[0].Code != "sep_regel" {
			t.Errorf("%+v", x.Bevindingen)
		}
	}
	x := setup{contract: parseContract(t, testContract), data: testHeader + "sep=;\n" + line()}.run(t)
	if x.err != nil || len(x.quarantine) != 1 {
		t.Errorf("further on it is a line like any other: %v, %+v", x.err, x.quarantine)
	}
}

// Rows that a spreadsheet emptied are empty lines, whatever their number of separators, above the header too.
func TestEmptyRows(t *testing.T) {
	empty := strings.Repeat(";", len(testColumns)-1) + "\n" + ";\r\n" + " ; \t;\n" + "  \n"
	x := setup{contract: parseContract(t, testContract), data: empty + testHeader + line() + strings.Repeat(empty, 3) + line() + ";;;"}.run(t)
	if x.err != nil || x.Leeg.Records != 17 || x.Leeg.Regels != 17 || x.Aanvaard.Records != 2 || x.Quarantaine.Records != 0 {
		t.Errorf("%v, %+v", x.err, x.Extract)
	}
	if x.rows[1]["regel"] != int64(19) {
		t.Errorf("line %v", x.rows[1]["regel"])
	}
}

// Files that were put behind one another: the cause, once for each time, and the rest of the lines count.
func TestGluedFiles(t *testing.T) {
	one := testHeader + strings.Repeat(line(), 30)
	for _, c := range []struct {
		name, data, code string
		times, first     int64
		good             int64
	}{
		{"twice", one + one, "kopregel_herhaald", 1, 32, 60},
		{"with a byte order mark", "\ufeff" + one + "\ufeff" + one, "kopregel_herhaald", 1, 32, 60},
		{"quoted", one + `"` + strings.ReplaceAll(strings.TrimSpace(testHeader), ";", `";"`) + "\"\n", "kopregel_herhaald", 1, 32, 30},
		{"four times", strings.Repeat(one, 4), "kopregel_herhaald", 3, 32, 120},
		{"without a line end", strings.TrimSuffix(one, "\n") + one, "aaneengeplakt", 1, 31, 59},
		{"without a line end, with a byte order mark", strings.TrimSuffix(one, "\n") + "\ufeff" + one, "aaneengeplakt", 1, 31, 59},
		{"lines without a line end", one + strings.TrimSuffix(line(), "\n") + line(), "aaneengeplakt", 1, 32, 30},
		{"too many separators", one + strings.TrimSuffix(line(), "\n") + ";;;\n", "te_veel_lege_velden", 1, 32, 30},
		{"too many fields", one + strings.TrimSuffix(line(), "\n") + ";;x\n", "te_veel_velden", 1, 32, 30},
	} {
		x := setup{contract: parseContract(t, testContract), data: c.data, blockSize: 1000}.run(t)
		if x.err != nil || len(x.Redenen) != 1 || x.Aanvaard.Records != c.good {
			t.Errorf("%s: %v, %+v", c.name, x.err, x.Redenen)
			continue
		}
		if r := x.Redenen[0]; r.Code != c.code || r.Kolom != "" || r.Aantal != c.times || r.Eerste != c.first {
			t.Errorf("%s: %+v", c.name, r)
		}
		if c.code == "kopregel_herhaald" && (len(x.Bevindingen) != 1 || !strings.HasPrefix(x.Bevindingen[0].Tekst, "kopregel herhaald op regel 32 (")) {
			t.Errorf("%s: %+v", c.name, x.Bevindingen)
		}
	}
	x := setup{contract: parseContract(t, testContract), data: strings.Repeat(testHeader+line(), 12)}.run(t)
	if r := x.refusal(t); r.Regel != 3 || !strings.Contains(r.Tekst, "kopregel herhaald: hier zijn bestanden aan elkaar geplakt (11 keer, voor het eerst op regel 3)") {
		t.Error(r)
	}
}
