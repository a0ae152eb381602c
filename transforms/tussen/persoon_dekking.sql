/*
name: persoon_dekking
doc: >
  Whether a kind covers a member in a month of the 24 to P (rules 19, 46, 55): ja when it covers all days for every
  gemeente in which the person has a spell day, nee when not, onbekend when the kind's coverage is not known. zvw covers a
  person only while insured with an insurer that delivers, unless its note says that it speaks for all.
grain: [persoon, kind, maand]
reads: [lid, stg_huishouden, kalender, dekking_maand, dekking_kind, lake_zvw_verzekerde, vervangen, zvw_verzekeraar, parameter]
columns:
  - persoon persoon: key
  - huishouden huishouden: household at P
  - aangehecht vlag: attached member
  - kind tekst: kind of extract
  - maand maand: month
  - gedekt tekst: ja, nee or onbekend
*/
with

maanden as (
  select k.maand, k.tot, date_diff('day', k.maand, k.tot) as dagen
  from kalender k
  cross join parameter p
  where k.maand >= p.signaal_van
),

lid_maand as (
  select l.persoon, l.huishouden, l.aangehecht, m.maand, m.tot, m.dagen
  from lid l
  join maanden m on l.geboren < m.tot
),

woont as (
  select distinct lm.persoon, lm.maand, h.gemeentecode
  from lid_maand lm
  join stg_huishouden h on h.persoon = lm.persoon and not h.dubbel and h.van < lm.tot and h.tot > lm.maand
),

gemeenten as (
  select
    w.persoon, w.maand, k.kind, count(*) as n,
    cast(sum(case when d.gedekt = 'ja' then 1 else 0 end) as bigint) as n_ja
  from woont w
  cross join dekking_kind k
  left join dekking_maand d on d.kind = k.kind and d.gemeentecode = w.gemeentecode and d.maand = w.maand
  group by w.persoon, w.maand, k.kind
),

verzekerd as (
  select lm.persoon, lm.maand
  from lid_maand lm
  join lake_zvw_verzekerde z on z.persoon_ps = lm.persoon and z.tijd_van < lm.tot
    and (z.tijd_tot is null or z.tijd_tot > lm.maand)
  join zvw_verzekeraar u on u.uzovi = z.uzovi
  where not exists (
    select 1 from vervangen v where v.kind = 'zvw_verzekerde' and v.levering = z.levering and v.regel = z.regel)
  group by lm.persoon, lm.maand, lm.tot, lm.dagen
  having sum(date_diff('day', greatest(z.tijd_van, lm.maand), least(coalesce(z.tijd_tot, lm.tot), lm.tot))) >= lm.dagen
)

select
  lm.persoon, lm.huishouden, lm.aangehecht, k.kind, lm.maand,
  case
    when not k.bekend then 'onbekend'
    when k.kind = 'zvw_declaratie' and p.zvw_dekking = 'onbekend' then 'onbekend'
    when g.n is null or g.n_ja < g.n then 'nee'
    when k.kind = 'zvw_declaratie' and p.zvw_dekking = 'verzekerde' and z.persoon is null then 'nee'
    else 'ja'
  end as gedekt
from lid_maand lm
cross join dekking_kind k
cross join parameter p
left join gemeenten g on g.persoon = lm.persoon and g.maand = lm.maand and g.kind = k.kind
left join verzekerd z on z.persoon = lm.persoon and z.maand = lm.maand
