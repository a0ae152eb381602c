package doctor

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/config/cron"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/machine"
	"stapel/pipeline/schedule"
	"stapel/pipeline/setup"
)

const run = "2025-12-31-0123456789ab"

// fit is a machine and a data folder of which nothing is wrong.
type fit struct {
	t    *testing.T
	opt  Options
	cfg  *config.Config
	lake *lake.Lake
}

func newFit(t *testing.T) *fit {
	t.Helper()
	dir := t.TempDir()
	cfg := *configtest.Defaults(t, nil) // a copy: jobs are changed
	f := &fit{t: t, cfg: &cfg, lake: &lake.Lake{Root: filepath.Join(dir, "data")}}
	f.must(f.lake.Prepare())
	f.must(os.Chmod(f.lake.Root, 0o700))
	needed, _ := setup.Needed(f.cfg)
	for _, kind := range append(needed, "uitsluiting") {
		f.write(filepath.Join(f.lake.Inbox(), kind, "a.csv"), "x")
	}
	f.write(f.lake.Run(run).Manifest(), `{"sleutel":"ab"}`)
	f.must(f.lake.SetLatest(run))
	key := filepath.Join(dir, "sleutel")
	f.write(key, "k")
	root := filepath.Join(dir, "machine")
	f.write(root+"/proc/meminfo", "MemTotal: 16777216 kB\n")
	f.write(root+"/proc/self/mountinfo", "27 1 253:0 / / rw - ext4 /dev/mapper/luks rw\n")
	f.write(root+"/sys/dev/block/253:0/dm/uuid", "CRYPT-LUKS2-1-x\n")
	tz := ""
	f.opt = Options{Data: f.lake.Root, KeyFile: key, Version: "test", Now: time.Now(), Machine: machine.Machine{Root: root}, Say: func(err error) string { return err.Error() },
		Load: func(context.Context) (*config.Config, error) { return f.cfg, nil }, ReadKey: func() (string, error) { return "ab", nil }, tz: &tz,
		free: func(string) (int64, error) { return 1 << 40, nil }, find: func(string) (string, error) { return "/usr/bin/cbc", nil },
		device: func(name string) (uint64, error) { // the key lies on another volume
			if name == key {
				return 7, nil
			}
			return machine.Device(name)
		}}
	return f
}

func (f *fit) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *fit) write(name, text string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(name), 0o700))
	f.must(os.WriteFile(name, []byte(text), 0o600))
}

// onMachine replaces a file of the machine.
func (f *fit) onMachine(name, text string) { f.write(filepath.Join(f.opt.Machine.Root, name), text) }

func (f *fit) job(change func(*config.Job)) {
	f.t.Helper()
	expr, err := cron.Parse("0 6 * * *")
	f.must(err)
	j := config.Job{Name: "dag", Purpose: "test", Cron: "0 6 * * *", Zone: "UTC", Expr: expr, Location: time.UTC}
	if change != nil {
		change(&j)
	}
	f.cfg.Jobs = []config.Job{j}
}

func (f *fit) logged(at time.Time, what string, code *exit.Code) {
	f.t.Helper()
	f.must(schedule.FileLog(f.lake.Root).Append(schedule.Entry{When: at, Job: "dag", What: what, Tick: &at, Exit: code}))
}

func (f *fit) look() *Result {
	f.t.Helper()
	r, err := Run(f.t.Context(), f.opt)
	f.must(err)
	return r
}

// said are the checks that are not good, a line each.
func said(r *Result) string {
	var b strings.Builder
	for _, c := range r.Checks {
		if c.Verdict != Good {
			fmt.Fprintf(&b, "%s %s: %s; %s\n", c.Verdict, c.Name, c.What, c.Do)
		}
	}
	return b.String()
}

func TestNothingWrong(t *testing.T) {
	f := newFit(t)
	f.job(nil)
	f.opt.Now = time.Now().UTC().Truncate(24 * time.Hour).Add(31 * time.Hour)
	begun := f.opt.Now.Add(-time.Hour)
	done := exit.Done
	f.logged(begun, schedule.Started, nil)
	f.logged(begun, schedule.Ended, &done)
	r := f.look()
	if r.Code != exit.Done || said(r) != "" {
		t.Errorf("exit %d\n%s", r.Code, said(r))
	}
	names := map[string]bool{}
	for _, c := range r.Checks {
		names[c.Name] = true
	}
	for _, name := range strings.Fields("versie configuratie geheugen processors cbc datamap schijf quarantaine sleutel versleuteling wisselgeheugen tijdzone klok latest resten inbox taken") {
		if !names[name] {
			t.Errorf("nothing is said of %s", name)
		}
	}
	text, err := json.Marshal(r)
	if err != nil || !strings.HasPrefix(string(text), `{"exit":0,"controles":[{"naam":"versie","oordeel":"goed","wat":"stapel test, duckdb`) {
		t.Errorf("%s, %v", text, err)
	}
}

// TestFaults: each thing that can be wrong, made wrong on the disk where a test may do that, is found, with what to do, and nothing else is.
func TestFaults(t *testing.T) {
	another := "/dev/shm" // on most machines a volume of its own
	for name, c := range map[string]struct {
		wrong func(t *testing.T, f *fit)
		want  string // verdict, name, and the beginning of what is said
		do    string // in what to do
		also  bool   // more may be found
	}{
		"configuration": {wrong: func(_ *testing.T, f *fit) {
			f.opt.Load = func(context.Context) (*config.Config, error) {
				return nil, errors.New("config/stapel.yaml:3: engine.threds: unknown")
			}
		}, want: "fout configuratie: config/stapel.yaml:3: engine.threds", do: "stapel config validate"},
		"memory above the machine": {wrong: func(_ *testing.T, f *fit) { f.cfg.Settings.Engine.MemoryMB = 20000 }, want: "fout geheugen: engine.memory_mb is 20.000, en er is 16.384 MB van de machine",
			do: "op 9.830 of minder"},
		"memory above the cgroup": {wrong: func(_ *testing.T, f *fit) {
			f.cfg.Settings.Engine.MemoryMB = 3000
			f.onMachine("/proc/self/cgroup", "0::/a.service\n")
			f.onMachine("/proc/self/mountinfo", "27 1 253:0 / / rw - ext4 /dev/mapper/luks rw\n31 27 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
			f.onMachine("/sys/fs/cgroup/a.service/memory.max", "2147483648\n")
		}, want: "fout geheugen: engine.memory_mb is 3.000, en er is 2.048 MB van de cgroup (versie 2)"},
		"memory near the machine": {wrong: func(_ *testing.T, f *fit) { f.cfg.Settings.Engine.MemoryMB = 15000 }, want: "let op geheugen: engine.memory_mb is 15.000"},
		"a small machine":         {wrong: func(_ *testing.T, f *fit) { f.onMachine("/proc/meminfo", "MemTotal: 524288 kB\n") }, want: "fout geheugen: er is 512 MB van de machine, te weinig"},
		"little for the engine":   {wrong: func(_ *testing.T, f *fit) { f.cfg.Settings.Engine.MemoryMB = 250 }, want: "fout geheugen: DuckDB mag 250 MB gebruiken, te weinig", do: "300 of meer"},
		"memory not known":        {wrong: func(_ *testing.T, f *fit) { f.onMachine("/proc/meminfo", "") }, want: "onbekend geheugen: niet te zien"},
		"threads":                 {wrong: func(_ *testing.T, f *fit) { f.cfg.Settings.Engine.Threads = 4096 }, want: "let op processors: engine.threads is 4.096"},
		"no cbc": {wrong: func(t *testing.T, f *fit) {
			t.Setenv("PATH", t.TempDir())
			f.opt.find = nil
		}, want: "let op cbc: het programma cbc is er niet", do: "apt-get install coinor-cbc"},
		"no data folder":        {wrong: func(_ *testing.T, f *fit) { f.opt.Data = filepath.Join(f.lake.Root, "elders") }, want: "fout datamap: er is geen datamap", do: "stapel init"},
		"a file as data folder": {wrong: func(_ *testing.T, f *fit) { f.opt.Data = f.opt.KeyFile }, want: "fout datamap: ", also: true},
		"data folder open":      {wrong: func(_ *testing.T, f *fit) { f.must(os.Chmod(f.lake.Root, 0o750)) }, want: "fout datamap: in de datamap kunnen anderen bij 1 bestand of map, zoals de datamap", do: "chmod -R go="},
		"a mart open":           {wrong: func(_ *testing.T, f *fit) { f.must(os.Chmod(f.lake.Run(run).Manifest(), 0o604)) }, want: "fout datamap: in de datamap kunnen anderen bij 1 bestand of map, zoals runs/" + run + "/manifest.json"},
		"a link": {wrong: func(_ *testing.T, f *fit) {
			f.must(os.Symlink("/etc/hostname", filepath.Join(f.lake.Root, "runs", "x")))
		}, want: "let op datamap: in de datamap is 1 bestand of map een verwijzing"},
		"somebody else's": {wrong: func(_ *testing.T, f *fit) { f.opt.uid, f.opt.asUser = os.Getuid()+1, true }, want: "fout datamap: in de datamap zijn", do: "chown", also: true},
		"quarantine open": {wrong: func(_ *testing.T, f *fit) { f.must(os.Chmod(f.opt.Data+"/quarantine", 0o755)) }, want: "fout quarantaine: in de quarantaine kunnen anderen bij 1 bestand of map, zoals quarantine/"},
		"inbox open":      {wrong: func(_ *testing.T, f *fit) { f.must(os.Chmod(f.lake.Inbox(), 0o770)) }, want: "let op inbox: in de inbox kunnen anderen bij 1"},
		"no key named":    {wrong: func(_ *testing.T, f *fit) { f.opt.KeyFile = "" }, want: "onbekend sleutel: er is geen projectsleutel genoemd"},
		"key gone":        {wrong: func(_ *testing.T, f *fit) { f.must(os.Remove(f.opt.KeyFile)) }, want: "fout sleutel: de projectsleutel is er niet"},
		"key open":        {wrong: func(_ *testing.T, f *fit) { f.must(os.Chmod(f.opt.KeyFile, 0o640)) }, want: "fout sleutel: anderen kunnen de projectsleutel lezen", do: "chmod 600"},
		"key is none": {wrong: func(_ *testing.T, f *fit) {
			f.opt.ReadKey = func() (string, error) { return "", errors.New("the key file does not hold a key") }
		}, want: "fout sleutel: the key file does not hold a key"},
		"another key": {wrong: func(_ *testing.T, f *fit) { f.write(f.lake.Run(run).Manifest(), `{"sleutel":"cd"}`) }, want: "fout sleutel: dit is niet de sleutel van de laatste run: vingerafdruk ab, en die van de run was cd"},
		"key in the data folder": {wrong: func(_ *testing.T, f *fit) {
			f.opt.KeyFile = filepath.Join(f.lake.Root, "sleutel")
			f.write(f.opt.KeyFile, "k")
		}, want: "fout sleutel: de projectsleutel ligt in de datamap"},
		"key on the same volume": {wrong: func(_ *testing.T, f *fit) { f.opt.device = nil }, want: "let op sleutel: de projectsleutel ligt op hetzelfde volume"},
		"disk full":              {wrong: func(_ *testing.T, f *fit) { f.opt.free = func(string) (int64, error) { return 1 << 20, nil } }, want: "fout schijf: er is 2 MB vrij; een run over deze inbox (1 MB)", do: "stapel purge"},
		"disk for a large inbox": {wrong: func(_ *testing.T, f *fit) {
			big := filepath.Join(f.lake.Inbox(), "huishouden", "groot.csv.gz") // 1 GB that takes no room: packed, so 10 GB of text
			f.write(big, "")
			f.must(os.Truncate(big, 1e9))
			f.opt.free = func(string) (int64, error) { return 8e9, nil }
		}, want: "let op schijf: er is 8,0 GB vrij; een run over deze inbox (10,0 GB) heeft naar schatting tot 15,0 GB"},
		"not encrypted": {wrong: func(_ *testing.T, f *fit) {
			f.must(os.RemoveAll(f.opt.Machine.Root + "/sys/dev/block/253:0/dm"))
			f.must(os.MkdirAll(f.opt.Machine.Root+"/sys/dev/block/253:0/slaves", 0o700))
		}, want: "let op versleuteling: het volume van de datamap (ext4, /dev/mapper/luks) wordt op deze machine niet versleuteld", do: "LUKS"},
		"a file server": {wrong: func(_ *testing.T, f *fit) {
			f.onMachine("/proc/self/mountinfo", "27 1 0:50 / / rw - nfs4 server:/x rw\n")
		}, want: "onbekend versleuteling: of het volume"},
		"in memory": {wrong: func(_ *testing.T, f *fit) { f.onMachine("/proc/self/mountinfo", "27 1 0:50 / / rw - tmpfs tmpfs rw\n") }, want: "let op versleuteling: het volume van de datamap (tmpfs, tmpfs) is geheugen"},
		"spill elsewhere": {wrong: func(t *testing.T, f *fit) {
			there, err := os.MkdirTemp(another, "stapel-doctor-")
			if err != nil {
				t.Skip("no other volume: ", err)
			}
			t.Cleanup(func() { os.RemoveAll(there) })
			a, _ := machine.Device(there)
			if b, _ := machine.Device(f.lake.Root); a == b {
				t.Skip("no other volume")
			}
			f.must(os.Remove(f.lake.Root + "/runs/.staging"))
			f.must(os.Symlink(there, f.lake.Root+"/runs/.staging"))
		}, want: "fout versleuteling: runs/.staging/ ligt op een ander volume dan runs/", also: true},
		"swap": {wrong: func(_ *testing.T, f *fit) {
			f.onMachine("/proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n")
			f.onMachine("/dev/sda2", "")
			f.must(os.MkdirAll(f.opt.Machine.Root+"/sys/class/block/sda2/slaves", 0o700))
		}, want: "let op wisselgeheugen: /dev/sda2 is niet versleuteld", do: "swapoff"},
		"time zone": {wrong: func(_ *testing.T, f *fit) { tz := "Europa/Tilburg"; f.opt.tz = &tz }, want: "let op tijdzone: de variabele TZ noemt een tijdzone die er niet is"},
		"clock":     {wrong: func(_ *testing.T, f *fit) { f.opt.Now = time.Now().Add(-48 * time.Hour) }, want: "fout klok: de klok staat op ", do: "timedatectl"},
		"clock before the chain": {wrong: func(_ *testing.T, f *fit) {
			f.write(f.lake.Chain(), `{"volgnummer":1,"tijd":"`+time.Now().Add(time.Hour).UTC().Format(time.RFC3339)+`"}`+"\n")
		}, want: "fout klok: de klok staat op "},
		"work of a dead run": {wrong: func(_ *testing.T, f *fit) { f.write(f.lake.Root+"/runs/.staging/"+run+"/journal.jsonl", "{}") }, want: "let op resten: in runs/.staging/ ligt werk van een run die niet klaar is gekomen: 1 map of bestand, 1 MB"},
		"half an extract":    {wrong: func(_ *testing.T, f *fit) { f.write(f.lake.Root+"/lake/.staging/huishouden-ab/deel-0001.parquet", "x") }, want: "let op resten: in lake/.staging/ ligt werk"},
		"half a selection":   {wrong: func(_ *testing.T, f *fit) { f.write(string(f.lake.Run(run))+"/selecties/2.deel/x", "x") }, want: "let op resten: van een keuze die is afgebroken"},
		"left in a Trino":    {wrong: func(_ *testing.T, f *fit) { f.write(f.lake.Ledger(), "stapel_1\tx\n") }, want: "let op resten: een run liet iets achter in een Trino"},
		"latest to nowhere":  {wrong: func(_ *testing.T, f *fit) { f.must(os.RemoveAll(string(f.lake.Run(run)))) }, want: "fout latest: latest noemt run " + run + ", en die is er niet", do: "back-up"},
		"latest gone":        {wrong: func(_ *testing.T, f *fit) { f.must(os.Remove(f.lake.Root + "/latest")) }, want: "fout latest: het bestand latest is weg"},
		"latest is no run":   {wrong: func(_ *testing.T, f *fit) { f.write(f.lake.Root+"/latest", "../../etc\n") }, want: "fout latest: in het bestand latest staat geen nummer van een run"},
		"latest not the last": {wrong: func(_ *testing.T, f *fit) {
			f.must(lake.AppendLine(f.lake.Root+"/publicaties.jsonl", map[string]string{"run": "2025-12-31-ffffffffffff"}))
		}, want: "let op latest: "},
		"no inbox":             {wrong: func(_ *testing.T, f *fit) { f.must(os.RemoveAll(f.lake.Inbox())) }, want: "fout inbox: er is geen inbox", do: "stapel init"},
		"not delivered":        {wrong: func(_ *testing.T, f *fit) { f.must(os.Remove(f.lake.Inbox() + "/huishouden/a.csv")) }, want: "fout inbox: van wat verplicht is ontbreekt: huishouden"},
		"busy and silent":      {wrong: func(t *testing.T, f *fit) { f.locked(t); f.opt.Now = time.Now().Add(3 * time.Hour) }, want: "let op slot: ", do: "kijk"},
		"a job that never ran": {wrong: func(_ *testing.T, f *fit) { f.job(nil) }, want: "let op taken: taak dag staat in jobs.yaml, maar is hier nooit gedraaid of gezien", do: "schedule install"},
		"a job that missed its tick": {wrong: func(_ *testing.T, f *fit) {
			f.job(nil)
			f.logged(f.opt.Now.Add(-100*time.Hour), schedule.Known, nil)
		}, want: "fout taken: taak dag moest draaien om ", do: "schedule run --once --job dag", also: true},
		"a job that failed": {wrong: func(_ *testing.T, f *fit) {
			f.job(nil)
			at, code := f.opt.Now.Add(-time.Minute), exit.ChecksFailed
			f.logged(at, schedule.Started, nil)
			f.logged(at, schedule.Ended, &code)
		}, want: "fout taken: taak dag moest draaien om ", do: " en is 1 keer mislukt; de laatste exitcode is 5; opnieuw vanaf "},
		"a job that was killed": {wrong: func(_ *testing.T, f *fit) {
			f.job(nil)
			f.logged(f.opt.Now.Add(-time.Minute), schedule.Started, nil)
		}, want: "fout taken: taak dag moest draaien om ", do: " en is 1 keer mislukt; van de laatste poging is geen einde bekend"},
		"a job that waits": {wrong: func(_ *testing.T, f *fit) {
			f.job(func(j *config.Job) { j.Required, j.Late = []string{"wonen_signaal"}, config.LateWait })
			f.logged(f.opt.Now.Add(-48*time.Hour), schedule.Known, nil)
		}, want: "let op taken: taak dag vraagt een levering van", do: "required", also: true},
		"a job with more memory": {wrong: func(_ *testing.T, f *fit) {
			f.job(func(j *config.Job) { j.MemoryMB = 64000 })
			f.logged(f.opt.Now, schedule.Known, nil)
		}, want: "let op taken: taak dag mag 64.000 MB gebruiken, en er is 16.384 MB"},
		"trino": {wrong: func(_ *testing.T, f *fit) {
			f.cfg.Settings.Engine.Kind, f.cfg.Settings.Trino.SharedDir = config.EngineTrino, filepath.Join(f.lake.Root, "..", "nergens")
		}, want: "fout trino: de map van trino.shared_dir is er niet"},
		"trino open": {wrong: func(_ *testing.T, f *fit) {
			dir := filepath.Join(f.lake.Root, "..", "gedeeld")
			f.must(os.Mkdir(dir, 0o700))
			f.must(os.Chmod(dir, 0o755))
			f.cfg.Settings.Engine.Kind, f.cfg.Settings.Trino.SharedDir = config.EngineTrino, dir
		}, want: "fout trino: anderen kunnen bij de map van trino.shared_dir", do: "chmod 700"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFit(t)
			c.wrong(t, f)
			r := f.look()
			got := said(r)
			if !strings.Contains("\n"+got, "\n"+c.want) || !strings.Contains(got, c.do) {
				t.Errorf("want %q with %q:\n%s", c.want, c.do, got)
			}
			if !c.also && strings.Count(got, "\n") != 1 {
				t.Errorf("more is found:\n%s", got)
			}
			if fault := strings.Contains("\n"+got, "\nfout "); fault != (r.Code == exit.Failed) {
				t.Errorf("exit %d:\n%s", r.Code, got)
			}
			for _, c := range r.Checks {
				if c.Verdict == Fault && c.Do == "" && c.Name != "sleutel" {
					t.Errorf("no remedy: %+v", c)
				}
			}
		})
	}
}

// locked lets somebody else work in the data folder: another open file has a lock of its own.
func (f *fit) locked(t *testing.T) {
	t.Helper()
	lock, err := f.lake.Lock()
	f.must(err)
	t.Cleanup(func() { _ = lock.Unlock() })
}

// TestBusy: while a run works, what lies in staging is its work and no leftover, and its process is named.
func TestBusy(t *testing.T) {
	f := newFit(t)
	f.opt.Machine = machine.Machine{}
	f.locked(t)
	f.write(f.lake.Root+"/runs/.staging/"+run+"/journal.jsonl", "{}")
	for _, c := range f.look().Checks {
		if c.Name == "resten" && c.Verdict != Good {
			t.Errorf("%+v", c)
		}
		if c.Name == "slot" && (c.Verdict != Good || !strings.Contains(c.What, "is bezig")) {
			t.Errorf("%+v", c)
		}
	}
}

// TestUnreadable: somebody who can't look into a folder is told so, and finds nothing of it good. Root can look everywhere, so the test needs another.
func TestUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads everything")
	}
	f := newFit(t)
	dir := string(f.lake.Run(run))
	f.must(os.Chmod(dir, 0))
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	if got := said(f.look()); !strings.Contains(got, "fout datamap: in de datamap is 1 bestand of map niet te lezen") {
		t.Error(got)
	}
}

// TestChangesNothing: nothing is made or touched by looking.
func TestChangesNothing(t *testing.T) {
	f := newFit(t)
	f.must(os.RemoveAll(f.lake.Root + "/.lock"))
	state := func() string {
		var b strings.Builder
		f.must(filepath.WalkDir(f.lake.Root, func(p string, d os.DirEntry, err error) error {
			st, err := d.Info()
			if err != nil {
				return err
			}
			fmt.Fprintln(&b, p, st.Mode(), st.Size(), st.ModTime(), st.Sys().(*syscall.Stat_t).Ctim)
			return nil
		}))
		return b.String()
	}
	before := state()
	f.look()
	if after := state(); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
