// Bench compares reading a large extract with other ways to get the same lines into Parquet: stapel (validated, re-keyed,
// quarantined, reconciled), DuckDB (validated, with rejects), polars (a scan to Parquet, nothing validated), and a bare
// scan of the bytes. Each runs in a process of its own, in turns, so that wall time, processor time and peak memory are its
// own; the figures of docs/performance.md come from here. Run it with `make bench`.
package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"stapel/config"
	"stapel/pipeline/ingest"
)

func main() {
	lines := flag.Int("lines", 10_000_000, "declaration lines")
	rounds := flag.Int("rounds", 3, "times each way is run; the median counts")
	dir := flag.String("dir", "bench", "folder for the extract and the output")
	peers := flag.String("peers", ".ci/bench", "folder of the polars peer; empty: without it")
	as := flag.String("as", "", "internal: run one way in this process")
	flag.Parse()
	file := filepath.Join(*dir, fmt.Sprintf("wmo_declaratie-%d.csv", *lines))
	err := errors.New("unknown way")
	switch *as {
	case "":
		err = compare(*lines, *rounds, *dir, file, *peers)
	case "stapel":
		err = runStapel(file, filepath.Join(*dir, "stapel"))
	case "duckdb":
		err = runDuckDB(file, filepath.Join(*dir, "duckdb.parquet"))
	case "scan":
		err = runScan(file)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

type result struct {
	wall, cpu time.Duration
	peakMB    int64
}

func compare(lines, rounds int, dir, file, peers string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if _, err := os.Stat(file); err != nil {
		if err := generate(file, lines); err != nil {
			return err
		}
	}
	st, err := os.Stat(file)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	ways := []string{"scan", "stapel", "duckdb"}
	if peers != "" {
		ways = append(ways, "polars")
	}
	results := map[string][]result{}
	for range rounds {
		for _, way := range ways {
			cmd := exec.Command(self, "-as", way, "-dir", dir, "-lines", fmt.Sprint(lines))
			if way == "polars" {
				out, err := filepath.Abs(filepath.Join(dir, "polars.parquet"))
				if err != nil {
					return err
				}
				in, err := filepath.Abs(file)
				if err != nil {
					return err
				}
				cmd = exec.Command(filepath.Join(peers, ".venv", "bin", "python"), filepath.Join(peers, "polars_peer.py"), in, out)
			}
			r, err := measure(cmd)
			if err != nil {
				return fmt.Errorf("%s: %w", way, err)
			}
			fmt.Fprintf(os.Stderr, "%-8s %6.2f s wall %6.2f s cpu %6d MB\n", way, r.wall.Seconds(), r.cpu.Seconds(), r.peakMB)
			results[way] = append(results[way], r)
		}
	}
	mb := float64(st.Size()) / 1e6
	fmt.Printf("%d lines, %.0f MB, %d processors, %s, median of %d\n\n", lines, mb, runtime.NumCPU(), runtime.Version(), rounds)
	fmt.Printf("| way | wall s | cpu s | MB/s | peak MB | wall / stapel |\n|---|---|---|---|---|---|\n")
	base := median(results["stapel"]).wall
	for _, way := range ways {
		m := median(results[way])
		fmt.Printf("| %s | %.2f | %.2f | %.0f | %d | %.2f |\n", way, m.wall.Seconds(), m.cpu.Seconds(), mb/m.wall.Seconds(), m.peakMB, m.wall.Seconds()/base.Seconds())
	}
	return nil
}

// median takes the run with the middle wall time, and the lowest peak that any run needed.
func median(rs []result) result {
	s := slices.Clone(rs)
	slices.SortFunc(s, func(a, b result) int { return int(a.wall - b.wall) })
	return s[len(s)/2]
}

func measure(cmd *exec.Cmd) (result, error) {
	cmd.Stderr = os.Stderr
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return result{}, err
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return result{time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), usage.Maxrss / 1024}, nil
}

// generate writes full Wmo declaration lines of made-up persons, a year of months for each, one line in fifty a credit, one
// in ten thousand with a day that does not exist. By hash: the same every time.
func generate(file string, lines int) error {
	f, err := os.Create(file + ".tmp")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	fmt.Fprintln(w, strings.Join(columns, ";"))
	state := uint64(0x9E3779B97F4A7C15)
	next := func(n uint64) uint64 { // xorshift: fast, and the same everywhere
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		return state % n
	}
	var person [16]byte
	var allocation, provider, category, tariff uint64
	for i := range lines {
		if i%12 == 0 {
			sum := sha256.Sum256(fmt.Appendf(nil, "bench %d", next(uint64(lines/20+1))))
			copy(person[:], sum[:])
			allocation, provider, category, tariff = next(100_000_000), next(3000), 1+next(18), 1000+next(9000)
		}
		month := time.Date(2023+i/12%3, time.Month(1+i%12), 1, 0, 0, 0, 0, time.UTC)
		begin, end := month.Format(time.DateOnly), month.AddDate(0, 1, -1).Format(time.DateOnly)
		if next(10_000) == 0 {
			begin = month.Format("2006") + "-02-30"
		}
		volume, sign, before := 1+next(60), "D", ""
		if next(50) == 0 {
			sign, before = "C", fmt.Sprintf("R%d", i-1)
		}
		fmt.Fprintf(w, "v1_%x;0855;R%d;%s;%d;%02d;%02dA%02d;%s;%s;%d;04;%d;%d;%d;%s;%s;%08d;DN%07d\n", person, i, before, allocation, category, category,
			next(20), begin, end, volume, tariff, volume*tariff, volume*tariff, sign, month.AddDate(0, 1, 9).Format(time.DateOnly), 1_000_000+provider, i/40)
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(file+".tmp", file)
}

// columns of the extract: those of the contract of wmo_declaratie.
var columns = []string{"persoon_ps", "gemeentecode", "referentie_nummer", "vorig_referentie_nummer", "toewijzing_nummer", "product_categorie",
	"product_code", "product_begin", "product_eind", "geleverd_volume", "eenheid", "tarief_ct", "bedrag_ct", "toegekend_ct", "debet_credit", "dagtekening",
	"aanbieder_agb", "declaratie_nummer"}

func runStapel(file, out string) error {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		return err
	}
	key, err := ingest.NewProjectKey(make([]byte, 32))
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	x, err := ingest.Read(context.Background(), ingest.Source{Path: file, Name: filepath.Base(file)}, nil,
		ingest.Options{Contract: cfg.Contracts["wmo_declaratie"], Key: key}, out)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(x.Aanvaard)
}

func runScan(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 1<<20)
	n := 0
	for {
		k, err := f.Read(buf)
		n += strings.Count(string(buf[:k]), "\n")
		if errors.Is(err, io.EOF) {
			fmt.Println(n)
			return nil
		}
		if err != nil {
			return err
		}
	}
}
