// Package config reads what a municipality may set: stapel.yaml with the settings, one contract per kind of extract, the
// rules that turn codes into signals, the cocktails, the prices and the selection rules. Everything is embedded with
// working defaults; a folder given with --config overlays it by file name. What comes out is checked as a whole and
// never changes afterwards: a run hashes it, and one that was half right does not exist.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Config is everything that is configured, checked. Treat it as read-only.
type Config struct {
	Settings  Settings
	Contracts map[string]*Contract
	Signals   Signals
	Cocktails []Cocktail
	Prices    Prices
	Reference Reference
	Selection Selection
	Domeinen  Domeinen
	Names     Names
	Published []Published
	// Disclosure is what may leave.
	Disclosure Disclosure
	// Effect is how the effect of maatwerk is estimated.
	Effect Effect
	// Jobs are the runs that are made by the clock.
	Jobs []Job
	// SignalQueries are the own signal models, signals/<name>.sql of the folder given with --config; package transforms
	// reads them.
	SignalQueries []File

	// Files are the configuration files in effect that can change a run, by name, with where each came from; JobsFrom is that of the jobs.
	Files    []File
	JobsFrom File
	// SettingsSha256 is the hash over the settings in effect that can change a figure.
	SettingsSha256 string
	// Sha256 is the hash over the settings and all files: equal hash, equal configuration.
	Sha256 string
}

// Options say where configuration comes from beside the embedded files.
type Options struct {
	Dir string // folder that overlays the embedded files by name; empty: none
	// Set overrides single settings by key, as flags do: "run.peildatum" -> "2025-12-31".
	Set map[string]any
	// Environ is the environment to read STAPEL_* from, as os.Environ gives it.
	Environ []string
}

// Kinds returns the kinds of extract that have a contract, sorted.
func (c *Config) Kinds() []string { return slices.Sorted(maps.Keys(c.Contracts)) }

// Required reports whether a run needs the kind (rules 10, 47).
func (c *Config) Required(kind string) bool {
	if f, ok := c.Settings.Feeds[kind]; ok && f.Required != nil {
		return *f.Required
	}
	return c.Contracts[kind] != nil && c.Contracts[kind].Required
}

// FoldName is a supplier's name as names are compared: case, blanks around it and how many there are between words count for nothing.
func FoldName(name string) string { return strings.Join(strings.Fields(strings.ToLower(name)), " ") }

// Replaces says what a newer delivery of a supplier does to the lines of its older ones.
func (c *Config) Replaces(kind, supplier string) Replaces {
	for _, s := range c.Settings.Feeds[kind].Suppliers {
		if FoldName(s.Name) == FoldName(supplier) {
			return s.Replaces
		}
	}
	return c.Contracts[kind].Replaces
}

// Load reads and checks the configuration. Errors name file, line and key, all mistakes at once where they are
// independent of each other.
func Load(opt Options) (*Config, error) {
	files, err := overlay(opt.Dir)
	if err != nil {
		return nil, err
	}
	c := &Config{Contracts: map[string]*Contract{}, Files: slices.Clone(files)}
	var errs []error
	for _, f := range files {
		var err error
		switch {
		case f.Name == "stapel.yaml":
			// read below: it merges with the embedded one instead of replacing it
		case f.Name == "signals.yaml":
			c.Signals, err = parseSignals(f, c.Signals)
		case f.Name == "cocktails.yaml":
			c.Cocktails, err = parseCocktails(f, c.Cocktails)
		case f.Name == "prices.yaml":
			c.Prices, err = parsePrices(f)
		case f.Name == "referentie_zvw.yaml":
			c.Reference, err = parseReference(f)
		case f.Name == "selection.yaml":
			c.Selection, err = parseSelection(f)
		case f.Name == "disclosure.yaml":
			c.Disclosure, err = parseDisclosure(f)
		case f.Name == "effect.yaml":
			c.Effect, err = parseEffect(f)
		case f.Name == JobsFile:
			c.Jobs, err = parseJobs(f)
			c.JobsFrom = f
			c.Files = slices.DeleteFunc(c.Files, func(f File) bool { return f.Name == JobsFile })
		case f.Name == "domeinen.yaml":
			c.Domeinen, err = parseDomeinen(f)
		case f.Name == "referentie_stapeling.yaml":
			c.Published, err = parsePublished(f, c.Published)
		case f.Name == "namen.yaml":
			c.Names, err = parseNames(f, c.Names)
		case path.Dir(f.Name) == signalsDir:
			c.SignalQueries = append(c.SignalQueries, f)
		case path.Dir(f.Name) == "feeds":
			var contract *Contract
			if contract, err = ParseContract(f.label(), f.Data); err == nil {
				if want := strings.TrimSuffix(path.Base(f.Name), ".yaml"); contract.Kind != want {
					err = fmt.Errorf("%s: kind: the file of kind %s is called feeds/%s.yaml", f.label(), contract.Kind, contract.Kind)
				} else {
					c.Contracts[contract.Kind] = contract
				}
			}
		}
		errs = append(errs, err)
	}
	c.Settings, err = loadSettings(files, opt)
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if err := c.validate(); err != nil {
		return nil, err
	}
	c.Sha256, c.SettingsSha256 = c.hash(), hexSHA256([]byte(c.deciding()))
	return c, nil
}

// hash is over the effective settings and the files other than stapel.yaml, whose content is in the settings. What computes, with how much memory
// and where, who signs, when a file or feed is late and who is told change no figure and are not in it
// (docs/decisions/0035, 0046, 0051, 0057).
func (c *Config) hash() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n", c.deciding())
	for _, f := range c.Files {
		if f.Name != SettingsFile {
			fmt.Fprintf(&b, "%s %s\n", f.Name, f.Sha256)
		}
	}
	return hexSHA256(b.Bytes())
}

// deciding are the settings that can change a figure.
func (c *Config) deciding() string {
	s := c.Settings
	s.Engine, s.Trino, s.Signing, s.Inbox, s.Notify = EngineSettings{}, TrinoSettings{}, SigningSettings{}, InboxSettings{}, NotifySettings{}
	s.Feeds = undated(s.Feeds)
	return s.canonical()
}

// PPM is a share in whole millionths, so that whole numbers are compared.
func PPM(share float64) int64 { return int64(share*1e6 + 0.5) }
