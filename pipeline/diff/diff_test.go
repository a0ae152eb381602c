package diff

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/control"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/reports/mart"
)

func run(id string) *Snapshot {
	return &Snapshot{ID: id, Peildatum: "2025-12-31", Config: "c", Program: "p", Replaced: map[string]int64{},
		Inputs: map[string]map[string]string{"wmo_declaratie": {"1": "a.csv"}, "jeugd_declaratie": {"2": "b.csv"}, "huishouden": {"3": "h.csv"}}}
}

func of[T any](v T) *T { return &v }

// TestReasons, one at a time: what changed between two runs, and what a household's change is put down to.
func TestReasons(t *testing.T) {
	home := func(change func(c *Change)) *Change {
		c := &Change{RankA: of(int64(100)), RankB: of(int64(100)), EligibleA: of(false), EligibleB: of(false), WhyA: "drempel", WhyB: "drempel"}
		change(c)
		return c
	}
	cfg := configtest.Defaults(t, nil)
	dearer := func(c *Change) { c.Wmo, c.Delta = 50, 50 }
	for name, c := range map[string]struct {
		world func(b *Snapshot)
		home  *Change
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
		"other persons":                   {nil, home(func(c *Change) { dearer(c); c.OtherMembers = true }), "samenstelling"},
		"other persons by a new register": {func(b *Snapshot) { b.Inputs["huishouden"]["8"] = "h2.csv" }, home(func(c *Change) { c.OtherMembers = true }), "nieuwe_gegevens|samenstelling"},
		"a plan":                          {nil, home(func(c *Change) { c.OtherPlan, c.WhyB = true, "drempel|heeft_plan" }), "maatwerkplan"},
		"settings":                        {func(b *Snapshot) { b.Config = "d" }, home(func(c *Change) { c.WhyB, c.EligibleB = "", of(true) }), "configuratie"},
		"settings and the windows": {func(b *Snapshot) { b.Config, b.Peildatum = "d", "2026-01-31" }, home(func(c *Change) { c.WhyB, c.EligibleB = "", of(true) }),
			"peildatum|configuratie"},
		"settings are not why it costs more": {func(b *Snapshot) { b.Config = "d"; b.Inputs["wmo_declaratie"]["9"] = "n.csv" }, home(dearer), "nieuwe_gegevens"},
		"the program":                        {func(b *Snapshot) { b.Program = "q" }, home(dearer), "programma"},
		"the windows":                        {func(b *Snapshot) { b.Peildatum = "2026-01-31" }, home(dearer), "peildatum"},
		"nothing":                            {nil, home(dearer), "niet_toegeschreven"},
	} {
		a, b := run("a"), run("b")
		if c.world != nil {
			c.world(b)
		}
		d, err := Between(a, b, cfg)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(d.Reasons(c.home), "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// home is a household of a run, as the two marts that are compared have it.
type home struct {
	rank, t0, wmo, jeugd, participatie, zvw int64
	eligible, plan                          bool
	why                                     string
	members                                 []string
}

// publish writes what is compared of a run, and its manifest.
func publish(t rapid.TB, data, id string, homes map[string]home) {
	t.Helper()
	type row struct {
		ID           string `parquet:"huishouden_id"`
		Rank         int64  `parquet:"rang"`
		T0           int64  `parquet:"kosten_t0_ct"`
		Wmo          int64  `parquet:"kosten_wmo_ct"`
		Jeugd        int64  `parquet:"kosten_jeugd_ct"`
		Participatie int64  `parquet:"kosten_participatie_ct"`
		Zvw          int64  `parquet:"kosten_zvw_ct"`
		Eligible     bool   `parquet:"in_aanmerking"`
		Why          string `parquet:"reden_niet"`
		Plan         bool   `parquet:"in_maatwerk"`
	}
	type member struct {
		Home   string `parquet:"huishouden_id"`
		Person string `parquet:"persoon_id"`
	}
	var rows []row
	var members []member
	for id, h := range homes {
		rows = append(rows, row{id, h.rank, h.t0, h.wmo, h.jeugd, h.participatie, h.zvw, h.eligible, h.why, h.plan})
		for _, p := range h.members {
			members = append(members, member{id, p})
		}
	}
	folder := (&lake.Lake{Root: data}).Run(id)
	if err := os.MkdirAll(folder.Marts(), 0o700); err != nil {
		t.Fatal(err)
	}
	m := control.Manifest{RunID: id}
	keep := func(name string, err error) {
		if err != nil {
			t.Fatal(err)
		}
		_, sum, err := control.HashFile(folder.Mart(name))
		if err != nil {
			t.Fatal(err)
		}
		m.Outputs = append(m.Outputs, control.Output{File: lake.MartName(name), Sha256: sum})
	}
	keep("ranglijst", parquet.WriteFile(folder.Mart("ranglijst"), rows))
	keep("huishouden_lid", parquet.WriteFile(folder.Mart("huishouden_lid"), members))
	text, err := m.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder.Manifest(), text, 0o600); err != nil {
		t.Fatal(err)
	}
}

const runA, runB = "2025-11-30-000000000001", "2025-12-31-000000000002"

// computed compares two runs with the engine.
func computed(t rapid.TB, a, b map[string]home, top int64) (Counts, []Change) {
	t.Helper()
	data, err := os.MkdirTemp("", "stapel-diff-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(data)
	publish(t, data, runA, a)
	publish(t, data, runB, b)
	var runs [2]*published.Run
	for i, id := range []string{runA, runB} {
		if runs[i], err = published.Open(&lake.Lake{Root: data}, id); err != nil {
			t.Fatal(err)
		}
	}
	work := filepath.Join(data, "work")
	if err := os.Mkdir(work, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := compare(context.Background(), Options{Config: defaults(), Engine: duckdb.Opener(0, 1), N: top}, runs, work); err != nil {
		t.Fatal(err)
	}
	counts, err := mart.ReadFile[Counts](context.Background(), os.DirFS(work), modelCounts)
	if err != nil || len(counts) != 1 {
		t.Fatal(counts, err)
	}
	changes, err := mart.ReadFile[Change](context.Background(), os.DirFS(work), modelChanges)
	if err != nil {
		t.Fatal(err)
	}
	return counts[0], changes
}

var defaults = sync.OnceValue(func() *config.Config {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		panic(err)
	}
	return cfg
})

// compareSlowly says the same household by household, in memory.
func compareSlowly(a, b map[string]home, top int64) (n Counts, out []Change) {
	ids := map[string]bool{}
	for id := range a {
		ids[id] = true
	}
	for id := range b {
		ids[id] = true
	}
	for id := range ids {
		x, inA := a[id]
		y, inB := b[id]
		c := Change{ID: id, WhyA: x.why, WhyB: y.why, Delta: y.t0 - x.t0, Wmo: y.wmo - x.wmo, Jeugd: y.jeugd - x.jeugd,
			Participatie: y.participatie - x.participatie, Zvw: y.zvw - x.zvw, OtherMembers: !inA || !inB || !slices.Equal(x.members, y.members),
			OtherPlan: inA && inB && x.plan != y.plan}
		isTop := func(h home, in bool) bool { return in && (h.eligible || h.rank <= top) }
		c.Entered, c.Left = isTop(y, inB) && !isTop(x, inA), isTop(x, inA) && !isTop(y, inB)
		if inA {
			c.RankA, c.T0A, c.EligibleA = &x.rank, &x.t0, &x.eligible
		}
		if inB {
			c.RankB, c.T0B, c.EligibleB = &y.rank, &y.t0, &y.eligible
		}
		switch {
		case !inB:
			n.OnlyA++
		case !inA:
			n.OnlyB++
		default:
			n.Both++
		}
		if y.eligible && !x.eligible {
			n.Entered++
		}
		if x.eligible && !y.eligible {
			n.Left++
		}
		if inA && inB && !c.OtherMembers && !c.OtherPlan && c.Delta == 0 && x.eligible == y.eligible && x.why == y.why &&
			x.wmo == y.wmo && x.jeugd == y.jeugd && x.participatie == y.participatie && x.zvw == y.zvw {
			n.Same++
			continue
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(x, y Change) int {
		stays := func(c Change) int {
			if c.Entered || c.Left {
				return 0
			}
			return 1
		}
		size := func(ct int64) int64 { return max(ct, -ct) }
		return cmp.Or(cmp.Compare(stays(x), stays(y)), cmp.Compare(size(y.Delta), size(x.Delta)), cmp.Compare(x.ID, y.ID))
	})
	return n, out
}

// told is a change in words, to compare.
func told(c Change) string {
	side := func(rank, t0 *int64, eligible *bool) string {
		if rank == nil || t0 == nil || eligible == nil {
			return "-"
		}
		return fmt.Sprint(*rank, *t0, *eligible)
	}
	return fmt.Sprint(c.ID, " ", side(c.RankA, c.T0A, c.EligibleA), " > ", side(c.RankB, c.T0B, c.EligibleB), " ", c.Delta, c.Wmo, c.Jeugd, c.Participatie, c.Zvw, c.WhyA, "|", c.WhyB, c.OtherMembers,
		c.OtherPlan, c.Entered, c.Left)
}

// TestEnteredAndLeft: who came into the top, who left it, and in which order they are told.
func TestEnteredAndLeft(t *testing.T) {
	a := map[string]home{"in": {rank: 9, why: "drempel|domeinen"}, "out": {rank: 7, eligible: true}, "top": {rank: 2, t0: 5}, "same": {rank: 4, t0: 1},
		"gone": {rank: 1, t0: 9, members: []string{"p-9"}}}
	b := map[string]home{"in": {rank: 8, eligible: true}, "out": {rank: 9, why: "heeft_plan", plan: true}, "top": {rank: 3, t0: 4},
		"same": {rank: 6, t0: 1}, "new": {rank: 5, t0: 2, members: []string{"p-8"}}} // the rank of same is about the others
	n, changes := computed(t, a, b, 2)
	if want := (Counts{Both: 4, Same: 1, OnlyA: 1, OnlyB: 1, Entered: 1, Left: 1}); n != want {
		t.Errorf("%+v, want %+v", n, want)
	}
	var order []string
	for _, c := range changes {
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

// TestAgainstSlow: the engine says of two random runs what one household after the other says, and turning the runs round turns them round.
func TestAgainstSlow(t *testing.T) {
	draw := func(t *rapid.T) map[string]home {
		out := map[string]home{}
		for i, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(strings.Fields("a b c d e f g")), 0, 7, rapid.ID).Draw(t, "homes") {
			h := home{rank: int64(i + 1), eligible: rapid.Bool().Draw(t, "eligible"), plan: rapid.IntRange(0, 5).Draw(t, "plan") == 0,
				members: rapid.SampledFrom([][]string{nil, {"p-" + id}, {"p-" + id, "p-x"}}).Draw(t, "members")}
			if !h.eligible {
				h.why = rapid.SampledFrom([]string{"drempel", "drempel|domeinen"}).Draw(t, "why")
			}
			for _, part := range []*int64{&h.wmo, &h.jeugd, &h.participatie, &h.zvw} {
				*part = rapid.Int64Range(-1, 1).Draw(t, "part")
				h.t0 += *part
			}
			out[id] = h
		}
		return out
	}
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		if round++; round > 12 {
			return // an engine each
		}
		a, b, top := draw(t), draw(t), rapid.Int64Range(1, 4).Draw(t, "top")
		n, changes := computed(t, a, b, top)
		wantN, want := compareSlowly(a, b, top)
		if n != wantN {
			t.Fatalf("%+v, want %+v", n, wantN)
		}
		if len(changes) != len(want) {
			t.Fatalf("%d households changed, want %d", len(changes), len(want))
		}
		var sum, total int64
		for i, c := range changes {
			if told(c) != told(want[i]) {
				t.Fatalf("place %d: %s, want %s", i+1, told(c), told(want[i]))
			}
			sum += c.Delta
		}
		for _, h := range b {
			total += h.t0
		}
		for _, h := range a {
			total -= h.t0
		}
		if sum != total {
			t.Fatalf("the changes add up to %d, the totals differ by %d", sum, total)
		}
	})
}
