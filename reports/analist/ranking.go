package analist

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/mart"
)

// ranking is what the report shows of mart ranglijst.
type ranking struct {
	Present          bool
	N                int64
	T0Ct, GeprijsdCt int64
	At               tally    // at or above the threshold
	Eligible         tally    // in aanmerking
	Reasons          []reason // why those at the threshold are not
	Both             tally    // in aanmerking and veldmelding
	Data             tally    // in aanmerking only
	Field            tally    // veldmelding only
	WithCocktail     int64
	InMaatwerk       int64
	Curve, Marks     []draw.Point
	Concentration    []mart.Concentratie
	Rows             []rankRow // the first sheetRows, or more where a candidate of the page stands below them
	Funnel           []funnelStep
	Matrix           []costBand // dearest first
	InsuredUnknown   int64      // households of which nobody knows whether an insurer that delivers insures them
	lastCard         int64      // rank of the last candidate with a card
}

// tally counts households and their cost in T0.
type tally struct{ N, Ct int64 }

func (t *tally) add(ct int64) { t.N++; t.Ct += ct }

// Mean is the mean cost in eurocents, half away from zero; nil without households.
func (t tally) Mean() *int64 { return mean(t.Ct, t.N) }

func mean(ct, n int64) *int64 {
	if n == 0 {
		return nil
	}
	m := divRound(ct, n)
	return &m
}

// reason is a selection rule with the households it kept out.
type reason struct {
	Name string
	tally
}

// rankRow is a household on the list with what mart huishouden says of it, if anything.
type rankRow struct {
	mart.Ranglijst
	H     *mart.Huishouden
	Parts []int64 // declared cents in T0, in the order of Run.Gedeclareerd
}

// rankSum is what is read of every household.
type rankSum struct {
	T0Ct         int64  `parquet:"kosten_t0_ct,optional"`
	GeprijsdCt   int64  `parquet:"geprijsd_t0_ct,optional"`
	Cocktails    string `parquet:"cocktails,optional"`
	Veldmelding  bool   `parquet:"veldmelding,optional"`
	InMaatwerk   bool   `parquet:"in_maatwerk,optional"`
	InAanmerking bool   `parquet:"in_aanmerking,optional"`
	RedenNiet    string `parquet:"reden_niet,optional"`
	ZvwGedekt    string `parquet:"zvw_gedekt,optional"`
}

var rankSums = mart.Of[rankSum]("ranglijst")

func (r *ranking) read(ctx context.Context, marts fs.FS, run reports.Run) error {
	n, err := mart.Rows(marts, "ranglijst")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	r.Present = true
	reasons := map[string]*tally{}
	r.Funnel, r.Matrix = newFunnel(run), newMatrix(run.DrempelCt)
	curve := newCurve(n)
	err = mart.Scan(ctx, marts, rankSums, func(row *rankSum) error {
		r.add(row, run.DrempelCt, reasons)
		curve.add(r.N, r.T0Ct)
		return nil
	})
	if err != nil {
		return err
	}
	for name, t := range reasons {
		r.Reasons = append(r.Reasons, reason{name, *t})
	}
	slices.SortFunc(r.Reasons, func(a, b reason) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	r.Curve, r.Marks = curve.points(n, r.T0Ct)

	parts, err := declaredParts(run)
	if err != nil {
		return err
	}
	err = mart.ScanFirst(ctx, marts, mart.Ranking, max(sheetRows, r.lastCard), func(row *mart.Ranglijst) error {
		r.Rows = append(r.Rows, rankRow{Ranglijst: *row, Parts: parts(row)})
		return nil
	})
	if err != nil {
		return err
	}
	if r.Concentration, err = mart.AllIfThere(ctx, marts, mart.Concentration); err != nil {
		return err
	}
	return r.join(ctx, marts)
}

func (r *ranking) add(row *rankSum, threshold int64, reasons map[string]*tally) {
	r.N++
	r.T0Ct, r.GeprijsdCt = r.T0Ct+row.T0Ct, r.GeprijsdCt+row.GeprijsdCt
	if row.Cocktails != "" {
		r.WithCocktail++
	}
	if row.InMaatwerk {
		r.InMaatwerk++
	}
	if row.ZvwGedekt == "onbekend" {
		r.InsuredUnknown++
	}
	r.narrow(row)
	r.place(row)
	switch {
	case row.InAanmerking && row.Veldmelding:
		r.Both.add(row.T0Ct)
	case row.InAanmerking:
		r.Data.add(row.T0Ct)
	case row.Veldmelding:
		r.Field.add(row.T0Ct)
	}
	if row.InAanmerking {
		r.Eligible.add(row.T0Ct)
		if r.Eligible.N <= pageCards {
			r.lastCard = r.N
		}
	}
	if row.T0Ct < threshold {
		return
	}
	r.At.add(row.T0Ct)
	if row.InAanmerking || row.RedenNiet == "" {
		return
	}
	for name := range strings.SplitSeq(row.RedenNiet, "|") {
		if reasons[name] == nil {
			reasons[name] = &tally{}
		}
		reasons[name].add(row.T0Ct)
	}
}

// declaredParts reads the declared cents of a row, in the order of run.Gedeclareerd.
func declaredParts(run reports.Run) (func(*mart.Ranglijst) []int64, error) {
	var names []string
	for _, d := range run.Gedeclareerd() {
		names = append(names, d.Naam)
	}
	return mart.Amounts[mart.Ranglijst]("kosten_%s_ct", names)
}

// join looks up the households shown in mart huishouden.
func (r *ranking) join(ctx context.Context, marts fs.FS) error {
	at := make(map[string]int, len(r.Rows))
	for i, row := range r.Rows {
		at[row.Huishouden] = i
	}
	return mart.ScanIfThere(ctx, marts, mart.Households, func(h *mart.Huishouden) error {
		if i, ok := at[h.ID]; ok {
			kept := *h
			r.Rows[i].H = &kept
		}
		return nil
	})
}

// curve samples the cumulative cost at about 300 households, and at the tops that are marked (rules 29).
type curve struct {
	keep map[int64]bool
	tops []int64
	at   []struct{ n, ct int64 }
}

func newCurve(n int64) *curve {
	c := &curve{keep: map[int64]bool{}}
	for i := int64(1); i <= 300; i++ {
		c.keep[ceilDiv(n*i, 300)] = true
	}
	for _, percent := range []int64{1, 5, 10} {
		c.tops = append(c.tops, ceilDiv(n*percent, 100))
		c.keep[ceilDiv(n*percent, 100)] = true
	}
	return c
}

func (c *curve) add(n, ct int64) {
	if c.keep[n] {
		c.at = append(c.at, struct{ n, ct int64 }{n, ct})
	}
}

// points are the curve and the marked points on it; none when there is no cost to share.
func (c *curve) points(n, totalCt int64) (points, marks []draw.Point) {
	if totalCt <= 0 {
		return nil, nil
	}
	points = append(points, draw.Point{})
	for _, at := range c.at {
		pt := draw.Point{X: float64(at.n) / float64(n), Y: float64(at.ct) / float64(totalCt)}
		points = append(points, pt)
		if slices.Contains(c.tops, at.n) {
			marks = append(marks, pt)
		}
	}
	return points, marks
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// divRound divides half away from zero, 0 by nothing.
func divRound(a, b int64) int64 {
	if b == 0 {
		return 0
	}
	if a < 0 {
		return -divRound(-a, b)
	}
	return (2*a + b) / (2 * b)
}
