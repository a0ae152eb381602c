/*
name: effect_set_dekking
doc: >
  In which months of effect_kalender a kind covers the members of matched sets, as bits of it (rules 19, 46): every person who was born by then, attached ones
  left out. Of the kinds that other outcomes than cost are told by.
grain: [maand, huishouden, kind]
reads: [effect_set_lid, effect_verblijf, effect_dekking_geldig, effect_persoon_dekking, ingredient, ingredient_dekking, effect_kalender]
columns:
  - maand maand: maand of effect_set
  - huishouden huishouden: member of a set
  - kind tekst: kind of extract
  - ingredienten vlag: ingredients that are counted need it
  - maanden aantal: months covered
*/
with

effect_set_lid as (
  select * from effect_set_lid
),

effect_verblijf as (
  select * from effect_verblijf
),

effect_dekking_geldig as (
  select * from effect_dekking_geldig
),

effect_persoon_dekking as (
  select * from effect_persoon_dekking
),

ingredient as (
  select * from ingredient
),

ingredient_dekking as (
  select * from ingredient_dekking
),

effect_kalender as (
  select * from effect_kalender
),

nodig as (
  select d.kind, true as ingredienten
  from ingredient_dekking d
  join ingredient i on i.ingredient = d.ingredient and i.bekend <> 'query'
  union
  select kind, false
  from effect_dekking_geldig
  where kind in ('jeugd_toewijzing', 'wonen_signaal', 'schuldhulp_traject', 'participatie_uitkering')
),

kinds as (
  select kind, max(case when ingredienten then 1 else 0 end) = 1 as ingredienten from nodig group by kind
),

personen as (
  select distinct persoon from effect_set_lid
),

woont as (
  select
    v.persoon, k.kind, bitwise_or_agg(v.maanden) as woont,
    bitwise_or_agg(bitwise_and(v.maanden, bitwise_not(coalesce(d.maanden, cast(0 as bigint))))) as gemist
  from effect_verblijf v
  join personen p on p.persoon = v.persoon
  cross join kinds k
  left join effect_dekking_geldig d on d.kind = k.kind and d.gemeentecode = v.gemeentecode
  group by v.persoon, k.kind
),

geboortedagen as (
  select distinct geboren from effect_set_lid
),

geboorte as (
  select g.geboren, cast(sum(case when g.geboren < k.tot then k.bit else cast(0 as bigint) end) as bigint) as levend
  from geboortedagen g
  cross join effect_kalender k
  group by g.geboren
),

per_persoon as (
  select
    l.maand, l.huishouden, k.kind, k.ingredienten, g.levend,
    bitwise_and(
      bitwise_and(coalesce(w.woont, cast(0 as bigint)), bitwise_not(coalesce(w.gemist, cast(0 as bigint)))),
      case when k.kind = 'zvw_declaratie' then d.verzekerd else bitwise_not(cast(0 as bigint)) end) as maanden
  from effect_set_lid l
  join geboorte g on g.geboren = l.geboren
  join effect_persoon_dekking d on d.persoon = l.persoon
  cross join kinds k
  left join woont w on w.persoon = l.persoon and w.kind = k.kind
  where not l.aangehecht
),

gedekt as (
  select
    maand, huishouden, kind, ingredienten,
    bitwise_and(bitwise_and_agg(bitwise_or(maanden, bitwise_not(levend))), bitwise_or_agg(levend)) as maanden
  from per_persoon
  group by maand, huishouden, kind, ingredienten
)

select * from gedekt
