// Package reporttest has what tests of reports write into, and a run to write about.
package reporttest

import (
	"bytes"
	"io"
	"io/fs"
	"strings"
	"sync"

	"stapel/config"
	"stapel/reports"
)

// Dir is a reports.Dir in memory, of files without the folder of their report.
type Dir map[string]*bytes.Buffer

type file struct{ *bytes.Buffer }

func (file) Close() error { return nil }

// Create makes a file.
func (d Dir) Create(name string) (io.WriteCloser, error) {
	_, name, _ = strings.Cut(name, "/")
	d[name] = &bytes.Buffer{}
	return file{d[name]}, nil
}

// Run is a run of the built-in configuration.
func Run() reports.Run {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		panic(err)
	}
	run := reports.Of(cfg)
	run.ID, run.Versie, run.Peildatum, run.Gemeenten, run.Synthetisch = "20260115T060000-3f9c2a", "0.1.0", "2025-12-31", []string{"GM0855", "GM0824"}, true
	run.NietGezien = []string{"Wlz", "subsidies"}
	return run
}

// Recorder is a folder that notes what is opened.
type Recorder struct {
	fs.FS
	mu    sync.Mutex
	Names []string
}

// Open opens a file.
func (r *Recorder) Open(name string) (fs.File, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Names = append(r.Names, name)
	return r.FS.Open(name)
}
