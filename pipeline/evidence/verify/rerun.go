package verify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"stapel/config"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/nl"
)

// From says what a run is made again from.
type From string

// What a run is made again from. FromInbox reads the extracts of the inbox again. FromLake takes their lines from the lake, and what else is known of them
// from the lake and the manifest: it needs no inbox.
const (
	FromLake  From = "lake"
	FromInbox From = "inbox"
)

// Inputs are the deliveries of a run, as its manifest has them.
type Inputs = []control.Input

// Again makes a run in a data folder, and gives its id. inputs are the deliveries of a run that is made from the lake; nil: the folder has an inbox.
type Again func(ctx context.Context, data string, cfg *config.Config, until string, synthetic bool, inputs Inputs) (id string, err error)

// RerunResult is how a run that was made again compares.
type RerunResult struct {
	Run     string `json:"run_id"`
	Again   string `json:"herhaald_als"` // another id where it was made from something else
	From    From   `json:"uit"`
	Same    int    `json:"gelijk"`       // files with the same bytes
	SameRow int    `json:"zelfde_rijen"` // tables with the same rows in other bytes
	Differ  int    `json:"anders"`       // the rest
}

// Rerun makes a run again in a folder that goes afterwards, and holds what it gives to what was published. What went in differently is said first: then
// another result says nothing of the run.
func Rerun(ctx context.Context, opt Options, from From, again Again) (*RerunResult, []Finding, error) {
	v := newVerifying(opt)
	lock, err := v.lake.LockShared() // a run would clear the folder that this one is made in
	if err != nil {
		return nil, nil, err
	}
	defer lock.Unlock()
	if err := v.open(); err != nil {
		return nil, nil, err
	}
	r := v.wanted[0]
	if what, err := r.read(); err != nil || what != "" {
		return nil, nil, errors.Join(err, &exit.Error{Code: exit.Difference, Err: errors.New("the manifest is not what the run wrote: it can't be made again"),
			Remedy: "see `stapel verify`"})
	}
	cfg, had, err := published.Configuration(r.Manifest, v.cfg, opt.Load)
	if err != nil {
		return nil, nil, err
	}
	if !had {
		cfg = v.cfg
	}
	until, synthetic, _, err := madeAs(r.Manifest) // it follows: else the manifest would not be what the run wrote
	if err != nil {
		return nil, nil, err
	}
	work, err := v.lake.Work("herhaling-")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(work)
	if err := v.layOut(r, from, work); err != nil {
		return nil, nil, err
	}
	var inputs Inputs
	if from == FromLake {
		inputs = r.Inputs
	}
	id, err := again(ctx, work, cfg, until, synthetic, inputs)
	if err != nil {
		return nil, nil, err
	}
	made, err := published.Open(&lake.Lake{Root: work}, id)
	if err != nil {
		return nil, nil, err
	}
	res := &RerunResult{Run: r.id, Again: id, From: from}
	v.causes(r.Manifest, &made.Manifest)
	v.outputs(r, &made.Manifest, res)
	return res, v.result.Findings, nil
}

// layOut copies what a run is made from into a folder: the extracts that it read with their notes, or the lake; the draws and the analysis plans.
func (v *verifying) layOut(r *run, from From, work string) error {
	if from == FromInbox {
		if err := v.layOutInbox(r, work); err != nil {
			return err
		}
	}
	var files []string
	if from == FromLake {
		for _, h := range r.Lake {
			files = append(files, h.File)
		}
	}
	for _, l := range r.Lotteries {
		files = append(files, "lotingen/"+l.ID+".parquet", "lotingen.jsonl")
	}
	for _, p := range r.Plans {
		files = append(files, analyseplan.Folder+"/"+p.ID+".json")
	}
	for _, file := range files {
		err := copyFile(v.at(file), filepath.Join(work, filepath.FromSlash(file)))
		if errors.Is(err, fs.ErrNotExist) {
			return exit.Misuse("put it back from a copy", "run %s can't be made again: %s is gone", r.id, masked(file))
		}
		if err != nil {
			return err
		}
	}
	return v.layOutPlans(r, work)
}

func (v *verifying) layOutInbox(r *run, work string) error {
	for _, in := range r.Inputs {
		file := inboxFile(in)
		if err := copyFile(v.at(file), filepath.Join(work, filepath.FromSlash(file))); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				return exit.Misuse("put the extracts of the run back in the inbox, or use --rerun lake", "run %s can't be made again: %s is no longer in the inbox", r.id, in.File)
			}
			return err
		}
		note := noteFile(v.at(file))
		if err := copyFile(note, filepath.Join(work, "inbox", path.Dir(in.File), filepath.Base(note))); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// layOutPlans writes the lines of the register of analysis plans that the run knew: one that was frozen since is none of its.
func (v *verifying) layOutPlans(r *run, work string) error {
	if len(r.Plans) == 0 {
		return nil
	}
	data, err := os.ReadFile(v.at(analyseplan.Register))
	if err != nil {
		return err
	}
	var known []byte
	for line := range bytes.Lines(data) {
		if slices.ContainsFunc(r.Plans, func(p control.Plan) bool { return bytes.Contains(line, []byte(`"`+p.ID+`"`)) }) {
			known = append(known, line...)
		}
	}
	return lake.WriteFile(filepath.Join(work, analyseplan.Register), known)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	return lake.WriteFile(to, data)
}

// causes says what went into a run differently.
func (v *verifying) causes(was, is *control.Manifest) {
	say := func(what, before, now string) {
		if before != now {
			v.say(Finding{Code: RerunInput, Run: was.RunID, Remark: true, What: fmt.Sprintf("%s: nu %s, in de run %s", what, now, before)})
		}
	}
	inputs := func(m *control.Manifest) map[string]string {
		out := map[string]string{}
		for _, in := range m.Inputs {
			out[in.File] = in.Sha256 + in.NoteSha256
		}
		return out
	}
	a, b := inputs(was), inputs(is)
	for _, file := range slices.Sorted(maps.Keys(a)) {
		if a[file] != b[file] {
			say("extract of leveringsbrief "+file, short(a[file]), short(b[file]))
		}
	}
	say("peildatum", was.Peildatum, is.Peildatum)
	v.configCauses(was, is, say)
	say("sleutel", was.Key, is.Key)
	models := func(m *control.Manifest) map[string]string {
		out := map[string]string{"prelude": m.Prelude}
		for _, mo := range m.Models {
			out[mo.Name] = mo.Sha256
		}
		return out
	}
	a, b = models(was), models(is)
	var other []string
	for _, name := range slices.Sorted(maps.Keys(a)) {
		if a[name] != b[name] {
			other = append(other, name)
		}
	}
	if len(other) > 0 {
		v.say(Finding{Code: RerunInput, Run: was.RunID, Remark: true, What: fmt.Sprintf("modellen: %s anders, de eerste %s", nl.Plain(nl.Count(int64(len(other)), "is", "zijn")), other[0])})
	}
	say("engine", was.Engine, is.Engine)
	say("programma", short(was.Binary)+" ("+was.Version+", "+was.Go+")", short(is.Binary)+" ("+is.Version+", "+is.Go+")")
	say("architectuur", was.Platform, is.Platform)
	threads := func(m *control.Manifest) string {
		if m.Execution.Threads == 0 {
			return "zoveel als er processors zijn"
		}
		return fmt.Sprint(m.Execution.Threads)
	}
	say("threads", threads(was), threads(is))
}

// configCauses names what of the configuration differs: settings, files, or settings that change no figure.
func (v *verifying) configCauses(was, is *control.Manifest, say func(what, before, now string)) {
	if was.Config == is.Config {
		return
	}
	before := len(v.result.Findings)
	say("instellingen (stapel.yaml, STAPEL_*)", short(was.Settings), short(is.Settings))
	files := func(m *control.Manifest) map[string]string {
		out := map[string]string{}
		for _, f := range m.Files {
			out[f.File] = f.Sha256
		}
		return out
	}
	a, b := files(was), files(is)
	for name := range b {
		a[name] += "" // one that the run did not have
	}
	for _, name := range slices.Sorted(maps.Keys(a)) {
		say("configuratie "+name, short(a[name]), short(b[name]))
	}
	if len(v.result.Findings) == before {
		say("instellingen die geen cijfer veranderen", short(was.Config), short(is.Config))
	}
}

func short(sum string) string {
	if sum == "" {
		return "weg"
	}
	return sum[:min(12, len(sum))] + "…"
}

// outputs holds every file that a run made again gave to the one that was published, as it lies there now.
func (v *verifying) outputs(r *run, is *control.Manifest, res *RerunResult) {
	now := map[string]control.Output{}
	for _, o := range is.Outputs {
		now[o.File] = o
	}
	for _, o := range r.Outputs {
		file := r.in(o.File)
		got, there := now[o.File]
		delete(now, o.File)
		f := Finding{Code: NotSame, Run: r.id, File: file, Do: "zie wat hierboven anders is; is dat niets, meld dit dan"}
		h := v.hash(file)
		switch {
		case !there:
			f.What = "de herhaling geeft dit bestand niet"
		case h.err == nil && h.sha256 == got.Sha256:
			res.Same++
			continue
		case h.err == nil && h.sha256 == o.Sha256 && o.RowDigest != "" && o.RowDigest == got.RowDigest:
			res.SameRow++
			continue
		case h.err != nil || h.sha256 != o.Sha256:
			f.What = "het bestand is niet meer wat de run schreef; de herhaling geeft iets anders"
			if got.Sha256 == o.Sha256 {
				f.What = "het bestand is niet meer wat de run schreef; de herhaling geeft wel wat in het manifest staat"
			}
		default:
			f.What = fmt.Sprintf("de herhaling geeft andere bytes; sha256 %s, de run %s", short(got.Sha256), short(o.Sha256))
		}
		res.Differ++
		v.say(f)
	}
	for _, file := range slices.Sorted(maps.Keys(now)) {
		res.Differ++
		v.say(Finding{Code: NotSame, Run: r.id, File: r.in(file), What: "de herhaling geeft dit bestand, de run niet"})
	}
}
