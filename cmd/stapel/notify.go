package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/notify"
	"stapel/reports/nl"
)

func newNotify(g *globals) *cobra.Command {
	var show, test bool
	cmd := &cobra.Command{
		Use:   "notify",
		Short: "Tell people what became of runs that nobody watched",
		Long: `Tells what became of runs and jobs since it was last called, by the program or the mail server of notify in stapel.yaml: runs that ended with another exit code than 0
or were cut off, and jobs that wait for a delivery or did not run because it was late; with notify.on: always every run. Each is told once; what could not be told is tried again the next
time. The first time only the newest is told. Messages have counts, exit codes, kinds and days, nothing of a household and no name of a file.

` + "`stapel schedule run`" + ` calls it after every job, unless it is called with --once.

EXIT STATUS
  0  told, or there was nothing to tell, or nobody to tell it to
  1  somebody could not be told
  2  usage or configuration; with --test or --show: nobody is to be told anything`,
		Example: `  stapel notify --show
  stapel notify --test`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			n, err := g.notifier()
			if err != nil {
				return err
			}
			if len(n.Senders) == 0 && !show && !test {
				fmt.Fprintln(g.stderr, "er is niemand om iets te melden: notify in stapel.yaml is leeg")
				return nil
			}
			if len(n.Senders) == 0 {
				return exit.Misuse("set notify.command or notify.mail in stapel.yaml", "nobody is to be told anything")
			}
			switch {
			case test:
				return n.Test(cmd.Context())
			case show:
				messages, err := n.Pending()
				if err != nil {
					return err
				}
				return g.printMessages(messages, "er is niets te melden")
			}
			sent, err := n.Tell(cmd.Context())
			if err != nil {
				return err
			}
			return g.printMessages(sent, "er was niets te melden")
		}),
	}
	cmd.Flags().BoolVar(&show, "show", false, "print what would be told, and tell nothing")
	cmd.Flags().BoolVar(&test, "test", false, "send a message that says that it is a test")
	cmd.MarkFlagsMutuallyExclusive("show", "test")
	return cmd
}

// notifier tells what the configuration says, by what it names.
func (g *globals) notifier() (*notify.Notifier, error) {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return nil, err
	}
	set := cfg.Settings.Notify
	senders, err := notify.Senders(set)
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname() // a subject does without
	return &notify.Notifier{Data: g.data, On: set.On, Senders: senders, Now: time.Now, Host: host}, nil
}

// tell tells what became of a job, when somebody is to be told. That it failed is said, and stops nothing.
func (g *globals) tell(ctx context.Context) {
	n, err := g.notifier()
	if err == nil && len(n.Senders) > 0 {
		_, err = n.Tell(ctx)
	}
	if err != nil {
		fmt.Fprintf(g.stderr, "melding niet verstuurd: %s\n", say(g.lang, nil, err))
	}
}

func (g *globals) printMessages(list []notify.Message, none string) error {
	if g.json {
		if list == nil {
			list = []notify.Message{}
		}
		return g.printJSON(list)
	}
	if len(list) == 0 {
		fmt.Fprintln(g.stdout, none)
	}
	for i, m := range list {
		if i > 0 {
			fmt.Fprintln(g.stdout)
		}
		fmt.Fprintf(g.stdout, "%s\n%s", nl.Plain(m.Subject), m.Text)
	}
	return nil
}
