package ingest

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// readIn is setup.read without a folder of the test's own, for tests that read many files.
func readIn(tb testing.TB, dir, data string, s setup) result {
	tb.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		tb.Fatal(err)
	}
	path := filepath.Join(dir, "x.csv")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		tb.Fatal(err)
	}
	return s.readTo(tb, path, filepath.Join(dir, "out"))
}

// hashes returns the hash of every file in a folder.
func hashes(tb testing.TB, dir string) map[string][32]byte {
	tb.Helper()
	out := map[string][32]byte{}
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		out[filepath.Base(name)] = sha256.Sum256(data)
	}
	return out
}

// The number of workers, the size of blocks and how often persons are written out in between change nothing about the bytes.
func TestBytesDoNotDepend(t *testing.T) {
	c := parseContract(t, testContract)
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		data := drawFile(rt)
		if rapid.Bool().Draw(rt, "broken") {
			at := rapid.IntRange(0, len(data)).Draw(rt, "at")
			data = data[:at] + rapid.SampledFrom([]string{`"`, `;"`, "x\"", "\x00", "\xff", ";", "\r", "123456782", ";" + ps("x")}).Draw(rt, "what") + data[at:]
		}
		n++
		sub := filepath.Join(dir, strconv.Itoa(n))
		defer os.RemoveAll(sub)
		one := readIn(t, filepath.Join(sub, "a"), data, setup{contract: c, workers: 1})
		two := readIn(t, filepath.Join(sub, "b"), data, setup{contract: c, workers: rapid.IntRange(1, 4).Draw(rt, "workers"),
			blockSize: rapid.IntRange(1, 2000).Draw(rt, "block"), shardLimit: rapid.IntRange(1, 50).Draw(rt, "shard")})
		if fmt.Sprint(one.err) != fmt.Sprint(two.err) {
			rt.Fatalf("%v\n%v", one.err, two.err)
		}
		if a, b := extractText(t, one), extractText(t, two); a != b {
			rt.Fatalf("\n%s\n%s", a, b)
		}
		if !maps.Equal(hashes(t, one.dir), hashes(t, two.dir)) {
			rt.Fatal("other bytes")
		}
	})
}

// With several parts the block size says which line stands where, and the workers still change nothing.
func TestBytesOfParts(t *testing.T) {
	c := parseContract(t, testContract)
	var b strings.Builder
	b.WriteString(testHeader)
	for i := range 5000 {
		b.WriteString(line("persoon_ps="+ps(strconv.Itoa(i%700)), "referentie="+strconv.Itoa(i), "bedrag_ct="+strconv.Itoa(i)))
	}
	dir := t.TempDir()
	var first result
	for i, workers := range []int{1, 2, 3, 8} {
		x := readIn(t, filepath.Join(dir, strconv.Itoa(i)), b.String(), setup{contract: c, workers: workers, parts: 4, blockSize: 4096})
		if x.err != nil || len(x.rows) != 5000 || len(x.Delen) != 4 {
			t.Fatalf("%v, %d rows", x.err, len(x.rows))
		}
		for k, row := range x.rows {
			if row["referentie"] != strconv.Itoa(k) {
				t.Fatalf("row %d has reference %v", k, row["referentie"])
			}
		}
		for _, d := range x.Delen {
			rows := readRows(t, filepath.Join(x.dir, d.Naam))
			if int64(len(rows)) != d.Regels || !slices.IsSortedFunc(rows, func(a, b map[string]any) int { return int(a["regel"].(int64) - b["regel"].(int64)) }) {
				t.Fatalf("%s is not in the order of delivery", d.Naam)
			}
		}
		if i == 0 {
			first = x
		} else if !maps.Equal(hashes(t, first.dir), hashes(t, x.dir)) {
			t.Fatalf("%d workers: other bytes", workers)
		}
	}
}

func extractText(tb testing.TB, x result) string {
	tb.Helper()
	data, err := json.Marshal(x.Extract)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
