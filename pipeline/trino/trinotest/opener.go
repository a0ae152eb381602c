package trinotest

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/lake"
	"stapel/pipeline/trino"
)

// shared is the folder below Root that runs have together with the server.
const shared = "stapel"

// Shared is the folder that a run makes its own in.
func (s *Server) Shared() string { return filepath.Join(s.Root, shared) }

// Opener opens engines on the server, with a DuckDB of one thread beside each, for runs on a data folder. Who asks is User, as the server wants to
// be shown it unless opt says otherwise; of opt counts beside that what is not about where things are.
func (s *Server) Opener(data string, opt trino.Options) engine.Open {
	return func(ctx context.Context, dirs []string, spill string) (engine.Engine, error) {
		if err := os.MkdirAll(s.Shared(), 0o700); err != nil {
			return nil, err
		}
		opt := opt
		opt.Address, opt.User, opt.CAFile, opt.Catalog, opt.SchemaPrefix = s.Address, User, s.CA, Catalog, "stapel_"
		opt.SharedDir, opt.Location, opt.Ledger = s.Shared(), "local:///"+shared, (&lake.Lake{Root: data}).Ledger()
		if opt.PasswordFile+opt.TokenFile == "" {
			if err := s.identify(&opt); err != nil {
				return nil, err
			}
		}
		return trino.Open(ctx, opt, func(ctx context.Context, dirs []string, spill string) (trino.Local, error) {
			return duckdb.Open(ctx, duckdb.Options{Dirs: dirs, Spill: spill, Threads: 1})
		}, dirs, spill)
	}
}

// identify writes the secret that the server wants into a file.
func (s *Server) identify(opt *trino.Options) (err error) {
	write := func(text string) (string, error) {
		file := s.file("geheim")
		return file, os.WriteFile(file, []byte(text+"\n"), 0o600)
	}
	switch s.opt.Login {
	case Password:
		opt.PasswordFile, err = write(s.Passwords[User])
	case Token:
		var token string
		if token, err = s.Token(User, time.Now().Add(time.Hour)); err == nil {
			opt.TokenFile, err = write(token)
		}
	}
	return err
}
