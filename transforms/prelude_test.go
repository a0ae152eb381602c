package transforms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stapel/transforms/portable"
)

// TestPreludes: every engine has one of the same form; together they define what a SELECT may call and an engine does not have, and the hash
// that a run records is that of all.
func TestPreludes(t *testing.T) {
	statement := regexp.MustCompile(`^create (?:macro|function) ([a-z_]+)\s*\(`)
	defined, all := map[string][]string{}, ""
	for _, engine := range Engines {
		text, err := Prelude(engine)
		if err != nil || !strings.HasPrefix(text, "-- ") || !strings.HasSuffix(text, ";\n") {
			t.Fatalf("%s: %v; a prelude begins with what it is, and its statements end with ; and a line", engine, err)
		}
		all += text
		for s := range strings.SplitSeq(strings.TrimSuffix(text, ";\n"), ";\n") {
			s = regexp.MustCompile(`(?m)^--.*\n`).ReplaceAllString(s, "")
			name := statement.FindStringSubmatch(s)
			if name == nil || !slices.Contains(portable.Functions, name[1]) {
				t.Errorf("%s: a statement that defines no function of the list: %.60s", engine, s)
				continue
			}
			defined[engine] = append(defined[engine], name[1])
			if most := portable.MostArguments[name[1]]; strings.Count(s, "(a, b") < most-1 || most > 0 && !strings.Contains(s, fmt.Sprintf(", %c) as", 'a'+most-1)) {
				t.Errorf("%s: %s does not take 2 to %d arguments", engine, name[1], most)
			}
		}
	}
	for _, name := range []string{"plus_dagen", "deel", "id_tekst"} { // no engine has these
		for _, engine := range Engines {
			if !slices.Contains(defined[engine], name) {
				t.Errorf("%s: there is no %s", engine, name)
			}
		}
	}
	if PreludeSha256() != hash([]byte(all)) {
		t.Error("the hash of the preludes is not that of all of them")
	}
	if text, err := Prelude("../marts/rang"); err == nil {
		t.Errorf("no engine, and its prelude is %q", text)
	}
}
