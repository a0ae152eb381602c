/*
name: stapeling_eenheid
doc: >
  How many provisions ran for each household and each inhabitant that is shown, as the municipal monitor counts them: halfjaar are those of Wmo, Jeugdwet and
  Participatiewet that ran on some day of the half year to P, peildatum what ran on P, debt relief included. A household has those of all its members together.
grain: [soort, moment, eenheid]
reads: [huishouden_stand, lid, voorziening, parameter]
view: true
columns:
  - soort tekst: huishouden or persoon
  - moment tekst: peildatum or halfjaar
  - gemeentecode gemeente: of the household
  - eenheid sleutel: the household, or the person
  - voorzieningen aantal: provisions
  - wetten aantal: laws they are of
*/
with

huishouden_stand as (
  select * from huishouden_stand
),

lid as (
  select * from lid
),

voorziening as (
  select * from voorziening
),

parameter as (
  select * from parameter
),

stand as (
  select huishouden, gemeentecode from huishouden_stand where getoond
),

momenten as (
  select 'peildatum' as moment, peildatum as van, tot from parameter
  union all
  select 'halfjaar', halfjaar_van, tot from parameter
),

lopend as (
  select m.moment, v.huishouden, v.persoon, v.sleutel, v.wet
  from voorziening v
  join momenten m on v.van < m.tot and v.tot > m.van
  where m.moment = 'peildatum' or v.wet <> 'schuldhulp'
),

per_huishouden as (
  select moment, huishouden, count(distinct sleutel) as n, count(distinct wet) as wetten from lopend group by moment, huishouden
),

per_persoon as (
  select moment, persoon, count(distinct sleutel) as n, count(distinct wet) as wetten from lopend group by moment, persoon
),

eenheden as (
  select
    'huishouden' as soort, m.moment, s.gemeentecode, s.huishouden as eenheid, coalesce(g.n, 0) as voorzieningen, coalesce(g.wetten, 0) as wetten
  from stand s
  cross join momenten m
  left join per_huishouden g on g.moment = m.moment and g.huishouden = s.huishouden
  union all
  select 'persoon', m.moment, s.gemeentecode, l.persoon, coalesce(g.n, 0), coalesce(g.wetten, 0)
  from stand s
  join lid l on l.huishouden = s.huishouden
  cross join momenten m
  left join per_persoon g on g.moment = m.moment and g.persoon = l.persoon
)

select * from eenheden
