package generator

import (
	"bytes"
	"cmp"
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
	about      []told         // the same of the files of faults, with the lines
	noteName   string         // default: the name with .levering.yaml
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
	remarked  = "opgemerkt"    // not an extract: left alone and mentioned
	skipped   = "overgeslagen" // idem, and no reason for --strict to stop
)

const wonen = "wonen_signaal"

// one says that one line is in quarantine, or found, for a reason.
func one(code string) map[string]int { return map[string]int{code: 1} }

// nobody is a person of the bad files; the first 52 have a stay in huishouden/slecht.csv.
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
	if f.kind == "" {
		return f.name
	}
	if strings.ContainsFunc(f.name, func(r rune) bool { return r < ' ' }) {
		return f.kind + "/" + strconv.Quote(f.name)
	}
	return f.kind + "/" + f.name
}

// write puts it in the inbox.
func (f *hostile) write(inbox string) error {
	path := filepath.Join(inbox, f.kind, f.name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if f.note != "" {
		note := path + ".levering.yaml"
		if f.noteName != "" {
			note = filepath.Join(filepath.Dir(path), f.noteName)
		}
		if err := os.WriteFile(note, []byte(f.note), 0o600); err != nil {
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

// writeHostile adds the bad files to the inbox and the summary, and what must become of each to truth/slecht.csv; what the people
// of the faults must cost to truth/bedragen.csv.
func (out *files) writeHostile(sum *Summary) error {
	dir := out.w.opt.Dir
	p := out.plantFaults()
	var list []hostile
	if out.w.opt.Hostile {
		list = hostiles()
	}
	list = append(list, p.list...)
	rows := [][]string{{"bestand", "uitkomst", "code", "aantal", "regel", "regels", "bedrag_ct"}}
	for _, f := range list {
		if f.outcome == "" {
			f.outcome = accepted
		}
		rows = append(rows, f.record(sum)...)
		if err := f.write(filepath.Join(dir, "inbox")); err != nil {
			return fmt.Errorf("generate: %w", err)
		}
		sum.Files++
		sum.Bytes += int64(len(f.data))
	}
	for _, name := range p.stops {
		rows = append(rows, []string{"*", "publicatie", name, "0", "", "", ""})
	}
	if err := writeTruth(dir, "slecht", rows); err != nil {
		return err
	}
	costs := [][]string{{"persoon_ps", "domein", "kosten_t0_ct", "bestand"}}
	for _, c := range p.costs {
		costs = append(costs, []string{c.ps, c.domain, strconv.Itoa(c.ct), c.file})
	}
	return writeTruth(dir, "bedragen", costs)
}

// writeTruth writes a file of the truth. Like the extracts this is for a program to read, and its cells are words of this package:
// reports/csv, which puts an apostrophe before formulas, has no part in it.
func writeTruth(dir, name string, rows [][]string) error {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	err := w.WriteAll(rows)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "truth", name+".csv"), b.Bytes(), 0o600)
	}
	if err != nil {
		return fmt.Errorf("generate: %w", err)
	}
	return nil
}

// ReadTruth reads a file of the truth of a set in dir, by column name.
func ReadTruth(dir, name string) (rows []map[string]string, err error) {
	f, err := os.Open(filepath.Join(dir, "truth", name+".csv"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, column := range lines[0] {
			row[column] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// record says what must become of the file.
func (f *hostile) record(sum *Summary) (rows [][]string) {
	if f.outcome == refused {
		sum.Refused++
	}
	add := func(what, code string, n int, rest ...string) {
		if what == "quarantaine" {
			sum.Quarantined += n
		}
		rows = append(rows, append([]string{f.shown(), what, code, strconv.Itoa(n)}, rest...))
	}
	add(f.outcome, f.code, 1, "", "", "")
	for _, part := range []struct {
		what string
		of   map[string]int
	}{{"quarantaine", f.lines}, {"bevinding", f.found}, {"uitgesloten", f.left}} {
		for _, code := range sortedKeys(part.of) {
			add(part.what, code, part.of[code], "", "", "")
		}
	}
	for _, t := range f.about {
		n := max(t.n, len(t.at))
		at, lines, ct := make([]string, len(t.at)), "", ""
		for i, line := range t.at {
			at[i] = strconv.Itoa(line)
		}
		if t.what == "bevinding" && t.lines >= 0 {
			lines = strconv.Itoa(cmp.Or(t.lines, n))
		}
		if t.ct != nil {
			ct = strconv.FormatInt(*t.ct, 10)
		}
		add(t.what, t.code, n, strings.Join(at, "|"), lines, ct)
	}
	return rows
}
