package reports

import (
	"fmt"

	"stapel/config"
	"stapel/reports/nl"
)

// Regel is a rule of the selection that is on: its name as in reden_niet of the ranking, what it asks in words, and what it needs to be
// judged, in the words of a mart's header.
type Regel struct {
	Naam, Vraagt string
	Needs        []string
}

// Regels are the rules that are on, in the order in which they narrow down all households to candidates: cost first, then what the
// cost is of, then who they are.
func Regels(s config.Selection) (out []Regel) {
	e := s.Eligibility
	add := func(on bool, naam, vraagt string, needs ...string) {
		if on {
			out = append(out, Regel{naam, vraagt, needs})
		}
	}
	add(e.AtThreshold, "drempel", "kosten in de laatste 12 maanden op of boven "+nl.EuroWhole(s.ThresholdEur*100), "+gedeclareerd")
	add(e.MinDomains > 0, "domeinen", fmt.Sprintf("kosten uit minstens %s", nl.Count(int64(e.MinDomains), "domein", "domeinen")), "+gedeclareerd", "+domein:schuldhulp")
	add(e.MaxZvwPercent > 0, "zvw_aandeel", fmt.Sprintf("hoogstens %d%% van de kosten is zorg van de verzekeraar", e.MaxZvwPercent), "domein:zvw")
	add(e.MinAdults > 0, "volwassenen", "minstens "+nl.Count(int64(e.MinAdults), "volwassene", "volwassenen"))
	add(e.MinChildren > 0, "kinderen", "minstens "+nl.Count(int64(e.MinChildren), "kind", "kinderen"))
	add(e.NotInstitutional, "instelling", "woont niet in een instelling")
	add(e.NoPlan, "heeft_plan", "heeft nog geen maatwerkplan", "maatwerk_plan")
	return out
}
