// Package estimator runs one estimator of transforms/estimate on the columns of a CSV file, so that who checks a figure can hold it to another program.
// An estimator is a file here, which registers a name, the columns and options it takes, and what it comes to; the rest is the same for all.
package estimator

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"stapel/config"
	"stapel/pipeline/exit"
)

// Options are what is asked.
type Options struct {
	Name    string // of the estimator
	CSV     string // file with the data
	Spec    string // file with the spec
	Version string // of stapel, for the document
}

// Document is what an estimator comes to, with all that one needs to repeat it. Keys are in Dutch: it is read by who checks a report.
type Document struct {
	Estimator string `json:"schatter"`
	Version   string `json:"versie"`
	Input     Input  `json:"invoer"`
	Options   any    `json:"opties"` // as they were used, defaults filled in
	Result    any    `json:"uitkomst"`
}

// Input is what was read.
type Input struct {
	CSV        string            `json:"csv"` // name without folder
	CSVSha256  string            `json:"csv_sha256"`
	Rows       int               `json:"regels"` // below the header
	Spec       string            `json:"spec"`
	SpecSha256 string            `json:"spec_sha256"`
	Columns    map[string]string `json:"kolommen"` // role to column
}

// MaxBytes is the most that a CSV may have.
const MaxBytes = 256 << 20

// registered is an estimator: what it is, its empty spec, and how it runs on what a spec and a CSV hold.
type registered struct {
	doc  string
	keys func() any // an empty spec, to see its keys
	run  func(spec Options, specText, csvText []byte) (*Document, error)
}

var registry = map[string]registered{}

// file is the spec of an estimator with columns K and options O, both structs of named texts, numbers and lists.
type file[K, O any] struct {
	Estimator string `yaml:"schatter"` // must be that of the command, where it is given
	CSV       form   `yaml:"csv"`
	Columns   K      `yaml:"kolommen"`
	Options   O      `yaml:"opties"`
}

// register adds an estimator. run reads columns with c, says the options that it used in o, and gives the result, of which keys are in Dutch.
// It returns true, so that a file can register at the level of the package.
func register[K, O any](name, doc string, run func(c *columns, k K, o *O) (any, error)) bool {
	if _, ok := registry[name]; ok {
		panic("estimator: two by the name of " + name)
	}
	registry[name] = registered{doc, func() any { return file[K, O]{} }, func(opt Options, specText, csvText []byte) (*Document, error) {
		var spec file[K, O]
		if err := config.Decode(opt.Spec, specText, &spec); err != nil {
			return nil, &exit.Error{Code: exit.Usage, Err: err}
		}
		if spec.Estimator != "" && spec.Estimator != name {
			return nil, exit.Misuse("name the estimator that the spec is for", "%s is for estimator %s", opt.Spec, spec.Estimator)
		}
		c, err := readColumns(opt, csvText, spec.CSV)
		if err != nil {
			return nil, err
		}
		result, err := run(c, spec.Columns, &spec.Options)
		if err == nil {
			err = c.err
		}
		if err == nil {
			err = printable(result)
		}
		if err != nil {
			return nil, refused(opt, err)
		}
		return &Document{Estimator: name, Version: opt.Version, Options: spec.Options, Result: result, Input: Input{
			CSV: filepath.Base(opt.CSV), CSVSha256: sum(csvText), Rows: len(c.rows), Spec: filepath.Base(opt.Spec), SpecSha256: sum(specText), Columns: c.used}}, nil
	}}
	return true
}

// refused is an error of an estimator, which says what it saw in the data, as one of the command.
func refused(opt Options, err error) error {
	if _, ok := err.(*exit.Error); ok {
		return err
	}
	return exit.Misuse("look at the columns and options in the spec, and at the data", "%s: nothing can be estimated of this: %v", opt.CSV, err)
}

// printable is an error when a result holds a number that is none, or without end: what comes to that was too large to reckon with.
func printable(result any) error {
	_, err := json.Marshal(result)
	var none *json.UnsupportedValueError
	if errors.As(err, &none) {
		return errors.New("numbers are so large, or so unlike, that a result is no number")
	}
	return err
}

// Names are the estimators there are, in order.
func Names() []string { return slices.Sorted(maps.Keys(registry)) }

// Doc says in one line what an estimator is.
func Doc(name string) string { return registry[name].doc }

// Run runs an estimator. Errors are of the command, and name the file, the line and the column, never what a cell holds.
func Run(opt Options) (*Document, error) {
	r, ok := registry[opt.Name]
	if !ok {
		return nil, exit.Misuse("the estimators are "+strings.Join(Names(), ", "), "there is no estimator %s", opt.Name)
	}
	if opt.CSV == "" || opt.Spec == "" {
		return nil, exit.Misuse("name the data with --csv, and the file that names its columns and options with --spec", "an estimator needs data and a spec")
	}
	specText, err := read(opt.Spec, config.MaxFileBytes)
	if err != nil {
		return nil, err
	}
	csvText, err := read(opt.CSV, MaxBytes)
	if err != nil {
		return nil, err
	}
	return r.run(opt, specText, csvText)
}

func read(name string, most int64) ([]byte, error) {
	data, err := config.ReadFile(name, most)
	var system syscall.Errno
	switch {
	case errors.As(err, &system):
		return nil, exit.Misuse("name a file that can be read", "%s: there is no file there that can be read", name)
	case err != nil:
		return nil, exit.Misuse("name a file that can be read", "%s: nothing can be read of this: %v", name, err)
	}
	return data, nil
}

func sum(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

// misfit is an option that is out of its range.
func misfit(option, want string) error { return fmt.Errorf("option %s: %s", option, want) }
