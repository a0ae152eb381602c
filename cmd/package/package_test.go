package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
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

// TestShortened: the Apache License is named where it stands word for word, however its lines are broken; what stands around it stays, and so does another text.
func TestShortened(t *testing.T) {
	module := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/apache/arrow-go/v18")
	module.Dir = "../.."
	text, err := os.ReadFile(filepath.Join(strings.TrimSpace(must(t, module)), "LICENSE.txt"))
	if err != nil {
		t.Fatal(err)
	}
	const ours = "/usr/share/common-licenses/Apache-2.0"
	for _, same := range []string{string(text), strings.ReplaceAll(string(text), "\n", "\n   ")} {
		short := shortened("first\n" + same + "\nlast")
		if len(short) > len(same)-9000 || !strings.HasPrefix(short, "first\n") || !strings.HasSuffix(short, "\nlast") || strings.Count(short, ours) != 1 || !strings.Contains(short, "APPENDIX") {
			t.Errorf("%d of %d characters are left:\n%s", len(short), len(same), short[:min(400, len(short))])
		}
	}
	for _, other := range []string{strings.Replace(string(text), "irrevocable", "revocable", 1), "MIT License", "Apache License, Version 2.0, January 2004"} {
		if shortened(other) != other {
			t.Error("another text is shortened")
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

// TestLintian: lintian finds no error and nothing to warn of in what is made, with nothing overridden.
func TestLintian(t *testing.T) {
	dist := made(t)
	if _, err := exec.LookPath("lintian"); err != nil {
		t.Skip("lintian is not here (apt-get install lintian)")
	}
	debs, err := filepath.Glob(filepath.Join(dist, "*.deb"))
	if err != nil || len(debs) == 0 {
		t.Fatalf("%v, %v", debs, err)
	}
	cmd := exec.Command("lintian", append([]string{"--fail-on", "error,warning", "--tag-display-limit", "0", "--allow-root", "--no-override"}, debs...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
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
}
