package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

func newKey(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Manage the project key and the keys that sign", Args: cobra.NoArgs, RunE: showHelp}
	cmd.AddCommand(&cobra.Command{
		Use:   "new",
		Short: "Make the project key, once",
		Long: `Makes a new random project key in the file given with --key-file (mode 0600) and prints its fingerprint.

Every pseudonym is hashed with this key, so that the outputs of two projects can't be joined. Keep it apart from the data
and back it up: without it no run can be repeated. An existing file is never overwritten.

EXIT STATUS
  0  the key was made
  1  the file could not be written
  2  no --key-file, or the file is there already`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return runKeyNew(g) },
	})
	cmd.AddCommand(newKeySign(g))
	return cmd
}

func runKeyNew(g *globals) error {
	if g.keyFile == "" {
		return &exit.Error{Code: exit.Usage, Err: errors.New("where should the key go"), Remedy: "name a file with --key-file"}
	}
	key, err := makeKey(g.keyFile)
	if errors.Is(err, fs.ErrExist) {
		return &exit.Error{Code: exit.Usage, Err: errors.New("the key file is there already"),
			Remedy: "keep it: a new key gives every household another id; for another project name another file"}
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(g.stdout, "sleutel gemaakt, kenmerk %s\n", key.Fingerprint())
	return err
}

// makeKey makes a new key in a file that is not there yet.
func makeKey(file string) (*ingest.ProjectKey, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	if err := lake.WriteNew(file, fmt.Appendf(nil, "%x\n", secret)); err != nil {
		return nil, err
	}
	return ingest.NewProjectKey(secret)
}

func decodeKey(data []byte) ([]byte, error) {
	secret, err := hex.DecodeString(string(bytes.TrimSpace(data)))
	if err == nil && len(secret) != 32 {
		err = errors.New("want 32 bytes")
	}
	return secret, err
}
