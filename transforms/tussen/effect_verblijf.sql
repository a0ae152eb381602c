/*
name: effect_verblijf
doc: In which months of effect_kalender a person of effect_vorm_lid has a spell day in which gemeente, as bits of it.
grain: [persoon, gemeentecode]
reads: [stg_huishouden, effect_vorm_lid, effect_kalender]
columns:
  - persoon persoon: key
  - gemeentecode gemeente: gemeente
  - maanden aantal: months as bits of effect_kalender
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

effect_vorm_lid as (
  select * from effect_vorm_lid
),

effect_kalender as (
  select * from effect_kalender
),

personen as (
  select distinct persoon from effect_vorm_lid
),

tijd as (
  select min(maand) as van, max(tot) as tot from effect_kalender
),

verblijven as (
  select h.persoon, h.gemeentecode, greatest(h.van, t.van) as van, least(h.tot, t.tot) as tot
  from stg_huishouden h
  join personen p on p.persoon = h.persoon
  cross join tijd t
  where not h.dubbel and h.van < t.tot and h.tot > t.van and h.van < h.tot
),

perioden as (
  select distinct van, tot from verblijven
),

maanden as (
  select p.van, p.tot, cast(sum(k.bit) as bigint) as maanden
  from perioden p
  join effect_kalender k on k.maand < p.tot and k.tot > p.van
  group by p.van, p.tot
),

per_persoon as (
  select v.persoon, v.gemeentecode, bitwise_or_agg(m.maanden) as maanden
  from verblijven v
  join maanden m on m.van = v.van and m.tot = v.tot
  group by v.persoon, v.gemeentecode
)

select * from per_persoon
