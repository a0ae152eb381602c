package dossier

// Costs are the amounts per month. Declared and priced cost are never added up.
type Costs struct {
	Reeksen  []Series `json:"reeksen"`  // gedeclareerd, one a domein that has any
	Geprijsd []Series `json:"geprijsd"` // geprijsd, idem

	total [Months]int64 // gedeclareerd
	cover [Months]Cover // all kinds that cost, for every member
}

// Series is what a domein cost in each month, in eurocents.
type Series struct {
	Domein string        `json:"domein"`
	Naam   string        `json:"naam"`
	Maand  [Months]int64 `json:"maand_ct"`
}

// costs adds the parts of lines up per month and domein.
func (b *builder) costs() Costs {
	var c Costs
	var kinds []string
	for _, domein := range b.d.Run.Domeinen {
		declared := Series{Domein: domein.Naam, Naam: domein.Label}
		priced := declared
		var any, anyPriced bool
		for _, m := range b.d.Maanden {
			at := b.p.month(m.Maand)
			switch {
			case m.Domein != domein.Naam:
			case m.Grondslag == "gedeclareerd":
				declared.Maand[at] += m.DeelCt
				c.total[at] += m.DeelCt
				any = true
			default:
				priced.Maand[at] += m.DeelCt
				anyPriced = true
			}
		}
		if any {
			c.Reeksen = append(c.Reeksen, declared)
		}
		if anyPriced {
			c.Geprijsd = append(c.Geprijsd, priced)
		}
		if !domein.Geprijsd {
			kinds = append(kinds, domein.Kosten...) // what costs, not what was allocated
		}
	}
	c.cover = covered(b.household(kinds...), allMonths, 0)
	for i, name := range []string{"T2", "T1", "T0"} {
		w := Window{Naam: name, EersteMaand: 12 * i}
		for m := 12 * i; m < 12*i+12; m++ {
			w.KostenCt += c.total[m]
			for _, s := range c.Geprijsd {
				w.GeprijsdCt += s.Maand[m]
			}
		}
		b.p.Vensters = append(b.p.Vensters, w)
	}
	return c
}

// lineCosts is what each line cost in T0 and in all windows.
func (b *builder) lineCosts() (t0, all map[Bron]int64) {
	t0, all = map[Bron]int64{}, map[Bron]int64{}
	for _, m := range b.d.Maanden {
		at := Bron{m.Kind, m.Bestand, m.Regel}
		all[at] += m.DeelCt
		if b.p.month(m.Maand) >= Months-12 {
			t0[at] += m.DeelCt
		}
	}
	return t0, all
}

// highest is the largest month, and lowest the smallest, 0 when none is below it.
func (c *Costs) extremes() (lowest, highest int64) {
	for m := range Months {
		var neg, pos int64
		for _, s := range c.Reeksen {
			neg, pos = neg+min(0, s.Maand[m]), pos+max(0, s.Maand[m])
		}
		lowest, highest = min(lowest, neg), max(highest, pos)
	}
	return lowest, highest
}
