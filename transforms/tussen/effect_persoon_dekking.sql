/*
name: effect_persoon_dekking
doc: >
  In which months of effect_kalender every kind of cost that counts covers a person of effect_vorm_lid (rules 19, 46), as bits of it: for every gemeente in which the
  person has a spell day, and of health care only while insured with an insurer that delivers, unless its note says that it speaks for all. Whether the person was born
  by then is not looked at.
grain: [persoon]
reads: [effect_vorm_lid, effect_verblijf, effect_verzekerd, effect_dekking_geldig, effect_kind, effect_kalender, koppelt_niet, parameter]
columns:
  - persoon persoon: key
  - maanden aantal: months covered
  - verzekerd aantal: months in which a feed of health care would know the person, as far as insurance goes
*/
with

effect_vorm_lid as (
  select * from effect_vorm_lid
),

effect_verblijf as (
  select * from effect_verblijf
),

effect_verzekerd as (
  select * from effect_verzekerd
),

effect_dekking_geldig as (
  select * from effect_dekking_geldig
),

effect_kind as (
  select * from effect_kind
),

effect_kalender as (
  select * from effect_kalender
),

koppelt_niet as (
  select * from koppelt_niet
),

parameter as (
  select * from parameter
),

gemeenten as (
  select distinct gemeentecode from effect_verblijf
),

-- what all kinds cover together
samen as (
  select g.gemeentecode, bitwise_and_agg(coalesce(d.maanden, cast(0 as bigint))) as maanden
  from gemeenten g
  join effect_kind k on k.meegeteld
  left join effect_dekking_geldig d on d.kind = k.kind and d.gemeentecode = g.gemeentecode
  group by g.gemeentecode
),

woont as (
  select
    v.persoon, bitwise_or_agg(v.maanden) as woont, bitwise_or_agg(bitwise_and(v.maanden, bitwise_not(s.maanden))) as gemist
  from effect_verblijf v
  join samen s on s.gemeentecode = v.gemeentecode
  group by v.persoon
),

personen as (
  select distinct persoon from effect_vorm_lid
),

alles as (
  select cast(sum(bit) as bigint) as maanden from effect_kalender
),

zorg as (
  select
    case
      when min(p.zvw_dekking) = 'alle' then 'alle'
      when min(p.zvw_dekking) = 'verzekerde' and not exists (
        select 1 from koppelt_niet n where n.kind = 'zvw_verzekerde' and n.gemeentecode = 'alle') then 'verzekerde'
      else 'onbekend'
    end as dekking,
    max(case when k.kind = 'zvw_declaratie' and k.meegeteld then 1 else 0 end) = 1 as meegeteld
  from effect_kind k
  cross join parameter p
),

verzekerd as (
  select
    p.persoon, a.maanden as alle, z.meegeteld,
    case
      when z.dekking = 'alle' then a.maanden
      when z.dekking = 'verzekerde' then coalesce(v.maanden, cast(0 as bigint))
      else cast(0 as bigint)
    end as verzekerd
  from personen p
  cross join alles a
  cross join zorg z
  left join effect_verzekerd v on v.persoon = p.persoon
),

gedekt as (
  select
    p.persoon,
    bitwise_and(
      bitwise_and(coalesce(w.woont, cast(0 as bigint)), bitwise_not(coalesce(w.gemist, cast(0 as bigint)))),
      case when p.meegeteld then p.verzekerd else p.alle end) as maanden,
    p.verzekerd
  from verzekerd p
  left join woont w on w.persoon = p.persoon
)

select * from gedekt
