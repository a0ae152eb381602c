package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"stapel/pipeline/evidence/bundle"
	"stapel/pipeline/exit"
)

// tamperCmd is the command `tamper DIR`: it changes and takes away files of a bundle that was unpacked, one at a time, and makes bundel.json say that it is so. Each has to
// be found by what the file itself is held to. Nothing vouches for the pages, the workbooks that people fill in, the words of
// messages with a head of the chain, and bundel.json.
func tamperCmd(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: tamper dir")
	}
	dir := ts.MkAbs(args[0])
	inventory := filepath.Join(dir, "bundel.json")
	original, err := os.ReadFile(inventory)
	ts.Check(err)
	found := func(what, file string) {
		r, err := bundle.Check(context.Background(), dir, nil)
		if err == nil && r.Code != exit.Difference {
			ts.Fatalf("%s was %s, and nothing was found", file, what)
		}
	}
	// say makes the inventory say what a file holds now; nil: it is not there.
	say := func(file string, data []byte) {
		var i bundle.Inventory
		ts.Check(json.Unmarshal(original, &i))
		kept := i.Files[:0]
		for _, f := range i.Files {
			if f.File == file && data == nil {
				continue
			}
			if f.File == file {
				sum := sha256.Sum256(data)
				f.Bytes, f.Sha256 = int64(len(data)), hex.EncodeToString(sum[:])
			}
			kept = append(kept, f)
		}
		i.Files = kept
		again, err := json.Marshal(i)
		ts.Check(err)
		ts.Check(os.WriteFile(inventory, again, 0o600))
	}
	seen := map[string]int{}
	ts.Check(filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		ts.Check(err)
		file := filepath.ToSlash(rel)
		kind := path.Dir(file) + path.Ext(file)
		if seen[kind]++; strings.HasPrefix(file, "uitleg/") || path.Dir(file) == "." && file != "keten.jsonl" || strings.HasPrefix(file, "steekproef/") && path.Ext(file) == ".xlsx" || path.Ext(file) == ".txt" ||
			seen[kind] > 2 && !strings.HasPrefix(file, "steekproef/") {
			return nil
		}
		data, err := os.ReadFile(name)
		ts.Check(err)
		bad := append([]byte{}, data...)
		for at := len(bad) / 2; ; at++ { // a digit, so that it is a value that changes
			if bad[at] >= '0' && bad[at] <= '8' {
				bad[at]++
				break
			}
			if at == len(bad)-1 {
				bad[len(bad)/2] ^= 1
				break
			}
		}
		changed := true
		switch { // of these only what the work papers say too is held to anything but bundel.json
		case strings.HasPrefix(file, "steekproef/bron/") && strings.HasSuffix(file, "_declaratie.csv"):
			lines := strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n")
			cells := strings.Split(lines[len(lines)-1], ";")
			cells[3] = "1,23" // geteld_eur
			lines[len(lines)-1] = strings.Join(cells, ";")
			bad = []byte(strings.Join(lines, "\r\n") + "\r\n")
		case strings.HasPrefix(file, "steekproef/") && path.Ext(file) == ".csv" && path.Base(file) != "regels.csv":
			changed = false
		}
		if changed {
			ts.Check(os.WriteFile(name, bad, 0o600))
			say(file, bad)
			found("changed", file)
		}
		if ts.Check(os.Remove(name)); !strings.HasPrefix(file, "ondertekening/ontvangst/") { // how many heads were given out nothing says
			say(file, nil)
			found("removed", file)
		}
		return os.WriteFile(name, data, 0o600)
	}))
	ts.Check(os.WriteFile(inventory, original, 0o600))
	r, err := bundle.Check(context.Background(), dir, nil)
	ts.Check(err)
	if r.Code != exit.Done {
		ts.Fatalf("what was put back is not what it was: %v", r.Findings)
	}
}
