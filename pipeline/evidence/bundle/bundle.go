// Package bundle gathers what an external accountant needs of a run in one encrypted file, and checks what came out of one without the data folder, the
// project key or the engine. Of households only those that drawn lines belong to are in it.
package bundle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"stapel/pipeline/access"
	"stapel/pipeline/evidence/archive"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
)

// What lies where in a bundle, beside the folder of the run.
const (
	inventoryFile = "bundel.json"
	readmeFile    = "LEESMIJ.txt"
	configFolder  = "configuratie"
	pageFolder    = "uitleg"
	sampleFolder  = "steekproef"
	linesTable    = "regels"
	sourceFolder  = sampleFolder + "/bron"
)

const (
	inventorySort   = "stapel bundel"
	inventoryFormat = 1
)

// Inventory is what a bundle says of itself. It has no time and names nobody, so that equal input gives an equal bundle.
type Inventory struct {
	Sort      string   `json:"soort"`
	Format    int      `json:"formaat"`
	Run       string   `json:"run_id"`
	Peildatum string   `json:"peildatum"`
	Files     []Packed `json:"bestanden"`
	Draws     []string `json:"steekproeven"` // trekking_sha256 of each
	LeftOut   []Left   `json:"weggelaten"`
}

// Packed is a file of the bundle; the inventory itself is not among them.
type Packed struct {
	File   string `json:"bestand"`
	Bytes  int64  `json:"bytes"`
	Sha256 string `json:"sha256"`
}

// Left is what is not in the bundle, and why.
type Left struct {
	What  string   `json:"wat"` // Dutch
	Why   string   `json:"waarom"`
	Files []string `json:"bestanden,omitempty"` // of the run, as its manifest names them
}

// Options say what to bundle, for whom, and why.
type Options struct {
	Data    string
	Run     string // run id; empty: the latest
	Why     string // logged before anything is written
	Out     string // the encrypted file, which is not there yet
	To      []string
	Samples []string // draws of the run's accountant folder by the first twelve digits, or files; none: all that lie there
	Load    published.Load
}

// Made is a bundle that was written.
type Made struct {
	Run        string   `json:"run_id"`
	File       string   `json:"bestand"`
	Files      int      `json:"bestanden"`
	Bytes      int64    `json:"inhoud_bytes"`
	Sha256     string   `json:"inhoud_sha256"` // of the archive before it was encrypted; equal input gives an equal one
	Sealed     string   `json:"versleuteld_sha256"`
	To         []string `json:"gegeven_aan"`
	Draws      []string `json:"steekproeven"`
	Lines      int      `json:"regels"`
	Households int      `json:"huishoudens"`
	LeftOut    int      `json:"weggelaten"` // files of the run
}

// Make writes a bundle. It refuses when verification of the run finds a difference.
func Make(ctx context.Context, opt Options) (*Made, error) {
	why, err := access.Because(opt.Why, "a bundle holds source lines of samples, and figures that were not through disclosure control")
	if err != nil {
		return nil, err
	}
	to, err := archive.Recipients(opt.To)
	if err != nil {
		return nil, err
	}
	if err := fresh(opt); err != nil {
		return nil, err
	}
	run, lock, err := published.Hold(opt.Data, opt.Run, false)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	if err := verified(ctx, run, opt); err != nil {
		return nil, err
	}
	c := &contents{run: run, opt: opt}
	if err := c.collect(ctx); err != nil {
		return nil, stopped(ctx, err)
	}
	m := &Made{Run: run.ID(), File: opt.Out, Files: len(c.entries), Draws: c.inventory.Draws, Lines: c.drawnLines, Households: c.households, LeftOut: c.leftOut()}
	for _, r := range to {
		m.To = append(m.To, r.Name)
	}
	if m.Bytes, m.Sha256, err = archive.Sum(ctx, c.entries); err != nil {
		return nil, stopped(ctx, err)
	}
	if err := why.Log(opt.Data, access.Look{What: "bundle", Run: run.ID(), File: filepath.Base(opt.Out), Sha256: m.Sha256}); err != nil {
		return nil, err
	}
	if err := lake.WriteNewFrom(opt.Out, func(w io.Writer) (err error) {
		_, m.Sealed, err = archive.Seal(ctx, w, c.entries, to)
		return err
	}); err != nil {
		return nil, stopped(ctx, err)
	}
	if err := run.Lake.GaveOut(opt.Out, m.Sha256, m.To); err != nil {
		return nil, errors.Join(err, os.Remove(opt.Out)) // nothing leaves that is not written down
	}
	return m, nil
}

func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is bundled")}
	}
	return err
}

// fresh refuses a file that is there, and one in the data folder.
func fresh(opt Options) error {
	if opt.Out == "" {
		return exit.Misuse("name a file with --out", "it is not said where the bundle goes")
	}
	if _, err := os.Lstat(opt.Out); err == nil {
		return exit.Misuse("name another", "the file of --out is there already")
	}
	in, err := lake.Inside(opt.Data, opt.Out)
	if err == nil && in {
		err = exit.Misuse("name a file elsewhere", "the bundle would lie in the data folder")
	}
	return err
}

// verified refuses a run that is not what it was.
func verified(ctx context.Context, run *published.Run, opt Options) error {
	r, err := verify.Run(ctx, verify.Options{Data: opt.Data, Run: run.ID(), Load: opt.Load})
	if err != nil {
		return err
	}
	if n := verify.Differences(r.Findings); n > 0 {
		return &exit.Error{Code: exit.Difference, Err: fmt.Errorf("stapel verify finds differences in run %s: %d", run.ID(), n),
			Remedy: "nothing is bundled; `stapel verify` names them"}
	}
	return nil
}

// json is the inventory as it is written.
func (i *Inventory) json() ([]byte, error) {
	data, err := json.MarshalIndent(i, "", " ")
	return append(data, '\n'), err
}
