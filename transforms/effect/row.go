package effect

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Row is a row of mart effect. Values are in Unit; nil is not known, and then Remark says why.
type Row struct {
	Method, Origin          string
	Clock                   Clock
	Outcome, Domain, Payer  string
	Unit                    string
	Treated, Sets, Controls int
	Value, SE, Low, High, P *float64
	LeastMonths, MostMonths int
	Verdict                 Verdict
	Remark                  string
}

// What an effect is on, and of whom: all domains, all payers.
const (
	Cost    = "kosten"
	All     = "alle"
	PerYear = "ct per huishouden per jaar"
	Share   = "aandeel"
	Months  = "maanden"
)

// The methods, in the order in which they are shown.
const (
	MethodBeforeAfter = "voor_na"
	MethodToMean      = "regressie_naar_het_midden"
	MethodMatched     = "gematcht"
	MethodChanges     = "gematcht_verschil"
	MethodLagged      = "gematcht_gelijke_kosten"
	MethodBootstrap   = "gematcht_bootstrap"
	MethodStaggered   = "gestaffeld"
	MethodPlainStag   = "gestaffeld_niet_gecorrigeerd"
	MethodLottery     = "loting"
	MethodPlainLot    = "loting_niet_gecorrigeerd"
	MethodPlacebo     = "placebo_ruimte"
	MethodPlaceboTime = "placebo_tijd"
	MethodPeak        = "piek"
	MethodDetectable  = "kleinst_aantoonbaar"
	MethodLeaveOut    = "kwetsbaar_weglaten"
	MethodLargest     = "kwetsbaar_grootste"
	MethodCapped      = "kwetsbaar_afgetopt"
	MethodUncovered   = "grens_ongedekt"
	MethodExpected    = "verwacht"
	MethodNet         = "netto"
	MethodPayback     = "terugverdientijd"
)

// Methods are all, in that order.
var Methods = []string{MethodBeforeAfter, MethodToMean, MethodMatched, MethodChanges, MethodLagged, MethodBootstrap, MethodStaggered, MethodPlainStag,
	MethodLottery, MethodPlainLot, MethodPlacebo, MethodPlaceboTime, MethodPeak, MethodDetectable, MethodLeaveOut, MethodLargest, MethodCapped, MethodUncovered,
	MethodExpected, MethodNet, MethodPayback}

// set fills a row from a fit, with the interval only where there are enough sets for one.
func (r *Row) set(f Fit, least int) {
	v := f.Estimate
	r.Value = &v
	if f.N < least {
		r.note(fmt.Sprintf("minder dan %d sets: geen interval", least))
		return
	}
	if !(f.SE > 0) {
		r.note("zonder spreiding: geen interval")
		return
	}
	r.SE, r.Low, r.High, r.P = &f.SE, &f.Low, &f.High, &f.P
}

// note adds to the remark.
func (r *Row) note(text string) {
	switch {
	case text == "":
	case r.Remark == "":
		r.Remark = text
	default:
		r.Remark += "; " + text
	}
}

// counted says how many are without amounts, by reason.
func counted(without map[string]int) string {
	var list []string
	for _, reason := range slices.Sorted(maps.Keys(without)) {
		list = append(list, fmt.Sprintf("%d: %s", without[reason], reason))
	}
	return strings.Join(list, ", ")
}
