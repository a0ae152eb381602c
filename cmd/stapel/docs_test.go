package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"stapel/config"
)

// section is the part of a page under a heading, up to the next heading of that level or higher.
func section(page, heading string) string {
	_, after, ok := strings.Cut(page, "\n"+heading+"\n")
	if !ok {
		return ""
	}
	level := strings.Fields(heading)[0]
	end := len(after)
	for l := 2; l <= len(level); l++ {
		if i := strings.Index(after, "\n"+strings.Repeat("#", l)+" "); i >= 0 && i < end {
			end = i
		}
	}
	return after[:end]
}

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestDocsOfExtracts: the page names every kind and column as the contracts have them.
func TestDocsOfExtracts(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := page(t, "extracts.md")
	for _, kind := range cfg.Kinds() {
		part := section(text, "### `"+kind+"`")
		if part == "" {
			t.Errorf("docs/extracts.md has no section about %s", kind)
			continue
		}
		contract := cfg.Contracts[kind]
		for _, col := range contract.Columns {
			need := "no"
			if col.Required {
				need = "yes"
			}
			if !strings.Contains(part, "| `"+col.Name+"` | "+string(col.Type)+" | "+need) {
				t.Errorf("docs/extracts.md: %s: no row for %s, %s, required %s", kind, col.Name, col.Type, need)
			}
		}
		if rows := strings.Count(part, "\n| `"); rows != len(contract.Columns) {
			t.Errorf("docs/extracts.md: %s has %d columns, the contract %d", kind, rows, len(contract.Columns))
		}
		if !strings.Contains(strings.Join(strings.Fields(part), " "), "Replaces: `"+string(contract.Replaces)+"`") {
			t.Errorf("docs/extracts.md: %s: what does a newer delivery replace", kind)
		}
	}
}

// TestDocsOfCommands: the page has every command, and every flag of it.
func TestDocsOfCommands(t *testing.T) {
	text := page(t, "commands.md")
	root := newRoot(&globals{})
	for _, c := range root.Commands() {
		if slices.Contains([]string{"help", "completion"}, c.Name()) {
			continue
		}
		if !strings.Contains(text, "\n## stapel "+c.Name()) {
			t.Errorf("docs/commands.md has no section about stapel %s", c.Name())
		}
		if !strings.Contains(c.Long, "EXIT STATUS") && !c.HasSubCommands() {
			t.Errorf("stapel %s does not list its exit codes", c.Name())
		}
		for _, sub := range c.Commands() {
			if !strings.Contains(text, c.Name()+" "+sub.Name()) || !strings.Contains(sub.Long, "EXIT STATUS") {
				t.Errorf("stapel %s %s is not in docs/commands.md, or does not list its exit codes", c.Name(), sub.Name())
			}
		}
	}
}
