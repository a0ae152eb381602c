package ingest

import (
	"fmt"
	"strings"
	"testing"
)

// reasons reads a file of the test contract and returns its reasons as "column:code: text", in order.
func reasons(t *testing.T, data string) (out []string) {
	t.Helper()
	x := setup{contract: parseContract(t, testContract), data: data, limits: Limits{MaxQuarantineShare: 1}}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	for _, r := range x.Redenen {
		out = append(out, r.Kolom+":"+r.Code+": "+r.Tekst)
	}
	return out
}

// A message says what was seen, for every kind of column, and never the value.
func TestSeen(t *testing.T) {
	for _, c := range []struct{ cell, code, text string }{
		{"begin=2025-01-01 00:00:00", "datum_ongeldig", "een datum met een tijd erbij; hier hoort JJJJ-MM-DD, ook DD-MM-JJJJ of JJJJMMDD"},
		{"begin=2025-01-01T00:00:00.000Z", "datum_ongeldig", "een tijd erbij"},
		{"begin=01/02/2025", "datum_ongeldig", "schuine strepen"},
		{"begin=2025/01/01", "datum_ongeldig", "schuine strepen"},
		{"begin=1.2.2025", "datum_ongeldig", "punten"},
		{"begin=2025–01–01", "datum_ongeldig", "lang streepje"},
		{"begin=45658", "datum_ongeldig", "volgnummer van Excel"},
		{"begin=45658,5", "datum_ongeldig", "volgnummer van Excel"},
		{"begin=01-02-25", "datum_ongeldig", "jaartal van twee cijfers"},
		{"begin=010225", "datum_ongeldig", "jaartal van twee cijfers"},
		{"begin=1-2-2025", "datum_ongeldig", "enkel cijfer"},
		{"begin=2025-1-02", "datum_ongeldig", "enkel cijfer"},
		{"eind=20250000", "datum_ongeldig", "00 (onbekend): in deze kolom mag dat niet; hier hoort JJJJ-MM-DD"},
		{"begin=2025-00-12", "datum_ongeldig", "00 (onbekend)"},
		{"begin=00000000", "datum_ongeldig", "het jaar is 0000 (onbekend): dat mag niet; hier hoort een dag in de jaren 1900 tot en met 2199"},
		{"begin=0000-00-00", "datum_ongeldig", "0000"},
		{"begin=2023-02-29", "datum_ongeldig", "deze dag bestaat niet"},
		{"begin=31-04-2025", "datum_ongeldig", "deze dag bestaat niet"},
		{"begin=20250230", "datum_ongeldig", "deze dag bestaat niet"},
		{"begin=1 maart 2025", "datum_ongeldig", "letters"},
		{"begin=2025", "datum_ongeldig", "alleen een jaartal"},
		{"begin=2025-03", "datum_ongeldig", "alleen een maand"},
		{"begin=202503", "datum_ongeldig", "alleen een maand"},
		{"eind=31-12-2025", "datum_ongeldig", "de dag voorop; hier hoort JJJJ-MM-DD"},
		{"eind=20251231", "datum_ongeldig", "zonder streepjes; hier hoort JJJJ-MM-DD"},
		{"begin=31122025", "datum_ongeldig", "zonder streepjes"},
		{"begin=1753-01-01", "datum_buiten_grens", "1900 tot en met 2199"},
		{"begin=0001-01-01", "datum_buiten_grens", "1900 tot en met 2199"},
		{"begin=1899-12-31", "datum_buiten_grens", "1900 tot en met 2199"},
		{"begin=2200-01-01", "datum_buiten_grens", "1900 tot en met 2199"},
		{"begin=9999-12-31", "plafonddatum", "9999-12-31, 2999-12-31, 2099-12-31"},
		{"begin=31-12-2999", "plafonddatum", "waar een echte dag hoort"},
		{"begin=20991231", "plafonddatum", "waar een echte dag hoort"},
		{"maand=2099-12", "plafonddatum", "waar een echte dag hoort"},
		{"maand=999912", "plafonddatum", "waar een echte dag hoort"},
		{"maand=1899-12", "datum_buiten_grens", "1900 tot en met 2199"},
		{"maand=2025-01-31", "maand_ongeldig", "een dag in plaats van een maand; hier hoort JJJJ-MM, ook JJJJMM"},
		{"maand=2025-1", "maand_ongeldig", "JJJJ-MM, ook JJJJMM"},
		{"uur=half tien", "tijd_ongeldig", "UU:MM of UU:MM:SS"},
		{"uur=24:00", "tijd_ongeldig", "UU:MM of UU:MM:SS"},
		{"begin=2025-01-01\u00a0", "teken_onzichtbaar", "een harde spatie (U+00A0)"},
		{"bedrag_ct=\u200b100", "teken_onzichtbaar", "een spatie zonder breedte (U+200B)"},
		{"referentie=R1\u00a0", "teken_onzichtbaar", "een harde spatie (U+00A0)"},
		{"referentie=\ufeffR1", "teken_onzichtbaar", "een byte order mark (U+FEFF)"},
		{"referentie=\"R1\n\"", "teken_onzichtbaar", "stuurteken"},
		{"bedrag_ct=12,50", "bedrag_ongeldig", "hele eurocenten verwacht"},
		{"bedrag_ct=12.50", "bedrag_ongeldig", "hele eurocenten verwacht"},
		{"bedrag_ct=1.250,00", "bedrag_ongeldig", "hele eurocenten verwacht"},
		{"bedrag_ct=1,2E+05", "bedrag_ongeldig", "afgekort met een E"},
		{"schuld_eur=€ 12,50", "bedrag_ongeldig", "euroteken"},
		{"schuld_eur=12,50 EUR", "bedrag_ongeldig", "valuta"},
		{"schuld_eur=1 250,00", "bedrag_ongeldig", "een spatie in het bedrag"},
		{"aantal=1.5", "getal_ongeldig", "een heel getal verwacht"},
		{"aantal=12.0", "getal_ongeldig", "een heel getal verwacht"},
		{"aantal=1 000", "getal_ongeldig", "een spatie in het getal"},
		{"aantal=1E5", "getal_ongeldig", "afgekort met een E"},
		{"aantal=-6", "getal_buiten_grens", "hier hoort -5 tot en met 1000000000"},
		{"cijfer=0,5", "getal_buiten_grens", "hier hoort 1 tot en met 10"},
		{"jaar=0000", "getal_buiten_grens", "het jaar is 0000 (onbekend): dat mag niet; hier hoort 1900 of meer"},
		{"jaar=99", "jaar_ongeldig", "een jaartal van twee cijfers"},
		{"jaar=1999.0", "jaar_ongeldig", "kommagetal"},
		{"gemeentecode=855", "gemeentecode_ongeldig", "de voorloopnul is weg"},
		{"gemeentecode=GM34", "gemeentecode_ongeldig", "de voorloopnul is weg"},
		{"gemeentecode=855.0", "gemeentecode_ongeldig", "kommagetal"},
		{"gemeentecode=0000", "gemeentecode_ongeldig", "de gemeentecode is 0000 (onbekend)"},
		{"gemeentecode=Tilburg", "gemeentecode_ongeldig", "vier cijfers"},
		{"typhh=8.0", "code_onbekend", "kommagetal"},
		{"typhh=ACHT", "code_onbekend", "de code staat niet"},
		{"dc=d", "code_onbekend", "andere hoofdletters"},
		{"persoon_ps=v1-" + strings.Repeat("a", 32), "pseudoniem_vorm", "geen versielabel met een liggend streepje"},
		{"persoon_ps=v1_" + strings.Repeat("a", 20), "pseudoniem_vorm", "minder dan 32"},
		{"persoon_ps=v1_" + strings.Repeat("a-", 20), "pseudoniem_vorm", "andere tekens"},
	} {
		_, value, _ := strings.Cut(c.cell, "=")
		got := reasons(t, testHeader+line()+line(c.cell))
		if len(got) != 1 || !strings.HasPrefix(got[0], strings.Split(c.cell, "=")[0]+":"+c.code+": ") || !strings.Contains(got[0], c.text) {
			t.Errorf("%q: %v; want %s: %s", c.cell, got, c.code, c.text)
		}
		if len(got) == 1 && len(value) > 4 && c.code != "plafonddatum" && strings.Contains(got[0], value) {
			t.Errorf("%q: the reason shows the value: %s", c.cell, got[0])
		}
	}
}

// A leading zero that a spreadsheet dropped is told from a wrong code.
func TestSeenZeros(t *testing.T) {
	for _, c := range []struct{ cells, want string }{
		{"2;98500013", "product_categorie:code_onbekend: de voorloopnul is weg: met een nul ervoor staat de code in de codelijst"},
		{"2.0;98500013", "product_categorie:code_onbekend: er staat ,0 of .0 achter de waarde: zij is als kommagetal bewaard"},
		{"99;98500013", "product_categorie:code_onbekend: de code staat niet in de codelijst van het contract"},
		{"02;8500013", "aanbieder_agb:vorm_ongeldig: de voorloopnul is weg: met nullen ervoor klopt de waarde"},
		{"02;98500013.0", "aanbieder_agb:vorm_ongeldig: er staat ,0 of .0 achter de waarde: zij is als kommagetal bewaard"},
		{"02;9,85E+07", "aanbieder_agb:vorm_ongeldig: een spreadsheet heeft de waarde afgekort met een E (zoals 1E+05): cijfers zijn verloren"},
		{"02;985000131", "aanbieder_agb:vorm_ongeldig: de waarde heeft niet de vorm die het contract voorschrijft"},
		{"02;NULL", "aanbieder_agb:leeg_als_woord: het woord NULL staat er als tekst; laat de cel leeg"},
	} {
		x := setup{contract: contractOf(t, "wmo_declaratie"), data: "persoon_ps;gemeentecode;referentie_nummer;product_begin;product_eind;bedrag_ct;debet_credit;" +
			"product_categorie;aanbieder_agb\n" + ps("jan") + ";0855;R1;2025-01-01;2025-01-31;100;D;" + c.cells + "\n"}.run(t)
		if x.err != nil || len(x.Redenen) != 1 {
			t.Fatal(x.err, x.Redenen)
		}
		if r := x.Redenen[0]; r.Kolom+":"+r.Code+": "+r.Tekst != c.want {
			t.Errorf("%s: %+v", c.cells, r)
		}
	}
}

// Words for nothing are told in every column but free text, also in one that takes any text.
func TestNullWords(t *testing.T) {
	for _, word := range append(nullWords[:], "null", "nan", "NONE", "Nvt") {
		for _, column := range testColumns {
			got := reasons(t, testHeader+line()+line(column+"="+word))
			if column == "toelichting" {
				if len(got) != 0 {
					t.Errorf("%s in free text: %v", word, got)
				}
				continue
			}
			shown := word
			for _, w := range nullWords {
				if strings.EqualFold(w, word) {
					shown = w
				}
			}
			want := "laat de cel leeg"
			if c := parseContract(t, testContract).Column(column); c.Required && !c.EmptyOK {
				want = "hier hoort een waarde"
			}
			if want = fmt.Sprintf("%s:leeg_als_woord: het woord %s staat er als tekst; %s", column, shown, want); len(got) != 1 || got[0] != want {
				t.Errorf("%v; want %s", got, want)
			}
		}
	}
	x := setup{contract: parseContract(t, "kind: k\nversion: '1'\nreplaces: none\ncolumns: [{name: a, type: lijst}]\n"), data: "a\nH-1|H-2\nNULL\n"}.run(t)
	if len(x.quarantine) != 1 || x.quarantine[0].RegelCode != "leeg_als_woord" {
		t.Errorf("a list without codes: %+v", x.quarantine)
	}
	if got := reasons(t, testHeader+line("referentie=NA1")+line("referentie=nil-3")+line("referentie=--")+line("toelichting=NULL")); got != nil {
		t.Errorf("what only begins like such a word: %v", got)
	}
}

// What was seen counts apart, so that the refusal names the commonest cause.
func TestCommonestCause(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: testHeader + line("begin=2025-02-30") + line("begin=2025-02-31") + line("begin=9-9-2025") +
		strings.Repeat(line("begin=2025-01-01 00:00"), 8)}.run(t)
	r := x.refusal(t)
	if r.Regel != 5 || r.Kolom != "begin" || !strings.Contains(r.Tekst, "meest voorkomend: een datum met een tijd erbij; hier hoort JJJJ-MM-DD, ook DD-MM-JJJJ of JJJJMMDD "+
		"(8 keer, voor het eerst op regel 5)") {
		t.Error(r)
	}
	if len(x.Redenen) != 3 || x.Redenen[0].Aantal != 2 {
		t.Errorf("%+v", x.Redenen)
	}
}

// In Windows-1252 the same signs are seen.
func TestSeenWindows1252(t *testing.T) {
	c := parseContract(t, strings.Replace(testContract, "replaces: none", "replaces: none\nencoding: windows-1252", 1))
	x := setup{contract: c, data: testHeader + line("begin=2025\x9601\x9601") + line("referentie=R1\xa0") + line("begin=2025-01-01\xa0")}.run(t)
	var got []string
	for _, r := range x.Redenen {
		got = append(got, r.Kolom+" "+r.Tekst)
	}
	if s := strings.Join(got, "|"); len(got) != 3 || !strings.Contains(s, "begin een datum met een lang streepje") ||
		!strings.Contains(s, "referentie er staat een onzichtbaar teken in de cel: een harde spatie (U+00A0)") {
		t.Error(s)
	}
	x = setup{contract: c, data: strings.Replace(testHeader, "bedrag_ct", "bedrag_ct\xa0", 1)}.run(t)
	if r := x.refusal(t); !strings.Contains(r.Tekst, "in de naam van kolom bedrag_ct staat een harde spatie (U+00A0)") {
		t.Error(r)
	}
}
