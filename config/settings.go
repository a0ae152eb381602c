package config

import (
	"fmt"
	"strings"

	"github.com/spf13/viper"
)

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
