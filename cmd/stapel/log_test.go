package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"stapel/pipeline/exit"
)

// TestLogFormat: with --log-format json every line of the log of a run is one object with time, level and msg, and there are the same messages as in the
// text. --json keeps the remarks, which are no log, off stderr.
func TestLogFormat(t *testing.T) {
	dir := t.TempDir()
	script, err := txtar.ParseFile(filepath.Join("testdata", "script", "run.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if err := txtar.Write(script, dir); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(dir, "sleutel")
	if err := os.WriteFile(key, []byte(strings.Repeat("0a", 32)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	logged := func(format string) []string {
		t.Helper()
		var out, errs bytes.Buffer
		code := run(context.Background(), []string{"run", "--data", filepath.Join(dir, "d"), "--key-file", key, "--peildatum", "2025-12-31", "--strict", "--until", "marts", "--full", "--no-progress",
			"--json", "--log-level", "debug", "--log-format", format}, &out, &errs)
		if code != exit.Quarantined {
			t.Fatalf("exit %d: %s", code, errs.String())
		}
		return slices.Collect(strings.Lines(errs.String()))
	}
	var text, objects []string
	for _, line := range logged(logText) {
		_, msg, ok := strings.Cut(line, " msg=")
		if !ok || !strings.HasPrefix(line, "time=") {
			t.Errorf("no line of the log: %q", line)
		}
		text = append(text, strings.Fields(msg)[0])
	}
	for _, line := range logged(logJSON) {
		var record struct {
			Time       time.Time
			Level, Msg string
		}
		d := json.NewDecoder(strings.NewReader(line))
		if err := d.Decode(&record); err != nil || d.More() {
			t.Fatalf("no object of JSON: %q: %v", line, err)
		}
		if record.Time.IsZero() || record.Msg == "" || !slices.Contains([]string{"DEBUG", "INFO", "WARN", "ERROR"}, record.Level) {
			t.Errorf("without time, level or msg: %q", line)
		}
		objects = append(objects, record.Msg)
	}
	kinds := func(messages []string) []string { return slices.Compact(slices.Sorted(slices.Values(messages))) }
	if got, want := kinds(objects), kinds(text); !slices.Equal(got, want) || len(want) < 2 || len(objects) < 100 {
		t.Errorf("%d messages %q, in text %q", len(objects), got, want)
	}
}
