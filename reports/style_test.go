package reports

import (
	"strings"
	"testing"

	"stapel/reports/draw"
	"stapel/transforms"
)

// TestPalette: the style sheet and the drawings have one palette, by day and in the dark.
func TestPalette(t *testing.T) {
	light, dark, _ := strings.Cut(string(Style(transforms.LevelRij)), "prefers-color-scheme:dark")
	for name, color := range map[string]draw.Color{"inkt": draw.Ink, "dof": draw.Muted, "lijn": draw.Line, "vlak": draw.Panel, "accent": draw.Navy, "goed": draw.Green,
		"papier": draw.White} {
		if own := "--" + name + ":" + color.String(); !strings.Contains(light, own) && !strings.Contains(light, strings.Replace(own, "#ffffff", "#fff", 1)) {
			t.Errorf("--%s is not %s", name, color)
		}
		_, after, _ := strings.Cut(dark, `svg [fill="`+color.String()+`"]{fill:`)
		if drawn, _, ok := strings.Cut(after, "}"); !ok || !strings.Contains(dark, "--"+name+":"+drawn) {
			t.Errorf("--%s in the dark is not what %s becomes there, %q", name, color, drawn)
		}
	}
}
