/*
name: eerste_signaal
doc: >
  The first day on which an ingredient shows in a household, of all that was delivered, and in which months of the windows its absence
  would be known (rules 39). Order is counted of these (methods 6).
grain: [huishouden, ingredient]
reads: [signaal_huishouden, huishouden_stand, huishouden_dekking, geen_uitkering_stand, ingredient, ingredient_dekking, ingredient_aantal, parameter]
columns:
  - huishouden huishouden: household at P that is shown
  - ingredient tekst: ingredient
  - van datum: first day of its first signal, on or before P
  - sterk_van datum: of its first strong one; empty without
  - maanden aantal: months in which its absence would be known, as bits of kalender
*/
with

signaal_huishouden as (
  select * from signaal_huishouden
),

huishouden_stand as (
  select * from huishouden_stand
),

huishouden_dekking as (
  select * from huishouden_dekking
),

geen_uitkering_stand as (
  select * from geen_uitkering_stand
),

ingredient as (
  select * from ingredient
),

ingredient_dekking as (
  select * from ingredient_dekking
),

ingredient_aantal as (
  select * from ingredient_aantal
),

parameter as (
  select * from parameter
),

gezien as (
  select s.huishouden, s.ingredient, min(s.van) as van, min(case when s.sterkte = 'sterk' then s.van end) as sterk_van
  from signaal_huishouden s
  join huishouden_stand h on h.huishouden = s.huishouden and h.getoond
  cross join parameter p
  where s.van < p.tot
  group by s.huishouden, s.ingredient
),

per_kind as (
  select g.huishouden, g.ingredient, bitwise_and_agg(d.maanden) as maanden
  from gezien g
  join ingredient_dekking i on i.ingredient = g.ingredient
  join ingredient_aantal a on a.ingredient = g.ingredient
  join huishouden_dekking d on d.huishouden = g.huishouden and d.kind = i.kind
  group by g.huishouden, g.ingredient, a.kinds
  having count(*) = a.kinds
),

bekend as (
  select
    g.huishouden, g.ingredient, g.van, g.sterk_van,
    case i.bekend
      when 'gedekt' then coalesce(k.maanden, cast(0 as bigint))
      when 'altijd' then p.alle_maanden
      when 'query' then coalesce(bitwise_or(u.ja, u.nee), cast(0 as bigint))
      else cast(0 as bigint)
    end as maanden
  from gezien g
  join ingredient i on i.ingredient = g.ingredient
  cross join parameter p
  left join per_kind k on k.huishouden = g.huishouden and k.ingredient = g.ingredient
  left join geen_uitkering_stand u on u.huishouden = g.huishouden
)

select * from bekend
