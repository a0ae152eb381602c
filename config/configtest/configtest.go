// Package configtest gives tests a configuration.
package configtest

import (
	"maps"
	"testing"

	"stapel/config"
)

// Exclusions is the setting by which a run wants a file of kind uitsluiting.
const Exclusions = "selection.require_exclusions"

// Defaults is the built-in configuration, with single settings overridden as flags do. A run does not want exclusions, which few tests are
// about, unless set says so.
func Defaults(t testing.TB, set map[string]any) *config.Config {
	t.Helper()
	all := map[string]any{Exclusions: false}
	maps.Copy(all, set)
	cfg, err := config.Load(config.Options{Set: all})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}
