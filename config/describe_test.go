package config

import (
	"strings"
	"testing"
)

// TestDescribe: the description names every column, code and requirement of the contract, and the header every column.
func TestDescribe(t *testing.T) {
	cfg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range cfg.Kinds() {
		c := cfg.Contracts[kind]
		text := c.Describe()
		if got := strings.Count(c.Header(), ";") + 1; got != len(c.Columns) || !strings.HasSuffix(c.Header(), "\n") {
			t.Errorf("%s: the header has %d columns, want %d", kind, got, len(c.Columns))
		}
		for _, col := range c.Columns {
			row := ""
			for _, line := range strings.Split(text, "\n") {
				if strings.HasPrefix(line, "| `"+col.Name+"` |") {
					row = line
				}
			}
			if row == "" || !strings.Contains(row, cell(col.Doc)) || strings.Count(row, " | ") != 3 {
				t.Errorf("%s.%s: its row is %q", kind, col.Name, row)
			}
			if col.Required && !col.EmptyOK && !strings.Contains(row, "| ja |") {
				t.Errorf("%s.%s is required and its row does not say so", kind, col.Name)
			}
			for _, code := range col.Codes {
				if !strings.Contains(text, "- `"+code.Code+"`") {
					t.Errorf("%s.%s: code %s is missing", kind, col.Name, code.Code)
				}
			}
		}
		if (c.Money != nil) != strings.Contains(text, "totaal_debet_ct") {
			t.Errorf("%s: the note's totals are wrong for a kind with money %v", kind, c.Money != nil)
		}
	}
}

// TestDescribeRules: what the keys of a contract mean for a supplier is in the description of every kind that has them.
func TestDescribeRules(t *testing.T) {
	cfg, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for kind, want := range map[string][]string{
		"huishouden": {"JJJJMMDD; is de dag of maand 00, dan telt de eerste dag", "dan telt de laatste dag", "0 of 00 is onbekend en telt als leeg",
			"mag niet doorlopen na `aangemaakt`", "dat is geschiedenis", "9999-12-31, 2999-12-31, 2099-12-31 betekent geen einde"},
		"wmo_toewijzing": {"een datum die 'geen einde' betekent telt als leeg", "mag doorlopen na `aangemaakt`", "tijd UU:MM of UU:MM:SS",
			"te herkennen aan gemeentecode, toewijzing_nummer", "| `product_categorie` | kolom wel, cel mag leeg |"},
		"zvw_declaratie": {"Er kunnen meer leveranciers zijn", "meer dan 400 dagen", "lever dezelfde regel niet nog eens", "meer dan een jaar na `aangemaakt`"},
	} {
		text := cfg.Contracts[kind].Describe()
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %q is not in its description", kind, w)
			}
		}
	}
}

// A column's spellings for "not known" are checked.
func TestUnknown(t *testing.T) {
	for _, bad := range []string{`unknown: [""]`, `unknown: [" 0"]`, `unknown: ["0", "0"]`} {
		_, err := ParseContract("k.yaml", []byte("kind: k\nversion: '1'\nreplaces: none\ncolumns:\n  - {name: a, type: geheel, "+bad+"}\n"))
		if err == nil || !strings.Contains(err.Error(), "k.yaml:5: columns.0.unknown") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := ParseContract("k.yaml", []byte("kind: k\nversion: '1'\nreplaces: none\ncolumns:\n  - {name: a, type: persoon, unknown: [x]}\n")); err == nil {
		t.Error("a pseudonym that is not known")
	}
}
