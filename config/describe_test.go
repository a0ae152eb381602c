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
