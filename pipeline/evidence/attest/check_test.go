package attest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	chainFile = "keten.jsonl"
	keysFile  = "ondertekening/sleutels.jsonl"
	run1      = "runs/2025-12-31-000000000001"
	run2      = "runs/2025-12-31-000000000002"
	run3      = "runs/2025-12-31-000000000003"
)

// changed replaces a text once in a file.
func (h *house) changed(name, was, is string) {
	h.t.Helper()
	data := h.read(name)
	if !bytes.Contains(data, []byte(was)) {
		h.t.Fatalf("%s does not have %q", name, was)
	}
	h.write(name, bytes.Replace(data, []byte(was), []byte(is), 1))
}

func (h *house) lines(name string, do func([]string) []string) {
	h.t.Helper()
	lines := strings.SplitAfter(string(h.read(name)), "\n")
	h.write(name, []byte(strings.Join(do(lines[:len(lines)-1]), "")))
}

// without removes the nth line, from 0.
func without(n int) func([]string) []string {
	return func(l []string) []string { return slices.Delete(l, n, n+1) }
}

func swapped(n int) func([]string) []string {
	return func(l []string) []string { l[n], l[n+1] = l[n+1], l[n]; return l }
}

// redone writes a line of the chain again with a right hash of its own, as somebody would who knows how.
func (h *house) redone(n int, do func(*Line)) {
	h.lines(chainFile, func(l []string) []string {
		var line Line
		h.ok(json.Unmarshal([]byte(l[n]), &line))
		do(&line)
		line.Sha256 = line.sum()
		data, err := json.Marshal(line)
		h.ok(err)
		l[n] = string(data) + "\n"
		return l
	})
}

// TestFaults: what somebody does to a folder with an unsigned run and two signed ones, by two keys, is found and named.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(h *house)
		want []string
	}{
		"manifest changed":        {func(h *house) { h.changed(run2+"/manifest.json", "2025-12-31\",", "2025-11-30\",") }, []string{"manifest-differs " + run2 + "/manifest.json:0"}},
		"unsigned manifest":       {func(h *house) { h.changed(run1+"/manifest.json", "2025-12-31\",", "2025-11-30\",") }, []string{"manifest-differs " + run1 + "/manifest.json:0"}},
		"manifest no JSON":        {func(h *house) { h.write(run2+"/manifest.json", []byte("{")) }, []string{"manifest-differs " + run2 + "/manifest.json:0"}},
		"envelope changed":        {func(h *house) { h.changed(run2+"/manifest.dsse.json", `"sig": "`, `"sig": "A`) }, []string{"signature " + run2 + "/manifest.dsse.json:0"}},
		"envelope blank":          {func(h *house) { h.changed(run2+"/manifest.dsse.json", "{\n", "{ ") }, []string{"signature " + run2 + "/manifest.dsse.json:0"}},
		"envelope gone":           {func(h *house) { h.ok(os.Remove(h.file(run2 + "/manifest.dsse.json"))) }, []string{"statement-missing " + run2 + "/manifest.dsse.json:0"}},
		"envelope of another run": {func(h *house) { h.write(run3+"/manifest.dsse.json", h.read(run2+"/manifest.dsse.json")) }, []string{"statement-differs " + run3 + "/manifest.dsse.json:0"}},
		"run gone":                {func(h *house) { h.ok(os.RemoveAll(h.file(run2))) }, []string{"run-removed " + run2 + ":0"}},
		"unsigned run gone":       {func(h *house) { h.ok(os.RemoveAll(h.file(run1))) }, []string{"run-removed " + run1 + ":0"}},
		"first line gone":         {func(h *house) { h.lines(chainFile, without(0)) }, []string{"chain-line-missing keten.jsonl:1", "run-unchained " + run1 + ":0"}},
		"line and run gone": {func(h *house) { h.lines(chainFile, without(1)); h.ok(os.RemoveAll(h.file(run2))) },
			[]string{"chain-line-missing keten.jsonl:2"}},
		"last line gone":          {func(h *house) { h.lines(chainFile, without(2)) }, []string{"run-unchained " + run3 + ":0"}},
		"lines swapped":           {func(h *house) { h.lines(chainFile, swapped(0)) }, []string{"chain-broken keten.jsonl:1"}},
		"a time in the last line": {func(h *house) { h.changed(chainFile, "2026-01-03", "2026-01-04") }, []string{"chain-broken keten.jsonl:3"}},
		"a run in a line":         {func(h *house) { h.changed(chainFile, `31-000000000001`, `31-000000000009`) }, []string{"chain-broken keten.jsonl:1"}},
		"no JSON":                 {func(h *house) { h.changed(chainFile, `{"volgnummer":2`, `"volgnummer":2`) }, []string{"chain-broken keten.jsonl:2"}},
		"cut off":                 {func(h *house) { d := h.read(chainFile); h.write(chainFile, d[:len(d)-9]) }, []string{"chain-torn keten.jsonl:3", "run-unchained " + run3 + ":0"}},
		"a line made anew":        {func(h *house) { h.redone(0, func(l *Line) { l.When = "2026-01-01T13:00:00Z" }) }, []string{"chain-broken keten.jsonl:1"}},
		"the last line made anew": {func(h *house) { h.redone(2, func(l *Line) { l.Nr = 4 }) }, []string{"chain-line-missing keten.jsonl:3", "chain-broken keten.jsonl:3"}},
		"the chain made anew": {func(h *house) { // with another first run
			h.ok(os.Remove(h.file(chainFile)))
			h.changed(run1+"/manifest.json", "2025-12-31\",", "2025-11-30\",")
			_, err := Extend(h.lake, "")
			h.ok(err)
		}, []string{"chain-broken keten.jsonl:1", "chain-broken keten.jsonl:2", "chain-broken keten.jsonl:3"}},
		"key line changed":   {func(h *house) { h.changed(keysFile, "elk jaar", "elke dag") }, []string{"key-register " + keysFile + ":2"}},
		"key lines swapped":  {func(h *house) { h.lines(keysFile, swapped(0)) }, []string{"key-register " + keysFile + ":1"}},
		"rotation taken out": {func(h *house) { h.lines(keysFile, without(1)) }, []string{"key-unknown " + run3 + "/manifest.dsse.json:0"}},
		"keys gone":          {func(h *house) { h.ok(os.Remove(h.file(keysFile))) }, []string{"key-unknown " + run2 + "/manifest.dsse.json:0"}},
		"key line of a thief": {func(h *house) { // who has the first key and signs another rotation with it
			k := h.signer("een")
			h.lines(keysFile, without(1))
			_, err := RotateKey(KeyOptions{Data: h.data, File: h.key("een"), New: h.key("dief"), Why: "dief"})
			h.ok(err)
			_ = k
		}, []string{"key-unknown " + run3 + "/manifest.dsse.json:0"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.publish(nil)
			k := h.newKey("een")
			h.publish(k)
			_, err := RotateKey(KeyOptions{Data: h.data, File: h.key("een"), New: h.key("twee"), Why: "elk jaar"})
			h.ok(err)
			h.publish(h.signer("twee"))
			if got := h.faults(); got != nil {
				t.Fatalf("before: %q", got)
			}
			c.do(h)
			got := h.faults()
			for _, want := range c.want {
				if !slices.Contains(got, want) {
					t.Errorf("%q, want %q", got, want)
				}
			}
			if len(got) > len(c.want)+1 { // a cause may have one consequence that is named too
				t.Errorf("%q: more than %q", got, c.want)
			}
		})
	}
}

// TestKeys: what a key signed before it was replaced or revoked stays, by its place in the chain, and what comes after is refused.
func TestKeys(t *testing.T) {
	h := newHouse(t)
	one := h.newKey("een")
	h.publish(one)
	h.publish(one)
	if _, err := NewKey(KeyOptions{Data: h.data, File: h.key("ander")}); err == nil {
		t.Error("a second first key")
	}
	_, err := RotateKey(KeyOptions{Data: h.data, File: h.key("een"), New: h.key("twee"), Why: "elk jaar"})
	h.ok(err)
	two := h.signer("twee")
	if MaySign(h.data, one) == nil || MaySign(h.data, two) != nil {
		t.Error("after a rotation the old key may sign, or the new one may not")
	}
	h.publish(two)
	if got := h.faults(one.PublicKey); got != nil {
		t.Errorf("the first key vouches for the second: %q", got)
	}
	if got := h.faults(two.PublicKey); !slices.Equal(got, []string{"key-untrusted " + run1 + "/manifest.dsse.json:0", "key-untrusted " + run2 + "/manifest.dsse.json:0"}) {
		t.Errorf("the second key vouches for nobody: %q", got)
	}
	// the first key was stolen after its first run
	_, err = RevokeKey(KeyOptions{Data: h.data, File: h.key("twee"), Key: one.ID, From: 2, Why: "gestolen"})
	h.ok(err)
	if got := h.faults(); !slices.Equal(got, []string{"key-revoked " + run2 + "/manifest.dsse.json:0"}) {
		t.Errorf("revoked from the second run on: %q", got)
	}
	_, err = RevokeKey(KeyOptions{Data: h.data, File: h.key("twee"), Why: "ambt neergelegd"})
	h.ok(err)
	if MaySign(h.data, two) == nil {
		t.Error("a revoked key may sign")
	}
	three, err := NewKey(KeyOptions{Data: h.data, File: h.key("drie")})
	h.ok(err)
	h.publish(h.signer("drie"))
	if got := h.faults(one.PublicKey); !slices.Equal(got, []string{"key-revoked " + run2 + "/manifest.dsse.json:0", "key-untrusted runs/2025-12-31-000000000004/manifest.dsse.json:0"}) {
		t.Errorf("nobody vouches for a first key: %q", got)
	}
	if _, err := NewKey(KeyOptions{Data: h.data, File: h.key("vier"), Lost: true, Why: "laptop weg"}); err != nil {
		t.Error(err)
	}
	states, err := KeyStates(h.data)
	h.ok(err)
	if len(states) != 4 || states[2].ID != three.ID || states[2].Ended == "" || states[3].Ended != "" || states[0].Last != 1 {
		t.Errorf("%+v", states)
	}
	if err := os.Chmod(h.key("vier"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadSigner(h.key("vier"), h.data); err == nil {
		t.Error("a key that others can read")
	}
	if _, err := NewKey(KeyOptions{Data: h.data, File: filepath.Join(h.data, "sleutel"), Lost: true, Why: "x"}); err == nil {
		t.Error("a key in the data folder")
	}
}

// TestStolenLater: a run that a thief signs with a replaced key, past the check of the program, is found.
func TestStolenLater(t *testing.T) {
	h := newHouse(t)
	one := h.newKey("een")
	h.publish(one)
	before := h.read(keysFile)
	_, err := RotateKey(KeyOptions{Data: h.data, File: h.key("een"), New: h.key("twee"), Why: "elk jaar"})
	h.ok(err)
	after := h.read(keysFile)
	h.write(keysFile, before)
	h.publish(one)
	h.write(keysFile, after)
	if got := h.faults(); !slices.Equal(got, []string{"key-revoked " + run2 + "/manifest.dsse.json:0"}) {
		t.Errorf("%q", got)
	}
}

// TestInterrupted: a run that was put in place when the machine stopped gets its line later, the same to the letter, and so does a line that was
// cut off.
func TestInterrupted(t *testing.T) {
	h := newHouse(t)
	k := h.newKey("een")
	h.publish(k)
	h.publish(k)
	whole := h.read(chainFile)
	for cut := bytes.IndexByte(whole, '\n') + 1; cut < len(whole); cut++ {
		h.write(chainFile, whole[:cut])
		if got := h.faults(); len(got) == 0 {
			t.Fatalf("cut at %d: nothing is found", cut)
		}
		_, err := Extend(h.lake, "")
		h.ok(err)
		if !bytes.Equal(h.read(chainFile), whole) {
			t.Fatalf("cut at %d: the chain is another", cut)
		}
	}
	_, err := Extend(h.lake, "")
	h.ok(err)
	if !bytes.Equal(h.read(chainFile), whole) {
		t.Error("a run got a second line")
	}
}

// TestAnyByte: whichever byte changes, it is found, and the file that has it is named.
func TestAnyByte(t *testing.T) {
	h := newHouse(t)
	h.publish(nil)
	h.publish(h.newKey("een"))
	_, err := RotateKey(KeyOptions{Data: h.data, File: h.key("een"), New: h.key("twee"), Why: "elk jaar"})
	h.ok(err)
	h.publish(h.signer("twee"))
	for _, name := range []string{chainFile, keysFile, run1 + "/manifest.json", run2 + "/manifest.json", run2 + "/manifest.dsse.json"} {
		data := h.read(name)
		for i := range data {
			if i%7 != 0 && i < len(data)-2 {
				continue
			}
			changed := bytes.Clone(data)
			changed[i] ^= 1 << (i % 7)
			h.write(name, changed)
			if got := h.faults(); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, name) }) {
				t.Errorf("%s, byte %d of %d (%q): %q", name, i, len(data), data[i], got)
			}
		}
		h.write(name, data)
	}
	if got := h.faults(); got != nil {
		t.Errorf("put back: %q", got)
	}
}
