package reports

import (
	_ "embed"
	"html/template"
	"io/fs"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/nl"
	"stapel/transforms"
)

//go:embed stijl.css
var style string

// Templates are the templates that a package holds in its folder templates, and the style of its pages: the shared one for the level, then the
// package's own file css.
func Templates(embedded fs.FS, level transforms.Level, css string) (templates fs.FS, style template.CSS, err error) {
	if templates, err = fs.Sub(embedded, "templates"); err != nil {
		return nil, "", err
	}
	own, err := fs.ReadFile(templates, css)
	return templates, Style(level) + template.CSS(own), err
}

// Style is the style sheet that all pages share. It prints the level of the page at the foot of every sheet.
func Style(level transforms.Level) template.CSS {
	return template.CSS(strings.NewReplacer("{niveau}", nl.Word("niveau", string(level)), "{donker}", draw.DarkStyle()).Replace(style))
}
