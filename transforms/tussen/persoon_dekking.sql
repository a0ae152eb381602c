/*
name: persoon_dekking
doc: >
  In which months of the windows a kind covers a member (rules 19, 46, 55), as bits: it covers the month for every gemeente in
  which the person has a spell day in it; no spell day is not covered. zvw covers a person only while insured with an insurer
  that delivers, unless its note says that it speaks for all. bekend: the kind's coverage of persons is known at all; it is not where
  they are not found in huishouden (rules 63).
grain: [persoon, kind]
reads: [lid, verblijf_maand, verzekerd_maand, kalender, dekking_geldig, dekking_kind, koppelt_niet, parameter]
columns:
  - persoon persoon: key
  - huishouden huishouden: household at P
  - aangehecht vlag: attached member
  - kind tekst: kind of extract
  - bekend vlag: coverage is known, and the kind's persons are found in huishouden
  - maanden aantal: months covered, as bits of kalender
  - levend aantal: months that the person was born by, as bits
*/
with

lid as (
  select * from lid
),

verblijf_maand as (
  select * from verblijf_maand
),

verzekerd_maand as (
  select * from verzekerd_maand
),

kalender as (
  select * from kalender
),

dekking_geldig as (
  select * from dekking_geldig
),

dekking_kind as (
  select * from dekking_kind
),

koppelt_niet as (
  select * from koppelt_niet
),

parameter as (
  select * from parameter
),

geboortedagen as (
  select distinct geboren from lid
),

geboorte as (
  select g.geboren, cast(sum(k.bit) as bigint) as maanden
  from geboortedagen g
  join kalender k on g.geboren < k.tot
  group by g.geboren
),

woont as (
  select
    w.persoon, k.kind, bitwise_or_agg(w.maanden) as woont,
    bitwise_or_agg(bitwise_and(w.maanden, bitwise_not(coalesce(d.maanden, cast(0 as bigint))))) as gemist
  from verblijf_maand w
  cross join dekking_kind k
  left join dekking_geldig d on d.kind = k.kind and d.gemeentecode = w.gemeentecode
  group by w.persoon, k.kind
),

samen as (
  select
    l.persoon, l.huishouden, l.aangehecht, k.kind,
    k.bekend and n.kind is null and not (k.kind = 'zvw_declaratie' and p.zvw_dekking = 'verzekerde' and i.kind is not null)
      and not (k.kind = 'zvw_declaratie' and p.zvw_dekking = 'onbekend') as bekend,
    bitwise_and(coalesce(w.woont, cast(0 as bigint)), bitwise_not(coalesce(w.gemist, cast(0 as bigint)))) as gedekt,
    case
      when k.kind = 'zvw_declaratie' and p.zvw_dekking = 'verzekerde' then coalesce(v.maanden, cast(0 as bigint))
      else p.alle_maanden
    end as verzekerd,
    coalesce(g.maanden, cast(0 as bigint)) as levend
  from lid l
  cross join dekking_kind k
  cross join parameter p
  left join koppelt_niet n on n.kind = k.kind and n.gemeentecode = 'alle'
  left join koppelt_niet i on i.kind = 'zvw_verzekerde' and i.gemeentecode = 'alle'
  left join geboorte g on g.geboren = l.geboren
  left join woont w on w.persoon = l.persoon and w.kind = k.kind
  left join verzekerd_maand v on v.persoon = l.persoon
),

gedekt as (
  select
    persoon, huishouden, aangehecht, kind, bekend,
    case when bekend then bitwise_and(bitwise_and(gedekt, verzekerd), levend) else cast(0 as bigint) end as maanden, levend
  from samen
)

select * from gedekt
