package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/progress"
	"stapel/reports/nl"
	"stapel/sample-data/generator"
)

func newGenerate(g *globals) *cobra.Command {
	var opt generator.Options
	var effects []string
	with, alone := generator.FaultNames()
	cmd := &cobra.Command{
		Use:   "generate",
		Short: "Write synthetic extracts of any size, and what was planted in them",
		Long: `Writes extracts of every kind with their delivery notes to DIR/inbox, as suppliers would deliver them over the months
up to December 2025, and to DIR/truth what was planted: cocktails, maatwerk with a known effect, and with --hostile and
--feilen what must become of every bad file. Everything is invented; the same flags give the same bytes. Run on it with a key of
its own and --data DIR.

Without --plannen households come into a programme as they meet its rules, and --effect is what it does. With --plannen there are as many
plans as it says, of families that --herkomst brings in: data (by lot among the costliest), veld-acuut (after their costliest quarter), veld-chronisch (costly for two years,
and frail) or loting (as data, with as many who drew nothing). --effect is then taken from any domein, or --effect-domein from those it
names; truth/maatwerk.csv and truth/effect.csv say what came off.

--hostile plants what suppliers send wrong, of a kind that a run refuses, puts in quarantine or mentions, and publishes the rest.
--feilen plants what it names only, with --hostile as well. Part of --hostile:
  ` + strings.Join(with, ", ") + `
Only by name, because nothing is published then (koppeling and koppeling_gemeente: from 20 persons on; with fewer a feed is left
unused), or a feed is left unused (koppeling_deels):
  ` + strings.Join(alone, ", ") + `

EXIT STATUS
  0    done
  1    failed
  2    usage: a flag out of range, or DIR holds files
  130  interrupted; what is in DIR is not finished`,
		Example: "  stapel generate --households 2000 --months 36 --seed 1 --out proef\n  stapel key new --key-file sleutel\n  stapel run --data proef --key-file sleutel\n" +
			"  stapel generate --households 20000 --plannen 60 --herkomst veld-acuut --effect-domein jeugd=4000,zvw=6000 --out wereld",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			if opt.Programme.Effects, err = generator.ParseEffects(effects); err != nil {
				return &exit.Error{Code: exit.Usage, Err: err}
			}
			if err := opt.Check(); err != nil {
				return &exit.Error{Code: exit.Usage, Err: err}
			}
			bar := progress.Or(g.progress())
			bar.Stage("huishoudens", int64(opt.Households))
			before := 0
			opt.Progress = func(done int) {
				bar.Add(int64(done - before))
				before = done
			}
			sum, err := generator.Generate(cmd.Context(), opt)
			bar.Done()
			if err != nil {
				return err
			}
			if g.json {
				return g.printJSON(sum)
			}
			text := fmt.Sprintf("%s, %s, %d MB in %s s; synthetisch, zie README.txt\n", counted(sum.Files, "bestand", "bestanden"), counted(sum.Lines, "regel", "regels"),
				sum.Bytes/1_000_000, nl.Number(sum.Seconds, 1))
			if opt.Hostile || len(opt.Faults) > 0 {
				text += fmt.Sprintf("slechte bestanden: %d te weigeren, %s in quarantaine; zie truth/slecht.csv\n", sum.Refused, counted(sum.Quarantined, "regel", "regels"))
			}
			_, err = io.WriteString(g.stdout, text)
			return err
		},
	}
	f := cmd.Flags()
	f.IntVar(&opt.Households, "households", 2000, "number of households")
	f.IntVar(&opt.Months, "months", 36, "number of months, up to December 2025")
	f.Uint64Var(&opt.Seed, "seed", 1, "another seed makes another region")
	f.StringVar(&opt.Dir, "out", "", "folder to write to; it must be empty or not exist")
	f.IntVar(&opt.Effect, "effect", 0, "effect of maatwerk in euros a household a year; positive is a saving, negative is harm")
	p := &opt.Programme
	f.IntVar(&p.Plans, "plannen", 0, "a programme of so many plans")
	f.StringVar(&p.Herkomst, "herkomst", "", "with --plannen: how households come in, "+strings.Join(generator.Herkomsten(), ", "))
	f.StringSliceVar(&effects, "effect-domein", nil, "with --plannen: its effect by domein, as in jeugd=4000,zvw=6000")
	f.StringVar(&p.From, "start-van", "", "with --plannen: first month of a start, JJJJ-MM")
	f.StringVar(&p.To, "start-tot", "", "with --plannen: last month of a start, JJJJ-MM")
	f.StringVar(&p.Draw, "loting", "", "with --herkomst loting: month of one draw for all, JJJJ-MM, two or more before the first start")
	f.IntVar(&p.NotStarted, "niet-gestart", 0, "with --plannen: percent of the plans that never start")
	f.BoolVar(&opt.Late, "late", false, "leave out what comes in after the last month: bills and corrections")
	f.BoolVar(&opt.Hostile, "hostile", false, "add files that must be refused or go to quarantine, and what must be found")
	f.StringSliceVar(&opt.Faults, "feilen", nil, "add these faults of suppliers, also those that may stop publication; see above")
	return cmd
}
