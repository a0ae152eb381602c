/*
name: stapeling
doc: >
  Provisions per household as the municipal monitor counts them (waarstaatjegemeente, stapeling van voorzieningen): households by
  their number of provisions, those with two or more, and those with provisions of more than one law, per hundred households and
  per thousand inhabitants. halfjaar counts provisions that ran on some day of the half year to P, as the published indicator does;
  peildatum those that ran on P.
level: totaal
grain: [moment, gemeentecode, maat]
reads: [huishouden_stand, voorziening, parameter]
columns:
  - moment tekst: peildatum or halfjaar
  - gemeentecode gemeente: gemeente, or alle
  - maat tekst: 0, 1, 2, 3, 4, 5, 6+, twee_of_meer or meer_wetten
  - huishoudens aantal: households
  - van_huishoudens aantal: households in all
  - inwoners aantal: persons in them
  - per_100_huishoudens aandeel: huishoudens over van_huishoudens, times 100
  - per_1000_inwoners aandeel: huishoudens over inwoners, times 1000
*/
with

stand as (
  select huishouden, gemeentecode, personen from huishouden_stand where getoond
),

momenten as (
  select 'peildatum' as moment, peildatum as van, tot from parameter
  union all
  select 'halfjaar', halfjaar_van, tot from parameter
),

geteld as (
  select m.moment, v.huishouden, count(distinct v.sleutel) as n, count(distinct v.wet) as wetten
  from voorziening v
  join momenten m on v.van < m.tot and v.tot > m.van
  group by m.moment, v.huishouden
),

huishouden as (
  select
    m.moment, s.gemeentecode, s.personen, coalesce(g.n, 0) as n, coalesce(g.wetten, 0) as wetten
  from stand s
  cross join momenten m
  left join geteld g on g.moment = m.moment and g.huishouden = s.huishouden
),

overal as (
  select moment, gemeentecode, personen, n, wetten from huishouden
  union all
  select moment, 'alle', personen, n, wetten from huishouden
),

totaal as (
  select moment, gemeentecode, count(*) as huishoudens, sum(personen) as inwoners from overal group by moment, gemeentecode
),

maten as (
  select moment, gemeentecode, case when n >= 6 then '6+' else cast(n as varchar) end as maat from overal
  union all
  select moment, gemeentecode, 'twee_of_meer' from overal where n >= 2
  union all
  select moment, gemeentecode, 'meer_wetten' from overal where wetten >= 2
),

per_maat as (
  select moment, gemeentecode, maat, count(*) as huishoudens from maten group by moment, gemeentecode, maat
)

select
  m.moment, m.gemeentecode, m.maat, m.huishoudens, t.huishoudens as van_huishoudens, cast(t.inwoners as bigint) as inwoners,
  cast(100 * m.huishoudens as double) / nullif(t.huishoudens, 0) as per_100_huishoudens,
  cast(1000 * m.huishoudens as double) / nullif(t.inwoners, 0) as per_1000_inwoners
from per_maat m
join totaal t on t.moment = m.moment and t.gemeentecode = m.gemeentecode
