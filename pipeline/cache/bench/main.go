// Bench measures what a run costs that uses what an earlier one kept, beside one that makes everything: when nothing changed, when every amount in one extract of
// the health insurer did (about 1% of all lines), and when a line is gone from an extract of each of some kinds. It generates a region, and runs the program that is
// built as a user would. What is told is processor time of stapel and of the solver that it starts, for the clock says little on a busy machine. Run it with
// `make bench-incremental`.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	households = flag.Int("households", 60_000, "households of the region")
	program    = flag.String("stapel", "bin/stapel", "the program")
	dir        = flag.String("dir", "bench/incremental", "folder; it is made anew")
)

func main() {
	flag.Parse()
	if err := measure(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// result is what the summary of a run says of what it used again.
type result struct {
	Reuse struct {
		Tables int               `json:"tabellen"`
		Made   []json.RawMessage `json:"gemaakt"`
	} `json:"hergebruik"`
}

func measure() error {
	if err := errors.Join(os.RemoveAll(*dir), os.MkdirAll(filepath.Dir(*dir), 0o700)); err != nil {
		return err
	}
	key := *dir + ".sleutel"
	os.Remove(key)
	if _, err := run("generate", "--households", strconv.Itoa(*households), "--months", "36", "--seed", "7", "--out", *dir); err != nil {
		return err
	}
	if _, err := run("key", "new", "--key-file", key); err != nil {
		return err
	}
	fmt.Printf("%-42s %8s %8s %8s %10s %8s\n", "run", "lines", "cpu s", "share", "used again", "made")
	var full time.Duration
	for _, step := range []struct{ name, kind, column string }{
		{name: "everything"},
		{name: "nothing changed"},
		{"every amount of an extract", "zvw_declaratie", "bedrag_ct"},
		{"a line less", "wmo_declaratie", ""},
		{"a line less", "jeugd_toewijzing", ""},
		{"a line less", "participatie_uitkering", ""},
		{"a line less", "schuldhulp_signaal", ""},
		{"a line less", "maatwerk_plan", ""},
		{"a line less", "huishouden", ""},
	} {
		share := 0.0
		if step.kind != "" {
			var err error
			if share, err = change(step.kind, step.column); err != nil {
				return err
			}
		}
		args := []string{"run", "--data", *dir, "--key-file", key, "--no-progress", "--json"}
		if full == 0 {
			args = append(args, "--full")
		}
		start, err := run(args...)
		if err != nil {
			return err
		}
		if full == 0 {
			full = start.cpu
		}
		fmt.Printf("%-42s %7.2f%% %8.1f %7.0f%% %10d %8d\n", strings.TrimSpace(step.name+" "+step.kind), 100*share, start.cpu.Seconds(),
			100*start.cpu.Seconds()/full.Seconds(), start.Reuse.Tables, len(start.Reuse.Made))
	}
	return nil
}

type ran struct {
	result
	cpu time.Duration
}

// run runs the program, and reads the last line that it prints where that is an object.
func run(args ...string) (*ran, error) {
	cmd := exec.Command(*program, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != 6 { // a table that may not leave is no matter here
		return nil, fmt.Errorf("stapel %s: %w: %s", args[0], err, errs.String())
	}
	r := &ran{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if last := lines[len(lines)-1]; strings.HasPrefix(last, "{") {
		return r, json.Unmarshal([]byte(last), &r.result)
	}
	return r, nil
}

// noted is what a note says that another amount makes untrue.
var noted = regexp.MustCompile(`(?m)^(?:sha256|aantal_regels|totaal_debet_ct|totaal_credit_ct):.*\n`)

// change delivers the extract of a kind anew of which the number of lines is nearest to 1% of all: with every amount of a column a euro more, or without its last
// line. It gives the share of all lines that the extract has.
func change(kind, column string) (share float64, err error) {
	all, err := filepath.Glob(filepath.Join(*dir, "inbox", "*", "*.csv"))
	if err != nil {
		return 0, err
	}
	var data []byte
	total, file := 0, ""
	sizes, texts := map[string]int{}, map[string][]byte{}
	for _, f := range all {
		text, err := os.ReadFile(f)
		if err != nil {
			return 0, err
		}
		sizes[f] = bytes.Count(text, []byte("\n")) - 1
		total += sizes[f]
		if filepath.Base(filepath.Dir(f)) == kind {
			texts[f] = text
		}
	}
	far := func(f string) int { return max(sizes[f]-total/100, total/100-sizes[f]) }
	for _, f := range all { // in order
		if texts[f] != nil && (file == "" || far(f) < far(file)) {
			file, data = f, texts[f]
		}
	}
	if file == "" {
		return 0, fmt.Errorf("there is no extract of %s", kind)
	}
	share = float64(sizes[file]) / float64(total)
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	at := slices.Index(strings.Split(strings.TrimSpace(lines[0]), ";"), column)
	if at < 0 {
		lines = lines[:len(lines)-1]
	} else {
		for k, line := range lines[1:] {
			from, cell := 0, strings.Split(line, ";") // no cell of these has quotes
			for _, before := range cell[:at] {
				from += len(before) + 1
			}
			if ct, err := strconv.Atoi(cell[at]); err == nil {
				lines[k+1] = line[:from] + strconv.Itoa(ct+100) + line[from+len(cell[at]):]
			}
		}
	}
	text := []byte(strings.Join(lines, "\n") + "\n")
	note, err := os.ReadFile(file + ".levering.yaml")
	if err != nil {
		return 0, err
	}
	sum := sha256.Sum256(text)
	note = append(noted.ReplaceAll(note, nil), "sha256: \""+hex.EncodeToString(sum[:])+"\"\n"...)
	return share, errors.Join(os.WriteFile(file, text, 0o600), os.WriteFile(file+".levering.yaml", note, 0o600))
}
