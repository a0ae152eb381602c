/*
name: spoor_dreiging_kans
doc: >
  The households behind mart dreiging_kans.
grain: [sleutel, kolom, kind, levering, regel, lid]
reads: [cocktail_episode, huishouden_stand, parameter]
view: true
columns:
  - sleutel tekst: key of the figure, as in its id
  - kolom tekst: column of the figure
  - kind tekst: kind of extract of the source line; empty where a member is no line
  - levering sleutel: its delivery
  - regel aantal: physical line
  - lid tekst: the member that is counted, where it is no line
  - deel aantal: what it adds to the figure, in eurocents where that is money
*/
with

cocktail_episode as (
  select * from cocktail_episode
),

huishouden_stand as (
  select * from huishouden_stand
),

parameter as (
  select * from parameter
),

getoond as (
  select e.huishouden, e.cocktail_id, e.van, e.tot, e.status, e.ontbrekend
  from cocktail_episode e
  join huishouden_stand h on h.huishouden = e.huishouden and h.getoond
),

toen as (
  select g.cocktail_id, g.ontbrekend, g.huishouden
  from getoond g
  cross join parameter p
  where g.status = 'dreigend' and g.van < p.t0_van and g.tot >= p.t0_van
),

daarna as (
  select
    g.cocktail_id, g.huishouden, max(case when g.status = 'vol' then 1 else 0 end) as vol,
    max(case when g.status in ('onbekend', 'niet_te_beoordelen') then 1 else 0 end) as onbekend
  from getoond g
  cross join parameter p
  where g.tot > p.t0_van
  group by g.cocktail_id, g.huishouden
),

gevolgd as (
  select
    t.cocktail_id, t.ontbrekend, t.huishouden, coalesce(d.vol, 0) as vol,
    case when coalesce(d.vol, 0) = 0 then coalesce(d.onbekend, 0) else 0 end as niet_te_zien
  from toen t
  left join daarna d on d.cocktail_id = t.cocktail_id and d.huishouden = t.huishouden
),

nu as (
  select g.cocktail_id, g.ontbrekend, g.huishouden
  from getoond g
  cross join parameter p
  where g.status = 'dreigend' and g.van <= p.peildatum and g.tot > p.peildatum
),

sporen as (
  select
    concat(cocktail_id, '/', ontbrekend) as sleutel, 'huishoudens_toen' as kolom, cast(null as varchar) as kind, cast(null as bigint)
    as levering, cast(null as bigint) as regel, id_tekst('h', huishouden) as lid, cast(1 as bigint) as deel
  from gevolgd
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'niet_te_zien', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from gevolgd
  where niet_te_zien = 1
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'gevolgd', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h',
    huishouden), cast(1 as bigint)
  from gevolgd
  where niet_te_zien = 0
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'vol', cast(null as varchar), cast(null as bigint), cast(null as bigint), id_tekst('h',
    huishouden), cast(1 as bigint)
  from gevolgd
  where vol = 1
  union all
  select
    concat(cocktail_id, '/', ontbrekend), 'huishoudens_nu', cast(null as varchar), cast(null as bigint), cast(null as bigint),
    id_tekst('h', huishouden), cast(1 as bigint)
  from nu
)

select * from sporen
