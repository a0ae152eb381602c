package werktafel

import (
	"go/parser"
	"go/token"
	stdhtml "html"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"stapel/reports"
	"stapel/reports/nl"
	"stapel/reports/reporttest"
	"stapel/reports/vrij"
)

// TestReadsVrijOnly: the report opens the files of the folder vrij and no other, and imports nothing that could read a mart: not the package
// that does, no engine, no disk.
func TestReadsVrijOnly(t *testing.T) {
	opened := &reporttest.Recorder{FS: folder(t, rich())}
	if err := Write(t.Context(), opened, testRun, reports.NewWriter(reporttest.Dir{}, reports.Werktafel)); err != nil {
		t.Fatal(err)
	}
	for _, name := range opened.Names {
		if !slices.Contains(vrij.Names(), strings.TrimSuffix(name, ".parquet")) {
			t.Errorf("it opened %s", name)
		}
	}
	if len(opened.Names) != len(vrij.Names()) {
		t.Errorf("it opened %q", opened.Names)
	}
	allowed := strings.Fields(`cmp context embed fmt html/template io io/fs slices strings time
		stapel/reports stapel/reports/cijfer stapel/reports/csv stapel/reports/draw stapel/reports/html stapel/reports/nl stapel/reports/table stapel/reports/vrij stapel/reports/xlsx stapel/transforms`)
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		read++
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err != nil || !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", f.Name(), path)
			}
		}
	}
	if read < 5 {
		t.Errorf("only %d files were looked at", read)
	}
}

var (
	invisible  = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<!doctype[^>]*>`)
	spoken     = regexp.MustCompile(`(?:title|aria-label|alt|placeholder|summary)="([^"]*)"`)
	tags       = regexp.MustCompile(`<[^>]*>`)
	figures    = regexp.MustCompile(`\d+(?:[.,]\d+)*`)
	names      = regexp.MustCompile(`<span class="code">[^<]*</span>`) // of runs, figures and what is typed
	identifier = regexp.MustCompile(`\b(?:GM\d{4}|WK\d{6})\b`)
)

// numbers are those that a reader meets in a page: in its words, in those of drawings, and in what is read out or shown beside a pointer. What
// places and sizes a shape is no figure.
func numbers(page string) []string {
	page = names.ReplaceAllString(invisible.ReplaceAllString(page, " "), " ")
	words := tags.ReplaceAllString(page, " ")
	for _, m := range spoken.FindAllStringSubmatch(page, -1) {
		words += " " + m[1]
	}
	return figures.FindAllString(identifier.ReplaceAllString(stdhtml.UnescapeString(words), " "), -1)
}

// TestNumbers: every number in a page, its drawings and attributes included, is one of the folder, or worked out from two that are shown, or part of a
// sentence of ours. Each figure of the tables is made one of a kind, so that none is right by chance.
func TestNumbers(t *testing.T) {
	tables := rich()
	known := map[string]bool{}
	add := func(texts ...string) {
		for _, text := range texts {
			for _, f := range figures.FindAllString(text, -1) {
				known[f] = true
			}
		}
	}
	count := int64(20_011)
	each(tables, func(f reflect.Value, name string) {
		switch v := f.Interface().(type) {
		case *int64:
			if v == nil {
				return
			}
			count += 7
			*v = count
			if strings.HasSuffix(name, "Ct") {
				*v *= 100
				add(nl.EuroWhole(*v))
			} else {
				add(nl.Int(*v))
			}
		case *float64:
			if v == nil {
				return
			}
			count += 7
			if *v = float64(count); name == "Aandeel" {
				*v /= 1_000_000
				add(nl.Percent(*v))
			} else {
				add(nl.Number(*v, 0), nl.Number(*v, 1))
			}
		}
	})
	for i := range tables.Verslag {
		v := &tables.Verslag[i]
		for _, p := range []*int64{&v.Cellen, &v.Primair, &v.Secundair} {
			count += 7
			*p = count
			add(nl.Int(count))
		}
	}
	// what is worked out: per thousand of those judged, shares and means of fraudefuik
	cells := map[string]*int64{}
	for _, c := range tables.Cocktail {
		if c.IsP {
			cells[c.Cocktail+c.Gemeente+c.Wijk+"/"+c.Oordeel] = c.Huishoudens
		}
	}
	for _, c := range tables.CocktailType {
		cells[c.Cocktail+c.Type+"/"+c.Oordeel] = c.Huishoudens
	}
	for key := range cells {
		at, _, _ := strings.Cut(key, "/")
		v, d, no, all, u, open := cells[at+"/vol"], cells[at+"/dreigend"], cells[at+"/nee"], cells[at+"/alle"], cells[at+"/onbekend"], cells[at+"/niet_te_beoordelen"]
		switch {
		case v == nil:
		case d != nil && no != nil:
			add(nl.Number(1000*float64(*v)/float64(*v+*d+*no), 1))
		case all != nil && u != nil && open != nil:
			add(nl.Number(1000*float64(*v)/float64(*all-*u-*open), 1))
		}
	}
	for i := 0; i+1 < len(tables.Fraudefuik); i++ {
		if with, not := tables.Fraudefuik[i], tables.Fraudefuik[i+1]; with.Stand == vrij.Met && with.Huishoudens != nil && not.Huishoudens != nil {
			add(nl.Percent(float64(*with.Huishoudens)/float64(*with.Huishoudens+*not.Huishoudens)), nl.EuroWhole(*with.OpenCt / *with.Huishoudens))
		}
	}
	wijken, shown := 0, map[string]bool{}
	for _, place := range places {
		wijken += len(place.wijken)
	}
	for _, c := range tables.Cocktail {
		if c.IsP && c.Wijk != vrij.Alle && c.Oordeel == vrij.Vol && c.Huishoudens != nil {
			shown[c.Gemeente+c.Wijk] = true
		}
	}
	for _, q := range quarters {
		add(nl.DateShort(vrij.Day(date(q.last))), nl.Month(vrij.Day(date(q.last))))
	}
	add(testRun.ID, testRun.Versie, nl.Date(vrij.Day(date(testRun.Peildatum))), strconv.Itoa(wijken), strconv.Itoa(len(shown)))
	// sentences of ours: fewer than 10, per 1.000, 12 and 24 months, a 95% interval, above the 1, the three chapters
	add("10", "1.000", "12", "24", "95", "1 2 3")
	_, out := render(t, tables, testRun)
	for _, name := range htmlFiles {
		found := numbers(out[name].String())
		if len(found) < 30 {
			t.Errorf("%s has %d numbers: they were not found", name, len(found))
		}
		strange := map[string]bool{}
		for _, f := range found {
			if !known[f] {
				strange[f] = true
			}
		}
		if len(strange) > 0 {
			t.Errorf("%s says %q, which is not in the folder", name, slices.Sorted(maps.Keys(strange)))
		}
	}
	if got := numbers(`<p title="77">a</p><svg><title>88</title><text x="5" y="6">99,5</text></svg>` + `<style>p{margin:4px}</style>`); !slices.Equal(got, []string{"88", "99,5", "77"}) {
		t.Errorf("numbers finds %q", got)
	}
}
