package onlooker

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"stapel/reports/vrij"
)

// Relations, as Kinds has them.
const (
	Verdicts    = "oordelen tellen op"
	Wijken      = "wijken tellen op"
	Gemeenten   = "gemeenten tellen op"
	Types       = "huishoudtypen tellen op"
	Costs       = "met en zonder cocktail tellen op"
	Combination = "combinaties"
	IsCocktail  = "een combinatie is een cocktail"
	Orders      = "wie een paar heeft, heeft beide gehad"
	Ways        = "wie een cocktail heeft, kwam er"
	NearMisses  = "bijna-cocktails tellen op"
	Became      = "wat van bijna-cocktails werd, telt op"
	Obstacles   = "besluiten tellen op"
	PartOfPlans = "plannen met een hindernis zijn plannen"
	Claims      = "vorderingen tellen op"
	PartOfAny   = "wie een cocktail heeft, heeft er een"
)

// Verdict is how many households of a place have a verdict on a cocktail on a day. How many there are at all is the same for every cocktail.
func Verdict(day int32, cocktail, gemeente, wijk, verdict string) string {
	if verdict == vrij.Alle {
		cocktail = ""
	}
	return name("oordeel", strconv.Itoa(int(day)), cocktail, gemeente, wijk, verdict)
}

// OfType is the same for a type of household.
func OfType(day int32, cocktail, typ, verdict string) string {
	if typ == vrij.Alle {
		return Verdict(day, cocktail, vrij.Alle, vrij.Alle, verdict)
	}
	if verdict == vrij.Alle {
		cocktail = ""
	}
	return name("type", strconv.Itoa(int(day)), cocktail, typ, verdict)
}

// Cost is what households with a cocktail, or the others, cost in eurocents. All cost the same whatever the cocktail.
func Cost(day int32, cocktail, part string) string {
	if part == vrij.Alle {
		cocktail = ""
	}
	return name("kosten", strconv.Itoa(int(day)), cocktail, part)
}

// Rest are the households without a cocktail.
func Rest(day int32, cocktail string) string {
	return name("overig", strconv.Itoa(int(day)), cocktail)
}

// Set are households that have at least some ingredients.
func Set(day int32, ingredients ...string) string {
	sorted := slices.Sorted(slices.Values(ingredients))
	return name("combinatie", strconv.Itoa(int(day)), strings.Join(sorted, "+"))
}

// Order are households in which one ingredient showed before another, or of which only the pair is known (vrij.Alle: on one day, vrij.Ntb).
func Order(day int32, from, to, way string) string {
	if way != "" { // neither is first
		from, to = min(from, to), max(from, to)
	}
	return name("overgang", strconv.Itoa(int(day)), from, to, way)
}

// Way are households that came into a cocktail in a way.
func Way(day int32, cocktail, way string) string {
	return name("pad", strconv.Itoa(int(day)), cocktail, way)
}

// Near are households that lack an ingredient.
func Near(day int32, cocktail, lacks string) string {
	return name("bijna", strconv.Itoa(int(day)), cocktail, lacks)
}

// NearBecame are those that lacked it a year ago and can be followed: of which it became whole (vrij.Vol), did not (vrij.Overig), or both (vrij.Alle).
func NearBecame(day int32, cocktail, lacks, became string) string {
	return name("werd", strconv.Itoa(int(day)), cocktail, lacks, became)
}

// Plans are those with an obstacle and a party: refused (vrij.Geweigerd), not (vrij.Overig) or both (vrij.Alle).
func Plans(day int32, obstacle, party, what string) string {
	return name("plannen", strconv.Itoa(int(day)), obstacle, party, what)
}

// Claim are households of a group by how they stand to claims; a group can also be anyCocktail.
func Claim(day int32, group, state string) string {
	return name("vordering", strconv.Itoa(int(day)), group, state)
}

// Owed is what households of a group have left to pay, in eurocents.
func Owed(day int32, group string) string { return name("open", strconv.Itoa(int(day)), group) }

// AnyCocktail is the group of Claim that has at least one; nothing is published of it.
const AnyCocktail = "wel"

func name(parts ...string) string {
	for i := range parts {
		parts[i] = cmp.Or(parts[i], "-")
	}
	return strings.Join(parts, "/")
}
