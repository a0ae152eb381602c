package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline/exit"
	"stapel/transforms/typed/typedtest"
)

// TestBounds: every Parquet file that comes to lie in a data folder, whoever writes it, has the bounds of its values or none: other programs
// read them as well, and leave out what by its bounds is not asked.
func TestBounds(t *testing.T) {
	data := demoCopy(t)
	for _, args := range [][]string{nil, {"--loting", "loting-001", "--seed", "4 17 23"}} { // the second draws
		args = append([]string{"select", "--manier", "loting", "--vast", "--reden", "toets", "--data", data}, args...)
		if code, _, errs := stapel(t, t.Context(), append(args, "--n", "2")...); code != exit.Done {
			t.Fatal(errs)
		}
	}
	seen := map[string]int{}
	err := filepath.WalkDir(data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".parquet") {
			return err
		}
		with, without := typedtest.Bounds(t, path)
		where, _ := filepath.Rel(data, path)
		where, _, _ = strings.Cut(where, string(filepath.Separator))
		if seen[where] += with + without; where == "lake" && without > 0 {
			t.Errorf("%s: %d pages have no bounds", path, without)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, where := range []string{"lake", "runs", "lotingen"} { // the sample has nothing in quarantine
		if seen[where] == 0 {
			t.Errorf("no pages below %s/", where)
		}
	}
}
