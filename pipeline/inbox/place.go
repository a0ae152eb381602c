package inbox

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/ingest"
)

// Place is what a run makes of a file by where it lies and how it is called, before it is opened.
type Place struct {
	Kind    string          // "" when neither folder nor name tells
	Note    string          // path of its delivery note, "" when it has none
	Unread  *Unread         // set: a run would not read it
	Refusal *ingest.Refusal // set: a run would refuse it for the names of the notes beside it
}

// Locate says what a run makes of a file. One below an inbox, that of the data folder or a folder called inbox with a folder of a kind in
// it, is looked up there; another is looked at with what lies beside it, as if that folder were a kind's.
func Locate(cfg *config.Config, data, file string) (Place, error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return Place{}, err
	}
	dir := filepath.Dir(abs)
	p := Place{Kind: strings.ToLower(filepath.Base(dir))}
	if cfg.Contracts[p.Kind] == nil {
		p.Kind = kindByName(cfg, filepath.Base(abs))
	}
	if _, err := os.Lstat(abs); err != nil {
		return p, nil // reading it says what is wrong
	}
	var in *Inbox
	if root := inboxAbove(cfg, data, dir); root != "" {
		if in, err = List(root, cfg); err != nil {
			return p, err
		}
	} else {
		in = &Inbox{cfg: cfg}
		if err := in.list(dir, p.Kind); err != nil {
			return p, err
		}
	}
	same := func(path string) bool { return strings.EqualFold(path, abs) } // also where the file system takes names in any case
	at := slices.IndexFunc(in.Found, func(d *Delivery) bool { return d.Path == abs })
	if at < 0 {
		at = slices.IndexFunc(in.Found, func(d *Delivery) bool { return same(d.Path) })
	}
	if at >= 0 {
		d := in.Found[at]
		p.Kind = d.Kind
		if d.NoteFile != "" {
			p.Note = d.NotePath()
		}
		if p.Refusal = d.Refusal; p.Refusal != nil {
			p.Refusal.Bestand = d.Name
		}
		return p, nil
	}
	if filepath.Base(abs) == Readme {
		p.Unread = &Unread{File: Readme, Reason: "dit is de uitleg die stapel init schreef; controleer een extract"}
		return p, nil
	}
	if slices.ContainsFunc(in.notes, same) {
		p.Unread = &Unread{File: SafeName(filepath.Base(abs)), Reason: "dit is een leveringsbrief; controleer het bestand waar hij bij hoort"}
		return p, nil
	}
	for _, u := range slices.Concat(in.Unread, in.junk) {
		if same(u.path) || strings.HasPrefix(abs, u.path+string(filepath.Separator)) {
			p.Unread = &u
			break
		}
	}
	return p, nil
}

// inboxAbove is the inbox that a folder lies in, "" when it lies in none.
func inboxAbove(cfg *config.Config, data, dir string) string {
	own, _ := os.Stat(filepath.Join(data, "inbox"))
	nearest := ""
	for {
		if st, err := os.Stat(dir); err == nil && own != nil && os.SameFile(st, own) {
			return dir
		}
		if nearest == "" && filepath.Base(dir) == "inbox" && hasKind(cfg, dir) {
			nearest = dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			return nearest
		}
		dir = up
	}
}

func hasKind(cfg *config.Config, dir string) bool {
	entries, _ := os.ReadDir(dir)
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.IsDir() && cfg.Contracts[strings.ToLower(e.Name())] != nil })
}

// kindByName is the longest kind that a file's name starts with, in any case; "" when there is none.
func kindByName(cfg *config.Config, name string) string {
	best := ""
	for _, kind := range cfg.Kinds() {
		rest, ok := strings.CutPrefix(strings.ToLower(name), kind)
		if ok && len(kind) > len(best) && (rest == "" || strings.ContainsAny(rest[:1], ".-_ ")) {
			best = kind
		}
	}
	return best
}
