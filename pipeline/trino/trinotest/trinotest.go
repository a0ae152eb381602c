// Package trinotest starts a real Trino on this machine, for tests and measurements. No program contains it.
package trinotest

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Catalog is the one catalog: Parquet files below Root, which it calls local:///.
const Catalog = "hive"

// User is whom Launch asks as; Other is someone else, with a password of their own.
const (
	User  = "stapel"
	Other = "ander"
)

// Login is how a server knows who asks. With Password and Token it speaks TLS only, between its nodes as well.
type Login int

const (
	Name Login = iota // whoever says so
	Password
	Token // a JWT that the server's key signed
)

// Options say what to start; the zero value is one node that lets everyone in.
type Options struct {
	Root     string // absolute; "" is a folder that goes with the server
	Workers  int    // processes besides the coordinator, which then computes nothing; 0 has it compute
	MemoryMB int    // heap of a coordinator that computes (3072), or of each worker (2048)
	Login    Login
	Rules    string   // file-based access control, in JSON: User needs catalog system, and all of schemas stapel_...
	Config   []string // further lines of config.properties
	Hive     []string // further lines of the catalog
	Long     bool     // for computations of minutes: the compiler and collector of a server, not those that cost least
}

// Server is a Trino that answers queries.
type Server struct {
	Address   string            // http://127.0.0.1:PORT, or https
	Root      string            // folder that the catalog calls local:///; its metastore lies in it, in metastore
	CA        string            // PEM file of who signed its certificate, with Password and Token
	Passwords map[string]string // of User and Other, with Password

	opt    Options
	java   string
	home   string
	dir    string // all of the server's own files
	secret string // between nodes
	port   int
	signer *rsa.PrivateKey
	client *http.Client
	nodes  []*node // coordinator first
}

// ErrNone is that there is no Trino to start.
var ErrNone = errors.New("no Trino: make conformance gets one, and sets STAPEL_TRINO_HOME and STAPEL_TRINO_JAVA")

// Start starts a server for a test, which is skipped where there is no Trino.
func Start(t testing.TB, opt Options) *Server {
	t.Helper()
	s, err := Launch(t.Context(), opt)
	if errors.Is(err, ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(s.LogTail(40))
		}
		s.Stop()
	})
	return s
}

// Launch starts a server, waits until all of it can be used, and leaves it to the caller to stop it.
func Launch(ctx context.Context, opt Options) (_ *Server, err error) {
	s := &Server{opt: opt, Root: opt.Root, home: os.Getenv("STAPEL_TRINO_HOME"), java: os.Getenv("STAPEL_TRINO_JAVA"), client: &http.Client{}}
	if s.home == "" || s.java == "" {
		return nil, ErrNone
	}
	if s.dir, err = os.MkdirTemp("", "trinotest-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, s.LogTail(40))
			s.Stop()
		}
	}()
	if s.Root == "" {
		s.Root = filepath.Join(s.dir, "root")
		if err := os.Mkdir(s.Root, 0o700); err != nil {
			return nil, err
		}
	}
	if s.port, err = freePort(); err != nil {
		return nil, err
	}
	if err := s.credentials(); err != nil {
		return nil, err
	}
	// a loaded machine of two cores took a minute
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	if err := s.start(); err != nil {
		return nil, err
	}
	for range opt.Workers {
		if err := s.start(); err != nil {
			return nil, err
		}
	}
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	for _, n := range s.nodes[1:] {
		if err := s.joined(ctx, n); err != nil {
			return nil, err
		}
	}
	return s, s.scans(ctx)
}

// Stop kills what runs and removes the server's own files. Nothing is worth an orderly end: the metastore is written when a statement ends.
func (s *Server) Stop() {
	for _, n := range s.nodes {
		n.kill()
	}
	s.client.CloseIdleConnections()
	_ = os.RemoveAll(s.dir)
}

// KillWorker kills the worker that was started as number i, from 0, as a machine that fails would.
func (s *Server) KillWorker(i int) { s.nodes[i+1].kill() }

// StartWorker adds a worker and waits until it takes part.
func (s *Server) StartWorker(ctx context.Context) error {
	if err := s.start(); err != nil {
		return err
	}
	return s.joined(ctx, s.nodes[len(s.nodes)-1])
}

// LogTail is the end of what each node said.
func (s *Server) LogTail(lines int) string {
	var b strings.Builder
	for _, n := range s.nodes {
		text, err := os.ReadFile(n.log)
		if err != nil {
			continue
		}
		all := strings.Split(strings.TrimSpace(string(text)), "\n")
		fmt.Fprintf(&b, "%s:\n%s\n", n.id, strings.Join(all[max(0, len(all)-lines):], "\n"))
	}
	return b.String()
}

// ready waits until the coordinator says that it has started.
func (s *Server) ready(ctx context.Context) error {
	return s.wait(ctx, "start", func() (bool, error) {
		var info struct{ Starting bool }
		err := s.call(ctx, http.MethodGet, s.Address+"/v1/info", "", "", &info)
		return err == nil && !info.Starting, err
	})
}

// joined waits until the coordinator knows the node.
func (s *Server) joined(ctx context.Context, n *node) error {
	return s.wait(ctx, "know "+n.id, func() (bool, error) {
		rows, err := s.Query(ctx, User, fmt.Sprintf("select 1 from system.runtime.nodes where state = 'active' and node_id = '%s'", n.id))
		return len(rows) == 1, err
	})
}

// scans waits until a table can be read: a coordinator that computes does not know its own catalog before it polls, every five seconds,
// and does not know it is lacking.
func (s *Server) scans(ctx context.Context) error {
	const schema, table = Catalog + ".stapel_start", Catalog + ".stapel_start.t"
	for _, q := range []string{"create schema if not exists " + schema, "drop table if exists " + table} {
		if _, err := s.Query(ctx, User, q); err != nil {
			return err
		}
	}
	err := s.wait(ctx, "read a table", func() (bool, error) {
		if _, err := s.Query(ctx, User, "create table if not exists "+table+" as select 1 as a"); err != nil {
			return false, err
		}
		rows, err := s.Query(ctx, User, "select a from "+table)
		return len(rows) == 1, err
	})
	if err == nil {
		_, err = s.Query(ctx, User, "drop schema "+schema+" cascade")
	}
	return err
}

// wait tries until it works, a node ends, or there is no more time.
func (s *Server) wait(ctx context.Context, what string, try func() (bool, error)) error {
	for {
		ok, err := try()
		if ok {
			return nil
		}
		for _, n := range s.nodes {
			if !n.killed && n.ended() {
				return fmt.Errorf("trino: %s ended before the server could %s", n.id, what)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("trino: the server does not %s: %w", what, errors.Join(ctx.Err(), err))
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// freePort finds one below those that outgoing connections get, for it is minutes before a server takes it on a loaded machine.
func freePort() (int, error) {
	var last error
	for range 100 {
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(12000)))
		if err != nil {
			last = err
			continue
		}
		defer l.Close()
		return l.Addr().(*net.TCPAddr).Port, nil
	}
	return 0, last
}
