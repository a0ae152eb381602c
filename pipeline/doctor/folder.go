package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/nl"
)

var household = regexp.MustCompile(`[hp]-[0-9a-f]{16}`) // in names of dossiers

// open is what a walk found of who can read or write.
type open struct {
	files   int
	open    int // others can read or write it
	foreign int // somebody else's
	links   int // neither file nor folder
	first   string
	unread  int // can't be looked into
}

func (o *open) add(n *int, rel string) {
	*n++
	if o.first == "" {
		o.first = rel
	}
}

// walk looks at who can read a folder and what is in it, by name: not in the folders to skip.
func (x *examination) walk(folder string, skip ...string) (o open, err error) {
	err = filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		rel := x.short(p)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // removed meanwhile
			}
			o.add(&o.unread, rel)
			return nil
		}
		for _, s := range skip {
			if d.IsDir() && p == s {
				return fs.SkipDir
			}
		}
		st, err := d.Info()
		if err != nil {
			return nil
		}
		if !d.IsDir() {
			rel = strings.TrimSuffix(rel, "/")
		}
		o.files++
		sys, _ := st.Sys().(*syscall.Stat_t)
		switch {
		case !st.Mode().IsRegular() && !st.IsDir():
			o.add(&o.links, rel)
		case st.Mode().Perm()&0o077 != 0:
			o.add(&o.open, rel)
		}
		if sys != nil && int(sys.Uid) != x.uid {
			o.add(&o.foreign, rel)
		}
		return nil
	})
	return o, err
}

// judge says of a walk what is not right. sentence begins a sentence about the folder.
func (x *examination) judge(name, folder, sentence string, o open) {
	good := true
	bad := func(v Verdict, n int, do, format string, a ...any) {
		if n > 0 {
			good = false
			x.say(name, v, do, format, a...)
		}
	}
	things := func(n int) string { return nl.Count(int64(n), "bestand of map", "bestanden en mappen") }
	bad(Fault, o.open, "chmod -R go= "+shown(folder), "%s kunnen anderen bij %s, zoals %s", sentence, things(o.open), household.ReplaceAllString(o.first, "h-…"))
	bad(Fault, o.unread, "laat de eigenaar kijken, of geef "+fmt.Sprintf("gebruiker %d", x.uid)+" toegang", "%s %s niet te lezen, zoals %s", sentence, are(o.unread, things), household.ReplaceAllString(o.first, "h-…"))
	v, do := Fault, fmt.Sprintf("chown -R %d %s, of draai stapel als de eigenaar", x.uid, shown(folder))
	if x.uid == 0 {
		v, do = Note, "draai stapel, en ook doctor, als de eigenaar van de datamap"
	}
	bad(v, o.foreign, do, "%s %s van een ander dan wie stapel nu draait", sentence, are(o.foreign, things))
	bad(Note, o.links, "zet er gewone bestanden en mappen neer", "%s %s een verwijzing of iets anders dan een bestand of map, zoals %s", sentence, are(o.links, things), household.ReplaceAllString(o.first, "h-…"))
	if good {
		x.say(name, Good, "", "%s is alles alleen voor de eigenaar (%s)", sentence, things(o.files))
	}
}

func are(n int, things func(int) string) string {
	if n == 1 {
		return "is " + things(n)
	}
	return "zijn " + things(n)
}

// shown is a folder as a shell takes it.
func shown(name string) string {
	if strings.ContainsAny(name, " \t'\"$&;()<>|*?[]\\`!#~\n") {
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
	return name
}

func (x *examination) dataFolder(context.Context) {
	const name = "datamap"
	st, err := os.Stat(x.Data)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.say(name, Fault, "maak hem met stapel init, of noem een andere met --data", "er is geen datamap %s", x.Data)
		return
	case err != nil:
		x.unseen(name, err)
		return
	case !st.IsDir():
		x.say(name, Fault, "noem een map met --data", "%s is geen map", x.Data)
		return
	}
	if err := writable(x.Data); err != nil {
		x.say(name, Fault, "koppel het volume met schrijfrechten aan, of noem een andere map met --data", "in %s is niet te schrijven", x.Data)
	}
	o, err := x.walk(x.Data, x.lake.Inbox(), x.quarantineFolder())
	if err != nil {
		x.unseen(name, err)
		return
	}
	x.judge(name, x.Data, "in de datamap", o)
	o, err = x.walk(x.lake.Inbox())
	if err != nil || o.files == 0 {
		return // the check of the inbox says so
	}
	o.foreign = 0 // suppliers deliver as themselves
	if o.open > 0 {
		x.say("inbox", Note, "chmod -R go= "+shown(x.lake.Inbox()), "in de inbox kunnen anderen bij %s, zoals %s", nl.Count(int64(o.open), "bestand of map", "bestanden en mappen"), household.ReplaceAllString(o.first, "h-…"))
	}
	if o.unread > 0 {
		x.say("inbox", Fault, fmt.Sprintf("geef gebruiker %d leesrecht", x.uid), "in de inbox %s niet te lezen", are(o.unread, func(n int) string { return nl.Count(int64(n), "bestand of map", "bestanden en mappen") }))
	}
}

func writable(folder string) error {
	return syscall.Access(folder, 2) // W_OK; of root it says whether the volume is read-only
}

func (x *examination) quarantineFolder() string {
	return filepath.Dir(filepath.Dir(x.lake.Quarantine("x", "x")))
}

func (x *examination) quarantine(context.Context) {
	const name = "quarantaine"
	if !exists(x.quarantineFolder()) {
		return
	}
	o, err := x.walk(x.quarantineFolder())
	if err != nil {
		x.unseen(name, err)
		return
	}
	x.judge(name, x.quarantineFolder(), "in de quarantaine", o)
}

// keyOfLatest is the fingerprint of the project key of the latest run, "" when it is not known.
func (x *examination) keyOfLatest() string {
	id, err := x.lake.Latest()
	if err != nil || !published.IsRun(id) {
		return ""
	}
	var m control.Manifest
	data, err := os.ReadFile(x.lake.Run(id).Manifest())
	if err != nil || json.Unmarshal(data, &m) != nil {
		return ""
	}
	return m.Key
}

// key looks at the project key: whose it is, who can read it, and whether it lies apart from the data.
func (x *examination) key(context.Context) {
	const name = "sleutel"
	if x.KeyFile == "" {
		x.say(name, Unknown, "noem hem met --key-file of STAPEL_KEY_FILE", "er is geen projectsleutel genoemd, dus niet bekeken")
		return
	}
	st, err := os.Stat(x.KeyFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		x.say(name, Fault, "zet hem terug uit een kopie; alleen voor een nieuw project: stapel key new", "de projectsleutel is er niet")
		return
	case err != nil:
		x.unseen(name, err)
		return
	}
	good := true
	bad := func(v Verdict, do, what string) {
		good = false
		x.say(name, v, do, "%s", what)
	}
	if st.Mode().Perm()&0o077 != 0 {
		bad(Fault, "chmod 600 "+shown(x.KeyFile), "anderen kunnen de projectsleutel lezen of schrijven")
	}
	if sys, ok := st.Sys().(*syscall.Stat_t); ok && int(sys.Uid) != x.uid {
		v := Fault
		if x.uid == 0 {
			v = Note
		}
		bad(v, fmt.Sprintf("chown %d %s, of draai stapel als de eigenaar", x.uid, shown(x.KeyFile)), "de projectsleutel is van een ander dan wie stapel nu draait")
	}
	if in, err := lake.Inside(x.Data, x.KeyFile); err == nil && in {
		bad(Fault, "zet hem ergens anders: wie de gegevens heeft moet er niet de sleutel bij hebben", "de projectsleutel ligt in de datamap")
	} else if a, err := x.device(x.KeyFile); err == nil {
		if b, err := x.device(x.Data); err == nil && a == b {
			bad(Note, "zet hem op een ander volume, dan heeft een kopie van dit volume hem niet", "de projectsleutel ligt op hetzelfde volume als de gegevens")
		}
	}
	if good || st.Mode().Perm()&0o077 == 0 {
		switch print, err := x.ReadKey(); {
		case err != nil:
			bad(Fault, "", x.Say(err))
		case x.keyOfLatest() != "" && x.keyOfLatest() != print:
			bad(Fault, "noem de sleutel van deze datamap: met een andere krijgt elk huishouden een ander nummer",
				"dit is niet de sleutel van de laatste run: vingerafdruk "+print+", en die van de run was "+x.keyOfLatest())
		}
	}
	if good {
		x.say(name, Good, "", "de projectsleutel is alleen voor de eigenaar en ligt apart van de gegevens")
	}
}
