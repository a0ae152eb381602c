package reports

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/reports/nl"
	"stapel/transforms"
)

func TestOSDir(t *testing.T) {
	root := filepath.Join(t.TempDir(), "rapporten")
	w, err := OSDir(root).Create("csv/ranglijst.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, "x"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{root: 0o700 | fs.ModeDir, filepath.Join(root, "csv"): 0o700 | fs.ModeDir,
		filepath.Join(root, "csv", "ranglijst.csv"): 0o600} {
		info, err := os.Stat(path)
		if err != nil || info.Mode() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
	if _, err := OSDir(root).Create("../elders.csv"); err == nil {
		t.Error("a file outside the folder was made")
	}
}

// memory is a Dir that keeps what is written.
type memory map[string]*bytes.Buffer

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func (m memory) Create(name string) (io.WriteCloser, error) {
	m[name] = &bytes.Buffer{}
	return nopCloser{m[name]}, nil
}

// TestLevels: for every folder and level, a file comes to be when the folder may hold the level and does not otherwise. Without a level,
// of a level that does not exist, in a folder that does not exist, or outside its folder none ever does.
func TestLevels(t *testing.T) {
	all := []transforms.Level{"", "RIJ", "geheim", transforms.LevelRij, transforms.LevelTotaal, transforms.LevelVrij}
	for folder, may := range map[Folder][]transforms.Level{
		Analist: all[3:], Accountant: all[3:], Werktafel: all[5:], "": nil, "elders": nil, "analist/csv": nil,
	} {
		for _, level := range all {
			for _, name := range []string{"a.csv", "csv/a.csv", "../analist/a.csv", "../../a.csv", "/a.csv", "", "."} {
				dir, asked := memory{}, 0
				w := NewWriter(dir, folder)
				err := w.Write(name, level, func(dst io.Writer) error {
					asked++
					_, err := io.WriteString(dst, "x")
					return err
				})
				want := slices.Contains(may, level) && (name == "a.csv" || name == "csv/a.csv")
				if made := err == nil && len(dir) == 1 && len(w.Files()) == 1; made != want || !want && len(dir)+len(w.Files())+asked > 0 {
					t.Fatalf("%q of level %q in %q: %v, files %v", name, level, folder, err, w.Files())
				}
				if want {
					f := File{Name: string(folder) + "/" + name, Level: level, Bytes: 1, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte("x")))}
					if w.Files()[0] != f || dir[f.Name].String() != "x" {
						t.Errorf("got %+v", w.Files()[0])
					}
				}
			}
		}
	}
}

// TestWriterFails: a file that could not be written is not among the files, and the error names it.
func TestWriterFails(t *testing.T) {
	w := NewWriter(memory{}, Analist)
	full := errors.New("schijf vol")
	err := w.Write("a.csv", transforms.LevelRij, func(io.Writer) error { return full })
	if !errors.Is(err, full) || err.Error() != "a.csv: schijf vol" || len(w.Files()) > 0 {
		t.Errorf("%v, files %v", err, w.Files())
	}
}

// TestStyle: every sheet of paper says its level.
func TestStyle(t *testing.T) {
	for _, level := range []transforms.Level{transforms.LevelRij, transforms.LevelVrij} {
		css := string(Style(level))
		if !strings.Contains(css, `"`+nl.Word("niveau", string(level))+`"`) || strings.Contains(css, "{niveau}") {
			t.Errorf("the style of level %s does not print it", level)
		}
	}
}
