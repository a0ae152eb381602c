package sampledata

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func expected(t *testing.T) *Expected {
	t.Helper()
	e, err := Verwacht()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestCasesAreInTheInbox holds the names and people of verwacht.yaml equal to the hand-made households that were written.
func TestCasesAreInTheInbox(t *testing.T) {
	made, o := build().cases, readOracle(t)
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
		if o.all[c.PersonPS] == nil {
			t.Errorf("%s: no spell in the inbox", c.Name)
		}
	}
	for name := range made {
		if !named[name] {
			t.Errorf("%s is made and not in verwacht.yaml", name)
		}
	}
}

// TestCases compares what was computed by hand with the calculator.
func TestCases(t *testing.T) {
	o, e := readOracle(t), expected(t)
	costs := o.costs()
	psOf := map[string]string{}
	for _, c := range e.Cases {
		psOf[c.Name] = c.PersonPS
	}
	none := &oracleSums{}
	of := func(ps string) *oracleSums {
		if s := costs[o.house(ps)]; s != nil {
			return s
		}
		return none
	}
	for _, c := range e.Cases {
		t.Run(c.Name, func(t *testing.T) {
			h := o.homeOf[c.PersonPS]
			if known := c.Known == nil || *c.Known; known != (h != nil) {
				t.Fatalf("has a household: want %v", known)
			}
			if h == nil {
				return
			}
			if shown := c.Shown == nil || *c.Shown; shown == h.hidden {
				t.Errorf("shown: want %v", shown)
			}
			s, adults, attached := of(c.PersonPS), 0, 0
			for _, m := range h.members {
				if m.adultOn(d(peil)) {
					adults++
				}
				if m.attached {
					attached++
				}
			}
			same(t, "personen", c.Persons, len(h.members))
			same(t, "volwassenen", c.Adults, adults)
			same(t, "kinderen", c.Children, len(h.members)-adults)
			same(t, "aangehechte_kinderen", c.Attached, attached)
			same(t, "gemeentecode", c.Gemeente, h.gemeente())
			same(t, "kosten_t0_ct", c.T0, s.total(0))
			same(t, "kosten_t1_ct", c.T1, s.total(1))
			same(t, "kosten_t2_ct", c.T2, s.total(2))
			same(t, "kosten_wmo_ct", c.Wmo, s.declared[0]["wmo"])
			same(t, "kosten_jeugd_ct", c.Jeugd, s.declared[0]["jeugd"])
			same(t, "kosten_participatie_ct", c.Participatie, s.declared[0]["participatie"])
			same(t, "kosten_zvw_ct", c.Zvw, s.declared[0]["zvw"])
			same(t, "domeinen", c.Domains, s.domains())
			same(t, "voorzieningen", c.Provisions, o.provisions(h))
			same(t, "aanbieders", c.Providers, len(s.providers))
			why := o.whyNot(h, s)
			same(t, "in_aanmerking", c.Eligible, why == "")
			same(t, "reden_niet", c.WhyNot, why)
			same(t, "in_maatwerk", c.InPlan, len(o.atHome[h.id]["maatwerk_plan"]) > 0)
			same(t, "veldmelding", c.Reported, len(o.atHome[h.id]["veldmelding"]) > 0)
			same(t, "zvw_gedekt", c.ZvwCovered, o.zvwCovered(h))
			if c.PricedLike != nil {
				other := of(psOf[*c.PricedLike])
				if diff := s.priced[0] - other.priced[0]; s.priced[0] <= 0 || diff < -1 || diff > 1 {
					t.Errorf("priced %d, the other %d", s.priced[0], other.priced[0])
				}
			}
			if c.Cocktails != nil {
				same(t, "cocktails", &[]string{fmt.Sprint(*c.Cocktails)}, []string{fmt.Sprint(o.cocktails(h))})
			}
		})
	}
}

// same compares a stated expectation.
func same[T any](t *testing.T, what string, want *T, got T) {
	t.Helper()
	if want != nil && !reflect.DeepEqual(*want, got) {
		t.Errorf("%s: verwacht.yaml says %v, the calculator %v", what, *want, got)
	}
}

// TestPlans compares the plans and their sums, among them the printed ones: 830.000, 404.000 and 426.000 euro.
func TestPlans(t *testing.T) {
	e, o := expected(t), readOracle(t)
	plans := o.plans()
	if len(plans) != len(e.Plans) {
		t.Fatalf("%d plans, verwacht.yaml has %d", len(plans), len(e.Plans))
	}
	got := PlanTotals{Plans: len(plans), ByStatus: map[string]int{}}
	for i, p := range plans {
		if want := e.Plans[i]; !reflect.DeepEqual(p, want) {
			t.Errorf("%s: verwacht.yaml and the calculator differ", want.Number)
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
	days, s := o.survival()
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
		t.Errorf("plan_totaal: verwacht.yaml has\n%+v, the calculator\n%+v", e.PlanTotal, got)
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
	o := readOracle(t)
	got, want := o.totals(), expected(t).Totals
	if !reflect.DeepEqual(got, want) {
		t.Errorf("totalen of verwacht.yaml differ from the calculator, which has\n%s", got.yaml())
	}
	lines := map[string]int{}
	for _, f := range got.Files {
		if f.Delivered != f.Quarantined+f.Duplicate+f.Replaced+f.Accepted {
			t.Errorf("%s: lines do not add up", f.Name)
		}
		kind, _ := splitKind(f.Name)
		lines[kind] += f.Accepted
	}
	windows := int64(0)
	for _, k := range got.Kinds {
		if used := len(o.of(k.Kind)); lines[k.Kind] != used+k.Excluded+k.Repeated+k.Older {
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
func (o *oracle) totals() Totals {
	var out Totals
	files, kinds := map[string]*FileTotal{}, map[string]*KindTotal{}
	for _, l := range o.lines {
		f := files[l.file]
		if f == nil {
			f = &FileTotal{Name: l.file}
			files[l.file] = f
		}
		f.Delivered++
		switch l.fate {
		case "quarantaine":
			f.Quarantined++
		case "dubbel":
			f.Duplicate++
		case "vervangen":
			f.Replaced++
		default:
			f.Accepted++
		}
		k := kinds[l.kind]
		if k == nil {
			k = &KindTotal{Kind: l.kind}
			if _, money := l.cents(); money || l.row["bedrag_ct"] != "" {
				k.UsedCt, k.WindowsCt = new(int64), new(int64)
				if l.kind != "participatie_uitkering" {
					k.ExcludedCt = new(int64)
				}
			}
			kinds[l.kind] = k
		}
		if l.fate != "geaccepteerd" {
			continue
		}
		ct, _ := l.cents()
		switch l.use {
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
				from, to := l.span()
				perDay(ct, from, to, func(x day, ct int64) {
					if windowOf(x) >= 0 {
						*k.WindowsCt += ct
					}
				})
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		out.Files = append(out.Files, *files[name])
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		out.Kinds = append(out.Kinds, *kinds[kind])
	}
	for _, h := range o.houses {
		out.Households++
		if !h.hidden {
			out.Ranked++
		}
	}
	for id, s := range o.costs() {
		to := [3]*int64{&out.T0, &out.T1, &out.T2}
		if id == "onbekend" {
			to = [3]*int64{&out.Unknown[0], &out.Unknown[1], &out.Unknown[2]}
		} else if o.houses[id].hidden {
			to = [3]*int64{&out.NotShown[0], &out.NotShown[1], &out.NotShown[2]}
		} else if s.total(0) >= 10_000_000 {
			out.Threshold++
		}
		for w := range 3 {
			*to[w] += s.total(w)
		}
	}
	out.Cells, out.Bands = o.cells(), o.bands()
	out.Stacking, out.Insured = o.stacking(), o.insuredCare()
	return out
}

// ranking lists the households shown by T0, the costliest first.
func (o *oracle) ranking() (ids []string) {
	costs := o.costs()
	for id, h := range o.houses {
		if !h.hidden && costs[id] != nil {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(costs[b].total(0), costs[a].total(0)), cmp.Compare(a, b))
	})
	return ids
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
