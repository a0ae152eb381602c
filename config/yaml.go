package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// decodeStrict decodes YAML into v, refusing keys that v does not have and a second document. It returns the node tree
// so that a later check can name the line of a key. Every error starts with file:line.
func decodeStrict(file string, data []byte, v any) (*yaml.Node, error) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, yamlError(file, err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(v); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("%s:1: the file is empty", file)
		}
		return nil, yamlError(file, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: one YAML document per file; remove the second", file)
	}
	return &root, nil
}

var (
	yamlLine  = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	yamlField = regexp.MustCompile(`field (\S+) not found in type \S+`)
	yamlValue = regexp.MustCompile("cannot unmarshal (!!\\w+) `.*` into \\S+")
)

// yamlError rewrites a message of the YAML library as file:line: what is wrong, without Go's type names.
func yamlError(file string, err error) error {
	lines := []string{err.Error()}
	var te *yaml.TypeError
	if errors.As(err, &te) {
		lines = te.Errors
	}
	var out []string
	for _, l := range lines {
		at := file + ": "
		if m := yamlLine.FindStringSubmatch(l); m != nil {
			at = file + ":" + m[1] + ": "
			l = strings.TrimPrefix(l, m[0])
		}
		l = yamlField.ReplaceAllString(l, "unknown key $1")
		l = yamlValue.ReplaceAllString(l, "a value of the wrong type ($1)")
		out = append(out, at+l)
	}
	return errors.New(strings.Join(out, "\n"))
}

func hexSHA256(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
