package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"stapel/pipeline/faulttest"
)

// faulted is what tests of faults share: the program in a process of its own, an inbox, and what a run without a fault makes of it.
type faulted struct {
	faulttest.State
	program faulttest.Program
	inbox   string // a folder to copy
	flags   []string
	took    time.Duration
}

// undisturbed runs once without a fault, for all tests of faults.
var undisturbed = sync.OnceValues(func() (*faulted, error) {
	path, err := os.Executable()
	if err != nil {
		return nil, err
	}
	root := filepath.Join(sharedDir, "storing")
	f := &faulted{inbox: filepath.Join(root, "inbox"), State: faulttest.State{Done: filepath.Join(root, "rustig")},
		program: faulttest.Program{Path: path, Name: "stapel", Env: []string{oneThread + "=1", "STAPEL_REPORTS_EFFECT=false"}}}
	for name, text := range map[string]string{
		"huishouden/h.csv":    faultHomes(),
		"wonen_signaal/w.csv": wonen(200) + "geen pseudoniem;0855;huurachterstand;2025-03-01\n",
		"wmo_declaratie/w.csv": "persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n" +
			"v1_00000000000000000000000000000001;0855;R1;02;2025-06-01;2025-06-30;3000;D;01234567\n",
	} {
		file := filepath.Join(f.inbox, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	if f.Inbox, err = faulttest.ReadTree(f.inbox); err != nil {
		return nil, err
	}
	key := filepath.Join(root, "sleutel")
	if o, err := f.program.Run(context.Background(), nil, "key", "new", "--key-file", key); err != nil || o.Code != 0 {
		return nil, fmt.Errorf("%s, %v", o.Err, err)
	}
	f.flags = []string{"--key-file", key, "--peildatum", "2025-12-31", "--no-progress", "--log-level", "info"}
	if err := f.deliver(f.Done); err != nil {
		return nil, err
	}
	begin := time.Now()
	o, err := f.program.Run(context.Background(), nil, f.run(f.Done)...)
	if f.took = time.Since(begin); err != nil || o.Code != 0 {
		return nil, fmt.Errorf("exit %d: %s, %v", o.Code, o.Err, err)
	}
	return f, f.Equal(f.Done)
})

func faultHomes() string {
	text := "persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh\n"
	for i := range 200 {
		text += fmt.Sprintf("v1_%032x;v1_%032x;0855;2020-01-01;1980;1;2\n", i, 0xc0000+i)
	}
	return text
}

// deliver makes a data folder with the inbox and nothing else.
func (f *faulted) deliver(data string) error {
	if err := os.RemoveAll(data); err != nil {
		return err
	}
	if err := os.MkdirAll(data, 0o700); err != nil {
		return err
	}
	return os.CopyFS(filepath.Join(data, "inbox"), os.DirFS(f.inbox))
}

// run is the command line of a run.
func (f *faulted) run(data string, more ...string) []string {
	return slices.Concat([]string{"run", "--data", data}, f.flags, more)
}

// recover runs without a fault after one, and holds what is there then to what it should have been all along.
func (f *faulted) recover(ctx context.Context, data string) error {
	o, err := f.program.Run(ctx, nil, f.run(data)...)
	if err != nil || o.Code != 0 {
		return fmt.Errorf("the next run: exit %d: %s, %v", o.Code, o.Err, err)
	}
	if err := f.Equal(data); err != nil {
		return fmt.Errorf("after the next run %w", err)
	}
	if o, err = f.program.Run(ctx, nil, "verify", "--all", "--data", data, f.flags[0], f.flags[1]); err != nil || o.Code != 0 {
		return fmt.Errorf("verify after the next run: exit %d: %s%s, %v", o.Code, o.Out, o.Err, err)
	}
	return nil
}

// killer kills runs in one data folder, one after the other, and has a run go to its end now and then.
type killer struct {
	*faulted
	rng     *rand.Rand
	data    string
	changes int // that a whole run makes, as far as is known

	kills, recovered, reset int
	stages                  map[string]int // kills by what the run was at
	complete                int            // runs that were done before they could be killed
}

// A draw is one moment, and what is killed.
type draw struct {
	at   faulttest.Moment
	more []string // flags
}

// next draws a moment: of three, one while extracts are read, again or for the first time, one at a time of a whole run, and one at a change of a file of
// a whole run, which are mostly made when it is published.
func (k *killer) next() draw {
	counted := k.changes > 0 && faulttest.CanCount()
	switch k.rng.IntN(3) {
	case 0:
		d := draw{more: []string{"--until", "lake"}}
		if k.rng.IntN(2) == 0 {
			d.more = append(d.more, "--full")
		}
		if counted {
			d.at.Changes = 1 + k.rng.IntN(60)
		} else {
			d.at.After = time.Duration(k.rng.Int64N(int64(k.took / 8)))
		}
		return d
	case 1:
		if counted {
			return draw{at: faulttest.Moment{Changes: 1 + k.rng.IntN(k.changes)}}
		}
	}
	return draw{at: faulttest.Moment{After: time.Duration(k.rng.Int64N(int64(k.took)))}}
}

// kill kills one run and holds the folder to what it may be.
func (k *killer) kill(t *testing.T) {
	d := k.next()
	o, n, err := k.program.Kill(t.Context(), d.at, k.run(k.data, d.more...)...)
	if err != nil {
		t.Fatal(err)
	}
	if o.Signal == 0 && len(d.more) == 0 && n > 0 {
		k.changes = n
	}
	switch {
	case o.Signal != 0:
		k.kills++
		k.stages[o.Stage()]++
	case o.Code == 0:
		k.complete++
	default:
		t.Errorf("%v %v: exit %d: %s", d.at, d.more, o.Code, o.Last())
	}
	if err := k.Sound(k.data); err != nil {
		t.Errorf("killed %v %v, while it was at %s: %v", d.at, d.more, o.Stage(), err)
	}
}

// recover lets a run go to its end, and then begins with the inbox alone, or with the lake as well.
func (k *killer) recoverOnce(t *testing.T) {
	if err := k.recover(t.Context(), k.data); err != nil {
		t.Fatal(err)
	}
	k.recovered++
	if k.rng.IntN(2) == 0 {
		if err := k.deliver(k.data); err != nil {
			t.Fatal(err)
		}
		return
	}
	names, err := filepath.Glob(filepath.Join(k.data, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !slices.Contains([]string{"inbox", "lake", "quarantine"}, filepath.Base(name)) {
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestKilled: a run that is killed at any moment leaves nothing half in place, loses nothing, and the next one gives the bytes of a run that nobody
// disturbed. Twenty moments; STAPEL_TORTURE is how many otherwise. STAPEL_SEED draws other moments.
func TestKilled(t *testing.T) {
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	total, series, every := 20, 2, 100
	if text := os.Getenv("STAPEL_TORTURE"); text != "" {
		if total, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
		every = 12
	}
	seed := uint64(54)
	if text := os.Getenv("STAPEL_SEED"); text != "" {
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	for s := range series {
		t.Run(fmt.Sprint(s), func(t *testing.T) {
			t.Parallel()
			k := &killer{faulted: f, rng: rand.New(rand.NewPCG(seed, uint64(s))), data: filepath.Join(t.TempDir(), "d"), changes: 1500, stages: map[string]int{}}
			if err := k.deliver(k.data); err != nil {
				t.Fatal(err)
			}
			for k.kills < total/series && !t.Failed() {
				k.kill(t)
				if done := k.kills + k.complete; done%every == 0 || k.kills == total/series {
					k.recoverOnce(t)
				}
				if k.kills%25 == 0 {
					t.Logf("%d killed so far, %d recovered: %v", k.kills, k.recovered, k.stages)
				}
			}
			t.Logf("seed %d, series %d: %d killed, %d done before they could be; %d times the next run was let go", seed, s, k.kills, k.complete, k.recovered)
			for _, stage := range slices.Sorted(maps.Keys(k.stages)) {
				t.Logf("%-12s %d", stage, k.stages[stage])
			}
		})
	}
}

// TestStrace says when changes of files can't be counted: moments are then by time alone.
func TestStrace(t *testing.T) {
	if !faulttest.CanCount() {
		t.Skip("strace is not here: moments of a kill are by time alone, and what is synced is not looked at")
	}
	if out, err := exec.Command("strace", "-V").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
