package control

import (
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
)

type digestRow struct {
	A *string `parquet:"a,optional"`
	B *string `parquet:"b,optional"`
	N int64   `parquet:"n"`
}

func ptr(s string) *string { return &s }

func digest(t *testing.T, rows []digestRow, options ...parquet.WriterOption) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "x.parquet")
	if err := parquet.WriteFile(file, rows, options...); err != nil {
		t.Fatal(err)
	}
	d, err := RowDigest(file)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestRowDigest: other rows or another order give another digest; another way to write the same rows does not.
func TestRowDigest(t *testing.T) {
	rows := []digestRow{{ptr("x"), nil, 1}, {ptr("xy"), ptr(""), 2}, {nil, ptr("y"), 3}}
	base := digest(t, rows)
	if got := digest(t, rows, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(1), parquet.CreatedBy("ander", "1", "2")); got != base {
		t.Error("another compression and other row groups give another digest")
	}
	for name, other := range map[string][]digestRow{
		"order":        {rows[1], rows[0], rows[2]},
		"a row less":   rows[:2],
		"null, empty":  {{ptr("x"), ptr(""), 1}, rows[1], rows[2]},
		"other column": {{nil, ptr("x"), 1}, rows[1], rows[2]},
		"one cent":     {{ptr("x"), nil, 2}, rows[1], rows[2]},
		// the same bytes one after another, divided otherwise
		"boundaries": {rows[0], {ptr("x"), ptr("y"), 2}, rows[2]},
	} {
		if digest(t, other) == base {
			t.Errorf("%s: the same digest", name)
		}
	}
}
