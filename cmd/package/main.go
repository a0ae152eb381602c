// Command package builds what people install, from the sources that lie here: the program for amd64 and arm64, Debian packages with it, its units, manual pages and
// completions, a Containerfile that installs the package, and the hashes of all. Equal sources and tools give equal bytes, in any folder.
package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

//go:embed debian/changelog
var changelog string

//go:embed Containerfile
var containerfile []byte

// compilers are what links DuckDB for an architecture, as Debian names the two; "" is the machine's own.
var compilers = map[string]string{"amd64": "x86_64-linux-gnu-", "arm64": "aarch64-linux-gnu-"}

func main() {
	version := flag.String("version", "", "version of the program")
	flags := flag.String("ldflags", "", "as of the program that make build makes")
	arch := flag.String("arch", "amd64,arm64", "architectures, with commas")
	out := flag.String("out", "dist", "folder to write to")
	flag.Parse()
	syscall.Umask(0o022) // modes are the same for whoever builds
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := build(ctx, *version, *flags, strings.Split(*arch, ","), *out); err != nil {
		fmt.Fprintln(os.Stderr, "package:", err)
		os.Exit(1)
	}
}

// build makes everything in a folder of its own beside out, and then puts it there.
func build(ctx context.Context, version, flags string, archs []string, out string) error {
	released, err := release(changelog, version)
	if err != nil {
		return err
	}
	out, err = filepath.Abs(out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(out, ".werk-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	m := &maker{version: version, flags: flags, released: released, work: work, out: out}
	// manual pages and completions come from the program that this machine can run; they are the same for all
	if m.host, err = m.program(ctx, runtime.GOARCH); err != nil {
		return err
	}
	var made []string
	for _, arch := range archs {
		program := m.host
		if arch != runtime.GOARCH {
			if program, err = m.program(ctx, arch); err != nil {
				return err
			}
		}
		name := fmt.Sprintf("stapel_%s_linux_%s", version, arch)
		if err := install(program, filepath.Join(out, name), 0o755); err != nil {
			return err
		}
		deb, err := m.debian(ctx, arch, program)
		if err != nil {
			return fmt.Errorf("the package for %s: %w", arch, err)
		}
		made = append(made, name, deb)
	}
	if err := os.WriteFile(filepath.Join(out, "Containerfile"), containerfile, 0o644); err != nil {
		return err
	}
	return sums(out, append(made, "Containerfile"))
}

// maker makes what is for one version.
type maker struct {
	version, flags string
	released       time.Time
	work, out      string
	host           string // the program that this machine can run
}

// program builds the program for an architecture, and returns its file. It lies at another address in memory each time (PIE), as Debian asks of programs; tests and
// make build leave that out, for it would compile everything a second time.
func (m *maker) program(ctx context.Context, arch string) (string, error) {
	prefix, known := compilers[arch]
	if !known {
		return "", fmt.Errorf("DuckDB is not built for linux on %s: use amd64 or arm64", arch)
	}
	env := append(os.Environ(), "GOOS=linux", "GOARCH="+arch, "CGO_ENABLED=1")
	if arch != runtime.GOARCH {
		cc, cxx := prefix+"gcc", prefix+"g++"
		if _, err := exec.LookPath(cxx); err != nil {
			return "", fmt.Errorf("linking for %s needs %s: apt-get install g++-%s", arch, cxx, strings.TrimSuffix(strings.ReplaceAll(prefix, "_", "-"), "-"))
		}
		env = append(env, "CC="+cc, "CXX="+cxx)
	}
	file := filepath.Join(m.work, "stapel-"+arch)
	fmt.Printf("building for %s ...\n", arch)
	return file, run(ctx, env, "go", "build", "-buildmode=pie", "-trimpath", "-buildvcs=false", "-ldflags="+m.flags, "-o", file, "./cmd/stapel")
}

// release is the day of the newest entry of a Debian changelog, which has to be of the version.
func release(text, version string) (time.Time, error) {
	first, _, _ := strings.Cut(text, "\n")
	if !strings.HasPrefix(first, "stapel ("+version+") ") {
		return time.Time{}, fmt.Errorf("the newest entry of cmd/package/debian/changelog is not of version %s", version)
	}
	if s := os.Getenv("SOURCE_DATE_EPOCH"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		return time.Unix(n, 0).UTC(), err
	}
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, " -- ") {
			_, day, _ := strings.Cut(line, ">  ")
			t, err := time.Parse(time.RFC1123Z, strings.TrimSpace(day))
			return t.UTC(), err
		}
	}
	return time.Time{}, fmt.Errorf("the newest entry of cmd/package/debian/changelog has no day")
}

// own is an environment in which the program is as it is for everybody: variables of this machine are settings to it, and a month begins elsewhere at another moment.
func own(env []string) []string {
	return append(slices.DeleteFunc(slices.Clone(env), func(v string) bool { return strings.HasPrefix(v, "STAPEL_") }), "TZ=UTC")
}

// run runs a command; what it prints is shown when it fails.
func run(ctx context.Context, env []string, name string, args ...string) error {
	_, err := output(ctx, env, name, args...)
	return err
}

// output runs a command and returns what it prints to stdout.
func output(ctx context.Context, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = env
	var wrong strings.Builder
	cmd.Stderr = &wrong
	out, err := cmd.Output()
	if err != nil {
		err = fmt.Errorf("%s %s: %w\n%s", name, args[0], err, strings.TrimSpace(wrong.String()))
	}
	return out, err
}

// install copies a file.
func install(from, to string, mode os.FileMode) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return put(to, data, mode)
}

// put writes a file with exactly this mode, and the folders it lies in.
func put(name string, data []byte, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(name, data, mode); err != nil {
		return err
	}
	return os.Chmod(name, mode)
}

// sums writes SHA256SUMS, which sha256sum --check reads.
func sums(dir string, names []string) error {
	var b strings.Builder
	for _, name := range names {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		h := sha256.New()
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(h.Sum(nil)), name)
	}
	fmt.Print(b.String())
	return os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(b.String()), 0o644)
}
