package trinotest

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// rules let User alone in, to schemas of runs.
const rules = `{
  "catalogs": [{"user": "stapel", "catalog": "hive|system", "allow": "all"}, {"catalog": "system", "allow": "none"}],
  "schemas": [{"user": "stapel", "schema": "stapel_.*", "owner": true}, {"owner": false}],
  "tables": [{"user": "stapel", "catalog": "hive", "schema": "stapel_.*", "privileges": ["SELECT", "INSERT", "OWNERSHIP"]},
             {"user": "stapel", "catalog": "system", "privileges": ["SELECT"]}, {"privileges": []}]
}`

func one(t *testing.T, s *Server, user, statement string, want any) {
	t.Helper()
	rows, err := s.Query(t.Context(), user, statement)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0][0] != want {
		t.Fatalf("%s: %v, want %v", statement, rows, want)
	}
}

func refused(t *testing.T, s *Server, user, statement, why string) {
	t.Helper()
	if rows, err := s.Query(t.Context(), user, statement); err == nil || !strings.Contains(err.Error(), why) {
		t.Fatalf("%s, as %s: %v, %v, want an error with %q", statement, user, rows, err, why)
	}
}

// TestSkips: where there is no Trino a test that wants one is skipped.
func TestSkips(t *testing.T) {
	var inner *testing.T
	t.Run("without", func(t *testing.T) {
		inner = t
		t.Setenv("STAPEL_TRINO_HOME", "")
		Start(t, Options{})
	})
	if !inner.Skipped() {
		t.Error("not skipped")
	}
}

// TestConformanceHarness: a server computes, writes files for their owner only, and leaves nothing behind.
func TestConformanceHarness(t *testing.T) {
	s := Start(t, Options{})
	one(t, s, User, "select 1", 1.0)
	one(t, s, User, "select version()", "476")
	for _, q := range []string{"create schema hive.stapel_a", "create table hive.stapel_a.t as select 2 as a"} {
		if _, err := s.Query(t.Context(), User, q); err != nil {
			t.Fatal(err)
		}
	}
	one(t, s, Other, "select a from hive.stapel_a.t", 2.0)
	refused(t, s, User, "select a from hive.stapel_a.none", "TABLE_NOT_FOUND")
	files := 0
	if err := filepath.WalkDir(s.Root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return err
	}); err != nil || files < 5 {
		t.Fatalf("%d files, %v", files, err)
	}
	if !strings.Contains(s.LogTail(100), "SERVER STARTED") {
		t.Errorf("what it said:\n%s", s.LogTail(100))
	}
	s.Stop()
	if err := s.nodes[0].process.Signal(syscall.Signal(0)); err == nil {
		t.Error("the process is still there")
	}
	if _, err := os.Stat(s.dir); !os.IsNotExist(err) {
		t.Errorf("its files are still there: %v", err)
	}
}

// TestConformanceHarnessPassword: who has the password gets in, over TLS, and rules hold for who they are.
func TestConformanceHarnessPassword(t *testing.T) {
	s := Start(t, Options{Login: Password, Rules: rules})
	one(t, s, User, "select current_user", User)
	refused(t, s, Other, "select 1 from hive.information_schema.tables", "Access Denied")
	refused(t, s, "niemand", "select 1", "401")
	s.Passwords[User] += "x"
	refused(t, s, User, "select 1", "401")
}

// TestConformanceHarnessToken: a token gets its user in until it is over, a worker computes, and one that fails can be replaced.
func TestConformanceHarnessToken(t *testing.T) {
	s := Start(t, Options{Login: Token, Rules: rules, Workers: 1})
	one(t, s, User, "select current_user", User)
	one(t, s, User, "select count(*) from system.runtime.nodes where state = 'active'", 2.0)
	refused(t, s, Other, "select 1 from hive.information_schema.tables", "Access Denied")
	old, err := s.Token(User, time.Now().Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Address+"/v1/statement", strings.NewReader("select 1"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+old)
	res, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusUnauthorized {
		t.Errorf("a token that is over: %s", res.Status)
	}
	s.KillWorker(0)
	if err := s.StartWorker(t.Context()); err != nil {
		t.Fatal(err)
	}
	one(t, s, User, "select sum(a) from unnest(sequence(1, 1000)) as t(a)", 500500.0)
}
