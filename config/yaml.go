package config

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// decodeStrict decodes YAML into v, refusing keys that v does not have, a second document, and what is not UTF-8 text of bounded
// length (the library would take UTF-16 as well). It returns the node tree so that a later check can name the line of a key. Every
// error starts with file:line.
func decodeStrict(file string, data []byte, v any) (*yaml.Node, error) {
	if err := plainFile(file, data); err != nil {
		return nil, err
	}
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil {
		return nil, yamlError(file, err)
	}
	if err := plainTexts(file, &root); err != nil {
		return nil, err
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

// plainFile holds a file of the configuration to UTF-8 without control characters, and to a size.
func plainFile(file string, data []byte) error {
	if len(data) > MaxFileBytes {
		return fmt.Errorf("%s: larger than %d bytes", file, MaxFileBytes)
	}
	var bad *TextError
	if err := CheckText(data); errors.As(err, &bad) {
		return fmt.Errorf("%s:%d: character %d: %s", file, bad.Line, bad.Column, bad.Why)
	}
	return nil
}

// shownKeys are the keys whose text is shown to people in reports, lists and descriptions: a name there is one line, and none that a
// spreadsheet would run.
var shownKeys = []string{"name", "label", "source", "description", "standard", "supplier", "version", "gegevensleverancier", "unseen", "purpose"}

// plainTexts looks at what the texts of a file came to: an escape can write what the file itself may not hold.
func plainTexts(file string, n *yaml.Node) error {
	bad := func(n *yaml.Node, why string) error { return fmt.Errorf("%s:%d: %s", file, n.Line, why) }
	if n.Kind == yaml.ScalarNode {
		for i, line := range strings.Split(strings.TrimSuffix(n.Value, "\n"), "\n") {
			if why := CheckLine(strings.ReplaceAll(line, "\t", " "), maxText); why != "" {
				return bad(n, why)
			}
			if i > 100 {
				return bad(n, "a text of more than 100 lines")
			}
		}
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && child.Kind == yaml.ScalarNode && slices.Contains(shownKeys, n.Content[i-1].Value) {
			key := n.Content[i-1].Value
			if why := CheckLine(strings.TrimSuffix(child.Value, "\n"), maxShown); why != "" {
				return bad(child, key+": "+why)
			}
			if StartsFormula(child.Value) {
				return bad(child, key+": a spreadsheet would run this as a formula; begin it with a letter or digit, not with =, +, - or @")
			}
		}
		if err := plainTexts(file, child); err != nil {
			return err
		}
	}
	return nil
}

var (
	yamlLine  = regexp.MustCompile(`^(?:yaml: )?line (\d+): `)
	yamlField = regexp.MustCompile(`field (\S+) not found in type \S+`)
	yamlValue = regexp.MustCompile("cannot unmarshal (!!\\w+)(?: `.*`)? into \\S+")
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

// Decode decodes YAML that is no part of the configuration into v as strictly as what is: no keys that v does not have, one document, UTF-8 text of
// bounded length. Every error starts with file:line.
func Decode(file string, data []byte, v any) error {
	_, err := decodeStrict(file, data, v)
	return err
}
