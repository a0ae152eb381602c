/*
name: koppelt_helemaal_niet
doc: >
  Kinds, gemeenten or files with 20 persons or more of whom nobody is in huishouden (rules 63).
grain: [kind, gemeentecode, bestand]
reads: [koppelgraad]
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
  - bestand tekst: file, or alle
  - personen aantal: persons
check:
  severity: fout
  denominator: koppelgraad
  sentence: "van {n} van {d} bronnen of bestanden is niemand in huishouden te vinden"
  detail: "{kind}, gemeente {gemeentecode}, bestand {bestand}: van {personen} personen is niemand in huishouden te vinden; een andere sleutel of versie van de pseudoniemen?"
  reason: a feed under another key looks like a feed in which nobody here gets anything
*/
with

koppelgraad as (
  select * from koppelgraad
),

schending as (
  select k.kind, k.gemeentecode, k.bestand, k.personen
  from koppelgraad k
  left join koppelgraad a on a.kind = k.kind and a.gemeentecode = 'alle' and a.bestand = 'alle' and a.oordeel = 'geen'
  where k.oordeel = 'geen' and k.personen >= 20 and (a.kind is null or (k.gemeentecode = 'alle' and k.bestand = 'alle'))
)

select * from schending
