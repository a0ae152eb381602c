package reports

import (
	_ "embed"
	"html/template"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/nl"
	"stapel/transforms"
)

//go:embed stijl.css
var style string

// Style is the style sheet that all pages share. It prints the level of the page at the foot of every sheet.
func Style(level transforms.Level) template.CSS {
	return template.CSS(strings.NewReplacer("{niveau}", nl.Word("niveau", string(level)), "{donker}", draw.DarkStyle()).Replace(style))
}
