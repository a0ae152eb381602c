package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

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
	overview, _, _ := strings.Cut(text, "\n## ")
	for _, c := range root.Commands() {
		if slices.Contains([]string{"help", "completion"}, c.Name()) {
			continue
		}
		if !strings.Contains(text, "\n## stapel "+c.Name()) {
			t.Errorf("docs/commands.md has no section about stapel %s", c.Name())
		}
		if !strings.Contains(overview, "\nstapel "+c.Name()+" ") {
			t.Errorf("the list at the top of docs/commands.md has no stapel %s", c.Name())
		}
		part := text
		if i := strings.Index(text, "\n## stapel "+c.Name()); i >= 0 {
			part, _, _ = strings.Cut(text[i+1:], "\n## ")
		}
		c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(part, "--"+f.Name) && f.Name != "help" {
				t.Errorf("docs/commands.md: the section about stapel %s does not have --%s", c.Name(), f.Name)
			}
		})
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

// TestDocsNameWhatThereIs: every command and flag that the README and the pages of docs show exists.
func TestDocsNameWhatThereIs(t *testing.T) {
	root := newRoot(&globals{})
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	flags := map[string]bool{"--help": true}
	var all func(c *cobra.Command)
	all = func(c *cobra.Command) {
		for _, set := range []*pflag.FlagSet{c.LocalFlags(), c.PersistentFlags()} {
			set.VisitAll(func(f *pflag.Flag) { flags["--"+f.Name] = true })
		}
		for _, sub := range c.Commands() {
			all(sub)
		}
	}
	all(root)
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(pages) < 9 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	code := regexp.MustCompile("(?s)```.*?```|`[^`\n]+`")
	command := regexp.MustCompile(`(?m)(?:^|[` + "`" + ` /])stapel +([a-z]+)(?: +([a-z]+))?(?:[ ` + "`" + `;]|$)([^\n` + "`" + `#|]*)`)
	flag := regexp.MustCompile(`--[a-z][a-z-]*`)
	shown := 0
	for _, p := range append(pages, "../../README.md") {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, span := range code.FindAllString(string(text), -1) {
			for _, m := range command.FindAllStringSubmatch(span, -1) {
				if m[1] == "heeft" || m[1] == "kent" { // stapel says so itself
					continue
				}
				shown++
				c, _, err := root.Find([]string{m[1]})
				if err != nil {
					if !strings.Contains(span, "geen opdracht "+m[1]) { // an example of one that there is not
						t.Errorf("%s: there is no stapel %s", p, m[1])
					}
					continue
				}
				if c.HasSubCommands() && m[2] != "" && !slices.ContainsFunc(c.Commands(), func(s *cobra.Command) bool { return s.Name() == m[2] }) {
					t.Errorf("%s: there is no stapel %s %s", p, m[1], m[2])
				}
				for _, f := range flag.FindAllString(m[0], -1) {
					if !flags[f] {
						t.Errorf("%s: %q: there is no %s", p, m[0], f)
					}
				}
			}
			if strings.HasPrefix(span, "`--") && !flags[flag.FindString(span)] {
				t.Errorf("%s: %s: there is no such flag", p, span)
			}
		}
	}
	if shown < 40 {
		t.Errorf("only %d commands found", shown)
	}
}
