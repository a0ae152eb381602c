// Package configtest gives tests a configuration.
package configtest

import (
	"testing"

	"stapel/config"
)

// Defaults is the built-in configuration, with single settings overridden as flags do.
func Defaults(t testing.TB, set map[string]any) *config.Config {
	t.Helper()
	cfg, err := config.Load(config.Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}
