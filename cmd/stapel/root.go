package main

import (
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/progress"
)

// globals are the flags that every command has.
type globals struct {
	stdout, stderr io.Writer

	data, config, keyFile string
	json, noProgress      bool
	logLevel, logFormat   string
	lang                  string

	progressWith progress.Progress // shown instead of bars; nil: bars where they fit

	explainReuse bool // say which tables a run made again, and why

	started bool      // a command began: an error from here on is no mistake on the command line
	code    exit.Code // exit code of a command that did not fail
}

// Forms of the log on stderr: a line of key=value, or of JSON, a record.
const (
	logText = "text"
	logJSON = "json"
)

func newRoot(g *globals) *cobra.Command {
	root := &cobra.Command{
		Use:   "stapel",
		Short: "Rank costly multi-problem households, detect giftige cocktails, report on maatwerk",
		Long: `stapel reads pseudonymised extracts of Wmo, Jeugd, Participatie, schuldhulp and the health insurer, joins them per
household, and reports which households are costly and stuck, which giftige cocktails they have, and what maatwerk did.

EXIT STATUS (each command lists its own)
  0    done                                     6    disclosure control refused a report
  1    failed                                   11   another run holds the lock
  2    usage or configuration                   12   verification found a difference
  3    with --strict: lines were quarantined,   130  interrupted
       or files not read
  4    an extract was refused, the rest was done
  5    checks failed, nothing was published
  A code that is not in this list is a failure.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			var level slog.Level
			if err := level.UnmarshalText([]byte(g.logLevel)); err != nil {
				return errors.New("--log-level: use debug, info, warn or error")
			}
			switch options := (&slog.HandlerOptions{Level: level}); g.logFormat {
			case logText:
				slog.SetDefault(slog.New(slog.NewTextHandler(g.stderr, options)))
			case logJSON:
				slog.SetDefault(slog.New(slog.NewJSONHandler(g.stderr, options)))
			default:
				return exit.Misuse("use text or json", "--log-format is not known")
			}
			if g.lang != langDutch && g.lang != langEnglish {
				return exit.Misuse("use nl or en", "--lang is not known")
			}
			if err := config.CheckEnviron(os.Environ()); err != nil {
				return err
			}
			g.started = true
			return nil
		},
	}
	f := root.PersistentFlags()
	f.StringVar(&g.data, "data", "./data", "data folder: inbox, lake, runs")
	f.StringVar(&g.config, "config", os.Getenv("STAPEL_CONFIG"), "folder whose files overlay the built-in configuration by name")
	f.StringVar(&g.keyFile, "key-file", os.Getenv("STAPEL_KEY_FILE"), "file with the project key (see stapel key new)")
	f.BoolVar(&g.json, "json", false, "print the summary as one JSON object on the last line of stdout")
	f.StringVar(&g.logLevel, "log-level", "warn", "debug, info, warn or error")
	f.StringVar(&g.logFormat, "log-format", logText, "text or json")
	f.StringVar(&g.lang, "lang", langDutch, "language of messages: nl or en")
	f.BoolVar(&g.noProgress, "no-progress", false, "no progress bars")
	root.AddCommand(newDemo(g), newInit(g), newRun(g), newContract(g), newCheck(g), newRegister(g), newQuarantine(g), newExplain(g), newExport(g), newSelect(g), newDiff(g), newGenerate(g), newEstimate(g), newConfig(g), newKey(g), newChain(g), newEffect(g), newSample(g), newVerify(g), newTrace(g), newLineage(g), newSchedule(g), newBundle(g), newDoctor(g), newPurge(g), newStatus(g), newNotify(g), newMan(g), newBackfill(g), newVersion(g))
	root.CompletionOptions.HiddenDefaultCmd = false
	g.completions(root)
	return root
}

// showHelp is what a command does that has commands of its own and was called without one.
func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

// loadConfig reads the configuration, with single settings that a command's flags override.
func (g *globals) loadConfig(set map[string]any) (*config.Config, error) {
	cfg, err := config.Load(config.Options{Dir: g.config, Set: set, Environ: os.Environ()})
	if err != nil {
		return nil, &exit.Error{Code: exit.Usage, Err: err}
	}
	return cfg, nil
}

// maxKeyFile is far more than the bytes of a key.
const maxKeyFile = 4096

// readKey reads the project key and refuses one that others can read.
func (g *globals) readKey() ([]byte, error) {
	if g.keyFile == "" {
		return nil, exit.Misuse("make one with `stapel key new --key-file FILE` and name it with --key-file or STAPEL_KEY_FILE", "there is no project key")
	}
	st, err := os.Stat(g.keyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse("make one with `stapel key new --key-file FILE`", "the key file does not exist")
	}
	if err != nil {
		return nil, err
	}
	if st.Mode().Perm()&0o077 != 0 {
		return nil, exit.Misuse("chmod 600 it", "others can read the key file")
	}
	data, err := config.ReadFile(g.keyFile, maxKeyFile)
	if err != nil {
		return nil, exit.Misuse("use the file that `stapel key new` made", "the key file can't be read: %v", err)
	}
	if why := config.NoText(data); why != "" {
		return nil, exit.Misuse("use the file that `stapel key new` made, as it was", "the key file: %s", why)
	}
	secret, err := decodeKey(data)
	if err != nil {
		return nil, exit.Misuse("use the file that `stapel key new` made", "the key file does not hold a key")
	}
	return secret, nil
}
