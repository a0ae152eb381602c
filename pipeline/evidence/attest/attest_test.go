package attest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// house is a data folder in which runs are published as the pipeline does it, of files that say little.
type house struct {
	t    *testing.T
	data string
	lake *lake.Lake
	n    int
}

func newHouse(t *testing.T) *house {
	data := filepath.Join(t.TempDir(), "data")
	h := &house{t: t, data: data, lake: &lake.Lake{Root: data}}
	h.ok(h.lake.Prepare())
	return h
}

func (h *house) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) file(name string) string { return filepath.Join(h.data, filepath.FromSlash(name)) }

func (h *house) read(name string) []byte {
	h.t.Helper()
	data, err := os.ReadFile(h.file(name))
	h.ok(err)
	return data
}

func (h *house) write(name string, data []byte) {
	h.t.Helper()
	h.ok(os.WriteFile(h.file(name), data, 0o600))
}

// place puts the next run in place without a line in the chain, signed when there is a signer.
func (h *house) place(s *Signer) string {
	h.t.Helper()
	h.n++
	id := fmt.Sprintf("2025-12-31-%012x", h.n)
	m := &control.Manifest{RunID: id, Peildatum: "2025-12-31", Journal: sum([]byte(id)), Outputs: []control.Output{{File: "marts/x.parquet", Sha256: sum([]byte("x" + id))}},
		Execution: control.Execution{Finished: fmt.Sprintf("2026-01-%02dT12:00:00Z", h.n)}}
	data, err := m.JSON()
	h.ok(err)
	folder, err := h.lake.StageRun(id)
	h.ok(err)
	h.ok(lake.WriteFile(folder.Manifest(), data))
	if s != nil {
		envelope, err := s.SignRun(h.lake, data)
		h.ok(err)
		h.ok(lake.WriteFile(folder.Envelope(), envelope))
	}
	h.ok(h.lake.Publish(id, folder))
	return id
}

func (h *house) publish(s *Signer) string {
	h.t.Helper()
	id := h.place(s)
	_, err := Extend(h.lake, id)
	h.ok(err)
	return id
}

func (h *house) key(name string) string { return filepath.Join(filepath.Dir(h.data), name) }

// newKey registers a first key.
func (h *house) newKey(name string) *Signer {
	h.t.Helper()
	_, err := NewKey(KeyOptions{Data: h.data, File: h.key(name)})
	h.ok(err)
	return h.signer(name)
}

func (h *house) signer(name string) *Signer {
	h.t.Helper()
	s, err := ReadSigner(h.key(name), h.data)
	h.ok(err)
	return s
}

// faults are what is wrong, as "kind file:line".
func (h *house) faults(trusted ...PublicKey) (out []string) {
	h.t.Helper()
	found, err := Check(h.data, "", trusted)
	h.ok(err)
	for _, f := range Faults(found) {
		out = append(out, fmt.Sprintf("%s %s:%d", f.Kind, f.File, f.Line))
	}
	return out
}

// TestClean: runs that nobody touched, signed or not, have no faults, also when keys are trusted.
func TestClean(t *testing.T) {
	h := newHouse(t)
	if got := h.faults(); got != nil {
		t.Errorf("an empty folder: %q", got)
	}
	h.publish(nil)
	k := h.newKey("een")
	signed := h.publish(k)
	h.publish(k)
	for range 2 {
		if got := h.faults(); got != nil {
			t.Errorf("%q", got)
		}
	}
	found, err := Check(h.data, signed, []PublicKey{k.PublicKey})
	h.ok(err)
	if len(found) > 0 {
		t.Errorf("%v", found)
	}
	if got := h.faults(k.PublicKey); len(got) != 1 || got[0] != "unsigned runs/2025-12-31-000000000001:0" {
		t.Errorf("with a trusted key: %q", got)
	}
	var lines []Line
	r, err := Open(h.data)
	h.ok(err)
	if lines = r.Lines; len(lines) != 3 || lines[2].Previous != lines[1].Sha256 || lines[0].Previous != "" {
		data, _ := json.Marshal(lines)
		t.Errorf("%s", data)
	}
}
