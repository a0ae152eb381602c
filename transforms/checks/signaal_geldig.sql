/*
name: signaal_geldig
doc: >
  A signal shows a known ingredient, is sterk or zwak, belongs to a person or a household, does not end before it begins, and names
  a line of a delivery, or none. Own signal models are held to it like the built-in ones.
grain: [persoon, huishouden, ingredient, van, tot, sterkte, kind, levering, regel]
reads: [signaal_bron, ingredient, levering_stand]
columns:
  - persoon persoon: key
  - huishouden huishouden: household at P
  - ingredient tekst: ingredient
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
check:
  severity: fout
  denominator: signaal_bron
  sentence: "{n} van {d} signalen zijn ongeldig: onbekend ingredient of sterkte, van niemand, omgekeerd, of met een bron die niet geleverd is"
  reason: a signal that no ingredient, person or line answers for would be lost without a word, or shown without a source
*/
with

signaal_bron as (
  select * from signaal_bron
),

ingredient as (
  select * from ingredient
),

levering_stand as (
  select * from levering_stand
),

schending as (
  select s.persoon, s.huishouden, s.ingredient, s.van, s.tot, s.sterkte, s.kind, s.levering, s.regel
  from signaal_bron s
  left join ingredient i on i.ingredient = s.ingredient
  left join levering_stand l on l.kind = s.kind and l.levering = s.levering
  where i.ingredient is null
    or coalesce(s.sterkte, '') not in ('sterk', 'zwak')
    or (s.persoon is null and s.huishouden is null)
    or s.van is null or s.tot is null or s.tot < s.van
    or ((s.kind is not null or s.levering is not null or s.regel is not null) and (l.levering is null or s.regel is null))
)

select * from schending
