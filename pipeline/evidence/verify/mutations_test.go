package verify_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/lake"
)

// A change is made in a file; other is another file where the mutation has one. It reports whether this file can have it.
type change func(file, other string, rng *rand.Rand) (done bool, err error)

// A mutation is a change of a file of the data folder, undone afterwards, and the codes by which it may be named.
type mutation struct {
	name  string
	codes []verify.Code // nil: those of a file of its kind whose bytes changed
	do    change
	on    func(file string) bool                                           // below the data folder; nil: every file
	other func(file string, files []string, rng *rand.Rand) (other string) // "": there is none
}

func edit(alter func(data []byte, rng *rand.Rand) []byte) change {
	return func(file, _ string, rng *rand.Rand) (bool, error) {
		data, err := os.ReadFile(file)
		if err != nil {
			return false, err
		}
		is := alter(bytes.Clone(data), rng)
		if is == nil || bytes.Equal(is, data) {
			return false, nil
		}
		return true, os.WriteFile(file, is, 0o600)
	}
}

// lines alters a file by its lines, each with its end.
func lines(alter func(lines [][]byte, rng *rand.Rand) [][]byte) change {
	return edit(func(d []byte, rng *rand.Rand) []byte {
		all := bytes.SplitAfter(d, []byte("\n"))
		if len(all[len(all)-1]) == 0 {
			all = all[:len(all)-1]
		}
		if all = alter(all, rng); all == nil {
			return nil
		}
		return bytes.Join(all, nil)
	})
}

func isTable(file string) bool { return path.Ext(file) == ".parquet" }
func isMart(file string) bool {
	return isTable(file) && strings.Contains(file, "/marts/") && !isChosen(file)
}
func isLines(file string) bool { return strings.HasSuffix(file, ".jsonl") }
func ends(ext ...string) func(string) bool {
	return func(file string) bool { return slices.Contains(ext, path.Ext(file)) }
}

// isChosen is true of the tables that a selection put among the marts: no manifest has their rows.
func isChosen(file string) bool {
	return slices.Contains([]string{"selectie.parquet", "loting.parquet"}, path.Base(file))
}

// plain is true of a file that is held to a hash and to nothing else.
func plain(file string) bool {
	return slices.Equal(bytesOf(file), []verify.Code{verify.Changed}) && path.Ext(file) != ".stand"
}
func notInbox(file string) bool { return !strings.HasPrefix(file, "inbox/") }

// rewritten writes a table again with parquet-go, with its rows changed.
func rewritten(alter func(rows []parquet.Row, schema *parquet.Schema, rng *rand.Rand) []parquet.Row) change {
	return edit(func(data []byte, rng *rand.Rand) []byte {
		f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			panic(err)
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
					panic(err)
				}
			}
			in.Close()
		}
		if rows = alter(rows, f.Schema(), rng); rows == nil {
			return nil
		}
		var out bytes.Buffer
		w := parquet.NewGenericWriter[any](&out, f.Schema())
		if _, err := w.WriteRows(rows); err != nil {
			panic(err)
		}
		if err := w.Close(); err != nil {
			panic(err)
		}
		return out.Bytes()
	})
}

// bytesOf are the codes that a file may have when its bytes changed: each kind of file has its own keeper.
func bytesOf(file string) []verify.Code {
	switch base := path.Base(file); {
	case base == lake.ManifestName:
		return []verify.Code{verify.Manifest}
	case base == lake.JournalName:
		return []verify.Code{verify.Journal}
	case base == lake.ChainName, file == lake.KeyRegisterName:
		return []verify.Code{verify.Evidence, verify.Missing}
	case base == lake.EnvelopeName:
		return []verify.Code{verify.Evidence}
	case base == "latest":
		return []verify.Code{verify.Latest}
	case isLines(file):
		return []verify.Code{verify.Log}
	}
	return []verify.Code{verify.Changed}
}

// beside is a name that is free, in the folder of the file.
func beside(file string, _ []string, _ *rand.Rand) string { return file + ".kopie" }

// alike is another file of the same sort.
func alike(file string, files []string, rng *rand.Rand) string {
	var all []string
	for _, f := range files {
		if f != file && path.Ext(f) == path.Ext(file) && plain(f) {
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[rng.IntN(len(all))]
}

var household = regexp.MustCompile(`h-[0-9a-f]{16}`)

var number = regexp.MustCompile(`[ :][0-9]+[,\n}]`)

var mutations = []mutation{
	{"a byte", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		if len(d) == 0 {
			return nil
		}
		d[rng.IntN(len(d))] ^= byte(1 + rng.IntN(255))
		return d
	}), nil, nil},
	{"truncated", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		if len(d) < 2 {
			return nil
		}
		return d[:1+rng.IntN(len(d)-1)]
	}), nil, nil},
	{"emptied", nil, edit(func(d []byte, _ *rand.Rand) []byte { return d[:0] }), nil, nil},
	{"appended", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		return append(d, bytes.Repeat([]byte{byte('a' + rng.IntN(20))}, 1+rng.IntN(40))...)
	}), nil, nil},
	{"removed", []verify.Code{verify.Missing, verify.RunGone, verify.Evidence}, func(file, _ string, _ *rand.Rand) (bool, error) { return true, os.Remove(file) }, nil, nil},
	{"open to all", []verify.Code{verify.Open}, func(file, _ string, _ *rand.Rand) (bool, error) { return true, os.Chmod(file, 0o644) }, notInbox, nil},
	{"a link", []verify.Code{verify.Changed}, func(file, other string, _ *rand.Rand) (bool, error) {
		data, err := os.ReadFile(file)
		elsewhere := filepath.Join(root, "elders")
		return true, errors.Join(err, os.WriteFile(elsewhere, data, 0o600), os.Remove(file), os.Symlink(elsewhere, file))
	}, notInbox, nil},
	{"a line removed", nil, lines(func(l [][]byte, rng *rand.Rand) [][]byte {
		if len(l) < 2 {
			return nil
		}
		at := rng.IntN(len(l) - 1)
		return slices.Delete(l, at, at+1)
	}), ends(".jsonl", ".csv", ".html"), nil},
	{"the last line removed", nil, lines(func(l [][]byte, _ *rand.Rand) [][]byte { return append([][]byte{}, l[:len(l)-1]...) }), isLines, nil},
	{"a line inserted", nil, lines(func(l [][]byte, rng *rand.Rand) [][]byte {
		like := bytes.Clone(l[rng.IntN(len(l))])
		like[rng.IntN(len(like)-1)]++ // of a log: a line as somebody would make it up
		return slices.Insert(l, rng.IntN(len(l)+1), like)
	}), ends(".jsonl", ".csv"), nil},
	{"two lines swapped", nil, lines(func(l [][]byte, rng *rand.Rand) [][]byte {
		if len(l) < 2 {
			return nil
		}
		at := rng.IntN(len(l) - 1)
		l[at], l[at+1] = l[at+1], l[at]
		return l
	}), ends(".jsonl", ".csv"), nil},
	{"lines in another order", nil, lines(func(l [][]byte, rng *rand.Rand) [][]byte {
		rng.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
		return l
	}), isLines, nil},
	{"a number", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		all := number.FindAllIndex(d, -1)
		if len(all) == 0 {
			return nil
		}
		at := all[rng.IntN(len(all))]
		d[at[1]-2] = '0' + (d[at[1]-2]-'0'+byte(1+rng.IntN(9)))%10
		return d
	}), ends(".json", ".jsonl", ".stand"), nil},
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
	}), isTable, nil},
	{"a row dropped", []verify.Code{verify.Changed}, rewritten(func(rows []parquet.Row, _ *parquet.Schema, rng *rand.Rand) []parquet.Row {
		if len(rows) == 0 {
			return nil
		}
		at := rng.IntN(len(rows))
		return append([]parquet.Row{}, slices.Delete(rows, at, at+1)...)
	}), isTable, nil},
	{"two rows swapped", []verify.Code{verify.Changed}, rewritten(func(rows []parquet.Row, _ *parquet.Schema, rng *rand.Rand) []parquet.Row {
		if len(rows) < 2 {
			return nil
		}
		at := rng.IntN(len(rows) - 1)
		rows[at], rows[at+1] = rows[at+1], rows[at]
		return rows
	}), isTable, nil},
	{"a cent of a list", nil, edit(func(d []byte, rng *rand.Rand) []byte {
		all := regexp.MustCompile(`[0-9][;\r]`).FindAllIndex(d, -1)
		if len(all) == 0 {
			return nil
		}
		at := all[rng.IntN(len(all))][0]
		d[at] = '0' + (d[at]-'0'+1)%10
		return d
	}), ends(".csv"), nil},
	{"a cell", nil, edit(cell), ends(".xlsx"), nil},
	{"exchanged", []verify.Code{verify.Swapped}, func(file, other string, _ *rand.Rand) (bool, error) {
		a, err := os.ReadFile(file)
		b, also := os.ReadFile(other)
		if err != nil || also != nil || bytes.Equal(a, b) {
			return false, errors.Join(err, also)
		}
		return true, errors.Join(os.WriteFile(file, b, 0o600), os.WriteFile(other, a, 0o600))
	}, plain, alike},
	{"moved", []verify.Code{verify.Moved, verify.Missing}, func(file, other string, _ *rand.Rand) (bool, error) { return true, os.Rename(file, other) }, plain, beside},
	{"a file more", []verify.Code{verify.Extra}, func(file, other string, _ *rand.Rand) (bool, error) {
		data, err := os.ReadFile(file)
		return true, errors.Join(err, os.WriteFile(other, data, 0o600))
	}, func(file string) bool {
		return strings.Contains(file, "/") && notInbox(file) && !strings.HasPrefix(file, "quarantine/") && !strings.HasPrefix(file, "lake/persoon/")
	}, beside},
}

// cell changes a number in a workbook, which stays one.
func cell(d []byte, rng *rand.Rand) []byte {
	in, err := zip.NewReader(bytes.NewReader(d), int64(len(d)))
	if err != nil {
		panic(err)
	}
	value := regexp.MustCompile(`<v>[0-9.]+</v>`)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	done := false
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			panic(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			panic(err)
		}
		if all := value.FindAllIndex(text, -1); len(all) > 0 && !done && strings.Contains(f.Name, "worksheets") {
			at := all[rng.IntN(len(all))][1] - len("</v>") - 1
			text[at] = '0' + (text[at]-'0'+1)%10
			done = true
		}
		to, err := w.Create(f.Name)
		if err == nil {
			_, err = to.Write(text)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	if !done {
		return nil
	}
	return out.Bytes()
}

// natures are what a change of a table's rows has to be called, of a mart and of a table of which the manifest does not have the number of rows.
var natures = map[string]verify.Nature{"a cent": verify.Values, "a row dropped": verify.FewerRows, "two rows swapped": verify.RowOrder}

// was is a file as it was, "" where there was none.
type was struct {
	file string
	data []byte
	none bool
}

func keep(file string) (was, error) {
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return was{file: file, none: true}, nil
	}
	return was{file: file, data: data}, err
}

// back puts a file back; what is there may be a link.
func (w was) back() error {
	if err := os.Remove(w.file); err != nil && !errors.Is(err, fs.ErrNotExist) || w.none {
		return err
	}
	return os.WriteFile(w.file, w.data, 0o600)
}

// TestMutations: whatever is changed in a data folder is found and named: the file, and what kind of change. STAPEL_TORTURE is how many.
func TestMutations(t *testing.T) {
	f := shared(t)
	files := f.files(t)
	n := 3 * len(mutations)
	if text := os.Getenv("STAPEL_TORTURE"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			t.Fatal(err)
		}
	}
	rng := rand.New(rand.NewPCG(7, uint64(n)))
	byKind := map[string][]string{}
	for _, f := range files {
		byKind[kindOf(f)] = append(byKind[kindOf(f)], f)
	}
	kinds := slices.Sorted(maps.Keys(byKind))
	done := map[string]int{}
	for i := range n {
		m := mutations[i%len(mutations)]
		for range 5000 { // few files can have some of them
			of := byKind[kinds[rng.IntN(len(kinds))]]
			if f.mutate(t, m, of[rng.IntN(len(of))], files, rng) {
				done[m.name]++
				break
			}
		}
		if done[m.name] == 0 {
			t.Fatalf("no file can have %s", m.name)
		}
	}
	t.Logf("%d changes in %d files: %v", n, len(files), done)
	if r := f.verified(t); r.Code != 0 {
		t.Fatalf("after putting everything back: %v", r.Findings)
	}
}

// mutate makes a change, looks how it is named, and undoes it. It reports whether the file can have it.
func (f *folder) mutate(t *testing.T, m mutation, file string, files []string, rng *rand.Rand) bool {
	t.Helper()
	if m.on != nil && !m.on(file) {
		return false
	}
	touched, other := []string{file}, ""
	if m.other != nil {
		if other = m.other(file, files, rng); other == "" {
			return false
		}
		touched = append(touched, other)
		other = f.at(other)
	}
	var before []was
	for _, name := range touched {
		w, err := keep(f.at(name))
		if err != nil {
			t.Fatal(err)
		}
		before = append(before, w)
	}
	did, err := m.do(f.at(file), other, rng)
	if err != nil {
		t.Fatalf("%s of %s: %v", m.name, file, err)
	}
	if did {
		named(t, m, touched, f.verified(t))
	}
	for _, w := range before {
		if err := w.back(); err != nil {
			t.Fatal(err)
		}
	}
	return did
}

func kindOf(file string) string {
	parts := strings.Split(file, "/")
	if len(parts) > 3 && parts[0] == "runs" {
		return "runs/" + strings.Join(parts[2:len(parts)-1], "/") + path.Ext(file)
	}
	if len(parts) == 1 || parts[0] == "runs" {
		return path.Base(file)
	}
	return parts[0] + path.Ext(file)
}

// named wants a finding that names the file with a code that fits, and none that is about another file.
func named(t *testing.T, m mutation, touched []string, r *verify.Result) {
	t.Helper()
	for i, file := range touched {
		touched[i] = household.ReplaceAllString(file, "h-…") // no finding names one
	}
	file := touched[0]
	want := m.codes
	if want == nil {
		want = bytesOf(file)
	}
	remark := strings.Contains(file, "/accountant/steekproef-") && path.Ext(file) == ".xlsx" && slices.Equal(want, []verify.Code{verify.Changed}) && m.name != "a link"
	if (m.name == "removed" || m.name == "moved") && strings.HasPrefix(file, "inbox/") { // purged, perhaps: said, and no difference
		want, remark = []verify.Code{verify.NotInInbox}, true
	}
	found := false
	for _, f := range r.Findings {
		about := slices.Contains(touched, f.File) || slices.Contains(touched, f.Other) || m.name == "removed" && path.Base(file) == lake.ManifestName && f.File == path.Dir(file)
		if about && slices.Contains(want, f.Code) && f.Remark == remark {
			found = true
			nature := natures[m.name]
			if nature != "" && !isMart(file) {
				nature = verify.Values
			}
			if nature != "" && f.Nature != nature {
				t.Errorf("%s of %s is called %s: %s", m.name, file, f.Nature, f)
			}
		}
		// chain and register also say of what run they miss the line
		consequence := f.Code == verify.Evidence && (file == lake.ChainName || file == lake.KeyRegisterName)
		if !about && !consequence && !f.Remark {
			t.Errorf("%s of %s is said of another: %s", m.name, touched, f)
		}
	}
	if !found {
		t.Errorf("%s of %s is not found; %v", m.name, touched, r.Findings)
	}
}
