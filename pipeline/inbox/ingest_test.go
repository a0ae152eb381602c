package inbox

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stapel/config/configtest"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// TestReadAgain: an extract is read once; again when what the lake has of it was read on other terms, or is not what this stapel would
// write, without anybody asking for it.
func TestReadAgain(t *testing.T) {
	l, cfg := &lake.Lake{Root: t.TempDir()}, configtest.Defaults(t, nil)
	if err := l.Prepare(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(l.Inbox(), "uitsluiting", "u.csv")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("persoon_ps;soort;begindatum;einddatum\nv1_000000000000000000000000000000a1;bezwaar;2025-01-01;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := ingest.NewProjectKey(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	// readIn says whether the extract was written into the lake anew: whatever lay in its folder is gone then
	readIn := func(full bool) bool {
		t.Helper()
		in, err := List(l.Inbox(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if err := Identify(t.Context(), in.Found, cfg, time.Now()); err != nil {
			t.Fatal(err)
		}
		d := in.Found[0]
		mark := filepath.Join(l.Extract(d.Kind, d.Sha256), "merk")
		os.WriteFile(mark, nil, 0o600)
		if err := Ingest(t.Context(), in.Found, Options{Config: cfg, Key: key, Full: full}, l); err != nil || d.Status != Accepted {
			t.Fatal(err, d.Refusal)
		}
		_, err = os.Stat(mark)
		return os.IsNotExist(err)
	}
	if !readIn(false) || readIn(false) || !readIn(true) {
		t.Fatal("an extract is read once, and again with --full")
	}
	record, err := filepath.Glob(filepath.Join(l.Kind("uitsluiting"), "*", "extract.json"))
	if err != nil || len(record) != 1 {
		t.Fatal(record, err)
	}
	for from, to := range map[string]string{
		`"formaat": 6`:         `"formaat": 4`, // the bounds of its pages are not those of their values
		`"levering_sha256": "`: `"levering_sha256": "0`,
		`"contract_sha256": "`: `"contract_sha256": "0`,
		`"sleutel": "`:         `"sleutel": "0`,
		`"MaxRatio": `:         `"MaxRatio": 1`,
	} {
		now, err := os.ReadFile(record[0])
		if err != nil {
			t.Fatal(err)
		}
		was := bytes.Replace(now, []byte(from), []byte(to), 1)
		if bytes.Equal(was, now) {
			t.Fatalf("the record has no %s", from)
		}
		if err := os.WriteFile(record[0], was, 0o600); err != nil {
			t.Fatal(err)
		}
		if !readIn(false) || readIn(false) {
			t.Errorf("with %s it is not read again, or not only once", to)
		}
		if again, err := os.ReadFile(record[0]); err != nil || !bytes.Equal(again, now) {
			t.Errorf("after %s the record is %s, %v; want %s", to, again, err, now)
		}
	}
}
