package transforms

import (
	"strings"
	"testing"

	"stapel/config"
)

// TestOwnSignalsAreText: a model of the configuration folder is UTF-8 text of bounded size; the message names file and line, and
// not the text.
func TestOwnSignalsAreText(t *testing.T) {
	for text, want := range map[string]string{
		"/*\nname: geheim\xeb": "config/signals/x.sql:2: character 13: not UTF-8",
		"/*\nname: geheim\x1b": "config/signals/x.sql:2: character 13: a control character",
		"\xff\xfe/\x00*\x00":   "config/signals/x.sql:1: character 1: the file is UTF-16",
		strings.Repeat("-- geheim\n", config.MaxFileBytes/10+1): "config/signals/x.sql: larger than",
	} {
		_, err := OwnSignals([]config.File{{Name: "signals/x.sql", Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%.20q: %v, want %q", text, err, want)
		}
	}
}
