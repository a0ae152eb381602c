// Package seen reads what the marts of a run say about the data that came in: what was found in lines and left out, how well kinds link,
// and what falls outside the windows. It is read once a run, for the summary on the terminal and for reports.
package seen

import (
	"context"
	"io/fs"
	"time"

	"stapel/reports/mart"
)

// Seen is what the marts say about the data that came in. A mart that a run does not have gives nothing.
type Seen struct {
	Findings []Finding `json:"bevindingen,omitempty"`
	Links    []Link    `json:"koppeling,omitempty"`
	Outside  []Outside `json:"buiten_vensters,omitempty"`
	Sources  Sources   `json:"bronnen,omitempty"`
	Ledger   Ledger    `json:"aansluiting"`
}

// Read reads marts bevinding, uitgesloten, koppelgraad, controle, levering, dekking and aansluiting. t0 is the first day of the last twelve months. An
// error names the mart.
func Read(ctx context.Context, marts fs.FS, t0 time.Time) (s Seen, err error) {
	if s.Findings, err = findings(ctx, marts); err != nil {
		return s, err
	}
	if s.Links, err = Links(ctx, marts); err != nil {
		return s, err
	}
	if s.Outside, err = outsideWindows(ctx, marts); err != nil {
		return s, err
	}
	if s.Ledger, err = ReadLedger(ctx, marts); err != nil {
		return s, err
	}
	s.Sources, err = sources(ctx, marts, s.Links, mart.DateOf(t0))
	return s, err
}
