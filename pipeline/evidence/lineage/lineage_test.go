package lineage

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/pipeline/models"
	"stapel/transforms"
)

// TestLineageOfEveryMart: the feeds of each mart are those that a walk over all headers comes to, and its picture is a drawing in which each table stands once.
func TestLineageOfEveryMart(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	all, err := models.All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	reads := map[string][]string{}
	for _, m := range all {
		reads[m.Name] = m.Reads
		if m.Layer == transforms.Signals {
			reads[transforms.SignalUnion] = append(reads[transforms.SignalUnion], m.Name)
		}
	}
	for _, m := range all {
		if !m.Published() {
			continue
		}
		n, err := Of(cfg, m.Name)
		if err != nil {
			t.Fatal(err)
		}
		tables := map[string]bool{m.Name: true} // all below it, by going over them until nothing is new
		for grew := true; grew; {
			grew = false
			for table := range tables {
				for _, r := range reads[table] {
					grew, tables[r] = grew || !tables[r], true
				}
			}
		}
		var want []string
		for _, kind := range cfg.Kinds() {
			if tables[models.LakeName(kind)] {
				want = append(want, kind)
			}
		}
		slices.Sort(want)
		if got := n.Feeds(); !slices.Equal(got, want) {
			t.Errorf("%s comes from %q, want %q", m.Name, got, want)
		}
		texts := map[string]int{}
		for d := xml.NewDecoder(strings.NewReader(string(n.SVG()))); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: the picture is no drawing: %v", m.Name, err)
			}
			if e, ok := token.(xml.StartElement); ok {
				texts[e.Name.Local]++
			}
		}
		if texts["rect"] != len(tables) {
			t.Errorf("%s: %d boxes, want %d", m.Name, texts["rect"], len(tables))
		}
	}
}

// TestLevels: of every mart each level is made of the one before it, and a mart that is
// not there is an error.
func TestLevels(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	all, err := models.All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if !m.Published() {
			continue
		}
		l, err := Levels(cfg, m.Name)
		if err != nil {
			t.Fatal(err)
		}
		left := map[string]bool{}
		for _, e := range l.Edges {
			left[e[0]] = true
		}
		for _, f := range l.Feeds {
			if !left[f] {
				t.Errorf("%s: nothing is made of feed %s", m.Name, f)
			}
		}
		for _, s := range l.Staging {
			if !left[s] {
				t.Errorf("%s: nothing is made of %s", m.Name, s)
			}
		}
		for _, s := range l.Steps {
			if !slices.Contains(l.Edges, [2]string{s, m.Name}) {
				t.Errorf("%s is not made of %s", m.Name, s)
			}
		}
		if len(l.Rows()) != len(l.Steps) {
			t.Errorf("%s: %d rows for %d steps", m.Name, len(l.Rows()), len(l.Steps))
		}
	}
	_, err = Levels(cfg, "ranglijs")
	var stop *exit.Error
	if !errors.As(err, &stop) || stop.Code != exit.Usage {
		t.Errorf("a mart that is not there: %v", err)
	}
}

// TestTree: a column that a header hands on leads to that column alone; one that is computed says that it does not say which; what stands above is not
// repeated; a name that is not there is near another.
func TestTree(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	n, err := Of(cfg, "ranglijst.kosten_t0_ct")
	if err != nil {
		t.Fatal(err)
	}
	if !n.Precise || len(n.From) != 1 || n.From[0].Column != "kosten_t0_ct" {
		t.Errorf("%+v", n)
	}
	text := n.Tree()
	for _, want := range []string{"ranglijst.kosten_t0_ct\n└─ rang.kosten_t0_ct (berekend;", "(zie boven)", "(bron)", "(instellingen en leveringen)"} {
		if !strings.Contains(text, want) {
			t.Errorf("the tree does not say %q:\n%s", want, text)
		}
	}
	for given, near := range map[string]string{"ranglijs": "did you mean ranglijst?", "ranglijst.kosten_t0": "did you mean kosten_t0_ct?", "zzzzzz": "there are "} {
		_, err := Of(cfg, given)
		var stop *exit.Error
		if !errors.As(err, &stop) || stop.Code != exit.Usage || !strings.Contains(stop.Remedy, near) {
			t.Errorf("%s: %v", given, err)
		}
	}
}
