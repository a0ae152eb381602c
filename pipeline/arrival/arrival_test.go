package arrival

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/pipeline/ingest"
)

var limits = ingest.Limits{MaxDecompressedBytes: 1 << 20, MaxRatio: 200}

const text = "a;b\n1;2\n3;4\n"

func packed(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// clock is a clock that tests move, and files that change when they say.
type clock struct {
	now     time.Time
	changed map[string]time.Time // by name; others changed long ago
	slept   func()
}

func newClock(t testing.TB) *clock {
	c := &clock{now: time.Date(2026, 11, 12, 6, 0, 0, 0, time.UTC), changed: map[string]time.Time{}}
	before := lastChange
	lastChange = func(st fs.FileInfo, _ time.Time) time.Time { return c.changed[st.Name()] }
	t.Cleanup(func() { lastChange = before })
	return c
}

func (c *clock) terms(settle time.Duration) Terms {
	return Terms{Settle: settle, Limits: limits, Now: func() time.Time { return c.now }, Sleep: func(_ context.Context, d time.Duration) {
		c.now = c.now.Add(d)
		if c.slept != nil {
			c.slept()
		}
	}}
}

// TestWhole: a file is whole when it and its note held still for long enough, or when the note has its hash.
func TestWhole(t *testing.T) {
	c := newClock(t)
	terms := c.terms(30 * time.Second)
	gz := packed(t, text)
	for what, x := range map[string]struct {
		file       string
		data       []byte
		note       string
		age, noted time.Duration
		want       bool
	}{
		"still":                                  {"a.csv", []byte(text), "", 30 * time.Second, 0, true},
		"a second short":                         {"a.csv", []byte(text), "", 29 * time.Second, 0, false},
		"its note came later":                    {"a.csv", []byte(text), "levering_id: x\n", time.Hour, 3 * time.Second, false},
		"hash in the note":                       {"a.csv", []byte(text), "sha256: " + sum([]byte(text)) + "\n", 0, 0, true},
		"half, by the hash":                      {"a.csv", []byte(text[:8]), "sha256: " + sum([]byte(text)) + "\n", 0, 0, false},
		"hash of what is packed":                 {"a.csv.gz", gz, "sha256: " + sum(gz) + "\n", 0, 0, true},
		"hash of what is in it":                  {"a.CSV.GZ", gz, "sha256: " + sum([]byte(text)) + "\n", 0, 0, true},
		"half a gzip":                            {"a.csv.gz", gz[:len(gz)-9], "sha256: " + sum([]byte(text)) + "\n", 0, 0, false},
		"no gzip at all":                         {"a.csv.gz", []byte(text), "sha256: " + sum([]byte("x")) + "\n", 0, 0, false},
		"half a note":                            {"a.csv", []byte(text), "sha256: " + sum([]byte(text))[:40], 0, 0, false},
		"a note that is no note":                 {"a.csv", []byte(text), "{", 0, 0, false},
		"half a note, after a long time":         {"a.csv", []byte(text), "{", time.Hour, time.Hour, true}, // who reads it refuses it
		"another hash, after a long time":        {"a.csv", []byte(text), "sha256: " + sum(nil) + "\n", time.Hour, time.Hour, true},
		"a clock that is ahead":                  {"a.csv", []byte(text), "", -time.Hour, 0, false},
		"a clock that is ahead, and a good hash": {"a.csv", []byte(text), "sha256: " + sum([]byte(text)) + "\n", -time.Hour, 0, true},
	} {
		dir := t.TempDir()
		f := File{Path: write(t, filepath.Join(dir, x.file), x.data)}
		c.changed = map[string]time.Time{x.file: c.now.Add(-x.age)}
		if x.note != "" {
			f.Note = write(t, f.Path+ingest.NoteSuffix, []byte(x.note))
			c.changed[x.file+ingest.NoteSuffix] = c.now.Add(-x.noted)
		}
		whole, left, err := terms.Whole(t.Context(), f)
		if err != nil || whole != x.want {
			t.Errorf("%s: %v, %v; want %v", what, whole, err, x.want)
		}
		if left > terms.Settle || !whole && left <= 0 {
			t.Errorf("%s: it has to hold still for another %v", what, left)
		}
		if at, _, err := c.terms(0).Whole(t.Context(), f); !at || err != nil {
			t.Errorf("%s: without a time to settle it is not whole", what)
		}
	}
	// what is gone, or is no file, is for who reads it
	if whole, _, err := terms.Whole(t.Context(), File{Path: filepath.Join(t.TempDir(), "weg.csv")}); !whole || err != nil {
		t.Errorf("a file that is gone: %v, %v", whole, err)
	}
	if whole, _, err := terms.Whole(t.Context(), File{Path: t.TempDir()}); !whole || err != nil {
		t.Errorf("a folder: %v, %v", whole, err)
	}
}

// TestSystemTellsOfWrites: a copy that was given the time of its original was still written just now.
func TestSystemTellsOfWrites(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "a.csv"), []byte(text))
	old := time.Now().AddDate(-1, 0, 0)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	st, err := os.Lstat(file)
	if err != nil {
		t.Fatal(err)
	}
	if at := changed(st, time.Now()); at.Before(old.AddDate(0, 1, 0)) {
		t.Errorf("it says %v: it was written now", at)
	}
	if at := written(st, time.Now()); at.Sub(old).Abs() > time.Second {
		t.Errorf("the time of its contents is %v, not %v", at, old)
	}
	if at := written(st, old.AddDate(0, 0, -1)); !at.IsZero() {
		t.Errorf("a time that is yet to come counts: %v", at)
	}
}

// TestWait: it waits for what lies still, not for what goes on, and never longer than a file has to hold still.
func TestWait(t *testing.T) {
	dir := t.TempDir()
	still, growing := File{Path: write(t, filepath.Join(dir, "still.csv"), []byte(text))}, File{Path: write(t, filepath.Join(dir, "groeit.csv"), []byte(text))}
	c := newClock(t)
	terms := c.terms(30 * time.Second)
	begin := c.now
	c.changed = map[string]time.Time{"still.csv": begin.Add(-13 * time.Second), "groeit.csv": begin}
	c.slept = func() { c.changed["groeit.csv"] = c.now }
	if waited, err := terms.Wait(t.Context(), []File{still}); err != nil || waited != 17*time.Second {
		t.Errorf("it waited %v, %v; want 17s", waited, err)
	}
	c.now, c.changed["still.csv"] = begin, begin.Add(-time.Second)
	if waited, err := terms.Wait(t.Context(), []File{still, growing}); err != nil || waited != 30*time.Second {
		t.Errorf("it waited %v, %v; want 30s", waited, err)
	}
	if whole, _, _ := terms.Whole(t.Context(), still); !whole {
		t.Error("what lay still is not whole")
	}
	if whole, _, _ := terms.Whole(t.Context(), growing); whole {
		t.Error("what grows is whole")
	}
	// the note with the hash comes while it waits
	c.slept = func() {
		growing.Note = write(t, growing.Path+ingest.NoteSuffix, []byte("sha256: "+sum([]byte(text))+"\n"))
		c.changed["groeit.csv"], c.changed["groeit.csv"+ingest.NoteSuffix] = c.now, c.now
	}
	growing.Note = growing.Path + ingest.NoteSuffix
	if waited, err := terms.Wait(t.Context(), []File{growing}); err != nil || waited != pause {
		t.Errorf("it waited %v, %v; want %v", waited, err, pause)
	}
	ctx, cancel := context.WithCancel(t.Context())
	c.slept = cancel
	c.changed["still.csv"] = c.now
	if _, err := terms.Wait(ctx, []File{still}); err == nil {
		t.Error("an interruption is no reason to stop waiting")
	}
}

// TestNeverHalf: whatever the pace of who writes, with pauses shorter than a file has to hold still it is never whole before the last byte; and it is, so long
// after.
func TestNeverHalf(t *testing.T) {
	c := newClock(t)
	file := File{Path: write(t, filepath.Join(t.TempDir(), "a.csv"), []byte(text))}
	rapid.Check(t, func(r *rapid.T) {
		settle := time.Duration(rapid.IntRange(1, 600).Draw(r, "settle")) * time.Second
		terms := c.terms(settle)
		at, writes := c.now, rapid.SliceOfN(rapid.Int64Range(1, int64(settle)-1), 1, 20).Draw(r, "pauses")
		for _, pause := range writes {
			c.changed["a.csv"] = at
			looked := time.Duration(rapid.Int64Range(0, pause).Draw(r, "look"))
			c.now = at.Add(looked)
			if whole, _, err := terms.Whole(t.Context(), file); whole || err != nil {
				r.Fatalf("whole %v after a write, with more to come; it has to hold still for %v", looked, settle)
			}
			at = at.Add(time.Duration(pause))
		}
		c.changed["a.csv"] = at
		c.now = at.Add(settle)
		if whole, _, err := terms.Whole(t.Context(), file); !whole || err != nil {
			r.Fatalf("not whole %v after the last write", settle)
		}
	})
}

// TestProofIsOfOneState: a hash that was found once is not worked out again, until the file changes.
func TestProofIsOfOneState(t *testing.T) {
	c := newClock(t)
	terms := Real(30*time.Second, limits)
	terms.Now = func() time.Time { return c.now }
	f := File{Path: write(t, filepath.Join(t.TempDir(), "a.csv"), []byte(text))}
	f.Note = write(t, f.Path+ingest.NoteSuffix, []byte("sha256: "+sum([]byte(text))+"\n"))
	c.changed["a.csv"] = c.now
	whole := func() bool {
		t.Helper()
		ok, _, err := terms.Whole(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !whole() {
		t.Fatal("its hash is that of the note")
	}
	write(t, f.Path, []byte("half"))
	if !whole() {
		t.Error("it was looked at again, though nothing says that it changed")
	}
	c.changed["a.csv"] = c.now.Add(time.Millisecond)
	if whole() {
		t.Error("it changed, and its old hash still counts")
	}
}
