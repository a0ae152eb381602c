package control

import (
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/transforms"
)

// TestDiffers: a run that is repeated gives the same bytes, and where another engine wrote a mart the same rows, as they are in the file and not as
// a manifest says that they are.
func TestDiffers(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, rows []digestRow, options ...parquet.WriterOption) (sha256, digest string) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := parquet.WriteFile(file, rows, options...); err != nil {
			t.Fatal(err)
		}
		_, sha256, err := HashFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if digest, err = RowDigest(file); err != nil {
			t.Fatal(err)
		}
		return sha256, digest
	}
	rows := []digestRow{{ptr("x"), nil, 1}, {ptr("xy"), ptr(""), 2}}
	one, digest := write("een", rows)
	other, same := write("ander", rows, parquet.Compression(&parquet.Zstd))
	changed, wrong := write("gewijzigd", rows[:1])
	if digest != same || one == other || wrong == digest {
		t.Fatal("the files are not what this test wants")
	}
	const duck, trino = "duckdb v1.5.5", "trino 476"
	run := func(file, rows, writer string, level transforms.Level) *Manifest {
		return &Manifest{Models: []Model{{Name: "m", File: file, RowDigest: rows, Writer: writer}}, Outputs: []Output{{File: "m", Level: level, Sha256: file}}}
	}
	for name, c := range map[string]struct {
		was, is *Manifest
		file    string // that lies in the folder of the run
		want    string
	}{
		"the same bytes":                       {run(one, digest, duck, "rij"), run(one, digest, duck, "rij"), "een", ""},
		"other bytes of one that repeats them": {run(one, digest, duck, "rij"), run(other, digest, duck, "rij"), "een", "m"},
		"the other engine":                     {run(one, digest, duck, "rij"), run(other, digest, trino, "rij"), "een", ""},
		"the first engine after the other":     {run(other, digest, trino, "rij"), run(one, digest, duck, "rij"), "ander", ""},
		"one that need not repeat its bytes":   {run(one, digest, trino, "rij"), run(other, digest, trino, "rij"), "een", ""},
		"other rows of the other engine":       {run(one, digest, duck, "rij"), run(changed, wrong, trino, "rij"), "een", "m"},
		"rows that a manifest only claims":     {run(changed, digest, trino, "rij"), run(one, digest, duck, "rij"), "gewijzigd", "m"},
		"a file that is gone":                  {run(other, digest, trino, "rij"), run(one, digest, duck, "rij"), "niets", "m"},
		"another level":                        {run(one, digest, duck, "rij"), run(other, digest, trino, "totaal"), "een", "m"},
		"no mart":                              {&Manifest{Outputs: []Output{{File: "r", Sha256: "a"}}}, &Manifest{Outputs: []Output{{File: "r", Sha256: "b"}}}, "een", "r"},
		"fewer":                                {run(one, digest, duck, "rij"), &Manifest{}, "een", "the number of outputs"},
	} {
		if got := c.was.Differs(c.is, func(string) string { return filepath.Join(dir, c.file) }); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
