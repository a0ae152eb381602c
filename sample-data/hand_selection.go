package sampledata

// handSelection: households on either side of each rule of eligibility.
func (s *set) handSelection() {
	parent := func(label, birthParent, birthChild string) (*person, *person) {
		mother := s.adult(label+"/1", birthParent, vrouw)
		child := s.child(label+"/2", birthChild, man, mother)
		s.family(label, tilburg, "2016-01-01", mother, child)
		s.known(label, mother)
		return mother, child
	}

	// exactly 100.000,00 and one cent less
	mother, child := parent("drempel_precies", "1985-02", "2012-05")
	child.care(care{law: "jeugd", category: "45", from: "2025-01-01", agb: 8, monthly: 500000})
	mother.care(care{law: "wmo", category: "06", from: "2025-01-01", agb: 6, monthly: 150000})
	mother.hospital("2025-02-03", "2025-05-30", 2200000, 10)

	mother, child = parent("drempel_cent_minder", "1986-03", "2013-06")
	child.care(care{law: "jeugd", category: "45", from: "2025-01-01", agb: 8, monthly: 500000})
	mother.care(care{law: "wmo", category: "06", from: "2025-01-01", agb: 6, monthly: 150000})
	mother.hospital("2025-02-03", "2025-05-30", 2199999, 10)

	// four fifths of the cost from the insurer, and one cent more
	mother, _ = parent("zvw_precies_80", "1979-04", "2010-07")
	mother.hospital("2025-01-06", "2025-12-19", 8000000, 10)
	mother.care(care{law: "wmo", category: "06", from: "2025-01-01", to: "2025-10-31", ends: "2025-10-31", reason: "19", agb: 6, monthly: 200000})

	mother, _ = parent("zvw_boven_80", "1980-05", "2011-08")
	mother.hospital("2025-01-06", "2025-12-19", 8000001, 10)
	mother.care(care{law: "wmo", category: "06", from: "2025-01-01", to: "2025-10-31", ends: "2025-10-31", reason: "19", agb: 6, monthly: 200000})

	// one domein
	_, child = parent("een_domein", "1984-06", "2009-09")
	child.care(care{law: "jeugd", category: "43", from: "2024-07-01", agb: 7, monthly: 900000})

	// no children
	one := s.adult("zonder_kinderen/1", "1959-02", vrouw)
	two := s.adult("zonder_kinderen/2", "1957-10", man)
	s.family("zonder_kinderen", tilburg, "1988-01-01", one, two)
	s.known("zonder_kinderen", one)
	two.care(care{law: "wmo", category: "15", from: "2025-01-01", agb: 9, monthly: 600000})
	one.hospital("2025-03-01", "2025-06-28", 4000000, 10)

	// reported by a professional, cheap
	mother, _ = parent("veldmelding", "1993-07", "2017-10")
	mother.care(care{law: "wmo", category: "02", from: "2025-03-01", agb: 6, monthly: 35000})
	s.report(mother, "2025-10-02", "wijkteam", "stapeling van zorgen, partijen werken langs elkaar heen")

	// a plan that was refused does not stand in the way
	mother, child = parent("plan_afgewezen", "1982-08", "2010-11")
	child.care(care{law: "jeugd", category: "43", from: "2024-10-01", agb: 7, monthly: 760000})
	mother.care(care{law: "wmo", category: "06", from: "2025-01-01", agb: 6, monthly: 110000})
}

// report writes a veldmelding.
func (s *set) report(p *person, date, who, why string) {
	s.add("veldmelding", row{"persoon_ps": p.ps, "gemeentecode": p.gemeente, "datum": date, "melder": who, "reden": why})
}
