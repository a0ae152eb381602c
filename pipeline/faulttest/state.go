package faulttest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// Tree is the SHA-256 of every file below a folder, by name with slashes; a folder without files is in it with an empty hash.
type Tree map[string]string

// ReadTree reads a folder; one that is not there is empty.
func ReadTree(dir string) (Tree, error) {
	out := Tree{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && p == dir {
			return fs.SkipAll
		}
		if err != nil || p == dir {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			out[filepath.ToSlash(rel)] = ""
			return nil
		}
		data, err := os.ReadFile(p)
		out[filepath.ToSlash(rel)] = digest(data)
		return err
	})
	for _, name := range slices.Collect(maps.Keys(out)) {
		delete(out, path.Dir(name)) // a folder that holds something
	}
	return out, err
}

func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Differs is the first name, in order, that is not the same in both; "" when all are.
func (t Tree) Differs(other Tree) string {
	names := maps.Clone(t)
	maps.Copy(names, other)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		a, ok := t[name]
		if b, also := other[name]; a != b || ok != also {
			return name
		}
	}
	return ""
}

// State is a data folder of which it is known what a run makes of it: the inbox as it was delivered, and what a run without a fault made of it in
// another folder.
type State struct {
	Inbox Tree
	Done  string // data folder of the run without a fault
}

// Sound says what is wrong with a data folder in which a run was cut off; nil when nothing is. The inbox is as it was, every extract in the lake is what a
// run without a fault makes of it, every run in place is whole, and latest names one of these, or is not there.
func (s State) Sound(data string) error {
	l := &lake.Lake{Root: data}
	inbox, err := ReadTree(l.Inbox())
	if err != nil {
		return err
	}
	if name := inbox.Differs(s.Inbox); name != "" {
		return fmt.Errorf("inbox/%s is not as it was delivered", name)
	}
	if err := s.lake(data); err != nil {
		return err
	}
	ids, err := l.Runs()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := Whole(l.Run(id)); err != nil {
			return fmt.Errorf("run %s: %w", id, err)
		}
	}
	latest, err := os.ReadFile(filepath.Join(data, "latest"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if id := strings.TrimSpace(string(latest)); err == nil && !slices.Contains(ids, id) {
		err = fmt.Errorf("latest names %q, which is not in place", id)
	}
	return err
}

// lake holds the extracts that are in place to those of the run without a fault; some may not be there yet. Lists and keys may be there of an extract
// that is not: they count for nothing.
func (s State) lake(data string) error {
	done, err := readBoth(s.Done)
	if err != nil {
		return err
	}
	here, err := readBoth(data)
	if err != nil {
		return err
	}
	for name, sum := range here {
		if want, ok := done[name]; sum != "" && (!ok || want != sum) {
			return fmt.Errorf("%s is not what a run makes of it", name)
		}
		if path.Base(name) != "extract.json" {
			continue
		}
		dir := path.Dir(name)
		kind, sha256 := path.Base(path.Dir(dir)), path.Base(dir)
		for file := range done {
			with := strings.HasPrefix(file, dir+"/") || file == "lake/persoon/"+kind+"-"+sha256+".parquet" || file == "quarantine/"+kind+"/"+sha256+".parquet"
			if with && here[file] != done[file] {
				return fmt.Errorf("%s is not there, and the extract is in place", file)
			}
		}
	}
	return nil
}

// readBoth are the files of lake and quarantine, without what is being made.
func readBoth(data string) (Tree, error) {
	out := Tree{}
	for _, root := range []string{"lake", "quarantine"} {
		files, err := ReadTree(filepath.Join(data, root))
		if err != nil {
			return nil, err
		}
		for name, sum := range files {
			if !strings.HasPrefix(name, ".staging") {
				out[root+"/"+name] = sum
			}
		}
	}
	return out, nil
}

// Whole says what a published run misses of what its manifest names; nil when nothing.
func Whole(f lake.Folder) error {
	m, _, err := readManifest(f)
	if err != nil {
		return err
	}
	want := []control.Output{{File: lake.JournalName, Sha256: m.Journal}}
	for _, o := range append(want, m.Outputs...) {
		if _, sum, err := control.HashFile(f.File(o.File)); err != nil || sum != o.Sha256 {
			return fmt.Errorf("%s is not what its manifest says (%v)", o.File, err)
		}
	}
	return nil
}

// readManifest reads a manifest, and gives the bytes it would have without what differs from one execution to the next.
func readManifest(f lake.Folder) (m control.Manifest, same []byte, err error) {
	data, err := os.ReadFile(f.Manifest())
	if err != nil {
		return m, nil, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, nil, fmt.Errorf("manifest: %w", err)
	}
	again := m
	again.Execution = control.Execution{}
	same, err = again.JSON()
	return m, same, err
}

// Equal says where a data folder, after a run that was not disturbed, differs from that of the run without a fault; nil when every byte of lake,
// quarantine and runs is the same, latest as well, and nothing is left in staging. Of manifests the times are not looked at.
func (s State) Equal(data string) error {
	if err := s.Sound(data); err != nil {
		return err
	}
	for _, root := range []string{"lake", "quarantine", "runs", "latest"} {
		want, err := ReadTree(filepath.Join(s.Done, root))
		if err != nil {
			return err
		}
		got, err := ReadTree(filepath.Join(data, root))
		if err != nil {
			return err
		}
		for name := range want {
			if path.Base(name) != lake.ManifestName {
				continue
			}
			_, a, errA := readManifest(lake.Folder(filepath.Join(s.Done, root, path.Dir(name))))
			_, b, errB := readManifest(lake.Folder(filepath.Join(data, root, path.Dir(name))))
			if err := errors.Join(errA, errB); err != nil {
				return err
			}
			if !bytes.Equal(a, b) {
				return fmt.Errorf("%s/%s says something else", root, name)
			}
			delete(want, name)
			delete(got, name)
		}
		if name := got.Differs(want); name != "" {
			return fmt.Errorf("%s/%s is not what a run without a fault gives", root, name)
		}
	}
	a, errA := os.ReadFile(filepath.Join(s.Done, "latest"))
	b, errB := os.ReadFile(filepath.Join(data, "latest"))
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if !bytes.Equal(a, b) {
		return errors.New("latest names another run")
	}
	return nil
}
