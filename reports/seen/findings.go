package seen

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/mart"
)

// Finding adds up what was found in a kind under one code: the findings of mart bevinding, or lines that mart uitgesloten leaves out.
type Finding struct {
	Code     string `json:"code"`
	Kind     string `json:"kind"`
	N        int64  `json:"aantal"`                // findings; one may be about more lines
	Lines    int64  `json:"regels"`                // that they are about
	Ct       *int64 `json:"bedrag_ct,omitempty"`   // counted eurocents of those lines; nil where the kind has no money
	Excluded bool   `json:"uitgesloten,omitempty"` // the lines count in no figure
	Severe   bool   `json:"ernst_fout,omitempty"`  // at least one has ernst fout
}

// findingOrder is the order in which codes are shown: the same money twice, then money that doesn't fit, then persons and deliveries;
// others follow by name.
var findingOrder = []string{"overlap_verschilt", "overlap_gelijk", "regel_gelijk", "8021", "9389", "9390", "8017", "9346", "9307", "9308",
	"periode_onwaarschijnlijk", "voor_geboorte", "na_overlijden", "uitkering_gedeeld", "bedrag_ongelijk", "9384", "toewijzing_gelijk",
	"twee_leveranciers", "huishouden_te_groot", "verblijven_te_veel", "geboortejaar_verschilt"}

// FindingRank is the place of a code in the order in which codes are shown.
func FindingRank(code string) int { return reports.Rank(findingOrder, code) }

// Money says whether the finding is about amounts.
func (f Finding) Money() bool { return f.Ct != nil }

// findings adds up marts bevinding and uitgesloten per code and kind.
func findings(ctx context.Context, marts fs.FS) ([]Finding, error) {
	type key struct {
		code, kind string
		excluded   bool
	}
	sums := map[key]*Finding{}
	at := func(code, kind string, excluded bool) *Finding {
		k := key{code, kind, excluded}
		if sums[k] == nil {
			sums[k] = &Finding{Code: code, Kind: kind, Excluded: excluded}
		}
		sums[k].N++
		return sums[k]
	}
	err := mart.ScanIfThere(ctx, marts, mart.Findings, func(row *mart.Bevinding) error {
		f := at(row.RegelCode, row.Onderwerp, false)
		f.Lines += mart.Value(row.Regels)
		f.add(row.BedragCt)
		f.Severe = f.Severe || row.Ernst == "fout"
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = mart.ScanIfThere(ctx, marts, mart.Excluded, func(row *mart.Uitgesloten) error {
		f := at(row.RegelCode, row.Kind, true)
		f.Lines++
		f.add(row.BedragCt)
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]Finding, 0, len(sums))
	for _, f := range sums {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(FindingRank(a.Code), FindingRank(b.Code)), cmp.Compare(a.Code, b.Code), reports.ByKind(a.Kind, b.Kind),
			reports.ByFlag(a.Excluded, b.Excluded))
	})
	return out, nil
}

// add counts cents, when there are any to count.
func (f *Finding) add(ct *int64) {
	if ct != nil {
		sum := mart.Value(f.Ct) + *ct
		f.Ct = &sum
	}
}

// Outside is what a kind's cost has outside the three windows of the run.
type Outside struct {
	Kind   string `json:"kind"`
	Ct     int64  `json:"bedrag_ct"`
	Before int64  `json:"voor_ct"` // of days before the first window
	After  int64  `json:"na_ct"`   // of days after the peildatum
}

// outsideWindows are the kinds with money outside the windows, of mart controle.
func outsideWindows(ctx context.Context, marts fs.FS) ([]Outside, error) {
	byName := map[string]*Outside{}
	err := mart.ScanIfThere(ctx, marts, mart.Control, func(row *mart.Controle) error {
		o := byName[row.Kind]
		if o == nil {
			o = &Outside{Kind: row.Kind}
			byName[row.Kind] = o
		}
		switch row.Stap {
		case "buiten_vensters":
			o.Ct = row.BedragCt
		case "voor_vensters":
			o.Before = row.BedragCt
		case "na_vensters":
			o.After = row.BedragCt
		}
		return nil
	})
	var out []Outside
	for _, o := range byName {
		if o.Ct != 0 || o.Before != 0 || o.After != 0 {
			out = append(out, *o)
		}
	}
	slices.SortFunc(out, func(a, b Outside) int { return reports.ByKind(a.Kind, b.Kind) })
	return out, err
}
