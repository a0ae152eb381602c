package effectworlds

import (
	"fmt"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"stapel/pipeline/reference/lines"
)

// checking collects what one check sees.
type checking struct{ Check }

func (c *checking) that(ok bool, format string, args ...any) {
	if c.Of++; !ok {
		c.Wrong = append(c.Wrong, fmt.Sprintf(format, args...))
	}
}

// cents holds an amount of a mart to one that was worked out again, to the cent; there are none where that is said.
func (c *checking) cents(what string, got *int64, want float64, within float64) {
	switch {
	case got == nil:
		c.that(false, "%s is empty, and is %.2f euro", what, want/100)
	default:
		c.that(math.Abs(float64(*got)-want) <= within, "%s is %.2f euro, and the second sum gives %.2f", what, float64(*got)/100, want/100)
	}
}

// aCent is one way or the other: a half that is rounded by one and not by the other.
const aCent = 1

// hold makes all checks.
func (p *play) hold(dir string) error {
	for _, check := range []struct {
		name string
		do   func(c *checking, dir string) error
	}{
		{"plans are in a set or dropped, with the reason", p.plansAddUp},
		{"koppeling is who was matched, each household once in a role", p.linked},
		{"gematcht is the sum over its sets", p.matchedAgain},
		{"laws and payers add up to the whole", p.partsAddUp},
		{"netto is the effect and what was spent", p.netAgain},
		{"voor_na is the sum over the treated", p.naiveAgain},
		{"uitkomst is the difference of its four means", p.outcomesAgain},
		{"the lottery is Lin's formula by hand", p.lotteryAgain},
	} {
		c := &checking{Check{Name: check.name}}
		if err := check.do(c, dir); err != nil {
			return fmt.Errorf("%s: %w", check.name, err)
		}
		p.out.Checks = append(p.out.Checks, c.Check)
	}
	return nil
}

var counts = regexp.MustCompile(`(\d+): `)

// plansAddUp: the plans of the extracts are those in a set with amounts, those in a set without, and those in none.
func (p *play) plansAddUp(c *checking, dir string) error {
	plans, started := 0, 0
	err := eachLine(filepath.Join(dir, "inbox", "maatwerk_plan", "synthetisch-maatwerk_plan.csv"), func(cell func(string) string, _ string) error {
		plans++
		if cell("datum_start") != "" {
			started++
		}
		return nil
	})
	if err != nil {
		return err
	}
	c.that(plans == p.Plans && started == p.Plans, "%d plans were delivered of which %d started, and %d were made", plans, started, p.Plans)
	c.that(len(p.plans) == plans, "effect_plan has %d plans of %d", len(p.plans), plans)
	row := p.row("gematcht", p.origin(), "alle", "alle")
	counted := int(row.Sets)
	for _, m := range counts.FindAllStringSubmatch(row.Remark, -1) {
		n, err := strconv.Atoi(m[1])
		if err != nil {
			return err
		}
		counted += n
	}
	c.that(counted == plans, "%d sets with amounts and what the remark counts are %d plans, of %d", row.Sets, counted, plans)
	c.that(int(row.Sets) == len(p.list), "%d sets with amounts, and the second sum has %d", row.Sets, len(p.list))
	for reason, n := range p.without {
		c.that(strings.Contains(row.Remark, fmt.Sprintf("%d: %s", n, reason)), "the remark does not say that %d sets have no amounts: %s", n, reason)
	}
	in, out := 0, 0
	for _, r := range p.participants {
		switch r.Role {
		case "behandeld":
			in++
		case "zonder_set":
			out++
			c.that(r.Reason != "", "a plan without a set has no reason")
		}
	}
	for _, r := range p.results.plans {
		if r.Reason == "geen_huishouden" { // nobody to be a participant
			out++
		}
	}
	c.that(in+out == plans, "%d in a set and %d in none, of %d plans", in, out, plans)
	return nil
}

// linked: mart koppeling has the households of the sets and no other. A household is treated in one set and a control in one, before its own plan.
func (p *play) linked(c *checking, _ string) error {
	type place struct {
		set int64
		id  string
	}
	want, weight, once := map[place]participant{}, map[int64]int{}, map[[2]string]bool{}
	for _, r := range p.participants {
		if r.Role == "behandeld" || r.Role == "vergelijking" {
			want[place{r.Set, r.id()}] = r
			c.that(!once[[2]string{r.Role, r.id()}], "a household is in two sets as %s", r.Role)
			once[[2]string{r.Role, r.id()}] = true
		}
		if r.Role == "vergelijking" {
			weight[r.Set]++
		}
	}
	for _, r := range p.links {
		w, there := want[place{r.Set, r.ID}]
		c.that(there, "set %d has a household that was not matched", r.Set)
		own := 1.0
		if !r.Treated {
			own = 1 / float64(weight[r.Set])
		}
		c.that(r.Weight == own && r.Treated == (w.Role == "behandeld") && r.Month == w.Month && r.Case == w.Case && r.Origin == w.Origin,
			"a row of set %d does not say what was matched", r.Set)
		c.that((r.Until == nil) == (w.OwnUntil == nil) && (r.Until == nil || *r.Until == *w.OwnUntil), "a row of set %d ends in another month", r.Set)
		delete(want, place{r.Set, r.ID})
	}
	c.that(len(want)*20 <= len(p.links), "%d of %d members of sets are not shown", len(want), len(want)+len(p.links)) // of who may not be shown
	return nil
}

// forms are both forms of the estimate, of changes, at the lags of the sets.
func (p *play) forms(changes []float64) ([2]figure, error) {
	return matched(changes, lagsOf(p.amounts))
}

func (p *play) changes() (out []float64) {
	for _, a := range p.amounts {
		out = append(out, a.change)
	}
	return out
}

// chosen is which form decides: of data the one at equal cost before, of the field the one that shows least.
func (p *play) chosen(forms [2]figure) int {
	if p.origin() == "veld" && forms[0].estimate > forms[1].estimate {
		return 0
	}
	return 1
}

// enough is whether there are sets for the second sum to be made, and for an interval.
func (p *play) enough() (sum, interval bool) { return len(p.list) > 4, len(p.list) >= 10 }

func (p *play) matchedAgain(c *checking, _ string) error {
	sum, interval := p.enough()
	if !sum {
		return nil
	}
	forms, err := p.forms(p.changes())
	if err != nil {
		return err
	}
	se := forms[1].se
	if p.origin() == "veld" {
		se = max(forms[0].se, forms[1].se)
	}
	for _, r := range []struct {
		method string
		want   figure
	}{{"gematcht_verschil", forms[0]}, {"gematcht_gelijke_kosten", forms[1]}, {"gematcht", figure{forms[p.chosen(forms)].estimate, se}}} {
		row := p.row(r.method, p.origin(), "alle", "alle")
		c.cents(r.method, row.Ct, r.want.estimate, aCent)
		if interval {
			c.cents("se of "+r.method, row.SE, r.want.se, aCent)
		} else {
			c.that(row.SE == nil && row.Low == nil && row.High == nil, "%s has an interval of %d sets", r.method, len(p.list))
		}
	}
	return nil
}

// partsAddUp: each law and payer is the sum over its own lines, and together they are the whole.
func (p *play) partsAddUp(c *checking, _ string) error {
	if sum, _ := p.enough(); !sum {
		return nil
	}
	whole, err := p.forms(p.changes())
	if err != nil {
		return err
	}
	form := p.chosen(whole)
	total, paid, saved := 0.0, 0.0, map[string]float64{}
	for _, law := range laws {
		var changes []float64
		for _, s := range p.list {
			a, _, err := p.ledger.measure(s, law[0])
			if err != nil {
				return err
			}
			changes = append(changes, a.change)
		}
		forms, err := p.forms(changes)
		if err != nil {
			return err
		}
		byLaw, byPayer := p.row("gematcht", p.origin(), law[0], "alle"), p.row("gematcht", p.origin(), "alle", law[1])
		c.cents(law[0], byLaw.Ct, forms[form].estimate, aCent)
		c.cents(law[1], byPayer.Ct, forms[form].estimate, aCent)
		if byLaw.Ct != nil && byPayer.Ct != nil {
			total, paid = total+float64(*byLaw.Ct), paid+float64(*byPayer.Ct)
		}
		saved[law[1]] = -forms[form].estimate * float64(len(p.list))
	}
	row := p.row("gematcht", p.origin(), "alle", "alle")
	c.cents("the whole beside its laws", row.Ct, total, 2.5) // five amounts that are each rounded
	c.cents("the whole beside its payers", row.Ct, paid, 2.5)
	got := map[string]float64{}
	for _, r := range p.matrix {
		if r.Ct != nil {
			got[r.SavedBy] += float64(*r.Ct)
		}
	}
	for payer, want := range saved {
		c.that(math.Abs(got[payer]-want) <= 5, "betaler_matrix has %.2f euro for %s, and the second sum gives %.2f", got[payer]/100, payer, want/100)
	}
	return nil
}

// netAgain: netto is gematcht, with the mean that was spent on the plans of sets and an equal part of all else.
func (p *play) netAgain(c *checking, dir string) error {
	in, started := map[string]bool{}, 0
	sets, err := p.sets()
	if err != nil {
		return err
	}
	for _, s := range sets {
		in[s.plan] = s.start != nil
	}
	for _, r := range p.results.plans {
		if r.Reason == "" {
			started++
		}
	}
	own, rest := map[string]int64{}, int64(0)
	err = eachLine(filepath.Join(dir, "inbox", "maatwerk_uitgave", "synthetisch-maatwerk_uitgave.csv"), func(cell func(string) string, _ string) error {
		ct, err := strconv.ParseInt(strings.Replace(cell("bedrag_eur"), ",", "", 1), 10, 64)
		if err != nil {
			return err
		}
		switch {
		case lines.ParseDay(cell("datum")) > p.ledger.all.P:
		case in[cell("casusnummer")]:
			own[cell("casusnummer")] += ct
		default:
			rest += ct
		}
		return nil
	})
	if err != nil || len(p.list) == 0 {
		return err
	}
	spent := float64(rest) / float64(started)
	for _, s := range p.list {
		spent += float64(own[s.plan]) / float64(len(p.list))
	}
	effect, net := p.row("gematcht", p.origin(), "alle", "alle"), p.row("netto", p.origin(), "alle", "alle")
	for _, r := range []struct {
		what     string
		got, was *int64
	}{{"netto", net.Ct, effect.Ct}, {"netto, lower bound", net.Low, effect.Low}, {"netto, upper bound", net.High, effect.High}} {
		if r.was == nil {
			c.that(r.got == nil, "%s is there, and that of the effect is not", r.what)
			continue
		}
		c.cents(r.what, r.got, float64(*r.was)+spent, aCent)
	}
	return nil
}

// naiveAgain is over all months of the treated, whether controls are known in them or not; it holds where the same sets have amounts without their controls.
func (p *play) naiveAgain(c *checking, _ string) error {
	row := p.row("voor_na", p.origin(), "alle", "alle")
	if int(row.Treated) != len(p.list) || len(p.list) == 0 {
		return nil
	}
	mean := 0.0
	for _, a := range p.amounts {
		mean += a.naive / float64(len(p.list))
	}
	c.cents("voor_na", row.Ct, mean, aCent)
	return nil
}

func (p *play) outcomesAgain(c *checking, _ string) error {
	for _, r := range p.outcomes {
		if r.Difference == nil || r.TreatedAfter == nil || r.ControlAfter == nil {
			continue
		}
		want := *r.TreatedAfter - *r.ControlAfter
		if r.TreatedBefore != nil && r.ControlBefore != nil {
			want -= *r.TreatedBefore - *r.ControlBefore
		}
		c.that(math.Abs(want-*r.Difference) < 1e-6, "%s of %q differs by %g, and its means by %g", r.Outcome, r.Origin, *r.Difference, want)
	}
	return nil
}

// lotteryAgain: of who was on the list, drawn or not.
func (p *play) lotteryAgain(c *checking, _ string) error {
	row := p.row("loting", "loting", "alle", "alle")
	if !p.Lottery() {
		c.that(row.Ct == nil && row.Treated == 0, "there is a lottery, and nobody was drawn")
		return nil
	}
	list, unknown, err := p.entrants()
	if err != nil {
		return err
	}
	drawn := 0
	for _, e := range list {
		if e.drawn {
			drawn++
		}
	}
	c.that(len(list)+unknown <= 2*p.Plans && 10*(len(list)+unknown) >= 19*p.Plans, "%d on the list of the draw are known or not, of %d", len(list)+unknown, 2*p.Plans)
	c.that(int(row.Treated) == drawn && int(row.Controls) == len(list)-drawn, "%d drawn and %d not, and the second sum has %d and %d", row.Treated, row.Controls, drawn,
		len(list)-drawn)
	if len(list) <= 4 {
		c.that(row.Ct == nil, "there is a figure of %d households", len(list))
		return nil
	}
	f, err := lin(list)
	if err != nil {
		return err
	}
	c.cents("loting", row.Ct, f.estimate, aCent)
	c.cents("se of loting", row.SE, f.se, aCent)
	return nil
}
