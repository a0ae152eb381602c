/*
name: effect_verzekerd
doc: In which months of effect_kalender a person of effect_vorm_lid is insured every day with an insurer that delivers (rules 46), as bits of it.
grain: [persoon]
reads: [stg_verzekerde, zvw_verzekeraar, effect_vorm_lid, effect_kalender]
columns:
  - persoon persoon: key
  - maanden aantal: months as bits of effect_kalender
*/
with

stg_verzekerde as (
  select * from stg_verzekerde
),

zvw_verzekeraar as (
  select * from zvw_verzekeraar
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

-- distinct: two policies over one period would give rows that no order tells apart
verzekerd as (
  select distinct z.persoon, greatest(z.van, t.van) as van, least(z.tot, t.tot) as tot
  from stg_verzekerde z
  join personen p on p.persoon = z.persoon
  join zvw_verzekeraar u on u.uzovi = z.uzovi
  cross join tijd t
  where z.van < t.tot and z.tot > t.van and z.van < z.tot
),

gemerkt as (
  select
    *, max(tot) over (
      partition by persoon order by van, tot rows between unbounded preceding and 1 preceding) as bereik
  from verzekerd
),

genummerd as (
  select
    *, sum(case when bereik is null or van > bereik then 1 else 0 end) over (
      partition by persoon order by van, tot rows between unbounded preceding and current row) as keten
  from gemerkt
),

ketens as (
  select persoon, min(van) as van, max(tot) as tot from genummerd group by persoon, keten
),

perioden as (
  select distinct van, tot from ketens
),

maanden as (
  select p.van, p.tot, cast(sum(k.bit) as bigint) as maanden
  from perioden p
  join effect_kalender k on k.maand >= p.van and k.tot <= p.tot
  group by p.van, p.tot
),

per_persoon as (
  select k.persoon, bitwise_or_agg(m.maanden) as maanden
  from ketens k
  join maanden m on m.van = k.van and m.tot = k.tot
  group by k.persoon
)

select * from per_persoon
