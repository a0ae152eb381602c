package duckdb

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// nearlyFits is a SELECT that DuckDB expects to fit in 25 MB, and that does not.
const nearlyFits = `with regels as (select i // 3 as persoon, hash(i) as inhoud, i as regel from range(600000) as t(i)),
vaker as (select persoon, min(inhoud) as inhoud from regels group by persoon)
select r.regel, cast(v.inhoud % 1000 as bigint) as inhoud from regels r join vaker v on v.persoon = r.persoon`

// TestOnDiskAfterAll: what ends for want of memory is done on disk the second time, with the bytes that it has with memory enough; and a count is.
func TestOnDiskAfterAll(t *testing.T) {
	var log strings.Builder
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	defer slog.SetDefault(before)
	var files [2]string
	for i, mb := range []int{25, 2000} {
		dir := t.TempDir()
		e, err := Open(t.Context(), Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: mb, Threads: 1})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		file := filepath.Join(dir, "a.parquet")
		if n, err := e.Write(t.Context(), "a", nearlyFits, []string{"regel"}, file); err != nil || n != 600000 {
			t.Fatalf("%d MB: %d rows, %v", mb, n, err)
		}
		bytes, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = string(bytes)
		again := strings.Contains(log.String(), "again, on disk")
		if log.Reset(); again != (mb == 25) {
			t.Errorf("%d MB: asked again: %t", mb, again)
		}
		query := fmt.Sprintf("select cast(sum(regel * inhoud) as bigint) from (%s order by regel)", nearlyFits)
		if n, err := e.Count(t.Context(), "som", query); err != nil || n == 0 {
			t.Errorf("%d MB: %d, %v", mb, n, err)
		}
	}
	if files[0] != files[1] {
		t.Error("other bytes with 25 MB than with memory enough")
	}
}
