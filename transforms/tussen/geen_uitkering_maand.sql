/*
name: geen_uitkering_maand
doc: >
  Per household and month whether nobody gets bijstand (rules 33): ja when every adult member is covered and without
  payment, nee when an adult has one or there are no adults, else onbekend. stapel sees bijstand only: no wages, no UWV.
grain: [huishouden, maand]
reads: [lid, kalender, parameter, stg_bijstand, persoon_dekking]
columns:
  - huishouden huishouden: household at P
  - maand maand: month
  - tot datum: first day of the next month
  - status tekst: ja, nee or onbekend
*/
with

maanden as (
  select k.maand, k.tot from kalender k cross join parameter p where k.maand >= p.signaal_van
),

huishoudens as (
  select distinct huishouden from lid
),

betaald as (
  select distinct persoon, maand
  from stg_bijstand
  where statistiekcode in ('01', '02', '03', '14') and geteld_ct > 0 and not bedrag_ongelijk
),

volwassen as (
  select
    l.huishouden, m.maand,
    max(case when b.persoon is not null then 1 else 0 end) as betaald,
    min(case when d.gedekt = 'ja' then 1 else 0 end) as gedekt
  from lid l
  join maanden m on l.meerderjarig <= m.maand
  left join betaald b on b.persoon = l.persoon and b.maand = m.maand
  left join persoon_dekking d on d.persoon = l.persoon and d.maand = m.maand and d.kind = 'participatie_uitkering'
  where not l.aangehecht
  group by l.huishouden, m.maand
)

select
  h.huishouden, m.maand, m.tot,
  case
    when v.huishouden is null or v.betaald = 1 then 'nee'
    when v.gedekt = 1 then 'ja'
    else 'onbekend'
  end as status
from huishoudens h
cross join maanden m
left join volwassen v on v.huishouden = h.huishouden and v.maand = m.maand
