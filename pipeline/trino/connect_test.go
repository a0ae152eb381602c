package trino

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stapel/pipeline/engine"
)

// coordinator is as much of a Trino as a client sees. It answers each statement with what answer gives: an error, or rows of one text column; a
// statement for which there is no answer yet runs on.
type coordinator struct {
	*httptest.Server
	answer func(statement string) (rows [][]any, fault map[string]any, done bool)
	next   func() // is called when a client asks how it is with a statement

	mu        sync.Mutex
	asked     []string // statements, in order
	cancelled []string // queries that were stopped
	headers   http.Header
}

func newCoordinator(t *testing.T, answer func(string) ([][]any, map[string]any, bool)) *coordinator {
	c := &coordinator{answer: answer}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/info", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"nodeVersion":{"version":"476"},"starting":false}`)
	})
	mux.HandleFunc("POST /v1/statement", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.asked, c.headers = append(c.asked, string(text)), r.Header
		c.reply(w, fmt.Sprintf("q%d", len(c.asked)-1), string(text), true)
	})
	mux.HandleFunc("GET /v1/next/{id}", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(5 * time.Millisecond)
		if c.next != nil {
			c.next()
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		var n int
		fmt.Sscanf(r.PathValue("id"), "q%d", &n)
		c.reply(w, r.PathValue("id"), c.asked[n], false)
	})
	stop := func(w http.ResponseWriter, r *http.Request) {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.cancelled = append(c.cancelled, r.PathValue("id"))
		w.WriteHeader(http.StatusNoContent)
	}
	mux.HandleFunc("DELETE /v1/query/{id}", stop)
	mux.HandleFunc("DELETE /v1/next/{id}", stop)
	c.Server = httptest.NewServer(mux)
	t.Cleanup(c.Close)
	return c
}

// reply says how it is with a query; the first reply to a statement never has rows.
func (c *coordinator) reply(w http.ResponseWriter, id, statement string, first bool) {
	rows, fault, done := c.answer(statement)
	reply := map[string]any{"id": id, "stats": map[string]any{"state": "RUNNING"}}
	switch {
	case fault != nil:
		reply["error"] = fault
	case !done || first:
		reply["nextUri"] = c.URL + "/v1/next/" + id
	default:
		if rows != nil {
			reply["columns"] = []any{map[string]any{"name": "_col0", "type": "varchar", "typeSignature": map[string]any{"rawType": "varchar", "arguments": []any{}}}}
			reply["data"] = rows
		}
	}
	json.NewEncoder(w).Encode(reply)
}

// at opens an engine's connections to a Trino, without a schema or an engine beside it.
func at(t *testing.T, c *coordinator) *Engine {
	t.Helper()
	opt := Options{Address: c.URL, User: "stapel", Catalog: "hive", SchemaPrefix: "stapel_"}
	db, version, err := connect(t.Context(), opt, "stapel_x")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if version != "476" {
		t.Errorf("version %q", version)
	}
	return &Engine{opt: opt, db: db, schema: "stapel_x"}
}

// TestStatement: a statement goes to the schema and the functions of the run, and gives its rows.
func TestStatement(t *testing.T) {
	c := newCoordinator(t, func(string) ([][]any, map[string]any, bool) { return [][]any{{"7"}}, nil, true })
	n, err := at(t, c).number(t.Context(), "iets", "select count(*) from ranglijst")
	if err != nil || n != 7 {
		t.Fatal(n, err)
	}
	for header, want := range map[string]string{"X-Trino-User": "stapel", "X-Trino-Catalog": "hive", "X-Trino-Schema": "stapel_x", "X-Trino-Path": "hive.stapel_x",
		"X-Trino-Time-Zone": "UTC", "X-Trino-Source": "stapel"} {
		if got := c.headers.Get(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

// TestInterrupted: a statement that is interrupted is stopped in Trino too, whether it gives rows or writes them.
func TestInterrupted(t *testing.T) {
	for _, statement := range []string{"select x from y", "insert into a select x from y", "create schema z"} {
		c := newCoordinator(t, func(string) ([][]any, map[string]any, bool) { return nil, nil, false })
		ctx, cancel := context.WithCancel(t.Context())
		c.next = cancel
		if err := at(t, c).exec(ctx, "iets", statement); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", statement, err)
		}
		stopped := func() bool {
			c.mu.Lock()
			defer c.mu.Unlock()
			return len(c.cancelled) > 0
		}
		for range 1000 {
			if stopped() {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if !stopped() {
			t.Errorf("%s: it goes on in Trino", statement)
		}
	}
}

// TestSentOn: a secret goes to the address that was given, whatever a server says about where a statement goes on; and what is said of it has no
// address of a statement.
func TestSentOn(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request went elsewhere") }))
	defer elsewhere.Close()
	for _, next := range []string{elsewhere.URL, "https://127.0.0.1:1"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v1/info" {
				fmt.Fprint(w, `{"nodeVersion":{"version":"476"},"starting":false}`)
				return
			}
			fmt.Fprintf(w, `{"id":"q","nextUri":"%s/v1/statement/executing/q/ySLUG/1"}`, next)
		}))
		defer server.Close()
		err := at(t, &coordinator{Server: server}).exec(t.Context(), "iets", "select 1")
		if err == nil || !strings.Contains(err.Error(), "it sends on to "+next) || strings.Contains(err.Error(), "SLUG") {
			t.Error(err)
		}
	}
}

// TestTokenIsReadAgain: a token that is replaced while a run goes on is the one that is shown from then on.
func TestTokenIsReadAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token")
	var shown []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { shown = append(shown, r.Header.Get("Authorization")) }))
	defer server.Close()
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	by := &http.Client{Transport: &guard{at: address, token: file, next: http.DefaultTransport}}
	for _, token := range []string{"een", "twee"} {
		if err := os.WriteFile(file, []byte(token+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := by.Get(server.URL); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(shown, []string{"Bearer een", "Bearer twee"}) {
		t.Error(shown)
	}
}

// TestErrors: an error is one line that says what it was about and what to do, and nothing of a row; those that lie in the SELECT are told from
// those of the machines.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name, message, want string
		inQuery             bool
	}{
		{"COLUMN_NOT_FOUND", "line 1:8: Column 'zzz' cannot be resolved", "som: line 1:8: Column 'zzz' cannot be resolved", true},
		{"INVALID_CAST_ARGUMENT", "Cannot cast 'v1_geheim' to BIGINT", "som: a value can't be turned into the type that is asked; use try_cast, which leaves it empty", true},
		{"NUMERIC_VALUE_OUT_OF_RANGE", "bigint addition overflow: 1990 + geheim", "som: a number does not fit the type that it is given; cast it to a wider one", true},
		{"DIVISION_BY_ZERO", "Division by zero", "som: a number is divided by 0; use nullif", true},
		{"EXCEEDED_LOCAL_MEMORY_LIMIT", "Query exceeded per-node memory limit of 1GB [geheim]",
			"som: it needs more memory on one node than Trino allows; raise query.max-memory-per-node, or give Trino more nodes (EXCEEDED_LOCAL_MEMORY_LIMIT)", false},
		{"REMOTE_TASK_ERROR", "Expected response code geheim", "som: a node of Trino was lost while it worked; nothing was published; run again (REMOTE_TASK_ERROR)", false},
		{"PERMISSION_DENIED", "Access Denied: geheim", "som: trino.user may not do it; docs/operations.md has the rules that a run needs (PERMISSION_DENIED)", false},
		{"GENERIC_INTERNAL_ERROR", "geheim\nin two lines", "som: GENERIC_INTERNAL_ERROR (the rest of Trino's message is left out, for it may quote data)", false},
	} {
		co := newCoordinator(t, func(string) ([][]any, map[string]any, bool) {
			return nil, map[string]any{"errorName": c.name, "errorType": "USER_ERROR", "message": c.message}, true
		})
		_, err := at(t, co).number(t.Context(), "som", "select x")
		if err == nil || err.Error() != c.want || engine.InQuery(err) != c.inQuery {
			t.Errorf("%s: %v, in query %t", c.name, err, engine.InQuery(err))
		}
	}
}

// TestNoTrino: what is wrong with an address is said at once, and what to set.
func TestNoTrino(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }))
	defer other.Close()
	starting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"nodeVersion":{"version":"476"},"starting":true}`)
	}))
	defer starting.Close()
	closed := httptest.NewServer(nil)
	closed.Close()
	tls := httptest.NewTLSServer(nil)
	defer tls.Close()
	for address, want := range map[string]string{
		closed.URL:   "no Trino answers at trino.address (" + closed.URL + ")",
		other.URL:    "what answers at trino.address (" + other.URL + ") is no Trino",
		starting.URL: "is still starting",
		tls.URL:      "certificate",
	} {
		_, _, err := connect(t.Context(), Options{Address: address, User: "stapel", Catalog: "hive"}, "s")
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want %q", address, err, want)
		}
	}
}

// TestRefused: a user that Trino does not let in is told so, without what was sent.
func TestRefused(t *testing.T) {
	for status, want := range map[int]string{
		http.StatusUnauthorized: "iets: Trino does not let trino.user in: the password or token is another, or has expired",
		http.StatusForbidden:    "iets: trino.user may not do it; docs/operations.md has the rules that a run needs",
		http.StatusBadRequest:   "iets: Trino answers with status 400",
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/v1/info" {
				fmt.Fprint(w, `{"nodeVersion":{"version":"476"},"starting":false}`)
				return
			}
			http.Error(w, "geheim", status)
		}))
		defer server.Close()
		err := at(t, &coordinator{Server: server}).exec(t.Context(), "iets", "select 1")
		if err == nil || err.Error() != want {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestSecrets: a password or a token is read from a file of one line that others can't read, goes over https only, and is in no message.
func TestSecrets(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	good, open, two, none := write("goed", "geheim\n", 0o600), write("open", "geheim\n", 0o640), write("twee", "geheim\nx\n", 0o600), write("leeg", "\n", 0o600)
	for _, c := range []struct {
		opt  Options
		want string
	}{
		{Options{Address: "https://h:1", PasswordFile: good}, ""},
		{Options{Address: "https://h:1", PasswordFile: open}, "trino.password_file: others may read it (mode 0640)"},
		{Options{Address: "https://h:1", PasswordFile: two}, "trino.password_file: it has no line, or more than one"},
		{Options{Address: "https://h:1", PasswordFile: none}, "trino.password_file: it has no line, or more than one"},
		{Options{Address: "https://h:1", PasswordFile: dir}, "trino.password_file: it is no plain file"},
		{Options{Address: "https://h:1", CAFile: good}, "trino.ca_file: there is no certificate in it"},
		{Options{Address: "https://h:1", PasswordFile: filepath.Join(dir, "niets")}, "trino.password_file: there is no file there that can be read"},
	} {
		c.opt.User, c.opt.Catalog = "stapel", "hive"
		conf, err := configure(c.opt, "s")
		switch {
		case c.want != "":
			if err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "geheim") {
				t.Errorf("%+v: %v", c.opt, err)
			}
		case err != nil:
			t.Error(err)
		case conf.ServerURI != "https://stapel:geheim@h:1":
			t.Errorf("%+v: the secret is not the one of the file", c.opt)
		}
	}
}
