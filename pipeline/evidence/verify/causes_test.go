package verify

import (
	"slices"
	"testing"

	"stapel/pipeline/control"
)

// TestCauses: whatever went into a run differently is named, and nothing else.
func TestCauses(t *testing.T) {
	made := func() *control.Manifest {
		return &control.Manifest{Version: "1", Binary: "b", Engine: "e", Go: "g", Platform: "linux/amd64", Config: "c", Settings: "s", Key: "k", Peildatum: "2025-12-31",
			Files:  []control.ConfigFile{{File: "prices.yaml", Origin: "ingebouwd", Sha256: "p"}},
			Inputs: []control.Input{{File: "wmo/w.csv", Sha256: "w", NoteSha256: "n"}}, Models: []control.Model{{Name: "kosten", Sha256: "m"}}}
	}
	for want, change := range map[string]func(*control.Manifest){
		"":                                     func(*control.Manifest) {},
		"extract of leveringsbrief wmo/w.csv:": func(m *control.Manifest) { m.Inputs[0].NoteSha256 = "x" },
		"peildatum: nu 2024-12-31, in de run 2025-12-31":               func(m *control.Manifest) { m.Peildatum = "2024-12-31" },
		"instellingen (stapel.yaml, STAPEL_*): nu x…, in de run s…":    func(m *control.Manifest) { m.Config, m.Settings = "x", "x" },
		"instellingen die geen cijfer veranderen: nu x…, in de run c…": func(m *control.Manifest) { m.Config = "x" },
		"configuratie prices.yaml: nu x…, in de run p…":                func(m *control.Manifest) { m.Config, m.Files[0].Sha256 = "x", "x" },
		"configuratie eigen.yaml: nu x…, in de run weg": func(m *control.Manifest) {
			m.Config, m.Files = "x", append(m.Files, control.ConfigFile{File: "eigen.yaml", Sha256: "x"})
		},
		"sleutel: nu x, in de run k":                             func(m *control.Manifest) { m.Key = "x" },
		"modellen: 1 is anders, de eerste kosten":                func(m *control.Manifest) { m.Models[0].Sha256 = "x" },
		"engine: nu x, in de run e":                              func(m *control.Manifest) { m.Engine = "x" },
		"programma: nu b… (2, g), in de run b… (1, g)":           func(m *control.Manifest) { m.Version = "2" },
		"architectuur: nu linux/arm64, in de run linux/amd64":    func(m *control.Manifest) { m.Platform = "linux/arm64" },
		"threads: nu 2, in de run zoveel als er processors zijn": func(m *control.Manifest) { m.Execution.Threads = 2 },
	} {
		v := newVerifying(Options{})
		is := made()
		change(is)
		v.causes(made(), is)
		var got []string
		for _, f := range v.result.Findings {
			got = append(got, f.What)
		}
		if want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || !slices.ContainsFunc(got, func(g string) bool { return want != "" && len(g) >= len(want) && g[:len(want)] == want }) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
