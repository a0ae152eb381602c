package sampledata

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"stapel/pipeline/reference/costs"
)

func expected(t *testing.T) *Expected {
	t.Helper()
	e, err := Verwacht()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// names are those of a list in one text, an empty list for none.
func names(text, separator string) []string {
	if text == "" {
		return []string{}
	}
	return strings.Split(text, separator)
}

// TestCasesAreInTheInbox holds the names and people of verwacht.yaml equal to the hand-made households that were written.
func TestCasesAreInTheInbox(t *testing.T) {
	made, r := build().cases, readReference(t)
	named := map[string]bool{}
	for _, c := range expected(t).Cases {
		if named[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		named[c.Name] = true
		if c.Sentence == "" {
			t.Errorf("%s: no sentence", c.Name)
		}
		if p := made[c.Name]; p == nil || p.ps != c.PersonPS {
			t.Errorf("%s: not the person of the hand-made household of that name", c.Name)
		}
		if r.Of(c.PersonPS) == nil {
			t.Errorf("%s: no spell in the inbox", c.Name)
		}
	}
	for name := range made {
		if !named[name] {
			t.Errorf("%s is made and not in verwacht.yaml", name)
		}
	}
}

// TestCases compares what was computed by hand with the references.
func TestCases(t *testing.T) {
	r, e := readReference(t), expected(t)
	psOf := map[string]string{}
	for _, c := range e.Cases {
		psOf[c.Name] = c.PersonPS
	}
	for _, c := range e.Cases {
		t.Run(c.Name, func(t *testing.T) {
			h := r.Of(c.PersonPS).House
			if known := c.Known == nil || *c.Known; known != (h != nil) {
				t.Fatalf("has a household: want %v", known)
			}
			if h == nil {
				return
			}
			if shown := c.Shown == nil || *c.Shown; shown == h.Away() {
				t.Errorf("shown: want %v", shown)
			}
			s, adults, attached := r.Spent(h), int(r.Adults(h)), 0
			for _, m := range h.Members {
				if m.Attached {
					attached++
				}
			}
			same(t, "personen", c.Persons, len(h.Members))
			same(t, "volwassenen", c.Adults, adults)
			same(t, "kinderen", c.Children, len(h.Members)-adults)
			same(t, "aangehechte_kinderen", c.Attached, attached)
			same(t, "gemeentecode", c.Gemeente, r.Head(h).Fact.Line.Gemeente)
			same(t, "kosten_t0_ct", c.T0, r.Sum(h, 0))
			same(t, "kosten_t1_ct", c.T1, r.Sum(h, 1))
			same(t, "kosten_t2_ct", c.T2, r.Sum(h, 2))
			same(t, "kosten_wmo_ct", c.Wmo, s.Declared[0]["wmo"])
			same(t, "kosten_jeugd_ct", c.Jeugd, s.Declared[0]["jeugd"])
			same(t, "kosten_participatie_ct", c.Participatie, s.Declared[0]["participatie"])
			same(t, "kosten_zvw_ct", c.Zvw, s.Declared[0]["zvw"])
			same(t, "domeinen", c.Domains, int(r.Domeinen(h)))
			same(t, "voorzieningen", c.Provisions, int(r.Provisions(h)))
			same(t, "aanbieders", c.Providers, len(s.Providers))
			why := strings.Join(r.WhyNot(h), "|")
			same(t, "in_aanmerking", c.Eligible, why == "")
			same(t, "reden_niet", c.WhyNot, why)
			same(t, "in_maatwerk", c.InPlan, r.InMaatwerk(h))
			same(t, "veldmelding", c.Reported, r.Reported(h))
			same(t, "zvw_gedekt", c.ZvwCovered, r.ZvwCovered(h))
			if c.PricedLike != nil {
				mine, other := s.Priced["schuldhulp"], r.Spent(r.Of(psOf[*c.PricedLike]).House).Priced["schuldhulp"]
				if diff := mine - other; mine <= 0 || diff < -1 || diff > 1 {
					t.Errorf("priced %d, the other %d", mine, other)
				}
			}
			if c.Cocktails != nil {
				same(t, "cocktails", &[]string{fmt.Sprint(*c.Cocktails)}, []string{fmt.Sprint(r.episodes[h.ID])})
			}
		})
	}
}

// same compares a stated expectation.
func same[T any](t *testing.T, what string, want *T, got T) {
	t.Helper()
	if want != nil && !reflect.DeepEqual(*want, got) {
		t.Errorf("%s: verwacht.yaml says %v, the reference %v", what, *want, got)
	}
}

// TestPlans compares the plans and their sums, among them the printed ones: 830.000, 404.000 and 426.000 euro.
func TestPlans(t *testing.T) {
	e, r := expected(t), readReference(t)
	plans := map[string]costs.Plan{}
	for _, p := range r.Plans() {
		plans[p.Number] = p
	}
	if len(plans) != len(e.Plans) {
		t.Fatalf("%d plans, verwacht.yaml has %d", len(plans), len(e.Plans))
	}
	got := PlanTotals{Plans: len(plans), ByStatus: map[string]int{}}
	for _, want := range e.Plans {
		p := plans[want.Number]
		has := PlanExpected{Number: p.Number, Status: p.Status, Approvals: int(p.Approvals), Now: p.Now, Threatens: p.Threatens, Tailored: p.Tailored,
			Saving: p.Saving, Findings: append([]string{}, p.Findings...)}
		if p.Days != nil {
			days := int(*p.Days)
			has.Days = &days
		}
		if !reflect.DeepEqual(has, want) {
			t.Errorf("%s: verwacht.yaml and the reference differ", want.Number)
		}
		got.ByStatus[p.Status]++
		got.NoApproval += count(p.Findings, "akkoord_ontbreekt")
		got.LateApproval += count(p.Findings, "akkoord_na_datum")
		if p.Saving == nil {
			continue
		}
		got.WithAnalysis++
		got.Now += *p.Now
		got.Threatens += *p.Threatens
		got.Tailored += *p.Tailored
		if p.Status == "uitvoering" || p.Status == "gereed" {
			got.CarriedOut++
			got.CarriedThreaten += *p.Threatens
			got.CarriedTailored += *p.Tailored
		}
	}
	got.Saving = got.Threatens - got.Tailored
	got.MeanSaving = got.Saving / int64(got.WithAnalysis)
	got.CarriedSaving = got.CarriedThreaten - got.CarriedTailored
	got.CarriedMean = got.CarriedSaving / int64(got.CarriedOut)
	days, s := r.Survival()
	for i := range days {
		if s[i] <= 0.5 && got.MedianDays == 0 {
			got.MedianDays = days[i]
		}
		if days[i] <= 61 {
			got.WithinTwoMonths = 1 - s[i]
		}
	}
	if math.Abs(got.WithinTwoMonths-e.PlanTotal.WithinTwoMonths) < 1e-12 {
		got.WithinTwoMonths = e.PlanTotal.WithinTwoMonths
	}
	if !reflect.DeepEqual(got, e.PlanTotal) {
		t.Errorf("plan_totaal: verwacht.yaml has\n%+v, the reference\n%+v", e.PlanTotal, got)
	}
	if got.Threatens != 830_000_00 || got.Tailored != 404_000_00 || got.Saving != 426_000_00 {
		t.Error("the sums are not the printed ones")
	}
}

func count(list []string, s string) (n int) {
	for _, x := range list {
		if x == s {
			n++
		}
	}
	return n
}

// TestTotals compares what becomes of every line and cent.
func TestTotals(t *testing.T) {
	r := readReference(t)
	got, want := r.totals(), expected(t).Totals
	if !reflect.DeepEqual(got, want) {
		t.Errorf("totalen of verwacht.yaml differ from the reference, which has\n%s", got.yaml())
	}
	accepted := map[string]int{}
	for _, f := range got.Files {
		if f.Delivered != f.Quarantined+f.Duplicate+f.Replaced+f.Accepted {
			t.Errorf("%s: lines do not add up", f.Name)
		}
		kind, _ := splitKind(f.Name)
		accepted[kind] += f.Accepted
	}
	windows := int64(0)
	for _, k := range got.Kinds {
		if used := len(r.Used(k.Kind)); accepted[k.Kind] != used+k.Excluded+k.Repeated+k.Older {
			t.Errorf("%s: accepted lines do not add up", k.Kind)
		}
		if k.WindowsCt != nil {
			windows += *k.WindowsCt
		}
	}
	sum := got.T0 + got.T1 + got.T2
	for w := range 3 {
		sum += got.Unknown[w] + got.NotShown[w]
	}
	if sum != windows {
		t.Errorf("households, unknown and not shown hold %d cents, the kinds %d in the windows", sum, windows)
	}
}

// totals adds up the whole set.
func (r *reference) totals() Totals {
	var out Totals
	files, kinds := map[string]*FileTotal{}, map[string]*KindTotal{}
	for _, d := range r.Deliveries { // in order of name
		out.Files = append(out.Files, FileTotal{Name: d.File})
		if kinds[d.Kind] == nil {
			out.Kinds = append(out.Kinds, KindTotal{Kind: d.Kind})
			kinds[d.Kind] = &KindTotal{}
		}
	}
	for i := range out.Files {
		files[out.Files[i].Name] = &out.Files[i]
	}
	for i := range out.Kinds {
		k := &out.Kinds[i]
		kinds[k.Kind] = k
		if r.Config.Contracts[k.Kind].Money != nil {
			k.UsedCt, k.WindowsCt = new(int64), new(int64)
			if k.Kind != "participatie_uitkering" {
				k.ExcludedCt = new(int64)
			}
		}
	}
	for _, l := range r.All {
		f, k := files[l.Delivery.File], kinds[l.Kind]
		f.Delivered++
		switch l.Fate {
		case "quarantaine":
			f.Quarantined++
		case "dubbel":
			f.Duplicate++
		case "vervangen":
			f.Replaced++
		default:
			f.Accepted++
		}
		if l.Fate != "geaccepteerd" {
			continue
		}
		ct, _ := r.Counted(l)
		switch l.Use {
		case "uitgesloten":
			k.Excluded++
			if k.ExcludedCt != nil {
				*k.ExcludedCt += ct
			}
		case "herhaald":
			k.Repeated++
		case "ouder":
			k.Older++
		default:
			if k.UsedCt != nil {
				*k.UsedCt += ct
			}
		}
	}
	for _, table := range r.Marts() {
		for _, row := range table.Rows {
			switch {
			case table.Name == "controle" && row["stap"] == "in_vensters":
				if k := kinds[row["kind"].(string)]; k.WindowsCt != nil {
					*k.WindowsCt = row["bedrag_ct"].(int64)
				}
			case table.Name == "kosten" && row["huishouden_id"] == "onbekend" && row["grondslag"] == "gedeclareerd":
				out.Unknown[row["venster"].(string)[1]-'0'] += row["bedrag_ct"].(int64)
			}
		}
	}
	for _, h := range r.Houses {
		out.Households++
		if h.Away() {
			for n := range 3 {
				out.NotShown[n] += r.Sum(h, n)
			}
			continue
		}
		out.Ranked++
		out.T0, out.T1, out.T2 = out.T0+r.Sum(h, 0), out.T1+r.Sum(h, 1), out.T2+r.Sum(h, 2)
		if r.Sum(h, 0) >= 10_000_000 {
			out.Threshold++
		}
	}
	out.Cells, out.Bands = r.cells(), r.bands()
	s := r.Stacking()
	out.Stacking = StackTotal{Inhabitants: s.Inhabitants, Households: s.Households, HouseholdLaws: s.HouseLaws, Persons: s.Persons, PersonLaws: s.PersonLaws}
	for _, sex := range []string{"1", "2"} {
		c := r.InsuredCare()[sex]
		out.Insured = append(out.Insured, CareTotal{Sex: sex, Persons: c.Persons, Days: c.Days, CostCt: c.Ct})
	}
	return out
}

// cells counts the households at the end of T1.
func (r *reference) cells() (out []CellTotal) {
	list := r.Then(1)
	for _, b := range costs.Bands {
		for years := range 3 {
			for _, kids := range []string{"ja", "nee"} {
				c := CellTotal{Band: b.Name, Years: years, Kids: kids}
				for _, h := range list {
					if h.Band == b.Name && h.AboveHalf == years && h.Kids == (kids == "ja") {
						c.Households, c.NextCt = c.Households+1, c.NextCt+h.After
					}
				}
				if c.Households > 0 {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// bands counts the households at the end of T2.
func (r *reference) bands() (out []BandTotal) {
	list := r.Then(2)
	for _, b := range costs.Bands {
		s := BandTotal{Band: b.Name}
		for _, h := range list {
			if h.Band == b.Name {
				s.Households, s.YearCt, s.NextCt = s.Households+1, s.YearCt+h.Year, s.NextCt+h.After
			}
		}
		out = append(out, s)
	}
	return out
}

// TestThen: both years have households that are no longer there.
func TestThen(t *testing.T) {
	r := readReference(t)
	for window := 1; window <= 2; window++ {
		gone, list := 0, r.Then(window)
		for _, h := range list {
			if r.Houses[h.House.ID] == nil {
				gone++
			}
		}
		if gone == 0 || gone == len(list) {
			t.Errorf("T%d: of %d households %d are gone since", window, len(list), gone)
		}
	}
}

func splitKind(name string) (kind, file string) {
	kind, file, _ = strings.Cut(name, "/")
	return kind, file
}

// yaml writes totals as they stand in verwacht.yaml.
func (x Totals) yaml() string {
	text, err := yaml.Marshal(map[string]Totals{"totalen": x})
	if err != nil {
		return err.Error()
	}
	return string(text)
}
