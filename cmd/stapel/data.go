package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
)

// isDir reports whether there is a folder of that name.
func isDir(name string) (bool, error) {
	st, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && st.IsDir(), err
}

// hasData refuses a data folder that is not there, before a command that reads it makes anything in its place.
func (g *globals) hasData() error {
	there, err := isDir(g.data)
	if err != nil || there {
		return err
	}
	remedy := "name another with --data; `stapel init` makes one"
	if demo, err := isDir(demoData); err == nil && demo {
		remedy = "name another with --data (that of the demo is " + demoData + "); `stapel init` makes one"
	}
	return exit.Misuse(remedy, "there is no data folder %s", g.data)
}

// reads is what a command does that looks in a data folder: nothing when there is none.
func (g *globals) reads(do func(cmd *cobra.Command, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		if err := g.hasData(); err != nil {
			return err
		}
		return do(cmd, args)
	}
}

// hasInbox refuses a folder without an inbox, before a run makes anything in it.
func (g *globals) hasInbox() error {
	inbox := filepath.Join(g.data, "inbox")
	there, err := isDir(inbox)
	if err != nil || there {
		return err
	}
	return exit.Misuse("make it with `stapel init`, or name another data folder with --data", "there is no inbox: %s is not there", inbox)
}

// above0 refuses numbers below 1, of flags that were given.
func above0(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		n, err := strconv.ParseInt(cmd.Flag(name).Value.String(), 10, 64)
		if cmd.Flags().Changed(name) && (err != nil || n < 1) {
			return exit.Misuse("give a number above 0, or leave it out", "--%s is how many", name)
		}
	}
	return nil
}
