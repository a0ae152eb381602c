package wereld

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// hostile is something bad in the inbox, with what must become of it.
type hostile struct {
	kind, name string
	data, note string // note: when it has one
	is         thing
	outcome    string         // default accepted
	code       string         // of a refusal
	lines      map[string]int // lines in quarantine by regel_code, also of a file that is refused for them
	found      map[string]int // findings by code
	left       map[string]int // accepted lines that no figure may use, by code
}

// thing is what lies there.
type thing int

const (
	aFile thing = iota
	aFolder
	aLink       // to a good file outside the inbox
	aDeadLink   // to nothing
	aNoteFolder // a folder where the delivery note should be
)

// Outcomes of a bad file.
const (
	accepted  = "geaccepteerd"
	refused   = "geweigerd"
	duplicate = "dubbel"
	remarked  = "opgemerkt" // not an extract: left alone and mentioned
)

const wonen = "wonen_signaal"

// one says that one line is in quarantine, or found, for a reason.
func one(code string) map[string]int { return map[string]int{code: 1} }

// nobody is a person of the bad files; the first few have a stay in huishouden/slecht.csv.
func nobody(i int) string { return root{2, 2}.pseudonym('k', i) }

const wonenHeader = "persoon_ps;gemeentecode;soort;datum\n"

// good is n good lines of wonen_signaal, with the header.
func good(n int) string {
	var b strings.Builder
	b.WriteString(wonenHeader)
	for i := range n {
		fmt.Fprintf(&b, "%s;0855;huurachterstand;2025-03-01\n", nobody(i))
	}
	return b.String()
}

func squeeze(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		panic(err) // a bytes.Buffer takes everything
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.String()
}

func wide(text string, mark string) string {
	b := []byte(mark)
	for _, c := range []byte(text) {
		b = append(b, c, 0)
	}
	return string(b)
}

// hostiles are the kinds of bad files that a supplier, or a broken disk, may deliver: one at least for every code of
// docs/extracts.md that a file of a few megabytes can have.
func hostiles() []hostile {
	list := hostileFiles()
	list = append(list, hostileNotes()...)
	list = append(list, hostileCells()...)
	return append(list, hostileLines()...)
}

// shown is the name of a bad file as a run shows it.
func (f *hostile) shown() string {
	if strings.ContainsFunc(f.name, func(r rune) bool { return r < ' ' }) {
		return f.kind + "/" + strconv.Quote(f.name)
	}
	return f.kind + "/" + f.name
}

// write puts it in the inbox.
func (f *hostile) write(inbox string) error {
	folder := filepath.Join(inbox, f.kind)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	path := filepath.Join(folder, f.name)
	if f.note != "" {
		if err := os.WriteFile(path+".levering.yaml", []byte(f.note), 0o600); err != nil {
			return err
		}
	}
	switch f.is {
	case aFolder:
		return os.Mkdir(path, 0o700)
	case aLink:
		outside := filepath.Join(inbox, "..", "buiten-de-inbox.csv")
		if err := os.WriteFile(outside, []byte(good(15)), 0o600); err != nil {
			return err
		}
		return os.Symlink(filepath.Join("..", "..", filepath.Base(outside)), path)
	case aDeadLink:
		return os.Symlink("nergens", path)
	case aNoteFolder:
		if err := os.Mkdir(path+".levering.yaml", 0o700); err != nil {
			return err
		}
	}
	return os.WriteFile(path, []byte(f.data), 0o600)
}

// writeHostile adds the bad files to the inbox and the summary, and what must become of each to truth/slecht.csv. Like the extracts
// this is for a program to read, and its cells are words of this package: reports/csv, which puts an apostrophe before formulas, has
// no part in it.
func writeHostile(dir string, sum *Summary) error {
	var truth bytes.Buffer
	w := csv.NewWriter(&truth)
	w.Comma = ';'
	err := w.Write([]string{"bestand", "uitkomst", "code", "aantal"})
	for _, f := range hostiles() {
		if err != nil {
			break
		}
		if f.outcome == "" {
			f.outcome = accepted
		}
		err = f.record(w, sum)
		if err == nil {
			err = f.write(filepath.Join(dir, "inbox"))
		}
		sum.Files++
		sum.Bytes += int64(len(f.data))
	}
	if err == nil {
		w.Flush()
		err = w.Error()
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "truth", "slecht.csv"), truth.Bytes(), 0o600)
	}
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// record writes what must become of the file.
func (f *hostile) record(w *csv.Writer, sum *Summary) error {
	if f.outcome == refused {
		sum.Refused++
	}
	err := w.Write([]string{f.shown(), f.outcome, f.code, "1"})
	for _, part := range []struct {
		what string
		of   map[string]int
	}{{"quarantaine", f.lines}, {"bevinding", f.found}, {"uitgesloten", f.left}} {
		for _, code := range sortedKeys(part.of) {
			if part.what == "quarantaine" {
				sum.Quarantined += part.of[code]
			}
			if err == nil {
				err = w.Write([]string{f.shown(), part.what, code, strconv.Itoa(part.of[code])})
			}
		}
	}
	return err
}
