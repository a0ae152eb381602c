package sampledata

// handHouseholds: who counts as the household on the peildatum.
func (s *set) handHouseholds() {
	s.placedChildren()
	s.alone()
	s.excluded()
}

// placedChildren: minors who live, or are registered, somewhere else.
func (s *set) placedChildren() {
	// in an institution in another gemeente: still this mother's child
	mother := s.adult("kind_in_instelling/1", "1988-09", vrouw)
	child := s.child("kind_in_instelling/2", "2011-08", man, mother)
	house := s.home("kind_in_instelling", tilburg, "6")
	mother.lives(house, "7", "2014-01-01", "2025-02-28", nil)
	child.lives(house, "1", "2014-01-01", "2025-02-28", nil)
	mother.lives(s.home("kind_in_instelling/na", tilburg, "1"), "2", "2025-03-01", "", nil)
	child.lives(s.home("instelling_jeugd", goirle, "8"), "10", "2025-03-01", "", nil)
	child.gemeente = tilburg // the mother's gemeente pays
	s.known("kind_in_instelling", mother)
	child.care(care{law: "jeugd", category: "43", from: "2025-03-01", agb: 7, monthly: 800000})

	// gone from the register, not known where to
	father := s.adult("kind_zonder_spell/1", "1979-02", man)
	child = s.child("kind_zonder_spell/2", "2009-10", vrouw, father)
	house = s.home("kind_zonder_spell", tilburg, "6")
	father.lives(house, "7", "2013-01-01", "2025-08-31", nil)
	child.lives(house, "1", "2013-01-01", "2025-08-31", row{"reden_einde": "onbekend"})
	father.lives(s.home("kind_zonder_spell/na", tilburg, "1"), "2", "2025-09-01", "", nil)
	s.known("kind_zonder_spell", father)
	child.care(care{law: "jeugd", category: "46", from: "2025-07-01", to: "2025-08-31", ends: "2025-08-31", reason: "35", agb: 7, monthly: 350000})

	// died: no longer of the household; what was spent has no household any more
	mother = s.adult("kind_overleden/1", "1984-01", vrouw)
	child = s.child("kind_overleden/2", "2014-02", vrouw, mother)
	house = s.home("kind_overleden", oisterwijk, "6")
	mother.lives(house, "7", "2014-01-01", "2025-05-10", nil)
	child.lives(house, "1", "2014-02-01", "2025-05-10", row{"reden_einde": "overleden"})
	mother.lives(s.home("kind_overleden/na", oisterwijk, "1"), "2", "2025-05-11", "", nil)
	child.insuredTo, child.outReason = d("2025-05-10"), "overleden"
	s.known("kind_overleden", mother)
	s.known("kind_overleden_kind", child)
	child.hospital("2025-01-15", "2025-05-10", 1234567, 10)
	mother.zvw("HAC001", "huisarts_consult", "2025-06-02", "2025-06-02", 2500, 13)

	// with the grandparents, in a household in which neither parent lives
	mother = s.adult("kind_bij_opa/1", "1995-05", vrouw)
	child = s.child("kind_bij_opa/2", "2016-03", man, mother)
	grandfather := s.adult("grootouders/1", "1962-06", man)
	grandmother := s.adult("grootouders/2", "1964-07", vrouw)
	mother.lives(s.home("kind_bij_opa", tilburg, "1"), "2", "2019-01-01", "", nil)
	house = s.home("grootouders", oisterwijk, "7")
	grandfather.lives(house, "8", "2005-01-01", "", nil)
	grandmother.lives(house, "9", "2005-01-01", "", nil)
	child.lives(house, "9", "2022-08-01", "", nil)
	s.known("kind_bij_opa", mother)
	s.known("grootouders", grandfather)
	child.care(care{law: "jeugd", category: "45", from: "2025-05-01", agb: 8, monthly: 30000})
	grandmother.hospital("2025-04-01", "2025-06-30", 450000, 10)
}

// alone: institutions, and people who are in no household on the peildatum.
func (s *set) alone() {
	// two people at one address of an institution are two households
	one := s.adult("instelling_a/1", "1970-10", man)
	two := s.adult("instelling_b/1", "1948-12", vrouw)
	house := s.home("instelling", tilburg, "8")
	one.lives(house, "10", "2020-01-01", "", nil)
	two.lives(house, "10", "2022-06-01", "", nil)
	s.known("instelling_a", one)
	s.known("instelling_b", two)
	one.care(care{law: "wmo", category: "15", from: "2022-01-01", agb: 9, monthly: 480000})
	two.hospital("2025-02-01", "2025-02-28", 7000000, 10)

	// abroad since October: the costs stay in the totals, without a household
	one = s.adult("zonder_huishouden/1", "1987-01", man)
	house = s.home("zonder_huishouden", tilburg, "1")
	one.lives(house, "2", "2019-01-01", "2025-09-30", row{"reden_einde": "buitenland"})
	one.insuredTo, one.outReason = d("2025-09-30"), "buitenland"
	s.known("zonder_huishouden", one)
	one.care(care{law: "wmo", category: "02", from: "2025-01-01", to: "2025-09-30", ends: "2025-09-30", reason: "31", agb: 6, monthly: 60000})

	// comes of age on the day after the peildatum; one child just did; one whose month of birth was not delivered
	mother := s.adult("achttien/1", "1978-06", vrouw)
	adult := s.child("achttien/2", "2007-12", man, mother)
	minor := s.child("achttien/3", "2008-01", vrouw, mother)
	unknown := s.child("achttien/4", "2008", man, mother)
	s.family("achttien", tilburg, "2011-01-01", mother, adult, minor, unknown)
	s.known("achttien", mother)
	mother.zvw("HAC001", "huisarts_consult", "2025-01-20", "2025-01-20", 5000, 13)
}

// excluded: people who are never listed.
func (s *set) excluded() {
	mother := s.adult("uitgesloten/1", "1989-11", vrouw)
	child := s.child("uitgesloten/2", "2015-04", vrouw, mother)
	s.family("uitgesloten", tilburg, "2017-01-01", mother, child)
	s.known("uitgesloten", mother)
	child.care(care{law: "jeugd", category: "45", from: "2024-01-01", agb: 8, monthly: 123456})
	s.add("uitsluiting", row{"persoon_ps": child.ps, "soort": "geheim_adres", "begindatum": "2024-05-01"})

	mother = s.adult("uitsluiting_voorbij/1", "1986-06", vrouw)
	child = s.child("uitsluiting_voorbij/2", "2016-09", man, mother)
	s.family("uitsluiting_voorbij", tilburg, "2018-01-01", mother, child)
	s.known("uitsluiting_voorbij", mother)
	mother.care(care{law: "wmo", category: "01", from: "2025-01-01", agb: 11, monthly: 12345})
	s.add("uitsluiting", row{"persoon_ps": mother.ps, "soort": "bezwaar", "begindatum": "2024-01-01", "einddatum": "2025-06-30"})
}
