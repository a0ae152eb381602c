package lake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// LatestLog tells which run became the latest, after which, and when. It is appended to, and never shortened by stapel.
const LatestLog = "publicaties.jsonl"

type published struct {
	When   string `json:"wanneer"`
	Run    string `json:"run"`
	Before string `json:"vorige,omitempty"`
}

// SetLatest points latest at a run. The log comes first, and says which run it is the latest after: a line whose run never became the
// latest, because something came in between, is one that nothing leads to.
func (l *Lake) SetLatest(id string) error {
	before, err := l.Latest()
	if err != nil || before == id {
		return err
	}
	line := published{time.Now().UTC().Format(time.RFC3339), id, before}
	if err := AppendLine(l.dir(LatestLog), line); err != nil {
		return err
	}
	tmp := l.dir("runs", ".staging", "latest")
	if err := WriteFile(tmp, []byte(id+"\n")); err != nil {
		return err
	}
	return Rename(tmp, l.dir("latest"))
}

// Latest is the id of the newest published run, "" when there is none.
func (l *Lake) Latest() (string, error) {
	data, err := os.ReadFile(l.dir("latest"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(data)), err
}

// Earlier are the ids of the runs that were the latest before the latest one, the last of them first, as far back as the log goes.
func (l *Lake) Earlier() (ids []string, err error) {
	latest, err := l.Latest()
	if err != nil || latest == "" {
		return nil, err
	}
	data, err := os.ReadFile(l.dir(LatestLog))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var lines []published
	for in := bufio.NewScanner(bytes.NewReader(data)); in.Scan(); {
		var p published
		if json.Unmarshal(in.Bytes(), &p) == nil { // a line that was cut off is of a run that did not become the latest
			lines = append(lines, p)
		}
	}
	at := latest
	for _, p := range slices.Backward(lines) {
		if p.Run != at || p.Before == "" {
			continue
		}
		if at = p.Before; at != latest && !slices.Contains(ids, at) {
			ids = append(ids, at)
		}
	}
	return ids, nil
}
