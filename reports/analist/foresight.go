package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// foresight is what the report shows of the expected cost and its back-test.
type foresight struct {
	Bands    []mart.Ijking // dearest first
	Measures []mart.IjkingMaat
	Cells    []mart.VerwachtCel
}

// bandOrder is the order of cost bands, dearest first.
var bandOrder = []string{"top_0.1", "top_0.5", "top_1", "top_2", "top_5", "top_10", "rest"}

// measureOrder is the order in which the two foretellings are compared.
var measureOrder = []string{"gemiddelde_afwijking", "afwijking_top_10", "verhouding", "overlap_drempel", "overlap_100", "overlap_1pct"}

// yearOrder puts the cell above before those within it.
var yearOrder = []string{"alle", "0", "1", "2"}

func (f *foresight) read(ctx context.Context, marts fs.FS) (err error) {
	if f.Bands, err = mart.AllIfThere(ctx, marts, mart.Bands); err != nil {
		return err
	}
	if f.Measures, err = mart.AllIfThere(ctx, marts, mart.Measures); err != nil {
		return err
	}
	if f.Cells, err = mart.AllIfThere(ctx, marts, mart.ExpectedCells); err != nil {
		return err
	}
	at := func(order []string, name string) int { return slices.Index(order, name) }
	slices.SortFunc(f.Bands, func(a, b mart.Ijking) int { return cmp.Compare(at(bandOrder, a.Band), at(bandOrder, b.Band)) })
	slices.SortFunc(f.Measures, func(a, b mart.IjkingMaat) int {
		return cmp.Compare(at(measureOrder, a.Maat), at(measureOrder, b.Maat))
	})
	slices.SortFunc(f.Cells, func(a, b mart.VerwachtCel) int {
		return cmp.Or(cmp.Compare(at(bandOrder, a.Band), at(bandOrder, b.Band)), cmp.Compare(at(yearOrder, a.Jaren), at(yearOrder, b.Jaren)),
			cmp.Compare(a.Kinderen, b.Kinderen))
	})
	return nil
}

// Measure finds one of the measures; nil when it is not there.
func (f *foresight) Measure(name string) *mart.IjkingMaat {
	for i := range f.Measures {
		if f.Measures[i].Maat == name {
			return &f.Measures[i]
		}
	}
	return nil
}

// MainCells are the cells of a band as a whole, and those of its years: what a person can look through.
func (f *foresight) MainCells() []mart.VerwachtCel {
	return slices.DeleteFunc(slices.Clone(f.Cells), func(c mart.VerwachtCel) bool { return c.Kinderen != "alle" })
}

// bandMean is a mean over the households of a band.
func bandMean(ct, n int64) int64 { return divRound(ct, n) }

func (p *page) drawForesight() {
	bands := p.F.Foresight.Bands
	if len(bands) == 0 {
		return
	}
	groups := make([]draw.Group, len(bands))
	for i, b := range bands {
		groups[i] = draw.Group{Label: nl.Word("band", b.Band) + " (" + nl.Int(b.N) + ")",
			Counts: []int64{bandMean(b.VorigCt, b.N), bandMean(b.VerwachtCt, b.N), bandMean(b.WerkelijkCt, b.N)}}
	}
	p.Figures["ijking"] = draw.GroupedAmounts("fig-ijking", "Terugtoets: gemiddelde kosten per huishouden, naar kosten in het jaar ervoor",
		"Per kostengroep drie balken: de kosten van het jaar ervoor, wat werd verwacht, en wat het werd. De bedragen staan in de tabel hieronder.",
		[]string{"jaar ervoor", "verwacht", "werkelijk"}, groups)
}

// BandMean is the mean per household of a band's sum, for the table; nil without households.
func (p *page) BandMean(ct, n int64) *int64 { return mean(ct, n) }

// Either is an amount in whole euros, or a share where there is no amount.
func (p *page) Either(ct *int64, share *float64) string {
	switch {
	case ct != nil:
		return nl.EuroWhole(*ct)
	case share != nil:
		return nl.Percent(*share)
	default:
		return "–"
	}
}

// Verdict says in words which of the two foretellings was closer.
func (p *page) Verdict(m *mart.IjkingMaat) string {
	switch m.Beter {
	case "verwacht":
		return "de verwachting zat er dichterbij"
	case "vorig":
		return "de verwachting wint niet van de kosten van het jaar ervoor"
	default:
		return "ze ontlopen elkaar niet"
	}
}
