package pipeline_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	sampledata "stapel/sample-data"
)

// TestSupplierNobodyNames: what is configured about a supplier that no delivery of the kind names changes nothing, and the run says so; a
// name that differs in case and blanks alone is the name.
func TestSupplierNobodyNames(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Settings.Feeds = map[string]config.FeedSettings{"jeugd_declaratie": {Suppliers: []config.SupplierSettings{
		{Name: " gemeenten  VOORBEELD (synthetisch)", Replaces: config.ReplacesPeriod}, {Name: "Gemeente Voorbeeld", Replaces: config.ReplacesNone}}}}
	if got := cfg.Replaces("jeugd_declaratie", "Gemeenten Voorbeeld (synthetisch) "); got != config.ReplacesPeriod {
		t.Errorf("a name in other capitals replaces %s", got)
	}
	result, err := pipeline.Run(t.Context(), pipeline.Options{Data: sampleInbox(t), Config: cfg, Secret: sampledata.DemoKey[:], Version: "test",
		Synthetic: true, Until: "lake", Progress: quiet{}, Engine: func(ctx context.Context, dirs []string, spill string) (pipeline.Engine, error) {
			return duckdb.Open(ctx, duckdb.Options{Dirs: dirs, Spill: spill})
		}})
	if err != nil {
		t.Fatal(err)
	}
	said := slices.DeleteFunc(result.Remarks, func(s string) bool { return !strings.Contains(s, ".suppliers") })
	if want := "feeds.jeugd_declaratie.suppliers: geen levering noemt Gemeente Voorbeeld als gegevensleverancier"; !slices.Equal(said, []string{want}) {
		t.Errorf("%q, want %q", said, want)
	}
}
