package config

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml feeds/*.yaml
var embedded embed.FS

// File is one configuration file in effect.
type File struct {
	Name   string `json:"bestand"`
	Origin string `json:"herkomst"` // ingebouwd, or eigen (from --config)
	Sha256 string `json:"sha256"`
	Data   []byte `json:"-"`
}

func (f File) label() string { return "config/" + f.Name }

var knownFiles = []string{"stapel.yaml", "signals.yaml", "cocktails.yaml", "prices.yaml", "referentie_zvw.yaml", "selection.yaml", "domeinen.yaml",
	"namen.yaml", "referentie_stapeling.yaml", "disclosure.yaml", "effect.yaml", JobsFile}

// SettingsFile has the settings; its content counts as it is in effect, with what the environment and flags say.
const SettingsFile = "stapel.yaml"

// signalsDir is the folder of own signal models.
const signalsDir = "signals"

// addable are the files that an own one with add: true is laid beside, instead of replacing it.
var addable = []string{"signals.yaml", "cocktails.yaml", "namen.yaml", "referentie_stapeling.yaml"}

// overlay lists the embedded files, each replaced by the one of the same name in dir or, where that says add: true, followed by
// it, and dir's own contracts and signal models.
func overlay(dir string) ([]File, error) {
	byName := map[string]File{}
	add := func(fsys fs.FS, origin string) error {
		return fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			model := path.Ext(p) == ".sql"
			if d.IsDir() || !model && path.Ext(p) != ".yaml" {
				return nil
			}
			if model && path.Dir(p) != signalsDir || !model && !slices.Contains(knownFiles, p) && path.Dir(p) != "feeds" {
				return fmt.Errorf("config/%s: unknown file; stapel reads %s, feeds/<kind>.yaml and signals/<name>.sql", p,
					strings.Join(knownFiles, ", "))
			}
			st, err := fs.Stat(fsys, p)
			if err != nil {
				return err
			}
			if !st.Mode().IsRegular() || st.Size() > MaxFileBytes {
				return fmt.Errorf("config/%s: want a plain file of at most %d bytes", p, MaxFileBytes)
			}
			data, err := fs.ReadFile(fsys, p)
			if err != nil {
				return err
			}
			name := p
			if origin == "eigen" && (p == "stapel.yaml" || slices.Contains(addable, p) && adds(data)) {
				name += " (eigen)"
			}
			byName[name] = File{Name: p, Origin: origin, Sha256: hexSHA256(data), Data: data}
			return nil
		})
	}
	if err := add(embedded, "ingebouwd"); err != nil {
		return nil, err
	}
	if dir != "" {
		if st, err := os.Stat(dir); err != nil || !st.IsDir() {
			return nil, fmt.Errorf("--config: %s is not a folder", dir)
		}
		if err := add(os.DirFS(dir), "eigen"); err != nil {
			return nil, err
		}
	}
	var out []File
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		out = append(out, byName[name])
	}
	return out, nil
}

// adds reports whether a file says add: true. One that can't be read says nothing, and is refused when it is parsed.
func adds(data []byte) bool {
	var top struct {
		Add bool `yaml:"add"`
	}
	return yaml.Unmarshal(data, &top) == nil && top.Add
}
