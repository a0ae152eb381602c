package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// An instruction is one of a Containerfile: its word, and what stands behind that, on one line.
type instruction struct{ word, rest string }

// instructions are those of a Containerfile.
func instructions(t *testing.T, text string) (out []instruction) {
	t.Helper()
	known := strings.Fields("FROM ARG LABEL COPY RUN USER ENV VOLUME WORKDIR ENTRYPOINT CMD")
	whole := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if before, ok := strings.CutSuffix(line, `\`); ok {
			whole += before
			continue
		}
		word, rest, _ := strings.Cut(whole+line, " ")
		if whole = ""; !slices.Contains(known, word) {
			t.Errorf("instruction %s", word)
		}
		out = append(out, instruction{word, strings.Join(strings.Fields(rest), " ")})
	}
	if whole != "" {
		t.Errorf("it ends in the middle of %s", whole)
	}
	return out
}

// TestContainerfile: one stage, which installs the package that is made here on the Debian that it was tried on, runs as nobody else than the package's own user
// under the number that docs/schedule.md has, and says of itself what the package says.
func TestContainerfile(t *testing.T) {
	all := instructions(t, string(containerfile))
	is := func(word string) (out []string) {
		for _, i := range all {
			if i.word == word {
				out = append(out, i.rest)
			}
		}
		return out
	}
	one := func(word, want string) {
		t.Helper()
		if got := is(word); len(got) != 1 || got[0] != want {
			t.Errorf("%s %q, want %q", word, got, want)
		}
	}
	read := func(name string) string {
		t.Helper()
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	one("FROM", "docker.io/library/debian:12-slim") // of which bookworm is the name
	if tried := read("installed_test.go"); all[0].word != "FROM" || !strings.Contains(tried, `"bookworm"`) {
		t.Errorf("it begins with %s, and the package is tried on another Debian", all[0].word)
	}
	// what is used was declared before
	declared, used := map[string]bool{}, regexp.MustCompile(`\$\{?(\w+)`)
	for _, i := range all {
		for _, m := range used.FindAllStringSubmatch(i.rest, -1) {
			if !declared[m[1]] {
				t.Errorf("%s uses %s, which no ARG before it declares", i.word, m[1])
			}
		}
		if i.word == "ARG" {
			name, value, _ := strings.Cut(i.rest, "=")
			declared[name] = true
			if name == "TARGETARCH" && compilers[value] == "" {
				t.Errorf("no package is made for %s", value)
			}
		}
	}
	one("COPY", "stapel_${VERSION}_${TARGETARCH}.deb /tmp/stapel.deb")
	if maker := read("debian.go"); !strings.Contains(maker, `fmt.Sprintf("stapel_%s_%s.deb", m.version, arch)`) {
		t.Error("packages have another name")
	}
	control, err := debianFiles.ReadFile("debian/control")
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) string {
		m := regexp.MustCompile(`(?m)^` + name + `: (.*)$`).FindSubmatch(control)
		if m == nil {
			t.Fatalf("control has no %s", name)
		}
		return string(m[1])
	}
	run := strings.Join(is("RUN"), "\n")
	for _, want := range []string{"apt-get install -y --no-install-recommends /tmp/stapel.deb " + field("Recommends") + " " + field("Suggests") + " && rm -rf /tmp/stapel.deb /var/lib/apt/lists/*",
		"usermod --uid 10001 " + packageUser + " && groupmod --gid 10001 " + packageUser, "chown -R " + packageUser + ":" + packageUser + " " + packageData, "chgrp " + packageUser + " " + packageConfig} {
		if !strings.Contains(run, want) {
			t.Errorf("no %q in\n%s", want, run)
		}
	}
	one("USER", "10001:10001")
	for _, same := range []string{"runAsUser: 10001\n", "fsGroup: 10001\n"} {
		if !strings.Contains(read("../../docs/schedule.md"), same) {
			t.Errorf("docs/schedule.md has no %s", same)
		}
	}
	if last := slices.IndexFunc(all, func(i instruction) bool { return i.word == "USER" }); slices.ContainsFunc(all[max(last, 0):], func(i instruction) bool { return i.word == "RUN" }) {
		t.Error("something is run as that user, who may change nothing")
	}
	one("ENV", "STAPEL_CONFIG="+packageConfig)
	one("VOLUME", packageData)
	one("WORKDIR", packageData)
	if scripts := read(filepath.Join("debian", "postinst")); !strings.Contains(scripts, "-o "+packageUser+" -g "+packageUser+" "+packageData+"\n") || !strings.Contains(scripts, "-g "+packageUser+" "+packageConfig+"\n") {
		t.Error("the package makes other folders")
	}
	for word, want := range map[string]string{"ENTRYPOINT": "stapel", "CMD": "--help"} {
		var words []string
		if got := is(word); len(got) != 1 || json.Unmarshal([]byte(got[0]), &words) != nil || len(words) != 1 || words[0] != want {
			t.Errorf("%s %q, want the words [%s] without a shell", word, got, want)
		}
	}

	const of = "org.opencontainers.image."
	labels := map[string]string{}
	for _, m := range regexp.MustCompile(`(\S+?)=("[^"]*"|\S+)`).FindAllStringSubmatch(strings.Join(is("LABEL"), " "), -1) {
		labels[m[1]] = strings.Trim(m[2], `"`)
	}
	public := regexp.MustCompile(`(?m)^\s*license: (\S+)$`).FindStringSubmatch(read("../../publiccode.yml"))
	if public == nil {
		t.Fatal("publiccode.yml has no license")
	}
	for label, want := range map[string]string{"title": field("Package"), "description": field("Description"), "licenses": public[1], "version": "${VERSION}"} {
		if labels[of+label] != want {
			t.Errorf("label %s is %q, want %q", label, labels[of+label], want)
		}
	}
	if len(labels) != 4 {
		t.Errorf("labels %v", labels)
	}
}
