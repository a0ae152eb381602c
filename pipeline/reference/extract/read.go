package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Read reads the files of these kinds of an inbox, plain and packed, each with its note.
func Read(inbox fs.FS, kinds ...string) (Set, error) {
	var out Set
	for _, kind := range kinds {
		for _, form := range []string{"*.csv", "*.csv.gz"} {
			files, err := fs.Glob(inbox, kind+"/"+form)
			if err != nil {
				return nil, err
			}
			for _, file := range files {
				d, err := readDelivery(inbox, kind, file)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", file, err)
				}
				out = append(out, d)
			}
		}
	}
	return out, nil
}

func readDelivery(inbox fs.FS, kind, file string) (*Delivery, error) {
	data, err := fs.ReadFile(inbox, file)
	if err != nil {
		return nil, err
	}
	name, packed := strings.CutSuffix(file, ".gz")
	if packed {
		r, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = io.ReadAll(r); err != nil {
			return nil, err
		}
	}
	d := &Delivery{Kind: kind, Name: strings.TrimSuffix(strings.TrimPrefix(name, kind+"/"), ".csv"), Data: data, packed: packed}
	if err := d.decode(); err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(inbox, file+".levering.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return d, nil
	}
	if err != nil {
		return nil, err
	}
	d.Note = &Note{}
	if err := yaml.Unmarshal(text, d.Note); err != nil {
		return nil, fmt.Errorf("note: %w", err)
	}
	return d, nil
}

// decode takes the lines out of the bytes.
func (d *Delivery) decode() error {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(d.Data, []byte("\xef\xbb\xbf"))))
	r.Comma, r.ReuseRecord = ';', true
	var header []string
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && header != nil:
			return nil
		case err != nil:
			return err
		case header == nil:
			header = append([]string{}, cells...)
			continue
		}
		l := make(Line, len(header))
		for i, n := range header {
			if cells[i] != "" {
				l[n] = strings.Clone(cells[i])
			}
		}
		nr, _ := r.FieldPos(0)
		d.Lines, d.at = append(d.Lines, l), append(d.at, nr)
	}
}
