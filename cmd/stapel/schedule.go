package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/schedule"
	"stapel/reports/nl"
)

func newSchedule(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "schedule", Short: "Run jobs by the clock: jobs.yaml", Args: cobra.NoArgs, RunE: showHelp}
	cmd.AddCommand(newScheduleNext(g), newScheduleRun(g), newScheduleInstall(g))
	return cmd
}

// jobs are those of the configuration, or the one of that name.
func (g *globals) jobs(name string) ([]config.Job, *config.Config, error) {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return nil, nil, err
	}
	names := []string{}
	for _, job := range cfg.Jobs {
		if job.Name == name {
			return []config.Job{job}, cfg, nil
		}
		names = append(names, job.Name)
	}
	switch {
	case len(names) == 0:
		return nil, nil, exit.Misuse("write them in jobs.yaml in the folder of --config; docs/schedule.md has an example", "there are no jobs")
	case name != "":
		return nil, nil, exit.Misuse("the jobs are "+strings.Join(names, ", "), "there is no job %s", name)
	}
	return cfg.Jobs, cfg, nil
}

func newScheduleNext(g *globals) *cobra.Command {
	var job string
	var n int
	cmd := &cobra.Command{
		Use:   "next",
		Short: "Print when jobs run next",
		Long: `Prints the coming ticks of every job of jobs.yaml, on the clock of its zone, with how far that is from UTC. In the hour that is twice a tick is the first time;
one in the hour that is not there is at the moment that the clock jumps (docs/schedule.md). Reads no data.

EXIT STATUS
  0  done
  2  usage or configuration, or there are no jobs`,
		Example: "  stapel schedule next -n 3 --config /etc/stapel",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := above0(cmd, "n"); err != nil {
				return err
			}
			jobs, _, err := g.jobs(job)
			if err != nil {
				return err
			}
			return g.printTicks(jobs, time.Now(), n)
		},
	}
	cmd.Flags().IntVarP(&n, "n", "n", 5, "how many of each job")
	cmd.Flags().StringVar(&job, "job", "", "this job only")
	return cmd
}

// jobTicks are the coming ticks of a job, for --json.
type jobTicks struct {
	Job     string   `json:"taak"`
	Purpose string   `json:"doel"`
	Cron    string   `json:"cron"`
	Zone    string   `json:"zone"`
	Later   int64    `json:"later_seconden"` // how much later than its ticks `schedule run` starts it
	Ticks   []string `json:"tikken"`         // RFC 3339
}

func (g *globals) printTicks(jobs []config.Job, from time.Time, n int) error {
	all := []jobTicks{}
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	for _, job := range jobs {
		out := jobTicks{Job: job.Name, Purpose: job.Purpose, Cron: job.Expr.Text, Zone: job.Zone, Later: int64(schedule.Later(job) / time.Second), Ticks: []string{}}
		at := from
		for range n {
			var err error
			if at, err = schedule.Next(job, at); err != nil {
				return err
			}
			local := at.In(job.Location)
			out.Ticks = append(out.Ticks, local.Format(time.RFC3339))
			if !g.json {
				fmt.Fprintf(w, "%s\t%s %s\t%s\t%s\n", job.Name, weekday(local), local.Format("02-01-2006 15:04"), local.Format("UTC-07:00"), job.Zone)
			}
		}
		all = append(all, out)
	}
	if g.json {
		return g.printJSON(all)
	}
	return w.Flush()
}

func weekday(t time.Time) string {
	return []string{"zo", "ma", "di", "wo", "do", "vr", "za"}[t.Weekday()]
}

func newScheduleRun(g *globals) *cobra.Command {
	var job string
	var once bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run jobs that are due",
		Long: `Runs jobs of jobs.yaml when they are due, one after the other, until it is stopped: for places without systemd. A job is due when its last run that succeeded began before its
last tick, so that what was missed is made up for, once. Each is a ` + "`stapel run`" + ` of its own; what became of it is added to <data>/taken.jsonl.

With --once every job is looked at once, and the exit code is that of the runs: for systemd, cron or Kubernetes, which keep the time. A job that never ran is due then.

EXIT STATUS
  0    done; with --once also when nothing was due, or a required feed is waited for
  1    failed; with --once also when a required feed is late, and the job then does not run
  2    usage or configuration, no data folder, no key, or there are no jobs
  3-12 with --once: as of the run of the first job that failed; without one that failed the highest of 3 and 4
  130  a run was interrupted; without --once and with nothing running, a stop is 0`,
		Example: `  stapel schedule run --data /srv/stapel --config /etc/stapel --key-file /etc/stapel/sleutel
  stapel schedule run --once --job maandrun`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			jobs, cfg, err := g.jobs(job)
			if err != nil {
				return err
			}
			if _, err := g.readKey(); err != nil {
				return err
			}
			loop := &schedule.Loop{Jobs: jobs, Log: schedule.FileLog(g.data), Inbox: schedule.InboxOf(g.data, arriving(cfg)), Run: g.runJob, Now: time.Now, Sleep: sleep, Tell: g.tellJob}
			if !once {
				loop.Tell = func(e schedule.Event) {
					g.tellJob(e)
					if e.What == schedule.Ended || e.What == schedule.Refused || e.What == schedule.Waits {
						g.tell(cmd.Context())
					}
				}
				return loop.Forever(cmd.Context())
			}
			all, err := loop.Once(cmd.Context())
			if err != nil {
				return err
			}
			g.code = schedule.Outcome(all)
			if g.json {
				return g.printJSON(map[string]any{"exit": g.code, "taken": all})
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&once, "once", false, "look once, run what is due, and end")
	cmd.Flags().StringVar(&job, "job", "", "this job only")
	return cmd
}

// runJob makes the run of a job in a process of its own, which gives its memory back and has the exit codes of `stapel run`. With ctx it is told to stop, and
// waited for.
func (g *globals) runJob(ctx context.Context, job config.Job) (exit.Code, error) {
	program, err := os.Executable()
	if err != nil {
		return 0, err
	}
	args := []string{"run", "--data", g.data, "--config", g.config, "--key-file", g.keyFile, "--log-level", g.logLevel, "--log-format", g.logFormat, "--lang", g.lang, "--no-progress"}
	if job.Until != "" {
		args = append(args, "--until", job.Until)
	}
	if job.Strict {
		args = append(args, "--strict")
	}
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Args[0] = os.Args[0]
	cmd.Stdout, cmd.Stderr = g.stdout, g.stderr
	if g.json {
		cmd.Stdout = g.stderr
	}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	err = cmd.Run()
	var ended *exec.ExitError
	switch {
	case cmd.ProcessState == nil:
		return 0, err
	case cmd.ProcessState.Exited():
		return exit.Code(cmd.ProcessState.ExitCode()), nil
	case errors.As(err, &ended):
		return exit.Failed, nil // killed, for its memory perhaps
	}
	return 0, err
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// tellJob says what happens to a job, on stderr, with the time: stdout is that of the runs.
func (g *globals) tellJob(e schedule.Event) {
	text := e.What
	tick := e.Tick.Format("02-01-2006 15:04 MST")
	late := nl.Kinds(e.Late)
	switch e.What {
	case schedule.Idle:
		text = "niet aan de beurt; volgende keer vanaf " + e.Next.In(e.Tick.Location()).Format("02-01-2006 15:04 MST")
	case schedule.Started:
		text = "begint, voor " + tick
		if late != "" {
			text += ", zonder nieuwe levering van " + late
		}
	case schedule.Waits:
		text = "wacht op een nieuwe levering van " + late + ", voor " + tick
	case schedule.Refused:
		text = "draait niet voor " + tick + ": er is geen nieuwe levering van " + late
	case schedule.Nothing:
		text = "er is niets nieuws in de inbox, voor " + tick
	case schedule.Ended:
		text = fmt.Sprintf("klaar, exitcode %d", e.Exit)
		if !e.Next.IsZero() {
			text += "; opnieuw vanaf " + e.Next.In(e.Tick.Location()).Format("02-01-2006 15:04 MST")
		}
	}
	fmt.Fprintf(g.stderr, "taak %s: %s\n", e.Job, nl.Plain(text))
}

func newScheduleInstall(g *globals) *cobra.Command {
	var own bool
	var dir, as string
	cmd := &cobra.Command{
		Use:   "install",
		Short: "Write the jobs down for systemd",
		Long: `Writes a service and a timer of systemd for every job of jobs.yaml, over those that it wrote before. The services have no network (with engine.kind: trino they have), see
the machine read-only, write the data folder only and not its inbox, and have no more memory than the job says (docs/schedule.md). It starts and enables nothing: it
prints the commands that do. Ticks before now do not count.

What a timer of systemd can't say is refused: the working day nearest to a day (15W).

EXIT STATUS
  0  done
  1  failed
  2  usage or configuration, no data folder, no key, there are no jobs, or a unit of something else is in the way`,
		Example: `  stapel schedule install --data /srv/stapel --config /etc/stapel --key-file /etc/stapel/sleutel
  stapel schedule install --user`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(*cobra.Command, []string) error {
			jobs, cfg, err := g.jobs("")
			if err != nil {
				return err
			}
			if _, err := g.readKey(); err != nil {
				return err
			}
			if own && as != "" {
				return exit.Misuse("leave --as out", "services of --user run as you")
			}
			site, err := g.site(cfg, as, own)
			if err != nil {
				return err
			}
			if dir == "" {
				if dir, err = unitFolder(own); err != nil {
					return err
				}
			}
			done, err := schedule.Install(dir, jobs, site)
			if err != nil {
				return err
			}
			loop := &schedule.Loop{Jobs: jobs, Log: schedule.FileLog(g.data), Now: time.Now}
			if err := loop.Introduce(); err != nil {
				return err
			}
			if g.json {
				return g.printJSON(done)
			}
			return g.printInstalled(done, own)
		}),
	}
	f := cmd.Flags()
	f.BoolVar(&own, "user", false, "for your own systemd, in ~/.config/systemd/user; default: of the machine, in /etc/systemd/system")
	f.StringVar(&dir, "dir", "", "write the units into this folder")
	f.StringVar(&as, "as", "", "user that the services run as; default: whose the data folder is")
	return cmd
}

// printInstalled says what was written, and what to do next.
func (g *globals) printInstalled(done *schedule.Installed, own bool) error {
	systemctl, timers := "systemctl", ""
	if own {
		systemctl += " --user"
	}
	for _, name := range done.Written {
		g.labelled("geschreven", "%s", filepath.Join(done.Dir, name))
		if strings.HasSuffix(name, ".timer") {
			timers += " " + name
		}
	}
	fmt.Fprintf(g.stdout, "\nzet ze aan met\n  %s daemon-reload\n  %s enable --now%s\n", systemctl, systemctl, timers)
	if len(done.Stale) > 0 {
		fmt.Fprintf(g.stdout, "\nvan taken die er niet meer zijn; zet ze uit en verwijder ze uit %s\n  %s disable --now %s\n", done.Dir, systemctl, strings.Join(done.Stale, " "))
	}
	return nil
}

// unitFolder is where systemd looks for units.
func unitFolder(own bool) (string, error) {
	if !own {
		return "/etc/systemd/system", nil
	}
	home, err := os.UserConfigDir()
	return filepath.Join(home, "systemd", "user"), err
}

// site is this machine as units need it.
func (g *globals) site(cfg *config.Config, as string, own bool) (s schedule.Site, err error) {
	if s.Program, err = os.Executable(); err != nil {
		return s, err
	}
	for _, p := range []struct {
		to   *string
		name string
	}{{&s.Program, s.Program}, {&s.Data, g.data}, {&s.Config, g.config}, {&s.KeyFile, g.keyFile}, {&s.Signing, cfg.Settings.Signing.KeyFile}} {
		if p.name == "" {
			continue
		}
		if *p.to, err = filepath.Abs(p.name); err != nil {
			return s, err
		}
		if *p.to, err = filepath.EvalSymlinks(*p.to); err != nil {
			return s, err
		}
	}
	s.Notify = len(cfg.Settings.Notify.Command) > 0 || cfg.Settings.Notify.Mail.Server != ""
	if cfg.Settings.Engine.Kind == config.EngineTrino {
		s.Shared = cfg.Settings.Trino.SharedDir
	}
	if own {
		return s, nil
	}
	if s.User = as; as == "" {
		st, err := os.Stat(s.Data)
		if err != nil {
			return s, err
		}
		u, err := user.LookupId(strconv.Itoa(int(st.Sys().(*syscall.Stat_t).Uid)))
		if err != nil {
			return s, exit.Misuse("name one with --as", "whose the data folder is has no name on this machine")
		}
		s.User = u.Username
	}
	return s, nil
}
