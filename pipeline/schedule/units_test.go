package schedule

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/exit"
)

// site is a machine where /bin/true is stapel: systemd-analyze wants a program that is there.
func site() Site {
	return Site{Program: "/bin/true", Data: "/srv/stapel/data 100%", Config: "/etc/stapel", KeyFile: "/etc/stapel/sleutel", User: "root"}
}

func monthly(t *testing.T) config.Job {
	j := job(t, "0 6 12 * 1", "Europe/Amsterdam")
	j.Name, j.Purpose, j.Jitter, j.MemoryMB = "maandrun", "Ranglijst, 100% van de 9 gemeenten", 10, 16000
	return j
}

// write puts the units of a job into a folder.
func write(t *testing.T, j config.Job, s Site) (dir string, names []string) {
	t.Helper()
	dir = t.TempDir()
	done, err := Install(dir, []config.Job{j}, s)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range done.Written {
		names = append(names, filepath.Join(dir, n))
	}
	return dir, names
}

// TestUnits: what the exit contract, the folders and the job ask of the units.
func TestUnits(t *testing.T) {
	units, err := Units(monthly(t), site())
	if err != nil {
		t.Fatal(err)
	}
	has := func(u Unit, want ...string) {
		t.Helper()
		lines := strings.Split(u.Text, "\n")
		for _, w := range want {
			if !slices.Contains(lines, w) {
				t.Errorf("%s has no line %s\n%s", u.Name, w, u.Text)
			}
		}
	}
	has(units[0], "# stapel schedule install --data /srv/stapel/data 100%", "Description=stapel maandrun: Ranglijst, 100%% van de 9 gemeenten",
		`ExecStart=/bin/true schedule run --once --job maandrun --data "/srv/stapel/data 100%%" --key-file /etc/stapel/sleutel --no-progress --config /etc/stapel`,
		"User=root", "SuccessExitStatus=3 4", "MemoryMax=16000M", "MemorySwapMax=0", "ProtectSystem=strict", "ProtectHome=yes", `ReadWritePaths="/srv/stapel/data 100%%"`,
		`ReadOnlyPaths=-"/srv/stapel/data 100%%/inbox"`, "PrivateTmp=yes", "PrivateNetwork=yes", "RestrictAddressFamilies=none", "NoNewPrivileges=yes", "SystemCallFilter=@system-service")
	has(units[1], "OnCalendar=*-*-12 06:00:00 Europe/Amsterdam", "OnCalendar=Mon *-*-* 06:00:00 Europe/Amsterdam", "Persistent=yes", "RandomizedDelaySec=10min", "FixedRandomDelay=yes",
		"OnUnitInactiveSec=1h", "AccuracySec=1min")
	if n := strings.Count(units[0].Text, "ReadWritePaths"); n != 1 {
		t.Errorf("%d folders may be written", n)
	}

	s, j := site(), monthly(t)
	s.Shared, s.User, s.KeyFile, j.MemoryMB, j.Jitter = "/mnt/trino", "", "/home/jan/sleutel", 0, 0
	if units, err = Units(j, s); err != nil {
		t.Fatal(err)
	}
	has(units[0], "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", `ReadWritePaths="/mnt/trino"`, "ProtectHome=read-only", "MemoryMax=80%")
	for _, not := range []string{"PrivateNetwork", "IPAddressDeny", "User="} {
		if strings.Contains(strings.ReplaceAll(units[0].Text, "PrivateUsers=", ""), "\n"+not) {
			t.Errorf("with a Trino, of a user's own systemd: %s", not)
		}
	}
	if strings.Contains(units[1].Text, "Random") {
		t.Error("a job without jitter has one")
	}

	for _, bad := range []Site{{Program: "/bin/true", Data: "/tmp/data", KeyFile: "/k"}, {Program: "/bin/true", Data: "/var/tmp", KeyFile: "/k"}, {Program: "/bin/true", Data: "/a\nExecStart=/b", KeyFile: "/k"},
		{Program: "/bin/true", Data: "data", KeyFile: "/k"}, {Program: "/bin/true", Data: `/a"b`, KeyFile: "/k"}} {
		var e *exit.Error
		if _, err := Units(j, bad); !errors.As(err, &e) || e.Code != exit.Usage {
			t.Errorf("%q: %v", bad.Data, err)
		}
	}
}

// TestInstall: units are written over, never over something else's, and those of jobs that are gone are named.
func TestInstall(t *testing.T) {
	dir, names := write(t, monthly(t), site())
	for _, n := range names {
		if st, err := os.Stat(n); err != nil || st.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", n, st.Mode(), err)
		}
	}
	other := monthly(t)
	other.Name = "nacht"
	done, err := Install(dir, []config.Job{other}, site())
	if err != nil || strings.Join(done.Written, " ") != "stapel-nacht.service stapel-nacht.timer" || strings.Join(done.Stale, " ") != "stapel-maandrun.service stapel-maandrun.timer" {
		t.Errorf("%+v, %v", done, err)
	}
	elsewhere := site()
	elsewhere.Data = "/srv/anders"
	if _, err := Install(dir, []config.Job{other}, elsewhere); err == nil || !strings.Contains(err.Error(), "another data folder") {
		t.Errorf("over those of another data folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "stapel-maandrun.timer"), []byte("[Timer]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Install(dir, []config.Job{other, monthly(t)}, site()); err == nil || !strings.Contains(err.Error(), "did not write") {
		t.Errorf("over a unit of somebody else: %v", err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, "stapel-maandrun.timer")); string(text) != "[Timer]\n" {
		t.Errorf("it was replaced by %s", text)
	}
}

// TestNoticeUnit: who tells what became of a run has a network and no data, and follows every run, whatever it came to.
func TestNoticeUnit(t *testing.T) {
	s := site()
	s.Notify, s.Signing = true, "/etc/stapel/ondertekensleutel"
	units, err := Units(monthly(t), s)
	if err != nil || len(units) != 3 || units[2].Name != "stapel-maandrun-melding.service" {
		t.Fatalf("%v, %v", units, err)
	}
	for _, want := range []string{"OnSuccess=stapel-maandrun-melding.service", "OnFailure=stapel-maandrun-melding.service", "PrivateNetwork=yes"} {
		if !strings.Contains(units[0].Text, "\n"+want+"\n") {
			t.Errorf("the service has no %s", want)
		}
	}
	text := units[2].Text
	for _, want := range []string{`ExecStart=/bin/true notify --data "/srv/stapel/data 100%%" --no-progress --config /etc/stapel`, `InaccessiblePaths=-"/srv/stapel/data 100%%/lake"`,
		`InaccessiblePaths=-"/srv/stapel/data 100%%/runs"`, `InaccessiblePaths=-"/srv/stapel/data 100%%/inbox"`, `InaccessiblePaths=-"/etc/stapel/sleutel"`,
		`InaccessiblePaths=-"/etc/stapel/ondertekensleutel"`, "NoNewPrivileges=yes"} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "PrivateNetwork") || strings.Contains(text, "--key-file") {
		t.Errorf("no network, or a key, in\n%s", text)
	}
}

// packaged puts the units of a package into a folder.
func packaged(t *testing.T) (names []string) {
	t.Helper()
	units, err := PackageUnits(site(), "of the package stapel")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, u := range units {
		name := filepath.Join(dir, u.Name)
		if err := os.WriteFile(name, []byte(u.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return names
}

// TestPackageUnits: they run all jobs, when there are any; `schedule install` does not take them for its own.
func TestPackageUnits(t *testing.T) {
	names := packaged(t)
	text, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# of the package stapel\n", "\nConditionPathExists=/etc/stapel/jobs.yaml\n", "\nExecStart=/bin/true schedule run --once --data ", "\nPrivateNetwork=yes\n",
		"\nMemoryMax=80%\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if of, err := whose(names[0]); err != nil || of != "" {
		t.Errorf("whose: %q, %v", of, err)
	}
	bad := site()
	bad.Data = "/tmp/data"
	if _, err := PackageUnits(bad, ""); err == nil {
		t.Error("data in /tmp is taken")
	}
}

var exposure = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+) `)

// maxExposure is how much systemd may find left open, of 10; it calls up to 2 safe.
const maxExposure = 1.5

// TestSystemdTakesTheUnits: systemd-analyze finds nothing wrong with what is written, for the machine and for a user, with a network and without; and says how much is open.
func TestSystemdTakesTheUnits(t *testing.T) {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze here: units are not verified (apt-get install systemd)")
	}
	with := site()
	with.Shared = "/mnt/trino"
	own := site()
	own.User = ""
	telling := site()
	telling.Notify = true
	last := monthly(t)
	last.Expr = job(t, "0 22 * * 5L", "Europe/Amsterdam").Expr
	units := func(j config.Job, s Site) []string {
		_, names := write(t, j, s)
		return names
	}
	for name, c := range map[string]struct {
		units []string
		max   float64
	}{
		"of the machine": {units(monthly(t), site()), maxExposure}, "with a Trino": {units(monthly(t), with), 3}, "of a user": {units(monthly(t), own), 3},
		"with messages": {units(monthly(t), telling), maxExposure},
		"last Friday":   {units(last, site()), maxExposure}, "of a package": {packaged(t), maxExposure},
	} {
		names := c.units
		run := func(args ...string) string {
			cmd := exec.Command(program, args...)
			cmd.Env = append(cmd.Environ(), "LC_ALL=C", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Errorf("%s: systemd-analyze %v: %v\n%s", name, args, err, out)
			}
			return string(out)
		}
		if out := run(append([]string{"verify", "--man=no", "--recursive-errors=yes"}, names...)...); strings.TrimSpace(out) != "" {
			t.Errorf("%s: %s", name, out)
		}
		out := run("security", "--offline=yes", "--threshold=100", "--no-pager", names[0])
		m := exposure.FindStringSubmatch(out)
		if m == nil {
			t.Errorf("%s: no exposure level in\n%s", name, out)
			continue
		}
		level, err := strconv.ParseFloat(m[1], 64)
		t.Logf("%s: exposure level %v", name, level)
		if err != nil || level > c.max {
			t.Errorf("%s: exposure level %v, want at most %v\n%s", name, level, c.max, out)
		}
	}
	// the test can fail: a unit with a mistake is found
	bad := filepath.Join(t.TempDir(), "stapel-fout.timer")
	if err := os.WriteFile(bad, []byte("[Timer]\nOnCalendar=*-*-* 25:00:00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "verify", "--man=no", bad).CombinedOutput(); err == nil && len(out) == 0 {
		t.Error("systemd-analyze verify says nothing of a timer at 25 o'clock")
	}
}
