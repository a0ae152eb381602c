/*
name: uzovi_levering
doc: Insurers that a delivery is about (rules 46, 61), the note's list, else those in its lines.
grain: [kind, levering, uzovi]
reads: [levering_uzovi, lake_regel]
parts: kind
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - uzovi tekst: UZOVI number
*/
with

levering_uzovi as (
  select * from levering_uzovi
),

lake_regel as (
  select * from lake_regel
),

brief as (
  select distinct kind, levering, uzovi from levering_uzovi
),

regel as (
  select distinct r.kind, r.levering, r.uzovi
  from lake_regel r
  where r.uzovi is not null and not exists (
    select 1 from levering_uzovi l where l.kind = r.kind and l.levering = r.levering)
),

uzovis as (
  select kind, levering, uzovi from brief
  union all
  select kind, levering, uzovi from regel
)

select * from uzovis
