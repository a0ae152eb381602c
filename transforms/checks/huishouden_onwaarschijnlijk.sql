/*
name: huishouden_onwaarschijnlijk
doc: >
  Households and persons in huishouden that are improbable: too many persons or addresses, or two years of birth.
grain: [regel_code]
reads: [onwaarschijnlijk]
columns:
  - regel_code tekst: what is improbable
  - regels aantal: how often
check:
  severity: waarschuwing
  denominator: onwaarschijnlijk
  sentence: "{d} onwaarschijnlijke gegevens over huishoudens of personen, van {n} soorten"
  detail: "{regel_code}: {regels} keer; kijk in bevinding naar bestand en regel, en laat de leverancier ze nakijken"
  reason: one wrong key makes a household of a street, which then leads the ranking
*/
with

onwaarschijnlijk as (
  select * from onwaarschijnlijk
),

schending as (
  select regel_code, count(*) as regels from onwaarschijnlijk group by regel_code
)

select * from schending
