/*
name: effect_dekking_geldig
doc: The months of effect_kalender that a kind covers for a gemeente, none where its persons are not found in huishouden (rules 63), as bits of it.
grain: [kind, gemeentecode]
reads: [effect_dekking, koppelt_niet]
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente
  - maanden aantal: months as bits of effect_kalender
*/
with

effect_dekking as (
  select * from effect_dekking
),

koppelt_niet as (
  select * from koppelt_niet
),

geldig as (
  select
    d.kind, d.gemeentecode,
    case
      when exists (
        select 1 from koppelt_niet k where k.kind = d.kind and k.gemeentecode in ('alle', d.gemeentecode)) then cast(0 as bigint)
      else d.maanden
    end as maanden
  from effect_dekking d
)

select * from geldig
