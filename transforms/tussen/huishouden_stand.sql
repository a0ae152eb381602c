/*
name: huishouden_stand
doc: >
  Households at P. Gemeente, wijk and type are those of the first adult by key who is not attached, else of the first
  member (rules 24).
grain: [huishouden]
reads: [lid, uitgesloten_persoon, gemeente_run, parameter]
columns:
  - huishouden huishouden: household at P
  - gemeentecode gemeente: gemeente
  - wijkcode tekst: neighbourhood
  - typhh tekst: type of household, CBS TYPHH
  - personen aantal: members, attached ones included
  - volwassenen aantal: members of 18 and over at P
  - kinderen aantal: members under 18 at P, attached ones included
  - aangehechte_kinderen aantal: minors registered elsewhere and attached to this household
  - jongste_geboortejaar aantal: year of birth of the youngest
  - getoond vlag: no member is excluded at P (rules 48, 57), and the gemeente is one of the run (rules 75)
  - andere_gemeente vlag: not shown only because run.gemeenten leaves the gemeente out
*/
with

lid as (
  select * from lid
),

uitgesloten_persoon as (
  select * from uitgesloten_persoon
),

gemeente_run as (
  select * from gemeente_run
),

parameter as (
  select * from parameter
),

leden as (
  select
    l.*,
    row_number() over (
      partition by l.huishouden
      order by case when not l.minderjarig and not l.aangehecht then 0 else 1 end, l.persoon) as nr,
    case when u.persoon is not null then 1 else 0 end as uitgesloten
  from lid l
  left join uitgesloten_persoon u on u.persoon = l.persoon
),

eerste as (
  select huishouden, gemeentecode, wijkcode, typhh from leden where nr = 1
),

telling as (
  select
    huishouden,
    count(*) as personen,
    cast(sum(case when minderjarig then 0 else 1 end) as bigint) as volwassenen,
    cast(sum(case when minderjarig then 1 else 0 end) as bigint) as kinderen,
    cast(sum(case when aangehecht then 1 else 0 end) as bigint) as aangehechte_kinderen,
    max(geboortejaar) as jongste_geboortejaar,
    max(uitgesloten) = 1 as uitgesloten
  from leden
  group by huishouden
),

standen as (
  select
    t.huishouden, e.gemeentecode, e.wijkcode, e.typhh, t.personen, t.volwassenen, t.kinderen, t.aangehechte_kinderen,
    t.jongste_geboortejaar,
    not t.uitgesloten and (not p.alleen_gekozen_gemeenten or g.gemeentecode is not null) as getoond,
    not t.uitgesloten and p.alleen_gekozen_gemeenten and g.gemeentecode is null as andere_gemeente
  from telling t
  join eerste e on e.huishouden = t.huishouden
  cross join parameter p
  left join gemeente_run g on g.gemeentecode = e.gemeentecode
)

select * from standen
