package trino

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"stapel/transforms/typed"
)

// take lets Trino put the rows of a table in order, in one file, and takes that. Its bytes are not those that the engine in this process would
// write; its rows are. It is false when Trino did not write one file, or not in the order of the models, where what is empty comes last.
func (e *Engine) take(ctx context.Context, name string, rows int64, orderBy []string, file string) (bool, error) {
	dir := e.place(name) // which Trino makes
	var by []string
	for _, c := range orderBy {
		by = append(by, "'"+c+"'")
	}
	table := filepath.Base(dir)
	sorted, err := e.number(ctx, name, fmt.Sprintf("create table %s with (format = 'PARQUET', external_location = '%s', bucketed_by = array[%s], bucket_count = 1, "+
		"sorted_by = array[%s]) as select * from %s", table, e.location(dir), by[0], strings.Join(by, ", "), name))
	if err != nil {
		return false, err
	}
	files, err := filesIn(dir)
	if err != nil {
		return false, err
	}
	ordered, found := len(files) == 1, int64(0)
	if ordered {
		if ordered, found, err = inOrder(ctx, files[0], orderBy); err != nil {
			return false, err
		}
	}
	if ordered && (sorted != rows || found != rows) {
		return false, fmt.Errorf("%s: of %d rows Trino put %d in order, and trino.shared_dir shows %d", name, rows, sorted, found)
	}
	if !ordered {
		slog.Warn("trino: what it put in order is not one file in the order of the models; it is put in order here", "name", name, "files", len(files))
		return false, nil
	}
	if err := link(files[0], file); err != nil {
		return false, err
	}
	e.taken[file] = true
	return true, os.Chmod(file, 0o600)
}

// filesIn are the files of a folder, in order of name.
func filesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, d := range entries {
		if d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && !strings.HasPrefix(d.Name(), "_") { // as Trino itself
			files = append(files, filepath.Join(dir, d.Name()))
		}
	}
	return files, nil
}

// inOrder reports whether the rows of a file are in the order of some columns, what is empty last, and how many there are.
func inOrder(ctx context.Context, file string, by []string) (ordered bool, rows int64, err error) {
	var before []any
	for row, err := range typed.Values(ctx, file, by...) {
		if err != nil {
			return false, 0, err
		}
		for i := range before {
			c, err := compareValues(before[i], row[i])
			if err != nil || c > 0 {
				return false, rows, err
			}
			if c < 0 {
				break
			}
		}
		before = append(before[:0], row...)
		rows++
	}
	return true, rows, nil
}

// compareValues compares two values of one column.
func compareValues(a, b any) (int, error) {
	switch {
	case a == nil && b == nil:
		return 0, nil
	case a == nil:
		return 1, nil
	case b == nil:
		return -1, nil
	}
	switch a := a.(type) {
	case int64:
		return cmp.Compare(a, b.(int64)), nil
	case int32:
		return cmp.Compare(a, b.(int32)), nil
	case float64:
		return cmp.Compare(a, b.(float64)), nil
	case string:
		return cmp.Compare(a, b.(string)), nil
	case bool:
		switch {
		case a == b.(bool):
			return 0, nil
		case a:
			return 1, nil
		}
		return -1, nil
	}
	return 0, fmt.Errorf("%T has no order", a)
}
