package nl

import (
	"io/fs"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
)

func TestFormats(t *testing.T) {
	day := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{Euro(123456789), "€\u00a01.234.567,89"},
		{Euro(5), "€\u00a00,05"},
		{Euro(-150), "€\u00a0-1,50"},
		{Euro(math.MinInt64), "€\u00a0-92.233.720.368.547.758,08"},
		{EuroWhole(149), "€\u00a01"},
		{EuroWhole(150), "€\u00a02"},
		{EuroWhole(-150), "€\u00a0-2"},
		{EuroWhole(-49), "€\u00a00"},
		{Int(0), "0"}, {Int(999), "999"}, {Int(1000), "1.000"}, {Int(-1234567), "-1.234.567"},
		{Number(1234.5, 1), "1.234,5"}, {Number(-0.004, 2), "0,00"}, {Number(math.NaN(), 1), "–"},
		{Percent(0.1234), "12,3%"}, {Percent(1), "100,0%"}, {Percent(math.Inf(1)), "–"},
		{Date(day), "31\u00a0december 2025"}, {DateShort(day), "31-12-2025"}, {DateShort(time.Time{}), "–"},
		{Month(day.AddDate(0, -9, 0)), "mrt\u00a02025"},
		{Count(1, "plan", "plannen"), "1\u00a0plan"}, {Count(0, "plan", "plannen"), "0\u00a0plannen"},
		{Days(1), "1\u00a0dag"}, {Days(1.4), "1\u00a0dag"}, {Days(0), "0\u00a0dagen"}, {Days(1234), "1.234\u00a0dagen"},
		{Cents(-123456), "-1234,56"}, {Cents(5), "0,05"}, {Decimal(1234.5), "1234,5"}, {Decimal(-0.125), "-0,125"}, {Decimal(3), "3"},
		{PercentShort(0.1), "10%"}, {PercentShort(0.001), "0,1%"}, {PercentShort(0), "0%"}, {Plain(Euro(5)), "€ 0,05"},
		{Form(1, "telt", "tellen"), "telt"}, {Form(0, "telt", "tellen"), "tellen"},
		{Heading("preventief", "vol"), "Vol binnen een jaar"}, {Heading("cocktail_oordeel", "vol"), "Vol"}, {Heading("x", "in_maatwerk"), "In maatwerk"},
		{List([]string{"a", "b", "c"}), "a, b en c"}, {List([]string{"a"}), "a"}, {List(nil), ""},
		{Word("kind", "wmo_declaratie"), "Wmo-declaraties"}, {Word("ingredient", "geen_uitkering"), "geen bijstand"},
		{Word("ingredient", "eigen_soort"), "eigen soort"}, {Word("geen sort", "x"), "x"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestAmountReference compares with exact rationals, for every int64.
func TestAmountReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ct := rapid.Int64().Draw(t, "ct")
		want := new(big.Rat).SetFrac64(ct, 100)
		plain := strings.ReplaceAll(strings.ReplaceAll(Amount(ct), ".", ""), ",", ".")
		if got, ok := new(big.Rat).SetString(plain); !ok || got.Cmp(want) != 0 {
			t.Fatalf("Amount(%d) = %s", ct, Amount(ct))
		}
		whole, ok := new(big.Rat).SetString(strings.ReplaceAll(AmountWhole(ct), ".", ""))
		round, _ := new(big.Int).SetString(want.FloatString(0), 10) // rounds half away from zero
		if !ok || !whole.IsInt() || whole.Num().Cmp(round) != 0 {
			t.Fatalf("AmountWhole(%d) = %s, want %s", ct, AmountWhole(ct), round)
		}
		if parts := strings.Split(strings.TrimPrefix(Int(ct), "-"), "."); len(parts[0]) > 3 || len(strings.Join(parts[1:], "")) != 3*len(parts[1:]) {
			t.Fatalf("Int(%d) = %s", ct, Int(ct))
		}
	})
}

// TestOneFormat: amounts, percentages, decimals and days are written out here and nowhere else. What a spreadsheet, an extract or an
// engine has to be given is no text for people, and is allowed by name.
func TestOneFormat(t *testing.T) {
	byHand := regexp.MustCompile(`"[^"]*€|FormatFloat\(|%\.[0-9]f (s|%%|euro)|Format\("02-01-2006"\)|Replace(All)?\([^)]*"\.", ?","`)
	allowed := []string{"reports/xlsx/xlsx.go", "reports/gate/solve.go", "reports/dossier/terminal.go", "pipeline/ingest/seen.go", "pipeline/modeltest/rows.go"}
	for _, dir := range []string{"cmd", "config", "pipeline", "reports"} {
		err := filepath.WalkDir("../../"+dir, func(name string, d fs.DirEntry, err error) error {
			rel := strings.TrimPrefix(filepath.ToSlash(name), "../../")
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(rel, "reports/nl/") ||
				strings.Contains(rel, "/bench/") || strings.Contains(rel, "/reference/") {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			for i, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if byHand.MatchString(code) && !slices.Contains(allowed, rel) {
					t.Errorf("%s:%d writes a number or a day by hand; package nl does that", rel, i+1)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRemedies: every order rule of the built-in contracts has a remedy of its own, and every remedy is a sentence.
func TestRemedies(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	orders := 0
	for kind, contract := range cfg.Contracts {
		for _, o := range contract.Orders {
			orders++
			if _, known := Remedy(o.Code); !known {
				t.Errorf("%s: no remedy for %s", kind, o.Code)
			}
		}
	}
	if orders == 0 {
		t.Error("no contract has an order rule, so nothing was tested")
	}
	if text, known := Remedy("eigen_regel"); known || text != otherRemedy {
		t.Errorf("a code of the configuration gives %q, %v", text, known)
	}
	for code, text := range remedies {
		if first := text[:1]; first != strings.ToUpper(first) || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: %q is no sentence", code, text)
		}
	}
}

// TestFindingsHaveWords reads the codes out of the models that give findings and exclusions.
func TestFindingsHaveWords(t *testing.T) {
	codes := map[string]bool{"contract_versie": true, "buiten_periode": true, "totaal_debet_ct": true, "totaal_credit_ct": true,
		"datum_onvolledig": true, "kopregel_herhaald": true, "sep_regel": true} // of ingest
	for file, pattern := range map[string]string{
		"marts/bevinding.sql":             `when '(\w+)' then|'(\w+)' as regel_code|casusnummer, '(\w+)'|regel, '(\w+)', '(?:let_op|fout)'|levering, '(\w+)', cast`,
		"tussen/onwaarschijnlijk.sql":     `regel, '(\w+)'`,
		"tussen/kosten_bevinding.sql":     `'(\w+)' as regel_code|regel, '(\w+)'`,
		"marts/plan.sql":                  `then '\|(\w+)'`,
		"tussen/declaratie_bevinding.sql": `regel, '(\w+)'`,
		"tussen/uitgesloten_regel.sql":    `regel, '(\w+)'`,
	} {
		sql, err := os.ReadFile("../../transforms/" + file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(pattern).FindAllStringSubmatch(string(sql), -1)
		if len(found) < 2 {
			t.Errorf("%s: no codes found in it any more", file)
		}
		for _, m := range found {
			codes[strings.Join(m[1:], "")] = true
		}
	}
	if len(codes) < 28 {
		t.Errorf("only %d codes", len(codes))
	}
	for code := range codes {
		if words["bevinding"][code] == "" {
			t.Errorf("no Dutch words for finding %s", code)
		}
	}
}

// TestFindingsSaid: what is doubtful is explained, in sentences, and every explanation has words.
func TestFindingsSaid(t *testing.T) {
	for code, f := range findings {
		if words["bevinding"][code] == "" {
			t.Errorf("%s has no words", code)
		}
		if f.means == "" || f.advice == "" {
			t.Errorf("%s is not explained", code)
		}
		for _, text := range []string{f.means, f.advice, f.supply, LinkAdvice} {
			if text != "" && (text[:1] != strings.ToUpper(text[:1]) || !strings.HasSuffix(text, ".")) {
				t.Errorf("%s: %q is no sentence", code, text)
			}
		}
	}
	if Meaning("eigen_regel") != "" || Advice("eigen_regel") != "" || SupplierAdvice("bedrag_ongelijk") != "" {
		t.Error("a code is explained that is none")
	}
}
