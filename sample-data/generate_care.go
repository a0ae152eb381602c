package sampledata

import (
	"fmt"
	"math"
	"slices"
)

// normal draws from the standard normal distribution.
func normal(labels ...any) float64 {
	return math.Sqrt2 * math.Erfinv(2*uniform(labels...)-1)
}

// product says how a category is declared: unit, tariff in cents and mean volume a week.
type product struct {
	law, category, unit string
	tariff              int
	weekly              float64 // mean; lognormal with sigma 0,5
	days                float64 // mean length of an allocation
}

// Tariffs are assumptions, set so that the means per client come near the published ones: help in the house some 2.500 a
// year, guidance 6.500, residence and shelter 50.000 (CBS Wmo 2022); jeugdhulp 13.000 a youth over all, ambulatory 3.500,
// residential 40.000 to 80.000.
var (
	houseHelp  = product{"wmo", "01", "04", 3260, 1.6, 900}
	guidance   = product{"wmo", "02", "04", 6250, 2.2, 520}
	dayCare    = product{"wmo", "07", "16", 4150, 3.5, 600}
	sheltered  = product{"wmo", "15", "14", 13500, 7, 700}
	shelter    = product{"wmo", "16", "14", 6800, 7, 200}
	ambulatory = product{"jeugd", "45", "01", 145, 62, 330}
	youthGgz   = product{"jeugd", "54", "01", 168, 70, 300}
	dayCentre  = product{"jeugd", "41", "16", 5200, 4, 350}
	treated    = product{"jeugd", "43", "14", 21500, 7, 420}
	fosterHome = product{"jeugd", "44", "14", 9800, 7, 700}
	crisis     = product{"jeugd", "46", "14", 42000, 7, 30}
	protection = product{"jeugd", "48", "84", 79500, 0.25, 420}
)

// allocate draws an allocation of a product with its monthly declarations. Not everything is declared by the time the
// files are made, some lines are corrected by a credit and a new line, and some are granted in part.
func (h *drawn) allocate(p *person, of product, label string) {
	key := []any{p.ps, of.category, label}
	draw := func(lo, hi int, what string) int { return whole(lo, hi, append(slices.Clone(key), what)...) }
	since, mean := 2021, of.days
	if h.stacked {
		since, mean = 2023, 1.6*mean // what lasts long is what is found
	}
	from := ymd(draw(since, 2025, "jaar"), draw(1, 9, "maand"), []int{1, 1, draw(2, 28, "dag")}[draw(0, 2, "eerste")])
	length := day(max(28, lognormal(mean, 0.6, append(slices.Clone(key), "duur")...)))
	if from+length <= coverFrom+30 {
		from += 730
	}
	if h.apart != 0 || h.dead != nil && p == h.dead {
		return
	}
	end := from + length
	c := care{law: of.law, category: of.category, from: from.String(), agb: 60 + draw(0, 4, "aanbieder") + 5*int(of.category[1]-'0'),
		unit: of.unit, tariff: of.tariff + draw(-4, 4, "tarief")*of.tariff/100}
	if of.category == "43" {
		c.tariff = of.tariff * draw(70, 190, "zwaarte") / 100 // from an open group to a closed one
	}
	weekly := of.weekly
	if of.unit != "14" && of.unit != "84" {
		if h.stacked {
			weekly *= 1.5
		}
		weekly = lognormal(weekly, 0.5, append(slices.Clone(key), "omvang")...)
	}
	c.weekly = max(1, int(math.Ceil(weekly)))
	if end > coverTo {
		if draw(0, 2, "open") > 0 {
			c.to = end.String()
		}
	} else {
		c.to, c.ends = end.String(), end.String()
		if c.law == "wmo" {
			c.reason = []string{"19", "21", "22", "23", "31", "36", "38"}[pick([]float64{62, 10, 6, 6, 5, 5, 6}, append(key, "reden")...)]
		} else {
			c.reason = []string{"31", "32", "33", "34", "35", "38"}[pick([]float64{60, 12, 7, 8, 5, 8}, append(key, "reden")...)]
		}
		if c.reason != "19" && c.reason != "31" && draw(0, 1, "eerder") == 0 {
			c.to = (end + day(draw(30, 200, "rest"))).String()
		}
	}
	if h.stacked && chance(0.12, append(key, "bewind")...) && c.law == "wmo" {
		c.represent = "07"
	}
	a := p.care(c)
	start := from + day(draw(0, 20, "start"))
	a.line["begin_levering"] = start.String()
	months(max(start, coverFrom), a.stop, func(m, to day) { a.month(of, weekly, m, to) })
	if c.reason == "38" && end < coverTo-120 && label != "vervolg" {
		h.allocate(p, of, "vervolg")
	}
}

// month declares what was delivered in (part of) a month.
func (a *allocation) month(of product, weekly float64, from, to day) {
	key := []any{a.number, a.c.law, from}
	volume := int(math.Round(weekly * float64(to-from+1) / 7 * (0.8 + 0.2*uniform(append(key, "geleverd")...))))
	if of.unit == "14" {
		volume = int(to - from + 1)
	}
	volume = max(volume, 1)
	billed := to + day(lognormal(34, 0.7, append(key, "dagtekening")...))
	if billed > made {
		return
	}
	extra := row{"eenheid": of.unit, "geleverd_volume": fmt.Sprint(volume), "tarief_ct": fmt.Sprint(a.c.tariff),
		"dagtekening": billed.String()}
	ct := volume * a.c.tariff
	switch pick([]float64{90, 8, 2}, append(key, "toegekend")...) {
	case 1:
		extra["toegekend_ct"] = ""
	case 2:
		extra["toegekend_ct"] = fmt.Sprint(ct * 9 / 10)
	}
	debet := a.declare(from.String(), to.String(), ct, extra)
	if again := billed + 30; volume > 1 && again <= made && chance(0.02, append(key, "correctie")...) {
		a.credit(debet, row{"dagtekening": again.String()})
		a.declare(from.String(), to.String(), (volume-1)*a.c.tariff, row{"eenheid": of.unit, "geleverd_volume": fmt.Sprint(volume - 1),
			"tarief_ct": fmt.Sprint(a.c.tariff), "toegekend_ct": "", "dagtekening": again.String()})
	}
}

// supports draws Wmo for the adults: help in the house 31 and guidance 12 in a thousand inhabitants, mostly the old
// (CBS 2024); many times more in the stacked group, with a second provision for half of them (CBS 2023).
func (h *drawn) supports() {
	for _, p := range h.adults {
		age := 2025 - p.year
		want := func(normally, stacked float64, what string) bool {
			if h.stacked {
				normally = stacked
			}
			return chance(normally, p.ps, what)
		}
		switch {
		case age >= 75 && chance(0.30, p.ps, "hulp"), age >= 65 && age < 75 && chance(0.08, p.ps, "hulp"), age < 65 && want(0.008, 0.10, "hulp"):
			h.allocate(p, houseHelp, "")
		}
		if want(0.018, 0.48, "begeleiding") {
			h.allocate(p, guidance, "")
			if chance(0.25, p.ps, "dagbesteding") {
				h.allocate(p, dayCare, "")
			}
		}
		if len(h.children) == 0 && want(0.002, 0.22, "beschermd wonen") {
			h.allocate(p, sheltered, "")
		}
		if want(0.001, 0.07, "opvang") {
			h.allocate(p, shelter, "")
		}
	}
}

// youth draws jeugdhulp: 11 in a hundred minors, of whom 5 with residence (CBS 2023); half of the minors in the stacked
// group.
func (h *drawn) youth() {
	for _, p := range h.children {
		age := 2025 - p.year
		p1 := 0.11
		if h.stacked {
			p1 = 0.55
		}
		if age < 4 || age > 17 || !chance(p1, p.ps, "jeugdhulp") {
			continue
		}
		of := []product{ambulatory, youthGgz, dayCentre}[pick([]float64{70, 22, 8}, p.ps, "soort")]
		h.allocate(p, of, "")
		residential := 0.05
		if h.stacked {
			residential = 0.42
		}
		if chance(residential, p.ps, "verblijf") {
			h.allocate(p, []product{treated, fosterHome}[pick([]float64{60, 40}, p.ps, "verblijf soort")], "")
			if chance(0.3, p.ps, "crisis") {
				h.allocate(p, crisis, "")
			}
		}
		if h.stacked && chance(0.2, p.ps, "bescherming") {
			h.allocate(p, protection, "")
		}
	}
}
