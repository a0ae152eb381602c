package analist

import (
	"context"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/mart"
)

// monthRow is what is read of mart rijpheid: the net cost of a month of care by kind and group, of everyone.
type monthRow struct {
	Kind       string    `parquet:"kind,optional"`
	Month      mart.Date `parquet:"productmaand,optional,date"`
	ReceivedCt int64     `parquet:"ontvangen_ct,optional"`
	LaterCt    int64     `parquet:"later_ct,optional"`
	CreditCt   int64     `parquet:"credit_ct,optional"`
}

var monthRows = mart.Of[monthRow]("rijpheid")

// months is the declared cost of everyone by month of the windows and declared domein.
type months struct{ Parts [][]int64 }

func (m *months) read(ctx context.Context, marts fs.FS, run reports.Run, w reports.Windows) error {
	if !mart.Has(marts, "rijpheid") {
		return nil
	}
	domeinen := run.Gedeclareerd()
	m.Parts = make([][]int64, reports.Months)
	for i := range m.Parts {
		m.Parts[i] = make([]int64, len(domeinen))
	}
	return mart.Scan(ctx, marts, monthRows, func(row *monthRow) error {
		i := w.MonthIndex(row.Month.Time())
		d := slices.IndexFunc(domeinen, func(d reports.Domein) bool { return slices.Contains(d.Kosten, row.Kind) })
		if i >= 0 && i < reports.Months && d >= 0 {
			m.Parts[i][d] += row.ReceivedCt + row.LaterCt - row.CreditCt
		}
		return nil
	})
}

func (p *page) drawMonths() {
	if len(p.F.Months.Parts) == 0 {
		return
	}
	p.Figures["maanden"] = draw.MonthBars("fig-maanden", "Gedeclareerde kosten per maand van zorg, alle huishoudens",
		"Per maand een gestapelde balk met de kosten per domein, 36 maanden tot en met de peildatum. De bedragen per jaar staan in de tabel met kosten.",
		declaredLabels(p.Run), p.W.T2, p.F.Months.Parts)
}
