package runlog

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"stapel/pipeline/chain"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// TestRuns: what was written is read back, a run of which no end is known is one that was lost, and half a line says nothing.
func TestRuns(t *testing.T) {
	l := Log{Data: t.TempDir()}
	if runs, err := l.Runs(); err != nil || runs != nil {
		t.Fatalf("an empty folder: %v, %v", runs, err)
	}
	at := time.Date(2026, 11, 12, 6, 0, 0, 123456789, time.FixedZone("", 3600))
	first, err := l.Begin(at, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Begin(at.Add(time.Minute), "lake"); err != nil { // killed
		t.Fatal(err)
	}
	end := End{Exit: exit.Refused, Seconds: 1.5, Run: "2026-10-31-0123456789ab", Latest: true, Read: &at, Files: 2, Refused: []Refused{{Kind: "wmo_declaratie", File: "wmo_declaratie/a.csv", Reason: "reden"}},
		Models: []Duration{{Name: "ranglijst", Seconds: 0.25}}}
	if err := l.End(first, at.Add(2*time.Minute), end); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(l.Data, lake.RunLog), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"wanneer":"2026-11-12T05:0`); err != nil {
		t.Fatal(err)
	}
	f.Close()
	runs, err := l.Runs()
	if err != nil || len(runs) != 2 {
		t.Fatalf("%v, %v", runs, err)
	}
	got := runs[0].End
	if got == nil || got.Exit != exit.Refused || got.Seconds != 1.5 || len(got.Refused) != 1 || got.Refused[0].Reason != "reden" || got.Models[0].Name != "ranglijst" || !got.Latest ||
		!runs[0].Begin.Equal(at) {
		t.Errorf("%+v", runs[0])
	}
	if runs[1].End != nil || runs[1].Until != "lake" {
		t.Errorf("a run that was killed: %+v", runs[1])
	}
	st, err := os.Stat(filepath.Join(l.Data, lake.RunLog))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	if found, lines, err := chain.Check(filepath.Join(l.Data, lake.RunLog)); err != nil || lines != 3 || len(found) != 1 { // the half line
		t.Errorf("%d lines, %v, %v", lines, found, err)
	}
}
