// Package extract holds deliveries as lines of named cells, writes them as a supplier would deliver them, and reads them as they lie in
// an inbox: files and notes, nothing of what a rule makes of them. The slow references and their tests use it; no command does.
package extract

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"stapel/config"
)

// Line is one line by column; a column that is not there is an empty cell.
type Line map[string]string

// Note is what a delivery note says. Empty fields are left out of it.
type Note struct {
	ID          string `yaml:"levering_id,omitempty"`
	Supplier    string `yaml:"gegevensleverancier,omitempty"`
	Gemeenten   List   `yaml:"gemeentecode,omitempty"`
	From        string `yaml:"periode_van,omitempty"` // JJJJ-MM-DD
	To          string `yaml:"periode_tot,omitempty"` // last day
	Made        string `yaml:"aangemaakt,omitempty"`  // JJJJ-MM-DD, or with a time and a zone
	AllInsurers string `yaml:"alle_verzekeraars,omitempty"`
	Uzovi       List   `yaml:"uzovi,omitempty"`
}

// List is a value of a note that is one text or a list of them.
type List []string

// UnmarshalYAML reads either, every text as it is written.
func (l *List) UnmarshalYAML(n *yaml.Node) error {
	*l = nil
	nodes := n.Content
	if n.Kind == yaml.ScalarNode {
		nodes = []*yaml.Node{n}
	}
	for _, x := range nodes {
		if x.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: a text or a list of them was expected", x.Line)
		}
		*l = append(*l, x.Value)
	}
	return nil
}

// Delivery is one file with its note, if there is one.
type Delivery struct {
	Kind  string
	Name  string // without .csv
	Note  *Note
	Lines []Line
	Data  []byte // what was written or read, unpacked

	packed bool
	at     []int // physical lines of what was read
}

// File is the file's name as marts show it.
func (d *Delivery) File() string {
	if d.packed {
		return d.Kind + "/" + d.Name + ".csv.gz"
	}
	return d.Kind + "/" + d.Name + ".csv"
}

// At is the physical line of Lines[i]: what is made has no cell over two lines.
func (d *Delivery) At(i int) int {
	if d.at == nil {
		return i + 2
	}
	return d.at[i]
}

// Sha is the hash of the bytes, in hexadecimal digits.
func (d *Delivery) Sha() string {
	sum := sha256.Sum256(d.Data)
	return hex.EncodeToString(sum[:])
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
			return fmt.Errorf("%s: a line has a column that the contract does not", d.File())
		}
		rows = append(rows, row)
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	d.Data, d.packed, d.at = b.Bytes(), false, nil
	return nil
}
