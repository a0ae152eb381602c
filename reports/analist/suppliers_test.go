package analist

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nl"
)

// TestSuppliersReference compares the blocks with a search through the marts for each row, for random deliveries.
func TestSuppliersReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var s supply
		s.HasDeliveries = rapid.Bool().Draw(rt, "levering")
		names := []string{"", "A", "B ", "zorg & co"}
		codes := []string{"datum_ongeldig", "code_onbekend", "eigen_regel"}
		for i := range rapid.IntRange(0, 8).Draw(rt, "files") {
			d := mart.Levering{Kind: rapid.SampledFrom([]string{"zvw_declaratie", "huishouden"}).Draw(rt, "kind"), Leverancier: rapid.SampledFrom(names).Draw(rt, "naam"),
				Status: rapid.SampledFrom([]string{"geaccepteerd", "geweigerd", "dubbel"}).Draw(rt, "status")}
			d.Bestand = fmt.Sprintf("%s/%d.csv", d.Kind, i)
			if d.Status == "dubbel" { // bytes read once have their faults under the other file
				s.Deliveries = append(s.Deliveries, d)
				continue
			}
			var faults []mart.Quarantaine
			for _, code := range codes {
				if rapid.Bool().Draw(rt, "fout") {
					faults = append(faults, mart.Quarantaine{Kind: d.Kind, Bestand: d.Bestand, RegelCode: code, Kolom: "k",
						Regels: rapid.Int64Range(1, 9).Draw(rt, "regels"), EersteRegel: rapid.Int64Range(2, 99).Draw(rt, "eerste")})
				}
			}
			if d.Status == "geaccepteerd" && len(faults) > 0 {
				d.Quarantaine = rapid.Int64Range(1, 9).Draw(rt, "quarantaine")
			}
			s.Quarantine = append(s.Quarantine, faults...)
			if s.HasDeliveries {
				s.Deliveries = append(s.Deliveries, d)
			}
		}
		s.groupSuppliers()

		owner := func(kind, file string) (name string, d mart.Levering) {
			for _, d := range s.Deliveries {
				if d.Kind == kind && d.Bestand == file {
					return strings.TrimSpace(d.Leverancier), d
				}
			}
			return "", mart.Levering{}
		}
		var files, rows, lines, wantFiles, wantLines int64
		var titles, byName []string
		for _, b := range s.Suppliers {
			titles = append(titles, b.Title())
			if b.Name != "" {
				byName = append(byName, b.Name)
			}
			if len(b.Refused)+len(b.Faults) == 0 || (b.Summary() == "") != (len(b.Refused) == 0 && b.Lines == 0) {
				rt.Fatalf("block %q says %q", b.Name, b.Summary())
			}
			for _, d := range b.Refused {
				if name, _ := owner(d.Kind, d.Bestand); name != b.Name || d.Status != refused || !slices.Contains(b.Kinds, d.Kind) {
					rt.Fatalf("%s is in the block of %q", d.Bestand, b.Name)
				}
			}
			for _, f := range b.Faults {
				name, d := owner(f.Kind, f.Bestand)
				if want, _ := nl.Remedy(f.RegelCode); name != b.Name || f.Refused != (d.Status == refused) || f.Remedy != want || !slices.Contains(b.Kinds, f.Kind) {
					rt.Fatalf("fault %+v is in the block of %q", f, b.Name)
				}
			}
			files, rows, lines = files+int64(len(b.Refused)), rows+int64(len(b.Faults)), lines+b.Lines
		}
		slices.Sort(byName)
		byName = slices.Compact(byName)
		if len(titles) > len(byName) {
			byName = append(byName, unknownSupplier)
		}
		if !slices.Equal(titles, byName) {
			rt.Fatalf("blocks in the order %q", titles)
		}
		for _, d := range s.Deliveries {
			if d.Status == refused {
				wantFiles++
			} else {
				wantLines += d.Quarantaine
			}
		}
		if files != wantFiles || rows != int64(len(s.Quarantine)) || lines != wantLines || s.RefusedFiles() != files || s.QuarantinedLines() != lines {
			rt.Fatalf("%d files, %d faults, %d lines; want %d, %d, %d", files, rows, lines, wantFiles, len(s.Quarantine), wantLines)
		}
		if got := int64(len(s.Returned())); got != files+rows {
			rt.Fatalf("%d rows to send back, want %d", got, files+rows)
		}
	})
}

func TestFaultsShown(t *testing.T) {
	var b supplierBlock
	for i := range pageFiles + 7 {
		f := fault{Quarantaine: mart.Quarantaine{Bestand: fmt.Sprintf("f/%d.csv", i/10), Regels: int64(1 + i%5)}}
		b.Faults = append(b.Faults, f)
	}
	rare, n := 0, 0
	for i, file := range b.FilesShown() {
		if want := fmt.Sprintf("f/%d.csv", i); file.Name != want {
			t.Errorf("file %d is %s", i, file.Name)
		}
		for _, f := range file.Faults {
			if n++; f.Regels == 1 {
				rare++
			}
		}
	}
	// 10 of the 47 faults are in one line; 7 of these are left out.
	if n != pageFiles || b.Shown() != n || rare != 3 {
		t.Errorf("%d faults, %d of them rare", n, rare)
	}
}

func TestReason(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"soort/a.csv: te groot; splits":  "te groot; splits",
		"soort/a.csv:12: kolom: leeg: x": "regel 12: kolom: leeg: x",
		"soort/a.csv.levering.yaml:3: periode_van: een datum verwacht": "leveringsbrief, regel 3: periode_van: een datum verwacht",
		"soort/a.csv.levering.yaml: geen bestand":                      "leveringsbrief: geen bestand",
		"soort/a.csv.gz:1: anders":                                     "soort/a.csv.gz:1: anders",
		"iets anders":                                                  "iets anders",
	} {
		if got := (&page{}).Reason(mart.Levering{Bestand: "soort/a.csv", Reden: in}); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// supplierSections are the blocks of a page, by heading.
func supplierSections(t *testing.T, html string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range regexp.MustCompile(`(?s)<article class="leverancier".*?<h3[^>]*>(.*?)</h3>(.*?)</article>`).FindAllStringSubmatch(html, -1) {
		out[m[1]] = m[2]
	}
	return out
}

// TestSupplierBlocks holds what may be mailed to a supplier: all that is its own, nothing of another, no household.
func TestSupplierBlocks(t *testing.T) {
	_, out := render(t, fixture(t, 60), testRun)
	html := pages(out)
	blocks := supplierSections(t, html)
	if len(blocks) != 3 {
		t.Fatalf("%d blocks: %q", len(blocks), blocks)
	}
	hostile := "&lt;script&gt;alert(1)&lt;/script&gt;"
	for name, wants := range map[string][]string{
		"Gemeente Tilburg": {"6\u00a0regels in 2\u00a0bestanden zijn apart gezet", "jeugd_declaratie/levering_2025-12.csv.gz", "toegekend_eur", "8.121",
			"Schrijf bedragen met twee decimalen", "hele regel", "Geef elke regel evenveel velden", "stapel check", "<code>wmo_declaratie</code>", "6\u00a0dingen vallen op in regels die wel meetellen",
			"Kijk na of dit verschillende prestaties zijn", "Kijk de einddatum en het pseudoniem van de persoon na", "wie deze maand levert", nl.LinkAdvice,
			"Van de 40\u00a0personen in GM0855 zijn er 3 in de huishoudens te vinden (7,5%); het minimum is 90,0%.", "Jeugdwet-toewijzingen, alle bestanden"},
		hostile:         {"1\u00a0bestand is geweigerd", "regel 1: verplichte kolommen ontbreken: uzovi; gebruik de kolomnamen", "(geweigerd)", "Herstel de regel in de bron"},
		unknownSupplier: {"wonen_signaal/los.csv", "leveringsbrief, regel 3: periode_van: een datum JJJJ-MM-DD verwacht; herstel de leveringsbrief"},
	} {
		for _, want := range wants {
			if !strings.Contains(blocks[name], want) {
				t.Errorf("the block of %s does not say %q", name, want)
			}
		}
	}
	person := regexp.MustCompile(`\b[hp]-[0-9a-f]{16}\b`)
	if !person.MatchString(html) {
		t.Fatal("the page has no household to look for")
	}
	for name, block := range blocks {
		if person.MatchString(block) {
			t.Errorf("the block of %s names a household", name)
		}
		if strings.Contains(block, "zvw_declaratie/proef") != (name == hostile) || strings.Contains(block, "levering_2025-12") != (name == "Gemeente Tilburg") {
			t.Errorf("the block of %s holds files of another supplier", name)
		}
	}
	if !strings.Contains(html, "2\u00a0bestanden geweigerd, 6\u00a0regels in quarantaine") || strings.Index(html, "Zoek eerst uit van wie") > strings.Index(html, ">"+unknownSupplier+"<") {
		t.Error("the first page or the remark on an unknown supplier is missing")
	}
	rows := readCSV(t, out, "aan_leveranciers")
	if len(rows) != 1+2+4+6 || strings.Join(rows[0], ";") != "gegevensleverancier;kind;bestand;wat;regel_code;kolom;regels;eerste_regel;reden;wat_te_doen;kind_naam" {
		t.Fatalf("%d rows, header %v", len(rows), rows[0])
	}
	var got []string
	for _, row := range rows[1:] {
		got = append(got, strings.Join([]string{row[0], row[2], row[3], row[4], row[6], row[7]}, " "))
		if row[8] == "" || row[9] == "" {
			t.Errorf("no reason or remedy: %v", row)
		}
	}
	want := []string{
		"<script>alert(1)</script> zvw_declaratie/proef.csv bestand geweigerd   ",
		"<script>alert(1)</script> zvw_declaratie/proef.csv regels in geweigerd bestand eigen_regel 311 2",
		"Gemeente Tilburg wmo_declaratie/levering_2025-12.csv.gz regels in quarantaine te_weinig_velden 1 88",
		"Gemeente Tilburg wmo_declaratie/levering_2025-12.csv.gz regels in quarantaine datum_ongeldig 1 411",
		"Gemeente Tilburg jeugd_declaratie/levering_2025-12.csv.gz regels in quarantaine bedrag_dubbelzinnig 3 8121",
		"Gemeente Tilburg huishouden/levering_2025-12.csv.gz valt op huishouden_te_groot 1 9",
		"Gemeente Tilburg wmo_declaratie/levering_2025-12.csv.gz valt op na_overlijden 2 12",
		"Gemeente Tilburg  valt op koppelgraad  ",
		"Gemeente Tilburg zvw_declaratie/levering_2025-12.csv.gz valt op regel_gelijk 12 ",
		"Gemeente Tilburg zvw_declaratie/levering_2025-12.csv.gz valt op koppelgraad  ",
		"Gemeente Tilburg wonen_signaal/levering_2025-12.csv.gz valt op twee_leveranciers  ",
		unknownSupplier + " wonen_signaal/los.csv bestand geweigerd   ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	book, err := excelize.OpenReader(bytes.NewReader(out["rapport.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for at, want := range map[string]string{"A5": "<script>alert(1)</script>", "E5": "eigen_regel", "G5": "311", "I4": "zvw_declaratie/proef.csv:1: verplichte kolommen ontbreken: uzovi; gebruik de kolomnamen van het contract"} {
		if v, err := book.GetCellValue("Aan leveranciers", at, excelize.Options{RawCellValue: true}); err != nil || v != want {
			t.Errorf("%s is %q (%v)", at, v, err)
		}
	}
}

// TestNothingToReturn holds the words for a run in which all is well, or in which a mart is missing.
func TestNothingToReturn(t *testing.T) {
	accepted := []mart.Levering{{Kind: "huishouden", Bestand: "huishouden/a.csv", Leverancier: "A", Status: "geaccepteerd", Regels: 3, Geaccepteerd: 3}}
	fault := []mart.Quarantaine{{Kind: "huishouden", Bestand: "huishouden/a.csv", RegelCode: "jaar_ongeldig", Kolom: "geboortejaar", Regels: 1, EersteRegel: 2, Reden: "geen jaar"}}
	for name, c := range map[string]struct {
		deliveries []mart.Levering
		quarantine []mart.Quarantaine
		says       string
	}{
		"both empty":    {accepted, []mart.Quarantaine{}, "Er gaat niets terug: geen bestand is geweigerd en er staan geen regels in quarantaine, en er valt niets op waar een leverancier iets aan moet doen."},
		"no quarantine": {accepted, nil, "Welke regels in quarantaine staan, is niet beschikbaar"},
		"no deliveries": {nil, fault, unknownSupplier},
	} {
		marts := fstest.MapFS{}
		if c.deliveries != nil {
			marttest.Write(t, marts, "levering", c.deliveries)
		}
		if c.quarantine != nil {
			marttest.Write(t, marts, "quarantaine", c.quarantine)
		}
		_, out := render(t, marts, testRun)
		if html := pages(out); !strings.Contains(html, c.says) || strings.Contains(html, "geweigerd.</strong>") {
			t.Errorf("%s: the page does not say %q", name, c.says)
		}
		if _, ok := out["csv/aan_leveranciers.csv"]; !ok {
			t.Errorf("%s: no file for suppliers", name)
		}
	}
}

// TestFindingOfFile: a finding may be about a file without a line.
func TestFindingOfFile(t *testing.T) {
	var e exclusions
	if err := e.read(context.Background(), fixture(t, 3)); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range e.Findings {
		got = append(got, fmt.Sprintf("%s %s %s %d", f.Onderwerp, f.Code, f.First, f.N))
	}
	want := []string{"huishouden buiten_periode h.csv 1", "huishouden huishouden_te_groot huishouden/levering_2025-12.csv.gz:9 1",
		"huishouden verblijf_ingekort h.csv:5 1", "jeugd_declaratie 8021 a.csv:77 2"}
	if !slices.Equal(got[:4], want) {
		t.Errorf("got %q", got)
	}
}
