/*
name: dreiging_huishouden
doc: >
  Households with a near miss (cocktail and what is missing), on the day a year before P and what became of it since, or at P (decisions 0017). Households with an
  excluded member are left out.
grain: [cocktail_id, ontbrekend, huishouden, nu]
reads: [cocktail_episode, huishouden_stand, parameter]
view: true
columns:
  - cocktail_id tekst: cocktail
  - ontbrekend tekst: what is missing
  - huishouden huishouden: household
  - toen aantal: 1 on the last day of T1
  - vol aantal: 1 of which the cocktail was vol in T0
  - niet_te_zien aantal: 1 of which it was not, as far as could be seen, and a day of T0 was onbekend
  - nu aantal: 1 at P
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
    g.cocktail_id, g.huishouden,
    max(case when g.status = 'vol' then 1 else 0 end) as vol,
    max(case when g.status in ('onbekend', 'niet_te_beoordelen') then 1 else 0 end) as onbekend
  from getoond g
  cross join parameter p
  where g.tot > p.t0_van
  group by g.cocktail_id, g.huishouden
),

gevolgd as (
  select
    t.cocktail_id, t.ontbrekend, t.huishouden, cast(1 as bigint) as toen, cast(coalesce(d.vol, 0) as bigint) as vol,
    cast(case when coalesce(d.vol, 0) = 0 then coalesce(d.onbekend, 0) else 0 end as bigint) as niet_te_zien, cast(0 as bigint) as nu
  from toen t
  left join daarna d on d.cocktail_id = t.cocktail_id and d.huishouden = t.huishouden
),

nu as (
  select g.cocktail_id, g.ontbrekend, g.huishouden, 0 as toen, 0 as vol, 0 as niet_te_zien, 1 as nu
  from getoond g
  cross join parameter p
  where g.status = 'dreigend' and g.van <= p.peildatum and g.tot > p.peildatum
),

alle as (
  select * from gevolgd
  union all
  select * from nu
)

select * from alle
