// Package verify finds out whether a data folder still holds what its runs made, and from what: files, tables, logs, configuration. It reads and
// changes nothing, and computes what it compares without the engine that made it.
package verify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
)

// Options say what to verify, and with what.
type Options struct {
	Data   string
	Run    string // "": the latest
	All    bool   // every run
	Load   published.Load
	Secret []byte // the project key; nil: the fingerprint of the key is not held to it
	// Trusted are keys that sign, known from elsewhere: with them every run has to be signed by one of them, or by one that they vouch for.
	Trusted []attest.PublicKey
	Known   *Known // what was found in bytes before; nil: nothing
}

// Code says what kind of difference a finding is.
type Code string

// Codes of findings. Those with no fault in them are remarks: see Finding.Remark.
const (
	Changed    Code = "gewijzigd"               // a file has other bytes
	Missing    Code = "ontbreekt"               // a file is gone
	Extra      Code = "extra"                   // a file that nothing knows
	Swapped    Code = "verwisseld"              // two files, each with the bytes of the other
	Moved      Code = "verplaatst"              // a file lies elsewhere
	Open       Code = "rechten"                 // others can read or write a file or a folder
	Manifest   Code = "manifest"                // the manifest is not what the run wrote
	Journal    Code = "journaal"                // the journal is not what the run wrote
	Rows       Code = "rijen"                   // rows differ from what the manifest says, in a file that is as it was
	Order      Code = "volgorde"                // rows do not stand in the order of the key
	Identity   Code = "telt_niet_op"            // figures that have to agree do not
	Log        Code = "logboek"                 // a log was changed
	Latest     Code = "latest"                  // latest is not the run that was published last
	RunGone    Code = "run_weg"                 // a run that was published is no longer there
	Purged     Code = "opgeruimd"               // a run was removed with stapel purge
	Config     Code = "configuratie"            // another configuration than the run had
	Key        Code = "sleutel"                 // another project key
	Evidence   Code = "bewijs"                  // signature or chain of runs
	Program    Code = "programma"               // another program
	NotInInbox Code = "niet_in_inbox"           // an extract is no longer in the inbox
	ReadAgain  Code = "opnieuw_gelezen"         // a later run stands on other bytes of the same file
	Old        Code = "van_eerder"              // a run or a log from before this was kept
	Unsure     Code = "niet_na_te_gaan"         // what would tell was changed itself
	Unsigned   Code = "niet_ondertekend"        // a run without a signature
	NotSame    Code = "herhaling_anders"        // made again, and not the same
	RerunInput Code = "herhaling_andere_invoer" // what the rerun was made from differs
)

// Nature says in what a file that was changed differs.
type Nature string

// Natures of a changed file.
const (
	Shorter    Nature = "korter"
	Longer     Nature = "langer"
	SameLength Nature = "even_lang"
	Unreadable Nature = "onleesbaar"   // no table any more
	SameRows   Nature = "zelfde_rijen" // a table with the same rows in other bytes
	FewerRows  Nature = "rijen_weg"
	MoreRows   Nature = "rijen_erbij"
	RowOrder   Nature = "andere_volgorde" // not in the order of its key
	Values     Nature = "andere_waarden"
)

// Finding is one thing that verification found.
type Finding struct {
	Code   Code   `json:"code"`
	Nature Nature `json:"aard,omitempty"`
	Run    string `json:"run,omitempty"`
	File   string `json:"bestand,omitempty"` // below the data folder, with slashes; of a configuration below its folder
	Other  string `json:"ook,omitempty"`     // the other file
	Line   int    `json:"regel,omitempty"`
	What   string `json:"wat"`               // Dutch: what was seen, and what was expected
	Do     string `json:"doen,omitempty"`    // Dutch
	Remark bool   `json:"melding,omitempty"` // worth knowing, and no difference
}

// String is the finding as a line of text.
func (f Finding) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", f.Code)
	if f.File != "" {
		fmt.Fprintf(&b, " %s", f.File)
	}
	if f.Line > 0 {
		fmt.Fprintf(&b, " regel %d", f.Line)
	}
	fmt.Fprintf(&b, ": %s", f.What)
	if f.Do != "" {
		fmt.Fprintf(&b, "; %s", f.Do)
	}
	return b.String()
}

// Differences is how many findings are no remark.
func Differences(all []Finding) (n int) {
	for _, f := range all {
		if !f.Remark {
			n++
		}
	}
	return n
}

// RunResult is what was looked at of one run.
type RunResult struct {
	ID         string   `json:"run_id"`
	Peildatum  string   `json:"peildatum,omitempty"`
	Files      int      `json:"bestanden"`
	Tables     int      `json:"tabellen"`
	Rows       int64    `json:"rijen"`
	Identities []string `json:"identiteiten,omitempty"` // Dutch: what was added up again, and held
	Inputs     int      `json:"extracten"`
	Absent     int      `json:"extracten_niet_in_inbox"`
}

// Result is what verification gives.
type Result struct {
	Code     exit.Code   `json:"exit"`
	Runs     []RunResult `json:"runs"`
	Lake     int         `json:"bestanden_lake"`
	LogLines int64       `json:"logregels"`
	KeyKnown bool        `json:"sleutel_nagegaan"`
	Findings []Finding   `json:"bevindingen"`
}

// run is one run that is verified.
type run struct {
	*control.Manifest
	id     string
	folder lake.Folder
	good   bool                      // its manifest is what the run wrote, as far as can be told
	models map[string]*control.Model // by output, of those that gave a table
	result RunResult
}

// in is the name of one of its files below the data folder, with slashes.
func (r *run) in(file string) string { return path.Join("runs", r.id, file) }

type verifying struct {
	opt      Options
	lake     *lake.Lake
	cfg      *config.Config
	all      []*run // of the data folder, in order of id
	wanted   []*run
	attached map[string]lake.Attached
	purged   map[string]lake.Purged
	wants    []want
	changed  []seen
	extra    []string
	known    *Known
	result   *Result

	mu     sync.Mutex // of hashes
	hashes map[string]hashed
}

func newVerifying(opt Options) *verifying {
	v := &verifying{opt: opt, lake: &lake.Lake{Root: opt.Data}, hashes: map[string]hashed{}, known: opt.Known, result: &Result{}}
	if v.known == nil {
		v.known = &Known{}
	}
	return v
}

// Run verifies. The error is of what could not be looked at; differences are findings.
func Run(ctx context.Context, opt Options) (*Result, error) {
	v := newVerifying(opt)
	lock, err := v.lake.LockShared()
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	if err := v.open(); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{v.logs, v.evidence, v.manifests, v.hashAll, v.since, v.publications, v.files, v.held, v.inbox, v.settings} {
		if err := ctx.Err(); err != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
		}
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	for _, r := range v.wanted {
		if r.good {
			if err := v.inside(ctx, r); err != nil {
				return nil, err
			}
		}
		v.result.Runs = append(v.result.Runs, r.result)
	}
	v.finish()
	return v.result, nil
}

// finish puts findings in order: differences first, by file.
func (v *verifying) finish() {
	slices.SortStableFunc(v.result.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(boolInt(a.Remark), boolInt(b.Remark)), cmp.Compare(a.Run, b.Run), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	if Differences(v.result.Findings) > 0 {
		v.result.Code = exit.Difference
	}
}

func (v *verifying) say(f Finding) {
	f.File, f.Other = masked(f.File), masked(f.Other)
	v.result.Findings = append(v.result.Findings, f)
}

// open finds the runs. One that nothing can be read of is still one.
func (v *verifying) open() error {
	var err error
	if v.cfg, err = v.opt.Load(nil); err != nil {
		return err
	}
	ids, err := v.lake.Runs()
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !published.IsRun(id) {
			v.say(Finding{Code: Extra, File: "runs/" + id, What: "deze map is geen run: een run heet naar peildatum en twaalf tekens",
				Do: "kijk waar ze vandaan komt en zet haar buiten de datamap"})
			continue
		}
		v.all = append(v.all, &run{id: id, folder: v.lake.Run(id), result: RunResult{ID: id}})
	}
	switch {
	case v.opt.All:
		v.wanted = v.all
	case v.opt.Run == "" || v.opt.Run == "latest":
		id, err := v.lake.Latest()
		if err != nil {
			return err
		}
		v.wanted = v.named(id)
		if len(v.wanted) == 0 && len(v.all) > 0 { // latest itself may be what is wrong
			v.wanted = v.all[len(v.all)-1:]
		}
	default:
		if v.wanted = v.named(v.opt.Run); len(v.wanted) == 0 {
			return exit.Misuse("look in runs/ for those there are", "there is no run %s in this data folder", v.opt.Run)
		}
	}
	if len(v.all) == 0 {
		if _, err := os.Stat(filepath.Join(v.opt.Data, lake.LatestLog)); err != nil {
			return exit.Misuse("run stapel first, or name the data folder with --data", "there is no published run in this data folder")
		}
	}
	if v.purged, err = v.lake.PurgedRuns(); err != nil {
		return err
	}
	if v.attached, err = v.lake.Attachments(); err != nil {
		return err
	}
	v.arrived()
	return nil
}

// arrived finds out of what was coming, or going, when a process was killed whether it came.
func (v *verifying) arrived() {
	for file, a := range v.attached {
		if len(a.Next) == 0 {
			continue
		}
		h := v.hash(file)
		switch gone := errors.Is(h.err, fs.ErrNotExist); {
		case gone && slices.Contains(a.Next, ""):
			a.Sha256 = ""
		case h.err == nil && slices.Contains(a.Next, h.sha256):
			a.Sha256 = h.sha256
		case h.err == nil && a.Sha256 == "": // with nothing there before, something else can't be what it was
			a.Sha256 = a.Next[len(a.Next)-1]
		}
		v.attached[file] = a
	}
}

func (v *verifying) named(id string) []*run {
	at := slices.IndexFunc(v.all, func(r *run) bool { return r.id == id })
	if at < 0 {
		return nil
	}
	return v.all[at : at+1]
}

// settings holds configuration, key and program to those of the runs.
func (v *verifying) settings(context.Context) error {
	key := ""
	if v.opt.Secret != nil {
		k, err := ingest.NewProjectKey(v.opt.Secret)
		if err != nil {
			return err
		}
		key, v.result.KeyKnown = k.Fingerprint(), true
	}
	binary, err := control.Program()
	if err != nil {
		return err
	}
	for _, r := range v.wanted {
		if !r.good {
			continue
		}
		if err := v.configured(r); err != nil {
			return err
		}
		if key != "" && key != r.Key {
			v.say(Finding{Code: Key, Run: r.id, What: fmt.Sprintf("de sleutel heeft vingerafdruk %s, die van de run was %s", key, r.Key),
				Do: "geef met --key-file de sleutel waarmee de run is gemaakt", Remark: v.later(r, func(o *run) bool { return o.Key == key })})
		}
		if binary != r.Binary {
			v.say(Finding{Code: Program, Run: r.id, Remark: true, What: fmt.Sprintf("een andere stapel maakte deze run: versie %s, %s, %s", r.Version, r.Go, r.Platform),
				Do: "voor een herhaling is die stapel nodig"})
		}
	}
	return nil
}

// configured holds the configuration to that of the run.
func (v *verifying) configured(r *run) error {
	cfg, had, err := published.Configuration(r.Manifest, v.cfg, v.opt.Load)
	if had || err != nil {
		return err
	}
	now := v.cfg.Sha256
	since := v.later(r, func(o *run) bool { return o.Config == now })
	say := func(file, what string) {
		if since {
			what += "; een latere run is met deze gemaakt"
		}
		v.say(Finding{Code: Config, Run: r.id, File: file, Remark: since, What: what, Do: "geef de --config en de STAPEL_*-instellingen van die run"})
	}
	if r.Settings == "" {
		say("", "de configuratie is een andere dan die van de run")
		return nil
	}
	if cfg.SettingsSha256 != r.Settings && v.cfg.SettingsSha256 != r.Settings {
		say(config.SettingsFile, "de instellingen zijn andere dan die van de run")
	}
	is := map[string]string{}
	for _, f := range v.cfg.Files {
		if f.Name != config.SettingsFile {
			is[f.Name+" ("+f.Origin+")"] = f.Sha256
		}
	}
	for _, f := range r.Manifest.Files {
		key := f.File + " (" + f.Origin + ")"
		switch sum, there := is[key]; {
		case !there:
			say(f.File, "weg: de run had hiervan een bestand ("+f.Origin+")")
		case sum != f.Sha256:
			say(f.File, fmt.Sprintf("anders dan de run had (%s); sha256 %.12s…, verwacht %.12s…", f.Origin, sum, f.Sha256))
		}
		delete(is, key)
	}
	for _, f := range v.cfg.Files {
		if _, there := is[f.Name+" ("+f.Origin+")"]; there {
			say(f.Name, "dit bestand ("+f.Origin+") had de run niet")
		}
	}
	return nil
}

// later reports whether a run that was made after r, and whose manifest is good, is so.
func (v *verifying) later(r *run, is func(*run) bool) bool {
	return slices.ContainsFunc(v.all, func(o *run) bool {
		return o != r && o.good && o.Execution.Finished >= r.Execution.Finished && is(o)
	})
}
