/*
name: dekking_geldig
doc: The months that a kind covers for a gemeente, none where its persons are not found in huishouden (rules 63), as bits of kalender.
grain: [kind, gemeentecode]
reads: [dekking_masker, koppelt_niet]
columns:
  - kind tekst: kind of extract
  - gemeentecode gemeente: gemeente
  - maanden aantal: months as bits of kalender
*/
with

dekking_masker as (
  select * from dekking_masker
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
  from dekking_masker d
)

select * from geldig
