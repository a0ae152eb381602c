package mart

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/parquet-go/parquet-go"
)

// delivered has types a database may choose: 32-bit counts, a code as number, columns that are never NULL.
type delivered struct {
	ID       string   `parquet:"id"`
	Aantal   int32    `parquet:"aantal"`
	Dag      int32    `parquet:"dag,date"`
	Code     int32    `parquet:"code,optional"`
	Waarde   *float64 `parquet:"waarde,optional"`
	Ongezien string   `parquet:"ongezien"`
}

type wanted struct {
	ID     string   `parquet:"id,optional"`
	Aantal int64    `parquet:"aantal,optional"`
	Dag    *Date    `parquet:"dag,optional,date"`
	Code   string   `parquet:"code,optional"`
	Waarde *float64 `parquet:"waarde,optional"`
}

func file(t *testing.T, rows []delivered) fstest.MapFS {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[delivered](&b, parquet.MaxRowsPerRowGroup(300))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"proef.parquet": {Data: b.Bytes()}}
}

func rows(n int) []delivered {
	out := make([]delivered, n)
	for i := range out {
		out[i] = delivered{ID: strings.Repeat("x", i%7) + string(rune('a'+i%26)), Aantal: int32(i), Dag: int32(20000 + i), Code: int32(1 + i%3)}
		if i%2 == 0 {
			half := float64(i) / 2
			out[i].Waarde = &half
		}
	}
	return out
}

func TestScan(t *testing.T) {
	ctx := context.Background()
	in := rows(1500) // several row groups and batches
	for name, marts := range map[string]fs.FS{"reader at": file(t, in), "stream": streamFS{file(t, in)}} {
		var kept []wanted
		err := Scan(ctx, marts, Table[wanted]{"proef"}, func(r *wanted) error { kept = append(kept, *r); return nil })
		if err != nil {
			t.Fatal(name, err)
		}
		if len(kept) != len(in) {
			t.Fatalf("%s: %d rows", name, len(kept))
		}
		for i, got := range kept {
			want := in[i]
			if got.ID != want.ID || got.Aantal != int64(want.Aantal) || int32(*got.Dag) != want.Dag || got.Code != string('0'+rune(want.Code)) {
				t.Fatalf("%s: row %d: %+v", name, i, got)
			}
			if (got.Waarde == nil) != (want.Waarde == nil) || got.Waarde != nil && *got.Waarde != *want.Waarde {
				t.Fatalf("%s: row %d: waarde", name, i)
			}
		}
	}
	marts := file(t, in)
	n := 0
	if err := ScanFirst(ctx, marts, Table[wanted]{"proef"}, 601, func(r *wanted) error { n++; return nil }); err != nil || n != 601 {
		t.Errorf("ScanFirst read %d, %v", n, err)
	}
	if all, err := All(ctx, marts, Table[wanted]{"proef"}); err != nil || len(all) != 1500 {
		t.Errorf("All: %d, %v", len(all), err)
	}
	if k, err := Rows(marts, "proef"); err != nil || k != 1500 {
		t.Errorf("Rows: %d, %v", k, err)
	}
	if none, err := AllIfThere(ctx, marts, Table[wanted]{"anders"}); err != nil || none != nil {
		t.Errorf("AllIfThere: %v, %v", none, err)
	}
	if !Has(marts, "proef") || Has(marts, "anders") {
		t.Error("Has")
	}
}

func TestScanErrors(t *testing.T) {
	ctx := context.Background()
	marts := file(t, rows(10))
	nothing := func(*wanted) error { return nil }
	if err := Scan(ctx, marts, Table[wanted]{"anders"}, nothing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing mart: %v", err)
	}
	type absent struct {
		X int64 `parquet:"bestaat_niet,optional"`
	}
	if err := Scan(ctx, marts, Table[absent]{"proef"}, func(*absent) error { return nil }); err == nil || !strings.Contains(err.Error(), "kolom bestaat_niet ontbreekt") {
		t.Errorf("missing column: %v", err)
	}
	type wrong struct {
		ID int64 `parquet:"id,optional"`
	}
	if err := Scan(ctx, marts, Table[wrong]{"proef"}, func(*wrong) error { return nil }); err == nil || !strings.Contains(err.Error(), "kolom id") {
		t.Errorf("wrong type: %v", err)
	}
	marts["kapot.parquet"] = &fstest.MapFile{Data: []byte("geen parquet")}
	if err := Scan(ctx, marts, Table[wanted]{"kapot"}, nothing); err == nil || !strings.Contains(err.Error(), "mart kapot") {
		t.Errorf("broken file: %v", err)
	}
	stop := errors.New("genoeg")
	if err := Scan(ctx, marts, Table[wanted]{"proef"}, func(*wanted) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("callback: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := Scan(cancelled, marts, Table[wanted]{"proef"}, nothing); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestDate(t *testing.T) {
	day := time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC)
	if got := DateOf(day).Time().Format(time.DateOnly); got != "2025-12-31" {
		t.Error(got)
	}
	if got := Date(-1).Time().Format(time.DateOnly); got != "1969-12-31" {
		t.Error(got)
	}
}

// streamFS hides ReadAt, as a file in an archive does.
type streamFS struct{ fs.FS }

type streamed struct {
	io.Reader
	fs.File
}

func (s streamed) Read(p []byte) (int, error) { return s.Reader.Read(p) }

func (f streamFS) Open(name string) (fs.File, error) {
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return streamed{Reader: io.MultiReader(file), File: file}, nil
}
