/*
name: geen_uitkering_stand
doc: >
  In which of the 24 months to P nobody in a household gets bijstand (rules 33), as bits: ja when every adult member is covered
  and without payment, nee when an adult has one or there are no adults, else neither. stapel sees bijstand only: no wages, no
  UWV.
grain: [huishouden]
reads: [lid, kalender, parameter, stg_bijstand, persoon_dekking]
columns:
  - huishouden huishouden: household at P
  - ja aantal: months without, as bits of kalender
  - nee aantal: months with, or without adults, as bits
*/
with

lid as (
  select * from lid
),

kalender as (
  select * from kalender
),

parameter as (
  select * from parameter
),

stg_bijstand as (
  select * from stg_bijstand
),

persoon_dekking as (
  select * from persoon_dekking
),

dagen as (
  select distinct meerderjarig from lid
),

meerderjarig as (
  select d.meerderjarig, cast(sum(k.bit) as bigint) as maanden
  from dagen d
  join kalender k on d.meerderjarig <= k.maand
  group by d.meerderjarig
),

betaald as (
  select b.persoon, bitwise_or_agg(k.bit) as maanden
  from stg_bijstand b
  join kalender k on k.maand = b.maand
  where b.statistiekcode in ('01', '02', '03', '14') and b.persoon_ct > 0 and not b.herhaald and not b.bedrag_ongelijk
  group by b.persoon
),

volwassen as (
  select
    l.huishouden, coalesce(m.maanden, cast(0 as bigint)) as volwassen,
    bitwise_and(coalesce(m.maanden, cast(0 as bigint)), coalesce(b.maanden, cast(0 as bigint))) as betaald, d.maanden as gedekt
  from lid l
  join persoon_dekking d on d.persoon = l.persoon and d.kind = 'participatie_uitkering'
  left join meerderjarig m on m.meerderjarig = l.meerderjarig
  left join betaald b on b.persoon = l.persoon
  where not l.aangehecht
),

huishoudens as (
  select
    huishouden, bitwise_or_agg(volwassen) as volwassen, bitwise_or_agg(betaald) as betaald,
    bitwise_and_agg(bitwise_or(gedekt, bitwise_not(volwassen))) as gedekt
  from volwassen
  group by huishouden
),

-- a household of attached minors alone has no adults
alle as (
  select distinct huishouden from lid
),

standen as (
  select
    a.huishouden,
    bitwise_and(p.signaal_maanden, bitwise_and(
      bitwise_and(coalesce(h.volwassen, cast(0 as bigint)), coalesce(h.gedekt, cast(0 as bigint))),
      bitwise_not(coalesce(h.betaald, cast(0 as bigint))))) as ja,
    bitwise_and(p.signaal_maanden, bitwise_or(
      bitwise_not(coalesce(h.volwassen, cast(0 as bigint))), coalesce(h.betaald, cast(0 as bigint)))) as nee
  from alle a
  cross join parameter p
  left join huishoudens h on h.huishouden = a.huishouden
)

select * from standen
