package diff

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func run(id string) *Snapshot {
	return &Snapshot{ID: id, Peildatum: "2025-12-31", Config: "c", Program: "p", Homes: map[string]*Home{}, Replaced: map[string]int64{},
		Inputs: map[string]map[string]string{"wmo_declaratie": {"1": "a.csv"}, "jeugd_declaratie": {"2": "b.csv"}, "huishouden": {"3": "h.csv"}}}
}

// TestReasons, one at a time: what changed between two runs, and what a household's change is put down to.
func TestReasons(t *testing.T) {
	home := func(change func(h *Home)) *Home {
		h := &Home{Rank: 100, T0: 300, Parts: [4]int64{100, 200, 0, 0}, Why: "drempel", Members: []string{"p-1", "p-2"}}
		if change != nil {
			change(h)
		}
		return h
	}
	dearer := func(h *Home) { h.Parts[0], h.T0 = 150, 350 }
	for name, c := range map[string]struct {
		world func(b *Snapshot)
		home  *Home
		want  string
	}{
		"extracts of the domein":     {func(b *Snapshot) { b.Inputs["wmo_declaratie"]["9"] = "new.csv" }, home(dearer), "nieuwe_gegevens"},
		"extracts of another domein": {func(b *Snapshot) { b.Inputs["jeugd_declaratie"]["9"] = "new.csv" }, home(dearer), "niet_toegeschreven"},
		"personal budgets":           {func(b *Snapshot) { b.Inputs["pgb_uitputting"] = map[string]string{"9": "p.csv"} }, home(dearer), "nieuwe_gegevens"},
		"an extract was taken away":  {func(b *Snapshot) { delete(b.Inputs, "wmo_declaratie") }, home(dearer), "nieuwe_gegevens"},
		"replaced by a newer delivery": {func(b *Snapshot) {
			b.Replaced["wmo_toewijzing"] = 3
			b.Inputs["wmo_toewijzing"] = map[string]string{"7": "w.csv"}
		}, home(dearer), "nieuwe_gegevens|vervangen"},
		"other persons":                      {nil, home(func(h *Home) { dearer(h); h.Members = []string{"p-1"} }), "samenstelling"},
		"other persons by a new register":    {func(b *Snapshot) { b.Inputs["huishouden"]["8"] = "h2.csv" }, home(func(h *Home) { h.Members = []string{"p-1"} }), "nieuwe_gegevens|samenstelling"},
		"a plan":                             {nil, home(func(h *Home) { h.InPlan, h.Why = true, "drempel|heeft_plan" }), "maatwerkplan"},
		"settings":                           {func(b *Snapshot) { b.Config = "d" }, home(func(h *Home) { h.Why, h.Eligible = "", true }), "configuratie"},
		"settings are not why it costs more": {func(b *Snapshot) { b.Config = "d"; b.Inputs["wmo_declaratie"]["9"] = "n.csv" }, home(dearer), "nieuwe_gegevens"},
		"the program":                        {func(b *Snapshot) { b.Program = "q" }, home(dearer), "programma"},
		"the windows":                        {func(b *Snapshot) { b.Peildatum = "2026-01-31" }, home(dearer), "peildatum"},
		"nothing":                            {nil, home(dearer), "niet_toegeschreven"},
	} {
		a, b := run("a"), run("b")
		a.Homes["h-1"], b.Homes["h-1"] = home(nil), c.home
		if c.world != nil {
			c.world(b)
		}
		d := Compare(a, b, 5)
		if len(d.Changes) != 1 {
			t.Errorf("%s: %d changes", name, len(d.Changes))
			continue
		}
		if got := strings.Join(d.Changes[0].Reasons, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestEnteredAndLeft(t *testing.T) {
	a, b := run("a"), run("b")
	a.Homes["in"], b.Homes["in"] = &Home{Rank: 9, Why: "drempel|domeinen"}, &Home{Rank: 8, Eligible: true}
	a.Homes["out"], b.Homes["out"] = &Home{Rank: 7, Eligible: true}, &Home{Rank: 9, Why: "heeft_plan", InPlan: true}
	a.Homes["top"], b.Homes["top"] = &Home{Rank: 2, T0: 5}, &Home{Rank: 3, T0: 4}
	a.Homes["same"], b.Homes["same"] = &Home{Rank: 4, T0: 1}, &Home{Rank: 6, T0: 1} // its rank is about the others
	a.Homes["gone"] = &Home{Rank: 1, T0: 9, Members: []string{"p-9"}}
	b.Homes["new"] = &Home{Rank: 5, T0: 2, Members: []string{"p-8"}}
	d := Compare(a, b, 2)
	if d.Entered != 1 || d.Left != 1 || d.Both != 4 || d.Same != 1 || d.OnlyA != 1 || d.OnlyB != 1 {
		t.Errorf("%+v", d)
	}
	var order []string
	for _, c := range d.Changes {
		order = append(order, c.ID)
		met, broken := c.Rules()
		switch c.ID {
		case "in":
			if !c.Entered || !slices.Equal(met, []string{"drempel", "domeinen"}) || len(broken) > 0 {
				t.Errorf("in: %+v %v %v", c, met, broken)
			}
		case "out":
			if !c.Left || len(met) > 0 || !slices.Equal(broken, []string{"heeft_plan"}) {
				t.Errorf("out: %+v %v %v", c, met, broken)
			}
		case "top":
			if !c.Left || c.Delta != -1 {
				t.Errorf("top: %+v", c)
			}
		}
	}
	if got := strings.Join(order, " "); got != "gone top in out new" {
		t.Errorf("order %s", got)
	}
}

// TestDiffIsExact: over all households the differences are the difference of the totals, and turning the runs round turns them round.
func TestDiffIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(id string) *Snapshot {
			s := run(id)
			for _, h := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 5, rapid.ID).Draw(t, "homes") {
				home := &Home{Rank: 1, Members: []string{h}}
				for i := range home.Parts {
					home.Parts[i] = rapid.Int64Range(-3, 3).Draw(t, "part")
					home.T0 += home.Parts[i]
				}
				s.Homes[h] = home
			}
			return s
		}
		a, b := draw("a"), draw("b")
		total := func(s *Snapshot) (ct int64) {
			for _, h := range s.Homes {
				ct += h.T0
			}
			return ct
		}
		d, back := Compare(a, b, 3), Compare(b, a, 3)
		var sum, parts, undone int64
		for _, c := range d.Changes {
			sum += c.Delta
			for _, ct := range c.Parts {
				parts += ct
			}
		}
		for _, c := range back.Changes {
			undone += c.Delta
		}
		if want := total(b) - total(a); sum != want || parts != want || undone != -want {
			t.Fatalf("changes add up to %d (%d by domein, %d back), the totals differ by %d", sum, parts, undone, want)
		}
		if d.Both+d.OnlyA != len(a.Homes) || d.Both+d.OnlyB != len(b.Homes) || d.Same+len(d.Changes) != d.Both+d.OnlyA+d.OnlyB {
			t.Fatalf("%+v", d)
		}
	})
}
