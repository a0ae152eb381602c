package sampledata

import "fmt"

// income draws bijstand: 29 in a thousand adults under pension age (CBS 2023: 401.000), 45 in a hundred in the stacked
// group. A couple shares one benefit.
func (h *drawn) income() {
	p := h.adults[0]
	normally := 0.029
	if h.stacked {
		normally = 0.45
	}
	if age := 2025 - p.year; age > 66 || age < 21 || !chance(normally, h.label, "bijstand") || h.apart != 0 {
		return
	}
	b := benefit{number: fmt.Sprintf("U%07d", 1000+h.s.number("uitkering")), from: "2023-01", to: "2025-12", ct: single}
	people := h.adults[:1]
	if len(h.adults) == 2 {
		people, b.ct, b.form = h.adults, couple, "3"
	} else if len(h.children) > 0 {
		b.form = "2"
	}
	b.started = ymd(whole(2016, 2022, h.label, "aanvang"), whole(1, 12, h.label, "aanvang maand"), 1).String()
	if chance(0.35, h.label, "later") {
		first := ymd(2023, whole(2, 30, h.label, "eerste maand"), 1)
		b.from, b.started = first.month(), first.String()
	}
	if chance(0.30, h.label, "eerder") {
		last := d(b.from+"-01").next() + day(30*whole(1, 24, h.label, "laatste maand"))
		if last.next()-1 < coverTo {
			b.to, b.ends = last.month(), (last.next() - 1).String()
			b.reason = []string{"11", "98", "31", "02", "32", "05"}[pick([]float64{45, 20, 12, 10, 8, 5}, h.label, "reden")]
		}
	}
	h.s.benefit(b, people...)
	if chance(0.15, h.label, "bijzonder") {
		m := ymd(2024, whole(1, 22, h.label, "bijzonder maand"), 1).month()
		h.s.benefit(benefit{number: b.number, code: "12", cluster: []string{"c", "h", "f", "i"}[whole(0, 3, h.label, "cluster")],
			from: m, to: m, started: b.started, ct: 100 * whole(120, 1500, h.label, "bijzonder bedrag"), form: b.form}, people[:1]...)
	}
}

// troubles draws ggz (949.000 patients in 2023, some 5.700 each), arrears (40,5 signals a thousand inhabitants a year, 41%
// insurers, 20% landlords, 20% energy, 18% water; one in six reached), trajects of schuldhulp and signals about housing.
func (h *drawn) troubles() {
	s := h.s
	for _, p := range h.adults {
		normally := 0.05
		if h.stacked {
			normally = 0.34
		}
		if p.insured && p != h.dead && chance(normally, p.ps, "ggz") {
			p.mental(h.stacked)
		}
		if h.gemeente == goirle || p == h.dead {
			continue // gemeente 0785 delivers no vroegsignalen
		}
		rate := 0.05
		if h.stacked {
			rate = 0.32
		}
		for y := 2023; y <= 2025; y++ {
			if chance(rate, p.ps, "vroegsignaal", y) {
				s.arrearsIn(p, y)
			}
		}
	}
	p := h.adults[0]
	normally := 0.012
	if h.stacked {
		normally = 0.24
	}
	if h.apart == 0 && h.dead == nil && chance(normally, h.label, "schuldhulp") {
		from := ymd(whole(2022, 2025, h.label, "traject jaar"), whole(1, 10, h.label, "traject maand"), whole(1, 28, h.label, "traject dag"))
		to := ""
		if end := from + day(whole(200, 900, h.label, "traject duur")); end <= coverTo && end >= coverFrom {
			to = end.String()
		}
		s.debtHelp(fmt.Sprintf("T%04d", 100+s.number("traject")), from.String(), to,
			int(lognormal(40170, 0.7, h.label, "schuld")), h.adults...)
	}
	normally = 0.012
	if h.stacked {
		normally = 0.34
	}
	if chance(normally, h.label, "wonen") {
		on := ymd(whole(2023, 2025, h.label, "wonen jaar"), whole(1, 12, h.label, "wonen maand"), whole(1, 28, h.label, "wonen dag"))
		sort := []string{"huurachterstand", "ontruimingsaanzegging", "urgentieaanvraag", "adresonderzoek", "briefadres", "opvang", "overbewoning"}[pick(
			[]float64{40, 12, 12, 10, 8, 8, 10}, h.label, "wonen soort")]
		to, ct := "", 0
		switch sort {
		case "briefadres", "opvang":
			to = min(on+day(whole(40, 400, h.label, "wonen duur")), coverTo).String()
		case "huurachterstand":
			ct = 100 * whole(600, 4200, h.label, "achterstand")
		}
		p.housing(sort, on.String(), to, ct)
	}
	if h.stacked && chance(0.1, h.label, "veldmelding") {
		s.report(p, ymd(2025, whole(1, 12, h.label, "melding"), 10).String(), []string{"wijkteam", "school", "huisarts", "corporatie"}[whole(0, 3, h.label, "melder")],
			"gemeld zonder namen, meerdere voorzieningen tegelijk")
	}
}

// mental draws a series of consults, and an admission for some.
func (p *person) mental(stacked bool) {
	at := ymd(whole(2023, 2025, p.ps, "ggz jaar"), whole(1, 10, p.ps, "ggz maand"), whole(1, 28, p.ps, "ggz dag"))
	billable := func(x day) bool { return x <= coverTo && x+25 <= made && x >= p.insuredFrom }
	admitted := 0.04
	if stacked {
		admitted = 0.3
	}
	if length := whole(12, 80, p.ps, "opname duur"); chance(admitted, p.ps, "opname") && billable(at+day(length)) {
		months(at, at+day(length), func(from, to day) {
			r := p.zvw("VD0003", "intramuraal_verblijf_ggz", from.String(), to.String(), int(to-from+1)*41200, 55)
			if chance(0.2, p.ps, "machtiging") {
				r["wvggz_machtiging"] = "ja"
			}
		})
		at += day(length + 10)
	}
	for i := range whole(4, 16, p.ps, "consulten") {
		if billable(at) {
			p.consult(at.String(), 56+whole(0, 2, p.ps, "ggz aanbieder"))
		}
		at += day(whole(12, 35, p.ps, "interval", i))
	}
}

func (s *set) arrearsIn(p *person, y int) {
	on := ymd(y, whole(1, 12, p.ps, "signaal maand", y), whole(1, 28, p.ps, "signaal dag", y))
	partner := []string{"Zorg", "Huur", "Energie", "Water"}[pick([]float64{41, 20, 20, 18}, p.ps, "partner", y)]
	taken := ""
	if chance(1.0/6, p.ps, "bereikt", y) {
		taken = (on + day(whole(5, 30, p.ps, "opgepakt", y))).String()
	}
	p.arrears(partner, on.String(), whole(150, 3200, p.ps, "bedrag", y), partner == "Huur" && chance(0.25, p.ps, "crisis", y), taken)
}
