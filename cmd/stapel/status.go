package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/status"
	"stapel/pipeline/status/show"
)

// statusFlags say how a status is shown.
type statusFlags struct {
	runs             int
	page, prometheus string
	reminders        bool
	out              string
}

func newStatus(g *globals) *cobra.Command {
	var show statusFlags
	cmd := &cobra.Command{
		Use:   "status",
		Short: "How a data folder is doing: runs, feeds, jobs, and what needs somebody",
		Long: `Says what the last runs came to, how fresh and complete every feed is, what is late, missing or refused and what to do about it, how well feeds link, how long models took
beside the runs before, and whether jobs ran (docs/status.md). It changes nothing in the data folder, also while a run is busy, and opens no extract but to see whether one that came in
just now is whole. What can't be read is said.

--html writes a page and --prometheus a file for the textfile collector of the node exporter, each over the one that is there, at once. --reminders prints a message to each
supplier of what is late, missing or refused, ready to mail; with --uit each into a file of that folder.

EXIT STATUS
  0    done, whatever there is to say
  1    failed
  2    usage or configuration, or no data folder
  130  interrupted`,
		Example: `  stapel status --data /srv/stapel --config /etc/stapel
  stapel status --html /srv/www/stapel.html --prometheus /var/lib/prometheus/node-exporter/stapel.prom
  stapel status --reminders --uit herinneringen`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			if err := above0(cmd, "n"); err != nil {
				return err
			}
			return g.status(cmd, show)
		}),
	}
	f := cmd.Flags()
	f.IntVar(&show.runs, "n", 10, "how many runs are shown, the last ones")
	f.StringVar(&show.page, "html", "", "write a page to this file instead of printing")
	f.StringVar(&show.prometheus, "prometheus", "", "write a file for Prometheus instead of printing")
	f.BoolVar(&show.reminders, "reminders", false, "print reminders to suppliers instead")
	f.StringVar(&show.out, "uit", "", "with --reminders: write each into a file of this folder")
	return cmd
}

// status looks at the data folder and shows it.
func (g *globals) status(cmd *cobra.Command, as statusFlags) error {
	if as.out != "" && !as.reminders {
		return exit.Misuse("add --reminders, or leave it out", "--uit is the folder of reminders")
	}
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return err
	}
	opt := status.Options{Data: g.data, Config: cfg, Now: time.Now(), Arrival: arriving(cfg), Runs: as.runs, Say: func(err error) string { return say(g.lang, cmd, err) }}
	s, err := status.Read(cmd.Context(), opt)
	if err != nil {
		return err
	}
	view := show.View{Status: s, Version: version, Zone: time.Local, Place: cfg.Names.Gemeente}
	out := statusOut{Exit: exit.Done, Status: s}
	if as.page != "" {
		if err := replace("--html", as.page, 0o600, func(w io.Writer) error { return show.Page(w, view) }); err != nil {
			return err
		}
		out.Files = append(out.Files, as.page)
	}
	if as.prometheus != "" {
		// who collects it is another user; there is nothing secret in it
		if err := replace("--prometheus", as.prometheus, 0o644, func(w io.Writer) error { return show.Prometheus(w, view) }); err != nil {
			return err
		}
		out.Files = append(out.Files, as.prometheus)
	}
	if as.reminders {
		out.Reminders = show.Reminders(view)
		for _, r := range out.Reminders {
			if as.out == "" {
				continue
			}
			file := filepath.Join(as.out, r.File)
			if err := replace("--uit", file, 0o600, func(w io.Writer) error { _, err := io.WriteString(w, r.Text); return err }); err != nil {
				return err
			}
			out.Files = append(out.Files, file)
		}
	}
	return g.printStatus(view, out, as)
}

// statusOut is the status for --json, with what was written.
type statusOut struct {
	Exit exit.Code `json:"exit"`
	*status.Status
	Files     []string        `json:"geschreven,omitempty"`
	Reminders []show.Reminder `json:"herinneringen,omitempty"`
}

func (g *globals) printStatus(view show.View, out statusOut, as statusFlags) error {
	if g.json {
		return g.printJSON(out)
	}
	for _, file := range out.Files {
		fmt.Fprintln(g.stdout, file)
	}
	switch {
	case as.reminders && len(out.Reminders) == 0:
		_, err := fmt.Fprintln(g.stdout, "geen herinneringen: elke leverancier is bij")
		return err
	case as.reminders && as.out == "":
		var texts []string
		for _, r := range out.Reminders {
			texts = append(texts, r.Text)
		}
		_, err := io.WriteString(g.stdout, strings.Join(texts, "\n"+strings.Repeat("=", 76)+"\n\n"))
		return err
	case as.reminders || len(out.Files) > 0:
		return nil
	}
	return show.Text(g.stdout, view)
}

// replace writes a file over one that is there, so that who reads it sees the one or the other and never a part.
func replace(flag, name string, mode os.FileMode, write func(io.Writer) error) error {
	dir := filepath.Dir(name)
	if there, err := isDir(dir); err != nil || !there {
		if err != nil {
			return err
		}
		return exit.Misuse("make it, or name another", "the folder of %s is not there", flag)
	}
	if there, err := isDir(name); err != nil || there {
		if err != nil {
			return err
		}
		return exit.Misuse("name a file in it", "%s is a folder", flag)
	}
	var text strings.Builder
	if err := write(&text); err != nil {
		return err
	}
	part := filepath.Join(dir, "."+filepath.Base(name)+".deel") // no collector takes this for one of its files
	err := lake.WriteFile(part, []byte(text.String()))
	if err == nil {
		err = os.Chmod(part, mode)
	}
	if err == nil {
		err = lake.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
	return err
}
