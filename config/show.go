package config

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// canonical is the settings as YAML, keys in the order of the struct and maps sorted.
func (s Settings) canonical() string {
	out, err := yaml.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("settings of plain types cannot fail to marshal: %v", err))
	}
	return string(out)
}

// Show is the configuration in effect as text: the settings, then which files they and the rest came from.
func (c *Config) Show() string {
	var b strings.Builder
	b.WriteString("# instellingen die gelden (stapel.yaml, STAPEL_* en vlaggen)\n")
	b.WriteString(c.Settings.canonical())
	b.WriteString("\n# bestanden die gelden\n")
	for _, f := range c.Files {
		fmt.Fprintf(&b, "# %s  %-10s %s\n", f.Sha256[:12], f.Origin, f.Name)
	}
	fmt.Fprintf(&b, "# %s  %-10s %s (telt niet mee in de sha256)\n", c.JobsFrom.Sha256[:12], c.JobsFrom.Origin, c.JobsFrom.Name)
	fmt.Fprintf(&b, "# sha256 van de configuratie %s\n", c.Sha256)
	return b.String()
}
