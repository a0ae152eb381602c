// Package extract holds extracts as lines of named cells, writes them as a supplier would deliver them, and reads them back.
// The slow references and their tests use it: what they compute from is what the pipeline reads. No command does.
package extract

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// Line is one line by column; a column that is not there is an empty cell.
type Line map[string]string

// Note is what a delivery note says. Empty fields are left out of it.
type Note struct {
	ID          string   `yaml:"levering_id,omitempty"`
	Supplier    string   `yaml:"gegevensleverancier,omitempty"`
	Gemeenten   []string `yaml:"gemeentecode,omitempty"`
	From        string   `yaml:"periode_van,omitempty"` // JJJJ-MM-DD
	To          string   `yaml:"periode_tot,omitempty"` // last day
	Made        string   `yaml:"aangemaakt,omitempty"`  // JJJJ-MM-DD
	AllInsurers string   `yaml:"alle_verzekeraars,omitempty"`
	Uzovi       []string `yaml:"uzovi,omitempty"`
}

// Delivery is one file with its note, if there is one. Line i of Lines is physical line i + 2.
type Delivery struct {
	Kind  string
	Name  string // without .csv
	Note  *Note
	Lines []Line
	Data  []byte // what was written or read
}

// Bestand is the file's name as marts show it.
func (d *Delivery) Bestand() string { return d.Kind + "/" + d.Name + ".csv" }

// Levering is the number of the delivery: the first 63 bits of the hash of its bytes.
func (d *Delivery) Levering() int64 {
	sum := sha256.Sum256(d.Data)
	n := uint64(0)
	for _, b := range sum[:8] {
		n = n<<8 | uint64(b)
	}
	return int64(n >> 1)
}

// Set is a whole inbox.
type Set []*Delivery

// Write writes the set below dir/inbox, with the columns of each kind's contract, and keeps the bytes.
func (s Set) Write(dir string, cfg *config.Config) error {
	for _, d := range s {
		contract := cfg.Contracts[d.Kind]
		if contract == nil {
			return fmt.Errorf("no contract of kind %s", d.Kind)
		}
		if err := d.encode(contract); err != nil {
			return err
		}
		folder := filepath.Join(dir, "inbox", d.Kind)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
		file := filepath.Join(folder, d.Name+".csv")
		if err := os.WriteFile(file, d.Data, 0o600); err != nil {
			return err
		}
		if d.Note == nil {
			continue
		}
		note, err := yaml.Marshal(d.Note)
		if err != nil {
			return err
		}
		if err := os.WriteFile(file+".levering.yaml", note, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// encode writes an input: a cell is what it is, also when a spreadsheet would run it.
func (d *Delivery) encode(contract *config.Contract) error {
	var names []string
	for _, c := range contract.Columns {
		names = append(names, c.Name)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	rows := [][]string{names}
	for _, l := range d.Lines {
		row := make([]string, len(names))
		used := 0
		for i, n := range names {
			v, ok := l[n]
			if row[i] = v; ok {
				used++
			}
		}
		if used != len(l) {
			return fmt.Errorf("%s: a line has a column that the contract does not", d.Bestand())
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	d.Data = b.Bytes()
	return nil
}

// Read reads the files of these kinds of an inbox: plain CSV files with their notes, no cell over two lines.
func Read(dir string, kinds ...string) (Set, error) {
	var out Set
	err := filepath.WalkDir(filepath.Join(dir, "inbox"), func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(file, ".csv") || !slices.Contains(kinds, filepath.Base(filepath.Dir(file))) {
			return err
		}
		d := &Delivery{Kind: filepath.Base(filepath.Dir(file)), Name: strings.TrimSuffix(filepath.Base(file), ".csv")}
		if d.Data, err = os.ReadFile(file); err != nil {
			return err
		}
		r := csv.NewReader(bytes.NewReader(d.Data))
		r.Comma = ';'
		header, err := r.Read()
		if err != nil {
			return fmt.Errorf("%s: %w", d.Bestand(), err)
		}
		r.ReuseRecord = true
		header = slices.Clone(header)
		for {
			cells, err := r.Read()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("%s: %w", d.Bestand(), err)
			}
			l := make(Line, len(header))
			for i, n := range header {
				if cells[i] != "" {
					l[n] = strings.Clone(cells[i])
				}
			}
			d.Lines = append(d.Lines, l)
		}
		note, err := os.ReadFile(file + ".levering.yaml")
		if err == nil {
			d.Note = &Note{}
			err = yaml.Unmarshal(note, d.Note)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s: note: %w", d.Bestand(), err)
		}
		out = append(out, d)
		return nil
	})
	return out, err
}
