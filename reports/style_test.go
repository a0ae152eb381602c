package reports

import (
	"strings"
	"testing"

	"stapel/reports/draw"
)

// TestPalette: the style sheet and the drawings have one palette.
func TestPalette(t *testing.T) {
	for name, color := range map[string]draw.Color{"inkt": draw.Ink, "dof": draw.Muted, "lijn": draw.Line, "vlak": draw.Panel, "accent": draw.Navy, "goed": draw.Green} {
		if !strings.Contains(style, "--"+name+":"+color.String()) {
			t.Errorf("--%s is not %s", name, color)
		}
	}
}
