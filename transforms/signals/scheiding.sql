/*
name: scheiding
doc: >
  Two partners (CBS PLHH 3 to 6) who lived in one household and, within 31 days after the last day they did, each live in
  another; not where one died, left the country or went into an institution. An event for both, 180 days, with the line of where
  each lives from then on. Adults that no register calls partners are not seen.
grain: [persoon, van, levering, regel]
reads: [stg_huishouden]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty, the person's
  - ingredient tekst: scheiding
  - van datum: first day that both live elsewhere
  - tot datum: 180 days later
  - sterkte tekst: sterk
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
with

stg_huishouden as (
  select * from stg_huishouden
),

woont as (
  select persoon, huishouden, van, tot, plhh, typhh, levering, regel from stg_huishouden where not dubbel and van < tot
),

-- one of the two has lived in more than one household
verhuisd as (
  select persoon from woont group by persoon having min(huishouden) <> max(huishouden)
),

partner as (
  select * from woont where plhh in ('3', '4', '5', '6')
),

samen as (
  select a.persoon as een, b.persoon as ander, least(a.tot, b.tot) as uit
  from verhuisd v
  join partner a on a.persoon = v.persoon
  join partner b on b.huishouden = a.huishouden and b.persoon <> a.persoon and a.van < b.tot and b.van < a.tot
),

paar as (
  select een, ander, uit from samen
  union
  select ander, een, uit from samen
),

-- where each lives on the first day after, or moves to within 31 days
erna as (
  select p.een, p.ander, p.uit, min(w.van) as van
  from paar p
  join woont w on w.persoon = p.een and w.tot > p.uit and w.van <= plus_dagen(p.uit, 31)
  group by p.een, p.ander, p.uit
),

adres as (
  select e.een, e.ander, e.uit, w.van, w.huishouden, w.typhh, w.levering, w.regel
  from erna e
  join woont w on w.persoon = e.een and w.van = e.van
),

apart as (
  select distinct a.een as persoon, greatest(a.uit, a.van, b.van) as dag, a.levering, a.regel
  from adres a
  join adres b on b.een = a.ander and b.ander = a.een and b.uit = a.uit
  where a.huishouden <> b.huishouden and a.typhh <> '8' and b.typhh <> '8'
),

signalen as (
  select
    persoon, cast(null as bigint) as huishouden, 'scheiding' as ingredient, dag as van, plus_dagen(dag, 180) as tot, 'sterk' as sterkte,
    'huishouden' as kind, levering, regel
  from apart
)

select * from signalen
