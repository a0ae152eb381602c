package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestRelease: the version of the Makefile is the one of the changelog, and its day is that of all that has a day.
func TestRelease(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^VERSION := (\S+)$`).FindSubmatch(makefile)
	if version == nil {
		t.Fatal("the Makefile has no version")
	}
	t.Setenv("SOURCE_DATE_EPOCH", "")
	if day, err := release(changelog, string(version[1])); err != nil || day.IsZero() || day.After(time.Now().AddDate(1, 0, 0)) {
		t.Errorf("%v, %v", day, err)
	}
	const text = "stapel (1.2.3) unstable; urgency=medium\n\n  * x\n\n -- A <a@b>  Mon, 30 Nov 2026 13:00:00 +0100\n\nstapel (1.2.2) unstable; urgency=medium\n"
	if day, err := release(text, "1.2.3"); err != nil || day.Format(time.RFC3339) != "2026-11-30T12:00:00Z" {
		t.Errorf("%v, %v", day, err)
	}
	if _, err := release(text, "1.2.2"); err == nil {
		t.Error("an older entry is taken for the newest")
	}
	t.Setenv("SOURCE_DATE_EPOCH", "86400")
	if day, err := release(text, "1.2.3"); err != nil || day.Unix() != 86400 {
		t.Errorf("%v, %v", day, err)
	}
}

func TestOlder(t *testing.T) {
	in := []string{"", "2.2.5", "2.3", "2.3.4", "2.17", "2.34", "3.4.9", "3.4.30"}
	for i, a := range in {
		for j, b := range in {
			if older(a, b) != (i < j) {
				t.Errorf("older(%q, %q) is %v", a, b, i >= j)
			}
		}
	}
}

// TestScripts: the scripts of the package are for sh, stop at the first error, and never remove a file.
func TestScripts(t *testing.T) {
	for _, name := range []string{"postinst", "prerm", "postrm"} {
		text, err := debianFiles.ReadFile("debian/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("sh", "-n", filepath.Join("debian", name)).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
		if !bytes.HasPrefix(text, []byte("#!/bin/sh\nset -e\n")) || regexp.MustCompile(`\brm\b|--remove-all`).Match(text) {
			t.Errorf("%s: goes on after an error, or removes files", name)
		}
	}
}

// TestContainerfile: it installs what is made here, and runs as nobody else than the package's own user.
func TestContainerfile(t *testing.T) {
	known := []string{"FROM", "ARG", "COPY", "RUN", "USER", "ENV", "VOLUME", "WORKDIR", "ENTRYPOINT", "CMD"}
	var got []string
	next := false
	for line := range strings.Lines(string(containerfile)) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if !next && !strings.HasPrefix(line, "#") {
			got = append(got, word)
			if !slices.Contains(known, word) {
				t.Errorf("instruction %s", word)
			}
		}
		next = strings.HasSuffix(strings.TrimRight(line, "\n"), `\`)
	}
	if got[0] != "FROM" || next {
		t.Errorf("it begins with %s, or ends in the middle", got[0])
	}
	text := string(containerfile)
	for _, want := range []string{"COPY stapel_${VERSION}_${TARGETARCH}.deb ", "\nUSER 10001:10001\n", "VOLUME " + packageData + "\n", "ENV STAPEL_CONFIG=" + packageConfig + "\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
}

// made is the folder of `make dist`, which the tests of make dist-check are about.
func made(t *testing.T) string {
	dir := os.Getenv("STAPEL_DIST")
	if dir == "" {
		t.Skip("of make dist-check: builds the packages again, and installs one")
	}
	return dir
}

func must(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return string(out)
}

// TestReproducible: built again from a copy of the sources in another folder, with nothing compiled before, for another clock and mode, every byte is the same.
func TestReproducible(t *testing.T) {
	dist := made(t)
	source, out, cache := t.TempDir(), t.TempDir(), t.TempDir()
	list := exec.Command("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	list.Dir = "../.."
	for name := range strings.SplitSeq(strings.TrimSuffix(must(t, list), "\x00"), "\x00") {
		st, err := os.Stat(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := install(filepath.Join("../..", name), filepath.Join(source, name), st.Mode().Perm()); err != nil {
			t.Fatal(err)
		}
	}
	// the sources say how they are made
	flags := exec.Command("make", "-s", "ldflags")
	flags.Dir = source
	version := exec.Command("make", "-s", "version")
	version.Dir = source
	make := exec.Command("sh", "-c", `umask 027 && exec go run ./cmd/package -version "$1" -ldflags "$2" -arch "$3" -out "$4"`, "sh",
		strings.TrimSpace(must(t, version)), strings.TrimSpace(must(t, flags)), runtime.GOARCH, out)
	make.Dir = source
	make.Env = append(os.Environ(), "GOCACHE="+cache, "TZ=Pacific/Auckland", "LC_ALL=C", "GOFLAGS=")
	must(t, make)
	again, err := filepath.Glob(filepath.Join(out, "stapel_*"))
	if err != nil || len(again) != 2 {
		t.Fatalf("made %v, %v", again, err)
	}
	for _, name := range again {
		a, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dist, filepath.Base(name)))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another one", filepath.Base(name))
		}
	}
	if program, err := os.ReadFile("../../bin/stapel"); err == nil {
		b, err := os.ReadFile(filepath.Join(dist, filepath.Base(again[0])))
		if err != nil || strings.HasSuffix(again[0], ".deb") == bytes.Equal(program, b) {
			t.Logf("bin/stapel is not the program in %s: it was built of other sources", filepath.Base(again[0]))
		}
	}
}
