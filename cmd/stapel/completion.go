package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/estimator"
	"stapel/pipeline/lake"
	"stapel/pipeline/mus"
	"stapel/pipeline/selection"
)

// What a shell can complete: kinds, runs, and values of flags. Ids of households are data of households, and no shell gets them.

type complete = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective)

// values completes one of these.
func values(list ...string) complete {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// nothing completes nothing, not even the name of a file.
func nothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// kinds completes a kind of the configuration, with what it is.
func (g *globals) kinds(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	cfg, err := config.Load(config.Options{Dir: g.config})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, kind := range cfg.Kinds() {
		out = append(out, kind+"\t"+cfg.Contracts[kind].Doc)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// runs completes a run of the data folder, the newest first.
func (g *globals) runs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	ids, err := (&lake.Lake{Root: g.data}).Runs()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	slices.Reverse(ids)
	return append(ids, "latest", "vorige"), cobra.ShellCompDirectiveNoFileComp
}

// jobNames completes a job of the configuration, with what it is for.
func (g *globals) jobNames(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	cfg, err := config.Load(config.Options{Dir: g.config})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for _, job := range cfg.Jobs {
		out = append(out, job.Name+"\t"+job.Purpose)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// first completes the first n arguments, and none after them.
func first(n int, with complete) complete {
	return func(cmd *cobra.Command, args []string, word string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= n {
			return nothing(cmd, args, word)
		}
		return with(cmd, args, word)
	}
}

// completions adds what can be completed to every command.
func (g *globals) completions(root *cobra.Command) {
	args := map[string]complete{"contract": first(1, g.kinds), "diff": first(2, g.runs), "estimate": first(1, values(estimator.Names()...)), "explain": nothing, "quarantine show": nothing,
		"sample": nothing}
	flags := map[string]complete{
		"run": g.runs, "kind": g.kinds, "lang": values(langDutch, langEnglish), "log-level": values("debug", "info", "warn", "error"), "log-format": values(logText, logJSON),
		"until": values("lake", "marts"), "manier": values(string(selection.OpRang), string(selection.OpVerwacht), string(selection.OpLoting)),
		"households": nothing, "draw": nothing, "months": nothing, "expected": nothing, "overlap": nothing, "start": nothing,
		"stratum": values(selection.Strata...), "codering": values(string(selection.UTF8), string(selection.Windows1252)),
		"reden": nothing, "n": nothing, "max": nothing, "peildatum": nothing, "seed": nothing, "loting": nothing, "regel": nothing,
		"trekking": values(string(mus.Interval), string(mus.Cell)), "verdeling": values(string(mus.Poisson), string(mus.Binomial), string(mus.Hypergeometric)),
		"job": g.jobNames, "as": nothing, "toelaatbaar": nothing, "verwacht": nothing, "zekerheid": nothing,
	}
	dirs := []string{"data", "config", "dir", "out"}
	var walk func(cmd *cobra.Command, path string)
	walk = func(cmd *cobra.Command, path string) {
		if with := args[path]; with != nil {
			cmd.ValidArgsFunction = with
		}
		sets := cmd.LocalFlags()
		for name, with := range flags {
			if sets.Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, with) // fails only for a flag that is not there, or has one
			}
		}
		for _, name := range dirs {
			if sets.Lookup(name) != nil {
				_ = cmd.MarkFlagDirname(name)
			}
		}
		for _, sub := range cmd.Commands() {
			walk(sub, strings.TrimSpace(path+" "+sub.Name()))
		}
	}
	walk(root, "")
}
