package setup

import (
	"strings"
	"testing"

	"stapel/config"
	"stapel/config/configtest"
)

// TestReadme: the explanation of every kind says whether it is required, what nobody knows without it, and every column.
func TestReadme(t *testing.T) {
	for asked, cfg := range map[bool]*config.Config{false: configtest.Defaults(t, nil), true: configtest.Defaults(t, map[string]any{configtest.Exclusions: true})} {
		required, exclusions := Needed(cfg)
		if strings.Join(required, " ") != "huishouden jeugd_declaratie participatie_uitkering wmo_declaratie zvw_declaratie" || exclusions != asked {
			t.Errorf("needed are %v, and uitsluiting: %v", required, exclusions)
		}
		for _, kind := range cfg.Kinds() {
			text := Readme(cfg, kind)
			if strings.Contains(text, "**Verplicht**") != (cfg.Required(kind) || asked && kind == "uitsluiting") {
				t.Errorf("%s: %s", kind, text)
			}
			for _, want := range []string{"Zonder deze bron is niet bekend ", "stapel contract " + kind + " --out", ".levering.yaml"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s: no %q", kind, want)
				}
			}
			for _, col := range cfg.Contracts[kind].Columns {
				if !strings.Contains(text, "| `"+col.Name+"` |") {
					t.Errorf("%s: no column %s", kind, col.Name)
				}
			}
		}
	}
}
