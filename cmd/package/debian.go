package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/md5"
	"crypto/sha256"
	"debug/elf"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"stapel/pipeline/schedule"
)

//go:embed debian
var debianFiles embed.FS

// Where the package has things; docs/operations.md names them.
const (
	packageData   = "/var/lib/stapel"
	packageConfig = "/etc/stapel"
	packageUser   = "stapel"
)

// completions are the files in which shells of Debian look.
var completions = map[string]string{
	"bash": "usr/share/bash-completion/completions/stapel",
	"zsh":  "usr/share/zsh/vendor-completions/_stapel",
	"fish": "usr/share/fish/vendor_completions.d/stapel.fish",
}

// debian makes the package of a program, and returns its name.
func (m *maker) debian(ctx context.Context, arch, program string) (string, error) {
	fmt.Printf("packing for %s ...\n", arch)
	root := filepath.Join(m.work, "deb-"+arch)
	if err := m.tree(ctx, root, arch, program); err != nil {
		return "", err
	}
	if err := m.control(root, arch, program); err != nil {
		return "", err
	}
	name := fmt.Sprintf("stapel_%s_%s.deb", m.version, arch)
	// one thread: blocks of xz depend on how many there are
	env := append(os.Environ(), "SOURCE_DATE_EPOCH="+strconv.FormatInt(m.released.Unix(), 10))
	return name, run(ctx, env, "dpkg-deb", "--build", "--root-owner-group", "--threads-max=1", "-Zxz", root, filepath.Join(m.out, name))
}

// tree puts what the package installs below root.
func (m *maker) tree(ctx context.Context, root, arch, program string) error {
	at := func(name string) string { return filepath.Join(root, name) }
	if err := install(program, at("usr/bin/stapel"), 0o755); err != nil {
		return err
	}
	for shell, name := range completions {
		text, err := output(ctx, own(os.Environ()), m.host, "completion", shell)
		if err != nil {
			return err
		}
		if err := put(at(name), text, 0o644); err != nil {
			return err
		}
	}
	units, err := schedule.PackageUnits(schedule.Site{Program: "/usr/bin/stapel", Data: packageData, Config: packageConfig, KeyFile: packageConfig + "/sleutel", User: packageUser},
		"of the package stapel: runs what is due of "+packageConfig+"/jobs.yaml. A Trino needs a network: `stapel schedule install` writes units that have one")
	if err != nil {
		return err
	}
	for _, u := range units {
		if err := put(at("usr/lib/systemd/system/"+u.Name), []byte(u.Text), 0o644); err != nil {
			return err
		}
	}
	if err := m.manual(ctx, at("usr/share/man/man1")); err != nil {
		return err
	}
	return m.documents(ctx, at("usr/share/doc/stapel"), arch)
}

// manual puts the manual pages into a folder.
func (m *maker) manual(ctx context.Context, dir string) error {
	// made here: what stapel makes is for its owner alone
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	env := append(own(os.Environ()), "SOURCE_DATE_EPOCH="+strconv.FormatInt(m.released.Unix(), 10))
	if err := run(ctx, env, m.host, "man", "--out", dir); err != nil {
		return err
	}
	pages, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(pages) == 0 {
		return fmt.Errorf("no manual pages: %w", err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		if err := zipped(page+".gz", text); err != nil {
			return err
		}
		if err := os.Remove(page); err != nil {
			return err
		}
	}
	return nil
}

// documents puts licences, changes and the project's pages into a folder.
func (m *maker) documents(ctx context.Context, dir, arch string) error {
	text, err := licences(ctx, arch)
	if err != nil {
		return err
	}
	if err := put(filepath.Join(dir, "copyright"), text, 0o644); err != nil {
		return err
	}
	if err := zipped(filepath.Join(dir, "changelog.gz"), []byte(changelog)); err != nil {
		return err
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		return err
	}
	for _, page := range append(pages, "CHANGELOG.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			return err
		}
		if err := put(filepath.Join(dir, strings.TrimPrefix(page, "docs/")), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// licences is the licence of stapel, and of each module that is in the program for an architecture.
func licences(ctx context.Context, arch string) ([]byte, error) {
	env := append(os.Environ(), "GOOS=linux", "GOARCH="+arch, "CGO_ENABLED=1")
	list, err := output(ctx, env, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}", "./cmd/stapel")
	if err != nil {
		return nil, err
	}
	own, err := os.ReadFile("LICENSE")
	if err != nil {
		return nil, err
	}
	modules := strings.Split(strings.TrimSpace(string(list)), "\n")
	slices.Sort(modules)
	var b bytes.Buffer
	fmt.Fprintf(&b, "stapel is under the EUPL-1.2, which follows. What is linked into it, and under which licence, stands behind that.\n\n%s", own)
	for _, line := range slices.Compact(modules) {
		module, dir, _ := strings.Cut(line, "\t")
		if dir == "" {
			continue
		}
		texts, err := notices(dir)
		if err != nil || len(texts) == 0 {
			return nil, fmt.Errorf("module %s has no licence: %w", module, err)
		}
		fmt.Fprintf(&b, "\n\n%s\n%s\n\n%s", strings.Repeat("-", 80), module, strings.Join(texts, "\n\n"))
	}
	return b.Bytes(), nil
}

// notices are the texts of licences in a folder of a module.
func notices(dir string) (texts []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		name := strings.ToLower(e.Name())
		if !e.Type().IsRegular() || !slices.ContainsFunc([]string{"licen", "copying", "notice"}, func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, strings.TrimSpace(shortened(string(text))))
	}
	return texts, nil
}

// apache is the text of the Apache License, if apacheSum agrees: lines may be broken elsewhere.
var apache = regexp.MustCompile(`(?s)Apache\s+License\s+Version\s+2\.0,\s+January\s+2004.*?accepting\s+any\s+such\s+warranty\s+or\s+additional\s+liability\.(?:\s+END OF TERMS AND CONDITIONS)?`)

// apacheSum is the SHA-256 of the words of /usr/share/common-licenses/Apache-2.0 from its title to section 9, with one blank between them.
const apacheSum = "09ae9bf1886f530f7338889ef805f37b288ec6adedd1e1e32058921acf05a782"

// shortened names the Apache License where its text stands: policy of Debian (12.5), which has the text of it on every machine. Of a text that is not word for word
// the same nothing is left out.
func shortened(text string) string {
	return apache.ReplaceAllStringFunc(text, func(found string) string {
		words := strings.Join(strings.Fields(strings.TrimSuffix(found, "END OF TERMS AND CONDITIONS")), " ")
		if sum := sha256.Sum256([]byte(words)); hex.EncodeToString(sum[:]) != apacheSum {
			return found
		}
		return "Apache License, version 2.0: its text is in /usr/share/common-licenses/Apache-2.0"
	})
}

// control puts beside the tree what dpkg reads: what it is, what it needs, the sums of its files, and what is done before and after.
func (m *maker) control(root, arch, program string) error {
	needs, err := libraries(program)
	if err != nil {
		return err
	}
	var sums strings.Builder
	var size int64
	err = filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		sum := md5.Sum(data)
		fmt.Fprintf(&sums, "%s  %s\n", hex.EncodeToString(sum[:]), rel)
		size += (int64(len(data)) + 1023) / 1024
		return err
	})
	if err != nil {
		return err
	}
	t, err := template.ParseFS(debianFiles, "debian/control")
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := t.Execute(&text, map[string]any{"Version": m.version, "Arch": arch, "Size": size, "Needs": strings.Join(needs, ", ")}); err != nil {
		return err
	}
	if err := put(filepath.Join(root, "DEBIAN/control"), text.Bytes(), 0o644); err != nil {
		return err
	}
	if err := put(filepath.Join(root, "DEBIAN/md5sums"), []byte(sums.String()), 0o644); err != nil {
		return err
	}
	for _, name := range []string{"postinst", "prerm", "postrm"} {
		script, err := debianFiles.ReadFile("debian/" + name)
		if err != nil {
			return err
		}
		if err := put(filepath.Join(root, "DEBIAN", name), script, 0o755); err != nil {
			return err
		}
	}
	return nil
}

// gccOf is the release of GCC that came with a version of libstdc++'s symbols: table "GLIBCXX" of the ABI page of its manual.
var gccOf = map[string]string{"3.4.26": "9", "3.4.27": "9.2", "3.4.28": "9.3", "3.4.29": "11", "3.4.30": "12", "3.4.31": "13", "3.4.32": "13.2", "3.4.33": "14"}

// libraries are the packages that a program needs, with the oldest version that has all symbols it asks for.
func libraries(program string) ([]string, error) {
	f, err := elf.Open(program)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	symbols, err := f.ImportedSymbols()
	if err != nil {
		return nil, err
	}
	newest := map[string]string{}
	for _, s := range symbols {
		for _, set := range []string{"GLIBC_", "GLIBCXX_"} {
			if v, ok := strings.CutPrefix(s.Version, set); ok && older(newest[set], v) {
				newest[set] = v
			}
		}
	}
	gcc := gccOf[newest["GLIBCXX_"]]
	if newest["GLIBC_"] == "" || gcc == "" {
		return nil, fmt.Errorf("the program asks for symbols of libraries that are not known: glibc %q, libstdc++ %q", newest["GLIBC_"], newest["GLIBCXX_"])
	}
	return []string{"libc6 (>= " + newest["GLIBC_"] + ")", "libgcc-s1", "libstdc++6 (>= " + gcc + ")"}, nil
}

// older reports whether version a comes before b, number by number.
func older(a, b string) bool {
	numbers := func(s string) (out []int) {
		for part := range strings.SplitSeq(s, ".") {
			n, _ := strconv.Atoi(part) // "" is before all
			out = append(out, n)
		}
		return out
	}
	return slices.Compare(numbers(a), numbers(b)) < 0
}

// zipped writes a file that is packed without a day and without a name.
func zipped(name string, data []byte) error {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(data); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return put(name, b.Bytes(), 0o644)
}
