/*
name: koppelt_te_weinig
doc: >
  Kinds or gemeenten of which too few persons are in huishouden to conclude anything from absence, and files of which few are (rules 63).
grain: [kind, gemeentecode, bestand]
reads: [koppelgraad]
columns:
  - kind tekst: kind of extract
  - gemeentecode tekst: gemeente, or alle
  - bestand tekst: file, or alle
  - personen aantal: persons
  - gekoppeld aantal: of whom in huishouden
check:
  severity: waarschuwing
  denominator: koppelgraad
  sentence: "van {n} van {d} bronnen of bestanden zijn te weinig personen in huishouden te vinden: wat zij niet laten zien is onbekend"
  detail: "{kind}, gemeente {gemeentecode}, bestand {bestand}: {gekoppeld} van {personen} personen zijn in huishouden te vinden; laat de leverancier nagaan of sleutel en versie van de pseudoniemen dezelfde zijn"
  reason: what a feed does not show of people whom it can not name is unknown, never absent
*/
with

koppelgraad as (
  select * from koppelgraad
),

schending as (
  select kind, gemeentecode, bestand, personen, gekoppeld
  from koppelgraad
  where oordeel = 'te_laag' or (oordeel = 'geen' and personen < 20)
    or (oordeel = 'niet_beoordeeld' and gekoppeld = 0 and personen >= 5)
)

select * from schending
