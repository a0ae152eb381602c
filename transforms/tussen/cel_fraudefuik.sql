/*
name: cel_fraudefuik
doc: Households with and without a claim, and what is left to pay, as disclosure control judges it (methods 9).
grain: [groep, stand]
reads: [fraudefuik_stand]
columns:
  - from fraudefuik_stand: groep, stand
  - huishoudens aantal: households
  - leden aantal: "sum of their keys, the rest of it by 2^62, which tells one set of households from another"
  - open_ct ct: left to pay
  - grootste_ct ct: the largest of a household
  - tweede_ct ct: the second largest
*/
with

fraudefuik_stand as (
  select * from fraudefuik_stand
),

volgorde as (
  select
    groep, stand, huishouden, open_ct,
    row_number() over (partition by groep, stand order by open_ct desc, huishouden) as nr
  from fraudefuik_stand
  where stand = 'met'
),

grootsten as (
  select
    groep, stand, max(case when nr = 1 then open_ct end) as grootste_ct, max(case when nr = 2 then open_ct end) as tweede_ct
  from volgorde
  group by groep, stand
),

sommen as (
  select
    groep, stand, count(*) as huishoudens, cast(sum(cast(huishouden as decimal(38, 0))) % 4611686018427387904 as bigint) as leden,
    cast(sum(open_ct) as bigint) as open_ct
  from fraudefuik_stand
  group by groep, stand
),

cellen as (
  select
    s.groep, s.stand, s.huishoudens, s.leden, s.open_ct, coalesce(g.grootste_ct, 0) as grootste_ct,
    coalesce(g.tweede_ct, 0) as tweede_ct
  from sommen s
  left join grootsten g on g.groep = s.groep and g.stand = s.stand
)

select * from cellen
