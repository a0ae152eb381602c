package verify_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/lake"
	sampledata "stapel/sample-data"
)

// finds wants a finding with a code, and a file where one is named.
func finds(t *testing.T, what string, r *verify.Result, code verify.Code, file string, remark bool) {
	t.Helper()
	if !slices.ContainsFunc(r.Findings, func(f verify.Finding) bool {
		return f.Code == code && (f.File == file || file == "") && f.Remark == remark
	}) {
		t.Errorf("%s: no %s %s in %v", what, code, file, r.Findings)
	}
}

// TestDoings: what is done to a folder as a whole, or beside it: a run taken away or renamed, latest turned, another configuration, key or program.
func TestDoings(t *testing.T) {
	f := shared(t)
	elsewhere := filepath.Join(filepath.Dir(f.data), "weg")
	for _, id := range []string{f.first, f.id} {
		run := f.at("runs/" + id)
		if err := os.Rename(run, elsewhere); err != nil {
			t.Fatal(err)
		}
		finds(t, "a run away", f.verified(t), verify.RunGone, "runs/"+id, false)
		if err := os.Rename(elsewhere, f.at("runs/kopie")); err != nil {
			t.Fatal(err)
		}
		r := f.verified(t)
		finds(t, "a run renamed", r, verify.RunGone, "runs/"+id, false)
		finds(t, "a run renamed", r, verify.Extra, "runs/kopie", false)
		if err := os.Rename(f.at("runs/kopie"), run); err != nil {
			t.Fatal(err)
		}
	}

	for _, text := range []string{f.first + "\n", "2025-12-31-000000000000\n", f.id} {
		if err := os.WriteFile(f.at("latest"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		finds(t, "latest "+text, f.verified(t), verify.Latest, "latest", false)
	}
	if err := os.WriteFile(f.at("latest"), []byte(f.id+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}

	// the configuration in the folder of --config: changed, taken away, and a file more
	own := filepath.Join(f.dir, "selection.yaml")
	for _, c := range []struct {
		what, file string
		do         func() error
	}{
		{"a file of the configuration changed", "selection.yaml", func() error { return os.WriteFile(own, []byte(ownSelection+"# \n"), 0o600) }},
		{"a file of the configuration away", "selection.yaml", func() error { return os.Remove(own) }},
		{"another setting", config.SettingsFile, func() error {
			return os.WriteFile(filepath.Join(f.dir, config.SettingsFile), []byte("limits:\n  max_quarantine_lines: 11\n"), 0o600)
		}},
	} {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		finds(t, c.what, f.verifiedWith(t, f.load), verify.Config, c.file, false)
		if err := os.WriteFile(own, []byte(ownSelection), 0o600); err != nil {
			t.Fatal(err)
		}
		os.Remove(filepath.Join(f.dir, config.SettingsFile))
	}

	key := slices.Clone(sampledata.DemoKey[:])
	key[0]++
	r, err := verify.Run(t.Context(), verify.Options{Data: f.data, All: true, Secret: key, Load: f.load, Known: &f.known})
	if err != nil {
		t.Fatal(err)
	}
	finds(t, "another key", r, verify.Key, "", false)

	program := control.Program
	control.Program = func() (string, error) { return "0", nil }
	finds(t, "another program", f.verified(t), verify.Program, "", true)
	control.Program = program

	// a manifest that is worked out anew with the run's id is none that was published
	file := f.at("runs/" + f.id + "/" + lake.ManifestName)
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var m control.Manifest
	if err := json.Unmarshal(was, &m); err != nil {
		t.Fatal(err)
	}
	m.Outputs[0].Sha256 = m.Outputs[1].Sha256
	text, err := m.JSON()
	if err == nil {
		err = os.WriteFile(file, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	finds(t, "a manifest made anew", f.verified(t), verify.Manifest, "runs/"+f.id+"/"+lake.ManifestName, false)
	if err := os.WriteFile(file, was, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := f.verifiedWith(t, f.load); r.Code != 0 {
		t.Errorf("after putting everything back: %v", r.Findings)
	}
}
