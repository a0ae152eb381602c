package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"stapel/pipeline/analyseplan"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/reports/nl"
)

// want is a file as something says that it is.
type want struct {
	file   string // below the data folder, with slashes
	sha256 string
	bytes  int64  // -1: not said
	run    string // whose it is; "": of the data folder
	by     string // Dutch: what says so
	model  *control.Model
	digest string // of its rows; "": not said
}

// seen is a file that is not as it is wanted: its hash now, "" when it is gone.
type seen struct {
	want
	got hashed
}

type hashed struct {
	sha256 string
	bytes  int64
	err    error
}

// hash reads a file once.
func (v *verifying) hash(file string) hashed {
	v.mu.Lock()
	h, ok := v.hashes[file]
	v.mu.Unlock()
	if ok {
		return h
	}
	h.bytes, h.sha256, h.err = control.HashFile(v.at(file))
	v.mu.Lock()
	v.hashes[file] = h
	v.mu.Unlock()
	return h
}

// hashAll hashes side by side what the wanted runs name, so that each later look finds it done.
func (v *verifying) hashAll(ctx context.Context) error {
	named := map[string]bool{}
	for _, r := range v.wanted {
		if !r.good {
			continue
		}
		for _, o := range r.Outputs {
			named[r.in(o.File)] = true
		}
		for _, h := range r.Lake {
			named[h.File] = true
		}
		for _, in := range r.Inputs {
			named[inboxFile(in)] = true
		}
	}
	for file, a := range v.attached {
		if a.Sha256 != "" {
			named[file] = true
		}
	}
	files := slices.Sorted(maps.Keys(named))
	return sideBySide(ctx, len(files), func(i int) { v.hash(files[i]) })
}

// sideBySide does n things, as many at a time as there are processors.
func sideBySide(ctx context.Context, n int, do func(i int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			do(i)
			return nil
		})
	}
	return group.Wait()
}

func (v *verifying) at(file string) string {
	return filepath.Join(v.opt.Data, filepath.FromSlash(file))
}

// workPaper is the name of a sample's workbook, in which people fill in what they found.
var workPaper = regexp.MustCompile(`^runs/[^/]+/reports/accountant/steekproef-[0-9a-f]{12}\.xlsx$`)

var household = regexp.MustCompile(`[hp]-[0-9a-f]{16}`)

// masked takes ids of households out of a name: files are named after them, messages name no household.
func masked(file string) string { return household.ReplaceAllString(file, "h-…") }

// files holds what lies in the folders of the wanted runs, and what was put beside them, to what manifests and the log of attachments say.
func (v *verifying) files(ctx context.Context) error {
	if v.spoilt(lake.AttachLog, 0) {
		v.attached = nil // what it says is not known to be so, and that is said
	}
	for _, r := range v.wanted {
		// the signature is over the manifest, so that no manifest names it
		known := map[string]bool{r.in(lake.ManifestName): true, r.in(lake.JournalName): true, r.in(lake.EnvelopeName): true}
		if r.good {
			for _, o := range r.Outputs {
				w := want{file: r.in(o.File), sha256: o.Sha256, bytes: o.Bytes, run: r.id, by: "het manifest", model: r.model(o), digest: o.RowDigest}
				known[w.file] = true
				v.expect(w)
			}
			r.result.Files = len(r.Outputs) + 2
		}
		for _, file := range slices.Sorted(maps.Keys(v.attached)) {
			if a := v.attached[file]; strings.HasPrefix(file, r.in("")+"/") && a.Sha256 != "" {
				known[file] = true
				v.expect(want{file: file, sha256: a.Sha256, bytes: -1, run: r.id, by: lake.AttachLog})
			}
		}
		err := v.walk(r.in(""), func(file string) {
			if !known[file] && r.good {
				v.extra = append(v.extra, file)
			}
		})
		if err != nil {
			return err
		}
	}
	return v.beside()
}

// beside holds draws, receipts and analysis plans, which lie beside the runs, to the logs that have their hashes.
func (v *verifying) beside() error {
	kept := map[string]string{}
	if !v.spoilt(analyseplan.Register, 0) {
		var err error
		if kept, err = analyseplan.Kept(v.opt.Data); err != nil {
			return err
		}
	}
	by := map[string]string{}
	for file := range kept {
		by[file] = analyseplan.Register
	}
	for file, a := range v.attached {
		if a.Sha256 != "" && kept[file] == "" && !strings.HasPrefix(file, "runs/") {
			kept[file], by[file] = a.Sha256, lake.AttachLog
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.purged)) {
		v.purgedRun(id, kept, by)
	}
	for _, file := range slices.Sorted(maps.Keys(kept)) {
		v.expect(want{file: file, sha256: kept[file], bytes: -1, by: by[file]})
	}
	for _, folder := range []string{"lotingen", analyseplan.Folder, path.Dir(lake.KeyRegisterName), lake.PurgedName} {
		err := v.walk(folder, func(file string) {
			if kept[file] == "" && file != lake.KeyRegisterName {
				v.extra = append(v.extra, file)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// purgedRun adds what stays of a run that was removed: its manifest by the log, its journal by the manifest, and its statement, which the evidence is held to.
func (v *verifying) purgedRun(id string, kept, by map[string]string) {
	prefix := path.Join(lake.PurgedName, id) + "/"
	kept[prefix+lake.ManifestName], by[prefix+lake.ManifestName] = v.purged[id].Manifest, lake.PurgeLog
	m := &control.Manifest{}
	data, err := os.ReadFile(v.lake.Purged(id).Manifest())
	if err == nil && json.Unmarshal(data, m) == nil && m.Journal != "" {
		kept[prefix+lake.JournalName], by[prefix+lake.JournalName] = m.Journal, "het manifest"
	}
	if h := v.hash(prefix + lake.EnvelopeName); h.err == nil {
		kept[prefix+lake.EnvelopeName], by[prefix+lake.EnvelopeName] = h.sha256, "het bewijs"
	}
}

// unsure is the log that would tell whether stapel put a file where it lies, when that log was changed itself.
func (v *verifying) unsure(file string) string {
	switch {
	case strings.HasPrefix(file, analyseplan.Folder+"/") && v.spoilt(analyseplan.Register, 0):
		return analyseplan.Register
	case v.attached == nil && !strings.HasPrefix(file, "lake/") && !strings.HasPrefix(file, "quarantine/") && !strings.HasPrefix(file, analyseplan.Folder+"/"):
		return lake.AttachLog
	}
	return ""
}

// expect holds a file to what it has to be.
func (v *verifying) expect(w want) {
	v.wants = append(v.wants, w)
	h := v.hash(w.file)
	if h.err == nil && h.sha256 == w.sha256 {
		return
	}
	v.changed = append(v.changed, seen{w, h})
}

// walk looks at everything in a folder, and at who can read it. A folder that is not there has nothing.
func (v *verifying) walk(folder string, file func(string)) error {
	err := filepath.WalkDir(v.at(folder), func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(v.opt.Data, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() && d.Name() == ".staging" {
			return fs.SkipDir
		}
		if err := v.closed(rel); err != nil {
			return err
		}
		if !d.IsDir() {
			file(rel)
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// closed says that others can read or write a file or a folder.
func (v *verifying) closed(file string) error {
	st, err := os.Lstat(v.at(file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if st.Mode().IsRegular() || st.IsDir() {
		if open := st.Mode().Perm() & 0o077; open != 0 {
			right := map[bool]string{true: "700", false: "600"}[st.IsDir()]
			v.say(Finding{Code: Open, File: file, What: fmt.Sprintf("rechten %o, verwacht %s: anderen kunnen erbij", st.Mode().Perm(), right), Do: "chmod " + right})
		}
		return nil
	}
	v.say(Finding{Code: Changed, File: file, What: "dit is geen gewoon bestand maar een verwijzing of iets anders", Do: restore})
	return nil
}

const restore = "zet het bestand terug uit een back-up, of maak de run opnieuw"

// resolve says of files that are not as they are wanted what became of them: exchanged, moved, changed, or gone.
func (v *verifying) resolve() {
	said := map[string]bool{}
	for i, a := range v.changed {
		if said[a.file] {
			continue
		}
		for _, b := range v.changed[i+1:] {
			if a.got.err == nil && b.got.err == nil && a.got.sha256 == b.sha256 && b.got.sha256 == a.sha256 && a.file != b.file {
				v.say(Finding{Code: Swapped, Run: a.run, File: a.file, Other: b.file, What: "verwisseld met " + masked(b.file) + ": elk heeft de inhoud van het andere",
					Do: "wissel ze terug"})
				said[a.file], said[b.file] = true, true
				break
			}
		}
		if said[a.file] {
			continue
		}
		said[a.file] = true
		if errors.Is(a.got.err, fs.ErrNotExist) {
			v.gone(a)
			continue
		}
		if a.got.err != nil {
			v.say(Finding{Code: Changed, Nature: Unreadable, Run: a.run, File: a.file, What: "niet te lezen", Do: restore})
			continue
		}
		if v.readAgain(a) {
			continue
		}
		f := Finding{Code: Changed, Run: a.run, File: a.file, Do: restore}
		v.describe(a, &f)
		if workPaper.MatchString(a.file) {
			f.Remark, f.Do = true, "dit is een werkblad om in te vullen; stapel sample --evaluate zegt of er iets anders in is veranderd"
		}
		if at := slices.IndexFunc(v.wants, func(w want) bool { return w.sha256 == a.got.sha256 && w.file != a.file }); at >= 0 {
			f.What += "; het heeft de inhoud van " + masked(v.wants[at].file)
			f.Other = v.wants[at].file
		}
		v.say(f)
	}
	for _, file := range v.extra {
		if log := v.unsure(file); log != "" {
			v.say(Finding{Code: Unsure, Run: runOf(file), File: file, Remark: true, What: "of stapel dit bestand hier zette is niet te zeggen, want " + log + " is veranderd"})
			continue
		}
		v.say(Finding{Code: Extra, Run: runOf(file), File: file, What: "stapel heeft dit bestand hier niet gezet: geen manifest en geen logboek noemt het",
			Do: "kijk waar het vandaan komt en zet het buiten de datamap"})
	}
}

// gone says that a file is no longer in its place, and where it lies now.
func (v *verifying) gone(a seen) {
	for i, file := range v.extra {
		if h := v.hash(file); h.err == nil && h.sha256 == a.sha256 {
			v.extra = slices.Delete(v.extra, i, i+1)
			v.say(Finding{Code: Moved, Run: a.run, File: a.file, Other: file, What: "staat nu als " + masked(file), Do: "zet het terug op zijn plaats"})
			return
		}
	}
	v.say(Finding{Code: Missing, Run: a.run, File: a.file, What: "weg, terwijl " + a.by + " het noemt", Do: restore})
}

// describe says in what a file differs.
func (v *verifying) describe(a seen, f *Finding) {
	switch {
	case path.Ext(a.file) == ".parquet":
		v.describeTable(a, f)
	case a.bytes < 0:
		f.What = "andere inhoud dan " + a.by + " noemt"
	case a.got.bytes < a.bytes:
		f.Nature, f.What = Shorter, fmt.Sprintf("%s in plaats van %s: er is iets af", bytesText(a.got.bytes), bytesText(a.bytes))
	case a.got.bytes > a.bytes:
		f.Nature, f.What = Longer, fmt.Sprintf("%s in plaats van %s: er is iets bij", bytesText(a.got.bytes), bytesText(a.bytes))
	default:
		f.Nature, f.What = SameLength, "even lang ("+bytesText(a.bytes)+"), maar met andere inhoud"
	}
	f.What += sums(a)
}

// sums names both hashes, short.
func sums(a seen) string {
	return fmt.Sprintf("; sha256 %.12s…, verwacht %.12s…", a.got.sha256, a.sha256)
}

func bytesText(n int64) string { return nl.Plain(nl.Count(n, "byte", "bytes")) }

// runOf is the run in whose folder a file lies.
func runOf(file string) string {
	if parts := strings.Split(file, "/"); len(parts) > 2 && parts[0] == "runs" {
		return parts[1]
	}
	return ""
}
