package dossier

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// person is a member with the words for it.
type person struct {
	Persoon
	role string
	age  int
}

// persons numbers the members, parents first and by age, and draws where each lived.
func (b *builder) persons() Section {
	peil := (b.p.end - 1).Time()
	for _, p := range b.d.Personen {
		b.people = append(b.people, person{p, role(p), age(p.Geboren.Time(), peil)})
	}
	rank := func(p person) int {
		return slices.Index([]string{"ouder", "volwassene", "volwassen kind", "kind", "kind, elders"}, p.role)
	}
	slices.SortFunc(b.people, func(x, y person) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(x.Geboren, y.Geboren), cmp.Compare(x.ID, y.ID))
	})
	s := Section{Naam: "Personen", Uitleg: "vol: woont in dit huishouden; half: woont elders"}
	for i, p := range b.people {
		b.numbers[p.ID] = i + 1
		known, alive := b.cover(p.ID, "huishouden")
		r := Row{Label: fmt.Sprintf("%s, %d jaar", p.role, p.age), Persoon: i + 1, Status: p.ID, cover: covered(known, alive, 0)}
		var lines []Bron
		for _, v := range b.d.Verblijven {
			if v.Persoon != p.ID {
				continue
			}
			at := Bar{Stijl: StyleFull, Tekst: "hier", Bron: Bron{v.Kind, v.Bestand, v.Regel}}
			if !v.Hier {
				at.Stijl, at.Tekst = StyleHalf, "elders"
			}
			if v.Typhh == "8" {
				at.Tekst = "in een instelling"
			}
			if v.Adres == "B" {
				at.Tekst += ", briefadres"
			}
			at.Titel = fmt.Sprintf("%s, %d jaar: %s, %s (%s)", p.role, p.age, at.Tekst, span(v.Van, v.Tot, v.Tot >= b.p.end), at.Bron)
			if at, ok := b.p.bar(v.Van, v.Tot, 0, at); ok {
				r.Balken = append(r.Balken, at)
				lines = append(lines, at.Bron)
			}
		}
		if len(lines) == 0 { // nowhere in these years: the line that says who it is
			lines = []Bron{{p.Kind, p.Bestand, p.Regel}}
		}
		r.Bronnen = sources(lines)
		s.Rijen = append(s.Rijen, r)
	}
	return s
}

// role is what a member is to the household, by age, by who names whom as parent, and by the place in the household.
func role(p Persoon) string {
	switch {
	case p.Aangehecht:
		return "kind, elders"
	case p.Minderjarig:
		return "kind"
	case p.Ouder || p.Plhh == "5" || p.Plhh == "6" || p.Plhh == "7":
		return "ouder"
	case p.Plhh == "1":
		return "volwassen kind"
	default:
		return "volwassene"
	}
}

// age is in whole years.
func age(born, at time.Time) int {
	years := at.Year() - born.Year()
	if at.Before(born.AddDate(years, 0, 0)) {
		years--
	}
	return years
}

// who names a person by number and role: 2 (kind).
func (b *builder) who(id string) string {
	if n := b.numbers[id]; n > 0 {
		return fmt.Sprintf("persoon %d (%s)", n, b.people[n-1].role)
	}
	return "het huishouden"
}
