package generator

import (
	"fmt"
	"strings"
)

const (
	careHeader  = "persoon_ps;prestatie_code;zorgsoort;begindatum;einddatum;bedrag_ct;debet_credit;uzovi\n"
	shortClaims = "persoon_ps;gemeentecode;referentie_nummer;toewijzing_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb\n"
)

// care is a line of an insurer; dates as they are written.
func care(ps, from, to string, ct int, uzovi string) string {
	return fmt.Sprintf("%s;MSZ001;medisch_specialistische_zorg;%s;%s;%d;D;%s\n", ps, from, to, ct, uzovi)
}

// wmoClaim is a line of wmo_declaratie or jeugd_declaratie; on an allocation, or on "".
func wmoClaim(ps, ref, grant, category, from, to string, ct int) string {
	return fmt.Sprintf("%s;0855;%s;%s;%s;%s;%s;%d;D;%s\n", ps, ref, grant, category, from, to, ct, agbs[7])
}

// plantTwice: what is delivered again counts once, what is late counts, and what is equal within a delivery counts twice and is
// found (rules 61, 62).
func plantTwice(p *planter) {
	const supplier, uzovi = "Tweede verzekeraar (synthetisch)", "9992"
	one := p.person()
	older, newer := careHeader, careHeader
	for m := 1; m <= 12; m++ {
		from, to := ymd(2025, m, 1), ymd(2025, m, 28)
		newer += care(one, from.String(), to.String(), 10000, uzovi)
		switch {
		case m == 1: // the same line, its dates written otherwise
			older += care(one, "01-01-2025", "20250128", 10000, uzovi)
		case m <= 6:
			older += care(one, from.String(), to.String(), 10000, uzovi)
		}
	}
	for range 2 {
		older += care(one, "2025-04-01", "2025-04-02", 1500, uzovi)
		newer += care(one, "2025-04-01", "2025-04-02", 1500, uzovi)
	}
	newer += care(one, "2025-03-10", "2025-03-12", 2500, uzovi) // late
	p.file("zvw_declaratie", "feil-overlap-1.csv", noteOf(supplier, "2025-01-01", "2025-06-30", "2025-07-15"), older,
		told{what: "uitgesloten", code: "overlap_gelijk", at: []int{2, 3, 4, 5, 6, 7, 8, 9}, ct: cents(63000)})
	p.file("zvw_declaratie", "feil-overlap-2.csv", noteOf(supplier, "2025-01-01", "2025-12-31", "2026-01-20"), newer,
		told{what: "bevinding", code: "regel_gelijk", n: 1, lines: 1, ct: cents(1500)})
	p.cost(one, "zvw", 12*10000+2*1500+2500, "zvw_declaratie/feil-overlap-2.csv")

	two := p.person() // two treatments on one day are possible: they count, and stay far below the limit
	p.file("zvw_declaratie", "feil-zelfde-regel.csv", noteOf("Derde verzekeraar (synthetisch)", "", "", "2026-01-20"),
		careHeader+care(two, "2025-02-01", "2025-03-31", 500000, "9993")+strings.Repeat(care(two, "2025-05-06", "2025-05-06", 1000, "9993"), 3),
		told{what: "bevinding", code: "regel_gelijk", n: 1, lines: 2, ct: cents(2000)})
	p.cost(two, "zvw", 503000, "zvw_declaratie/feil-zelfde-regel.csv")

	three := p.person() // with a reference number the lines that were delivered again are not repeated references (8021)
	older = shortClaims + wmoClaim(three, "F1", "", "01", "2025-01-01", "2025-01-31", 4000) + wmoClaim(three, "F2", "", "01", "2025-02-01", "2025-02-28", 4100)
	newer = older + wmoClaim(three, "F3", "", "01", "2025-03-01", "2025-03-31", 4200)
	p.file("wmo_declaratie", "feil-overlap-1.csv", noteOf(municipal, "2025-01-01", "2025-06-30", "2025-07-15"), older,
		told{what: "uitgesloten", code: "overlap_gelijk", at: []int{2, 3}, ct: cents(8100)})
	p.file("wmo_declaratie", "feil-overlap-2.csv", noteOf(municipal, "2025-01-01", "2025-12-31", "2026-01-20"), newer)
	p.cost(three, "wmo", 12300, "wmo_declaratie/feil-overlap-2.csv")
}

// plantOverlap: of a line that another delivery has with another amount nobody can say which is right (rules 61).
func plantOverlap(p *planter) {
	const supplier, uzovi = "Vierde verzekeraar (synthetisch)", "9994"
	ps := p.person()
	same := careHeader + care(ps, "2025-01-01", "2025-01-28", 10000, uzovi)
	p.file("zvw_declaratie", "feil-verschilt-1.csv", noteOf(supplier, "2025-01-01", "2025-06-30", "2025-07-15"),
		same+care(ps, "2025-02-01", "2025-02-28", 20000, uzovi),
		told{what: "uitgesloten", code: "overlap_gelijk", at: []int{2}, ct: cents(10000)},
		told{what: "bevinding", code: "overlap_verschilt", at: []int{3}, ct: cents(20000)})
	p.file("zvw_declaratie", "feil-verschilt-2.csv", noteOf(supplier, "2025-01-01", "2025-12-31", "2026-01-20"),
		same+care(ps, "2025-02-01", "2025-02-28", 19000, uzovi))
}

// plantEqual: equal lines of a twelfth of the kind's cents, where a fiftieth is the limit (rules 62).
func plantEqual(p *planter) {
	ps, ct := p.person(), 10000+p.cents[kClaimZvw]/10
	p.file("zvw_declaratie", "feil-gelijk.csv", noteOf("Vijfde verzekeraar (synthetisch)", "", "", "2026-01-20"),
		careHeader+strings.Repeat(care(ps, "2025-06-01", "2025-06-30", ct, "9995"), 2),
		told{what: "bevinding", code: "regel_gelijk", n: 1, lines: 1, ct: cents(ct)})
}

// plantRepeated: reference numbers again in a fiftieth of the kind's lines, where a thousandth is the limit (rules 9).
func plantRepeated(p *planter) {
	ps, n := p.person(), 20+p.lines[kClaimWmo]/50
	text, at := shortClaims+wmoClaim(ps, "H", "", "01", "2025-01-01", "2025-01-01", 100), []int{}
	for i := range n {
		day := ymd(2025, 1, 2+i%360)
		text += wmoClaim(ps, "H", "", "01", day.String(), day.String(), 100)
		at = append(at, 3+i)
	}
	p.file("wmo_declaratie", "feil-herhaald.csv", "", text, told{what: "bevinding", code: "8021", at: at, ct: cents(100 * n)})
}

// plantLives: a claim from before a birth and one from after a death are found and count; care in the month after a death is
// not (rules 67).
func plantLives(p *planter) {
	child, house := p.new()
	p.stay(child, house, "2025-06-03", "", 2025, 6, "")
	dead := p.departed()
	alive := p.person()
	p.file("wmo_declaratie", "feil-leven.csv", "", shortClaims+
		wmoClaim(child, "G1", "", "01", "2025-03-01", "2025-03-31", 1000)+
		wmoClaim(dead, "G2", "", "01", "2025-04-01", "2025-04-15", 1100)+
		wmoClaim(dead, "G3", "", "01", "2025-06-01", "2025-06-30", 1200)+
		wmoClaim(alive, "G4", "", "01", "2025-06-01", "2025-06-30", 500000), // so that the others stay below the limit
		told{what: "bevinding", code: "voor_geboorte", at: []int{2}, ct: cents(1000)},
		told{what: "bevinding", code: "na_overlijden", at: []int{4}, ct: cents(1200)})
	p.cost(child, "wmo", 1000, "wmo_declaratie/feil-leven.csv")
	p.cost(alive, "wmo", 500000, "wmo_declaratie/feil-leven.csv")
}

// departed makes a person who died on 15 March 2025.
func (p *planter) departed() string {
	ps, house := p.new()
	p.stay(ps, house, "2015-01-01", "2025-03-15", 1940, 1, "overleden")
	return ps
}

// plantOutsideLife: care after death of a twentieth of the kind's cents, where a hundredth is the limit (rules 67).
func plantOutsideLife(p *planter) {
	ps, ct := p.departed(), 10000+p.cents[kClaimWmo]/20
	p.file("wmo_declaratie", "feil-buiten-leven.csv", "", shortClaims+wmoClaim(ps, "B1", "", "01", "2025-09-01", "2025-09-30", ct),
		told{what: "bevinding", code: "na_overlijden", at: []int{2}, ct: cents(ct)})
}

// plantPeriods: claims over more than 62 days or beyond the day of their delivery are found and count; those that cannot be are
// in quarantine (rules 66).
func plantPeriods(p *planter) {
	ps := p.person()
	p.file("wmo_declaratie", "feil-periodes.csv", noteOf(municipal, "", "", "2025-06-30"), shortClaims+
		wmoClaim(ps, "D1", "", "01", "2025-01-01", "2025-03-31", 3000)+
		wmoClaim(ps, "D2", "", "01", "2025-06-15", "2025-07-15", 3100)+
		wmoClaim(ps, "D3", "", "01", "2025-01-01", "2025-03-03", 3200)+
		wmoClaim(ps, "D4", "", "01", "2026-06-15", "2026-07-01", 3300)+
		wmoClaim(ps, "D5", "", "01", "1989-12-31", "1990-01-15", 3400),
		told{what: "bevinding", code: "periode_onwaarschijnlijk", at: []int{2, 3}, ct: cents(6100)},
		told{what: "quarantaine", code: "periode_onmogelijk", at: []int{5, 6}})
	p.cost(ps, "wmo", 9300, "wmo_declaratie/feil-periodes.csv")
}
