// Package config reads what a municipality may set: stapel.yaml with the settings, one contract per kind of extract, the
// rules that turn codes into signals, the cocktails, the prices and the selection rules. Everything is embedded with
// working defaults; a folder given with --config overlays it by file name. What comes out is checked as a whole and
// never changes afterwards: a run hashes it, and one that was half right does not exist.
package config

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml feeds/*.yaml
var embedded embed.FS

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

// File is one configuration file in effect.
type File struct {
	Name   string `json:"bestand"`
	Origin string `json:"herkomst"` // ingebouwd, or eigen (from --config)
	Sha256 string `json:"sha256"`
	Data   []byte `json:"-"`
}

// Settings is stapel.yaml, overridden by STAPEL_* in the environment and by flags.
type Settings struct {
	Run       RunSettings             `yaml:"run"`
	Household HouseholdSettings       `yaml:"household"`
	Engine    EngineSettings          `yaml:"engine"`
	Trino     TrinoSettings           `yaml:"trino"`
	Limits    LimitSettings           `yaml:"limits"`
	Selection SelectionSettings       `yaml:"selection"`
	Reports   ReportSettings          `yaml:"reports"`
	Signing   SigningSettings         `yaml:"signing"`
	Inbox     InboxSettings           `yaml:"inbox"`
	Notify    NotifySettings          `yaml:"notify"`
	Feeds     map[string]FeedSettings `yaml:"feeds"`
}

// RunSettings says what a run covers.
type RunSettings struct {
	Peildatum string   `yaml:"peildatum"` // JJJJ-MM-DD, last day of a month; empty: from the coverage of the required feeds
	Gemeenten []string `yaml:"gemeenten"` // GM0855; empty: those in the huishouden feed
}

// HouseholdSettings says how households are formed.
type HouseholdSettings struct {
	AttachMinors bool `yaml:"attach_minors" mapstructure:"attach_minors"` // rules 23
}

// SelectionSettings says what a run wants before anybody is proposed; who is, is selection.yaml.
type SelectionSettings struct {
	// RequireExclusions refuses a run to which no file of kind uitsluiting was delivered: nobody has then said who must not be shown.
	RequireExclusions bool `yaml:"require_exclusions" mapstructure:"require_exclusions"`
}

// ReportSettings say which reports a run makes beside the analyst's.
type ReportSettings struct {
	// Werktafel: what may leave the organisation goes through disclosure control, and the report of the werktafel is made of it.
	Werktafel bool `yaml:"werktafel"`
	// Effect: what maatwerk did is estimated.
	Effect bool `yaml:"effect"`
}

// SigningSettings say who signs what is published.
type SigningSettings struct {
	KeyFile string `yaml:"key_file" mapstructure:"key_file"` // private key of stapel key sign; "": nobody signs
}

// InboxSettings say when a delivery is whole, and when a feed is late. They change no figure.
type InboxSettings struct {
	// SettleSeconds is how long a file holds still before it counts as whole; one whose note has its hash is whole at once. 0: files are read as they lie there.
	SettleSeconds int `yaml:"settle_seconds" mapstructure:"settle_seconds"`
	// GraceDays is how many days after it was expected a delivery is late.
	GraceDays int `yaml:"grace_days" mapstructure:"grace_days"`
}

// When somebody is told what became of a run.
const (
	NotifyTrouble = "trouble" // when its exit code is not 0, or it was cut off
	NotifyAlways  = "always"
)

// NotifySettings say who is told what became of a run. They change no figure.
type NotifySettings struct {
	On      string       `yaml:"on"`      // NotifyTrouble or NotifyAlways
	Command []string     `yaml:"command"` // program and its arguments; the message is on its standard input; none: no program is run
	Mail    MailSettings `yaml:"mail"`
}

// MailSettings say by which server a message goes, and to whom.
type MailSettings struct {
	Server       string   `yaml:"server"` // host:port; "": no mail is sent
	TLS          string   `yaml:"tls"`    // starttls, tls (from the first byte), or none, with a server on this machine
	From         string   `yaml:"from"`
	To           []string `yaml:"to"`
	User         string   `yaml:"user"`                                       // "": no login
	PasswordFile string   `yaml:"password_file" mapstructure:"password_file"` // of User
	CAFile       string   `yaml:"ca_file" mapstructure:"ca_file"`             // PEM; "": whom the machine trusts
}

// EngineSettings say what computes the models, and bound what DuckDB may take; 0 leaves it to the machine and its cgroup.
type EngineSettings struct {
	Kind     string `yaml:"kind"` // EngineDuckDB or EngineTrino
	MemoryMB int    `yaml:"memory_mb" mapstructure:"memory_mb"`
	Threads  int    `yaml:"threads"`
	CacheMB  int    `yaml:"cache_mb" mapstructure:"cache_mb"` // most that tables of earlier runs may take on disk; 0: none is kept
}

// Engines that compute the models of a run.
const (
	EngineDuckDB = "duckdb"
	EngineTrino  = "trino"
)

// TrinoSettings say where a Trino is and what both sides can see; they count when engine.kind is trino.
type TrinoSettings struct {
	Address      string `yaml:"address"` // https://host:port of the coordinator
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file" mapstructure:"password_file"` // "": none
	TokenFile    string `yaml:"token_file" mapstructure:"token_file"`       // JWT; "": none
	CAFile       string `yaml:"ca_file" mapstructure:"ca_file"`             // PEM; "": whom the machine trusts
	Catalog      string `yaml:"catalog"`                                    // Hive catalog
	SchemaPrefix string `yaml:"schema_prefix" mapstructure:"schema_prefix"` // of the schema that a run makes and drops
	SharedDir    string `yaml:"shared_dir" mapstructure:"shared_dir"`       // folder that stapel and every node see
	Location     string `yaml:"location"`                                   // what the catalog calls that folder
	SortRows     int64  `yaml:"sort_rows" mapstructure:"sort_rows"`         // above it Trino puts a mart in order; 0: never
}

// LimitSettings are the limits on extracts.
type LimitSettings struct {
	MaxQuarantineShare   float64 `yaml:"max_quarantine_share" mapstructure:"max_quarantine_share"`
	MaxQuarantineLines   int     `yaml:"max_quarantine_lines" mapstructure:"max_quarantine_lines"`
	MaxRepeatedShare     float64 `yaml:"max_repeated_share" mapstructure:"max_repeated_share"`
	MaxRecordBytes       int     `yaml:"max_record_bytes" mapstructure:"max_record_bytes"`
	MaxDecompressedBytes int64   `yaml:"max_decompressed_bytes" mapstructure:"max_decompressed_bytes"`
	MaxGzipRatio         int     `yaml:"max_gzip_ratio" mapstructure:"max_gzip_ratio"`
	// What a run publishes may hold so much of these, and no more: shares of a kind's eurocents.
	MaxIdenticalShare   float64 `yaml:"max_identical_share" mapstructure:"max_identical_share"`       // of lines equal to another (rules 62)
	MaxOutsideLifeShare float64 `yaml:"max_outside_life_share" mapstructure:"max_outside_life_share"` // of care before birth or after death (rules 67)
	// Above these a household or a person is improbable: a finding.
	MaxHouseholdPersons int `yaml:"max_household_persons" mapstructure:"max_household_persons"` // outside institutions
	MaxSpellsAYear      int `yaml:"max_spells_a_year" mapstructure:"max_spells_a_year"`         // that begin in one calendar year, a person
}

// FeedSettings overrides, for one kind, whether it is required, how often it is delivered, what it covers when no delivery note says so, and
// what deliveries of single suppliers do.
type FeedSettings struct {
	Required  *bool              `yaml:"required"`
	Every     Every              `yaml:"every"` // how often it is delivered; "": it does not say
	Coverage  []Coverage         `yaml:"coverage"`
	Suppliers []SupplierSettings `yaml:"suppliers"`
}

// SupplierSettings says what a newer delivery of one supplier does to its older ones, otherwise than the contract says (rules 61).
type SupplierSettings struct {
	Name     string   `yaml:"gegevensleverancier"`
	Replaces Replaces `yaml:"replaces"`
}

// Coverage is a period, last day included, that a feed covers for a gemeente.
type Coverage struct {
	Gemeente string `yaml:"gemeentecode"`
	From     string `yaml:"periode_van"`
	To       string `yaml:"periode_tot"`
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

func (f File) label() string { return "config/" + f.Name }

var knownFiles = []string{"stapel.yaml", "signals.yaml", "cocktails.yaml", "prices.yaml", "referentie_zvw.yaml", "selection.yaml", "domeinen.yaml",
	"namen.yaml", "referentie_stapeling.yaml", "disclosure.yaml", "effect.yaml", JobsFile}

// SettingsFile has the settings; its content counts as it is in effect, with what the environment and flags say.
const SettingsFile = "stapel.yaml"

// signalsDir is the folder of own signal models.
const signalsDir = "signals"

// addable are the files that an own one with add: true is laid beside, instead of replacing it.
var addable = []string{"signals.yaml", "cocktails.yaml", "namen.yaml", "referentie_stapeling.yaml"}

// overlay lists the embedded files, each replaced by the one of the same name in dir or, where that says add: true, followed by
// it, and dir's own contracts and signal models.
func overlay(dir string) ([]File, error) {
	byName := map[string]File{}
	add := func(fsys fs.FS, origin string) error {
		return fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			model := path.Ext(p) == ".sql"
			if d.IsDir() || !model && path.Ext(p) != ".yaml" {
				return nil
			}
			if model && path.Dir(p) != signalsDir || !model && !slices.Contains(knownFiles, p) && path.Dir(p) != "feeds" {
				return fmt.Errorf("config/%s: unknown file; stapel reads %s, feeds/<kind>.yaml and signals/<name>.sql", p,
					strings.Join(knownFiles, ", "))
			}
			st, err := fs.Stat(fsys, p)
			if err != nil {
				return err
			}
			if !st.Mode().IsRegular() || st.Size() > MaxFileBytes {
				return fmt.Errorf("config/%s: want a plain file of at most %d bytes", p, MaxFileBytes)
			}
			data, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			name := p
			if origin == "eigen" && (p == "stapel.yaml" || slices.Contains(addable, p) && adds(data)) {
				name += " (eigen)"
			}
			byName[name] = File{Name: p, Origin: origin, Sha256: hexSHA256(data), Data: data}
			return nil
		})
	}
	if err := add(embedded, "ingebouwd"); err != nil {
		return nil, err
	}
	if dir != "" {
		if st, err := os.Stat(dir); err != nil || !st.IsDir() {
			return nil, fmt.Errorf("--config: %s is not a folder", dir)
		}
		if err := add(os.DirFS(dir), "eigen"); err != nil {
			return nil, err
		}
	}
	var out []File
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, byName[name])
	}
	return out, nil
}

// adds reports whether a file says add: true. One that can't be read says nothing, and is refused when it is parsed.
func adds(data []byte) bool {
	var top struct {
		Add bool `yaml:"add"`
	}
	return yaml.Unmarshal(data, &top) == nil && top.Add
}

// loadSettings lays the own stapel.yaml over the embedded one, then the environment, then flags.
func loadSettings(files []File, opt Options) (Settings, error) {
	var s Settings
	for _, f := range files {
		if f.Name != "stapel.yaml" {
			continue
		}
		// Decoding over what is there keeps the keys a file does not name. The strict decoder finds unknown keys with
		// their line and keeps codes as they are written; viper does neither.
		if _, err := decodeStrict(f.label(), f.Data, &s); err != nil {
			return s, err
		}
	}
	feeds := s.Feeds
	s.Feeds = nil
	v := viper.New()
	v.SetConfigType("yaml")
	if err := v.ReadConfig(strings.NewReader(s.canonical())); err != nil {
		return s, fmt.Errorf("config/stapel.yaml: %w", err)
	}
	environ, err := fromEnviron(opt.Environ)
	if err != nil {
		return s, err
	}
	for key, val := range environ {
		v.Set(key, val)
	}
	for key, val := range opt.Set {
		v.Set(key, val)
	}
	s = Settings{}
	if err := v.Unmarshal(&s); err != nil {
		return s, fmt.Errorf("STAPEL_* or flags: %w", err)
	}
	s.Feeds = feeds
	return s, nil
}

var gemeenteRE = regexp.MustCompile(`^(?:GM)?(\d{4})$`)

// NormalGemeente returns the code as GM + four digits; ok is false for anything else than four digits or GM + four.
func NormalGemeente(code string) (normal string, ok bool) {
	m := gemeenteRE.FindStringSubmatch(strings.TrimSpace(code))
	if m == nil {
		return "", false
	}
	return "GM" + m[1], true
}

// validate checks what lies between files and completes the settings.
func (c *Config) validate() error {
	var errs []error
	bad := func(format string, a ...any) { errs = append(errs, fmt.Errorf(format, a...)) }
	s := &c.Settings
	c.validateEffect(bad)
	if p := s.Run.Peildatum; p != "" {
		d, err := time.Parse(time.DateOnly, p)
		if err != nil {
			bad("run.peildatum: want JJJJ-MM-DD")
		} else if d.AddDate(0, 0, 1).Day() != 1 {
			bad("run.peildatum: want the last day of a month (rules 17)")
		}
	}
	for i, g := range s.Run.Gemeenten {
		normal, ok := NormalGemeente(g)
		if !ok {
			bad("run.gemeenten: entry %d is not a gemeentecode; want four digits, or GM and four", i+1)
			continue
		}
		s.Run.Gemeenten[i] = normal
	}
	slices.Sort(s.Run.Gemeenten)
	s.Run.Gemeenten = slices.Compact(s.Run.Gemeenten)
	l := s.Limits
	for key, ok := range map[string]bool{
		"limits.max_quarantine_share":   l.MaxQuarantineShare >= 0 && l.MaxQuarantineShare <= 1,
		"limits.max_repeated_share":     l.MaxRepeatedShare >= 0 && l.MaxRepeatedShare <= 1,
		"limits.max_identical_share":    l.MaxIdenticalShare >= 0 && l.MaxIdenticalShare <= 1,
		"limits.max_outside_life_share": l.MaxOutsideLifeShare >= 0 && l.MaxOutsideLifeShare <= 1,
		"limits.max_household_persons":  l.MaxHouseholdPersons > 0,
		"limits.max_spells_a_year":      l.MaxSpellsAYear > 0,
		"limits.max_quarantine_lines":   l.MaxQuarantineLines >= 0,
		"limits.max_record_bytes":       l.MaxRecordBytes >= 1<<10 && l.MaxRecordBytes <= 1<<28,
		"limits.max_decompressed_bytes": l.MaxDecompressedBytes > 0,
		"limits.max_gzip_ratio":         l.MaxGzipRatio > 0,
		"inbox.settle_seconds":          s.Inbox.SettleSeconds >= 0 && s.Inbox.SettleSeconds <= maxSettle,
		"inbox.grace_days":              s.Inbox.GraceDays >= 0 && s.Inbox.GraceDays <= 366,
		"engine.memory_mb":              s.Engine.MemoryMB >= 0,
		"engine.cache_mb":               s.Engine.CacheMB >= 0,
		"engine.threads":                s.Engine.Threads >= 0 && s.Engine.Threads <= 1024,
	} {
		if !ok {
			bad("%s: out of range", key)
		}
	}
	for kind, f := range s.Feeds {
		if c.Contracts[kind] == nil {
			bad("feeds.%s: no contract of that kind; there are %s", kind, strings.Join(c.Kinds(), ", "))
		}
		if !f.Every.Known() && f.Every != "" {
			bad("feeds.%s.every: use %s", kind, everyNames())
		}
		for i, sup := range f.Suppliers {
			contract := c.Contracts[kind]
			switch {
			case FoldName(sup.Name) == "" || sup.Replaces != ReplacesNone && sup.Replaces != ReplacesPeriod:
				bad("feeds.%s.suppliers: entry %d wants gegevensleverancier, as the delivery notes name it, and replaces (none or period)", kind, i+1)
			case contract != nil && contract.Period == nil && sup.Replaces == ReplacesPeriod:
				bad("feeds.%s.suppliers: entry %d: lines of this kind have no date, so nothing can be replaced by period", kind, i+1)
			}
		}
		for i := range f.Coverage {
			cov := &f.Coverage[i]
			normal, ok := NormalGemeente(cov.Gemeente)
			from, err1 := time.Parse(time.DateOnly, cov.From)
			to, err2 := time.Parse(time.DateOnly, cov.To)
			if !ok || err1 != nil || err2 != nil || to.Before(from) {
				bad("feeds.%s.coverage: entry %d wants gemeentecode, periode_van and periode_tot (JJJJ-MM-DD, not reversed)", kind, i+1)
				continue
			}
			cov.Gemeente = normal
			switch contract := c.Contracts[kind]; { // rules 64
			case from.Year() < 1900 || to.Year() > 2199:
				bad("feeds.%s.coverage: entry %d: want days from 1900 to 2199", kind, i+1)
			case contract != nil && slices.Contains(contract.CeilingDates, cov.To):
				bad("feeds.%s.coverage: entry %d: %s is no day but says for ever; want the last day that is covered", kind, i+1, cov.To)
			}
		}
	}
	c.validateEngine(bad)
	s.Notify.validate(bad)
	c.validateJobs(bad)
	c.validateSignals(bad)
	errs = append(errs, c.validateDomeinen()...)
	for i, p := range c.Prices.Prices {
		if contract := c.Contracts[p.Kind]; contract == nil || !contract.HasCost(Geprijsd) {
			bad("config/prices.yaml: prices: entry %d: no model prices kind %q: its contract has no cost with grondslag: geprijsd", i+1, p.Kind)
		}
	}
	return errors.Join(errs...)
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
