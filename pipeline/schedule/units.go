package schedule

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
)

// Site is the machine that units are written for: absolute paths, and who runs them.
type Site struct {
	Program string // stapel
	Data    string // data folder
	Config  string // folder of --config; "": none
	KeyFile string
	Signing string // file of the signing key; "": none
	User    string // who the services run as; "": of a user's own manager, who that is
	// Notify says that somebody is told what became of runs, by a service of its own: it has a network and sees no data.
	Notify bool
	// Shared is the folder that a Trino sees too: with it there is a network. "": none.
	Shared string
}

// Unit is a file of systemd.
type Unit struct{ Name, Text string }

// mark is the first line of every unit that is ours; of which data folder it is stands behind it.
const mark = "# stapel schedule install --data "

// UnitName is the name of the units of a job, without .service or .timer.
func UnitName(job config.Job) string { return "stapel-" + job.Name }

// Units are the service and the timer of a job.
func Units(job config.Job, site Site) ([]Unit, error) {
	calendar, err := OnCalendar(job)
	if err != nil {
		return nil, err
	}
	if err := site.check(); err != nil {
		return nil, err
	}
	name, d := UnitName(job), description(job.Name+": "+strings.TrimSpace(job.Purpose))
	service := service{first: mark + site.Data, description: d, job: job.Name, memory: job.MemoryMB}
	units := []Unit{{name + ".service", ""}, {name + ".timer", timer(job, site, d, calendar)}}
	if site.Notify {
		service.then = name + noticeUnit
		units = append(units, Unit{service.then, notice(mark+site.Data, d, site)})
	}
	units[0].Text = service.text(site)
	return units, nil
}

// PackageUnits are the service and the timer of a package: every quarter of an hour they look whether any job of the configuration is due. first is their first line.
func PackageUnits(site Site, first string) ([]Unit, error) {
	if err := site.check(); err != nil {
		return nil, err
	}
	d := description("jobs.yaml")
	then := "stapel" + noticeUnit
	service := service{first: "# " + first, description: d, needs: filepath.Join(site.Config, "jobs.yaml"), then: then}
	timer := fmt.Sprintf(`# %s
[Unit]
Description=%s

[Timer]
OnCalendar=*:0/15
RandomizedDelaySec=1min

[Install]
WantedBy=timers.target
`, first, d)
	return []Unit{{"stapel.service", service.text(site)}, {"stapel.timer", timer}, {then, notice("# "+first, d, site)}}, nil
}

func description(of string) string { return "stapel " + strings.ReplaceAll(of, "%", "%%") }

func (s Site) paths() []string {
	var out []string
	for _, p := range []string{s.Program, s.Data, s.Config, s.KeyFile, s.Signing, s.Shared} {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// check refuses paths that a service can't have.
func (s Site) check() error {
	for _, p := range s.paths() {
		switch {
		case !filepath.IsAbs(p) || strings.ContainsAny(p, "\n\r\"\\"):
			return exit.Misuse("give it another name", "%s can't be written into a unit of systemd", p)
		case below(p, "/tmp", "/var/tmp"):
			return exit.Misuse("put it elsewhere", "%s lies in a folder for temporary files, of which a service has its own", p)
		}
	}
	return nil
}

func below(p string, dirs ...string) bool {
	for _, dir := range dirs {
		if p == dir || strings.HasPrefix(p, dir+"/") {
			return true
		}
	}
	return false
}

// quoted is a word in a unit: % begins a specifier there, and $ a variable in a command.
func quoted(word string) string { return `"` + strings.ReplaceAll(word, "%", "%%") + `"` }

func command(words ...string) string {
	out := []string{}
	for _, w := range words {
		if strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") != "" {
			w = quoted(strings.ReplaceAll(w, "$", "$$"))
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// lines is the text of a unit.
type lines struct{ strings.Builder }

func (l *lines) add(format string, a ...any) { fmt.Fprintf(l, format+"\n", a...) }

// begin writes what every service begins with, of a command of stapel; more stands at the end of [Unit].
func (l *lines) begin(first, description string, site Site, words []string, more ...string) {
	if site.Config != "" {
		words = append(words, "--config", site.Config)
	}
	l.add("%s", first)
	l.add("[Unit]")
	l.add("Description=%s", description)
	l.add("RequiresMountsFor=%s", quoted(site.Data))
	for _, m := range more {
		l.add("%s", m)
	}
	l.add("")
	l.add("[Service]")
	l.add("Type=oneshot")
	l.add("ExecStart=%s", command(append([]string{site.Program}, words...)...))
	if site.User != "" {
		l.add("User=%s", site.User)
	}
}

// service is what a service is for.
type service struct {
	first, description string
	job                string // runs this one; "": all
	needs              string // a file without which it does not run
	then               string // a unit that follows; "": none
	memory             int    // most MB; 0: 80% of the machine
}

func (s service) text(site Site) string {
	words := []string{"schedule", "run", "--once"}
	if s.job != "" {
		words = append(words, "--job", s.job)
	}
	words = append(words, "--data", site.Data, "--key-file", site.KeyFile, "--no-progress")
	memory := "80%"
	if s.memory > 0 {
		memory = fmt.Sprintf("%dM", s.memory)
	}
	var unit lines
	line := unit.add
	var more []string
	if s.needs != "" {
		more = append(more, "ConditionPathExists="+strings.ReplaceAll(s.needs, "%", "%%"))
	}
	if s.then != "" {
		more = append(more, "OnSuccess="+s.then, "OnFailure="+s.then)
	}
	unit.begin(s.first, s.description, site, words, more...)
	line("# 3 and 4 say something about deliveries: the run was published")
	line("SuccessExitStatus=3 4")
	line("# stapel stops at the next safe place; its run then has the signal too")
	line("KillMode=mixed")
	line("TimeoutStopSec=10min")
	line("UMask=0077")
	line("# nothing of households in swap or in a core dump")
	line("MemoryMax=%s", memory)
	line("MemorySwapMax=0")
	line("LimitCORE=0")
	line("")
	line("# what it may write: the data folder, and in it nothing that people deliver or decide. latest and the logs are replaced in the folder itself")
	line("ProtectSystem=strict")
	line("ProtectHome=%s", site.home())
	line("ReadWritePaths=%s", quoted(site.Data))
	if site.Shared != "" {
		line("ReadWritePaths=%s", quoted(site.Shared))
	}
	for _, dir := range []string{"inbox", "lotingen", "analyseplannen"} {
		line("ReadOnlyPaths=-%s", quoted(filepath.Join(site.Data, dir)))
	}
	line("PrivateTmp=yes")
	line("")
	if site.Shared == "" {
		line("# no network")
		line("PrivateNetwork=yes")
		line("RestrictAddressFamilies=none")
		line("IPAddressDeny=any")
	} else {
		line("# engine.kind is trino: there is a network, and nothing but that")
		line("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6")
	}
	return unit.String() + hardened
}

// noticeUnit is what the name of a unit ends in that tells what became of a run.
const noticeUnit = "-melding.service"

// notice is the service that tells what became of runs. It has a network, and of the data folder it sees the logs alone.
func notice(first, description string, site Site) string {
	var unit lines
	line := unit.add
	unit.begin(first, description+", melding", site, []string{"notify", "--data", site.Data, "--no-progress"})
	line("UMask=0077")
	line("MemoryMax=512M")
	line("LimitCORE=0")
	line("ProtectSystem=strict")
	line("ProtectHome=%s", site.home())
	line("ReadWritePaths=%s", quoted(site.Data))
	line("# no extract, no table, no report, no key")
	hidden := []string{}
	for _, dir := range []string{"inbox", "lake", "runs", "cache", "opgeruimd"} {
		hidden = append(hidden, filepath.Join(site.Data, dir))
	}
	for _, file := range []string{site.KeyFile, site.Signing} {
		if file != "" {
			hidden = append(hidden, file)
		}
	}
	for _, p := range hidden {
		line("InaccessiblePaths=-%s", quoted(p))
	}
	line("PrivateTmp=yes")
	line("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6")
	return unit.String() + hardened
}

// home is whether services see homes: where something that they need lies in one.
func (s Site) home() string {
	for _, p := range s.paths() {
		if below(p, "/home", "/root", "/run/user") {
			return "read-only"
		}
	}
	return "yes"
}

// hardened is what no run needs, and no service gets.
const hardened = `
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
PrivateDevices=yes
DevicePolicy=closed
PrivateUsers=yes
PrivateIPC=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
KeyringMode=private
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM
`

func timer(job config.Job, site Site, description string, calendar []string) string {
	var unit lines
	line := unit.add
	line("%s%s", mark, site.Data)
	line("# %s %s", job.Expr.Text, job.Zone)
	line("[Unit]")
	line("Description=%s", description)
	line("")
	line("[Timer]")
	for _, c := range calendar {
		line("OnCalendar=%s", c)
	}
	line("# what was missed while the machine was off")
	line("Persistent=yes")
	line("# for what failed, waits for a feed, or fell in an hour that is not there: stapel looks whether anything is due, and mostly ends at once")
	line("OnActiveSec=10min")
	line("OnUnitInactiveSec=%dh", lookAgain/time.Hour)
	line("AccuracySec=%dmin", accuracy/time.Minute)
	if job.Jitter > 0 {
		line("RandomizedDelaySec=%dmin", job.Jitter)
		line("FixedRandomDelay=yes")
	}
	line("")
	line("[Install]")
	line("WantedBy=timers.target")
	return unit.String()
}
