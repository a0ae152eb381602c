package faulttest

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// written are the calls by which files get bytes and names, and by which these last.
const written = "/^(open|openat|creat|write|pwrite64|ftruncate|fsync|fdatasync|rename|renameat|renameat2|unlink|unlinkat|mkdir|mkdirat|rmdir)$"

// Unsynced runs the program and says what it put in place below a data folder, an absolute path, before that was on disk: where a machine that stops at that
// moment, on a file system that writes in another order, has a name without its bytes, or bytes without their name. It needs strace.
func (p Program) Unsynced(ctx context.Context, data string, args ...string) ([]string, Outcome, error) {
	cmd := p.command(ctx, nil, args)
	lines, seen, err := traced(cmd, written, "-y -s 0")
	if err != nil {
		return nil, Outcome{}, err
	}
	defer lines.Close()
	if err := cmd.Start(); err != nil {
		return nil, Outcome{}, err
	}
	seen.Close()
	found := make(chan []string)
	go func() {
		a := newAudit(data)
		in := bufio.NewScanner(lines)
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			a.line(in.Text())
		}
		a.end()
		found <- a.faults
	}()
	o, err := wait(cmd)
	return <-found, o, err
}

// audit follows the calls of a process: which files have bytes, and which names are of files, that need not be on disk yet.
type audit struct {
	root    string
	half    map[string]string // a call that another thread came in between of, by thread
	bytes   map[string]bool   // files with bytes that are not synced
	names   map[string]bool   // names, there or gone, whose folder was not synced since
	known   map[string]bool   // names that were made
	faults  []string
	renames int
}

func newAudit(root string) *audit {
	return &audit{root: root, half: map[string]string{}, bytes: map[string]bool{}, names: map[string]bool{}, known: map[string]bool{}}
}

var (
	lineRE    = regexp.MustCompile(`^(\d+)\s+(.*)$`)
	resumedRE = regexp.MustCompile(`^<\.\.\. \w+ resumed>(.*)$`)
	callRE    = regexp.MustCompile(`^(\w+)\((.*)\)\s+= (-?\d+)`)
	fdRE      = regexp.MustCompile(`^\d+<([^>]*)>`)
	nameRE    = regexp.MustCompile(`(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"([^"]*)"`) // the folder that a name begins in, and the name
)

// line takes one line of strace; a call counts from where it is done.
func (a *audit) line(text string) {
	m := lineRE.FindStringSubmatch(text)
	if m == nil {
		return
	}
	thread, call := m[1], m[2]
	if begun, ok := strings.CutSuffix(call, "<unfinished ...>"); ok {
		a.half[thread] = begun
		return
	}
	if r := resumedRE.FindStringSubmatch(call); r != nil {
		call = a.half[thread] + strings.TrimLeft(r[1], " ")
		delete(a.half, thread)
	}
	c := callRE.FindStringSubmatch(call)
	if c == nil || strings.HasPrefix(c[3], "-") {
		return
	}
	var paths []string
	for _, t := range nameRE.FindAllStringSubmatch(c[2], -1) {
		if !path.IsAbs(t[2]) {
			t[2] = path.Join(t[1], t[2])
		}
		paths = append(paths, t[2])
	}
	on := ""
	if fd := fdRE.FindStringSubmatch(c[2]); fd != nil {
		on = fd[1]
	}
	a.call(c[1], c[2], on, paths)
}

func (a *audit) call(name, args, on string, paths []string) {
	switch name {
	case "write", "pwrite64", "ftruncate":
		if a.ours(on) {
			a.bytes[on] = true
		}
	case "fsync", "fdatasync":
		delete(a.bytes, on)
		for n := range a.names {
			if path.Dir(n) == on {
				delete(a.names, n)
			}
		}
	case "open", "openat", "creat":
		if strings.Contains(args, "O_TRUNC") || strings.Contains(args, "O_CREAT") || name == "creat" {
			a.made(paths[0], true)
		}
	case "mkdir", "mkdirat":
		a.made(paths[0], false)
	case "unlink", "unlinkat", "rmdir":
		a.gone(paths[0])
	case "rename", "renameat", "renameat2":
		a.moved(paths[0], paths[1])
	}
}

// ours is a place that has to last: below the data folder, but for what is being made there, the lock, and the inbox, which nobody writes.
func (a *audit) ours(p string) bool {
	rel, ok := strings.CutPrefix(p, a.root+"/")
	return ok && rel != ".lock" && rel != "inbox" && !strings.HasPrefix(rel, "inbox/")
}

func (a *audit) staged(p string) bool { return strings.Contains(p, "/.staging") }

func (a *audit) made(p string, file bool) {
	if !a.ours(p) {
		return
	}
	if !a.known[p] {
		a.names[p], a.known[p] = true, true
	}
	if file {
		a.bytes[p] = true
	}
}

func (a *audit) gone(p string) {
	if !a.ours(p) {
		return
	}
	for _, set := range []map[string]bool{a.bytes, a.names, a.known} {
		maps.DeleteFunc(set, func(n string, _ bool) bool { return n == p || strings.HasPrefix(n, p+"/") })
	}
	a.names[p] = true
}

// moved holds a move into place to the rule: what is below is on disk, and what has to be there first is.
func (a *audit) moved(from, to string) {
	if !a.ours(to) {
		return
	}
	a.renames++
	if !a.staged(to) {
		for _, p := range a.loose(func(p string) bool { return p == from && a.bytes[p] || strings.HasPrefix(p, from+"/") }) {
			a.faults = append(a.faults, fmt.Sprintf("%s is put in place, and %s is not on disk", a.rel(to), a.rel(p)))
		}
		rel := a.rel(to)
		parts := strings.Split(rel, "/")
		var before func(p string) bool // what has to last before this may be there
		switch {
		case rel == "latest":
			before = func(p string) bool { return !a.staged(p) }
		case len(parts) == 3 && parts[0] == "lake" && parts[1] != "persoon":
			kind, sum := parts[1], parts[2]
			before = func(p string) bool {
				return a.rel(p) == "lake/persoon/"+kind+"-"+sum+".parquet" || a.rel(p) == "quarantine/"+kind+"/"+sum+".parquet"
			}
		}
		if before != nil {
			for _, p := range a.loose(before) {
				a.faults = append(a.faults, fmt.Sprintf("%s is put in place, and %s does not last yet", rel, a.rel(p)))
			}
		}
	}
	for _, set := range []map[string]bool{a.bytes, a.names, a.known} {
		for _, p := range slices.Collect(maps.Keys(set)) {
			if p == from || strings.HasPrefix(p, from+"/") {
				delete(set, p)
				set[to+strings.TrimPrefix(p, from)] = true
			}
		}
	}
	a.names[from], a.names[to], a.known[to] = true, true, true
	delete(a.known, from)
}

// end holds what is in place to being on disk when the program says that it is done.
func (a *audit) end() {
	for _, p := range a.loose(func(p string) bool { return !a.staged(p) }) {
		a.faults = append(a.faults, fmt.Sprintf("the program is done, and %s does not last yet", a.rel(p)))
	}
	if a.renames == 0 {
		a.faults = append(a.faults, "nothing was put in place: the calls of the program were not seen")
	}
}

// loose are the places, in order, that are not on disk by their bytes or by their name.
func (a *audit) loose(which func(p string) bool) (out []string) {
	all := maps.Clone(a.bytes)
	maps.Copy(all, a.names)
	for _, p := range slices.Sorted(maps.Keys(all)) {
		if which(p) {
			out = append(out, p)
		}
	}
	return out
}

func (a *audit) rel(p string) string { return strings.TrimPrefix(p, a.root+"/") }
