package config

import (
	"maps"
	"strings"
	"testing"
)

// TestEngine: a Trino wants to be told where it is, and what goes over a network goes over https; while DuckDB computes, nothing of it counts.
func TestEngine(t *testing.T) {
	good := map[string]any{"engine.kind": "trino", "trino.address": "https://trino.example:8443", "trino.user": "stapel", "trino.shared_dir": "/mnt/gedeeld",
		"trino.location": "local:///stapel"}
	for _, c := range []struct {
		set  map[string]any
		want string
	}{
		{nil, ""},
		{map[string]any{"trino.address": "http://127.0.0.1:8080"}, ""},
		{map[string]any{"trino.address": "http://localhost:8080"}, ""},
		{map[string]any{"trino.password_file": "/etc/stapel/wachtwoord"}, ""},
		{map[string]any{"trino.address": "http://10.0.0.1:8080"}, "trino.address: http is for a Trino on this machine"},
		{map[string]any{"trino.address": "http://127.0.0.1:8080", "trino.token_file": "x"}, "trino.address: a password or a token is given over https only"},
		{map[string]any{"trino.address": "https://u:p@host"}, "trino.address: want https://host:port"},
		{map[string]any{"trino.address": "https://host/x"}, "trino.address: want https://host:port"},
		{map[string]any{"trino.address": ""}, "trino.address: want https://host:port"},
		{map[string]any{"trino.user": ""}, "trino.user: engine.kind: trino wants it"},
		{map[string]any{"trino.shared_dir": ""}, "trino.shared_dir: engine.kind: trino wants it"},
		{map[string]any{"trino.location": ""}, "trino.location: engine.kind: trino wants it"},
		{map[string]any{"trino.location": "/mnt/gedeeld"}, "trino.location: want what the catalog calls"},
		{map[string]any{"trino.location": "local:///x' --"}, "trino.location: want what the catalog calls"},
		{map[string]any{"trino.catalog": "hive.x"}, "trino.catalog: want lower-case letters"},
		{map[string]any{"trino.schema_prefix": "9"}, "trino.schema_prefix: want lower-case letters"},
		{map[string]any{"trino.password_file": "x", "trino.token_file": "y"}, "want one of them"},
		{map[string]any{"trino.sort_rows": -1}, "trino.sort_rows: out of range"},
		{map[string]any{"engine.kind": "spark"}, "engine.kind: want duckdb or trino"},
		{map[string]any{"engine.kind": "duckdb", "trino.address": "niets"}, ""},
	} {
		set := maps.Clone(good)
		maps.Copy(set, c.set)
		_, err := load(t, nil, Options{Set: set})
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v: %v; want %q", c.set, err, c.want)
		}
	}
}

// TestEngineIsNoFigure: what computes, and with what, leaves the hash of the configuration as it is: a run has one name wherever it is computed, and
// what a Trino computed can be explained without one.
func TestEngineIsNoFigure(t *testing.T) {
	plain, err := load(t, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	other, err := load(t, nil, Options{Set: map[string]any{"engine.kind": "trino", "engine.threads": 3, "engine.memory_mb": 900, "trino.address": "https://x:1",
		"trino.user": "u", "trino.shared_dir": "/x", "trino.location": "local:///x"}})
	if err != nil {
		t.Fatal(err)
	}
	if other.Sha256 != plain.Sha256 {
		t.Error("another engine gives another configuration")
	}
	if !strings.Contains(other.Show(), "kind: trino") {
		t.Error("what computes is not shown")
	}
}
