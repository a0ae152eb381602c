package sampledata

// handCosts: one household per rule of money. They have no signals unless the rule needs one.
func (s *set) handCosts() {
	s.windows()
	s.benefits()
	s.corrections()
}

// windows: lines that lie across the end of a year, with an odd number of cents and a leap year.
func (s *set) windows() {
	one := s.adult("naad/1", "1968-03", man)
	s.family("naad", tilburg, "2001-01-01", one)
	s.known("naad", one)
	one.hospital("2023-11-20", "2024-03-18", 1000001, 10)
	one.hospital("2024-02-15", "2025-02-14", 99999, 10)
	one.care(care{law: "wmo", category: "01", from: "2024-12-01", to: "2025-01-31", ends: "2025-01-31", reason: "19", agb: 11}).
		declare("2024-12-01", "2025-01-31", 77777, nil)

	one = s.adult("krediet_naad/1", "1971-09", vrouw)
	s.family("krediet_naad", oisterwijk, "2004-01-01", one)
	s.known("krediet_naad", one)
	a := one.care(care{law: "wmo", category: "07", from: "2024-12-01", to: "2025-01-31", ends: "2025-01-31", reason: "19", agb: 12})
	debet := a.declare("2024-12-16", "2025-01-12", 33335, nil)
	a.credit(debet, row{"dagtekening": "2025-02-20"})
	right := a.declare("2024-12-16", "2025-01-12", 30001, row{"dagtekening": "2025-02-20"})
	a.write("2024-12-01", "2025-01-31", 10001, "C", row{"vorig_referentie_nummer": right["referentie_nummer"], "dagtekening": "2025-03-05"})

	one = s.adult("toegekend/1", "1975-05", vrouw)
	s.family("toegekend", tilburg, "2008-01-01", one)
	s.known("toegekend", one)
	a = one.care(care{law: "wmo", category: "01", from: "2025-01-01", agb: 11})
	a.declare("2025-01-01", "2025-01-31", 50000, row{"toegekend_ct": "0"})
	a.declare("2025-02-01", "2025-02-28", 40000, row{"toegekend_ct": "35000"})
	a.declare("2025-03-01", "2025-03-31", 30000, row{"toegekend_ct": ""})
}

// benefits: a benefit's amount repeats for every person on it and counts once.
func (s *set) benefits() {
	mother := s.adult("bus_paar/1", "1983-02", vrouw)
	father := s.adult("bus_paar/2", "1980-07", man)
	child := s.child("bus_paar/3", "2012-03", vrouw, mother, father)
	s.family("bus_paar", oisterwijk, "2011-01-01", mother, father, child)
	s.known("bus_paar", mother)
	s.benefit(benefit{number: "U0000007", from: "2024-01", to: "2025-06", ct: norm2, form: "3", group: true}, mother, father)
	s.benefit(benefit{number: "U0000007", from: "2025-07", to: "2025-12", started: "2024-01-01", ct: norm2, form: "3"}, mother, father)

	// the couple parted on 1 December 2025: each cent of 2025 goes with the person it was shared to
	one := s.adult("bus_gescheiden_a/1", "1986-04", vrouw)
	two := s.adult("bus_gescheiden_b/1", "1984-10", man)
	house := s.home("bus_gescheiden", tilburg, "3")
	one.lives(house, "4", "2015-06-01", "2025-11-30", nil)
	two.lives(house, "4", "2015-06-01", "2025-11-30", nil)
	one.lives(s.home("bus_gescheiden_a", tilburg, "1"), "2", "2025-12-01", "", nil)
	two.lives(s.home("bus_gescheiden_b", tilburg, "1"), "2", "2025-12-01", "", nil)
	s.known("bus_gescheiden_a", one)
	s.known("bus_gescheiden_b", two)
	s.benefit(benefit{number: "U0000008", from: "2025-01", to: "2025-12", ct: norm2, form: "3"}, one, two)

	// three months in which the two lines of one benefit disagree
	one = s.adult("bus_ongelijk/1", "1978-01", vrouw)
	two = s.adult("bus_ongelijk/2", "1976-12", man)
	s.family("bus_ongelijk", tilburg, "2010-01-01", one, two)
	s.known("bus_ongelijk", one)
	s.benefit(benefit{number: "U0000009", from: "2025-01", to: "2025-03", ct: couple, form: "3"}, one)
	s.benefit(benefit{number: "U0000009", from: "2025-01", to: "2025-03", ct: norm2, form: "3"}, two)
	s.benefit(benefit{number: "U0000009", from: "2025-04", to: "2025-12", started: "2025-01-01", ct: couple, form: "3"}, one, two)

	// two kinds of bijstand under one number are two keys
	one = s.adult("bus_bijzonder/1", "1969-06", vrouw)
	s.family("bus_bijzonder", tilburg, "2002-01-01", one)
	s.known("bus_bijzonder", one)
	s.benefit(benefit{number: "U0000010", from: "2025-01", to: "2025-12", ct: single}, one)
	s.benefit(benefit{number: "U0000010", code: "12", cluster: "h", from: "2025-05", to: "2025-05", started: "2025-01-01", ct: 41250}, one)

	// partners share a traject, then part
	one = s.adult("schuldhulp_a/1", "1991-01", vrouw)
	two = s.adult("schuldhulp_b/1", "1989-03", man)
	house = s.home("schuldhulp", tilburg, "3")
	one.lives(house, "4", "2016-01-01", "2025-07-31", nil)
	two.lives(house, "4", "2016-01-01", "2025-07-31", nil)
	one.lives(s.home("schuldhulp_a", tilburg, "1"), "2", "2025-08-01", "", nil)
	two.lives(s.home("schuldhulp_b", tilburg, "1"), "2", "2025-08-01", "", nil)
	s.known("schuldhulp_a", one)
	s.known("schuldhulp_b", two)
	s.debtHelp("T0004", "2025-01-01", "", 52000, one, two)
}

// corrections: what a later line does to an earlier one.
func (s *set) corrections() {
	// an allocation taken away with reden 13 takes its declarations along
	mother := s.adult("reden_13/1", "1990-02", vrouw)
	child := s.child("reden_13/2", "2015-01", man, mother)
	s.family("reden_13", oisterwijk, "2015-06-01", mother, child)
	s.known("reden_13", mother)
	wrong := mother.care(care{law: "wmo", category: "02", from: "2025-04-01", to: "2025-12-31", agb: 5})
	for _, m := range [][2]string{{"2025-04-01", "2025-04-30"}, {"2025-05-01", "2025-05-31"}, {"2025-06-01", "2025-06-30"}} {
		wrong.declare(m[0], m[1], 40000, nil)
	}
	removed := row{}
	for k, v := range wrong.line {
		removed[k] = v
	}
	removed["toewijzing_datum"], removed["einddatum"], removed["reden_wijziging"] = "2025-07-03", "2025-04-01", "13"
	removed["begin_levering"] = ""
	s.add("wmo_toewijzing", removed)
	mother.care(care{law: "wmo", category: "01", from: "2025-01-01", agb: 11, monthly: 20000})

	// an allocation made longer: the newest line counts, once
	one := s.adult("verlengd/1", "1949-04", vrouw)
	s.family("verlengd", tilburg, "1999-01-01", one)
	s.known("verlengd", one)
	a := one.care(care{law: "wmo", category: "01", from: "2024-07-01", to: "2025-06-30", agb: 11, monthly: 17500})
	longer := row{}
	for k, v := range a.line {
		longer[k] = v
	}
	longer["toewijzing_datum"], longer["einddatum"], longer["reden_wijziging"] = "2025-06-12", "2026-06-30", "04"
	s.add("wmo_toewijzing", longer)
	months(d("2025-07-01"), coverTo, func(from, to day) { a.declare(from.String(), to.String(), 18000, nil) })

	// a credit of more than was granted leaves less than nothing
	one = s.adult("negatief/1", "1958-08", man)
	two := s.adult("negatief/2", "1960-01", vrouw)
	s.family("negatief", tilburg, "1990-01-01", one, two)
	s.known("negatief", one)
	a = one.care(care{law: "wmo", category: "02", from: "2025-01-01", to: "2025-01-31", ends: "2025-01-31", reason: "19", agb: 6})
	debet := a.declare("2025-01-01", "2025-01-31", 100000, row{"toegekend_ct": "60000"})
	a.credit(debet, row{"toegekend_ct": "", "dagtekening": "2025-05-02"})
	two.zvw("HAC001", "huisarts_consult", "2025-03-11", "2025-03-11", 10000, 13)
}
