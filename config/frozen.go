package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Setting is one value of a file of the configuration: the file and its keys with a point between, and the value as YAML writes it, those of a list with a comma between.
type Setting struct {
	Name  string `json:"naam"`
	Value string `json:"waarde"`
}

// Plain says that the value is a number, a yes or no, or nothing, so that it may be shown anywhere; what somebody typed in words may not.
func (s Setting) Plain() bool {
	for _, part := range strings.Split(s.Value, ", ") {
		if _, err := strconv.ParseFloat(part, 64); err != nil && part != "true" && part != "false" && part != "" {
			return false
		}
	}
	return true
}

// Beforehand are the settings that are fixed before a programme starts: how its effect is estimated (effect.yaml) and who may be chosen (selection.yaml), in the
// order of the files.
func (c *Config) Beforehand() ([]Setting, error) {
	var out []Setting
	for _, f := range []struct {
		name string
		of   any
	}{{"effect", c.Effect}, {"selection", c.Selection}} {
		var n yaml.Node
		if err := n.Encode(f.of); err != nil {
			return nil, fmt.Errorf("%s.yaml: %w", f.name, err)
		}
		out = flatten(out, f.name, &n)
	}
	return out, nil
}

// flatten adds the values of a mapping of mappings, of which the lists hold values only.
func flatten(out []Setting, name string, n *yaml.Node) []Setting {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			out = flatten(out, name+"."+n.Content[i].Value, n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		var list []string
		for _, v := range n.Content {
			list = append(list, v.Value)
		}
		return append(out, Setting{name, strings.Join(list, ", ")})
	}
	return append(out, Setting{name, n.Value})
}

// CocktailsSha256 is the hash over the files that say what the cocktails are; empty text when the configuration was made of none.
func (c *Config) CocktailsSha256() string {
	var sums []string
	for _, f := range c.Files {
		if f.Name == "cocktails.yaml" {
			sums = append(sums, f.Sha256)
		}
	}
	slices.Sort(sums)
	if len(sums) == 0 {
		return ""
	}
	return hexSHA256([]byte(strings.Join(sums, "\n")))
}
