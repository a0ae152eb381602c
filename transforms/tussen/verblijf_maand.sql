/*
name: verblijf_maand
doc: >
  In which months of the windows a member has a spell day in which gemeente, as bits. Few different pairs of first and last
  day are left once spells are cut to the windows, so months are looked up once per pair.
grain: [persoon, gemeentecode]
reads: [stg_huishouden, lid, kalender, parameter]
columns:
  - persoon persoon: key
  - gemeentecode gemeente: gemeente
  - maanden aantal: months as bits of kalender
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

lid as (
  select * from lid
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

verblijven as (
  select h.persoon, h.gemeentecode, greatest(h.van, p.t2_van) as van, least(h.tot, p.tot) as tot
  from stg_huishouden h
  join lid l on l.persoon = h.persoon
  cross join parameter p
  where not h.dubbel and h.van < p.tot and h.tot > p.t2_van and h.van < h.tot
),

perioden as (
  select distinct van, tot from verblijven
),

maanden as (
  select p.van, p.tot, cast(sum(k.bit) as bigint) as maanden
  from perioden p
  join kalender k on k.maand < p.tot and k.tot > p.van
  group by p.van, p.tot
),

per_persoon as (
  select v.persoon, v.gemeentecode, bitwise_or_agg(m.maanden) as maanden
  from verblijven v
  join maanden m on m.van = v.van and m.tot = v.tot
  group by v.persoon, v.gemeentecode
)

select * from per_persoon
