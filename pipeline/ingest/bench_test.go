package ingest

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// writeDeclaraties writes a Wmo declaration file of the embedded contract: persons come in runs of a few lines in the order in
// which a provider declares, ids are unique, all columns are filled as suppliers fill them.
func writeDeclaraties(tb testing.TB, path string, lines int, persons uint64) {
	tb.Helper()
	f, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, "persoon_ps;gemeentecode;referentie_nummer;vorig_referentie_nummer;toewijzing_nummer;product_categorie;product_code;product_begin;product_eind;geleverd_volume;eenheid;tarief_ct;bedrag_ct;debet_credit;toegekend_ct;dagtekening;aanbieder_agb;declaratie_nummer")
	rnd := rand.New(rand.NewPCG(1, 2))
	person, left, agb := uint64(0), 0, 0
	for i := range lines {
		if left == 0 {
			person, left, agb = mix(rnd.Uint64N(persons)+1), 1+rnd.IntN(4), rnd.IntN(400)
		}
		left--
		m := 1 + rnd.IntN(12)
		vol, tar := 1+rnd.IntN(600), 40+rnd.IntN(200)
		fmt.Fprintf(w, "v1_%016x%016x%016x%016x;0855;R%09d;;%d;%02d;%05d;2025-%02d-01;2025-%02d-28;%d;01;%d;%d;D;;2025-%02d-15;%08d;D%07d\n",
			person, person^0xabcdef, mix(person), mix(person^77), i, 100000+person%800000, 1+rnd.IntN(18), 2000+rnd.IntN(90), m, m, vol, tar, vol*tar, m, 41000000+agb*37, i/500)
	}
	if err := w.Flush(); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkRead reads declaration lines from the first byte to the closed Parquet, both passes over the file included: plain,
// and with quotes around every cell.
func BenchmarkRead(b *testing.B) {
	const lines = 2_000_000
	plain := filepath.Join(b.TempDir(), "plain.csv")
	writeDeclaraties(b, plain, lines, 60_000)
	data, err := os.ReadFile(plain)
	if err != nil {
		b.Fatal(err)
	}
	data = append([]byte(`"`), bytes.ReplaceAll(bytes.ReplaceAll(data, []byte(";"), []byte(`";"`)), []byte("\n"), []byte("\"\n\""))...)
	quoted := filepath.Join(b.TempDir(), "quoted.csv")
	if err := os.WriteFile(quoted, data[:len(data)-1], 0o600); err != nil {
		b.Fatal(err)
	}
	contract, key := contractOf(b, "wmo_declaratie"), testProjectKey(b)
	for _, path := range []string{plain, quoted} {
		b.Run(strings.TrimSuffix(filepath.Base(path), ".csv"), func(b *testing.B) {
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(info.Size())
			b.ReportAllocs()
			for b.Loop() {
				dir := filepath.Join(b.TempDir(), "out")
				x, err := Read(b.Context(), Source{Path: path, Name: "wmo_declaratie/x.csv"}, nil, Options{Contract: contract, Key: key}, dir)
				if err != nil {
					b.Fatal(err)
				}
				if x.Aanvaard.Records != lines {
					b.Fatal(x.Aanvaard)
				}
			}
		})
	}
}

// BenchmarkIdentify is the first of the two passes: reading and hashing.
func BenchmarkIdentify(b *testing.B) {
	path := filepath.Join(b.TempDir(), "x.csv")
	writeDeclaraties(b, path, 500_000, 60_000)
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	for b.Loop() {
		if _, _, err := Identify(b.Context(), path, DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
