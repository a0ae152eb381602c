package sampledata

import "fmt"

// plan is one maatwerkplan. The amounts of C01 are the printed ones of the case Sophie; C02..C20 are constructed, so that
// the twenty add up to the printed sums 830.000 and 404.000, and so 426.000 expected saving. Ten plans have no
// cost-benefit analysis. Seventeen started by August 2024: twelve months of cost lie before their aanmelding, and six after their start that are
// mature in every feed that says when its lines came in.
type plan struct {
	number                   string
	status                   string
	reported                 string
	agreed                   string // datum_akkoord
	started, done            string
	now, threatens, tailored int // euros; 0: not filled in
	decisions                []decision
}

// decision of a maatwerker about a plan; "eindbaas" is the plan's own.
type decision struct{ who, what, on string }

func yes(who, on string) decision     { return decision{who, "akkoord", on} }
func more(who, on string) decision    { return decision{who, "aanvullen", on} }
func refused(who, on string) decision { return decision{who, "afwijzen", on} }

var planList = []plan{
	{"C01", "uitvoering", "2025-05-12", "2025-11-18", "2025-12-01", "", 20000, 90000, 63000, // eindbaas' own yes does not count
		[]decision{yes("eindbaas", "2025-11-10"), yes("M01", "2025-11-11"), yes("M02", "2025-11-18")}},
	{"C02", "gereed", "2024-02-05", "2024-03-11", "2024-03-18", "2025-03-17", 15000, 28000, 12000,
		[]decision{yes("M01", "2024-03-07"), yes("M03", "2024-03-11")}},
	{"C03", "gereed", "2024-03-04", "2024-04-21", "2024-05-01", "2025-05-01", 21000, 35000, 19000,
		[]decision{yes("M02", "2024-04-15"), yes("M04", "2024-04-18"), yes("M05", "2024-04-21")}},
	{"C04", "uitvoering", "2024-01-29", "2024-06-29", "2024-07-15", "", 30000, 52000, 21000,
		[]decision{more("M03", "2024-05-02"), yes("M03", "2024-06-24"), yes("M01", "2024-06-28")}},
	{"C05", "uitvoering", "2024-01-08", "2024-08-05", "2024-08-19", "", 26000, 41000, 24500, // one approval
		[]decision{yes("M04", "2024-08-02")}},
	{"C06", "uitvoering", "2024-01-22", "2024-07-11", "2024-07-22", "", 34000, 60000, 30000,
		[]decision{yes("M05", "2024-07-09"), yes("M06", "2024-07-11")}},
	{"C07", "gereed", "2024-05-06", "2024-07-03", "2024-07-15", "2025-07-14", 12000, 22000, 9000,
		[]decision{yes("M01", "2024-07-01"), yes("M02", "2024-07-03")}},
	{"C08", "afgewezen", "2024-05-20", "", "", "", 17000, 18000, 20500,
		[]decision{refused("M02", "2024-09-09"), refused("M03", "2024-09-16")}},
	{"C09", "uitvoering", "2024-06-03", "2025-02-03", "2025-02-17", "", 25000, 47000, 18000, // only the eindbaas said yes
		[]decision{yes("eindbaas", "2025-02-01")}},
	{"C10", "uitvoering", "2024-02-26", "2024-07-08", "2024-07-22", "", 19000, 33000, 15000,
		[]decision{yes("M03", "2024-07-01"), yes("M04", "2024-07-05")}},
	{"C11", "uitvoering", "2024-07-01", "2025-04-16", "2025-05-01", "", 41000, 75000, 38000,
		[]decision{refused("M05", "2024-12-02"), yes("M05", "2025-04-10"), yes("M06", "2025-04-16")}},
	{"C12", "uitvoering", "2024-04-15", "2024-07-20", "2024-08-05", "", 16000, 29000, 11500, // second yes after the akkoord
		[]decision{yes("M01", "2024-07-11"), yes("M06", "2024-07-29")}},
	{"C13", "uitvoering", "2024-01-15", "2024-07-15", "2024-07-22", "", 22000, 38000, 16000,
		[]decision{yes("M02", "2024-07-11"), yes("M05", "2024-07-15")}},
	{"C14", "uitvoering", "2024-01-08", "2024-07-30", "2024-08-12", "", 27000, 44000, 22000,
		[]decision{yes("M01", "2024-07-22"), yes("M03", "2024-07-25"), yes("M04", "2024-07-30")}},
	{"C15", "uitvoering", "2024-03-25", "2024-07-21", "2024-08-05", "", 14000, 26000, 10500,
		[]decision{yes("M05", "2024-07-12"), yes("M06", "2024-07-15")}},
	{"C16", "uitvoering", "2024-09-16", "2025-06-04", "2025-06-16", "", 31000, 55000, 25000,
		[]decision{more("M02", "2025-02-11"), yes("M02", "2025-06-02"), yes("M03", "2025-06-04")}},
	{"C17", "uitvoering", "2024-02-19", "2024-08-02", "2024-08-13", "", 18000, 31000, 14000, // M04 took the yes back
		[]decision{yes("M04", "2024-07-13"), yes("M05", "2024-07-22"), refused("M04", "2024-07-27")}},
	{"C18", "uitvoering", "2024-02-12", "2024-07-02", "2024-07-11", "", 13000, 24000, 8500, // two decisions of M06 on one day
		[]decision{yes("M06", "2024-06-25"), more("M06", "2024-06-25"), yes("M01", "2024-06-28"), yes("M02", "2024-07-02")}},
	{"C19", "gereed", "2024-01-29", "2024-08-03", "2024-08-12", "2025-03-10", 24000, 43000, 15500,
		[]decision{yes("M03", "2024-07-30"), yes("M06", "2024-08-02")}},
	{"C20", "akkoord", "2025-01-13", "2025-08-25", "", "", 20000, 39000, 11000,
		[]decision{yes("M04", "2025-08-18"), yes("M05", "2025-08-25")}},
	{"C21", "uitvoering", "2024-05-20", "2024-07-20", "2024-08-05", "", 0, 0, 0,
		[]decision{yes("M01", "2024-07-16"), yes("M06", "2024-07-19")}},
	{"C22", "uitvoering", "2024-01-22", "2024-08-08", "2024-08-20", "", 0, 0, 0,
		[]decision{yes("M02", "2024-08-01"), yes("M04", "2024-08-08")}},
	{"C23", "uitvoering", "2024-02-05", "2024-07-29", "2024-08-19", "", 21500, 0, 0,
		[]decision{yes("M03", "2024-07-25"), yes("M05", "2024-07-29")}},
	{"C24", "akkoord", "2025-02-10", "2025-07-20", "", "", 18000, 0, 0,
		[]decision{yes("M01", "2025-07-15"), yes("M02", "2025-07-18")}},
	{"C25", "afgewezen", "2025-03-10", "", "", "", 0, 0, 0,
		[]decision{refused("M04", "2025-06-23")}},
	{"C26", "ingetrokken", "2025-04-07", "", "", "", 0, 0, 0, nil},
	{"C27", "sparren", "2025-06-16", "", "", "", 0, 0, 0, []decision{more("M05", "2025-09-29")}},
	{"C28", "sparren", "2025-08-11", "", "", "", 0, 0, 0, []decision{yes("M06", "2025-11-24")}},
	{"C29", "concept", "2025-10-13", "", "", "", 0, 0, 0, nil},
	{"C30", "concept", "2025-12-08", "", "", "", 0, 0, 0, nil},
}

// obstacles that the plans name, with the domein in which something gave way.
var obstacles = [][2]string{
	{"inkomen|huisvesting", "wonen"}, {"wachtlijst", "zorg"}, {"regelgeving|financiering", "inkomen"}, {"huisvesting", "wonen"},
	{"samenwerking", "zorg"}, {"inkomen", "inkomen"}, {"privacy|samenwerking", "zorg"}, {"schulden|huisvesting", "schulden"},
}

// plans writes the thirty plans: Sophie's, one of a hand-made household, the others of drawn households with children.
func (s *set) plans() {
	next := 0
	for i, pl := range planList {
		var p *person
		switch pl.number {
		case "C01":
			p = s.cases["sophie"]
		case "C25":
			p = s.cases["plan_afgewezen"]
		default:
			p = s.chosen[next]
			next++
		}
		euros := func(n int) string {
			if n == 0 {
				return ""
			}
			return fmt.Sprintf("%d,00", n)
		}
		flag := func(every int) string {
			if i%every == 0 {
				return "ja"
			}
			return "nee"
		}
		boss := pseudonym("maatwerker", fmt.Sprintf("E%02d", 1+i%4))
		r := row{"casusnummer": pl.number, "persoon_ps": p.ps, "gemeentecode": p.gemeente, "status": pl.status,
			"datum_aanmelding": pl.reported, "eindbaas_ps": boss, "datum_akkoord": pl.agreed, "datum_start": pl.started,
			"datum_gereed": pl.done, "huidig_eur": euros(pl.now), "dreigend_eur": euros(pl.threatens), "maatwerk_eur": euros(pl.tailored),
			"herkomst": []string{"data", "veld", "data"}[i%3], "hindernis": obstacles[i%8][0], "domein_doorbraak": obstacles[i%8][1],
			"onveiligheid": flag(3), "huiselijk_geweld": flag(6)}
		if pl.agreed != "" {
			r["datum_doorbraaktafel"] = (d(pl.agreed) - 7).String()
		}
		if pl.threatens > 0 {
			r["horizon_mnd"], r["maatwerkbudget_eur"] = "12", fmt.Sprintf("%d,00", 500*(1+i%7))
		}
		s.add("maatwerk_plan", r)
		for _, v := range pl.decisions {
			who := boss
			if v.who != "eindbaas" {
				who = pseudonym("maatwerker", v.who)
			}
			s.add("maatwerk_akkoord", row{"casusnummer": pl.number, "maatwerker_ps": who, "besluit": v.what, "datum": v.on,
				"organisatie": "organisatie " + string('A'+rune(len(v.who)+i)%5)})
		}
	}
}

// payment is a line under the three amounts of a plan: what it costs now, threatens to, and costs with maatwerk, for who pays.
type payment struct {
	what, payer              string
	now, threatens, tailored int
	spendable                string
}

// sophieLines add up to the printed amounts of the case Sophie; who pays what is invented.
var sophieLines = []payment{
	{"gezinsopname en jeugdhulp", "gemeente_jeugd", 8000, 60000, 30000, "ja"},
	{"begeleiding", "gemeente_wmo", 0, 12000, 8000, "ja"},
	{"ggz en verslavingszorg", "zorgverzekeraar", 12000, 18000, 20000, "nee"},
	{"huurachterstand", "woningcorporatie", 0, 0, 5000, ""},
}

// mark is what a person of a plan answered, "" when there was no answer.
type mark struct {
	number, role, months, on, mark string
}

// markList has the six marks that were printed, 8, 7, 6, 7, 7,5 and 4,5, twelve months after the start; a parent and a youth of one plan gave 7 and
// 7,5. Those of before are invented, with two who did not answer.
var markList = []mark{
	{"C02", "ouder", "0", "2024-03-20", "5"}, {"C03", "ouder", "0", "2024-05-06", "4,5"}, {"C04", "ouder", "0", "2024-09-05", ""},
	{"C06", "ouder", "0", "2024-10-24", "6"}, {"C07", "ouder", "0", "2024-07-18", "3"},
	{"C02", "ouder", "6", "2024-09-19", "7"}, {"C03", "ouder", "6", "2024-11-04", ""}, {"C06", "ouder", "6", "2025-04-22", "6,5"},
	{"C02", "ouder", "12", "2025-03-17", "8"}, {"C03", "ouder", "12", "2025-05-01", "7"}, {"C04", "ouder", "12", "2025-09-03", "6"},
	{"C06", "ouder", "12", "2025-10-21", "7"}, {"C06", "jeugdige", "12", "2025-10-21", "7,5"}, {"C07", "ouder", "12", "2025-07-15", "4,5"},
}

// register writes what a programme keeps beside its plans. Of the first six plans there are lines under the amounts. The expenses add up to what was
// printed, under later years: 140.000 of 300.000 euro in the first, and 90.000 of maatwerk in the next up to the middle of October.
func (s *set) register() {
	for _, pl := range planList[:6] {
		lines := sophieLines
		if pl.number != "C01" {
			part := func(euros int) int { return euros * 3 / 5 }
			lines = []payment{{"jeugdhulp en begeleiding", "gemeente_jeugd", part(pl.now), part(pl.threatens), part(pl.tailored), "ja"},
				{"zorg", "zorgverzekeraar", pl.now - part(pl.now), pl.threatens - part(pl.threatens), pl.tailored - part(pl.tailored), "nee"}}
		}
		for i, scenario := range []string{"huidig", "dreigend", "maatwerk"} {
			for _, l := range lines {
				if euros := []int{l.now, l.threatens, l.tailored}[i]; euros > 0 {
					s.add("maatwerk_plan_regel", row{"casusnummer": pl.number, "scenario": scenario, "voorziening": l.what, "betaler": l.payer,
						"bedrag_eur": fmt.Sprintf("%d,00", euros), "inbaar": l.spendable})
				}
			}
		}
	}
	for _, m := range markList {
		s.add("maatwerk_meting", row{"casusnummer": m.number, "meetmoment_mnd": m.months, "datum": m.on, "rol": m.role, "cijfer": m.mark})
	}
	for _, x := range []struct {
		on, what    string
		spent, from int
	}{{"2024-03-01", "organisatie", 60000, 80000}, {"2024-05-15", "training", 25000, 60000}, {"2024-09-02", "coaching", 35000, 60000}, {"2024-11-18", "hulpmiddel", 20000, 100000}} {
		s.add("maatwerk_uitgave", row{"datum": x.on, "soort": x.what, "bedrag_eur": fmt.Sprintf("%d,00", x.spent), "begroot_eur": fmt.Sprintf("%d,00", x.from)})
	}
	for i, number := range []string{"C04", "C05", "C06", "C09", "C10", "C11", "C12", "C13", "C14"} {
		s.add("maatwerk_uitgave", row{"datum": fmt.Sprintf("2025-%02d-15", i+2), "soort": "maatwerkbudget", "bedrag_eur": "10000,00", "casusnummer": number})
	}
}
