package sampledata

// handSpells: spells that contradict each other, and a move.
func (s *set) handSpells() {
	// the old address was never closed: the later spell cuts it
	mother := s.adult("overlap/1", "1990-03", vrouw)
	child := s.child("overlap/2", "2014-12", man, mother)
	partner := s.adult("overlap/3", "1988-04", man)
	old, now := s.home("overlap/oud", oisterwijk, "6"), s.home("overlap", oisterwijk, "5")
	mother.lives(old, "7", "2018-01-01", "", nil)
	child.lives(old, "1", "2018-01-01", "2025-07-31", nil)
	partner.lives(s.home("overlap/partner", oisterwijk, "1"), "2", "2015-01-01", "2025-07-31", nil)
	mother.lives(now, "6", "2025-08-01", "", nil)
	child.lives(now, "1", "2025-08-01", "", nil)
	partner.lives(now, "6", "2025-08-01", "", nil)
	s.known("overlap", mother)
	partner.care(care{law: "wmo", category: "02", from: "2025-01-01", agb: 6, monthly: 25000})
	child.care(care{law: "jeugd", category: "45", from: "2025-06-01", to: "2025-11-30", ends: "2025-11-30", reason: "31", agb: 8, monthly: 40000})

	// two spells from the same day: the last line stays
	one := s.adult("zelfde_dag/1", "1992-05", man)
	one.lives(s.home("zelfde_dag/fout", tilburg, "1"), "2", "2023-06-01", "", nil)
	one.lives(s.home("zelfde_dag", tilburg, "1"), "2", "2023-06-01", "", nil)
	s.known("zelfde_dag", one)
	one.zvw("FAR001", "farmacie", "2025-09-01", "2025-09-30", 1999, 14)

	// from one gemeente to another in the year: the cost follows the person, the attributes are of the peildatum
	mother = s.adult("verhuisd/1", "1987-07", vrouw)
	child = s.child("verhuisd/2", "2012-08", vrouw, mother)
	from, to := s.home("verhuisd/oud", oisterwijk, "6"), s.home("verhuisd", tilburg, "6")
	mother.lives(from, "7", "2015-03-01", "2025-06-30", nil)
	child.lives(from, "1", "2015-03-01", "2025-06-30", nil)
	mother.care(care{law: "wmo", category: "02", from: "2024-10-01", to: "2025-06-30", ends: "2025-06-30", reason: "31", agb: 6, monthly: 30000})
	mother.lives(to, "7", "2025-07-01", "", nil)
	child.lives(to, "1", "2025-07-01", "", nil)
	mother.care(care{law: "wmo", category: "02", from: "2025-07-01", agb: 6, monthly: 35000})
	s.known("verhuisd", mother)
}
