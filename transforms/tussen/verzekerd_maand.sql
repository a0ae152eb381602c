/*
name: verzekerd_maand
doc: In which months of the windows a member is insured every day with an insurer that delivers (rules 46), as bits.
grain: [persoon]
reads: [lid, lake_zvw_verzekerde, vervangen, zvw_verzekeraar, kalender, parameter]
columns:
  - persoon persoon: key
  - maanden aantal: months as bits of kalender
*/
with

verzekerd as (
  select
    z.persoon_ps as persoon, greatest(z.tijd_van, p.t2_van) as van, least(coalesce(z.tijd_tot, p.tot), p.tot) as tot
  from lake_zvw_verzekerde z
  join lid l on l.persoon = z.persoon_ps
  join zvw_verzekeraar u on u.uzovi = z.uzovi
  cross join parameter p
  where z.tijd_van < p.tot and (z.tijd_tot is null or z.tijd_tot > p.t2_van)
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
),

-- spells that touch count as one: a month may begin with one policy and end with another
ketens as (
  select persoon, min(van) as van, max(tot) as tot from genummerd group by persoon, keten
),

perioden as (
  select distinct van, tot from ketens
),

maanden as (
  select p.van, p.tot, cast(sum(k.bit) as bigint) as maanden
  from perioden p
  join kalender k on k.maand >= p.van and k.tot <= p.tot
  group by p.van, p.tot
)

select k.persoon, bitwise_or_agg(m.maanden) as maanden
from ketens k
join maanden m on m.van = k.van and m.tot = k.tot
group by k.persoon
