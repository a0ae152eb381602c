/*
name: zorg_nu
doc: >
  Per household at P: running voorzieningen (allocations whose period of care contains P, benefits paid in P's month, open
  debt relief trajects) and the distinct providers of lines with days in T0 (rules 26, 60).
grain: [huishouden]
reads: [voorziening, kosten_deel, parameter]
columns:
  - huishouden huishouden: household at P
  - voorzieningen aantal: running at P
  - aanbieders aantal: distinct AGB codes in T0
*/
with

voorziening as (
  select * from voorziening
),

kosten_deel as (
  select * from kosten_deel
),

parameter as (
  select * from parameter
),

voorziening_nu as (
  select v.huishouden, count(distinct v.sleutel) as voorzieningen
  from voorziening v
  cross join parameter p
  where v.van <= p.peildatum and p.peildatum < v.tot
  group by v.huishouden
),

aanbieder as (
  select huishouden, count(distinct aanbieder_agb) as aanbieders
  from kosten_deel
  where t0_dagen > 0 and aanbieder_agb is not null and huishouden <> -1
  group by huishouden
),

per_huishouden as (
  select
    coalesce(v.huishouden, a.huishouden) as huishouden, coalesce(v.voorzieningen, 0) as voorzieningen,
    coalesce(a.aanbieders, 0) as aanbieders
  from voorziening_nu v
  full outer join aanbieder a on a.huishouden = v.huishouden
)

select * from per_huishouden
