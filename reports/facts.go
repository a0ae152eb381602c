package reports

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"

	"stapel/reports/mart"
)

// How many rows the page and the workbook show; the CSV files hold everything.
const (
	pageRanks      = 50
	pageChart      = 20
	pageFull       = 12 // episodes shown per cocktail: vol
	pageThreat     = 8  // dreigend
	pageUnknown    = 5  // onbekend
	pagePreventive = 25
	pagePlans      = 60
	pageDumbbells  = 40
	pageFiles      = 40
	sheetRows      = 5000
	sheetCoverage  = 50000
)

// facts is everything a report shows, read from the marts in one pass each.
type facts struct {
	Ranking    ranking
	Foresight  foresight
	Groups     groups
	Costs      costs
	Supply     supply
	Cocktails  cocktails
	Threats    threats
	Plans      plans
	Exclusions exclusions
	Findings   []Finding
	Outside    []Outside
}

func collect(ctx context.Context, marts fs.FS, run Run, w windows) (*facts, error) {
	f := &facts{}
	steps := []func() error{
		func() error { return f.Ranking.read(ctx, marts, run) },
		func() error { return f.Foresight.read(ctx, marts) },
		func() error { return f.Groups.read(ctx, marts) },
		func() error { return f.Costs.read(ctx, marts) },
		func() error { return f.Supply.read(ctx, marts, w) },
		func() error { return f.Cocktails.read(ctx, marts) },
		func() error { return f.Threats.read(ctx, marts) },
		func() error { return f.Plans.read(ctx, marts) },
		func() error { return f.Exclusions.read(ctx, marts) },
		func() (err error) { f.Findings, err = Findings(ctx, marts); return err },
		func() (err error) { f.Outside, err = OutsideWindows(ctx, marts); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// scan is mart.Scan for a mart that may be missing: then nothing is read.
func scan[T any](ctx context.Context, marts fs.FS, name string, fn func(*T) error) error {
	err := mart.Scan(ctx, marts, name, fn)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// list is every row of a mart that may be missing.
func list[T any](ctx context.Context, marts fs.FS, name string) ([]T, error) {
	rows, err := mart.All[T](ctx, marts, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return rows, err
}

// top keeps the first n rows of a stream in a given order, in memory for 2n.
type top[T any] struct {
	n     int
	order func(a, b T) int // total
	rows  []T
	seen  int64
}

func (t *top[T]) add(row T) {
	t.seen++
	t.rows = append(t.rows, row)
	if len(t.rows) >= 2*t.n+16 {
		t.cut()
	}
}

func (t *top[T]) cut() {
	slices.SortFunc(t.rows, t.order)
	if len(t.rows) > t.n {
		clear(t.rows[t.n:])
		t.rows = t.rows[:t.n]
	}
}

// sorted is the rows kept, in order.
func (t *top[T]) sorted() []T {
	t.cut()
	return t.rows
}

// kindOrder is the order in which kinds are shown: as in the extract contracts; others follow by name.
var kindOrder = []string{"huishouden", "wmo_toewijzing", "wmo_declaratie", "jeugd_toewijzing", "jeugd_declaratie",
	"participatie_uitkering", "participatie_vordering", "schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie",
	"zvw_verzekerde", "pgb_uitputting", "wonen_signaal", "veldmelding", "uitsluiting", "grootboek_totaal", "maatwerk_plan",
	"maatwerk_plan_regel", "maatwerk_meting", "maatwerk_akkoord", "maatwerk_uitgave", "claim"}

// byKind orders kinds, with totaal last.
func byKind(a, b string) int { return cmp.Or(cmp.Compare(kindRank(a), kindRank(b)), cmp.Compare(a, b)) }

func kindRank(kind string) int {
	if kind == "totaal" {
		return len(kindOrder) + 1
	}
	if i := slices.Index(kindOrder, kind); i >= 0 {
		return i
	}
	return len(kindOrder)
}
