// Package inbox knows what lies in the inbox and what a run makes of it: which files are extracts, which notes go with them, what they are
// by content and in which order they were made, and how they come into the lake. It reads lines in quarantine back for those who may look.
package inbox

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode"

	"stapel/config"
	"stapel/pipeline/ingest"
	"stapel/reports/nl"
)

// Unread is something in the inbox that a run does not read.
type Unread struct {
	File   string `json:"bestand"` // kind and name; with inbox/ before it when it lies in the inbox itself
	Reason string `json:"reden"`   // Dutch: why, and what to do

	path string
}

func (u Unread) String() string { return u.File + ": " + u.Reason }

// Readme is the explanation that stapel init puts in the folder of a kind: the one file that is no delivery, and of which nothing is said.
const Readme = "LEESMIJ.md"

// Inbox is what lies there, by name: nothing has been opened yet. A run and `stapel check` find what they read here, and what they don't.
type Inbox struct {
	Found  []*Delivery // in order of kind, folder and name
	Unread []Unread    // idem
	// Arriving are how many of those are extracts that are still being written.
	Arriving int

	cfg   *config.Config
	junk  []Unread // what systems and programs leave behind: no delivery, whoever reads it
	notes []string // paths of the notes that go with found

	waited time.Duration // until files held still
}

// List looks at every folder of the inbox. A folder is a kind's by its name in any case.
func List(dir string, cfg *config.Config) (*Inbox, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	in := &Inbox{cfg: cfg}
	for _, e := range entries {
		kind := strings.ToLower(e.Name())
		switch {
		case isJunk(e):
			in.skip(filepath.Join(dir, e.Name()), "inbox")
		case e.IsDir() && cfg.Contracts[kind] != nil:
			if err := in.list(filepath.Join(dir, e.Name()), kind); err != nil {
				return nil, err
			}
		default:
			in.leave(filepath.Join(dir, e.Name()), "inbox", whyNotInInbox(e, cfg))
		}
	}
	slices.SortStableFunc(in.Found, func(a, b *Delivery) int { return cmp.Compare(a.Kind, b.Kind) })
	return in, nil
}

// list looks at a folder of one kind.
func (in *Inbox) list(dir, kind string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	folder := SafeName(filepath.Base(dir))
	var extracts, notes []string
	at := map[string]*Delivery{}
	for _, e := range entries {
		switch name := e.Name(); {
		case isJunk(e):
			in.skip(filepath.Join(dir, name), folder)
		case isExtract(name):
			extracts = append(extracts, name)
			at[name] = &Delivery{Kind: kind, Path: filepath.Join(dir, name), Name: folder + "/" + SafeName(name)}
			in.Found = append(in.Found, at[name])
		case isNote(name):
			notes = append(notes, name)
		}
	}
	with, several := pairNotes(extracts, notes)
	paired := map[string]bool{}
	for extract, note := range with {
		at[extract].NoteFile, paired[note] = note, true
	}
	for extract, all := range several {
		at[extract].Refusal = &ingest.Refusal{Code: ingest.RefBriefOngeldig,
			Tekst:   "welke leveringsbrief hierbij hoort is niet te zeggen: namen verschillen alleen in hoofdletters (" + safeNames(all) + ")",
			Remedie: "noem elke leveringsbrief precies als zijn bestand, met " + ingest.NoteSuffix + " erachter"}
		for _, note := range all {
			paired[note] = true
		}
	}
	for _, note := range slices.Sorted(maps.Keys(paired)) {
		in.notes = append(in.notes, filepath.Join(dir, note))
	}
	for _, e := range entries {
		if name := e.Name(); !isJunk(e) && at[name] == nil && !paired[name] && name != Readme {
			in.leave(filepath.Join(dir, name), folder, whyNotRead(e, folder, extracts, with))
		}
	}
	return nil
}

func (in *Inbox) leave(path, folder, why string) {
	in.Unread = append(in.Unread, Unread{folder + "/" + SafeName(filepath.Base(path)), why, path})
}

func (in *Inbox) skip(path, folder string) {
	in.junk = append(in.junk, Unread{folder + "/" + SafeName(filepath.Base(path)), "een hulpbestand van het besturingssysteem of een kantoorprogramma", path})
}

// Remarks are what is worth saying of an inbox besides what is not read.
func (in *Inbox) Remarks() (out []string) {
	if in.waited >= time.Second {
		out = append(out, nl.Number(in.waited.Seconds(), 0)+" s gewacht tot bestanden die net binnenkwamen stil lagen (inbox.settle_seconds)")
	}
	if len(in.junk) == 0 {
		return out
	}
	const shown = 5
	var names []string
	for _, j := range in.junk[:min(shown, len(in.junk))] {
		names = append(names, j.File)
	}
	text := "hulpbestanden van het besturingssysteem of een kantoorprogramma overgeslagen: " + strings.Join(names, ", ")
	if more := len(in.junk) - shown; more > 0 {
		text += fmt.Sprintf(" en %d andere", more)
	}
	return append(out, text)
}

// isExtract reports whether a name is that of an extract. What is none though its name says so, such as a folder or a link, is refused
// when it is read.
func isExtract(name string) bool {
	lower := strings.ToLower(name)
	return !strings.HasPrefix(name, ".") && (strings.HasSuffix(lower, ".csv") || strings.HasSuffix(lower, ".csv.gz"))
}

func isNote(name string) bool {
	return !strings.HasPrefix(name, ".") && strings.HasSuffix(strings.ToLower(name), ingest.NoteSuffix)
}

// isJunk reports whether a file is one that Windows, macOS or an office program leaves beside what people put there.
func isJunk(e fs.DirEntry) bool {
	name := strings.ToLower(e.Name())
	return !e.IsDir() && (name == "thumbs.db" || name == "desktop.ini" || name == ".ds_store" ||
		strings.HasPrefix(name, "~$") || strings.HasPrefix(name, "._") || strings.HasPrefix(name, ".~lock."))
}

// pairNotes finds the note of every extract, both in one folder. A note whose name is that of the extract to the letter is its note;
// otherwise one that differs in case alone, when there is one such note for one such extract. Where there are more nobody can say, and
// those extracts are in several, with the notes that could be theirs.
func pairNotes(extracts, notes []string) (with map[string]string, several map[string][]string) {
	with, several = map[string]string{}, map[string][]string{}
	fold := func(note string) string { return strings.ToLower(note[:len(note)-len(ingest.NoteSuffix)]) }
	there := map[string]bool{}
	for _, x := range extracts {
		there[x] = true
	}
	left := map[string][]string{} // notes that no extract has to the letter
	for _, note := range notes {
		base, ok := strings.CutSuffix(note, ingest.NoteSuffix)
		if ok && there[base] {
			with[base] = note
		} else {
			left[fold(note)] = append(left[fold(note)], note)
		}
	}
	without := map[string][]string{}
	for _, x := range extracts {
		if with[x] == "" && len(left[strings.ToLower(x)]) > 0 {
			without[strings.ToLower(x)] = append(without[strings.ToLower(x)], x)
		}
	}
	for name, all := range without {
		if len(all) == 1 && len(left[name]) == 1 {
			with[all[0]] = left[name][0]
			continue
		}
		for _, x := range all {
			several[x] = left[name]
		}
	}
	return with, several
}

// SafeName makes a file name fit for a line of text: one with signs that are not printed, or bytes that are no text, is quoted.
func SafeName(name string) string {
	if strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) || r == unicode.ReplacementChar }) {
		return fmt.Sprintf("%q", name)
	}
	return name
}

func safeNames(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, SafeName(n))
	}
	return strings.Join(out, ", ")
}
