package generator

import (
	"math"
	"slices"
	"sync"
)

// measured is what the households of a set look like, to be held against published figures.
type measured struct {
	households, persons, minors, adults float64
	costly                              float64 // share of households at 100.000 euro or more in the last year
	top                                 float64 // share of the costliest hundredth of the insured in cost of health care
	byAge                               [19]float64
	insuredYears                        [19]float64
	costs                               []float64  // of households in the last year, ascending
	provisions                          [8]float64 // shares of households with 0, 1, ... 7 or more provisions in half a year
	wmoPerHousehold                     [6]float64 // shares of Wmo households with 1, 2, ... 6 or more provisions
	stacked                             float64    // share of households with two provisions or more in half a year
	help, guidance, wmo                 float64    // clients a thousand inhabitants in a year
	youth, residence                    float64    // share of minors with jeugdhulp; of those with residence, in half a year
	benefit                             float64    // persons with bijstand a thousand adults under 67
	ggz, ggzMean                        float64    // share of insured adults in a year; euros each
	arrears                             float64    // signals a thousand inhabitants a year, where delivered
	oneYear, twoYears, inHousehold      float64    // correlations of the logarithm of yearly cost
	perPerson                           []float64  // cost in the last year, ascending
}

const measuredHouseholds = 40000

// measure makes households and counts; the last twelve months of three years.
var measure = sync.OnceValue(func() *measured {
	w := newWorld(Options{Households: measuredHouseholds, Months: 36, Seed: 7})
	m := &measured{}
	var perPerson []float64
	var logs [3][]float64
	var members [2][]float64
	var signalsFor float64
	year, half := w.starts[24], w.starts[30]
	for n := range measuredHouseholds {
		h := w.household(n)
		_, list := h.dwellings()
		for _, l := range list {
			m.households++
			m.costs = append(m.costs, float64(l.ct)/100)
			if l.ct >= 100000_00 {
				m.costly++
			}
			m.provisions[min(len(l.provisions), len(m.provisions)-1)]++
			if len(l.wmo) > 0 {
				m.wmoPerHousehold[min(len(l.wmo), 6)-1]++
			}
		}
		client := map[int]map[*product]bool{}
		kids, inside := map[int]bool{}, map[int]bool{}
		for _, a := range h.given {
			if a.stop < year || a.gone {
				continue
			}
			if a.of.kind == kWmo {
				if client[a.person] == nil {
					client[a.person] = map[*product]bool{}
				}
				client[a.person][a.of] = true
			}
			if a.stop >= half {
				if a.of.kind == kYouth {
					kids[a.person] = true
					if a.of == treated || a.of == fosterHome || a.of == crisisCare {
						inside[a.person] = true
					}
				}
			}
		}
		for _, c := range client {
			m.wmo++
			if c[houseHelp] {
				m.help++
			}
			if c[guidance] || c[dayCare] {
				m.guidance++
			}
		}
		m.youth += float64(len(kids))
		m.residence += float64(len(inside))
		paid := map[int]bool{}
		for _, b := range h.benefits {
			if b.month == 35 && b.code == "01" {
				paid[b.person] = true
				if b.second >= 0 {
					paid[b.second] = true
				}
			}
		}
		m.benefit += float64(len(paid))
		for _, a := range h.arrears {
			if a.on >= year {
				m.arrears++
			}
		}
		total := make([][3]float64, len(h.persons))
		mental := make([]float64, len(h.persons))
		for _, z := range h.zvw {
			ct := float64(z.ct) / 100 / math.Pow(inflation, float64(z.from.year()-healthYear)) // at prices of the published means
			total[z.person][z.from.year()-w.from.year()] += ct
			if z.from >= year && (z.code[:2] == "CO" || z.code[:2] == "VD") {
				mental[z.person] += ct
			}
		}
		first := true
		for i := range h.persons {
			p := &h.persons[i]
			if p.birth > w.to || p.end < w.to {
				continue
			}
			years := age(p.birth, w.to)
			m.persons++
			if h.at(i, w.to) != silent {
				signalsFor++
			}
			if years < 18 {
				m.minors++
			} else if years < 67 {
				m.adults++
			}
			if !p.covered(w.from, w.to) || p.birth > w.from {
				continue
			}
			class := ageClass(2025 - p.birth.year())
			for y, ct := range total[i] {
				class := ageClass(2023 + y - p.birth.year())
				m.byAge[class] += ct
				m.insuredYears[class]++
			}
			perPerson = append(perPerson, total[i][2])
			if years >= 18 {
				m.ggz += boolean(mental[i] > 0)
				m.ggzMean += mental[i]
			}
			if total[i][0] > 0 && total[i][1] > 0 && total[i][2] > 0 {
				for y := range logs {
					logs[y] = append(logs[y], math.Log(total[i][y]/meanCost[class]))
				}
				if i < 2 && !first {
					members[1] = append(members[1], logs[2][len(logs[2])-1])
					members[0] = append(members[0], logs[2][len(logs[2])-2])
				}
				first = i > 0
			} else {
				first = true
			}
			if i == 0 && total[i][2] > 0 {
				first = false
			}
		}
	}
	slices.Sort(perPerson)
	sum, tail := 0.0, 0.0
	for i, c := range perPerson {
		sum += c
		if i >= len(perPerson)-len(perPerson)/100 {
			tail += c
		}
	}
	m.top = tail / sum
	m.costly /= m.households
	for i := range m.provisions {
		m.provisions[i] /= m.households
	}
	m.stacked = 1 - m.provisions[0] - m.provisions[1]
	slices.Sort(m.costs)
	clients := 0.0
	for _, n := range m.wmoPerHousehold {
		clients += n
	}
	for i := range m.wmoPerHousehold {
		m.wmoPerHousehold[i] /= clients
	}
	m.help, m.guidance, m.wmo = 1000*m.help/m.persons, 1000*m.guidance/m.persons, 1000*m.wmo/m.persons
	m.residence /= m.youth
	m.youth /= m.minors
	m.benefit *= 1000 / m.adults
	mentalYears := 0.0
	for i := range m.byAge {
		m.byAge[i] /= max(1, m.insuredYears[i])
		if i > 3 {
			mentalYears += m.insuredYears[i] / 3
		}
	}
	m.ggzMean /= m.ggz
	m.ggz /= mentalYears
	m.arrears *= 1000 / signalsFor
	m.oneYear, m.twoYears = correlation(logs[1], logs[2]), correlation(logs[0], logs[2])
	m.inHousehold = correlation(members[0], members[1])
	m.perPerson = perPerson
	return m
})

func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func correlation(a, b []float64) float64 {
	var sa, sb, saa, sbb, sab float64
	for i := range a {
		sa, sb, saa, sbb, sab = sa+a[i], sb+b[i], saa+a[i]*a[i], sbb+b[i]*b[i], sab+a[i]*b[i]
	}
	n := float64(len(a))
	return (sab/n - sa/n*sb/n) / math.Sqrt((saa/n-sa/n*sa/n)*(sbb/n-sb/n*sb/n))
}
