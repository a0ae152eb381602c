/*
name: gelijk_levering
doc: >
  Deliveries whose lines are looked at for equals (rules 61, 62): those that overlap another one, and those of kinds with an amount and a date whose lines
  nothing identifies.
grain: [kind, levering]
reads: [kind_feit, overlap_paar, levering_stand]
columns:
  - kind tekst: kind of extract
  - levering sleutel: delivery
  - volgnr aantal: order of the delivery
*/
with

kind_feit as (
  select * from kind_feit
),

overlap_paar as (
  select * from overlap_paar
),

levering_stand as (
  select * from levering_stand
),

leveringen as (
  select kind, oud as levering from overlap_paar
  union
  select kind, nieuw from overlap_paar
  union
  select s.kind, s.levering
  from levering_stand s
  join kind_feit f on f.kind = s.kind and f.geld and f.periode and not f.referentie
),

geteld as (
  select l.kind, l.levering, s.volgnr
  from leveringen l
  join levering_stand s on s.kind = l.kind and s.levering = l.levering
)

select * from geteld
