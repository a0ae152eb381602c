/*
name: zvw_verzekerd_tijd
doc: >
  The days in T0 on which a person was insured with an insurer that delivers, as periods; where the insurers speak for all, the days with a spell.
grain: [persoon, van]
reads: [verzekerd_keten, stg_huishouden, parameter]
view: true
columns:
  - persoon persoon: person
  - van datum: first day
  - tot datum: day after the last
*/
with

verzekerd_keten as (
  select * from verzekerd_keten
),

stg_huishouden as (
  select * from stg_huishouden
),

parameter as (
  select * from parameter
),

verblijf as (
  select persoon, van, tot from stg_huishouden where not dubbel
),

dekkend as (
  select k.persoon, k.van, k.tot from verzekerd_keten k cross join parameter p where p.zvw_dekking = 'verzekerde'
  union all
  select v.persoon, v.van, v.tot from verblijf v cross join parameter p where p.zvw_dekking = 'alle'
),

perioden as (
  select d.persoon, greatest(d.van, p.t0_van) as van, least(d.tot, p.tot) as tot
  from dekkend d
  cross join parameter p
  where d.van < p.tot and d.tot > p.t0_van
)

select * from perioden
