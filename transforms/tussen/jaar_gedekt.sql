/*
name: jaar_gedekt
doc: >
  The years that end at P and at the ends of the three years before, and whether every required feed of costs covers them: one whose persons
  are not found in huishouden covers nobody (rules 63).
grain: [nr]
reads: [peil, kosten_kind, koppelt_niet]
columns:
  - nr aantal: 0 at P, 1 a year before
  - gedekt vlag: covered
*/
with

peil as (
  select * from peil
),

kosten_kind as (
  select * from kosten_kind
),

koppelt_niet as (
  select * from koppelt_niet
),

jaren as (
  select
    p.nr,
    p.gedekt and not exists (
      select 1
      from koppelt_niet k
      join kosten_kind c on c.kind = k.kind and c.verplicht and c.grondslag = 'gedeclareerd') as gedekt
  from peil p
)

select * from jaren
