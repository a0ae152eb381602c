package config

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

const variablePrefix = "STAPEL_"

// Variables that are no setting: the defaults of two flags, and what tests and make use.
var (
	flagVariables = []string{"STAPEL_CONFIG", "STAPEL_KEY_FILE"}
	toolVariables = []string{"STAPEL_LANG", "STAPEL_WORLDS", "STAPEL_CHROMIUM", "STAPEL_ZONDER_CHROMIUM", "STAPEL_BEWAAR", "STAPEL_RELEASED", "STAPEL_FIGURES_ALL",
		"STAPEL_TRINO_HOME", "STAPEL_TRINO_JAVA", "STAPEL_TRINO_CACHE", "STAPEL_CONFORMANCE_LONG", "STAPEL_TORTURE", "STAPEL_SEED", "STAPEL_TRACE_ALL", "STAPEL_SPILL", "STAPEL_OPENLINEAGE_SPEC",
		"STAPEL_INCREMENTEEL"}
)

// settingTypes are the settings that the environment can set, by key, and what they are. Feeds are not among them: they have names of
// their own below them.
var settingTypes = func() map[string]reflect.Type {
	out := map[string]reflect.Type{}
	group := reflect.TypeFor[Settings]()
	for i := range group.NumField() {
		f := group.Field(i)
		if f.Type.Kind() != reflect.Struct {
			continue
		}
		for j := range f.Type.NumField() {
			s := f.Type.Field(j)
			out[f.Tag.Get("yaml")+"."+s.Tag.Get("yaml")] = s.Type
		}
	}
	return out
}()

// variable is the name of the variable that sets a key.
func variable(key string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// CheckEnviron refuses variables that begin with STAPEL_ and set nothing: a setting that is misspelt would not be one.
func CheckEnviron(environ []string) error {
	known := slices.Clone(flagVariables) // those that people set
	for _, key := range slices.Sorted(maps.Keys(settingTypes)) {
		known = append(known, variable(key))
	}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(variables(environ))) {
		if slices.Contains(known, name) || slices.Contains(toolVariables, name) {
			continue
		}
		near := nearestVariable(name, known)
		switch {
		case strings.HasPrefix(name, variablePrefix+"FEEDS_"):
			errs = append(errs, fmt.Errorf("%s: feeds.* is set in stapel.yaml only", name))
		case near != "":
			errs = append(errs, fmt.Errorf("%s: there is no such variable; did you mean %s?", name, near))
		default:
			errs = append(errs, fmt.Errorf("%s: there is no such variable; settings are named as `stapel config show` has them, %s for run.peildatum",
				name, variable("run.peildatum")))
		}
	}
	return errors.Join(errs...)
}

// nearestVariable looks at what comes after the prefix, which all have; a setting without the group that it is in is that setting.
func nearestVariable(name string, known []string) string {
	short := strings.TrimPrefix(name, variablePrefix)
	var rest []string
	for _, k := range known {
		if strings.HasSuffix(k, "_"+strings.ToUpper(short)) {
			return k
		}
		rest = append(rest, strings.TrimPrefix(k, variablePrefix))
	}
	if near := Nearest(short, rest); near != "" {
		return variablePrefix + near
	}
	return ""
}

// variables are those of the environment that are ours, by name.
func variables(environ []string) map[string]string {
	out := map[string]string{}
	for _, kv := range environ {
		if name, value, ok := strings.Cut(kv, "="); ok && strings.HasPrefix(name, variablePrefix) {
			out[name] = value
		}
	}
	return out
}

// fromEnviron are the settings that the environment sets, by key. An empty variable sets a text or a list to nothing; to a number or a
// yes or no it is a mistake, for it is not known which.
func fromEnviron(environ []string) (map[string]any, error) {
	if err := CheckEnviron(environ); err != nil {
		return nil, err
	}
	set, out := variables(environ), map[string]any{}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(settingTypes)) {
		name := variable(key)
		text, ok := set[name]
		if !ok {
			continue
		}
		value, want := parseSetting(strings.TrimSpace(text), settingTypes[key])
		if want != "" {
			errs = append(errs, fmt.Errorf("%s: want %s; unset it for the setting of stapel.yaml", name, want))
		}
		out[key] = value
	}
	return out, errors.Join(errs...)
}

// parseSetting reads a value of a type; where it can't, want says what it should have been.
func parseSetting(text string, as reflect.Type) (value any, want string) {
	switch as.Kind() {
	case reflect.Slice: // of texts
		list := []string{}
		for item := range strings.SplitSeq(text, ",") {
			if item = strings.TrimSpace(item); item != "" {
				list = append(list, item)
			}
		}
		return list, ""
	case reflect.String:
		return text, ""
	case reflect.Bool:
		if text != "true" && text != "false" {
			return nil, "true or false"
		}
		return text == "true", ""
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, "a number, with a point"
		}
		return f, ""
	default:
		n, err := strconv.ParseInt(text, 10, as.Bits())
		if err != nil {
			return nil, "a whole number"
		}
		return n, ""
	}
}
