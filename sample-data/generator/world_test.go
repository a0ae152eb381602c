package generator

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
)

// TestColumns: every header is one that the contract of its kind accepts, with all that it requires.
func TestColumns(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, k := range kinds {
		if k.rhythm == truth {
			continue
		}
		c := cfg.Contracts[k.name]
		if c == nil {
			t.Errorf("%s: no contract", k.name)
			continue
		}
		seen++
		names := strings.Split(k.header, ";")
		for _, column := range c.Columns {
			if column.Required && !slices.Contains(names, column.Name) {
				t.Errorf("%s: %s is required", k.name, column.Name)
			}
		}
		for _, name := range names {
			if !slices.ContainsFunc(c.Columns, func(c config.Column) bool { return c.Name == name }) {
				t.Errorf("%s: %s is not in the contract", k.name, name)
			}
		}
	}
	if seen != len(cfg.Contracts) {
		t.Errorf("%d kinds are generated, there are %d contracts", seen, len(cfg.Contracts))
	}
}

// small makes a set once for the tests that read it.
func small(t *testing.T, opt Options) string {
	t.Helper()
	opt.Dir = filepath.Join(t.TempDir(), "d")
	if _, err := Generate(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	return opt.Dir
}

// readKind reads all files of a kind, in the order of delivery, by column name; "bestand" is the file.
func readKind(t *testing.T, dir, kind string) (rows []map[string]string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "inbox", kind, "*.csv"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: no files (%v)", kind, err)
	}
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(bufio.NewReader(f))
		r.Comma = ';'
		lines, err := r.ReadAll()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines[1:] {
			row := map[string]string{"bestand": filepath.Base(name)}
			for i, column := range lines[0] {
				row[column] = line[i]
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func number(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal("not a number")
	}
	return n
}

// TestClaims: a declaration lies inside its allocation, in the same gemeente, with the same product; its amount is volume
// times tariff; a credit takes back a debet that came before it, whole, and no reference is used twice.
func TestClaims(t *testing.T) {
	dir := small(t, Options{Households: 3000, Months: 30, Seed: 11, Effect: 4000})
	for _, law := range []string{"wmo", "jeugd"} {
		type care struct{ person, gemeente, category, from, to, why string }
		given := map[string]care{}
		for _, r := range readKind(t, dir, law+"_toewijzing") {
			given[r["toewijzing_nummer"]] = care{r["persoon_ps"], r["gemeentecode"], r["product_categorie"], r["ingangsdatum"], r["einddatum"],
				r["reden_wijziging"]}
			if r["einde_levering"] != "" && (r["einddatum"] != "" && r["einde_levering"] > r["einddatum"] || r["reden_beeindiging"] == "") {
				t.Error("care ends after its allocation, or for no reason")
			}
		}
		debet := map[string]map[string]string{}
		claims, credits := 0, 0
		for _, r := range readKind(t, dir, law+"_declaratie") {
			claims++
			a, ok := given[r["toewijzing_nummer"]]
			if !ok || a.person != r["persoon_ps"] || a.gemeente != r["gemeentecode"] || a.category != r["product_categorie"] ||
				r["product_begin"] < a.from || a.to != "" && a.why != "13" && r["product_eind"] > a.to || r["product_begin"][:7] != r["product_eind"][:7] {
				t.Fatalf("%s: a declaration lies outside its allocation", law)
			}
			if number(t, r["geleverd_volume"])*number(t, r["tarief_ct"]) != number(t, r["bedrag_ct"]) {
				t.Fatalf("%s: volume times tariff is not the amount", law)
			}
			if debet[r["referentie_nummer"]] != nil {
				t.Fatalf("%s: a reference is used twice", law)
			}
			debet[r["referentie_nummer"]] = r
			if r["debet_credit"] == "C" {
				credits++
				d := debet[r["vorig_referentie_nummer"]]
				if d == nil || d["debet_credit"] != "D" || d["bedrag_ct"] != r["bedrag_ct"] || d["toegekend_ct"] != r["toegekend_ct"] ||
					d["toewijzing_nummer"] != r["toewijzing_nummer"] || d["dagtekening"] > r["dagtekening"] {
					t.Fatalf("%s: a credit takes back another line than it names", law)
				}
			}
		}
		if claims < 1000 || credits < 10 {
			t.Errorf("%s: %d declarations and %d credits show little", law, claims, credits)
		}
	}
}

// TestSpells: in the newest delivery nobody lives in two places at once, and nobody is insured twice.
func TestSpells(t *testing.T) {
	dir := small(t, Options{Households: 5000, Months: 36, Seed: 12})
	last := map[string]string{}
	kept := map[string]int{}
	for _, r := range readKind(t, dir, "huishouden") {
		if !strings.Contains(r["bestand"], "2025-12") {
			continue
		}
		if until, ok := last[r["persoon_ps"]]; ok && (until == "" || until >= r["begindatum"]) {
			t.Fatal("two stays of one person overlap")
		}
		last[r["persoon_ps"]] = r["einddatum"]
		for _, what := range []string{"typhh " + r["typhh"], "adres " + r["functie_adres"], "einde " + r["reden_einde"]} {
			kept[what]++
		}
		if r["typhh"] == "8" && r["ouder1_ps"] != "" {
			kept["kind elders"]++
		}
	}
	for _, what := range []string{"typhh 1", "typhh 3", "typhh 5", "typhh 6", "typhh 8", "adres B", "einde overleden", "einde buitenland", "kind elders"} {
		if kept[what] == 0 {
			t.Errorf("nothing with %s", what)
		}
	}
	last = map[string]string{}
	for _, r := range readKind(t, dir, "zvw_verzekerde") {
		if strings.Contains(r["bestand"], "2025-12") {
			if until, ok := last[r["persoon_ps"]]; ok && (until == "" || until >= r["begindatum"]) {
				t.Fatal("two insured stretches of one person overlap")
			}
			last[r["persoon_ps"]] = r["einddatum"]
		}
	}
}

// TestBenefitsStop: no bijstand is paid after care under the Wlz or an admission of more than a month has begun.
func TestBenefitsStop(t *testing.T) {
	w := newWorld(Options{Households: 1, Months: 36, Seed: 13})
	stopped := 0
	for n := range 30000 {
		h := w.household(n)
		for _, b := range h.benefits {
			begin := w.starts[b.month]
			if begin >= h.persons[0].wlz || begin > h.persons[0].end {
				t.Fatalf("household %d: bijstand after the Wlz or death", n)
			}
			for _, a := range h.admitted {
				if a.person != 0 || a.to-a.from <= 28 || b.started.next() > a.from || b.code != "01" {
					continue
				}
				if begin > a.from+30 {
					t.Fatalf("household %d: bijstand a month after an admission", n)
				}
				if b.ends == a.from+30 {
					stopped++
				}
			}
		}
	}
	if stopped == 0 {
		t.Error("no benefit stopped because of an admission")
	}
}

// TestLate: without late lines every line that is delivered is the same, and nothing has come in after the period.
func TestLate(t *testing.T) {
	all := readKind(t, small(t, Options{Households: 1500, Months: 24, Seed: 14}), "zvw_declaratie")
	early := readKind(t, small(t, Options{Households: 1500, Months: 24, Seed: 14, Late: true}), "zvw_declaratie")
	inTime := slices.DeleteFunc(all, func(r map[string]string) bool { return strings.Contains(r["bestand"], "nagekomen") })
	if len(inTime) != len(early) {
		t.Fatalf("%d lines in time, %d without the late ones", len(inTime), len(early))
	}
	for _, r := range early {
		if r["declaratiedatum"] > "2025-12-31" {
			t.Fatal("a line came in after the period")
		}
	}
}

// TestEffect: households that are not treated are the same whatever the effect, and what is taken off those that are is
// what the truth says, to the cent.
func TestEffect(t *testing.T) {
	total := func(h *household) (ct int64) {
		for i := range h.claims {
			c := &h.claims[i]
			ct += int64(c.volume * c.tariff)
		}
		for i := range h.zvw {
			ct += int64(h.zvw[i].ct)
		}
		return ct
	}
	none := newWorld(Options{Households: 1, Months: 36, Seed: 15})
	for _, effect := range []int{9000, -3000} {
		some := newWorld(Options{Households: 1, Months: 36, Seed: 15, Effect: effect})
		treated := 0
		for n := range 3000 {
			a, b := none.household(n), some.household(n)
			if a.arm != b.arm || a.started != b.started || a.before != b.before {
				t.Fatalf("household %d: the effect changes who is chosen", n)
			}
			if got := total(a) - total(b); got != b.applied {
				t.Fatalf("household %d: %d ct less, the truth says %d", n, got, b.applied)
			}
			if b.applied != 0 {
				treated++
				if effect > 0 && (b.applied < 0 || b.applied > b.wanted) || effect < 0 && b.applied < b.wanted-100000_00 {
					t.Fatalf("household %d: applied %d ct of %d", n, b.applied, b.wanted)
				}
			}
		}
		if treated < 10 {
			t.Errorf("effect %d: %d households are treated", effect, treated)
		}
	}
}

// TestPure: a household does not depend on the others, the order or the number of workers.
func TestPure(t *testing.T) {
	w := newWorld(Options{Households: 1, Months: 24, Seed: 16})
	lines := func(n int) string {
		out := &files{w: w}
		for i := range kinds {
			out.base[i] = len(out.list)
			for range w.deliveries(&kinds[i]) {
				out.list = append(out.list, &file{})
			}
		}
		o := out.newOutput()
		w.household(n).write(o)
		var b strings.Builder
		for _, p := range o.files {
			fmt.Fprintf(&b, "%s|", p.data)
		}
		return b.String()
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 9_999_998).Draw(t, "number")
		first := lines(n)
		if lines(n+1) == first {
			t.Fatal("two households are the same")
		}
		if lines(n) != first {
			t.Fatal("a household is not the same the second time")
		}
	})
}

// TestWorkers: the bytes do not depend on the number of workers; there are more blocks than one.
func TestWorkers(t *testing.T) {
	opt := Options{Households: 2*blockSize + 100, Months: 12, Seed: 17}
	opt.Workers = 1
	one := small(t, opt)
	opt.Workers = 5
	five := small(t, opt)
	sameTree(t, one, five)
}

// sameTree holds every file of two sets equal.
func sameTree(t *testing.T, one, five string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(one), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a, err1 := os.ReadFile(filepath.Join(one, p))
		b, err2 := os.ReadFile(filepath.Join(five, p))
		if err1 == nil && err2 == nil && string(a) != string(b) {
			t.Errorf("%s differs", p)
		}
		return errors.Join(err1, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestInterrupted: a cancelled set ends with the error of its context.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	opt := Options{Households: 20 * blockSize, Months: 12, Seed: 18, Dir: filepath.Join(t.TempDir(), "d"), Progress: func(int) { cancel() }}
	if _, err := Generate(ctx, opt); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// BenchmarkGenerate makes ten thousand households of three years.
func BenchmarkGenerate(b *testing.B) {
	for i := range b.N {
		sum, err := Generate(context.Background(), Options{Households: 10000, Months: 36, Seed: 1, Dir: filepath.Join(b.TempDir(), fmt.Sprint(i))})
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(sum.Bytes)
	}
}
