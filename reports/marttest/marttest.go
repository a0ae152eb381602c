// Package marttest makes marts for tests.
package marttest

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"
)

// Write puts rows into a folder of marts.
func Write[T any](t testing.TB, marts fstest.MapFS, name string, rows []T) {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	marts[name+".parquet"] = &fstest.MapFile{Data: b.Bytes()}
}
