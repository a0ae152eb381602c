package pipeline_test

import (
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/testrun"
)

// TestSupplierNobodyNames: what is configured about a supplier that no delivery of the kind names changes nothing, and the run says so; a
// name that differs in case and blanks alone is the name.
func TestSupplierNobodyNames(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	cfg.Settings.Feeds = map[string]config.FeedSettings{"jeugd_declaratie": {Suppliers: []config.SupplierSettings{
		{Name: " gemeenten  VOORBEELD (synthetisch)", Replaces: config.ReplacesPeriod}, {Name: "Gemeente Voorbeeld", Replaces: config.ReplacesNone}}}}
	if got := cfg.Replaces("jeugd_declaratie", "Gemeenten Voorbeeld (synthetisch) "); got != config.ReplacesPeriod {
		t.Errorf("a name in other capitals replaces %s", got)
	}
	opt := testrun.Options(testrun.Sample(t), cfg)
	opt.Until = "lake"
	result, err := pipeline.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	said := slices.DeleteFunc(result.Remarks, func(s string) bool { return !strings.Contains(s, ".suppliers") })
	if want := "feeds.jeugd_declaratie.suppliers: geen levering noemt Gemeente Voorbeeld als gegevensleverancier"; !slices.Equal(said, []string{want}) {
		t.Errorf("%q, want %q", said, want)
	}
}
