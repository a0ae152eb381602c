/*
name: spoor_stapeling
doc: >
  The households and inhabitants behind mart stapeling.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [stapeling_eenheid, stapeling_maat]
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

stapeling_eenheid as (
  select * from stapeling_eenheid
),

stapeling_maat as (
  select * from stapeling_maat
),

eenheid as (
  select
    soort, moment, gemeentecode, id_tekst(case soort when 'huishouden' then 'h' else 'p' end, eenheid) as lid, voorzieningen as n, wetten
  from stapeling_eenheid
),

overal as (
  select soort, moment, gemeentecode, lid, n, wetten from eenheid
  union all
  select soort, moment, 'alle', lid, n, wetten from eenheid
),

geteld as (
  select
    concat(o.moment, '/', o.gemeentecode, '/', m.maat) as sleutel, o.soort, o.lid,
    o.n >= m.van and o.n <= m.tot and o.wetten >= m.wetten as telt
  from overal o
  cross join stapeling_maat m
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
