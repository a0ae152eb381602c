package sampledata

import "strings"

// claims writes three savings that were published, as facts with their source. What the source does not say stays empty; a period has to be given,
// and the description says where it is not the source's own. Nothing but that of Maastricht is about households of the set.
func (s *set) claims() {
	var analysed []string
	for _, p := range planList {
		if p.tailored > 0 {
			analysed = append(analysed, p.number)
		}
	}
	for _, r := range []row{
		{"claim_id": "den-haag-150", "aantal_huishoudens": "150", "besparing_eur": "2.500.000,00", "periode_van": "2017-01-01", "periode_tot": "2019-12-31",
			"omschrijving": "Den Haag, maatwerkaanpak, 150 gezinnen: 2,5 miljoen bespaard; nagerekend door een accountant. Bron: Programma Sociaal Domein, Eenvoudig maatwerk, " +
				"Ervaringen met het organiseren van een maatwerkaanpak bij gestapelde problemen. De bron noemt geen periode en geen betaler; de periode hier is aangenomen."},
		{"claim_id": "den-haag-136", "aantal_huishoudens": "136", "besparing_eur": "3.000.000,00", "periode_van": "2017-10-01", "periode_tot": "2020-09-30",
			"soort": "gerealiseerd", "betaler": "zorgverzekeraar",
			"omschrijving": "Den Haag met zorgverzekeraar CZ, 136 huishoudens: 3 miljoen aan zorgkosten in drie jaar. Bron: Binnenlands Bestuur, 22 oktober 2020. " +
				"De begin- en einddag van de drie jaar zijn aangenomen."},
		{"claim_id": "maastricht-20", "aantal_huishoudens": "20", "besparing_eur": "426.000,00", "periode_van": "2024-01-01", "periode_tot": "2025-12-31",
			"soort": "verwacht", "casusnummers": strings.Join(analysed, "|"),
			"omschrijving": "Maastricht, 50 gezinnen-aanpak, 20 kosten-batenanalyses: naar verwachting 426.000 minder in 12 maanden dan de 830.000 zonder maatwerk. Bron: tussenevaluatie, " +
				"brief aan de gemeenteraad van 3 december 2020. In deze verzonnen set staan de plannen C01 tot en met C20 daarvoor, met hun eigen periode."},
	} {
		s.add("claim", r)
	}
}
