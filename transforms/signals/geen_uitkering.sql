/*
name: geen_uitkering
doc: >
  Periods in which nobody in the household gets bijstand (rules 33): per month, sterk, with the line of the adult whose benefit
  stopped; the rest zwak, as whole periods and without a source line, for absence has none.
grain: [huishouden, persoon, van, kind, levering, regel]
reads: [geen_uitkering_sterk, geen_uitkering_zwak, maanden_interval]
columns:
  - persoon persoon: the adult whose benefit ended; empty when zwak
  - huishouden huishouden: household at P
  - ingredient tekst: geen_uitkering
  - van datum: first day
  - tot datum: day after the last
  - sterkte tekst: sterk or zwak
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

geen_uitkering_sterk as (
  select * from geen_uitkering_sterk
),

geen_uitkering_zwak as (
  select * from geen_uitkering_zwak
),

maanden_interval as (
  select * from maanden_interval
),

signalen as (
  select
    persoon, huishouden, 'geen_uitkering' as ingredient, maand as van, tot, 'sterk' as sterkte,
    'participatie_uitkering' as kind, levering, regel
  from geen_uitkering_sterk
  union all
  select
    cast(null as bigint), z.huishouden, 'geen_uitkering', i.van, i.tot, 'zwak', cast(null as varchar), cast(null as bigint),
    cast(null as bigint)
  from geen_uitkering_zwak z
  join maanden_interval i on i.maanden = z.maanden
)

select * from signalen
