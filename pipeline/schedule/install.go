package schedule

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// Installed is what Install did.
type Installed struct {
	Dir     string   `json:"map"`
	Written []string `json:"geschreven"` // names of units
	// Stale are units of jobs of this data folder that are no longer configured; they are left where they are.
	Stale []string `json:"vervallen"`
}

// Install writes the units of jobs into a folder, over those that it wrote there before. Units of something else are never replaced.
func Install(dir string, jobs []config.Job, site Site) (*Installed, error) {
	out := &Installed{Dir: dir, Written: []string{}, Stale: []string{}}
	var all []Unit
	for _, job := range jobs {
		units, err := Units(job, site)
		if err != nil {
			return nil, err
		}
		all = append(all, units...)
	}
	for _, u := range all {
		of, err := whose(filepath.Join(dir, u.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		case of == "":
			return nil, exit.Misuse("give the job another name, or move the file away", "there is a unit %s that stapel did not write", u.Name)
		case of != site.Data:
			return nil, exit.Misuse("give the job another name", "unit %s is of another data folder", u.Name)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, u := range all {
		name := filepath.Join(dir, u.Name)
		if err := lake.WriteFile(name+".deel", []byte(u.Text)); err != nil {
			return nil, err
		}
		// systemd asks for units that all can read; there is nothing secret in one
		if err := os.Chmod(name+".deel", 0o644); err != nil {
			return nil, err
		}
		if err := lake.Rename(name+".deel", name); err != nil {
			return nil, err
		}
		out.Written = append(out.Written, u.Name)
	}
	files, err := filepath.Glob(filepath.Join(dir, "stapel-*"))
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if of, err := whose(f); err == nil && of == site.Data && !slices.Contains(out.Written, filepath.Base(f)) {
			out.Stale = append(out.Stale, filepath.Base(f))
		}
	}
	return out, nil
}

// whose is the data folder of a unit that stapel wrote, "" of another file.
func whose(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	first, err := bufio.NewReader(f).ReadString('\n')
	if data, ok := strings.CutPrefix(strings.TrimSuffix(first, "\n"), mark); err == nil && ok {
		return data, nil
	}
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return "", fmt.Errorf("%s is a folder", name)
	}
	return "", nil
}
