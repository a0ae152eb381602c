package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/doctor"
	"stapel/pipeline/ingest"
	"stapel/pipeline/models"
)

func newDoctor(g *globals) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look whether the machine and the data folder are fit for a run",
		Long: `Looks at versions, configuration, memory, processors and disk, at who can read the data folder, the quarantine and the project key, at encryption of the volume and of
swap, at time zone and clock, and at what runs left: lock, unfinished work, latest, jobs. It reads and changes nothing, and needs no run. Each thing is goed, let op,
fout or onbekend (it can't be seen from here), with what to do about it. Whether files are still what runs made is for stapel verify.

EXIT STATUS
  0    nothing is fout; let op and onbekend are for you to judge
  1    something is fout
  130  interrupted`,
		Example: "  stapel doctor --data /srv/stapel --config /etc/stapel --key-file /etc/stapel/sleutel",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			r, err := doctor.Run(cmd.Context(), doctor.Options{Data: g.data, KeyFile: g.keyFile, Version: version, Load: g.checkedConfig, Now: time.Now(),
				ReadKey: g.fingerprint,
				Arrival: arriving, Say: func(err error) string { return say(g.lang, cmd, err) }})
			if err != nil {
				return err
			}
			g.code = r.Code
			if g.json {
				return g.printJSON(r)
			}
			r.Print(g.stdout)
			return nil
		},
	}
	return cmd
}

// fingerprint is that of the project key.
func (g *globals) fingerprint() (string, error) {
	secret, err := g.readKey()
	if err != nil {
		return "", err
	}
	key, err := ingest.NewProjectKey(secret)
	if err != nil {
		return "", err
	}
	return key.Fingerprint(), nil
}

// checkedConfig reads the configuration and checks the models that it has.
func (g *globals) checkedConfig(ctx context.Context) (*config.Config, error) {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return nil, err
	}
	all, err := models.All(cfg)
	if err != nil {
		return nil, err
	}
	return cfg, models.CheckReads(ctx, openEngine(cfg), "", all)
}
