package config

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
)

// Names are what people call gemeenten (by their four digits) and wijken (by their code) in reports (namen.yaml).
type Names struct {
	Gemeenten map[string]string `yaml:"gemeenten"`
	Wijken    map[string]string `yaml:"wijken"`
}

// Gemeente is what people call a gemeente, given with or without GM before its digits; without a name its code as marts have it.
func (n Names) Gemeente(code string) string {
	digits := strings.TrimPrefix(code, "GM")
	if name := n.Gemeenten[digits]; name != "" {
		return name
	}
	return "GM" + digits
}

// Wijk is what people call a wijk; without a name its code.
func (n Names) Wijk(code string) string {
	if name := n.Wijken[code]; name != "" {
		return name
	}
	return code
}

var (
	digitsRE = regexp.MustCompile(`^[0-9]{4}$`)
	wijkRE   = regexp.MustCompile(`^WK[0-9]{6}$`)
)

// parseNames reads namen.yaml; with add: true its names go before those of base.
func parseNames(f File, base Names) (Names, error) {
	var file struct {
		Add   bool `yaml:"add"`
		Names `yaml:",inline"`
	}
	root, err := decodeStrict(f.label(), f.Data, &file)
	if err != nil {
		return base, err
	}
	check := func(list string, names map[string]string, form *regexp.Regexp, want string) error {
		for code, name := range names {
			switch {
			case !form.MatchString(code):
				return fmt.Errorf("%s:%d: %s: want %s in quotes as key", f.label(), lineOf(root, list, code), list, want)
			case strings.TrimSpace(name) == "":
				return fmt.Errorf("%s:%d: %s.%s: missing", f.label(), lineOf(root, list, code), list, code)
			}
		}
		return nil
	}
	if err := check("gemeenten", file.Gemeenten, digitsRE, "the four digits of a gemeente"); err != nil {
		return base, err
	}
	if err := check("wijken", file.Wijken, wijkRE, "WK and six digits"); err != nil {
		return base, err
	}
	if !file.Add {
		return file.Names, nil
	}
	out := Names{Gemeenten: maps.Clone(base.Gemeenten), Wijken: maps.Clone(base.Wijken)}
	if out.Wijken == nil {
		out.Wijken = map[string]string{}
	}
	maps.Copy(out.Gemeenten, file.Gemeenten)
	maps.Copy(out.Wijken, file.Wijken)
	return out, nil
}
