/*
name: huishouden_lid
doc: The persons of each household at P.
level: rij
grain: [huishouden_id, persoon_id]
reads: [lid, huishouden_stand]
columns:
  - from lid: huishouden as huishouden_id
  - persoon_id persoon: person
  - from lid: geboortejaar
  - plhh tekst: place in the household, CBS PLHH
  - aangehecht vlag: a minor attached to a parent's household
figures:
  geboortejaar: gegeven, zoals geleverd
*/
with

lid as (
  select * from lid
),

huishouden_stand as (
  select * from huishouden_stand
),

leden as (
  select l.huishouden as huishouden_id, l.persoon as persoon_id, l.geboortejaar, l.plhh, l.aangehecht
  from lid l
  join huishouden_stand h on h.huishouden = l.huishouden and h.getoond
)

select * from leden
