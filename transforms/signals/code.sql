/*
name: code
doc: Signals that follow from a code alone, as signals.yaml maps it, with the days it keeps showing (nawerking).
grain: [persoon, ingredient, van, tot, kind, levering, regel, sterkte]
reads: [code_regel, code_ingredient]
parts: kind
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: what it shows
  - van datum: first day
  - tot datum: day after the last, nawerking included
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

code_regel as (
  select * from code_regel
),

code_ingredient as (
  select * from code_ingredient
),

signalen as (
  select distinct
    r.persoon, cast(null as bigint) as huishouden, i.ingredient, r.van,
    plus_dagen(r.tot, case when r.periode then i.periode_dagen else i.event_dagen end - 1) as tot,
    i.sterkte, r.kind, r.levering, r.regel
  from code_regel r
  join code_ingredient i on i.kind = r.kind and i.kolom = r.kolom and i.code = r.code
)

select * from signalen
