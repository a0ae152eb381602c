package config

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are known on a machine that has none

	"stapel/config/cron"
)

// JobsFile has the jobs. It changes no figure, and is in no hash and no manifest.
const JobsFile = "jobs.yaml"

// What a job does when a feed that it requires is late.
const (
	LateWait    = "wait"    // look again until it is there
	LateWithout = "without" // run without it
	LateRefuse  = "refuse"  // don't run this time
)

// Job is a run that is to be made again and again.
type Job struct {
	Name    string `yaml:"name"`    // letters, digits and hyphens
	Purpose string `yaml:"purpose"` // what for, one line
	Cron    string `yaml:"cron"`    // five fields
	Zone    string `yaml:"zone"`    // IANA name, of the clock that Cron is about; default Europe/Amsterdam
	Until   string `yaml:"until"`   // lake, marts or "": to the reports
	Strict  bool   `yaml:"strict"`
	// Feeds are kinds of which at least one must have something new; none: run whatever there is.
	Feeds []string `yaml:"feeds"`
	// Required are kinds that each must have something new; Late says what happens when one has not.
	Required []string `yaml:"required"`
	Late     string   `yaml:"late"`
	Jitter   int      `yaml:"jitter_minutes"` // a start is at most so much later than the tick
	MemoryMB int      `yaml:"memory_mb"`      // of the whole program; 0: a share of the machine

	Expr     cron.Expr      `yaml:"-"` // Cron, read
	Location *time.Location `yaml:"-"` // Zone, found
}

const (
	defaultZone = "Europe/Amsterdam"
	maxJitter   = 12 * 60
	minMemoryMB = 512
)

var jobName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// parseJobs reads jobs.yaml. That its kinds exist is checked when all files are read.
func parseJobs(f File) ([]Job, error) {
	var file struct {
		Jobs []Job `yaml:"jobs"`
	}
	root, err := decodeStrict(f.label(), f.Data, &file)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i := range file.Jobs {
		j := &file.Jobs[i]
		bad := func(key, format string, a ...any) error {
			return fmt.Errorf("%s:%d: jobs.%s: %s", f.label(), lineOf(root, "jobs", strconv.Itoa(i), key), key, fmt.Sprintf(format, a...))
		}
		if j.Zone == "" {
			j.Zone = defaultZone
		}
		switch {
		case !jobName.MatchString(j.Name) || len(j.Name) > 40:
			return nil, bad("name", "want small letters, digits and single hyphens between them, at most 40")
		case seen[j.Name]:
			return nil, bad("name", "there is a job of this name already")
		case strings.TrimSpace(j.Purpose) == "" || strings.Contains(strings.TrimSpace(j.Purpose), "\n"):
			return nil, bad("purpose", "say in one line what this job is for")
		case !slices.Contains([]string{"", "lake", "marts"}, j.Until):
			return nil, bad("until", "use lake or marts, or leave it empty")
		case len(j.Required) > 0 && !slices.Contains([]string{LateWait, LateWithout, LateRefuse}, j.Late):
			return nil, bad("late", "say what happens when a required feed is late: wait, without or refuse")
		case len(j.Required) == 0 && j.Late != "":
			return nil, bad("late", "no feed is required, so none can be late; name them under required")
		case j.Jitter < 0 || j.Jitter > maxJitter:
			return nil, bad("jitter_minutes", "want 0 to %d minutes", maxJitter)
		case j.MemoryMB != 0 && j.MemoryMB < minMemoryMB:
			return nil, bad("memory_mb", "want %d or more, or 0 for a share of the machine", minMemoryMB)
		}
		if j.Expr, err = cron.Parse(j.Cron); err != nil {
			return nil, bad("cron", "%s", err)
		}
		// "" and Local are what the machine happens to have
		if j.Location, err = time.LoadLocation(j.Zone); err != nil || j.Zone == "Local" {
			return nil, bad("zone", "want the name of a time zone, as Europe/Amsterdam")
		}
		seen[j.Name] = true
	}
	return file.Jobs, nil
}

// validateJobs checks what jobs say of kinds and memory.
func (c *Config) validateJobs(bad func(format string, a ...any)) {
	for _, j := range c.Jobs {
		for _, kind := range slices.Concat(j.Feeds, j.Required) {
			if c.Contracts[kind] == nil {
				bad("config/%s: jobs.%s: no contract of kind %q; there are %s", JobsFile, j.Name, kind, strings.Join(c.Kinds(), ", "))
			}
		}
		if j.MemoryMB > 0 && c.Settings.Engine.MemoryMB >= j.MemoryMB {
			bad("config/%s: jobs.%s.memory_mb: of the whole program, so more than engine.memory_mb", JobsFile, j.Name)
		}
	}
}
