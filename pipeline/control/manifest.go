// Package control holds what lets a run be checked afterwards: the manifest of everything that went in and came out, and
// digests that do not depend on the engine that wrote a file.
package control

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"strings"
	"sync"

	"stapel/transforms"
)

// Manifest says what a run was made from and what it made. Equal inputs give an equal manifest but for Execution.
type Manifest struct {
	RunID     string            `json:"run_id"`
	Version   string            `json:"versie"`
	Binary    string            `json:"programma_sha256"`
	Engine    string            `json:"engine"`
	Go        string            `json:"go"`
	Platform  string            `json:"platform"`
	Config    string            `json:"configuratie_sha256"`
	Settings  string            `json:"instellingen_sha256"`    // of those in effect that can change a figure
	Files     []ConfigFile      `json:"configuratie_bestanden"` // all but stapel.yaml, whose content is in the settings
	Contracts []Contract        `json:"contracten"`             // of the kinds that were delivered, with the code lists in them
	Key       string            `json:"sleutel"`                // fingerprint, not the key
	Peildatum string            `json:"peildatum"`
	PeilBasis Basis             `json:"peildatum_door"`
	Windows   map[string]string `json:"vensters"` // T0 -> van..tot, half-open
	Gemeenten []string          `json:"gemeenten"`
	Inputs    []Input           `json:"invoer"`
	Lotteries []Lottery         `json:"lotingen,omitempty"`       // draws that were kept before this run
	Plans     []Plan            `json:"analyseplannen,omitempty"` // frozen before the end of the peildatum
	Prelude   string            `json:"prelude_sha256"`           // of the functions that the SELECTs of models call and that engines do not share
	Lake      []Held            `json:"lake"`                     // files of the lake and of the quarantine that the run stood on
	Models    []Model           `json:"modellen"`
	Checks    []CheckResult     `json:"controles"`
	Outputs   []Output          `json:"uitvoer"`
	Journal   string            `json:"journaal_sha256"`    // of journal.jsonl
	Released  []Release         `json:"vrijgave,omitempty"` // what disclosure control did; none of a run without reports
	Execution Execution         `json:"uitvoering"`
}

// ID is the id of a run that was made of what the manifest says: equal extracts, configuration, key and program give an equal id. until is where it
// stopped, synthetic whether it was on the sample.
func (m *Manifest) ID(until string, synthetic bool) (string, error) {
	identity, err := json.Marshal([]any{m.Binary, m.Version, m.Platform, m.Config, m.Key, m.Peildatum, m.Gemeenten, m.Inputs, m.Lotteries, m.Plans,
		until, synthetic})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(identity)
	return m.Peildatum + "-" + hex.EncodeToString(sum[:6]), nil
}

// Held is a file of the lake or of the quarantine: a part, a record, a piece of the key table, or a list of lines in quarantine.
type Held struct {
	File   string `json:"bestand"` // below the data folder, with slashes
	Bytes  int64  `json:"bytes"`
	Sha256 string `json:"sha256"`
}

// ConfigFile is a file of the configuration in effect.
type ConfigFile struct {
	File   string `json:"bestand"`
	Origin string `json:"herkomst"` // ingebouwd or eigen
	Sha256 string `json:"sha256"`
}

// Contract is the contract that the files of a kind were read by; its code lists stand in the same file.
type Contract struct {
	Kind   string `json:"kind"`
	File   string `json:"bestand"`
	Sha256 string `json:"sha256"`
}

// Basis says what the peildatum rests on (rules 68).
type Basis struct {
	Set     bool       `json:"ingesteld,omitempty"`  // run.peildatum says it
	Parts   []BasisFor `json:"bronnen,omitempty"`    // per required kind and gemeente
	Without string     `json:"zonder_ook,omitempty"` // what it would be without those that held it; empty when nothing did
	Gone    []string   `json:"opgeheven,omitempty"`  // gemeenten of the run without inhabitants, which take no part
}

// BasisFor is the last whole month that a required kind covers for a gemeente.
type BasisFor struct {
	Kind     string `json:"kind"`
	Gemeente string `json:"gemeentecode"`
	Until    string `json:"laatste_hele_maand,omitempty"` // JJJJ-MM; empty: none
	Held     bool   `json:"hield_tegen,omitempty"`        // does not cover the month after the peildatum, while others do
}

// Lottery is a draw that effects are estimated by.
type Lottery struct {
	ID     string `json:"loting"`
	Sha256 string `json:"sha256"` // of its file
}

// Plan is an analysis plan that verdicts refer to.
type Plan struct {
	ID     string `json:"analyseplan"` // SHA-256 of the plan
	On     string `json:"vastgelegd"`
	Sha256 string `json:"bestand_sha256"`
}

// Input is one delivered file.
type Input struct {
	Kind        string `json:"kind"`
	File        string `json:"bestand"`
	Sha256      string `json:"sha256"`
	Bytes       int64  `json:"bytes"`
	NoteSha256  string `json:"levering_sha256,omitempty"`
	Status      string `json:"status"`
	Lines       int64  `json:"regels"`
	Accepted    int64  `json:"geaccepteerd"`
	Quarantined int64  `json:"quarantaine"`
	CountedCt   int64  `json:"bedrag_ct"`
	// Of a file that was not accepted, whose record the lake does not have: its delivery note as it was read, why it was refused, and what was read of it.
	Note    json.RawMessage `json:"leveringsbrief,omitempty"`
	Refusal json.RawMessage `json:"weigering,omitempty"`
	Extract json.RawMessage `json:"extract,omitempty"`
}

// Model is one model as it was run. Sha256 is of the file of a SELECT, and of all the code that a model in Go may call. File hashes change with the engine's version, the row digest does not.
type Model struct {
	Name      string           `json:"naam"`
	Layer     string           `json:"laag"`
	Level     transforms.Level `json:"niveau,omitempty"`
	Sha256    string           `json:"sql_sha256"`
	Rows      int64            `json:"rijen"`
	File      string           `json:"bestand_sha256,omitempty"`
	RowDigest string           `json:"rijen_sha256,omitempty"`
	Writer    string           `json:"schrijver,omitempty"` // what wrote the file; another one writes other bytes of the same rows
}

// CheckResult is the outcome of one check: violations of rows looked at.
type CheckResult struct {
	Name        string   `json:"naam"`
	Severity    string   `json:"ernst"`
	Violations  int64    `json:"teller"`
	Denominator int64    `json:"noemer"`
	Threshold   int64    `json:"drempel"`
	OK          bool     `json:"goed"`
	Sentence    string   `json:"zin"`
	Details     []string `json:"gevonden,omitempty"` // the first violations, one sentence each
	Reason      string   `json:"waarom"`
}

// Release is what disclosure control did with one table: what it hid is not in it.
type Release struct {
	Table     string         `json:"tabel"`
	Moment    string         `json:"moment"`
	Status    string         `json:"status"` // vrij, vergroofd or geweigerd
	Reason    string         `json:"reden,omitempty"`
	Rules     map[string]int `json:"regels,omitempty"` // cells by rule
	Cells     int            `json:"cellen"`
	Primary   int            `json:"primair"`
	Secondary int            `json:"secundair"`
	Rounded   int            `json:"afgerond"`
	Proven    bool           `json:"bewezen"`
	Solver    string         `json:"oplosser,omitempty"`
}

// Output is one file of the run.
type Output struct {
	File      string           `json:"bestand"`
	Level     transforms.Level `json:"niveau"`
	Bytes     int64            `json:"bytes"`
	Sha256    string           `json:"sha256"`
	RowDigest string           `json:"rijen_sha256,omitempty"` // of a table; see RowDigest
}

// Execution is what differs from one execution to the next.
type Execution struct {
	Started  string  `json:"gestart"`
	Finished string  `json:"klaar"`
	Seconds  float64 `json:"seconden"`
	Threads  int     `json:"threads"` // that the engine was given; 0: as many as there are processors
	Stages   []Stage `json:"stappen"`
	Signer   string  `json:"ondertekensleutel,omitempty"` // kenmerk of the key that signs; empty: nobody does
	Logs     []Log   `json:"logboeken,omitempty"`         // as far as they were
	Reuse    *Reuse  `json:"hergebruik,omitempty"`        // nil where nothing of earlier runs could be used
}

// Reuse is what a run took from earlier ones instead of making it again: the bytes are those that it would have made.
type Reuse struct {
	Tables  int      `json:"tabellen"`          // that were not made again
	Counts  int      `json:"tellingen"`         // of checks that were not made again
	Counted int      `json:"geteld"`            // and that were
	Made    []Remade `json:"gemaakt,omitempty"` // tables that were made
}

// Remade is a table that was made, and because of which tables that it reads.
type Remade struct {
	Name    string   `json:"naam"`
	Because []string `json:"omdat"`
	Same    bool     `json:"gelijk_gebleven,omitempty"` // its bytes are those of the last run, so that who reads it need not be made again
	Parts   []string `json:"delen,omitempty"`           // those of its parts that were; none: all
}

// Log is how far a log of the data folder was: what comes later is added after these bytes.
type Log struct {
	File   string `json:"bestand"`
	Lines  int64  `json:"regels"`
	Bytes  int64  `json:"bytes"`
	Sha256 string `json:"sha256"`
}

// Stage is the time a stage took.
type Stage struct {
	Name    string  `json:"naam"`
	Seconds float64 `json:"seconden"`
}

// Differs is the first output of a run that a repeated one did not give again, "" when all are there: the same bytes, or, of a mart that an engine
// wrote whose bytes are its own, the same rows. A mart's rows are read in the files of the run, which folder has, whatever its manifest says of them.
func (m *Manifest) Differs(again *Manifest, folder func(file string) string) string {
	if len(m.Outputs) != len(again.Outputs) {
		return "the number of outputs"
	}
	for i, was := range m.Outputs {
		is := again.Outputs[i]
		if was == is {
			continue
		}
		x, y := m.mart(was.Sha256), again.mart(is.Sha256)
		if was.File != is.File || was.Level != is.Level || x == nil || y == nil || repeats(x.Writer) && repeats(y.Writer) {
			return was.File
		}
		if rows, err := RowDigest(folder(was.File)); err != nil || rows != y.RowDigest {
			return was.File
		}
	}
	return ""
}

// repeats is true of a writer that writes the same bytes of the same rows every time. One of several nodes need not.
func repeats(writer string) bool { return strings.HasPrefix(writer, "duckdb ") }

// mart is the model whose file has these bytes.
func (m *Manifest) mart(sha256 string) *Model {
	for i := range m.Models {
		if m.Models[i].File == sha256 {
			return &m.Models[i]
		}
	}
	return nil
}

// JSON is the manifest as it is written.
func (m *Manifest) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(m, "", "  ")
	return append(data, '\n'), err
}

// Program is the hash of the program, which stays the same while it runs.
var Program = sync.OnceValues(func() (string, error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	_, sum, err := HashFile(exe)
	return sum, err
})

// HashFile returns the size and SHA-256 of a file.
func HashFile(name string) (size int64, sum string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
