package pipeline

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"stapel/config"
	"stapel/pipeline/lake"
)

// access is one look at row-level data: who, when, at what, and why. It holds no data itself, but the id of a household that was asked for.
type access struct {
	When   string  `json:"wanneer"`
	Who    string  `json:"wie"`
	What   string  `json:"wat"`
	Run    string  `json:"run,omitempty"`
	Home   string  `json:"huishouden,omitempty"`
	File   string  `json:"bestand,omitempty"`
	Sha256 string  `json:"sha256,omitempty"`
	Lines  []int64 `json:"regels,omitempty"`
	Why    string  `json:"reden"`
}

// accessLog is appended to, and never shortened by stapel.
const accessLog = "inzage.jsonl"

// logAccess writes down that somebody is about to see row-level data, and makes it last before anything is shown.
func logAccess(data string, a access) error {
	a.When, a.Who = now(), who()
	return lake.AppendLine(filepath.Join(data, accessLog), a)
}

// checkReason holds a reason to one line of text, as it will stand in the log.
func checkReason(why string) error {
	if bad := config.CheckLine(why, config.MaxReason); bad != "" {
		return usage("say it in one line of plain text", "--reden: %s", bad)
	}
	if bad := noBSN(why); bad != "" {
		return usage("say it without the number", "--reden: %s", bad)
	}
	return nil
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }

// who is the name of the user, or the number where there is no name.
func who() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return fmt.Sprintf("uid %d", os.Getuid())
}
