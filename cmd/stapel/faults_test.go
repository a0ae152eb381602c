package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"stapel/pipeline/exit"
	"stapel/pipeline/faulttest"
)

// fault is something that goes wrong around a run: how it is brought about in a data folder, what the run ends with and says, and what is to be done before
// the next run gives what a run without a fault gives.
type fault struct {
	name  string
	done  bool                            // a run was published in the folder before; otherwise there is an inbox only
	make  func(data string) error         // before the run
	way   func(data string) faulttest.Way // how the run is started
	flags []string                        // of it
	env   string                          // of it
	code  exit.Code                       // of it
	says  string                          // its last line on stderr, or for code 0 a line: a regular expression
	mend  func(data string) error         // before the next run: what the message says
	loses bool                            // the fault is in what lies there: the folder is not sound before the next run
	needs func() bool                     // of the machine; nil: nothing
	slow  bool                            // a whole run: not in make test
}

func sized(kb int) func(string) faulttest.Way {
	return func(data string) faulttest.Way { return faulttest.SmallDisk(data, kb) }
}

func limited(limit string) func(string) faulttest.Way {
	return func(string) faulttest.Way { return faulttest.Limited(limit) }
}

func unprivileged(string) faulttest.Way { return faulttest.Unprivileged() }

// at finds the one file or folder of a pattern below a data folder.
func at(data, pattern string) (string, error) {
	names, err := filepath.Glob(filepath.Join(data, filepath.FromSlash(pattern)))
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("there is no %s", pattern)
	}
	if err != nil {
		return "", err
	}
	return names[0], nil
}

// on does something to the file of a pattern.
func on(pattern string, do func(name string) error) func(string) error {
	return func(data string) error {
		name, err := at(data, pattern)
		if err != nil {
			return err
		}
		return do(name)
	}
}

func mode(pattern string, m os.FileMode) func(string) error {
	return on(pattern, func(name string) error {
		return os.Chmod(name, m)
	})
}

// half keeps the first half of a file, empty nothing of it, gone not even its name.
func half(pattern string) func(string) error {
	return on(pattern, func(name string) error {
		st, err := os.Stat(name)
		if err != nil {
			return err
		}
		return os.Truncate(name, st.Size()/2)
	})
}

func empty(pattern string) func(string) error {
	return on(pattern, func(name string) error {
		return os.Truncate(name, 0)
	})
}

func gone(pattern string) func(string) error {
	return on(pattern, func(name string) error {
		return os.RemoveAll(name)
	})
}

// zeros writes zeros over a file, as long as it was: what a file system gives of a file whose length it kept and whose bytes it did not.
func zeros(pattern string) func(string) error {
	return on(pattern, func(name string) error {
		st, err := os.Stat(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, make([]byte, st.Size()), 0o600)
	})
}

// flipped changes one bit in the middle of a file.
func flipped(pattern string) func(string) error {
	return on(pattern, func(name string) error {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text[len(text)/2] ^= 1
		return os.WriteFile(name, text, 0o600)
	})
}

func put(name, text string) func(string) error {
	return func(data string) error {
		file := filepath.Join(data, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		return os.WriteFile(file, []byte(text), 0o600)
	}
}

func all(do ...func(string) error) func(string) error {
	return func(data string) error {
		for _, d := range do {
			if err := d(data); err != nil {
				return err
			}
		}
		return nil
	}
}

const (
	toLake    = "--until=lake"
	full      = `(past niet meer op de schijf; maak ruimte|de schijf van \S+ is vol; maak daar ruimte, of zet de datamap op een grotere schijf \(--data\))$`
	mayNot    = ` mag u niet lezen of schrijven; vraag er toegang toe$`
	rereadOf  = `(?m)^opmerking: wonen_signaal/w\.csv: wat de lake ervan had was niet meer heel; het is opnieuw ingelezen$`
	aManifest = `de map van run \S+ is er, en het manifest erin is niet te lezen; zet het terug uit een kopie, of bewaar die map elders voor onderzoek, en draai opnieuw$`
)

// faults are those of docs/faults.md, in its order.
var faults = []fault{
	{name: "disk full while extracts are read", way: sized(48), code: exit.Failed, says: full, needs: faulttest.CanMount},
	{name: "disk full while models are computed", way: sized(400), code: exit.Failed, says: full, needs: faulttest.CanMount},
	{name: "disk full while reports are written", slow: true, way: sized(1300), code: exit.Failed, says: full, needs: faulttest.CanMount},
	{name: "files may not be larger", slow: true, way: limited("-f 40"), code: exit.Failed, says: `is groter dan een bestand hier mag zijn; verhoog die grens \(ulimit -f\), of het quotum$`},
	{name: "data folder on a disk that can't be written to", way: faulttest.ReadOnly, code: exit.Failed,
		says: `staat op een schijf waarop niet geschreven kan worden; noem een andere plaats$`, needs: faulttest.CanMount},

	{name: "inbox file may not be read", make: mode("inbox/wonen_signaal/w.csv", 0), way: unprivileged, needs: faulttest.CanBeNobody, flags: []string{toLake}, code: exit.Failed,
		says: `wonen_signaal/w\.csv` + mayNot, mend: mode("inbox/wonen_signaal/w.csv", 0o600)},
	{name: "folder of the lake may not be written", done: true, make: mode("lake/wonen_signaal", 0o500), way: unprivileged, needs: faulttest.CanBeNobody, flags: []string{toLake, "--full"}, code: exit.Failed,
		says: `/lake/wonen_signaal/[0-9a-f]+` + mayNot, mend: mode("lake/wonen_signaal", 0o700)},
	{name: "lake may not be read", done: true, make: mode("lake/wonen_signaal/*/deel-0001.parquet", 0), way: unprivileged, needs: faulttest.CanBeNobody, flags: []string{toLake}, code: exit.Failed,
		says: `deel-0001\.parquet` + mayNot, mend: mode("lake/wonen_signaal/*/deel-0001.parquet", 0o600)},
	{name: "runs may not be written", make: all(put("runs/x", ""), gone("runs/x"), mode("runs", 0o500)), way: unprivileged, needs: faulttest.CanBeNobody, flags: []string{toLake}, code: exit.Failed,
		says: `/runs/\.staging` + mayNot, mend: mode("runs", 0o700)},
	{name: "latest may not be read", done: true, make: mode("latest", 0), way: unprivileged, needs: faulttest.CanBeNobody, code: exit.Failed, says: `/latest` + mayNot, mend: mode("latest", 0o600)},

	{name: "too little memory for the engine", env: "STAPEL_ENGINE_MEMORY_MB=8", code: exit.Failed,
		says: `het rekenen heeft meer geheugen nodig dan engine\.memory_mb toestaat \(8 MB\); verhoog engine\.memory_mb`},
	{name: "too few open files", slow: true, way: limited("-n 22"), code: exit.Failed, says: `er staan te veel bestanden tegelijk open; verhoog die grens \(ulimit -n\)$`},

	{name: "extract that is not whole", make: put("inbox/wonen_signaal/w.csv.gz", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b"), flags: []string{toLake}, code: exit.Refused,
		says: `(?m)^geweigerd: wonen_signaal/w\.csv\.gz: het gzip-bestand is beschadigd of niet compleet; lever het opnieuw aan$`, mend: gone("inbox/wonen_signaal/w.csv.gz")},

	{name: "latest names a run that is not there", done: true, loses: true, make: put("latest", "2025-12-31-aaaaaaaaaaaa\n"), code: exit.Done},
	{name: "latest is empty", slow: true, done: true, loses: true, make: empty("latest"), code: exit.Done},
	{name: "latest is gone", slow: true, done: true, make: gone("latest"), code: exit.Done},
	{name: "what killed runs left behind", slow: true, make: all(put("runs/.staging/2025-12-31-aaaaaaaaaaaa/marts/ranglijst.parquet", "half"), put("runs/.staging/latest", "2025-"),
		put("runs/.staging/explain-1/spill/x", "x"), put("lake/.staging/wonen_signaal-aa/deel-0001.parquet", "half"), put(".lock", "")), code: exit.Done},

	{name: "part of the lake is empty", done: true, loses: true, make: empty("lake/wonen_signaal/*/deel-0001.parquet"), flags: []string{toLake}, says: rereadOf},
	{name: "part of the lake is cut short", done: true, loses: true, make: half("lake/wonen_signaal/*/deel-0001.parquet"), flags: []string{toLake}, says: rereadOf},
	{name: "part of the lake is zeros", done: true, loses: true, make: zeros("lake/wonen_signaal/*/deel-0001.parquet"), flags: []string{toLake}, says: rereadOf},
	{name: "one bit of the lake is other", done: true, loses: true, make: flipped("lake/wonen_signaal/*/deel-0001.parquet"), flags: []string{toLake}, says: rereadOf},
	{name: "part of the lake is gone", done: true, loses: true, make: gone("lake/wonen_signaal/*/deel-0001.parquet"), flags: []string{toLake}, says: rereadOf},
	{name: "record of an extract is empty", done: true, loses: true, make: empty("lake/wonen_signaal/*/extract.json"), flags: []string{toLake}, says: rereadOf},
	{name: "keys of an extract are cut short", done: true, loses: true, make: half("lake/persoon/wonen_signaal-*"), flags: []string{toLake}, says: rereadOf},
	{name: "quarantine of an extract is gone", done: true, loses: true, make: gone("quarantine/wonen_signaal/*"), flags: []string{toLake}, says: rereadOf},
	{name: "extract is gone from the lake", done: true, make: gone("lake/wonen_signaal/*"), flags: []string{toLake}, code: exit.Done},

	{name: "manifest of the run is empty", slow: true, done: true, loses: true, make: empty("runs/2*/manifest.json"), code: exit.Difference, says: aManifest, mend: gone("runs/2*")},
	{name: "manifest of the run is gone", slow: true, done: true, loses: true, make: gone("runs/2*/manifest.json"), code: exit.Difference, says: aManifest, mend: gone("runs/2*")},
	{name: "table of the run is cut short", slow: true, done: true, loses: true, make: half("runs/2*/marts/ranglijst.parquet"), code: exit.Difference,
		says: `is eerder gepubliceerd met andere bytes: marts/ranglijst\.parquet`, mend: gone("runs/2*")},
}

// TestFaults: whatever goes wrong, nothing is half published and nothing is lost, the message says what to do, and when that is done the next run gives the
// bytes of a run without a fault.
func TestFaults(t *testing.T) {
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range faults {
		t.Run(x.name, func(t *testing.T) {
			if x.needs != nil && !x.needs() {
				t.Skip("this machine lets nobody mount a file system of their own, or give up rights of root")
			}
			if x.slow && !long() {
				t.Skip("STAPEL_TORTURE is not set")
			}
			data := filepath.Join(t.TempDir(), "d")
			if err := f.begin(data, x.done); err != nil {
				t.Fatal(err)
			}
			if x.make != nil {
				if err := x.make(data); err != nil {
					t.Fatal(err)
				}
			}
			program := f.program
			if x.env != "" {
				program.Env = append(program.Env[:len(program.Env):len(program.Env)], x.env)
			}
			var way faulttest.Way
			if x.way != nil {
				way = x.way(data)
			}
			o, err := program.Run(t.Context(), way, f.run(data, x.flags...)...)
			if err != nil {
				t.Fatal(err)
			}
			said := o.Last()
			if x.code == exit.Done || strings.HasPrefix(x.says, "(?m)") {
				said = o.Err + o.Out
			}
			if o.Code != int(x.code) || !regexp.MustCompile(x.says).MatchString(said) {
				t.Errorf("exit %d, want %d; it says %s", o.Code, x.code, said)
			}
			t.Logf("exit %d: %s", o.Code, strings.ReplaceAll(o.Last(), data, "data"))
			if x.mend != nil {
				if err := x.mend(data); err != nil {
					t.Fatal(err)
				}
			}
			state := f.State
			if x.code == exit.Done && len(x.flags) == 0 {
				if err := state.Equal(data); err != nil {
					t.Error(err)
				}
				return
			}
			if !x.loses || x.code == exit.Done {
				if err := state.Sound(data); err != nil {
					t.Error(err)
				}
			}
			if !long() && x.name != "disk full while models are computed" {
				return // the lake is what it was, so that the next run is that of any other fault
			}
			if o, err := f.program.Run(t.Context(), nil, f.run(data)...); err != nil || o.Code != 0 {
				t.Fatalf("the next run: exit %d: %s, %v", o.Code, o.Err, err)
			}
			if err := state.Equal(data); err != nil {
				t.Errorf("after the next run %v", err)
			}
		})
	}
}

// long is true where tests may take minutes.
func long() bool { return os.Getenv("STAPEL_TORTURE") != "" }

// begin makes a data folder: of the inbox alone, or of what a run left there.
func (f *faulted) begin(data string, done bool) error {
	if !done {
		return f.deliver(data)
	}
	if out, err := exec.Command("cp", "-a", f.Done, data).CombinedOutput(); err != nil {
		return fmt.Errorf("%s", out)
	}
	return nil
}

// TestAtOnce: of runs that begin together in one data folder one is made; the others end with exit 11 and leave it alone.
func TestAtOnce(t *testing.T) {
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "d")
	if err := f.deliver(data); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	ended := make([]faulttest.Outcome, 3)
	for i := range ended {
		group.Go(func() { ended[i], _ = f.program.Run(t.Context(), nil, f.run(data)...) })
	}
	group.Wait()
	codes := map[int]int{}
	for _, o := range ended {
		codes[o.Code]++
		if o.Code == int(exit.Locked) && !strings.HasSuffix(o.Last(), "in deze datamap is een andere run bezig; wacht tot die klaar is") {
			t.Error(o.Last())
		}
	}
	if codes[0] != 1 || codes[int(exit.Locked)] != 2 {
		t.Errorf("exit codes %v", codes)
	}
	if err := f.Equal(data); err != nil {
		t.Error(err)
	}
}

// TestWrittenMeanwhile: a file that somebody writes while the run reads it is refused, or taken as it was before or after; when it is written, the next run
// takes it.
func TestWrittenMeanwhile(t *testing.T) {
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "d")
	if err := f.deliver(data); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(data, "inbox", "wonen_signaal", "w.csv")
	whole := wonen(200000)
	if err := os.WriteFile(name, []byte(whole[:len(whole)/2]), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	stop, stopped := make(chan bool), make(chan error)
	go func() { // a copy that goes on for as long as the run does
		left := whole[len(whole)/2:]
		for {
			select {
			case <-stop:
				_, err := file.WriteString(left)
				stopped <- err
				return
			default:
				if n := min(64, len(left)-64); n > 0 {
					if _, err := file.WriteString(left[:n]); err != nil {
						t.Error(err)
					}
					left = left[n:]
				}
				time.Sleep(200 * time.Microsecond)
			}
		}
	}()
	o, err := f.program.Run(t.Context(), nil, f.run(data, toLake)...)
	close(stop)
	if err := <-stopped; err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	const says = "geweigerd: wonen_signaal/w.csv: het bestand veranderde terwijl het werd gelezen; plaats een levering pas in de inbox als zij compleet is " +
		"(schrijf elders en verplaats daarna)"
	if err != nil || o.Code != int(exit.Refused) || !strings.Contains(o.Err, says) {
		t.Errorf("exit %d: %s, %v", o.Code, o.Err, err)
	}
	if o, err = f.program.Run(t.Context(), nil, f.run(data, toLake)...); err != nil || o.Code != 0 || !strings.Contains(o.Out, "200.") {
		t.Errorf("when it is whole: exit %d: %s%s, %v", o.Code, o.Out, o.Err, err)
	}
}

// TestCrash: a program that can't go on ends by a signal, and not with the exit code of a mistake in what was asked; it leaves no core.
func TestCrash(t *testing.T) {
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "d")
	if err := f.deliver(data); err != nil {
		t.Fatal(err)
	}
	ctx, crash := context.WithCancel(t.Context())
	go func() {
		for ; t.Context().Err() == nil; time.Sleep(time.Millisecond) {
			if _, err := os.Stat(filepath.Join(data, "lake")); err == nil { // it runs
				crash()
				return
			}
		}
	}()
	// SIGQUIT is what the runtime takes for a crash on request
	way := func(cmd *exec.Cmd) { cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGQUIT) } }
	o, _ := f.program.Run(ctx, way, f.run(data)...)
	if o.Signal != syscall.SIGABRT || o.Core {
		t.Errorf("exit %d, signal %v, core %v", o.Code, o.Signal, o.Core)
	}
	if err := f.Sound(data); err != nil {
		t.Error(err)
	}
}

// TestLasts: everything is on disk before it is put in place, and its name before anything stands on it, so that a machine that stops at any moment comes up
// with whole runs and extracts, on any file system that keeps what it was told to keep.
func TestLasts(t *testing.T) {
	if !faulttest.CanCount() {
		t.Skip("strace is not here")
	}
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(t.TempDir(), "d")
	if err := f.deliver(data); err != nil {
		t.Fatal(err)
	}
	wrong, o, err := f.program.Unsynced(t.Context(), data, f.run(data)...)
	if err != nil || o.Code != 0 {
		t.Fatalf("exit %d: %s, %v", o.Code, o.Err, err)
	}
	for _, w := range wrong[:min(20, len(wrong))] {
		t.Error(w)
	}
	if err := f.Equal(data); err != nil {
		t.Error(err)
	}
}
