package main

import (
	"fmt"
	"reflect"
	"testing"

	"stapel/config"
	"stapel/pipeline/lake"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/ledger"
	marts "stapel/reports/mart"
	sampledata "stapel/sample-data"
)

// TestSampleLedger holds mart aansluiting of the sample to the slow reference, every row; and to what the sample was made with: one difference that
// is explained, one that is not, and feeds and years of which the ledger says nothing. waterval begins with what these add up to.
func TestSampleLedger(t *testing.T) {
	data := shared(t, demoRun).data
	_, m := manifest(t, data)
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	w, err := costs.Read(sampledata.Inbox(), cfg, sampledata.DemoKey[:])
	if err != nil {
		t.Fatal(err)
	}
	want := ledger.Rows(w)
	folder := (&lake.Lake{Root: data}).Run(m.RunID).MartFS()
	rows, err := marts.All(t.Context(), folder, marts.Ledger)
	if err != nil {
		t.Fatal(err)
	}
	verdicts, sums := map[string]int{}, map[string]int64{}
	for _, r := range rows {
		c := ledger.Cell{Feed: r.Feed, Gemeente: r.Gemeente, Jaar: int(r.Jaar)}
		got := &ledger.Row{Ledger: r.GrootboekCt, Extract: r.ExtractCt, Explained: r.VerklaardCt, Explanations: int(r.Verklaringen)}
		if !reflect.DeepEqual(got, want[c]) {
			t.Errorf("%v: mart and reference differ", c)
		}
		delete(want, c)
		verdicts[r.Oordeel]++
		key := r.Feed
		if r.VerschilCt != nil {
			sums[key+" grootboek"] += marts.Value(r.GrootboekCt)
			sums[key+" verklaard"] -= r.VerklaardCt
			sums[key+" onverklaard"] -= marts.Value(r.OpenCt)
		} else {
			sums[key+" zonder_grootboek"] += marts.Value(r.ExtractCt)
		}
	}
	for c := range want {
		t.Errorf("%v: the mart has no row", c)
	}
	if got := fmt.Sprint(verdicts); got != "map[geen_grootboek:6 sluit:22 verklaard:1 verschil:1]" {
		t.Errorf("verdicts: %s", got)
	}
	fall, err := marts.All(t.Context(), folder, marts.Waterfall)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int64{}
	for _, r := range fall {
		at[r.Kind+" "+r.Stap] = r.BedragCt
	}
	for name, ct := range sums {
		if at[name] != ct {
			t.Errorf("%s: waterval has %d, the rows add up to %d", name, at[name], ct)
		}
	}
	for name, ct := range map[string]int64{"jeugd_declaratie verklaard": -845_000, "wmo_declaratie onverklaard": -125_000, "totaal verklaard": -845_000, "totaal onverklaard": -125_000} {
		if at[name] != ct {
			t.Errorf("%s: %d, want %d", name, at[name], ct)
		}
	}
}
