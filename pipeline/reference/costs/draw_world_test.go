package costs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"stapel/config"
)

// A bestand is one extract with its note, nil for none.
type file struct {
	kind, name string
	header     []string
	lines      [][]string
	note       map[string]any
	again      bool // delivered once more
}

// world is a small municipal world: extracts of every kind that has to do with households and costs.
type world struct {
	t         *rapid.T
	end       time.Time // the last day that the first delivery of every required kind covers
	gemeenten []string
	residents []resident
	files     map[string][]*file
	settings  map[string]any
	threshold int64
	index     []config.Index
	stops     string            // a gemeente that ends before the others, "" without one
	stopDay   time.Time         // its last day
	strange   map[string]string // kinds of which the persons of a gemeente, or of all (""), have another key than huishouden
	zvw       string            // how the deliveries of zvw_declaratie relate
	replacing []config.SupplierSettings
}

// resident is a person before the extracts are made.
type resident struct {
	ps             string
	year, month    string
	home           int // number of the household
	ouder1, ouder2 int // -1: not known
}

func (w *world) whole(name string, from, to int) int {
	return rapid.IntRange(from, to).Draw(w.t, name)
}

func (w *world) pick(name string, choices ...string) string {
	return rapid.SampledFrom(choices).Draw(w.t, name)
}

// chance is true once in about n times; shrinking makes it false. Not at n-1: rapid likes the ends of a range.
func (w *world) chance(name string, n int) bool { return w.whole(name, 0, n-1) == (n+1)/2 }

// day draws a day in or around the windows, often one on which something turns.
func (w *world) day(name string) time.Time {
	if w.chance(name+" draait", 2) {
		month := time.Date(w.end.Year(), w.end.Month(), 1, 0, 0, 0, 0, time.UTC)
		first := month.AddDate(0, 1-rapid.SampledFrom([]int{0, 12, 24, 36, 1, 6, 10, 22}).Draw(w.t, name+" maanden terug"), 0)
		return first.AddDate(0, 0, rapid.SampledFrom([]int{-1, 0, 1, -2, 14}).Draw(w.t, name+" dagen verder"))
	}
	return w.end.AddDate(0, 0, 40-w.whole(name+" dagen terug", 0, 1300))
}

func dayText(d time.Time) string { return d.Format(time.DateOnly) }

// to draws a last day on or after a first one, or none, which some write as a day that never comes.
func (w *world) to(name string, from time.Time, open bool) string {
	if open && w.chance(name+" open", 2) {
		return w.pick(name+" spelling", "", "", "9999-12-31", "31-12-2999")
	}
	return dayText(from.AddDate(0, 0, rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 800),
		rapid.SampledFrom([]int{0, 27, 28, 29, 30, 31, 364, 365, 366})).Draw(w.t, name+" duur")))
}

// amount draws eurocents: few, many, or just at the threshold.
func (w *world) amount(name string) int {
	return rapid.OneOf(rapid.IntRange(0, 999), rapid.IntRange(0, 20_000_000),
		rapid.SampledFrom([]int{9_999_999, 10_000_000, 1, 100, 101})).Draw(w.t, name)
}

func (w *world) euro(name string, minus bool) string {
	ct := w.amount(name)
	if minus && w.chance(name+" min", 6) {
		ct = -ct
	}
	return w.spell(name, ct)
}

// spell writes an amount in euros, in one of the spellings.
func (w *world) spell(name string, ct int) string {
	sign := ""
	if ct < 0 {
		sign, ct = "-", -ct
	}
	whole, cents := fmt.Sprint(ct/100), fmt.Sprintf("%02d", ct%100)
	switch w.pick(name+" spelling", ",", ".", "groep") {
	case ".":
		return sign + whole + "." + cents
	case "groep":
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + "." + whole[at:]
		}
	}
	return sign + whole + "," + cents
}

// somebody draws a person, now and then one that no extract of households knows.
func (w *world) somebody(name string) string {
	n := w.whole(name, 0, len(w.residents))
	if n == len(w.residents) {
		return pseudonym(9999)
	}
	if w.chance(name+" hoofdletters", 20) {
		label, rest, _ := strings.Cut(w.residents[n].ps, "_")
		return label + "_" + strings.ToUpper(rest)
	}
	return w.residents[n].ps
}

func (w *world) gemeente() string {
	g := rapid.SampledFrom(w.gemeenten).Draw(w.t, "gemeente")
	if w.chance("met GM", 8) {
		return "GM" + g
	}
	return g
}

func (w *world) agb(name string) string { return w.pick(name, "10000001", "10000013", "10000025", "") }

func pseudonym(n int) string { return fmt.Sprintf("v1_%032x", uint64(n)*0x9e3779b97f4a7c15+1) }

// line puts a line into one of the deliveries of its kind; columns and cells alternate.
func (w *world) line(kind string, cells ...string) {
	list := w.files[kind]
	if len(list) == 0 {
		return // the kind is not delivered
	}
	b := list[w.whole("levering", 0, len(list)-1)]
	if g := slices.Index(cells, "gemeentecode"); g >= 0 && w.stops != "" && strings.HasSuffix(cells[g+1], w.stops) {
		for _, other := range list {
			if other.name == stopName {
				b = other
			}
		}
	}
	b.add(w.stranger(kind, cells))
	switch {
	case kind == "zvw_declaratie" || kind == "pgb_uitputting":
		if w.chance("dezelfde regel nog eens", 6) {
			b.add(w.stranger(kind, cells))
		}
	case strings.HasSuffix(kind, "_declaratie") || kind == "participatie_uitkering":
		if w.chance("dezelfde regel in een andere levering", 5) {
			list[w.whole("andere levering", 0, len(list)-1)].add(w.stranger(kind, cells))
		}
	}
}

// stopName is the file of what a gemeente that stops delivered.
const stopName = "stopt.csv"

// stranger gives the person another pseudonym where the kind was made with another key.
func (w *world) stranger(kind string, cells []string) []string {
	gemeente, strange := w.strange[kind]
	if g := slices.Index(cells, "gemeentecode"); !strange || gemeente != "" && (g < 0 || !strings.HasSuffix(cells[g+1], gemeente)) {
		return cells
	}
	cells = slices.Clone(cells)
	at := slices.Index(cells, "persoon_ps") + 1
	label, rest, _ := strings.Cut(cells[at], "_")
	cells[at] = label + "_f" + rest[1:]
	return cells
}

// add puts a line in a file; columns and cells alternate.
func (b *file) add(cells []string) {
	if b.header == nil {
		for i := 0; i < len(cells); i += 2 {
			b.header = append(b.header, cells[i])
		}
	}
	line := make([]string, len(b.header))
	for i := 0; i < len(cells); i += 2 {
		line[slices.Index(b.header, cells[i])] = cells[i+1]
	}
	b.lines = append(b.lines, line)
}

var required = []string{"huishouden", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"}

// write writes the extracts below dir/inbox; equal files of a kind are duplicates, which is one of the things to get right.
func (w *world) write(t rapid.TB, dir string, cfg *config.Config) {
	t.Helper()
	for kind, list := range w.files {
		folder := filepath.Join(dir, "inbox", kind)
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, b := range list {
			header := b.header
			if header == nil {
				for _, k := range cfg.Contracts[kind].Columns {
					header = append(header, k.Name)
				}
			}
			var text strings.Builder
			for _, r := range append([][]string{header}, b.lines...) {
				text.WriteString(strings.Join(r, ";") + "\n")
			}
			write(t, filepath.Join(folder, b.name), []byte(text.String()))
			if b.again { // the same bytes in a file of its own, without a note
				write(t, filepath.Join(folder, "weer-"+b.name), []byte(text.String()))
			}
			if b.note != nil {
				data, err := yaml.Marshal(b.note)
				if err != nil {
					t.Fatal(err)
				}
				write(t, filepath.Join(folder, b.name+".levering.yaml"), data)
			}
		}
	}
}

func write(t rapid.TB, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
