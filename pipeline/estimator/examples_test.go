package estimator

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the examples of docs/estimate come to")

const examples = "../../docs/estimate"

// rendered is a document as the command prints it.
func rendered(t *testing.T, doc *Document) string {
	t.Helper()
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(doc); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestExamples: every estimator has an example in docs/estimate, a CSV and a spec, and comes to what lies beside them; and a section of docs/estimate.md
// that has the spec to the letter. `go test ./pipeline/estimator -run Examples -update` writes what they come to.
func TestExamples(t *testing.T) {
	text, err := os.ReadFile("../../docs/estimate.md")
	if err != nil {
		t.Fatal(err)
	}
	expected := map[string]bool{}
	for _, name := range Names() {
		at := filepath.Join(examples, name)
		opt := Options{Name: name, CSV: at + ".csv", Spec: at + ".yaml", Version: "0.1.0"}
		doc, err := Run(opt)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := rendered(t, doc)
		if again, err := Run(opt); err != nil || rendered(t, again) != got {
			t.Errorf("%s: a second time it comes to something else", name)
		}
		if *update {
			if err := os.WriteFile(at+".json", []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(at + ".json"); err != nil || !alike(t, string(want), got) {
			t.Errorf("%s: %v, it comes to\n%s\nand %s.json has\n%s", name, err, got, name, want)
		}
		spec, err := os.ReadFile(opt.Spec)
		if err != nil {
			t.Fatal(err)
		}
		_, part, ok := strings.Cut(string(text), "\n## "+name+"\n")
		part, _, _ = strings.Cut(part, "\n## ")
		if !ok || !strings.Contains(part, "```yaml\n"+string(spec)+"```") {
			t.Errorf("docs/estimate.md has no section %s with\n%s", name, spec)
		}
		for _, key := range keysOf(reflect.TypeOf(registry[name].keys())) {
			if !strings.Contains(part, "`"+key+"`") && key != "schatter" && key != "csv" {
				t.Errorf("docs/estimate.md, %s: what is `%s`", name, key)
			}
		}
		for _, ext := range []string{".csv", ".yaml", ".json"} {
			expected[name+ext] = true
		}
	}
	files, err := os.ReadDir(examples)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !expected[f.Name()] {
			t.Errorf("docs/estimate/%s is of no estimator", f.Name())
		}
	}
}

// keysOf are the keys of the columns and options of a spec.
func keysOf(t reflect.Type) (keys []string) {
	for _, section := range []string{"Columns", "Options"} {
		f, _ := t.FieldByName(section)
		for _, field := range reflect.VisibleFields(f.Type) {
			if !field.Anonymous {
				keys = append(keys, field.Tag.Get("yaml"))
			}
		}
	}
	return keys
}

// alike compares two documents, numbers to nine digits: processors differ in the last ones.
func alike(t *testing.T, one, other string) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal([]byte(one), &a); err != nil {
		return false
	}
	if err := json.Unmarshal([]byte(other), &b); err != nil {
		t.Fatal(err)
	}
	return sameValue(a, b)
}

func sameValue(a, b any) bool {
	switch x := a.(type) {
	case float64:
		y, ok := b.(float64)
		return ok && math.Abs(x-y) <= 1e-9*max(math.Abs(x), math.Abs(y))+1e-15
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, sameValue)
	case map[string]any:
		y, ok := b.(map[string]any)
		return ok && maps.EqualFunc(x, y, sameValue)
	}
	return a == b
}
