/*
name: verzekerd_keten
doc: >
  When a person was insured with an insurer that delivers, within the windows (rules 46); spells that touch count as one, for a
  month may begin with one policy and end with another.
grain: [persoon, van]
reads: [feit_toen, stg_verzekerde, zvw_verzekeraar, parameter]
columns:
  - persoon persoon: key
  - van datum: first day
  - tot datum: day after the last
*/
with

feit_toen as (
  select * from feit_toen
),

stg_verzekerde as (
  select * from stg_verzekerde
),

zvw_verzekeraar as (
  select * from zvw_verzekeraar
),

parameter as (
  select * from parameter
),

-- distinct: two policies over one period would give rows that no order tells apart
verzekerd as (
  select distinct z.persoon, greatest(z.van, p.t2_van) as van, least(z.tot, p.tot) as tot
  from stg_verzekerde z
  join feit_toen f on f.peil = 0 and f.persoon = z.persoon
  join zvw_verzekeraar u on u.uzovi = z.uzovi
  cross join parameter p
  where z.van < p.tot and z.tot > p.t2_van and z.van < z.tot
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
)

select * from ketens
