package sampledata

// Sophie, and the households in which a cocktail is vol or dreigend. What each must give stands in verwacht.yaml under
// the same name.

func (s *set) handCocktails() {
	s.sophie()
	s.cocktail1()
	s.cocktail2()
	s.cocktail3()
	s.cocktail4()
	s.takenBack()
}

// sophie: a mother admitted for addiction, a child in a network family, debts under administration, an eviction notice,
// and guidance that the aanbieder stopped. Figures of the plan are those printed for this case; dates and codes invented.
func (s *set) sophie() {
	sophie := s.adult("sophie/1", "1987-05", vrouw)
	child := s.child("sophie/2", "2017-03", man, sophie)
	s.family("sophie", tilburg, "2019-06-01", sophie, child)
	s.known("sophie", sophie)
	s.benefit(benefit{number: "U0000001", from: "2024-01", to: "2025-12", ct: single, form: "2"}, sophie)
	sophie.care(care{law: "wmo", category: "02", from: "2024-03-01", to: "2025-09-30", ends: "2025-09-30", reason: "22", agb: 1,
		monthly: 65000, represent: "07"})
	child.care(care{law: "jeugd", category: "44", from: "2025-10-06", agb: 2, amounts: []int{250000, 300000, 300000}})
	sophie.consult("2025-02-11", 3)
	sophie.zvw("VD0003", "intramuraal_verblijf_ggz", "2025-10-06", "2025-10-31", 1040000, 3)
	sophie.zvw("VD0003", "intramuraal_verblijf_ggz", "2025-11-01", "2025-11-30", 1200000, 3)
	s.debtHelp("T0001", "2025-06-01", "", 23000, sophie)
	sophie.housing("ontruimingsaanzegging", "2025-11-03", "", 0)
}

func (s *set) cocktail1() {
	// vol: rent arrears first, then guidance that no longer fits
	mother := s.adult("c1_vol/1", "1986-07", vrouw)
	father := s.adult("c1_vol/2", "1984-02", man)
	child := s.child("c1_vol/3", "2014-05", vrouw, mother, father)
	s.family("c1_vol", tilburg, "2013-09-01", mother, father, child)
	s.known("c1_vol", mother)
	mother.consult("2025-04-15", 4)
	mother.zvw("CO0562", "consulten_ggz", "2025-08-20", "2025-08-20", 18344, 4)
	mother.housing("huurachterstand", "2025-06-10", "", 180050)
	mother.housing("huurachterstand", "2025-09-12", "", 240000)
	mother.care(care{law: "wmo", category: "02", from: "2024-08-01", to: "2025-07-31", ends: "2025-07-31", reason: "23", agb: 5, monthly: 80000})

	// dreigend: everything but a housing problem, in a gemeente where that is known
	father = s.adult("c1_dreigend/1", "1982-09", man)
	child = s.child("c1_dreigend/2", "2012-11", man, father)
	s.family("c1_dreigend", oisterwijk, "2016-02-01", father, child)
	s.known("c1_dreigend", father)
	father.zvw("OV0012", "overige_prestaties_ggz", "2025-09-01", "2025-09-30", 91250, 4)
	father.care(care{law: "wmo", category: "02", from: "2025-01-01", to: "2025-10-15", ends: "2025-10-15", reason: "21", agb: 6,
		amounts: []int{50000, 50000, 50000, 50000, 50000, 50000, 50000, 50000, 50000, 25000}})
}

func (s *set) cocktail2() {
	// vol: child in residential care, then the family keeps only a postal address
	mother := s.adult("c2_vol/1", "1985-01", vrouw)
	father := s.adult("c2_vol/2", "1983-06", man)
	eldest := s.child("c2_vol/3", "2010-10", vrouw, mother, father)
	youngest := s.child("c2_vol/4", "2015-12", man, mother, father)
	s.known("c2_vol", mother)
	members := []*person{mother, father, eldest, youngest}
	house := s.home("c2_vol", tilburg, "5")
	letters := s.home("c2_vol/brief", tilburg, "5")
	for _, m := range members {
		from := max(d("2012-04-01"), ymd(m.year, m.month, 1))
		m.lives(house, placeOf(m, members, "5"), from.String(), "2025-04-30", nil)
	}
	for _, m := range members {
		m.lives(letters, placeOf(m, members, "5"), "2025-05-01", "", row{"functie_adres": "B", "woonoppervlak_m2": ""})
	}
	eldest.care(care{law: "jeugd", category: "43", from: "2025-02-01", agb: 7, monthly: 620000})

	// dreigend: jeugdhulp, and housing known to be in order
	mother = s.adult("c2_dreigend/1", "1989-08", vrouw)
	child := s.child("c2_dreigend/2", "2013-02", man, mother)
	s.family("c2_dreigend", oisterwijk, "2018-05-01", mother, child)
	s.known("c2_dreigend", mother)
	child.care(care{law: "jeugd", category: "45", from: "2025-03-01", agb: 8, monthly: 45000})

	// voorbij: a stay in opvang that ended, so the full cocktail did too
	mother = s.adult("c2_voorbij/1", "1991-03", vrouw)
	child = s.child("c2_voorbij/2", "2011-07", man, mother)
	s.family("c2_voorbij", oisterwijk, "2014-01-01", mother, child)
	s.known("c2_voorbij", mother)
	child.care(care{law: "jeugd", category: "45", from: "2023-11-01", agb: 8, monthly: 38000})
	mother.housing("opvang", "2024-05-01", "2025-03-31", 0)

	// achttien: the child comes of age, and a condition falls away
	mother = s.adult("c2_achttien/1", "1980-04", vrouw)
	child = s.child("c2_achttien/2", "2007-03", vrouw, mother)
	s.family("c2_achttien", tilburg, "2015-01-01", mother, child)
	s.known("c2_achttien", mother)
	child.care(care{law: "jeugd", category: "45", from: "2024-06-01", agb: 8, monthly: 41000})
	mother.housing("briefadres", "2025-01-01", "2026-03-31", 0)
}

func (s *set) cocktail3() {
	// vol: debts first, then the landlord's crisis signal
	mother := s.adult("c3_vol/1", "1992-10", vrouw)
	eldest := s.child("c3_vol/2", "2013-04", man, mother)
	youngest := s.child("c3_vol/3", "2019-09", vrouw, mother)
	s.family("c3_vol", tilburg, "2020-03-01", mother, eldest, youngest)
	s.known("c3_vol", mother)
	s.debtHelp("T0002", "2025-01-15", "", 41200, mother)
	mother.arrears("Huur", "2025-10-20", 2150, true, "")

	// dreigend: a signal that was taken up
	mother = s.adult("c3_dreigend/1", "1988-12", vrouw)
	father := s.adult("c3_dreigend/2", "1986-12", man)
	child := s.child("c3_dreigend/3", "2016-06", vrouw, mother, father)
	s.family("c3_dreigend", oisterwijk, "2015-10-01", mother, father, child)
	s.known("c3_dreigend", mother)
	father.arrears("Energie", "2025-09-10", 780, false, "2025-09-24")

	// wisselt: two signals of different partners show debts only on the days both last
	father = s.adult("c3_wisselt/1", "1981-05", man)
	child = s.child("c3_wisselt/2", "2012-01", man, father)
	s.family("c3_wisselt", tilburg, "2017-07-01", father, child)
	s.known("c3_wisselt", father)
	father.arrears("Energie", "2025-03-03", 640, false, "")
	father.arrears("Zorg", "2025-05-05", 910, false, "")
	father.housing("woningsluiting", "2025-02-01", "2025-12-31", 0)
}

func (s *set) cocktail4() {
	// vol: the benefit stopped, then homeless
	one := s.adult("c4_vol/1", "1979-11", man)
	s.family("c4_vol", tilburg, "2018-01-01", one)
	s.known("c4_vol", one)
	s.benefit(benefit{number: "U0000002", from: "2024-01", to: "2025-04", ct: single, ends: "2025-04-30", reason: "98"}, one)
	one.consult("2025-05-12", 4)
	one.consult("2025-10-09", 4)
	one.care(care{law: "wmo", category: "16", from: "2025-06-16", agb: 9,
		amounts: []int{90000, 180000, 180000, 180000, 180000, 180000, 180000}})

	// dreigend: ggz and no fixed abode, but the benefit is paid
	one = s.adult("c4_dreigend/1", "1994-02", vrouw)
	s.family("c4_dreigend", oisterwijk, "2021-05-01", one)
	s.known("c4_dreigend", one)
	s.benefit(benefit{number: "U0000003", from: "2025-01", to: "2025-08", ct: single}, one)
	s.benefit(benefit{number: "U0000003", from: "2025-09", to: "2025-12", started: "2025-01-01", ct: single, housing: "6"}, one)
	one.consult("2025-08-05", 4)

	// volgorde: admission, the benefit stops, three months later no home
	one = s.adult("c4_volgorde/1", "1985-03", man)
	s.family("c4_volgorde", tilburg, "2019-11-01", one)
	s.known("c4_volgorde", one)
	s.benefit(benefit{number: "U0000004", from: "2024-01", to: "2025-01", ct: single}, one)
	s.benefit(benefit{number: "U0000004", from: "2025-02", to: "2025-02", started: "2024-01-01", ct: single, housing: "4",
		ends: "2025-02-28", reason: "98"}, one)
	one.zvw("VD0004", "intramuraal_verblijf_ggz", "2025-01-13", "2025-01-31", 760000, 3)
	one.zvw("VD0004", "intramuraal_verblijf_ggz", "2025-02-01", "2025-02-28", 1120000, 3)
	one.zvw("VD0004", "intramuraal_verblijf_ggz", "2025-03-01", "2025-03-31", 1240000, 3)
	one.consult("2025-09-15", 4)
	one.housing("opvang", "2025-04-14", "2026-01-31", 0)

	// zwak: the benefit ended for work, which is no sign of trouble
	one = s.adult("c4_zwak/1", "1990-09", vrouw)
	s.family("c4_zwak", oisterwijk, "2017-02-01", one)
	s.known("c4_zwak", one)
	s.benefit(benefit{number: "U0000005", from: "2024-10", to: "2025-05", ct: single, ends: "2025-05-31", reason: "11"}, one)
	one.consult("2025-07-01", 4)
	one.housing("huurachterstand", "2025-08-01", "", 99000)
}

// takenBack: care that a credit line takes back shows nothing.
func (s *set) takenBack() {
	one := s.adult("zvw_krediet/1", "1988-03", vrouw)
	s.family("zvw_krediet", oisterwijk, "2014-07-01", one)
	s.known("zvw_krediet", one)
	one.consult("2025-06-03", 4)
	one.consult("2025-06-03", 4)["debet_credit"] = "C"
	one.housing("huurachterstand", "2025-06-20", "", 88000)

	// two months without an allocation, one of them taken back
	mother := s.adult("jeugd_krediet/1", "1990-12", vrouw)
	child := s.child("jeugd_krediet/2", "2016-04", man, mother)
	s.family("jeugd_krediet", tilburg, "2016-11-01", mother, child)
	s.known("jeugd_krediet", mother)
	free := &allocation{p: child, c: care{law: "jeugd", category: "45", code: "45A09"}, agb: agb(8), gemeente: child.gemeente}
	free.credit(free.declare("2025-03-01", "2025-03-31", 30000, nil), row{"dagtekening": "2025-05-02"})
	free.declare("2025-04-01", "2025-04-30", 30000, nil)
}

// handThreeValued: the same cocktails where a feed does not cover the household. In gemeente 0785 the feed of
// vroegsignalen is missing, so debts and housing cannot be known absent there.
func (s *set) handThreeValued() {
	mother := s.adult("c1_onbekend/1", "1990-01", vrouw)
	child := s.child("c1_onbekend/2", "2018-06", man, mother)
	s.family("c1_onbekend", goirle, "2018-01-01", mother, child)
	s.known("c1_onbekend", mother)
	mother.consult("2025-10-07", 4)
	mother.care(care{law: "wmo", category: "02", from: "2025-02-01", to: "2025-11-20", ends: "2025-11-20", reason: "22", agb: 5,
		amounts: []int{30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000, 30000, 20000}})

	mother = s.adult("c2_onbekend/1", "1987-11", vrouw)
	child = s.child("c2_onbekend/2", "2014-08", vrouw, mother)
	s.family("c2_onbekend", goirle, "2016-09-01", mother, child)
	s.known("c2_onbekend", mother)
	child.care(care{law: "jeugd", category: "45", from: "2025-04-01", agb: 8, monthly: 52000})

	mother = s.adult("c3_onbekend/1", "1984-05", vrouw)
	father := s.adult("c3_onbekend/2", "1982-08", man)
	child = s.child("c3_onbekend/3", "2011-02", man, mother, father)
	s.family("c3_onbekend", goirle, "2010-06-01", mother, father, child)
	s.known("c3_onbekend", mother)
	s.debtHelp("T0003", "2025-05-01", "", 35600, father)

	// another insurer: ggz is unknown, not absent
	one := s.adult("c4_onbekend/1", "1977-07", man).uninsured()
	s.family("c4_onbekend", tilburg, "2012-12-01", one)
	s.known("c4_onbekend", one)
	s.benefit(benefit{number: "U0000006", from: "2024-03", to: "2025-06", ct: single, ends: "2025-06-30", reason: "31"}, one)
	one.housing("ontruiming", "2025-08-18", "", 0)
}
