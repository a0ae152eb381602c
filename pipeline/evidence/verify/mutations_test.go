package verify_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/access"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/testrun"
	sampledata "stapel/sample-data"
)

// made is a data folder with a run, an access log and something put beside the run.
func made(t *testing.T) (data string, cfg *config.Config) {
	t.Helper()
	data = testrun.Small(t)
	set := maps.Clone(testrun.SmallPeil)
	set["reports.werktafel"] = os.Getenv("STAPEL_TORTURE") != "" // disclosure control takes longer than all the rest
	cfg = configtest.Defaults(t, set)
	for _, until := range []string{"marts", ""} {
		opt := testrun.Options(data, cfg)
		opt.Until = until
		if _, err := pipeline.Run(t.Context(), opt); err != nil {
			t.Fatal(err)
		}
	}
	l := &lake.Lake{Root: data}
	id, err := l.Latest()
	if err != nil {
		t.Fatal(err)
	}
	why, err := access.Because("een test", "x")
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if err := why.Log(data, access.Look{What: "explain", Run: id}); err != nil {
			t.Fatal(err)
		}
	}
	page := l.Run(id).File("reports/analist/veranderd.html")
	if err := os.WriteFile(page, []byte("<p>veranderd</p>\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := l.Attach(page); err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(data, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			err = os.Chmod(p, 0o700) // t.TempDir makes it for all
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return data, cfg
}

func verified(t *testing.T, data string, cfg *config.Config) *verify.Result {
	t.Helper()
	r, err := verify.Run(t.Context(), verify.Options{Data: data, All: true, Secret: sampledata.DemoKey[:],
		Load: func(map[string]any) (*config.Config, error) { return cfg, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// whole is a hash over every name, mode and byte of a folder.
func whole(t *testing.T, folder string) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(folder, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		fmt.Fprintln(h, p, st.Mode())
		if d.IsDir() {
			return nil
		}
		f, err := os.Open(p)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(h, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// A mutation is a change of one file, undone afterwards, and the codes by which it may be named.
type mutation struct {
	name  string
	codes []verify.Code
	do    func(file string, rng *rand.Rand) error // of a file by its full name; errSkip: not for this one
	on    func(file string) bool                  // below the data folder; nil: every file
}

var errSkip = errors.New("not for this file")

func edit(change func(data []byte, rng *rand.Rand) []byte) func(string, *rand.Rand) error {
	return func(file string, rng *rand.Rand) error {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		is := change(bytes.Clone(data), rng)
		if is == nil || bytes.Equal(is, data) {
			return errSkip
		}
		return os.WriteFile(file, is, 0o600)
	}
}

func isMart(file string) bool {
	return path.Ext(file) == ".parquet" && strings.Contains(file, "/marts/")
}
func isLines(file string) bool {
	return strings.HasSuffix(file, ".jsonl")
}

// rewritten writes a table again with parquet-go, with its rows changed.
func rewritten(change func(rows []parquet.Row, schema *parquet.Schema, rng *rand.Rand) []parquet.Row) func(string, *rand.Rand) error {
	return func(file string, rng *rand.Rand) error {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return err
		}
		var rows []parquet.Row
		for _, g := range f.RowGroups() {
			in := g.Rows()
			buf := make([]parquet.Row, 64)
			for {
				n, err := in.ReadRows(buf)
				for _, r := range buf[:n] {
					rows = append(rows, r.Clone())
				}
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					return err
				}
			}
			in.Close()
		}
		if rows = change(rows, f.Schema(), rng); rows == nil {
			return errSkip
		}
		var out bytes.Buffer
		w := parquet.NewGenericWriter[any](&out, f.Schema())
		if _, err := w.WriteRows(rows); err != nil {
			return err
		}
		if err := w.Close(); err != nil {
			return err
		}
		return os.WriteFile(file, out.Bytes(), 0o600)
	}
}

// bytesOf are the codes that a file may have when its bytes changed: each kind of file has its own keeper.
func bytesOf(file string) []verify.Code {
	switch base := path.Base(file); {
	case base == "manifest.json":
		return []verify.Code{verify.Manifest}
	case base == "journal.jsonl":
		return []verify.Code{verify.Journal}
	case base == lake.ChainName:
		return []verify.Code{verify.Evidence}
	case base == "latest":
		return []verify.Code{verify.Latest}
	case isLines(file):
		return []verify.Code{verify.Log}
	}
	return []verify.Code{verify.Changed}
}

var mutations = []mutation{
	{"a byte", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		if len(d) == 0 {
			return nil
		}
		d[rng.IntN(len(d))] ^= byte(1 + rng.IntN(255))
		return d
	}), nil},
	{"truncated", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		if len(d) < 2 {
			return nil
		}
		return d[:1+rng.IntN(len(d)-1)]
	}), nil},
	{"appended", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		return append(d, bytes.Repeat([]byte{byte('a' + rng.IntN(20))}, 1+rng.IntN(40))...)
	}), nil},
	{"removed", []verify.Code{verify.Missing, verify.RunGone}, func(file string, _ *rand.Rand) error { return os.Remove(file) }, nil},
	{"open to all", []verify.Code{verify.Open}, func(file string, _ *rand.Rand) error { return os.Chmod(file, 0o644) },
		func(file string) bool { return !strings.HasPrefix(file, "inbox/") }},
	{"a line removed", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		lines := bytes.SplitAfter(bytes.TrimSuffix(d, []byte("\n")), []byte("\n"))
		if len(lines) < 2 {
			return nil
		}
		at := rng.IntN(len(lines) - 1)
		return append(bytes.Join(slices.Delete(lines, at, at+1), nil), '\n')
	}), isLines},
	{"the last line removed", nil, edit(func(d []byte, _ *rand.Rand) []byte {
		lines := bytes.SplitAfter(bytes.TrimSuffix(d, []byte("\n")), []byte("\n"))
		return bytes.Join(lines[:len(lines)-1], nil)
	}), isLines},
	{"two lines swapped", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		lines := bytes.SplitAfter(d, []byte("\n"))
		if len(lines) < 3 {
			return nil
		}
		at := rng.IntN(len(lines) - 2)
		lines[at], lines[at+1] = lines[at+1], lines[at]
		return bytes.Join(lines, nil)
	}), isLines},
	{"a cent", []verify.Code{verify.Changed}, rewritten(func(rows []parquet.Row, schema *parquet.Schema, rng *rand.Rand) []parquet.Row {
		var at [][2]int
		for i, column := range schema.Columns() {
			for j, row := range rows {
				if strings.HasSuffix(column[0], "_ct") && !row[i].IsNull() && row[i].Kind() == parquet.Int64 {
					at = append(at, [2]int{i, j})
				}
			}
		}
		if len(at) == 0 {
			return nil
		}
		i, j := at[rng.IntN(len(at))][0], 0
		for _, p := range at {
			if p[0] == i {
				j = p[1]
			}
		}
		v := rows[j][i]
		rows[j][i] = parquet.ValueOf(v.Int64()+1).Level(v.RepetitionLevel(), v.DefinitionLevel(), v.Column())
		return rows
	}), isMart},
	{"a row dropped", []verify.Code{verify.Changed}, rewritten(func(rows []parquet.Row, _ *parquet.Schema, rng *rand.Rand) []parquet.Row {
		if len(rows) == 0 {
			return nil
		}
		at := rng.IntN(len(rows))
		return append([]parquet.Row{}, slices.Delete(rows, at, at+1)...)
	}), isMart},
	{"two rows swapped", []verify.Code{verify.Changed}, rewritten(func(rows []parquet.Row, _ *parquet.Schema, rng *rand.Rand) []parquet.Row {
		if len(rows) < 2 {
			return nil
		}
		at := rng.IntN(len(rows) - 1)
		rows[at], rows[at+1] = rows[at+1], rows[at]
		return rows
	}), isMart},
}

// natures are what a change of a mart's rows has to be called.
var natures = map[string]verify.Nature{"a cent": verify.Values, "a row dropped": verify.FewerRows, "two rows swapped": verify.RowOrder}

// TestMutations: whatever is changed in a data folder is found and named: the file, and what kind of change. STAPEL_TORTURE is how many.
func TestMutations(t *testing.T) {
	data, cfg := made(t)
	before := whole(t, data)
	for range 2 {
		if r := verified(t, data, cfg); r.Code != exit.Done {
			t.Fatalf("an untouched folder: %v", r.Findings)
		}
	}
	if whole(t, data) != before {
		t.Fatal("verifying changed something")
	}
	var files []string
	err := filepath.WalkDir(data, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".lock" {
			return err
		}
		rel, err := filepath.Rel(data, p)
		files = append(files, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 44
	if text := os.Getenv("STAPEL_TORTURE"); text != "" {
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	rng := rand.New(rand.NewPCG(7, 47))
	byKind := map[string][]string{}
	for _, f := range files {
		byKind[kindOf(f)] = append(byKind[kindOf(f)], f)
	}
	var kinds []string
	for k := range byKind {
		kinds = append(kinds, k)
	}
	slices.Sort(kinds)
	done := map[string]int{}
	for i := 0; i < n; {
		m := mutations[rng.IntN(len(mutations))]
		if i < len(mutations)*2 {
			m = mutations[i%len(mutations)]
		}
		of := byKind[kinds[rng.IntN(len(kinds))]]
		file := of[rng.IntN(len(of))]
		if m.on != nil && !m.on(file) {
			continue
		}
		if path.Base(file) == lake.ChainName && m.name != "a byte" && m.name != "open to all" && m.name != "a line removed" {
			continue // package attest has tests of its own for these
		}
		full := filepath.Join(data, filepath.FromSlash(file))
		was, err := os.ReadFile(full)
		if err != nil {
			t.Fatal(err)
		}
		err = m.do(full, rng)
		if errors.Is(err, errSkip) {
			continue
		}
		if err != nil {
			t.Fatalf("%s of %s: %v", m.name, file, err)
		}
		i++
		done[m.name]++
		r := verified(t, data, cfg)
		named(t, m, file, r)
		if err := os.WriteFile(full, was, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(full, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d changes: %v", n, done)
	if r := verified(t, data, cfg); r.Code != exit.Done {
		t.Fatalf("after putting everything back: %v", r.Findings)
	}
	swapped(t, data, cfg)
}

func kindOf(file string) string {
	parts := strings.Split(file, "/")
	if len(parts) > 2 && parts[0] == "runs" {
		return "runs/" + parts[2] + path.Ext(file)
	}
	if len(parts) == 1 {
		return file
	}
	return parts[0] + path.Ext(file)
}

// named wants a finding that names the file with a code that fits, and none that is about another file.
func named(t *testing.T, m mutation, file string, r *verify.Result) {
	t.Helper()
	want := m.codes
	if want == nil {
		want = bytesOf(file)
	}
	remark := m.name == "removed" && strings.HasPrefix(file, "inbox/") // purged, perhaps: said, and no difference
	if remark {
		want = []verify.Code{verify.NotInInbox}
	}
	found := false
	for _, f := range r.Findings {
		about := f.File == file || f.Other == file || m.name == "removed" && path.Base(file) == "manifest.json" && f.File == path.Dir(file)
		if about && slices.Contains(want, f.Code) && f.Remark == remark {
			found = true
			if nature := natures[m.name]; nature != "" && f.Nature != nature {
				t.Errorf("%s of %s is called %s: %s", m.name, file, f.Nature, f)
			}
		}
		chain := path.Base(file) == lake.ChainName && f.Code == verify.Evidence // which also says of what run it misses the line
		if !about && !chain && f.Code != verify.Identity && !f.Remark {
			t.Errorf("%s of %s is said of another: %s", m.name, file, f)
		}
	}
	if !found {
		t.Errorf("%s of %s is not found; %v", m.name, file, r.Findings)
	}
}

// swapped: two files that were exchanged are named together; so are another configuration, a file more, and a run away.
func swapped(t *testing.T, data string, cfg *config.Config) {
	t.Helper()
	id, err := (&lake.Lake{Root: data}).Latest()
	if err != nil {
		t.Fatal(err)
	}
	a, b := "runs/"+id+"/marts/kosten.parquet", "runs/"+id+"/marts/ranglijst.parquet"
	swap := func(a, b string) {
		t.Helper()
		part := filepath.Join(data, "deel")
		for _, move := range [][2]string{{a, part}, {b, a}, {part, b}} {
			if err := os.Rename(move[0], move[1]); err != nil {
				t.Fatal(err)
			}
		}
	}
	at := func(f string) string { return filepath.Join(data, filepath.FromSlash(f)) }
	swap(at(a), at(b))
	r := verified(t, data, cfg)
	if !slices.ContainsFunc(r.Findings, func(f verify.Finding) bool { return f.Code == verify.Swapped && f.File == a && f.Other == b }) {
		t.Errorf("%v", r.Findings)
	}
	swap(at(a), at(b))

	other := *cfg
	other.Sha256, other.SettingsSha256 = "0", "0"
	if err := os.WriteFile(at("runs/"+id+"/marts/extra.parquet"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r = verified(t, data, &other)
	for _, want := range []verify.Code{verify.Config, verify.Extra} {
		if !slices.ContainsFunc(r.Findings, func(f verify.Finding) bool { return f.Code == want && !f.Remark }) {
			t.Errorf("no %s in %v", want, r.Findings)
		}
	}
	if err := os.RemoveAll(at("runs/" + id)); err != nil {
		t.Fatal(err)
	}
	r = verified(t, data, cfg)
	if !slices.ContainsFunc(r.Findings, func(f verify.Finding) bool { return f.Code == verify.RunGone && f.File == "runs/"+id }) {
		t.Errorf("%v", r.Findings)
	}
}
