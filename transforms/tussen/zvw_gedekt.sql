/*
name: zvw_gedekt
doc: >
  Whether what a household cost the health insurers can be seen in T0 (rules 46, 55): ja for all members in all months they were born
  by, nee for none, deels in between, onbekend where the coverage of a member is not known.
grain: [huishouden]
reads: [persoon_dekking, parameter]
view: true
columns:
  - huishouden huishouden: household at P
  - gedekt tekst: ja, deels, nee or onbekend
*/
with

persoon_dekking as (
  select * from persoon_dekking
),

parameter as (
  select * from parameter
),

leden as (
  select
    d.huishouden, d.bekend, bitwise_and(d.maanden, p.t0_maanden) as gedekt, bitwise_and(d.levend, p.t0_maanden) as levend
  from persoon_dekking d
  cross join parameter p
  where d.kind = 'zvw_declaratie'
),

per_huishouden as (
  select
    huishouden,
    case
      when min(case when bekend then 1 else 0 end) = 0 then 'onbekend'
      when min(case when gedekt = levend then 1 else 0 end) = 1 then 'ja'
      when max(case when gedekt <> 0 then 1 else 0 end) = 0 then 'nee'
      else 'deels'
    end as gedekt
  from leden
  group by huishouden
)

select * from per_huishouden
