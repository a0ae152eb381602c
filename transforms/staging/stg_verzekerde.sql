/*
name: stg_verzekerde
doc: When a person was insured with an insurer, not replaced. A period that still runs is cut where coverage ends (rules 18).
grain: [levering, regel]
reads: [geldig_zvw_verzekerde, open_tot]
view: true
columns:
  - levering sleutel: delivery
  - regel aantal: physical line
  - persoon persoon: key
  - uzovi tekst: UZOVI number of the insurer
  - van datum: first day
  - tot datum: day after the last
*/
with

geldig_zvw_verzekerde as (
  select * from geldig_zvw_verzekerde
),

open_tot as (
  select * from open_tot
),

perioden as (
  select z.levering, z.regel, z.persoon_ps as persoon, z.uzovi, z.tijd_van as van, coalesce(z.tijd_tot, o.tot) as tot
  from geldig_zvw_verzekerde z
  join open_tot o on o.kind = 'zvw_verzekerde' and o.gemeentecode = ''
)

select * from perioden
