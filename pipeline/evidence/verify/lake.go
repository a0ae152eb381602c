package verify

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
)

// held holds the lake and the quarantine to what the runs stood on, and then says of all files what became of them.
func (v *verifying) held(ctx context.Context) error {
	known, folders, wanted := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range v.all {
		if !r.good {
			continue
		}
		for _, h := range r.Lake {
			known[h.File] = true
			if strings.HasSuffix(h.File, "/extract.json") {
				folders[path.Dir(h.File)] = true
			}
		}
	}
	for _, r := range v.wanted {
		if !r.good {
			continue
		}
		if r.Lake == nil && len(r.Inputs) > 0 {
			v.say(Finding{Code: Old, Run: r.id, File: "lake", Remark: true, What: "van voor het manifest de bestanden van de lake noemde: alleen de run zelf is nagegaan"})
		}
		for _, h := range r.Lake {
			key := h.File + h.Sha256
			if !wanted[key] {
				v.expect(want{file: h.File, sha256: h.Sha256, bytes: h.Bytes, run: r.id, by: "het manifest"})
				v.result.Lake++
			}
			wanted[key] = true
		}
	}
	for _, root := range []string{"lake", "quarantine"} {
		err := v.walk(root, func(file string) {
			if folders[path.Dir(file)] && !known[file] {
				v.extra = append(v.extra, file)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readAgain reports whether a file of the lake has the bytes that another run stands on: it was read again since, which is no fault, and is said.
func (v *verifying) readAgain(a seen) bool {
	if !strings.HasPrefix(a.file, "lake/") && !strings.HasPrefix(a.file, "quarantine/") {
		return false
	}
	for _, r := range v.all {
		if r.id == a.run || !r.good {
			continue
		}
		for _, h := range r.Lake {
			if h.File == a.file && h.Sha256 == a.got.sha256 {
				v.say(Finding{Code: ReadAgain, Run: a.run, File: a.file, Remark: true, What: "run " + r.id + " heeft dit extract opnieuw ingelezen; die inlezing ligt er nu"})
				return true
			}
		}
	}
	return false
}

// inbox holds extracts and notes in the inbox to what the runs read. What is no longer there is said, and is no fault.
func (v *verifying) inbox(ctx context.Context) error {
	limits := inbox.IngestLimits(v.cfg.Settings.Limits)
	for _, r := range v.wanted {
		if !r.good {
			continue
		}
		for _, in := range r.Inputs {
			r.result.Inputs++
			file := inboxFile(in)
			if _, err := os.Lstat(v.at(file)); errors.Is(err, fs.ErrNotExist) {
				r.result.Absent++
				v.say(Finding{Code: NotInInbox, Run: r.id, File: file, Remark: true, What: "niet meer in de inbox; de run is nog na te gaan, uit het extract herhalen kan niet"})
				continue
			}
			if err := v.delivered(ctx, r, in, file, limits); err != nil {
				return err
			}
			v.note(r, in, file)
		}
	}
	v.resolve()
	return nil
}

// inboxFile is where an extract was delivered.
func inboxFile(in control.Input) string {
	return path.Join("inbox", path.Dir(in.File), plainName(in.File))
}

// plainName is the name of a delivered file on disk: manifests quote one that is not fit for a line of text.
func plainName(file string) string {
	base := path.Base(file)
	if plain, err := strconv.Unquote(base); err == nil {
		return plain
	}
	return base
}

// delivered holds an extract to the bytes that the run read. Where the lake has its record the packed bytes are known too.
func (v *verifying) delivered(ctx context.Context, r *run, in control.Input, file string, limits ingest.Limits) error {
	if in.Sha256 == "" {
		return nil // refused before it could be hashed
	}
	w := want{file: file, sha256: in.Sha256, bytes: -1, run: r.id, by: "het manifest"}
	if strings.HasSuffix(strings.ToLower(file), ".gz") {
		if rec := v.record(r, in); rec != nil && path.Base(rec.Extract.Bestand) == path.Base(in.File) && rec.Extract.Sha256Geleverd != "" {
			w.sha256 = rec.Extract.Sha256Geleverd
		} else {
			sum, _, err := ingest.Identify(ctx, v.at(file), limits)
			if err != nil || sum != in.Sha256 {
				v.changedDelivery(r, in, w)
			}
			return ctx.Err()
		}
	}
	if h := v.hash(file); h.err == nil && h.sha256 == w.sha256 {
		v.wants = append(v.wants, w)
		return nil
	}
	v.changedDelivery(r, in, w)
	return nil
}

// noteFile is where the delivery note of an extract lies: its name may differ in case.
func noteFile(extract string) string {
	note := extract + ingest.NoteSuffix
	if _, err := os.Lstat(note); err == nil {
		return note
	}
	entries, _ := os.ReadDir(filepath.Dir(note))
	for _, e := range entries {
		if strings.EqualFold(e.Name(), filepath.Base(note)) {
			return filepath.Join(filepath.Dir(note), e.Name())
		}
	}
	return note
}

// record is what the lake keeps with an extract, nil when it is not there or is not what the run had.
func (v *verifying) record(r *run, in control.Input) *inbox.Record {
	file := path.Join("lake", in.Kind, in.Sha256, "extract.json")
	at := slices.IndexFunc(r.Lake, func(h control.Held) bool { return h.File == file })
	if at < 0 || v.hash(file).sha256 != r.Lake[at].Sha256 {
		return nil
	}
	rec, err := inbox.Kept(v.lake, in.Kind, in.Sha256)
	if err != nil || rec.Extract == nil {
		return nil
	}
	return rec
}

// changedDelivery says that an extract has other bytes, unless a later run read those.
func (v *verifying) changedDelivery(r *run, in control.Input, w want) {
	if o := v.otherReader(r, in, w, func(in control.Input) string { return in.Sha256 }); o != nil {
		v.say(Finding{Code: ReadAgain, Run: r.id, File: w.file, Remark: true, What: "onder deze naam ligt nu een ander extract, dat run " + o.id + " las"})
		return
	}
	v.expect(w)
}

// otherReader is another run that read under the same name, by the hash that of gives, something else than r did: what lies there now. nil: there is none.
func (v *verifying) otherReader(r *run, in control.Input, w want, of func(control.Input) string) *run {
	for _, o := range v.all {
		if o == r || !o.good {
			continue
		}
		for _, other := range o.Inputs {
			if other.File == in.File && of(other) != of(in) && of(other) == v.hash(w.file).sha256 {
				return o
			}
		}
	}
	return nil
}

// note holds a delivery note to the one that the run read.
func (v *verifying) note(r *run, in control.Input, file string) {
	if in.NoteSha256 == "" {
		return
	}
	note := path.Join(path.Dir(file), filepath.Base(noteFile(v.at(file))))
	if _, err := os.Lstat(v.at(note)); err != nil {
		v.say(Finding{Code: NotInInbox, Run: r.id, File: note, Remark: true, What: "de leveringsbrief ligt niet meer in de inbox"})
		return
	}
	w := want{file: note, sha256: in.NoteSha256, bytes: -1, run: r.id, by: "het manifest"}
	if o := v.otherReader(r, in, w, func(in control.Input) string { return in.NoteSha256 }); o != nil {
		v.say(Finding{Code: ReadAgain, Run: r.id, File: note, Remark: true, What: "run " + o.id + " las hier een andere leveringsbrief"})
		return
	}
	v.expect(w)
}
