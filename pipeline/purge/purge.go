// Package purge removes runs beyond the last few. What anything refers to stays, and of what goes the evidence stays: manifest, journal, statement, its line in the
// chain, and a line that says who removed it and why.
package purge

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/analyseplan"
	"stapel/pipeline/chain"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/nl"
)

// Options say what to remove.
type Options struct {
	Data string
	Keep int    // runs with reports that stay, counted from the newest; what was published between them stays too
	Do   bool   // remove; false: say what would be
	Why  string // with Do: one line, logged
}

// Run is a run of the data folder and what becomes of it.
type Run struct {
	ID        string   `json:"run_id"`
	Peildatum string   `json:"peildatum"`
	Published string   `json:"gepubliceerd"` // RFC 3339
	Bytes     int64    `json:"bytes"`
	Stays     bool     `json:"blijft"`
	Why       []string `json:"want,omitempty"` // Dutch: why it stays
	Removed   bool     `json:"weggehaald"`
}

// Result is what was found and done.
type Result struct {
	Code  exit.Code `json:"exit"`
	Done  bool      `json:"uitgevoerd"`
	Runs  []Run     `json:"runs"`               // in the order in which they were published
	Bytes int64     `json:"bytes"`              // of runs that go
	Other []string  `json:"geen_run,omitempty"` // folders in runs that are none; they are left alone
}

// purging is one look at a data folder.
type purging struct {
	opt  Options
	lake *lake.Lake
	refs map[string][]string // by run: Dutch, what refers to it
}

// Purge says which runs go, and removes them when asked to. Where the evidence of a data folder is not whole it removes nothing: what refers to a run is then not known.
func Purge(ctx context.Context, opt Options) (*Result, error) {
	if opt.Keep < 1 {
		return nil, exit.Misuse("say how many runs stay with --keep: 1 or more", "it is not said how many runs stay")
	}
	if opt.Do {
		if err := reason(opt.Why); err != nil {
			return nil, err
		}
	}
	p := &purging{opt: opt, lake: &lake.Lake{Root: opt.Data}, refs: map[string][]string{}}
	take := p.lake.LockShared
	if opt.Do {
		take = p.lake.Lock
	}
	lock, err := take()
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	if err := p.whole(); err != nil {
		return nil, err
	}
	if err := p.references(); err != nil {
		return nil, err
	}
	r, err := p.plan()
	if err != nil || !opt.Do {
		return r, err
	}
	r.Done = true
	for i := range r.Runs {
		if r.Runs[i].Stays {
			continue
		}
		if ctx.Err() != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; what was removed so far is in the log")}
		}
		if err := p.remove(&r.Runs[i]); err != nil {
			return nil, err
		}
	}
	// tables that only they were made of would stay there
	if err := os.RemoveAll(p.lake.Cache()); err != nil {
		return nil, fmt.Errorf("tables of runs that were removed could not be: %w", err)
	}
	return r, nil
}

// reason holds a reason to what may stand in a log.
func reason(why string) error {
	if strings.TrimSpace(why) == "" {
		return exit.Misuse("say it with --reden; it is logged with your name", "removing runs needs a reason")
	}
	if bad := config.CheckLine(why, config.MaxReason); bad != "" {
		return exit.Misuse("say it in one line of plain text", "--reden: %s", bad)
	}
	if bad := access.NoBSN(why); bad != "" {
		return exit.Misuse("say it without the number", "--reden: %s", bad)
	}
	return nil
}

const look = "`stapel verify --all` says what is wrong"

// whole refuses a data folder of which logs, chain or manifests are not as they were written.
func (p *purging) whole() error {
	for _, name := range lake.Logs {
		found, _, err := chain.Check(filepath.Join(p.opt.Data, name))
		if err != nil {
			return err
		}
		for _, f := range found {
			if f.Kind.Fault() {
				return &exit.Error{Code: exit.Difference, Err: fmt.Errorf("nothing is removed: %s is not what was written", name), Remedy: look}
			}
		}
	}
	r, err := attest.Open(p.opt.Data)
	if err != nil {
		return err
	}
	all, err := r.Check("", nil)
	if err != nil {
		return err
	}
	if len(attest.Faults(all)) > 0 {
		return &exit.Error{Code: exit.Difference, Err: errors.New("nothing is removed: the chain of runs, or a run, is not what was published"), Remedy: look}
	}
	return nil
}

func (p *purging) refer(run, why string) {
	if run != "" && !slices.Contains(p.refs[run], why) {
		p.refs[run] = append(p.refs[run], why)
	}
}

var (
	workPaper = regexp.MustCompile(`^runs/([^/]+)/reports/accountant/steekproef-`)
	choice    = regexp.MustCompile(`^runs/([^/]+)/selecties/`)
	receipt   = regexp.MustCompile(`^keten-([0-9]+)\.`)
)

// references finds what refers to runs.
func (p *purging) references() error {
	latest, err := p.lake.Latest()
	if err != nil {
		return err
	}
	p.refer(latest, "het is de laatste (latest)")
	for _, log := range []struct{ name, what, why string }{
		{"selecties.jsonl", "", "er is een keuze uit gemaakt"},
		{"lotingen.jsonl", "", "er is een loting op aangekondigd of getrokken"},
		{"inzage.jsonl", "bundle", "een accountant kreeg er een bundel van"},
	} {
		err := lines(filepath.Join(p.opt.Data, log.name), func(text []byte) error {
			var e struct {
				Run  string `json:"run"`
				What string `json:"wat"`
			}
			if err := json.Unmarshal(text, &e); err != nil {
				return err
			}
			if log.what == "" || log.what == e.What {
				p.refer(e.Run, log.why)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("%s: %w", log.name, err)
		}
	}
	attached, err := p.lake.Attachments()
	if err != nil {
		return err
	}
	for file := range attached {
		if m := workPaper.FindStringSubmatch(file); m != nil {
			p.refer(m[1], "er is een steekproef uit getrokken")
		}
		if m := choice.FindStringSubmatch(file); m != nil {
			p.refer(m[1], "er is een keuze uit gemaakt")
		}
	}
	if err := p.plans(); err != nil {
		return err
	}
	return p.receipts()
}

// plans are analysis plans that were frozen on what a run shows.
func (p *purging) plans() error {
	files, err := filepath.Glob(filepath.Join(p.opt.Data, analyseplan.Folder, "*.json"))
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		var plan struct {
			Basis struct {
				Run string `json:"run_id"`
			} `json:"grondslag"`
		}
		if err := json.Unmarshal(data, &plan); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
		p.refer(plan.Basis.Run, "er is een analyseplan op vastgelegd")
	}
	return nil
}

// receipts are heads of the chain that others have: the run of such a line is one that somebody may come and ask about.
func (p *purging) receipts() error {
	entries, err := os.ReadDir(p.lake.Receipts())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r, err := attest.Open(p.opt.Data)
	if err != nil {
		return err
	}
	for _, e := range entries {
		m := receipt.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		nr, err := strconv.Atoi(m[1])
		if err != nil {
			return fmt.Errorf("%s: %w", e.Name(), err)
		}
		for _, line := range r.Lines {
			if line.Nr == nr {
				p.refer(line.Run, "de kop van de keten die aan anderen is gegeven is van deze run")
			}
		}
	}
	return nil
}

// lines gives every whole line of a file; none when it is not there. One that was cut off when it was written says nothing, and its log says so.
func lines(name string, each func([]byte) error) error {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	found, _, err := chain.Check(name)
	if err != nil {
		return err
	}
	n := 0
	for text := range strings.Lines(string(data)) {
		n++
		if slices.ContainsFunc(found, func(f chain.Found) bool { return f.Line == n && f.Kind == chain.Cut }) {
			continue
		}
		if err := each([]byte(text)); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}

// plan says of every run whether it stays.
func (p *purging) plan() (*Result, error) {
	r := &Result{Runs: []Run{}}
	ids, err := p.lake.Runs()
	if err != nil {
		return nil, err
	}
	register, err := attest.Open(p.opt.Data)
	if err != nil {
		return nil, err
	}
	nr := map[string]int{}
	for _, line := range register.Lines {
		nr[line.Run] = line.Nr
	}
	reported := map[string]bool{}
	for _, id := range ids {
		var m control.Manifest
		data, err := os.ReadFile(p.lake.Run(id).Manifest())
		if err != nil || !published.IsRun(id) || json.Unmarshal(data, &m) != nil {
			r.Other = append(r.Other, id)
			continue
		}
		reported[id] = slices.ContainsFunc(m.Outputs, func(o control.Output) bool { return lake.IsReport(o.File) })
		run := Run{ID: id, Peildatum: m.Peildatum, Published: m.Execution.Finished, Why: p.refs[id]}
		if run.Bytes, err = size(string(p.lake.Run(id))); err != nil {
			return nil, err
		}
		r.Runs = append(r.Runs, run)
	}
	slices.SortFunc(r.Runs, func(a, b Run) int { return cmp.Or(cmp.Compare(nr[a.ID], nr[b.ID]), cmp.Compare(a.ID, b.ID)) })
	newest := 0 // runs with reports, counted from the newest
	for i := len(r.Runs) - 1; i >= 0; i-- {
		run := &r.Runs[i]
		if newest < p.opt.Keep {
			run.Why = append([]string{fmt.Sprintf("het is een van de laatste %d, of daartussen gepubliceerd", p.opt.Keep)}, run.Why...)
		}
		if reported[run.ID] {
			newest++
		}
		if run.Stays = len(run.Why) > 0; !run.Stays {
			r.Bytes += run.Bytes
		}
	}
	return r, nil
}

func size(dir string) (n int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		st, err := d.Info()
		if err == nil {
			n += st.Size()
		}
		return err
	})
	return n, err
}

func (p *purging) remove(run *Run) error {
	_, sum, err := control.HashFile(p.lake.Run(run.ID).Manifest())
	if err != nil {
		return err
	}
	if err := p.lake.Purge(lake.Purged{When: access.Now(), Who: access.Who(), Run: run.ID, Manifest: sum, Bytes: run.Bytes, Why: p.opt.Why}); err != nil {
		return fmt.Errorf("run %s could not be removed: %w", run.ID, err)
	}
	run.Removed = true
	// what was put beside it went with it, or the same run made again would be missing that
	attached, err := p.lake.Attachments()
	if err != nil {
		return err
	}
	var gone []string
	for _, file := range slices.Sorted(maps.Keys(attached)) {
		if strings.HasPrefix(file, "runs/"+run.ID+"/") && attached[file].Sha256 != "" {
			gone = append(gone, filepath.Join(p.opt.Data, filepath.FromSlash(file)))
		}
	}
	return p.lake.Attach(gone...)
}

// Print says of every run whether it stays, and why.
func (r *Result) Print(say func(label, format string, a ...any)) {
	gone := 0
	for _, run := range r.Runs {
		label, why := "blijft", strings.Join(run.Why, "; ")
		if !run.Stays {
			gone++
			label, why = "kan weg", "nergens naar verwezen"
			if run.Removed {
				label, why = "weg", "bewijs bewaard in opgeruimd/"+run.ID
			}
		}
		say(label, "%s  %.10s  %s MB  %s", run.ID, run.Published, nl.Int((run.Bytes+999_999)/1_000_000), why)
	}
	for _, name := range r.Other {
		say("geen run", "runs/%s; blijft liggen", name)
	}
	sum := fmt.Sprintf("%s van de %s, samen %s MB", nl.Count(int64(gone), "run", "runs"), nl.Int(int64(len(r.Runs))), nl.Int((r.Bytes+999_999)/1_000_000))
	switch {
	case gone == 0:
		say("uitkomst", "er is niets om weg te halen")
	case r.Done:
		say("uitkomst", "weggehaald: %s", sum)
	default:
		say("uitkomst", "er is niets weggehaald; met --yes --reden gaat dit weg: %s", sum)
	}
}
