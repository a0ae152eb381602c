package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/ingest"
	sampledata "stapel/sample-data"
)

// mart reads a mart of the demo run; T's parquet tags choose the columns.
func mart[T any](t *testing.T, name string) []T {
	t.Helper()
	return readMart[T](t, shared(t, demoRun).data, name)
}

func readMart[T any](t *testing.T, data, name string) []T {
	t.Helper()
	latest, err := os.ReadFile(filepath.Join(data, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := parquet.ReadFile[T](filepath.Join(data, "runs", strings.TrimSpace(string(latest)), "marts", name+".parquet"))
	if err != nil && err != io.EOF {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

func expected(t *testing.T) *sampledata.Expected {
	t.Helper()
	want, err := sampledata.Verwacht()
	if err != nil {
		t.Fatal(err)
	}
	return want
}

type huishoudenRow struct {
	ID       string `parquet:"huishouden_id"`
	Gemeente string `parquet:"gemeentecode"`
	Persons  int64  `parquet:"personen"`
	Adults   int64  `parquet:"volwassenen"`
	Children int64  `parquet:"kinderen"`
	Attached int64  `parquet:"aangehechte_kinderen"`
}

type rankRow struct {
	Rank         int64  `parquet:"rang"`
	ID           string `parquet:"huishouden_id"`
	T0           int64  `parquet:"kosten_t0_ct"`
	T1           int64  `parquet:"kosten_t1_ct"`
	T2           int64  `parquet:"kosten_t2_ct"`
	Wmo          int64  `parquet:"kosten_wmo_ct"`
	Jeugd        int64  `parquet:"kosten_jeugd_ct"`
	Participatie int64  `parquet:"kosten_participatie_ct"`
	Zvw          int64  `parquet:"kosten_zvw_ct"`
	Priced       int64  `parquet:"geprijsd_schuldhulp_ct"`
	Domains      int64  `parquet:"domeinen"`
	Provisions   int64  `parquet:"voorzieningen"`
	Providers    int64  `parquet:"aanbieders"`
	ZvwCovered   string `parquet:"zvw_gedekt"`
	Reported     bool   `parquet:"veldmelding"`
	InPlan       bool   `parquet:"in_maatwerk"`
	Eligible     bool   `parquet:"in_aanmerking"`
	WhyNot       string `parquet:"reden_niet"`
}

type cocktailRow struct {
	ID       string `parquet:"huishouden_id"`
	Cocktail string `parquet:"cocktail_id"`
	From     int32  `parquet:"van,date"`
	To       int32  `parquet:"tot,date"`
	Status   string `parquet:"status"`
	Active   bool   `parquet:"actief"`
	Missing  string `parquet:"ontbrekend"`
	Order    string `parquet:"volgorde"`
}

type memberRow struct {
	Household string `parquet:"huishouden_id"`
	Person    string `parquet:"persoon_id"`
}

func isoDay(d int32) string { return ingest.Day(d).String() }

// TestGoldenCases compares every hand-made household with what was computed for it by hand.
func TestGoldenCases(t *testing.T) {
	want := expected(t)
	key, err := ingest.NewProjectKey(sampledata.DemoKey[:])
	if err != nil {
		t.Fatal(err)
	}
	household := map[string]string{}
	for _, m := range mart[memberRow](t, "huishouden_lid") {
		household[m.Person] = m.Household
	}
	households, ranks, episodes := map[string]huishoudenRow{}, map[string]rankRow{}, map[string][]cocktailRow{}
	for _, h := range mart[huishoudenRow](t, "huishouden") {
		households[h.ID] = h
	}
	for _, r := range mart[rankRow](t, "ranglijst") {
		ranks[r.ID] = r
	}
	for _, c := range mart[cocktailRow](t, "cocktail") {
		episodes[c.ID] = append(episodes[c.ID], c)
	}
	id := func(c sampledata.Case) string {
		return household[ingest.PersoonID(key.Key(ingest.DomainPersoon, c.PersonPS))]
	}
	byName := map[string]rankRow{}
	for _, c := range want.Cases {
		byName[c.Name] = ranks[id(c)]
	}
	for _, c := range want.Cases {
		t.Run(c.Name, func(t *testing.T) {
			hh := id(c)
			if (c.Shown != nil && !*c.Shown) || (c.Known != nil && !*c.Known) {
				if hh != "" {
					t.Fatalf("is shown as a household and should not be")
				}
				return
			}
			if hh == "" {
				t.Fatal("has no household")
			}
			h, r := households[hh], ranks[hh]
			number := func(what string, want *int, got int64) {
				t.Helper()
				if want != nil && int64(*want) != got {
					t.Errorf("%s is %d, want %d", what, got, *want)
				}
			}
			cents := func(what string, want *int64, got int64) {
				t.Helper()
				if want != nil && *want != got {
					t.Errorf("%s is %d ct, want %d", what, got, *want)
				}
			}
			flag := func(what string, want *bool, got bool) {
				t.Helper()
				if want != nil && *want != got {
					t.Errorf("%s is %v, want %v", what, got, *want)
				}
			}
			text := func(what string, want *string, got string) {
				t.Helper()
				if want != nil && *want != got {
					t.Errorf("%s is %q, want %q", what, got, *want)
				}
			}
			number("personen", c.Persons, h.Persons)
			number("volwassenen", c.Adults, h.Adults)
			number("kinderen", c.Children, h.Children)
			number("aangehechte_kinderen", c.Attached, h.Attached)
			text("gemeentecode", c.Gemeente, h.Gemeente)
			cents("kosten_t0_ct", c.T0, r.T0)
			cents("kosten_t1_ct", c.T1, r.T1)
			cents("kosten_t2_ct", c.T2, r.T2)
			cents("kosten_wmo_ct", c.Wmo, r.Wmo)
			cents("kosten_jeugd_ct", c.Jeugd, r.Jeugd)
			cents("kosten_participatie_ct", c.Participatie, r.Participatie)
			cents("kosten_zvw_ct", c.Zvw, r.Zvw)
			number("domeinen", c.Domains, r.Domains)
			number("voorzieningen", c.Provisions, r.Provisions)
			number("aanbieders", c.Providers, r.Providers)
			flag("in_aanmerking", c.Eligible, r.Eligible)
			text("reden_niet", c.WhyNot, r.WhyNot)
			flag("in_maatwerk", c.InPlan, r.InPlan)
			flag("veldmelding", c.Reported, r.Reported)
			text("zvw_gedekt", c.ZvwCovered, r.ZvwCovered)
			if c.PricedLike != nil {
				if other := byName[*c.PricedLike].Priced; r.Priced == 0 || max(r.Priced-other, other-r.Priced) > 1 {
					t.Errorf("geprijsd_schuldhulp_ct is %d, that of %s %d", r.Priced, *c.PricedLike, other)
				}
			}
			if c.Cocktails != nil {
				var got, wanted []string
				for _, e := range episodes[hh] {
					got = append(got, fmt.Sprint(e.Cocktail, " ", isoDay(e.From), "..", isoDay(e.To), " ", e.Status, " ", e.Active, " [", e.Missing, "] ", e.Order))
				}
				for _, e := range *c.Cocktails {
					wanted = append(wanted, fmt.Sprint(e.Cocktail, " ", e.From, "..", e.To, " ", e.Status, " ", e.Active, " [", strings.Join(e.Missing, "|"), "] ", strings.Join(e.Order, ">")))
				}
				if !slices.Equal(got, wanted) {
					t.Errorf("cocktails are\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(wanted, "\n  "))
				}
			}
		})
	}
}

type planRow struct {
	Number    string `parquet:"casusnummer"`
	Status    string `parquet:"status"`
	Approvals int64  `parquet:"akkoorden"`
	Days      *int64 `parquet:"dagen_tot_akkoord,optional"`
	Now       *int64 `parquet:"huidig_ct,optional"`
	Threatens *int64 `parquet:"dreigend_ct,optional"`
	Tailored  *int64 `parquet:"maatwerk_ct,optional"`
	Saving    *int64 `parquet:"besparing_verwacht_ct,optional"`
	Findings  string `parquet:"bevindingen"`
	Extra     *int64 `parquet:"meerkosten_ct,optional"`
	Standing  string `parquet:"akkoord_stand"`
}

// TestGoldenPlans holds every plan of the sample, and of the case Sophie the published amounts: 27.000 euro less than what threatens, and 43.000
// more than now.
func TestGoldenPlans(t *testing.T) {
	want := expected(t)
	show := func(v *int64) string {
		if v == nil {
			return "-"
		}
		return fmt.Sprint(*v)
	}
	var got, wanted []string
	for _, p := range mart[planRow](t, "plan") {
		if p.Number == "C01" && (*p.Saving != 27_000_00 || *p.Extra != 43_000_00) {
			t.Errorf("Sophie's plan saves %d and costs %d more", *p.Saving, *p.Extra)
		}
		if missing := strings.Contains(p.Findings, "akkoord_ontbreekt"); missing != (p.Standing == "ontbreekt") || p.Standing == "onbekend" {
			t.Errorf("approvals of %s: %s, and %s", p.Number, p.Standing, p.Findings)
		}
		got = append(got, fmt.Sprint(p.Number, " ", p.Status, " ", p.Approvals, " ", show(p.Days), " ", show(p.Now), " ", show(p.Threatens), " ",
			show(p.Tailored), " ", show(p.Saving), " ", p.Findings))
	}
	for _, p := range want.Plans {
		var days *int64
		if p.Days != nil {
			d := int64(*p.Days)
			days = &d
		}
		wanted = append(wanted, fmt.Sprint(p.Number, " ", p.Status, " ", p.Approvals, " ", show(days), " ", show(p.Now), " ", show(p.Threatens), " ",
			show(p.Tailored), " ", show(p.Saving), " ", strings.Join(p.Findings, "|")))
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("plans are\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(wanted, "\n  "))
	}
}

type planTotaalRow struct {
	Measure string   `parquet:"meting"`
	Ct      *int64   `parquet:"waarde_ct,optional"`
	Value   *float64 `parquet:"waarde,optional"`
	Of      int64    `parquet:"noemer"`
}

// TestGoldenPlanTotals holds the published sums: 830.000 euro expected without maatwerk, 426.000 saved, 20 of 30 plans.
func TestGoldenPlanTotals(t *testing.T) {
	p := expected(t).PlanTotal
	if p.Threatens != 830_000_00 || p.Saving != 426_000_00 || p.WithAnalysis != 20 || p.Plans != 30 {
		t.Fatal("verwacht.yaml no longer holds the published sums")
	}
	got := map[string]string{}
	for _, r := range mart[planTotaalRow](t, "plan_totaal") {
		switch {
		case r.Ct != nil:
			got[r.Measure] = fmt.Sprintf("%d ct of %d", *r.Ct, r.Of)
		case r.Value != nil:
			got[r.Measure] = fmt.Sprintf("%.6g of %d", *r.Value, r.Of)
		}
	}
	want := map[string]string{
		"plannen": fmt.Sprintf("%d of %d", p.Plans, p.Plans), "plannen_met_kba": fmt.Sprintf("%d of %d", p.WithAnalysis, p.Plans),
		"huidig_alle":   fmt.Sprintf("%d ct of %d", p.Now, p.WithAnalysis),
		"dreigend_alle": fmt.Sprintf("%d ct of %d", p.Threatens, p.WithAnalysis), "maatwerk_alle": fmt.Sprintf("%d ct of %d", p.Tailored, p.WithAnalysis),
		"besparing_alle":            fmt.Sprintf("%d ct of %d", p.Saving, p.WithAnalysis),
		"gemiddelde_besparing_alle": fmt.Sprintf("%d ct of %d", p.MeanSaving, p.WithAnalysis),
		"dreigend_uitgevoerd":       fmt.Sprintf("%d ct of %d", p.CarriedThreaten, p.CarriedOut), "maatwerk_uitgevoerd": fmt.Sprintf("%d ct of %d", p.CarriedTailored, p.CarriedOut),
		"besparing_uitgevoerd":            fmt.Sprintf("%d ct of %d", p.CarriedSaving, p.CarriedOut),
		"gemiddelde_besparing_uitgevoerd": fmt.Sprintf("%d ct of %d", p.CarriedMean, p.CarriedOut),
		"akkoord_ontbreekt":               fmt.Sprintf("%d of %d", p.NoApproval, p.Plans), "akkoord_na_datum": fmt.Sprintf("%d of %d", p.LateApproval, p.Plans),
		"horizon_anders": fmt.Sprintf("0 of %d", p.WithAnalysis),
		// half a year in the middle and few within two months, as in a hundred journeys of plans
		"mediaan_dagen_tot_akkoord": fmt.Sprintf("%d of %d", p.MedianDays, p.Plans), "akkoord_binnen_twee_maanden": fmt.Sprintf("%.6g of %d", p.WithinTwoMonths, p.Plans),
		"meerkosten_alle": fmt.Sprintf("%d ct of %d", p.Tailored-p.Now, p.WithAnalysis),
		"plannen_gestart": fmt.Sprintf("21 of %d", p.Plans), "akkoord_onbekend": fmt.Sprintf("0 of %d", p.Plans), "negatieve_doorlooptijd": "0 of 23",
		"regels_tellen_niet_op": fmt.Sprintf("0 of %d", p.Plans),
		"onveiligheid":          fmt.Sprintf("10 of %d", p.Plans), "huiselijk_geweld": fmt.Sprintf("5 of %d", p.Plans),
	}
	for status, n := range p.ByStatus {
		want["plannen_status_"+status] = fmt.Sprintf("%d of %d", n, p.Plans)
	}
	for m, w := range want {
		if got[m] != w {
			t.Errorf("%s is %s, want %s", m, got[m], w)
		}
	}
}

// TestGoldenRegister holds what the sample has of the register: the six published marks, 8, 7, 6, 7, 7.5 and 4.5, have a mean of 6.67; of Sophie's
// saving of 27.000 euro who gains and who pays more; and 140.000 euro spent of 300.000, and 90.000 the year after.
func TestGoldenRegister(t *testing.T) {
	var marks []string
	for _, r := range mart[struct {
		Moment   int64    `parquet:"meetmoment_mnd"`
		Asked    int64    `parquet:"gevraagd"`
		Answered int64    `parquet:"beantwoord"`
		Mean     *float64 `parquet:"gemiddelde,optional"`
		Paired   *int64   `parquet:"gepaard_n,optional"`
		Change   *float64 `parquet:"gepaarde_verandering,optional"`
	}](t, "tevredenheid") {
		if r.Paired == nil {
			r.Paired, r.Change = new(int64), new(float64)
		}
		marks = append(marks, fmt.Sprintf("%d: %d of %d, %.2f, %d %.2f", r.Moment, r.Answered, r.Asked, *r.Mean, *r.Paired, *r.Change))
	}
	// at the start 5, 4.5, 6 and 3; after a year the parents of C02, C03, C06 and C07 are 3, 2.5, 1 and 1.5 up, after half a year two of them 2 and 0.5
	if got := strings.Join(marks, "; "); got != "0: 4 of 5, 4.62, 0 0.00; 6: 2 of 3, 6.75, 2 1.25; 12: 6 of 6, 6.67, 4 2.00" {
		t.Errorf("marks are %s", got)
	}
	saving := map[string]int64{}
	for _, r := range mart[struct {
		Number   string `parquet:"casusnummer"`
		Scenario string `parquet:"scenario"`
		Payer    string `parquet:"betaler"`
		Ct       int64  `parquet:"bedrag_ct"`
	}](t, "plan_regel") {
		if r.Number == "C01" {
			saving[r.Payer] += map[string]int64{"dreigend": 1, "maatwerk": -1}[r.Scenario] * r.Ct
		}
	}
	if got := fmt.Sprint(saving); got != "map[gemeente_jeugd:3000000 gemeente_wmo:400000 woningcorporatie:-500000 zorgverzekeraar:-200000]" {
		t.Errorf("Sophie's saving is %s", got)
	}
	var spent []string
	for _, r := range mart[struct {
		Year int64  `parquet:"jaar"`
		What string `parquet:"soort"`
		Ct   int64  `parquet:"bedrag_ct"`
		Set  *int64 `parquet:"begroot_ct,optional"`
	}](t, "uitgave") {
		if r.What == "alle" {
			set := "not said"
			if r.Set != nil {
				set = fmt.Sprint(*r.Set)
			}
			spent = append(spent, fmt.Sprintf("%d: %d of %s", r.Year, r.Ct, set))
		}
	}
	if got := strings.Join(spent, "; "); got != "2024: 14000000 of 30000000; 2025: 9000000 of not said" {
		t.Errorf("spent is %s", got)
	}
}

type controlRow struct {
	Kind      string `parquet:"kind"`
	Step      string `parquet:"stap"`
	Lines     *int64 `parquet:"regels,optional"`
	Ct        int64  `parquet:"bedrag_ct"`
	DiffLines int64  `parquet:"verschil_regels"`
	DiffCt    int64  `parquet:"verschil_ct"`
}

type deliveryRow struct {
	File        string `parquet:"bestand"`
	Status      string `parquet:"status"`
	Lines       int64  `parquet:"regels"`
	Quarantined int64  `parquet:"quarantaine"`
}

// TestGoldenTotals compares control totals, file by file and kind by kind, with those of the slow calculator.
func TestGoldenTotals(t *testing.T) {
	want := expected(t).Totals
	controls := map[string]controlRow{}
	for _, c := range mart[controlRow](t, "controle") {
		controls[c.Kind+"/"+c.Step] = c
		if c.DiffLines != 0 || c.DiffCt != 0 {
			t.Errorf("%s/%s does not close: %d lines, %d ct", c.Kind, c.Step, c.DiffLines, c.DiffCt)
		}
	}
	lines := func(step string) int64 {
		if c := controls[step]; c.Lines != nil {
			return *c.Lines
		}
		return 0
	}
	equal := func(what string, got, want int64) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %d, want %d", what, got, want)
		}
	}
	equal("households", lines("totaal/huishoudens"), int64(want.Households))
	equal("ranking", lines("totaal/ranglijst"), int64(want.Ranked))
	equal("cents of the ranking", controls["totaal/ranglijst"].Ct, want.T0+want.T1+want.T2)
	equal("cents not shown", controls["totaal/niet_getoond"].Ct, want.NotShown[0]+want.NotShown[1]+want.NotShown[2])
	var t0, t1, t2, above int64
	for i, r := range mart[rankRow](t, "ranglijst") {
		equal("rank", r.Rank, int64(i+1))
		t0, t1, t2 = t0+r.T0, t1+r.T1, t2+r.T2
		if r.T0 >= 100_000_00 {
			above++
		}
	}
	equal("T0", t0, want.T0)
	equal("T1", t1, want.T1)
	equal("T2", t2, want.T2)
	equal("households at the threshold", above, int64(want.Threshold))
	deliveries := map[string]deliveryRow{}
	for _, d := range mart[deliveryRow](t, "levering") {
		deliveries[d.File] = d
	}
	replaced := map[string]int64{}
	for _, f := range want.Files {
		d := deliveries[f.Name]
		equal(f.Name+": delivered", d.Lines, int64(f.Delivered))
		equal(f.Name+": quarantined", d.Quarantined, int64(f.Quarantined))
		if (d.Status == "dubbel") != (f.Duplicate > 0) {
			t.Errorf("%s: status is %s", f.Name, d.Status)
		}
		kind, _, _ := strings.Cut(f.Name, "/")
		replaced[kind] += int64(f.Replaced)
	}
	equal("files", int64(len(deliveries)), int64(len(want.Files)))
	for _, k := range want.Kinds {
		equal(k.Kind+": vervangen", lines(k.Kind+"/vervangen"), replaced[k.Kind])
		equal(k.Kind+": uitgesloten", lines(k.Kind+"/uitgesloten"), int64(k.Excluded))
		equal(k.Kind+": herhaald", lines(k.Kind+"/herhaald"), int64(k.Repeated))
		equal(k.Kind+": ouder", lines(k.Kind+"/ouder"), int64(k.Older))
		if k.ExcludedCt != nil {
			equal(k.Kind+": uitgesloten ct", controls[k.Kind+"/uitgesloten"].Ct, *k.ExcludedCt)
		}
		if k.UsedCt != nil {
			equal(k.Kind+": gebruikt ct", controls[k.Kind+"/gebruikt"].Ct, *k.UsedCt)
		}
		if k.WindowsCt != nil {
			equal(k.Kind+": in vensters ct", controls[k.Kind+"/in_vensters"].Ct, *k.WindowsCt)
		}
	}
}

// TestMartsAreOrdered: every mart lies in the order of its key, ids are text, and no date is in local time.
func TestMartsAreOrdered(t *testing.T) {
	ranks := mart[rankRow](t, "ranglijst")
	if !slices.IsSortedFunc(ranks, func(a, b rankRow) int {
		return cmp.Or(cmp.Compare(b.T0, a.T0), cmp.Compare(a.ID, b.ID))
	}) {
		t.Error("ranglijst is not by cost and then id")
	}
	for _, r := range ranks {
		if !strings.HasPrefix(r.ID, "h-") || len(r.ID) != 18 || strings.ToLower(r.ID) != r.ID {
			t.Fatalf("id %q is not h- and 16 lower-case hex digits", r.ID)
		}
	}
	households := mart[huishoudenRow](t, "huishouden")
	if !slices.IsSortedFunc(households, func(a, b huishoudenRow) int { return cmp.Compare(a.ID, b.ID) }) {
		t.Error("huishouden is not by id")
	}
	for _, c := range mart[cocktailRow](t, "cocktail") {
		if c.To <= c.From || isoDay(c.From) < "2024-01-01" || isoDay(c.To) > "2026-01-01" {
			t.Errorf("episode %s..%s is not within the 24 months to P", isoDay(c.From), isoDay(c.To))
		}
	}
	if _, err := time.Parse(time.DateOnly, expected(t).Peildatum); err != nil {
		t.Error(err)
	}
}
