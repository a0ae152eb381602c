/*
name: spoor_stapeling
doc: >
  The households and inhabitants behind mart stapeling.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [huishouden_stand, lid, voorziening, parameter]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
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

eenheid as (
  select
    'huishouden' as soort, m.moment, s.gemeentecode, id_tekst('h', s.huishouden) as lid, coalesce(g.n, 0) as n, coalesce(g.wetten, 0) as wetten
  from stand s
  cross join momenten m
  left join per_huishouden g on g.moment = m.moment and g.huishouden = s.huishouden
  union all
  select 'persoon', m.moment, s.gemeentecode, id_tekst('p', l.persoon), coalesce(g.n, 0), coalesce(g.wetten, 0)
  from stand s
  join lid l on l.huishouden = s.huishouden
  cross join momenten m
  left join per_persoon g on g.moment = m.moment and g.persoon = l.persoon
),

overal as (
  select soort, moment, gemeentecode, lid, n, wetten from eenheid
  union all
  select soort, moment, 'alle', lid, n, wetten from eenheid
),

maten as (
  select '0' as maat, 0 as van, 0 as tot, 0 as wetten
  union all
  select '1', 1, 1, 0
  union all
  select '2', 2, 2, 0
  union all
  select '3', 3, 3, 0
  union all
  select '4', 4, 4, 0
  union all
  select '5', 5, 5, 0
  union all
  select '6+', 6, 1000000000, 0
  union all
  select 'twee_of_meer', 2, 1000000000, 0
  union all
  select 'meer_wetten', 0, 1000000000, 2
),

geteld as (
  select
    concat(o.moment, '/', o.gemeentecode, '/', m.maat) as sleutel, o.soort, o.lid,
    o.n >= m.van and o.n <= m.tot and o.wetten >= m.wetten as telt
  from overal o
  cross join maten m
),

sporen as (
  select
    sleutel, 'huishoudens' as kolom, cast(null as varchar) as kind, cast(null as bigint) as levering, cast(null as bigint) as regel,
    lid, cast(1 as bigint) as deel
  from geteld
  where soort = 'huishouden' and telt
  union all
  select
    sleutel, 'van_huishoudens', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as bigint)
  from geteld
  where soort = 'huishouden'
  union all
  select
    sleutel, 'personen', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as bigint)
  from geteld
  where soort = 'persoon' and telt
  union all
  select
    sleutel, 'inwoners', cast(null as varchar), cast(null as bigint), cast(null as bigint), lid, cast(1 as bigint)
  from geteld
  where soort = 'persoon'
)

select * from sporen
