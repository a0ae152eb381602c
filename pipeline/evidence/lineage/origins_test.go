package lineage

import (
	"slices"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/models"
)

// TestOrigins: the feeds of a mart are among those of its tree, which has what says that a line was replaced too; the columns that a header hands on end
// where the tree of that column ends.
func TestOrigins(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	origins, err := Origins(cfg)
	if err != nil {
		t.Fatal(err)
	}
	all, err := models.All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	g := graphOf(cfg, all)
	feeds, marts := map[string][]string{}, 0
	for _, m := range all {
		if m.Published() {
			marts++
		}
	}
	if len(origins) != marts {
		t.Errorf("%d origins of %d marts", len(origins), marts)
	}
	for _, o := range origins {
		name := o.Mart.Name
		feeds[name] = o.Feeds
		clear(g.seen)
		tree := g.node(name, "").Feeds()
		for _, kind := range o.Feeds {
			if !slices.Contains(tree, kind) {
				t.Errorf("%s comes from %s, and not by its tree %q", name, kind, tree)
			}
		}
		if !slices.Contains(o.Models, o.Mart) {
			t.Errorf("%s is not among its models", name)
		}
		for _, c := range o.Mart.Columns {
			clear(g.seen)
			n := g.node(name, c.Name)
			for n.Precise {
				n = n.From[0]
			}
			got, handed := o.Columns[c.Name]
			if want := (Column{n.Table, n.Column}); handed != (n.Table != name) || handed && got != want {
				t.Errorf("%s.%s comes from %v, want %v", name, c.Name, got, want)
			}
		}
	}
	// by hand, of what headers and contracts say
	for mart, want := range map[string][]string{
		"cocktail_naam": nil, // of the configuration alone
		"uitgave":       {"maatwerk_uitgave"},
		"koppelgraad":   cfg.Kinds(), // of all lines
	} {
		got := slices.Sorted(slices.Values(feeds[mart]))
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("%s comes from %q, want %q", mart, got, want)
		}
	}
}
