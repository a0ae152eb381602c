/*
name: onwaarschijnlijk
doc: >
  Records about households that are improbable, each on one line: a household outside an institution of more persons than
  max_household_persons (the first member's spell), a person with more different spells that begin in a calendar year than
  max_spells_a_year (the first of them), a person of whom lines name two years of birth (the newest).
grain: [levering, regel, regel_code]
reads: [stg_huishouden, lid, huishouden_stand, parameter]
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - regel_code tekst: what is improbable
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

lid as (
  select * from lid
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

groot as (
  select h.huishouden
  from huishouden_stand h
  cross join parameter p
  where h.getoond and h.typhh <> '8' and h.personen > p.max_huishouden_personen
),

eerste_lid as (
  select
    l.levering, l.regel, row_number() over (partition by l.huishouden order by l.persoon) as nr
  from lid l
  join groot g on g.huishouden = l.huishouden
),

-- the same spell delivered again is one address
adres as (
  select distinct persoon, year(van) as jaar, van, huishouden from stg_huishouden
),

adressen as (
  select persoon, jaar, count(*) as n from adres group by persoon, jaar
),

per_jaar as (
  select
    h.levering, h.regel, a.n as verblijven,
    row_number() over (partition by h.persoon, a.jaar order by h.van, h.volgnr, h.levering, h.regel) as nr
  from stg_huishouden h
  join adressen a on a.persoon = h.persoon and a.jaar = year(h.van)
),

jaren as (
  select persoon from stg_huishouden group by persoon having min(geboortejaar) <> max(geboortejaar)
),

nieuwste as (
  select
    h.levering, h.regel,
    row_number() over (partition by h.persoon order by h.volgnr desc, h.levering desc, h.regel desc) as nr
  from stg_huishouden h
  join jaren j on j.persoon = h.persoon
),

te_veel as (
  select y.levering, y.regel
  from per_jaar y
  cross join parameter p
  where y.nr = 1 and y.verblijven > p.max_verblijven_jaar
),

records as (
  select levering, regel, 'huishouden_te_groot' as regel_code from eerste_lid where nr = 1
  union all
  select levering, regel, 'verblijven_te_veel' from te_veel
  union all
  select levering, regel, 'geboortejaar_verschilt' from nieuwste where nr = 1
)

select * from records
