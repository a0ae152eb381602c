// Package access is the one way to row-level data (level rij): whoever sees households, persons or lines says why, and is written down
// first. No command shows any of it without a Reason, and a Reason is only had here.
package access

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// Reason is why somebody looks at row-level data, in words that may stand in a log.
type Reason struct{ text string }

// Because takes the reason that somebody gives with --reden: one line of plain text, without a number that can be a BSN. shows says what a
// command shows, for who gave none.
func Because(reason, shows string) (Reason, error) {
	if strings.TrimSpace(reason) == "" {
		return Reason{}, exit.Misuse("say it with --reden; it is logged with your name", "%s, so looking at it needs a reason", shows)
	}
	if bad := config.CheckLine(reason, config.MaxReason); bad != "" {
		return Reason{}, exit.Misuse("say it in one line of plain text", "--reden: %s", bad)
	}
	if bad := NoBSN(reason); bad != "" {
		return Reason{}, exit.Misuse("say it without the number", "--reden: %s", bad)
	}
	return Reason{reason}, nil
}

// Look is what somebody is about to see. It holds no data itself, but the id of a household, or of a figure, that was asked for.
type Look struct {
	What   string  `json:"wat"` // the command
	Run    string  `json:"run,omitempty"`
	Home   string  `json:"huishouden,omitempty"`
	Figure string  `json:"cijfer,omitempty"` // id of a figure that was traced
	File   string  `json:"bestand,omitempty"`
	Sha256 string  `json:"sha256,omitempty"`
	Lines  []int64 `json:"regels,omitempty"`
}

// logFile is appended to, and never shortened by stapel.
const logFile = "inzage.jsonl"

// Log writes down in a data folder who is about to see what, and makes it last before anything is shown. When it cannot, nothing may be.
func (r Reason) Log(data string, look Look) error {
	err := lake.AppendLine(filepath.Join(data, logFile), struct {
		When string `json:"wanneer"`
		Who  string `json:"wie"`
		Look
		Why string `json:"reden"`
	}{Now(), Who(), look, r.text})
	if err != nil {
		return fmt.Errorf("nothing is shown, because it could not be logged: %w", err)
	}
	return nil
}

// NoBSN says why a text of a person is not kept: it holds what extracts may not hold in free text either; "" when it does not.
func NoBSN(text string) string {
	if ingest.HoldsBSN([]byte(text)) {
		return "a number that can be a BSN (it passes the elfproef)"
	}
	return ""
}

// Now is the time as logs have it.
func Now() string { return time.Now().UTC().Format(time.RFC3339) }

// Who is the name of the user, or the number where there is no name.
func Who() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return fmt.Sprintf("uid %d", os.Getuid())
}
