package bundle

import (
	"bytes"
	_ "embed"
	"text/template"

	"stapel/reports/nl"
)

//go:embed leesmij.txt.tmpl
var readmeText string

var readmeTemplate = template.Must(template.New(readmeFile).Parse(readmeText))

// readme is what somebody reads first.
func (c *contents) readme() ([]byte, error) {
	var b bytes.Buffer
	err := readmeTemplate.Execute(&b, map[string]any{"Run": c.run.ID(), "Peildatum": c.run.Manifest.Peildatum, "Samples": len(c.inventory.Draws),
		"Lines": nl.Plain(nl.Count(int64(c.drawnLines), "regel", "regels")), "Homes": nl.Plain(nl.Count(int64(c.households), "huishouden", "huishoudens")),
		"LeftOut": c.inventory.LeftOut})
	return b.Bytes(), err
}
