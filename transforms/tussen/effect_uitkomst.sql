/*
name: effect_uitkomst
doc: >
  What else became of the members of matched sets, by month from 12 before maand to P (methods 7): of the persons who formed the household in maand, whoever
  left. Empty where the feeds that would show it do not cover every member born by then in the whole month; whether a cocktail is vol before the 24 months to P as
  well, for nothing is known of benefits then (rules 41).
grain: [maand, huishouden, kalendermaand]
reads: [effect_gezien, effect_set_lid, effect_set_dekking, effect_uithuis, cocktail_masker, stg_wonen, stg_traject, stg_bijstand, effect_kalender, parameter]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - kalendermaand maand: month
  - dagen_uithuisgeplaatst aantal: days that minors were allocated care away from home, added up
  - ontruiming aantal: 1 when an eviction was told in the month, else 0
  - actieve_ingredienten aantal: ingredients that show on the first day, children and benefits left out
  - cocktail_vol aantal: 1 when a cocktail is vol on the first day, else 0
  - in_schuldhulp aantal: 1 when a traject of debt relief runs on a day of the month, else 0
  - bijstand aantal: 1 when a benefit was paid in the month, else 0
*/
with

effect_gezien as (
  select * from effect_gezien
),

effect_set_lid as (
  select * from effect_set_lid
),

effect_set_dekking as (
  select * from effect_set_dekking
),

effect_uithuis as (
  select * from effect_uithuis
),

cocktail_masker as (
  select * from cocktail_masker
),

stg_wonen as (
  select * from stg_wonen
),

stg_traject as (
  select * from stg_traject
),

stg_bijstand as (
  select * from stg_bijstand
),

effect_kalender as (
  select * from effect_kalender
),

parameter as (
  select * from parameter
),

maanden as (
  select g.*, k.tot, k.bit
  from effect_gezien g
  join effect_kalender k on k.maand = g.kalendermaand
),

uithuis as (
  select l.maand, l.huishouden, u.kalendermaand, cast(sum(u.dagen) as bigint) as dagen
  from effect_set_lid l
  join effect_uithuis u on u.persoon = l.persoon
  group by l.maand, l.huishouden, u.kalendermaand
),

feiten as (
  select 'ontruiming' as wat, l.maand, l.huishouden, w.van, plus_dagen(w.van, 1) as tot
  from effect_set_lid l
  join stg_wonen w on w.persoon = l.persoon and w.soort = 'ontruiming'
  union
  select 'schuldhulp', l.maand, l.huishouden, t.van, t.tot
  from effect_set_lid l
  join stg_traject t on t.persoon = l.persoon and t.nr = 1 and t.van < t.tot
  union
  select 'bijstand', l.maand, l.huishouden, b.maand, b.tot
  from effect_set_lid l
  join stg_bijstand b on b.persoon = l.persoon
  where b.statistiekcode in ('01', '02', '03', '14') and b.persoon_ct > 0 and not b.herhaald and not b.bedrag_ongelijk
),

gebeurd as (
  select distinct f.wat, m.maand, m.huishouden, m.kalendermaand
  from maanden m
  join feiten f on f.maand = m.maand and f.huishouden = m.huishouden and f.van < m.tot and f.tot > m.kalendermaand
),

wat as (
  select
    maand, huishouden, kalendermaand, max(case when wat = 'ontruiming' then 1 else 0 end) as ontruiming,
    max(case when wat = 'schuldhulp' then 1 else 0 end) as schuldhulp, max(case when wat = 'bijstand' then 1 else 0 end) as bijstand
  from gebeurd
  group by maand, huishouden, kalendermaand
),

vol as (
  select distinct m.maand, m.huishouden, m.kalendermaand
  from maanden m
  join cocktail_masker c
    on bitwise_and(c.alle, bitwise_not(m.te_zien)) = 0 and bitwise_and(c.alleen_sterk, bitwise_not(m.sterk)) = 0
),

dekking as (
  select
    maand, huishouden,
    bitwise_and_agg(case when ingredienten then maanden else bitwise_not(cast(0 as bigint)) end) as ingredienten,
    max(case when kind = 'jeugd_toewijzing' then maanden end) as jeugd, max(case when kind = 'wonen_signaal' then maanden end) as wonen,
    max(case when kind = 'schuldhulp_traject' then maanden end) as schuldhulp,
    max(case when kind = 'participatie_uitkering' then maanden end) as bijstand
  from effect_set_dekking
  group by maand, huishouden
),

uitkomsten as (
  select
    m.maand, m.huishouden, m.kalendermaand,
    case when bitwise_and(d.jeugd, m.bit) <> 0 then coalesce(u.dagen, 0) end as dagen_uithuisgeplaatst,
    cast(case when bitwise_and(d.wonen, m.bit) <> 0 then coalesce(w.ontruiming, 0) end as bigint) as ontruiming,
    case when bitwise_and(d.ingredienten, m.bit) <> 0 then m.ingredienten end as actieve_ingredienten,
    cast(case
      when bitwise_and(d.ingredienten, m.bit) <> 0 and m.kalendermaand >= p.signaal_van then case when v.maand is not null then 1 else 0 end
    end as bigint) as cocktail_vol,
    cast(case when bitwise_and(d.schuldhulp, m.bit) <> 0 then coalesce(w.schuldhulp, 0) end as bigint) as in_schuldhulp,
    cast(case when bitwise_and(d.bijstand, m.bit) <> 0 then coalesce(w.bijstand, 0) end as bigint) as bijstand
  from maanden m
  cross join parameter p
  left join dekking d on d.maand = m.maand and d.huishouden = m.huishouden
  left join uithuis u on u.maand = m.maand and u.huishouden = m.huishouden and u.kalendermaand = m.kalendermaand
  left join wat w on w.maand = m.maand and w.huishouden = m.huishouden and w.kalendermaand = m.kalendermaand
  left join vol v on v.maand = m.maand and v.huishouden = m.huishouden and v.kalendermaand = m.kalendermaand
)

select * from uitkomsten
