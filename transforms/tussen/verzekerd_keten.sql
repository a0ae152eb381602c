/*
name: verzekerd_keten
doc: >
  When a person was insured with an insurer that delivers, within the windows (rules 46); spells that touch count as one, for a
  month may begin with one policy and end with another. One that still runs is cut where coverage ends (rules 18).
grain: [persoon, van]
reads: [feit_toen, lake_zvw_verzekerde, vervangen, zvw_verzekeraar, open_tot, parameter]
columns:
  - persoon persoon: key
  - van datum: first day
  - tot datum: day after the last
*/
with

-- distinct: two policies over one period would give rows that no order tells apart
verzekerd as (
  select distinct
    z.persoon_ps as persoon, greatest(z.tijd_van, p.t2_van) as van, least(coalesce(z.tijd_tot, o.tot), p.tot) as tot
  from lake_zvw_verzekerde z
  join feit_toen f on f.peil = 0 and f.persoon = z.persoon_ps
  join zvw_verzekeraar u on u.uzovi = z.uzovi
  join open_tot o on o.kind = 'zvw_verzekerde' and o.gemeentecode = ''
  cross join parameter p
  where z.tijd_van < p.tot and coalesce(z.tijd_tot, o.tot) > p.t2_van and z.tijd_van < coalesce(z.tijd_tot, o.tot)
    and not exists (
      select 1 from vervangen v where v.kind = 'zvw_verzekerde' and v.levering = z.levering and v.regel = z.regel)
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
)

select persoon, min(van) as van, max(tot) as tot from genummerd group by persoon, keten
