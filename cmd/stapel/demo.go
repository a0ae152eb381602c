package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"stapel/pipeline"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	sampledata "stapel/sample-data"
)

func newDemo(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Run on the built-in synthetic sample",
		Long: `Puts the built-in sample of about 1.500 synthetic households in the inbox of a data folder of its own (./data-demo, unless --data
names another) and runs on it, with a public demo key. A data folder whose inbox holds anything else is refused, and so is the demo
key for any other inbox, and the sample under any other key. To look at the demo with another command, give that --data data-demo.

EXIT STATUS
  0    done
  1    failed
  2    the inbox holds other files than the sample
  5    checks failed, nothing was published
  11   another run holds the lock
  12   a run with this id was published before with other bytes
  130  interrupted, nothing was published`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("data") {
				g.data = demoData
			}
			if err := layOutSample(g.data); err != nil {
				return err
			}
			return g.execute(cmd.Context(), pipeline.Options{Secret: sampledata.DemoKey[:]}, nil)
		},
	}
}

// demoData is the data folder of the demo: apart from that of one's own extracts.
const demoData = "data-demo"

var errNotSample = &exit.Error{Code: exit.Usage, Err: errors.New("the inbox holds files that are not of the sample"),
	Remedy: "the demo key protects nobody: use `stapel run` with a key of your own, or another --data for the demo"}

// layOutSample writes the sample to the inbox, unless it is there. Anything else in the inbox is refused before a byte is
// written.
func layOutSample(data string) error {
	inbox := filepath.Join(data, "inbox")
	sample := sampledata.Inbox()
	err := filepath.WalkDir(inbox, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(inbox, p)
		if err != nil {
			return err
		}
		want, err := fs.ReadFile(sample, filepath.ToSlash(rel))
		if err != nil {
			return errNotSample
		}
		got, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		if string(got) != string(want) {
			return errNotSample
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	l := &lake.Lake{Root: data}
	work, err := l.Work("demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	return fs.WalkDir(sample, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(sample, p)
		if err != nil {
			return err
		}
		part := filepath.Join(work, "deel") // half a file in the inbox would be taken for somebody else's
		if err := lake.WriteFile(part, data); err != nil {
			return err
		}
		return lake.Rename(part, filepath.Join(inbox, filepath.FromSlash(p)))
	})
}

// acceptOwn refuses files of the sample: its pseudonyms are those of the demo, so that a run under another key would take persons who do not
// exist for some who do.
func acceptOwn(files []pipeline.Delivered) error {
	of := map[string]bool{}
	err := fs.WalkDir(sampledata.Inbox(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := sampledata.Unpacked(name)
		sum := sha256.Sum256(data)
		of[hex.EncodeToString(sum[:])] = true
		return err
	})
	if err != nil {
		return err
	}
	for _, f := range files {
		if of[f.Sha256] {
			return exit.Misuse("take the files of the sample out of the inbox; `stapel demo` runs on them, in a folder of its own",
				"%s/%s is a file of the sample, whose households do not exist", f.Kind, f.Name)
		}
	}
	return nil
}

// acceptSample refuses any delivery that is not, byte for byte, one of the sample's.
func acceptSample(files []pipeline.Delivered) error {
	for _, f := range files {
		data, err := sampledata.Unpacked(path.Join(f.Kind, f.Name))
		if err != nil {
			return errNotSample
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.Sha256 {
			return errNotSample
		}
	}
	return nil
}
