package generator

import (
	"fmt"
	"strings"
)

const grantHeader = "persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;toewijzing_datum;ingangsdatum;einddatum;reden_wijziging"

// plantGrants: of two versions from one day the later counts where all have a time, else the one that takes the allocation away,
// else the one with the most in it; never the first or last line (rules 69).
func plantGrants(p *planter) {
	gone, longer, back, half := p.person(), p.person(), p.person(), p.person()
	grant := func(ps, number, to, why, at string) string {
		return fmt.Sprintf("%s;0855;%s;01;2025-01-10;2025-01-15;%s;%s%s\n", ps, number, to, why, at)
	}
	p.file("wmo_toewijzing", "feil-zelfde-dag.csv", "", grantHeader+"\n"+
		grant(gone, "990000201", "2025-12-31", "13", "")+grant(gone, "990000201", "2025-12-31", "", "")+
		grant(longer, "990000202", "2025-12-31", "", "")+grant(longer, "990000202", "2025-06-30", "", ""),
		told{what: "bevinding", code: "toewijzing_gelijk", at: []int{2, 4}},
		told{what: "uitgesloten", code: "9384", at: []int{2, 3}})
	p.file("wmo_toewijzing", "feil-met-tijd.csv", "", grantHeader+";toewijzing_tijd\n"+
		grant(back, "990000203", "2025-12-31", "", ";14:30:00")+grant(back, "990000203", "2025-12-31", "13", ";09:00")+
		grant(half, "990000204", "2025-12-31", "13", ";09:00")+grant(half, "990000204", "2025-12-31", "", ";"),
		told{what: "bevinding", code: "toewijzing_gelijk", at: []int{4}},
		told{what: "uitgesloten", code: "9384", at: []int{4, 5}})
	const file = "feil-toewijzing.csv"
	claim := func(ps, ref, number string, ct int) string {
		return wmoClaim(ps, ref, number, "01", "2025-02-01", "2025-02-28", ct)
	}
	p.file("wmo_declaratie", file, "", shortClaims+claim(gone, "T1", "990000201", 5000)+claim(longer, "T2", "990000202", 5100)+
		claim(back, "T3", "990000203", 5200)+claim(half, "T4", "990000204", 5300),
		told{what: "uitgesloten", code: "9384", at: []int{2, 5}, ct: cents(10300)})
	p.cost(gone, "wmo", 0, "wmo_declaratie/"+file)
	p.cost(longer, "wmo", 5100, "wmo_declaratie/"+file)
	p.cost(back, "wmo", 5200, "wmo_declaratie/"+file)
	p.cost(half, "wmo", 0, "wmo_declaratie/"+file)
}

// plantBenefits: lines of one person under one key add up before persons are compared (rules 70); two lines of 500 in one
// delivery are a thousand, a line that was delivered again is one.
func plantBenefits(p *planter) {
	const header = "persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur;cluster_bijz_bijstand\n"
	pay := func(ps, number, code, euros, cluster string) string {
		return fmt.Sprintf("%s;0855;2025-03;%s;%s;%s;%s\n", ps, number, code, euros, cluster)
	}
	two, equal, less, again := p.person(), p.person(), p.person(), p.person()
	pair := [4]string{p.person(), p.person(), p.person(), p.person()}
	once := pay(again, "F6", "01", "800,00", "")
	const file = "feil-betalingen.csv"
	p.file("participatie_uitkering", file, "", header+
		pay(two, "F1", "12", "300,00", "f")+pay(two, "F1", "12", "450,00", "f")+
		pay(equal, "F2", "12", "500,00", "f")+pay(equal, "F2", "12", "500,00", "f")+
		pay(less, "F3", "01", "1200,00", "")+pay(less, "F3", "01", "-200,00", "")+
		pay(pair[0], "F4", "01", "400,00", "")+pay(pair[0], "F4", "01", "100,00", "")+pay(pair[1], "F4", "01", "500,00", "")+
		pay(pair[2], "F5", "01", "400,00", "")+pay(pair[2], "F5", "01", "100,00", "")+pay(pair[3], "F5", "01", "600,00", "")+once,
		told{what: "bevinding", code: "uitkering_gedeeld", at: []int{2, 4, 6, 8}, lines: 8, ct: cents(75000 + 100000 + 100000 + 50000)},
		told{what: "uitgesloten", code: "bedrag_ongelijk", at: []int{11, 12, 13}, ct: cents(110000)})
	p.file("participatie_uitkering", "feil-betalingen-opnieuw.csv", "", header+once)
	for _, c := range []struct {
		ps string
		ct int
	}{{two, 75000}, {equal, 100000}, {less, 100000}, {pair[0], 25000}, {pair[1], 25000}, {pair[2], 0}, {pair[3], 0}, {again, 80000}} {
		p.cost(c.ps, "participatie", c.ct, "participatie_uitkering/"+file)
	}
}

// plantMerger: a gemeente that stopped at the end of 2024, whose people live in 0855 since, does not hold the peildatum back: its
// last delivery, made after that, has nobody in it on the last day it covers (rules 68).
func plantMerger(p *planter) {
	const gone = "0788"
	note := func(supplier string) string { return noteFor(gone, supplier, "2023-01-01", "2024-12-31", "2025-01-10") }
	var b strings.Builder
	b.WriteString("persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;typhh;plhh\n")
	for range 3 {
		ps, house := p.new()
		fmt.Fprintf(&b, "%s;%s;%s;2015-01-01;2024-12-31;1980;1;2\n", ps, house, gone)
		p.stay(ps, house, "2025-01-01", "", 1980, 1, "")
	}
	p.file("huishouden", "feil-herindeling.csv", noteFor(gone, municipal, "2023-01-01", "2025-01-31", "2025-02-10"), b.String(),
		told{what: "dekking", code: "opgeheven", n: 11})
	p.file("wmo_declaratie", "feil-herindeling.csv", note(municipal), shortClaims)
	p.file("jeugd_declaratie", "feil-herindeling.csv", note(municipal), shortClaims)
	p.file("zvw_declaratie", "feil-herindeling.csv", note(insurer), careHeader)
	p.file("participatie_uitkering", "feil-herindeling.csv", note(municipal),
		"persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur\n")
}

// plantSuppliers: where one supplies a kind a second name is found; where several do, a delivery replaces those of its own supplier
// (rules 71).
func plantSuppliers(p *planter) {
	ps := p.person()
	// newer than all that others delivered, so that the finding is on this file only
	p.file("jeugd_declaratie", "feil-tweede-leverancier.csv", noteOf("Jeugdregio Voorbeeld (synthetisch)", "2025-03-01", "2025-03-31", "2027-12-31"),
		shortClaims+wmoClaim(ps, "S1", "", "45", "2025-03-01", "2025-03-31", 6000),
		told{what: "bevinding", code: "twee_leveranciers", n: 1, lines: -1})
	p.cost(ps, "jeugd", 6000, "jeugd_declaratie/feil-tweede-leverancier.csv")
	arrears := func(day string) string { return fmt.Sprintf("%s;0855;huurachterstand;%s\n", ps, day) }
	const a, b = "Corporatie A (synthetisch)", "Corporatie B (synthetisch)"
	p.file(wonen, "feil-corporatie-a-1.csv", noteOf(a, "2025-01-01", "2025-06-30", "2025-07-10"), wonenHeader+arrears("2025-02-01")+arrears("2025-05-01"),
		told{what: "vervangen", at: []int{2, 3}})
	p.file(wonen, "feil-corporatie-a-2.csv", noteOf(a, "2025-01-01", "2025-12-31", "2026-01-10"), wonenHeader+arrears("2025-05-01")+arrears("2025-11-01"))
	p.file(wonen, "feil-corporatie-b.csv", noteOf(b, "2025-01-01", "2025-12-31", "2026-01-12"), wonenHeader+arrears("2025-05-02"))
}

// plantHomes: what can be and hardly is (limits max_household_persons and max_spells_a_year).
func plantHomes(p *planter) {
	var b strings.Builder
	b.WriteString("persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;typhh;plhh\n")
	line := func(ps, house, from, to string, year int, kind, place string) {
		fmt.Fprintf(&b, "%s;%s;0855;%s;%s;%d;%s;%s\n", ps, house, from, to, year, kind, place)
	}
	_, crowd := p.new()
	_, home := p.new()
	for i := range 25 {
		ps, _ := p.new()
		line(ps, crowd, "2020-01-01", "", 1950+i, "7", "9")
	}
	for i := range 25 { // an institution may be large
		ps, _ := p.new()
		line(ps, home, "2020-01-01", "", 1950+i, "8", "10")
	}
	mover, house := p.new()
	line(mover, house, "2020-01-01", "2024-12-31", 1980, "1", "2")
	first := 2 + 25 + 25 + 1
	for i := range 14 {
		to := ymd(2025, 1, 1+10*(i+1)) - 1
		if i == 13 {
			to = never
		}
		_, house = p.new()
		end := ""
		if to < never {
			end = to.String()
		}
		line(mover, house, ymd(2025, 1, 1+10*i).String(), end, 1980, "1", "2")
	}
	older, house := p.new()
	line(older, house, "2018-01-01", "2022-12-31", 1980, "1", "2")
	line(older, house, "2023-01-01", "", 1981, "1", "2")
	p.file("huishouden", "feil-huishoudens.csv", "", b.String(),
		told{what: "bevinding", code: "huishouden_te_groot", n: 1}, // on the line of whoever is first by key
		told{what: "bevinding", code: "verblijven_te_veel", at: []int{first}},
		told{what: "bevinding", code: "geboortejaar_verschilt", at: []int{first + 15}})
}
